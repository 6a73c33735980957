package report_test

import (
	"strings"
	"testing"

	"lianshao/app/report"
	"lianshao/app/report/draw"
	"lianshao/assets"
	"lianshao/domain"
)

// A new pilot prints the forms that exist empty, on one page each (the 权力目录 is
// two), and answers for every other paper with a sentence.
func TestPapersOfAnEmptyPilot(t *testing.T) {
	m, err := draw.NewMetrics(assets.FontRegular, assets.FontBold)
	if err != nil {
		t.Fatal(err)
	}
	in := report.Input{Pilot: domain.NewPilot(), Today: "2026-06-26"}
	for _, p := range report.Papers() {
		for _, blank := range []bool{false, true} {
			pages, err := p.Pages(in, report.Options{Blank: blank}, m)
			switch {
			case blank && p.HasBlank:
				if want := map[string]int{"powers": 2}[p.ID]; err != nil || len(pages) != max(want, 1) {
					t.Errorf("blank %s: %d pages, %v", p.ID, len(pages), err)
				}
			case err == nil:
				t.Errorf("%s (blank %v) prints %d pages of nothing", p.ID, blank, len(pages))
			case blank && !strings.Contains(err.Error(), "没有空白表"):
				t.Errorf("%s: %v", p.ID, err)
			}
		}
	}
}
