package pen

import (
	"image/color"
	"math"
	"time"

	"fyne.io/fyne/v2"

	"lianshao/app/report/draw"
)

const (
	paperAir = 14.0                   // around the sheet, logical pixels
	fullSize = 96 / 25.4              // zoom at which a millimetre on screen is one on paper
	line     = 48.0                   // moved by an arrow key
	turnRest = 160 * time.Millisecond // between two pages turned by the wheel
)

// Paper shows one page in millimetres as it prints: a white sheet on grey ground.
// The wheel scrolls, and turns the page at its edge; dragging moves.
type Paper struct {
	surface
	// OnTurn is asked for the next (+1) or previous (-1) page, or for the first
	// (-far) or last (+far) one; it answers by SetPage.
	OnTurn func(by int)
	// OnZoom tells that the zoom changed.
	OnZoom func()

	frame  paperFrame
	turned time.Time
}

type paperFrame int

const (
	pageWidth paperFrame = iota
	wholePage
	freeZoom
)

// AllPages is what OnTurn gets for Home and End, with its sign.
const AllPages = 1 << 30

// NewPaper makes an empty ground.
func NewPaper() *Paper {
	p := &Paper{}
	p.init(p)
	p.ground = color.NRGBA{0xD9, 0xDE, 0xE1, 0xFF}
	return p
}

// CreateRenderer implements fyne.Widget.
func (p *Paper) CreateRenderer() fyne.WidgetRenderer {
	return p.renderer(func(fyne.Size) { p.place() }, func() fyne.Size { return fyne.NewSize(200, 160) })
}

// SetPage shows a page from its top, or, when one turns back, from its bottom. A
// page without size leaves the ground empty.
func (p *Paper) SetPage(d draw.Drawing, bottom bool) {
	p.drawing = draw.Drawing{W: d.W, H: d.H, Hits: d.Hits}
	if d.W > 0 {
		shade, edge := draw.Color{R: 0x9A, G: 0xA5, B: 0xAC, A: 0xFF}, draw.Color{R: 0xB4, G: 0xBE, B: 0xC4, A: 0xFF}
		p.drawing.Add(draw.Rect{X: 0.7, Y: 0.7, W: d.W, H: d.H, Fill: shade},
			draw.Rect{W: d.W, H: d.H, Fill: draw.Color{R: 0xFF, G: 0xFF, B: 0xFF, A: 0xFF}, Stroke: edge, StrokeWidth: 0.2})
		p.drawing.Add(d.Items...)
	}
	p.cam.DY = paperAir
	if bottom {
		p.cam.DY = math.Inf(-1)
	}
	p.place()
	p.repaint()
}

// FitWidth makes the page as wide as its place, and keeps it so.
func (p *Paper) FitWidth() { p.reframe(pageWidth) }

// FitPage brings the whole page into sight, and keeps it so.
func (p *Paper) FitPage() { p.reframe(wholePage) }

func (p *Paper) reframe(f paperFrame) {
	p.frame = f
	p.cam.DY = paperAir
	p.place()
	p.repaint()
}

// ZoomIn and ZoomOut are steps for buttons and keys.
func (p *Paper) ZoomIn() { p.zoomBy(1.2) }

// ZoomOut makes the page a sixth smaller.
func (p *Paper) ZoomOut() { p.zoomBy(1 / 1.2) }

// Percent is the size on screen beside that on paper.
func (p *Paper) Percent() int { return int(math.Round(p.cam.Zoom / fullSize * 100)) }

// zoomBy keeps the middle of the sight in its place.
func (p *Paper) zoomBy(factor float64) {
	p.frame = freeZoom
	z := math.Max(0.2*fullSize, math.Min(5*fullSize, p.cam.Zoom*factor))
	k := z / p.cam.Zoom
	w, h := float64(p.Size().Width)/2, float64(p.Size().Height)/2
	p.cam = camera{z, w - (w-p.cam.DX)*k, h - (h-p.cam.DY)*k}
	p.place()
	p.repaint()
}

// place computes the zoom of the framing and keeps the sheet within reach.
func (p *Paper) place() {
	w, h := float64(p.Size().Width), float64(p.Size().Height)
	if w <= 2*paperAir || h <= 2*paperAir || p.drawing.W <= 0 {
		return
	}
	before := p.cam.Zoom
	switch p.frame {
	case wholePage:
		p.cam.Zoom = math.Min((w-2*paperAir)/p.drawing.W, (h-2*paperAir)/p.drawing.H)
	case pageWidth:
		p.cam.Zoom = (w - 2*paperAir) / p.drawing.W
	}
	p.cam.DX = keep(p.cam.DX, p.drawing.W*p.cam.Zoom, w)
	p.cam.DY = keep(p.cam.DY, p.drawing.H*p.cam.Zoom, h)
	if p.cam.Zoom != before && p.OnZoom != nil {
		p.OnZoom()
	}
}

// keep centres what fits and stops the rest at its edges.
func keep(at, length, room float64) float64 {
	if length+2*paperAir <= room+0.5 {
		return (room - length) / 2
	}
	return math.Min(paperAir, math.Max(room-paperAir-length, at))
}

// move scrolls by logical pixels; false when the page is at its edge.
func (p *Paper) move(dx, dy float64) bool {
	was := p.cam
	p.cam.DX += dx
	p.cam.DY += dy
	p.place()
	if math.Abs(p.cam.DX-was.DX)+math.Abs(p.cam.DY-was.DY) < 0.5 {
		return false
	}
	p.repaint()
	return true
}

func (p *Paper) turn(by int) {
	if p.OnTurn != nil {
		p.OnTurn(by)
	}
}

// Scrolled implements fyne.Scrollable.
func (p *Paper) Scrolled(ev *fyne.ScrollEvent) {
	if p.move(float64(ev.Scrolled.DX)*2, float64(ev.Scrolled.DY)*2) || ev.Scrolled.DY == 0 {
		p.turned = time.Now() // reaching the edge does not turn at once
		return
	}
	if time.Since(p.turned) < turnRest {
		return
	}
	p.turned = time.Now()
	if ev.Scrolled.DY < 0 {
		p.turn(1)
	} else {
		p.turn(-1)
	}
}

// Dragged implements fyne.Draggable.
func (p *Paper) Dragged(ev *fyne.DragEvent) { p.move(float64(ev.Dragged.DX), float64(ev.Dragged.DY)) }

// DragEnd implements fyne.Draggable.
func (p *Paper) DragEnd() {}

// Tapped takes the keyboard.
func (p *Paper) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(p); c != nil {
		c.Focus(p)
	}
}

// FocusGained implements fyne.Focusable.
func (p *Paper) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (p *Paper) FocusLost() {}

// TypedRune zooms by + and -.
func (p *Paper) TypedRune(r rune) {
	switch r {
	case '+', '=':
		p.ZoomIn()
	case '-':
		p.ZoomOut()
	}
}

// TypedKey turns pages and scrolls.
func (p *Paper) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyPageDown:
		p.turn(1)
	case fyne.KeyPageUp:
		p.turn(-1)
	case fyne.KeyHome:
		p.turn(-AllPages)
	case fyne.KeyEnd:
		p.turn(AllPages)
	case fyne.KeyDown:
		p.move(0, -line)
	case fyne.KeyUp:
		p.move(0, line)
	case fyne.KeyLeft:
		p.move(line, 0)
	case fyne.KeyRight:
		p.move(-line, 0)
	}
}
