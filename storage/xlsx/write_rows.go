package xlsx

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"lianshao/app/intake"
	"lianshao/app/sheet"
)

// rowWriter writes the rows of a sheet as the format wants them, from the first row of
// the table on.
type rowWriter struct {
	*sheetWriter
	out  io.Writer
	buf  []byte // rows that are not yet packed
	cols []rowColumn

	number, cells []byte // of the row in the making
}

// rowColumn is what the cells of a column have in common.
type rowColumn struct {
	*sheet.Column
	open  string        // begins a cell, up to its row's number
	style [looks]string // follows the number
	look  sheet.Format
	width float64 // for text, in characters of half width
}

// rowChunk is how much is packed at a time, in bytes.
const rowChunk = 64 << 10

// rows writes the table and the empty rows below it. from is the first row's number.
func (w *sheetWriter) rows(from int, out io.Writer) error {
	r := &rowWriter{sheetWriter: w, out: out, buf: make([]byte, 0, 2*rowChunk), cols: make([]rowColumn, len(w.s.Columns))}
	for i := range r.cols {
		c := &w.s.Columns[i]
		r.cols[i] = rowColumn{Column: c, open: `<c r="` + intake.ColumnName(i+1), look: lookOf(c), width: w.widths[i] - 1}
		for l, style := range w.set(i) {
			r.cols[i].style[l] = fmt.Sprintf(`" s="%d`, style)
		}
	}
	no := from
	for row := range w.s.Rows.All() {
		if err := r.row(no, row); err != nil {
			return err
		}
		no++
	}
	if no-from != w.s.Rows.Len() {
		return fmt.Errorf("%d rows were told, %d came", w.s.Rows.Len(), no-from)
	}
	for range w.s.Spare {
		if err := r.row(no, nil); err != nil {
			return err
		}
		no++
	}
	return r.flush()
}

// row writes one row, as high as its longest text needs.
func (r *rowWriter) row(no int, row []any) error {
	if r.done++; r.done%1024 == 0 {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		r.progress(min(r.done, r.total), r.total)
	}
	r.number = strconv.AppendInt(r.number[:0], int64(no), 10)
	r.cells = r.cells[:0]
	lines := 1
	for i := range r.cols {
		var v any
		if i < len(row) {
			v = row[i]
		}
		n, err := r.cell(&r.cols[i], v)
		if err != nil {
			return fault(fmt.Sprintf("工作表“%s”第 %d 行的“%s”%s", r.name, no, r.cols[i].Header, err.Error()))
		}
		lines = max(lines, n)
	}
	r.buf = append(append(r.buf, `<row r="`...), r.number...)
	if row != nil { // an empty row grows with what is typed into it, unless its height is set
		r.buf = strconv.AppendFloat(append(r.buf, `" ht="`...), heightOf(lines), 'f', -1, 64)
		r.buf = append(r.buf, `" customHeight="1`...)
	}
	r.buf = append(append(append(r.buf, `">`...), r.cells...), `</row>`...)
	if len(r.buf) < rowChunk {
		return nil
	}
	return r.flush()
}

func (r *rowWriter) flush() error {
	_, err := r.out.Write(r.buf)
	r.buf = r.buf[:0]
	return err
}

// cell writes one cell and says how many lines it takes.
func (r *rowWriter) cell(c *rowColumn, v any) (lines int, err error) {
	value, text := cellValue(v, c.Format)
	look := c.look
	if x, ok := value.(float64); ok && look == anyNumber && x != math.Trunc(x) {
		look = sheet.Float
	}
	b := append(append(append(r.cells, c.open...), r.number...), c.style[look]...)
	lines = 1
	switch x := value.(type) {
	case nil:
		b = append(b, `"/>`...)
	case string:
		if len(text) > maxCellText && len(cut(text, maxCellText)) < len(text) {
			return 0, fault(fmt.Sprintf("超过 %d 字，Excel 放不下，请缩短后再导出", maxCellText))
		}
		if !c.Hidden && (float64(len(text)) > c.width || strings.IndexByte(text, '\n') >= 0) { // bytes are never fewer than columns
			lines = countLines(text, c.width)
		}
		b = append(b, `" t="inlineStr"><is><t`...)
		if strings.TrimSpace(x) != x {
			b = append(b, ` xml:space="preserve"`...)
		}
		b = append(appendText(append(b, '>'), x), `</t></is></c>`...)
	case float64:
		const digits = 15 // what Excel keeps
		b = append(strconv.AppendFloat(append(b, `"><v>`...), x, 'g', digits, 64), `</v></c>`...)
	case int:
		b = append(strconv.AppendInt(append(b, `"><v>`...), int64(x), 10), `</v></c>`...)
	default: // the other integers
		b = append(fmt.Append(append(b, `"><v>`...), x), `</v></c>`...)
	}
	r.cells = b
	return lines, nil
}

// appendText writes a text that plainText has been over into XML.
func appendText(b []byte, s string) []byte {
	from := 0
	for i := range len(s) {
		var with string
		switch s[i] {
		case '&':
			with = "&amp;"
		case '<':
			with = "&lt;"
		case '>':
			with = "&gt;"
		case '_':
			if !escapeLike(s[i:]) {
				continue
			}
			with = "_x005F_"
		default:
			continue
		}
		b, from = append(append(b, s[from:i]...), with...), i+1
	}
	return append(b, s[from:]...)
}

// escapeLike reports whether a text begins as Excel writes a character that XML cannot
// hold: _x000D_. Excel would read that character.
func escapeLike(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(s[2:6], 16, 16)
	return err == nil
}
