package chart

import (
	"math"
	"strconv"
	"strings"

	"lianshao/app/report/draw"
)

const (
	em    = 12.0 // texts
	small = 11.0
	pad   = 12.0
)

// sheet is a drawing in the making.
type sheet struct {
	d    draw.Drawing
	ms   draw.Measurer
	w, h float64
}

func (s *sheet) width(t string, size float64, bold bool) float64 { return s.ms.Width(t, size, bold) }

// put writes one line with its baseline at y.
func (s *sheet) put(x, y, size float64, a draw.Align, c draw.Color, t string) {
	s.d.Add(draw.Text{X: x, Y: y, Size: size, Align: a, Color: c, String: t})
}

func (s *sheet) bold(x, y, size float64, a draw.Align, c draw.Color, t string) {
	s.d.Add(draw.Text{X: x, Y: y, Size: size, Bold: true, Align: a, Color: c, String: t})
}

func (s *sheet) line(x1, y1, x2, y2 float64, c draw.Color, w, dash float64) {
	s.d.Add(draw.Line{X1: x1, Y1: y1, X2: x2, Y2: y2, Stroke: c, StrokeWidth: w, Dash: dash})
}

func (s *sheet) hit(x, y, w, h float64, key, tip string) {
	if key != "" || tip != "" {
		s.d.Hits = append(s.d.Hits, draw.Hit{X: x, Y: y, W: w, H: h, Key: key, Tip: tip})
	}
}

// head writes the title and, in the upper right corner, a remark such as the
// number of points. It answers where the chart may begin.
func (s *sheet) head(title, note string) float64 {
	room := s.w - 2*pad
	if note != "" {
		s.put(s.w-pad, 18, small, draw.Right, soft, s.cut(note, room, small, false))
		room -= s.width(note, small, false) + 12
	}
	switch {
	case title != "":
		s.bold(pad, 19, 13, draw.Left, ink, s.cut(title, room, 13, true))
		return 32
	case note != "":
		return 26
	}
	return pad * 0.7
}

// empty says that there is nothing to draw, and what to do about it.
func (s *sheet) empty(title, sentence string) {
	s.head(title, "")
	s.put(s.w/2, s.h/2+em/3, em, draw.Center, soft, s.cut(sentence, s.w-2*pad, em, false))
}

// cut shortens t to fit w, with … at the end.
func (s *sheet) cut(t string, w, size float64, bold bool) string {
	if s.width(t, size, bold) <= w {
		return t
	}
	r := []rune(t)
	for n := len(r) - 1; n > 0; n-- {
		if c := string(r[:n]) + "…"; s.width(c, size, bold) <= w {
			return c
		}
	}
	return ""
}

// labelColumn is the width that row labels need, at most share of the sheet.
func (s *sheet) labelColumn(labels []string, share float64) float64 {
	w := 0.0
	for _, l := range labels {
		w = math.Max(w, s.width(l, em, false))
	}
	return math.Min(math.Ceil(w)+1, s.w*share)
}

// swatch draws a legend entry and answers where the next one starts.
func (s *sheet) swatch(x, y float64, c draw.Color, word string) float64 {
	s.d.Add(draw.Rect{X: x, Y: y - 9, W: 10, H: 10, Fill: c, Radius: 1.5})
	s.put(x+14, y, small, draw.Left, soft, word)
	return x + 14 + s.width(word, small, false) + 14
}

// on is black or white, whichever reads better on c.
func on(c draw.Color) draw.Color {
	l := luminance(c) + 0.05
	if l/(luminance(ink)+0.05) > 1.05/l {
		return ink
	}
	return white
}

func luminance(c draw.Color) float64 {
	lin := func(v uint8) float64 { return math.Pow(float64(v)/255, 2.2) }
	return 0.2126*lin(c.R) + 0.7152*lin(c.G) + 0.0722*lin(c.B)
}

// legible darkens a colour until small texts in it read well on white.
func legible(c draw.Color) draw.Color {
	for i := 0; i < 30 && 1.05/(luminance(c)+0.05) < 4.5; i++ {
		c.R, c.G, c.B = uint8(float64(c.R)*0.93), uint8(float64(c.G)*0.93), uint8(float64(c.B)*0.93)
	}
	return c
}

// tint mixes c with white; share 1 keeps c.
func tint(c draw.Color, share float64) draw.Color {
	mix := func(v uint8) uint8 { return uint8(255 - (255-float64(v))*share) }
	return draw.Color{R: mix(c.R), G: mix(c.G), B: mix(c.B), A: c.A}
}

// num writes a number with at most the given decimals, without trailing zeros.
func num(v float64, decimals int) string {
	t := strconv.FormatFloat(v, 'f', decimals, 64)
	if strings.Contains(t, ".") {
		t = strings.TrimRight(strings.TrimRight(t, "0"), ".")
	}
	if t == "-0" {
		return "0"
	}
	return t
}

// ticks chooses round numbers from lo to hi, about n of them.
func ticks(lo, hi float64, n int) []float64 {
	if !(hi > lo) || n < 1 {
		return []float64{lo}
	}
	raw := (hi - lo) / float64(n)
	step := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, k := range []float64{1, 2, 5, 10} {
		if step*k >= raw {
			step *= k
			break
		}
	}
	var out []float64
	for i := math.Ceil(lo/step - 1e-9); i*step <= hi+step*1e-9; i++ {
		out = append(out, i*step+0) // + 0 turns −0 into 0
	}
	return out
}

// scaled multiplies every measure of a drawing.
func scaled(d draw.Drawing, k float64) draw.Drawing {
	out := draw.Drawing{W: d.W * k, H: d.H * k}
	points := func(in []draw.Point) []draw.Point {
		p := make([]draw.Point, len(in))
		for i, q := range in {
			p[i] = draw.Point{X: q.X * k, Y: q.Y * k}
		}
		return p
	}
	for _, it := range d.Items {
		switch v := it.(type) {
		case draw.Rect:
			v.X, v.Y, v.W, v.H, v.StrokeWidth, v.Radius = v.X*k, v.Y*k, v.W*k, v.H*k, v.StrokeWidth*k, v.Radius*k
			it = v
		case draw.Line:
			v.X1, v.Y1, v.X2, v.Y2, v.StrokeWidth, v.Dash = v.X1*k, v.Y1*k, v.X2*k, v.Y2*k, v.StrokeWidth*k, v.Dash*k
			it = v
		case draw.Polyline:
			v.Points, v.StrokeWidth, v.Dash = points(v.Points), v.StrokeWidth*k, v.Dash*k
			it = v
		case draw.Polygon:
			v.Points, v.StrokeWidth = points(v.Points), v.StrokeWidth*k
			it = v
		case draw.Circle:
			v.X, v.Y, v.R, v.StrokeWidth = v.X*k, v.Y*k, v.R*k, v.StrokeWidth*k
			it = v
		case draw.Text:
			v.X, v.Y, v.Size = v.X*k, v.Y*k, v.Size*k
			it = v
		}
		out.Add(it)
	}
	for _, h := range d.Hits {
		h.X, h.Y, h.W, h.H = h.X*k, h.Y*k, h.W*k, h.H*k
		out.Hits = append(out.Hits, h)
	}
	return out
}
