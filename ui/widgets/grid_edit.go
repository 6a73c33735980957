package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// gridEditor is the one entry laid over the cell being edited.
type gridEditor struct {
	at       place
	col      string
	original string
	entry    *gridEntry
	frame    *canvas.Rectangle
	closing  bool // its end has begun; losing the focus means nothing more
	leaving  bool // the focus goes elsewhere; do not take it back
}

// gridEntry is an Entry that gives Enter, Esc and Tab to its grid.
type gridEntry struct {
	widget.Entry
	g *DataGrid
}

func newGridEntry(g *DataGrid, multiline bool) *gridEntry {
	e := &gridEntry{g: g}
	e.MultiLine = multiline
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip) // as NewEntry does
	if multiline {
		e.Wrapping = fyne.TextWrapBreak // TextWrapWord reorders typed text in Fyne 2.8
	}
	e.ExtendBaseWidget(e)
	return e
}

// AcceptsTab lets Tab commit instead of leaving the grid.
func (e *gridEntry) AcceptsTab() bool { return true }

// KeyDown lets the grid know of Shift too.
func (e *gridEntry) KeyDown(k *fyne.KeyEvent) { e.g.modifier(k.Name, true); e.Entry.KeyDown(k) }

// KeyUp lets the grid know of Shift too.
func (e *gridEntry) KeyUp(k *fyne.KeyEvent) { e.g.modifier(k.Name, false); e.Entry.KeyUp(k) }

// TypedKey implements fyne.Focusable.
func (e *gridEntry) TypedKey(k *fyne.KeyEvent) {
	shift := e.g.shiftHeld()
	switch k.Name {
	case fyne.KeyEscape:
		e.g.cancelEdit()
		e.g.Focus()
	case fyne.KeyReturn, fyne.KeyEnter:
		e.g.commitAndStep(tabStep(shift), 0)
	case fyne.KeyTab:
		e.g.commitAndStep(0, tabStep(shift))
	default:
		e.g.hideBubble()
		e.Entry.TypedKey(k)
	}
}

// TypedRune implements fyne.Focusable.
func (e *gridEntry) TypedRune(r rune) {
	stir()
	e.g.hideBubble()
	e.Entry.TypedRune(r)
}

// TypedShortcut breaks the line on Alt+Enter and Ctrl+Enter.
func (e *gridEntry) TypedShortcut(s fyne.Shortcut) {
	if c, ok := s.(*desktop.CustomShortcut); ok && (c.KeyName == fyne.KeyReturn || c.KeyName == fyne.KeyEnter) {
		if e.MultiLine {
			e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		}
		return
	}
	e.Entry.TypedShortcut(s)
}

// FocusGained hands the keyboard back to the grid when the window returns to the
// front after the edit was committed.
func (e *gridEntry) FocusGained() {
	if ed := e.g.editor; ed == nil || ed.entry != e {
		e.g.Focus()
		return
	}
	e.Entry.FocusGained()
}

// FocusLost commits. A refused text keeps its editor and message.
func (e *gridEntry) FocusLost() {
	e.Entry.FocusLost()
	if ed := e.g.editor; ed != nil && ed.entry == e && !ed.closing {
		ed.leaving = true
		if !e.g.commitEdit() {
			ed.leaving = false
		}
	}
}

// startEdit opens the editor. With typed, text replaces the cell's content;
// without, the content is edited with the caret at its end.
func (g *DataGrid) startEdit(p place, text string, typed bool) {
	if !g.commitEdit() {
		return
	}
	col := g.column(p.col)
	if !col.Editable || g.OnEdit == nil {
		return
	}
	g.hideBubble()
	g.reveal(p)
	original := g.editText(p)
	if options := col.options(p.row); len(options) > 0 {
		g.openOptions(p, options, original, text)
		return
	}
	entry := newGridEntry(g, col.Multiline || hasLineBreak(original))
	frame := canvas.NewRectangle(color.Transparent)
	frame.StrokeWidth = 2
	g.editor = &gridEditor{at: p, col: col.ID, original: original, entry: entry, frame: frame}
	g.paintFrame(false)
	g.relayout()
	g.refreshObjects()
	if c := canvasOf(g); c != nil {
		c.Focus(entry)
	}
	if typed {
		for _, r := range text {
			entry.TypedRune(r)
		}
		return
	}
	entry.SetText(original)
	moveCaretToEnd(&entry.Entry)
}

func moveCaretToEnd(e *widget.Entry) {
	if e.MultiLine {
		e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	}
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
}

// editText is what the editor starts with.
func (g *DataGrid) editText(p place) string {
	col := g.column(p.col).ID
	if s, ok := g.source.(EditSource); ok {
		return s.EditText(p.row, col)
	}
	return g.source.Cell(p.row, col).Text
}

// commitEdit hands the text to OnEdit and closes the editor. It reports false when
// the text was refused; then the editor stays with the message under it.
func (g *DataGrid) commitEdit() bool {
	e := g.editor
	if e == nil {
		return true
	}
	if e.entry.Text != e.original {
		if err := g.OnEdit(e.at.row, e.col, e.entry.Text); err != nil {
			g.paintFrame(true)
			g.showError(e.at, err)
			return false
		}
	}
	g.closeEditor()
	return true
}

func (g *DataGrid) commitAndStep(rows, cols int) {
	if g.commitEdit() {
		g.Focus()
		g.step(rows, cols)
	}
}

// commitInstant commits a text without opening the editor and moves right.
func (g *DataGrid) commitInstant(text string) {
	if err := g.OnEdit(g.cur.row, g.column(g.cur.col).ID, text); err != nil {
		g.showError(g.cur, err)
		return
	}
	g.hideBubble()
	g.step(0, 1)
}

// cancelEdit drops what was typed.
func (g *DataGrid) cancelEdit() {
	if g.editor != nil {
		g.closeEditor()
	}
}

func (g *DataGrid) closeEditor() {
	e := g.editor
	e.closing = true
	if c := canvasOf(g); !e.leaving && c != nil && c.Focused() == fyne.Focusable(e.entry) {
		c.Focus(g)
	}
	g.editor = nil
	g.hideBubble()
	g.refreshObjects()
	g.repaint()
}

// Editing says whether a cell's editor is open.
func (g *DataGrid) Editing() bool { return g.editor != nil }

// layoutEditor keeps the editor on its cell while scrolling and resizing.
func (g *DataGrid) layoutEditor() {
	e := g.editor
	if e == nil {
		return
	}
	if e.at.row >= g.rowCount() || e.at.col >= len(g.visible) {
		return
	}
	pos, size := g.cellBox(e.at)
	need := e.entry.MinSize().Height
	h := max(size.Height, need)
	if e.entry.MultiLine {
		h = max(h, 4*g.rowHeight)
		size.Width = max(size.Width, 220)
	} else {
		pos.Y -= (h - size.Height) / 2
	}
	pos.X = max(0, min(pos.X, g.Size().Width-size.Width))
	pos.Y = max(0, min(pos.Y, g.Size().Height-h))
	e.entry.Move(pos)
	e.entry.Resize(fyne.NewSize(size.Width, h))
	e.frame.Move(pos)
	e.frame.Resize(fyne.NewSize(size.Width, h))
	g.layoutBubble()
}

func (g *DataGrid) paintFrame(failed bool) {
	name := theme.ColorNamePrimary
	if failed {
		name = theme.ColorNameError
	}
	g.editor.frame.StrokeColor = g.Theme().Color(name, variant())
	g.editor.frame.Refresh()
}

// refreshObjects tells the canvas that children came or went.
func (g *DataGrid) refreshObjects() { canvas.Refresh(g) }

func hasLineBreak(s string) bool {
	for _, r := range s {
		if r == '\n' {
			return true
		}
	}
	return false
}
