package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// checklist is a column of check boxes that scrolls when it is too tall.
type checklist struct{ box *fyne.Container }

func newChecklist() *checklist { return &checklist{container.NewVBox()} }

func (c *checklist) add(o fyne.CanvasObject) { c.box.Add(o) }

func (c *checklist) scroll(maxHeight float32) fyne.CanvasObject {
	s := container.NewVScroll(c.box)
	m := c.box.MinSize()
	s.SetMinSize(fyne.NewSize(m.Width+barSize, min(m.Height, max(100, maxHeight))))
	return s
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}
