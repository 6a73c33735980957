package indicator

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/app/assess"
	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/ui/records"
	"lianshao/ui/versions"
	"lianshao/ui/widgets"
)

// spec says how versions of indicator systems are listed, compared and moved on.
func (e *Editor) spec() versions.Spec[*domain.IndicatorSystem] {
	type system = *domain.IndicatorSystem
	pilot := func() *domain.Pilot { return e.host.Session().Pilot }
	return versions.Spec[system]{
		Kind: domain.KindSystem, Caption: lang.L("版本"), Width: 210,
		List: e.list,
		Usual: func() (system, bool) {
			s := pilot().SystemFor(domain.TargetPoint)
			if s == nil {
				s = pilot().SystemFor(domain.TargetUnit)
			}
			return s, s != nil
		},
		Name: func(s system) string {
			return fmt.Sprintf(lang.L("%s层面 第%d版 %s"), s.Target, s.Version, pilot().StateOf(s))
		},
		Title: func(s system) (string, int) { return s.Name, s.Version },
		State: func(s system) string { return versions.Frozen(pilot().InUse(s)) },
		Acts:  e.acts,
		Previous: func(s system) (system, bool) {
			was := pilot().PreviousSystem(s)
			return was, was != nil
		},
		Diff:    func(is, was system) []string { return is.Diff(was) },
		MayEdit: func(s system) error { return pilot().MayEditSystem(s) },
		Next:    assess.NextSystem,
		Rename:  func(s system, name string) app.Command { return edit.RenameSystem(s.ID, name) },
		Shown:   e.show,
	}
}

// list puts the targets apart and the newest version first.
func (e *Editor) list() []*domain.IndicatorSystem {
	all := slices.Clone(e.host.Session().Pilot.Systems.All())
	slices.SortStableFunc(all, func(a, b *domain.IndicatorSystem) int {
		if a.Target != b.Target {
			return map[bool]int{true: -1, false: 1}[a.Target == domain.TargetPoint]
		}
		return b.Version - a.Version
	})
	return all
}

// acts are the steps from draft to force that the version may take now.
func (e *Editor) acts(s *domain.IndicatorSystem) (out []versions.Act) {
	for i, act := range e.host.Session().Pilot.SystemActs(s) {
		out = append(out, versions.Act{Name: act.Name, Main: i == 0 && act.To != domain.SystemDraft, Do: func() { e.moveTo(act.To) }})
	}
	return out
}

// moveTo submits the version, puts it into force or takes it back.
func (e *Editor) moveTo(to domain.SystemState) {
	if to != domain.SystemInForce {
		e.Do(assess.MoveSystem(e.sys.ID, to, ""))
		return
	}
	day := widgets.NewDateField()
	now := e.host.Session().Clock()
	day.SetDate(now)
	form := widgets.NewFormRows().Row(lang.L("审定日期"), day)
	records.Ask(e.host, lang.L("审议通过，施行"), lang.L("施行"), form, day.Entry(), func() error {
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

func (e *Editor) add(target string) error {
	s := &domain.IndicatorSystem{Name: fmt.Sprintf(lang.L("廉政风险评估指标体系（%s层面）"), target), Target: target, Derivation: domain.DerivedTyped}
	return e.Add(func(ids app.IDs) app.Command { return assess.SaveSystem(s, ids) })
}

// create asks for the target of a system made from nothing.
func (e *Editor) create() {
	target := widgets.NewSelect([]string{domain.TargetPoint, domain.TargetUnit}, nil)
	target.SetSelectedIndex(0)
	records.Ask(e.host, lang.L("新建指标体系"), lang.L("新建"), widgets.NewFormRows().Row(lang.L("层面"), target), target, func() error { return e.add(target.Selected) })
}
