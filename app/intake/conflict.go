package intake

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"lianshao/app/edit"
	"lianshao/app/parts"
	"lianshao/domain"
)

// Rule decides conflicts that nobody decided one by one.
type Rule string

// The rules. Where a rule says nothing, the file further down the list wins.
const (
	RuleNewer  Rule = "newer"  // what was written or saved last; the default
	RuleMine   Rule = "mine"   // what the pilot has; among files the first
	RuleTheirs Rule = "theirs" // what a file says; among files the last
	RuleOrder  Rule = "order"  // what the first file of the list says
)

// Rules lists the rules in the order in which they are offered.
func Rules() []Rule { return []Rule{RuleNewer, RuleMine, RuleTheirs, RuleOrder} }

// Title is the rule's name.
func (r Rule) Title() string {
	return map[Rule]string{RuleNewer: "取较新的", RuleMine: "取本试点的", RuleTheirs: "取来表的（排在后面的）", RuleOrder: "按文件顺序（排在前面的）"}[r]
}

// Conflict is a field for which two files, or a file and the pilot since the file
// was handed out, give different values.
type Conflict struct {
	Kind   domain.Kind
	Code   string
	Name   string // the record's
	Title  string // the field's
	Voices []*Voice
	Taken  int // whose value is taken, an index of Voices

	key   conflictKey
	id    domain.ID
	field string
}

// Voice is one side of a conflict.
type Voice struct {
	Books []*Book   // who says so; none = the pilot
	Who   string    // 基建处 · 自查表.xlsx 自查表!F12, or who wrote it into the pilot
	Text  string    // the value as a person knows it
	At    time.Time // when it was written or saved; zero = unknown
	// AtFrom says what At rests on: AtBook, AtFile or AtJournal.
	AtFrom string

	value  any
	sheets []*SheetReport
}

// Mine reports whether it is the pilot's own side.
func (v *Voice) Mine() bool { return len(v.Books) == 0 }

// conflictKey names a conflict, the same each time the import is planned: records
// that are new get other IDs each time, so they go by their natural key.
type conflictKey struct {
	kind          domain.Kind
	record, field string
}

// Decisions are what a person decided one by one.
type Decisions map[conflictKey]*Book // nil = the pilot

// Decide keeps a decision for the next plan.
func (d Decisions) Decide(c *Conflict, voice int) {
	d[c.key] = nil
	if v := c.Voices[voice]; !v.Mine() {
		d[c.key] = v.Books[0]
	}
}

// Replace lets what was decided for a file hold for the same one read again.
func (d Decisions) Replace(old, now *Book) {
	if now == nil { // it cannot be read any more
		d.Forget(old)
		return
	}
	for k, b := range d {
		if b == old && old != nil {
			d[k] = now
		}
	}
}

// Forget drops the decisions for a file that is not imported any more.
func (d Decisions) Forget(b *Book) {
	maps.DeleteFunc(d, func(_ conflictKey, x *Book) bool { return x == b && b != nil })
}

type recordKey struct {
	kind domain.Kind
	id   domain.ID
}

type fieldKey struct {
	recordKey
	field string
}

// hearing listens to what every sheet says and finds where they disagree.
type hearing struct {
	b       *builder
	pilot   *domain.Pilot
	lineage *lineage
	said    map[fieldKey]*Voice // by the first file that changed the field
	open    map[fieldKey]*Conflict
	list    []*Conflict
	before  map[recordKey]domain.Record // as records were before the present sheet
	order   []recordKey
	where   map[recordKey]string
	spelled map[recordKey]map[string]string // the cells of the fields for which the sheet has a text
	revived map[string]*Conflict            // deleted records that files changed, by kind and natural key
}

// listen starts hearing when there is anything to disagree: several files, or one
// that the pilot has outlived.
func (b *builder) listen(p *domain.Pilot, guesses []*SheetGuess) {
	books := map[*Book]bool{}
	for _, g := range guesses {
		books[g.Book] = true
	}
	l := newLineage(b.env.Store, slices.Collect(maps.Keys(books)))
	if len(books) < 2 && l == nil {
		return
	}
	b.hearing = &hearing{b: b, pilot: p, lineage: l, said: map[fieldKey]*Voice{}, open: map[fieldKey]*Conflict{}, revived: map[string]*Conflict{}}
}

// spoken are the kinds that a form speaks of; other records follow from them.
func spoken(fm *Form, k domain.Kind) bool {
	return k == fm.Kind || k == domain.KindMeasure && (fm.ID == "riskpoint" || fm.ID == "inspection")
}

// hear reads a sheet and compares what it says with what was said before.
func (h *hearing) hear(r *run) {
	h.before, h.order, h.where, h.spelled = map[recordKey]domain.Record{}, nil, map[recordKey]string{}, map[recordKey]map[string]string{}
	h.b.watch(func(before, after domain.Record) {
		k := recordKey{after.RecordKind(), after.RecordID()}
		if !spoken(r.g.Form, k.kind) {
			return
		}
		if _, again := h.before[k]; !again {
			h.before[k] = before
			h.order = append(h.order, k)
			h.where[k] = r.where
			h.spelled[k] = r.spelled()
		}
	})
	r.read()
	h.b.d.Watch(nil)
	if h.b.pace.stopped() {
		return
	}
	h.deletedMeanwhile(r)
	for _, k := range h.order {
		if !h.b.pace.row() {
			return
		}
		h.compare(r, k)
	}
}

// spelled lists the cells of the fields for which the row being read has a text.
func (r *run) spelled() map[string]string {
	out := map[string]string{}
	if r.now == nil {
		return out
	}
	for _, c := range r.g.Columns {
		if c.Field != "" && r.now.get(c.Col) != "" {
			out[c.Field] = r.now.cell(c.Col)
		}
	}
	return out
}

// written is the column that fills a field where the two have different names.
var written = map[string]string{"self": "level", "content": "measures"}

// cell is where the sheet gives a field, "" when it has no text for it.
func (h *hearing) cell(k fieldKey) string {
	cells := h.spelled[k.recordKey]
	return cmp.Or(cells[k.field], cells[written[k.field]])
}

// compare takes the fields of a record that a sheet changed one by one.
func (h *hearing) compare(r *run, k recordKey) {
	after, ok := h.b.d.Get(k.kind, k.id)
	if !ok {
		return
	}
	now, _ := h.pilot.Get(k.kind, k.id)
	origin := now
	was, outlived := h.lineage.record(r.g.Book, k)
	if outlived {
		origin = was
	}
	is, next, mine, handed := whole(h.before[k]), whole(after), whole(now), whole(origin)
	merged := after
	changed := false
	for _, f := range fieldNames(is, next) {
		if parts.Same(is[f], next[f]) {
			if h.cell(fieldKey{k, f}) != "" {
				h.agree(r, fieldKey{k, f}, next[f], handed[f], origin != nil)
			}
			continue
		}
		if h.say(r, fieldKey{k, f}, after, is[f], next[f], mine[f], handed[f], origin != nil, outlived) {
			changed = true
			continue
		}
		if merged == after {
			merged = after.Clone()
		}
		setWhole(merged, f, is[f])
	}
	if merged == after {
		return
	}
	h.b.d.Put(merged)
	if !changed && k.kind == r.g.Form.Kind && r.rep.Changed > 0 { // as good as not there
		r.rep.Changed--
		r.rep.Same++
	}
}

// say files what a sheet says of a field; true when that stands for now. A value
// that the sender left as it was handed out, or as the pilot has it, is no word of
// theirs.
func (h *hearing) say(r *run, k fieldKey, rec domain.Record, is, next, mine, handed any, known, outlived bool) bool {
	if known && parts.Same(next, handed) {
		return false
	}
	v := &Voice{Books: []*Book{r.g.Book}, Who: r.speaker(cmp.Or(h.cell(k), h.where[k.recordKey])), At: r.g.Book.Saved, AtFrom: r.g.Book.SavedFrom, value: next, sheets: []*SheetReport{r.rep}}
	first := h.said[k]
	mineToo := outlived && !parts.Same(mine, handed)
	if c := h.open[k]; c != nil {
		c.join(v)
		return false
	}
	switch {
	case first != nil && len(first.Books) == 1 && first.Books[0] == r.g.Book:
		first.value = next // two sheets of a file: the later holds, as ever
		return true
	case first == nil && !mineToo:
		h.said[k] = v
		return true
	}
	c := &Conflict{Kind: k.kind, id: k.id, field: k.field, key: conflictKey{k.kind, stable(h.pilot, rec), k.field}}
	if mineToo || mine != nil {
		c.Voices = append(c.Voices, &Voice{value: mine})
	}
	if first != nil {
		c.join(first)
	}
	c.join(v)
	h.open[k] = c
	h.list = append(h.list, c)
	return false
}

// agree files that a sheet repeats what another file said.
func (h *hearing) agree(r *run, k fieldKey, next, handed any, known bool) {
	if known && parts.Same(next, handed) {
		return
	}
	first, c := h.said[k], h.open[k]
	if first == nil && c == nil {
		return
	}
	v := &Voice{Books: []*Book{r.g.Book}, Who: r.speaker(cmp.Or(h.cell(k), h.where[k.recordKey])), At: r.g.Book.Saved, AtFrom: r.g.Book.SavedFrom, value: next, sheets: []*SheetReport{r.rep}}
	if c != nil {
		c.join(v)
	} else {
		first.add(v)
	}
}

// add adds those who say the same.
func (v *Voice) add(o *Voice) {
	if slices.Contains(v.Books, o.Books[0]) {
		return
	}
	v.Books = append(v.Books, o.Books...)
	v.Who += "、" + o.Who
	v.sheets = append(v.sheets, o.sheets...)
	if o.At.After(v.At) {
		v.At, v.AtFrom = o.At, o.AtFrom
	}
}

// join adds a voice, or a file to the voice that says the same.
func (c *Conflict) join(v *Voice) {
	for _, x := range c.Voices {
		if !x.Mine() && parts.Same(x.value, v.value) {
			x.add(v)
			return
		}
	}
	c.Voices = append(c.Voices, v)
}

// settle decides the conflicts and writes what was decided into the draft.
func (h *hearing) settle() []*Conflict {
	d := h.b.d
	h.list = slices.DeleteFunc(h.list, func(c *Conflict) bool { return len(c.Voices) < 2 })
	h.lineage.sign(h)
	for _, c := range h.list {
		if c.field == parts.Whole {
			h.settleDeleted(c)
			continue
		}
		r, ok := d.Get(c.Kind, c.id)
		if !ok {
			continue
		}
		c.Code, c.Name = domain.BaseOf(r).Code, edit.Title(d, c.Kind, c.id)
		for _, v := range c.Voices {
			c.show(d, r, v)
			for _, s := range v.sheets {
				s.Conflicts++
			}
		}
		c.Taken = c.decide(h.b.env)
		next := r.Clone()
		setWhole(next, c.field, c.Voices[c.Taken].value)
		d.Put(next)
	}
	return h.list
}

// show puts a voice's value into words, seen against another's.
func (c *Conflict) show(d *domain.Pilot, r domain.Record, v *Voice) {
	other := c.Voices[0]
	for _, x := range c.Voices { // the difference names the field
		if !parts.Same(x.value, v.value) {
			other = x
			break
		}
	}
	if c.Kind == domain.KindWorkflow && c.field == stepsField {
		c.Title, v.Text = "步骤", stepNames(v.value)
		return
	}
	s := parts.Describe(d, r, c.field, v.value, other.value)
	c.Title, v.Text = s.Title, s.A
}

func stepNames(v any) string {
	steps, _ := v.([]domain.Step)
	var out []string
	for i := range steps {
		out = append(out, itoa(steps[i].No)+" "+steps[i].Name)
	}
	return strings.Join(out, "；")
}

// decide answers whose value is taken.
func (c *Conflict) decide(env Env) int {
	if b, decided := env.Decided[c.key]; decided {
		for i, v := range c.Voices {
			if b == nil && v.Mine() || b != nil && slices.Contains(v.Books, b) {
				return i
			}
		}
	}
	last := len(c.Voices) - 1
	firstFile := 0
	if c.Voices[0].Mine() {
		firstFile = 1
	}
	switch env.Rule {
	case RuleMine:
		return 0
	case RuleTheirs:
		return last
	case RuleOrder:
		return firstFile
	}
	best := 0
	for i, v := range c.Voices {
		if !v.At.Before(c.Voices[best].At) {
			best = i
		}
	}
	return best
}

// speaker says who gives a value: the unit or the assessor that the sheet names,
// the file and the place.
func (r *run) speaker(cell string) string {
	where := r.g.Book.File + " " + r.g.Sheet.Name
	if cell != "" {
		where += "!" + cell
	}
	if r.voice == nil {
		who := ""
		for _, label := range []string{"评分人", "填报人", "填表人", "填报单位", "部门", "填报部门"} {
			if who = r.context(label); who != "" {
				break
			}
		}
		r.voice = &who
	}
	if *r.voice != "" {
		return *r.voice + " · " + where
	}
	return where
}

// stable names a record for the next plan.
func stable(p *domain.Pilot, r domain.Record) string {
	if _, ok := p.Get(r.RecordKind(), r.RecordID()); ok {
		return string(r.RecordID())
	}
	return domain.BaseOf(r).Origin
}

// stepsField stands for all steps of a workflow: it is taken as a whole.
const stepsField = "steps"

// whole takes a record apart, but a workflow's steps are one field; nil has none.
func whole(r domain.Record) map[string]any {
	if r == nil {
		return nil
	}
	out := parts.Split(r)
	w, ok := r.(*domain.Workflow)
	if !ok {
		return out
	}
	maps.DeleteFunc(out, func(f string, _ any) bool { return strings.HasPrefix(f, stepsField+"/") })
	if len(w.Steps) > 0 {
		out[stepsField] = w.Steps
	}
	return out
}

func setWhole(r domain.Record, field string, v any) { parts.Set(r, field, v) }

// fieldNames lists the fields of both, in an order that is always the same.
func fieldNames(a, b map[string]any) []string {
	all := maps.Clone(b)
	if all == nil {
		all = map[string]any{}
	}
	for f := range a {
		all[f] = nil
	}
	return slices.Sorted(maps.Keys(all))
}
