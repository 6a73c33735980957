package xlsx

import (
	"fmt"
	"io"
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"lianshao/app/intake"
	"lianshao/app/sheet"
	"lianshao/domain"
)

// Heights in points of 11-point text; Excel allows 409 per row.
const (
	lineHeight = 15.0
	rowPadding = 4.0
	maxHeight  = 409.0
)

// Numbers of papers in Excel, and how wide a table prints legibly on the smaller one,
// in characters of half width: at 70 % of its size.
const (
	paperA3    = 8
	paperA4    = 9
	widestOnA4 = 205.0
)

// maxCellText is what Excel holds in a cell, in UTF-16 units; longer text would
// be cut off without a word.
const maxCellText = 32767

// sheetWriter writes one sheet.
type sheetWriter struct {
	*builder
	name   string
	s      sheet.Sheet
	w      *excelize.StreamWriter
	widths []float64
	row    int // last row written
}

func (b *builder) sheet(name string, s sheet.Sheet) error {
	if len(s.Columns) == 0 {
		return fault("工作表“" + s.Name + "”没有列")
	}
	head := len(s.Title) + len(s.Fill) + 1
	if s.NoHeading {
		head--
	}
	if head+s.Rows.Len()+s.Spare+len(s.Notes) > maxRow {
		return fault(fmt.Sprintf("工作表“%s”有 %d 行，超过 Excel 的上限", s.Name, s.Rows.Len()))
	}
	w := &sheetWriter{builder: b, name: name, s: s}
	w.measure()
	if err := w.page(head); err != nil {
		return err
	}
	var err error
	if w.w, err = b.f.NewStreamWriter(name); err != nil {
		return err
	}
	for _, step := range []func() error{w.columns, func() error { return w.panes(head) }, w.titles, w.header, w.gap, w.notes, w.w.Flush} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// page sets what is printed how. FitToPage comes after the filter, which would
// reset it.
func (w *sheetWriter) page(head int) error {
	last := head + w.s.Rows.Len() + w.s.Spare
	right := intake.ColumnName(len(w.s.Columns))
	if !w.s.NoFilter && !w.s.NoHeading {
		if err := w.f.AutoFilter(w.name, fmt.Sprintf("A%d:%s%d", head, right, max(last, head+1)), nil); err != nil {
			return err
		}
	}
	yes, paper, orientation, wide, tall := true, paperA4, "landscape", 1, 0
	if w.across() > widestOnA4 {
		paper = paperA3
	}
	if w.s.Portrait {
		orientation = "portrait"
	}
	if err := w.f.SetSheetProps(w.name, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	if err := w.f.SetPageLayout(w.name, &excelize.PageLayoutOptions{Size: &paper, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall}); err != nil {
		return err
	}
	side, top, edge := 0.5, 0.7, 0.3
	margins := excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &top, Header: &edge, Footer: &edge, Horizontally: &yes}
	if err := w.f.SetPageMargins(w.name, &margins); err != nil {
		return err
	}
	if err := w.f.SetHeaderFooter(w.name, &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页 共 &N 页"}); err != nil {
		return err
	}
	if !w.s.NoHeading {
		quoted := strings.ReplaceAll(w.name, "'", "''")
		titles := &excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", quoted, head, head), Scope: w.name}
		if err := w.f.SetDefinedName(titles); err != nil {
			return err
		}
	}
	return w.rules(head)
}

// measure decides how wide the columns are.
func (w *sheetWriter) measure() {
	w.widths = make([]float64, len(w.s.Columns))
	for i, c := range w.s.Columns {
		w.widths[i] = c.Width
		if c.Width <= 0 {
			w.widths[i] = max(textWidth(c.Header)+3, [5]float64{sheet.Text: 14, sheet.Int: 8, sheet.Float: 9, sheet.Date: 12, sheet.Percent: 9}[c.Format])
		}
		w.widths[i] = min(w.widths[i], 255)
	}
}

// columns sets widths and looks. excelize puts every column before those it has: from
// right to left they come out in the order Excel wants.
func (w *sheetWriter) columns() error {
	for i := len(w.s.Columns) - 1; i >= 0; i-- {
		if err := w.w.SetColWidth(i+1, i+1, w.widths[i]); err != nil {
			return err
		}
		if w.s.Columns[i].Hidden {
			if err := w.f.SetColVisible(w.name, intake.ColumnName(i+1), false); err != nil {
				return err
			}
		}
		if err := w.w.SetColStyle(i+1, i+1, w.styles.column[lookOf(&w.s.Columns[i])]); err != nil {
			return err
		}
	}
	return nil
}

func (w *sheetWriter) panes(head int) error {
	if w.s.NoHeading {
		return nil
	}
	pane := "bottomLeft"
	if w.s.Frozen > 0 {
		pane = "bottomRight"
	}
	return w.w.SetPanes(&excelize.Panes{Freeze: true, XSplit: w.s.Frozen, YSplit: head,
		TopLeftCell: intake.CellName(head+1, w.s.Frozen+1), ActivePane: pane})
}

// line writes one cell across the table.
func (w *sheetWriter) line(text string, style int, height float64) error {
	w.row++
	cell := intake.CellName(w.row, 1)
	if len(w.s.Columns) > 1 {
		if err := w.w.MergeCell(cell, intake.CellName(w.row, len(w.s.Columns))); err != nil {
			return err
		}
	}
	return w.w.SetRow(cell, []any{excelize.Cell{StyleID: style, Value: plainText(text)}}, excelize.RowOpts{Height: height})
}

// titles writes the title lines and those to be filled in.
func (w *sheetWriter) titles() error {
	for i, t := range w.s.Title {
		style, height := w.styles.title, 30.0
		if i > 0 {
			style, height = w.styles.subtitle, 20
		}
		if lines := countLines(t, w.across()-2); i > 0 && lines > 1 {
			style, height = w.styles.note, heightOf(lines)
		}
		if err := w.line(t, style, height); err != nil {
			return err
		}
	}
	for _, t := range w.s.Fill {
		if err := w.line(t, w.styles.fill, 20); err != nil {
			return err
		}
	}
	return nil
}

// across is the width of all columns.
func (w *sheetWriter) across() (total float64) {
	for i, x := range w.widths {
		if w.s.Columns[i].Hidden {
			continue
		}
		total += x
	}
	return total
}

func (w *sheetWriter) header() error {
	if w.s.NoHeading {
		return nil
	}
	w.row++
	lines, cells := 1, make([]any, len(w.s.Columns))
	for i, c := range w.s.Columns {
		cells[i] = excelize.Cell{StyleID: w.styles.header, Value: plainText(c.Header)}
		if !c.Hidden {
			lines = max(lines, countLines(c.Header, w.widths[i]-1))
		}
	}
	return w.w.SetRow(intake.CellName(w.row, 1), cells, excelize.RowOpts{Height: heightOf(lines) + 6})
}

func heightOf(lines int) float64 { return min(float64(lines)*lineHeight+rowPadding, maxHeight) }

// gap leaves room for the rows, which come when the file is written.
func (w *sheetWriter) gap() error {
	n := w.s.Rows.Len() + w.s.Spare
	if n == 0 {
		return nil
	}
	from := w.row + 1
	w.row += n
	g, height := newGap(len(w.parts.gaps), from, func(to io.Writer) error { return w.rows(from, to) })
	w.parts.gaps = append(w.parts.gaps, g)
	return w.w.SetRow(intake.CellName(from, 1), nil, excelize.RowOpts{Height: height})
}

// set are the looks of a column's cells.
func (w *sheetWriter) set(col int) *[looks]int {
	switch {
	case w.s.Protected && w.s.Columns[col].Closed:
		return &w.styles.closed
	case w.s.Protected:
		return &w.styles.open
	}
	return &w.styles.cell
}

func (w *sheetWriter) notes() error {
	for _, n := range w.s.Notes {
		if err := w.line(n, w.styles.note, min(heightOf(countLines(n, w.across()))+6, maxHeight)); err != nil {
			return err
		}
	}
	return nil
}

// cellValue turns a value into a string, float64, integer or nil, and gives its text if
// it is one.
func cellValue(v any, f sheet.Format) (value any, text string) {
	switch x := v.(type) {
	case nil:
		return nil, ""
	case string:
		text = x
	case domain.Date:
		text = string(x)
	case int, int8, int16, int32, int64, uint8, uint16, uint32:
		return v, ""
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, ""
		}
		return v, ""
	case bool:
		text = map[bool]string{true: "是", false: "否"}[x]
	default:
		text = fmt.Sprint(v)
	}
	if text == "" {
		return nil, ""
	}
	if f == sheet.Date {
		if day, err := time.Parse("2006-01-02", text); err == nil && day.Year() >= 1901 {
			return int(day.Sub(serialZero).Hours() / 24), ""
		}
	}
	clean := plainText(text)
	if s, ok := v.(string); ok && s == clean {
		return v, clean // no new box for the same text
	}
	return clean, clean
}

// serialZero is day 0 of Excel's calendar from 1901 on.
var serialZero = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// plainText removes what XML cannot hold and makes line ends uniform.
func plainText(s string) string {
	plain := true
	for i := range len(s) {
		if s[i] < ' ' && s[i] != '\n' && s[i] != '\t' || strings.HasPrefix(s[i:], "\xef\xbf") {
			plain = false
			break
		}
	}
	if plain && utf8.ValidString(s) {
		return s
	}
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r < ' ' && r != '\n' && r != '\t', r == 0xfffe, r == 0xffff:
			return -1
		}
		return r
	}, s)
}

// textWidth measures in characters of half width.
func textWidth(s string) float64 {
	w := 0.0
	for _, r := range s {
		if r < 0x2000 {
			w++
		} else {
			w += 2
		}
	}
	return w
}

// countLines says how many lines the text takes in a column of the width.
func countLines(s string, width float64) int {
	lines, at := 1, 0.0
	for _, r := range s {
		if r == '\n' {
			lines, at = lines+1, 0
			continue
		}
		step := 1.0
		if r >= 0x2000 {
			step = 2
		}
		if at+step > width && at > 0 {
			lines, at = lines+1, 0
		}
		at += step
	}
	return lines
}
