// Package information is the page 风险信息库: complaints, audit findings, cases and
// surveys, what they are about, and what is made of them.
package information

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/fields"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// library is the page.
type library struct {
	host page.Host
	list *records.List
	acts []*widget.Button

	source, check, secrecy *widget.Select
}

// New builds the page.
func New(h page.Host) page.Page {
	l := &library{host: h}
	l.list = records.NewList(h, domain.KindIntelligence, records.Options{Name: "intelligence", Fixed: 1, Hidden: []string{"post", "factors", "registrar", "note"},
		Extra: []fields.Field{usedField()}, Place: "points"})
	l.list.Empty = lang.L("信访、审计、检查、案例等风险信息登记在这里，可以从《风险信息库》导入。")
	l.list.Add = func(p *domain.Pilot) domain.Record { return newItem(p, h.Session().Today()) }
	l.list.Grid.Model.Paint = paint
	l.tools()
	l.side()
	return records.NewTabs(l.part(), factors(h))
}

func (l *library) part() records.Part {
	part := records.ListPart("library", "风险信息", l.list)
	part.Changed = func(e app.Event) { l.list.Changed(e); l.enable(l.list.Grid.Selected()) }
	part.Show = func(arg string) { l.list.Grid.SelectID(domain.ID(arg)) }
	return part
}

// factors lists the causes that items and points show.
func factors(h page.Host) records.Part {
	l := records.NewList(h, domain.KindFactor, records.Options{Name: "factor", Fixed: 1})
	l.Empty = lang.L("成因要素是调研分析出的原因，按五类登记，对应到风险点。")
	l.Add = func(p *domain.Pilot) domain.Record {
		code := edit.NextCode(p, domain.KindFactor, "CY-00")
		return &domain.Factor{Base: domain.Base{Code: code}, Category: domain.Categories[0], Text: lang.L("新的成因 ") + code}
	}
	return records.ListPart("factors", "成因要素", l)
}

// newItem is an item registered today.
func newItem(p *domain.Pilot, today domain.Date) *domain.Intelligence {
	like := "XX-000"
	if all := p.Intelligence.All(); len(all) > 0 {
		like = all[0].Code
	}
	return &domain.Intelligence{Base: domain.Base{Code: edit.NextCode(p, domain.KindIntelligence, like)}, Date: today,
		Summary: lang.L("（写明反映什么情况）"), Verified: domain.CheckNone, Secrecy: domain.SecrecyInternal}
}

// usedField says what came of an item.
func usedField() fields.Field {
	return fields.Field{Name: "used", Title: "去向", Width: 110, Get: func(p *domain.Pilot, r domain.Record) string {
		text := ""
		for _, w := range p.Warnings.All() {
			if w.Info.ID == r.RecordID() {
				text = lang.L("已预警")
			}
		}
		for _, c := range p.CaseCards.All() {
			if c.Info.ID == r.RecordID() {
				text += lang.L(" 有案例卡")
			}
		}
		return text
	}}
}

// paint marks what only some may know and what is true but tied to no point.
func paint(r domain.Record, field string, c *widgets.Cell) {
	x := r.(*domain.Intelligence)
	switch field {
	case "secrecy":
		c.Text, c.Bold = levelOf(x), x.Guarded()
	case "points":
		c.Warn = len(x.Points) == 0 && x.Confirmed()
	case "verified":
		c.Muted = x.Verified == domain.CheckNot
	}
}

// levelOf is who may know an item, also when nobody has written it.
func levelOf(x *domain.Intelligence) string {
	switch {
	case x.Guarded():
		return domain.SecrecyClosed
	case x.Secrecy == "":
		return domain.SecrecyInternal
	}
	return x.Secrecy
}

// tools are the filters.
func (l *library) tools() {
	choose := func(options []string) *widget.Select {
		s := widget.NewSelect(append([]string{lang.L("全部")}, options...), nil)
		s.Selected = lang.L("全部")
		s.OnChanged = func(string) { l.filter() }
		return s
	}
	l.source, l.check, l.secrecy = choose(domain.InformationSources), choose(domain.Checks), choose(domain.Secrecies)
	label := func(text string) fyne.CanvasObject { return widget.NewLabel(text) }
	l.list.Tools = []fyne.CanvasObject{label(lang.L("来源")), l.source, label(lang.L("核实")), l.check, label(lang.L("知悉")), l.secrecy}
}

func (l *library) filter() {
	fits := func(s *widget.Select, text string) bool { return s.Selected == lang.L("全部") || s.Selected == text }
	l.list.SetKeep(func(r domain.Record) bool {
		x := r.(*domain.Intelligence)
		return fits(l.source, x.Source) && fits(l.check, x.Verified) && fits(l.secrecy, levelOf(x))
	})
}

// side is the form with what can be made of the item.
func (l *library) side() {
	row := container.NewGridWithColumns(3)
	button := func(text string, act func(x *domain.Intelligence)) {
		b := widget.NewButton(text, func() {
			if x, ok := l.list.Grid.Selected().(*domain.Intelligence); ok {
				act(x)
			}
		})
		l.acts = append(l.acts, b)
		row.Add(b)
	}
	button(lang.L("新增风险点…"), l.raisePoint)
	button(lang.L("对应风险点…"), l.link)
	button(lang.L("据此预警…"), l.warn)
	l.list.Side = container.NewBorder(nil, container.NewPadded(row), nil, nil, l.list.Detail.Content())
	show := l.list.Grid.OnRecord
	l.list.Grid.OnRecord = func(r domain.Record) { show(r); l.enable(r) }
	l.enable(l.list.Grid.Selected())
}

// enable allows what can be done with the chosen item: a warning needs a point.
func (l *library) enable(r domain.Record) {
	x, ok := r.(*domain.Intelligence)
	for i, b := range l.acts {
		if ok && (i < 2 || len(x.Points) > 0) {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}
