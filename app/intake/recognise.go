package intake

import (
	"fmt"
	"strings"
)

// Options say what a person already knows about the workbooks.
type Options struct {
	As      string            // force this kind or form for every sheet
	Columns map[string]string // header → field, over what is recognised; "" or "-" ignores the column
}

// SheetGuess is what a sheet was taken for. A person may change Skip and the
// columns' fields, or the form with SetForm, and plan again.
type SheetGuess struct {
	Book       *Book
	Sheet      *Sheet
	Form       *Form // nil: not understood, see Why
	HeaderRow  int   // number of the (first) header row
	HeaderRows int   // 1 or 2
	Columns    []Column
	Confidence float64 // 0–1: how much of the header is understood
	Skip       bool
	Why        string // why it is skipped or not understood
	Unknown    bool   // not understood, as opposed to nothing to understand

	grid  *grid
	first int      // index of the first row below the header
	above []string // texts above the header: title, unit, dates
}

// Column is one column of the header.
type Column struct {
	Col    int    // from 0
	Header string // as written, one line
	Group  string // the upper header, if there are two rows
	Field  string // a field's name, a cross field such as "mark:A1", or "" = not imported
}

// ViewOnly in the first row marks a sheet that is written to be read by people
// only; it is never imported.
const ViewOnly = "仅供查阅"

const headerSearch = 20 // rows with content in which a header is looked for

// Analyse finds out what every sheet is.
func Analyse(books []*Book, opts Options) []*SheetGuess {
	var out []*SheetGuess
	for _, b := range books {
		for _, s := range b.Sheets {
			if s.marked() {
				continue // our own drop-down lists
			}
			out = append(out, analyseSheet(b, s, opts))
		}
	}
	return out
}

func analyseSheet(b *Book, s *Sheet, opts Options) *SheetGuess {
	g := &SheetGuess{Book: b, Sheet: s, grid: newGrid(s)}
	switch {
	case s.Hidden:
		g.Skip, g.Why = true, "隐藏的工作表，已跳过"
		return g
	case len(s.Rows) == 0:
		g.Skip, g.Why = true, "空白工作表，已跳过"
		return g
	case strings.Contains(s.Rows[0].join(), ViewOnly):
		g.Skip, g.Why = true, fmt.Sprintf("“%s”注明%s，已跳过", s.Name, ViewOnly)
		return g
	}
	if opts.As == "" || opts.As == "matrix" || opts.As == "indicator" {
		if blocks := matrixBlocks(g.grid); len(blocks) > 0 {
			g.Form, g.HeaderRow, g.HeaderRows, g.Confidence = FormOf("matrix"), blocks[0].row, 1, 1
			g.lookAbove(blocks[0].index)
			return g
		}
	}
	best := g.bestMatch(opts)
	if best == nil {
		g.explainUnknown(opts)
		return g
	}
	g.adopt(best)
	return g
}

// header is a candidate for the header of a sheet.
type header struct {
	index, rows int
	cols        []headerCell
}

type headerCell struct {
	col         int
	leaf, group string
	keys        []string // of leaf, then of group and leaf
}

type match struct {
	header *header
	form   *Form
	fields []string // per header cell
	score  float64
	used   int
}

func (g *SheetGuess) bestMatch(opts Options) *match {
	forced := formsNamed(opts.As)
	if opts.As != "" && len(forced) == 0 {
		return nil
	}
	override := map[string]string{}
	for h, field := range opts.Columns {
		override[headerKey(h)] = field
	}
	title := g.Sheet.Name + " " + g.Book.File
	var best *match
	for i := 0; i < len(g.Sheet.Rows) && i < headerSearch; i++ {
		for rows := 1; rows <= 2; rows++ {
			h := g.headerAt(i, rows)
			if h == nil {
				continue
			}
			for _, fm := range candidates(forced) {
				if m := matchForm(h, fm, override, title, opts.As != ""); m != nil && (best == nil || m.score > best.score) {
					best = m
				}
			}
		}
		title += " " + g.Sheet.Rows[i].join()
	}
	return best
}

func candidates(forced []*Form) []*Form {
	if forced != nil {
		return forced
	}
	return forms
}

func formsNamed(id string) []*Form {
	switch id {
	case "":
		return nil
	case "step":
		id = "workflow"
	case "indicatorsystem":
		id = "indicator"
	}
	var out []*Form
	for _, fm := range forms {
		if fm.ID == id || string(fm.Kind) == id {
			out = append(out, fm)
		}
	}
	return out
}

func (r *Row) join() string {
	s := strings.Join(r.Cells, " ")
	if len(s) > 400 {
		return s[:400]
	}
	return s
}

// headerAt reads one or two rows as a header; nil when they cannot be one.
func (g *SheetGuess) headerAt(i, rows int) *header {
	top := g.Sheet.Rows[i]
	var sub Row
	if rows == 2 {
		if i+1 >= len(g.Sheet.Rows) || g.Sheet.Rows[i+1].No != top.No+1 {
			return nil
		}
		sub = g.Sheet.Rows[i+1]
	}
	h := &header{index: i, rows: rows}
	width := max(len(top.Cells), len(sub.Cells))
	group := ""
	for c := 0; c < width; c++ {
		t, s := oneLine(cellText(top.Cells, c)), oneLine(cellText(sub.Cells, c))
		if t != "" {
			group = t
		}
		cell := headerCell{col: c, leaf: t}
		if s != "" {
			cell.leaf, cell.group = s, group
		}
		if cell.leaf == "" {
			continue
		}
		cell.keys = headerKeys(cell.leaf)
		if cell.group != "" {
			cell.keys = append(cell.keys, headerKey(cell.group+cell.leaf))
		}
		h.cols = append(h.cols, cell)
	}
	if len(h.cols) < 2 {
		return nil
	}
	return h
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), "") }

// matchForm tells how well a header fits a form; nil when it does not.
func matchForm(h *header, fm *Form, override map[string]string, title string, forced bool) *match {
	if len(fm.Fields) == 0 {
		return nil
	}
	m := &match{header: h, form: fm, fields: make([]string, len(h.cols))}
	seen := map[string]bool{}
	for i := range h.cols {
		field := fm.fieldOf(&h.cols[i], override, seen)
		if field == "" {
			continue
		}
		m.fields[i] = field
		seen[field] = true
		if prefix, _, ok := strings.Cut(field, ":"); ok {
			seen[prefix] = true
		}
		m.used++
		if field != "no" {
			m.score++
		}
	}
	if fm.Cross == CrossAssessor && seen["icode"] && seen["unit"] {
		m.assessorColumns(seen)
	}
	for _, group := range fm.need {
		if !anyOf(seen, group) && (!forced || m.used == 0) {
			return nil
		}
	}
	m.score -= 0.3 * float64(len(h.cols)-m.used)
	if anyOf(seen, fm.lacks) {
		m.score -= 3
	}
	for k, hint := range fm.hints {
		if k < 3 && strings.Contains(title, hint) {
			m.score += 1.5
			break
		}
	}
	if h.rows == 2 {
		m.score -= 0.5
	}
	return m
}

func anyOf(seen map[string]bool, names []string) bool {
	for _, n := range names {
		if seen[n] {
			return true
		}
	}
	return false
}

// fieldOf finds the field a header cell means, "" if none or already taken.
func (fm *Form) fieldOf(c *headerCell, override map[string]string, seen map[string]bool) string {
	for _, k := range c.keys {
		if field, ok := override[k]; ok {
			if field == "-" {
				return ""
			}
			return field
		}
	}
	if field := fm.crossField(c); field != "" && !seen[field] {
		return field
	}
	for _, k := range c.keys {
		if field := fm.lookup(k); field != "" {
			if seen[field] {
				return ""
			}
			return field
		}
	}
	return ""
}

// crossField reads the headers of cross tables.
func (fm *Form) crossField(c *headerCell) string {
	switch fm.Cross {
	case CrossMark:
		if code := indicatorCode(c.leaf); code != "" {
			return CrossMark + ":" + code
		}
	case CrossReading:
		if p := period(c.group, c.leaf); p != "" {
			return CrossReading + ":" + p
		}
	case CrossSelf:
		for _, x := range [2][2]string{{"自评分", CrossSelf}, {"核准分", CrossConfirmed}} {
			unit, ok := strings.CutSuffix(c.leaf, x[0])
			if ok && unit == "" {
				unit = c.group
			}
			if ok && unit != "" {
				return x[1] + ":" + unit
			}
		}
	}
	return ""
}

// assessorColumns takes every column that is nothing else for an assessor.
func (m *match) assessorColumns(seen map[string]bool) {
	for i, c := range m.header.cols {
		if m.fields[i] == "" && !isNumber(c.leaf) && len(c.leaf) < 60 && !isSummary(c.leaf) {
			m.fields[i] = CrossAssessor + ":" + c.leaf
			m.used++
			m.score++
			seen[CrossAssessor] = true
		}
	}
}

// isSummary reports whether a column holds what is computed from the others.
func isSummary(header string) bool {
	for _, word := range []string{"平均", "均值", "均分", "合计", "总分", "得分", "最高", "最低", "汇总", "中位"} {
		if strings.Contains(header, word) {
			return true
		}
	}
	return false
}

func isNumber(s string) bool {
	_, _, ok := parseNumber(s)
	return ok
}

// indicatorCode reads the code a mark's header begins with: A1, S12.
func indicatorCode(h string) string {
	i := 0
	for i < len(h) && i < 2 && h[i] >= 'A' && h[i] <= 'Z' {
		i++
	}
	j := i
	for j < len(h) && j < i+2 && h[j] >= '0' && h[j] <= '9' {
		j++
	}
	if i == 0 || j == i || j < len(h) && (h[j] >= '0' && h[j] <= '9' || h[j] == '-') {
		return ""
	}
	return h[:j]
}

// period reads a month: 2025年 above 5月, 2025年5月, 2025-05, 2025.5.
func period(group, leaf string) string {
	text := leaf
	if strings.HasSuffix(group, "年") && !strings.Contains(leaf, "年") {
		text = group + leaf
	}
	text = strings.NewReplacer("年", "-", ".", "-", "/", "-", "月", "").Replace(text)
	y, mo, ok := strings.Cut(text, "-")
	year, okY := parseWhole(y)
	month, okM := parseWhole(mo)
	if !ok || !okY || !okM || len(y) != 4 || year < 1990 || year > 2100 || month < 1 || month > 12 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", year, month)
}

// adopt makes the match the guess.
func (g *SheetGuess) adopt(m *match) {
	g.Form = m.form
	g.HeaderRow, g.HeaderRows = g.Sheet.Rows[m.header.index].No, m.header.rows
	g.first = m.header.index + m.header.rows
	g.Confidence = float64(m.used) / float64(len(m.header.cols))
	g.Columns = nil
	for i, c := range m.header.cols {
		g.Columns = append(g.Columns, Column{Col: c.col, Header: c.leaf, Group: c.group, Field: m.fields[i]})
	}
	g.lookAbove(m.header.index)
}

// lookAbove keeps the texts of the rows above the header.
func (g *SheetGuess) lookAbove(index int) {
	g.above = nil
	for _, r := range g.Sheet.Rows[:index] {
		for _, c := range r.Cells {
			if c = trim(c); c != "" {
				g.above = append(g.above, c)
			}
		}
	}
}

// SetForm takes the sheet for another form under the same header.
func (g *SheetGuess) SetForm(fm *Form) {
	i := g.grid.index(g.HeaderRow)
	if i < 0 {
		i = 0
	}
	h := g.headerAt(i, max(g.HeaderRows, 1))
	if h == nil {
		return
	}
	if m := matchForm(h, fm, nil, "", true); m != nil {
		g.adopt(m)
	} else {
		g.adopt(&match{header: h, form: fm, fields: make([]string, len(h.cols))})
	}
	g.Skip, g.Why, g.Unknown = false, "", false
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
		g.Why = fmt.Sprintf("没有认出工作表“%s”是什么表：前%d行里没有找到可以识别的表头。请对照空白表式的列名，或指定表的类别", g.Sheet.Name, headerSearch)
	}
}

// narrow reports whether a sheet has hardly more than one column.
func (g *SheetGuess) narrow() bool {
	wide := 0
	for i := range g.Sheet.Rows {
		n := 0
		for _, c := range g.Sheet.Rows[i].Cells {
			if trim(c) != "" {
				n++
			}
		}
		if n > 2 {
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
