// Package plan is the page 试点方案: the dated steps, who steers, who collects.
package plan

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/report"
	"lianshao/app/report/chart"
	"lianshao/app/report/draw"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/pen"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// New builds the page.
func New(h page.Host) page.Page {
	return records.NewTabs(steps(h), members(h), units(h), about(h))
}

// steps is the calendar over the list of steps.
func steps(h page.Host) records.Part {
	l := records.NewList(h, domain.KindMilestone, records.Options{Name: "milestone", Fixed: 1})
	l.Empty = lang.L("还没有工作步骤。用高校试点模板新建，或从《工作步骤安排》表导入。")
	l.Add = func(p *domain.Pilot) domain.Record {
		next := 1
		for _, m := range p.Milestones.All() {
			next = max(next, m.No+1)
		}
		return &domain.Milestone{Base: domain.Base{Code: edit2(next)}, No: next, Content: lang.L("新的工作步骤"), Progress: "未开始"}
	}
	scroll, gantt := pen.NewTallChart(fyne.NewSize(600, 200), func(w, hh float64) draw.Drawing {
		return chart.Layout(report.PlanCalendar(report.NewInput(h.Session(), 0)), w, hh, h.Metrics())
	})
	gantt.OnTapped = func(key string) { l.Grid.SelectID(domain.ID(key)) }
	split := widgets.NewVSplitter(scroll, l.Content(), h.Prefs().FloatWithFallback("split.plan", 0.45))
	split.OnMoved = func(o float64) { h.Prefs().SetFloat("split.plan", o) }
	return records.Part{ID: "steps", Title: "工作步骤", Content: split, List: l,
		Show:    func(arg string) { l.Grid.SelectID(domain.ID(arg)) },
		Changed: func(e app.Event) { gantt.Update(); l.Changed(e) }}
}

func edit2(n int) string { return string(rune('0'+n/10%10)) + string(rune('0'+n%10)) }

func members(h page.Host) records.Part {
	l := records.NewList(h, domain.KindMember, records.Options{Name: "member", Hidden: []string{"source", "method", "freq"}})
	l.Empty = lang.L("还没有领导小组、课题小组名单。可以从《领导小组名单》表导入。")
	l.Add = func(*domain.Pilot) domain.Record {
		return &domain.Member{Group: domain.GroupLeading, Role: "成员", Title: lang.L("新成员职务")}
	}
	groups := widget.NewSelect([]string{lang.L("全部"), domain.GroupLeading, domain.GroupResearch, domain.GroupNetwork}, func(g string) {
		if g == lang.L("全部") {
			l.SetKeep(nil)
			return
		}
		l.SetKeep(func(r domain.Record) bool { return r.(*domain.Member).Group == g })
	})
	groups.Selected = lang.L("全部")
	l.Tools = []fyne.CanvasObject{groups}
	return records.ListPart("members", "组织与网络", l)
}

func units(h page.Host) records.Part {
	l := records.NewList(h, domain.KindUnit, records.Options{Name: "unit"})
	l.Add = func(*domain.Pilot) domain.Record {
		name := lang.L("新部门")
		return &domain.Unit{Base: domain.Base{Code: name}, Name: name}
	}
	return records.ListPart("units", "试点部门", l)
}

// about shows what the plan is for; it is read, not edited cell by cell.
func about(h page.Host) records.Part {
	text := widget.NewLabel("")
	text.Wrapping = fyne.TextWrapBreak
	fill := func() {
		i := h.Session().Pilot.Info()
		s := i.Name + "\n\n"
		add := func(title string, lines ...string) {
			for n, line := range lines {
				if line == "" {
					continue
				}
				if n == 0 {
					s += title + "\n"
				}
				s += "　　" + line + "\n"
			}
			s += "\n"
		}
		add(lang.L("指导思想"), i.Basis)
		add(lang.L("目标"), i.Goals)
		add(lang.L("试点内容"), i.Contents...)
		add(lang.L("五项制度"), i.Tasks...)
		text.SetText(s)
	}
	fill()
	return records.Part{ID: "about", Title: "方案要点", Content: container.NewVScroll(container.NewPadded(text)),
		Changed: func(e app.Event) {
			if e.Touches(domain.KindInfo) {
				fill()
			}
		}}
}
