// Package pen shows drawings in the window. View is for pictures larger than
// their place: zoom at the pointer, drag, fit. Chart is for pictures that are laid
// out anew for every size. Both paint the whole drawing into one image with the
// package raster, exactly as the PNG and paper do, instead of keeping hundreds of
// canvas objects.
package pen

import (
	"image"
	"image/color"
	stddraw "image/draw"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/report/draw"
	"lianshao/ui/pen/raster"
)

// camera says where the drawing's points fall: x·Zoom+DX in logical pixels.
type camera struct{ Zoom, DX, DY float64 }

// surface is what View and Chart share: the picture, its hit areas, the tip.
type surface struct {
	widget.BaseWidget

	// OnTapped is called with the key of the hit area under the pointer.
	OnTapped func(key string)
	// OnMenu is called for the secondary button; at is absolute, for a pop-up menu.
	OnMenu func(key string, at fyne.Position)

	drawing draw.Drawing
	cam     camera
	shown   fyne.Position // the widget's point at the image's upper left corner
	ground  color.Color   // around the drawing; nil = white
	pixels  *canvas.Raster
	img     *image.RGBA
	stale   bool             // img shows an older drawing or camera
	window  func() fyne.Size // what can be seen of the widget at once; nil: all of it

	tip      tipBox
	hover    draw.Hit
	hovering bool
}

func (s *surface) init(self fyne.Widget) {
	s.ExtendBaseWidget(self)
	s.pixels = canvas.NewRaster(s.render)
	s.cam.Zoom = 1
	s.stale = true
}

// render paints for the device's own pixels, so texts stay sharp at any zoom and
// scale. The image is kept until something changes.
func (s *surface) render(w, h int) image.Image {
	if s.img == nil || s.img.Rect.Dx() != w || s.img.Rect.Dy() != h {
		s.img = image.NewRGBA(image.Rect(0, 0, w, h))
		s.stale = true
	}
	if s.stale {
		ground := image.White
		if s.ground != nil {
			ground = image.NewUniform(s.ground)
		}
		stddraw.Draw(s.img, s.img.Rect, ground, image.Point{}, stddraw.Src)
		k := 1.0
		if width := float64(s.pixels.Size().Width); width > 0 {
			k = float64(w) / width
		}
		raster.Paint(s.img, s.drawing, s.cam.Zoom*k, (s.cam.DX-float64(s.shown.X))*k, (s.cam.DY-float64(s.shown.Y))*k)
		s.stale = false
	}
	return s.img
}

// imageSize is the size of the image for a widget of the given size. A picture in
// a scroll needs no more than the window onto it: graphics cards refuse images of
// more than a few thousand rows.
func (s *surface) imageSize(size fyne.Size) fyne.Size {
	if s.window == nil {
		return size
	}
	w := s.window()
	return fyne.NewSize(size.Width, min(size.Height, w.Height))
}

func (s *surface) repaint() {
	s.stale = true
	s.pixels.Refresh()
}

// at finds the topmost hit area under a position.
func (s *surface) at(p fyne.Position) (draw.Hit, bool) {
	x, y := s.toDrawing(p)
	for i := len(s.drawing.Hits) - 1; i >= 0; i-- {
		h := s.drawing.Hits[i]
		if x >= h.X && x < h.X+h.W && y >= h.Y && y < h.Y+h.H {
			return h, true
		}
	}
	return draw.Hit{}, false
}

func (s *surface) toDrawing(p fyne.Position) (x, y float64) {
	return (float64(p.X) - s.cam.DX) / s.cam.Zoom, (float64(p.Y) - s.cam.DY) / s.cam.Zoom
}

// Tapped calls OnTapped when something is under the pointer.
func (s *surface) Tapped(ev *fyne.PointEvent) {
	if h, ok := s.at(ev.Position); ok && h.Key != "" && s.OnTapped != nil {
		s.OnTapped(h.Key)
	}
}

// TappedSecondary calls OnMenu, also on empty ground (with an empty key).
func (s *surface) TappedSecondary(ev *fyne.PointEvent) {
	if s.OnMenu != nil {
		h, _ := s.at(ev.Position)
		s.OnMenu(h.Key, ev.AbsolutePosition)
	}
}

// MouseIn implements desktop.Hoverable.
func (s *surface) MouseIn(ev *desktop.MouseEvent) { s.MouseMoved(ev) }

// MouseMoved shows the tip of the hit area under the pointer.
func (s *surface) MouseMoved(ev *desktop.MouseEvent) {
	h, ok := s.at(ev.Position)
	if !ok || h.Tip == "" {
		s.hovering = ok
		s.hover = h
		s.tip.hide()
		return
	}
	if !s.hovering || h != s.hover || !s.tip.visible() {
		s.tip.show(h.Tip)
	}
	s.hover, s.hovering = h, true
	s.tip.moveNear(ev.Position, s.shown, s.pixels.Size())
}

// MouseOut hides the tip.
func (s *surface) MouseOut() {
	s.hovering = false
	s.tip.hide()
}

// Cursor is a hand over everything that answers a tap.
func (s *surface) Cursor() desktop.Cursor {
	if s.hovering && s.hover.Key != "" && s.OnTapped != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// tipBox is a small note near the pointer. It lives inside the widget, so it
// neither takes focus nor blocks taps as a pop-up would.
type tipBox struct {
	back  *canvas.Rectangle
	lines []*canvas.Text
	box   *fyne.Container
}

const tipPad = 6

func (t *tipBox) object() fyne.CanvasObject {
	if t.box == nil {
		t.back = canvas.NewRectangle(color.NRGBA{0xFF, 0xFB, 0xE8, 0xF8})
		t.back.StrokeColor = color.NRGBA{0xC9, 0xC2, 0xA6, 0xFF}
		t.back.StrokeWidth = 1
		t.back.CornerRadius = 3
		t.box = &fyne.Container{}
		t.box.Hide()
	}
	return t.box
}

func (t *tipBox) visible() bool { return t.box != nil && t.box.Visible() }

func (t *tipBox) hide() {
	if t.visible() {
		t.box.Hide()
	}
}

func (t *tipBox) show(text string) {
	t.object()
	t.lines = nil
	t.box.Objects = []fyne.CanvasObject{t.back}
	var w, y float32 = 0, tipPad
	for _, line := range tipLines(text) {
		c := canvas.NewText(line, color.NRGBA{0x24, 0x31, 0x3C, 0xFF})
		c.TextSize = theme.CaptionTextSize() + 1
		size := c.MinSize()
		c.Resize(size)
		c.Move(fyne.NewPos(tipPad, y))
		y += size.Height
		w = max(w, size.Width)
		t.lines = append(t.lines, c)
		t.box.Objects = append(t.box.Objects, c)
	}
	size := fyne.NewSize(w+2*tipPad, y+tipPad)
	t.back.Resize(size)
	t.box.Resize(size)
	t.box.Show()
	t.box.Refresh()
}

// How much a tip says at most; whoever wants more taps.
const (
	tipChars = 34
	tipRows  = 14
)

// tipLines breaks long lines and cuts long tips.
func tipLines(text string) []string {
	var out []string
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		r := []rune(line)
		for len(r) > tipChars {
			n := tipChars
			for n > tipChars-4 && strings.ContainsRune("，。；：！？、）》」”％", r[n]) {
				n-- // no line begins with a closing mark
			}
			out = append(out, string(r[:n]))
			r = append([]rune("　"), r[n:]...)
		}
		out = append(out, string(r))
	}
	if len(out) > tipRows {
		out = append(out[:tipRows-1], "……")
	}
	return out
}

// moveNear keeps the note beside the pointer and inside the part that is shown.
func (t *tipBox) moveNear(p, from fyne.Position, in fyne.Size) {
	size := t.box.Size()
	x, y := p.X+14, p.Y+18
	if x+size.Width > from.X+in.Width {
		x = max(from.X, from.X+in.Width-size.Width)
	}
	if y+size.Height > from.Y+in.Height {
		y = max(from.Y, p.Y-size.Height-8)
	}
	t.box.Move(fyne.NewPos(x, y))
}

// surfaceRenderer lays the image over the widget, the tip on top.
type surfaceRenderer struct {
	s       *surface
	resized func(fyne.Size) // lays out the picture
	min     func() fyne.Size
	objects []fyne.CanvasObject
}

func (s *surface) renderer(resized func(fyne.Size), min func() fyne.Size) fyne.WidgetRenderer {
	return &surfaceRenderer{s, resized, min, []fyne.CanvasObject{s.pixels, s.tip.object()}}
}

func (r *surfaceRenderer) Layout(size fyne.Size) {
	r.resized(size)
	r.s.stale = true
	r.s.pixels.Move(r.s.shown)
	r.s.pixels.Resize(r.s.imageSize(size))
}
func (r *surfaceRenderer) MinSize() fyne.Size           { return r.min() }
func (r *surfaceRenderer) Refresh()                     { r.s.repaint() }
func (r *surfaceRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *surfaceRenderer) Destroy()                     {}
