package workflow

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/report"
	"lianshao/app/report/flow"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/pen"
	"lianshao/ui/widgets"
)

// Names under which the page remembers its layout.
const (
	prefList  = "workflow.split.list"
	prefForm  = "workflow.split.form"
	prefTable = "workflow.split.table"
	prefOpen  = "workflow.table.open"

	prefColumns = "workflow.table.columns"
)

// flowTab shows one workflow at a time in four ways that always agree on the
// selected step: list, chart, form, table.
type flowTab struct {
	host page.Host
	wf   domain.ID
	step domain.ID
	at   int                     // place of the selected step, to stay near when it goes
	last map[domain.ID]domain.ID // the step last selected in each workflow

	framed domain.ID // the workflow that the chart was framed for

	list     *flowList
	chart    *pen.View
	form     *stepForm
	table    *stepTable
	title    *canvas.Text
	facts    *canvas.Text
	head     *fyne.Container // title and facts
	problems *linkLine
	toggle   *widget.Button

	versions  *versionBar
	versus    *comparison // made when first looked at
	comparing bool

	root   *fyne.Container // empty state or full
	work   *fyne.Container // upper part, with the table under it when it is open
	upper  fyne.CanvasObject
	full   fyne.CanvasObject
	empty  fyne.CanvasObject
	pane   fyne.CanvasObject // chart with its toolbar
	split  *widgets.Splitter // between pane and form
	large  *widget.Button
	big    bool // the chart has the whole page
	inside bool // a refresh is running
}

func newFlowTab(h page.Host) *flowTab {
	t := &flowTab{host: h, last: map[domain.ID]domain.ID{}}
	t.list = newFlowList(t)
	t.form = newStepForm(t)
	t.table = newStepTable(t)
	t.chart = pen.NewView(flow.Layout(flow.Model{}, h.Metrics(), flow.Options{}))
	t.chart.OnTapped = func(key string) { t.selectStep(domain.ID(key)) }
	t.chart.OnMenu = t.chartMenu
	t.versions = newVersionBar(t)
	t.problems = newLinkLine("", nil, nil)
	t.toggle = widget.NewButtonWithIcon(lang.L("步骤表"), theme.MenuDropUpIcon(), t.toggleTable)
	t.toggle.Importance = widget.LowImportance
	t.build()
	return t
}

func (t *flowTab) build() {
	t.pane = container.NewBorder(container.NewVBox(t.toolbar(), t.versions.root), nil, nil, nil, container.New(&chartPlace{tab: t}, t.chart))
	t.split = widgets.NewHSplitter(t.pane, t.form.root, t.pref(prefForm, 0.693))
	t.remember(t.split, prefForm)
	bottom := container.NewBorder(nil, nil, nil, t.toggle, t.problems)
	t.upper = container.NewBorder(nil, bottom, nil, nil, t.split)
	t.work = container.NewStack()
	all := widgets.NewHSplitter(t.list.root, t.work, t.pref(prefList, 0.217))
	t.remember(all, prefList)
	t.full = all
	t.empty = widgets.NewEmptyState(lang.L("工作流程说明每件事经过哪些岗位、哪些步骤，风险点和防范措施都标在步骤上。"),
		lang.L("导入流程梳理表"), func() { t.host.Go(page.Import, "") },
		lang.L("新建流程"), func() { t.newWorkflow() })
	t.root = container.NewStack(t.empty)
	t.placeTable()
}

func (t *flowTab) toolbar() fyne.CanvasObject {
	t.title = canvas.NewText("", theme.Color(theme.ColorNameForeground))
	t.title.TextStyle.Bold = true
	t.facts = canvas.NewText("", theme.Color(theme.ColorNamePlaceHolder))
	t.facts.TextSize = theme.CaptionTextSize()
	low := func(label string, act func()) *widget.Button {
		b := widget.NewButton(label, act)
		b.Importance = widget.LowImportance
		return b
	}
	t.large = low(lang.L("大图"), t.toggleBig)
	zoom := container.NewHBox(low("－", t.chart.ZoomOut), low("＋", t.chart.ZoomIn), low(lang.L("适合"), t.chart.Fit), t.large,
		low(lang.L("打印"), func() { t.host.Go(page.Reports, "workflow") }))
	t.head = container.NewHBox(container.NewCenter(t.title), container.NewCenter(t.facts))
	return container.NewBorder(nil, nil, nil, zoom, container.New(layout.NewCustomPaddedLayout(0, 0, 8, 0), t.head))
}

func (t *flowTab) pref(key string, fallback float64) float64 {
	return t.host.Prefs().FloatWithFallback(key, fallback)
}

func (t *flowTab) remember(s *widgets.Splitter, key string) {
	s.OnMoved = func(offset float64) { t.host.Prefs().SetFloat(key, offset) }
}

func (t *flowTab) tableOpen() bool { return t.host.Prefs().BoolWithFallback(prefOpen, false) }

func (t *flowTab) toggleTable() {
	t.host.Prefs().SetBool(prefOpen, !t.tableOpen())
	t.placeTable()
	if t.tableOpen() {
		t.table.point()
		t.host.Window().Canvas().Focus(t.table.grid) // the grid itself does not know its window yet
		t.chart.Reveal(string(t.step))
	}
}

// placeTable puts the step table under the chart, or takes it away.
func (t *flowTab) placeTable() {
	if !t.tableOpen() {
		t.toggle.SetIcon(theme.MenuDropUpIcon())
		t.work.Objects = []fyne.CanvasObject{t.upper}
		t.work.Refresh()
		return
	}
	t.toggle.SetIcon(theme.MenuDropDownIcon())
	s := widgets.NewVSplitter(t.upper, t.table.grid, t.pref(prefTable, 0.6))
	t.remember(s, prefTable)
	t.work.Objects = []fyne.CanvasObject{s}
	t.work.Refresh()
}

func (t *flowTab) pilot() *domain.Pilot { return t.host.Session().Pilot }

// workflow is the one shown, nil when there is none.
func (t *flowTab) workflow() *domain.Workflow {
	w, _ := t.pilot().Workflows.Get(t.wf)
	return w
}

// selected is the selected step, nil when there is none.
func (t *flowTab) selected() *domain.Step {
	if w := t.workflow(); w != nil {
		return w.Step(t.step)
	}
	return nil
}

func (t *flowTab) wants(id domain.ID) bool {
	_, flow := t.pilot().Workflows.Get(id)
	_, _, step := t.pilot().StepOf(id)
	return flow || step
}

// selectID shows a workflow or a step; anything else is ignored.
func (t *flowTab) selectID(id domain.ID) {
	if w, _, ok := t.pilot().StepOf(id); ok {
		t.selectWorkflow(w.ID)
		t.selectStep(id)
		return
	}
	t.selectWorkflow(id)
}

func (t *flowTab) selectWorkflow(id domain.ID) {
	if _, ok := t.pilot().Workflows.Get(id); !ok || id == t.wf {
		return
	}
	t.flush()
	t.comparing = false
	t.wf, t.step, t.at = id, t.last[id], 0
	t.refresh()
}

func (t *flowTab) selectStep(id domain.ID) {
	w := t.workflow()
	if w == nil || w.Step(id) == nil || id == t.step {
		return
	}
	t.flush()
	t.step = id
	t.refresh()
	t.chart.Reveal(string(id))
}

// flush stores what was typed but not yet committed.
func (t *flowTab) flush() {
	t.form.flush()
}

func (t *flowTab) changed(e app.Event) {
	if e.Touches(domain.KindRiskPoint) {
		t.list.forgetCounts()
	}
	if e.Touches(domain.KindWorkflow, domain.KindUnit, domain.KindPost, domain.KindAuthority, domain.KindRiskPoint,
		domain.KindMeasure, domain.KindRating, domain.KindScheme, domain.KindAssessment, domain.KindSystem) {
		t.refresh()
	}
}

// refresh brings all four views to the pilot and the selection.
func (t *flowTab) refresh() {
	if t.inside {
		return
	}
	t.inside = true
	defer func() { t.inside = false }()
	t.list.rebuild()
	t.settle()
	if t.wf == "" {
		t.put(t.empty)
		return
	}
	switch {
	case t.comparing && t.versus.refresh(t.workflow()):
		t.put(t.versus.root)
		return
	case t.big:
		t.put(t.pane)
	default:
		t.put(t.full)
	}
	t.comparing = false
	t.list.point()
	t.draw()
	t.versions.load()
	t.form.load()
	t.table.load()
	t.tellProblems()
	if t.framed != t.wf {
		t.framed = t.wf
		t.frame()
		t.table.point()
	}
}

func (t *flowTab) put(o fyne.CanvasObject) {
	if t.root.Objects[0] != o {
		t.root.Objects = []fyne.CanvasObject{o}
		t.root.Refresh()
	}
}

// toggleBig gives the chart the whole page, or gives list and form their places back.
func (t *flowTab) toggleBig() {
	t.flush()
	t.big = !t.big
	label := lang.L("大图")
	if t.big {
		label = lang.L("还原")
	}
	t.large.SetText(label)
	t.refresh()
	if !t.big {
		t.split.Refresh() // the chart lay in the other place
	}
}

// settle makes sure that what is selected exists, staying near what went away.
func (t *flowTab) settle() {
	w := t.workflow()
	if w == nil {
		t.wf, t.step, t.at = t.list.near(), "", 0
		if w = t.workflow(); w == nil {
			return
		}
		t.step = t.last[t.wf]
	}
	if len(w.Steps) == 0 {
		t.step, t.at = "", 0
		return
	}
	if w.Step(t.step) == nil {
		t.step = w.Steps[min(t.at, len(w.Steps)-1)].ID
	}
	t.at = slices.IndexFunc(w.Steps, func(s domain.Step) bool { return s.ID == t.step })
	t.last[t.wf] = t.step
}

func (t *flowTab) draw() {
	w := t.workflow()
	p := t.pilot()
	m := report.FlowModel(p, w, t.host.Session().Result(0), t.step)
	m.Title = ""
	t.chart.SetDrawing(flow.Layout(m, t.host.Metrics(), flow.Options{MaxWidth: t.roomy()}))
	t.title.Text = strings.TrimSpace(w.Code + "  " + w.Name)
	t.facts.Text = fmt.Sprintf("　%s · "+lang.L("%d 步"), p.NameOf(domain.KindUnit, w.Unit), len(w.Steps))
	if n := t.list.points(w); n > 0 {
		t.facts.Text += fmt.Sprintf(" · "+lang.L("%d 个风险点"), n)
	}
	t.head.Refresh()
}

// smallestFit is the zoom down to which a whole chart is better than a part of it.
const smallestFit = 0.67

// frame shows a chart anew: at a readable size, or whole when that makes it only a
// little smaller.
func (t *flowTab) frame() {
	t.chart.Home()
	d, size := t.chart.Drawing(), t.chart.Size()
	wide := float64(size.Width) / d.W
	if wide < t.chart.Zoom() && wide >= smallestFit && float64(size.Height)/d.H >= wide {
		t.chart.Fit()
	}
	if t.at > 0 {
		t.chart.Reveal(string(t.step))
	}
}

// chartPlace lays out the chart and draws it anew for another width, with lanes as
// wide as there is room for.
type chartPlace struct {
	tab   *flowTab
	width float32
}

// MinSize implements fyne.Layout.
func (p *chartPlace) MinSize(objs []fyne.CanvasObject) fyne.Size { return objs[0].MinSize() }

// Layout implements fyne.Layout.
func (p *chartPlace) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	objs[0].Move(fyne.NewPos(0, 0))
	objs[0].Resize(size)
	if size.Width != p.width && p.tab.workflow() != nil {
		p.width = size.Width
		p.tab.draw()
		p.tab.frame()
	}
}

// roomy is the width at which the chart needs no sideways dragging yet reads well.
func (t *flowTab) roomy() float64 { return float64(t.chart.Size().Width) / 0.9 }

func (t *flowTab) tellProblems() {
	w := t.workflow()
	problems := w.Problems()
	switch {
	case len(problems) == 0:
		t.problems.set(lang.L("步骤前后相接，没有发现问题"), nil, true, nil)
	case len(problems) == 1:
		t.problems.set(problems[0].Message+"  ▸", theme.Color(theme.ColorNameWarning), false, func() { t.jump(problems[0]) })
	default:
		t.problems.set(fmt.Sprintf(lang.L("%d 个问题：%s …"), len(problems), problems[0].Message)+"  ▸", theme.Color(theme.ColorNameWarning), false,
			func() { t.problemMenu(problems) })
	}
}

func (t *flowTab) jump(p domain.Problem) {
	if w := t.workflow(); w != nil {
		if s := w.StepNo(p.Step); s != nil {
			t.selectStep(s.ID)
		}
	}
}

func (t *flowTab) problemMenu(problems []domain.Problem) {
	var items []*fyne.MenuItem
	for _, p := range problems {
		items = append(items, fyne.NewMenuItem(p.Message, func() { t.jump(p) }))
	}
	pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(t.problems)
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), t.host.Window().Canvas())
	menu.ShowAtPosition(fyne.NewPos(pos.X, max(0, pos.Y-menu.MinSize().Height)))
}

// do runs a command and reports a refusal.
func (t *flowTab) do(cmd app.Command) bool {
	if err := t.host.Do(cmd); err != nil {
		t.host.Report(err)
		return false
	}
	return true
}

// insertAfter adds a step behind another and puts the keyboard into its name.
func (t *flowTab) insertAfter(step domain.ID) {
	t.flush()
	w := t.workflow()
	if i := slices.IndexFunc(w.Steps, func(s domain.Step) bool { return s.ID == step }); i > 0 && w.Steps[i].Kind == domain.StepEnd {
		step = w.Steps[i-1].ID // nothing comes after the end
	}
	var made domain.ID
	newID := func() domain.ID { made = t.host.Session().NewID(); return made }
	if t.do(edit.AddStep(t.wf, step, lang.L("新步骤"), newID)) {
		t.selectStep(made)
		t.form.editName()
	}
}

func (t *flowTab) move(step domain.ID, by int) {
	t.flush()
	t.do(edit.MoveStep(t.wf, step, by))
}

func (t *flowTab) duplicate(step domain.ID) {
	t.flush()
	var made domain.ID
	newID := func() domain.ID { made = t.host.Session().NewID(); return made }
	if t.do(edit.DuplicateStep(t.wf, step, newID)) {
		t.selectStep(made)
		t.form.editName()
	}
}

func (t *flowTab) remove(steps ...domain.ID) {
	t.form.drop()
	if t.do(edit.DeleteStep(t.wf, steps...)) {
		t.host.Toast(fmt.Sprintf(lang.L("已删除 %d 个步骤，可按 Ctrl+Z 撤销"), len(steps)))
	}
}
