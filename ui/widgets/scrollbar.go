package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// barSize is the thickness of a scroll bar.
const barSize = 10

// minThumb keeps the thumb big enough to be grabbed at 100,000 rows.
const minThumb = 28

// scrollBar is a bar over the grid's edge. Its value is in pixels of content.
type scrollBar struct {
	widget.BaseWidget
	vertical         bool
	value, max, page float64
	moved            func(v float64)
	thumb            *canvas.Rectangle
	hover, drag      bool
}

func newScrollBar(vertical bool, moved func(float64)) *scrollBar {
	b := &scrollBar{vertical: vertical, moved: moved, thumb: canvas.NewRectangle(color.Transparent)}
	b.ExtendBaseWidget(b)
	return b
}

// place puts the bar somewhere and tells it the range; max 0 hides it.
func (b *scrollBar) place(pos fyne.Position, size fyne.Size, value, max, page float64) {
	b.value, b.max, b.page = value, max, page
	b.Move(pos)
	b.Resize(size)
	if max <= 0 {
		b.Hide()
		return
	}
	b.Show()
	b.layoutThumb()
}

// track returns the bar's length, the thumb's length and its offset.
func (b *scrollBar) track() (length, thumb, at float32) {
	length = b.Size().Height
	if !b.vertical {
		length = b.Size().Width
	}
	thumb = max(minThumb, length*float32(b.page/(b.page+b.max)))
	thumb = min(thumb, length)
	if b.max > 0 {
		at = (length - thumb) * float32(b.value/b.max)
	}
	return length, thumb, at
}

func (b *scrollBar) layoutThumb() {
	_, thumb, at := b.track()
	thick := float32(6)
	if b.hover || b.drag {
		thick = barSize - 1
	}
	b.thumb.CornerRadius = thick / 2
	if b.vertical {
		b.thumb.Move(fyne.NewPos(barSize-thick-1, at))
		b.thumb.Resize(fyne.NewSize(thick, thumb))
	} else {
		b.thumb.Move(fyne.NewPos(at, barSize-thick-1))
		b.thumb.Resize(fyne.NewSize(thumb, thick))
	}
}

func (b *scrollBar) CreateRenderer() fyne.WidgetRenderer {
	b.paint()
	return widget.NewSimpleRenderer(container0(b.thumb))
}

func (b *scrollBar) paint() {
	b.thumb.FillColor = b.Theme().Color(theme.ColorNameScrollBar, variant())
}

// Refresh implements fyne.Widget.
func (b *scrollBar) Refresh() {
	b.paint()
	b.layoutThumb()
	b.thumb.Refresh()
}

// MinSize implements fyne.CanvasObject.
func (b *scrollBar) MinSize() fyne.Size { return fyne.NewSize(barSize, barSize) }

// Dragged implements fyne.Draggable.
func (b *scrollBar) Dragged(e *fyne.DragEvent) {
	b.drag = true
	length, thumb, _ := b.track()
	d := e.Dragged.DY
	if !b.vertical {
		d = e.Dragged.DX
	}
	if room := length - thumb; room > 0 {
		// Kept locally unrounded, or slow drags over many rows would stall.
		b.value = min(max(b.value+float64(d)*b.max/float64(room), 0), b.max)
		b.moved(b.value)
	}
}

// DragEnd implements fyne.Draggable.
func (b *scrollBar) DragEnd() { b.drag = false; b.Refresh() }

// Tapped pages towards the point.
func (b *scrollBar) Tapped(e *fyne.PointEvent) {
	_, thumb, at := b.track()
	p := e.Position.Y
	if !b.vertical {
		p = e.Position.X
	}
	switch {
	case p < at:
		b.moved(b.value - b.page*0.9)
	case p > at+thumb:
		b.moved(b.value + b.page*0.9)
	}
}

// MouseIn implements desktop.Hoverable.
func (b *scrollBar) MouseIn(*desktop.MouseEvent) { b.hover = true; b.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (b *scrollBar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (b *scrollBar) MouseOut() { b.hover = false; b.Refresh() }

// container0 groups objects that are placed by hand.
func container0(objs ...fyne.CanvasObject) *fyne.Container { return &fyne.Container{Objects: objs} }

// variant is the light or dark choice of the running app.
func variant() fyne.ThemeVariant { return fyne.CurrentApp().Settings().ThemeVariant() }
