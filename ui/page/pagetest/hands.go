package pagetest

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"lianshao/ui/widgets"
)

// Press sends keys to whatever has the keyboard, as the driver does.
func (h *Host) Press(keys ...fyne.KeyName) {
	h.t.Helper()
	for _, k := range keys {
		f := h.window.Canvas().Focused()
		if f == nil {
			h.t.Fatalf("nothing has the keyboard for %s", k)
		}
		if d, ok := f.(desktop.Keyable); ok {
			d.KeyDown(&fyne.KeyEvent{Name: k})
		}
		if t, ok := f.(fyne.Tabbable); k == fyne.KeyTab && (!ok || !t.AcceptsTab()) {
			h.window.Canvas().FocusNext()
			continue
		}
		f.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

// Type sends characters one at a time, as an input method commits them.
func (h *Host) Type(text string) {
	h.t.Helper()
	for _, r := range text {
		f := h.window.Canvas().Focused()
		if f == nil {
			h.t.Fatalf("nothing has the keyboard for %q", text)
		}
		f.TypedRune(r)
	}
}

// Shortcut sends a shortcut to whatever has the keyboard.
func (h *Host) Shortcut(s fyne.Shortcut) {
	h.t.Helper()
	f, ok := h.window.Canvas().Focused().(fyne.Shortcutable)
	if !ok {
		h.t.Fatal("nothing with shortcuts has the keyboard")
	}
	f.TypedShortcut(s)
}

// Paste presses Ctrl+V over a text as a spreadsheet copies it.
func (h *Host) Paste(text string) {
	h.t.Helper()
	clip := fyne.CurrentApp().Clipboard()
	clip.SetContent(text)
	h.Shortcut(&fyne.ShortcutPaste{Clipboard: clip})
}

// Copied presses Ctrl+C and returns what is on the clipboard then.
func (h *Host) Copied() string {
	h.t.Helper()
	clip := fyne.CurrentApp().Clipboard()
	h.Shortcut(&fyne.ShortcutCopy{Clipboard: clip})
	return clip.Content()
}

// TapAt taps a point of an object, whatever lies there.
func (h *Host) TapAt(o fyne.CanvasObject, at fyne.Position) {
	abs := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	test.TapCanvas(h.window.Canvas(), abs.Add(at))
}

// MenuAt opens the right-click menu at a point of an object.
func (h *Host) MenuAt(o fyne.CanvasObject, at fyne.Position) {
	abs := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	if s, ok := o.(fyne.SecondaryTappable); ok {
		s.TappedSecondary(&fyne.PointEvent{Position: at, AbsolutePosition: abs.Add(at)})
		return
	}
	h.t.Fatalf("%T has no right-click menu", o)
}

// TapButton taps the visible button with the text, in the topmost dialog or menu if
// there is one, else on the page.
func (h *Host) TapButton(text string) {
	h.t.Helper()
	for _, b := range Find[fyne.Tappable](h) {
		if label(b) == text {
			test.Tap(b)
			return
		}
	}
	h.t.Fatalf("no visible button %q", text)
}

func label(o any) string {
	switch b := o.(type) {
	case *widget.Button:
		return b.Text
	case *widgets.Button:
		return b.Text
	}
	return ""
}

// TapMenu chooses an item of the open pop-up menu.
func (h *Host) TapMenu(label string) {
	h.t.Helper()
	pop := h.window.Canvas().Overlays().Top()
	if pop == nil {
		h.t.Fatalf("no menu is open for %q", label)
	}
	var item fyne.Tappable // comes before its own text
	for _, o := range test.LaidOutObjects(pop) {
		if t, ok := o.(fyne.Tappable); ok {
			item = t
		}
		if t, ok := o.(*canvas.Text); ok && t.Text == label && item != nil {
			test.Tap(item)
			return
		}
	}
	h.t.Fatalf("the menu has no item %q", label)
}

// Find returns the visible objects of a type: those of the topmost dialog or menu
// if there is one, else those of the page.
func Find[T any](h *Host) (found []T) {
	root := h.window.Content()
	if top := h.window.Canvas().Overlays().Top(); top != nil {
		root = top
	}
	for _, o := range test.LaidOutObjects(root) {
		if x, ok := o.(T); ok && o.Visible() {
			found = append(found, x)
		}
	}
	return found
}

// Texts returns all visible texts of the page or the topmost dialog; those of a Prose
// also without its line breaks. What a DataGrid or a drawing paints is not among them.
func (h *Host) Texts() (texts []string) {
	for _, p := range Find[*widgets.Prose](h) {
		texts = append(texts, p.Full())
	}
	for _, t := range Find[*canvas.Text](h) {
		texts = append(texts, t.Text)
	}
	return texts
}

// Sees fails the test unless all the words are on the page or the topmost dialog.
func (h *Host) Sees(want ...string) {
	h.t.Helper()
	all := strings.Join(h.Texts(), "\n")
	for _, w := range want {
		if !strings.Contains(all, w) {
			h.t.Errorf("%q is not on the screen:\n%s", w, all)
		}
	}
}

// Shot keeps a picture of the window for looking at, when LIANSHAO_SHOTS names a
// folder.
func (h *Host) Shot(name string) {
	h.t.Helper()
	dir := os.Getenv("LIANSHAO_SHOTS")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		h.t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, h.window.Canvas().Capture()); err != nil {
		h.t.Fatal(err)
	}
}

// Over gives hands to another window, such as the whole program's; the page and
// session methods of the Host are not for use then.
func Over(t testing.TB, w fyne.Window) *Host {
	return &Host{t: t, window: w}
}
