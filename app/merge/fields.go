package merge

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"sync"

	"lianshao/domain"
)

// codeField is the name of Base.Code among the fields.
const codeField = "c"

// listed are fields whose items are merged one by one: each has a key of its own.
var listed = map[domain.Kind]struct {
	field string
	key   func(item reflect.Value) string
}{
	domain.KindRating:     {"rows", func(v reflect.Value) string { return v.FieldByName("Assessor").String() }},
	domain.KindAssessment: {"assessors", func(v reflect.Value) string { return v.FieldByName("Name").String() }},
	domain.KindWorkflow:   {"steps", func(v reflect.Value) string { return v.FieldByName("ID").String() }},
}

// shape lists the fields of a type of record by their JSON names.
type shape struct {
	names []string
	index []int
}

var shapes sync.Map // reflect.Type → *shape

func shapeOf(t reflect.Type) *shape {
	if s, ok := shapes.Load(t); ok {
		return s.(*shape)
	}
	s := &shape{}
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			continue // Base
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		s.names, s.index = append(s.names, name), append(s.index, i)
	}
	shapes.Store(t, s)
	return s
}

// split takes a record apart into its fields; those that say nothing are left out.
func split(r domain.Record) map[string]any {
	v := reflect.ValueOf(r).Elem()
	s := shapeOf(v.Type())
	out := make(map[string]any, len(s.names)+1)
	if c := domain.BaseOf(r).Code; c != "" {
		out[codeField] = c
	}
	list, isListed := listed[r.RecordKind()]
	for i, name := range s.names {
		f := v.Field(s.index[i])
		switch {
		case f.IsZero(), f.Kind() == reflect.Slice && f.Len() == 0:
		case isListed && name == list.field:
			for k := range f.Len() {
				out[name+"/"+list.key(f.Index(k))] = f.Index(k).Interface()
			}
		default:
			out[name] = f.Interface()
		}
	}
	return out
}

// set writes one field into a record of one's own; nil clears it.
func set(r domain.Record, field string, value any) {
	if field == codeField {
		domain.BaseOf(r).Code, _ = value.(string)
		return
	}
	v := reflect.ValueOf(r).Elem()
	s := shapeOf(v.Type())
	name, key, item := strings.Cut(field, "/")
	i := slices.Index(s.names, name)
	if i < 0 {
		return
	}
	f := v.Field(s.index[i])
	if !item {
		if value == nil {
			f.SetZero()
		} else {
			f.Set(reflect.ValueOf(value))
		}
		return
	}
	setItem(f, listed[r.RecordKind()].key, key, value)
}

// setItem replaces, adds or removes an item of a list by its key.
func setItem(f reflect.Value, keyOf func(reflect.Value) string, key string, value any) {
	for k := range f.Len() {
		if keyOf(f.Index(k)) != key {
			continue
		}
		if value == nil {
			f.Set(reflect.AppendSlice(f.Slice3(0, k, k), f.Slice(k+1, f.Len())))
		} else {
			f.Index(k).Set(reflect.ValueOf(value))
		}
		return
	}
	if value != nil {
		f.Set(reflect.Append(f, reflect.ValueOf(value)))
	}
}

// same compares two values of a field; an empty list is the same as none.
func same(a, b any) bool {
	return reflect.DeepEqual(a, b) || a != nil && b != nil && text(a) == text(b)
}

// text is a value in a form that can be ordered.
func text(v any) string {
	if v == nil {
		return ""
	}
	b, err := json.Marshal(v)
	if err != nil { // a number that JSON cannot write
		return ""
	}
	return string(b)
}

// order puts lists into the order in which they are kept, whoever added what.
func order(r domain.Record, round func(domain.ID) *domain.Assessment) {
	switch r := r.(type) {
	case *domain.Workflow:
		slices.SortStableFunc(r.Steps, func(a, b domain.Step) int {
			if a.No != b.No {
				return a.No - b.No
			}
			return strings.Compare(string(a.ID), string(b.ID))
		})
	case *domain.Assessment:
		slices.SortStableFunc(r.Assessors, func(a, b domain.Assessor) int {
			if a.No != b.No {
				return a.No - b.No
			}
			return strings.Compare(a.Name, b.Name)
		})
	case *domain.Rating:
		at := map[string]int{}
		if a := round(r.Assessment.ID); a != nil {
			for i, x := range a.Assessors {
				at[x.Name] = i + 1
			}
		}
		slices.SortStableFunc(r.Rows, func(a, b domain.RatingRow) int {
			x, y := at[a.Assessor], at[b.Assessor]
			if x == 0 || y == 0 || x == y { // the unknown last
				if (x == 0) != (y == 0) {
					return y - x
				}
				return strings.Compare(a.Assessor, b.Assessor)
			}
			return x - y
		})
	}
}
