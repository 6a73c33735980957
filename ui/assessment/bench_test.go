package assessment

import (
	"testing"
	"time"

	"fyne.io/fyne/v2/canvas"

	"lianshao/app"
	"lianshao/ui/page/pagetest"
)

// pictures are the rasters that the window shows, each ready to be painted at its
// size. Texts beside them are drawn by the toolkit.
func pictures(h *pagetest.Host) (all []func()) {
	for _, r := range pagetest.Find[*canvas.Raster](h) {
		size := r.Size()
		all = append(all, func() { r.Generator(int(size.Width), int(size.Height)) })
	}
	return all
}

// openDemo opens the scores of 10,000 generated points, an assessor chosen.
func openDemo(b *testing.B) (*pagetest.Host, *tabbed) {
	b.Helper()
	h := pagetest.New(b, nil)
	cmds, err := app.DemoCommands(10_000, 1, h.Session().NewID)
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range cmds {
		if err := h.Do(c); err != nil {
			b.Fatal(err)
		}
	}
	h.Session().ForgetUndo()
	pg := New(h).(*tabbed)
	h.Open(pg, "")
	return h, pg
}

// typeAnother types another mark than the present one into the next cell, row by row
// as an assessor does, and checks that it was stored.
func typeAnother(b *testing.B, h *pagetest.Host, p *Page, i int) {
	b.Helper()
	n := len(p.model.inds)
	row, ind := i/n%p.model.Len(), i%n
	if ind == 0 {
		p.grid.Select(row, p.model.inds[0].Code)
	}
	was := p.model.Cell(row, p.model.inds[ind].Code).Text
	key := "1"
	if was == key {
		key = "5"
	}
	h.Type(key)
	if is := p.model.Cell(row, p.model.inds[ind].Code).Text; is != key {
		b.Fatalf("typed %s into row %d, %s: %q, errors %v", key, row, p.model.inds[ind].Code, is, h.Errors)
	}
}

// One score changed → stored, all results brought up to date, table, arithmetic and
// chart painted, at 10,000 points. The target is 16 ms.
func BenchmarkScoreToScreen10k(b *testing.B) {
	h, pg := openDemo(b)
	p := pg.scores
	p.who.SetSelectedIndex(1)
	p.grid.Focus()
	paint := pictures(h)
	if p.model.Len() < 10_000 || len(paint) < 3 {
		b.Fatalf("%d points, %d pictures", p.model.Len(), len(paint))
	}
	worst := time.Duration(0)
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		typeAnother(b, h, p, i)
		for _, draw := range paint {
			draw()
		}
		worst = max(worst, time.Since(start))
	}
	b.ReportMetric(float64(worst.Microseconds())/1000, "worst-ms")
}

// The same with every text and widget of the window painted anew by the toolkit's
// software painter, which a real window does on the graphics card.
func BenchmarkScoreToWholeWindow10k(b *testing.B) {
	h, pg := openDemo(b)
	p := pg.scores
	p.who.SetSelectedIndex(1)
	p.grid.Focus()
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		typeAnother(b, h, p, i)
		h.Window().Canvas().Capture()
	}
}

// The same in the sandbox, where the levels that move are counted over all points.
func BenchmarkTriedScoreToScreen10k(b *testing.B) {
	h, pg := openDemo(b)
	pg.Show(WhatIfTab)
	t := pg.up().tab.(*whatIfTab)
	t.grid.Focus()
	paint := pictures(h)
	col := t.box.Result().PointSys.Indicators()[0].Code
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		if i%100 == 0 { // the list of what was tried grows
			t.box.Reset()
		}
		t.grid.Select(i%t.Len(), col)
		h.Type([]string{"1", "5"}[i/t.Len()%2])
		for _, draw := range paint {
			draw()
		}
	}
	if len(t.box.Steps()) == 0 {
		b.Fatal("nothing was tried")
	}
}
