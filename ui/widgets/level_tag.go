package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const tagSquare = 11

// LevelTag is a small colour square and a word; a colour never stands alone, since
// it may be printed grey or not be told apart.
type LevelTag struct {
	widget.BaseWidget
	square *canvas.Rectangle
	text   *canvas.Text
}

// NewLevelTag shows word beside a square of colour c; nil leaves the square out.
func NewLevelTag(word string, c color.Color) *LevelTag {
	t := &LevelTag{square: canvas.NewRectangle(c), text: canvas.NewText(word, nil)}
	t.ExtendBaseWidget(t)
	t.Set(word, c)
	return t
}

// Set changes word and colour.
func (t *LevelTag) Set(word string, c color.Color) {
	t.text.Text = word
	t.square.FillColor = c
	t.square.Hidden = c == nil
	t.Refresh()
}

func (t *LevelTag) textX() float32 {
	if t.square.Hidden {
		return 0
	}
	return tagSquare + 5
}

// MinSize implements fyne.CanvasObject.
func (t *LevelTag) MinSize() fyne.Size {
	m := t.text.MinSize()
	return fyne.NewSize(m.Width+t.textX(), m.Height)
}

// CreateRenderer implements fyne.Widget.
func (t *LevelTag) CreateRenderer() fyne.WidgetRenderer {
	paint := func() { t.text.Color = t.Theme().Color(theme.ColorNameForeground, variant()) }
	paint()
	return &boxRenderer{
		objects: []fyne.CanvasObject{t.square, t.text},
		layout: func(s fyne.Size) {
			m := t.text.MinSize()
			t.square.Move(fyne.NewPos(0, (s.Height-tagSquare)/2+0.5))
			t.square.Resize(fyne.NewSize(tagSquare, tagSquare))
			t.text.Move(fyne.NewPos(t.textX(), (s.Height-m.Height)/2))
		},
		minSize: t.MinSize,
		refresh: paint,
	}
}
