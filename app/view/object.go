// Package view turns the records of a pilot into plain objects that a machine
// reads: keys in snake_case English, other records by code.
package view

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode"
)

// Field is one key of an Object.
type Field struct {
	Key   string
	Value any // string, int, float64, bool, nil, []string, Object or []Object
}

// Object is a JSON object that keeps the order of its keys.
type Object []Field

// MarshalJSON writes the fields in order.
func (o Object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, f := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := encode(&b, f.Key); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := encode(&b, f.Value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// encode writes v without the HTML escapes of json.Marshal and without a line end.
func encode(b *bytes.Buffer, v any) error {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1)
	return nil
}

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
