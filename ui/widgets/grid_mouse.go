package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// doubleClick is the longest pause between the clicks of a double click. The grid
// counts itself: a DoubleTappable's single clicks would arrive 300 ms late.
const doubleClick = 400 * time.Millisecond

// wheelFactor is how much faster than Fyne's default the wheel scrolls.
const wheelFactor = 2.5

type clickCounter struct {
	at   place
	zone zone
	when time.Time
}

// double says whether this click is the second of a double click.
func (c *clickCounter) double(z zone, at place, now time.Time) bool {
	is := c.zone == z && c.at == at && now.Sub(c.when) < doubleClick
	*c = clickCounter{at, z, now}
	if is {
		c.when = time.Time{} // a third click starts anew
	}
	return is
}

// MouseDown implements desktop.Mouseable: it selects at once, before the button is released.
func (g *DataGrid) MouseDown(e *desktop.MouseEvent) {
	z, at := g.hit(e.Position)
	g.dragging = false
	g.resizing = -1
	if z == zoneEdge && e.Button == desktop.MouseButtonPrimary {
		g.resizing = at.col
		return
	}
	if e.Button == desktop.MouseButtonSecondary {
		g.pointMenuTarget(z, at)
		return
	}
	g.press(z, at, e.Modifier&fyne.KeyModifierShift != 0)
}

// MouseUp implements desktop.Mouseable.
func (g *DataGrid) MouseUp(*desktop.MouseEvent) {}

// press moves the cursor to what was clicked.
func (g *DataGrid) press(z zone, at place, extend bool) {
	if !g.commitEdit() { // refused text must be mended or cancelled first
		if c := canvasOf(g); c != nil {
			c.Focus(g.editor.entry)
		}
		return
	}
	g.Focus()
	switch z {
	case zoneCell:
		g.hideBubble()
		g.moveTo(at, extend)
	case zoneNumber:
		g.hideBubble()
		g.selectRow(at.row, extend)
	}
}

// selectRow selects a whole row, or all rows from the anchor's to it.
func (g *DataGrid) selectRow(row int, extend bool) {
	if !extend {
		g.anchor.row = row
	}
	g.anchor.col = len(g.visible) - 1
	g.cur = place{row, 0}
	g.clampPlaces()
	g.repaint()
	g.tellRow()
}

// Tapped implements fyne.Tappable.
func (g *DataGrid) Tapped(e *fyne.PointEvent) {
	z, at := g.hit(e.Position)
	if g.dragging {
		g.dragging = false
		return
	}
	double := g.clicks.double(z, at, time.Now())
	switch z {
	case zoneHeader:
		g.sortBy(at.col)
	case zoneEdge:
		if double {
			g.fitColumn(at.col)
		}
	case zoneCell:
		g.tapCell(at, double)
	case zoneNumber:
		if g.editor == nil {
			g.selectRow(at.row, g.shiftHeld())
		}
	case zoneNone:
		g.press(z, at, false)
	}
}

func (g *DataGrid) tapCell(at place, double bool) {
	if g.editor != nil || g.cur != at {
		g.press(zoneCell, at, g.shiftHeld())
	} else {
		g.Focus()
	}
	if g.editor != nil || g.cur != at {
		return
	}
	if g.cellNow().Check != NoCheck {
		g.toggle(at)
	} else if double {
		g.activate(true, false)
	}
}

func (g *DataGrid) sortBy(col int) {
	c := g.column(col)
	if !c.Sortable || g.OnSort == nil || !g.commitEdit() {
		return
	}
	g.setSortAndTell(c.ID, g.sortCol == c.ID && !g.sortDesc)
}

func (g *DataGrid) setSortAndTell(id string, desc bool) {
	g.SetSort(id, desc)
	if g.OnSort != nil {
		g.OnSort(id, desc)
	}
}

// Dragged implements fyne.Draggable: resize a column or extend the selection.
func (g *DataGrid) Dragged(e *fyne.DragEvent) {
	if !g.dragging {
		g.dragging = true
		if g.resizing < 0 {
			if z, at := g.hit(e.Position); z == zoneEdge {
				g.resizing = at.col
			}
		}
	}
	if g.resizing >= 0 {
		c := g.column(g.resizing)
		// A growing column the user takes in hand keeps the width it was given.
		c.Width, c.Grow = g.columnWidth(g.resizing), false
		c.Width = max(minColumn, c.Width+e.Dragged.DX)
		g.relayout()
		return
	}
	if g.editor == nil && g.hasCell() {
		g.dragSelect(e.Position)
	}
}

// dragSelect extends the selection to the nearest cell; beyond an edge it scrolls.
func (g *DataGrid) dragSelect(pos fyne.Position) {
	p := g.cur
	row := int((float64(pos.Y-g.headerHeight()) + g.offY) / float64(g.rowHeight))
	if pos.Y < g.headerHeight() {
		first, _ := g.visibleRows()
		row = first - 1
	}
	p.row = row
	if c := g.columnAt(pos.X); c >= 0 {
		p.col = c
	}
	g.moveTo(p, true)
}

// DragEnd implements fyne.Draggable.
func (g *DataGrid) DragEnd() {
	if g.resizing >= 0 && g.OnColumns != nil {
		g.OnColumns()
	}
	g.resizing = -1
	g.dragging = false
}

// Scrolled implements fyne.Scrollable; Shift turns the wheel sideways.
func (g *DataGrid) Scrolled(e *fyne.ScrollEvent) {
	stir()
	dx, dy := float64(e.Scrolled.DX), float64(e.Scrolled.DY)
	if g.shiftHeld() && dx == 0 {
		dx, dy = dy, 0
	}
	g.scrollTo(g.offX-dx*wheelFactor, g.offY-dy*wheelFactor)
}

// MouseIn implements desktop.Hoverable.
func (g *DataGrid) MouseIn(e *desktop.MouseEvent) { g.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (g *DataGrid) MouseMoved(e *desktop.MouseEvent) {
	stir()
	z, at := g.hit(e.Position)
	g.hoverEdge = z == zoneEdge
	row := -1
	if z == zoneCell || z == zoneNumber {
		row = at.row
	}
	if row != g.hoverRow {
		g.hoverRow = row
		g.repaint()
	}
}

// MouseOut implements desktop.Hoverable.
func (g *DataGrid) MouseOut() {
	g.hoverEdge = false
	if g.hoverRow != -1 {
		g.hoverRow = -1
		g.repaint()
	}
}

// Cursor implements desktop.Cursorable: over a header's edge it says "drag me".
func (g *DataGrid) Cursor() desktop.Cursor {
	if g.hoverEdge || g.resizing >= 0 {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}
