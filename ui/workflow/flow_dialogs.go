package workflow

import (
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/ui/records"
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
	name := widgets.NewEntry()
	name.SetPlaceHolder(lang.L("如：工程招标与合同签订"))
	form := widgets.NewFormRows().Row(lang.L("部门"), unit).Row(lang.L("流程名称"), name)
	records.Ask(t.host, lang.L("新建流程"), lang.L("新建"), form, name, func() error {
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
	code, name := widgets.NewEntry(), widgets.NewEntry()
	code.SetText(w.Code)
	name.SetText(w.Name)
	form := widgets.NewFormRows().Row(lang.L("编号"), code).Row(lang.L("流程名称"), name)
	records.Ask(t.host, lang.L("流程改名"), lang.L("改名"), form, name, func() error {
		return t.host.Do(edit.RenameWorkflows(edit.Renaming{ID: w.ID, Code: code.Text, Name: name.Text}))
	})
}
