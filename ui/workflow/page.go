// Package workflow is the page 工作流程: the workflows of each unit as a swimlane
// chart with a form and a table of its steps, and the posts and authorities that
// the steps name.
package workflow

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/ui/page"
)

// Tabs of the page; Show takes the last two as its argument.
const (
	tabFlow        = "flow"
	TabPosts       = "posts"
	TabAuthorities = "authorities"
)

// Page is the page 工作流程.
type Page struct {
	host  page.Host
	tabs  *tabBar
	flow  *flowTab
	lists map[string]*catalogue // made when first looked at
	body  *fyne.Container
	root  fyne.CanvasObject
}

var _ page.Page = (*Page)(nil)

// New makes the page.
func New(h page.Host) page.Page { return newPage(h) }

func newPage(h page.Host) *Page {
	p := &Page{host: h, lists: map[string]*catalogue{}, flow: newFlowTab(h)}
	p.tabs = newTabBar([]tab{{tabFlow, lang.L("流程图")}, {TabPosts, lang.L("岗位")}, {TabAuthorities, lang.L("职权目录")}})
	p.tabs.onSelect = func(string) { p.showTab() }
	p.body = container.NewStack()
	p.root = container.NewBorder(p.tabs, nil, nil, nil, p.body)
	p.showTab()
	return p
}

// Content implements page.Page.
func (p *Page) Content() fyne.CanvasObject { return p.root }

// Show implements page.Page. arg may be the ID of a workflow, a step, a post or an
// authority (also as workflow=ID and so on), or one of the tabs.
func (p *Page) Show(arg string) {
	if _, id, ok := strings.Cut(arg, "="); ok {
		arg = id
	}
	id := domain.ID(arg)
	pilot := p.host.Session().Pilot
	_, post := pilot.Posts.Get(id)
	_, authority := pilot.Authorities.Get(id)
	switch {
	case post || arg == TabPosts:
		p.tabs.choose(TabPosts)
	case authority || arg == TabAuthorities:
		p.tabs.choose(TabAuthorities)
	case p.flow.wants(id):
		p.tabs.choose(tabFlow)
	}
	p.refresh()
	switch {
	case post || authority:
		p.lists[p.tabs.chosen()].reveal(id)
	case id != "":
		p.flow.selectID(id)
	}
}

// Changed implements page.Page.
func (p *Page) Changed(e app.Event) {
	if l := p.lists[p.tabs.chosen()]; l != nil {
		l.changed(e)
		return
	}
	p.flow.changed(e)
}

// refresh brings the tab that is up to date with the pilot.
func (p *Page) refresh() {
	if l := p.lists[p.tabs.chosen()]; l != nil {
		l.changed(app.Event{})
		return
	}
	p.flow.refresh()
}

func (p *Page) showTab() {
	name := p.tabs.chosen()
	p.flow.flush()
	if name == tabFlow {
		p.body.Objects = []fyne.CanvasObject{p.flow.root}
	} else {
		if p.lists[name] == nil {
			p.lists[name] = newCatalogue(p.host, name)
		}
		p.body.Objects = []fyne.CanvasObject{p.lists[name].root}
	}
	p.refresh()
	p.body.Refresh()
}
