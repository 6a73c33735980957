package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Fields of a dialog. The toolkit gives keys to the field that has the keyboard
// and to nobody else, so that Esc would not close a dialog, nor Enter press its
// main button, once a field was touched. These pass on the keys that mean nothing
// to themselves.

// passOn gives a key to the dialog that a field stands in.
func passOn(field fyne.CanvasObject, e *fyne.KeyEvent) {
	if c := canvasOf(field); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

// Entry is an entry of one line for a dialog.
type Entry struct{ widget.Entry }

// NewEntry makes an empty one.
func NewEntry() *Entry {
	e := &Entry{}
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip) // as widget.NewEntry does
	e.ExtendBaseWidget(e)
	return e
}

// TypedRune implements fyne.Focusable.
func (f *Entry) TypedRune(r rune) {
	stir()
	f.Entry.TypedRune(r)
}

// TypedKey implements fyne.Focusable.
func (f *Entry) TypedKey(e *fyne.KeyEvent) {
	enter := e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter
	if e.Name == fyne.KeyEscape || enter && f.OnSubmitted == nil {
		passOn(f, e)
		return
	}
	f.Entry.TypedKey(e)
}

// Select is a select for a dialog.
type Select struct{ widget.Select }

// NewSelect makes one; changed may be nil.
func NewSelect(options []string, changed func(string)) *Select {
	s := &Select{}
	s.Options, s.OnChanged = options, changed
	s.ExtendBaseWidget(s)
	return s
}

// TypedKey implements fyne.Focusable.
func (s *Select) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape, fyne.KeyReturn, fyne.KeyEnter:
		passOn(s, e)
	default:
		s.Select.TypedKey(e)
	}
}

// CheckBox is a check box for a dialog.
type CheckBox struct{ widget.Check }

// NewCheckBox makes one; changed may be nil.
func NewCheckBox(label string, changed func(bool)) *CheckBox {
	c := &CheckBox{}
	c.Text, c.OnChanged = label, changed
	c.ExtendBaseWidget(c)
	return c
}

// TypedKey implements fyne.Focusable.
func (c *CheckBox) TypedKey(e *fyne.KeyEvent) { passOn(c, e) }
