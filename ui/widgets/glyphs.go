package widgets

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// subSteps is how many horizontal positions between two pixels a narrow glyph is
// drawn at. Latin digits need it for even spacing; ideographs are wide enough.
const subSteps = 4

// maxGlyphs bounds one face's cache; a screen shows far fewer different glyphs.
const maxGlyphs = 20000

type glyphKey struct {
	r   rune
	sub uint8
}

// glyph is the coverage of one character, ready to be blended.
type glyph struct {
	mask       []uint8
	w, h       int
	left, top  int // of the mask, from the pen's whole pixel and the baseline
	advance    fixed.Int26_6
	unprinting bool
}

// glyphFace draws text of one weight and one pixel size from cached coverage
// masks. It exists because shaping and rasterising strings anew is what makes a
// table of canvas.Text or Label slow.
type glyphFace struct {
	fonts []*sfnt.Font
	faces []font.Face
	cache map[glyphKey]*glyph
	buf   sfnt.Buffer
	px    float64
}

// newGlyphFace makes a face of px pixels from the first font, with the others
// standing in for characters it lacks. Fonts that do not parse are left out.
func newGlyphFace(px float64, fonts []*sfnt.Font) *glyphFace {
	f := &glyphFace{cache: make(map[glyphKey]*glyph), px: px}
	for _, ft := range fonts {
		face, err := opentype.NewFace(ft, &opentype.FaceOptions{Size: px, DPI: 72, Hinting: font.HintingNone})
		if err != nil {
			continue
		}
		f.fonts = append(f.fonts, ft)
		f.faces = append(f.faces, face)
	}
	return f
}

// faceFor returns the first face that has r, else the first of all.
func (f *glyphFace) faceFor(r rune) font.Face {
	for i, ft := range f.fonts {
		if idx, err := ft.GlyphIndex(&f.buf, r); err == nil && idx != 0 {
			return f.faces[i]
		}
	}
	return f.faces[0]
}

func (f *glyphFace) glyph(r rune, sub uint8) *glyph {
	key := glyphKey{r, sub}
	if g, ok := f.cache[key]; ok {
		return g
	}
	if len(f.cache) >= maxGlyphs {
		clear(f.cache)
	}
	g := f.rasterise(r, sub)
	f.cache[key] = g
	return g
}

func (f *glyphFace) rasterise(r rune, sub uint8) *glyph {
	if len(f.faces) == 0 || r < ' ' {
		return &glyph{unprinting: true}
	}
	dot := fixed.Point26_6{X: fixed.Int26_6(int(sub) * 64 / subSteps)}
	dr, mask, at, adv, ok := f.faceFor(r).Glyph(dot, r)
	if !ok {
		return &glyph{unprinting: true, advance: fixed.Int26_6(f.px * 32)}
	}
	g := &glyph{w: dr.Dx(), h: dr.Dy(), left: dr.Min.X, top: dr.Min.Y, advance: adv}
	g.mask = copyMask(mask, at, g.w, g.h)
	return g
}

// copyMask keeps the mask a font.Face hands out, which it reuses for the next glyph.
func copyMask(mask image.Image, at image.Point, w, h int) []uint8 {
	out := make([]uint8, w*h)
	if a, ok := mask.(*image.Alpha); ok {
		for y := 0; y < h; y++ {
			copy(out[y*w:(y+1)*w], a.Pix[a.PixOffset(at.X, at.Y+y):])
		}
		return out
	}
	for y := 0; y < h; y++ {
		for x := 0; x < w; x++ {
			_, _, _, alpha := mask.At(at.X+x, at.Y+y).RGBA()
			out[y*w+x] = uint8(alpha >> 8)
		}
	}
	return out
}

// width is how many pixels s takes.
func (f *glyphFace) width(s string) float64 {
	var w fixed.Int26_6
	for _, r := range s {
		w += f.glyph(r, 0).advance
	}
	return float64(w) / 64
}

// draw writes s with the pen at (x, baseline) and never touches a pixel outside
// clip. It stops where less than half a character would be seen, so a long text
// costs only what is seen.
func (f *glyphFace) draw(dst *image.RGBA, s string, x float64, baseline int, col color.NRGBA, clip image.Rectangle) {
	pen := fixed.Int26_6(x * 64)
	right := fixed.I(clip.Max.X)
	for _, r := range s {
		var sub uint8
		base := (pen + 32).Floor()
		if r < 0x2000 {
			base = pen.Floor()
			sub = uint8(int(pen&63) * subSteps / 64)
		}
		g := f.glyph(r, sub)
		if pen+g.advance/2 > right { // a sliver of a character only looks like dirt
			return
		}
		if !g.unprinting {
			blend(dst, g, base+g.left, baseline+g.top, col, clip)
		}
		pen += g.advance
	}
}

// blend puts a glyph's coverage on opaque pixels.
func blend(dst *image.RGBA, g *glyph, x, y int, col color.NRGBA, clip image.Rectangle) {
	r := image.Rect(x, y, x+g.w, y+g.h).Intersect(clip)
	if r.Empty() {
		return
	}
	cr, cg, cb, ca := uint32(col.R), uint32(col.G), uint32(col.B), uint32(col.A)
	for py := r.Min.Y; py < r.Max.Y; py++ {
		row := g.mask[(py-y)*g.w+r.Min.X-x : (py-y)*g.w+r.Max.X-x]
		p := dst.Pix[dst.PixOffset(r.Min.X, py):]
		for i, m := range row {
			if m == 0 {
				continue
			}
			a := uint32(m)
			if ca != 255 {
				a = a * ca / 255
			}
			q := p[i*4 : i*4+3 : i*4+3]
			inv := 255 - a
			q[0] = div255(uint32(q[0])*inv + cr*a)
			q[1] = div255(uint32(q[1])*inv + cg*a)
			q[2] = div255(uint32(q[2])*inv + cb*a)
		}
	}
}

// div255 divides by 255, rounding, for values up to 255×255, without a division.
func div255(v uint32) uint8 {
	v += 128
	return uint8((v + v>>8) >> 8)
}

// parsedFonts keeps each font resource parsed once; a 7 MB font must not be
// parsed again for every grid.
var parsedFonts = map[string]*sfnt.Font{}

// parseFont returns the parsed font of res, or nil when it is missing or broken.
func parseFont(res fyne.Resource) *sfnt.Font {
	if res == nil {
		return nil
	}
	if ft, ok := parsedFonts[res.Name()]; ok {
		return ft
	}
	ft, err := opentype.Parse(res.Content())
	if err != nil {
		fyne.LogError("parse font "+res.Name(), err)
		ft = nil
	}
	parsedFonts[res.Name()] = ft
	return ft
}
