package intake

import (
	"maps"

	"lianshao/app"
	"lianshao/app/parts"
	"lianshao/domain"
)

// lineage tells how records were when our own workbooks were made of the pilot.
type lineage struct {
	store  app.PilotStore
	states map[*Book]map[recordKey]domain.Record // records changed since, as they were then; nil = not there
}

// newLineage walks the journal back to the oldest of the books; nil when there is
// nothing to walk back to.
func newLineage(store app.PilotStore, books []*Book) *lineage {
	if store == nil {
		return nil
	}
	id, newest := app.PilotID(store), app.NewestSeq(store)
	seqs := map[*Book]uint64{}
	for _, b := range books {
		if m := b.Mark(); id != "" && m.Pilot == id && m.Seq < newest {
			seqs[b] = m.Seq
		}
	}
	if len(seqs) == 0 {
		return nil
	}
	l := &lineage{store: store, states: map[*Book]map[recordKey]domain.Record{}}
	l.walk(seqs)
	return l
}

// journalPage is how many entries of a journal are read at once: one may be a
// large import.
const journalPage = 20

func (l *lineage) walk(seqs map[*Book]uint64) {
	state := map[recordKey]domain.Record{}
	reach := func(seq uint64) { // the state after entry seq is complete
		var snapshot map[recordKey]domain.Record
		for b, s := range seqs {
			if s < seq {
				continue
			}
			if snapshot == nil {
				snapshot = maps.Clone(state)
			}
			l.states[b] = snapshot
			delete(seqs, b)
		}
	}
	for before := uint64(0); len(seqs) > 0; {
		page, err := l.store.Journal(before, journalPage)
		if err != nil || len(page) == 0 {
			reach(0)
			return
		}
		for _, e := range page {
			reach(e.Seq)
			for _, c := range e.Changes {
				state[recordKey{c.Kind, c.ID}] = c.Before
			}
			before = e.Seq
		}
	}
}

// record is a record as it was when the book was made; outlived is false when it
// has not changed since, or the book is not ours.
func (l *lineage) record(b *Book, k recordKey) (was domain.Record, outlived bool) {
	if l == nil {
		return nil, false
	}
	was, outlived = l.states[b][k]
	return was, outlived
}

// deleted finds a record that a book brings, was there when the book was made and is
// not any more: as it was then, or nil.
func (l *lineage) deleted(b *Book, r domain.Record) domain.Record {
	if l == nil {
		return nil
	}
	if was := l.states[b][recordKey{r.RecordKind(), r.RecordID()}]; was != nil {
		return was
	}
	if r.Natural() == "" {
		return nil
	}
	for k, was := range l.states[b] {
		if k.kind == r.RecordKind() && was != nil && was.Natural() == r.Natural() {
			return was
		}
	}
	return nil
}

// sign says who wrote the pilot's own values, and when.
func (l *lineage) sign(h *hearing) {
	var mine []*Conflict
	wanted := map[recordKey]bool{}
	for _, c := range h.list {
		if c.Voices[0].Mine() {
			c.Voices[0].Who = "本试点"
			mine = append(mine, c)
			wanted[recordKey{c.Kind, c.id}] = true
		}
	}
	hs, ok := h.b.env.Store.(app.Historian)
	if len(mine) == 0 || !ok {
		return
	}
	wrote := authors{}
	err := hs.History(func(k domain.Kind, id domain.ID) bool { return wanted[recordKey{k, id}] }, func(e app.Entry) error {
		for _, c := range e.Changes {
			was, is := whole(c.Before), whole(c.After)
			if c.After == nil {
				wrote.note(fieldKey{recordKey{c.Kind, c.ID}, parts.Whole}, nil, e)
			}
			for _, f := range fieldNames(was, is) {
				if !parts.Same(was[f], is[f]) {
					wrote.note(fieldKey{recordKey{c.Kind, c.ID}, f}, is[f], e)
				}
			}
		}
		return nil
	})
	if err != nil {
		return // a journal that cannot be read names nobody
	}
	for _, c := range mine {
		if e, ok := wrote.last(fieldKey{recordKey{c.Kind, c.id}, c.field}); ok {
			c.Voices[0].At, c.Voices[0].AtFrom = e.Time, AtJournal
			c.Voices[0].Who = "本试点 · " + e.Actor + " " + e.Op.Label
		}
	}
}

// authors are the values that fields had and the operations that wrote them, the oldest first.
type authors map[fieldKey][]authored

type authored struct {
	value any
	by    app.Entry
}

// note files that a field got a value. Undoing and redoing write nothing of their own:
// the value is again that of whoever wrote it, and as old as it was.
func (a authors) note(k fieldKey, value any, e app.Entry) {
	if e.Action == app.ActionUndo || e.Action == app.ActionRedo {
		for i := len(a[k]) - 1; i >= 0; i-- {
			if parts.Same(a[k][i].value, value) {
				e = a[k][i].by
				break
			}
		}
	}
	a[k] = append(a[k], authored{value, e})
}

// last answers who wrote what a field has now.
func (a authors) last(k fieldKey) (app.Entry, bool) {
	if n := len(a[k]); n > 0 {
		return a[k][n-1].by, true
	}
	return app.Entry{}, false
}
