// Package measure is the page 防范措施.
package measure

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
)

// Page lists the measures of all points.
type Page struct {
	list    *records.List
	content fyne.CanvasObject
}

// Filters of the page.
const (
	all     = "全部"
	unbound = "没有嵌入流程"
	undone  = "未落实或部分落实"
	fresh   = "尚未检查"
)

// New builds the page.
func New(h page.Host) page.Page {
	l := records.NewList(h, domain.KindMeasure, records.Options{Name: "measure", Fixed: 2})
	l.Empty = lang.L("防范措施随自查表、一览表导入，也可以在“风险排查”里逐点填写。")
	l.EmptyButton, l.EmptyScreen = lang.L("去风险排查"), page.RiskPoints
	p := h.Session().Pilot
	filter := widget.NewSelect([]string{lang.L(all), lang.L(unbound), lang.L(undone), lang.L(fresh)}, func(s string) {
		switch s {
		case lang.L(unbound):
			l.SetKeep(func(r domain.Record) bool { return r.(*domain.Measure).Step.ID == "" })
		case lang.L(undone):
			l.SetKeep(func(r domain.Record) bool {
				x := p.MeasureResult(r.RecordID())
				return x == domain.ResultNot || x == domain.ResultPartly
			})
		case lang.L(fresh):
			l.SetKeep(func(r domain.Record) bool { return p.MeasureResult(r.RecordID()) == "" })
		default:
			l.SetKeep(nil)
		}
	})
	filter.Selected = lang.L(all)
	l.Tools = []fyne.CanvasObject{filter, records.PrintButton(h, "measures")}
	m := &Page{list: l}
	m.content = l.Content()
	return m
}

// Content is the page.
func (m *Page) Content() fyne.CanvasObject { return m.content }

// Show selects a measure by ID.
func (m *Page) Show(arg string) { m.list.Grid.SelectID(domain.ID(arg)) }

// Find puts the keyboard into the filter.
func (m *Page) Find() { m.list.Find() }

// Focus gives the keyboard to the table.
func (m *Page) Focus() { m.list.Focus() }

// Changed brings the list up to date.
func (m *Page) Changed(e app.Event) { m.list.Changed(e) }
