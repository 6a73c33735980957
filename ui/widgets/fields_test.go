package widgets

import (
	"errors"
	"image/color"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"lianshao/ui/theme"
)

// window shows an object with our theme.
func window(t testing.TB, o fyne.CanvasObject, w, h float32) fyne.Window {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New())
	win := test.NewTempWindow(t, o)
	win.SetPadded(false)
	win.Resize(fyne.NewSize(w, h))
	return win
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func TestParseDate(t *testing.T) {
	for _, s := range []string{"2026-09-09", "2026.9.9", "2026/9/9", "2026年9月9日", " 2026 年 9 月 9 ", "20260909", "２０２６－９－９", "2026。9。9"} {
		if got, err := ParseDate(s); err != nil || !got.Equal(day(2026, 9, 9)) {
			t.Errorf("%q: %v %v", s, got, err)
		}
	}
	for _, s := range []string{"", "2026-13-01", "2026-02-29", "09/03/2026", "9月上旬", "2026-9", "长期"} {
		if got, err := ParseDate(s); err == nil {
			t.Errorf("%q was read as %v", s, got)
		}
	}
}

func TestDateFieldReadsAndShowsISO(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New())
	d := NewDateField()
	other := NewTextField()
	var stored []time.Time
	var refused error
	d.OnCommit = func(t time.Time) error { stored = append(stored, t); return nil }
	d.OnRefused = func(err error) { refused = err }
	w := window(t, container.NewVBox(d, other), 300, 120)
	c := w.Canvas()
	c.Focus(d.Entry())
	typeRunes(w, "2026年9月9日")
	c.Focus(other)
	if d.Entry().Text != "2026-09-09" || !d.Date().Equal(day(2026, 9, 9)) {
		t.Fatalf("shows %q, date %v", d.Entry().Text, d.Date())
	}
	c.Focus(d.Entry())
	press(w, fyne.KeyEnd)
	typeRunes(w, "9")
	c.Focus(other)
	savePNG(t, w, "date-refused")
	if refused == nil || d.Err() == nil || !d.Date().Equal(day(2026, 9, 9)) {
		t.Fatalf("2026-09-099: refused %v, date %v", refused, d.Date())
	}
	errorInk := theme.New().Color("error", 0)
	if !hasBorder(d.Entry(), errorInk) {
		t.Error("a refused field is not marked")
	}
	c.Focus(d.Entry())
	press(w, fyne.KeyEscape)
	if d.Entry().Text != "2026-09-09" || d.Err() != nil {
		t.Errorf("Esc leaves %q, error %v", d.Entry().Text, d.Err())
	}
	c.Focus(other)
	if hasBorder(d.Entry(), errorInk) {
		t.Error("a mended field is still marked")
	}
	d.Entry().Entry.SetText("")
	d.Entry().Commit()
	if len(stored) != 2 || !stored[1].IsZero() {
		t.Errorf("stored %v", stored)
	}
}

func hasBorder(w fyne.Widget, ink color.Color) bool {
	for _, o := range test.WidgetRenderer(w).Objects() {
		if r, ok := o.(*canvas.Rectangle); ok && r.StrokeColor == ink {
			return true
		}
	}
	return false
}

func TestDateFieldOwnParser(t *testing.T) {
	d := NewDateField()
	d.Parse = func(s string) (time.Time, error) {
		if s == "9月上旬" {
			return day(2026, 9, 10), nil
		}
		return ParseDate(s)
	}
	w := window(t, d, 300, 40)
	w.Canvas().Focus(d.Entry())
	typeRunes(w, "9月上旬")
	press(w, fyne.KeyEnter)
	if d.Entry().Text != "2026-09-10" {
		t.Errorf("shows %q", d.Entry().Text)
	}
}

func TestCalendarKeysAndTap(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New())
	d := NewDateField()
	d.SetDate(day(2026, 1, 31))
	w := window(t, container.NewVBox(d), 320, 330)
	test.Tap(d.button)
	savePNG(t, w, "calendar")
	press(w, fyne.KeyPageDown) // 31 January → 28 February
	press(w, fyne.KeyRight, fyne.KeyDown, fyne.KeyEnter)
	if !d.Date().Equal(day(2026, 3, 8)) {
		t.Errorf("date %v", d.Date())
	}
	if w.Canvas().Overlays().Top() != nil {
		t.Error("the calendar stays open")
	}
	test.Tap(d.button)
	cal := w.Canvas().Focused().(*calendar)
	if mon := cal.firstCell(); mon.Weekday() != time.Monday || !mon.Equal(day(2026, 2, 23)) {
		t.Errorf("first cell %v", mon)
	}
	cal.Tapped(&fyne.PointEvent{Position: fyne.NewPos(6*dayWidth+5, calHead+dayHeight+5)})
	if !d.Date().Equal(day(2026, 3, 1)) {
		t.Errorf("tapped date %v", d.Date())
	}
	test.Tap(d.button)
	press(w, fyne.KeyDown, fyne.KeyEscape)
	if !d.Date().Equal(day(2026, 3, 1)) {
		t.Errorf("Esc took %v", d.Date())
	}
}

func TestTextAreaCommitsOnLeaving(t *testing.T) {
	a, b := NewTextArea(3), NewTextField()
	var stored []string
	refuse := errors.New("不能为空，请填写")
	var told error
	a.OnCommit = func(s string) error {
		if s == "" {
			return refuse
		}
		stored = append(stored, s)
		return nil
	}
	a.OnRefused = func(err error) { told = err }
	w := window(t, container.NewVBox(a, b), 300, 200)
	a.SetText("原文")
	c := w.Canvas()
	c.Focus(a)
	c.Focus(b)
	if len(stored) != 0 {
		t.Fatalf("unchanged text was stored: %q", stored)
	}
	c.Focus(a)
	press(w, fyne.KeyEnd)
	typeRunes(w, "加")
	press(w, fyne.KeyReturn)
	typeRunes(w, "行")
	if a.AcceptsTab() {
		t.Error("Tab stays in the field")
	}
	c.Focus(b)
	if len(stored) != 1 || stored[0] != "原文加\n行" {
		t.Fatalf("stored %q", stored)
	}
	c.Focus(a)
	typeRunes(w, "误")
	press(w, fyne.KeyEscape)
	c.Focus(b)
	if len(stored) != 1 || a.Text != "原文加\n行" {
		t.Errorf("Esc: text %q, stored %q", a.Text, stored)
	}
	a.Entry.SetText("")
	c.Focus(a)
	shortcut(w, &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
	if told != refuse || a.Err() != refuse {
		t.Errorf("told %v, error %v", told, a.Err())
	}
}

// Fyne 2.8's word wrap swaps characters typed at a wrap; ours must not.
func TestTextAreaKeepsOrderAtWraps(t *testing.T) {
	a := NewTextArea(4)
	w := window(t, a, 120, 160)
	w.Canvas().Focus(a)
	text := strings.Repeat("排斥潜在投标人，tender documents 设置条款。", 5)
	typeRunes(w, text)
	if a.Text != text {
		t.Errorf("typed text became %q", a.Text)
	}
}

func TestSearchEntry(t *testing.T) {
	s := NewSearchEntry("查找")
	s.Delay = 0
	var got []string
	left := 0
	s.OnSearch = func(q string) { got = append(got, q) }
	s.OnLeave = func() { left++ }
	w := window(t, s, 300, 40)
	w.Canvas().Focus(s)
	typeRunes(w, "　ＺＢ 标 ")
	press(w, fyne.KeyDown)
	press(w, fyne.KeyEscape)
	if want := "z|zb|zb 标|"; strings.Join(got, "|") != want || left != 1 {
		t.Errorf("searched %q, left %d times", strings.Join(got, "|"), left)
	}
}

func TestForwardShortcut(t *testing.T) {
	e := widget.NewEntry()
	g := NewDataGrid(plainColumns("a"), newSheet(3, "a"))
	w := window(t, container.NewBorder(e, nil, nil, nil, g), 300, 200)
	c := w.Canvas()
	c.Focus(e)
	typeRunes(w, "甲")
	if !ForwardShortcut(c, &fyne.ShortcutUndo{}) || e.Text != "" {
		t.Errorf("Ctrl+Z in an entry leaves %q", e.Text)
	}
	fyne.CurrentApp().Clipboard().SetContent("贴")
	if !ForwardShortcut(c, &fyne.ShortcutPaste{}) || e.Text != "贴" {
		t.Errorf("Ctrl+V in an entry gives %q", e.Text)
	}
	g.Focus()
	if ForwardShortcut(c, &fyne.ShortcutUndo{}) {
		t.Error("a grid took the entry's Ctrl+Z")
	}
	if !ForwardToFocused(c, &fyne.ShortcutCopy{}) || fyne.CurrentApp().Clipboard().Content() != "a0\r\n" {
		t.Errorf("copied %q", fyne.CurrentApp().Clipboard().Content())
	}
	typeRunes(w, "乙")
	press(w, fyne.KeyEscape)
	g.OnEdit = func(int, string, string) error { return nil }
	typeRunes(w, "乙")
	if !ForwardShortcut(c, &fyne.ShortcutUndo{}) || g.editor.entry.Text != "" {
		t.Error("Ctrl+Z while editing a cell does not undo its text")
	}
	c.Unfocus()
	if ForwardShortcut(c, &fyne.ShortcutCopy{}) || ForwardToFocused(c, &fyne.ShortcutCopy{}) {
		t.Error("forwarded to nobody")
	}
}
