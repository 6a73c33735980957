package domain

import (
	"regexp"
	"strings"
)

// Link returns the record with every still-unresolved reference that can now be
// resolved, and whether anything changed; the original is not modified.
func (p *Pilot) Link(r Record) (Record, bool) {
	l := newLinker(p)
	if !l.linkable(r) {
		return r, false
	}
	c := r.Clone()
	p.LinkInPlace(c)
	return c, true
}

// miss is a name that meant nothing when it was looked up.
type miss struct {
	kind Kind
	ctx  Ref
	text string
}

// linker looks for references that can be resolved. It remembers the names that
// it looked up in vain, so that thousands of records ask once.
type linker struct {
	p      *Pilot
	missed map[miss]bool
	found  bool
	visit  func(Kind, Ref, *Ref) // one for all records
}

func newLinker(p *Pilot) *linker {
	l := &linker{p: p, missed: map[miss]bool{}}
	l.visit = l.try
	return l
}

func (l *linker) try(k Kind, ctx Ref, ref *Ref) {
	if l.found || ref.ID != "" || ref.Text == "" {
		return
	}
	m := miss{k, ctx, ref.Text}
	if l.missed[m] {
		return
	}
	if _, l.found = l.p.Resolve(k, ctx, ref.Text); !l.found {
		l.missed[m] = true
	}
}

// linkable reports whether any reference of the record can be resolved.
func (l *linker) linkable(r Record) bool {
	l.found = false
	r.EachRef(l.visit)
	return l.found
}

// LinkInPlace resolves the references of a record that is not in a pilot yet.
// A resolved reference keeps no text: the target's own name is shown.
func (p *Pilot) LinkInPlace(r Record) {
	r.EachRef(func(k Kind, ctx Ref, ref *Ref) {
		if ref.ID != "" || ref.Text == "" {
			return
		}
		if id, ok := p.Resolve(k, ctx, ref.Text); ok {
			*ref = To(id)
		}
	})
}

// LinkAll resolves what can be resolved in the whole pilot (a draft).
func (p *Pilot) LinkAll() {
	for _, t := range p.Tables() {
		var linked []Record
		l := newLinker(p)
		t.each(func(r Record) {
			if l.linkable(r) {
				c := r.Clone()
				p.LinkInPlace(c)
				linked = append(linked, c)
			}
		})
		for _, r := range linked {
			t.PutRecord(r)
		}
	}
}

// Resolve finds the record that a name means. ctx narrows the search: the unit
// of a post or workflow, the workflow of a step.
func (p *Pilot) Resolve(k Kind, ctx Ref, text string) (ID, bool) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", false
	}
	switch k {
	case KindUnit:
		return p.resolveUnit(text)
	case KindPost:
		return p.resolvePost(ctx, text)
	case KindWorkflow:
		return p.resolveWorkflow(ctx, text)
	case KindStep:
		return p.resolveStep(ctx, text)
	case KindAuthority:
		if r, ok := p.Authorities.ByKey(refKey(ctx) + "/" + text); ok {
			return r.ID, true
		}
		return "", false
	case KindFactor:
		return p.resolveFactor(text)
	case KindAttachment:
		return p.resolveAttachment(text)
	case KindMeasure:
		return "", false
	}
	if t := p.Table(k); t != nil {
		if r, ok := t.RecordByKey(text); ok {
			return r.RecordID(), true
		}
	}
	return "", false
}

// resolveUnit accepts the name, the code, or an abbreviation that fits one unit
// only: 设备处 for 设备和实验室管理处.
func (p *Pilot) resolveUnit(text string) (ID, bool) {
	if u, ok := p.Units.ByKey(text); ok {
		return u.ID, true
	}
	var hit ID
	n := 0
	for _, u := range p.Units.All() {
		if u.Code == text {
			return u.ID, true
		}
		if abbreviates(text, u.Name) {
			hit = u.ID
			n++
		}
	}
	return hit, n == 1
}

// abbreviates reports whether short keeps the first and last character of long
// and the order of the others.
func abbreviates(short, long string) bool {
	s, l := []rune(short), []rune(long)
	if len(s) < 3 || len(s) >= len(l) || s[0] != l[0] || s[len(s)-1] != l[len(l)-1] {
		return false
	}
	i := 0
	for _, r := range l {
		if i < len(s) && s[i] == r {
			i++
		}
	}
	return i == len(s)
}

func (p *Pilot) resolvePost(unit Ref, text string) (ID, bool) {
	if unit.ID != "" {
		if x, ok := p.Posts.ByKey(refKey(unit) + "/" + text); ok {
			return x.ID, true
		}
		full := p.NameOf(KindUnit, unit) + text
		if x, ok := p.Posts.ByKey(refKey(unit) + "/" + full); ok {
			return x.ID, true
		}
		return "", false
	}
	var hit ID
	n := 0
	for _, x := range p.Posts.All() {
		if x.Name == text {
			hit = x.ID
			n++
		}
	}
	return hit, n == 1
}

// resolveWorkflow finds a workflow by name or code, in the version people work by.
// 招标（第2版） names another version.
func (p *Pilot) resolveWorkflow(unit Ref, text string) (ID, bool) {
	name, version := cutVersion(text)
	var best *Workflow
	for w := range p.Workflows.mentioning(ByName, ID(name)) {
		if unit.ID != "" && w.Unit.ID != unit.ID || version > 0 && w.Version != version {
			continue
		}
		if best == nil || precedes(w, best) {
			best = w
		}
	}
	if best == nil {
		return "", false
	}
	return best.ID, true
}

// precedes reports whether a name without a version means w rather than o: the
// version in force, else a draft, else the newest; the first of several units'.
func precedes(w, o *Workflow) bool {
	rank := map[string]int{WorkflowInForce: 2, WorkflowDraft: 1}
	if a, b := rank[w.Life()], rank[o.Life()]; a != b {
		return a > b
	}
	if w.Version != o.Version {
		return w.Version > o.Version
	}
	return compareRecords(w, o) < 0
}

var versionPattern = regexp.MustCompile(`^(.+?)[（(]第\s*(\d+)\s*版[）)]$`)

// cutVersion splits 招标（第2版） into name and version, 0 where none is written.
func cutVersion(text string) (name string, version int) {
	if m := versionPattern.FindStringSubmatch(strings.TrimSpace(text)); m != nil {
		return strings.TrimSpace(m[1]), atoi(m[2])
	}
	return text, 0
}

// StepPhrase names a step outside its workflow: 工程进度款支付第7步 处长审批. A step
// that is not of the version people work by tells its version, so that the phrase
// leads back to it.
func (p *Pilot) StepPhrase(step Ref) string {
	w, s, ok := p.StepOf(step.ID)
	if !ok {
		return step.Text
	}
	name := w.Name
	if p.CurrentVersion(w) != w {
		name += "（第" + itoa(w.Version) + "版）"
	}
	return name + "第" + itoa(s.No) + "步 " + s.Name
}

var stepPattern = regexp.MustCompile(`^(.*?)第\s*(\d+)\s*步\s*(.*)$`)

// resolveStep reads a step's name or code within a workflow, or a whole phrase:
// 工程招标与合同签订第5步 编制招标（比选）文件.
func (p *Pilot) resolveStep(workflow Ref, text string) (ID, bool) {
	if w, ok := p.Workflows.Get(workflow.ID); ok {
		if s := w.StepNamed(text); s != nil {
			return s.ID, true
		}
	}
	if m := stepPattern.FindStringSubmatch(NormalizeWidth(text)); m != nil {
		if id, ok := p.resolveWorkflow(Ref{}, strings.TrimSpace(m[1])); ok {
			w, _ := p.Workflows.Get(id)
			if s := w.StepNamed(strings.TrimSpace(m[3])); s != nil {
				return s.ID, true
			}
			if s := w.StepNo(atoi(m[2])); s != nil {
				return s.ID, true
			}
		}
	}
	if at := strings.LastIndexByte(text, '-'); at > 0 {
		if id, ok := p.resolveWorkflow(Ref{}, text[:at]); ok {
			w, _ := p.Workflows.Get(id)
			if s := w.StepNo(atoi(text[at+1:])); s != nil {
				return s.ID, true
			}
		}
	}
	return "", false
}

// resolveFactor accepts category and text, the code, or the text alone.
func (p *Pilot) resolveFactor(text string) (ID, bool) {
	if f, ok := p.Factors.ByKey(text); ok {
		return f.ID, true
	}
	for _, f := range p.Factors.All() {
		if f.Code == text || f.Text == text {
			return f.ID, true
		}
	}
	return "", false
}

// resolveAttachment accepts the code, or the name of a file if it is the only one.
func (p *Pilot) resolveAttachment(text string) (ID, bool) {
	var hit ID
	n := 0
	for _, a := range p.Attachments.All() {
		if a.Code == text {
			return a.ID, true
		}
		if a.Name == text {
			hit = a.ID
			n++
		}
	}
	return hit, n == 1
}

func firstOf(list string) string {
	if i := strings.IndexAny(list, "、，,；;\n/"); i > 0 {
		return strings.TrimSpace(list[:i])
	}
	return strings.TrimSpace(list)
}

// SplitList splits what people write in one cell: 、 ， ; and line breaks.
func SplitList(text string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,；;\n\r", r) }) {
		if part = strings.TrimSpace(part); part != "" && part != "—" && part != "-" && part != "无" {
			out = append(out, part)
		}
	}
	return out
}
