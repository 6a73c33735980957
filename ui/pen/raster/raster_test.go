package raster

import (
	"image"
	"image/color"
	"math"
	"testing"

	"lianshao/app/report/draw"
)

var (
	black = draw.Color{A: 255}
	red   = draw.Color{R: 255, A: 255}
)

func paint(t *testing.T, scale float64, items ...draw.Item) *image.RGBA {
	t.Helper()
	img, err := Image(draw.Drawing{W: 100, H: 100, Items: items}, scale)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// ink sums how dark an area is: 1 for every black pixel.
func ink(img *image.RGBA, r image.Rectangle) float64 {
	sum := 0.0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			sum += 1 - float64(color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y)/255
		}
	}
	return sum
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.Abs(got-want) > tolerance {
		t.Errorf("%s: %.2f, want %.2f", what, got, want)
	}
}

func TestShapesCoverTheirArea(t *testing.T) {
	all := image.Rect(0, 0, 200, 200)
	for name, c := range map[string]struct {
		item draw.Item
		area float64 // in units; the picture has 2 × 2 pixels to a unit
	}{
		"rect":         {draw.Rect{X: 10, Y: 20, W: 30, H: 40, Fill: black}, 1200},
		"round rect":   {draw.Rect{X: 10, Y: 20, W: 40, H: 40, Radius: 20, Fill: black}, math.Pi * 400},
		"outline":      {draw.Rect{X: 10, Y: 10, W: 50, H: 50, Stroke: black, StrokeWidth: 2}, 4 * 50 * 2},
		"triangle":     {draw.Polygon{Points: []draw.Point{{X: 10, Y: 10}, {X: 70, Y: 10}, {X: 10, Y: 50}}, Fill: black}, 1200},
		"circle":       {draw.Circle{X: 50, Y: 50, R: 20, Fill: black}, math.Pi * 400},
		"ring":         {draw.Circle{X: 50, Y: 50, R: 20, Stroke: black, StrokeWidth: 4}, 2 * math.Pi * 20 * 4},
		"line":         {draw.Line{X1: 10, Y1: 30, X2: 90, Y2: 30, Stroke: black, StrokeWidth: 3}, 240},
		"slanted line": {draw.Line{X1: 10, Y1: 10, X2: 40, Y2: 50, Stroke: black, StrokeWidth: 3}, 150},
		"bent line":    {draw.Polyline{Points: []draw.Point{{X: 10, Y: 10}, {X: 50, Y: 10}, {X: 50, Y: 60}}, Stroke: black, StrokeWidth: 2}, 180},
		"dashes":       {draw.Line{X1: 0, Y1: 30, X2: 80, Y2: 30, Stroke: black, StrokeWidth: 2, Dash: 4}, 80},
		"slanted dash": {draw.Line{X1: 10, Y1: 10, X2: 58, Y2: 74, Stroke: black, StrokeWidth: 2, Dash: 4}, 80},
	} {
		near(t, name, ink(paint(t, 2, c.item), all)/4, c.area, c.area*0.03+2)
	}
}

func TestHairlinesAreSharp(t *testing.T) {
	for _, scale := range []float64{1, 1.25, 1.5, 2} {
		img := paint(t, scale, draw.Line{X1: 10, Y1: 33.3, X2: 90, Y2: 33.3, Stroke: black, StrokeWidth: 0.4})
		grey := 0
		for y := range img.Rect.Dy() {
			if c := img.RGBAAt(int(50*scale), y); c.R != 255 && c.R != 0 {
				grey++
			}
		}
		if grey > 0 {
			t.Errorf("scale %v: the hairline has %d grey rows", scale, grey)
		}
	}
}

func TestTextStandsWhereItIsPut(t *testing.T) {
	const size = 20.0
	w := Measurer{}.Width("廉政风险", size, false)
	near(t, "width of four characters", w, 80, 0.5)
	for _, c := range []struct {
		name  string
		align draw.Align
		want  image.Rectangle
	}{
		{"left", draw.Left, image.Rect(50, 32, 130, 54)},
		{"center", draw.Center, image.Rect(10, 32, 90, 54)},
		{"right", draw.Right, image.Rect(0, 32, 51, 54)},
	} {
		img := paint(t, 1, draw.Text{X: 50, Y: 50, Size: size, Align: c.align, Color: black, String: "廉政风险"})
		inside, all := ink(img, c.want.Intersect(img.Rect)), ink(img, img.Rect)
		if inside < 20 || all-inside > 1 {
			t.Errorf("%s: %.1f of %.1f ink inside %v", c.name, inside, all, c.want)
		}
	}
	img := paint(t, 1, draw.Text{X: 50, Y: 90, Size: size, Angle: 90, Color: black, String: "廉政"})
	if inside, all := ink(img, image.Rect(32, 50, 54, 90)), ink(img, img.Rect); inside < 20 || all-inside > 1 {
		t.Errorf("turned text: %.1f of %.1f ink reads upwards from its place", inside, all)
	}
}

func TestBoldIsBolderAndRareNamesShow(t *testing.T) {
	mark := func(s string, bold bool) float64 {
		img := paint(t, 1, draw.Text{X: 5, Y: 60, Size: 40, Bold: bold, Color: black, String: s})
		return ink(img, img.Rect)
	}
	if r, b := mark("廉", false), mark("廉", true); b < r*1.15 {
		t.Errorf("bold has %.0f ink, regular %.0f", b, r)
	}
	missing := mark("\U000F0000", false) // a character that no font has
	for _, s := range []string{"𬭎", "喆", "龑", "㛃"} {
		if got := mark(s, false); got < 100 || got == missing {
			t.Errorf("%s has %.0f ink, a missing character %.0f", s, got, missing)
		}
	}
}

func TestCameraMovesEverything(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 50, 50))
	Paint(img, draw.Drawing{Items: []draw.Item{draw.Rect{X: 100, Y: 200, W: 10, H: 10, Fill: red}}}, 2, -190, -380)
	if img.RGBAAt(15, 25).R != 255 || img.RGBAAt(5, 15).A != 0 || img.RGBAAt(35, 45).A != 0 {
		t.Error("the rectangle is not at 10,20 to 30,40")
	}
}

func TestNothingBreaksThePainter(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, v := range []float64{nan, inf, -inf, 1e30, -1e30} {
		paint(t, 1,
			draw.Rect{X: v, Y: 1, W: 5, H: v, Fill: red, Stroke: black, StrokeWidth: 1, Radius: 3},
			draw.Line{X1: v, X2: 4, Stroke: black, StrokeWidth: 1},
			draw.Polygon{Points: []draw.Point{{X: v}, {X: 1}, {Y: v}}, Fill: red},
			draw.Polygon{Fill: red}, draw.Polyline{Stroke: black, StrokeWidth: 1},
			draw.Circle{X: v, Y: 3, R: 4, Fill: red},
			draw.Text{X: v, Y: 2, Size: 10, Color: black, String: "字"})
	}
}

func BenchmarkTextOnly(b *testing.B) {
	img := image.NewRGBA(image.Rect(0, 0, 700, 600))
	d := draw.Drawing{}
	for i := range 100 {
		d.Add(draw.Text{X: float64(i%5) * 130, Y: 12 + float64(i/5)*20, Size: 12, Color: black, String: "编制招标文件并送审"})
	}
	for b.Loop() {
		Paint(img, d, 1, 0, 0)
	}
}
