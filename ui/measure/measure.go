// Package measure is the page 防范措施: the measures of all points, their embedding in
// the workflows, and the library of proven measures.
package measure

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/report"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// Tabs of the page.
const (
	tabList    = "measures"
	tabEmbed   = "embed"
	TabLibrary = "library"
)

// Page is 防范措施.
type Page struct {
	*records.Tabs
	list  *records.List
	embed *embed
	proof *proven
	host  page.Host
}

// Filters of the list.
const (
	all     = "全部"
	unbound = "没有嵌入流程"
	undone  = "未落实或部分落实"
	fresh   = "尚未检查"
	edited  = "由措施库改写"
)

// New builds the page.
func New(h page.Host) page.Page {
	m := &Page{host: h, embed: newEmbed(h), proof: newProven(h)}
	m.list = m.newList()
	part := records.ListPart(tabList, "措施", m.list)
	m.Tabs = records.NewTabs(part,
		records.Part{ID: tabEmbed, Title: "嵌入流程", Content: m.embed.content(), Changed: m.embed.changed, Opened: m.embed.fill},
		records.Part{ID: TabLibrary, Title: "措施库", Content: m.proof.content(), Changed: m.proof.changed, Opened: m.proof.fill})
	return m
}

func (m *Page) newList() *records.List {
	h := m.host
	l := records.NewList(h, domain.KindMeasure, records.Options{Name: "measure", Fixed: 2, Hidden: []string{"post", "library", "edited", "note"}})
	l.Empty = lang.L("防范措施随自查表、一览表导入，也可以为预警的风险点新增，从措施库里选一条来改。")
	l.EmptyButton, l.EmptyScreen = lang.L("去风险排查"), page.RiskPoints
	l.Grid.Model.Paint = func(r domain.Record, field string, c *widgets.Cell) {
		c.Warn = field == "step" && r.(*domain.Measure).Step.ID == ""
	}
	p := h.Session().Pilot
	filter := widget.NewSelect([]string{lang.L(all), lang.L(unbound), lang.L(undone), lang.L(fresh), lang.L(edited)}, func(s string) {
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
		case lang.L(edited):
			l.SetKeep(func(r domain.Record) bool {
				x := r.(*domain.Measure)
				return x.Original != "" && x.Original != x.Content
			})
		default:
			l.SetKeep(nil)
		}
	})
	filter.Selected = lang.L(all)
	add := widget.NewButton(lang.L("新增措施…"), func() { m.ask("") })
	add.Importance = widget.LowImportance
	l.Tools = []fyne.CanvasObject{add, filter, records.PrintButton(h, "measures")}
	return l
}

// ask adds a measure for a point; without one, for that of the chosen measure, else a
// warned point is to be chosen.
func (m *Page) ask(point domain.ID) {
	if x, ok := m.list.Grid.Selected().(*domain.Measure); ok && point == "" {
		point = x.Point.ID
	}
	askMeasure(m.host, point, nil, func(id domain.ID) { m.list.Reveal(id) })
}

// Show opens the embedding for a workflow (page.EmbedIn), a measure by ID, or the
// measures of a point (report.FilterPoint).
func (m *Page) Show(arg string) {
	if id, ok := strings.CutPrefix(arg, page.EmbedIn); ok {
		m.embed.show(domain.ID(id))
		m.Tabs.Show(tabEmbed)
		return
	}
	if id, ok := strings.CutPrefix(arg, report.FilterPoint); ok {
		arg = ""
		for _, x := range m.host.Session().Pilot.Measures.By(domain.ByPoint, domain.ID(id)) {
			arg = string(x.ID)
			break
		}
	}
	m.Tabs.Show(arg)
}

// touched reports whether an event may change what the tabs show.
func touched(e app.Event) bool {
	return e.Touches(domain.KindMeasure, domain.KindWorkflow, domain.KindRiskPoint, domain.KindInspection, domain.KindRating)
}
