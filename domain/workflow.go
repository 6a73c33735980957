package domain

import (
	"fmt"
	"slices"
	"strconv"
)

// StepKind is what a step of a workflow does.
type StepKind string

// Step kinds as the office forms write them.
const (
	StepStart    StepKind = "开始"
	StepTask     StepKind = "办理"
	StepApprove  StepKind = "审批"
	StepDecision StepKind = "判断"
	StepEnd      StepKind = "结束"
)

// StepKinds lists the kinds in the order of the forms.
var StepKinds = []StepKind{StepStart, StepTask, StepApprove, StepDecision, StepEnd}

// States of a workflow version.
const (
	WorkflowDraft   = "草稿"
	WorkflowInForce = "现行"
	WorkflowRevised = "已修订"
)

// Workflow is one version of a 工作流程; its steps live inside it, in order.
type Workflow struct {
	Base
	Name    string `json:"name"`
	Unit    Ref    `json:"unit"`
	Version int    `json:"version,omitempty"`
	State   string `json:"state,omitempty"`
	Steps   []Step `json:"steps,omitempty"`
	Note    string `json:"note,omitempty"`
	// Effective is when the version came into force.
	Effective Date `json:"effective,omitempty"`
}

// Step is one 步骤. Actor keeps the responsible post(s) as written, because
// outsiders (监理单位, 使用单位) act in workflows too; Posts are those that are
// posts of the pilot. The first of them is the lane.
type Step struct {
	ID          ID       `json:"id"`
	No          int      `json:"no"`
	Name        string   `json:"name"`
	Kind        StepKind `json:"kind,omitempty"`
	Actor       string   `json:"actor,omitempty"`
	Posts       []Ref    `json:"posts,omitempty"`
	Inputs      []string `json:"in,omitempty"`
	Outputs     []string `json:"out,omitempty"`
	Limit       string   `json:"limit,omitempty"` // 办理时限, as written
	Authorities []Ref    `json:"auth,omitempty"`
	Next        []Branch `json:"next,omitempty"`
	Note        string   `json:"note,omitempty"`
	// From is the step of the first version that this one continues; see Root.
	From ID `json:"from,omitempty"`
}

// Branch leads to another step of the same workflow. Label is 是/否, 通过/退回
// or empty.
type Branch struct {
	Label string `json:"l,omitempty"`
	To    ID     `json:"to"`
}

// RecordKind tells the kind.
func (*Workflow) RecordKind() Kind { return KindWorkflow }

// Natural is unit, name and version.
func (r *Workflow) Natural() string {
	return refKey(r.Unit) + "/" + r.Name + "/" + strconv.Itoa(r.Version)
}

// Clone copies deeply.
func (r *Workflow) Clone() Record {
	c := *r
	c.Steps = slices.Clone(r.Steps)
	for i := range c.Steps {
		s := &c.Steps[i]
		s.Posts, s.Authorities, s.Next = slices.Clone(s.Posts), slices.Clone(s.Authorities), slices.Clone(s.Next)
		s.Inputs, s.Outputs = slices.Clone(s.Inputs), slices.Clone(s.Outputs)
	}
	return &c
}

// EachRef visits the unit and the posts and authorities of every step.
func (r *Workflow) EachRef(visit func(Kind, Ref, *Ref)) {
	visit(KindUnit, Ref{}, &r.Unit)
	for i := range r.Steps {
		eachOf(r.Steps[i].Posts, KindPost, r.Unit, visit)
		eachOf(r.Steps[i].Authorities, KindAuthority, r.Unit, visit)
	}
}

func (r *Workflow) stepIDs(to []ID) []ID {
	for i := range r.Steps {
		to = append(to, r.Steps[i].ID)
	}
	return to
}

// Life is the state in WorkflowLife; forms that say nothing mean the version in force.
func (r *Workflow) Life() string {
	if r.State == "" {
		return WorkflowInForce
	}
	return r.State
}

// CheckVersion refuses a change of a revised version, and a state that does not
// follow from the one before.
func CheckVersion(before, after *Workflow) error {
	if err := WorkflowLife.Leads(before.Life(), after.Life()); err != nil {
		return refuse("流程“%s”第%d版：%s", before.Name, before.Version, err)
	}
	if before.Life() == WorkflowRevised && !slices.EqualFunc(before.Steps, after.Steps, sameStep) {
		_, err := WorkflowLife.Next(WorkflowRevised, EventEdit)
		return refuse("流程“%s”第%d版：%s", before.Name, before.Version, err)
	}
	return nil
}

// sameStep compares what a step says; names that found their records do not count.
func sameStep(a, b Step) bool {
	return a.ID == b.ID && a.No == b.No && a.Name == b.Name && a.Kind == b.Kind && a.Actor == b.Actor && a.Limit == b.Limit && a.Note == b.Note &&
		slices.Equal(a.Inputs, b.Inputs) && slices.Equal(a.Outputs, b.Outputs) && slices.Equal(a.Next, b.Next)
}

// Step returns the step with the ID, or nil.
func (r *Workflow) Step(id ID) *Step {
	for i := range r.Steps {
		if r.Steps[i].ID == id {
			return &r.Steps[i]
		}
	}
	return nil
}

// StepNo returns the step with the number, or nil.
func (r *Workflow) StepNo(no int) *Step {
	for i := range r.Steps {
		if r.Steps[i].No == no {
			return &r.Steps[i]
		}
	}
	return nil
}

// StepNamed returns the step with the name, or nil.
func (r *Workflow) StepNamed(name string) *Step {
	for i := range r.Steps {
		if r.Steps[i].Name == name {
			return &r.Steps[i]
		}
	}
	return nil
}

// StepCode is how a step is named outside its workflow: JL1-03.
func (r *Workflow) StepCode(s *Step) string { return fmt.Sprintf("%s-%02d", r.Code, s.No) }

// Lane is the lane a step is drawn in: the first of those responsible.
func (s *Step) Lane() string {
	if s.Actor == "" {
		return "（未定岗位）"
	}
	return firstOf(s.Actor)
}

// Problem is one thing wrong in a record, said in a sentence.
type Problem struct {
	Kind    Kind
	ID      ID
	Step    int // step number, 0 = the record itself
	Field   string
	Message string
}

// Problems says what is wrong with the workflow as a graph: numbers used twice,
// steps that lead nowhere or, without being a decision or approval, in two
// places at once, no end, and steps that cannot be reached.
func (r *Workflow) Problems() []Problem {
	var out []Problem
	add := func(s *Step, field, format string, args ...any) {
		p := Problem{Kind: KindWorkflow, ID: r.ID, Field: field, Message: fmt.Sprintf(format, args...)}
		if s != nil {
			p.Step = s.No
		}
		out = append(out, p)
	}
	seen := map[int]bool{}
	ends := 0
	for i := range r.Steps {
		s := &r.Steps[i]
		if seen[s.No] {
			add(s, "no", "步骤号 %d 重复", s.No)
		}
		seen[s.No] = true
		if s.Name == "" {
			add(s, "name", "第%d步没有名称", s.No)
		}
		if s.Kind == StepEnd {
			ends++
		}
		r.branchProblems(s, add)
	}
	if len(r.Steps) > 0 && ends == 0 {
		add(nil, "kind", "流程“%s”没有类型为“结束”的步骤", r.Name)
	}
	reached := r.reachable()
	for i := range r.Steps {
		if s := &r.Steps[i]; !reached[s.ID] {
			add(s, "next", "第%d步“%s”从开始步骤走不到", s.No, s.Name)
			r.follow(reached, s.ID) // what only follows from it is not another problem
		}
	}
	return out
}

func (r *Workflow) branchProblems(s *Step, add func(*Step, string, string, ...any)) {
	labels := map[string]bool{}
	for _, b := range s.Next {
		if r.Step(b.To) == nil {
			add(s, "next", "第%d步“%s”的下一步不存在", s.No, s.Name)
		}
		if labels[b.Label] {
			add(s, "next", "第%d步“%s”同时通向两处，请用“是/否”区分，或改为判断步骤", s.No, s.Name)
		}
		labels[b.Label] = true
	}
	switch {
	case s.Kind == StepEnd && len(s.Next) > 0:
		add(s, "next", "第%d步“%s”是结束步骤，不应再有下一步", s.No, s.Name)
	case s.Kind != StepEnd && len(s.Next) == 0:
		add(s, "next", "第%d步“%s”没有下一步", s.No, s.Name)
	case s.Kind == StepDecision && len(s.Next) == 1:
		add(s, "next", "第%d步“%s”是判断步骤，应有“是”“否”两个去向", s.No, s.Name)
	}
}

// reachable finds the steps on a path from the start (the first step).
func (r *Workflow) reachable() map[ID]bool {
	seen := map[ID]bool{}
	for i := range r.Steps {
		if i == 0 || r.Steps[i].Kind == StepStart {
			r.follow(seen, r.Steps[i].ID)
		}
	}
	return seen
}

// follow adds a step and all that can be reached from it to seen.
func (r *Workflow) follow(seen map[ID]bool, from ID) {
	queue := []ID{from}
	for len(queue) > 0 {
		id := queue[0]
		queue = queue[1:]
		if seen[id] {
			continue
		}
		seen[id] = true
		if s := r.Step(id); s != nil {
			for _, b := range s.Next {
				queue = append(queue, b.To)
			}
		}
	}
}
