package pen

import (
	"math"
	"time"

	"fyne.io/fyne/v2"

	"lianshao/app/report/draw"
	"lianshao/ui/pen/raster"
)

// How far a View zooms, and the smallest zoom at which texts of 13 units still read well.
const (
	MinZoom      = 0.1
	MaxZoom      = 6.0
	readableZoom = 0.7
	largestFit   = 1.25 // small drawings are not blown up beyond this
)

// framing says how a View places its drawing as long as the user has not moved it.
type framing int

const (
	frameHome  framing = iota // readable: whole if that is large enough, else the width from the top
	frameWhole                // everything in sight
	frameFree                 // the user's own zoom and place
)

// View shows a drawing that may be larger than its place: the wheel zooms at the
// pointer, dragging moves, a double tap changes between the whole picture and a
// readable size. Embedding surface gives it OnTapped, OnMenu and the hover tip.
type View struct {
	surface

	frame   framing
	now     func() time.Time
	lastTap time.Time
	lastPos fyne.Position
}

// NewView shows d, at first as large as is comfortable to read.
func NewView(d draw.Drawing) *View {
	v := &View{now: time.Now}
	v.init(v)
	v.drawing = d
	return v
}

// CreateRenderer implements fyne.Widget.
func (v *View) CreateRenderer() fyne.WidgetRenderer {
	return v.renderer(v.reframe, func() fyne.Size { return fyne.NewSize(160, 120) })
}

// SetDrawing replaces the picture. A zoom that the user chose is kept, so that the
// picture does not jump while the table beside it is edited.
func (v *View) SetDrawing(d draw.Drawing) {
	v.drawing = d
	v.tip.hide()
	v.hovering = false
	v.reframe(v.Size())
	v.repaint()
}

// Drawing is the picture shown.
func (v *View) Drawing() draw.Drawing { return v.drawing }

// Zoom is the number of logical pixels per unit of the drawing.
func (v *View) Zoom() float64 { return v.cam.Zoom }

// Fit brings the whole picture into sight and keeps it so when the size changes.
func (v *View) Fit() { v.setFrame(frameWhole) }

// Home shows the picture at a readable size from its top: the whole of it if that
// is large enough.
func (v *View) Home() { v.setFrame(frameHome) }

func (v *View) setFrame(f framing) {
	v.frame = f
	v.reframe(v.Size())
	v.repaint()
}

// ZoomBy multiplies the zoom and keeps the picture's point under at in its place.
func (v *View) ZoomBy(factor float64, at fyne.Position) {
	z := math.Max(MinZoom, math.Min(MaxZoom, v.cam.Zoom*factor))
	x, y := v.toDrawing(at)
	v.frame = frameFree
	v.cam = camera{z, float64(at.X) - x*z, float64(at.Y) - y*z}
	v.keepInSight()
	v.repaint()
}

// ZoomIn and ZoomOut are steps for buttons, around the middle.
func (v *View) ZoomIn() { v.ZoomBy(1.25, v.middle()) }

// ZoomOut makes everything a fifth smaller.
func (v *View) ZoomOut() { v.ZoomBy(0.8, v.middle()) }

func (v *View) middle() fyne.Position {
	return fyne.NewPos(v.Size().Width/2, v.Size().Height/2)
}

// Pan moves the picture by logical pixels.
func (v *View) Pan(dx, dy float64) {
	v.frame = frameFree
	v.cam.DX += dx
	v.cam.DY += dy
	v.keepInSight()
	v.repaint()
}

// Reveal moves the picture just so far that the area of key can be seen. It
// answers false when there is none.
func (v *View) Reveal(key string) bool {
	for _, h := range v.drawing.Hits {
		if h.Key != key {
			continue
		}
		z := v.cam.Zoom
		dx := into(h.X*z+v.cam.DX, (h.X+h.W)*z+v.cam.DX, float64(v.Size().Width))
		dy := into(h.Y*z+v.cam.DY, (h.Y+h.H)*z+v.cam.DY, float64(v.Size().Height))
		if dx != 0 || dy != 0 {
			v.Pan(dx, dy)
		}
		return true
	}
	return false
}

// into is the move that brings lo to hi within 0 to room, with some air.
func into(lo, hi, room float64) float64 {
	const air = 16
	switch {
	case lo < air || hi-lo > room-2*air:
		return air - lo
	case hi > room-air:
		return room - air - hi
	}
	return 0
}

// reframe places the picture for a new size, unless the user placed it.
func (v *View) reframe(size fyne.Size) {
	w, h := float64(size.Width), float64(size.Height)
	if w <= 0 || h <= 0 || v.drawing.W <= 0 || v.drawing.H <= 0 {
		return
	}
	if v.frame == frameFree {
		v.keepInSight()
		return
	}
	whole := math.Min(largestFit, math.Min(w/v.drawing.W, h/v.drawing.H))
	z := whole
	if v.frame == frameHome && whole < readableZoom {
		z = math.Max(readableZoom, math.Min(1, w/v.drawing.W))
	}
	v.cam = camera{z, math.Max(0, (w-v.drawing.W*z)/2), math.Max(0, (h-v.drawing.H*z)/2)}
}

// keepInSight stops the picture from being lost outside the window.
func (v *View) keepInSight() {
	const edge = 60
	w, h := float64(v.Size().Width), float64(v.Size().Height)
	if w <= 0 || h <= 0 {
		return
	}
	v.cam.DX = math.Min(w-edge, math.Max(edge-v.drawing.W*v.cam.Zoom, v.cam.DX))
	v.cam.DY = math.Min(h-edge, math.Max(edge-v.drawing.H*v.cam.Zoom, v.cam.DY))
}

// Scrolled zooms at the pointer; a sideways wheel moves sideways.
func (v *View) Scrolled(ev *fyne.ScrollEvent) {
	v.tip.hide()
	if ev.Scrolled.DY != 0 {
		v.ZoomBy(math.Exp(math.Max(-0.3, math.Min(0.3, float64(ev.Scrolled.DY)*0.01))), ev.Position)
	} else if ev.Scrolled.DX != 0 {
		v.Pan(float64(ev.Scrolled.DX), 0)
	}
}

// Dragged moves the picture.
func (v *View) Dragged(ev *fyne.DragEvent) {
	v.tip.hide()
	v.Pan(float64(ev.Dragged.DX), float64(ev.Dragged.DY))
}

// DragEnd implements fyne.Draggable.
func (v *View) DragEnd() {}

// Tapped calls OnTapped at once. A second tap soon after, at the same place, also
// changes the framing; fyne.DoubleTappable would delay every single tap instead.
func (v *View) Tapped(ev *fyne.PointEvent) {
	now := v.now()
	again := now.Sub(v.lastTap) < 350*time.Millisecond && near(ev.Position, v.lastPos)
	v.lastTap, v.lastPos = now, ev.Position
	if again {
		v.lastTap = time.Time{}
		if v.frame == frameWhole {
			v.Home()
		} else {
			v.Fit()
		}
		return
	}
	v.surface.Tapped(ev)
}

func near(a, b fyne.Position) bool {
	return math.Hypot(float64(a.X-b.X), float64(a.Y-b.Y)) < 6
}

// PNG paints d without a display, scale pixels to a unit, as a .png file.
func PNG(d draw.Drawing, scale float64) ([]byte, error) { return raster.PNG(d, scale) }
