package intake

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/domain"
)

// layout is a table laid out plainly: one record per row, one field per column,
// whatever the sheet looks like. Readers walk it and know nothing of cards,
// ticks, sections and records over several rows.
type layout struct {
	g      *SheetGuess
	cols   map[string]int         // field → column
	rows   []row                  // nil: the sheet's own rows serve
	index  []int                  // then these, by index in the sheet; nil: all from first to bottom
	notes  []Issue                // what was understood with a doubt
	known  func(name string) bool // is it a unit of the pilot
	base   int                    // columns from here on are made up
	source []int                  // where a made-up column's content stands
}

// newLayout lays the table of a guess out. known tells the names of units; it
// may be nil.
func newLayout(g *SheetGuess, known func(name string) bool) *layout {
	l := &layout{g: g, cols: map[string]int{}, known: known}
	if g.Form == nil {
		return l
	}
	several := map[string][]int{}
	width := 0
	for _, c := range g.Columns {
		width = max(width, c.Col+1)
		if c.Field == "" {
			continue
		}
		field, _, _ := strings.Cut(c.Field, "=")
		several[field] = append(several[field], c.Col)
		if _, twice := l.cols[c.Field]; !twice {
			l.cols[c.Field] = c.Col
		}
	}
	l.base = width
	if g.card != nil {
		l.cards()
		l.boxes()
		l.composites(several)
		l.values()
		return l
	}
	if g.Form.ID == "matrix" {
		return l
	}
	l.skipRepeats()
	l.boxes()
	if g.reg.left > 0 || g.reg.right < everyColumn {
		l.window()
	}
	if l.needsWork(several) {
		l.copyRows()
		l.ditto()
		l.sections()
		l.composites(several)
		l.fold()
	}
	l.context()
	l.values()
	return l
}

// context fills the fields that the lines above the header name for the whole
// table, such as the post of a self-check.
func (l *layout) context() {
	if l.g.Form.ID != "riskpoint" {
		return
	}
	for field, labels := range map[string][]string{"office": {"科室", "所在科室"}, "post": {"岗位", "岗位名称", "所在岗位"},
		"workflow": {"工作流程", "流程名称", "业务流程"}} {
		if l.at(field) >= 0 || field == "workflow" && l.at("segment") >= 0 {
			continue
		}
		text := contextOf(l.g.above, labels...)
		if text == "" && field == "post" {
			text = contextOf(l.g.above, "职务", "现任职务")
		}
		if text == "" {
			continue
		}
		c := l.virtual(field, l.firstColumn())
		for i := range l.rows {
			if !isRemark(l.rows[i].first()) {
				l.rows[i].cells[c] = text
			}
		}
	}
}

// at returns the column of a field, -1 when the table has none.
func (l *layout) at(field string) int {
	if c, ok := l.cols[field]; ok {
		return c
	}
	return -1
}

func (l *layout) len() int {
	switch {
	case l.rows != nil:
		return len(l.rows)
	case l.index != nil:
		return len(l.index)
	case l.g.card != nil:
		return 0
	}
	return max(l.g.reg.bottom-l.g.first, 0)
}

func (l *layout) row(i int) row {
	switch {
	case l.rows != nil:
		return l.rows[i]
	case l.index != nil:
		return l.g.grid.row(l.index[i])
	}
	return l.g.grid.row(l.g.first + i)
}

// skipRepeats leaves out headers that come again on every printed page.
func (l *layout) skipRepeats() {
	if len(l.g.repeats) == 0 {
		return
	}
	l.index = []int{}
	for i := l.g.first; i < l.g.reg.bottom; i++ {
		if !l.g.repeats[i] {
			l.index = append(l.index, i)
		}
	}
}

// cards makes a row of every card.
func (l *layout) cards() {
	l.rows = []row{}
	for _, c := range l.g.card.rows {
		l.rows = append(l.rows, row{g: &grid{sheet: l.g.Sheet}, no: c.no, cells: c.cells, addr: c.addr})
	}
}

// copyRows takes rows of its own, so that they may be changed.
func (l *layout) copyRows() {
	if l.rows != nil {
		return
	}
	n := l.len()
	rows := make([]row, n)
	for i := range n {
		rows[i] = l.row(i)
		cells := make([]string, max(l.base, len(rows[i].cells)))
		copy(cells, rows[i].cells)
		rows[i].cells = cells
	}
	l.rows = rows
	for i := range rows {
		l.base = max(l.base, len(rows[i].cells))
	}
}

// window keeps to the table's own columns when others stand beside it.
func (l *layout) window() {
	l.copyRows()
	kept := l.rows[:0]
	for _, w := range l.rows {
		own := false
		for c := range w.cells {
			if c < l.g.reg.left || c >= l.g.reg.right {
				w.cells[c] = ""
			}
			own = own || trim(w.cells[c]) != ""
		}
		if own {
			kept = append(kept, w)
		}
	}
	l.rows = kept
}

// needsWork looks for anything that is not a plain row: fields over several
// columns, section rows, ditto marks, rows that belong to the one above. It
// reads every row and so must be quick.
func (l *layout) needsWork(several map[string][]int) bool {
	for field, cols := range several {
		if len(cols) > 1 && field != "no" && !strings.Contains(field, ":") || strings.Contains(l.g.columnField(cols[0]), "=") {
			return true
		}
	}
	keys := l.keyColumns()
	if keys == nil {
		return false
	}
	no, code, name := l.at("no"), l.at("code"), l.at("name")
	point := l.g.Form.ID == "riskpoint"
	for i := range l.len() {
		w := l.row(i)
		n, own := 0, false
		for c, text := range w.cells {
			if text == "" {
				continue
			}
			if n++; isDitto(text) && c != no {
				return true
			}
		}
		for _, c := range keys {
			if own = own || w.raw(c) != ""; own {
				break
			}
		}
		if point && own && n > 0 && (code >= 0 && w.raw(code) == "" || name >= 0 && w.raw(name) == "" && w.get(name) != "") {
			return true
		}
		if n == 1 || !own && n > 0 {
			if text := w.first(); n > 1 || !isRemark(text) && !isNumber(text) {
				return true
			}
		}
	}
	return false
}

func (g *SheetGuess) columnField(col int) string {
	for _, c := range g.Columns {
		if c.Col == col {
			return c.Field
		}
	}
	return ""
}

// keyColumns are the columns that make a row a record of its own; nil for forms
// whose rows always stand alone.
func (l *layout) keyColumns() (out []int) {
	for _, f := range l.g.Form.keys {
		if c := l.at(f); c >= 0 {
			out = append(out, c)
		}
	}
	return out
}

// ours reports whether we wrote the row for a record: it stands for itself, whatever
// its texts look like.
func (l *layout) ours(w *row) bool {
	c := l.at(machineField)
	return c >= 0 && w.raw(c) != ""
}

// isDitto reports whether a text stands for the one above.
func isDitto(s string) bool {
	switch len(s) {
	case 1:
		return s == "\""
	case 3:
		return s == "〃" || s == "″" || s == "”" || s == "“"
	case 6:
		return s == "同上" || s == "″″"
	}
	return false
}

// ditto replaces ditto marks by what stands above.
func (l *layout) ditto() {
	last := map[int]string{}
	for i := range l.rows {
		w := &l.rows[i]
		ours := l.ours(w)
		for c, text := range w.cells {
			if text = trim(text); text == "" {
				continue
			}
			if isDitto(text) && !ours {
				w.cells[c] = last[c]
				continue
			}
			last[c] = text
		}
	}
}

// written are the cells of a row that stand on the sheet, without what was put together.
func (l *layout) written(w *row) []string {
	if l.rows == nil {
		return w.cells
	}
	return w.cells[:min(l.base, len(w.cells))]
}

// virtual makes a column for a field that has none, or whose content is put
// together; source is a column to point at.
func (l *layout) virtual(field string, source int) int {
	l.copyRows()
	c := l.base + len(l.source)
	l.source = append(l.source, source)
	l.cols[field] = c
	for i := range l.rows {
		l.rows[i].cells = append(l.rows[i].cells, make([]string, c+1-len(l.rows[i].cells))...)
		l.rows[i].base, l.rows[i].source = l.base, l.source
	}
	for i := range l.rows {
		l.rows[i].source = l.source
	}
	return c
}

func (l *layout) note(cell, field, format string, args ...any) {
	l.notes = append(l.notes, Issue{Cell: cell, Field: field, Message: fmt.Sprintf(format, args...)})
}

// composites puts fields together that stand in several columns: lists piece by
// piece, ticked values by their ticks.
func (l *layout) composites(several map[string][]int) {
	for field, cols := range several {
		tick := strings.Contains(l.g.columnField(cols[0]), "=")
		if strings.Contains(field, ":") || field == "no" || len(cols) < 2 && !tick {
			continue
		}
		c := l.virtual(field, cols[0])
		for i := range l.rows {
			w := &l.rows[i]
			if tick {
				w.cells[c] = l.ticks(w, field, cols)
				continue
			}
			var parts []string
			for _, k := range cols {
				parts = append(parts, w.get(k))
			}
			w.cells[c] = joinList(field, parts)
		}
	}
}

// ticks reads which of a field's columns are ticked.
func (l *layout) ticks(w *row, field string, cols []int) string {
	var out []string
	for _, c := range cols {
		text := w.get(c)
		if text == "" {
			continue
		}
		_, value, is := strings.Cut(l.g.columnField(c), "=")
		switch {
		case !is:
			out = append(out, text)
		case isTick(text):
			out = append(out, value)
		case !isNothing(text) && text != "×" && text != "否":
			l.note(w.cell(c), field, "“%s”一栏应打√，现为“%s”，按没有打√处理", value, shorten(text))
		}
	}
	if field != "channels" && len(out) > 1 {
		l.note(w.cell(cols[0]), field, "“%s”打了不止一个√（%s），没有导入这一项，请核对", l.g.Form.Header(field), strings.Join(out, "、"))
		return ""
	}
	return strings.Join(out, "、")
}

func isTick(s string) bool {
	switch strings.ToUpper(s) {
	case "√", "✓", "✔", "☑", "■", "●", "▲", "★", "是", "有", "对", "1", "V", "Y", "YES", "TRUE", "√ ", "ⅴ":
		return true
	}
	return false
}

// joinList puts the pieces of a list together; measures are numbered on.
func joinList(field string, parts []string) string {
	var items []string
	for _, p := range parts {
		if isNothing(p) {
			continue
		}
		if field == "measures" {
			items = append(items, splitMeasures(p)...)
		} else if !slices.Contains(items, p) {
			items = append(items, p)
		}
	}
	switch {
	case len(items) == 0:
		return ""
	case len(items) == 1:
		return items[0]
	case field == "measures":
		for i := range items {
			items[i] = itoa(i+1) + "." + items[i]
		}
	case field == "owner" || field == "channels" || field == "points":
		return strings.Join(items, "、")
	}
	return strings.Join(items, "\n")
}

// values puts what a person said of single texts in the place of what is written.
func (l *layout) values() {
	for field, words := range l.g.Values {
		c := l.at(field)
		if c < 0 || len(words) == 0 {
			continue
		}
		l.copyRows()
		for i := range l.rows {
			if c < len(l.rows[i].cells) {
				if meant, ok := words[trim(l.rows[i].cells[c])]; ok {
					l.rows[i].cells[c] = meant
				}
			}
		}
	}
}

func isCategory(s string) bool {
	for _, c := range domain.Categories {
		if s == c {
			return true
		}
	}
	return false
}
