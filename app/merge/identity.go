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
		eachID(reflect.ValueOf(c).Elem(), func(v reflect.Value) bool {
			if to, ok := m[domain.ID(v.String())]; ok {
				v.SetString(string(m.end(to)))
			}
			return true
		})
	}
	return c
}

// eachID visits the IDs within a value until visit returns false.
func eachID(v reflect.Value, visit func(reflect.Value) bool) bool {
	switch {
	case v.Type() == idType:
		return visit(v)
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); holdsIDs(f.Type()) && !eachID(f, visit) {
				return false
			}
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			if !eachID(v.Index(i), visit) {
				return false
			}
		}
	}
	return true
}

// refsIn counts the references within a value that are more than a name.
func refsIn(v any) (n int) {
	if v == nil || !holdsIDs(reflect.TypeOf(v)) {
		return 0
	}
	eachID(reflect.ValueOf(v), func(id reflect.Value) bool {
		if id.String() != "" {
			n++
		}
		return true
	})
	return n
}

// mentioned reports whether a record mentions an ID that leads elsewhere.
func (m idMap) mentioned(r domain.Record) bool {
	return !eachID(reflect.ValueOf(r).Elem(), func(v reflect.Value) bool { return m[domain.ID(v.String())] == "" })
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
	had    map[key]bool // what the other pilot ever had, under the IDs here
	exact  bool         // another school's: names and numbers mean nothing here
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
	to := m.known.end(id)
	known := to != id
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
		if to := m.known.end(s.ID); to != s.ID {
			m.ids[s.ID] = to
		} else if x := there.StepNamed(s.Name); x != nil && flow.Step(x.ID) == nil {
			m.ids[s.ID] = x.ID
		}
	}
}

// natural matches a record that is unknown here by what makes it the same thing. A
// record here that the other pilot has or had as another one is not it. Of several under one
// key the lowest ID is it.
func (m *matcher) natural(r domain.Record) {
	if m.exact && !m.shared(r) || r.RecordKind() == domain.KindInfo {
		return
	}
	c := m.ids.remap(r)
	var found domain.Record
	m.into.Table(r.RecordKind()).EachByKey(c.Natural(), func(here domain.Record) {
		if m.mayBe(c, here) && (found == nil || here.RecordID() < found.RecordID()) {
			found = here
		}
	})
	if found != nil {
		m.pair(r, found)
	}
}

// mayBe reports whether an unknown record may be one that is here.
func (m *matcher) mayBe(r, here domain.Record) bool {
	k := key{r.RecordKind(), here.RecordID()}
	if _, other := m.from.Get(k.kind, k.id); other || m.had[k] || m.taken[k.id] {
		return false
	}
	a, ok := r.(*domain.RiskPoint)
	return !ok || a.Unit.Same(here.(*domain.RiskPoint).Unit) // two units may give the same number
}
