// Package indicator is the tab 指标体系 of the page 风险评估: the versions of the
// indicator systems, their indicators with anchors and weights, the judgement
// matrices behind the weights, and what a version changes against the last.
package indicator

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
	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// Editor shows one version of an indicator system and edits it while it is a draft.
type Editor struct {
	host     page.Host
	sys      *domain.IndicatorSystem // as stored; nil = there is none
	want     domain.ID               // to be shown at the next load
	rows     []edit.Place
	versions *widget.Select
	ids      []domain.ID // behind versions
	state    *widget.Label
	acts     *fyne.Container
	grid     *widgets.DataGrid
	sums     *widget.Label
	detail   *detail
	matrix   *matrixPanel
	diff     *widget.Label
	right    *container.AppTabs
	empty    fyne.CanvasObject
	body     fyne.CanvasObject
	root     *fyne.Container
	filling  bool
}

// New builds the tab.
func New(h page.Host) *Editor {
	e := &Editor{host: h, state: widget.NewLabel(""), acts: container.NewHBox(), sums: widget.NewLabel(""), diff: widget.NewLabel("")}
	e.versions = widget.NewSelect(nil, func(string) { e.choose() })
	e.state.TextStyle.Bold = true
	e.diff.Wrapping, e.diff.Selectable = fyne.TextWrapBreak, true
	e.sums.Wrapping = fyne.TextWrapBreak
	e.grid = e.newGrid()
	e.detail = newDetail(e)
	e.matrix = newMatrixPanel(e)
	e.right = container.NewAppTabs(
		container.NewTabItem(lang.L("内容和评分标准"), e.detail.root),
		container.NewTabItem(lang.L("权重来源"), e.matrix.root),
		container.NewTabItem(lang.L("与上一版"), container.NewVScroll(e.diff)))
	e.build()
	e.load()
	e.grid.Select(1, "") // the first indicator, which has more to show than its dimension
	return e
}

// Content is the tab.
func (e *Editor) Content() fyne.CanvasObject { return e.root }

// Focus gives the keyboard to the indicators.
func (e *Editor) Focus() {
	if e.sys != nil {
		e.grid.Focus()
	}
}

// Show opens a version by its ID.
func (e *Editor) Show(arg string) {
	if _, ok := e.host.Session().Pilot.Systems.Get(domain.ID(arg)); ok {
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

// ShowWeights brings the judgement matrices up.
func (e *Editor) ShowWeights() { e.right.SelectIndex(1) }

// Changed brings the tab up to date.
func (e *Editor) Changed(ev app.Event) {
	if ev.Touches(domain.KindSystem, domain.KindAssessment) {
		e.load()
	}
}

func (e *Editor) build() {
	low := func(text string, act func()) *widget.Button {
		b := widget.NewButton(lang.L(text), act)
		b.Importance = widget.LowImportance
		return b
	}
	add := widget.NewButtonWithIcon(lang.L("指标"), theme.ContentAddIcon(), func() { e.addIndicator() })
	add.Importance = widget.LowImportance
	dim := widget.NewButtonWithIcon(lang.L("维度"), theme.ContentAddIcon(), func() { e.do(edit.AddDimension(e.sys.ID)) })
	dim.Importance = widget.LowImportance
	head := container.NewHBox(widget.NewLabel(lang.L("版本")), container.NewGridWrap(fyne.NewSize(210, e.versions.MinSize().Height), e.versions), e.state, e.acts, layout.NewSpacer(),
		low("下一版", e.next), low("新建体系", e.create), records.PaperButton(e.host, lang.L("评估指标体系表"), "indicators"))
	tools := container.NewHBox(add, dim, low("删除", func() { e.remove(e.grid.SelectedRows()) }), low("上移", func() { e.move(-1) }), low("下移", func() { e.move(1) }),
		low("平均权重", func() { e.even(false) }), low("权重归一", func() { e.even(true) }), layout.NewSpacer(), low("改名称", e.rename), low("删除本版", e.drop))
	left := container.NewBorder(tools, e.sums, nil, nil, e.grid)
	split := widgets.NewHSplitter(left, e.right, e.host.Prefs().FloatWithFallback("split.indicator", 0.56))
	split.OnMoved = func(o float64) { e.host.Prefs().SetFloat("split.indicator", o) }
	e.body = container.NewBorder(head, nil, nil, nil, split)
	e.empty = e.emptyState()
	e.root = container.NewStack()
}

func (e *Editor) emptyState() fyne.CanvasObject {
	text := widget.NewLabelWithStyle(lang.L("指标体系说明给什么打分：维度、指标、1～5 分标准和权重。可以从《评估指标体系》导入，也可以新建。"), fyne.TextAlignCenter, fyne.TextStyle{})
	add := func(target string) func() {
		return func() {
			if err := e.add(target); err != nil {
				e.host.Report(err)
			}
		}
	}
	next := widgets.NewMainButton(lang.L("导入指标体系"), func() { e.host.Go(page.Import, "") })
	row := container.NewHBox(layout.NewSpacer(), next, widgets.NewButton(lang.L("新建岗位层面体系"), add(domain.TargetPoint)), widgets.NewButton(lang.L("新建部门层面体系"), add(domain.TargetUnit)), layout.NewSpacer())
	return container.NewCenter(container.NewVBox(text, row))
}

// load shows the wanted version, else the one shown before, else the newest for points.
func (e *Editor) load() {
	p := e.host.Session().Pilot
	if e.want == "" && e.sys != nil {
		e.want = e.sys.ID
	}
	sys, ok := p.Systems.Get(e.want)
	if !ok {
		if sys = p.SystemFor(domain.TargetPoint); sys == nil {
			sys = p.SystemFor(domain.TargetUnit)
		}
	}
	e.sys, e.want = sys, ""
	if sys == nil {
		e.root.Objects = []fyne.CanvasObject{e.empty}
		e.root.Refresh()
		return
	}
	e.listVersions()
	e.rows = e.rows[:0]
	for di := range sys.Dimensions {
		e.rows = append(e.rows, edit.Place{Dim: di, Ind: -1})
		for ii := range sys.Dimensions[di].Indicators {
			e.rows = append(e.rows, edit.Place{Dim: di, Ind: ii})
		}
	}
	e.root.Objects = []fyne.CanvasObject{e.body}
	e.tellState()
	e.tellSums()
	e.tellDiff()
	e.grid.Refresh()
	e.detail.show()
	e.matrix.load()
	e.root.Refresh()
}

// listVersions fills the select, the targets apart and the newest version first.
func (e *Editor) listVersions() {
	p := e.host.Session().Pilot
	all := slices.Clone(p.Systems.All())
	slices.SortStableFunc(all, func(a, b *domain.IndicatorSystem) int {
		if a.Target != b.Target {
			return map[bool]int{true: -1, false: 1}[a.Target == domain.TargetPoint]
		}
		return b.Version - a.Version
	})
	e.ids = e.ids[:0]
	var names []string
	chosen := 0
	for i, s := range all {
		e.ids = append(e.ids, s.ID)
		names = append(names, fmt.Sprintf(lang.L("%s层面 第%d版 %s"), s.Target, s.Version, p.StateOf(s)))
		if s.ID == e.sys.ID {
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

// tellState says what can be done with the version, or why nothing can.
func (e *Editor) tellState() {
	p := e.host.Session().Pilot
	e.acts.Objects = nil
	for i, act := range p.SystemActs(e.sys) {
		b := widget.NewButton(act.Name, func() { e.moveTo(act.To) })
		if i == 0 && act.To != domain.SystemDraft {
			b.Importance = widget.HighImportance
		}
		e.acts.Add(b)
	}
	text := ""
	if rounds := p.InUse(e.sys); len(rounds) > 0 {
		text = fmt.Sprintf(lang.L("已用于%s，不能再改；要改请建下一版"), rounds[0].Title())
	}
	e.state.SetText(text)
	e.acts.Refresh()
}

// tellSums says what the weights of every group sum to.
func (e *Editor) tellSums() {
	text, good := Sums(e.sys)
	e.sums.Importance = widget.MediumImportance
	if !good {
		e.sums.Importance = widget.DangerImportance
	}
	e.sums.SetText(text)
}

// Sums says what the weights of every group of a system sum to; good = each to 1.
func Sums(s *domain.IndicatorSystem) (text string, good bool) {
	good = true
	word := func(name string, sum float64) string {
		if sum > 1-1e-6 && sum < 1+1e-6 {
			return fmt.Sprintf("%s %.3f", name, sum)
		}
		good = false
		return fmt.Sprintf(lang.L("%s %.3f（应为 1.000）"), name, sum)
	}
	total, inner := 0.0, ""
	for _, d := range s.Dimensions {
		sum := 0.0
		total += d.Weight
		for _, i := range d.Indicators {
			sum += i.Weight
		}
		inner += "　" + word(d.Code, sum)
	}
	return lang.L("权重合计：") + word(lang.L("各维度"), total) + inner, good
}

func (e *Editor) tellDiff() {
	p := e.host.Session().Pilot
	old := p.PreviousSystem(e.sys)
	if old == nil {
		e.diff.SetText(lang.L("这是第一版，没有上一版可以比较。"))
		return
	}
	head := fmt.Sprintf(lang.L("与第%d版相比："), old.Version)
	lines := e.sys.Diff(old)
	if len(lines) == 0 {
		e.diff.SetText(head + lang.L("没有不同。"))
		return
	}
	for i, l := range lines {
		head += fmt.Sprintf("\n%d. %s", i+1, l)
	}
	e.diff.SetText(head)
}

// do runs a command and shows a refusal.
func (e *Editor) do(cmd app.Command) bool {
	if err := e.host.Do(cmd); err != nil {
		e.host.Report(err)
		return false
	}
	return true
}
