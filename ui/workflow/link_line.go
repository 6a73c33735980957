package workflow

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	lineHeight = 26
	linePad    = 6
	lineSquare = 11
)

// linkLine is one line that leads somewhere when tapped: a small square of a level's
// colour (or none), a few words. Words that do not fit are cut with ….
type linkLine struct {
	widget.BaseWidget
	text   string
	quiet  bool // grey words
	act    func()
	hover  bool
	square *canvas.Rectangle
	back   *canvas.Rectangle
	words  *canvas.Text
}

func newLinkLine(text string, square color.Color, act func()) *linkLine {
	l := &linkLine{text: text, act: act, square: canvas.NewRectangle(square), back: canvas.NewRectangle(nil), words: canvas.NewText(text, nil)}
	l.square.Hidden = square == nil
	l.back.CornerRadius = 3
	l.ExtendBaseWidget(l)
	return l
}

// newQuietLine is grey words that lead nowhere.
func newQuietLine(text string) *linkLine {
	l := newLinkLine(text, nil, nil)
	l.quiet = true
	return l
}

// set changes words and deed; a nil deed makes it plain words.
func (l *linkLine) set(text string, square color.Color, quiet bool, act func()) {
	l.text, l.quiet, l.act = text, quiet, act
	l.square.FillColor = square
	l.square.Hidden = square == nil
	l.Refresh()
}

// Tapped implements fyne.Tappable.
func (l *linkLine) Tapped(*fyne.PointEvent) {
	if l.act != nil {
		l.act()
	}
}

// MouseIn implements desktop.Hoverable.
func (l *linkLine) MouseIn(*desktop.MouseEvent) { l.hover = true; l.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (l *linkLine) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (l *linkLine) MouseOut() { l.hover = false; l.Refresh() }

// Cursor implements desktop.Cursorable.
func (l *linkLine) Cursor() desktop.Cursor {
	if l.act == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// MinSize implements fyne.CanvasObject.
func (l *linkLine) MinSize() fyne.Size { return fyne.NewSize(80, lineHeight) }

// CreateRenderer implements fyne.Widget.
func (l *linkLine) CreateRenderer() fyne.WidgetRenderer {
	l.paint()
	return widget.NewSimpleRenderer(container.NewWithoutLayout(l.back, l.square, l.words))
}

// Refresh implements fyne.Widget.
func (l *linkLine) Refresh() { l.paint(); canvas.Refresh(l) }

// Resize implements fyne.CanvasObject.
func (l *linkLine) Resize(s fyne.Size) { l.BaseWidget.Resize(s); l.paint() }

func (l *linkLine) paint() {
	th, v, size := l.Theme(), fyne.CurrentApp().Settings().ThemeVariant(), l.Size()
	l.back.FillColor = color.Transparent
	if l.hover && l.act != nil {
		l.back.FillColor = th.Color(theme.ColorNameHover, v)
	}
	l.back.Resize(size)
	x := float32(linePad)
	if !l.square.Hidden {
		l.square.Resize(fyne.NewSize(lineSquare, lineSquare))
		l.square.Move(fyne.NewPos(x, (size.Height-lineSquare)/2))
		x += lineSquare + 6
	}
	l.words.TextSize = th.Size(theme.SizeNameText)
	l.words.Color = th.Color(theme.ColorNameForeground, v)
	if l.quiet {
		l.words.Color = th.Color(theme.ColorNamePlaceHolder, v)
	}
	l.words.Text = cutText(l.text, l.words.TextSize, size.Width-x-linePad)
	l.words.Move(fyne.NewPos(x, (size.Height-l.words.MinSize().Height)/2))
}

// cutText shortens a text to a width, with … at its end.
func cutText(text string, size, width float32) string {
	measure := func(s string) float32 { return fyne.MeasureText(s, size, fyne.TextStyle{}).Width }
	if width <= 0 || measure(text) <= width {
		return text
	}
	runes := []rune(text)
	lo, hi := 0, len(runes)
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if measure(string(runes[:mid])+"…") <= width {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return string(runes[:lo]) + "…"
}
