package chart

import (
	"fmt"
	"math"
	"strconv"

	"lianshao/app/report/draw"
)

// Series names a colour of a stacked bar.
type Series struct {
	Label string // for example 红
	Color draw.Color
}

// Part is one series' share of a bar. Key is what a tap on it returns.
type Part struct {
	Count int
	Key   string
}

// StackRow is one bar: a unit or a post. Parts follow Stacked.Series.
type StackRow struct {
	Label string
	Key   string // returned by a tap on the label or the total
	Parts []Part
}

// Stacked shows counts per level for units or posts as horizontal bars.
type Stacked struct {
	Title  string
	Unit   string // what is counted, 个 when empty
	Series []Series
	Rows   []StackRow
	// NoTotal leaves out how many there are of all rows together, which means
	// nothing where the rows count the same things twice.
	NoTotal bool
	Empty   string // said while nothing is counted
}

const rowPitch = 26.0

func (m *Stacked) layout(s *sheet) {
	most, all := 0, 0
	labels := make([]string, len(m.Rows))
	for i, r := range m.Rows {
		labels[i] = r.Label
		most, all = max(most, r.total()), all+r.total()
	}
	if all == 0 {
		s.empty(m.Title, orElse(m.Empty, "还没有评定等级的风险点，评估以后这里按等级汇总。"))
		return
	}
	note := "共 " + strconv.Itoa(all) + " " + orElse(m.Unit, "个")
	shown := m.Rows[:min(len(m.Rows), mostRows)]
	if len(shown) < len(m.Rows) {
		note += fmt.Sprintf("，列出前 %d 行", len(shown))
	}
	if m.NoTotal {
		note = ""
	}
	y := m.top(s, note)
	y += 22
	x0 := pad + s.labelColumn(labels, 0.36) + 8
	room := s.w - pad - 8 - s.width("000", em, true) - x0
	pitch := math.Max(rowPitch, math.Min(38, (s.h-y-pad)/float64(len(shown))))
	for _, r := range shown {
		m.row(s, r, x0, y, room/float64(most), pitch)
		y += pitch
	}
	s.d.H = math.Max(s.h, y+pad/2)
}

// top writes title, remark and legend. Without a title the legend stands beside
// the remark if it has room there.
func (m *Stacked) top(s *sheet, note string) float64 {
	legend := pad
	for _, se := range m.Series {
		legend += 28 + s.width(se.Label, small, false)
	}
	y := s.head(m.Title, note)
	if m.Title == "" && legend < s.w-pad-s.width(note, small, false) {
		y = pad * 0.7
	}
	x := pad
	for _, se := range m.Series {
		x = s.swatch(x, y+10, se.Color, se.Label)
	}
	return y
}

func (r StackRow) total() int {
	n := 0
	for _, p := range r.Parts {
		n += max(p.Count, 0)
	}
	return n
}

func (m *Stacked) row(s *sheet, r StackRow, x0, y, perOne, pitch float64) {
	h := pitch * 0.68
	mid := y + pitch/2
	s.put(x0-8, mid+em*0.36, em, draw.Right, ink, s.cut(r.Label, x0-8-pad, em, false))
	s.hit(0, y, x0, pitch, r.Key, r.Label)
	x := x0
	for i, p := range r.Parts {
		if p.Count <= 0 || i >= len(m.Series) {
			continue
		}
		se, w := m.Series[i], float64(p.Count)*perOne
		s.d.Add(draw.Rect{X: x, Y: mid - h/2, W: w, H: h, Fill: se.Color, Stroke: white, StrokeWidth: 1})
		text := se.Label + " " + strconv.Itoa(p.Count)
		if s.width(text, small, false) > w-4 {
			text = strconv.Itoa(p.Count)
		}
		if s.width(text, small, false) <= w-2 {
			s.put(x+w/2, mid+small*0.36, small, draw.Center, on(se.Color), text)
		}
		s.hit(x, mid-h/2, w, h, p.Key, fmt.Sprintf("%s　%s %d", r.Label, se.Label, p.Count))
		x += w
	}
	s.bold(x+7, mid+em*0.36, em, draw.Left, ink, strconv.Itoa(r.total()))
	s.hit(x, y, 40, pitch, r.Key, r.Label)
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// Count is one tile.
type Count struct {
	Label string // the level's word
	Color draw.Color
	Value int
	Key   string
}

// Counts shows how many points each level has, as a row of tiles.
type Counts struct {
	Title string
	Unit  string // what is counted, 个 when empty
	Items []Count
}

func (m *Counts) layout(s *sheet) {
	all := 0
	for _, c := range m.Items {
		all += c.Value
	}
	if len(m.Items) == 0 {
		s.empty(m.Title, "还没有等级方案，请在设置中选择一个。")
		return
	}
	note := "共 " + strconv.Itoa(all) + " " + orElse(m.Unit, "个")
	if m.Title == "" && s.h < 80 {
		note = "" // the tiles need the height
	}
	y := s.head(m.Title, note)
	gap := 8.0
	n := float64(len(m.Items))
	w := (s.w - 2*pad - gap*(n-1)) / n
	h := math.Min(72, math.Max(44, s.h-y-pad))
	beside := true // word and figure side by side, if that fits all tiles
	for _, c := range m.Items {
		beside = beside && 14+s.width(c.Label, 13, false)+8+s.width(strconv.Itoa(c.Value), 22, true)+10 <= w
	}
	for i, c := range m.Items {
		x := pad + float64(i)*(w+gap)
		s.d.Add(draw.Rect{X: x, Y: y, W: w, H: h, Fill: tint(c.Color, 0.10), Radius: 3},
			draw.Rect{X: x, Y: y, W: 5, H: h, Fill: c.Color})
		if beside {
			s.put(x+14, y+h/2+em*0.4, 13, draw.Left, ink, c.Label)
			s.bold(x+w-10, y+h/2+8, 22, draw.Right, legible(c.Color), strconv.Itoa(c.Value))
		} else {
			s.put(x+12, y+h/2-6, em, draw.Left, ink, s.cut(c.Label, w-16, em, false))
			s.bold(x+12, y+h/2+17, 19, draw.Left, legible(c.Color), strconv.Itoa(c.Value))
		}
		s.hit(x, y, w, h, c.Key, fmt.Sprintf("%s %d", c.Label, c.Value))
	}
	s.d.H = math.Max(s.h, y+h+pad/2)
}

// Rank is one bar of a ranking.
type Rank struct {
	Label string
	Value float64
	Color draw.Color // of its level; Accent when zero
	Word  string     // the level's word, written behind the value
	Key   string
}

// Ranking shows scores as bars in the order given, with the levels' thresholds.
type Ranking struct {
	Title      string
	Max        float64 // end of the scale; 100 when 0
	Decimals   int     // of the values printed
	Items      []Rank
	Limit      int // show at most the first so many and only what fits the height; 0 shows all, 1000 at most
	Thresholds []Threshold
}

func (m *Ranking) layout(s *sheet) {
	if len(m.Items) == 0 {
		s.empty(m.Title, "还没有得分，评分以后这里按风险值从高到低排列。")
		return
	}
	items := m.Items[:rows(len(m.Items), m.Limit, (s.h-32-38)/20)]
	labels := make([]string, len(items))
	tail := 0.0
	for i, it := range items {
		labels[i] = it.Label
		tail = math.Max(tail, s.width(m.tail(it), em, false))
	}
	y := s.head(m.Title, countNote(len(items), len(m.Items)))
	ax := axis{x0: pad + s.labelColumn(labels, 0.45) + 8, hi: orZero(m.Max, 100)}
	ax.x1 = s.w - pad - tail - 8
	pitch := math.Max(20, math.Min(30, (s.h-y-38)/float64(len(items))))
	body := y + 16 + pitch*float64(len(items))
	ax.thresholds(s, m.Thresholds, y+16, body)
	y += 16
	for _, it := range items {
		m.bar(s, it, ax, y, pitch)
		y += pitch
	}
	ax.scale(s, body)
	s.d.H = math.Max(s.h, body+22)
}

func (m *Ranking) tail(it Rank) string {
	t := strconv.FormatFloat(it.Value, 'f', m.Decimals, 64)
	if it.Word != "" {
		t += " " + it.Word
	}
	return t
}

func (m *Ranking) bar(s *sheet, it Rank, ax axis, y, pitch float64) {
	mid := y + pitch/2
	c := it.Color
	if c.A == 0 {
		c = Accent
	}
	x := ax.at(it.Value)
	s.put(ax.x0-8, mid+em*0.36, em, draw.Right, ink, s.cut(it.Label, ax.x0-8-pad, em, false))
	s.d.Add(draw.Rect{X: ax.x0, Y: mid - pitch*0.31, W: math.Max(x-ax.x0, 1), H: pitch * 0.62, Fill: c})
	s.put(s.w-pad, mid+em*0.36, em, draw.Right, ink, m.tail(it))
	s.hit(0, y, s.w, pitch, it.Key, it.Label+"　"+m.tail(it))
}

// mostRows of a chart are listed; nobody reads further, and a merged pilot has
// a hundred thousand points.
const mostRows = 1000

// rows is how many of n rows are shown: all, or at most limit and what fits, but
// never fewer than three.
func rows(n, limit int, fit float64) int {
	n = min(n, mostRows)
	if limit > 0 {
		n = min(n, limit, max(3, int(fit)))
	}
	return n
}

func countNote(shown, all int) string {
	if shown < all {
		return fmt.Sprintf("共 %d 个，列出前 %d 个", all, shown)
	}
	return fmt.Sprintf("共 %d 个", all)
}

func orZero(v, other float64) float64 {
	if v == 0 {
		return other
	}
	return v
}

// axis is a horizontal scale from lo to hi.
type axis struct{ x0, x1, lo, hi float64 }

func (a axis) at(v float64) float64 {
	v = math.Max(a.lo, math.Min(a.hi, v))
	return a.x0 + (a.x1-a.x0)*(v-a.lo)/(a.hi-a.lo)
}

// thresholds draws the levels' limits from y0 to y1, their words above.
func (a axis) thresholds(s *sheet, list []Threshold, y0, y1 float64) {
	for _, t := range list {
		x := a.at(t.Value)
		s.line(x, y0, x, y1, legible(t.Color), 1, 3)
		s.put(x, y0-3, small, draw.Center, legible(t.Color), orElse(t.Label, num(t.Value, 1)))
	}
}

// scale draws the axis line with figures below y.
func (a axis) scale(s *sheet, y float64) {
	s.line(a.x0, y, a.x1, y, hairline, 1, 0)
	for _, v := range ticks(a.lo, a.hi, max(1, min(5, int((a.x1-a.x0)/40)))) {
		x := a.at(v)
		s.line(x, y, x, y+4, hairline, 1, 0)
		s.put(x, y+15, small, draw.Center, soft, num(v, 2))
	}
}
