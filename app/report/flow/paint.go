package flow

import (
	"math"
	"strconv"
	"strings"

	"lianshao/app/report/draw"
)

func rgb(hex uint32) draw.Color {
	return draw.Color{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 255}
}

// Quiet greys: the level colours of the marks are to be the only strong ones.
var (
	ink       = rgb(0x24313C)
	soft      = rgb(0x5D6975)
	hairline  = rgb(0xC9D1D9)
	headFill  = rgb(0xEAEFF4)
	white     = rgb(0xFFFFFF)
	boxFill   = rgb(0xF7F9FB)
	boxLine   = rgb(0x6B7C8C)
	arrow     = rgb(0x44546A)
	returning = rgb(0x7A6A5A)
	shield    = rgb(0x3E7B68)
	selFill   = rgb(0xDCEBFA)
	selLine   = rgb(0x1F6FC0)
)

// paint copies the plan into a drawing.
func (p *plan) paint() draw.Drawing {
	d := draw.Drawing{W: p.w, H: p.h}
	p.paintLanes(&d)
	p.paintEdges(&d)
	for r := range p.boxes {
		p.paintBox(&d, r)
	}
	for _, dashed := range []bool{true, false} {
		for e, r := range p.routes {
			if r.dashed == dashed {
				p.paintHead(&d, e)
			}
		}
	}
	for _, l := range p.labels {
		d.Add(draw.Text{X: l.x, Y: l.y + labelSize*p.u*0.95, Size: labelSize * p.u, Color: ink, String: l.text})
	}
	if p.legend {
		p.paintLegend(&d)
	}
	return d
}

func (p *plan) paintLanes(d *draw.Drawing) {
	n := len(p.g.lanes)
	x0, x1 := p.separator(0), p.separator(n)
	if p.m.Title != "" {
		d.Add(draw.Text{X: p.w / 2, Y: 18 * p.u, Size: 1.25 * p.size, Bold: true, Align: draw.Center, Color: ink, String: p.m.Title})
	}
	d.Add(draw.Rect{X: x0, Y: p.titleH, W: x1 - x0, H: p.bodyBottom - p.titleH, Fill: white},
		draw.Rect{X: x0, Y: p.titleH, W: x1 - x0, H: p.headerH, Fill: headFill})
	for l, b := range p.header {
		a, z := p.separator(l), p.separator(l+1)
		p.paintLines(d, b, (a+z)/2, p.titleH+p.headerH/2, true)
	}
	for l := 1; l < n; l++ {
		x := p.separator(l)
		d.Add(draw.Line{X1: x, Y1: p.titleH, X2: x, Y2: p.bodyBottom, Stroke: hairline, StrokeWidth: 0.8 * p.u})
	}
	y := p.titleH + p.headerH
	d.Add(draw.Line{X1: x0, Y1: y, X2: x1, Y2: y, Stroke: hairline, StrokeWidth: 0.8 * p.u},
		draw.Rect{X: x0, Y: p.titleH, W: x1 - x0, H: p.bodyBottom - p.titleH, Stroke: boxLine, StrokeWidth: p.u})
}

// paintLines centres wrapped text around cx, cy.
func (p *plan) paintLines(d *draw.Drawing, b block, cx, cy float64, bold bool) {
	lh := lineEm * p.u
	y := cy - float64(len(b.lines))*lh/2 + lh*0.77
	for _, line := range b.lines {
		d.Add(draw.Text{X: cx, Y: y, Size: p.size, Bold: bold, Align: draw.Center, Color: ink, String: line})
		y += lh
	}
}

// paintEdges strokes the arrows. Each lies on a white line a little wider, so
// that where two cross the lower one is seen to pass underneath; arrows into the
// same step join without a gap. Where a dashed one joins, the solid stays solid.
func (p *plan) paintEdges(d *draw.Drawing) {
	into := make([][]draw.Polyline, 2*len(p.boxes)) // by step, dashed ones first
	for e, r := range p.routes {
		pts := append([]draw.Point(nil), p.lines[e]...)
		last := len(pts) - 1
		pts[last] = shorten(pts[last-1], pts[last], 5*p.u) // the head covers the rest
		if r.dashed {
			into[r.to] = append(into[r.to], draw.Polyline{Points: pts, Stroke: returning, StrokeWidth: 1.3 * p.u, Dash: 4.5 * p.u})
		} else {
			into[len(p.boxes)+r.to] = append(into[len(p.boxes)+r.to], draw.Polyline{Points: pts, Stroke: arrow, StrokeWidth: 1.3 * p.u})
		}
	}
	for _, group := range into {
		for _, line := range group {
			line.Dash, line.Stroke, line.StrokeWidth = 0, white, 5*p.u
			d.Add(line)
		}
		for _, line := range group {
			d.Add(line)
		}
	}
}

func shorten(from, to draw.Point, by float64) draw.Point {
	n := math.Hypot(to.X-from.X, to.Y-from.Y)
	if n <= by {
		return to
	}
	return draw.Point{X: to.X - (to.X-from.X)/n*by, Y: to.Y - (to.Y-from.Y)/n*by}
}

func (p *plan) paintHead(d *draw.Drawing, e int) {
	pts := p.lines[e]
	a, b := pts[len(pts)-2], pts[len(pts)-1]
	n := math.Hypot(b.X-a.X, b.Y-a.Y)
	if n == 0 {
		return
	}
	dx, dy := (b.X-a.X)/n*p.u, (b.Y-a.Y)/n*p.u
	fill := arrow
	if p.routes[e].dashed {
		fill = returning
	}
	d.Add(draw.Polygon{Fill: fill, Points: []draw.Point{
		b, {X: b.X - 7.5*dx - 3.4*dy, Y: b.Y - 7.5*dy + 3.4*dx}, {X: b.X - 7.5*dx + 3.4*dy, Y: b.Y - 7.5*dy - 3.4*dx}}})
}

func (p *plan) paintBox(d *draw.Drawing, r int) {
	n, b := p.m.Nodes[r], p.boxes[r]
	look := usual
	switch {
	case n.Selected:
		look = chosen
	case n.Change == Removed:
		look = gone
	case n.Change != "":
		look = changed
	}
	p.paintShape(d, n.Kind, b.x, b.y, b.w, b.h, look)
	p.paintLines(d, b.text, b.x+b.w/2, b.y+b.h/2, false)
	p.paintChange(d, n, b.x, b.y+b.h)
	p.paintBadge(d, b.risk, n.Marks, Risk)
	p.paintBadge(d, b.meas, n.Marks, Measure)
	d.Hits = append(d.Hits, draw.Hit{X: b.x, Y: b.y, W: b.w, H: b.h, Key: n.ID, Tip: tip(n)})
	for _, g := range []badge{b.risk, b.meas} {
		if g.w > 0 {
			d.Hits = append(d.Hits, draw.Hit{X: g.x, Y: g.y, W: g.w, H: g.h, Key: n.ID, Tip: tip(n)})
		}
	}
}

func tip(n Node) string {
	lines := []string{strings.TrimSpace(n.No + " " + n.Label)}
	for _, m := range n.Marks {
		if t := strings.TrimSpace(m.Tip); m.Count > 0 && t != "" {
			lines = append(lines, t)
		}
	}
	return strings.Join(lines, "\n")
}

// look is the fill and line of a box.
type look struct {
	fill, line draw.Color
	width      float64 // in u
}

var (
	usual   = look{boxFill, boxLine, 1}
	chosen  = look{selFill, selLine, 2.2}
	changed = look{white, ink, 2.6}
	gone    = look{rgb(0xE2E2E2), soft, 2.6}
)

// paintChange writes the word of a change on a dark plate over the lower left corner at x, y.
func (p *plan) paintChange(d *draw.Drawing, n Node, x, y float64) {
	if n.Change == "" {
		return
	}
	size := 9.5 * p.u
	w := p.ms.Width(n.Change, size, true) + 6*p.u
	d.Add(draw.Rect{X: x - 3*p.u, Y: y - 7*p.u, W: w, H: 13 * p.u, Radius: 2 * p.u, Fill: ink},
		draw.Text{X: x, Y: y + 3*p.u, Size: size, Bold: true, Color: white, String: n.Change})
}

func (p *plan) paintShape(d *draw.Drawing, k Kind, x, y, w, h float64, of look) {
	fill, line, sw := of.fill, of.line, of.width*p.u
	switch k {
	case Decision:
		d.Add(draw.Polygon{Fill: fill, Stroke: line, StrokeWidth: sw, Points: []draw.Point{
			{X: x + w/2, Y: y}, {X: x + w, Y: y + h/2}, {X: x + w/2, Y: y + h}, {X: x, Y: y + h/2}}})
	case Start, End:
		d.Add(draw.Rect{X: x, Y: y, W: w, H: h, Radius: p.endRadius(w, h), Fill: fill, Stroke: line, StrokeWidth: sw})
	default:
		d.Add(draw.Rect{X: x, Y: y, W: w, H: h, Radius: 2 * p.u, Fill: fill, Stroke: line, StrokeWidth: sw})
	}
	if k == Approve {
		in := math.Min(barInset*p.u, w/6)
		for _, bx := range []float64{x + in, x + w - in} {
			d.Add(draw.Line{X1: bx, Y1: y, X2: bx, Y2: y + h, Stroke: line, StrokeWidth: p.u})
		}
	}
}

// badgeText is what stands beside a mark's sign.
func badgeText(m Mark) string { return m.Word + strconv.Itoa(m.Count) }

func (p *plan) badgeWidth(marks []Mark, k MarkKind) float64 {
	w := 0.0
	for _, m := range marks {
		if m.Kind == k && m.Count > 0 {
			w += 12*p.u + p.ms.Width(badgeText(m), 10*p.u, true) + 4*p.u
		}
	}
	if w > 0 {
		w += 2 * p.u
	}
	return w
}

// paintBadge draws the signs of one kind on a small white plate.
func (p *plan) paintBadge(d *draw.Drawing, g badge, marks []Mark, k MarkKind) {
	if g.w == 0 {
		return
	}
	d.Add(draw.Rect{X: g.x, Y: g.y, W: g.w, H: g.h, Radius: 3 * p.u, Fill: white, Stroke: hairline, StrokeWidth: 0.8 * p.u})
	x := g.x + 3*p.u
	for _, m := range marks {
		if m.Kind != k || m.Count < 1 {
			continue
		}
		fill := p.paintSign(d, m, x, g.y+1.8*p.u)
		x += 12 * p.u
		d.Add(draw.Text{X: x, Y: g.y + 10.2*p.u, Size: 10 * p.u, Bold: true, Color: legible(fill), String: badgeText(m)})
		x += p.ms.Width(badgeText(m), 10*p.u, true) + 4*p.u
	}
}

// paintSign draws a triangle or a shield of about 10 × 9.5 u and returns its colour.
func (p *plan) paintSign(d *draw.Drawing, m Mark, x, y float64) draw.Color {
	at := func(dx, dy float64) draw.Point { return draw.Point{X: x + dx*p.u, Y: y + dy*p.u} }
	if m.Kind == Measure {
		d.Add(draw.Polygon{Fill: shield, Points: []draw.Point{
			at(1, 1.2), at(5.2, 0), at(9.4, 1.2), at(9.2, 5), at(7.8, 7.6), at(5.2, 9.6), at(2.6, 7.6), at(1.2, 5)}})
		return shield
	}
	d.Add(draw.Polygon{Fill: m.Color, Stroke: legible(m.Color), StrokeWidth: 0.7 * p.u,
		Points: []draw.Point{at(5.2, 0.4), at(10.2, 9), at(0.2, 9)}})
	return m.Color
}

// legible darkens a colour until it reads well on white (contrast about 4.5).
func legible(c draw.Color) draw.Color {
	for range 30 {
		lum := 0.2126*lin(c.R) + 0.7152*lin(c.G) + 0.0722*lin(c.B)
		if 1.05/(lum+0.05) >= 4.5 {
			break
		}
		c.R, c.G, c.B = uint8(float64(c.R)*0.93), uint8(float64(c.G)*0.93), uint8(float64(c.B)*0.93)
	}
	return c
}

func lin(v uint8) float64 {
	s := float64(v) / 255
	if s <= 0.04045 {
		return s / 12.92
	}
	return math.Pow((s+0.055)/1.055, 2.4)
}

func emptyDrawing(m Model, ms draw.Measurer, o Options) draw.Drawing {
	text := "这个流程还没有步骤，请在步骤表中添加。"
	w := ms.Width(text, o.Size, false) + 4*o.Size
	d := draw.Drawing{W: w, H: 6 * o.Size}
	y := 3 * o.Size
	if m.Title != "" {
		d.Add(draw.Text{X: w / 2, Y: 2 * o.Size, Size: 1.25 * o.Size, Bold: true, Align: draw.Center, Color: ink, String: m.Title})
		y += o.Size
	}
	d.Add(draw.Text{X: w / 2, Y: y, Size: o.Size, Align: draw.Center, Color: soft, String: text})
	return d
}
