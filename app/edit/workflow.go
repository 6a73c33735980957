package edit

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lianshao/app"
	"lianshao/domain"
)

// StepForm is a step as the form shows it; nil fields are left as they are.
type StepForm struct {
	Name, Actor, Limit, Note     *string
	Kind                         *domain.StepKind
	Inputs, Outputs, Authorities *string
	Next                         *[]domain.Branch
}

// changeWorkflow edits one workflow in a draft.
func changeWorkflow(id domain.ID, what string, change func(d *domain.Pilot, w *domain.Workflow) error) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		d := p.Draft()
		w, err := changeIn(d, id, change)
		if err != nil {
			return domain.ChangeSet{}, err
		}
		return d.Changes(domain.Op{Name: "workflow", Label: "流程“" + w.Name + "”：" + what}), nil
	})
}

// changeIn edits a workflow of a draft.
func changeIn(d *domain.Pilot, id domain.ID, change func(d *domain.Pilot, w *domain.Workflow) error) (*domain.Workflow, error) {
	old, ok := d.Workflows.Get(id)
	if !ok {
		return nil, app.E(app.CodeNotFound, "这个工作流程已不存在")
	}
	if _, err := domain.WorkflowLife.Next(old.Life(), domain.EventEdit); err != nil {
		return nil, inWorkflow(old, err)
	}
	w := old.Clone().(*domain.Workflow)
	d.Workflows.Put(w)
	if err := change(d, w); err != nil {
		return nil, err
	}
	d.LinkInPlace(w)
	if err := unique(d, w); err != nil {
		return nil, err
	}
	d.Workflows.Put(w)
	return w, nil
}

// AddWorkflowFor makes a workflow with a start and an end step, for a unit by its
// name; a unit that the pilot does not have yet is made in the same operation.
func AddWorkflowFor(unitName, name string, newID app.IDs) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		if unitName = strings.TrimSpace(unitName); unitName == "" {
			return domain.ChangeSet{}, app.E(app.CodeInvalid, "请填写流程所属部门")
		}
		d := p.Draft()
		u, ok := d.Units.ByKey(unitName)
		if !ok {
			u = &domain.Unit{Name: unitName}
			u.SetBase(newID(), "手工录入")
			u.Code = unitName
			d.Units.Put(u)
		}
		return planWorkflow(d, u.ID, name, newID)
	})
}

func planWorkflow(d *domain.Pilot, unit domain.ID, name string, newID app.IDs) (domain.ChangeSet, error) {
	if name = strings.TrimSpace(name); name == "" {
		return domain.ChangeSet{}, app.E(app.CodeInvalid, "请填写流程名称")
	}
	w := &domain.Workflow{Name: name, Unit: domain.To(unit), Version: 1, State: domain.WorkflowInForce}
	w.SetBase(newID(), "手工录入")
	w.Code = NextCode(d, domain.KindWorkflow, workflowPrefix(d, unit))
	end := domain.Step{ID: newID(), No: 2, Name: "结束", Kind: domain.StepEnd}
	w.Steps = []domain.Step{{ID: newID(), No: 1, Name: "开始", Kind: domain.StepStart, Next: []domain.Branch{{To: end.ID}}}, end}
	if err := unique(d, w); err != nil {
		return domain.ChangeSet{}, err
	}
	d.Workflows.Put(w)
	return d.Changes(domain.Op{Name: "workflow", Label: "新建流程“" + name + "”"}), nil
}

func workflowPrefix(p *domain.Pilot, unit domain.ID) string {
	for _, w := range p.Workflows.By(domain.ByUnit, unit) {
		return w.Code
	}
	return "LC1"
}

// SetStep changes fields of a step.
func SetStep(workflow, step domain.ID, f StepForm) app.Command {
	return changeWorkflow(workflow, "修改步骤", func(d *domain.Pilot, w *domain.Workflow) error {
		s := w.Step(step)
		if s == nil {
			return app.E(app.CodeNotFound, "这个步骤已不存在")
		}
		return applyForm(w, s, f)
	})
}

func applyForm(w *domain.Workflow, s *domain.Step, f StepForm) error {
	if f.Name != nil {
		name := strings.TrimSpace(*f.Name)
		if name == "" {
			return app.E(app.CodeInvalid, "第%d步的名称不能为空", s.No)
		}
		s.Name = name
	}
	set := func(to *string, from *string) {
		if from != nil {
			*to = strings.TrimSpace(*from)
		}
	}
	set(&s.Limit, f.Limit)
	set(&s.Note, f.Note)
	if f.Actor != nil {
		s.Actor = strings.TrimSpace(*f.Actor)
		s.Posts = named(s.Actor)
	}
	if f.Kind != nil {
		if !slices.Contains(domain.StepKinds, *f.Kind) {
			return app.E(app.CodeInvalid, "步骤类型应为开始、办理、审批、判断、结束之一，现为“%s”", *f.Kind)
		}
		s.Kind = *f.Kind
	}
	if f.Inputs != nil {
		s.Inputs = domain.SplitList(*f.Inputs)
	}
	if f.Outputs != nil {
		s.Outputs = domain.SplitList(*f.Outputs)
	}
	if f.Authorities != nil {
		s.Authorities = named(*f.Authorities)
	}
	if f.Next != nil {
		return setNext(w, s, *f.Next)
	}
	return nil
}

func named(list string) []domain.Ref {
	var out []domain.Ref
	for _, n := range domain.SplitList(list) {
		out = append(out, domain.Named(n))
	}
	return out
}

// setNext refuses what Workflow.Problems would call leading nowhere or to two
// places at once, so that a drawn chart is never ambiguous.
func setNext(w *domain.Workflow, s *domain.Step, next []domain.Branch) error {
	labels := map[string]bool{}
	for _, b := range next {
		if w.Step(b.To) == nil {
			return app.E(app.CodeInvalid, "第%d步的下一步不存在", s.No)
		}
		if labels[b.Label] {
			return app.E(app.CodeInvalid, "第%d步“%s”不能同时通向两处，请用“是/否”或“通过/退回”区分", s.No, s.Name)
		}
		labels[b.Label] = true
	}
	s.Next = slices.Clone(next)
	return nil
}

// AddStep puts a new step after another (first when after is "") and threads the
// way on through it; of several branches the one to the step right behind.
func AddStep(workflow, after domain.ID, name string, newID app.IDs) app.Command {
	return changeWorkflow(workflow, "增加步骤“"+name+"”", func(_ *domain.Pilot, w *domain.Workflow) error {
		insertStep(w, indexOf(w, after)+1, domain.Step{ID: newID(), Name: name, Kind: domain.StepTask})
		return nil
	})
}

// insertStep puts n at a place. It takes the post of the step before it. The way from
// there to the step behind, or else the only plain way on, now leads through n.
func insertStep(w *domain.Workflow, at int, n domain.Step) {
	if at > 0 {
		prev := &w.Steps[at-1]
		n.Actor, n.Posts = prev.Actor, slices.Clone(prev.Posts)
		prev.Next = slices.Clone(prev.Next)
		if i := wayOn(prev, w.Steps[at:]); i >= 0 {
			n.Next = []domain.Branch{{To: prev.Next[i].To}}
			prev.Next[i].To = n.ID
		} else if len(prev.Next) == 0 && prev.Kind != domain.StepEnd {
			prev.Next = []domain.Branch{{To: n.ID}}
		}
	}
	if len(n.Next) == 0 && at < len(w.Steps) {
		n.Next = []domain.Branch{{To: w.Steps[at].ID}}
	}
	w.Steps = slices.Insert(w.Steps, at, n)
	renumber(w)
}

// wayOn is the branch of s that a step put right behind it goes into, or -1.
func wayOn(s *domain.Step, behind []domain.Step) int {
	for i, b := range s.Next {
		if len(behind) > 0 && b.To == behind[0].ID {
			return i
		}
	}
	if len(s.Next) == 1 && s.Next[0].Label == "" {
		return 0
	}
	return -1
}

// MoveStep moves a step up (by < 0) or down; the arrows keep their targets.
func MoveStep(workflow, step domain.ID, by int) app.Command {
	return changeWorkflow(workflow, "移动步骤", func(_ *domain.Pilot, w *domain.Workflow) error {
		i := indexOf(w, step)
		j := i + by
		if i < 0 || j < 0 || j >= len(w.Steps) {
			return app.E(app.CodeInvalid, "这个步骤已经在最边上")
		}
		s := w.Steps[i]
		w.Steps = slices.Insert(slices.Delete(w.Steps, i, i+1), j, s)
		renumber(w)
		return nil
	})
}

// DuplicateStep puts a copy after the step. A plain way on leads through the copy;
// branches are the same for both.
func DuplicateStep(workflow, step domain.ID, newID app.IDs) app.Command {
	return changeWorkflow(workflow, "复制步骤", func(_ *domain.Pilot, w *domain.Workflow) error {
		i := indexOf(w, step)
		if i < 0 {
			return app.E(app.CodeNotFound, "这个步骤已不存在")
		}
		n := w.Clone().(*domain.Workflow).Steps[i]
		n.ID, n.Name = newID(), n.Name+"（副本）"
		if s := &w.Steps[i]; len(s.Next) == 1 && s.Next[0].Label == "" {
			s.Next = []domain.Branch{{To: n.ID}}
		}
		w.Steps = slices.Insert(w.Steps, i+1, n)
		renumber(w)
		return nil
	})
}

// DeleteStep removes steps; arrows to one of them go on to where it went when that
// is one place only. Points and measures bound to it keep its name.
func DeleteStep(workflow domain.ID, steps ...domain.ID) app.Command {
	what := "删除步骤"
	if len(steps) > 1 {
		what = fmt.Sprintf("删除 %d 个步骤", len(steps))
	}
	return changeWorkflow(workflow, what, func(d *domain.Pilot, w *domain.Workflow) error {
		names := map[domain.ID]string{}
		for _, step := range steps {
			i := indexOf(w, step)
			if i < 0 {
				return app.E(app.CodeNotFound, "这个步骤已不存在")
			}
			gone := w.Steps[i]
			names[gone.ID] = gone.Name
			w.Steps = slices.Delete(w.Steps, i, i+1)
			for k := range w.Steps {
				w.Steps[k].Next = bypass(w.Steps[k], gone)
			}
		}
		renumber(w)
		d.Workflows.Put(w)
		unlink(d, names)
		return nil
	})
}

func bypass(s, gone domain.Step) []domain.Branch {
	var out []domain.Branch
	for _, b := range s.Next {
		if b.To == gone.ID {
			if len(gone.Next) != 1 || gone.Next[0].To == gone.ID || gone.Next[0].To == s.ID {
				continue
			}
			b.To = gone.Next[0].To
		}
		out = append(out, b)
	}
	return out
}

// Renaming is a new name and code of a workflow.
type Renaming struct {
	ID         domain.ID
	Code, Name string
}

// RenameWorkflows gives workflows, with all their versions, other names and codes, as
// one operation.
func RenameWorkflows(all ...Renaming) app.Command {
	label := fmt.Sprintf("改 %d 个流程的名称", len(all))
	if len(all) == 1 {
		label = "流程“" + strings.TrimSpace(all[0].Name) + "”：改名"
	}
	return app.Edit(domain.Op{Name: "workflow", Label: label}, func(d *domain.Pilot) error {
		return EachOf(all, func(r Renaming) error {
			_, err := changeIn(d, r.ID, r.apply)
			return err
		})
	})
}

func (r Renaming) apply(d *domain.Pilot, w *domain.Workflow) error {
	name := strings.TrimSpace(r.Name)
	if name == "" {
		return app.E(app.CodeInvalid, "流程名称不能为空")
	}
	for _, v := range d.VersionsOf(w) { // versions belong together by their name
		if v.ID != w.ID {
			o := v.Clone().(*domain.Workflow)
			o.Name, o.Code = name, strings.TrimSpace(r.Code)
			d.Workflows.Put(o)
		}
	}
	w.Name, w.Code = name, strings.TrimSpace(r.Code)
	return nil
}

func indexOf(w *domain.Workflow, step domain.ID) int {
	return slices.IndexFunc(w.Steps, func(s domain.Step) bool { return s.ID == step })
}

func renumber(w *domain.Workflow) {
	for i := range w.Steps {
		w.Steps[i].No = i + 1
	}
}

var nextMarks = strings.NewReplacer("，", " ", "、", " ", ",", " ", "；", " ", ";", " ", "->", "→", "：", "→", ":", "→")

func parseNext(text string, stepNo func(int) *domain.Step) ([]domain.Branch, error) {
	var out []domain.Branch
	for _, part := range strings.Fields(nextMarks.Replace(domain.NormalizeWidth(text))) {
		label, no, ok := strings.Cut(part, "→")
		if !ok {
			label, no = "", part
		}
		if no == "—" || no == "-" || no == "结束" || no == "无" {
			continue
		}
		n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(no, "第"), "步"))
		if err != nil || stepNo(n) == nil {
			return nil, app.E(app.CodeInvalid, "下一步“%s”不是这个流程的步骤号，请填步骤号，如 4，或 是→4 否→5", part)
		}
		out = append(out, domain.Branch{Label: label, To: stepNo(n).ID})
	}
	return out, nil
}

// FormatNext writes next steps the way the step table reads them: 2, or 是→4 否→5.
func FormatNext(w *domain.Workflow, s *domain.Step) string {
	var parts []string
	for _, b := range s.Next {
		to := w.Step(b.To)
		if to == nil {
			continue
		}
		if b.Label == "" {
			parts = append(parts, fmt.Sprint(to.No))
		} else {
			parts = append(parts, fmt.Sprintf("%s→%d", b.Label, to.No))
		}
	}
	return strings.Join(parts, " ")
}
