package intake

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// grid reads a sheet's cells by row index and 0-based column; a cell covered by
// a merged area that spans rows reads as the area's first cell.
type grid struct {
	sheet *Sheet
	fills [][]fill // per column, ordered by row
	wide  []Range  // areas that span columns

	dressed bool // some cells show more than their number
}

type fill struct {
	top, bottom int
	text        string
}

func newGrid(s *Sheet) *grid {
	g := &grid{sheet: s, dressed: slices.ContainsFunc(s.Rows, func(r Row) bool { return r.Numbers != nil })}
	for _, m := range s.Merges {
		if m.Col2 > m.Col1 {
			g.wide = append(g.wide, m)
		}
		if m.Row2 == m.Row1 {
			continue
		}
		text := ""
		if i := g.index(m.Row1); i >= 0 {
			text = cellText(s.Rows[i].Cells, m.Col1-1)
		}
		if text == "" {
			continue
		}
		for len(g.fills) < m.Col1 {
			g.fills = append(g.fills, nil)
		}
		g.fills[m.Col1-1] = append(g.fills[m.Col1-1], fill{m.Row1, m.Row2, text})
	}
	for _, fs := range g.fills {
		slices.SortFunc(fs, func(a, b fill) int { return a.top - b.top })
	}
	return g
}

// index finds the position of a row by its number, -1 when the row is empty.
func (g *grid) index(no int) int {
	i := sort.Search(len(g.sheet.Rows), func(i int) bool { return g.sheet.Rows[i].No >= no })
	if i < len(g.sheet.Rows) && g.sheet.Rows[i].No == no {
		return i
	}
	return -1
}

func cellText(cells []string, col int) string {
	if col < 0 || col >= len(cells) {
		return ""
	}
	return trim(cells[col])
}

// trim is strings.TrimSpace without the work for the usual clean cell.
func trim(s string) string {
	if s == "" || s[0] > ' ' && s[0] < 0x80 && s[len(s)-1] > ' ' && s[len(s)-1] < 0x80 {
		return s
	}
	return strings.TrimSpace(s)
}

// fillAt returns the area over several rows that a cell is in, nil if none.
func (g *grid) fillAt(no, col int) *fill {
	if col < 0 || col >= len(g.fills) || g.fills[col] == nil {
		return nil
	}
	fs := g.fills[col]
	if i := sort.Search(len(fs), func(i int) bool { return fs[i].bottom >= no }); i < len(fs) && fs[i].top <= no {
		return &fs[i]
	}
	return nil
}

// wideAt tells how many columns the merged area spans that begins at a cell, 1 if none.
func (g *grid) wideAt(no, col int) int {
	for _, m := range g.wide {
		if m.Row1 <= no && no <= m.Row2 && m.Col1-1 == col {
			return m.Col2 - m.Col1 + 1
		}
	}
	return 1
}

// row is one row of a table with the row above it in merged areas.
type row struct {
	g     *grid
	no    int
	cells []string

	addr   []string // where each cell was read, for cards
	base   int      // cells from here on are made up of others,
	source []int    // of these columns

	each []charge // of a record over several rows: who carries out each of its measures
}

// charge is who carries out a measure until when, as written.
type charge struct{ owner, due string }

func (g *grid) row(i int) row { return row{g: g, no: g.sheet.Rows[i].No, cells: g.sheet.Rows[i].Cells} }

// raw returns the cell's own text.
func (r *row) raw(col int) string { return cellText(r.cells, col) }

// get returns the cell's text, from the merged area above when it is covered.
func (r *row) get(col int) string {
	if col < 0 {
		return ""
	}
	if s := cellText(r.cells, col); s != "" {
		return s
	}
	if f := r.g.fillAt(r.no, col); f != nil {
		return f.text
	}
	return ""
}

// number returns the number of a cell that shows it dressed up, as 0.95 for 95%, else
// its text.
func (r *row) number(col int) string {
	text := r.get(col)
	if !r.g.dressed || text == "" {
		return text
	}
	no, c := splitCell(r.cell(col))
	if f := r.g.fillAt(no, c); f != nil {
		no = f.top
	}
	i := r.g.index(no)
	if i < 0 || cellText(r.g.sheet.Rows[i].Cells, c) != text { // put together out of several cells
		return text
	}
	return cmp.Or(r.g.sheet.Rows[i].Numbers[c], text)
}

// ownNumber is number without what a merged area above says.
func (r *row) ownNumber(col int) string {
	if r.raw(col) == "" {
		return ""
	}
	return r.number(col)
}

// splitCell reads B12 as row 12 and column 1.
func splitCell(name string) (no, col int) {
	letters := strings.TrimRight(name, "0123456789")
	no, _ = strconv.Atoi(name[len(letters):])
	for _, l := range letters {
		col = col*26 + int(l-'A') + 1
	}
	return no, col - 1
}

// cell names a cell of the row.
func (r *row) cell(col int) string {
	if col < 0 {
		col = 0
	}
	if r.addr != nil {
		return r.cardCell(col)
	}
	if r.source != nil && col >= r.base && col-r.base < len(r.source) {
		col = r.source[col-r.base]
	}
	return CellName(r.no, col+1)
}

// first returns the first text of the row.
func (r *row) first() string { return firstOf(r.cells) }

func firstOf(cells []string) string {
	for _, c := range cells {
		if c = trim(c); c != "" {
			return c
		}
	}
	return ""
}

// cardCell names the cell a card's value was read from, or the card's first.
func (r *row) cardCell(col int) string {
	if r.base > 0 && col >= r.base && col-r.base < len(r.source) {
		col = r.source[col-r.base]
	}
	if col < len(r.addr) && r.addr[col] != "" {
		return r.addr[col]
	}
	for _, a := range r.addr {
		if a != "" {
			return a
		}
	}
	return CellName(r.no, 1)
}

// isRemark reports whether a row without data is a note, a total or a line for
// signatures rather than a row somebody forgot to finish.
func isRemark(text string) bool {
	for _, p := range remarks {
		if strings.HasPrefix(text, p) {
			return true
		}
	}
	return isTotal(text) || isPage(text) || strings.Contains(text, "签字") || strings.Contains(text, "签名") || strings.Contains(text, "盖章")
}

// isPage reports whether a text is the number of a printed page: 第1页 共3页.
func isPage(text string) bool {
	return len(text) < 60 && (strings.HasPrefix(text, "第") || strings.HasPrefix(text, "共")) && strings.HasSuffix(text, "页")
}

// isTitle reports whether a line alone heads a table: 附表2 宣传部廉政风险点, …一览表（续）.
func isTitle(text string) bool {
	for _, p := range []string{"附表", "附件", "续表", "表一", "表二", "表三", "表四", "表五"} {
		if strings.HasPrefix(text, p) {
			return true
		}
	}
	bare := text
	if i := strings.IndexAny(text, "（("); i > 0 {
		bare = trim(text[:i])
	}
	for _, end := range []string{"表", "卡", "卡片", "清单", "目录", "台账", "一览", "汇总"} {
		if strings.HasSuffix(bare, end) {
			return true
		}
	}
	_, numbered := cutHeadingNumber(text)
	return numbered && text[0] >= 0x80 && strings.ContainsAny(text, "权风岗") && endsLikeList(bare)
}

// endsLikeList reports whether a heading names what stands below it: 二、权力风险及防范措施.
func endsLikeList(text string) bool {
	for _, end := range []string{"风险点", "措施", "职权", "权力", "岗位", "流程"} {
		if strings.HasSuffix(text, end) {
			return true
		}
	}
	return false
}

// isTotal reports whether a text heads a sum: 合 计, 基建处小计, 共 12 项.
func isTotal(text string) bool {
	if len(text) > 60 {
		return false
	}
	s := strings.TrimRight(oneLine(text), "：:")
	for _, t := range []string{"合计", "小计", "总计", "共计"} {
		if strings.HasPrefix(s, t) || strings.HasSuffix(s, t) {
			return true
		}
	}
	rest, ok := strings.CutPrefix(s, "共")
	return ok && rest != "" && (rest[0] >= '0' && rest[0] <= '9') && len(s) < 30
}

var remarks = []string{"注：", "注:", "说明：", "说明:", "备注：", "附：", "附注", "填表说明", "填表人", "审核人", "制表", "※", "续表"}
