package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// FocusGained implements fyne.Focusable.
func (g *DataGrid) FocusGained() {
	g.focused = true
	g.shift = false
	g.repaint()
}

// FocusLost implements fyne.Focusable.
func (g *DataGrid) FocusLost() {
	g.focused = false
	g.repaint()
}

// AcceptsTab keeps Tab inside the grid, where it moves right.
func (g *DataGrid) AcceptsTab() bool { return true }

// KeyDown tracks Shift, which Fyne does not send along with arrow keys.
func (g *DataGrid) KeyDown(e *fyne.KeyEvent) { g.modifier(e.Name, true) }

// KeyUp tracks Shift.
func (g *DataGrid) KeyUp(e *fyne.KeyEvent) { g.modifier(e.Name, false) }

func (g *DataGrid) modifier(k fyne.KeyName, down bool) {
	if k == desktop.KeyShiftLeft || k == desktop.KeyShiftRight {
		g.shift = down
	}
}

// shiftHeld asks the driver where it knows; a release may have gone to the editor.
func (g *DataGrid) shiftHeld() bool {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
	}
	return g.shift
}

// TypedRune starts editing with the character, or hands it to an instant column.
// Characters of an input method arrive here one at a time; all after the first
// reach the editor, which has the focus by then.
func (g *DataGrid) TypedRune(r rune) {
	if !g.hasCell() {
		return
	}
	if g.cellNow().Check != NoCheck {
		if r == ' ' {
			g.toggle(g.cur)
		}
		return
	}
	col := g.column(g.cur.col)
	if !col.Editable || g.OnEdit == nil {
		return
	}
	if col.Instant != nil {
		if text, ok := col.Instant(r); ok {
			g.commitInstant(text)
			return
		}
	}
	g.startEdit(g.cur, string(r), true)
}

// TypedKey implements fyne.Focusable. Letters are not looked at here: they come as runes.
func (g *DataGrid) TypedKey(e *fyne.KeyEvent) {
	stir()
	if !g.hasCell() {
		return
	}
	shift := g.shiftHeld()
	if to, ok := g.target(e.Name); ok {
		g.moveTo(to, shift)
		return
	}
	switch e.Name {
	case fyne.KeyTab:
		g.step(0, tabStep(shift))
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyF2:
		g.activate(e.Name == fyne.KeyF2, shift)
	case fyne.KeyDelete, fyne.KeyBackspace:
		g.deleteSelected()
	case fyne.KeyEscape:
		g.hideBubble()
		g.moveTo(g.cur, false)
	}
}

func tabStep(shift bool) int {
	if shift {
		return -1
	}
	return 1
}

// target is where a movement key leads from the cursor.
func (g *DataGrid) target(k fyne.KeyName) (place, bool) {
	p := g.cur
	switch k {
	case fyne.KeyUp:
		p.row--
	case fyne.KeyDown:
		p.row++
	case fyne.KeyLeft:
		p.col--
	case fyne.KeyRight:
		p.col++
	case fyne.KeyPageUp:
		p.row -= g.rowsPerPage()
	case fyne.KeyPageDown:
		p.row += g.rowsPerPage()
	case fyne.KeyHome:
		p.col = 0
	case fyne.KeyEnd:
		p.col = len(g.visible) - 1
	default:
		return p, false
	}
	return p, true
}

// TypedShortcut implements fyne.Shortcutable. What the grid does not know goes on
// to the window's own shortcuts.
func (g *DataGrid) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		g.Copy()
	case *fyne.ShortcutPaste:
		g.paste(s.Clipboard, false)
	case *fyne.ShortcutCut:
		g.Copy()
		g.clearSelected()
	case *fyne.ShortcutSelectAll:
		g.SelectAll()
	case *desktop.CustomShortcut:
		if !g.customShortcut(s) {
			g.passOn(s)
		}
	default:
		g.passOn(s)
	}
}

func (g *DataGrid) passOn(s fyne.Shortcut) {
	if c, ok := canvasOf(g).(interface{ TypedShortcut(fyne.Shortcut) }); ok {
		c.TypedShortcut(s)
	}
}

// customShortcut does Ctrl and Ctrl+Shift with a movement key, Alt+Down for the
// drop-down, Ctrl+F, Ctrl+D, Ctrl+Shift+C and V, and Ctrl+Tab, which leaves the grid.
func (g *DataGrid) customShortcut(s *desktop.CustomShortcut) bool {
	if s.Modifier == fyne.KeyModifierAlt && s.KeyName == fyne.KeyDown && g.hasCell() {
		g.startEdit(g.cur, "", false)
		return true
	}
	if s.Modifier&fyne.KeyModifierShortcutDefault == 0 {
		return false
	}
	shift := s.Modifier&fyne.KeyModifierShift != 0
	switch {
	case s.KeyName == fyne.KeyTab:
		g.leave(shift)
		return true
	case s.KeyName == fyne.KeyV && shift && g.NewRows != "" && g.OnPaste != nil:
		g.paste(fyne.CurrentApp().Clipboard(), true)
		return true
	case s.KeyName == fyne.KeyC && shift:
		g.copyBlock(true)
		return true
	case s.KeyName == fyne.KeyF && g.OnFind != nil:
		g.OnFind()
		return true
	case !g.hasCell():
		return false
	case s.KeyName == fyne.KeyD && g.OnPaste != nil:
		g.fillDown()
		return true
	}
	to, lastRow, lastCol := g.cur, g.rowCount()-1, len(g.visible)-1
	switch s.KeyName {
	case fyne.KeyHome:
		to = place{0, 0}
	case fyne.KeyEnd:
		to = place{lastRow, lastCol}
	case fyne.KeyUp, fyne.KeyPageUp:
		to.row = 0
	case fyne.KeyDown, fyne.KeyPageDown:
		to.row = lastRow
	case fyne.KeyLeft:
		to.col = 0
	case fyne.KeyRight:
		to.col = lastCol
	default:
		return false
	}
	g.moveTo(to, shift)
	return true
}

// leave gives the keyboard to the next or previous widget; Tab alone stays inside.
func (g *DataGrid) leave(back bool) {
	c := canvasOf(g)
	switch {
	case c == nil:
	case back:
		c.FocusPrevious()
	default:
		c.FocusNext()
	}
}

// SelectAll selects every cell; the cursor stays in sight at the first row.
func (g *DataGrid) SelectAll() {
	if !g.hasCell() {
		return
	}
	g.anchor = place{g.rowCount() - 1, len(g.visible) - 1}
	g.cur = place{0, 0}
	g.repaint()
	g.tellRow()
}

func (g *DataGrid) hasCell() bool { return g.rowCount() > 0 && len(g.visible) > 0 }

func (g *DataGrid) cellNow() Cell { return g.source.Cell(g.cur.row, g.column(g.cur.col).ID) }

// moveTo puts the cursor on the nearest existing cell; extend keeps the anchor.
func (g *DataGrid) moveTo(p place, extend bool) {
	g.cur = p
	if !extend {
		g.anchor = p
	}
	g.clampPlaces()
	g.reveal(g.cur)
	g.relayout()
	g.tellRow()
	if g.OnCell != nil && g.hasCell() {
		g.OnCell(g.Current())
	}
}

// step moves by whole cells and wraps at the line's end, as Tab and Enter do.
func (g *DataGrid) step(rows, cols int) {
	p := place{g.cur.row + rows, g.cur.col + cols}
	last := len(g.visible) - 1
	switch {
	case p.col > last && p.row < g.rowCount()-1:
		p = place{p.row + 1, 0}
	case p.col < 0 && p.row > 0:
		p = place{p.row - 1, last}
	}
	g.moveTo(p, false)
}

// tellRow calls OnSelect when the cursor's row differs from what was told last.
func (g *DataGrid) tellRow() {
	row, _ := g.Current()
	if row == g.toldRow {
		return
	}
	g.toldRow = row
	if g.OnSelect != nil {
		g.OnSelect(row)
	}
}

// activate is Enter or F2: edit, toggle, or tell the owner. Enter where nothing
// can be edited and nobody listens moves down, as in a sheet.
func (g *DataGrid) activate(f2, shift bool) {
	switch {
	case g.cellNow().Check != NoCheck:
		g.toggle(g.cur)
	case g.column(g.cur.col).Editable && g.OnEdit != nil:
		g.startEdit(g.cur, "", false)
	case g.OnActivate != nil:
		g.OnActivate(g.cur.row)
	case !f2:
		g.step(tabStep(shift), 0)
	}
}

func (g *DataGrid) toggle(p place) {
	col := g.column(p.col).ID
	c := g.source.Cell(p.row, col)
	if c.Check == NoCheck || g.OnToggle == nil {
		return
	}
	if err := g.OnToggle(p.row, col, c.Check == Unchecked); err != nil {
		g.showError(p, err)
	}
	g.repaint()
}

// deleteSelected empties cells, or removes rows when whole rows are meant.
func (g *DataGrid) deleteSelected() {
	if g.OnClear != nil && !g.wholeRows() {
		g.clearSelected()
		return
	}
	if g.OnDelete != nil {
		g.OnDelete(g.SelectedRows())
	}
}

func (g *DataGrid) clearSelected() {
	if g.OnClear == nil {
		return
	}
	b := g.selection()
	if err := g.OnClear(b.first.row, b.last.row, g.columnIDs(b.first.col, b.last.col)); err != nil {
		g.showError(g.cur, err)
	}
	g.repaint()
}

// columnIDs returns the IDs of visible columns first..last.
func (g *DataGrid) columnIDs(first, last int) []string {
	return g.VisibleColumns()[first : last+1]
}
