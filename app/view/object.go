// Package view turns the records of a pilot into plain objects that a machine
// reads: keys in snake_case English, other records by code.
package view

import (
	"strings"
	"unicode"
)

// Field is one key of an Object.
type Field struct {
	Key   string
	Value any // string, int, float64, bool, nil, Object, slices of them, or iter.Seq[Object]
}

// Object is a JSON object that keeps the order of its keys.
type Object []Field

// MarshalJSON writes the fields in order.
func (o Object) MarshalJSON() ([]byte, error) { return o.Append(nil) }

// Get returns the value of a key, nil if there is none.
func (o Object) Get(key string) any {
	for _, f := range o {
		if f.Key == key {
			return f.Value
		}
	}
	return nil
}

// set replaces the value of a key or adds it at the end.
func (o *Object) set(key string, value any) {
	for i := range *o {
		if (*o)[i].Key == key {
			(*o)[i].Value = value
			return
		}
	}
	*o = append(*o, Field{key, value})
}

// rename gives a field another key.
func (o Object) rename(from, to string) {
	for i := range o {
		if o[i].Key == from {
			o[i].Key = to
		}
	}
}

// snake turns a Go field name into a key: PostText → post_text, ID → id.
func snake(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if unicode.IsUpper(r) && i > 0 && !unicode.IsUpper(runes[i-1]) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
