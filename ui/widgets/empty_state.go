package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// NewEmptyState says in the middle of an empty page what it is for, with one button
// for the usual next step and one link, usually to the sample. Empty labels leave
// button or link out.
func NewEmptyState(sentence, button string, action func(), link string, linkAction func()) fyne.CanvasObject {
	text := strings.Join(wrapText(sentence, emptyRunes), "\n")
	box := container.NewVBox(layout.NewSpacer(), widget.NewLabelWithStyle(text, fyne.TextAlignCenter, fyne.TextStyle{}))
	if button != "" {
		box.Add(container.NewCenter(NewMainButton(button, action)))
	}
	if link != "" {
		box.Add(container.NewCenter(newLink(link, linkAction)))
	}
	box.Add(layout.NewSpacer())
	return box
}

// emptyRunes is the longest line of an empty page's sentence.
const emptyRunes = 32

// newLink is a text that acts when tapped; widget.Hyperlink wants a URL.
func newLink(text string, action func()) *widget.Button {
	b := widget.NewButton(text, action)
	b.Importance = widget.LowImportance
	b.SetIcon(theme.NavigateNextIcon())
	b.IconPlacement = widget.ButtonIconTrailingText
	return b
}
