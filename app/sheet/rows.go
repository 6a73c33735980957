package sheet

import (
	"iter"
	"slices"
)

// MaxRows is what a sheet holds in Excel and its kind, titles and notes included.
const MaxRows = 1 << 20

// Rows are the rows of a table: how many, and one after the other, each made when it
// is asked for, so that a table of a million rows need not be in memory. They may be
// asked for again and are the same, as long as what they are made from is. The zero
// value is no rows.
//
// A cell is a string, domain.Date, an integer, float64, bool, fmt.Stringer or nil. A
// row may be shorter than the table.
type Rows struct {
	count int
	each  iter.Seq[[]any]
}

// Stored are rows that are there already.
func Stored(rows ...[]any) Rows { return Rows{len(rows), slices.Values(rows)} }

// Made makes a row of every item. The items are gone through once to count them.
func Made[T any](items iter.Seq[T], row func(T) []any) Rows {
	n := 0
	for range items {
		n++
	}
	return MadeOf(n, items, row)
}

// MadeOf is Made for items whose number is known.
func MadeOf[T any](count int, items iter.Seq[T], row func(T) []any) Rows {
	return Rows{count, func(yield func([]any) bool) {
		for it := range items {
			if !yield(row(it)) {
				return
			}
		}
	}}
}

// Len is the number of rows.
func (r Rows) Len() int { return r.count }

// All gives the rows. Who changes or keeps one must copy it.
func (r Rows) All() iter.Seq[[]any] {
	if r.each == nil {
		return func(func([]any) bool) {}
	}
	return r.each
}

// Without are the rows without a column.
func (r Rows) Without(col int) Rows {
	return MadeOf(r.count, r.All(), func(row []any) []any {
		if col >= len(row) {
			return row
		}
		return slices.Concat(row[:col], row[col+1:])
	})
}
