package intake

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/domain"
)

// flowRows are the rows of one workflow.
type flowRows struct {
	unit       domain.Ref
	code, name string
	version    int
	state      string
	note       string
	rows       []row
	broken     bool // a row of it was refused
}

// readWorkflows reads steps; a row without a workflow's name belongs to the one
// above. A workflow is taken as a whole or not at all.
func (r *run) readWorkflows() {
	var flows []*flowRows
	byKey := map[string]*flowRows{}
	unitText := r.sheetUnit()
	var cur *flowRows
	r.rows([]string{"stepno", "name"}, func(w *row) result {
		code, name := splitFlowName(w.get(r.at("wcode")), w.get(r.at("workflow")))
		unit := w.get(r.at("unit"))
		if unit == "" {
			unit = unitText
		}
		if name == "" && cur == nil {
			return r.refuse(w, "workflow", "", "这一步没有写明属于哪个流程")
		}
		if unit == "" {
			return r.refuse(w, "unit", "", "看不出流程“%s”属于哪个部门，请在表头上方写明“填报单位：…”", name)
		}
		if name != "" {
			version := w.get(r.at("version"))
			key := unit + "/" + name + "/" + version
			if byKey[key] == nil {
				byKey[key] = &flowRows{unit: domain.To(r.unit(unit, r.from(w, "unit"))), code: code, name: name,
					state: w.get(r.at("state")), note: w.get(r.at("wnote"))}
				byKey[key].version, _ = parseWhole(version)
				flows = append(flows, byKey[key])
			}
			cur = byKey[key]
		}
		cur.rows = append(cur.rows, *w)
		return skipped
	})
	r.flowsOf = map[domain.ID]int{}
	for _, f := range flows {
		r.flowsOf[r.machineOf(&f.rows[0], machineField).id]++
	}
	for _, f := range flows {
		r.rep.Skipped -= len(f.rows) // they were only set aside
		r.flow(f)
	}
}

// splitFlowName reads “SL1 仪器设备采购” as code and name.
func splitFlowName(code, name string) (string, string) {
	name = strings.Join(strings.Fields(name), " ")
	if a, b, ok := strings.Cut(name, " "); ok && code == "" && isASCII(a) {
		return a, b
	}
	return code, name
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// oldFlow finds the version of the workflow that the rows replace.
func (r *run) oldFlow(f *flowRows) *domain.Workflow {
	var best *domain.Workflow
	if old, ok := r.sameFlow(f); ok {
		return old
	}
	for _, key := range []string{f.code, f.name} {
		for _, x := range r.d.Workflows.By(domain.ByName, domain.ID(key)) {
			if x.Unit.ID != f.unit.ID || f.version > 0 && x.Version != f.version || key == f.code && f.version > 0 && x.Name != f.name {
				continue
			}
			if best == nil || best.Life() == domain.WorkflowRevised || x.Version > best.Version && x.Life() != domain.WorkflowRevised {
				best = x
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}

// sameFlow finds the workflow by its ID, which all its rows carry.
func (r *run) sameFlow(f *flowRows) (*domain.Workflow, bool) {
	if r.at(machineField) < 0 {
		return nil, false
	}
	id := r.machineOf(&f.rows[0], machineField).id
	old, ok := r.d.Workflows.Get(id)
	if !ok || r.flowsOf[id] > 1 || f.version > 0 && old.Version != f.version {
		return nil, false
	}
	return old, true
}

func (r *run) flow(f *flowRows) {
	first := &f.rows[0]
	old := r.oldFlow(f)
	next := &domain.Workflow{Name: f.name, Unit: f.unit, Version: max(f.version, 1), State: domain.WorkflowInForce}
	if old != nil {
		next = old.Clone().(*domain.Workflow)
		next.Name = f.name
	} else {
		r.identity(first, next)
		next.Origin = r.from(first, "workflow")
		next.Code = r.flowCode(f)
	}
	r.restore(first, next, old != nil)
	if f.code != "" || old == nil && r.carries(domain.KindWorkflow) {
		next.Code = f.code
	}
	if f.state != "" {
		next.State = f.state
	}
	if f.note != "" {
		setTo(&next.Note, f.note)
	}
	steps, ok := r.steps(f, next)
	if ok {
		next.Steps = steps
		r.find(next)
		ok = r.branches(f, next) && r.whole(f, next)
	}
	if !ok {
		for range f.rows {
			r.count(refused)
		}
		return
	}
	r.countSteps(old, next)
	if was := r.d.VersionIn(next, domain.WorkflowInForce); was != nil && was.ID != next.ID && next.Life() == domain.WorkflowInForce && next.Version > was.Version {
		r.d.Supersede(was, next, "")
	} else if old == nil || !domain.Equal(old, next) {
		r.d.Workflows.Put(next)
	}
	if old != nil {
		r.forgetSteps(first, old, next)
	}
}

// flowCode gives a workflow without a code of its own the next free one.
func (r *run) flowCode(f *flowRows) string {
	if f.code != "" {
		return f.code
	}
	for n := 1; ; n++ {
		code := "LC" + itoa(n)
		if len(r.d.Workflows.By(domain.ByName, domain.ID(code))) == 0 {
			return code
		}
	}
}

// steps reads the rows as steps, keeping the IDs of steps that were there before.
func (r *run) steps(f *flowRows, old *domain.Workflow) ([]domain.Step, bool) {
	ok := true
	steps := make([]domain.Step, len(f.rows))
	seen := map[int]string{}
	for i := range f.rows {
		w, s := &f.rows[i], &steps[i]
		no, name := w.number(r.at("stepno")), w.get(r.at("name"))
		n, good := parseWhole(strings.TrimSuffix(strings.TrimPrefix(no, "第"), "步"))
		switch {
		case !good || n < 1:
			r.refuse(w, "stepno", no, "步骤号应为从 1 开始的整数，现为“%s”", no)
			ok = false
		case seen[n] != "":
			r.refuse(w, "stepno", no, "流程“%s”的步骤号 %d 重复，%s 已经用过", f.name, n, seen[n])
			ok = false
		}
		seen[n] = w.cell(r.at("stepno"))
		s.No, s.Name = n, name
		if name == "" {
			r.refuse(w, "name", "", "流程“%s”第%d步没有名称", f.name, n)
			ok = false
		}
	}
	if ok {
		r.keepSteps(f, old.Steps, steps)
		for i := range f.rows {
			if !r.step(&f.rows[i], &steps[i], f) {
				ok = false
			}
		}
	}
	return steps, ok
}

// keepSteps finds every step among the old ones: by number and name, then by
// name (it moved), then by number (it was renamed); others get a new ID.
func (r *run) keepSteps(f *flowRows, old, steps []domain.Step) {
	hidden := make([]machine, len(steps))
	for i := range f.rows {
		hidden[i] = r.machineOf(&f.rows[i], itemField)
	}
	defer r.hiddenOfSteps(f.rows, hidden, steps)
	used := map[domain.ID]bool{}
	take := func(same func(a, b *domain.Step) bool) {
		for i := range steps {
			for k := range old {
				if steps[i].ID == "" && !used[old[k].ID] && same(&steps[i], &old[k]) {
					steps[i] = stepAgain(old[k], &steps[i])
					used[old[k].ID] = true
				}
			}
		}
	}
	for i := range steps {
		if k := slices.IndexFunc(old, func(s domain.Step) bool { return s.ID == hidden[i].id }); k >= 0 && !used[hidden[i].id] {
			steps[i] = stepAgain(old[k], &steps[i])
			used[hidden[i].id] = true
		}
	}
	take(func(a, b *domain.Step) bool { return a.No == b.No && a.Name == b.Name })
	take(func(a, b *domain.Step) bool { return a.Name == b.Name })
	take(func(a, b *domain.Step) bool { return a.No == b.No })
	for i := range steps {
		if steps[i].ID == "" {
			steps[i].ID = r.stepIdentity(hidden[i].id, steps)
		}
	}
}

// stepAgain is the old step under the number and the name of the row.
func stepAgain(old domain.Step, row *domain.Step) domain.Step {
	old.No = row.No
	if row.Name != shown(old.Name) {
		old.Name = row.Name
	}
	return old
}

// stepIdentity is the ID a new step has where the row comes from, if that is free.
func (r *run) stepIdentity(id domain.ID, steps []domain.Step) domain.ID {
	_, _, taken := r.d.StepOf(id)
	if id == "" || taken || slices.ContainsFunc(steps, func(s domain.Step) bool { return s.ID == id }) {
		return r.env.IDs()
	}
	return id
}

// hiddenOfSteps sets what no column shows of the steps.
func (r *run) hiddenOfSteps(rows []row, hidden []machine, steps []domain.Step) {
	for i := range steps {
		s := &steps[i]
		if id := hidden[i].id; id != "" && id != s.ID {
			r.names[id] = s.ID
		}
		name := s.Name
		r.setHidden(&rows[i], s, hidden[i].more, func(f string) bool { return f != "id" && f != "no" && f != "next" })
		if shown(s.Name) != name { // renamed since
			s.Name = name
		}
		if to, ok := r.names[s.From]; ok {
			s.From = to
		}
	}
}

// step reads the rest of a row; branches come later, when all steps are known.
func (r *run) step(w *row, s *domain.Step, f *flowRows) bool {
	if k := w.get(r.at("kind")); k != "" {
		kind := domain.StepKind(k)
		if !slices.Contains(domain.StepKinds, kind) {
			r.refuse(w, "kind", k, "类型应为开始、办理、审批、判断、结束之一，现为“%s”", k)
			return false
		}
		s.Kind = kind
	}
	actor := s.Actor
	r.setText(w, "actor", &s.Actor)
	if came := actor == "" && len(s.Posts) > 0; !came && s.Actor != actor || len(s.Posts) == 0 {
		if refs := r.linkAll(domain.KindPost, f.unit, named(s.Actor)); !slices.EqualFunc(refs, s.Posts, domain.Ref.Same) {
			s.Posts = refs
		}
	}
	setList(w.get(r.at("inputs")), lines, &s.Inputs)
	setList(w.get(r.at("outputs")), lines, &s.Outputs)
	if in, out, ok := strings.Cut(w.get(r.at("inout")), "→"); ok {
		setList(strings.TrimSpace(in), lines, &s.Inputs)
		setList(strings.TrimSpace(out), lines, &s.Outputs)
	} else if in != "" {
		setList(in, lines, &s.Inputs)
	}
	r.setText(w, "limit", &s.Limit)
	r.setRefs(w, "authorities", domain.KindAuthority, f.unit, &s.Authorities)
	r.setText(w, "note", &s.Note)
	return true
}

// branches reads where every step leads.
func (r *run) branches(f *flowRows, wf *domain.Workflow) bool {
	ok := true
	for i := range f.rows {
		w, s := &f.rows[i], &wf.Steps[i]
		targets, good := r.targets(w, s)
		next := make([]domain.Branch, 0, len(targets))
		for _, t := range targets {
			to := wf.StepNo(t.no)
			if to == nil {
				r.refuse(w, t.field, t.text, "流程“%s”第%d步“%s”的下一步是第%d步，但没有这一步", f.name, s.No, s.Name, t.no)
				good = false
				continue
			}
			next = append(next, domain.Branch{Label: t.label, To: to.ID})
		}
		if len(next) == 0 {
			next = nil
		}
		if !slices.Equal(s.Next, next) {
			s.Next = next
		}
		s.Kind = kindOf(s, i)
		ok = ok && good
	}
	return ok
}

// kindOf guesses the kind of a step that does not say it.
func kindOf(s *domain.Step, i int) domain.StepKind {
	switch {
	case s.Kind != "":
		return s.Kind
	case i == 0:
		return domain.StepStart
	case len(s.Next) == 0:
		return domain.StepEnd
	case len(s.Next) == 2:
		return domain.StepDecision
	}
	return domain.StepTask
}

type target struct {
	no                 int
	label, field, text string
}

// targets reads “是→4⏎否→5” or the two columns 是/通过 and 否/退回.
func (r *run) targets(w *row, s *domain.Step) ([]target, bool) {
	var out []target
	ok := true
	add := func(field, label, text string) {
		no, good := parseWhole(strings.TrimSuffix(strings.TrimPrefix(text, "第"), "步"))
		if !good {
			r.refuse(w, field, text, "第%d步“%s”的下一步应填步骤号，现为“%s”", s.No, s.Name, text)
			ok = false
			return
		}
		out = append(out, target{no, label, field, text})
	}
	yes, no := w.raw(r.at("yes")), w.raw(r.at("nono"))
	yesLabel, noLabel := branchLabels(s.Kind, !isEnd(no))
	if !isEnd(yes) {
		add("yes", yesLabel, yes)
	}
	if !isEnd(no) {
		add("nono", noLabel, no)
	}
	for _, part := range splitNext(w.raw(r.at("next"))) {
		label, to, arrow := cutArrow(part)
		if !arrow {
			label, to = "", part
		}
		if !isEnd(to) {
			add("next", label, to)
		}
	}
	return out, ok
}

func branchLabels(k domain.StepKind, both bool) (yes, no string) {
	switch {
	case k == domain.StepDecision || both && k != domain.StepApprove:
		return "是", "否"
	case both:
		return "通过", "退回"
	}
	return "", ""
}

func isEnd(s string) bool { return isNothing(s) || s == "结束" || s == "完" }

func splitNext(s string) []string {
	return strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune("\n\r；;，,、", c) })
}

func cutArrow(s string) (label, to string, ok bool) {
	for _, arrow := range []string{"→", "->", "－>", "：", ":"} {
		if a, b, found := strings.Cut(s, arrow); found {
			return strings.TrimSpace(a), strings.TrimSpace(b), true
		}
	}
	return "", strings.TrimSpace(s), false
}

// whole refuses a workflow that is wrong as a graph, naming the cell.
func (r *run) whole(f *flowRows, wf *domain.Workflow) bool {
	problems := wf.Problems()
	for _, pr := range problems {
		w := &f.rows[0]
		for i := range wf.Steps {
			if wf.Steps[i].No == pr.Step {
				w = &f.rows[i]
			}
		}
		field := map[string]string{"no": "stepno", "name": "name", "kind": "kind", "next": "next"}[pr.Field]
		if field == "next" && !r.has("next") {
			field = "yes"
		}
		if pr.Step == 0 {
			w = &f.rows[len(f.rows)-1]
		}
		r.refuse(w, field, w.raw(r.at(field)), "流程“%s”：%s", f.name, pr.Message)
	}
	return len(problems) == 0
}

// countSteps counts what became of every step.
func (r *run) countSteps(old, next *domain.Workflow) {
	for i := range next.Steps {
		s := &next.Steps[i]
		var was *domain.Step
		if old != nil {
			was = old.Step(s.ID)
		}
		switch {
		case was == nil:
			r.count(added)
		case sameStep(was, s):
			r.count(same)
		default:
			r.count(changed)
		}
	}
}

func sameStep(a, b *domain.Step) bool {
	return a.No == b.No && a.Name == b.Name && a.Kind == b.Kind && a.Actor == b.Actor && a.Limit == b.Limit && a.Note == b.Note &&
		slices.Equal(a.Inputs, b.Inputs) && slices.Equal(a.Outputs, b.Outputs) && slices.Equal(a.Next, b.Next) &&
		slices.EqualFunc(a.Authorities, b.Authorities, domain.Ref.Same) && slices.EqualFunc(a.Posts, b.Posts, domain.Ref.Same)
}

// forgetSteps turns references to steps that are gone into plain names, so that
// they may find the step again should it come back.
func (r *run) forgetSteps(w *row, old, next *domain.Workflow) {
	for i := range old.Steps {
		s := &old.Steps[i]
		if next.Step(s.ID) != nil {
			continue
		}
		for _, pt := range r.d.RiskPoints.By(domain.ByStep, s.ID) {
			c := pt.Clone().(*domain.RiskPoint)
			c.Step = domain.Named(s.Name)
			r.d.RiskPoints.Put(c)
		}
		for _, m := range r.d.Measures.By(domain.ByStep, s.ID) {
			c := m.Clone().(*domain.Measure)
			c.Step = domain.Named(fmt.Sprintf("%s第%d步 %s", old.Name, s.No, s.Name))
			r.d.Measures.Put(c)
		}
		r.warn(w, "workflow", "流程“%s”原有的第%d步“%s”不在表中，已删去", next.Name, s.No, s.Name)
	}
}
