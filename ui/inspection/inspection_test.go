package inspection

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/fields"
	"lianshao/domain"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/widgets"
)

// measured is a pilot of one unit with two measures to be checked.
func measured() *domain.Pilot {
	p := domain.NewPilot()
	p.Put(&domain.Unit{Base: domain.Base{ID: "u", Code: "基建处"}, Name: "基建处"})
	p.Put(&domain.RiskPoint{Base: domain.Base{ID: "r", Code: "JJ-13"}, Unit: domain.To("u"), Name: "虚签工程量"})
	p.Put(&domain.Measure{Base: domain.Base{ID: "m1", Code: "JJ-13-1"}, Point: domain.To("r"), No: 1, Content: "二人以上签证"})
	p.Put(&domain.Measure{Base: domain.Base{ID: "m2", Code: "JJ-13-2"}, Point: domain.To("r"), No: 2, Content: "影像留痕"})
	return p
}

func open(t *testing.T, p *domain.Pilot, arg string) *pagetest.Host {
	h := pagetest.New(t, p)
	h.Open(New(h), arg)
	return h
}

// The checklist is filled in by keyboard; what was found wanting is listed as late,
// checked again as a record that points back, and is then put right.
func TestMeasuresAreCheckedAndCheckedAgain(t *testing.T) {
	h := open(t, measured(), tabChecklist)
	p := h.Session().Pilot
	grid := pagetest.Find[*widgets.DataGrid](h)[0]
	h.Window().Canvas().Focus(grid)
	grid.Select(0, "evidence")
	h.Type("签证单12份")
	h.Press(fyne.KeyReturn)
	for col, text := range map[string]string{"result": domain.ResultPartly, "problem": "3份只有一人签字", "rectify": "2026-08-20"} {
		if err := grid.OnEdit(0, col, text); err != nil {
			t.Fatal(err)
		}
	}
	grid.Select(1, "method")
	h.Paste("现场查看\t影像齐全\t" + domain.ResultDone + "\r\n")
	if grid.ErrorText() != "" {
		t.Fatal(grid.ErrorText())
	}
	h.Shot("checklist")
	if p.MeasureResult("m1") != domain.ResultPartly || p.MeasureResult("m2") != domain.ResultDone || p.Inspections.Len() != 2 {
		t.Fatalf("%s %s", p.MeasureResult("m1"), p.MeasureResult("m2"))
	}
	if err := grid.OnEdit(0, "result", "差不多"); err == nil {
		t.Error("a result of its own was taken")
	}
	if err := grid.OnEdit(0, "content", "x"); err == nil {
		t.Error("the measure was changed by its checklist")
	}
	first := p.InspectionsOf("m1")[0]
	if first.Evidence != "签证单12份" || first.Date != "2026-08-25" || p.Rectification(first, "2026-08-25") != domain.RectifyLate {
		t.Errorf("%+v", first)
	}
	tabs := New(h)
	h.Open(tabs, string(first.ID))
	h.Shot("inspections")
	h.TapButton("复查…")
	dates := pagetest.Find[*widgets.DateField](h)
	dates[0].Entry().SetText("2026-08-24")
	h.TapButton("登记复查")
	if p.Inspections.Len() != 2 {
		t.Fatal("a re-check before the check")
	}
	dates[0].Entry().SetText("2026-09-02")
	h.Shot("recheck")
	h.TapButton("登记复查")
	list := p.InspectionsOf("m1")
	if len(list) != 2 || list[1].Of.ID != first.ID || p.MeasureResult("m1") != domain.ResultDone || p.Rectification(first, "2026-09-30") != domain.RectifyDone {
		t.Fatalf("%+v", list)
	}
	h.TapButton("复查…") // the cursor stands on the re-check, which found nothing
	h.TapButton("登记复查")
	if len(p.InspectionsOf("m1")) != 2 {
		t.Error("nothing to check again was checked again")
	}
}

// An emptied line of the checklist leaves no record.
func TestClearedLineLeavesNoRecord(t *testing.T) {
	h := open(t, measured(), tabChecklist)
	grid := pagetest.Find[*widgets.DataGrid](h)[0]
	if err := grid.OnEdit(0, "result", domain.ResultNot); err != nil {
		t.Fatal(err)
	}
	if err := grid.OnClear(0, 1, []string{"result", "content"}); err != nil {
		t.Fatal(err)
	}
	if n := h.Session().Pilot.Inspections.Len(); n != 0 {
		t.Errorf("%d records", n)
	}
}

func TestChecklistIsHandedOut(t *testing.T) {
	h := open(t, measured(), tabChecklist)
	h.SaveTo = t.TempDir()
	h.TapButton("发放检查表…")
	for path, wb := range h.Books {
		if !strings.HasSuffix(path, "防范措施落实检查表-基建处.xlsx") || wb.Sheets[0].Rows.Len() != 2 || wb.Mark == "" {
			t.Errorf("%s: %d rows, mark %q", path, wb.Sheets[0].Rows.Len(), wb.Mark)
		}
	}
	if len(h.Books) != 1 {
		t.Errorf("%d books", len(h.Books))
	}
}

// A score sheet is made, confirmed, and what follows is registered with its basis.
func TestAppraisalLeadsToItsConsequence(t *testing.T) {
	h := open(t, measured(), tabScores)
	p := h.Session().Pilot
	h.TapButton("建立评分表…")
	h.TapButton("建立")
	if p.Appraisals.Len() != len(domain.StandardAppraisal) {
		t.Fatalf("%d lines", p.Appraisals.Len())
	}
	grid := pagetest.Find[*widgets.DataGrid](h)[0]
	for row, a := range p.Appraisals.All() {
		score := a.Full
		if row == 0 {
			score--
		}
		if err := grid.OnEdit(row, "confirmed", fields.Number(score)); err != nil {
			t.Fatal(err)
		}
	}
	if err := grid.OnEdit(0, "self", "80"); err == nil {
		t.Error("more than the full score was taken")
	}
	total, _ := p.AppraisalOf("u")
	if total.Confirmed != 99 || total.Grade() != "优秀" {
		t.Fatalf("%+v", total)
	}
	h.Shot("scores")
	h.TapButton("登记奖惩…")
	pagetest.Find[*widget.SelectEntry](h)[0].SetText("通报表扬")
	h.Shot("sanction")
	h.TapButton("登记")
	all := p.Sanctions.All()
	if len(all) != 1 || !all[0].Reward || all[0].Code != "JC-01" || !strings.Contains(all[0].Basis, "核准 99 分") {
		t.Fatalf("%+v", all)
	}
	h.Shot("sanctions")
}
