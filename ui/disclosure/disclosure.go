// Package disclosure is the page 公示意见: notices, what people said, and what was
// changed because of it.
package disclosure

import (
	"net/url"

	"fyne.io/fyne/v2/lang"

	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
)

// Page is 公示意见.
type Page struct {
	*records.Tabs
	host     page.Host
	notices  *notices
	opinions *opinions
}

// New builds the page.
func New(h page.Host) page.Page {
	p := &Page{host: h, notices: newNotices(h), opinions: newOpinions(h)}
	p.Tabs = records.NewTabs(p.notices.part(), p.opinions.part(), revisions(h))
	return p
}

// Show opens a tab, a notice, an opinion or a revision by its ID; "revise?…" asks at
// once for the revision that a published text needs (records.Offer).
func (p *Page) Show(arg string) {
	if q, ok := records.OfferOf(arg); ok {
		p.Tabs.Show("revisions")
		p.revise(q)
		return
	}
	pilot := p.host.Session().Pilot
	tab := arg
	if _, ok := pilot.Opinions.Get(domain.ID(arg)); ok {
		tab = "opinions"
	} else if _, ok := pilot.Disclosures.Get(domain.ID(arg)); ok {
		tab = "notices"
	}
	p.Tabs.Show(tab)
	if tab != arg {
		p.Tabs.Show(arg)
	}
}

func (p *Page) revise(q url.Values) {
	pilot := p.host.Session().Pilot
	point, ok := pilot.RiskPoints.Get(domain.ID(q.Get("point")))
	if !ok {
		return
	}
	reviseDialog(p.host, revising{point: point, field: q.Get("field"), record: domain.ID(q.Get("record")), after: q.Get("text")})
}

func revisions(h page.Host) records.Part {
	l := records.NewList(h, domain.KindRevision, records.Options{Name: "revision", Fixed: 1})
	l.Empty = lang.L("公示以后，风险点和措施的改动记在这里：改前、改后、依据哪条意见。可以在这里修订，也可以随《公示意见登记表》导入。")
	l.EmptyButton, l.EmptyAct = lang.L("修订…"), func() { reviseDialog(h, revising{}) }
	l.Tools = append(l.Tools, button("修订…", func() { reviseDialog(h, revising{}) }), records.PrintButton(h, "revisions"))
	part := records.ListPart("revisions", "修订记录", l)
	part.Show = func(arg string) { l.Grid.SelectID(domain.ID(arg)) }
	return part
}
