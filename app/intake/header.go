package intake

import "strings"

// maxHeaderRows is how many rows a header may take.
const maxHeaderRows = 3

// region is a part of a sheet: rows by index, columns from 0, the ends exclusive.
type region struct{ top, bottom, left, right int }

// header is a candidate for the header of a table.
type header struct {
	index, rows int
	cols        []headerCell
}

// headerCell is one column of a header: its own text and those above it.
type headerCell struct {
	col         int
	leaf, group string
	keys        []string // of leaf, then with what stands above it
	above       []string // of group
	one         string   // of leaf without a number at its end; "" without one
	ends        []string // of leaf, ever shorter, to compare with shorter names
	ended       bool     // ends are there
}

// newHeaderCell prepares what every form compares.
func newHeaderCell(col int, leaf string) headerCell {
	c := headerCell{col: col, leaf: leaf, keys: headerKeys(leaf)}
	if strings.ContainsAny(leaf, "0123456789０１２３４５６７８９一二三四五六") {
		if bare := strings.TrimRight(c.keys[0], "0123456789一二三四五六"); bare != c.keys[0] {
			c.one = bare
		}
	}
	return c
}

// headerAt reads rows from i on as a header; nil when they cannot be one.
func (a *analysis) headerAt(i, rows int, reg region) *header {
	if i+rows > reg.bottom {
		return nil
	}
	for k := 1; k < rows; k++ {
		if a.sheet.Rows[i+k].No != a.sheet.Rows[i].No+k {
			return nil
		}
	}
	h := &header{index: i, rows: rows}
	var groups [maxHeaderRows]string // carried to the right, per header row
	width := 0
	for k := range rows {
		width = max(width, len(a.sheet.Rows[i+k].Cells))
	}
	for c := reg.left; c < min(width, reg.right); c++ {
		var texts [maxHeaderRows]string
		last := -1
		for k := range rows {
			texts[k] = oneLine(cellText(a.sheet.Rows[i+k].Cells, c))
			if texts[k] != "" {
				if k+1 < rows && strings.Contains(texts[k], "：") {
					return nil // 单位：基建处 stands above a header, not in it
				}
				last = k
				groups[k] = texts[k]
				for below := k + 1; below < rows; below++ {
					groups[below] = ""
				}
			}
		}
		if last < 0 {
			continue
		}
		cell := newHeaderCell(c, texts[last])
		var above []string
		for k := range last {
			if texts[k] == "" && groups[k] != "" && !a.reaches(i+k, c) {
				continue
			}
			if groups[k] != "" {
				above = append(above, groups[k])
			}
		}
		if n := len(above); n > 0 {
			cell.group = above[n-1]
			cell.above = headerKeys(cell.group)
			cell.keys = append(cell.keys, headerKey(cell.group+cell.leaf))
			if n > 1 {
				cell.keys = append(cell.keys, headerKey(above[0]+cell.leaf), headerKey(strings.Join(above, "")+cell.leaf))
			}
		}
		h.cols = append(h.cols, cell)
	}
	if len(h.cols) < 2 {
		return nil
	}
	return h
}

// reaches reports whether an upper header cell spreads to an empty cell on its
// right: as a merged area says, or freely in a row without merged areas.
func (a *analysis) reaches(i, c int) bool {
	no, merged := a.sheet.Rows[i].No, false
	for _, m := range a.grid.wide {
		if m.Row1 <= no && no <= m.Row2 {
			if m.Col1-1 <= c && c <= m.Col2-1 {
				return true
			}
			merged = true
		}
	}
	return !merged
}

// signature is what a header looks like, by which a layout is known again.
func (h *header) signature() string {
	var out []string
	for _, c := range h.cols {
		out = append(out, headerKey(c.group)+"/"+headerKey(c.leaf))
	}
	return strings.Join(out, "|")
}
