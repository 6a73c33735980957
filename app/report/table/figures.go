package table

import (
	"math"

	"lianshao/app/report/chart"
	"lianshao/app/report/draw"
)

const (
	figureText = 3.0 // em of a figure's texts in mm
	figureHead = 9.0 // its title
	figureGap  = 6.0 // below it
)

// figures draws the charts on pages of their own, below each other while they fit.
func (l *layout) figures() (out []draw.Drawing) {
	y := math.Inf(1)
	for _, f := range l.model.Charts {
		want := l.w * f.H / f.W
		d := chart.LayoutAt(f.Model, l.w, min(want, l.h-figureHead), figureText, l.m)
		if d.H > l.h-figureHead { // more rows than a page holds: made smaller as a whole
			d = chart.LayoutAt(f.Model, l.w*d.H/(l.h-figureHead), d.H, figureText, l.m)
			d = shrunk(d, l.w/d.W)
		}
		if y+figureHead+d.H > l.y+l.h {
			out = append(out, *l.newPage())
			y = l.y
		}
		page := &out[len(out)-1]
		page.Add(draw.Text{X: l.x, Y: y + l.sizes.Subtitle*1.2, Size: l.sizes.Subtitle * 1.1, Bold: true, Color: draw.Ink,
			String: draw.Shorten(f.Title, l.w, l.sizes.Subtitle*1.1, true, l.m)})
		for _, it := range d.Items {
			page.Add(draw.Place(it, 1, l.x, y+figureHead))
		}
		y += figureHead + d.H + figureGap
	}
	return out
}

// shrunk is a drawing made smaller.
func shrunk(d draw.Drawing, k float64) draw.Drawing {
	out := draw.Drawing{W: d.W * k, H: d.H * k}
	for _, it := range d.Items {
		out.Add(draw.Place(it, k, 0, 0))
	}
	return out
}
