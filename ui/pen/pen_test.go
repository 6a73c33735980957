package pen

import (
	"bytes"
	"fmt"
	"image/color"
	"image/png"
	"math"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"lianshao/app/report/draw"
)

var (
	red   = draw.Color{R: 200, A: 255}
	black = draw.Color{A: 255}
)

// twoBoxes is 400 × 200 with a tappable box at the left and one at the right.
func twoBoxes() draw.Drawing {
	d := draw.Drawing{W: 400, H: 200}
	d.Add(draw.Rect{X: 20, Y: 20, W: 100, H: 50, Fill: red},
		draw.Rect{X: 280, Y: 130, W: 100, H: 50, Fill: red},
		draw.Text{X: 200, Y: 100, Size: 14, Align: draw.Center, Color: black, String: "廉洁"})
	d.Hits = []draw.Hit{
		{X: 20, Y: 20, W: 100, H: 50, Key: "left", Tip: "左边\n第二行"},
		{X: 280, Y: 130, W: 100, H: 50, Key: "right"},
	}
	return d
}

func show(t *testing.T, o fyne.CanvasObject, w, h float32) fyne.Window {
	t.Helper()
	test.NewTempApp(t)
	win := test.NewTempWindow(t, o)
	win.SetPadded(false)
	win.Resize(fyne.NewSize(w, h))
	return win
}

// screen is where a drawing's point lies in the widget.
func screen(v *View, x, y float64) fyne.Position {
	return fyne.NewPos(float32(x*v.cam.Zoom+v.cam.DX), float32(y*v.cam.Zoom+v.cam.DY))
}

func TestTapFindsTheAreaUnderAnyCamera(t *testing.T) {
	v := NewView(twoBoxes())
	var got []string
	v.OnTapped = func(k string) { got = append(got, k) }
	win := show(t, v, 800, 600)
	clock := time.Unix(0, 0)
	v.now = func() time.Time { clock = clock.Add(time.Second); return clock }
	for _, move := range []func(){func() {}, func() { v.ZoomBy(1.2, fyne.NewPos(300, 200)) }, func() { v.Pan(-40, 25) }} {
		move()
		test.TapCanvas(win.Canvas(), screen(v, 30, 30))
		test.TapCanvas(win.Canvas(), screen(v, 370, 170))
		test.TapCanvas(win.Canvas(), screen(v, 200, 10)) // nothing there
	}
	want := []string{"left", "right", "left", "right", "left", "right"}
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("got %v", got)
		}
	}
}

func TestZoomKeepsThePointUnderThePointer(t *testing.T) {
	v := NewView(twoBoxes())
	show(t, v, 500, 400)
	at := fyne.NewPos(140, 220)
	x, y := v.toDrawing(at)
	for _, dy := range []float32{10, 10, -25, 40} {
		v.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: at}, Scrolled: fyne.Delta{DY: dy}})
		if x2, y2 := v.toDrawing(at); math.Abs(x2-x) > 1e-6 || math.Abs(y2-y) > 1e-6 {
			t.Fatalf("after %v the pointer is over %v,%v instead of %v,%v", dy, x2, y2, x, y)
		}
	}
	v.ZoomBy(1e9, at)
	if v.Zoom() != MaxZoom {
		t.Errorf("zoom %v is not limited", v.Zoom())
	}
	v.ZoomBy(1e-9, at)
	if v.Zoom() != MinZoom {
		t.Errorf("zoom %v is not limited", v.Zoom())
	}
}

func TestFramings(t *testing.T) {
	tall := draw.Drawing{W: 400, H: 2000}
	v := NewView(tall)
	show(t, v, 600, 500)
	if v.Zoom() < readableZoom || v.cam.DY != 0 {
		t.Errorf("home of a tall drawing: zoom %v at %v; it must be readable from the top", v.Zoom(), v.cam.DY)
	}
	v.Fit()
	if z := v.Zoom(); math.Abs(z-0.25) > 1e-6 {
		t.Errorf("whole: zoom %v, want 0.25", z)
	}
	v.Resize(fyne.NewSize(600, 250))
	if z := v.Zoom(); math.Abs(z-0.125) > 1e-6 {
		t.Errorf("whole after a resize: zoom %v, want 0.125", z)
	}
	v.ZoomBy(3, fyne.NewPos(10, 10))
	before := v.cam
	v.SetDrawing(draw.Drawing{W: 400, H: 2100})
	if v.cam != before {
		t.Error("a new drawing must not move what the user placed")
	}
	small := NewView(twoBoxes())
	small.Resize(fyne.NewSize(2000, 2000))
	small.reframe(small.Size())
	if small.Zoom() != largestFit {
		t.Errorf("small drawing blown up to %v", small.Zoom())
	}
}

func TestSecondTapChangesTheFraming(t *testing.T) {
	v := NewView(draw.Drawing{W: 400, H: 2000})
	taps := 0
	v.OnTapped = func(string) { taps++ }
	show(t, v, 600, 500)
	clock := time.Unix(0, 0)
	v.now = func() time.Time { return clock }
	tap := func(after time.Duration) {
		clock = clock.Add(after)
		v.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, 5)})
	}
	tap(time.Second)
	tap(100 * time.Millisecond)
	if v.frame != frameWhole {
		t.Error("a double tap must show the whole")
	}
	tap(time.Second)
	tap(time.Second)
	if v.frame != frameWhole {
		t.Error("two slow taps are not a double tap")
	}
	tap(100 * time.Millisecond)
	if v.frame != frameHome {
		t.Error("a double tap on the whole must go back to a readable size")
	}
}

func TestDragCannotLoseThePicture(t *testing.T) {
	v := NewView(twoBoxes())
	show(t, v, 500, 400)
	v.Dragged(&fyne.DragEvent{Dragged: fyne.Delta{DX: 30, DY: -20}})
	v.Dragged(&fyne.DragEvent{Dragged: fyne.Delta{DX: 99999, DY: 99999}})
	if v.cam.DX > 500 || v.cam.DY > 400 {
		t.Errorf("dragged out of sight: %+v", v.cam)
	}
	v.Pan(-99999, -99999)
	if v.cam.DX+400*v.Zoom() < 1 || v.cam.DY+200*v.Zoom() < 1 {
		t.Errorf("dragged out of sight: %+v", v.cam)
	}
}

func TestRevealMovesOnlyAsFarAsNeeded(t *testing.T) {
	v := NewView(twoBoxes())
	show(t, v, 300, 200)
	v.ZoomBy(4, fyne.NewPos(0, 0))
	if !v.Reveal("right") {
		t.Fatal("the area was not found")
	}
	p := screen(v, 330, 155)
	if p.X < 0 || p.X > 300 || p.Y < 0 || p.Y > 200 {
		t.Errorf("the area's middle is at %v", p)
	}
	before := v.cam
	v.Reveal("right")
	if v.cam != before {
		t.Error("revealing what is in sight must not move")
	}
	if v.Reveal("nobody") {
		t.Error("found an area that is not there")
	}
}

func TestTipFollowsThePointer(t *testing.T) {
	v := NewView(twoBoxes())
	v.OnTapped = func(string) {}
	show(t, v, 400, 200)
	move := func(x, y float64) {
		v.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: screen(v, x, y)}})
	}
	move(30, 30)
	if !v.tip.visible() || len(v.tip.lines) != 2 || v.Cursor() != desktop.PointerCursor {
		t.Errorf("over an area: visible %v, %d lines", v.tip.visible(), len(v.tip.lines))
	}
	move(200, 10)
	if v.tip.visible() || v.Cursor() != desktop.DefaultCursor {
		t.Error("the tip stays on empty ground")
	}
	move(30, 30)
	v.MouseOut()
	if v.tip.visible() {
		t.Error("the tip stays after the pointer left")
	}
}

func TestViewShowsThePicture(t *testing.T) {
	v := NewView(twoBoxes())
	win := show(t, v, 400, 200)
	img := win.Canvas().Capture()
	at := func(x, y float64) color.Color {
		p := screen(v, x, y)
		return img.At(int(p.X), int(p.Y))
	}
	if r, g, _, _ := at(70, 45).RGBA(); r>>8 != 200 || g != 0 {
		t.Errorf("the box is %v", at(70, 45))
	}
	if r, g, b, _ := at(200, 20).RGBA(); r>>8 != 255 || g>>8 != 255 || b>>8 != 255 {
		t.Errorf("the ground is %v", at(200, 20))
	}
	v.SetDrawing(draw.Drawing{W: 400, H: 200})
	img = win.Canvas().Capture()
	if r, g, _, _ := at(70, 45).RGBA(); r != g {
		t.Error("the old picture is still shown")
	}
}

func TestChartIsLaidOutForItsSize(t *testing.T) {
	var w, h float64
	c := NewChart(fyne.NewSize(100, 80), func(cw, ch float64) draw.Drawing {
		w, h = cw, ch
		d := draw.Drawing{W: cw, H: ch}
		d.Hits = []draw.Hit{{X: 0, Y: ch / 2, W: cw, H: ch / 2, Key: "lower"}}
		return d
	})
	tapped := ""
	c.OnTapped = func(k string) { tapped = k }
	win := show(t, c, 320, 240)
	if w != 320 || h != 240 {
		t.Errorf("laid out for %v × %v", w, h)
	}
	win.Resize(fyne.NewSize(500, 300))
	if w != 500 || h != 300 {
		t.Errorf("laid out for %v × %v after the resize", w, h)
	}
	test.TapCanvas(win.Canvas(), fyne.NewPos(20, 20))
	if tapped != "" {
		t.Errorf("tapped %q", tapped)
	}
	test.TapCanvas(win.Canvas(), fyne.NewPos(20, 290))
	if tapped != "lower" {
		t.Errorf("tapped %q", tapped)
	}
}

func TestTallChartScrolls(t *testing.T) {
	rows := 50.0
	scroll, c := NewTallChart(fyne.NewSize(100, 80), func(w, h float64) draw.Drawing {
		return draw.Drawing{W: w, H: math.Max(h, rows*20)}
	})
	show(t, scroll, 300, 200)
	if got := c.Size().Height; got != 1000 {
		t.Errorf("50 rows are %v high", got)
	}
	rows = 80
	c.Update()
	if got := c.Size().Height; got != 1600 {
		t.Errorf("80 rows are %v high", got)
	}
	rows = 2
	c.Update()
	if got := c.Size().Height; got != 200 {
		t.Errorf("2 rows are %v high", got)
	}
}

func TestPNG(t *testing.T) {
	b, err := PNG(twoBoxes(), 2)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if img.Bounds().Dx() != 800 || img.Bounds().Dy() != 400 {
		t.Errorf("size %v", img.Bounds())
	}
	for _, scale := range []float64{0, -1, math.NaN(), 1e6, math.Inf(1)} {
		if _, err := PNG(twoBoxes(), scale); err == nil {
			t.Errorf("scale %v was accepted", scale)
		}
	}
}

func TestTipsStaySmall(t *testing.T) {
	long := strings.Repeat("招标文件设置倾向性条款，", 12)
	for _, line := range tipLines(long) {
		if n := len([]rune(line)); n > tipChars+1 {
			t.Errorf("%d characters: %s", n, line)
		}
		if strings.HasPrefix(strings.TrimSpace(line), "，") {
			t.Errorf("a line begins with a comma: %s", line)
		}
	}
	if got := strings.ReplaceAll(strings.Join(tipLines(long), ""), "　", ""); got != long {
		t.Errorf("text was lost: %s", got)
	}
	if got := tipLines(strings.Repeat("一行\n", 99)); len(got) != tipRows || got[tipRows-1] != "……" {
		t.Errorf("%d lines, the last is %q", len(got), got[len(got)-1])
	}
	if got := tipLines("一\n"); len(got) != 1 {
		t.Errorf("got %q", got)
	}
}

func TestTallChartPaintsOnlyWhatIsSeen(t *testing.T) {
	scroll, c := NewTallChart(fyne.NewSize(100, 80), func(w, h float64) draw.Drawing {
		d := draw.Drawing{W: w, H: 60000}
		for y := 0.0; y < d.H; y += 100 {
			d.Add(draw.Rect{X: 0, Y: y, W: w, H: 50, Fill: red}) // 50 red, 50 white, …
			d.Hits = append(d.Hits, draw.Hit{X: 0, Y: y, W: w, H: 50, Key: fmt.Sprint(y)})
		}
		return d
	})
	tapped := ""
	c.OnTapped = func(k string) { tapped = k }
	win := show(t, scroll, 300, 200)
	isRed := func(x, y int) bool {
		r, g, _, _ := win.Canvas().Capture().At(x, y).RGBA()
		return r>>8 == 200 && g == 0
	}
	if !isRed(50, 20) || isRed(50, 70) || !isRed(50, 120) {
		t.Error("the top is not painted")
	}
	scroll.ScrollToOffset(fyne.NewPos(0, 30050))
	if isRed(50, 20) || !isRed(50, 70) || isRed(50, 120) {
		t.Error("the image did not follow the scroll")
	}
	if b := c.img.Bounds(); b.Dy() > 400 {
		t.Errorf("the image is %d rows high", b.Dy())
	}
	test.TapCanvas(win.Canvas(), fyne.NewPos(50, 70))
	if tapped != "30100" {
		t.Errorf("tapped %q, want the bar at 30100", tapped)
	}
	win.Resize(fyne.NewSize(300, 500))
	if !isRed(50, 470) && !isRed(50, 420) {
		t.Error("the image did not grow with the window")
	}
}
