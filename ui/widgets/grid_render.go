package widgets

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// gridRenderer owns the picture, the scroll bars and whatever lies over a cell.
type gridRenderer struct {
	g          *DataGrid
	picture    *canvas.Raster
	vbar, hbar *scrollBar
}

// CreateRenderer implements fyne.Widget.
func (g *DataGrid) CreateRenderer() fyne.WidgetRenderer {
	p := &gridPainter{g: g}
	r := &gridRenderer{g: g, picture: canvas.NewRaster(p.paint)}
	// One texture pixel is one screen pixel; smoothing would only blur the text.
	r.picture.ScaleMode = canvas.ImageScalePixels
	r.vbar = newScrollBar(true, func(v float64) { g.scrollTo(g.offX, v) })
	r.hbar = newScrollBar(false, func(v float64) { g.scrollTo(v, g.offY) })
	g.view = r
	return r
}

func (r *gridRenderer) Layout(size fyne.Size) {
	g := r.g
	r.picture.Resize(g.wholePixels(size))
	if g.revealLater {
		g.reveal(g.cur)
	}
	g.clampOffset()
	w, h := g.bodySize()
	mx, my := g.maxOffset()
	head := g.headerHeight()
	r.vbar.place(fyne.NewPos(size.Width-barSize, head), fyne.NewSize(barSize, h), g.offY, my, float64(h))
	r.hbar.place(fyne.NewPos(g.numberWidth(), size.Height-barSize), fyne.NewSize(w, barSize), g.offX, mx, float64(w))
	g.layoutEditor()
}

// wholePixels cuts a size down to pixels of the screen. A picture that is a fraction
// larger is stretched by the graphics card, which doubles or drops a line of it.
func (g *DataGrid) wholePixels(size fyne.Size) fyne.Size {
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil {
		scale = c.Scale()
	}
	cut := func(v float32) float32 { return float32(math.Floor(float64(v*scale)+0.01)) / scale }
	return fyne.NewSize(cut(size.Width), cut(size.Height))
}

func (r *gridRenderer) MinSize() fyne.Size {
	return fyne.NewSize(120, r.g.headerHeight()+2*r.g.rowHeight)
}

func (r *gridRenderer) Refresh() {
	r.picture.Refresh()
	r.vbar.Refresh()
	r.hbar.Refresh()
}

func (r *gridRenderer) Objects() []fyne.CanvasObject {
	objs := []fyne.CanvasObject{r.picture}
	if r.g.editor != nil {
		objs = append(objs, r.g.editor.entry, r.g.editor.frame)
	}
	objs = append(objs, r.vbar, r.hbar)
	if r.g.bubble != nil {
		objs = append(objs, r.g.bubble.objects()...)
	}
	return objs
}

func (r *gridRenderer) Destroy() {}

// repaint draws the picture anew without moving anything.
func (g *DataGrid) repaint() {
	if g.view != nil {
		g.view.picture.Refresh()
	}
}

// relayout is repaint after scrolling or resizing.
func (g *DataGrid) relayout() {
	if g.view != nil {
		g.view.Layout(g.Size())
		g.view.picture.Refresh()
	}
}
