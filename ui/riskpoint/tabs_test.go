package riskpoint

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/widget"

	"lianshao/app/report"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/widgets"
)

// alike is a pilot in which two points of one unit say nearly the same, and some
// things were overlooked.
func alike() *domain.Pilot {
	p := domain.NewPilot()
	p.Put(&domain.Unit{Base: domain.Base{ID: "u", Code: "基建处"}, Name: "基建处"})
	for id, name := range map[domain.ID]string{"p1": "招标合约科科长", "p2": "甲方代表"} {
		p.Put(&domain.Post{Base: domain.Base{ID: id, Code: name}, Unit: domain.To("u"), Name: name})
	}
	p.Put(&domain.Workflow{Base: domain.Base{ID: "w", Code: "JL1"}, Name: "招标", Unit: domain.To("u"), Steps: []domain.Step{
		{ID: "s1", No: 1, Name: "编制计划", Kind: domain.StepTask, Next: []domain.Branch{{To: "s2"}}}, {ID: "s2", No: 2, Name: "发布公告", Kind: domain.StepTask}}})
	p.Put(&domain.RiskPoint{Base: domain.Base{ID: "a", Code: "JJ-01"}, Unit: domain.To("u"), Post: domain.To("p1"), Workflow: domain.To("w"), Step: domain.To("s1"),
		Name: "拆分项目", Description: "将应公开招标的项目拆分为若干限额以下项目，规避招标", Channels: []string{"自己查"}, Causes: "计划不严"})
	p.Put(&domain.RiskPoint{Base: domain.Base{ID: "b", Code: "JJ-02"}, Unit: domain.To("u"), Post: domain.To("p1"), Name: "拆分项目",
		Description: "把应公开招标的项目拆分成限额以下的项目，规避招标", Channels: []string{"群众帮"}, Findings: []domain.Finding{{Channel: "群众帮", Date: "2026-07-03"}}})
	p.Put(&domain.Measure{Base: domain.Base{ID: "m", Code: "JJ-02-1"}, Point: domain.To("b"), No: 1, Content: "拆分监测"})
	return p
}

func openPage(t *testing.T, arg string) (*pagetest.Host, *tabs) {
	h := pagetest.New(t, alike())
	p := New(h).(*tabs)
	h.Open(p, arg)
	return h, p
}

// Two points that say the same are found, compared and merged in one operation, which
// is taken back as one.
func TestAlikePointsAreMerged(t *testing.T) {
	h, _ := openPage(t, TabNear)
	grid := pagetest.Find[*widgets.DataGrid](h)[0]
	if grid.OnActivate == nil {
		t.Fatal("the pairs lead nowhere")
	}
	h.Shot("near")
	h.TapButton("比较、合并…")
	h.Shot("merge")
	radio := pagetest.Find[*widget.RadioGroup](h)[0]
	radio.SetSelected("保留 JJ-02")
	area := pagetest.Find[*widgets.TextArea](h)[0]
	if !strings.HasPrefix(area.Text, "把应公开招标") {
		t.Errorf("text %q", area.Text)
	}
	h.TapButton("合并")
	a, _ := h.Session().Pilot.RiskPoints.Get("a")
	b, _ := h.Session().Pilot.RiskPoints.Get("b")
	if a.Status != domain.PointMerged || a.MergedInto.ID != "b" || strings.Join(b.Channels, "") != "群众帮自己查" {
		t.Fatalf("%+v\n%+v", a, b)
	}
	if len(pagetest.Find[*widgets.DataGrid](h)) != 0 {
		t.Error("the pair is still listed")
	}
	if err := h.Session().Undo(); err != nil {
		t.Fatal(err)
	}
	if a, _ = h.Session().Pilot.RiskPoints.Get("a"); a.Status != domain.PointActive {
		t.Errorf("%+v", a)
	}
}

// What the checks find leads to its record.
func TestFindingsLeadToTheirRecords(t *testing.T) {
	h, p := openPage(t, TabChecks)
	h.Shot("checks")
	want := map[string]pagetest.Visit{
		"发布公告": {Screen: page.Workflow, Arg: "s2"}, "甲方代表": {Screen: page.Workflow, Arg: "p2"},
		"没有写成因": {Screen: page.RiskPoints, Arg: report.FilterPoint + "b"}, "没有嵌入流程步骤": {Screen: page.Measures, Arg: "m"},
		"没有防范措施": {Screen: page.RiskPoints, Arg: report.FilterPoint + "a"}, "相近": {Screen: page.RiskPoints, Arg: TabNear},
	}
	for words, visit := range want {
		row := rowWith(p.found, words)
		if row < 0 {
			t.Errorf("nothing found says %q", words)
			continue
		}
		p.found.grid.OnActivate(row)
		if last := h.Visits[len(h.Visits)-1]; last != visit {
			t.Errorf("%s leads to %+v, want %+v", words, last, visit)
		}
	}
}

// rowWith finds the row that says something.
func rowWith(f *findings, words string) int {
	for row := range f.rows {
		if strings.Contains(f.rows[row].Name+f.rows[row].Text, words) {
			return row
		}
	}
	return -1
}

func TestHowAPointWasFoundIsWrittenDown(t *testing.T) {
	h, p := openPage(t, report.FilterPoint+"a")
	p.points.detail.tabs.SelectIndex(3)
	h.TapButton("登记来源…")
	pagetest.Find[*widget.Select](h)[0].SetSelected("组织点")
	h.Type("审计处")
	h.Shot("found")
	h.TapButton("登记")
	a, _ := h.Session().Pilot.RiskPoints.Get("a")
	if len(a.Findings) != 1 || a.Findings[0] != (domain.Finding{Channel: "组织点", By: "审计处", Date: "2026-08-25"}) || strings.Join(a.Channels, "、") != "自己查、组织点" {
		t.Errorf("%+v %v", a.Findings, a.Channels)
	}
	h.Shot("record")
	p.Show(TabChannels)
	h.Shot("channels")
}

func TestTwoRowsAreMergedByTheMenu(t *testing.T) {
	h, p := openPage(t, "")
	items := p.points.grid.Menu([]int{0, 1}, "name")
	if items[0].Label != "合并 JJ-01 和 JJ-02…" {
		t.Fatal(items[0].Label)
	}
	items[0].Action()
	h.TapButton("合并")
	p.points.merged.SetChecked(true)
	items = p.points.grid.Menu([]int{1}, "name")
	if items[0].Label != "恢复为有效" {
		t.Fatal(items[0].Label)
	}
	items[0].Action()
	if b, _ := h.Session().Pilot.RiskPoints.Get("b"); b.Status != domain.PointActive {
		t.Errorf("%+v", b)
	}
}
