package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	statusHeight = 26
	statusGap    = 18
)

// StatusBar is the window's lowest line: short texts from left to right, some of
// which can be clicked. Empty texts take no room.
type StatusBar struct {
	widget.BaseWidget
	parts []*statusPart
	line  *canvas.Rectangle
	back  *canvas.Rectangle
}

// NewStatusBar makes n empty parts, numbered from 0; the last one stands at the right.
func NewStatusBar(n int) *StatusBar {
	s := &StatusBar{line: canvas.NewRectangle(color.Transparent), back: canvas.NewRectangle(color.Transparent)}
	for range n {
		s.parts = append(s.parts, newStatusPart())
	}
	s.ExtendBaseWidget(s)
	return s
}

// Set changes part i; a nil action makes it plain text.
func (s *StatusBar) Set(i int, text string, action func()) {
	p := s.parts[i]
	if p.text.Text == text && p.action == nil && action == nil {
		return
	}
	p.text.Text, p.action = text, action
	s.Refresh()
}

// Text is what part i shows.
func (s *StatusBar) Text(i int) string { return s.parts[i].text.Text }

// CreateRenderer implements fyne.Widget.
func (s *StatusBar) CreateRenderer() fyne.WidgetRenderer {
	objs := []fyne.CanvasObject{s.back, s.line}
	for _, p := range s.parts {
		objs = append(objs, p)
	}
	s.paint()
	return &boxRenderer{objects: objs, layout: s.layout, refresh: s.paint, minSize: func() fyne.Size {
		return fyne.NewSize(100, statusHeight)
	}}
}

func (s *StatusBar) paint() {
	s.back.FillColor = s.Theme().Color(theme.ColorNameHeaderBackground, variant())
	s.line.FillColor = s.Theme().Color(theme.ColorNameSeparator, variant())
	for _, p := range s.parts {
		p.paint()
	}
}

func (s *StatusBar) layout(size fyne.Size) {
	put(s.back, 0, 0, size.Width, size.Height)
	put(s.line, 0, 0, size.Width, 1)
	x := float32(12)
	for i, p := range s.parts {
		w := p.MinSize().Width
		at := x
		if i == len(s.parts)-1 && i > 0 {
			at = max(x, size.Width-12-w)
		}
		put(p, at, 1, w+1, size.Height-1)
		if p.text.Text != "" {
			x = at + w + statusGap
		}
	}
}

// statusPart is one text of the bar.
type statusPart struct {
	widget.BaseWidget
	text   *canvas.Text
	action func()
	hover  bool
}

func newStatusPart() *statusPart {
	p := &statusPart{text: canvas.NewText("", color.Black)}
	p.ExtendBaseWidget(p)
	return p
}

func (p *statusPart) paint() {
	name := theme.ColorNamePlaceHolder
	if p.action != nil {
		name = theme.ColorNameForeground
		if p.hover {
			name = theme.ColorNamePrimary
		}
	}
	p.text.Color = p.Theme().Color(name, variant())
	p.text.TextSize = p.Theme().Size(theme.SizeNameCaptionText)
}

// Tapped implements fyne.Tappable.
func (p *statusPart) Tapped(*fyne.PointEvent) {
	if p.action != nil {
		p.action()
	}
}

// Cursor implements desktop.Cursorable.
func (p *statusPart) Cursor() desktop.Cursor {
	if p.action != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// MouseIn implements desktop.Hoverable.
func (p *statusPart) MouseIn(*desktop.MouseEvent) { p.hover = true; p.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (p *statusPart) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (p *statusPart) MouseOut() { p.hover = false; p.Refresh() }

// MinSize implements fyne.CanvasObject.
func (p *statusPart) MinSize() fyne.Size {
	if p.text.Text == "" {
		return fyne.NewSize(0, statusHeight-1)
	}
	return fyne.NewSize(p.text.MinSize().Width, statusHeight-1)
}

// CreateRenderer implements fyne.Widget.
func (p *statusPart) CreateRenderer() fyne.WidgetRenderer {
	p.paint()
	return &boxRenderer{objects: []fyne.CanvasObject{p.text}, refresh: p.paint, minSize: p.MinSize, layout: func(s fyne.Size) {
		p.text.Move(fyne.NewPos(0, (s.Height-p.text.MinSize().Height)/2))
	}}
}
