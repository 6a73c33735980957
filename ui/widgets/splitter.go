package widgets

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const splitBar = 5 // thickness that can be grabbed; drawn as a hairline

// Splitter divides its room between two objects by a bar the user drags. Unlike
// container.Split it tells when it was moved, so the place can be remembered.
type Splitter struct {
	widget.BaseWidget
	// OnMoved is called after the user dragged the bar; offset is 0–1.
	OnMoved     func(offset float64)
	first, last fyne.CanvasObject
	vertical    bool
	offset      float64
	bar         *splitGrip
}

// NewHSplitter puts left and right side by side; offset (0–1) is left's share.
func NewHSplitter(left, right fyne.CanvasObject, offset float64) *Splitter {
	return newSplitter(left, right, false, offset)
}

// NewVSplitter puts top over bottom; offset (0–1) is top's share.
func NewVSplitter(top, bottom fyne.CanvasObject, offset float64) *Splitter {
	return newSplitter(top, bottom, true, offset)
}

func newSplitter(a, b fyne.CanvasObject, vertical bool, offset float64) *Splitter {
	s := &Splitter{first: a, last: b, vertical: vertical, offset: min(max(offset, 0), 1)}
	s.bar = newSplitGrip(s)
	s.ExtendBaseWidget(s)
	return s
}

// Offset is the first part's share of the room, 0–1.
func (s *Splitter) Offset() float64 { return s.offset }

// SetOffset moves the bar; parts never get smaller than their minimum.
func (s *Splitter) SetOffset(offset float64) {
	s.offset = min(max(offset, 0), 1)
	s.Refresh()
}

// cut is the first part's length in a room of that length.
func (s *Splitter) cut(room, minFirst, minLast float32) float32 {
	at := float32(s.offset) * room
	return max(min(at, room-minLast), minFirst)
}

func (s *Splitter) layout(size fyne.Size) {
	a, b := s.first.MinSize(), s.last.MinSize()
	if s.vertical {
		room := max(0, size.Height-splitBar)
		at := s.cut(room, a.Height, b.Height)
		put(s.first, 0, 0, size.Width, at)
		put(s.bar, 0, at, size.Width, splitBar)
		put(s.last, 0, at+splitBar, size.Width, max(0, room-at))
		return
	}
	room := max(0, size.Width-splitBar)
	at := s.cut(room, a.Width, b.Width)
	put(s.first, 0, 0, at, size.Height)
	put(s.bar, at, 0, splitBar, size.Height)
	put(s.last, at+splitBar, 0, max(0, room-at), size.Height)
}

// put places an object at whole pixels, or texts would blur. Sizes are rounded up:
// an entry a fraction lower than its text would show scroll bars.
func put(o fyne.CanvasObject, x, y, w, h float32) {
	up := func(v float32) float32 { return float32(math.Ceil(float64(v) - 0.001)) }
	o.Move(fyne.NewPos(float32(int(x)), float32(int(y))))
	o.Resize(fyne.NewSize(up(w), up(h)))
}

// CreateRenderer implements fyne.Widget.
func (s *Splitter) CreateRenderer() fyne.WidgetRenderer {
	return &boxRenderer{
		objects: []fyne.CanvasObject{s.first, s.bar, s.last},
		layout:  s.layout,
		minSize: func() fyne.Size {
			a, b := s.first.MinSize(), s.last.MinSize()
			if s.vertical {
				return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height+splitBar)
			}
			return fyne.NewSize(a.Width+b.Width+splitBar, max(a.Height, b.Height))
		},
	}
}

// splitGrip is the bar that is dragged.
type splitGrip struct {
	widget.BaseWidget
	s     *Splitter
	line  *canvas.Rectangle
	hover bool
}

func newSplitGrip(s *Splitter) *splitGrip {
	g := &splitGrip{s: s, line: canvas.NewRectangle(color.Transparent)}
	g.ExtendBaseWidget(g)
	return g
}

// Dragged implements fyne.Draggable.
func (g *splitGrip) Dragged(e *fyne.DragEvent) {
	s := g.s
	// From where the bar stands, not from a share beyond a part's minimum.
	at, room, d := g.Position().X, s.Size().Width-splitBar, e.Dragged.DX
	if s.vertical {
		at, room, d = g.Position().Y, s.Size().Height-splitBar, e.Dragged.DY
	}
	if room > 0 {
		s.SetOffset(float64((at + d) / room))
	}
}

// DragEnd implements fyne.Draggable.
func (g *splitGrip) DragEnd() {
	if g.s.OnMoved != nil {
		g.s.OnMoved(g.s.offset)
	}
}

// Cursor implements desktop.Cursorable.
func (g *splitGrip) Cursor() desktop.Cursor {
	if g.s.vertical {
		return desktop.VResizeCursor
	}
	return desktop.HResizeCursor
}

// MouseIn implements desktop.Hoverable.
func (g *splitGrip) MouseIn(*desktop.MouseEvent) { g.hover = true; g.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (g *splitGrip) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (g *splitGrip) MouseOut() { g.hover = false; g.Refresh() }

// CreateRenderer implements fyne.Widget.
func (g *splitGrip) CreateRenderer() fyne.WidgetRenderer {
	paint := func() {
		name := theme.ColorNameSeparator
		if g.hover {
			name = theme.ColorNamePrimary
		}
		g.line.FillColor = g.Theme().Color(name, variant())
	}
	paint()
	return &boxRenderer{
		objects: []fyne.CanvasObject{g.line},
		layout: func(s fyne.Size) {
			if g.s.vertical {
				put(g.line, 0, splitBar/2, s.Width, 1)
			} else {
				put(g.line, splitBar/2, 0, 1, s.Height)
			}
		},
		minSize: func() fyne.Size { return fyne.NewSize(splitBar, splitBar) },
		refresh: paint,
	}
}
