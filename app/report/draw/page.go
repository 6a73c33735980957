package draw

// Paper is a sheet size.
type Paper int

// Sheets that office printers hold.
const (
	A4 Paper = iota
	A3
)

// Margins are the white edges of a page in millimetres.
type Margins struct{ Top, Right, Bottom, Left float64 }

// Page is a sheet: size, way up and margins. Zero margins mean 15 mm all round.
type Page struct {
	Paper     Paper
	Landscape bool
	Margins   Margins
}

// PointMM is the length of a typographic point in millimetres: font sizes are
// given in points, drawings for paper are in millimetres.
const PointMM = 25.4 / 72

// Size is the width and height of the sheet in millimetres.
func (p Page) Size() (w, h float64) {
	w, h = 210, 297
	if p.Paper == A3 {
		w, h = 297, 420
	}
	if p.Landscape {
		w, h = h, w
	}
	return w, h
}

// Inner is the area within the margins, in millimetres from the upper left corner.
func (p Page) Inner() (x, y, w, h float64) {
	m := p.Margins
	if m == (Margins{}) {
		m = Margins{15, 15, 15, 15}
	}
	pw, ph := p.Size()
	return m.Left, m.Top, pw - m.Left - m.Right, ph - m.Top - m.Bottom
}
