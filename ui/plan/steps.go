package plan

import (
	"bytes"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/fields"
	"lianshao/app/report"
	"lianshao/app/report/chart"
	"lianshao/app/report/draw"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/pen"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// steps is the calendar over the list of steps, the chosen one beside them.
type steps struct {
	host  page.Host
	list  *records.List
	gantt *pen.Chart
	panel *panel
	root  fyne.CanvasObject
}

func newSteps(h page.Host) *steps {
	s := &steps{host: h}
	s.list = records.NewList(h, domain.KindMilestone, records.Options{Name: "milestone", Fixed: 1, Place: "no",
		Extra: []fields.Field{s.standsField(), s.papersField()}, Hidden: []string{"artefacts", "progress", "note"}})
	l := s.list
	l.Plain = true
	l.Empty = lang.L("还没有工作步骤。用高校试点模板新建，或从《工作步骤安排》表导入。")
	l.Add = newStep
	l.Grid.Model.Paint = s.paint
	l.Tools = []fyne.CanvasObject{s.calendarButton(), records.PrintButton(h, "plan")}
	s.panel = newPanel(h)
	l.Grid.OnRecord = s.panel.show
	scroll, gantt := pen.NewTallChart(fyne.NewSize(560, 200), func(w, hh float64) draw.Drawing {
		return chart.Layout(report.PlanCalendar(report.NewInput(h.Session(), 0)), w, hh, h.Metrics())
	})
	s.gantt = gantt
	gantt.OnTapped = func(key string) { l.Grid.SelectID(domain.ID(key)) }
	left := widgets.NewVSplitter(scroll, l.Content(), h.Prefs().FloatWithFallback("split.plan", 0.55))
	left.OnMoved = func(o float64) { h.Prefs().SetFloat("split.plan", o) }
	split := widgets.NewHSplitter(left, s.panel.root, h.Prefs().FloatWithFallback("split.plan.panel", 0.68))
	split.OnMoved = func(o float64) { h.Prefs().SetFloat("split.plan.panel", o) }
	s.root = split
	s.selectCurrent()
	return s
}

func (s *steps) part() records.Part {
	return records.Part{ID: "steps", Title: "工作步骤", Content: s.root, List: s.list,
		Show: func(arg string) { s.list.Grid.SelectID(domain.ID(arg)) },
		Changed: func(e app.Event) {
			s.gantt.Update()
			s.list.Changed(e)
			s.panel.show(s.list.Grid.Selected())
		}}
}

// selectCurrent puts the cursor on the step at hand.
func (s *steps) selectCurrent() {
	if now := app.CurrentStep(s.host.Session().Plan().All()); now != nil {
		s.list.Grid.SelectID(now.Milestone.ID)
	}
	s.panel.show(s.list.Grid.Selected())
}

func newStep(p *domain.Pilot) domain.Record {
	next := 1
	for _, m := range p.Milestones.All() {
		next = max(next, m.No+1)
	}
	return &domain.Milestone{Base: domain.Base{Code: fmt.Sprintf("%02d", next)}, No: next, Content: lang.L("新的工作步骤")}
}

func (s *steps) stateOf(r domain.Record) domain.MilestoneState {
	return s.host.Session().Plan().Of(r.(*domain.Milestone))
}

func (s *steps) standsField() fields.Field {
	return fields.Field{Name: "stands", Title: "进度", Width: 130, Get: func(_ *domain.Pilot, r domain.Record) string {
		state := s.stateOf(r)
		return app.StandsPhrase(&state)
	}}
}

func (s *steps) papersField() fields.Field {
	return fields.Field{Name: "papers", Title: "材料", Width: 56, Get: func(_ *domain.Pilot, r domain.Record) string {
		state := s.stateOf(r)
		return fmt.Sprintf("%d/%d", state.Had(), len(state.Papers))
	}}
}

// paint makes late steps stand out and finished ones stand back.
func (s *steps) paint(r domain.Record, field string, c *widgets.Cell) {
	state := s.stateOf(r)
	c.Muted = state.Done()
	if field == "stands" {
		c.Warn = state.Stands == domain.StandsLate || state.EndsSoon()
	}
}

func (s *steps) calendarButton() fyne.CanvasObject {
	b := widget.NewButtonWithIcon(lang.L("存成日历…"), theme.CalendarIcon(), s.saveCalendar)
	b.Importance = widget.LowImportance
	return b
}

// saveCalendar writes the steps for calendar programs.
func (s *steps) saveCalendar() {
	session := s.host.Session()
	s.host.Files().ChooseSave(lang.L("工作步骤")+".ics", func(path string) {
		var b bytes.Buffer
		err := app.WriteCalendar(&b, session.Pilot, session.Plan().All(), session.Clock())
		if err == nil {
			err = s.host.Files().WriteFile(path, b.Bytes())
		}
		if err != nil {
			s.host.Report(err)
			return
		}
		s.host.Toast(fmt.Sprintf(lang.L("已存成日历 %s，可导入 Outlook、手机等的日历"), path))
	})
}
