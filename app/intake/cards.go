package intake

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// cards are records whose labels stand beside the values: one form per sheet,
// several below each other or side by side, or a table on its side with a
// record per column.
type cards struct{ rows []cardRow }

// cardRow is one record, its values in the order of the header's labels.
type cardRow struct {
	no    int // number of its first row
	cells []string
	addr  []string // the cell each value was read from
}

// pair is a label with the value on its right.
type pair struct {
	label, value string
	row, col     int // of the value; of the label where there is none
	at           int // the row's index
	lab          int // the label's column
	last         int // the row down to which the value goes
}

// cardLabels are labels of cards that are no field of any form.
var cardLabels = map[string]bool{}

func init() {
	for _, l := range []string{"姓名", "职务", "职称", "性别", "出生年月", "政治面貌", "联系电话", "填表人", "填表日期", "填报日期", "本人签字", "本人签名",
		"签字", "签名", "日期", "科室意见", "部门意见", "部门审核意见", "审核意见", "审批意见", "领导意见", "纪委意见", "承诺", "照片",
		"个人承诺", "本人承诺", "承诺人", "单位意见", "单位审核意见", "学院意见", "党组织意见", "党支部意见", "党总支意见", "分管领导意见", "主管领导意见",
		"分管校领导意见", "纪委审核意见", "领导签字", "负责人签字", "部门负责人签字", "填报人", "填表时间", "填报时间", "审核人", "联系人", "联系方式", "电话", "手机", "学历"} {
		cardLabels[headerKey(l)] = true
	}
}

// findCards reads a region as cards when that explains more of it than the
// tables found; nil when it is none.
func (a *analysis) findCards(reg region, found []*SheetGuess) []*SheetGuess {
	if a.columns != nil && a.opts.HeaderRow > 0 || len(a.sheet.Rows) > 2000 {
		return nil
	}
	best := 0
	for _, g := range found {
		for _, c := range g.Columns {
			if c.Field != "" && c.Sure >= AskBelow && g.dataBelow(c.Col) {
				best++
			}
		}
		if g.Remembered {
			return nil
		}
	}
	a.strays = map[string]string{}
	records := a.onItsSide(reg)
	if records == nil {
		records = a.cardPairs(reg)
	}
	var out []*SheetGuess
	for _, fm := range candidates(formsNamed(a.as)) {
		if fm.Cross != "" || fm.ID == "info" && len(records) > 1 {
			continue
		}
		if g, n := a.cardGuess(fm, records, reg); g != nil && n >= 4 && n > best {
			out = append(out, g)
		}
	}
	if out = mainCards(out); len(out) > 0 {
		out[0].strays = a.strays
	}
	return out
}

// mainCards keeps the form that explains most of the cards, and the post's when
// the card tells of the post as well.
func mainCards(all []*SheetGuess) []*SheetGuess {
	if len(all) == 0 {
		return nil
	}
	used := func(g *SheetGuess) (n int) {
		for _, c := range g.Columns {
			if c.Field != "" {
				n++
			}
		}
		return n
	}
	main := slices.MaxFunc(all, func(x, y *SheetGuess) int { return used(x) - used(y) })
	out := []*SheetGuess{main}
	for _, g := range all {
		if g != main && g.Form.ID == "post" && main.Form.ID == "riskpoint" {
			out = append(out, g)
		}
	}
	return out
}

// dataBelow reports whether a column has content below the header.
func (g *SheetGuess) dataBelow(col int) bool {
	for i := g.first; i < min(g.reg.bottom, g.first+50); i++ {
		if text := cellText(g.Sheet.Rows[i].Cells, col); text != "" && !g.from.words.known(text) {
			return true
		}
	}
	return false
}

// cardGuess reads the records as a form's; n counts the values it understands
// in the first of them.
func (a *analysis) cardGuess(fm *Form, records [][]pair, reg region) (g *SheetGuess, n int) {
	h := &header{rows: 0}
	at := map[string]int{}
	for _, rec := range records {
		for _, p := range rec {
			if _, there := at[p.label]; !there {
				at[p.label] = len(h.cols)
				h.cols = append(h.cols, newHeaderCell(len(h.cols), p.label))
			}
		}
	}
	if len(h.cols) < 3 {
		return nil, 0
	}
	m := a.remembered(h)
	if m == nil || m.form != fm {
		m = a.matchForm(h, fm, "", false)
	}
	if m == nil {
		return nil, 0
	}
	g = a.guess()
	g.card = &cards{}
	g.reg = reg
	for k, rec := range records {
		row := cardRow{cells: make([]string, len(h.cols)), addr: make([]string, len(h.cols))}
		for _, p := range rec {
			i := at[p.label]
			row.cells[i], row.addr[i] = p.value, CellName(p.row, p.col+1)
			if row.no == 0 || p.row < row.no {
				row.no = p.row
			}
			if k == 0 && m.fields[i] != "" && p.value != "" && m.sure[i] >= AskBelow {
				n++
			}
		}
		g.card.rows = append(g.card.rows, row)
	}
	g.adopt(m)
	g.HeaderRow = g.card.rows[0].no
	first := reg.top
	for first < reg.bottom && a.sheet.Rows[first].No < g.HeaderRow {
		first++
	}
	g.lookAbove(reg.top, first)
	return g, n
}

// isLabel reports whether a text is a label of cards.
func (a *analysis) isLabel(text string) bool {
	if utf8.RuneCountInString(text) > 30 {
		return false
	}
	return a.words.known(text) || cardLabels[headerKey(text)] || a.columns != nil && a.columns[headerKey(text)] != ""
}

// cardPairs reads labels and the values on their right; the first label coming
// again begins another record.
func (a *analysis) cardPairs(reg region) [][]pair {
	var out [][]pair
	var rec []pair
	seen := map[string]bool{}
	for i := reg.top; i < reg.bottom; i++ {
		for _, p := range a.rowPairs(i, reg, &rec) {
			if p.value == "" && !seen[p.label] && !a.words.known(p.label) {
				continue
			}
			if seen[p.label] {
				if len(rec) > 0 && rec[len(rec)-1].at == i && rec[0].at == i {
					return a.cardColumns(reg, p.label, i) // side by side
				}
				out, rec, seen = append(out, rec), nil, map[string]bool{}
			}
			seen[p.label] = true
			rec = append(rec, p)
		}
	}
	if len(rec) > 0 {
		out = append(out, rec)
	}
	return out
}

// cardColumns reads cards that stand side by side: the label comes twice in row i.
func (a *analysis) cardColumns(reg region, label string, i int) [][]pair {
	first, second := -1, -1
	for c, text := range a.sheet.Rows[i].Cells {
		if text = strings.TrimRight(oneLine(trim(text)), "：:"); text != label || c < reg.left || c >= reg.right {
			continue
		}
		if first >= 0 {
			second = c
			break
		}
		first = c
	}
	if second < 0 {
		return nil
	}
	left, right := reg, reg
	left.right = a.secondCard(reg, first, second)
	right.left = left.right
	return append(a.cardPairs(left), a.cardPairs(right)...)
}

// secondCard is the column in which the second of two cards begins, of which a label
// stands in the columns first and second: left of it may be what both have before it, a
// heading or a label that nobody knows.
func (a *analysis) secondCard(reg region, first, second int) int {
	edge := first
	for i := reg.top; i < reg.bottom; i++ {
		cells := a.sheet.Rows[i].Cells
		for c := reg.left; c < edge; c++ {
			if text := cellText(cells, c); text != "" && text == cellText(cells, c+second-first) {
				edge = c
			}
		}
	}
	return edge + second - first
}

// rowPairs reads the pairs of one row. A value below a value whose label spans
// both rows is added to it.
func (a *analysis) rowPairs(i int, reg region, rec *[]pair) (out []pair) {
	r := &a.sheet.Rows[i]
	open := -1     // the label waiting for its value
	stray := false // the text before is no label that is known
	for c := reg.left; c < min(len(r.Cells), reg.right); c++ {
		text := trim(r.Cells[c])
		if text == "" {
			continue
		}
		if label, value, ok := strings.Cut(strings.Replace(text, ":", "：", 1), "："); ok && value != "" && a.isLabel(oneLine(label)) {
			out = append(out, pair{oneLine(label), strings.TrimSpace(value), r.No, c, i, c, r.No})
			open = -1
			continue
		}
		name := strings.TrimRight(oneLine(text), "：:")
		if a.isLabel(name) && !(open >= 0 && isValueOf(out[open].label, text)) {
			out = append(out, pair{name, "", r.No, c, i, c, r.No})
			open = len(out) - 1
			continue
		}
		switch {
		case a.tall(r, c) && (open < 0 || !a.tall(r, out[open].lab)):
			stray, open = false, -1 // heads what stands on its right: 基本情况
		case open >= 0 && !a.unknownLabel(r, out[open].lab, c):
			out[open].value, out[open].col = text, c
			open = -1
		case len(out) == 0 && a.addBelow(r, c, text, *rec):
		case stray: // its value
			stray = false
		case len(*rec)+len(out) > 0 && !isRemark(text) && !isTitle(oneLine(text)):
			a.strays[CellName(r.No, c+1)], stray, open = text, true, -1
		}
	}
	return out
}

// unknownLabel reports whether a text is not the value of the label before it but a
// label with a value of its own: the cell between is empty, that on its right is not.
func (a *analysis) unknownLabel(r *Row, label, c int) bool {
	next := c + a.grid.wideAt(r.No, c)
	return c > label+a.grid.wideAt(r.No, label) && cellText(r.Cells, next) != "" && !a.isLabel(strings.TrimRight(oneLine(cellText(r.Cells, next)), "：:"))
}

// tall reports whether a cell begins a merged area of several rows.
func (a *analysis) tall(r *Row, c int) bool {
	return slices.ContainsFunc(a.sheet.Merges, func(m Range) bool { return m.Row1 == r.No && m.Col1-1 == c && m.Row2 > m.Row1 })
}

// isValueOf keeps a category such as 岗位职责 from being taken for a label.
func isValueOf(label, text string) bool {
	return (strings.HasSuffix(label, "类别") || strings.HasSuffix(label, "类型")) && isCategory(text)
}

// addBelow adds a text to the value above it when the label's merged area reaches
// down to its row, or nothing else stands in the row right below.
func (a *analysis) addBelow(r *Row, col int, text string, rec []pair) bool {
	for k := len(rec) - 1; k >= 0; k-- {
		p := &rec[k]
		if p.col != col || p.value == "" || p.lab == p.col {
			continue
		}
		spans := r.No == p.last+1 && filled(r.Cells) == 1
		for _, m := range a.sheet.Merges {
			spans = spans || m.Row1 <= p.row && r.No <= m.Row2 && m.Col1-1 <= p.lab && p.lab < m.Col2 && m.Col2-1 < col && m.Row2 > m.Row1 && m.Row1 == a.rowOf(p)
		}
		if spans {
			p.value += "\n" + text
			p.last = r.No
		}
		return spans
	}
	return false
}

// rowOf is the number of the row in which a pair's label stands.
func (a *analysis) rowOf(p *pair) int { return a.sheet.Rows[p.at].No }

// onItsSide reads a table whose labels go down the first column with a record in
// every column to the right; nil when there are fewer than two such columns.
func (a *analysis) onItsSide(reg region) [][]pair {
	rows := a.sheet.Rows[reg.top:reg.bottom]
	label := -1
	var at []int
	for i := range rows {
		c := firstColumn(rows[i].Cells)
		if c < 0 || !a.isLabel(strings.TrimRight(oneLine(trim(rows[i].Cells[c])), "：:")) {
			if len(at) > 0 && c == label && filled(rows[i].Cells) > 1 {
				return nil // a row whose label is not known: better asked about
			}
			continue
		}
		if label < 0 {
			label = c
		}
		if c == label {
			at = append(at, i)
		}
	}
	if len(at) < 4 {
		return nil
	}
	count := map[int]int{}
	for _, i := range at {
		for c := label + 1; c < len(rows[i].Cells); c++ {
			text := trim(rows[i].Cells[c])
			if text == "" {
				continue
			}
			if a.isLabel(text) && !isValueOf(oneLine(trim(rows[i].Cells[label])), text) {
				return nil
			}
			count[c]++
		}
	}
	var out [][]pair
	for c := label + 1; len(count) > 0 && c < label+200; c++ {
		if count[c]*2 < len(at) {
			delete(count, c)
			continue
		}
		delete(count, c)
		var rec []pair
		for _, i := range at {
			rec = append(rec, pair{strings.TrimRight(oneLine(trim(rows[i].Cells[label])), "：:"), cellText(rows[i].Cells, c), rows[i].No, c, reg.top + i, label, rows[i].No})
		}
		out = append(out, rec)
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

func firstColumn(cells []string) int {
	for c, text := range cells {
		if trim(text) != "" {
			return c
		}
	}
	return -1
}
