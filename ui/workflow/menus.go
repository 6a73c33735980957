package workflow

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/report"
	"lianshao/domain"
	"lianshao/ui/page"
)

func (t *flowTab) chartMenu(key string, at fyne.Position) {
	w := t.workflow()
	if w == nil {
		return
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem(lang.L("显示全图"), t.chart.Fit), fyne.NewMenuItem(lang.L("打印"), func() { t.host.Go(page.Reports, "workflow") })}
	if s := w.Step(domain.ID(key)); s != nil {
		t.selectStep(s.ID)
		items = t.stepMenu(s.ID)
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), t.host.Window().Canvas(), at)
}

// stepMenu is what can be done with one step, in chart and table.
func (t *flowTab) stepMenu(step domain.ID) []*fyne.MenuItem {
	w := t.workflow()
	s := w.Step(step)
	up := fyne.NewMenuItem(lang.L("上移"), func() { t.move(step, -1) })
	down := fyne.NewMenuItem(lang.L("下移"), func() { t.move(step, 1) })
	up.Disabled = s.ID == w.Steps[0].ID
	down.Disabled = s.ID == w.Steps[len(w.Steps)-1].ID
	return []*fyne.MenuItem{
		fyne.NewMenuItem(lang.L("在后面插入步骤"), func() { t.insertAfter(step) }),
		up, down,
		fyne.NewMenuItem(lang.L("复制"), func() { t.duplicate(step) }),
		fyne.NewMenuItem(lang.L("删除"), func() { t.remove(step) }),
		fyne.NewMenuItemSeparator(),
		t.pointsItem(step),
	}
}

// pointsItem leads to the risk points of a step, by name when there are several.
func (t *flowTab) pointsItem(step domain.ID) *fyne.MenuItem {
	points := t.pointsAt(step)
	item := fyne.NewMenuItem(lang.L("查看风险点"), nil)
	switch len(points) {
	case 0:
		item.Disabled = true
	case 1:
		item.Action = func() { t.openPoint(points[0].ID) }
	default:
		var items []*fyne.MenuItem
		for _, r := range points {
			items = append(items, fyne.NewMenuItem(r.Code+"  "+r.Name, func() { t.openPoint(r.ID) }))
		}
		item.ChildMenu = fyne.NewMenu("", items...)
	}
	return item
}

// pointsAt lists the risk points that still count at a step of the workflow shown.
func (t *flowTab) pointsAt(step domain.ID) []*domain.RiskPoint {
	w := t.workflow()
	if w == nil || w.Step(step) == nil {
		return nil
	}
	return t.pilot().PointsAt(w, w.Step(step))
}

func (t *flowTab) openPoint(id domain.ID) {
	t.host.Go(page.RiskPoints, report.FilterPoint+string(id))
}
