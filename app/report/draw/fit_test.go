package draw_test

import (
	"math"
	"strings"
	"testing"

	"lianshao/app/report/draw"
)

func TestFitPageKeepsMarginsAndShape(t *testing.T) {
	red := draw.Color{R: 200, A: 255}
	pic := draw.Drawing{W: 2000, H: 400}
	pic.Add(draw.Rect{W: 2000, H: 400, Stroke: red, StrokeWidth: 2, Radius: 8},
		draw.Line{X2: 2000, Y2: 400, Stroke: red, StrokeWidth: 2, Dash: 4},
		draw.Polyline{Points: []draw.Point{{X: 0, Y: 0}, {X: 2000, Y: 400}}},
		draw.Polygon{Points: []draw.Point{{X: 0, Y: 0}, {X: 2000, Y: 0}, {X: 0, Y: 400}}},
		draw.Circle{X: 1000, Y: 200, R: 200},
		draw.Text{X: 1000, Y: 200, Size: 40, String: "审批"})
	frame := draw.Frame{Title: "工程招标与合同签订工作流程图", Subtitle: "基建处", Left: "基建处", Right: "第 1 页  共 1 页",
		Legend: []draw.LegendItem{{Color: red, Text: "红色预警"}, {Color: red, Text: strings.Repeat("长", 200)}}}
	for _, p := range []draw.Page{{}, {Landscape: true}, {Paper: draw.A3}, {Paper: draw.A3, Landscape: true}} {
		out := draw.FitPage(pic, p, frame, metrics())
		w, h := p.Size()
		if out.W != w || out.H != h {
			t.Fatalf("page is %g × %g, want %g × %g", out.W, out.H, w, h)
		}
		x, y, iw, ih := p.Inner()
		found := false
		for _, it := range out.Items {
			r, ok := it.(draw.Rect)
			if !ok || r.Radius == 0 {
				continue
			}
			found = true
			if r.X < x-1e-9 || r.Y < y || r.X+r.W > x+iw+1e-9 || r.Y+r.H > y+ih-draw.FooterHeight {
				t.Errorf("picture %+v leaves the area", r)
			}
			if math.Abs(r.W/r.H-5) > 1e-9 || math.Abs(r.Radius/r.W-0.004) > 1e-9 {
				t.Errorf("picture is distorted: %+v", r)
			}
		}
		if !found {
			t.Error("the picture is not on the page")
		}
	}
	if pic.Items[2].(draw.Polyline).Points[1].X != 2000 {
		t.Error("FitPage changed its input")
	}
}

func TestFitPageDoesNotBlowUpSmallPictures(t *testing.T) {
	pic := draw.Drawing{W: 100, H: 50}
	pic.Add(draw.Text{Size: 14, String: "无"})
	out := draw.FitPage(pic, draw.Page{Paper: draw.A3}, draw.Frame{}, metrics())
	if got := draw.SmallestText(out); math.Abs(got-14) > 1e-9 {
		t.Errorf("text is %g points high, want 14", got)
	}
}

func TestShorten(t *testing.T) {
	m := metrics()
	if got := draw.Shorten("廉政风险", 4, 1, false, m); got != "廉政风险" {
		t.Errorf("a fitting text became %q", got)
	}
	if got := draw.Shorten("廉政\n风险预警", 4, 1, false, m); !strings.HasSuffix(got, "…") || m.Width(got, 1, false) > 4 {
		t.Errorf("Shorten = %q", got)
	}
	if got := draw.Shorten("廉政", 0.1, 1, false, m); got != "" {
		t.Errorf("nothing fits, got %q", got)
	}
}
