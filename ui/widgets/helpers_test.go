package widgets

import (
	"fmt"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"lianshao/ui/theme"
)

// sheet is an editable Source of plain texts.
type sheet struct {
	cols  []string
	cells [][]string
}

func newSheet(rows int, cols ...string) *sheet {
	s := &sheet{cols: cols}
	for r := range rows {
		line := make([]string, len(cols))
		for c := range cols {
			line[c] = fmt.Sprintf("%s%d", cols[c], r)
		}
		s.cells = append(s.cells, line)
	}
	return s
}

func (s *sheet) index(col string) int {
	for i, c := range s.cols {
		if c == col {
			return i
		}
	}
	panic("no column " + col)
}

func (s *sheet) Len() int { return len(s.cells) }

func (s *sheet) Cell(row int, col string) Cell { return Cell{Text: s.cells[row][s.index(col)]} }

func (s *sheet) set(row int, col, text string) { s.cells[row][s.index(col)] = text }

// gridWindow shows a grid of editable columns in a test window with our theme.
func gridWindow(t testing.TB, s Source, cols ...Column) (*DataGrid, fyne.Window) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New())
	g := NewDataGrid(cols, s)
	w := test.NewTempWindow(t, g)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(640, 400))
	g.Focus()
	return g, w
}

func plainColumns(ids ...string) []Column {
	var cols []Column
	for _, id := range ids {
		cols = append(cols, Column{ID: id, Title: id, Width: 120, Editable: true, Sortable: true})
	}
	return cols
}

// press sends a key to whatever has the focus, as the driver does.
func press(w fyne.Window, keys ...fyne.KeyName) {
	for _, k := range keys {
		if f := w.Canvas().Focused(); f != nil {
			f.TypedKey(&fyne.KeyEvent{Name: k})
		} else if do := w.Canvas().OnTypedKey(); do != nil {
			do(&fyne.KeyEvent{Name: k})
		}
	}
}

func pressShift(w fyne.Window, keys ...fyne.KeyName) {
	k := w.Canvas().Focused().(desktop.Keyable)
	k.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	press(w, keys...)
	if k, ok := w.Canvas().Focused().(desktop.Keyable); ok {
		k.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	}
}

// typeRunes sends characters one at a time, as an input method commits them.
func typeRunes(w fyne.Window, text string) {
	for _, r := range text {
		w.Canvas().Focused().TypedRune(r)
	}
}

func shortcut(w fyne.Window, s fyne.Shortcut) {
	w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(s)
}

func tapCell(t testing.TB, w fyne.Window, g *DataGrid, row int, col string) {
	t.Helper()
	p, ok := g.CellPosition(row, col)
	if !ok {
		t.Fatalf("column %s is not shown", col)
	}
	test.TapCanvas(w.Canvas(), fyne.CurrentApp().Driver().AbsolutePositionForObject(g).Add(p))
}

func wantAt(t testing.TB, g *DataGrid, row int, col string) {
	t.Helper()
	if r, c := g.Current(); r != row || c != col {
		t.Fatalf("cursor at %d %s, want %d %s", r, c, row, col)
	}
}

// savePNG keeps a picture for looking at when LIANSHAO_SHOTS names a folder.
func savePNG(t testing.TB, w fyne.Window, name string) {
	t.Helper()
	dir := os.Getenv("LIANSHAO_SHOTS")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, w.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}

var (
	red    = color.NRGBA{0xD3, 0x2F, 0x2F, 0xFF}
	orange = color.NRGBA{0xEF, 0x7D, 0x00, 0xFF}
	yellow = color.NRGBA{0xF2, 0xC2, 0x00, 0xFF}
	blue   = color.NRGBA{0x2E, 0x77, 0xC9, 0xFF}
)
