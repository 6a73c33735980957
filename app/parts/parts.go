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
