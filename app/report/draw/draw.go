// Package draw holds pictures as data: rectangles, lines, polygons and texts
// that a layout has already placed. Charts, flow charts and paper pages all end
// up as a Drawing, and each pen (Fyne canvas, PDF) only copies it, so screen and
// paper cannot disagree.
package draw

import "image/color"

// Color is an sRGB colour without premultiplication. A zero alpha means "none".
type Color = color.NRGBA

// Align says which point of a text its X names.
type Align int

// Text alignments.
const (
	Left Align = iota
	Center
	Right
)

// Point is a position; Y grows downwards.
type Point struct{ X, Y float64 }

// Item is one mark of a Drawing: Rect, Line, Polyline, Polygon, Circle or Text.
type Item interface{ item() }

// Rect is an axis-parallel rectangle. Radius rounds its corners.
type Rect struct {
	X, Y, W, H   float64
	Fill, Stroke Color
	StrokeWidth  float64
	Radius       float64
}

// Line is a straight stroke. Dash > 0 alternates strokes and gaps of that length.
type Line struct {
	X1, Y1, X2, Y2 float64
	Stroke         Color
	StrokeWidth    float64
	Dash           float64
}

// Polyline is an open stroke through Points.
type Polyline struct {
	Points      []Point
	Stroke      Color
	StrokeWidth float64
	Dash        float64
}

// Polygon is a closed area, at least three points; it may be concave but not self-crossing.
type Polygon struct {
	Points       []Point
	Fill, Stroke Color
	StrokeWidth  float64
}

// Circle is a disc around X, Y.
type Circle struct {
	X, Y, R      float64
	Fill, Stroke Color
	StrokeWidth  float64
}

// Text is one line. Y is its baseline; Size is the em height in the drawing's
// units. Angle turns it counter-clockwise around X, Y, in degrees (0 or 90 only).
type Text struct {
	X, Y   float64
	Size   float64
	Bold   bool
	Color  Color
	Align  Align
	Angle  float64
	String string
	// Page says that this is the page's number (第 x 页 共 y 页), which a book that
	// takes the page in replaces by its own.
	Page bool
}

func (Rect) item()     {}
func (Line) item()     {}
func (Polyline) item() {}
func (Polygon) item()  {}
func (Circle) item()   {}
func (Text) item()     {}

// Hit is an area that answers a tap. Key is whatever the builder wants back,
// for example the filter behind a bar or the ID of a step.
type Hit struct {
	X, Y, W, H float64
	Key        string
	Tip        string
}

// Drawing is a finished picture of W × H units (millimetres on paper pages,
// logical pixels on screen charts). Items are painted in order.
type Drawing struct {
	W, H  float64
	Items []Item
	Hits  []Hit
	// Marks are the bookmarks that lead to this page.
	Marks []Bookmark
}

// Bookmark is a line of the outline that a reader of the document can open.
type Bookmark struct {
	Title string
	Level int // 0 = a chapter, 1 = within it
}

// Add appends items.
func (d *Drawing) Add(items ...Item) { d.Items = append(d.Items, items...) }

// At returns the key of the topmost hit area under x, y, or "".
func (d *Drawing) At(x, y float64) string {
	for i := len(d.Hits) - 1; i >= 0; i-- {
		h := d.Hits[i]
		if x >= h.X && x < h.X+h.W && y >= h.Y && y < h.Y+h.H {
			return h.Key
		}
	}
	return ""
}

// Measurer gives text widths. Width is in the same unit as size.
type Measurer interface {
	Width(text string, size float64, bold bool) float64
}
