package widgets

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
)

func TestEnterEditsAndMovesDown(t *testing.T) {
	g, w, s := editableGrid(t)
	press(w, fyne.KeyEnter)
	if !g.Editing() {
		t.Fatal("Enter does not edit")
	}
	typeRunes(w, "！")
	press(w, fyne.KeyReturn)
	if s.cells[0][0] != "a0！" {
		t.Errorf("cell holds %q", s.cells[0][0])
	}
	wantAt(t, g, 1, "a")
	if w.Canvas().Focused() != fyne.Focusable(g) {
		t.Error("the grid has no keyboard after Enter")
	}
}

// An input method commits 风险 as two runes; both must land in the cell, and a rune
// that is also a letter key must not act as a shortcut.
func TestTypingReplacesRuneByRune(t *testing.T) {
	g, w, s := editableGrid(t)
	press(w, fyne.KeyA) // the key event that comes before a letter's rune
	if g.Editing() {
		t.Fatal("a key event alone started editing")
	}
	typeRunes(w, "风险a点 1")
	press(w, fyne.KeyReturn)
	if s.cells[0][0] != "风险a点 1" {
		t.Errorf("cell holds %q", s.cells[0][0])
	}
}

func TestEscKeepsOldText(t *testing.T) {
	g, w, s := editableGrid(t)
	typeRunes(w, "新")
	press(w, fyne.KeyEscape)
	if g.Editing() || s.cells[0][0] != "a0" {
		t.Errorf("editing %v, cell %q", g.Editing(), s.cells[0][0])
	}
	press(w, fyne.KeyDown)
	wantAt(t, g, 1, "a")
}

func TestTabCommitsAndMovesRight(t *testing.T) {
	g, w, s := editableGrid(t)
	typeRunes(w, "甲")
	press(w, fyne.KeyTab)
	wantAt(t, g, 0, "b")
	typeRunes(w, "乙")
	press(w, fyne.KeyTab)
	press(w, fyne.KeyTab) // wraps to the next row
	wantAt(t, g, 1, "a")
	pressShift(w, fyne.KeyTab)
	wantAt(t, g, 0, "c")
	if s.cells[0][0] != "甲" || s.cells[0][1] != "乙" {
		t.Errorf("row 0 holds %q", s.cells[0])
	}
}

func TestRefusedTextStaysOpen(t *testing.T) {
	g, w, s := editableGrid(t)
	typeRunes(w, "坏")
	press(w, fyne.KeyReturn)
	if !g.Editing() || !strings.Contains(g.ErrorText(), "请改成别的字") {
		t.Fatalf("editing %v, message %q", g.Editing(), g.ErrorText())
	}
	savePNG(t, w, "refused")
	tapCell(t, w, g, 3, "c") // clicking away does not lose the text either
	if !g.Editing() || g.editor.entry.Text != "坏" || w.Canvas().Focused() != fyne.Focusable(g.editor.entry) {
		t.Fatal("clicking away closed the refused edit")
	}
	press(w, fyne.KeyBackspace)
	if g.ErrorText() != "" {
		t.Error("the message stays while the text is mended")
	}
	typeRunes(w, "好")
	press(w, fyne.KeyReturn)
	if s.cells[0][0] != "好" {
		t.Errorf("cell holds %q", s.cells[0][0])
	}
}

func TestClickElsewhereCommits(t *testing.T) {
	g, w, s := editableGrid(t)
	typeRunes(w, "甲")
	tapCell(t, w, g, 4, "b")
	if g.Editing() || s.cells[0][0] != "甲" {
		t.Errorf("editing %v, cell %q", g.Editing(), s.cells[0][0])
	}
	wantAt(t, g, 4, "b")
	typeRunes(w, "乙")
	w.Canvas().Unfocus()
	if s.cells[4][1] != "乙" {
		t.Errorf("cell holds %q after the focus left", s.cells[4][1])
	}
}

func TestDoubleClickEdits(t *testing.T) {
	g, w, _ := editableGrid(t)
	tapCell(t, w, g, 2, "b")
	if g.Editing() {
		t.Fatal("one click edits")
	}
	tapCell(t, w, g, 2, "b")
	if !g.Editing() {
		t.Error("a double click does not edit")
	}
}

func TestOptionsByLetterNumberAndClick(t *testing.T) {
	s := newSheet(5, "kind")
	g, w := gridWindow(t, s, Column{ID: "kind", Title: "类别", Width: 120, Editable: true,
		Options: []string{"思想道德", "岗位职责", "业务流程", "制度机制", "外部环境"}})
	g.Initials = func(s string) string {
		return map[string]string{"思想道德": "sxdd", "岗位职责": "gwzz", "业务流程": "ywlc", "制度机制": "zdjz", "外部环境": "wbhj"}[s]
	}
	g.OnEdit = func(row int, col, text string) error { s.set(row, col, text); return nil }
	typeRunes(w, "y")
	savePNG(t, w, "options")
	press(w, fyne.KeyEnter)
	typeRunes(w, "4")
	press(w, fyne.KeyEnter)
	typeRunes(w, "外部")
	press(w, fyne.KeyEnter)
	press(w, fyne.KeyEnter, fyne.KeyDown, fyne.KeyEscape)
	var got []string
	for _, c := range s.cells {
		got = append(got, c[0])
	}
	if !slices.Equal(got, []string{"业务流程", "制度机制", "外部环境", "kind3", "kind4"}) {
		t.Errorf("cells %v", got)
	}
	wantAt(t, g, 3, "kind")
}

func TestInstantKeysScoreAndMoveRight(t *testing.T) {
	s := newSheet(2, "x", "y")
	cols := plainColumns("x", "y")
	for i := range cols {
		cols[i].Instant = func(r rune) (string, bool) { return string(r), r >= '1' && r <= '5' }
	}
	g, w := gridWindow(t, s, cols...)
	g.OnEdit = func(row int, col, text string) error { s.set(row, col, text); return nil }
	typeRunes(w, "351")
	if !reflect.DeepEqual(s.cells, [][]string{{"3", "5"}, {"1", "y1"}}) || g.Editing() {
		t.Errorf("cells %v", s.cells)
	}
	wantAt(t, g, 1, "y")
}

func TestCheckCells(t *testing.T) {
	g, w := gridWindow(t, registry{10}, Column{ID: "done", Title: "有措施"})
	var got []bool
	g.OnToggle = func(_ int, _ string, on bool) error { got = append(got, on); return nil }
	typeRunes(w, " ")
	press(w, fyne.KeyDown)
	typeRunes(w, " ")
	tapCell(t, w, g, 4, "done")
	if !slices.Equal(got, []bool{true, false, true}) {
		t.Errorf("toggled %v", got)
	}
}

func TestMultilineEditor(t *testing.T) {
	g, w, s := editableGrid(t)
	s.set(0, "a", "第一行\n第二行")
	press(w, fyne.KeyF2)
	if g.editor.entry.Text != "第一行\n第二行" {
		t.Fatalf("editor holds %q", g.editor.entry.Text)
	}
	shortcut(w, &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierAlt})
	typeRunes(w, "第三行")
	savePNG(t, w, "multiline")
	press(w, fyne.KeyReturn)
	if s.cells[0][0] != "第一行\n第二行\n第三行" {
		t.Errorf("cell holds %q", s.cells[0][0])
	}
}

// An edit without a change must not become an operation that can be undone.
func TestUnchangedTextIsNotCommitted(t *testing.T) {
	g, w, _ := editableGrid(t)
	edits := 0
	g.OnEdit = func(int, string, string) error { edits++; return nil }
	press(w, fyne.KeyF2, fyne.KeyReturn, fyne.KeyF2, fyne.KeyTab)
	if edits != 0 {
		t.Errorf("%d edits of unchanged texts", edits)
	}
}

func TestFocusGoesWhereItWasSent(t *testing.T) {
	s := newSheet(3, "a")
	g, w := gridWindow(t, s, plainColumns("a")...)
	g.OnEdit = func(row int, col, text string) error { s.set(row, col, text); return nil }
	other := NewTextField()
	w.SetContent(container.NewBorder(other, nil, nil, nil, g))
	g.Focus()
	typeRunes(w, "甲")
	w.Canvas().Focus(other)
	if s.cells[0][0] != "甲" || w.Canvas().Focused() != fyne.Focusable(other) || g.focused {
		t.Errorf("cell %q, grid thinks it has the keyboard: %v", s.cells[0][0], g.focused)
	}
	g.Focus()
	typeRunes(w, "乙")
	entry := g.editor.entry
	entry.FocusLost() // the window goes to the background …
	entry.FocusGained()
	if s.cells[0][0] != "乙" || w.Canvas().Focused() != fyne.Focusable(g) {
		t.Errorf("… and comes back: cell %q, keyboard at %T", s.cells[0][0], w.Canvas().Focused())
	}
}
