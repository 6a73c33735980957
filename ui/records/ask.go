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

// Ask shows a form in a dialog whose main button, or Enter in the first field, calls
// act; a refusal is said in the dialog and keeps it open. first may be nil.
func Ask(h page.Host, title, yes string, form fyne.CanvasObject, first *widget.Entry, act func() error) *widgets.Modal {
	refusal := widget.NewLabel("")
	refusal.Wrapping, refusal.Importance = fyne.TextWrapBreak, widget.DangerImportance
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
	m = widgets.NewModal(h.Window(), title, container.NewVBox(form, widgets.Room(0, 48, refusal)), fyne.NewSize(440, 200), nil, no, ok)
	m.Keys(do, m.Close)
	if first != nil {
		first.OnSubmitted = func(string) { do() }
		h.Window().Canvas().Focus(first)
	}
	return m
}
