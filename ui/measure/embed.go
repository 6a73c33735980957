package measure

import (
	"cmp"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
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

// embed is the tab 嵌入流程: the measures of the warned points on the left, the chart of
// the workflow's draft on the right; a tap on a step embeds the chosen measure there.
type embed struct {
	host  page.Host
	flows []*domain.Workflow // current versions
	wf    domain.ID          // the version shown
	rows  []*domain.Measure

	flow    *widget.Select
	open    *widget.Check // only those without a step
	grid    *widgets.DataGrid
	chart   *pen.View
	say     *widget.Label
	version *widget.Button
	out     *widget.Button
	root    fyne.CanvasObject
	busy    bool
}

func newEmbed(h page.Host) *embed { return &embed{host: h} }

func (e *embed) content() fyne.CanvasObject {
	e.flow = widget.NewSelect(nil, func(string) {
		if i := e.flow.SelectedIndex(); !e.busy && i >= 0 {
			e.show(e.flows[i].ID)
		}
	})
	e.open = widget.NewCheck(lang.L("只看没有嵌入的"), func(bool) { e.list() })
	e.say = widget.NewLabel("")
	e.say.Truncation = fyne.TextTruncateClip
	e.grid = widgets.NewDataGrid([]widgets.Column{{ID: "level", Title: lang.L("等级"), Width: 56}, {ID: "point", Title: lang.L("风险点"), Width: 70},
		{ID: "content", Title: lang.L("防范措施"), Width: 240, Grow: true}, {ID: "step", Title: lang.L("嵌入步骤"), Width: 150}}, e)
	e.grid.OnSelect = func(int) { e.point() }
	e.chart = pen.NewView(flow.Layout(flow.Model{}, e.host.Metrics(), flow.Options{}))
	e.chart.OnTapped = func(key string) { e.put(domain.ID(key)) }
	e.version = widget.NewButton(lang.L("建新版"), e.draft)
	e.out = widget.NewButton(lang.L("移出流程"), func() { e.put("") })
	for _, b := range []*widget.Button{e.version, e.out} {
		b.Importance = widget.LowImportance
	}
	bar := container.NewHBox(widget.NewLabel(lang.L("流程")), widgets.Room(260, 0, e.flow), e.open, e.out, layout.NewSpacer(), e.version)
	split := widgets.NewHSplitter(e.grid, container.NewBorder(e.say, nil, nil, nil, e.chart), 0.46)
	e.root = container.NewBorder(bar, nil, nil, nil, split)
	return e.root
}

func (e *embed) changed(ev app.Event) {
	if touched(ev) && e.root.Visible() && len(e.flows) > 0 {
		e.fill()
	}
}

// fill shows the workflows of the pilot, the present one if it is still there.
func (e *embed) fill() {
	p := e.host.Session().Pilot
	e.flows = p.CurrentWorkflows()
	w, ok := p.Workflows.Get(e.wf)
	if !ok && len(e.flows) > 0 {
		w = e.firstOpen()
	}
	if w == nil {
		e.say.SetText(lang.L("还没有工作流程：请先在“工作流程”里导入或绘制"))
		return
	}
	e.show(w.ID)
}

// firstOpen is the first workflow with a measure that is not embedded, else the first.
func (e *embed) firstOpen() *domain.Workflow {
	p := e.host.Session().Pilot
	for _, w := range e.flows {
		for _, m := range measuresOf(p, w) {
			if m.Step.ID == "" {
				return w
			}
		}
	}
	return e.flows[0]
}

// show is for a workflow, of which the draft comes up while there is one.
func (e *embed) show(id domain.ID) {
	p := e.host.Session().Pilot
	w, ok := p.Workflows.Get(id)
	if !ok {
		return
	}
	e.flows = p.CurrentWorkflows()
	if d := p.VersionIn(w, domain.WorkflowDraft); d != nil {
		w = d
	} else {
		w = p.CurrentVersion(w)
	}
	e.wf = w.ID
	names := make([]string, len(e.flows))
	at := -1
	for i, x := range e.flows {
		names[i] = x.Code + " " + x.Name
		if x.Name == w.Name && x.Unit.Same(w.Unit) {
			at = i
		}
	}
	e.busy = true
	e.flow.SetOptions(names)
	e.flow.SetSelectedIndex(at)
	e.busy = false
	e.version.Hidden = w.Life() == domain.WorkflowDraft
	e.version.Refresh()
	e.list()
	e.draw()
}

// measuresOf lists the measures of the active points that belong to a workflow, in
// whatever version.
func measuresOf(p *domain.Pilot, w *domain.Workflow) []*domain.Measure {
	family := map[domain.ID]bool{}
	for _, v := range p.VersionsOf(w) {
		family[v.ID] = true
	}
	var out []*domain.Measure
	for _, r := range p.RiskPoints.By(domain.ByUnit, w.Unit.ID) {
		if r.Status != domain.PointActive {
			continue
		}
		for _, m := range p.Measures.By(domain.ByPoint, r.ID) {
			at, _, placed := p.StepOf(m.Step.ID)
			if family[r.Workflow.ID] || placed && family[at.ID] || r.Workflow.IsZero() && !placed {
				out = append(out, m)
			}
		}
	}
	return out
}

// list shows the measures, those of the severest points first.
func (e *embed) list() {
	p := e.host.Session().Pilot
	w, ok := p.Workflows.Get(e.wf)
	if !ok {
		return
	}
	e.rows = slices.DeleteFunc(measuresOf(p, w), func(m *domain.Measure) bool { return e.open.Checked && m.Step.ID != "" })
	slices.SortStableFunc(e.rows, func(a, b *domain.Measure) int {
		return cmp.Or(e.level(b).Severity-e.level(a).Severity, domain.CompareCodes(p.CodeOf(domain.KindRiskPoint, a.Point), p.CodeOf(domain.KindRiskPoint, b.Point)), a.No-b.No)
	})
	e.grid.Refresh()
	e.point()
}

func (e *embed) level(m *domain.Measure) domain.Level {
	r, ok := e.host.Session().Pilot.RiskPoints.Get(m.Point.ID)
	if !ok {
		return domain.Level{}
	}
	return report.PointLevel(e.host.Session().Pilot, r, e.host.Session().Result(0))
}

// chosen is the measure under the cursor, or nil.
func (e *embed) chosen() *domain.Measure {
	row, _ := e.grid.Current()
	if row < 0 || row >= len(e.rows) {
		return nil
	}
	return e.rows[row]
}

// point says what a tap would do, and marks where the measure stands.
func (e *embed) point() {
	p := e.host.Session().Pilot
	w, ok := p.Workflows.Get(e.wf)
	m := e.chosen()
	switch {
	case !ok:
		return
	case m == nil:
		e.say.SetText(report.VersionTitle(w) + lang.L("　这个流程没有要嵌入的措施"))
	default:
		e.say.SetText(fmt.Sprintf(lang.L("%s　点图上的一步，把 %s 第%d条措施嵌到那里"), report.VersionTitle(w), p.CodeOf(domain.KindRiskPoint, m.Point), m.No))
	}
	e.draw()
}

func (e *embed) draw() {
	p := e.host.Session().Pilot
	w, ok := p.Workflows.Get(e.wf)
	if !ok {
		return
	}
	at := domain.ID("")
	if m := e.chosen(); m != nil {
		if _, s, ok := p.StepOf(m.Step.ID); ok {
			if here := w.Counterpart(s); here != nil {
				at = here.ID
			}
		}
	}
	model := report.FlowModel(p, w, e.host.Session().Result(0), at)
	model.Title = ""
	e.chart.SetDrawing(flow.Layout(model, e.host.Metrics(), flow.Options{MaxWidth: float64(e.chart.Size().Width) / 0.75}))
	if at != "" {
		e.chart.Reveal(string(at))
	}
}

// put embeds the chosen measure at a step, or takes it out.
func (e *embed) put(step domain.ID) {
	m := e.chosen()
	if m == nil {
		return
	}
	e.host.Report(e.host.Do(edit.EmbedMeasure(m.ID, step)))
}

// draft begins the next version of the workflow, into which measures are embedded.
func (e *embed) draft() {
	e.host.Report(e.host.Do(edit.NewVersion(e.wf, e.host.Session().NewID, func(id domain.ID) { e.wf = id })))
	e.fill()
}

// Len implements widgets.Source.
func (e *embed) Len() int { return len(e.rows) }

// Cell implements widgets.Source.
func (e *embed) Cell(row int, col string) widgets.Cell {
	m := e.rows[row]
	p := e.host.Session().Pilot
	switch col {
	case "level":
		l := e.level(m)
		c := widgets.Cell{Text: l.Label}
		if l.Label != "" {
			c.Color = report.LevelColor(l.Color)
		}
		return c
	case "point":
		return widgets.Cell{Text: fmt.Sprintf("%s-%d", p.CodeOf(domain.KindRiskPoint, m.Point), m.No)}
	case "content":
		return widgets.Cell{Text: m.Content}
	}
	if w, s, ok := p.StepOf(m.Step.ID); ok {
		return widgets.Cell{Text: fmt.Sprintf("%d %s", s.No, s.Name), Muted: w.ID != e.wf}
	}
	return widgets.Cell{Text: m.Step.Text, Warn: true}
}
