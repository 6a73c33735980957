package edit

import (
	"fmt"
	"strings"

	"lianshao/app"
	"lianshao/domain"
)

// NewVersion drafts the next version of a workflow in force: a copy with steps of
// its own that remember where they come from, into which measures are embedded.
// made is called with the draft's ID.
func NewVersion(workflow domain.ID, newID app.IDs, made func(domain.ID)) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		w, ok := p.Workflows.Get(workflow)
		if !ok {
			return domain.ChangeSet{}, app.E(app.CodeNotFound, "这个工作流程已不存在")
		}
		if _, err := domain.WorkflowLife.Next(w.Life(), domain.EventRevise); err != nil {
			return domain.ChangeSet{}, inWorkflow(w, err)
		}
		if d := p.VersionIn(w, domain.WorkflowDraft); d != nil {
			return domain.ChangeSet{}, app.E(app.CodeInvalid, "流程“%s”已经有第%d版草稿，请直接改它", w.Name, d.Version)
		}
		n := p.NextVersion(w, newID)
		d := p.Draft()
		d.Workflows.Put(n)
		if made != nil {
			made(n.ID)
		}
		return d.Changes(domain.Op{Name: "new-version", Label: fmt.Sprintf("流程“%s”：新建第%d版草稿", n.Name, n.Version)}), nil
	})
}

// EnforceVersion puts a draft into force; the version that was in force is kept as
// 已修订, and points, measures and authorities go over to the new steps.
func EnforceVersion(workflow domain.ID, day domain.Date) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		w, ok := p.Workflows.Get(workflow)
		if !ok {
			return domain.ChangeSet{}, app.E(app.CodeNotFound, "这个工作流程已不存在")
		}
		if _, err := domain.WorkflowLife.Next(w.Life(), domain.EventEnforce); err != nil {
			return domain.ChangeSet{}, inWorkflow(w, err)
		}
		if len(w.Steps) == 0 {
			return domain.ChangeSet{}, app.E(app.CodeInvalid, "流程“%s”第%d版还没有步骤，不能启用", w.Name, w.Version)
		}
		old := p.VersionIn(w, domain.WorkflowInForce)
		if old != nil {
			if _, err := domain.WorkflowLife.Next(old.Life(), domain.EventRevise); err != nil {
				return domain.ChangeSet{}, inWorkflow(old, err)
			}
		}
		d := p.Draft()
		d.Supersede(old, w, day)
		return d.Changes(domain.Op{Name: "enforce-version", Label: fmt.Sprintf("流程“%s”：启用第%d版", w.Name, w.Version)}), nil
	})
}

// inWorkflow says of which version the table of states refuses something.
func inWorkflow(w *domain.Workflow, err error) error {
	return app.Wrap(app.CodeInvalid, err, "流程“%s”第%d版：%s", w.Name, w.Version, app.Sentence(err))
}

// EmbedMeasure binds a measure to a step of a version that may be changed: the draft,
// or the one in force. An empty step takes it out.
func EmbedMeasure(measure, step domain.ID) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		m, ok := p.Measures.Get(measure)
		if !ok {
			return domain.ChangeSet{}, app.E(app.CodeNotFound, "这条措施已不存在")
		}
		d := p.Draft()
		n := m.Clone().(*domain.Measure)
		what := "移出流程"
		if step == "" {
			n.Step, n.Since = domain.Ref{}, 0
		} else {
			if err := domain.Embeddable(p, n, step); err != nil {
				return domain.ChangeSet{}, app.Wrap(app.CodeInvalid, err, "%s：%s", Title(p, domain.KindMeasure, measure), app.Sentence(err))
			}
			d.Embed(n, step)
			what = "嵌入" + d.StepPhrase(n.Step)
		}
		d.Measures.Put(n)
		return d.Changes(domain.Op{Name: "embed", Label: strings.TrimSpace("措施 " + Title(p, domain.KindMeasure, measure) + " " + what)}), nil
	})
}

// AddMeasure stores a new measure, embedded at a step unless that is "".
func AddMeasure(m *domain.Measure, step domain.ID, newID app.IDs) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		n := m.Clone().(*domain.Measure)
		if step != "" {
			if err := domain.Embeddable(p, n, step); err != nil {
				return domain.ChangeSet{}, err
			}
			p.Embed(n, step)
		}
		return Add(n, newID).Plan(p)
	})
}

// BlankMeasure is the next measure of a point, with the responsible of the point and
// without a text. It is stored by Add.
func BlankMeasure(p *domain.Pilot, r *domain.RiskPoint) *domain.Measure {
	no := 1
	for _, m := range p.Measures.By(domain.ByPoint, r.ID) {
		no = max(no, m.No+1)
	}
	return &domain.Measure{Base: domain.Base{Code: fmt.Sprintf("%s-%d", r.Code, no)}, Point: domain.To(r.ID), No: no, Owner: r.Owner, Post: r.Post, Due: r.Due}
}
