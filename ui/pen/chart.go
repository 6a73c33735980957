package pen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianshao/app/report/draw"
)

// Chart shows a picture that is laid out anew whenever its size changes, such as
// the charts of app/report/chart. It leaves the wheel to whatever it stands in.
type Chart struct {
	surface

	build  func(w, h float64) draw.Drawing
	min    fyne.Size
	scroll *container.Scroll // nil unless tall
}

// NewChart shows what build draws for a size in logical pixels. min is the
// smallest size that the chart asks for.
func NewChart(min fyne.Size, build func(w, h float64) draw.Drawing) *Chart {
	c := &Chart{build: build, min: min}
	c.init(c)
	return c
}

// NewTallChart is NewChart inside a vertical scroll, for rankings and other charts
// that grow with their rows. Put the Scroll into the window and talk to the Chart.
func NewTallChart(min fyne.Size, build func(w, h float64) draw.Drawing) (*container.Scroll, *Chart) {
	c := NewChart(min, build)
	c.scroll = container.NewVScroll(c)
	c.scroll.SetMinSize(min)
	c.window = c.scroll.Size
	return c.scroll, c
}

// CreateRenderer implements fyne.Widget.
func (c *Chart) CreateRenderer() fyne.WidgetRenderer {
	return c.renderer(c.rebuild, c.minSize)
}

// SetBuild replaces what is drawn.
func (c *Chart) SetBuild(build func(w, h float64) draw.Drawing) {
	c.build = build
	c.Update()
}

// Update draws again after the data behind build has changed.
func (c *Chart) Update() {
	c.tip.hide()
	c.hovering = false
	c.rebuild(c.Size())
	c.repaint()
}

// Drawing is the picture shown.
func (c *Chart) Drawing() draw.Drawing { return c.drawing }

// Move is how a scroll shows another part of its content, for whatever reason; the
// image follows. (Scroll.OnScrolled stays silent when the program scrolls.)
func (c *Chart) Move(p fyne.Position) {
	c.surface.Move(p)
	if c.scroll == nil {
		return
	}
	shown, size := fyne.NewPos(0, -p.Y), c.imageSize(c.Size())
	if shown == c.shown && size == c.pixels.Size() {
		return
	}
	c.tip.hide()
	c.shown = shown
	c.pixels.Move(shown)
	c.pixels.Resize(size)
	c.repaint()
}

// minSize of a tall chart is what its rows needed last time.
func (c *Chart) minSize() fyne.Size {
	if c.scroll == nil {
		return c.min
	}
	return fyne.NewSize(0, max(c.min.Height, float32(c.drawing.H)))
}

// rebuild lays out for the width at hand. A tall chart is offered the height of
// its scroll, not its own, or it could never become lower again.
func (c *Chart) rebuild(size fyne.Size) {
	if size.Width <= 0 || size.Height <= 0 || c.build == nil {
		return
	}
	h := size.Height
	if c.scroll != nil && c.scroll.Size().Height > 0 {
		h = c.scroll.Size().Height
	}
	if c.scroll != nil {
		c.shown = fyne.NewPos(0, -c.Position().Y)
	}
	before := c.drawing.H
	c.drawing = c.build(float64(size.Width), float64(h))
	if c.scroll != nil && c.drawing.H != before && c.drawing.H != float64(size.Height) {
		c.scroll.Refresh()
	}
}
