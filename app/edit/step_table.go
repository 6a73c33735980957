package edit

import (
	"fmt"
	"strconv"
	"strings"

	"lianshao/app"
	"lianshao/domain"
)

// Columns of the step table.
const (
	StepNo          = "no"
	StepName        = "name"
	StepKind        = "kind"
	StepActor       = "actor"
	StepInputs      = "in"
	StepOutputs     = "out"
	StepLimit       = "limit"
	StepNext        = "next" // 2, or 是→4 否→5
	StepAuthorities = "auth"
	StepNote        = "note"
)

// StepRow is one line of the step table: texts by column. Step is empty for a new
// step.
type StepRow struct {
	Step  domain.ID
	Texts map[string]string
}

// StepText is what the step table shows of a step in a column.
func StepText(p *domain.Pilot, w *domain.Workflow, s *domain.Step, column string) string {
	switch column {
	case StepNo:
		return strconv.Itoa(s.No)
	case StepName:
		return s.Name
	case StepKind:
		return string(s.Kind)
	case StepActor:
		return s.Actor
	case StepInputs:
		return strings.Join(s.Inputs, "、")
	case StepOutputs:
		return strings.Join(s.Outputs, "、")
	case StepLimit:
		return s.Limit
	case StepNext:
		return FormatNext(w, s)
	case StepAuthorities:
		return p.NamesOf(domain.KindAuthority, s.Authorities)
	case StepNote:
		return s.Note
	}
	return ""
}

// OpenEnd is where new steps of the table go: before the end steps that close it.
func OpenEnd(w *domain.Workflow) int {
	at := len(w.Steps)
	for at > 0 && w.Steps[at-1].Kind == domain.StepEnd {
		at--
	}
	return at
}

// SetSteps writes lines of the step table as one operation: a typed cell, a pasted
// block, cleared cells. Lines without a step become new steps at OpenEnd. Step
// numbers in a pasted block mean the block's own numbering first.
func SetSteps(workflow domain.ID, rows []StepRow, newID app.IDs) app.Command {
	what := "修改步骤"
	if len(rows) > 1 {
		what = fmt.Sprintf("填写 %d 行步骤", len(rows))
	} else if len(rows) == 1 && rows[0].Step == "" {
		what = "增加步骤“" + strings.TrimSpace(rows[0].Texts[StepName]) + "”"
	}
	return changeWorkflow(workflow, what, func(_ *domain.Pilot, w *domain.Workflow) error {
		t := stepTable{w: w, rows: rows, ids: make([]domain.ID, len(rows)), own: map[int]domain.ID{}}
		t.place(newID)
		for i := range rows {
			if err := t.fill(i); err != nil {
				return &NthError{N: i, Field: StepName, Err: err}
			}
		}
		for i := range rows {
			if err := t.lead(i); err != nil {
				return &NthError{N: i, Field: StepNext, Err: err}
			}
		}
		return nil
	})
}

// stepTable is the work of SetSteps.
type stepTable struct {
	w    *domain.Workflow
	rows []StepRow
	ids  []domain.ID       // the step of each row
	own  map[int]domain.ID // the block's own step numbers
}

// place finds or makes the step of each row.
func (t *stepTable) place(newID app.IDs) {
	for i, r := range t.rows {
		id := r.Step
		if id == "" && i == len(t.rows)-1 {
			id = t.plainEnd(r)
		}
		if id == "" {
			id = newID()
			insertStep(t.w, OpenEnd(t.w), domain.Step{ID: id, Kind: domain.StepTask})
		}
		t.ids[i] = id
		if n, err := strconv.Atoi(strings.TrimSpace(domain.NormalizeWidth(r.Texts[StepNo]))); err == nil {
			t.own[n] = id
		}
	}
}

// plainEnd is the untouched end step of a new workflow, which a pasted end step
// takes over, so that a workflow pasted into a new one does not end twice.
func (t *stepTable) plainEnd(r StepRow) domain.ID {
	if len(t.w.Steps) == 0 {
		return ""
	}
	last := t.w.Steps[len(t.w.Steps)-1]
	plain := last.Kind == domain.StepEnd && last.Name == "结束" && last.Actor == "" && len(last.Inputs)+len(last.Outputs) == 0
	if plain && strings.TrimSpace(r.Texts[StepKind]) == string(domain.StepEnd) {
		return last.ID
	}
	return ""
}

func (t *stepTable) fill(i int) error {
	s := t.w.Step(t.ids[i])
	if s == nil {
		return app.E(app.CodeNotFound, "这个步骤已不存在")
	}
	texts := t.rows[i].Texts
	at := func(column string) *string {
		if v, ok := texts[column]; ok {
			return &v
		}
		return nil
	}
	f := StepForm{Name: at(StepName), Actor: at(StepActor), Limit: at(StepLimit), Note: at(StepNote),
		Inputs: at(StepInputs), Outputs: at(StepOutputs), Authorities: at(StepAuthorities)}
	if s.Name == "" && f.Name == nil {
		f.Name = new(string) // refused with the sentence about empty names
	}
	if v, ok := texts[StepKind]; ok {
		k := domain.StepKind(strings.TrimSpace(v))
		if k == "" {
			k = domain.StepTask
		}
		f.Kind = &k
	}
	return applyForm(t.w, s, f)
}

// lead sets where a row leads, once all rows are there to be led to.
func (t *stepTable) lead(i int) error {
	text, ok := t.rows[i].Texts[StepNext]
	if !ok {
		return nil
	}
	next, err := parseNext(text, func(n int) *domain.Step {
		if id, ok := t.own[n]; ok {
			return t.w.Step(id)
		}
		return t.w.StepNo(n)
	})
	if err != nil {
		return err
	}
	return setNext(t.w, t.w.Step(t.ids[i]), next)
}
