package pen

import (
	"math"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianshao/app/report/draw"
)

// paperAt shows an upright A4 page in 700 × 500 pixels.
func paperAt(t *testing.T) *Paper {
	t.Helper()
	test.NewTempApp(t)
	p := NewPaper()
	w := test.NewTempWindow(t, p)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(700, 500))
	p.SetPage(draw.Drawing{W: 210, H: 297}, false)
	return p
}

func TestPaperFits(t *testing.T) {
	p := paperAt(t)
	if w := p.cam.Zoom * 210; math.Abs(w-(700-2*paperAir)) > 0.5 || p.cam.DY != paperAir {
		t.Errorf("the page is %.0f wide and starts at %.0f", w, p.cam.DY)
	}
	p.FitPage()
	if h := p.cam.Zoom * 297; math.Abs(h-(500-2*paperAir)) > 0.5 || math.Abs(2*p.cam.DX+210*p.cam.Zoom-700) > 0.5 {
		t.Errorf("the whole page is %.0f high, %.0f from the left", h, p.cam.DX)
	}
	before := p.Percent()
	p.TypedRune('+')
	if p.Percent() <= before {
		t.Errorf("%d%% after zooming in from %d%%", p.Percent(), before)
	}
}

func TestWheelScrollsThenTurns(t *testing.T) {
	p := paperAt(t)
	var turns []int
	p.OnTurn = func(by int) { turns = append(turns, by) }
	wheel := func(dy float32) { p.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: dy}}) }
	wheel(-50)
	if len(turns) != 0 || p.cam.DY >= paperAir {
		t.Fatalf("the first step down turned the page: %v", turns)
	}
	for range 40 {
		wheel(-50)
	}
	if len(turns) != 0 {
		t.Fatalf("turned at once at the edge: %v", turns)
	}
	if end := p.cam.DY + 297*p.cam.Zoom; math.Abs(end-(500-paperAir)) > 0.5 {
		t.Errorf("the page ends at %.0f", end)
	}
	p.turned = time.Now().Add(-time.Second)
	wheel(-50)
	if len(turns) != 1 || turns[0] != 1 {
		t.Fatalf("turns %v", turns)
	}
	p.SetPage(draw.Drawing{W: 210, H: 297}, false)
	p.turned = time.Now().Add(-time.Second)
	wheel(50)
	if len(turns) != 2 || turns[1] != -1 {
		t.Fatalf("turns %v", turns)
	}
	p.SetPage(draw.Drawing{W: 210, H: 297}, true)
	if p.cam.DY > 0 {
		t.Error("turning back does not show the bottom")
	}
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageUp})
	if len(turns) != 4 || turns[2] != AllPages || turns[3] != -1 {
		t.Errorf("turns %v", turns)
	}
}
