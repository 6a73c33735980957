package merge

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"lianshao/app/edit"
	"lianshao/app/parts"
	"lianshao/domain"
)

// state is the pilot while sources are brought in one after the other.
type state struct {
	in     *Into
	d      *domain.Pilot
	tracks history              // of records touched so far, on top of the journal's
	dead   map[key]regs         // what was known of records that merges deleted
	cut    map[domain.ID]string // names of records deleted by this merge
	done   []*matcher
	from   map[fieldOf]string // which file a value was taken from
	called map[key]string     // what records that merges deleted were called
	back   map[called]domain.ID
	alias  idMap // which records elsewhere, or formerly here, are which here
}

func newState(in *Into, d *domain.Pilot) *state {
	st := &state{in: in, d: d, tracks: history{}, dead: map[key]regs{}, cut: map[domain.ID]string{}, from: map[fieldOf]string{}, called: map[key]string{}, back: map[called]domain.ID{}, alias: aliasesOf(d)}
	for _, mm := range d.MergeMarks.All() {
		for _, g := range mm.Gone {
			st.bury(key{g.Kind, g.ID}, parseStamps(g.Stamp))
			if g.Name != "" {
				st.called[key{g.Kind, g.ID}] = g.Name
			}
		}
	}
	return st
}

func (st *state) bury(k key, known regs) {
	if st.dead[k] == nil {
		st.dead[k] = regs{}
	}
	st.dead[k].joinAll(known)
}

// known is what is known here of a record, to be changed in place.
func (st *state) known(k key, r domain.Record) regs {
	t := st.tracks[k]
	if t == nil {
		t = st.tracks.of(k)
		if old := st.in.history[k]; old != nil {
			t.regs = old.regs.clone()
		} else if r != nil {
			t.regs = parseStamps(domain.BaseOf(r).Stamp)
		}
	}
	return t.regs
}

// lastKnown is what was known here of a record when it was deleted; nil when it was not.
func (st *state) lastKnown(k key) regs {
	t, dead := st.in.history[k], st.dead[k]
	if dead == nil && (t == nil || !t.gone) {
		return nil
	}
	out := regs{}
	if t != nil {
		out = t.regs.all()
	}
	out.joinAll(dead)
	return out
}

// bringing brings one source in.
type bringing struct {
	*state
	opts    *Options
	s       *Source
	rep     *FileReport
	m       *matcher
	gone    []domain.Tombstone
	learned idMap // aliases that the source knew
}

func (b *bringing) run() {
	branch := b.s.branch(b.in.entries)
	old, known := b.d.MergeMarks.ByKey(branch)
	b.rep.Doubt = b.doubt(branch)
	if branch == b.s.id && len(b.s.entries) > 0 || known && old.Head == b.s.head && b.s.head != "" {
		b.rep.Again = true
		return
	}
	b.learned = idMap{}
	b.learn()
	b.m = b.in.matcher(b.s, b.d, b.alias, b.dead)
	b.m.match()
	b.done = append(b.done, b.m)
	for _, t := range b.m.from.Tables() {
		if t.Kind() == domain.KindMergeMark {
			continue
		}
		t.Each(func(r domain.Record) bool { b.record(r); return true })
	}
	b.deletions()
	b.remember(branch, old, known)
}

// record brings one record in.
func (b *bringing) record(r domain.Record) {
	theirs, known := b.m.ids.bring(r, b.s.history.known(r))
	domain.BaseOf(theirs).Stamp = ""
	k := key{r.RecordKind(), theirs.RecordID()}
	mine, here := b.d.Get(k.kind, k.id)
	switch {
	case here:
		b.both(k, mine, theirs, known)
	case k.kind == domain.KindInfo:
		// a pilot speaks for itself alone
	case b.buried(k, theirs, known):
		b.rep.Same++
	default:
		b.add(k, theirs, known)
	}
}

// buried reports whether the record was deleted here in view of all that they know
// of it, or is to stay deleted.
func (b *bringing) buried(k key, theirs domain.Record, known regs) bool {
	mine := b.lastKnown(k)
	if mine == nil {
		return false
	}
	if mine.covers(known) {
		return true
	}
	c := &Conflict{Field: parts.Whole, Title: "整条记录", Mine: "已删除", Theirs: "有新的修改", Taken: Theirs}
	b.conflict(c, k, theirs, stamp{}, latest(known))
	if c.side(b.opts) != Mine {
		return false
	}
	c.Taken = Mine
	b.entomb(k, known)
	return true
}

// entomb remembers what was known of a record that is not here any more.
func (b *bringing) entomb(k key, known regs) {
	b.bury(k, known.all())
	b.gone = append(b.gone, domain.Tombstone{Kind: k.kind, ID: k.id, Stamp: b.dead[k].all().String(), Name: b.called[k]})
}

// add takes a record over. What a deletion here knew of it goes with the deletion.
func (b *bringing) add(k key, theirs domain.Record, known regs) {
	b.tracks[k] = &track{regs: known.clone()}
	base := domain.BaseOf(theirs)
	base.Stamp = known.String()
	base.Origin = origin(b.s, base.Origin)
	order(theirs, b.round)
	b.d.Put(theirs)
	b.came(k, parts.Whole)
	if name := b.called[k]; name != "" { // it comes back, under another name perhaps
		b.back[called{k.kind, name}] = k.id
	}
	b.rep.New++
	b.rep.Kinds[k.kind]++
}

// origin says where a record comes from: 基建处 ← 自查表.xlsx 自查表!B5.
func origin(s *Source, was string) string {
	if was == "" {
		return s.name()
	}
	return s.name() + " ← " + was
}

func (b *bringing) round(id domain.ID) *domain.Assessment {
	a, _ := b.d.Assessments.Get(id)
	return a
}

// both merges a record that is on both sides, field by field.
func (b *bringing) both(k key, mine, theirs domain.Record, known regs) {
	ours := b.known(k, mine)
	is, other := parts.Split(mine), parts.Split(theirs)
	var next domain.Record
	changed, raised := false, false
	for _, f := range fieldsOf(is, other, known) {
		v, take := b.field(k, mine, f, is[f], other[f], ours, known[f], &raised)
		if !take {
			continue
		}
		if next == nil {
			next = mine.Clone()
		}
		parts.Set(next, f, v)
		b.came(k, f)
		changed = true
	}
	if next == nil {
		if !raised && !hasOrder(k.kind) {
			b.rep.Same++
			return
		}
		next = mine.Clone()
	}
	if order(next, b.round) || changed {
		b.rep.Changed++
		b.rep.Kinds[k.kind]++
	} else {
		b.rep.Same++
		if !raised {
			return
		}
	}
	domain.BaseOf(next).Stamp = ours.String()
	b.d.Put(next)
}

func fieldsOf(is, other map[string]any, known regs) []string {
	all := map[string]bool{}
	for f := range is {
		all[f] = true
	}
	for f := range other {
		all[f] = true
	}
	for f := range known {
		all[f] = true
	}
	return slices.Sorted(maps.Keys(all))
}

// field decides one field: whether their value is taken. raised tells that a stamp
// has to be written down though the value stays.
func (b *bringing) field(k key, mine domain.Record, f string, is, other any, ours regs, theirs *written, raised *bool) (any, bool) {
	w := ours.of(f)
	if theirs == nil {
		theirs = &written{}
	}
	if parts.Same(is, other) {
		*raised = w.join(theirs) || *raised
		return nil, false
	}
	if w.at != 0 && w.stamp == theirs.stamp { // one word: only what it refers to is known better here or there
		*raised = w.join(theirs) || *raised
		return other, cmp.Or(refsIn(other)-refsIn(is), strings.Compare(parts.Text(other), parts.Text(is))) > 0
	}
	later := cmp.Or(theirs.compare(w.stamp), strings.Compare(parts.Text(other), parts.Text(is))) > 0
	take := later
	if !theirs.saw(w.stamp) && !w.saw(theirs.stamp) {
		c := conflictOf(b.d, mine, f, is, other)
		c.Taken = map[bool]Side{true: Theirs, false: Mine}[later]
		b.conflict(c, k, mine, w.stamp, theirs.stamp)
		if side := c.side(b.opts); side != Newer {
			take, c.Taken = side == Theirs, side
		}
		was := w.at
		defer func() { w.won(was, theirs.at) }() // it is not asked again
		*raised = true
	}
	*raised = w.join(theirs) || *raised
	if take != later { // a person decided: that is the latest word
		w.write(stamp{b.opts.Now.UnixNano(), b.opts.Who})
		*raised = true
	}
	return other, take
}

// deletions carries out what they deleted, unless something was written here that
// they did not know.
func (b *bringing) deletions() {
	others := aliasesOf(b.s.Pilot)
	for _, k := range b.s.history.goneKeys() {
		if _, again := b.s.Pilot.Get(k.kind, k.id); again || k.kind == domain.KindMergeMark || others[k.id] != "" {
			continue
		}
		here := key{k.kind, b.alias.end(b.m.to(k.id))}
		theirs := b.s.history[k].regs
		r, ok := b.d.Get(here.kind, here.id)
		if !ok {
			b.deleted(here, k, theirs)
			continue
		}
		mine := b.known(here, r)
		if !theirs.covers(mine) {
			c := &Conflict{Field: parts.Whole, Title: "整条记录", Mine: "有新的修改", Theirs: "已删除", Taken: Mine}
			b.conflict(c, here, r, latest(mine), latest(theirs))
			if c.side(b.opts) != Theirs {
				continue
			}
			c.Taken = Theirs
		}
		b.remove(here, r, mine, theirs)
	}
}

// deleted remembers what they deleted and was never here, or was deleted here with
// less in view: somebody else may still bring it.
func (b *bringing) deleted(here, there key, theirs regs) {
	if mine := b.lastKnown(here); !b.s.history[there].undone && (mine == nil || !mine.covers(theirs)) {
		b.entomb(here, theirs)
	}
}

// remove deletes a record here as they did.
func (b *bringing) remove(k key, r domain.Record, mine, theirs regs) {
	b.cut[k.id] = b.d.NameOf(k.kind, domain.To(k.id))
	b.called[k] = b.cut[k.id]
	if w, ok := r.(*domain.Workflow); ok {
		for i := range w.Steps {
			b.cut[w.Steps[i].ID] = w.Steps[i].Name
		}
	}
	b.d.Table(k.kind).Delete(k.id)
	known := mine.all()
	known.joinAll(theirs)
	b.entomb(k, known)
	b.rep.Deleted++
}

// goneKeys lists what the journal deleted, in an order that is always the same.
func (h history) goneKeys() []key {
	var out []key
	for k, t := range h {
		if t.gone {
			out = append(out, k)
		}
	}
	slices.SortFunc(out, func(a, b key) int { return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.id, b.id)) })
	return out
}

// remember keeps how far the source was merged, and which of its records are which.
func (b *bringing) remember(branch string, old *domain.MergeMark, known bool) {
	mm := &domain.MergeMark{Pilot: branch}
	if known {
		mm = old.Clone().(*domain.MergeMark)
	} else {
		mm.SetBase(b.opts.NewID(), "")
		mm.Code = b.s.name()
	}
	mm.Chain = b.s.chain
	mm.Name, mm.Seq, mm.Head, mm.Date = b.s.Pilot.Info().Name, b.s.seq, b.s.head, domain.Date(b.opts.Now.Format("2006-01-02"))
	for from, to := range b.m.ids {
		if b.alias.end(from) != to {
			b.alias[from] = to
			b.learned[from] = to
		}
	}
	if mm.Alias == nil && len(b.learned) > 0 {
		mm.Alias = map[domain.ID]domain.ID{}
	}
	maps.Copy(mm.Alias, b.learned)
	mm.Gone = append(mm.Gone, b.gone...)
	b.d.MergeMarks.Put(mm)
}

// title names a record for a person.
func title(p *domain.Pilot, r domain.Record) string {
	if _, ok := p.Get(r.RecordKind(), r.RecordID()); ok {
		return edit.Title(p, r.RecordKind(), r.RecordID())
	}
	return domain.BaseOf(r).Code
}
