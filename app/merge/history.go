package merge

import (
	"lianshao/app"
	"lianshao/app/parts"
	"lianshao/domain"
)

// OpName is the name of the operation of a merge in the journal.
const OpName = "merge"

// key names a record.
type key struct {
	kind domain.Kind
	id   domain.ID
}

// track is what a journal tells of one record.
type track struct {
	regs   regs
	gone   bool
	undone bool   // it is gone because making it was undone
	before []regs // as it was before each merge, in case that is undone
}

// history is what a journal tells of the records in it.
type history map[key]*track

func (h history) of(k key) *track {
	t := h[k]
	if t == nil {
		t = &track{regs: regs{}}
		h[k] = t
	}
	return t
}

// readHistory replays the journal of a store for the records wanted (nil = all).
// A store without one tells nothing.
func readHistory(store app.PilotStore, wanted func(domain.Kind, domain.ID) bool) (history, error) {
	h := history{}
	hs, ok := store.(app.Historian)
	if !ok {
		return h, nil
	}
	if wanted == nil {
		wanted = func(domain.Kind, domain.ID) bool { return true }
	}
	return h, hs.History(wanted, func(e app.Entry) error { h.add(e); return nil })
}

// add replays one entry.
func (h history) add(e app.Entry) {
	now := stamp{e.Time.UnixNano(), e.Actor}
	for _, c := range e.Changes {
		t := h.of(key{c.Kind, c.ID})
		merged := e.Op.Name == OpName
		switch {
		case merged && e.Action == app.ActionUndo && len(t.before) > 0:
			t.regs, t.before = t.before[len(t.before)-1], t.before[:len(t.before)-1]
		case merged && c.After != nil:
			t.before = append(t.before, t.regs.clone())
			if t.gone {
				t.regs = regs{} // it comes back as they have it
			}
			for f, w := range parseStamps(domain.BaseOf(c.After).Stamp) {
				t.regs.of(f).put(w)
			}
		case merged:
			t.before = append(t.before, t.regs.clone())
		default:
			t.write(c, now)
		}
		t.gone = c.After == nil
		t.undone = t.gone && e.Action == app.ActionUndo
	}
}

// write stamps the fields that a change changes.
func (t *track) write(c domain.Change, now stamp) {
	if c.After == nil {
		return // what was known of it stays known
	}
	is := parts.Split(c.After)
	was := map[string]any{}
	if c.Before != nil {
		was = parts.Split(c.Before)
	}
	for f, v := range is {
		if !parts.Same(was[f], v) {
			t.regs.of(f).write(now)
		}
	}
	for f := range was {
		if _, stays := is[f]; !stays {
			t.regs.of(f).write(now)
		}
	}
}

// known is what is known of a record: what the journal tells, or else what the
// record carries from a merge.
func (h history) known(r domain.Record) regs {
	if t := h[key{r.RecordKind(), r.RecordID()}]; t != nil {
		return t.regs
	}
	return parseStamps(domain.BaseOf(r).Stamp)
}
