package app_test

import (
	"strings"
	"testing"

	"lianshao/app"
	"lianshao/app/assess"
	"lianshao/app/edit"
	"lianshao/app/inspect"
	"lianshao/domain"
)

// lived is a pilot whose workflow, point, measure or round stands in a state.
func lived(kind domain.Kind, state string) *domain.Pilot {
	p := domain.NewPilot()
	p.Put(&domain.Unit{Base: domain.Base{ID: "u", Code: "基建处"}, Name: "基建处"})
	w := &domain.Workflow{Base: domain.Base{ID: "w", Code: "JL1"}, Name: "变更", Unit: domain.To("u"), Version: 1, State: domain.WorkflowInForce,
		Steps: []domain.Step{{ID: "s", No: 1, Name: "申请", Kind: domain.StepTask}}}
	r := &domain.RiskPoint{Base: domain.Base{ID: "r", Code: "JJ-01"}, Unit: domain.To("u"), Name: "甲"}
	m := &domain.Measure{Base: domain.Base{ID: "m", Code: "JJ-02-1"}, Point: domain.To("k"), No: 1, Content: "措施"}
	a := &domain.Assessment{Base: domain.Base{ID: "a", Code: "1"}, No: 1, Name: "首次评估", Assessors: []domain.Assessor{{No: 1, Name: "组长"}}, PointSystem: domain.To("i")}
	p.Put(&domain.IndicatorSystem{Base: domain.Base{ID: "i"}, Target: domain.TargetPoint, Version: 1,
		Dimensions: []domain.Dimension{{Code: "A", Weight: 1, Indicators: []domain.Indicator{{Code: "A1", Weight: 1}}}}})
	switch kind {
	case domain.KindWorkflow:
		w.State = state
	case domain.KindRiskPoint:
		if state != domain.PointCounts {
			r.Status = domain.PointStatus(state)
		}
		p.Put(&domain.Rating{Base: domain.Base{ID: "x"}, Assessment: domain.To("a"), Target: domain.TargetPoint, Subject: domain.To("r")}) // so that it stays when removed
	case domain.KindMeasure:
		if state != domain.MeasureProposed {
			m.Step = domain.To("s")
		}
		if state != domain.MeasureProposed && state != domain.MeasureEmbedded {
			p.Put(&domain.Inspection{Base: domain.Base{ID: "c"}, Measure: domain.To("m"), Date: "2026-10-01", Result: state})
		}
	case domain.KindAssessment:
		a.Frozen = state == domain.RoundFrozen
	}
	for _, rec := range []domain.Record{w, r, m, a, &domain.RiskPoint{Base: domain.Base{ID: "k", Code: "JJ-02"}, Unit: domain.To("u"), Name: "乙"}} {
		p.Put(rec)
	}
	return p
}

// commandOf is what a person does to make an event of a table happen; nil for what no
// command of its own does. state reads the state afterwards; "" = the record is gone.
func commandOf(kind domain.Kind, event string) (cmd app.Command, state func(p *domain.Pilot) string) {
	ids := func() app.IDs {
		n := 0
		return func() domain.ID { n++; return domain.ID("n" + strings.Repeat("1", n)) }
	}()
	check := func(result string) app.Command {
		return inspect.Fill(inspect.Visit{Date: "2026-10-09"}, []inspect.Cell{{Measure: "m", Field: "result", Text: result}}, ids)
	}
	of := map[domain.Kind]map[string]app.Command{
		domain.KindWorkflow: {domain.EventEdit: edit.AddStep("w", "s", "审核", ids), domain.EventEnforce: edit.EnforceVersion("w", "2026-09-20"),
			domain.EventRevise: edit.NewVersion("w", ids, nil), domain.EventDelete: edit.Delete(domain.KindWorkflow, "w")},
		domain.KindRiskPoint: {domain.EventMerge: edit.MergePoints(edit.Merging{Keep: "k", Lose: "r"}, ids), domain.EventRemove: edit.Delete(domain.KindRiskPoint, "r"),
			domain.EventRestore: edit.RestorePoint("r")},
		domain.KindMeasure: {domain.EventEmbed: edit.EmbedMeasure("m", "s"), domain.EventDelete: edit.Delete(domain.KindMeasure, "m"),
			domain.EventCheckDone: check(domain.ResultDone), domain.EventCheckPart: check(domain.ResultPartly), domain.EventCheckNot: check(domain.ResultNot)},
		domain.KindAssessment: {domain.EventScore: edit.SetMarks("a", domain.TargetPoint, []edit.Marking{{Subject: "k", Assessor: "组长", Text: "3"}}, ids),
			domain.EventFreeze: assess.FreezeRound("a", true), domain.EventThaw: assess.FreezeRound("a", false)},
	}
	return of[kind][event], func(p *domain.Pilot) string {
		switch kind {
		case domain.KindWorkflow:
			if w, ok := p.Workflows.Get("w"); ok {
				return w.Life()
			}
		case domain.KindRiskPoint:
			if r, ok := p.RiskPoints.Get("r"); ok {
				return domain.StateOfPoint(r)
			}
		case domain.KindMeasure:
			if m, ok := p.Measures.Get("m"); ok {
				return p.StateOfMeasure(m)
			}
		case domain.KindAssessment:
			a, _ := p.Assessments.Get("a")
			return domain.StateOfRound(a)
		}
		return ""
	}
}

// Every row of the tables of workflow versions, points, measures and rounds holds for
// the command that makes it happen: it leads where the table says, or is refused with
// the table's words and changes nothing.
func TestCommandsAskTheTablesOfStates(t *testing.T) {
	rows := 0
	for _, m := range []*domain.Machine{domain.WorkflowLife, domain.PointLife, domain.MeasureLife, domain.RoundLife} {
		for _, move := range m.Moves {
			p := lived(m.Kind, move.From)
			cmd, state := commandOf(m.Kind, move.Event)
			if cmd == nil {
				t.Errorf("%s: no command for “%s”", m.Kind, move.Event)
				continue
			}
			rows++
			if got := state(p); got != move.From {
				t.Fatalf("%s stands at %q, want %q", m.Kind, got, move.From)
			}
			cs, err := cmd.Plan(p)
			if move.Refusal != "" {
				if err == nil || !strings.Contains(app.Sentence(err), move.Refusal) {
					t.Errorf("%s %s, %s: %v, want %s", m.Kind, move.From, move.Event, err, move.Refusal)
				}
				continue
			}
			if err != nil {
				t.Errorf("%s %s, %s: %v", m.Kind, move.From, move.Event, err)
				continue
			}
			p.Apply(cs)
			want := move.To
			switch {
			case move.Event == domain.EventDelete && m != domain.PointLife:
				want = "" // the record is gone
			case move.Event == domain.EventRevise:
				want = move.From // revised once the draft made here is put into force
			}
			if got := state(p); got != want {
				t.Errorf("%s %s, %s: %q, want %q", m.Kind, move.From, move.Event, got, want)
			}
		}
	}
	if rows < 40 {
		t.Errorf("%d rows", rows)
	}
}
