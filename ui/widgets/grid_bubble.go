package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

const (
	bubbleRunes = 30 // characters per line of an error bubble
	bubbleLine  = 20
)

// errorBubble says under a cell why a text was refused.
type errorBubble struct {
	at    place
	back  *canvas.Rectangle
	lines []*canvas.Text
}

func (b *errorBubble) objects() []fyne.CanvasObject {
	objs := []fyne.CanvasObject{b.back}
	for _, l := range b.lines {
		objs = append(objs, l)
	}
	return objs
}

// ErrorText returns the message shown by a cell now, "" = none.
func (g *DataGrid) ErrorText() string {
	if g.bubble == nil {
		return ""
	}
	s := ""
	for _, l := range g.bubble.lines {
		s += l.Text
	}
	return s
}

func (g *DataGrid) showError(p place, err error) {
	g.say(p, err.Error(), theme.ColorNameError, theme.ColorNameForegroundOnError)
}

// showNote says by a cell what was done otherwise than asked.
func (g *DataGrid) showNote(p place, text string) {
	g.say(p, text, theme.ColorNamePrimary, theme.ColorNameForegroundOnPrimary)
}

func (g *DataGrid) say(p place, text string, back, front fyne.ThemeColorName) {
	th := g.Theme()
	b := &errorBubble{at: p, back: canvas.NewRectangle(th.Color(back, variant()))}
	b.back.CornerRadius = 3
	ink := th.Color(front, variant())
	for _, part := range wrapText(text, bubbleRunes) {
		b.lines = append(b.lines, canvas.NewText(part, ink))
	}
	g.bubble = b
	g.layoutBubble()
	g.refreshObjects()
}

func (g *DataGrid) hideBubble() {
	if g.bubble != nil {
		g.bubble = nil
		g.refreshObjects()
	}
}

// layoutBubble puts the bubble under its cell, or above when there is no room.
func (g *DataGrid) layoutBubble() {
	b := g.bubble
	if b == nil {
		return
	}
	pos, size := g.cellBox(b.at)
	if g.editor != nil {
		pos, size = g.editor.entry.Position(), g.editor.entry.Size()
	}
	var w float32
	for _, l := range b.lines {
		w = max(w, l.MinSize().Width)
	}
	box := fyne.NewSize(w+16, float32(len(b.lines))*bubbleLine+8)
	y := pos.Y + size.Height + 3
	if y+box.Height > g.Size().Height {
		y = max(0, pos.Y-box.Height-3)
	}
	x := max(0, min(pos.X, g.Size().Width-box.Width))
	b.back.Move(fyne.NewPos(x, y))
	b.back.Resize(box)
	for i, l := range b.lines {
		l.Move(fyne.NewPos(x+8, y+4+float32(i)*bubbleLine))
		l.Resize(l.MinSize())
	}
}
