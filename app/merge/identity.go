package merge

import (
	"reflect"

	"lianshao/domain"
)

// idMap leads from the other pilot's records and steps to those here.
type idMap map[domain.ID]domain.ID

var (
	idType   = reflect.TypeFor[domain.ID]()
	baseType = reflect.TypeFor[domain.Base]()
)

// remap copies a record with every ID in it led here: its own, those it refers to
// in whatever field, and those of the steps it is made of.
func (m idMap) remap(r domain.Record) domain.Record {
	c := r.Clone()
	if len(m) > 0 {
		m.walk(reflect.ValueOf(c).Elem())
	}
	return c
}

func (m idMap) walk(v reflect.Value) {
	switch {
	case v.Type() == idType:
		if to, ok := m[domain.ID(v.String())]; ok {
			v.SetString(string(to))
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); holdsIDs(f.Type()) {
				m.walk(f)
			}
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			m.walk(v.Index(i))
		}
	}
}

// holdsIDs spares the walk through fields that cannot hold an ID.
func holdsIDs(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Slice:
		return holdsIDs(t.Elem())
	case reflect.Struct:
		return true
	}
	return t == idType
}

// matcher finds which records of another pilot are which here.
type matcher struct {
	into   *domain.Pilot // what they are matched with; grows while merging
	from   *domain.Pilot
	known  idMap // remembered from earlier merges
	ids    idMap
	taken  map[domain.ID]bool // records here that are somebody's already
	gone   func(domain.Kind, domain.ID) bool
	exact  bool // another school's: names and numbers mean nothing here
	shared func(domain.Record) bool
}

// match fills ids: by identity, by what was matched before, by natural key.
func (m *matcher) match() {
	m.ids, m.taken = idMap{}, map[domain.ID]bool{}
	var rest []domain.Record
	for _, t := range m.from.Tables() {
		if t.Kind() == domain.KindMergeMark {
			continue
		}
		t.Each(func(r domain.Record) bool {
			if !m.identical(r) {
				rest = append(rest, r)
			}
			return true
		})
	}
	// In the order of the tables: what a natural key refers to is matched before.
	for _, r := range rest {
		m.natural(r)
	}
}

// identical matches a record by its ID or by an earlier merge.
func (m *matcher) identical(r domain.Record) bool {
	id := r.RecordID()
	to, known := m.known[id]
	if !known {
		to = id
	}
	here, ok := m.into.Get(r.RecordKind(), to)
	if !ok {
		if to != id {
			m.ids[id] = to
		}
		return known || m.gone(r.RecordKind(), to) // it was here: the same, deleted
	}
	m.pair(r, here)
	return true
}

func (m *matcher) pair(r, here domain.Record) {
	m.taken[here.RecordID()] = true
	if r.RecordID() != here.RecordID() {
		m.ids[r.RecordID()] = here.RecordID()
	}
	flow, ok := r.(*domain.Workflow)
	if !ok {
		return
	}
	there := here.(*domain.Workflow)
	for i := range flow.Steps {
		s := &flow.Steps[i]
		if there.Step(s.ID) != nil {
			continue
		}
		if to, ok := m.known[s.ID]; ok {
			m.ids[s.ID] = to
		} else if x := there.StepNamed(s.Name); x != nil && flow.Step(x.ID) == nil {
			m.ids[s.ID] = x.ID
		}
	}
}

// natural matches a record that is unknown here by what makes it the same thing. A
// record here that the other pilot has as another one is not it.
func (m *matcher) natural(r domain.Record) {
	if m.exact && !m.shared(r) || r.RecordKind() == domain.KindInfo {
		return
	}
	c := m.ids.remap(r)
	here, ok := m.into.Table(r.RecordKind()).RecordByKey(c.Natural())
	if !ok || m.taken[here.RecordID()] {
		return
	}
	if _, other := m.from.Get(r.RecordKind(), here.RecordID()); other {
		return
	}
	if a, ok := c.(*domain.RiskPoint); ok && !a.Unit.Same(here.(*domain.RiskPoint).Unit) {
		return // two units have given the same number
	}
	m.pair(r, here)
}
