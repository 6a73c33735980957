package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// TextArea is an entry for record fields: what was typed is committed when the
// keyboard goes elsewhere (a single line also by Enter, several lines by
// Ctrl+Enter), and Esc takes back what was not yet committed. Tab always leaves.
type TextArea struct {
	widget.Entry
	// OnCommit stores a changed text. An error keeps the text, marks the field and
	// goes to OnRefused.
	OnCommit func(text string) error
	// OnRefused shows why a text was not stored, e.g. as a toast.
	OnRefused func(err error)
	committed string
	err       error
}

// NewTextArea makes an entry of several lines, rows of them visible.
func NewTextArea(rows int) *TextArea {
	t := &TextArea{}
	t.MultiLine = true
	t.Wrapping = fyne.TextWrapBreak // TextWrapWord reorders typed text in Fyne 2.8
	t.ExtendBaseWidget(t)
	t.SetMinRowsVisible(rows)
	return t
}

// NewTextField makes the same for one line.
func NewTextField() *TextArea {
	t := &TextArea{}
	t.Wrapping = fyne.TextWrap(fyne.TextTruncateClip) // as NewEntry does
	t.ExtendBaseWidget(t)
	return t
}

// AcceptsTab lets Tab go to the next field; a multi-line Entry would keep it.
func (t *TextArea) AcceptsTab() bool { return false }

// TypedRune implements fyne.Focusable.
func (t *TextArea) TypedRune(r rune) {
	stir()
	t.Entry.TypedRune(r)
}

// SetText shows a stored text without committing it.
func (t *TextArea) SetText(text string) {
	t.committed = text
	t.setErr(nil)
	t.Entry.SetText(text)
}

// Dirty reports whether something was typed that is not stored yet.
func (t *TextArea) Dirty() bool { return t.Text != t.committed }

// Err is why the present text was refused; nil = it was not.
func (t *TextArea) Err() error { return t.err }

func (t *TextArea) setErr(err error) {
	if t.err == nil && err == nil {
		return
	}
	t.err = err
	t.Validator = nil
	if err != nil { // without one, Entry forgets an error that was set
		t.Validator = func(string) error { return t.err }
	}
	t.AlwaysShowValidationError = err != nil
	t.SetValidationError(err)
	t.Refresh()
}

// Commit stores the text now if it changed; false = it was refused.
func (t *TextArea) Commit() bool {
	if t.Text == t.committed || t.OnCommit == nil {
		return true
	}
	if err := t.OnCommit(t.Text); err != nil {
		t.setErr(err)
		if t.OnRefused != nil {
			t.OnRefused(err)
		}
		return false
	}
	t.committed = t.Text
	t.setErr(nil)
	return true
}

// FocusLost implements fyne.Focusable.
func (t *TextArea) FocusLost() {
	t.Entry.FocusLost()
	t.Commit()
}

// TypedKey implements fyne.Focusable.
func (t *TextArea) TypedKey(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyEscape && !t.Dirty():
		passOn(t, e)
	case e.Name == fyne.KeyEscape:
		t.SetText(t.committed)
	case !t.MultiLine && (e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter):
		t.enter(e)
	default:
		t.Entry.TypedKey(e)
	}
}

func (t *TextArea) enter(e *fyne.KeyEvent) {
	switch {
	case !t.Commit():
	case t.OnSubmitted != nil:
		t.OnSubmitted(t.Text)
	default:
		passOn(t, e)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (t *TextArea) TypedShortcut(s fyne.Shortcut) {
	if c, ok := s.(*desktop.CustomShortcut); ok && (c.KeyName == fyne.KeyReturn || c.KeyName == fyne.KeyEnter) {
		t.Commit()
		return
	}
	t.Entry.TypedShortcut(s)
}
