package chart

import (
	"fmt"
	"math"

	"lianshao/app/report/draw"
)

// LineSeries is one line. NaN leaves a gap.
type LineSeries struct {
	Name   string
	Values []float64
	Color  draw.Color // Accent when zero
}

// Forecast continues the last value of the first series. Low and High bound it;
// all three have the same length.
type Forecast struct {
	Labels          []string // of the periods ahead
	Mean, Low, High []float64
	Note            string // how sure it is, for example 80%区间
}

// Lines shows readings over time with their thresholds.
type Lines struct {
	Title      string
	Unit       string
	Labels     []string // of the periods, one per value
	Series     []LineSeries
	Thresholds []Threshold
	// Worse says on which side of a threshold it is bad: +1 above, -1 below, 0 neither.
	// The bad side is tinted.
	Worse    int
	Forecast *Forecast
	Keys     []string // per period, returned by a tap; may be empty
}

func (m *Lines) layout(s *sheet) {
	lo, hi, any := m.extent()
	if !any {
		s.empty(m.Title, "还没有读数，录入或导入读数以后这里显示走势。")
		return
	}
	note := ""
	if m.Unit != "" {
		note = "单位：" + m.Unit
	}
	y0 := s.head(m.Title, note) + 10
	if len(m.Series) > 1 {
		x := pad
		for i, se := range m.Series {
			x = s.swatch(x, y0+6, m.color(i), se.Name)
		}
		y0 += 20
	}
	p := plot{s: s, lo: lo, hi: hi, y0: y0, y1: s.h - 28, n: m.periods()}
	marks := ticks(lo, hi, 5)
	p.x0 = pad
	for _, v := range marks {
		p.x0 = math.Max(p.x0, pad+s.width(num(v, 3), small, false)+6)
	}
	p.x1 = s.w - pad
	for _, t := range m.Thresholds {
		p.x1 = math.Min(p.x1, s.w-pad-s.width(thresholdText(t), small, false)-4)
	}
	m.bands(p)
	for _, v := range marks {
		s.line(p.x0, p.y(v), p.x1, p.y(v), hairline, 0.8, 0)
		s.put(p.x0-6, p.y(v)+small*0.36, small, draw.Right, soft, num(v, 3))
	}
	m.periodsAxis(p)
	m.forecast(p)
	m.thresholds(p) // not hidden by the forecast's area
	for i := range m.Series {
		m.line(p, i)
	}
}

func thresholdText(t Threshold) string { return t.Label + " " + num(t.Value, 3) }

// extent is the range of everything shown, with a little air.
func (m *Lines) extent() (lo, hi float64, any bool) {
	lo, hi = math.Inf(1), math.Inf(-1)
	see := func(values ...float64) {
		for _, v := range values {
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				lo, hi = math.Min(lo, v), math.Max(hi, v)
			}
		}
	}
	for _, se := range m.Series {
		see(se.Values...)
	}
	any = hi >= lo
	for _, t := range m.Thresholds {
		see(t.Value)
	}
	if f := m.Forecast; f != nil {
		see(f.Mean...)
		see(f.Low...)
		see(f.High...)
	}
	if lo >= 0 && lo < 0.5*hi {
		lo = 0
	}
	air := (hi - lo) * 0.06
	if air == 0 {
		air = 1
	}
	if lo != 0 {
		lo -= air
	}
	return lo, hi + air, any
}

func (m *Lines) periods() int {
	n := len(m.Labels)
	for _, se := range m.Series {
		n = max(n, len(se.Values))
	}
	if m.Forecast != nil {
		n += len(m.Forecast.Mean)
	}
	return n
}

func (m *Lines) color(i int) draw.Color {
	if c := m.Series[i].Color; c.A > 0 {
		return c
	}
	others := []draw.Color{Accent, rgb(0x8A6D4A), rgb(0x5B8A72), rgb(0x7A5B8A)}
	return others[i%len(others)]
}

// plot maps periods and values to places.
type plot struct {
	s              *sheet
	x0, x1, y0, y1 float64
	lo, hi         float64
	n              int
}

func (p plot) x(i int) float64 { return p.x0 + (p.x1-p.x0)*(float64(i)+0.5)/float64(p.n) }
func (p plot) y(v float64) float64 {
	return p.y1 - (p.y1-p.y0)*(math.Max(p.lo, math.Min(p.hi, v))-p.lo)/(p.hi-p.lo)
}

// bands tints the bad side of each threshold.
func (m *Lines) bands(p plot) {
	for _, t := range m.Thresholds {
		y := p.y(t.Value)
		switch {
		case m.Worse > 0:
			p.s.d.Add(draw.Rect{X: p.x0, Y: p.y0, W: p.x1 - p.x0, H: y - p.y0, Fill: tint(t.Color, 0.09)})
		case m.Worse < 0:
			p.s.d.Add(draw.Rect{X: p.x0, Y: y, W: p.x1 - p.x0, H: p.y1 - y, Fill: tint(t.Color, 0.09)})
		}
	}
}

func (m *Lines) thresholds(p plot) {
	ys := make([]float64, len(m.Thresholds))
	order := make([]int, len(ys))
	for i, t := range m.Thresholds {
		ys[i], order[i] = p.y(t.Value), i
	}
	for i := range order { // few thresholds: a plain sort by height
		for j := i; j > 0 && ys[j] < ys[j-1]; j-- {
			ys[j], ys[j-1] = ys[j-1], ys[j]
			order[j], order[j-1] = order[j-1], order[j]
		}
	}
	spread(ys, 14, p.y0, p.y1)
	for k, i := range order {
		t := m.Thresholds[i]
		p.s.line(p.x0, p.y(t.Value), p.x1, p.y(t.Value), legible(t.Color), 1.2, 5)
		p.s.put(p.x1+4, ys[k]+small*0.36, small, draw.Left, legible(t.Color), thresholdText(t))
	}
}

// periodsAxis writes as many period names as have room.
func (m *Lines) periodsAxis(p plot) {
	names := append([]string(nil), m.Labels...)
	if m.Forecast != nil {
		names = append(names, m.Forecast.Labels...)
	}
	p.s.line(p.x0, p.y1, p.x1, p.y1, Grey, 1, 0)
	widest := 1.0
	for _, n := range names {
		widest = math.Max(widest, p.s.width(n, small, false)+10)
	}
	every := max(1, int(math.Ceil(widest*float64(p.n)/(p.x1-p.x0))))
	for i := 0; i < len(names) && i < p.n; i += every {
		p.s.line(p.x(i), p.y1, p.x(i), p.y1+4, Grey, 1, 0)
		p.s.put(p.x(i), p.y1+17, small, draw.Center, soft, names[i])
	}
}

func (m *Lines) line(p plot, i int) {
	se, c := m.Series[i], m.color(i)
	var run []draw.Point
	flush := func() {
		if len(run) > 1 {
			p.s.d.Add(draw.Polyline{Points: run, Stroke: c, StrokeWidth: 2})
		}
		run = nil
	}
	for k, v := range se.Values {
		if math.IsNaN(v) {
			flush()
			continue
		}
		run = append(run, draw.Point{X: p.x(k), Y: p.y(v)})
	}
	flush()
	for k, v := range se.Values {
		if math.IsNaN(v) {
			continue
		}
		x, y := p.x(k), p.y(v)
		p.s.d.Add(draw.Circle{X: x, Y: y, R: 3, Fill: m.dot(v, c), Stroke: white, StrokeWidth: 0.8})
		p.s.hit(x-8, y-8, 16, 16, at(m.Keys, k), fmt.Sprintf("%s %s %s%s", at(m.Labels, k), se.Name, num(v, 4), m.Unit))
	}
}

// dot takes the colour of the worst threshold that a value has passed.
func (m *Lines) dot(v float64, c draw.Color) draw.Color {
	found, worst := false, 0.0
	for _, t := range m.Thresholds {
		by := (v - t.Value) * float64(m.Worse)
		if m.Worse != 0 && by >= 0 && (!found || by < worst) {
			found, worst, c = true, by, t.Color
		}
	}
	return c
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// forecast draws the interval as a pale area, the mean dashed.
func (m *Lines) forecast(p plot) {
	f := m.Forecast
	if f == nil || len(m.Series) == 0 || len(f.Mean) == 0 || len(f.Low) != len(f.Mean) || len(f.High) != len(f.Mean) {
		return
	}
	from := len(m.Series[0].Values) - 1
	for from >= 0 && math.IsNaN(m.Series[0].Values[from]) {
		from--
	}
	if from < 0 {
		return
	}
	c := m.color(0)
	first := draw.Point{X: p.x(from), Y: p.y(m.Series[0].Values[from])}
	mean, area := []draw.Point{first}, []draw.Point{first}
	start := p.n - len(f.Mean)
	for i := range f.Mean {
		mean = append(mean, draw.Point{X: p.x(start + i), Y: p.y(f.Mean[i])})
		area = append(area, draw.Point{X: p.x(start + i), Y: p.y(f.High[i])})
	}
	for i := len(f.Mean) - 1; i >= 0; i-- {
		area = append(area, draw.Point{X: p.x(start + i), Y: p.y(f.Low[i])})
	}
	p.s.d.Add(draw.Polygon{Points: area, Fill: tint(c, 0.22)},
		draw.Polyline{Points: mean, Stroke: c, StrokeWidth: 1.6, Dash: 4})
	p.s.put(p.x1, p.y0-4, small, draw.Right, soft, "阴影为预测 "+f.Note)
	for i, v := range f.Mean {
		p.s.hit(p.x(start+i)-8, p.y(v)-8, 16, 16, "", fmt.Sprintf("%s 预测 %s（%s～%s）", at(f.Labels, i), num(v, 3), num(f.Low[i], 3), num(f.High[i], 3)))
	}
}
