package intake

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/domain"
)

// Options say what a person already knows about the workbooks. It is also the
// content of the file that `import --map` takes.
type Options struct {
	As         string                       `json:"kind,omitempty"`        // force this kind or form for every sheet
	HeaderRow  int                          `json:"header_row,omitempty"`  // number of the first header row, 0 = look for it
	HeaderRows int                          `json:"header_rows,omitempty"` // 1–3, 0 = find out
	Columns    map[string]string            `json:"columns,omitempty"`     // header, or 列C → field, over what is recognised; "" or "-" ignores the column
	Values     map[string]map[string]string `json:"values,omitempty"`      // field → what is written → what is meant
	Skip       bool                         `json:"skip,omitempty"`        // leave the sheets out
	Sheets     map[string]Options           `json:"sheets,omitempty"`      // by sheet name, over all the above

	Words   []*domain.Synonym `json:"-"` // learned header words
	Layouts []*domain.Layout  `json:"-"` // mappings corrected before
}

// Knowing adds what a pilot has learned from earlier imports.
func (o Options) Knowing(p *domain.Pilot) Options {
	o.Words, o.Layouts = p.Synonyms.All(), p.Layouts.All()
	return o
}

// For returns the options that hold for a sheet.
func (o Options) For(sheet string) Options {
	s, ok := o.Sheets[sheet]
	if !ok {
		return o
	}
	if s.As == "" {
		s.As = o.As
	}
	if s.Columns == nil {
		s.Columns = o.Columns
	}
	if s.Values == nil {
		s.Values = o.Values
	}
	s.Words, s.Layouts = o.Words, o.Layouts
	return s
}

// SheetGuess is what a sheet, or one of several tables on it, was taken for. A
// person may change Skip, the columns' fields, the form or the header and plan again.
type SheetGuess struct {
	Book       *Book
	Sheet      *Sheet
	Form       *Form // nil: not understood, see Why
	HeaderRow  int   // number of the (first) header row
	HeaderRows int   // 1–3; 0 for a card, whose labels stand beside the values
	Columns    []Column
	Confidence float64 // 0–1: how much of the header is understood, and how surely
	Skip       bool
	Why        string // why it is skipped or not understood
	Unknown    bool   // not understood, as opposed to nothing to understand
	Part       string // which of several tables on the sheet: "A20:F31", "" if it is the only one
	Values     map[string]map[string]string
	Corrected  bool // a person changed it: the mapping is worth remembering
	Remembered bool // the mapping was corrected in an earlier import

	from    *analysis
	grid    *grid
	reg     region // where the table stands: its rows and columns
	first   int    // index of the first row below the header
	repeats map[int]bool
	above   []string          // texts above the header: title, unit, dates
	own     int               // so many of them stand right above; the others head the whole sheet. 0: all
	between []string          // cells between the table above and this one that may belong to either
	card    *cards            // labels beside values instead of a header
	strays  map[string]string // by cell, what stands on a card and belongs to no label that is known
	header  *header
}

// Column is one column of the header.
type Column struct {
	Col    int     // from 0
	Header string  // as written, one line
	Group  string  // the upper header, if there are two rows
	Field  string  // a field's name, a cross field such as "mark:A1", a ticked value such as "level=高", or "" = not imported
	Sure   float64 // 0–1: how sure the field is
	Learn  bool    // a person chose the field
}

// ViewOnly in the first row marks a sheet that is written to be read by people
// only; it is never imported.
const ViewOnly = "仅供查阅"

const headerSearch = 20 // rows with content in which any row may be a header; below, only rows of known words

// analysis is one sheet being looked at.
type analysis struct {
	book    *Book
	sheet   *Sheet
	grid    *grid
	as      string
	opts    Options
	columns map[string]string // a person's, by header key
	words   *vocabulary
	layouts map[string]*domain.Layout
	strays  map[string]string // see SheetGuess
}

// Analyse finds out what every sheet is. A sheet with several tables gives
// several guesses, one after the other.
func Analyse(books []*Book, opts Options) []*SheetGuess {
	layouts := map[string]*domain.Layout{}
	for _, l := range opts.Layouts {
		layouts[l.Fingerprint] = l
	}
	found := make([][]*SheetGuess, len(books))
	app.SideBySide(context.Background(), len(books), func(i int) { found[i] = analyseBook(books[i], opts, layouts) }, nil)
	return slices.Concat(found...)
}

func analyseBook(b *Book, opts Options, layouts map[string]*domain.Layout) (out []*SheetGuess) {
	words := newVocabulary(opts.Words)
	for _, s := range b.Sheets {
		if s.marked() {
			continue // our own drop-down lists
		}
		a := &analysis{book: b, sheet: s, grid: newGrid(s), words: words, layouts: layouts, opts: opts.For(s.Name)}
		a.as = a.opts.As
		if len(a.opts.Columns) > 0 {
			a.columns = map[string]string{}
			for h, field := range a.opts.Columns {
				a.columns[headerKey(h)] = field
			}
		}
		out = append(out, a.guesses()...)
	}
	return out
}

// guess makes an empty guess about the whole sheet.
func (a *analysis) guess() *SheetGuess {
	return &SheetGuess{Book: a.book, Sheet: a.sheet, grid: a.grid, from: a, reg: a.whole(), Values: a.opts.Values}
}

// everyColumn is the right end of a table that has the sheet's width to itself.
const everyColumn = 1 << 20

func (a *analysis) whole() region { return region{0, len(a.sheet.Rows), 0, everyColumn} }

func (a *analysis) guesses() []*SheetGuess {
	g, s := a.guess(), a.sheet
	switch {
	case a.opts.Skip:
		g.Skip, g.Why = true, fmt.Sprintf("对照文件指定不导入“%s”", s.Name)
	case s.Hidden && !s.ofRecords(), s.marked():
		g.Skip, g.Why = true, "隐藏的工作表，已跳过"
	case len(s.Rows) == 0:
		g.Skip, g.Why = true, "空白工作表，已跳过"
	case strings.Contains(s.Rows[0].join(), ViewOnly):
		g.Skip, g.Why = true, fmt.Sprintf("“%s”注明%s，已跳过", s.Name, ViewOnly)
	}
	if g.Skip {
		return []*SheetGuess{g}
	}
	if a.as == "" || a.as == "matrix" || a.as == "indicator" {
		if blocks := matrixBlocks(a.grid); len(blocks) > 0 {
			g.Form, g.HeaderRow, g.HeaderRows, g.Confidence = FormOf("matrix"), blocks[0].row, 1, 1
			g.lookAbove(0, blocks[0].index)
			return []*SheetGuess{g}
		}
	}
	found := a.tables(a.whole())
	if cards := a.findCards(a.whole(), found); len(cards) > 0 {
		found = cards
	}
	if len(found) == 0 {
		g.explainUnknown(a.opts)
		return []*SheetGuess{g}
	}
	if len(found) > 1 {
		for _, g := range found {
			g.Part = g.area()
		}
	}
	return found
}

func (r *Row) join() string {
	s := strings.Join(r.Cells, " ")
	if len(s) > 400 {
		return s[:400]
	}
	return s
}

func oneLine(s string) string {
	if !strings.ContainsAny(s, " \t\r\n\u3000") {
		return s
	}
	return strings.Join(strings.Fields(s), "")
}

// area names the part of the sheet a table takes: A20:F31.
func (g *SheetGuess) area() string {
	if g.card != nil {
		return CellName(g.Sheet.Rows[g.reg.top].No, g.reg.left+1)
	}
	left, right := g.reg.left, g.reg.left
	if n := len(g.Columns); n > 0 {
		left, right = g.Columns[0].Col, g.Columns[n-1].Col
	}
	return CellName(g.HeaderRow, left+1) + ":" + CellName(g.Sheet.Rows[g.reg.bottom-1].No, right+1)
}

// adopt makes the match the guess.
func (g *SheetGuess) adopt(m *match) {
	g.Form, g.header = m.form, m.header
	if g.card == nil {
		g.HeaderRow, g.HeaderRows = g.Sheet.Rows[m.header.index].No, m.header.rows
		g.first = m.header.index + m.header.rows
	}
	g.Columns = nil
	for i, c := range m.header.cols {
		g.Columns = append(g.Columns, Column{Col: c.col, Header: c.leaf, Group: c.group, Field: m.fields[i], Sure: m.sure[i]})
	}
	g.confide()
	if m.layout != nil {
		g.Remembered, g.Confidence = true, 1
		if g.Values == nil {
			g.Values = valuesOf(m.layout)
		}
	}
}

// lookAbove keeps the texts of the rows above the header, a label in a cell of
// its own together with what stands on its right.
func (g *SheetGuess) lookAbove(from, index int) {
	g.above = nil
	for _, r := range g.Sheet.Rows[from:index] {
		cells := r.Cells
		for c := 0; c < len(cells); c++ {
			text := trim(cells[c])
			if text == "" || c >= g.reg.right || c < g.reg.left && !g.alone(&r) {
				continue
			}
			if key := headerKey(text); aboveLabels[key] && len(text) < 40 {
				if value := nextText(cells, c); value != "" && !strings.ContainsAny(value, "：:") && !aboveLabels[headerKey(value)] {
					g.above = append(g.above, key+"："+value)
					continue
				}
			}
			g.above = append(g.above, text)
		}
	}
}

// alone reports whether a row holds one text only, a title over everything.
func (g *SheetGuess) alone(r *Row) bool { return filled(r.Cells) == 1 }

func filled(cells []string) (n int) {
	for _, c := range cells {
		if trim(c) != "" {
			n++
		}
	}
	return n
}

func nextText(cells []string, c int) string {
	for c++; c < len(cells); c++ {
		if s := trim(cells[c]); s != "" {
			return s
		}
	}
	return ""
}

// aboveLabels are the labels that may stand above a table in cells of their own.
var aboveLabels = map[string]bool{}

func init() {
	for _, l := range []string{"填报单位", "单位", "部门", "填报部门", "所在部门", "试点部门", "科室", "所在科室", "岗位", "岗位名称", "所在岗位",
		"职务", "所属部门", "单位名称", "部门名称", "工作流程", "流程名称", "业务流程", "评分人", "评分日期", "填表日期", "填报日期", "日期", "年度", "轮次", "评估轮次"} {
		aboveLabels[headerKey(l)] = true
	}
}

// SetForm takes the table for another form under the same header.
func (g *SheetGuess) SetForm(fm *Form) {
	h := g.header
	if h == nil || g.card == nil && (g.Sheet.Rows[h.index].No != g.HeaderRow || h.rows != g.HeaderRows) {
		h = g.from.headerAt(max(g.grid.index(g.HeaderRow), 0), max(g.HeaderRows, 1), g.reg)
	}
	if h == nil {
		return
	}
	m := g.from.matchForm(h, fm, "", true)
	if m == nil {
		m = &match{header: h, form: fm, fields: make([]string, len(h.cols)), sure: make([]float64, len(h.cols))}
	}
	g.adopt(m)
	if g.card == nil {
		g.lookAbove(0, h.index)
	}
	g.Skip, g.Why, g.Unknown, g.Corrected, g.repeats = false, "", false, true, nil
}

// confide sums up how sure the columns are; what a person said is.
func (g *SheetGuess) confide() {
	sum := 0.0
	for _, c := range g.Columns {
		switch {
		case c.Field != "":
			sum += c.Sure
		case c.Learn:
			sum += sureExact
		}
	}
	g.Confidence = sum / float64(max(len(g.Columns), 1))
}

// SetHeader says in which rows the header stands, by the number of the first.
func (g *SheetGuess) SetHeader(no, rows int) {
	g.card, g.header = nil, nil
	g.HeaderRow, g.HeaderRows = no, rows
	g.reg.bottom = len(g.Sheet.Rows)
	if g.Form != nil {
		g.SetForm(g.Form)
	}
}

// SetRole gives a column another meaning; another column that had it loses it,
// unless the field may be spread over several.
func (g *SheetGuess) SetRole(i int, field string) {
	for k := range g.Columns {
		if field != "" && g.Columns[k].Field == field && !listFields[g.Form.ID][field] {
			g.Columns[k].Field = ""
		}
	}
	g.Columns[i].Field, g.Columns[i].Sure, g.Columns[i].Learn = field, sureExact, true
	g.Corrected = true
	g.confide()
}

// SetValue says what a text in a field's column means; "" leaves it as written.
func (g *SheetGuess) SetValue(field, written, meant string) {
	next := map[string]map[string]string{}
	for f, m := range g.Values {
		next[f] = map[string]string{}
		for k, v := range m {
			next[f][k] = v
		}
	}
	if next[field] == nil {
		next[field] = map[string]string{}
	}
	if meant == "" {
		delete(next[field], written)
	} else {
		next[field][written] = meant
	}
	g.Values, g.Corrected = next, true
}

// Written lists the different texts of a field's column, in their order, at most n.
func (g *SheetGuess) Written(field string, n int) (out []string) {
	r := newLayout(g, nil)
	c := r.at(field)
	seen := map[string]bool{}
	for i := range r.len() {
		w := r.row(i)
		if s := w.raw(c); c >= 0 && s != "" && !seen[s] && len(out) < n {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

var proseNames = []string{"说明", "须知", "封面", "目录", "字典", "注意事项", "要求"}

func (g *SheetGuess) explainUnknown(opts Options) {
	first := g.Sheet.Rows[0]
	text := g.Sheet.Name + first.join()
	for _, n := range proseNames {
		if opts.As == "" && strings.Contains(text, n) && g.narrow() {
			g.Skip, g.Why = true, fmt.Sprintf("“%s”是说明文字，没有数据，已跳过", g.Sheet.Name)
			return
		}
	}
	g.Unknown = true
	switch forced := formsNamed(opts.As); {
	case opts.As != "" && forced == nil:
		g.Why = fmt.Sprintf("不认识的类别“%s”", opts.As)
	case opts.As != "":
		g.Why = fmt.Sprintf("工作表“%s”里没有找到%s的表头（应有“%s”等列），请检查是不是选错了表", g.Sheet.Name, forced[0].Title, headersOf(forced[0]))
	default:
		g.Why = fmt.Sprintf("没有认出工作表“%s”是什么表：没有找到可以识别的表头。请对照空白表式的列名，或指定表的类别和表头行", g.Sheet.Name)
	}
}

// narrow reports whether a sheet has hardly more than one column.
func (g *SheetGuess) narrow() bool {
	wide := 0
	for i := range g.Sheet.Rows {
		if filled(g.Sheet.Rows[i].Cells) > 2 {
			wide++
		}
	}
	return wide*2 <= len(g.Sheet.Rows)
}

// headersOf names the columns a form cannot do without.
func headersOf(fm *Form) string {
	var out []string
	for _, group := range fm.need {
		out = append(out, fm.Header(group[0]))
	}
	return strings.Join(out, "”“")
}

// Holds reports whether a cell, by row number and column from 0, lies in the
// table's part of the sheet.
func (g *SheetGuess) Holds(no, col int) bool {
	if g.Part == "" {
		return true
	}
	return g.holds(no) && col >= g.reg.left && col < g.reg.right
}

// CardRow is one record of a card: its values in the order of Columns, and the
// cells they were read from.
type CardRow struct {
	No    int
	Cells []string
	Addr  []string
}

// Cards gives the records of a sheet whose labels stand beside the values; nil
// for ordinary tables.
func (g *SheetGuess) Cards() (out []CardRow) {
	if g.card == nil {
		return nil
	}
	for _, c := range g.card.rows {
		out = append(out, CardRow{c.no, c.cells, c.addr})
	}
	return out
}
