package report

import (
	"testing"

	"lianshao/app/report/chart"
	"lianshao/app/report/draw"
	"lianshao/domain"
)

// widths is a measurer of square characters.
type widths struct{}

func (widths) Width(text string, size float64, _ bool) float64 {
	return float64(len([]rune(text))) * size
}

// A picture has its title and pilot above the chart and no empty space below.
func TestPictureStandsAlone(t *testing.T) {
	p := domain.NewPilot()
	p.Put(&domain.Info{Base: domain.Base{ID: "i"}, Name: "某校试点"})
	p.Put(&domain.Milestone{Base: domain.Base{ID: "m", Code: "1"}, No: 1, Content: "动员", Start: "2026-06-01", End: "2026-06-20"})
	c, err := ChartByID("plan")
	if err != nil {
		t.Fatal(err)
	}
	d, err := c.Picture(Input{Pilot: p, Today: "2026-06-10"}, widths{})
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]float64{}
	for _, it := range d.Items {
		if s, ok := it.(draw.Text); ok {
			texts[s.String] = s.Y
		}
	}
	if texts["工作步骤安排"] == 0 || texts["某校试点"] <= texts["工作步骤安排"] {
		t.Errorf("title and pilot missing: %v", texts)
	}
	if low := lowest(d); d.H < low || d.H > low+20 || d.H >= c.H {
		t.Errorf("height %f, marks end at %f", d.H, low)
	}
	if _, err := (Chart{Title: "空", Build: func(Input) chart.Model { return nil }}).Picture(Input{Pilot: p}, widths{}); err == nil {
		t.Error("a picture of nothing")
	}
}
