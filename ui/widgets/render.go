package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// boxRenderer renders a widget whose objects are placed by a function.
type boxRenderer struct {
	objects []fyne.CanvasObject
	layout  func(fyne.Size)
	minSize func() fyne.Size
	refresh func() // recolours and the like; nil = nothing
	size    fyne.Size
}

func (r *boxRenderer) Layout(s fyne.Size) { r.size = s; r.layout(s) }

func (r *boxRenderer) MinSize() fyne.Size { return r.minSize() }

func (r *boxRenderer) Refresh() {
	if r.refresh != nil {
		r.refresh()
	}
	r.layout(r.size)
	for _, o := range r.objects {
		canvas.Refresh(o)
	}
}

func (r *boxRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *boxRenderer) Destroy() {}
