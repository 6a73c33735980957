package raster

import (
	"image"
	"math"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"lianshao/app/report/draw"
	"lianshao/assets"
)

// glyph is an outline in font units, and its advance.
type glyph struct {
	segments []sfnt.Segment
	advance  float64
}

// face keeps the outlines that were used; a few hundred of the font's 22,000.
type face struct {
	mu     sync.Mutex
	font   *sfnt.Font
	em     float64
	buf    sfnt.Buffer
	glyphs map[rune]*glyph
}

var faces = sync.OnceValue(func() [2]*face {
	return [2]*face{newFace(assets.FontRegular), newFace(assets.FontBold)}
})

// newFace parses an embedded font. A font that the program carries itself and
// cannot read is a broken build, which no user could mend: hence the panic.
func newFace(data []byte) *face {
	f, err := sfnt.Parse(data)
	if err != nil {
		panic("内嵌字体损坏：" + err.Error())
	}
	return &face{font: f, em: float64(f.UnitsPerEm()), glyphs: map[rune]*glyph{}}
}

// glyph finds a rune's outline; runes that the font lacks show its empty box.
func (f *face) glyph(r rune) *glyph {
	f.mu.Lock()
	defer f.mu.Unlock()
	if g := f.glyphs[r]; g != nil {
		return g
	}
	g := &glyph{}
	ppem := fixed.I(int(f.em))
	index, err := f.font.GlyphIndex(&f.buf, r)
	if err == nil {
		if segs, err := f.font.LoadGlyph(&f.buf, index, ppem, nil); err == nil {
			g.segments = append([]sfnt.Segment(nil), segs...)
		}
		if adv, err := f.font.GlyphAdvance(&f.buf, index, ppem, font.HintingNone); err == nil {
			g.advance = float64(adv) / 64
		}
	}
	f.glyphs[r] = g
	return g
}

func (f *face) width(s string, size float64) float64 {
	w := 0.0
	for _, r := range s {
		w += f.glyph(r).advance
	}
	return w * size / f.em
}

// text paints one line. Turned text uses the same outlines, turned.
func (c *Canvas) text(v draw.Text) {
	if v.String == "" || v.Size <= 0 || v.Color.A == 0 {
		return
	}
	f := faces()[0]
	if v.Bold {
		f = faces()[1]
	}
	size := v.Size * c.scale
	w := f.width(v.String, size)
	start := 0.0
	switch v.Align {
	case draw.Center:
		start = -w / 2
	case draw.Right:
		start = -w
	}
	o := c.px(draw.Point{X: v.X, Y: v.Y})
	sin, cos := math.Sincos(-v.Angle * math.Pi / 180) // Y grows downwards, so counter-clockwise is negative
	if v.Angle == 0 {
		o.Y = math.Round(o.Y) // baselines on whole pixels keep horizontal strokes sharp
	}
	at := func(x, y float64) draw.Point {
		return draw.Point{X: o.X + x*cos - y*sin, Y: o.Y + x*sin + y*cos}
	}
	box, ok := c.clip([]draw.Point{at(start, -size*1.1), at(start+w, -size*1.1), at(start, size*0.4), at(start+w, size*0.4)}, 1)
	if !ok {
		return
	}
	c.begin(box)
	x := start
	for _, r := range v.String {
		g := f.glyph(r)
		c.outlineGlyph(g, size/f.em/64, func(px, py float64) draw.Point { return at(x+px, py) }, box)
		x += g.advance * size / f.em
	}
	c.end(box, v.Color)
}

func (c *Canvas) outlineGlyph(g *glyph, k float64, at func(x, y float64) draw.Point, box image.Rectangle) {
	ox, oy := float64(box.Min.X), float64(box.Min.Y)
	pt := func(p fixed.Point26_6) (float32, float32) {
		q := at(float64(p.X)*k, float64(p.Y)*k)
		return float32(q.X - ox), float32(q.Y - oy)
	}
	for i, s := range g.segments {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if i > 0 {
				c.ras.ClosePath()
			}
			c.ras.MoveTo(pt(s.Args[0]))
		case sfnt.SegmentOpLineTo:
			c.ras.LineTo(pt(s.Args[0]))
		case sfnt.SegmentOpQuadTo:
			x1, y1 := pt(s.Args[0])
			x2, y2 := pt(s.Args[1])
			c.ras.QuadTo(x1, y1, x2, y2)
		case sfnt.SegmentOpCubeTo:
			x1, y1 := pt(s.Args[0])
			x2, y2 := pt(s.Args[1])
			x3, y3 := pt(s.Args[2])
			c.ras.CubeTo(x1, y1, x2, y2, x3, y3)
		}
	}
	c.ras.ClosePath()
}

// Measurer measures with the embedded fonts, exactly as Paint sets them.
type Measurer struct{}

// Width is the advance of text in the unit of size.
func (Measurer) Width(text string, size float64, bold bool) float64 {
	if bold {
		return faces()[1].width(text, size)
	}
	return faces()[0].width(text, size)
}
