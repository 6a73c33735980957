package widgets

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// editableGrid is a 50×3 sheet whose edits are stored; "坏" is refused.
func editableGrid(t *testing.T) (*DataGrid, fyne.Window, *sheet) {
	s := newSheet(50, "a", "b", "c")
	g, w := gridWindow(t, s, plainColumns("a", "b", "c")...)
	g.OnEdit = func(row int, col, text string) error {
		if strings.Contains(text, "坏") {
			return errors.New("“坏”不能填在这里，请改成别的字")
		}
		s.set(row, col, text)
		return nil
	}
	return g, w, s
}

func TestArrowsAndPages(t *testing.T) {
	g, w, _ := editableGrid(t)
	press(w, fyne.KeyDown, fyne.KeyDown, fyne.KeyRight)
	wantAt(t, g, 2, "b")
	press(w, fyne.KeyUp, fyne.KeyLeft, fyne.KeyLeft)
	wantAt(t, g, 1, "a")
	press(w, fyne.KeyEnd)
	wantAt(t, g, 1, "c")
	press(w, fyne.KeyHome, fyne.KeyPageDown)
	wantAt(t, g, 1+g.rowsPerPage(), "a")
	if first, last := g.visibleRows(); g.cur.row < first || g.cur.row > last {
		t.Errorf("cursor row %d is out of sight %d–%d", g.cur.row, first, last)
	}
	press(w, fyne.KeyPageUp)
	wantAt(t, g, 1, "a")
	shortcut(w, &desktop.CustomShortcut{KeyName: fyne.KeyEnd, Modifier: fyne.KeyModifierControl})
	wantAt(t, g, 49, "c")
	if p, s := g.cellBox(g.cur); p.Y+s.Height > g.Size().Height {
		t.Errorf("the last row ends at %v, below the grid's %v", p.Y+s.Height, g.Size().Height)
	}
	shortcut(w, &desktop.CustomShortcut{KeyName: fyne.KeyHome, Modifier: fyne.KeyModifierControl})
	wantAt(t, g, 0, "a")
}

func TestShiftSelectsRange(t *testing.T) {
	g, w, _ := editableGrid(t)
	press(w, fyne.KeyDown)
	pressShift(w, fyne.KeyDown, fyne.KeyDown, fyne.KeyRight)
	if got := g.SelectedRows(); !slices.Equal(got, []int{1, 2, 3}) {
		t.Errorf("selected rows %v", got)
	}
	g.Copy()
	if got, want := fyne.CurrentApp().Clipboard().Content(), "a1\tb1\r\na2\tb2\r\na3\tb3\r\n"; got != want {
		t.Errorf("copied %q, want %q", got, want)
	}
	press(w, fyne.KeyDown)
	if got := g.SelectedRows(); !slices.Equal(got, []int{4}) {
		t.Errorf("an arrow without Shift left rows %v selected", got)
	}
}

func TestSelectAllCopiesEverything(t *testing.T) {
	g, w, _ := editableGrid(t)
	shortcut(w, &fyne.ShortcutSelectAll{})
	shortcut(w, &fyne.ShortcutCopy{})
	lines := strings.Split(strings.TrimSpace(fyne.CurrentApp().Clipboard().Content()), "\r\n")
	if len(lines) != 50 || lines[49] != "a49\tb49\tc49" {
		t.Errorf("%d lines, last %q", len(lines), lines[len(lines)-1])
	}
	if len(g.SelectedRows()) != 50 {
		t.Errorf("%d rows selected", len(g.SelectedRows()))
	}
}

func TestPasteBlock(t *testing.T) {
	g, w, s := editableGrid(t)
	var start int
	var cols []string
	g.OnPaste = func(b *Block) error {
		start, cols = b.Start, b.Cols
		return b.Each(func(row int, col, text string) error { s.set(row, col, text); return nil })
	}
	g.Select(1, "b")
	clip := fyne.CurrentApp().Clipboard()
	clip.SetContent("一\t二\t多余\r\n\"三\n行\"\t四\r\n")
	shortcut(w, &fyne.ShortcutPaste{Clipboard: clip})
	if cols != nil || g.ErrorText() != "粘贴的内容有 3 列，从“b”起只有 2 列，没有粘贴。请从靠左的一列粘贴，或少复制几列" {
		t.Fatalf("a block that is too wide was pasted into %v, message %q", cols, g.ErrorText())
	}
	clip.SetContent("一\t二\t\r\n\"三\n行\"\t四\t\r\n\t\t\r\n\t\t\r\n") // blank rows and columns come along
	shortcut(w, &fyne.ShortcutPaste{Clipboard: clip})
	if start != 1 || !slices.Equal(cols, []string{"b", "c"}) {
		t.Errorf("pasted at %d into %v", start, cols)
	}
	if got := s.cells[1:3]; !reflect.DeepEqual(got, [][]string{{"a1", "一", "二"}, {"a2", "三\n行", "四"}}) {
		t.Errorf("cells %q", got)
	}
	g.SelectRange(5, "a", 6, "b")
	clip.SetContent("同")
	shortcut(w, &fyne.ShortcutPaste{Clipboard: clip})
	if got := s.cells[5:7]; !reflect.DeepEqual(got, [][]string{{"同", "同", "c5"}, {"同", "同", "c6"}}) {
		t.Errorf("one value over a range: %q", got)
	}
}

func TestPasteErrorIsShown(t *testing.T) {
	g, w, _ := editableGrid(t)
	g.OnPaste = func(*Block) error { return errors.New("第 2 行没有粘贴：分值应为 1–5") }
	clip := fyne.CurrentApp().Clipboard()
	clip.SetContent("9")
	shortcut(w, &fyne.ShortcutPaste{Clipboard: clip})
	if g.ErrorText() != "第 2 行没有粘贴：分值应为 1–5" {
		t.Errorf("message %q", g.ErrorText())
	}
}

func TestDeleteClearsOrRemoves(t *testing.T) {
	g, w, _ := editableGrid(t)
	var deleted []int
	var cleared string
	g.OnDelete = func(rows []int) { deleted = rows }
	g.SelectRange(2, "a", 3, "b")
	press(w, fyne.KeyDelete)
	if !slices.Equal(deleted, []int{2, 3}) {
		t.Errorf("deleted %v", deleted)
	}
	deleted = nil
	g.OnClear = func(first, last int, cols []string) error {
		cleared = strings.Join(cols, "+")
		return nil
	}
	press(w, fyne.KeyDelete)
	if deleted != nil || cleared != "a+b" {
		t.Errorf("deleted %v, cleared %q", deleted, cleared)
	}
	g.SelectRange(2, "a", 4, "c")
	press(w, fyne.KeyDelete)
	if !slices.Equal(deleted, []int{2, 3, 4}) {
		t.Errorf("whole rows: deleted %v", deleted)
	}
}

func TestHeaderSorts(t *testing.T) {
	g, w, _ := editableGrid(t)
	var got []string
	g.OnSort = func(col string, desc bool) {
		dir := "升"
		if desc {
			dir = "降"
		}
		got = append(got, col+dir)
	}
	head := fyne.NewPos(g.columnX(1)+20, 10)
	test.TapCanvas(w.Canvas(), head)
	test.TapCanvas(w.Canvas(), head)
	test.TapCanvas(w.Canvas(), head)
	if !slices.Equal(got, []string{"b升", "b降", "b升"}) {
		t.Errorf("sorted %v", got)
	}
	if col, desc := g.Sort(); col != "b" || desc {
		t.Errorf("marked %s %v", col, desc)
	}
}

func TestDragResizesColumn(t *testing.T) {
	g, w, _ := editableGrid(t)
	told := 0
	g.OnColumns = func() { told++ }
	test.Drag(w.Canvas(), fyne.NewPos(g.columnX(1)-1, 10), 35, 0)
	if got := g.Widths()["a"]; got != 155 || told != 1 {
		t.Errorf("width %v, told %d times", got, told)
	}
	g.SetWidths(map[string]float32{"a": 90, "b": 3, "unknown": 50})
	if w := g.Widths(); w["a"] != 90 || w["b"] != 120 {
		t.Errorf("widths %v", w)
	}
}

func TestHideAndChooseColumns(t *testing.T) {
	g, w, _ := editableGrid(t)
	g.SetVisibleColumns([]string{"c", "a", "nonsense"})
	if got := g.VisibleColumns(); !slices.Equal(got, []string{"a", "c"}) {
		t.Fatalf("visible %v", got)
	}
	g.ChooseColumns()
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("no popup")
	}
	savePNG(t, w, "choose")
	w.Canvas().Overlays().Remove(w.Canvas().Overlays().Top())
	g.showColumn("a", false)
	g.showColumn("c", false) // the last one stays
	if got := g.VisibleColumns(); !slices.Equal(got, []string{"c"}) {
		t.Errorf("visible %v", got)
	}
}

func TestSelectTellsRowsOnce(t *testing.T) {
	g, w, s := editableGrid(t)
	var told []int
	g.OnSelect = func(row int) { told = append(told, row) }
	press(w, fyne.KeyDown, fyne.KeyRight, fyne.KeyLeft, fyne.KeyDown)
	s.cells = s.cells[:2]
	g.Refresh()
	s.cells = nil
	g.Refresh()
	if !slices.Equal(told, []int{1, 2, 1, -1}) {
		t.Errorf("told %v", told)
	}
	press(w, fyne.KeyDown, fyne.KeyEnter, fyne.KeyDelete) // nothing there, nothing happens
	typeRunes(w, "字")
	if g.Editing() {
		t.Error("editing an empty grid")
	}
}

func TestFindAndForeignShortcutsPassOn(t *testing.T) {
	g, w, _ := editableGrid(t)
	found, undone := 0, 0
	g.OnFind = func() { found++ }
	shortcut(w, &desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierControl})
	w.Canvas().AddShortcut(&fyne.ShortcutUndo{}, func(fyne.Shortcut) { undone++ })
	if c, ok := w.Canvas().(interface{ TypedShortcut(fyne.Shortcut) }); ok && c != nil {
		shortcut(w, &fyne.ShortcutUndo{})
		if undone != 1 {
			t.Errorf("the window's Ctrl+Z ran %d times", undone)
		}
	}
	if found != 1 {
		t.Errorf("OnFind ran %d times", found)
	}
}

func TestWheelScrollsAndEditorTravels(t *testing.T) {
	g, w, _ := editableGrid(t)
	g.Select(3, "b")
	press(w, fyne.KeyF2)
	before := g.editor.entry.Position().Y
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -10)})
	if moved := before - g.editor.entry.Position().Y; moved != float32(g.offY) || moved <= 0 {
		t.Errorf("editor moved %v, content %v", moved, g.offY)
	}
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -1e7)})
	if _, maxY := g.maxOffset(); g.offY != maxY {
		t.Errorf("offset %v, want the end %v", g.offY, maxY)
	}
	if y := g.rowY(49) + g.rowHeight; y > g.Size().Height {
		t.Errorf("last row ends at %v", y)
	}
}

func TestFrozenColumnsStay(t *testing.T) {
	g, _ := gridWindow(t, registry{10}, registryColumns()...)
	g.Frozen = 1
	g.Select(0, "note")
	if x := g.columnX(0); x != g.numberWidth() {
		t.Errorf("frozen column at %v", x)
	}
	if z, at := g.hit(fyne.NewPos(20, 60)); z != zoneCell || at.col != 0 {
		t.Errorf("hit %v %v under the frozen column", z, at)
	}
	g.Select(0, "unit") // must not hide behind the frozen column
	if x := g.columnX(1); x < g.columnX(0)+g.column(0).Width {
		t.Errorf("unit at %v is covered", x)
	}
}

func TestDoubleClickCounter(t *testing.T) {
	var c clickCounter
	t0 := time.Now()
	at := place{1, 1}
	got := []bool{
		c.double(zoneCell, at, t0), c.double(zoneCell, at, t0.Add(200*time.Millisecond)),
		c.double(zoneCell, at, t0.Add(300*time.Millisecond)), c.double(zoneCell, place{2, 1}, t0.Add(350*time.Millisecond)),
		c.double(zoneCell, place{2, 1}, t0.Add(900*time.Millisecond)),
	}
	if !slices.Equal(got, []bool{false, true, false, false, false}) {
		t.Errorf("doubles %v", got)
	}
}

func TestTSV(t *testing.T) {
	for _, c := range []struct {
		in   string
		want [][]string
	}{
		{"", nil},
		{"\r\n", [][]string{{""}}}, // one blank cell
		{"a", [][]string{{"a"}}},
		{"a\tb\r\nc\t\r\n", [][]string{{"a", "b"}, {"c", ""}}},
		{"\"x\ny\"\tz\n", [][]string{{"x\ny", "z"}}},
		{`"他说""好"""`, [][]string{{`他说"好"`}}},
		{`"未完` + "\tb", [][]string{{`"未完`, "b"}}},
		{"a\n\nb\n", [][]string{{"a"}, {""}, {"b"}}},
	} {
		if got := parseTSV(c.in); !reflect.DeepEqual(got, c.want) {
			t.Errorf("parse %q = %q, want %q", c.in, got, c.want)
		}
	}
	rows := [][]string{{"一", "二\n三"}, {`"引"`, "制\t表"}, {"", "末"}, {"110101199003071233", "007"}, {`=HYPERLINK("x")`, "3-4"}, {"-5", "- 甲"}, {"＝A1", "@甲"}}
	got := parseTSV(formatTSV(rows))
	for _, row := range got {
		for j := range row {
			row[j] = unshield(row[j])
		}
	}
	if !reflect.DeepEqual(got, rows) {
		t.Errorf("round trip gives %q", got)
	}
}

func TestGrowingColumnFillsTheRoom(t *testing.T) {
	cols := plainColumns("a", "b", "c")
	cols[1].Grow = true
	g, w := gridWindow(t, newSheet(50, "a", "b", "c"), cols...)
	if got := g.columnsWidth(3); got != 640-barSize {
		t.Errorf("columns fill %v of 640 beside the scroll bar", got)
	}
	if z, at := g.hit(fyne.NewPos(600, 50)); z != zoneCell || at.col != 2 {
		t.Errorf("hit %v %v in the last column", z, at)
	}
	w.Resize(fyne.NewSize(300, 200)) // too narrow: its own width, and scrolling
	if x, _ := g.maxOffset(); g.columnWidth(1) != 120 || x != 360-300+barSize {
		t.Errorf("width %v, scrolls %v", g.columnWidth(1), x)
	}
}

func TestFillDown(t *testing.T) {
	g, w, _ := editableGrid(t)
	var got [][]string
	start := 0
	g.OnPaste = func(b *Block) error { start, got = b.Start, b.Cells; return nil }
	ctrlD := &desktop.CustomShortcut{KeyName: fyne.KeyD, Modifier: fyne.KeyModifierControl}
	shortcut(w, ctrlD)
	if got != nil {
		t.Errorf("one row was filled with %q", got)
	}
	g.SelectRange(2, "a", 4, "b")
	shortcut(w, ctrlD)
	if want := [][]string{{"a2", "b2"}, {"a2", "b2"}}; start != 3 || !reflect.DeepEqual(got, want) {
		t.Errorf("filled at %d with %q", start, got)
	}
}

func TestCtrlTabLeavesTheGrid(t *testing.T) {
	g, w, _ := editableGrid(t)
	first, last := NewTextField(), NewTextField()
	w.SetContent(container.NewVBox(first, g, last))
	g.Focus()
	shortcut(w, &desktop.CustomShortcut{KeyName: fyne.KeyTab, Modifier: fyne.KeyModifierControl})
	if w.Canvas().Focused() != fyne.Focusable(last) {
		t.Errorf("Ctrl+Tab leads to %T", w.Canvas().Focused())
	}
	g.Focus()
	shortcut(w, &desktop.CustomShortcut{KeyName: fyne.KeyTab, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift})
	if w.Canvas().Focused() != fyne.Focusable(first) {
		t.Errorf("Ctrl+Shift+Tab leads to %T", w.Canvas().Focused())
	}
}

func TestSelectBeforeTheFirstLayout(t *testing.T) {
	test.NewTempApp(t)
	g := NewDataGrid(plainColumns("a"), newSheet(500, "a"))
	g.Select(300, "a")
	w := test.NewTempWindow(t, g)
	w.Resize(fyne.NewSize(300, 300))
	if y := g.rowY(300); y < g.headerHeight() || y+g.rowHeight > g.Size().Height {
		t.Errorf("row 300 stands at %v of %v", y, g.Size().Height)
	}
}
