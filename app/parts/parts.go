// Package parts takes records apart into their fields, so that two states of a
// record can be compared, merged and shown field by field.
package parts

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"sync"

	"lianshao/domain"
)

// Code is the name of Base.Code among the fields.
const Code = "c"

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

// Split takes a record apart into its fields; those that say nothing are left out.
func Split(r domain.Record) map[string]any {
	v := reflect.ValueOf(r).Elem()
	s := shapeOf(v.Type())
	out := make(map[string]any, len(s.names)+1)
	if c := domain.BaseOf(r).Code; c != "" {
		out[Code] = c
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

// Set writes one field into a record of one's own; nil clears it.
func Set(r domain.Record, field string, value any) {
	if field == Code {
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

// Same compares two values of a field; an empty list is the same as none.
func Same(a, b any) bool {
	return reflect.DeepEqual(a, b) || a != nil && b != nil && Text(a) == Text(b)
}

// Text is a value in a form that can be ordered.
func Text(v any) string {
	if v == nil {
		return ""
	}
	b, err := json.Marshal(v)
	if err != nil { // a number that JSON cannot write
		return ""
	}
	return string(b)
}

// Names lists the fields of a record by their JSON names.
func Names(r domain.Record) []string { return slices.Clone(shapeOf(reflect.TypeOf(r).Elem()).names) }

// Only keeps of a record's fields those with the names that say something.
func Only(r domain.Record, names []string) map[string]any {
	out := OnlyOf(r, names)
	if c := domain.BaseOf(r).Code; c != "" && slices.Contains(names, Code) {
		out[Code] = c
	}
	return out
}

// OnlyOf is Only for any struct, given as a pointer.
func OnlyOf(item any, names []string) map[string]any {
	v := reflect.ValueOf(item).Elem()
	s := shapeOf(v.Type())
	out := map[string]any{}
	for i, name := range s.names {
		if f := v.Field(s.index[i]); slices.Contains(names, name) && !f.IsZero() && (f.Kind() != reflect.Slice || f.Len() > 0) {
			out[name] = f.Interface()
		}
	}
	return out
}

// SetJSON writes one field from JSON into a record of one's own; a text that does
// not fit the field's type changes nothing.
func SetJSON(r domain.Record, field string, raw []byte) error {
	if field == Code {
		return json.Unmarshal(raw, &domain.BaseOf(r).Code)
	}
	return SetJSONOf(r, field, raw)
}

// SetJSONOf is SetJSON for any struct, given as a pointer.
func SetJSONOf(item any, field string, raw []byte) error {
	v := reflect.ValueOf(item).Elem()
	s := shapeOf(v.Type())
	i := slices.Index(s.names, field)
	if i < 0 {
		return nil
	}
	f := v.Field(s.index[i])
	next := reflect.New(f.Type())
	if err := json.Unmarshal(raw, next.Interface()); err != nil {
		return err
	}
	f.Set(next.Elem())
	return nil
}

// Where lists the fields of a struct, given as a pointer, that say something and for
// which ask holds.
func Where(item any, ask func(reflect.Value) bool) (out []string) {
	v := reflect.ValueOf(item).Elem()
	s := shapeOf(v.Type())
	for i, name := range s.names {
		if f := v.Field(s.index[i]); !f.IsZero() && ask(f) {
			out = append(out, name)
		}
	}
	return out
}

// Holding lists the fields of a struct, given as a pointer, that are or hold one of the references.
func Holding(r any, refs []*domain.Ref) []string {
	if len(refs) == 0 {
		return nil
	}
	return Where(r, func(v reflect.Value) bool {
		switch x := v.Addr().Interface().(type) {
		case *domain.Ref:
			return slices.Contains(refs, x)
		case *[]domain.Ref:
			for i := range *x {
				if slices.Contains(refs, &(*x)[i]) {
					return true
				}
			}
		}
		return false
	})
}
