package widgets

import (
	"math"

	"fyne.io/fyne/v2"
)

const (
	minColumn    = 24 // narrowest column the user can drag
	edgeGrab     = 4  // how near to a header edge counts as on it
	cellPad      = 6  // between a cell's edge and its text
	rowNumberPad = 8
)

// block is a rectangle of cells, both corners included.
type block struct{ first, last place }

func (b block) has(row, col int) bool {
	return row >= b.first.row && row <= b.last.row && col >= b.first.col && col <= b.last.col
}

func (b block) single() bool { return b.first == b.last }

func (b block) rows() int { return b.last.row - b.first.row + 1 }

func (b block) columns() int { return b.last.col - b.first.col + 1 }

// selection is the block between the anchor and the cursor.
func (g *DataGrid) selection() block {
	a, c := g.anchor, g.cur
	return block{
		place{min(a.row, c.row), min(a.col, c.col)},
		place{max(a.row, c.row), max(a.col, c.col)},
	}
}

// wholeRows says whether the selection spans every visible column.
func (g *DataGrid) wholeRows() bool {
	b := g.selection()
	return len(g.visible) > 1 && b.first.col == 0 && b.last.col == len(g.visible)-1
}

// headerHeight is one line, or two when a column has a subtitle.
func (g *DataGrid) headerHeight() float32 {
	for _, i := range g.visible {
		if g.cols[i].Subtitle != "" {
			return g.rowHeight + 14
		}
	}
	return g.rowHeight
}

// numberWidth is the width of the row number column, 0 without it.
func (g *DataGrid) numberWidth() float32 {
	if !g.RowNumbers {
		return 0
	}
	digits := 2
	for n := g.rowCount(); n >= 100; n /= 10 {
		digits++
	}
	return float32(digits)*8 + 2*rowNumberPad
}

// span is a visible column's place on the widget; min and max clip it.
type span struct {
	col        int
	x, w       float32
	minX, maxX float32
}

// spans returns the columns that can be seen, frozen ones last so that they are
// painted over the scrolled ones.
func (g *DataGrid) spans() []span {
	left := g.numberWidth()
	frozenEnd := left + g.columnsWidth(min(g.Frozen, len(g.visible)))
	right := g.Size().Width
	var out, frozen []span
	x := left
	extra := g.extraWidth()
	for i := range g.visible {
		w := g.width(i, extra)
		if i < g.Frozen {
			frozen = append(frozen, span{i, x, w, left, right})
		} else if sx := x - float32(g.offX); sx+w > frozenEnd && sx < right {
			out = append(out, span{i, sx, w, frozenEnd, right})
		}
		x += w
	}
	return append(out, frozen...)
}

// columnsWidth is the width of the first n visible columns.
func (g *DataGrid) columnsWidth(n int) (w float32) {
	extra := g.extraWidth()
	for i := 0; i < n; i++ {
		w += g.width(i, extra)
	}
	return w
}

// columnWidth is the i-th visible column's width as shown.
func (g *DataGrid) columnWidth(i int) float32 { return g.width(i, g.extraWidth()) }

func (g *DataGrid) width(i int, extra float32) float32 {
	c := g.column(i)
	if c.Grow {
		return c.Width + extra
	}
	return c.Width
}

// extraWidth is what every growing column gets of the room left over.
func (g *DataGrid) extraWidth() float32 {
	w, h := g.bodySize()
	if float32(g.rowCount())*g.rowHeight > h {
		w -= barSize
	}
	grow := 0
	for i := range g.visible {
		c := g.column(i)
		w -= c.Width
		if c.Grow {
			grow++
		}
	}
	if grow == 0 || w <= 0 {
		return 0
	}
	return float32(int(w / float32(grow)))
}

// bodySize is the part that shows rows, without header and row numbers.
func (g *DataGrid) bodySize() (w, h float32) {
	s := g.Size()
	return max(0, s.Width-g.numberWidth()), max(0, s.Height-g.headerHeight())
}

func (g *DataGrid) maxOffset() (x, y float64) {
	w, h := g.bodySize()
	x = float64(g.columnsWidth(len(g.visible)) - w)
	y = float64(g.rowCount())*float64(g.rowHeight) - float64(h)
	if y > 0 {
		x += barSize // so that the scroll bar never hides the last column
	}
	if y > 0 && x > 0 {
		y += barSize
	}
	return max(0, x), max(0, y)
}

func (g *DataGrid) clampOffset() {
	mx, my := g.maxOffset()
	g.offX = math.Round(min(max(g.offX, 0), mx))
	g.offY = math.Round(min(max(g.offY, 0), my))
}

func (g *DataGrid) clampPlaces() {
	n, c := g.rowCount(), len(g.visible)
	clamp := func(p place) place {
		return place{min(max(p.row, 0), max(0, n-1)), min(max(p.col, 0), max(0, c-1))}
	}
	g.cur, g.anchor = clamp(g.cur), clamp(g.anchor)
}

// visibleRows returns the first and last row of which a part is seen; last < first
// when there is none.
func (g *DataGrid) visibleRows() (first, last int) {
	_, h := g.bodySize()
	rh := float64(g.rowHeight)
	first = int(g.offY / rh)
	last = int(math.Ceil((g.offY+float64(h))/rh)) - 1
	return first, min(last, g.rowCount()-1)
}

// rowsPerPage is how far PgDn goes.
func (g *DataGrid) rowsPerPage() int {
	_, h := g.bodySize()
	return max(1, int(h/g.rowHeight)-1)
}

func (g *DataGrid) rowY(row int) float32 {
	return g.headerHeight() + float32(float64(row)*float64(g.rowHeight)-g.offY)
}

func (g *DataGrid) columnX(col int) float32 {
	x := g.numberWidth() + g.columnsWidth(col)
	if col < g.Frozen {
		return x
	}
	return x - float32(g.offX)
}

// cellBox is where a cell stands on the widget, perhaps out of sight.
func (g *DataGrid) cellBox(p place) (fyne.Position, fyne.Size) {
	return fyne.NewPos(g.columnX(p.col), g.rowY(p.row)), fyne.NewSize(g.columnWidth(p.col), g.rowHeight)
}

// CellPosition returns the centre of a cell relative to the grid, for tests and
// for popups; ok is false when the column is not shown.
func (g *DataGrid) CellPosition(row int, col string) (pos fyne.Position, ok bool) {
	for i := range g.visible {
		if g.column(i).ID == col {
			p, s := g.cellBox(place{row, i})
			return fyne.NewPos(p.X+s.Width/2, p.Y+s.Height/2), true
		}
	}
	return fyne.Position{}, false
}

// zone is what lies under a point.
type zone int

const (
	zoneNone zone = iota
	zoneHeader
	zoneEdge // a header's right edge: drag to resize
	zoneCell
	zoneNumber // the row number
)

// hit finds what is under a point of the widget.
func (g *DataGrid) hit(pos fyne.Position) (zone, place) {
	head := pos.Y < g.headerHeight()
	row := -1
	if !head {
		row = int((float64(pos.Y-g.headerHeight()) + g.offY) / float64(g.rowHeight))
		if row >= g.rowCount() {
			return zoneNone, place{-1, -1}
		}
	}
	if pos.X < g.numberWidth() {
		if head {
			return zoneNone, place{-1, -1}
		}
		return zoneNumber, place{row, 0}
	}
	if head {
		if c := g.edgeAt(pos.X); c >= 0 {
			return zoneEdge, place{-1, c}
		}
	}
	if c := g.columnAt(pos.X); c >= 0 {
		if head {
			return zoneHeader, place{-1, c}
		}
		return zoneCell, place{row, c}
	}
	return zoneNone, place{row, -1}
}

func (g *DataGrid) columnAt(x float32) int {
	spans := g.spans()
	for i := len(spans) - 1; i >= 0; i-- {
		s := spans[i]
		if x >= max(s.x, s.minX) && x < min(s.x+s.w, s.maxX) {
			return s.col
		}
	}
	return -1
}

func (g *DataGrid) edgeAt(x float32) int {
	spans := g.spans()
	for i := len(spans) - 1; i >= 0; i-- {
		s := spans[i]
		if end := s.x + s.w; end > s.minX && x >= end-edgeGrab && x <= end+edgeGrab {
			return s.col
		}
	}
	return -1
}

// reveal scrolls as little as possible until the cell is fully in sight.
func (g *DataGrid) reveal(p place) {
	if len(g.visible) == 0 {
		return
	}
	w, h := g.bodySize()
	if g.revealLater = h <= 0; g.revealLater {
		return // not laid out yet
	}
	if _, maxY := g.maxOffset(); maxY > 0 {
		w -= barSize
	}
	rh := float64(g.rowHeight)
	top := float64(p.row) * rh
	if top < g.offY {
		g.offY = top
	} else if bottom := top + rh; bottom > g.offY+float64(h)-g.barRoom() {
		g.offY = bottom - float64(h) + g.barRoom()
	}
	if p.col >= g.Frozen {
		frozen := g.columnsWidth(min(g.Frozen, len(g.visible)))
		left := float64(g.columnsWidth(p.col) - frozen)
		right := left + float64(frozen+g.columnWidth(p.col))
		if right > g.offX+float64(w) {
			g.offX = right - float64(w)
		}
		if left < g.offX {
			g.offX = left
		}
	}
	g.clampOffset()
}

// barRoom is the height the horizontal scroll bar takes from the last row.
func (g *DataGrid) barRoom() float64 {
	if x, _ := g.maxOffset(); x > 0 {
		return barSize
	}
	return 0
}

// ScrollTo scrolls to an offset in pixels from the first column and row; values
// beyond the ends are brought to the ends.
func (g *DataGrid) ScrollTo(x, y float64) { g.scrollTo(x, y) }

// scrollTo sets the offsets and repaints; the editor travels with its cell.
func (g *DataGrid) scrollTo(x, y float64) {
	oldX, oldY := g.offX, g.offY
	g.offX, g.offY = x, y
	g.clampOffset()
	if g.offX != oldX || g.offY != oldY {
		g.relayout()
	}
}
