package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// No line of a Prose begins with a closing mark, ends with an opening one or cuts a
// number; every line fits, and nothing is lost.
func TestProseBreaksLikePrint(t *testing.T) {
	test.NewTempApp(t)
	text := "综合得分 S＝3.9224，风险指数 I=(S-1)÷4×100＝73.06，等级“橙”（60≤I＜80）。\n要降到“黄”，风险指数应低于 60，即 S 至少降低 0.5224：把 C2 违纪违法严重程度 的平均分降低 1.89 以上。"
	p := NewProse(text)
	for width := float32(120); width < 500; width += 17 {
		p.Resize(fyne.NewSize(width, 10))
		for _, line := range strings.Split(p.Text, "\n") {
			r := []rune(line)
			if strings.ContainsRune(noLineStart, r[0]) || strings.ContainsRune(noLineEnd, r[len(r)-1]) {
				t.Errorf("at %g: %q", width, line)
			}
			if w := fyne.MeasureText(line, theme.TextSize(), fyne.TextStyle{}).Width; w > width {
				t.Errorf("at %g: %q is %g wide", width, line, w)
			}
		}
		for _, number := range []string{"3.9224", "73.06", "0.5224", "1.89"} {
			if !strings.Contains(p.Text, number) {
				t.Errorf("at %g: %s was cut: %q", width, number, p.Text)
			}
		}
		if squeeze(p.Text) != squeeze(text) || p.Full() != text {
			t.Errorf("at %g: something was lost: %q", width, p.Text)
		}
	}
	narrow := p.MinSize().Height
	p.Resize(fyne.NewSize(120, 10))
	if p.MinSize().Height <= narrow || p.MinSize().Width > 120 {
		t.Errorf("a narrow one needs %v, a wide one %g", p.MinSize(), narrow)
	}
}

func squeeze(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }

// Esc closes a dialog and Enter presses its button whichever field has the keyboard.
func TestDialogKeysFromAnyField(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, nil)
	for _, f := range []fyne.Focusable{NewEntry(), NewSelect([]string{"甲"}, nil), NewCheckBox("乙", nil), NewTextField()} {
		entered, closed := false, false
		m := NewModal(w, "问", f.(fyne.CanvasObject), fyne.NewSize(200, 100), nil)
		m.Keys(func() { entered = true }, func() { closed = true })
		w.Canvas().Focus(f)
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if !entered || !closed {
			t.Errorf("%T: Enter %v, Esc %v", f, entered, closed)
		}
		m.Close()
	}
}
