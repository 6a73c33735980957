package workflow

import (
	"strings"
	"testing"

	"lianshao/domain"
	"lianshao/ui/page"
)

// A clerk drafts the next version, adds a step, compares both, and puts it into force.
func TestNextVersionIsDraftedComparedAndPutIntoForce(t *testing.T) {
	s := open(t, "JL2", 5)
	v1 := s.w()
	s.TapButton("建新版")
	d := s.w()
	if d.Life() != domain.WorkflowDraft || d.Version != 2 || d.ID == v1.ID {
		t.Fatalf("%+v", d)
	}
	if !strings.Contains(s.f.list.Cell(rowOf(s, v1.Name), "name").Text, "〔稿〕") {
		t.Error("the list does not tell of the draft")
	}
	s.TapButton("插入")
	s.Type("专家抽取")
	s.f.flush()
	if s.f.versions.choice.Selected != "第2版（草稿）" {
		t.Errorf("version shown: %s", s.f.versions.choice.Selected)
	}
	s.TapButton("两版对照")
	if c := s.f.versus; !s.f.comparing || len(c.changes) == 0 || !strings.Contains(c.title.Text, v1.Name) {
		t.Fatalf("comparison %v", c.title.Text)
	}
	marked := 0
	for _, x := range s.f.versus.changes {
		if x.Kind == domain.StepAdded {
			marked++
		}
	}
	if marked != 1 {
		t.Errorf("%d steps marked as added", marked)
	}
	s.Shot("workflow-compare")
	s.TapButton("返回")
	s.TapButton("启用…")
	s.Shot("workflow-enforce")
	s.TapButton("启用")
	if d = s.w(); d.Life() != domain.WorkflowInForce || d.Effective != "2026-08-25" {
		t.Errorf("%s %s", d.Life(), d.Effective)
	}
	s.Shot("workflow-versions")
	s.TapButton("嵌入措施…")
	if last := s.Visits[len(s.Visits)-1]; last.Screen != page.Measures || last.Arg != page.EmbedIn+string(d.ID) {
		t.Errorf("%+v", last)
	}
	s.f.versions.choice.SetSelected("第1版（已修订）")
	if s.w().ID != v1.ID {
		t.Error("the first version is not shown")
	}
	s.f.insertAfter(s.w().Steps[1].ID)
	if len(s.Errors) != 1 || !strings.Contains(s.Errors[0].Error(), "不能再改") {
		t.Errorf("a revised version was changed: %v", s.Errors)
	}
}

func rowOf(s *screen, name string) int {
	for i, r := range s.f.list.rows {
		if r.flow != nil && r.flow.Name == name {
			return i
		}
	}
	s.t.Fatalf("%s is not listed", name)
	return -1
}
