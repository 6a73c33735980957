// Package backups compares a backup with the pilot as it is now, and brings single
// records back from it.
package backups

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/app/fields"
	"lianshao/app/parts"
	"lianshao/domain"
)

// State is how a record stands to the backup.
type State int

// States.
const (
	Changed State = iota // it is in both, and says something else
	Gone                 // it is in the backup only: deleted since
	New                  // it is in the pilot only: added since
)

// String is the state as a person reads it.
func (s State) String() string { return [...]string{"改过", "已删除", "新增"}[s] }

// Item is one record that is not as it was.
type Item struct {
	Kind  domain.Kind
	ID    domain.ID
	Name  string // code and name
	State State
	Then  domain.Record // nil when New
	Now   domain.Record // nil when Gone
}

// Field is one field of a record, then and now, as a person reads it.
type Field struct{ Title, Then, Now string }

// Comparison is a backup beside the pilot.
type Comparison struct {
	Items []*Item // by kind as Kinds, deleted and changed ones before new ones
	Kinds []KindCount
	then  *domain.Pilot
	now   *domain.Pilot
	// differs is said of what cannot be shown.
	differs string
}

// KindCount counts the items of a kind.
type KindCount struct {
	Kind               domain.Kind
	Changed, Gone, New int
}

// silent are records that only remember how things came in.
var silent = map[domain.Kind]bool{domain.KindMergeMark: true, domain.KindLayout: true, domain.KindSynonym: true}

// Compare compares the pilot of a backup with the present one, neither of which is
// changed. progress (may be nil) hears records. The error is CodeCanceled.
func Compare(ctx context.Context, then, now *domain.Pilot, progress func(done, total int)) (*Comparison, error) {
	c := &Comparison{then: then, now: now, differs: "与现在不同"}
	total, done := 0, 0
	for _, t := range now.Tables() {
		total += t.Len()
	}
	for _, was := range then.Tables() {
		k := was.Kind()
		if silent[k] {
			continue
		}
		var items []*Item
		is := now.Table(k)
		was.Each(func(r domain.Record) bool {
			other, there := is.Record(r.RecordID())
			switch {
			case !there:
				items = append(items, &Item{Kind: k, ID: r.RecordID(), Name: NameOf(then, r), State: Gone, Then: r})
			case !same(r, other):
				items = append(items, &Item{Kind: k, ID: r.RecordID(), Name: NameOf(now, other), State: Changed, Then: r, Now: other})
			}
			return ctx.Err() == nil
		})
		is.Each(func(r domain.Record) bool {
			if _, there := was.Record(r.RecordID()); !there {
				items = append(items, &Item{Kind: k, ID: r.RecordID(), Name: NameOf(now, r), State: New, Now: r})
			}
			return ctx.Err() == nil
		})
		if ctx.Err() != nil {
			return nil, app.Wrap(app.CodeCanceled, ctx.Err(), "已取消比较")
		}
		c.add(k, items)
		if done += is.Len(); progress != nil {
			progress(done, total)
		}
	}
	return c, nil
}

func (c *Comparison) add(k domain.Kind, items []*Item) {
	if len(items) == 0 {
		return
	}
	n := KindCount{Kind: k}
	for _, it := range items {
		switch it.State {
		case Changed:
			n.Changed++
		case Gone:
			n.Gone++
		case New:
			n.New++
		}
	}
	slices.SortStableFunc(items, func(a, b *Item) int { return rank(a.State) - rank(b.State) })
	c.Kinds, c.Items = append(c.Kinds, n), append(c.Items, items...)
}

// rank puts what was lost first.
func rank(s State) int { return map[State]int{Gone: 0, Changed: 1, New: 2}[s] }

// same reports whether two states of a record say the same. Where it came from and
// what merges noted does not count.
func same(a, b domain.Record) bool {
	if reflect.DeepEqual(a, b) {
		return true
	}
	x, y := parts.Split(a), parts.Split(b)
	for f, v := range x {
		if !parts.Same(v, y[f]) {
			return false
		}
	}
	return len(x) == len(y)
}

// NameOf is the code and the name of a record, as far as it has them.
func NameOf(p *domain.Pilot, r domain.Record) string {
	switch x := r.(type) { // known by what they are about
	case *domain.Rating:
		return joined(roundOf(p, x.Assessment), subjectOf(p, x))
	case *domain.Effectiveness:
		return joined(roundOf(p, x.Assessment), p.CodeOf(domain.KindRiskPoint, x.Point))
	case *domain.Reading:
		return joined(p.CodeOf(domain.KindMonitor, x.Monitor), x.Period)
	}
	name := p.NameOf(r.RecordKind(), domain.To(r.RecordID()))
	for _, field := range []string{"name", "content", "text"} {
		if f, ok := fields.Find(r.RecordKind(), field); ok {
			name = f.Get(p, r)
			break
		}
	}
	code := domain.BaseOf(r).Code
	if code == name || r.RecordKind() == domain.KindInfo {
		return name
	}
	return joined(code, name)
}

func joined(a, b string) string { return strings.TrimSpace(a + " " + b) }

func roundOf(p *domain.Pilot, ref domain.Ref) string {
	if a, ok := p.Assessments.Get(ref.ID); ok {
		return a.Title()
	}
	return domain.KindAssessment.String()
}

func subjectOf(p *domain.Pilot, r *domain.Rating) string {
	if r.Target == domain.TargetUnit {
		return p.NameOf(domain.KindUnit, r.Subject)
	}
	return p.CodeOf(domain.KindRiskPoint, r.Subject)
}

// Fields shows an item field by field: of a changed record those that differ, of
// another all that say something.
func (c *Comparison) Fields(it *Item) []Field {
	if it.State != Changed {
		return c.all(it)
	}
	var out []Field
	for _, f := range fields.Of(it.Kind) {
		if f.Set == nil && f.Title != "" {
			continue // follows from the others
		}
		if f.Get(c.then, it.Then) == f.Get(c.then, it.Now) && f.Get(c.now, it.Then) == f.Get(c.now, it.Now) {
			continue // at most what it refers to has another name now
		}
		out = append(out, Field{f.Title, f.Get(c.then, it.Then), f.Get(c.now, it.Now)})
	}
	return append(out, c.others(it, out)...)
}

// others are the parts of a changed record that no field shows: steps, scores.
func (c *Comparison) others(it *Item, shown []Field) []Field {
	was, is := parts.Split(it.Then), parts.Split(it.Now)
	names := slices.Sorted(maps.Keys(was))
	for name := range is {
		if _, both := was[name]; !both {
			names = append(names, name)
		}
	}
	var out []Field
	for _, name := range names {
		if parts.Same(was[name], is[name]) {
			continue
		}
		d := parts.Describe(c.now, it.Now, name, was[name], is[name])
		told := func(f Field) bool { return f.Title == d.Title && (f.Then == d.A && f.Now == d.B || d.A == d.B) }
		if slices.ContainsFunc(fields.Of(it.Kind), func(f fields.Field) bool { return f.Title == d.Title && f.Set != nil }) || slices.ContainsFunc(out, told) {
			continue
		}
		if slices.ContainsFunc(shown, func(f Field) bool { return f.Then == d.A && f.Now == d.B }) {
			continue // a code that follows the name
		}
		if d.A == d.B {
			d.A, d.B = c.differs, ""
		}
		out = append(out, Field{d.Title, d.A, d.B})
	}
	if len(out)+len(shown) == 0 {
		out = append(out, Field{"其他内容", c.differs, ""})
	}
	return out
}

// Between is what differs between two states of a record, either of which may be
// nil, with names as they are in the pilot.
func Between(p *domain.Pilot, k domain.Kind, before, after domain.Record) []Field {
	c := &Comparison{then: p, now: p, differs: "（有改动）"}
	state := Changed
	switch {
	case before == nil:
		state = New
	case after == nil:
		state = Gone
	}
	return c.Fields(&Item{Kind: k, State: state, Then: before, Now: after})
}

// all are the fields of a record that is on one side only.
func (c *Comparison) all(it *Item) (out []Field) {
	for _, f := range fields.Of(it.Kind) {
		switch {
		case it.State == Gone && f.Get(c.then, it.Then) != "":
			out = append(out, Field{Title: f.Title, Then: f.Get(c.then, it.Then)})
		case it.State == New && f.Get(c.now, it.Now) != "":
			out = append(out, Field{Title: f.Title, Now: f.Get(c.now, it.Now)})
		}
	}
	if len(out) > 0 {
		return out
	}
	r := it.Then
	if it.State == New {
		r = it.Now
	}
	split := parts.Split(r)
	for _, name := range slices.Sorted(maps.Keys(split)) {
		d := parts.Describe(c.now, r, name, split[name], nil)
		if d.A == "" {
			continue
		}
		f := Field{Title: d.Title, Then: d.A}
		if it.State == New {
			f = Field{Title: d.Title, Now: d.A}
		}
		out = append(out, f)
	}
	return out
}
