package raster

import (
	"image"
	"math"

	"lianshao/app/report/draw"
)

// strokePx paints a line of width w through pts, all in pixels. Legs and joints
// are filled as quadrilaterals and mitred corners of one shape, so that a
// translucent line has no darker spots where legs meet.
func (c *Canvas) strokePx(pts []draw.Point, closed bool, col draw.Color, w, dash float64) {
	box, ok := c.clip(pts, w)
	if !ok {
		return
	}
	if closed {
		pts = append(append([]draw.Point(nil), pts...), pts[0])
	}
	if col.A == 255 && w == math.Trunc(w) && orthogonal(pts) {
		c.blocks(pts, closed, col, w, dash)
		return
	}
	c.begin(box)
	if dash > 0 {
		for _, piece := range dashes(pts, dash) {
			c.outline(piece, false, w, box)
		}
	} else {
		c.outline(pts, closed, w, box)
	}
	c.end(box, col)
}

// blocks paints a right-angled line of whole pixels leg by leg. Only for opaque
// colours: legs overlap at corners.
func (c *Canvas) blocks(pts []draw.Point, closed bool, col draw.Color, w, dash float64) {
	lines := [][]draw.Point{pts}
	if dash > 0 {
		lines = dashes(pts, dash)
	}
	for _, line := range lines {
		for i := 1; i < len(line); i++ {
			a, b := line[i-1], line[i]
			if a.X > b.X || a.Y > b.Y {
				a, b = b, a
			}
			// Corners are full squares; a loose end stops at its point.
			first, last := w/2, w/2
			if i == 1 && !closed && line[0] == a || i == len(line)-1 && !closed && line[len(line)-1] == a {
				first = 0
			}
			if i == 1 && !closed && line[0] == b || i == len(line)-1 && !closed && line[len(line)-1] == b {
				last = 0
			}
			if a.Y == b.Y {
				c.block(draw.Point{X: a.X - first, Y: a.Y - w/2}, draw.Point{X: b.X + last, Y: a.Y + w/2}, col)
			} else {
				c.block(draw.Point{X: a.X - w/2, Y: a.Y - first}, draw.Point{X: a.X + w/2, Y: b.Y + last}, col)
			}
		}
	}
}

// outline adds every leg as a rectangle, lengthened at corners so that the
// joints of right-angled lines are sharp and full. All rectangles turn the same
// way, hence overlaps stay filled under the non-zero rule.
func (c *Canvas) outline(pts []draw.Point, closed bool, w float64, box image.Rectangle) {
	for i := 1; i < len(pts); i++ {
		a, b := pts[i-1], pts[i]
		n := math.Hypot(b.X-a.X, b.Y-a.Y)
		if n < 1e-9 {
			continue
		}
		ux, uy := (b.X-a.X)/n, (b.Y-a.Y)/n
		if closed || i > 1 {
			e := joint(pts, i-1, closed) * w / 2
			a = draw.Point{X: a.X - ux*e, Y: a.Y - uy*e}
		}
		if closed || i < len(pts)-1 {
			e := joint(pts, i, closed) * w / 2
			b = draw.Point{X: b.X + ux*e, Y: b.Y + uy*e}
		}
		px, py := -uy*w/2, ux*w/2
		c.polygon([]draw.Point{
			{X: a.X + px, Y: a.Y + py}, {X: b.X + px, Y: b.Y + py},
			{X: b.X - px, Y: b.Y - py}, {X: a.X - px, Y: a.Y - py}}, box)
	}
}

// joint says how far legs are lengthened at corner i, in half widths: all the way
// at a right angle, not at all when the line goes straight on.
func joint(pts []draw.Point, i int, closed bool) float64 {
	last := len(pts) - 1
	prev, next := i-1, i+1
	if closed && i == 0 {
		prev = last - 1
	}
	if closed && i == last {
		next = 1
	}
	if prev < 0 || next > last {
		return 0
	}
	ax, ay := pts[i].X-pts[prev].X, pts[i].Y-pts[prev].Y
	bx, by := pts[next].X-pts[i].X, pts[next].Y-pts[i].Y
	la, lb := math.Hypot(ax, ay), math.Hypot(bx, by)
	if la < 1e-9 || lb < 1e-9 {
		return 0
	}
	return math.Min(1, math.Abs(ax*by-ay*bx)/(la*lb))
}

// dashes cuts a line into strokes of the given length with equal gaps between,
// going on around corners.
func dashes(pts []draw.Point, length float64) [][]draw.Point {
	var out [][]draw.Point
	cur := []draw.Point{pts[0]}
	on, left := true, length
	for i := 1; i < len(pts); i++ {
		a, b := pts[i-1], pts[i]
		n := math.Hypot(b.X-a.X, b.Y-a.Y)
		for at := 0.0; n-at > 1e-9; {
			step := math.Min(left, n-at)
			at += step
			left -= step
			p := draw.Point{X: a.X + (b.X-a.X)*at/n, Y: a.Y + (b.Y-a.Y)*at/n}
			if on {
				cur = append(cur, p)
			}
			if left > 1e-9 {
				continue
			}
			if on {
				out = append(out, cur)
				cur = nil
			} else {
				cur = []draw.Point{p}
			}
			on, left = !on, length
		}
	}
	if on && len(cur) > 1 {
		out = append(out, cur)
	}
	return out
}
