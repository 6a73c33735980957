package intake

import (
	"encoding/json"
	"slices"
	"strings"

	"lianshao/app/parts"
	"lianshao/domain"
)

// A row of our own workbooks ends in a hidden cell for the program: the ID of the
// record, and as JSON what of it no column shows. So what was renamed is still known,
// and everything comes back. It lies in the row, so that a row which a person deletes
// takes it along. What is too long for a cell, and kinds without a form, lie in a
// sheet of their own (records.go).

// They head the hidden columns.
const (
	machineHeader = "仅供机器"
	itemHeader    = "仅供机器：本行"
)

// The fields of the hidden columns: of the row's record, and of the step, the
// indicator or the reading that the row is about.
const (
	machineField = "machine"
	itemField    = "machineitem"
)

// Kept reports whether rows of the form have a hidden cell of their record.
func (fm *Form) Kept() bool { return fm.names[headerKey(machineHeader)] == machineField }

// MaxMachine is how much a hidden cell holds, in bytes: less than Excel's cell.
const MaxMachine = 30000

// kept are the fields, by their names in JSON, that no column of a form shows.
var kept = map[string][]string{
	"info": {parts.Code, "template"}, "unit": {parts.Code}, "post": {parts.Code}, "member": {parts.Code, "no"}, "milestone": {parts.Code},
	"workflow": {"effective"}, "riskpoint": {"findings"}, "disclosure": {parts.Code, "units", "anon", "contact", "replyDays", "state", "actions", "follows", "shown"},
	"indicator": {parts.Code, "name"}, "scheme": {parts.Code}, "assessment": {parts.Code}, "effectiveness": {parts.Code}, "monitor": {"units", "unitText"},
	"measure": {parts.Code, "post", "since", "library", "original"}, "inspection": {parts.Code, "of"}, "appraisal": {parts.Code},
	"meeting": {parts.Code}, "holiday": {parts.Code}, "intelligence": {"units", "unitText"},
}

// keptItems are those of the items that a row is about.
var keptItems = map[string][]string{"workflow": {"posts", "from"}, "indicator": {"top", "more", "values"}, "reading": {"note"}}

// addHidden gives a form its hidden columns.
func (fm *Form) addHidden() {
	if len(fm.Fields) == 0 || fm.ID == recordForm {
		return
	}
	fm.Fields = append(slices.Clip(fm.Fields), f(machineField, machineHeader))
	if keptItems[fm.ID] != nil {
		fm.Fields = append(fm.Fields, f(itemField, itemHeader))
	}
}

// Machine writes the hidden cell of a record's row. What does not fit is left to
// MachineRest.
func Machine(p *domain.Pilot, form string, r domain.Record) string {
	return fit(r.RecordID(), hidden(p, form, r))
}

// MachineRest is what of a record does not fit into its hidden cell; "" is usual.
func MachineRest(p *domain.Pilot, form string, r domain.Record) string {
	if more := hidden(p, form, r); len(more) > MaxMachine {
		return more
	}
	return ""
}

func fit(id domain.ID, more string) string {
	if more == "" || len(more) > MaxMachine {
		return string(id)
	}
	return string(id) + " " + more
}

// hidden is what no column of the form shows, as JSON.
func hidden(p *domain.Pilot, form string, r domain.Record) string {
	fields := parts.Only(spelledOut(p, r), append(unclear(p, r), keptOf(form, r)...))
	if usual, ok := usualCode(p, r); ok && fields[parts.Code] == usual {
		delete(fields, parts.Code)
	}
	if o := domain.BaseOf(r).Origin; o != "" {
		fields[originKey] = o
	}
	return asJSON(fields)
}

// keptOf lists what of a record travels hidden: of a paper that is only kept, all.
func keptOf(form string, r domain.Record) []string {
	if form == paperForm || form == recordForm {
		return append(parts.Names(r), parts.Code)
	}
	return kept[form]
}

// usualCode is the code that a record without one gets.
func usualCode(p *domain.Pilot, r domain.Record) (string, bool) {
	switch r := r.(type) {
	case *domain.Unit:
		return r.Name, true
	case *domain.Post:
		return r.Name, true
	case *domain.Assessment:
		return itoa(r.No), true
	case *domain.Measure:
		return p.CodeOf(domain.KindRiskPoint, r.Point) + "-" + itoa(r.No), true
	}
	return "", false
}

// originKey is the name of Base.Origin in JSON.
const originKey = "o"

// MachineStep and MachineItem write the hidden cell of a step, and of an indicator
// without an ID of its own.
func MachineStep(p *domain.Pilot, w *domain.Workflow, s *domain.Step) string {
	c := spelledOut(p, w).(*domain.Workflow)
	return fit(s.ID, asJSON(parts.OnlyOf(c.Step(s.ID), append(unclearStep(p, w, s), keptItems["workflow"]...))))
}

// MachineIndicator writes the hidden cell of an indicator.
func MachineIndicator(i *domain.Indicator) string {
	return asJSON(parts.OnlyOf(i, append(unclearText(i), keptItems["indicator"]...)))
}

// MachineReadings writes the hidden cell of a monitor's readings: what a month's
// column does not show.
func MachineReadings(m *domain.Monitor, list []*domain.Reading) string {
	out := map[string]any{}
	for _, r := range list {
		x := parts.OnlyOf(r, keptItems["reading"])
		x["id"] = r.ID
		if r.Code != m.Code+"-"+r.Period {
			x[parts.Code] = r.Code
		}
		if r.Origin != "" {
			x[originKey] = r.Origin
		}
		out[r.Period] = x
	}
	return asJSON(out)
}

func asJSON(fields map[string]any) string {
	if len(fields) == 0 {
		return ""
	}
	return parts.Text(fields)
}

// spelledOut gives every reference its target's name beside the ID, for pilots in which
// the ID is not known.
func spelledOut(p *domain.Pilot, r domain.Record) domain.Record {
	c := r.Clone()
	c.EachRef(func(k domain.Kind, _ domain.Ref, ref *domain.Ref) {
		if ref.ID != "" {
			ref.Text = refText(p, k, *ref)
		}
	})
	return c
}

// refText is how a reference is found again without its ID.
func refText(p *domain.Pilot, k domain.Kind, ref domain.Ref) string {
	switch k {
	case domain.KindStep:
		return p.StepPhrase(ref)
	case domain.KindDisclosure, domain.KindMilestone:
		if r, ok := p.Get(k, ref.ID); ok {
			return r.Natural()
		}
	case domain.KindAttachment, domain.KindFactor:
		return p.CodeOf(k, ref)
	}
	return p.NameOf(k, ref)
}

// machine is a hidden cell as it was read.
type machine struct {
	id   domain.ID
	more map[string]json.RawMessage
	bad  bool // it was changed by hand
}

// parseMachine reads a hidden cell; what is no such cell is empty.
func parseMachine(s string) (m machine) {
	if s == "" {
		return m
	}
	id, more, _ := strings.Cut(s, " ")
	if strings.HasPrefix(s, "{") {
		id, more = "", s
	}
	if len(id) > 64 || strings.ContainsAny(id, "\n\t") {
		return machine{bad: true}
	}
	m.id = domain.ID(id)
	if more != "" && json.Unmarshal([]byte(more), &m.more) != nil {
		m.more, m.bad = nil, true
	}
	return m
}

// machineOf reads the hidden cell of a row.
func (r *run) machineOf(w *row, field string) machine {
	c := r.at(field)
	if c < 0 {
		return machine{}
	}
	m := parseMachine(w.raw(c))
	if m.bad {
		r.warn(w, field, machineChanged)
	}
	return m
}

const machineChanged = "给程序用的隐藏内容被改动过，没有采用；看得见的各栏照常读取"

// setHidden writes fields from the hidden cell of a row into an item of a record,
// those that are wanted; what does not fit its field is told.
func (r *run) setHidden(w *row, item any, more map[string]json.RawMessage, wanted func(field string) bool) {
	bad := false
	for f, raw := range more {
		bad = wanted(f) && parts.SetJSONOf(item, f, raw) != nil || bad
	}
	if bad {
		r.warn(w, itemField, machineChanged)
	}
}

// severalRows are the forms in which a record takes several rows.
var severalRows = map[string]bool{"workflow": true, "indicator": true, "scheme": true, "override": true, "cells": true, "assessment": true}

// copied reports whether several rows of the sheet carry the same ID: a row that was
// copied in Excel is another record.
func (r *run) copied(id domain.ID) bool {
	if severalRows[r.g.Form.ID] {
		return r.flowsOf[id] > 1
	}
	if r.carriers == nil {
		r.carriers = map[domain.ID]int{}
		c := r.at(machineField)
		for i := range r.layout.len() {
			w := r.layout.row(i)
			if id, _, _ := strings.Cut(w.raw(c), " "); id != "" {
				r.carriers[domain.ID(id)]++
			}
		}
	}
	return r.carriers[id] > 1
}

// carries reports whether the sheet's hidden cells are about records of a kind.
func (r *run) carries(k domain.Kind) bool {
	about := r.g.Form.Kind
	switch about {
	case domain.KindIndicator:
		about = domain.KindSystem
	case domain.KindReading:
		about = domain.KindMonitor
	}
	return k == about && r.at(machineField) >= 0
}

// moveTo changes a reference that means another target.
func moveTo(dst *domain.Ref, to domain.Ref) {
	if !to.Same(*dst) {
		*dst = to
	}
}

// known finds the record that a row means: by its natural key, or, when it was
// renamed here or there, by the ID in the hidden cell.
func known[T domain.Record](r *run, w *row, t *domain.Table[T], key string) (T, bool) {
	old, ok := t.ByKey(key)
	if ok {
		return old, true
	}
	return sameID(r, w, t)
}

// sameID finds a row's record by its ID alone.
func sameID[T domain.Record](r *run, w *row, t *domain.Table[T]) (none T, ok bool) {
	if !r.carries(t.Kind()) {
		return none, false
	}
	id := r.machineOf(w, machineField).id
	if id == "" || r.copied(id) {
		return none, false
	}
	return t.Get(id)
}

// identity gives a record that is new here the ID it has where the row comes from,
// if that is free.
func (r *run) identity(w *row, fresh domain.Record) {
	id := domain.ID("")
	if r.carries(fresh.RecordKind()) {
		id = r.machineOf(w, machineField).id
	}
	if _, taken := r.d.Get(fresh.RecordKind(), id); id == "" || taken || r.copied(id) {
		id = r.env.IDs()
	}
	domain.BaseOf(fresh).ID = id
}

// restore sets what no column shows. The record is one of one's own; exists tells
// that the pilot had it.
func (r *run) restore(w *row, rec domain.Record, exists bool) {
	if !r.carries(rec.RecordKind()) {
		return
	}
	m := r.machineOf(w, machineField)
	if m.id != "" && m.id != rec.RecordID() && !r.copied(m.id) {
		r.names[m.id] = rec.RecordID()
	}
	if !r.unhide(rec, m.more, exists) {
		r.warn(w, machineField, machineChanged)
	}
}

// unhide writes fields from JSON into a record of one's own; false when one of them
// does not fit its field.
func (b *builder) unhide(rec domain.Record, more map[string]json.RawMessage, exists bool) bool {
	if len(more) == 0 {
		return true
	}
	if was := more[originKey]; was != nil && !exists {
		var from string
		if json.Unmarshal(was, &from) == nil && from != "" {
			base := domain.BaseOf(rec)
			base.Origin = strings.TrimPrefix(base.Origin+" ← "+from, " ← ")
		}
	}
	some, all := false, true
	for _, f := range append(parts.Names(rec), parts.Code) {
		if raw, ok := more[f]; ok {
			fits := parts.SetJSON(rec, f, raw) == nil
			some, all = some || fits, all && fits
		}
	}
	if some {
		b.find(rec)
	}
	return all
}

// find makes the references that came from elsewhere good: those whose ID is known
// here lose the name that came along, those that are known under another ID get it,
// the others are looked for again when everything is read.
func (b *builder) find(rec domain.Record) {
	lost := false
	rec.EachRef(func(k domain.Kind, ctx domain.Ref, ref *domain.Ref) {
		if ref.ID == "" {
			return
		}
		if to, ok := b.names[ref.ID]; ok {
			ref.ID = to
		}
		switch {
		case b.there(k, ref.ID):
			ref.Text = ""
		case ref.Text != "":
			lost = true
		}
	})
	if lost {
		b.lost = append(b.lost, recordKey{rec.RecordKind(), rec.RecordID()})
	}
}

func (b *builder) there(k domain.Kind, id domain.ID) bool {
	if k == domain.KindStep {
		_, _, ok := b.d.StepOf(id)
		return ok
	}
	_, ok := b.d.Get(k, id)
	return ok
}

// findLost looks again for what was not there when it was referred to; what never
// came stays as its name.
func (b *builder) findLost() {
	for _, k := range b.lost {
		r, ok := b.d.Get(k.kind, k.id)
		if !ok {
			continue
		}
		c := r.Clone()
		c.EachRef(func(k domain.Kind, ctx domain.Ref, ref *domain.Ref) {
			if ref.ID == "" || ref.Text == "" {
				return
			}
			if to, ok := b.names[ref.ID]; ok {
				ref.ID = to
			}
			if b.there(k, ref.ID) {
				*ref = domain.To(ref.ID)
			} else {
				*ref = domain.Named(ref.Text)
			}
		})
		b.d.Put(c)
	}
}
