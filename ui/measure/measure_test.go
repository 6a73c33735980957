package measure

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/widget"

	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/widgets"
)

// changing is a pilot with a workflow in force, a point at its second step and one
// measure that is not embedded.
func changing() *domain.Pilot {
	p := domain.NewPilot()
	p.Put(&domain.Unit{Base: domain.Base{ID: "u", Code: "基建处"}, Name: "基建处"})
	p.Put(&domain.Post{Base: domain.Base{ID: "k", Code: "造价管理员"}, Unit: domain.To("u"), Name: "造价管理员"})
	p.Put(&domain.Workflow{Base: domain.Base{ID: "w", Code: "JL3"}, Name: "工程变更与现场签证", Unit: domain.To("u"), Version: 1, State: domain.WorkflowInForce, Steps: []domain.Step{
		{ID: "s1", No: 1, Name: "提出变更", Kind: domain.StepStart, Actor: "甲方代表", Next: []domain.Branch{{To: "s2"}}},
		{ID: "s2", No: 2, Name: "现场核实", Kind: domain.StepTask, Actor: "造价管理员", Next: []domain.Branch{{To: "s3"}}},
		{ID: "s3", No: 3, Name: "审批", Kind: domain.StepApprove, Actor: "处长", Next: []domain.Branch{{To: "s4"}}},
		{ID: "s4", No: 4, Name: "归档", Kind: domain.StepEnd, Actor: "资料档案员"}}})
	p.Put(&domain.RiskPoint{Base: domain.Base{ID: "r", Code: "JJ-13"}, Unit: domain.To("u"), Post: domain.To("k"), Workflow: domain.To("w"), Step: domain.To("s2"),
		Name: "虚签工程量", Description: "虚签、多签工程量，现场签证不实", Category: "思想道德", Owner: "造价管理员"})
	p.Put(&domain.Measure{Base: domain.Base{ID: "m", Code: "JJ-13-1"}, Point: domain.To("r"), No: 1, Content: "影像留痕"})
	return p
}

func open(t *testing.T, arg string) (*pagetest.Host, *Page) {
	h := pagetest.New(t, changing())
	p := New(h).(*Page)
	h.Open(p, arg)
	return h, p
}

// A clerk begins the next version, taps a step, and the shield is there; before the
// version is in force, the one in force has none.
func TestMeasureIsEmbeddedByTappingAStep(t *testing.T) {
	h, p := open(t, page.EmbedIn+"w")
	pilot := h.Session().Pilot
	h.TapButton("建新版")
	draft := pilot.VersionIn(pilot.Workflows.All()[0], domain.WorkflowDraft)
	if draft == nil || p.embed.wf != draft.ID {
		t.Fatal("no draft is shown")
	}
	p.embed.chart.OnTapped(string(draft.Steps[2].ID))
	m, _ := pilot.Measures.Get("m")
	if m.Step.ID != draft.Steps[2].ID || m.Since != 2 {
		t.Fatalf("%+v", m)
	}
	if c := p.embed.Cell(0, "step"); c.Text != "3 审批" || c.Warn {
		t.Errorf("%+v", c)
	}
	v1, _ := pilot.Workflows.Get("w")
	if n := len(pilot.MeasuresAt(v1, &v1.Steps[2])); n != 0 {
		t.Errorf("the version in force shows %d measures", n)
	}
	h.Shot("embed")
	h.TapButton("移出流程")
	if m, _ = pilot.Measures.Get("m"); m.Step.ID != "" {
		t.Errorf("%+v", m.Step)
	}
}

// A new measure starts from the fitting one of the library; what was changed stays visible.
func TestMeasureStartsFromTheLibrary(t *testing.T) {
	h, p := open(t, "")
	h.TapButton("新增措施…")
	h.TapButton("从措施库选用…")
	h.Shot("pick")
	h.TapButton("选用")
	areas := pagetest.Find[*widgets.TextArea](h)
	content := areas[0]
	if !strings.HasPrefix(content.Text, "现场签证由监理") {
		t.Fatalf("%q", content.Text)
	}
	content.SetText(strings.Replace(content.Text, "二人以上", "三人以上", 1))
	h.Shot("new-measure")
	h.TapButton("新增")
	var made *domain.Measure
	for _, m := range h.Session().Pilot.Measures.All() {
		if m.ID != "m" {
			made = m
		}
	}
	if made == nil || made.No != 2 || made.Library == "" || made.Post.ID != "k" || made.Step.ID != "s2" || made.Since != 1 || made.Kind != "流程控制" || made.Evidence == "" {
		t.Fatalf("%+v", made)
	}
	if !strings.Contains(made.Edited(), "【二】人以上") || !strings.Contains(made.Edited(), "【三】人以上") {
		t.Errorf("%s", made.Edited())
	}
	pagetest.Find[*widget.Select](h)[0].SetSelected("由措施库改写")
	if n := p.list.Grid.Model.Len(); n != 1 {
		t.Errorf("%d measures rewritten from the library", n)
	}
	p.Show(TabLibrary)
	h.Shot("library")
	h.TapButton("用于风险点…")
	h.TapButton("新增")
	if last := h.Visits[len(h.Visits)-1]; last.Screen != page.Measures || h.Session().Pilot.Measures.Len() != 3 {
		t.Errorf("%+v, %d measures", last, h.Session().Pilot.Measures.Len())
	}
}
