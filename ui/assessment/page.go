package assessment

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/ui/factor"
	"lianshao/ui/indicator"
	"lianshao/ui/levels"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// Tabs of the page, as arguments of Show; "systems=ID" opens a version there.
const (
	FactorsTab = "factors"
	SystemsTab = "systems"
	SchemesTab = "schemes"
	RoundsTab  = "rounds"
	ScoresTab  = "scores"
	CompareTab = "compare"
	JudgeTab   = "judge"
	WhatIfTab  = "whatif"
)

// tab is one tab of the page. It is built when it first comes up.
type tab interface {
	Content() fyne.CanvasObject
	// Show narrows the tab, as page.Page.
	Show(arg string)
	// Look is called when the tab comes up; stale means that the pilot changed
	// since it was last seen.
	Look(stale bool)
	// Changed is called after every change while the tab is up.
	Changed(e app.Event)
	Focus()
}

// part is a tab with its place in the tab bar.
type part struct {
	id    string
	build func() tab
	tab   tab // nil = not built yet
	stale bool
	place *fyne.Container
}

// tabbed is the page: everything from causes to the test of the indicators.
type tabbed struct {
	tabs   *container.AppTabs
	parts  []*part
	scores *Page
}

// New builds the page, with the scores up.
func New(h page.Host) page.Page {
	t := &tabbed{scores: newScores(h), tabs: container.NewAppTabs()}
	t.add(FactorsTab, "成因要素", func() tab { return factor.New(h) })
	t.add(SystemsTab, "指标体系", func() tab { return indicator.New(h) })
	t.add(SchemesTab, "等级方案", func() tab { return levels.New(h) })
	t.add(RoundsTab, "评估轮次", func() tab {
		return newRoundsTab(h, t.scores, t.goTo)
	})
	t.add(ScoresTab, "评分", func() tab { return t.scores })
	t.add(CompareTab, "两次对比", func() tab { return newCompareTab(h, t.goTo) })
	t.add(JudgeTab, "指标检验", func() tab { return newJudgeTab(h, t.scores, t.goTo) })
	t.add(WhatIfTab, "试算", func() tab { return newWhatIfTab(h, t.scores, t.goTo) })
	t.open(ScoresTab)
	t.tabs.OnSelected = func(*container.TabItem) { t.look(); t.Focus() }
	t.look()
	return t
}

func (t *tabbed) add(id, title string, build func() tab) {
	p := &part{id: id, build: build, place: container.NewStack()}
	t.parts = append(t.parts, p)
	t.tabs.Append(container.NewTabItem(lang.L(title), p.place))
}

// Content implements page.Page.
func (t *tabbed) Content() fyne.CanvasObject { return t.tabs }

// up is the tab that is seen, built if need be.
func (t *tabbed) up() *part {
	p := t.parts[t.tabs.SelectedIndex()]
	if p.tab == nil {
		p.tab = p.build()
		p.place.Add(p.tab.Content())
	}
	return p
}

// look brings the tab that is seen up to date.
func (t *tabbed) look() {
	p := t.up()
	p.tab.Look(p.stale)
	p.stale = false
}

func (t *tabbed) open(id string) bool {
	for i, p := range t.parts {
		if p.id == id {
			t.tabs.SelectIndex(i)
			return true
		}
	}
	return false
}

// Show implements page.Page. arg is the number or ID of a round, or a tab with what
// it should show: "systems=ID".
func (t *tabbed) Show(arg string) {
	id, rest, _ := strings.Cut(arg, "=")
	switch {
	case t.open(id):
		t.up().tab.Show(rest)
	case arg != "":
		t.open(ScoresTab)
		t.scores.Show(arg)
	}
	t.look()
}

// NextTab brings the next tab up, or the one before for -1, round and round.
func (t *tabbed) NextTab(by int) { widgets.TurnTabs(t.tabs, by) }

// toRounds says why a tab has nothing to show, with the way to the rounds.
func toRounds(says fyne.CanvasObject, open func(id, arg string)) fyne.CanvasObject {
	next := widgets.NewMainButton(lang.L("去评估轮次"), func() { open(RoundsTab, "") })
	return container.NewCenter(container.NewVBox(says, container.NewCenter(next)))
}

// goTo brings another tab up with what it should show.
func (t *tabbed) goTo(id, arg string) {
	t.Show(id + "=" + arg)
	t.Focus()
}

// Focus gives the keyboard to the tab that is up.
func (t *tabbed) Focus() { t.up().tab.Focus() }

// Changed implements page.Page.
func (t *tabbed) Changed(e app.Event) {
	up := t.up()
	for _, p := range t.parts {
		if p != up {
			p.stale = true
		}
	}
	up.tab.Changed(e)
}
