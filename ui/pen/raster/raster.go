// Package raster paints a draw.Drawing into pixels, with anti-aliased shapes and
// the embedded fonts' own outlines. The window's View and the PNG files use the
// same code, so a chart in a file is the chart on the screen. It needs no display.
package raster

import (
	"image"
	"image/color"
	stddraw "image/draw"
	"math"

	"golang.org/x/image/vector"

	"lianshao/app/report/draw"
)

// Canvas paints with a view: a drawing's point x, y lands on pixel
// (x·Scale+DX, y·Scale+DY).
type Canvas struct {
	img           *image.RGBA
	scale, dx, dy float64
	ras           vector.Rasterizer
	path          []draw.Point
	paint         image.Uniform
}

// Paint draws d on img. Marks outside img cost almost nothing.
func Paint(img *image.RGBA, d draw.Drawing, scale, dx, dy float64) {
	c := &Canvas{img: img, scale: scale, dx: dx, dy: dy}
	for _, it := range d.Items {
		c.item(it)
	}
}

func (c *Canvas) item(it draw.Item) {
	switch v := it.(type) {
	case draw.Rect:
		c.rect(v)
	case draw.Line:
		c.stroke([]draw.Point{{X: v.X1, Y: v.Y1}, {X: v.X2, Y: v.Y2}}, false, v.Stroke, v.StrokeWidth, v.Dash)
	case draw.Polyline:
		c.stroke(v.Points, false, v.Stroke, v.StrokeWidth, v.Dash)
	case draw.Polygon:
		c.fill(v.Points, v.Fill)
		c.stroke(v.Points, true, v.Stroke, v.StrokeWidth, 0)
	case draw.Circle:
		pts := ring(v.X, v.Y, v.R, v.R*c.scale)
		c.fill(pts, v.Fill)
		c.stroke(pts, true, v.Stroke, v.StrokeWidth, 0)
	case draw.Text:
		c.text(v)
	}
}

func (c *Canvas) px(p draw.Point) draw.Point {
	return draw.Point{X: p.X*c.scale + c.dx, Y: p.Y*c.scale + c.dy}
}

// rect keeps straight edges on whole pixels: a hairline that falls between two
// pixels would look grey and twice as wide.
func (c *Canvas) rect(v draw.Rect) {
	a, b := c.px(draw.Point{X: v.X, Y: v.Y}), c.px(draw.Point{X: v.X + v.W, Y: v.Y + v.H})
	if v.Radius <= 0 {
		a, b = draw.Point{X: math.Round(a.X), Y: math.Round(a.Y)}, draw.Point{X: math.Round(b.X), Y: math.Round(b.Y)}
	}
	sw := math.Max(1, math.Round(v.StrokeWidth*c.scale))
	if v.Stroke.A > 0 && v.StrokeWidth > 0 { // the stroke's middle between whole pixels
		half := math.Mod(sw, 2) / 2
		a = draw.Point{X: math.Round(a.X-half) + half, Y: math.Round(a.Y-half) + half}
		b = draw.Point{X: math.Round(b.X-half) + half, Y: math.Round(b.Y-half) + half}
	}
	stroked := v.Stroke.A > 0 && v.StrokeWidth > 0
	pts := []draw.Point{a, {X: b.X, Y: a.Y}, b, {X: a.X, Y: b.Y}}
	if v.Radius <= 0 && !stroked {
		c.block(a, b, v.Fill)
		return
	}
	if r := math.Min(v.Radius*c.scale, math.Min(b.X-a.X, b.Y-a.Y)/2); r > 0 {
		pts = rounded(a, b, r)
	}
	if v.Radius <= 0 {
		c.block(draw.Point{X: math.Round(a.X), Y: math.Round(a.Y)}, draw.Point{X: math.Round(b.X), Y: math.Round(b.Y)}, v.Fill)
	} else {
		c.fillPx(pts, v.Fill)
	}
	if stroked {
		c.strokePx(pts, true, v.Stroke, sw, 0)
	}
}

func rounded(a, b draw.Point, r float64) []draw.Point {
	var pts []draw.Point
	corner := func(cx, cy, from float64) {
		n := max(3, int(r))
		for i := 0; i <= n; i++ {
			t := from + math.Pi/2*float64(i)/float64(n)
			pts = append(pts, draw.Point{X: cx + r*math.Cos(t), Y: cy + r*math.Sin(t)})
		}
	}
	corner(a.X+r, a.Y+r, math.Pi)
	corner(b.X-r, a.Y+r, 1.5*math.Pi)
	corner(b.X-r, b.Y-r, 0)
	corner(a.X+r, b.Y-r, math.Pi/2)
	return pts
}

// ring approximates a circle; pixels is its radius in pixels.
func ring(x, y, r, pixels float64) []draw.Point {
	n := max(12, int(4*math.Sqrt(pixels))*4)
	pts := make([]draw.Point, n)
	for i := range pts {
		t := 2 * math.Pi * float64(i) / float64(n)
		pts[i] = draw.Point{X: x + r*math.Cos(t), Y: y + r*math.Sin(t)}
	}
	return pts
}

// penWidth never lets a stroke fade below three quarters of a pixel.
func (c *Canvas) penWidth(w float64) float64 { return math.Max(w*c.scale, 0.75) }

func (c *Canvas) fill(pts []draw.Point, col draw.Color) {
	if col.A == 0 {
		return
	}
	c.fillPx(c.toPixels(pts), col)
}

func (c *Canvas) toPixels(pts []draw.Point) []draw.Point {
	c.path = c.path[:0]
	for _, p := range pts {
		c.path = append(c.path, c.px(p))
	}
	return c.path
}

func (c *Canvas) stroke(pts []draw.Point, closed bool, col draw.Color, w, dash float64) {
	if col.A == 0 || w <= 0 || len(pts) < 2 {
		return
	}
	sw := c.penWidth(w)
	px := c.toPixels(pts)
	if orthogonal(px) {
		sw = math.Max(1, math.Round(sw))
		half := math.Mod(sw, 2) / 2
		for i := range px {
			px[i] = draw.Point{X: math.Round(px[i].X-half) + half, Y: math.Round(px[i].Y-half) + half}
		}
	}
	c.strokePx(px, closed, col, sw, dash*c.scale)
}

// orthogonal reports whether all legs run along the pixel grid.
func orthogonal(pts []draw.Point) bool {
	for i := 1; i < len(pts); i++ {
		if math.Abs(pts[i].X-pts[i-1].X) > 1e-6 && math.Abs(pts[i].Y-pts[i-1].Y) > 1e-6 {
			return false
		}
	}
	return true
}

func (c *Canvas) fillPx(pts []draw.Point, col draw.Color) {
	if col.A == 0 || len(pts) < 3 {
		return
	}
	box, ok := c.clip(pts, 0)
	if !ok {
		return
	}
	c.begin(box)
	c.polygon(pts, box)
	c.end(box, col)
}

// block fills whole pixels, without anti-aliasing: much faster than a polygon.
func (c *Canvas) block(a, b draw.Point, col draw.Color) {
	if col.A == 0 {
		return
	}
	box, ok := c.clip([]draw.Point{a, b}, 0)
	if !ok {
		return
	}
	op := stddraw.Over
	if col.A == 255 {
		op = stddraw.Src
	}
	c.paint.C = color.NRGBA(col)
	stddraw.Draw(c.img, box, &c.paint, image.Point{}, op)
}

// clip is the part of the image that pts, widened by margin, may touch.
func (c *Canvas) clip(pts []draw.Point, margin float64) (image.Rectangle, bool) {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, p := range pts {
		x0, y0 = math.Min(x0, p.X), math.Min(y0, p.Y)
		x1, y1 = math.Max(x1, p.X), math.Max(y1, p.Y)
	}
	if !(x0 <= x1 && y0 <= y1) { // no point, or one that is no number
		return image.Rectangle{}, false
	}
	b := c.img.Bounds()
	limit := func(v float64, lo, hi int) int { return int(math.Max(float64(lo), math.Min(float64(hi), v))) }
	r := image.Rect(
		limit(math.Floor(x0-margin), b.Min.X, b.Max.X), limit(math.Floor(y0-margin), b.Min.Y, b.Max.Y),
		limit(math.Ceil(x1+margin), b.Min.X, b.Max.X), limit(math.Ceil(y1+margin), b.Min.Y, b.Max.Y))
	return r, !r.Empty()
}

func (c *Canvas) begin(box image.Rectangle) { c.ras.Reset(box.Dx(), box.Dy()) }

func (c *Canvas) end(box image.Rectangle, col draw.Color) {
	c.paint.C = color.NRGBA(col)
	c.ras.Draw(c.img, box, &c.paint, image.Point{})
}

func (c *Canvas) polygon(pts []draw.Point, box image.Rectangle) {
	ox, oy := float64(box.Min.X), float64(box.Min.Y)
	for i, p := range pts {
		x, y := float32(p.X-ox), float32(p.Y-oy)
		if i == 0 {
			c.ras.MoveTo(x, y)
		} else {
			c.ras.LineTo(x, y)
		}
	}
	c.ras.ClosePath()
}
