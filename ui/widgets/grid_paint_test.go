package widgets

import (
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// paintGrid draws a grid at a scale and returns the picture with its painter.
func paintGrid(g *DataGrid, scale float32) (*image.RGBA, *gridPainter) {
	p := &gridPainter{g: g}
	s := g.Size()
	return p.paint(int(s.Width*scale), int(s.Height*scale)).(*image.RGBA), p
}

// inkIn counts the pixels of a box that are not of the given colour.
func inkIn(img *image.RGBA, box image.Rectangle, paper color.NRGBA) (n int) {
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			if c := img.RGBAAt(x, y); c.R != paper.R || c.G != paper.G || c.B != paper.B {
				n++
			}
		}
	}
	return n
}

// long is a Source with one text much longer than its column and an empty neighbour.
type long struct{}

func (long) Len() int { return 3 }

func (long) Cell(row int, col string) Cell {
	switch {
	case col == "text" && row == 1:
		return Cell{Text: strings.Repeat("国家囗■", 30), Color: red}
	case col == "num" && row == 1:
		return Cell{Text: strings.Repeat("88888", 20)}
	}
	return Cell{}
}

func TestTextsStayInTheirCells(t *testing.T) {
	g, _ := gridWindow(t, long{}, Column{ID: "text", Title: "文", Width: 90}, Column{ID: "a", Title: "", Width: 80},
		Column{ID: "num", Title: "数", Width: 60, Align: AlignRight}, Column{ID: "b", Title: "", Width: 80})
	for _, scale := range []float32{1, 1.25, 2} {
		img, p := paintGrid(g, scale)
		box := func(col int) image.Rectangle {
			pos, size := g.cellBox(place{1, col})
			line := p.line()
			return image.Rect(p.px(pos.X), p.px(pos.Y)+line, p.px(pos.X+size.Width), p.px(pos.Y+size.Height)-2*line)
		}
		if inkIn(img, box(0), p.c.back) == 0 || inkIn(img, box(2), p.c.back) == 0 {
			t.Fatalf("scale %v: nothing was drawn", scale)
		}
		for _, col := range []int{1, 3} {
			if n := inkIn(img, box(col), p.c.back); n != 0 {
				t.Errorf("scale %v: %d pixels of a neighbour's text in column %d", scale, n, col)
			}
		}
	}
}

// titled is a Source with a title that spills: over two empty cells in the first row,
// up to a filled one in the second.
type titled struct{}

func (titled) Len() int { return 3 }

func (titled) Cell(row int, col string) Cell {
	switch {
	case col == "a" && row < 2:
		return Cell{Text: strings.Repeat("国家囗■", 30), Spill: true}
	case col == "c" && row == 1:
		return Cell{Text: "囗"}
	}
	return Cell{}
}

// A title goes on over empty cells, like in Excel, and stops before a filled one and
// at the frozen column that hides its beginning.
func TestTitlesSpill(t *testing.T) {
	g, _ := gridWindow(t, titled{}, Column{ID: "no", Title: "", Width: 30}, Column{ID: "a", Title: "", Width: 60},
		Column{ID: "b", Title: "", Width: 60}, Column{ID: "c", Title: "", Width: 60}, Column{ID: "d", Title: "", Width: 60})
	g.Frozen = 1
	g.Select(2, "d") // the cursor's row is tinted
	img, p := paintGrid(g, 1)
	for _, x := range []struct {
		row, col int
		inked    bool
	}{{0, 0, false}, {0, 2, true}, {0, 3, true}, {0, 4, true}, {1, 2, true}, {1, 4, false}} {
		pos, size := g.cellBox(place{x.row, x.col})
		box := image.Rect(p.px(pos.X)+2, p.px(pos.Y)+3, p.px(pos.X+size.Width)-2, p.px(pos.Y+size.Height)-3)
		if got := inkIn(img, box, p.c.back) > 0; got != x.inked {
			t.Errorf("cell %d,%d has ink: %v, want %v", x.row, x.col, got, x.inked)
		}
	}
}

func TestLevelSquareHasItsColour(t *testing.T) {
	g, _ := gridWindow(t, long{}, Column{ID: "text", Title: "文", Width: 90})
	img, p := paintGrid(g, 1)
	pos, size := g.cellBox(place{1, 0})
	x, y := p.px(pos.X)+cellPad+5, p.px(pos.Y+size.Height/2)
	if c := img.RGBAAt(x, y); c != (color.RGBA{red.R, red.G, red.B, 255}) {
		t.Errorf("colour %v at the square, want %v", c, red)
	}
}

// counting counts how often cells are asked for.
type counting struct {
	registry
	calls int
}

func (c *counting) Cell(row int, col string) Cell { c.calls++; return c.registry.Cell(row, col) }

func TestOnlyVisibleCellsAreAskedFor(t *testing.T) {
	s := &counting{registry: registry{100000}}
	g, _ := gridWindow(t, s, registryColumns()...)
	g.Select(70000, "code")
	s.calls = 0
	paintGrid(g, 1)
	first, last := g.visibleRows()
	if most := (last - first + 1) * 12; s.calls > most || s.calls == 0 {
		t.Errorf("%d cells asked for, at most %d are seen", s.calls, most)
	}
}

// Right alignment must put the last digits of all rows on one pixel column.
func TestNumbersAlignRight(t *testing.T) {
	s := &sheet{cols: []string{"n"}, cells: [][]string{{"1"}, {"11.11"}, {"1111"}}}
	g, _ := gridWindow(t, s, Column{ID: "n", Title: "数", Width: 90, Align: AlignRight})
	g.focused = false
	img, p := paintGrid(g, 1)
	var ends []int
	for row := 1; row < 3; row++ {
		y := p.px(g.rowY(row))
		end := 0
		for x := 0; x < 90-3; x++ {
			if inkIn(img, image.Rect(x, y+4, x+1, y+24), p.c.back) > 0 {
				end = x
			}
		}
		ends = append(ends, end)
	}
	if d := ends[0] - ends[1]; d < -1 || d > 1 || ends[0] < 75 {
		t.Errorf("numbers end at %v", ends)
	}
}

func TestRowMenuIsForTheSelection(t *testing.T) {
	g, w, _ := editableGrid(t)
	var rows []int
	var col string
	g.Menu = func(r []int, c string) []*fyne.MenuItem {
		rows, col = r, c
		return []*fyne.MenuItem{fyne.NewMenuItem("删除", nil)}
	}
	g.SelectRange(2, "a", 4, "b")
	p, _ := g.CellPosition(3, "a")
	test.TapSecondaryAt(g, p)
	if !slices.Equal(rows, []int{2, 3, 4}) {
		t.Errorf("menu inside the selection is for rows %v", rows)
	}
	w.Canvas().Overlays().Remove(w.Canvas().Overlays().Top())
	p, _ = g.CellPosition(7, "c")
	test.TapSecondaryAt(g, p)
	if !slices.Equal(rows, []int{7}) || col != "c" {
		t.Errorf("menu outside the selection is for rows %v, column %s", rows, col)
	}
	if w.Canvas().Overlays().Top() == nil {
		t.Error("no menu opened")
	}
	var labels []string
	for _, it := range g.rowMenu() {
		labels = append(labels, it.Label)
	}
	if labels[0] != "删除" || !strings.HasPrefix(labels[2], "编辑") || !strings.HasPrefix(labels[3], "复制") {
		t.Errorf("menu %q", labels)
	}
}

func TestHeaderMenuSortsAndHides(t *testing.T) {
	g, _, _ := editableGrid(t)
	sorted := ""
	g.OnSort = func(c string, desc bool) {
		sorted = c
		if desc {
			sorted += "降"
		}
	}
	pick := func(label string) {
		t.Helper()
		for _, it := range g.headerMenu(1) {
			if it.Label == label {
				it.Action()
				return
			}
		}
		t.Fatalf("no item %s", label)
	}
	pick("降序")
	if sorted != "b降" {
		t.Errorf("sorted %q", sorted)
	}
	pick("取消排序")
	if col, _ := g.Sort(); col != "" || sorted != "" {
		t.Errorf("still sorted by %q, told %q", col, sorted)
	}
	pick("最适合的列宽")
	if w := g.Widths()["b"]; w < 30 || w > 80 {
		t.Errorf("fitted width %v for texts like b49", w)
	}
	pick("隐藏此列")
	if got := g.VisibleColumns(); !slices.Equal(got, []string{"a", "c"}) {
		t.Errorf("visible %v", got)
	}
}

// The picture is a whole number of pixels, however odd the grid's place: stretched by a
// fraction it would lose a line of its text.
func TestThePictureIsWholePixels(t *testing.T) {
	g, _ := gridWindow(t, titled{}, Column{ID: "a", Title: "", Width: 60})
	g.Resize(fyne.NewSize(300.6, 150.3))
	if s := g.view.picture.Size(); s != fyne.NewSize(300, 150) {
		t.Errorf("the picture has %v", s)
	}
}
