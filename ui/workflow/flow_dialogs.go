package workflow

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/ui/widgets"
)

// newWorkflow asks for unit and name.
func (t *flowTab) newWorkflow() {
	t.flush()
	var units []string
	for _, u := range t.pilot().Units.All() {
		units = append(units, u.Name)
	}
	unit := widget.NewSelectEntry(units)
	unit.SetPlaceHolder(lang.L("选择或填写部门"))
	if w := t.workflow(); w != nil {
		unit.SetText(t.pilot().NameOf(domain.KindUnit, w.Unit))
	} else if len(units) > 0 {
		unit.SetText(units[0])
	}
	name := widget.NewEntry()
	name.SetPlaceHolder(lang.L("如：工程招标与合同签订"))
	form := widgets.NewFormRows().Row(lang.L("部门"), unit).Row(lang.L("流程名称"), name)
	t.ask(lang.L("新建流程"), lang.L("新建"), form, name, func() error {
		var first domain.ID
		newID := func() domain.ID { first = t.host.Session().NewID(); return first }
		if err := t.host.Do(edit.AddWorkflowFor(unit.Text, name.Text, newID)); err != nil {
			return err
		}
		t.selectID(first) // the last ID made is a step of the new workflow
		return nil
	})
}

// renameWorkflow asks for code and name of the workflow shown.
func (t *flowTab) renameWorkflow() {
	w := t.workflow()
	if w == nil {
		return
	}
	t.flush()
	code, name := widget.NewEntry(), widget.NewEntry()
	code.SetText(w.Code)
	name.SetText(w.Name)
	form := widgets.NewFormRows().Row(lang.L("编号"), code).Row(lang.L("流程名称"), name)
	t.ask(lang.L("流程改名"), lang.L("改名"), form, name, func() error {
		return t.host.Do(edit.RenameWorkflow(w.ID, code.Text, name.Text))
	})
}

// ask shows a form in a dialog; a refusal is said in it and keeps it open.
func (t *flowTab) ask(title, yes string, form fyne.CanvasObject, first *widget.Entry, act func() error) {
	refusal := canvas.NewText("", theme.Color(theme.ColorNameError))
	var m *widgets.Modal
	do := func() {
		if err := act(); err != nil {
			refusal.Text = app.Sentence(err)
			refusal.Refresh()
			return
		}
		m.Close()
	}
	ok := widgets.NewMainButton(yes, do)
	no := widgets.NewButton(lang.L("取消"), func() { m.Close() })
	m = widgets.NewModal(t.host.Window(), title, container.NewVBox(form, refusal), fyne.NewSize(440, 200), nil, no, ok)
	m.Keys(do, m.Close)
	first.OnSubmitted = func(string) { do() }
	t.host.Window().Canvas().Focus(first)
}
