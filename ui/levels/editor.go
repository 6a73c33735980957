// Package levels is the tab 等级方案 of the page 风险评估: the levels with their
// bounds and terms, the cells of a matrix, the conditions that raise a point, and
// who would change level.
package levels

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/assess"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
	"lianshao/ui/versions"
	"lianshao/ui/widgets"
)

// Editor shows one version of a level scheme and edits it until a round uses it.
type Editor struct {
	*versions.Frame[*domain.LevelScheme]
	host    page.Host
	scheme  *domain.LevelScheme // as stored; nil = there is none
	levels  []domain.Level      // the gravest first
	basis   *widget.Label
	grid    *widgets.DataGrid
	effect  *effect
	rules   *rules
	cells   *cellGrid
	cellTab *container.TabItem
	right   *container.AppTabs
}

// New builds the tab.
func New(h page.Host) *Editor {
	e := &Editor{host: h, basis: widget.NewLabel("")}
	e.Frame = versions.New(h, e.spec())
	e.grid = e.newGrid()
	e.effect = newEffect(e)
	e.rules = newRules(e)
	e.cells = newCellGrid(e.setCell)
	e.cellTab = container.NewTabItem(lang.L("矩阵格子"), e.cells.root())
	e.right = container.NewAppTabs(container.NewTabItem(lang.L("提级条件"), e.rules.root), container.NewTabItem(lang.L("与上一版"), e.Difference()))
	e.build()
	e.Load()
	return e
}

// Focus gives the keyboard to the levels.
func (e *Editor) Focus() {
	if e.Has() {
		e.grid.Focus()
	}
}

// Changed brings the tab up to date.
func (e *Editor) Changed(ev app.Event) {
	if ev.Touches(domain.KindScheme, domain.KindAssessment) {
		e.Load()
		return
	}
	if e.Has() {
		e.effect.load()
	}
}

func (e *Editor) build() {
	low := func(text string, act func()) *widget.Button { return versions.Low(lang.L(text), act) }
	add := low("等级", e.addLevel)
	add.Icon = theme.ContentAddIcon()
	tools := container.NewHBox(add, low("删除", func() { e.remove(e.grid.SelectedRows()) }), low("更重", func() { e.move(-1) }), low("更轻", func() { e.move(1) }),
		e.basis, layout.NewSpacer(), low("改名称", e.AskName), low("删除本版", e.Drop))
	top := container.NewBorder(tools, nil, nil, nil, e.grid)
	below := widgets.NewHSplitter(e.effect.root, e.right, 0.56)
	split := widgets.NewVSplitter(top, below, e.host.Prefs().FloatWithFallback("split.levels", 0.38))
	split.OnMoved = func(o float64) { e.host.Prefs().SetFloat("split.levels", o) }
	e.Fill(split, e.emptyState(), low("新建方案", e.create), records.PaperButton(e.host, lang.L("预警等级表"), "levels"))
}

func (e *Editor) emptyState() fyne.CanvasObject {
	text := widget.NewLabelWithStyle(lang.L("预警等级方案说明多少分算几级、告诉谁、谁签发、几天回告。可以从《评估指标体系》导入，也可以从常用方案新建。"), fyne.TextAlignCenter, fyne.TextStyle{})
	row := container.NewHBox(layout.NewSpacer(), widgets.NewMainButton(lang.L("新建方案"), e.create), widgets.NewButton(lang.L("导入等级方案"), func() { e.host.Go(page.Import, "") }), layout.NewSpacer())
	return container.NewCenter(container.NewVBox(text, row))
}

// spec says how versions of schemes are listed, compared and moved on.
func (e *Editor) spec() versions.Spec[*domain.LevelScheme] {
	type scheme = *domain.LevelScheme
	pilot := func() *domain.Pilot { return e.host.Session().Pilot }
	return versions.Spec[scheme]{
		Kind: domain.KindScheme, Caption: lang.L("方案"), Width: 260,
		List:  e.list,
		Usual: e.usual,
		Name:  func(s scheme) string { return fmt.Sprintf(lang.L("%s 第%d版"), s.Name, s.Version) },
		Title: func(s scheme) (string, int) { return s.Name, s.Version },
		State: func(s scheme) string {
			if why := versions.Frozen(pilot().InUse(s)); why != "" {
				return why
			}
			return lang.L("还没有用过，可以改")
		},
		Previous: func(s scheme) (scheme, bool) { return pilot().Schemes.Get(s.Based.ID) },
		Diff:     func(is, was scheme) []string { return is.Diff(was) },
		MayEdit:  func(s scheme) error { return pilot().MayEditScheme(s) },
		Next:     assess.NextScheme,
		Rename: func(s scheme, name string) app.Command {
			c := s.Clone().(scheme)
			c.Name = name
			return assess.SaveScheme(c, e.host.Session().NewID)
		},
		Shown: e.show,
	}
}

// usual is the scheme of the latest round, else any.
func (e *Editor) usual() (*domain.LevelScheme, bool) {
	p := e.host.Session().Pilot
	if a := p.Round(0); a != nil {
		if s, ok := p.Schemes.Get(a.Scheme.ID); ok {
			return s, true
		}
	}
	if s := p.SchemeFor(domain.BasisIndex); s != nil {
		return s, true
	}
	if all := p.Schemes.All(); len(all) > 0 {
		return all[0], true
	}
	return nil, false
}

// list puts the newest version of a scheme first.
func (e *Editor) list() []*domain.LevelScheme {
	all := slices.Clone(e.host.Session().Pilot.Schemes.All())
	slices.SortStableFunc(all, func(a, b *domain.LevelScheme) int {
		if a.Name != b.Name {
			return 0
		}
		return b.Version - a.Version
	})
	return all
}

// show fills the tab with a version.
func (e *Editor) show(s *domain.LevelScheme) {
	e.scheme, e.levels = s, s.Ordered()
	e.basis.SetText(fmt.Sprintf(lang.L("下限按“%s”，由重到轻"), s.Basis))
	e.grid.Refresh()
	e.effect.load()
	e.rules.load()
	e.showCells()
}

// showCells shows the tab of the cells for a matrix alone.
func (e *Editor) showCells() {
	has := slices.Contains(e.right.Items, e.cellTab)
	switch matrix := e.scheme.MatrixSide() > 0; {
	case matrix && !has:
		e.right.Items = append([]*container.TabItem{e.cellTab}, e.right.Items...)
		e.right.SelectIndex(0)
		e.right.Refresh()
	case !matrix && has:
		e.right.Remove(e.cellTab)
	}
	e.cells.set(e.scheme)
}

// save stores a changed copy of the scheme.
func (e *Editor) save(change func(s *domain.LevelScheme)) error {
	s := e.scheme.Clone().(*domain.LevelScheme)
	change(s)
	return e.host.Do(assess.SaveScheme(s, e.host.Session().NewID))
}

func (e *Editor) try(change func(s *domain.LevelScheme)) bool {
	if err := e.save(change); err != nil {
		e.host.Report(err)
		return false
	}
	return true
}

// create asks for the basis and the labels of a usual scheme.
func (e *Editor) create() {
	var styles []string
	for _, s := range domain.LevelStyles {
		styles = append(styles, s.Name)
	}
	basis, style, name := widgets.NewSelect(domain.Bases, nil), widgets.NewSelect(styles, nil), widgets.NewEntry()
	propose := func(string) { name.SetText(style.Selected + "（" + basis.Selected + "）") }
	basis.OnChanged, style.OnChanged = propose, propose
	basis.SetSelectedIndex(0)
	style.SetSelectedIndex(0)
	form := widgets.NewFormRows().Row(lang.L("按什么定级"), basis).Row(lang.L("等级名称"), style).Row(lang.L("方案名称"), name)
	records.Ask(e.host, lang.L("新建预警等级方案"), lang.L("新建"), form, basis, func() error {
		s := domain.Preset(domain.LevelStyles[style.SelectedIndex()], basis.Selected)
		s.Name = name.Text
		return e.Add(func(ids app.IDs) app.Command { return assess.SaveScheme(s, ids) })
	})
}
