package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Button is a widget.Button with room beside its text; two Chinese characters alone
// make too small a target in a dense theme.
type Button struct{ widget.Button }

// NewButton makes an ordinary button.
func NewButton(text string, tapped func()) *Button {
	b := &Button{}
	b.Text, b.OnTapped = text, tapped
	b.ExtendBaseWidget(b)
	return b
}

// NewMainButton makes a page's one highlighted button.
func NewMainButton(text string, tapped func()) *Button {
	b := NewButton(text, tapped)
	b.Importance = widget.HighImportance
	return b
}

// MinSize implements fyne.CanvasObject.
func (b *Button) MinSize() fyne.Size {
	m := b.Button.MinSize()
	m.Width += 18
	return m
}
