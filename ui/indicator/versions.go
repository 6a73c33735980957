package indicator

import (
	"fmt"

	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/assess"
	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// moveTo submits the version, puts it into force or takes it back.
func (e *Editor) moveTo(to domain.SystemState) {
	if to != domain.SystemInForce {
		e.do(assess.MoveSystem(e.sys.ID, to, ""))
		return
	}
	day := widgets.NewDateField()
	now := e.host.Session().Clock()
	day.SetDate(now)
	form := widgets.NewFormRows().Row(lang.L("审定日期"), day)
	records.Ask(e.host, lang.L("审议通过，施行"), lang.L("施行"), form, nil, func() error {
		day.Entry().Commit()
		if err := day.Err(); err != nil {
			return err
		}
		text := domain.Date("")
		if !day.Date().IsZero() {
			text = domain.Date(day.Date().Format("2006-01-02"))
		}
		return e.host.Do(assess.MoveSystem(e.sys.ID, to, text))
	})
}

// show brings a version up by its ID.
func (e *Editor) show(id domain.ID) {
	e.want = id
	e.load()
}

func (e *Editor) next() {
	id, cmd := assess.NextSystem(e.sys.ID, e.host.Session().NewID)
	if !e.do(cmd) {
		return
	}
	e.show(id)
	e.host.Toast(fmt.Sprintf(lang.L("已建第%d版草稿，可以修改"), e.sys.Version))
}

func (e *Editor) add(target string) error {
	id := e.host.Session().NewID()
	s := &domain.IndicatorSystem{Name: fmt.Sprintf(lang.L("廉政风险评估指标体系（%s层面）"), target), Target: target, Derivation: domain.DerivedTyped}
	err := e.host.Do(assess.SaveSystem(s, func() domain.ID { return id }))
	if err == nil {
		e.show(id)
	}
	return err
}

// create asks for the target of a system made from nothing.
func (e *Editor) create() {
	target := widget.NewSelect([]string{domain.TargetPoint, domain.TargetUnit}, nil)
	target.SetSelectedIndex(0)
	records.Ask(e.host, lang.L("新建指标体系"), lang.L("新建"), widgets.NewFormRows().Row(lang.L("层面"), target), nil, func() error { return e.add(target.Selected) })
}

func (e *Editor) rename() {
	name := widget.NewEntry()
	name.SetText(e.sys.Name)
	records.Ask(e.host, lang.L("指标体系改名"), lang.L("改名"), widgets.NewFormRows().Row(lang.L("名称"), name), name, func() error {
		return e.host.Do(edit.RenameSystem(e.sys.ID, name.Text))
	})
}

func (e *Editor) drop() {
	if err := e.host.Session().Pilot.MayEditSystem(e.sys); err != nil {
		e.host.Report(err)
		return
	}
	widgets.Confirm(e.host.Window(), lang.L("删除本版"), fmt.Sprintf(lang.L("删除“%s”第%d版？可以撤销。"), e.sys.Name, e.sys.Version), lang.L("删除"), func() {
		e.do(edit.Delete(domain.KindSystem, e.sys.ID))
	})
}
