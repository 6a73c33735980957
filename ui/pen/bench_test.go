package pen

import (
	"fmt"
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"lianshao/app/report/draw"
	"lianshao/app/report/flow"
	"lianshao/ui/pen/raster"
)

// workflow makes n steps in six lanes with returns, labels and marks.
func workflow(n int) flow.Model {
	m := flow.Model{Title: "流程"}
	kinds := []flow.Kind{flow.Task, flow.Approve, flow.Decision}
	for i := range n {
		id := fmt.Sprint(i + 1)
		m.Nodes = append(m.Nodes, flow.Node{ID: id, No: id, Label: "编制招标文件并送审核", Kind: kinds[i%3], Lane: fmt.Sprint("岗位", i*5%6),
			Marks: []flow.Mark{{Kind: flow.Risk, Color: color.NRGBA{200, 55, 45, 255}, Word: "红", Count: 2}}})
		if i+1 < n {
			m.Edges = append(m.Edges, flow.Edge{From: id, To: fmt.Sprint(i + 2), Label: "通过"})
		}
		if i%4 == 3 {
			m.Edges = append(m.Edges, flow.Edge{From: id, To: fmt.Sprint(i - 1), Label: "退回"})
		}
	}
	return m
}

// BenchmarkPaint is what one wheel step or one drag event costs: a 15-step
// workflow into 700 × 600 pixels.
func BenchmarkPaint(b *testing.B) {
	d := flow.Layout(workflow(15), raster.Measurer{}, flow.Options{})
	img := image.NewRGBA(image.Rect(0, 0, 700, 600))
	b.ReportMetric(float64(len(d.Items)), "items")
	for b.Loop() {
		raster.Paint(img, d, 0.8, 0, 0)
	}
}

// BenchmarkPaintAsObjects paints only the texts and boxes of the same drawing as
// Fyne canvas objects with Fyne's software painter, for comparison.
func BenchmarkPaintAsObjects(b *testing.B) {
	test.NewTempApp(b)
	d := flow.Layout(workflow(15), raster.Measurer{}, flow.Options{})
	box := &fyne.Container{}
	for _, it := range d.Items {
		switch v := it.(type) {
		case draw.Text:
			t := canvas.NewText(v.String, v.Color)
			t.TextSize = float32(v.Size * 0.8)
			t.Move(fyne.NewPos(float32(v.X*0.8), float32(v.Y*0.8)))
			t.Resize(t.MinSize())
			box.Objects = append(box.Objects, t)
		case draw.Rect:
			r := canvas.NewRectangle(v.Fill)
			r.StrokeColor, r.StrokeWidth = v.Stroke, float32(v.StrokeWidth)
			r.Move(fyne.NewPos(float32(v.X*0.8), float32(v.Y*0.8)))
			r.Resize(fyne.NewSize(float32(v.W*0.8), float32(v.H*0.8)))
			box.Objects = append(box.Objects, r)
		}
	}
	w := test.NewTempWindow(b, box)
	w.Resize(fyne.NewSize(700, 600))
	for b.Loop() {
		w.Canvas().Capture()
	}
}

// BenchmarkLayout100 lays out a workflow of a hundred steps.
func BenchmarkLayout100(b *testing.B) {
	m := workflow(100)
	for b.Loop() {
		flow.Layout(m, raster.Measurer{}, flow.Options{MaxWidth: 700})
	}
}
