package xlsx

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"lianshao/app/sheet"
	"lianshao/domain"
)

// WriteCSV writes a table as text: UTF-8 with a byte order mark, so that Excel reads
// Chinese, commas, CRLF, one header line. Texts that a spreadsheet would take for a
// formula are defused; readCSV gives them back as they were.
func WriteCSV(ctx context.Context, path string, columns []sheet.Column, rows iter.Seq[[]any]) error {
	return notWritten(path, replace(path, func(to io.Writer) error { return encodeCSV(ctx, to, columns, rows) }))
}

func encodeCSV(ctx context.Context, to io.Writer, columns []sheet.Column, rows iter.Seq[[]any]) error {
	w := bufio.NewWriterSize(to, 1<<16)
	w.WriteString("\ufeff")
	line := make([]any, len(columns))
	for i, c := range columns {
		line[i] = c.Header
	}
	csvLine(w, line, len(columns))
	n := 0
	for row := range rows {
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		csvLine(w, row, len(columns))
	}
	return w.Flush()
}

func csvLine(w *bufio.Writer, row []any, columns int) {
	for i := range columns {
		if i > 0 {
			w.WriteByte(',')
		}
		if i < len(row) {
			csvField(w, valueText(row[i]))
		}
	}
	w.WriteString("\r\n")
}

// valueText is a value as text; only texts can be mistaken for formulas.
func valueText(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case string:
		return defuse(withoutControls(x))
	case domain.Date:
		return string(x)
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return ""
		}
		return strconv.FormatFloat(x, 'f', -1, 64)
	case bool:
		return map[bool]string{true: "是", false: "否"}[x]
	case int, int8, int16, int32, int64, uint8, uint16, uint32:
		return fmt.Sprint(x)
	}
	return defuse(withoutControls(fmt.Sprint(v)))
}

// withoutControls leaves out what no text file should hold.
func withoutControls(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0xfeff {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// csvField quotes a text where it must be.
func csvField(w *bufio.Writer, s string) {
	if !strings.ContainsAny(s, ",\"\r\n\t;") && strings.TrimSpace(s) == s {
		w.WriteString(s)
		return
	}
	w.WriteByte('"')
	w.WriteString(strings.ReplaceAll(s, `"`, `""`))
	w.WriteByte('"')
}

// formulaStarts are what spreadsheets begin to calculate at, and their full-width
// forms, which some input methods and programs turn into the others.
const formulaStarts = "=+-@＝＋－＠"

// explosive reports whether a spreadsheet might take a text for a formula, whatever
// apostrophes stand before it.
func explosive(s string) bool {
	s = strings.TrimLeft(s, "'")
	if strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\r") || strings.HasPrefix(s, "\n") {
		return true
	}
	first, size := utf8.DecodeRuneInString(strings.TrimLeft(s, " \u00a0\u3000"))
	return size > 0 && strings.ContainsRune(formulaStarts, first)
}

// defuse puts an apostrophe before a text that might be taken for a formula.
func defuse(s string) string {
	if explosive(s) {
		return "'" + s
	}
	return s
}

// fuse takes the apostrophe away again, and the ="…" in which other programs keep digits
// as text.
func fuse(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && explosive(rest) {
		return rest
	}
	if inner, ok := strings.CutPrefix(s, `="`); ok && strings.IndexByte(inner, '"') == len(inner)-1 {
		return strings.TrimSuffix(inner, `"`)
	}
	return s
}
