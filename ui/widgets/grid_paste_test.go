package widgets

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// pasted puts a text on the clipboard and presses Ctrl+V.
func pasted(w fyne.Window, text string) {
	clip := fyne.CurrentApp().Clipboard()
	clip.SetContent(text)
	shortcut(w, &fyne.ShortcutPaste{Clipboard: clip})
}

// given is what a grid was given.
type given struct {
	start int
	cols  []string
	cells [][]string
}

func pasting(t *testing.T) (*DataGrid, fyne.Window, *given) {
	t.Helper()
	g, w, _ := editableGrid(t)
	got := &given{start: -1}
	g.OnPaste = func(b *Block) error {
		*got = given{b.Start, b.Cols, b.Cells}
		return nil
	}
	return g, w, got
}

// A header row that was copied along names the columns, in whatever order, and is
// not taken for content.
func TestPasteWithHeader(t *testing.T) {
	g, w, got := pasting(t)
	pasted(w, "c\ta\r\n三\t一\r\n六\t四\r\n")
	if want := (given{0, []string{"c", "a"}, [][]string{{"三", "一"}, {"六", "四"}}}); !reflect.DeepEqual(*got, want) {
		t.Errorf("%+v", *got)
	}
	if !strings.Contains(g.ErrorText(), "第一行是表头") {
		t.Errorf("nothing says so: %q", g.ErrorText())
	}
	*got = given{}
	pasted(w, "a\t别的\tc\r\n一\t二\t三\r\n")
	if got.cols != nil || !strings.Contains(g.ErrorText(), "这张表里没有“别的”") {
		t.Errorf("%+v, %q", *got, g.ErrorText())
	}
	pasted(w, "a\r\n一\r\n")
	if !slices.Equal(got.cols, []string{"a"}) || len(got.cells) != 1 {
		t.Errorf("one column: %+v", *got)
	}
	pasted(w, "a\t二\r\n一\t三\r\n") // one word that is also a title is no header
	if len(got.cells) != 2 {
		t.Errorf("content was taken for a header: %+v", *got)
	}
	g.Select(0, "a")
	pasted(w, "a\tb\r\n") // a single row is content
	if len(got.cells) != 1 || got.cells[0][0] != "a" {
		t.Errorf("one row: %+v", *got)
	}
}

// What Excel spoils on the way to the clipboard is refused, with its place.
func TestPasteOfSpoiltCells(t *testing.T) {
	g, w, got := pasting(t)
	for text, want := range map[string]string{
		"1.10101E+17": "长数字", "#REF!": "错误值 #REF!", "########": "太窄", strings.Repeat("长", 32_768): "一格能放的",
	} {
		pasted(w, "甲\t乙\r\n丙\t"+text+"\r\n")
		if got.start >= 0 || !strings.Contains(g.ErrorText(), want) || !strings.Contains(g.ErrorText(), "第 2 行第 2 列") {
			t.Errorf("%.20s: %+v, %q", text, got.cols, g.ErrorText())
		}
	}
	pasted(w, "#甲#\t1.5E+3米")
	if got.start != 0 {
		t.Errorf("an ordinary text was refused: %q", g.ErrorText())
	}
}

type faultAt struct{ error }

func (faultAt) PastedAt() (int, string) { return 1, "c" }

// A refusal that knows its cell is shown there.
func TestPasteFaultIsShownByItsCell(t *testing.T) {
	g, w, _ := editableGrid(t)
	g.OnPaste = func(*Block) error { return errors.Join(faultAt{errors.New("分值应为 1–5")}) }
	g.Select(3, "b")
	pasted(w, "一\t二\r\n三\t四\r\n")
	if g.bubble == nil || g.bubble.at != (place{4, 2}) {
		t.Fatalf("shown at %+v", g.bubble)
	}
}

// An empty grid takes a block as new rows.
func TestPasteIntoEmptyGrid(t *testing.T) {
	s := newSheet(0, "a", "b")
	g, w := gridWindow(t, s, plainColumns("a", "b")...)
	var got [][]string
	g.OnPaste = func(b *Block) error { got = b.Cells; return nil }
	g.OpenEnd = true
	pasted(w, "一\t二\r\n三\t四\r\n")
	if len(got) != 2 {
		t.Errorf("pasted %q", got)
	}
}

// Copied texts that Excel would mistake are shielded; copied back they are the same.
func TestCopyShields(t *testing.T) {
	for text, want := range map[string]string{
		"53010119900307123X": "53010119900307123X", "530101199003071233": `="530101199003071233"`, "007": `="007"`, "0": "0", "0.5": "0.5", "-5": "-5", "-5.5": "-5.5",
		"3-4": `="3-4"`, "1/3": `="1/3"`, "2026-09-20": "2026-09-20", "=1+1": `="=1+1"`, `=A("x")`: `="=A(""x"")"`, "@甲": `="@甲"`, "+86": "+86", "+甲": `="+甲"`, "甲=乙": "甲=乙", "": "",
		"1E3": `="1E3"`, "1.2E+17": `="1.2E+17"`, "#N/A": `="#N/A"`, "####": `="####"`, "2026-03": `="2026-03"`, "1-2-3": `="1-2-3"`, "12-2026": `="12-2026"`, "=一\n二": "=\"=一\n二\"",
		"=" + strings.Repeat("长", 300):  `="=` + strings.Repeat("长", 254) + `"&"` + strings.Repeat("长", 46) + `"`,
		"=" + strings.Repeat("长", 9000): " =" + strings.Repeat("长", 9000),
	} {
		if got := shield(text); got != want {
			t.Errorf("%q is copied as %q, want %q", text, got, want)
		}
		if got := unshield(shield(text)); got != text {
			t.Errorf("%q comes back as %q", text, got)
		}
	}
	for _, own := range []string{`="abc"`, `="007"&A1`, `="a"&"b"`, ` =1+1`, `=SUM(A1)`} {
		if unshield(own) != own {
			t.Errorf("somebody's own %q was changed to %q", own, unshield(own))
		}
	}
}
