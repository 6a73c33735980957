package intake

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// unread says which columns hold content that no field takes: nothing is left out in
// silence. Our own workbooks show what is computed, too, and what a person or a
// remembered mapping left out stays out without a word.
func (r *run) unread() {
	g := r.g
	for _, cell := range sortedKeys(g.strays) {
		r.rep.Warnings = append(r.rep.Warnings, Issue{Cell: cell, Value: g.strays[cell],
			Message: fmt.Sprintf("看不出“%s”是哪一栏，没有导入；请改成认得的栏目名，或写进相应的格子", shorten(g.strays[cell]))})
	}
	if g.card != nil || g.Remembered || g.Form.ID == "matrix" || g.Form.Cross != "" || r.ours() {
		return
	}
	taken := map[int]bool{}
	names := map[int]string{}
	left, right := g.reg.left, 0
	for _, c := range g.Columns {
		right = c.Col + 1
		switch {
		case c.Field != "" || c.Learn || isSummary(c.Header) || isComputed(c.Header):
			taken[c.Col] = true
		default:
			names[c.Col] = "“" + c.Header + "”"
		}
	}
	if len(g.Columns) > 0 {
		left = g.Columns[0].Col
	}
	var cols []int
	for c, cell := range r.contentBeside(taken, left, right) {
		if names[c] == "" {
			names[c] = "没有列名的" + ColumnName(c+1) + "列（" + cell + "）"
		}
		cols = append(cols, c)
	}
	if len(cols) == 0 {
		return
	}
	slices.Sort(cols)
	var told []string
	for _, c := range cols {
		told = append(told, names[c])
	}
	r.rep.Warnings = append(r.rep.Warnings, Issue{Cell: CellName(g.HeaderRow+max(g.HeaderRows-1, 0), cols[0]+1),
		Message: fmt.Sprintf("%s没有对应的栏目，里面的内容没有导入；要导入请在预览里点列头指定", strings.Join(told, "、"))})
}

// contentBeside finds the columns that hold content in the rows of records, with
// the first cell of each. Beyond the header only what joins on it counts: what
// stands further off belongs to nobody.
func (r *run) contentBeside(taken map[int]bool, left, right int) map[int]string {
	keys := r.layout.keyColumns()
	if keys == nil {
		return nil
	}
	out := map[int]string{}
	for i := range r.layout.len() {
		w := r.layout.row(i)
		if !slices.ContainsFunc(keys, func(c int) bool { return w.raw(c) != "" }) || filled(w.cells[:min(len(w.cells), right)]) < 3 || r.isAside(&w) {
			continue
		}
		for c := left; c < min(len(r.layout.written(&w)), right+1, r.g.reg.right); c++ {
			if !taken[c] && out[c] == "" && !isNothing(w.raw(c)) {
				out[c] = w.cell(c)
			}
		}
	}
	return out
}

// ours reports whether we wrote the sheet: it has a column for the program, or
// belongs to a workbook of ours.
func (r *run) ours() bool { return r.has(machineField) || r.g.Book.Mark() != Mark{} }

// isComputed reports whether a header names what is worked out from other columns.
func isComputed(header string) bool {
	for _, word := range []string{"风险值", "风险分值", "风险系数", "L×S", "L*S", "LxS", "得分"} {
		if strings.Contains(header, word) {
			return true
		}
	}
	return false
}

// footer reports whether a row is one of those that close a form, with a word where
// the running numbers stand; it is asked about.
func (r *run) footer(w *row) bool {
	if w.addr != nil || filled(r.layout.written(w)) > 2 || r.layout.ours(w) {
		return false
	}
	no := r.at("no")
	if no < 0 || !isWord(w.raw(no)) {
		return false
	}
	r.rep.Warnings = append(r.rep.Warnings, Issue{Cell: w.cell(no), Value: w.raw(no), Message: fmt.Sprintf("“%s”写在序号的位置上，这一行没有当作记录导入", shorten(w.raw(no)))})
	return true
}

// isWord reports whether a text in the column of running numbers is no number in
// any dress: two Chinese characters that are no numerals.
func isWord(s string) bool {
	n := 0
	for _, c := range s {
		if unicode.Is(unicode.Han, c) && !strings.ContainsRune("第一二三四五六七八九十百条项序号新增补", c) {
			n++
		}
	}
	return n >= 2
}
