package intake

import (
	"slices"
	"strings"
)

// tables finds the tables of a region of the sheet: below each other and side by
// side. Nil when no header is found.
func (a *analysis) tables(reg region) []*SheetGuess {
	hits := a.headers(reg)
	if len(hits) == 0 {
		return nil
	}
	if len(hits) == 1 || a.opts.HeaderRow > 0 {
		if parts := a.sideBySide(hits[0], reg); parts != nil {
			return parts
		}
	} else if parts := a.sideBySide(slices.MaxFunc(hits, byScore), reg); parts != nil {
		return parts
	}
	var out []*SheetGuess
	var last *SheetGuess
	for k, m := range hits {
		h := m.header
		preface := h.index
		if last != nil {
			preface = a.preface(last.first, h.index, reg)
			if a.continues(last, m, preface) {
				for i := preface; i < h.index+h.rows; i++ {
					last.repeats[i] = true
				}
				continue
			}
			last.reg.bottom = preface
		}
		g := a.guess()
		g.reg, g.repeats = reg, map[int]bool{}
		g.adopt(m)
		from := reg.top
		if k > 0 && last != nil {
			from = preface
		}
		g.lookAbove(from, h.index)
		if last != nil {
			if last.Form == m.form {
				g.between = a.lone(preface, h.index)
			}
			g.own = len(g.above)
			g.above = append(g.above, out[0].above...)
			g.reg.top = preface
		}
		out, last = append(out, g), g
	}
	return out
}

// lone lists the cells of texts that stand alone between two tables of a kind
// below each other: they may head what follows, or go on with what came before.
func (a *analysis) lone(from, to int) (cells []string) {
	for i := from; i < to; i++ {
		r := &a.sheet.Rows[i]
		c := firstColumn(r.Cells)
		if c >= 0 && filled(r.Cells) == 1 && a.grid.wideAt(r.No, c) < 3 && !strings.ContainsAny(r.Cells[c], "：:") {
			cells = append(cells, CellName(r.No, c+1))
		}
	}
	return cells
}

func byScore(a, b *match) int {
	switch {
	case a.score < b.score:
		return -1
	case a.score > b.score:
		return 1
	}
	return b.header.index - a.header.index // of equals, the upper one
}

// headers finds the rows that are headers: the one that fits best and all others
// that are beyond doubt, in order.
func (a *analysis) headers(reg region) []*match {
	var hits []*match
	title := a.sheet.Name + " " + a.book.File
	for i := reg.top; i < reg.bottom; i++ {
		row := &a.sheet.Rows[i]
		like := a.headerLike(row, reg)
		if a.opts.HeaderRow > 0 && row.No != a.opts.HeaderRow {
			continue
		}
		if i < reg.top+headerSearch || like {
			m := a.bestAt(i, reg, title)
			if m != nil && a.opts.HeaderRow > 0 && a.opts.HeaderRows > 0 {
				if h := a.headerAt(i, a.opts.HeaderRows, reg); h != nil {
					if again := a.matchForm(h, m.form, title, a.as != ""); again != nil {
						m = again
					}
				}
			}
			if m != nil {
				hits = append(hits, m)
			}
		}
		switch {
		case i < reg.top+headerSearch && len(hits) == 0, filled(row.Cells) <= 2 && i < reg.top+200:
			title += " " + row.join()
		case like:
			title = a.sheet.Name + " " + a.book.File
		}
		if len(title) > 4000 {
			title = title[:4000]
		}
	}
	if len(hits) == 0 {
		return nil
	}
	best := slices.MaxFunc(hits, byScore)
	kept := []*match{best}
	for _, m := range hits {
		if m == best || !a.strict(m, reg) {
			continue
		}
		if k := slices.IndexFunc(kept, func(o *match) bool { return overlap(o, m) }); k < 0 {
			kept = append(kept, m)
		} else if m.score > kept[k].score {
			kept[k] = m
		}
	}
	slices.SortFunc(kept, func(x, y *match) int { return x.header.index - y.header.index })
	return kept
}

// overlap reports whether two headers share rows.
func overlap(a, b *match) bool {
	return a.header.index < b.header.index+b.header.rows && b.header.index < a.header.index+a.header.rows
}

// headerLike reports whether a row reads like a header: it begins with known
// words and goes on so. It is asked for every row and must be quick.
func (a *analysis) headerLike(r *Row, reg region) bool {
	n, known := 0, 0
	for c := reg.left; c < min(len(r.Cells), reg.right); c++ {
		text := trim(r.Cells[c])
		if text == "" {
			continue
		}
		n++
		if a.words.known(text) {
			known++
		}
		if n == 2 && known == 0 {
			return false
		}
		if n == 12 {
			break
		}
	}
	return known >= 3 && known*2 >= n || known == 2 && n == 2
}

// strict reports whether a header besides the best one is beyond doubt.
func (a *analysis) strict(m *match, reg region) bool {
	if m.layout != nil {
		return true
	}
	if m.known < 3 && !(m.known == 2 && len(m.header.cols) == 2) || m.used*10 < len(m.header.cols)*6 {
		return false
	}
	for _, c := range m.header.cols {
		if len(c.leaf) > 60 || isNumber(c.leaf) {
			return false
		}
	}
	return a.headerLike(&a.sheet.Rows[m.header.index], reg) || a.headerLike(&a.sheet.Rows[m.header.index+m.header.rows-1], reg)
}

// preface finds where the texts above a header begin that follow the rows of the
// table before it: titles, the line with the unit.
func (a *analysis) preface(from, header int, reg region) int {
	at := header
	for i := header - 1; i >= from && header-i <= 6; i-- {
		r := &a.sheet.Rows[i]
		n, first := 0, -1
		for c := reg.left; c < min(len(r.Cells), reg.right); c++ {
			if trim(r.Cells[c]) != "" {
				if n++; first < 0 {
					first = c
				}
			}
		}
		gap := a.sheet.Rows[i+1].No > r.No+1
		if n == 0 {
			continue
		}
		text := trim(r.Cells[first])
		if n > 3 || first > reg.left+1 || isNumber(text) || isRemark(text) && i+1 < header && gap || n > 1 && !strings.ContainsAny(r.join(), "：:") && !aboveLabels[headerKey(text)] {
			break
		}
		if isRemark(text) && !strings.Contains(text, "填报") {
			break
		}
		if n == 1 && first > firstColumn(a.sheet.Rows[header].Cells) && a.grid.wideAt(r.No, first) < 3 && !strings.ContainsAny(text, "：:") {
			break // goes on with the row above: one more measure
		}
		at = i
	}
	return at
}

// continues reports whether a header merely repeats that of the table above, as
// on every printed page.
func (a *analysis) continues(last *SheetGuess, m *match, preface int) bool {
	if last.Form != m.form || last.header.signature() != m.header.signature() {
		return false
	}
	for i := preface; i < m.header.index; i++ {
		for _, text := range a.sheet.Rows[i].Cells {
			if text = trim(text); text != "" && !slices.Contains(last.above, text) && !strings.Contains(text, "续") {
				return false
			}
		}
	}
	return true
}

// sideBySide splits a region whose header holds several tables next to each
// other; nil when it holds one.
func (a *analysis) sideBySide(m *match, reg region) []*SheetGuess {
	if a.columns != nil || m.layout != nil || m.used == len(m.header.cols) {
		return nil
	}
	gaps, again := m.header.cuts()
	both := append(slices.Clone(gaps), again...)
	slices.Sort(both)
	for _, cuts := range [][]int{gaps, again, slices.Compact(both)} {
		if a.fallsInto(m, reg, cuts) {
			var out []*SheetGuess
			for _, part := range reg.cut(cuts) {
				out = append(out, a.tables(part)...)
			}
			return out
		}
	}
	return nil
}

// fallsInto reports whether a header that is cut at columns makes tables that explain
// more than the whole.
func (a *analysis) fallsInto(m *match, reg region, cuts []int) bool {
	if len(cuts) == 0 {
		return false
	}
	sum := 0.0
	for _, r := range reg.cut(cuts) {
		part := a.bestAt(m.header.index, r, m.title)
		if part == nil || part.known < 2 {
			return false
		}
		sum += part.score
	}
	return sum >= m.score+1
}

// cut divides a region at columns.
func (reg region) cut(cuts []int) (out []region) {
	edges := append(append([]int{reg.left}, cuts...), reg.right)
	for k := 0; k+1 < len(edges); k++ {
		out = append(out, region{reg.top, reg.bottom, edges[k], edges[k+1]})
	}
	return out
}

// cuts are the columns at which a header may fall into several: after a gap, and
// where its first column comes again.
func (h *header) cuts() (gaps, again []int) {
	first := h.cols[0].leaf
	for i := 1; i < len(h.cols); i++ {
		c := h.cols[i]
		if c.col > h.cols[i-1].col+1 {
			gaps = append(gaps, c.col)
		}
		if c.leaf == first {
			again = append(again, c.col)
		}
	}
	return gaps, again
}
