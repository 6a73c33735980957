package intake

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"lianshao/app/parts"
	"lianshao/domain"
)

// What a form still lists and the pilot has deleted since it went out stays deleted
// when the form says nothing new of it. Where it was changed in the form, deleting
// stands against changing, and somebody has to decide.

// comeback is a deleted record that a sheet brings, with what was deleted with it.
type comeback struct {
	key     recordKey
	was, is domain.Record // as handed out, as the sheet has it
	with    []domain.Record
	said    []string // what the sheet changed, in words
}

// deletedMeanwhile takes what was deleted out of what the sheet brings.
func (h *hearing) deletedMeanwhile(r *run) {
	heads := map[domain.ID]*comeback{}
	var order, measures []*comeback
	h.order = slices.DeleteFunc(h.order, func(k recordKey) bool {
		rec, ok := h.b.d.Get(k.kind, k.id)
		if _, there := h.pilot.Get(k.kind, k.id); !ok || there {
			return false
		}
		was := h.lineage.deleted(r.g.Book, rec)
		if was == nil {
			return false
		}
		c := &comeback{key: k, was: was, is: rec}
		c.said = h.changedSince(k, was, rec)
		if m, ok := rec.(*domain.Measure); ok {
			if _, there := h.pilot.RiskPoints.Get(m.Point.ID); !there {
				measures = append(measures, c)
				return true
			}
		}
		heads[k.id] = c
		order = append(order, c)
		return true
	})
	for _, c := range measures {
		head := heads[c.is.(*domain.Measure).Point.ID]
		if head == nil {
			order = append(order, c)
			continue
		}
		head.with = append(head.with, restored(c.was, c.is))
		head.said = append(head.said, c.said...)
		h.b.d.Table(c.key.kind).Delete(c.key.id)
	}
	for _, c := range order {
		h.b.d.Table(c.key.kind).Delete(c.key.id)
		h.broughtBack(r, c)
	}
}

// changedSince says what a sheet changed of a record, in words.
func (h *hearing) changedSince(k recordKey, was, is domain.Record) (out []string) {
	old, now := whole(was), whole(is)
	for _, f := range slices.Sorted(maps.Keys(now)) {
		if parts.Same(old[f], now[f]) || isRef(now[f]) && !isRef(old[f]) {
			continue
		}
		s := parts.Describe(h.b.d, is, f, old[f], now[f])
		out = append(out, fmt.Sprintf("%s：%s", s.Title, s.B))
	}
	return out
}

// isRef reports whether a value points at other records: what they were called when
// the form went out may be gone with them.
func isRef(v any) bool {
	switch x := v.(type) {
	case domain.Ref:
		return x.ID == ""
	case []domain.Ref:
		return slices.ContainsFunc(x, func(r domain.Ref) bool { return r.ID == "" })
	}
	return false
}

// restored is a record as it was handed out, with what the sheet says of it now.
func restored(was, is domain.Record) domain.Record {
	c := was.Clone()
	for f, v := range whole(is) {
		if !isRef(v) {
			setWhole(c, f, v)
		}
	}
	return c
}

// broughtBack leaves a record deleted that the sheet only repeats, and asks about one
// that it changes.
func (h *hearing) broughtBack(r *run, c *comeback) {
	name := domain.BaseOf(c.was).Code
	if name == "" {
		name = c.was.Natural()
	}
	if c.key.kind == r.g.Form.Kind {
		r.rep.New--
		r.rep.Same++
	}
	if len(c.said) == 0 {
		r.rep.Warnings = append(r.rep.Warnings, Issue{Cell: h.where[c.key], Message: fmt.Sprintf("“%s”在发出这张表以后已经删除，表里没有改动它，不再收下", name)})
		return
	}
	key := string(c.key.kind) + "\x00" + c.was.Natural()
	x := h.revived[key]
	if x == nil {
		x = &Conflict{Kind: c.key.kind, Code: domain.BaseOf(c.was).Code, Name: name, Title: "整条记录", id: c.was.RecordID(), field: parts.Whole,
			key: conflictKey{c.key.kind, c.was.Natural(), parts.Whole}, Voices: []*Voice{{Text: "删除"}}}
		h.revived[key] = x
		h.list = append(h.list, x)
	}
	back := append([]domain.Record{restored(c.was, c.is)}, c.with...)
	x.Voices = append(x.Voices, &Voice{Books: []*Book{r.g.Book}, Who: r.speaker(h.where[c.key]), At: r.g.Book.Saved, AtFrom: r.g.Book.SavedFrom, value: back,
		Text: "改动 " + strings.Join(c.said, "；"), sheets: []*SheetReport{r.rep}})
}

// settleDeleted decides about a deleted record: it stays deleted, or comes back with
// what was deleted with it.
func (h *hearing) settleDeleted(c *Conflict) {
	for _, v := range c.Voices {
		for _, s := range v.sheets {
			s.Conflicts++
		}
	}
	c.Taken = c.decide(h.b.env)
	v := c.Voices[c.Taken]
	if v.Mine() {
		return
	}
	back, _ := v.value.([]domain.Record)
	for _, r := range back {
		if _, taken := h.b.d.Table(r.RecordKind()).RecordByKey(r.Natural()); !taken {
			h.b.d.Put(r)
		}
	}
	for _, s := range v.sheets {
		if s.Kind == c.Kind {
			s.New++
			s.Same--
		}
	}
}
