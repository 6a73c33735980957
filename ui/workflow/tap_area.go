package workflow

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// tapArea makes any object answer a tap. about is the code of what it leads to.
type tapArea struct {
	widget.BaseWidget
	about string
	inner fyne.CanvasObject
	act   func()
}

func newTapArea(inner fyne.CanvasObject, about string, act func()) *tapArea {
	a := &tapArea{inner: inner, about: about, act: act}
	a.ExtendBaseWidget(a)
	return a
}

// Tapped implements fyne.Tappable.
func (a *tapArea) Tapped(*fyne.PointEvent) { a.act() }

// Cursor implements desktop.Cursorable.
func (a *tapArea) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (a *tapArea) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(a.inner) }
