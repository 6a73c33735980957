// Package inspection is the page 检查考核: the checklist to fill in, what was found and
// checked again, the score sheets, rewards and punishments.
package inspection

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/fields"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// Tabs of the page.
const (
	tabChecklist = "checklist"
	tabRecords   = "inspections"
	tabScores    = "appraisals"
	tabSanctions = "sanctions"
)

// New builds the page.
func New(h page.Host) page.Page {
	list := newChecklist(h)
	var t *records.Tabs
	t = records.NewTabs(
		records.Part{ID: tabChecklist, Title: "填检查表", Content: list.content(), Changed: list.changed, Opened: list.fill},
		checks(h), scores(h, func() { t.Show(tabSanctions) }), sanctions(h))
	list.fill()
	return t
}

// Filters of the records beside the results.
const (
	filterAll  = "全部"
	filterLate = "逾期未改"
	filterOpen = "待复查"
)

func checks(h page.Host) records.Part {
	today := func() domain.Date { return h.Session().Today() }
	state := fields.Field{Name: "rectification", Title: "整改情况", Width: 84, Get: func(p *domain.Pilot, r domain.Record) string {
		return p.Rectification(r.(*domain.Inspection), today())
	}}
	l := records.NewList(h, domain.KindInspection, records.Options{Name: "inspection", Fixed: 1, Extra: []fields.Field{state}, Place: "rectify"})
	l.Empty = lang.L("检查过的措施在这里。可以在“填检查表”里填，也可以导入填好的《防范措施落实检查表》。")
	l.Grid.Model.Paint = func(_ domain.Record, field string, c *widgets.Cell) {
		c.Warn = field == state.Name && c.Text == domain.RectifyLate
	}
	options := []string{lang.L(filterAll), domain.ResultDone, domain.ResultPartly, domain.ResultNot, filterLate, filterOpen}
	filter := widget.NewSelect(options, func(s string) {
		p := h.Session().Pilot
		switch s {
		case options[0]:
			l.SetKeep(nil)
		case filterLate:
			l.SetKeep(func(r domain.Record) bool {
				return p.Rectification(r.(*domain.Inspection), today()) == domain.RectifyLate
			})
		case filterOpen:
			l.SetKeep(func(r domain.Record) bool {
				how := p.Rectification(r.(*domain.Inspection), today())
				return how != domain.RectifyNone && how != domain.RectifyDone
			})
		default:
			l.SetKeep(func(r domain.Record) bool { return r.(*domain.Inspection).Result == s })
		}
	})
	filter.Selected = options[0]
	again := widget.NewButton(lang.L("复查…"), func() {
		if i, ok := l.Grid.Selected().(*domain.Inspection); ok {
			askRecheck(h, i, func(id domain.ID) { l.Reveal(id) })
		}
	})
	again.Importance = widget.LowImportance
	l.Tools = []fyne.CanvasObject{again, filter, records.PrintButton(h, "inspection")}
	part := records.ListPart(tabRecords, "检查记录", l)
	part.Holds = func(id domain.ID) bool {
		for _, i := range h.Session().Pilot.Inspections.By(domain.ByMeasure, id) {
			return l.Reveal(i.ID)
		}
		return l.Reveal(id)
	}
	return part
}
