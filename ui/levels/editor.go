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
	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// Editor shows one version of a level scheme and edits it until a round uses it.
type Editor struct {
	host     page.Host
	scheme   *domain.LevelScheme // as stored; nil = there is none
	levels   []domain.Level      // the gravest first
	want     domain.ID
	ids      []domain.ID
	versions *widget.Select
	state    *widget.Label
	basis    *widget.Label
	grid     *widgets.DataGrid
	effect   *effect
	rules    *rules
	cells    *cellGrid
	cellTab  *container.TabItem
	diff     *widget.Label
	right    *container.AppTabs
	empty    fyne.CanvasObject
	body     fyne.CanvasObject
	root     *fyne.Container
	filling  bool
}

// New builds the tab.
func New(h page.Host) *Editor {
	e := &Editor{host: h, state: widget.NewLabel(""), basis: widget.NewLabel(""), diff: widget.NewLabel("")}
	e.versions = widget.NewSelect(nil, func(string) { e.choose() })
	e.state.TextStyle.Bold = true
	e.diff.Wrapping, e.diff.Selectable = fyne.TextWrapBreak, true
	e.grid = e.newGrid()
	e.effect = newEffect(e)
	e.rules = newRules(e)
	e.cells = newCellGrid(e.setCell)
	e.cellTab = container.NewTabItem(lang.L("矩阵格子"), e.cells.root())
	e.right = container.NewAppTabs(container.NewTabItem(lang.L("提级条件"), e.rules.root), container.NewTabItem(lang.L("与上一版"), container.NewVScroll(e.diff)))
	e.build()
	e.load()
	return e
}

// Content is the tab.
func (e *Editor) Content() fyne.CanvasObject { return e.root }

// Focus gives the keyboard to the levels.
func (e *Editor) Focus() {
	if e.scheme != nil {
		e.grid.Focus()
	}
}

// Show opens a version by its ID.
func (e *Editor) Show(arg string) {
	if _, ok := e.host.Session().Pilot.Schemes.Get(domain.ID(arg)); ok {
		e.want = domain.ID(arg)
		e.load()
	}
}

// Look brings the tab up to date when it comes up.
func (e *Editor) Look(stale bool) {
	if stale {
		e.load()
	}
}

// Changed brings the tab up to date.
func (e *Editor) Changed(ev app.Event) {
	if ev.Touches(domain.KindScheme, domain.KindAssessment) {
		e.load()
		return
	}
	e.effect.load()
}

func (e *Editor) build() {
	low := func(text string, act func()) *widget.Button {
		b := widget.NewButton(lang.L(text), act)
		b.Importance = widget.LowImportance
		return b
	}
	head := container.NewHBox(widget.NewLabel(lang.L("方案")), container.NewGridWrap(fyne.NewSize(260, e.versions.MinSize().Height), e.versions), e.state,
		layout.NewSpacer(), low("下一版", e.next), low("新建方案", e.create), records.PaperButton(e.host, lang.L("预警等级表"), "levels"))
	add := widget.NewButtonWithIcon(lang.L("等级"), theme.ContentAddIcon(), e.addLevel)
	add.Importance = widget.LowImportance
	tools := container.NewHBox(add, low("删除", func() { e.remove(e.grid.SelectedRows()) }), low("更重", func() { e.move(-1) }), low("更轻", func() { e.move(1) }),
		e.basis, layout.NewSpacer(), low("改名称", e.rename), low("删除本版", e.drop))
	top := container.NewBorder(tools, nil, nil, nil, e.grid)
	below := widgets.NewHSplitter(e.effect.root, e.right, 0.56)
	split := widgets.NewVSplitter(top, below, e.host.Prefs().FloatWithFallback("split.levels", 0.38))
	split.OnMoved = func(o float64) { e.host.Prefs().SetFloat("split.levels", o) }
	e.body = container.NewBorder(head, nil, nil, nil, split)
	e.empty = e.emptyState()
	e.root = container.NewStack()
}

func (e *Editor) emptyState() fyne.CanvasObject {
	text := widget.NewLabelWithStyle(lang.L("预警等级方案说明多少分算几级、告诉谁、谁签发、几天回告。可以从《评估指标体系》导入，也可以从常用方案新建。"), fyne.TextAlignCenter, fyne.TextStyle{})
	row := container.NewHBox(layout.NewSpacer(), widgets.NewMainButton(lang.L("新建方案"), e.create), widgets.NewButton(lang.L("导入等级方案"), func() { e.host.Go(page.Import, "") }), layout.NewSpacer())
	return container.NewCenter(container.NewVBox(text, row))
}

// load shows the wanted version, else the one shown before, else that of the latest
// round, else any.
func (e *Editor) load() {
	p := e.host.Session().Pilot
	if e.want == "" && e.scheme != nil {
		e.want = e.scheme.ID
	}
	if a := p.Round(0); e.want == "" && a != nil {
		e.want = a.Scheme.ID
	}
	s, ok := p.Schemes.Get(e.want)
	if !ok {
		s = p.SchemeFor(domain.BasisIndex)
		if all := p.Schemes.All(); s == nil && len(all) > 0 {
			s = all[0]
		}
	}
	e.scheme, e.want = s, ""
	if s == nil {
		e.root.Objects = []fyne.CanvasObject{e.empty}
		e.root.Refresh()
		return
	}
	e.levels = s.Ordered()
	e.list()
	e.root.Objects = []fyne.CanvasObject{e.body}
	e.tell()
	e.grid.Refresh()
	e.effect.load()
	e.rules.load()
	e.showCells()
	e.root.Refresh()
}

// list fills the select.
func (e *Editor) list() {
	e.ids = e.ids[:0]
	var names []string
	chosen := 0
	all := slices.Clone(e.host.Session().Pilot.Schemes.All())
	slices.SortStableFunc(all, func(a, b *domain.LevelScheme) int {
		if a.Name != b.Name {
			return 0
		}
		return b.Version - a.Version
	})
	for i, s := range all {
		e.ids = append(e.ids, s.ID)
		names = append(names, fmt.Sprintf(lang.L("%s 第%d版"), s.Name, s.Version))
		if s.ID == e.scheme.ID {
			chosen = i
		}
	}
	e.filling = true
	e.versions.SetOptions(names)
	e.versions.SetSelectedIndex(chosen)
	e.filling = false
}

func (e *Editor) choose() {
	if i := e.versions.SelectedIndex(); !e.filling && i >= 0 {
		e.want = e.ids[i]
		e.load()
	}
}

// tell says what the bounds are measured on, whether the version may be edited, and
// what it changes.
func (e *Editor) tell() {
	p := e.host.Session().Pilot
	e.basis.SetText(fmt.Sprintf(lang.L("下限按“%s”，由重到轻"), e.scheme.Basis))
	text := lang.L("还没有用过，可以改")
	if rounds := p.InUse(e.scheme); len(rounds) > 0 {
		text = fmt.Sprintf(lang.L("已用于%s，不能再改；要改请建下一版"), rounds[0].Title())
	}
	e.state.SetText(text)
	old, ok := p.Schemes.Get(e.scheme.Based.ID)
	if !ok {
		e.diff.SetText(lang.L("这是第一版，没有上一版可以比较。"))
		return
	}
	says := fmt.Sprintf(lang.L("与第%d版相比："), old.Version)
	lines := e.scheme.Diff(old)
	if len(lines) == 0 {
		says += lang.L("没有不同。")
	}
	for i, l := range lines {
		says += fmt.Sprintf("\n%d. %s", i+1, l)
	}
	e.diff.SetText(says)
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

func (e *Editor) next() {
	id, cmd := assess.NextScheme(e.scheme.ID, e.host.Session().NewID)
	if err := e.host.Do(cmd); err != nil {
		e.host.Report(err)
		return
	}
	e.want = id
	e.load()
	e.host.Toast(fmt.Sprintf(lang.L("已建第%d版，可以修改"), e.scheme.Version))
}

// create asks for the basis and the labels of a usual scheme.
func (e *Editor) create() {
	var styles []string
	for _, s := range domain.LevelStyles {
		styles = append(styles, s.Name)
	}
	basis, style, name := widget.NewSelect(domain.Bases, nil), widget.NewSelect(styles, nil), widget.NewEntry()
	propose := func(string) { name.SetText(style.Selected + "（" + basis.Selected + "）") }
	basis.OnChanged, style.OnChanged = propose, propose
	basis.SetSelectedIndex(0)
	style.SetSelectedIndex(0)
	form := widgets.NewFormRows().Row(lang.L("按什么定级"), basis).Row(lang.L("等级名称"), style).Row(lang.L("方案名称"), name)
	records.Ask(e.host, lang.L("新建预警等级方案"), lang.L("新建"), form, nil, func() error {
		s := domain.Preset(domain.LevelStyles[style.SelectedIndex()], basis.Selected)
		s.Name = name.Text
		id := e.host.Session().NewID()
		first := true
		err := e.host.Do(assess.SaveScheme(s, func() domain.ID {
			if first {
				first = false
				return id
			}
			return e.host.Session().NewID()
		}))
		if err == nil {
			e.want = id
			e.load()
		}
		return err
	})
}

func (e *Editor) rename() {
	name := widget.NewEntry()
	name.SetText(e.scheme.Name)
	records.Ask(e.host, lang.L("方案改名"), lang.L("改名"), widgets.NewFormRows().Row(lang.L("名称"), name), name, func() error {
		return e.save(func(s *domain.LevelScheme) { s.Name = name.Text })
	})
}

func (e *Editor) drop() {
	if err := e.host.Session().Pilot.MayEditScheme(e.scheme); err != nil {
		e.host.Report(err)
		return
	}
	widgets.Confirm(e.host.Window(), lang.L("删除本版"), fmt.Sprintf(lang.L("删除“%s”第%d版？可以撤销。"), e.scheme.Name, e.scheme.Version), lang.L("删除"), func() {
		if err := e.host.Do(edit.Delete(domain.KindScheme, e.scheme.ID)); err != nil {
			e.host.Report(err)
		}
	})
}
