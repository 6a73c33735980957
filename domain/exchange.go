package domain

import (
	"maps"
	"slices"
)

// Layout remembers how a person corrected the reading of a table, so that the
// next table laid out alike is read the same way.
type Layout struct {
	Base
	Fingerprint string         `json:"fingerprint"` // of the header rows
	Form        string         `json:"form"`        // which form it is read as
	HeaderRow   int            `json:"header"`      // where the header stood, for the person who looks at the list
	Columns     []LayoutColumn `json:"columns,omitempty"`
	Values      []LayoutValue  `json:"values,omitempty"`
}

// LayoutColumn says which field a column holds; "" = none.
type LayoutColumn struct {
	At     int    `json:"at"` // place among the header's texts, from 1
	Field  string `json:"field"`
	Header string `json:"header,omitempty"` // as written
}

// LayoutValue says what a text in a field's column stands for.
type LayoutValue struct {
	Field   string `json:"field"`
	Written string `json:"written"`
	Meant   string `json:"meant"`
}

// RecordKind tells the kind.
func (*Layout) RecordKind() Kind { return KindLayout }

// Natural is the fingerprint.
func (r *Layout) Natural() string { return r.Fingerprint }

// Clone copies deeply.
func (r *Layout) Clone() Record {
	c := *r
	c.Columns, c.Values = slices.Clone(r.Columns), slices.Clone(r.Values)
	return &c
}

// EachRef visits nothing.
func (*Layout) EachRef(func(Kind, Ref, *Ref)) {}

// Synonym is a header word that stands for a field of a form; the field "-"
// says that the word stands for none.
type Synonym struct {
	Base
	Form  string `json:"form"`
	Field string `json:"field"`
	Word  string `json:"word"`
}

// RecordKind tells the kind.
func (*Synonym) RecordKind() Kind { return KindSynonym }

// Natural is form and word.
func (r *Synonym) Natural() string { return r.Form + "/" + r.Word }

// Clone copies deeply.
func (r *Synonym) Clone() Record { c := *r; return &c }

// EachRef visits nothing.
func (*Synonym) EachRef(func(Kind, Ref, *Ref)) {}

// MergeMark remembers how far another pilot was merged into this one.
type MergeMark struct {
	Base
	Pilot string `json:"pilot"` // the other pilot's own random name, and which branch of it
	Name  string `json:"name,omitempty"`
	Seq   uint64 `json:"seq"`  // its newest journal entry then
	Head  string `json:"head"` // what tells that entry from another of the number
	Date  Date   `json:"date,omitempty"`
	// Chain is the head of its journal's chain at Seq, in hexadecimal: an anchor.
	Chain string `json:"chain,omitempty"`
	// Alias leads from the other pilot's records to those here they were matched with.
	Alias map[ID]ID `json:"alias,omitempty"`
	// Gone are records that were deleted because the other pilot had deleted them.
	Gone []Tombstone `json:"gone,omitempty"`
}

// Tombstone stands for a record that is no longer there. Stamp is what of it was
// known when it was deleted: what was written later brings it back.
type Tombstone struct {
	Kind  Kind   `json:"k"`
	ID    ID     `json:"i"`
	Stamp string `json:"s"`
	// Name is what others called it: their references keep that while it is gone.
	Name string `json:"n,omitempty"`
}

// RecordKind tells the kind.
func (*MergeMark) RecordKind() Kind { return KindMergeMark }

// Natural is the other pilot.
func (r *MergeMark) Natural() string { return r.Pilot }

// Clone copies deeply.
func (r *MergeMark) Clone() Record {
	c := *r
	c.Alias, c.Gone = maps.Clone(r.Alias), slices.Clone(r.Gone)
	return &c
}

// EachRef visits nothing.
func (*MergeMark) EachRef(func(Kind, Ref, *Ref)) {}
