package draw

import (
	"fmt"
	"strings"
)

// Ink colours of papers.
var (
	Ink   = Color{R: 0x22, G: 0x22, B: 0x22, A: 0xff}
	Faint = Color{R: 0x66, G: 0x66, B: 0x66, A: 0xff}
)

// FooterHeight is what Footer needs at the lower margin, in millimetres.
const FooterHeight = 8.0

// Frame is what stands around a picture on paper. Empty parts take no room.
type Frame struct {
	Title    string
	Subtitle string
	Legend   []LegendItem // under the picture
	Left     string       // footer, lower left
	Right    string       // footer, lower right, for example "第 1 页  共 1 页"
}

// LegendItem explains a colour.
type LegendItem struct {
	Color Color
	Text  string
}

// FitPage scales a picture (a flow chart, a chart) onto one sheet, under a title
// and above a colour key and a footer, centred. It enlarges a small picture only
// until its largest text is 14 points high. The result has no hit areas.
func FitPage(d Drawing, p Page, f Frame, m Measurer) Drawing {
	w, h := p.Size()
	out := Drawing{W: w, H: h, Items: make([]Item, 0, len(d.Items)+8)}
	x, y, iw, ih := p.Inner()
	bottom := y + ih
	if f.Left != "" || f.Right != "" {
		Footer(&out, p, f.Left, f.Right, m)
		bottom -= FooterHeight
	}
	y = f.heading(&out, x, y, iw, m)
	key := f.legendLines(iw, m)
	room := bottom - y - float64(len(key))*legendLine
	if d.W <= 0 || d.H <= 0 {
		return out
	}
	scale := min(iw/d.W, room/d.H)
	if big := largestText(d); big > 0 {
		scale = min(scale, 14*PointMM/big)
	}
	scale = max(scale, 0)
	dx := x + (iw-d.W*scale)/2
	dy := y + (room-d.H*scale)/3 // a little above the middle looks centred
	for _, it := range d.Items {
		out.Add(Place(it, scale, dx, dy))
	}
	drawLegend(&out, key, x+iw/2, dy+d.H*scale, m)
	return out
}

// heading writes title and subtitle and returns where the picture may start.
func (f Frame) heading(out *Drawing, x, y, w float64, m Measurer) float64 {
	const title, sub = 18 * PointMM, 10 * PointMM
	if f.Title != "" {
		for _, s := range Wrap(f.Title, w, title, true, m) {
			out.Add(Text{X: x + w/2, Y: y + title, Size: title, Bold: true, Color: Ink, Align: Center, String: s})
			y += title * 1.3
		}
		y += 1
	}
	if f.Subtitle != "" {
		for _, s := range Wrap(f.Subtitle, w, sub, false, m) {
			out.Add(Text{X: x + w/2, Y: y + sub, Size: sub, Color: Faint, Align: Center, String: s})
			y += sub * 1.4
		}
	}
	if f.Title != "" || f.Subtitle != "" {
		y += 3
	}
	return y
}

const (
	legendSize = 9 * PointMM
	legendSide = 3.0 // of a colour square
	legendGap  = 1.5 // between square and text
	legendNext = 7.0 // between items
	legendLine = 7.0 // height of a row
)

// legendRow is one centred row of the colour key, w wide.
type legendRow struct {
	items []LegendItem
	w     float64
}

// legendLines breaks the colour key into rows of at most w.
func (f Frame) legendLines(w float64, m Measurer) []legendRow {
	var rows []legendRow
	for _, it := range f.Legend {
		iw := legendWidth(it, m)
		if n := len(rows); n == 0 || rows[n-1].w+legendNext+iw > w {
			rows = append(rows, legendRow{w: -legendNext})
		}
		r := &rows[len(rows)-1]
		r.items, r.w = append(r.items, it), r.w+legendNext+iw
	}
	return rows
}

func legendWidth(it LegendItem, m Measurer) float64 {
	return legendSide + legendGap + m.Width(it.Text, legendSize, false)
}

// drawLegend writes the rows around centre, from y downwards.
func drawLegend(out *Drawing, rows []legendRow, centre, y float64, m Measurer) {
	for i, r := range rows {
		base := y + float64(i+1)*legendLine - 1
		x := centre - r.w/2
		for _, it := range r.items {
			out.Add(Rect{X: x, Y: base - legendSide + 0.3, W: legendSide, H: legendSide, Fill: it.Color, Stroke: Faint, StrokeWidth: 0.15},
				Text{X: x + legendSide + legendGap, Y: base, Size: legendSize, Color: Ink, String: it.Text})
			x += legendWidth(it, m) + legendNext
		}
	}
}

// Footer writes the line at the foot of a page; left is shortened to fit, right is
// the page's number.
func Footer(d *Drawing, p Page, left, right string, m Measurer) {
	const size = 8.5 * PointMM
	x, y, w, h := p.Inner()
	base := y + h - 0.5
	left = Shorten(left, w-m.Width(right, size, false)-5, size, false, m)
	if left != "" {
		d.Add(Text{X: x, Y: base, Size: size, Color: Faint, String: left})
	}
	if right != "" {
		d.Add(Text{X: x + w, Y: base, Size: size, Color: Faint, Align: Right, String: right, Page: true})
	}
}

// PageLabel is the number of page i of n, both counted from 1.
func PageLabel(i, n int) string { return fmt.Sprintf("第 %d 页  共 %d 页", i, n) }

// Renumber gives pages that go into one document continuous numbers.
func Renumber(pages []Drawing) {
	for i := range pages {
		for k, it := range pages[i].Items {
			if t, ok := it.(Text); ok && t.Page {
				t.String = PageLabel(i+1, len(pages))
				pages[i].Items[k] = t
			}
		}
	}
}

const (
	footNoteSize  = 7.5 * PointMM
	footNoteBelow = 3.4 // under the page's number, within the lower margin
)

// FootNote writes a small line under the number of every page that has one.
func FootNote(pages []Drawing, line string) {
	if line == "" {
		return
	}
	for i := range pages {
		for _, it := range pages[i].Items {
			if t, ok := it.(Text); ok && t.Page {
				pages[i].Add(Text{X: t.X, Y: t.Y + footNoteBelow, Size: footNoteSize, Color: Faint, Align: t.Align, String: line})
				break
			}
		}
	}
}

// Shorten makes one line of text and ends it with … if it is wider than width.
// It returns "" when not even that fits.
func Shorten(text string, width, size float64, bold bool, m Measurer) string {
	text = strings.NewReplacer("\r\n", " ", "\n", " ").Replace(text)
	if m.Width(text, size, bold) <= width {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 {
		runes = runes[:len(runes)-1]
		if s := string(runes) + "…"; m.Width(s, size, bold) <= width {
			return s
		}
	}
	return ""
}

// SmallestText is the height of the smallest text in points if d is in
// millimetres, 0 without text. Under 5 it is hard to read on paper.
func SmallestText(d Drawing) float64 {
	small := 0.0
	for _, it := range d.Items {
		if t, ok := it.(Text); ok && t.String != "" && (small == 0 || t.Size < small) {
			small = t.Size
		}
	}
	return small / PointMM
}

func largestText(d Drawing) float64 {
	big := 0.0
	for _, it := range d.Items {
		if t, ok := it.(Text); ok && t.String != "" {
			big = max(big, t.Size)
		}
	}
	return big
}

// Place scales an item around 0, 0 and moves it by dx, dy.
func Place(it Item, scale, dx, dy float64) Item {
	switch v := it.(type) {
	case Rect:
		v.X, v.Y, v.W, v.H = v.X*scale+dx, v.Y*scale+dy, v.W*scale, v.H*scale
		v.StrokeWidth, v.Radius = v.StrokeWidth*scale, v.Radius*scale
		return v
	case Line:
		v.X1, v.Y1, v.X2, v.Y2 = v.X1*scale+dx, v.Y1*scale+dy, v.X2*scale+dx, v.Y2*scale+dy
		v.StrokeWidth, v.Dash = v.StrokeWidth*scale, v.Dash*scale
		return v
	case Polyline:
		v.Points = placePoints(v.Points, scale, dx, dy)
		v.StrokeWidth, v.Dash = v.StrokeWidth*scale, v.Dash*scale
		return v
	case Polygon:
		v.Points = placePoints(v.Points, scale, dx, dy)
		v.StrokeWidth *= scale
		return v
	case Circle:
		v.X, v.Y, v.R = v.X*scale+dx, v.Y*scale+dy, v.R*scale
		v.StrokeWidth *= scale
		return v
	case Text:
		v.X, v.Y, v.Size = v.X*scale+dx, v.Y*scale+dy, v.Size*scale
		return v
	}
	return it
}

func placePoints(points []Point, scale, dx, dy float64) []Point {
	out := make([]Point, len(points))
	for i, p := range points {
		out[i] = Point{p.X*scale + dx, p.Y*scale + dy}
	}
	return out
}
