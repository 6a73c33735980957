package edit

import (
	"testing"

	"lianshao/domain"
)

// versioned is a pilot with the workflow 申请→审核→结束 in force, a point and a measure
// at its second step.
func versioned(t *testing.T) *bench {
	b := newBench(t)
	b.do(AddWorkflowFor("基建处", "变更", b.id))
	b.do(AddStep(b.flow().ID, b.flow().Steps[0].ID, "申请", b.id))
	b.do(AddStep(b.flow().ID, b.flow().Steps[1].ID, "审核", b.id))
	w := b.flow()
	b.p.Put(&domain.RiskPoint{Base: domain.Base{ID: "r1", Code: "JJ-01"}, Unit: w.Unit, Workflow: domain.To(w.ID), Step: domain.To(w.Steps[2].ID), Name: "先施工后审批"})
	b.p.Put(&domain.Measure{Base: domain.Base{ID: "m1", Code: "JJ-01-1"}, Point: domain.To("r1"), No: 1, Content: "先批后变", Step: domain.To(w.Steps[2].ID)})
	b.p.Put(&domain.Measure{Base: domain.Base{ID: "m2", Code: "JJ-01-2"}, Point: domain.To("r1"), No: 2, Content: "累计控制"})
	return b
}

func (b *bench) draft() *domain.Workflow {
	b.Helper()
	d := b.p.VersionIn(b.flow(), domain.WorkflowDraft)
	if d == nil {
		b.Fatal("no draft")
	}
	return d
}

// A measure embedded in the draft shows there and not on the version before; once the
// draft is in force, points and measures stand at its steps and the old version still
// shows the points that it had.
func TestMeasuresAreEmbeddedInTheNextVersion(t *testing.T) {
	b := versioned(t)
	v1 := b.flow()
	b.do(NewVersion(v1.ID, b.id, nil))
	b.refuse(NewVersion(v1.ID, b.id, nil), "已经有第2版草稿")
	d := b.draft()
	b.refuse(NewVersion(d.ID, b.id, nil), "还是草稿")
	b.do(AddStep(d.ID, d.Steps[2].ID, "公示", b.id))
	b.do(EmbedMeasure("m2", b.draft().Steps[3].ID))
	b.do(SetStep(d.ID, b.draft().Steps[2].ID, StepForm{Actor: ptr("处长")}))

	at := func(w *domain.Workflow, step int) int { return len(b.p.MeasuresAt(w, &w.Steps[step])) }
	if d = b.draft(); at(d, 3) != 1 || at(d, 2) != 1 || at(v1, 2) != 1 {
		t.Errorf("draft: %d at 公示, %d at 审核; first version: %d at 审核", at(d, 3), at(d, 2), at(v1, 2))
	}
	b.do(EnforceVersion(d.ID, "2026-09-20"))
	d, _ = b.p.Workflows.Get(d.ID)
	v1, _ = b.p.Workflows.Get(v1.ID)
	if d.Life() != domain.WorkflowInForce || d.Effective != "2026-09-20" || v1.Life() != domain.WorkflowRevised {
		t.Fatalf("states %s and %s", d.Life(), v1.Life())
	}
	r, _ := b.p.RiskPoints.Get("r1")
	m, _ := b.p.Measures.Get("m1")
	if r.Step.ID != d.Steps[2].ID || r.Workflow.ID != d.ID || m.Step.ID != d.Steps[2].ID {
		t.Errorf("point at %v of %v, measure at %v", r.Step, r.Workflow, m.Step)
	}
	if n := len(b.p.PointsAt(v1, &v1.Steps[2])); n != 1 {
		t.Errorf("the first version shows %d points", n)
	}
	if n := at(v1, 2); n != 1 {
		t.Errorf("the first version shows %d measures", n)
	}
	b.refuse(AddStep(v1.ID, "", "再加", b.id), "不能再改")
	b.refuse(Delete(domain.KindWorkflow, v1.ID), "留作对照")
	b.refuse(EmbedMeasure("m2", v1.Steps[1].ID), "不能再改")
	b.refuse(EnforceVersion(d.ID, ""), "已经是现行版")
}

func ptr(s string) *string { return &s }

func TestComparisonNamesWhatChanged(t *testing.T) {
	b := versioned(t)
	v1 := b.flow()
	b.do(NewVersion(v1.ID, b.id, nil))
	d := b.draft()
	b.do(DeleteStep(d.ID, d.Steps[1].ID))
	b.do(AddStep(d.ID, b.draft().Steps[1].ID, "公示", b.id))
	b.do(EmbedMeasure("m2", b.draft().Steps[1].ID))
	var got string
	for _, c := range b.p.CompareVersions(v1, b.draft()) {
		name := ""
		if c.New != nil {
			name = c.New.Name
		} else {
			name = c.Old.Name
		}
		got += name + c.Kind
		for _, f := range c.Fields {
			got += "（" + f.Title + "：" + f.Before + "⇒" + f.After + "）"
		}
		for _, m := range c.Embedded {
			got += "［" + m.Content + "］"
		}
		got += " "
	}
	want := "开始改动（下一步：申请⇒审核） 申请取消 审核改动（下一步：结束⇒公示）［累计控制］ 公示新增 结束 "
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// Deleting a draft leaves points and measures at the steps in force.
func TestDeletedDraftGivesItsMeasuresBack(t *testing.T) {
	b := versioned(t)
	v1 := b.flow()
	b.do(NewVersion(v1.ID, b.id, nil))
	d := b.draft()
	b.do(EmbedMeasure("m2", d.Steps[1].ID))
	b.do(Delete(domain.KindWorkflow, d.ID))
	m, _ := b.p.Measures.Get("m2")
	if m.Step.ID != v1.Steps[1].ID {
		t.Errorf("%+v", m.Step)
	}
}
