package view

import (
	"bufio"
	"encoding/json"
	"io"
	"iter"
	"strconv"
	"unicode/utf8"
)

// Append writes the object as compact JSON at the end of b. It is written
// straight, without encoding/json checking every level again: a pilot of
// 100,000 points makes hundreds of megabytes.
func (o Object) Append(b []byte) ([]byte, error) {
	b = append(b, '{')
	var err error
	for i, f := range o {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(b, f.Key), ':')
		if b, err = appendValue(b, f.Value); err != nil {
			return nil, err
		}
	}
	return append(b, '}'), nil
}

func appendValue(b []byte, v any) ([]byte, error) {
	switch x := v.(type) {
	case nil:
		return append(b, "null"...), nil
	case string:
		return appendString(b, x), nil
	case int:
		return strconv.AppendInt(b, int64(x), 10), nil
	case bool:
		return strconv.AppendBool(b, x), nil
	case float64:
		return strconv.AppendFloat(b, x, 'g', -1, 64), nil
	case Object:
		return x.Append(b)
	case []string:
		return appendList(b, x, func(b []byte, s string) ([]byte, error) { return appendString(b, s), nil })
	case []Object:
		return appendList(b, x, func(b []byte, o Object) ([]byte, error) { return o.Append(b) })
	case []any:
		return appendList(b, x, appendValue)
	}
	more, err := json.Marshal(v)
	return append(b, more...), err
}

func appendList[T any](b []byte, list []T, add func([]byte, T) ([]byte, error)) ([]byte, error) {
	b = append(b, '[')
	var err error
	for i, v := range list {
		if i > 0 {
			b = append(b, ',')
		}
		if b, err = add(b, v); err != nil {
			return nil, err
		}
	}
	return append(b, ']'), nil
}

// appendString quotes a text; what is not UTF-8 becomes U+FFFD.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, '\\', 'n')
		case r < 0x20:
			b = append(b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}

// WriteLines writes one object per line.
func WriteLines(w io.Writer, list iter.Seq[Object]) error {
	out := bufio.NewWriterSize(w, 1<<16)
	var b []byte
	var err error
	for o := range list {
		if b, err = o.Append(b[:0]); err != nil {
			return err
		}
		if _, err = out.Write(append(b, '\n')); err != nil {
			return err
		}
	}
	return out.Flush()
}

// WriteDocument writes an object with one key per line, the elements of an
// iter.Seq[Object] one per line as they come.
func WriteDocument(w io.Writer, o Object) error {
	out := bufio.NewWriterSize(w, 1<<16)
	var b []byte
	for i, f := range o {
		if i == 0 {
			b = append(b, "{\n "...)
		} else {
			b = append(b, ",\n "...)
		}
		b = append(appendString(b, f.Key), ": "...)
		var err error
		if seq, ok := f.Value.(iter.Seq[Object]); ok {
			b, err = writeSeq(out, b, seq)
		} else {
			b, err = appendValue(b, f.Value)
		}
		if err != nil {
			return err
		}
	}
	out.Write(append(b, "\n}\n"...))
	return out.Flush()
}

func writeSeq(out *bufio.Writer, b []byte, seq iter.Seq[Object]) ([]byte, error) {
	b = append(b, '[')
	first := true
	for o := range seq {
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(b, "\n  "...)
		var err error
		if b, err = o.Append(b); err != nil {
			return nil, err
		}
		if _, err = out.Write(b); err != nil {
			return nil, err
		}
		b = b[:0]
	}
	return append(b, ']'), nil
}
