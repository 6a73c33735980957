package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"lianshao/ui/theme"
)

const benchRows = 100_000

// phrases is a Source in which hardly two long texts are alike, as in a real list;
// repeated texts would come from Fyne's cache and flatter a table of Labels.
type phrases struct{ registry }

var pieces = []string{"招标文件", "设置倾向性条款", "排斥潜在投标人", "拆分项目", "规避公开招标", "现场签证", "弄虚作假", "虚增工程量",
	"验收走过场", "以次充好", "未按规定回避", "收受礼金", "泄露标底", "擅自变更", "违规分包", "资金挪用", "虚假报销"}

func (p phrases) Cell(row int, col string) Cell {
	x := row * 31
	switch col {
	case "post", "step", "note":
		x += len(col) * 7
		return Cell{Text: pieces[x%17] + pieces[x/17%17]}
	case "text":
		return Cell{Text: pieces[x%17] + "，" + pieces[x/17%17] + "，" + pieces[x/289%17]}
	}
	return p.registry.Cell(row, col)
}

// scrollStep is three rows, what one notch of a wheel moves.
const scrollStep = 84

// stockTable is widget.Table over the same cells, as the thing to be faster than.
func stockTable(create func() fyne.CanvasObject, set func(fyne.CanvasObject, string)) *widget.Table {
	cols, src := registryColumns(), phrases{registry{benchRows}}
	t := widget.NewTable(func() (int, int) { return benchRows, len(cols) }, create,
		func(id widget.TableCellID, o fyne.CanvasObject) { set(o, src.Cell(id.Row, cols[id.Col].ID).Text) })
	for i, c := range cols {
		t.SetColumnWidth(i, c.Width)
	}
	return t
}

func labelTable() *widget.Table {
	return stockTable(func() fyne.CanvasObject { return widget.NewLabel("") },
		func(o fyne.CanvasObject, s string) { o.(*widget.Label).SetText(s) })
}

func textTable() *widget.Table {
	return stockTable(func() fyne.CanvasObject { return canvas.NewText("", red) },
		func(o fyne.CanvasObject, s string) {
			t := o.(*canvas.Text)
			t.Text = s
			t.Refresh()
		})
}

// BenchmarkScroll is one notch of the wheel over 100,000 rows × 12 columns at
// 1366×768, drawn by Fyne's software painter. The same in a real window:
// go test -tags migrated_fynedo,x11,glbench -run '^$' -bench Window ./ui/widgets
func BenchmarkScroll(b *testing.B) {
	show := func(b *testing.B, make func() (fyne.CanvasObject, func(y float32))) {
		test.NewTempApp(b).Settings().SetTheme(theme.New())
		o, scroll := make()
		w := test.NewTempWindow(b, o)
		w.SetPadded(false)
		w.Resize(fyne.NewSize(1366, 768))
		w.Canvas().Capture()
		b.ResetTimer()
		for i := 0; i < b.N; i++ {
			scroll(float32(i%20000+1) * scrollStep)
			w.Canvas().Capture()
		}
	}
	b.Run("DataGrid", func(b *testing.B) {
		show(b, func() (fyne.CanvasObject, func(float32)) {
			g := NewDataGrid(registryColumns(), phrases{registry{benchRows}})
			return g, func(y float32) { g.ScrollTo(0, float64(y)) }
		})
	})
	b.Run("TableOfTexts", func(b *testing.B) {
		show(b, func() (fyne.CanvasObject, func(float32)) {
			t := textTable()
			return t, func(y float32) { t.ScrollToOffset(fyne.NewPos(0, y)) }
		})
	})
	b.Run("TableOfLabels", func(b *testing.B) {
		show(b, func() (fyne.CanvasObject, func(float32)) {
			t := labelTable()
			return t, func(y float32) { t.ScrollToOffset(fyne.NewPos(0, y)) }
		})
	})
}

// BenchmarkGridPaint is the grid's own share of a frame, without any driver.
func BenchmarkGridPaint(b *testing.B) {
	g, w := gridWindow(b, phrases{registry{benchRows}}, registryColumns()...)
	w.Resize(fyne.NewSize(1366, 768))
	p := &gridPainter{g: g}
	p.paint(1366, 768)
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		g.offY = float64(i%30000) * scrollStep
		p.paint(1366, 768)
	}
}

// BenchmarkEditCell is typing one character, Enter, and the picture after it.
func BenchmarkEditCell(b *testing.B) {
	g, w := gridWindow(b, phrases{registry{benchRows}}, registryColumns()...)
	w.Resize(fyne.NewSize(1366, 768))
	g.OnEdit = func(int, string, string) error { return nil }
	g.Select(0, "post")
	w.Canvas().Capture()
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		typeRunes(w, "岗")
		press(w, fyne.KeyEnter)
		g.view.picture.Generator(1366, 768)
	}
}
