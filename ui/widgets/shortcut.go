package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// textTaker is an entry of any make: it takes text shortcuts and has text to select.
type textTaker interface {
	fyne.Focusable
	fyne.Shortcutable
	SelectedText() string
}

var _ textTaker = (*widget.Entry)(nil)

// ForwardShortcut gives an editing shortcut to the focused entry and reports whether
// there was one. Fyne runs menu shortcuts before the focused entry, and even under
// dialogs, so a menu's Ctrl+Z/Y/C/V/X/A must call this first and act itself only on
// false. Pass &fyne.ShortcutUndo{}, &fyne.ShortcutCopy{} and so on; a missing
// clipboard is filled in.
func ForwardShortcut(c fyne.Canvas, s fyne.Shortcut) bool {
	e, ok := c.Focused().(textTaker)
	if !ok {
		return false
	}
	e.TypedShortcut(withClipboard(s))
	return true
}

// ForwardToFocused is ForwardShortcut for whatever has the keyboard, also a DataGrid:
// the menu's 复制 and 粘贴 mean it.
func ForwardToFocused(c fyne.Canvas, s fyne.Shortcut) bool {
	f, ok := c.Focused().(fyne.Shortcutable)
	if !ok {
		return false
	}
	f.TypedShortcut(withClipboard(s))
	return true
}

// DialogOpen says that a dialog or popup lies over the window, under which menu
// shortcuts must do nothing.
func DialogOpen(c fyne.Canvas) bool { return c.Overlays().Top() != nil }

func withClipboard(s fyne.Shortcut) fyne.Shortcut {
	clip := fyne.CurrentApp().Clipboard()
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		if s.Clipboard == nil {
			return &fyne.ShortcutCopy{Clipboard: clip}
		}
	case *fyne.ShortcutCut:
		if s.Clipboard == nil {
			return &fyne.ShortcutCut{Clipboard: clip}
		}
	case *fyne.ShortcutPaste:
		if s.Clipboard == nil {
			return &fyne.ShortcutPaste{Clipboard: clip}
		}
	}
	return s
}

// TurnTabs selects the tab that many places further, beginning again at the ends.
func TurnTabs(t *container.AppTabs, by int) {
	if n := len(t.Items); n > 1 {
		t.SelectIndex(((t.SelectedIndex()+by)%n + n) % n)
	}
}
