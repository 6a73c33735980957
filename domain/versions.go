package domain

import (
	"cmp"
	"slices"
	"strings"
)

// Root names a step through all versions of its workflow: the ID that it had in
// the version it first appeared in.
func (s *Step) Root() ID {
	if s.From != "" {
		return s.From
	}
	return s.ID
}

// VersionsOf lists the versions of a workflow, oldest first. The versions of a
// workflow share unit and name.
func (p *Pilot) VersionsOf(w *Workflow) []*Workflow {
	var out []*Workflow
	for v := range p.Workflows.mentioning(ByName, ID(w.Name)) { // every unit may have one of the name
		if v.Name == w.Name && v.Unit.Same(w.Unit) {
			out = append(out, v)
		}
	}
	slices.SortFunc(out, func(a, b *Workflow) int { return cmp.Or(a.Version-b.Version, compareRecords(a, b)) })
	return out
}

// VersionIn returns the newest version of a workflow in a state, nil if there is none.
func (p *Pilot) VersionIn(w *Workflow, state string) *Workflow {
	for _, v := range slices.Backward(p.VersionsOf(w)) {
		if v.Life() == state {
			return v
		}
	}
	return nil
}

// CurrentVersion is the version people work by: the one in force, else the newest.
func (p *Pilot) CurrentVersion(w *Workflow) *Workflow {
	all := p.VersionsOf(w)
	for _, v := range slices.Backward(all) {
		if v.Life() == WorkflowInForce {
			return v
		}
	}
	if len(all) == 0 {
		return w
	}
	return all[len(all)-1]
}

// CurrentWorkflows lists every workflow once, in its current version.
func (p *Pilot) CurrentWorkflows() []*Workflow {
	var out []*Workflow
	for _, w := range p.Workflows.All() {
		if w.Life() == WorkflowInForce || p.CurrentVersion(w) == w {
			out = append(out, w)
		}
	}
	return out
}

// Counterpart finds the step of w that stands for a step of another version: the
// one with the same root, or, where versions were imported apart, the same name.
func (w *Workflow) Counterpart(s *Step) *Step {
	for i := range w.Steps {
		if w.Steps[i].Root() == s.Root() {
			return &w.Steps[i]
		}
	}
	if n := w.StepNamed(s.Name); n != nil && n.From == "" && s.From == "" {
		return n
	}
	return nil
}

// appearances lists a step in every version of its workflow that has it.
func (p *Pilot) appearances(w *Workflow, s *Step) []*Step {
	var out []*Step
	for _, v := range p.VersionsOf(w) {
		at := s
		if v.ID != w.ID {
			at = v.Counterpart(s)
		}
		if at != nil {
			out = append(out, at)
		}
	}
	return out
}

// PointsAt lists the active risk points at a step, whichever version of the
// workflow they were found in.
func (p *Pilot) PointsAt(w *Workflow, s *Step) []*RiskPoint {
	var out []*RiskPoint
	for _, at := range p.appearances(w, s) {
		for _, r := range p.RiskPoints.By(ByStep, at.ID) {
			if r.Status == PointActive {
				out = append(out, r)
			}
		}
	}
	return out
}

// MeasuresAt lists the measures embedded at a step in this version of the workflow
// or in one before it.
func (p *Pilot) MeasuresAt(w *Workflow, s *Step) []*Measure {
	var out []*Measure
	for _, at := range p.appearances(w, s) {
		for _, m := range p.Measures.By(ByStep, at.ID) {
			if m.Since <= w.Version && p.counts(m) {
				out = append(out, m)
			}
		}
	}
	return out
}

// counts reports whether a measure's point is still one.
func (p *Pilot) counts(m *Measure) bool {
	r, ok := p.RiskPoints.Get(m.Point.ID)
	return !ok || r.Status == PointActive
}

// Kinds of a StepChange.
const (
	StepSame    = ""
	StepAdded   = "新增"
	StepChanged = "改动"
	StepRemoved = "取消"
)

// StepChange is what became of one step from one version to another.
type StepChange struct {
	Kind     string       // StepAdded …
	Old, New *Step        // nil where there is none
	Fields   []FieldDelta // what reads differently, of a step in both
	Embedded []*Measure   // measures that the new version has and the old has not
}

// FieldDelta is one text before and after.
type FieldDelta struct{ Title, Before, After string }

// CompareVersions says step by step what became of a workflow from old to new: the
// steps of new in order, with the removed ones where they stood. Moved step numbers
// alone are no change.
func (p *Pilot) CompareVersions(old, now *Workflow) []StepChange {
	var out []StepChange
	seen := map[ID]bool{}
	for i := range now.Steps {
		s := &now.Steps[i]
		c := StepChange{Kind: StepAdded, New: s, Embedded: p.embeddedSince(old, now, s)}
		if was := old.Counterpart(s); was != nil && !seen[was.ID] {
			seen[was.ID] = true
			c.Old, c.Fields, c.Kind = was, p.stepDelta(old, now, was, s), StepSame
			if len(c.Fields)+len(c.Embedded) > 0 {
				c.Kind = StepChanged
			}
		}
		out = append(out, c)
	}
	for i := range old.Steps {
		if s := &old.Steps[i]; !seen[s.ID] {
			out = slices.Insert(out, placeOf(out, old, i), StepChange{Kind: StepRemoved, Old: s})
		}
	}
	return out
}

// placeOf is where the removed step i of old stands among the changes: behind the
// step that came before it.
func placeOf(list []StepChange, old *Workflow, i int) int {
	if i == 0 {
		return 0
	}
	at := slices.IndexFunc(list, func(c StepChange) bool { return c.Old != nil && c.Old.ID == old.Steps[i-1].ID })
	return at + 1
}

func (p *Pilot) embeddedSince(old, now *Workflow, s *Step) []*Measure {
	return slices.DeleteFunc(p.MeasuresAt(now, s), func(m *Measure) bool { return m.Since <= old.Version })
}

func (p *Pilot) stepDelta(old, now *Workflow, a, b *Step) []FieldDelta {
	var out []FieldDelta
	add := func(title, before, after string) {
		if before != after {
			out = append(out, FieldDelta{title, before, after})
		}
	}
	add("步骤名称", a.Name, b.Name)
	add("类型", string(a.Kind), string(b.Kind))
	add("责任岗位", a.Actor, b.Actor)
	add("输入材料", strings.Join(a.Inputs, "、"), strings.Join(b.Inputs, "、"))
	add("输出材料", strings.Join(a.Outputs, "、"), strings.Join(b.Outputs, "、"))
	add("办理时限", a.Limit, b.Limit)
	add("涉及职权", p.NamesOf(KindAuthority, a.Authorities), p.NamesOf(KindAuthority, b.Authorities))
	if !sameWay(old, now, a.Next, b.Next) {
		add("下一步", leadsTo(old, a), leadsTo(now, b))
	}
	add("备注", a.Note, b.Note)
	return out
}

// sameWay compares branches by the steps they mean, not by their numbers.
func sameWay(old, now *Workflow, a, b []Branch) bool {
	return slices.EqualFunc(a, b, func(x, y Branch) bool {
		from, to := old.Step(x.To), now.Step(y.To)
		if from == nil || to == nil {
			return from == nil && to == nil && x.Label == y.Label
		}
		return x.Label == y.Label && now.Counterpart(from) == to
	})
}

// leadsTo names where a step leads: 是→会议审定、否→补充材料.
func leadsTo(w *Workflow, s *Step) string {
	var parts []string
	for _, b := range s.Next {
		to := w.Step(b.To)
		if to == nil {
			continue
		}
		if b.Label == "" {
			parts = append(parts, to.Name)
		} else {
			parts = append(parts, b.Label+"→"+to.Name)
		}
	}
	return strings.Join(parts, "、")
}

// NextVersion makes the draft of a workflow's next version, with new IDs for itself
// and its steps. The steps remember what they came from.
func (p *Pilot) NextVersion(w *Workflow, newID func() ID) *Workflow {
	n := w.Clone().(*Workflow)
	n.SetBase(newID(), "由第"+itoa(w.Version)+"版")
	n.Stamp = ""
	n.State, n.Effective, n.Note = WorkflowDraft, "", ""
	for _, v := range p.VersionsOf(w) {
		n.Version = max(n.Version, v.Version)
	}
	n.Version++
	ids := map[ID]ID{}
	for i := range n.Steps {
		s := &n.Steps[i]
		s.From = s.Root()
		ids[s.ID] = newID()
		s.ID = ids[s.ID]
	}
	for i := range n.Steps {
		for k, b := range n.Steps[i].Next {
			n.Steps[i].Next[k].To = ids[b.To]
		}
	}
	return n
}

// Embed binds a measure to a step and keeps since which version it stands there;
// embedding it at the same step of a newer version keeps that.
func (p *Pilot) Embed(m *Measure, step ID) {
	w, s, ok := p.StepOf(step)
	if !ok {
		return
	}
	before := m.Step.ID
	m.Step = To(step)
	if _, was, had := p.StepOf(before); had && was.Root() == s.Root() {
		return
	}
	m.Since = w.Version
}

// Supersede puts a version into force in place of the one before it, which is kept
// as 已修订; old may be nil. p is a draft. What stood at steps of old moves to the
// steps that continue them; at a step that is no longer there it keeps the name.
func (p *Pilot) Supersede(old, now *Workflow, day Date) {
	n := now.Clone().(*Workflow)
	n.State = WorkflowInForce
	if n.Effective == "" {
		n.Effective = day
	}
	p.Workflows.Put(n)
	if old == nil {
		return
	}
	o := old.Clone().(*Workflow)
	o.State = WorkflowRevised
	p.Workflows.Put(o)
	p.MoveRefs(o, n)
}

// MoveRefs lets everything that stands at steps of one version stand at those of
// another; where there is none it keeps the step's name. p is a draft.
func (p *Pilot) MoveRefs(from, to *Workflow) {
	moved := map[ID]Ref{from.ID: To(to.ID)}
	for i := range from.Steps {
		s := &from.Steps[i]
		if n := to.Counterpart(s); n != nil {
			moved[s.ID] = To(n.ID)
		} else {
			moved[s.ID] = Ref{Text: s.Name}
		}
	}
	for _, t := range []AnyTable{p.RiskPoints, p.Measures, p.Authorities} {
		var touched []Record
		t.Each(func(r Record) bool {
			hit := false
			r.EachRef(func(_ Kind, _ Ref, ref *Ref) { _, is := moved[ref.ID]; hit = hit || is && ref.ID != "" })
			if hit {
				touched = append(touched, r.Clone())
			}
			return true
		})
		for _, r := range touched {
			r.EachRef(func(_ Kind, _ Ref, ref *Ref) {
				if n, is := moved[ref.ID]; is && ref.ID != "" {
					*ref = n
				}
			})
			t.PutRecord(r)
		}
	}
}

// Embeddable refuses to embed a measure where the tables of states do not allow it:
// in a version of a workflow that is kept for comparison only.
func Embeddable(p *Pilot, m *Measure, step ID) error {
	if _, err := MeasureLife.Next(p.StateOfMeasure(m), EventEmbed); err != nil {
		return err
	}
	w, _, ok := p.StepOf(step)
	if !ok {
		return refuse("要嵌入的流程步骤已不存在")
	}
	if _, err := WorkflowLife.Next(w.Life(), EventEdit); err != nil {
		return refuse("流程“%s”第%d版：%s", w.Name, w.Version, err)
	}
	return nil
}
