package pdf

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/signintech/gopdf"

	"lianshao/app/report/draw"
)

// pt is the number of PDF points in a millimetre.
const pt = 72 / 25.4

// glyph names a character in one of the two fonts.
type glyph struct {
	r    rune
	bold bool
}

// sheet draws the pages of one document. It remembers the graphics state, so
// that colours, widths and fonts are only written when they change.
type sheet struct {
	gp      *gopdf.GoPdf
	metrics *draw.Metrics
	lacks   map[glyph]bool // answers of the font, per character
	missing []rune

	family string
	size   float64

	fill, stroke draw.Color
	fillKnown    bool
	strokeKnown  bool
	width, dash  float64
}

func (s *sheet) page(d *draw.Drawing) error {
	s.gp.AddPageWithOption(gopdf.PageOption{PageSize: &gopdf.Rect{W: d.W * pt, H: d.H * pt}})
	s.fillKnown, s.strokeKnown, s.dash = false, false, 0
	s.width = 0.2
	s.gp.SetLineWidth(s.width * pt) // also gives an empty page its content
	for _, it := range d.Items {
		if err := s.item(it); err != nil {
			return err
		}
	}
	return nil
}

func (s *sheet) item(it draw.Item) error {
	switch v := it.(type) {
	case draw.Rect:
		s.rect(v)
	case draw.Line:
		s.line([]draw.Point{{X: v.X1, Y: v.Y1}, {X: v.X2, Y: v.Y2}}, v.Stroke, v.StrokeWidth, v.Dash)
	case draw.Polyline:
		s.line(v.Points, v.Stroke, v.StrokeWidth, v.Dash)
	case draw.Polygon:
		s.shape(v.Points, v.Fill, v.Stroke, v.StrokeWidth)
	case draw.Circle:
		s.shape(arc(nil, v.X, v.Y, v.R, 0, 2*math.Pi), v.Fill, v.Stroke, v.StrokeWidth)
	case draw.Text:
		return s.text(v)
	default:
		return fmt.Errorf("无法打印的图形 %T", it)
	}
	return nil
}

func (s *sheet) rect(v draw.Rect) {
	r := min(v.Radius, v.W/2, v.H/2)
	if r <= 0 {
		s.shape([]draw.Point{{X: v.X, Y: v.Y}, {X: v.X + v.W, Y: v.Y}, {X: v.X + v.W, Y: v.Y + v.H}, {X: v.X, Y: v.Y + v.H}},
			v.Fill, v.Stroke, v.StrokeWidth)
		return
	}
	quarter := math.Pi / 2
	var p []draw.Point
	p = arc(p, v.X+v.W-r, v.Y+r, r, -quarter, 0)
	p = arc(p, v.X+v.W-r, v.Y+v.H-r, r, 0, quarter)
	p = arc(p, v.X+r, v.Y+v.H-r, r, quarter, 2*quarter)
	p = arc(p, v.X+r, v.Y+r, r, 2*quarter, 3*quarter)
	s.shape(p, v.Fill, v.Stroke, v.StrokeWidth)
}

// arc appends points of a circle, close enough together to look round in print.
func arc(p []draw.Point, x, y, r, from, to float64) []draw.Point {
	const deviation = 0.01 // mm between chord and circle
	step := math.Pi / 4
	if r > deviation {
		step = min(step, 2*math.Acos(1-deviation/r))
	}
	n := int(math.Ceil((to - from) / step))
	for i := range n + 1 {
		a := from + (to-from)*float64(i)/float64(n)
		p = append(p, draw.Point{X: x + r*math.Cos(a), Y: y + r*math.Sin(a)})
	}
	return p
}

// shape fills and strokes a closed area. Translucent parts are drawn one by one.
func (s *sheet) shape(points []draw.Point, fill, stroke draw.Color, width float64) {
	if len(points) < 2 {
		return
	}
	inked := stroke.A != 0 && width > 0
	pts := points2pdf(points)
	if fill.A == 0xff && inked && stroke.A == 0xff {
		s.setFill(fill)
		s.setStroke(stroke, width, 0)
		s.gp.Polygon(pts, "FD")
		return
	}
	if fill.A != 0 {
		s.setFill(fill)
		s.translucent(fill.A, func() { s.gp.Polygon(pts, "F") })
	}
	if inked {
		s.setStroke(stroke, width, 0)
		s.translucent(stroke.A, func() { s.gp.Polygon(pts, "D") })
	}
}

// line strokes an open path. gopdf only knows closed paths and single lines, so
// a solid path runs to its end and back over itself, which joins its corners
// neatly; a dashed one is drawn line by line with the dashes carried on.
func (s *sheet) line(points []draw.Point, stroke draw.Color, width, dash float64) {
	if stroke.A == 0 || width <= 0 || len(points) < 2 {
		return
	}
	if len(points) == 2 || dash > 0 || stroke.A != 0xff {
		s.segments(points, stroke, width, dash)
		return
	}
	s.setStroke(stroke, width, 0)
	path := points2pdf(points)
	for i := len(points) - 2; i > 0; i-- {
		path = append(path, path[i])
	}
	s.gp.Polygon(path, "D")
}

func (s *sheet) segments(points []draw.Point, stroke draw.Color, width, dash float64) {
	s.setStroke(stroke, width, dash)
	done := 0.0
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		if dash > 0 && i > 1 {
			s.gp.SetCustomLineType([]float64{dash * pt, dash * pt}, math.Mod(done, 2*dash)*pt)
			s.dash = math.NaN() // the phase is this segment's own
		}
		s.translucent(stroke.A, func() { s.gp.Line(a.X*pt, a.Y*pt, b.X*pt, b.Y*pt) })
		done += math.Hypot(b.X-a.X, b.Y-a.Y)
	}
}

func points2pdf(points []draw.Point) []gopdf.Point {
	out := make([]gopdf.Point, len(points), 2*len(points))
	for i, p := range points {
		out[i] = gopdf.Point{X: p.X * pt, Y: p.Y * pt}
	}
	return out
}

// translucent runs paint with an alpha of a/255.
func (s *sheet) translucent(a uint8, paint func()) {
	if a != 0xff {
		t := gopdf.Transparency{Alpha: math.Round(float64(a)/0xff*1000) / 1000, BlendModeType: gopdf.NormalBlendMode}
		if s.gp.SetTransparency(t) == nil {
			defer s.gp.ClearTransparency()
		}
	}
	paint()
}

func (s *sheet) setFill(c draw.Color) {
	c.A = 0xff
	if s.fillKnown && s.fill == c {
		return
	}
	s.fill, s.fillKnown = c, true
	s.gp.SetFillColor(c.R, c.G, c.B)
}

func (s *sheet) setStroke(c draw.Color, width, dash float64) {
	c.A = 0xff
	if !s.strokeKnown || s.stroke != c {
		s.stroke, s.strokeKnown = c, true
		s.gp.SetStrokeColor(c.R, c.G, c.B)
	}
	if s.width != width {
		s.width = width
		s.gp.SetLineWidth(width * pt)
	}
	if s.dash == dash {
		return
	}
	s.dash = dash
	if dash > 0 {
		s.gp.SetCustomLineType([]float64{dash * pt, dash * pt}, 0)
	} else {
		s.gp.SetLineType("solid")
	}
}

// text places one line with the layout's own metrics.
func (s *sheet) text(v draw.Text) error {
	str := s.clean(v.String, v.Bold)
	if str == "" || v.Size <= 0 || v.Color.A == 0 {
		return nil
	}
	if err := s.setFont(v.Bold, v.Size*pt); err != nil {
		return err
	}
	shift := 0.0
	switch v.Align {
	case draw.Center:
		shift = s.metrics.Width(str, v.Size, v.Bold) / 2
	case draw.Right:
		shift = s.metrics.Width(str, v.Size, v.Bold)
	}
	c := overWhite(v.Color)
	s.gp.SetTextColor(c.R, c.G, c.B)
	s.fillKnown = false // text sets the same colour register
	if v.Angle != 0 {
		s.gp.Rotate(v.Angle, v.X*pt, v.Y*pt)
		defer s.gp.RotateReset()
	}
	s.gp.SetXY((v.X-shift)*pt, v.Y*pt)
	return s.gp.Text(str)
}

func (s *sheet) setFont(bold bool, size float64) error {
	family := regularFont
	if bold {
		family = boldFont
	}
	if s.family == family && s.size == size {
		return nil
	}
	if s.family == family {
		s.size = size
		return s.gp.SetFontSize(size)
	}
	s.family, s.size = family, size
	return s.gp.SetFont(family, "", size)
}

// clean leaves out invisible characters and replaces those the font lacks,
// which gopdf would print as nothing.
func (s *sheet) clean(text string, bold bool) string {
	if s.plain(text, bold) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\t':
			b.WriteByte(' ')
		case draw.Invisible(r):
		case s.lack(r, bold):
			b.WriteRune(draw.Substitute)
			if !slices.Contains(s.missing, r) {
				s.missing = append(s.missing, r)
			}
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func (s *sheet) plain(text string, bold bool) bool {
	for _, r := range text {
		if r == '\t' || draw.Invisible(r) || s.lack(r, bold) {
			return false
		}
	}
	return true
}

// lack asks gopdf itself, because it reads the font's tables in its own way.
func (s *sheet) lack(r rune, bold bool) bool {
	g := glyph{r, bold}
	lacks, known := s.lacks[g]
	if known {
		return lacks
	}
	lacks = true
	if s.setFont(bold, max(s.size, 1)) == nil {
		has, err := s.gp.IsCurrFontContainGlyph(r)
		lacks = err != nil || !has
	}
	s.lacks[g] = lacks
	return lacks
}

// overWhite mixes a translucent colour with the paper.
func overWhite(c draw.Color) draw.Color {
	mix := func(v uint8) uint8 { return uint8((int(v)*int(c.A) + 0xff*(0xff-int(c.A))) / 0xff) }
	return draw.Color{R: mix(c.R), G: mix(c.G), B: mix(c.B), A: 0xff}
}
