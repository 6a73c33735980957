package flow

import "lianshao/app/report/draw"

// legendItem is a small picture and its word.
type legendItem struct {
	word  string
	w     float64 // of the picture, in u
	paint func(d *draw.Drawing, x, y float64)
}

// legendItems names only what this workflow shows.
func (p *plan) legendItems() []legendItem {
	var list []legendItem
	used := map[Kind]bool{}
	marks := map[MarkKind]Mark{}
	for _, n := range p.m.Nodes {
		used[n.Kind] = true
		for _, m := range n.Marks {
			if _, seen := marks[m.Kind]; !seen && m.Count > 0 {
				marks[m.Kind] = m
			}
		}
	}
	for _, k := range []Kind{Start, Task, Approve, Decision, End} {
		if !used[k] || k == End && used[Start] {
			continue
		}
		word := string(k)
		if k == Start && used[End] {
			word = "开始、结束"
		}
		list = append(list, legendItem{word, 24, func(d *draw.Drawing, x, y float64) {
			p.paintShape(d, k, x, y-6*p.u, 24*p.u, 12*p.u, usual)
		}})
	}
	for _, r := range p.routes {
		if r.dashed {
			list = append(list, legendItem{"回到前面的步骤", 24, func(d *draw.Drawing, x, y float64) {
				d.Add(draw.Line{X1: x, Y1: y, X2: x + 24*p.u, Y2: y, Stroke: returning, StrokeWidth: 1.3 * p.u, Dash: 4.5 * p.u})
			}})
			break
		}
	}
	for _, n := range p.m.Nodes {
		if n.Change != "" {
			list = append(list, legendItem{"两版之间有变化的步骤", 24, func(d *draw.Drawing, x, y float64) {
				p.paintShape(d, Task, x, y-6*p.u, 24*p.u, 12*p.u, changed)
			}})
			break
		}
	}
	for _, k := range []MarkKind{Risk, Measure} {
		m, seen := marks[k]
		if !seen {
			continue
		}
		word := "廉政风险点（等级、个数）"
		if k == Measure {
			word = "防范措施（条数）"
		} else {
			m.Color = soft
		}
		list = append(list, legendItem{word, 11, func(d *draw.Drawing, x, y float64) { p.paintSign(d, m, x, y-5*p.u) }})
	}
	return list
}

// paintLegend sets the legend in as many lines as the width needs and grows the drawing.
func (p *plan) paintLegend(d *draw.Drawing) {
	x0, right := p.separator(0), p.w-sidePad*p.u
	x, y := x0, p.bodyBottom+14*p.u
	size := legendSize * p.u
	for _, it := range p.legendItems() {
		w := (it.w+5)*p.u + p.ms.Width(it.word, size, false)
		if x > x0 && x+w > right {
			x, y = x0, y+18*p.u
		}
		it.paint(d, x, y)
		d.Add(draw.Text{X: x + (it.w+5)*p.u, Y: y + 3.7*p.u, Size: size, Color: soft, String: it.word})
		x += w + 16*p.u
	}
	d.H = y + 14*p.u
	p.h = d.H
}
