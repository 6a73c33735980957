package intake

import (
	"encoding/json"
	"slices"
	"strings"

	"lianshao/domain"
)

// The forms that only our own workbooks have: issued warnings, which a table cannot
// change, and the hidden sheet of what has no table.
const (
	paperForm  = "paper"
	recordForm = "record"
)

// RecordSheet is the first text of the hidden sheet of records; it is read though it
// is hidden.
const RecordSheet = machineHeader + "的记录：请不要改动"

// RecordPieces cuts what is kept of a record into the cells of the hidden sheet: one
// cell holds less than a long notice.
func RecordPieces(p *domain.Pilot, form string, r domain.Record) (out []string) {
	more := hidden(p, form, r)
	for more != "" {
		n := min(len(more), MaxMachine)
		for n < len(more) && more[n]&0xc0 == 0x80 {
			n--
		}
		out = append(out, "|"+more[:n]+"|") // so that spaces at the ends stay
		more = more[n:]
	}
	return out
}

// ofRecords reports whether a sheet is ours of records, hidden unless a program that
// keeps no sheets hidden has saved the workbook.
func (s *Sheet) ofRecords() bool {
	return len(s.Rows) > 0 && strings.HasPrefix(s.Rows[0].join(), RecordSheet)
}

// readPapers reads the issued warnings that another pilot's workbook lists. One that
// is here stays as it is: papers change by what is registered of them.
func (r *run) readPapers() {
	r.rows([]string{"paper"}, func(w *row) result {
		code := w.get(r.at("paper"))
		m := r.machineOf(w, machineField)
		if r.twice(w, "paper", code, code) {
			return refused
		}
		if _, here := known(r, w, r.d.Warnings, code); here || len(m.more) == 0 {
			return same
		}
		x := begin(r, w, nil, false, &domain.Warning{}, "paper")
		if x.Code == "" {
			x.Code = code
		}
		return put(r.d.Warnings, nil, false, x)
	})
}

func (r *run) readHolidays() {
	r.rows([]string{"date"}, func(w *row) result {
		fresh := &domain.Holiday{}
		if !r.setDay(w, "date", &fresh.Date) {
			return refused
		}
		if fresh.Date == "" {
			return r.refuse(w, "date", "", "没有写是哪一天")
		}
		if r.twice(w, "date", string(fresh.Date), string(fresh.Date)) {
			return refused
		}
		old, exists := r.d.Holidays.ByKey(string(fresh.Date))
		h := begin(r, w, old, exists, fresh, "date")
		r.setText(w, "name", &h.Name)
		switch s := w.get(r.at("work")); s {
		case "":
		case "是":
			h.Workday = true
		case "否":
			h.Workday = false
		default:
			return r.refuse(w, "work", s, "“上班”应为是或否，现为“%s”", s)
		}
		return put(r.d.Holidays, old, exists, h)
	})
}

// keptRecord is what the hidden sheet holds of one record.
type keptRecord struct {
	kind  domain.Kind
	id    domain.ID
	first row
	text  strings.Builder
	rows  int
}

// readRecords reads the hidden sheet: what did not fit into the rows of the other
// sheets, and what a pilot has learned.
func (r *run) readRecords() {
	var order []*keptRecord
	known := map[recordKey]*keptRecord{}
	r.rows([]string{"content"}, func(w *row) result {
		k := recordKey{domain.Kind(w.get(r.at("kind"))), domain.ID(w.get(r.at("id")))}
		if known[k] == nil {
			known[k] = &keptRecord{kind: k.kind, id: k.id, first: *w}
			order = append(order, known[k])
		}
		known[k].text.WriteString(strings.TrimSuffix(strings.TrimPrefix(w.raw(r.at("content")), "|"), "|"))
		known[k].rows++
		return skipped
	})
	for _, k := range order {
		r.rep.Skipped -= k.rows
		r.count(r.keptRecord(k))
	}
}

func (r *run) keptRecord(k *keptRecord) result {
	var more map[string]json.RawMessage
	if json.Unmarshal([]byte(k.text.String()), &more) != nil {
		return r.spoilt(k)
	}
	fresh := learned(k.kind)
	if fresh == nil {
		return r.restOf(k, more)
	}
	base := domain.BaseOf(fresh)
	base.ID, base.Origin = k.id, r.from(&k.first, "content")
	if !r.unhide(fresh, more, false) {
		return r.spoilt(k)
	}
	if mm, ok := fresh.(*domain.MergeMark); ok { // how far it was merged holds where the records are all there
		mm.Seq, mm.Head, mm.Chain = 0, "", ""
	}
	t := r.d.Table(k.kind)
	_, here := t.Record(k.id)
	if _, twin := t.RecordByKey(fresh.Natural()); here || twin || fresh.Natural() == "" {
		return same
	}
	t.PutRecord(fresh)
	return added
}

// spoilt refuses what somebody changed in the hidden sheet.
func (r *run) spoilt(k *keptRecord) result {
	return r.refuse(&k.first, "content", "", "给程序用的隐藏工作表被改动过，这一条没有收下")
}

// learned makes an empty record of a kind that has no table of its own; nil for
// others.
func learned(k domain.Kind) domain.Record {
	switch k {
	case domain.KindLayout:
		return &domain.Layout{}
	case domain.KindSynonym:
		return &domain.Synonym{}
	case domain.KindMergeMark:
		return &domain.MergeMark{}
	}
	return nil
}

// restOf sets what did not fit into the hidden cell of a record's row.
func (r *run) restOf(k *keptRecord, more map[string]json.RawMessage) result {
	if to, ok := r.names[k.id]; ok {
		k.id = to
	}
	old, ok := r.d.Get(k.kind, k.id)
	if !ok {
		return skipped // its row was deleted
	}
	_, was := r.before.Get(k.kind, k.id)
	next := old.Clone()
	if !r.unhide(next, more, was) {
		return r.spoilt(k)
	}
	if domain.Equal(old, next) {
		return same
	}
	r.d.Put(next)
	return changed
}

// LearnedKinds lists the kinds that travel in the hidden sheet alone.
func LearnedKinds() []domain.Kind {
	return slices.Clone([]domain.Kind{domain.KindLayout, domain.KindSynonym, domain.KindMergeMark})
}
