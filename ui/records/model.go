// Package records shows the records of one kind as a table with a detail beside
// it: the same parts serve every page that lists records.
package records

import (
	"slices"
	"strconv"
	"strings"

	"lianshao/app/fields"
	"lianshao/app/search"
	"lianshao/domain"
	"lianshao/ui/widgets"
)

// Model is what a grid shows: the records of a kind, filtered and sorted, with
// the texts of a row made once and kept until the record changes.
type Model struct {
	pilot  *domain.Pilot
	kind   domain.Kind
	fields []fields.Field
	byName map[string]int

	keep  func(domain.Record) bool // page filter; nil keeps all
	query string                   // lower-case text filter
	sort  string
	desc  bool

	rows  []domain.Record
	texts map[domain.ID][]string
	// pinyin holds the initials of the rows that were searched by them.
	pinyin map[domain.ID]string
	// Paint may give a cell a colour or warning; it may be nil.
	Paint func(r domain.Record, field string, c *widgets.Cell)
}

// NewModel makes the model of a kind with these fields.
func NewModel(p *domain.Pilot, k domain.Kind, fs []fields.Field) *Model {
	m := &Model{pilot: p, kind: k, fields: fs, byName: map[string]int{}, texts: map[domain.ID][]string{}, pinyin: map[domain.ID]string{}}
	for i, f := range fs {
		m.byName[f.Name] = i
	}
	m.Rebuild()
	return m
}

// Len counts the rows shown.
func (m *Model) Len() int { return len(m.rows) }

// Record returns the record of a row, nil outside.
func (m *Model) Record(row int) domain.Record {
	if row < 0 || row >= len(m.rows) {
		return nil
	}
	return m.rows[row]
}

// RowOf finds a record's row, or -1.
func (m *Model) RowOf(id domain.ID) int {
	return slices.IndexFunc(m.rows, func(r domain.Record) bool { return r.RecordID() == id })
}

// Cell implements widgets.Source.
func (m *Model) Cell(row int, col string) widgets.Cell {
	r := m.Record(row)
	if r == nil {
		return widgets.Cell{}
	}
	c := widgets.Cell{Text: m.text(r, m.byName[col])}
	if m.Paint != nil {
		m.Paint(r, col, &c)
	}
	return c
}

// EditText implements widgets.EditSource: an editor starts with the whole text.
func (m *Model) EditText(row int, col string) string {
	if r := m.Record(row); r != nil {
		return m.text(r, m.byName[col])
	}
	return ""
}

func (m *Model) text(r domain.Record, field int) string {
	t, ok := m.texts[r.RecordID()]
	if !ok {
		t = make([]string, len(m.fields))
		for i, f := range m.fields {
			t[i] = f.Get(m.pilot, r)
		}
		m.texts[r.RecordID()] = t
	}
	return t[field]
}

// SetKeep narrows the table to records that keep returns true for.
func (m *Model) SetKeep(keep func(domain.Record) bool) { m.keep = keep; m.Rebuild() }

// SetQuery narrows the table to rows that contain all words of the text, or of whose
// short fields they are the initials in pinyin.
func (m *Model) SetQuery(q string) { m.query = strings.ToLower(strings.TrimSpace(q)); m.Rebuild() }

// SetSort orders by a field; "" is the records' own order.
func (m *Model) SetSort(field string, desc bool) { m.sort, m.desc = field, desc; m.Rebuild() }

// Forget drops remembered texts; call it when other records that they name may
// have changed, then Rebuild.
func (m *Model) Forget() { clear(m.texts); clear(m.pinyin) }

// Rebuild makes the rows anew.
func (m *Model) Rebuild() {
	m.rows = m.rows[:0]
	words := strings.Fields(m.query)
	m.pilot.Table(m.kind).Each(func(r domain.Record) bool {
		if (m.keep == nil || m.keep(r)) && m.matches(r, words) {
			m.rows = append(m.rows, r)
		}
		return true
	})
	i, ok := m.byName[m.sort]
	if !ok {
		if m.desc {
			slices.Reverse(m.rows)
		}
		return
	}
	number := m.fields[i].Number
	slices.SortStableFunc(m.rows, func(a, b domain.Record) int {
		c := compareTexts(m.text(a, i), m.text(b, i), number)
		if m.desc {
			return -c
		}
		return c
	})
}

func (m *Model) matches(r domain.Record, words []string) bool {
	for _, w := range words {
		if !m.contains(r, w) && !(search.MaybeInitials(w) && strings.Contains(m.initials(r), w)) {
			return false
		}
	}
	return true
}

func (m *Model) contains(r domain.Record, word string) bool {
	for i := range m.fields {
		if strings.Contains(strings.ToLower(m.text(r, i)), word) {
			return true
		}
	}
	return false
}

// initials are those of a record's short fields, remembered like its texts.
func (m *Model) initials(r domain.Record) string {
	s, ok := m.pinyin[r.RecordID()]
	if !ok {
		for i := range m.fields {
			if !m.fields[i].Long || m.fields[i].Name == "name" || m.fields[i].Name == "content" {
				s += search.Initials(m.text(r, i)) + " "
			}
		}
		m.pinyin[r.RecordID()] = s
	}
	return s
}

func compareTexts(a, b string, number bool) int {
	if number {
		x, errA := strconv.ParseFloat(a, 64)
		y, errB := strconv.ParseFloat(b, 64)
		switch {
		case errA != nil && errB != nil:
			return 0
		case errA != nil:
			return -1
		case errB != nil:
			return 1
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	}
	return domain.CompareCodes(a, b)
}

// Replace updates rows in place after a change that only edited records of this
// kind. A row stays where it is although sort or filter might now put it elsewhere:
// it must not run away under the cursor, as in Excel. It reports false when rows
// came, went or name changed records of another kind; then Rebuild is needed.
func (m *Model) Replace(changes []domain.Change) (rows []int, enough bool) {
	if len(changes) > 64 {
		return nil, false
	}
	for _, c := range changes {
		if c.Kind != m.kind || c.Before == nil || c.After == nil || c.Before.Sort() != c.After.Sort() {
			return nil, false
		}
		row := m.find(c.Before)
		if row < 0 {
			if m.keep != nil && m.keep(c.After) {
				return nil, false
			}
			continue // filtered away
		}
		m.rows[row] = c.After
		delete(m.texts, c.ID)
		delete(m.pinyin, c.ID)
		rows = append(rows, row)
	}
	return rows, true
}

// find is RowOf, quick while the rows stand in their own order.
func (m *Model) find(r domain.Record) int {
	if m.sort != "" || m.desc {
		return m.RowOf(r.RecordID())
	}
	row, ok := slices.BinarySearchFunc(m.rows, r, func(r, t domain.Record) int {
		if x := domain.CompareCodes(r.Sort(), t.Sort()); x != 0 {
			return x
		}
		return strings.Compare(string(r.RecordID()), string(t.RecordID()))
	})
	if !ok {
		return -1
	}
	return row
}
