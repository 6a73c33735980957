package chart

import (
	"fmt"
	"math"
	"strconv"

	"lianshao/app/report/draw"
)

// Band is a range of likelihood × impact. Bands are given from the highest down.
type Band struct {
	From  float64 // the lowest product that belongs to it
	Word  string  // for example 高
	Color draw.Color
}

// MatrixCell is one field of the matrix.
type MatrixCell struct {
	Count int
	Key   string
}

// Matrix is the heat map of likelihood (upwards) and impact (to the right), each 1 to 5.
type Matrix struct {
	Title          string
	XTitle, YTitle string           // 影响程度 and 可能性 when empty
	Cells          [5][5]MatrixCell // [likelihood-1][impact-1]
	Bands          []Band
	Unrated        int // points without likelihood or impact, said below
}

func (m *Matrix) layout(s *sheet) {
	all := 0
	for _, row := range m.Cells {
		for _, c := range row {
			all += c.Count
		}
	}
	if all == 0 {
		s.empty(m.Title, "还没有填写可能性和影响程度的风险点。")
		return
	}
	note := "共 " + strconv.Itoa(all) + " 个"
	if m.Unrated > 0 {
		note += fmt.Sprintf("，另有 %d 个未填", m.Unrated)
	}
	y := s.head(m.Title, note)
	const axisW, legendH = 40.0, 24.0
	cw := (s.w - 2*pad - axisW) / 5
	ch := (s.h - y - 38 - legendH) / 5
	cw, ch = math.Max(30, math.Min(cw, ch*2.1)), math.Max(24, math.Min(ch, cw))
	x0 := pad + axisW
	for l := range 5 {
		for i := range 5 {
			m.cell(s, l, i, x0+float64(i)*cw, y+float64(4-l)*ch, cw, ch)
		}
	}
	m.axes(s, x0, y, cw, ch)
	bottom := y + 5*ch + 38
	legend := 0.0
	for _, b := range m.bands() {
		legend += 28 + s.width(b.Word, small, false)
	}
	x := math.Max(pad, math.Min(x0, s.w-legend))
	for _, b := range m.bands() {
		x = s.swatch(x, bottom+8, b.Color, b.Word)
	}
	s.d.H = math.Max(s.h, bottom+legendH)
}

// bands adds the range to each word: 高 15–25.
func (m *Matrix) bands() []Band {
	out := make([]Band, len(m.Bands))
	top := 25.0
	for i, b := range m.Bands {
		out[i] = b
		out[i].Word = fmt.Sprintf("%s %s–%s", b.Word, num(math.Max(b.From, 1), 1), num(top, 1))
		top = math.Ceil(b.From) - 1
	}
	return out
}

func (m *Matrix) band(product float64) Band {
	for _, b := range m.Bands {
		if product >= b.From {
			return b
		}
	}
	return Band{Color: Grey}
}

// cell is pale while empty and stronger with points in it, so that the eye finds
// where the risk is; the figure says how many.
func (m *Matrix) cell(s *sheet, l, i int, x, y, w, h float64) {
	c, b := m.Cells[l][i], m.band(float64((l+1)*(i+1)))
	fill := tint(b.Color, 0.28)
	if c.Count > 0 {
		fill = tint(b.Color, 0.85)
	}
	s.d.Add(draw.Rect{X: x, Y: y, W: w, H: h, Fill: fill, Stroke: white, StrokeWidth: 2})
	if c.Count > 0 {
		base := y + h/2 + 5.5
		if h >= 36 && b.Word != "" { // the word keeps grey prints clear
			base -= 6
			s.put(x+w/2, base+14, small, draw.Center, on(fill), b.Word)
		}
		s.bold(x+w/2, base, 15, draw.Center, on(fill), strconv.Itoa(c.Count))
		s.hit(x, y, w, h, c.Key, fmt.Sprintf("可能性 %d × 影响程度 %d ＝ %d（%s）：%d 个", l+1, i+1, (l+1)*(i+1), b.Word, c.Count))
	}
}

func (m *Matrix) axes(s *sheet, x0, y, cw, ch float64) {
	for k := range 5 {
		t := strconv.Itoa(k + 1)
		s.put(x0-8, y+(4.5-float64(k))*ch+em*0.36, em, draw.Right, ink, t)
		s.put(x0+(float64(k)+0.5)*cw, y+5*ch+15, em, draw.Center, ink, t)
	}
	s.put(x0+2.5*cw, y+5*ch+31, em, draw.Center, soft, orElse(m.XTitle, "影响程度")+" →")
	s.d.Add(draw.Text{X: pad + em, Y: y + 2.5*ch, Size: em, Align: draw.Center, Angle: 90, Color: soft, String: orElse(m.YTitle, "可能性") + " →"})
}
