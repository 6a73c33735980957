package chart

import (
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"

	"lianshao/app/report/draw"
)

// Shift is one thing measured twice. A value that is missing is NaN.
type Shift struct {
	Label                   string
	Before, After           float64
	BeforeColor, AfterColor draw.Color // of the levels
	BeforeWord, AfterWord   string
	Key                     string
}

func (v Shift) whole() bool { return !math.IsNaN(v.Before) && !math.IsNaN(v.After) }

func (v Shift) tip(before, after string) string {
	value := func(x float64, word string) string {
		if math.IsNaN(x) {
			return "无"
		}
		return num(x, 2) + word
	}
	return fmt.Sprintf("%s\n%s %s → %s %s", v.Label, before, value(v.Before, v.BeforeWord), after, value(v.After, v.AfterWord))
}

// Dumbbell compares two rounds row by row: a ring before, a disc after.
type Dumbbell struct {
	Title                 string
	BeforeName, AfterName string  // names of the rounds: 首次评估, 再评估
	Max                   float64 // end of the scale; 100 when 0
	Items                 []Shift
	Limit                 int // show at most the first so many and only what fits the height; 0 shows all, 1000 at most
	Thresholds            []Threshold
}

func (m *Dumbbell) layout(s *sheet) {
	if len(m.Items) == 0 {
		s.empty(m.Title, "还没有两次评估可以比较，再评估以后这里显示变化。")
		return
	}
	items := m.Items[:rows(len(m.Items), m.Limit, (s.h-32-38-24)/20)]
	labels := make([]string, len(items))
	tail := 0.0
	for i, it := range items {
		labels[i] = it.Label
		tail = math.Max(tail, s.width(change(it), em, true))
	}
	y := s.head(m.Title, countNote(len(items), len(m.Items)))
	m.legend(s, y+10)
	y += 38
	ax := axis{x0: pad + s.labelColumn(labels, 0.4) + 14, hi: orZero(m.Max, 100)}
	ax.x1 = s.w - pad - tail - 14
	pitch := math.Max(20, math.Min(30, (s.h-y-24)/float64(len(items))))
	body := y + pitch*float64(len(items))
	for i := range items {
		if i%2 == 1 {
			s.d.Add(draw.Rect{X: pad, Y: y + float64(i)*pitch, W: s.w - 2*pad, H: pitch, Fill: faint})
		}
	}
	ax.thresholds(s, m.Thresholds, y, body)
	for _, it := range items {
		m.row(s, it, ax, y, pitch)
		y += pitch
	}
	ax.scale(s, body)
	s.d.H = math.Max(s.h, body+22)
}

func (m *Dumbbell) legend(s *sheet, y float64) {
	before, after := orElse(m.BeforeName, "首次评估"), orElse(m.AfterName, "再评估")
	s.d.Add(draw.Circle{X: pad + 5, Y: y - 4, R: 4.2, Fill: white, Stroke: soft, StrokeWidth: 1.8})
	s.put(pad+14, y, small, draw.Left, soft, before)
	x := pad + 14 + s.width(before, small, false) + 16
	s.d.Add(draw.Circle{X: x + 5, Y: y - 4, R: 5, Fill: soft})
	s.put(x+14, y, small, draw.Left, soft, after+"（右侧为变化和现等级）")
}

// change writes −13.5% 橙; a rise is marked in words as well.
func change(v Shift) string {
	if !v.whole() {
		return "缺一次 " + v.AfterWord
	}
	if v.Before == 0 {
		return v.AfterWord
	}
	p := (v.After - v.Before) / v.Before * 100
	sign := "−"
	if math.Abs(p) < 0.05 {
		return "持平 " + v.AfterWord
	}
	if p > 0 {
		sign = "反升 ＋"
	}
	return fmt.Sprintf("%s%s%% %s", sign, strconv.FormatFloat(math.Abs(p), 'f', 1, 64), v.AfterWord)
}

func (m *Dumbbell) row(s *sheet, it Shift, ax axis, y, pitch float64) {
	mid := y + pitch/2
	s.put(ax.x0-14, mid+em*0.36, em, draw.Right, ink, s.cut(it.Label, ax.x0-14-pad, em, false))
	if it.whole() {
		a, b := ax.at(it.Before), ax.at(it.After)
		s.line(a, mid, b, mid, Grey, 2.4, 0)
	}
	if !math.IsNaN(it.Before) {
		s.d.Add(draw.Circle{X: ax.at(it.Before), Y: mid, R: 4.6, Fill: white, Stroke: it.BeforeColor, StrokeWidth: 2.2})
	}
	if !math.IsNaN(it.After) {
		s.d.Add(draw.Circle{X: ax.at(it.After), Y: mid, R: 5.6, Fill: it.AfterColor, Stroke: white, StrokeWidth: 0.8})
	}
	c := ink
	rises := strings.HasPrefix(change(it), "反升")
	if rises {
		c = legible(Red)
	}
	s.d.Add(draw.Text{X: s.w - pad, Y: mid + em*0.36, Size: em, Bold: rises, Align: draw.Right, Color: c, String: change(it)})
	s.hit(0, y, s.w, pitch, it.Key, it.tip(orElse(m.BeforeName, "首次评估"), orElse(m.AfterName, "再评估")))
}

// Slope compares two rounds as lines between two axes, for about 25 things at most.
type Slope struct {
	Title                 string
	BeforeName, AfterName string
	Decimals              int
	Items                 []Shift
	Thresholds            []Threshold
}

func (m *Slope) layout(s *sheet) {
	var items []Shift
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, it := range m.Items {
		if it.whole() {
			items = append(items, it)
			lo, hi = math.Min(lo, math.Min(it.Before, it.After)), math.Max(hi, math.Max(it.Before, it.After))
		}
	}
	if len(items) == 0 {
		s.empty(m.Title, "还没有两次评估可以比较，再评估以后这里显示变化。")
		return
	}
	if hi-lo < 1e-9 {
		lo, hi = lo-1, hi+1
	}
	y0 := s.head(m.Title, "") + 24
	y1 := math.Max(s.h, y0+float64(len(items))*15+pad) - pad - 6
	s.d.H = y1 + pad + 6
	labels := make([]string, len(items))
	for i, it := range items {
		labels[i] = it.Label
	}
	x0 := pad + s.labelColumn(labels, 0.3) + s.width("000.00 ", small, false) + 10
	x1 := s.w - x0
	at := func(v float64) float64 { return y1 - (y1-y0)*(v-lo)/(hi-lo) }
	s.bold(x0, y0-10, em, draw.Center, ink, orElse(m.BeforeName, "首次评估"))
	s.bold(x1, y0-10, em, draw.Center, ink, orElse(m.AfterName, "再评估"))
	for _, t := range m.Thresholds {
		if t.Value > lo && t.Value < hi {
			s.line(x0, at(t.Value), x1, at(t.Value), tint(t.Color, 0.8), 1, 3)
			s.put((x0+x1)/2, at(t.Value)-3, small, draw.Center, legible(t.Color), t.Label)
		}
	}
	s.line(x0, y0, x0, y1, hairline, 1, 0)
	s.line(x1, y0, x1, y1, hairline, 1, 0)
	for _, it := range items {
		a, b := at(it.Before), at(it.After)
		s.line(x0, a, x1, b, it.AfterColor, 1.6, 0)
		s.d.Add(draw.Circle{X: x0, Y: a, R: 3.4, Fill: it.BeforeColor}, draw.Circle{X: x1, Y: b, R: 3.4, Fill: it.AfterColor})
		s.hit(x1-6, b-6, 12, 12, it.Key, it.tip(orElse(m.BeforeName, "首次评估"), orElse(m.AfterName, "再评估")))
	}
	m.side(s, items, x0, draw.Right, y0, y1, at, func(v Shift) (float64, string) { return v.Before, v.BeforeWord })
	m.side(s, items, x1, draw.Left, y0, y1, at, func(v Shift) (float64, string) { return v.After, v.AfterWord })
}

// side writes the labels of one axis, pushed apart where they would overlap.
func (m *Slope) side(s *sheet, items []Shift, x float64, a draw.Align, y0, y1 float64, at func(float64) float64, get func(Shift) (float64, string)) {
	order := append([]Shift(nil), items...)
	sort.SliceStable(order, func(i, j int) bool { vi, _ := get(order[i]); vj, _ := get(order[j]); return vi > vj })
	ys := make([]float64, len(order))
	for i, it := range order {
		v, _ := get(it)
		ys[i] = at(v)
	}
	spread(ys, 14, y0, y1)
	dir := 14.0
	if a == draw.Right {
		dir = -14
	}
	for i, it := range order {
		v, word := get(it)
		value := strconv.FormatFloat(v, 'f', m.Decimals, 64) + word
		label := s.cut(it.Label, s.w*0.3, small, false)
		text := value + "　" + label
		if a == draw.Right {
			text = label + "　" + value
		}
		if math.Abs(ys[i]-at(v)) > 1 { // say which dot a moved label belongs to
			s.line(x, at(v), x+dir*0.9, ys[i], hairline, 1, 0)
		}
		s.put(x+dir, ys[i]+small*0.36, small, a, ink, text)
		w := s.width(text, small, false)
		hx := x + dir
		if a == draw.Right {
			hx -= w
		}
		s.hit(hx, ys[i]-7, w, 14, it.Key, it.tip(orElse(m.BeforeName, "首次评估"), orElse(m.AfterName, "再评估")))
	}
}

// spread moves sorted positions apart until gap lies between any two, inside lo to hi.
func spread(ys []float64, gap, lo, hi float64) {
	for i := 1; i < len(ys); i++ {
		ys[i] = math.Max(ys[i], ys[i-1]+gap)
	}
	if n := len(ys); n > 0 && ys[n-1] > hi {
		ys[n-1] = hi
		for i := n - 2; i >= 0; i-- {
			ys[i] = math.Min(ys[i], ys[i+1]-gap)
		}
	}
}
