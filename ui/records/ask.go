package records

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// Ask shows a form in a dialog whose main button, or Enter, calls act; a refusal is
// said in the dialog and keeps it open. first gets the keyboard; it may be nil.
func Ask(h page.Host, title, yes string, form fyne.CanvasObject, first fyne.Focusable, act func() error) *widgets.Modal {
	refusal := widgets.NewProse("")
	refusal.Importance = widget.DangerImportance
	var m *widgets.Modal
	do := func() {
		if err := act(); err != nil {
			refusal.SetText(app.Sentence(err))
			return
		}
		m.Close()
	}
	ok := widgets.NewMainButton(yes, do)
	no := widgets.NewButton(lang.L("取消"), func() { m.Close() })
	m = widgets.NewModal(h.Window(), title, container.NewVBox(form, widgets.Room(0, 48, refusal)), fyne.NewSize(440, 150), nil, no, ok)
	m.Keys(do, m.Close)
	if first != nil {
		if e, ok := first.(*widget.Entry); ok {
			e.OnSubmitted = func(string) { do() }
		}
		h.Window().Canvas().Focus(first)
	}
	return m
}
