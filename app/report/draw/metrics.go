package draw

import (
	"fmt"
	"sync"
	"sync/atomic"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Substitute stands on paper for a character that the font does not have, so
// that a gap in a name is seen and not overlooked.
const Substitute = '〓'

// Metrics measures text with the advances of the embedded fonts. It is safe for
// concurrent use; advances are read from the font once per block of 256 runes.
type Metrics struct {
	regular, bold *face
}

// NewMetrics reads two TrueType or OpenType fonts. The bytes must not change
// afterwards: they are read lazily. It fails if either is not a font.
func NewMetrics(regular, bold []byte) (*Metrics, error) {
	r, err := newFace(regular)
	if err != nil {
		return nil, fmt.Errorf("内置常规字体无法读取，请重新安装程序：%w", err)
	}
	b, err := newFace(bold)
	if err != nil {
		return nil, fmt.Errorf("内置粗体字体无法读取，请重新安装程序：%w", err)
	}
	return &Metrics{regular: r, bold: b}, nil
}

// Width adds up the advances of text; it implements Measurer. Characters that
// draw nothing (control characters, variation selectors) count 0, missing ones
// count as the Substitute.
func (m *Metrics) Width(text string, size float64, bold bool) float64 {
	f := m.face(bold)
	sum := 0.0
	for _, r := range text {
		sum += f.width(r)
	}
	return sum * size
}

// RuneWidth is the advance of one character in ems.
func (m *Metrics) RuneWidth(r rune, bold bool) float64 { return m.face(bold).width(r) }

// Missing lists, once each and in order of appearance, the characters of text
// that one of the two fonts cannot draw.
func (m *Metrics) Missing(text string) []rune {
	var missing []rune
	seen := map[rune]bool{}
	for _, r := range text {
		if m.Has(r, false) && m.Has(r, true) || seen[r] {
			continue
		}
		seen[r] = true
		missing = append(missing, r)
	}
	return missing
}

// Has says whether the font draws r. Invisible characters count as drawn.
func (m *Metrics) Has(r rune, bold bool) bool {
	return Invisible(r) || m.face(bold).advance(r) != noGlyph
}

func (m *Metrics) face(bold bool) *face {
	if bold {
		return m.bold
	}
	return m.regular
}

// Invisible reports characters that leave no mark and take no room: control
// characters other than the tab, zero-width characters, variation selectors.
func Invisible(r rune) bool {
	switch {
	case r == '\t':
		return false
	case r < 0x80:
		return r < 0x20 || r == 0x7f
	case r == 0xad, r == 0x2060, r == 0xfeff:
		return true
	case r >= 0x200b && r <= 0x200f, r >= 0xfe00 && r <= 0xfe0f, r >= 0xe0100 && r <= 0xe01ef:
		return true
	}
	return unicode.IsControl(r)
}

// noGlyph marks characters that the font does not have.
const noGlyph = -1

// blockSize runes share one lazily filled table of advances.
const blockSize = 256

// face caches the advances of one font, in ems.
type face struct {
	mu     sync.Mutex // guards font's buffer while a block is filled
	font   *sfnt.Font
	buf    sfnt.Buffer
	blocks [(unicode.MaxRune + 1) / blockSize]atomic.Pointer[[blockSize]float32]
	sub    float64 // width of Substitute
}

func newFace(data []byte) (*face, error) {
	f, err := sfnt.Parse(data)
	if err != nil {
		return nil, err
	}
	c := &face{font: f, sub: 1}
	if a := c.advance(Substitute); a != noGlyph {
		c.sub = a
	}
	return c, nil
}

func (f *face) width(r rune) float64 {
	if r == '\t' {
		return f.width(' ')
	}
	if Invisible(r) {
		return 0
	}
	if a := f.advance(r); a != noGlyph {
		return a
	}
	return f.sub
}

// advance is the width of r in ems, or noGlyph.
func (f *face) advance(r rune) float64 {
	if r == '\t' {
		r = ' '
	}
	if r < 0 || r > unicode.MaxRune {
		return noGlyph
	}
	b := f.blocks[r/blockSize].Load()
	if b == nil {
		b = f.fill(r / blockSize)
	}
	return float64(b[r%blockSize])
}

func (f *face) fill(n rune) *[blockSize]float32 {
	f.mu.Lock()
	defer f.mu.Unlock()
	if b := f.blocks[n].Load(); b != nil {
		return b
	}
	b := new([blockSize]float32)
	for i := range b {
		b[i] = f.lookup(n*blockSize + rune(i))
	}
	f.blocks[n].Store(b)
	return b
}

// lookup reads one advance in font units, so no hinting or rounding gets in.
func (f *face) lookup(r rune) float32 {
	g, err := f.font.GlyphIndex(&f.buf, r)
	if err != nil || g == 0 {
		return noGlyph
	}
	em := f.font.UnitsPerEm()
	a, err := f.font.GlyphAdvance(&f.buf, g, fixed.I(int(em)), font.HintingNone)
	if err != nil {
		return noGlyph
	}
	return float32(float64(a) / 64 / float64(em))
}
