package monitor

import "fyne.io/fyne/v2"

// captioned puts a wrapped text under a picture and gives the picture what is
// left: how high the text is shows only at the width it gets.
type captioned struct{}

// Layout implements fyne.Layout for picture and text.
func (captioned) Layout(o []fyne.CanvasObject, size fyne.Size) {
	picture, text := o[0], o[1]
	text.Resize(fyne.NewSize(size.Width, text.Size().Height))
	h := min(text.MinSize().Height, size.Height/2)
	text.Move(fyne.NewPos(0, size.Height-h))
	text.Resize(fyne.NewSize(size.Width, h))
	picture.Move(fyne.NewPos(0, 0))
	picture.Resize(fyne.NewSize(size.Width, size.Height-h))
}

// MinSize implements fyne.Layout.
func (captioned) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(0, 48)
}
