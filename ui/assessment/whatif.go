package assessment

import (
	"fmt"
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/assess"
	"lianshao/app/edit"
	"lianshao/app/report"
	"lianshao/app/report/chart"
	"lianshao/app/report/draw"
	"lianshao/app/whatif"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/pen"
	"lianshao/ui/widgets"
)

// whatIfTab is the sandbox 试算: scores, weights and the completion of measures are
// changed, levels follow, and nothing is stored.
type whatIfTab struct {
	host    page.Host
	open    func(id, arg string)
	scores  *Page // shares the chosen round
	rounds  *widget.Select
	who     *widget.Select
	box     *whatif.Sandbox
	effects whatif.Effects
	of      domain.ID
	grid    *widgets.DataGrid
	weights *weightTable
	moved   *moved
	counts  *pen.Chart
	tried   *widgets.Prose
	back    *widgets.Button // takes the last step back
	reset   *widgets.Button
	empty   *widget.Label
	body    fyne.CanvasObject
	root    *fyne.Container
}

func newWhatIfTab(h page.Host, scores *Page, open func(id, arg string)) *whatIfTab {
	t := &whatIfTab{host: h, open: open, scores: scores, rounds: widget.NewSelect(nil, nil), who: widget.NewSelect(nil, nil), tried: widgets.NewProse(""), empty: widget.NewLabel("")}
	t.empty.Alignment = fyne.TextAlignCenter
	t.rounds.OnChanged = func(string) { scores.round.SetSelectedIndex(t.rounds.SelectedIndex()); t.Look(false) }
	t.who.OnChanged = func(string) { t.grid.Refresh() }
	t.grid = widgets.NewDataGrid(nil, t)
	t.grid.Frozen = 2
	t.grid.OnEdit = t.edit
	t.grid.OnPaste = t.paste
	t.weights = newWeightTable(t)
	t.moved = newMoved(t)
	t.counts = pen.NewChart(fyne.NewSize(240, 110), func(w, hh float64) draw.Drawing { return chart.Layout(t.levels(), w, hh, h.Metrics()) })
	t.back = widgets.NewButton(lang.L("退一步"), func() { t.box.Undo(); t.show() })
	t.reset = widgets.NewMainButton(lang.L("复位"), func() { t.box.Reset(); t.show() })
	banner := widget.NewLabelWithStyle(lang.L("试算：这里的改动都不保存，只看等级会怎样变。"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	banner.Importance = widget.WarningImportance
	head := container.NewHBox(banner, layout.NewSpacer(), widget.NewLabel(lang.L("轮次")), t.rounds, widget.NewLabel(lang.L("改谁的评分")), t.who, t.back, t.reset)
	says := container.NewVScroll(t.tried)
	says.SetMinSize(fyne.NewSize(0, 116))
	right := widgets.NewVSplitter(widgets.NewHSplitter(t.weights.grid, t.moved.root, 0.46), container.NewBorder(nil, says, nil, nil, t.counts), 0.55)
	split := widgets.NewHSplitter(t.grid, right, h.Prefs().FloatWithFallback("split.whatif", 0.5))
	split.OnMoved = func(o float64) { h.Prefs().SetFloat("split.whatif", o) }
	t.body = container.NewBorder(head, nil, nil, nil, split)
	t.root = container.NewStack()
	return t
}

// Content implements tab.
func (t *whatIfTab) Content() fyne.CanvasObject { return t.root }

// Focus implements tab.
func (t *whatIfTab) Focus() {
	if t.box != nil {
		t.grid.Focus()
	}
}

// Show implements tab.
func (t *whatIfTab) Show(string) {}

// Changed implements tab: what was tried stood on what has changed now.
func (t *whatIfTab) Changed(app.Event) { t.Look(true) }

// Look implements tab.
func (t *whatIfTab) Look(stale bool) {
	a := t.scores.current()
	if a == nil {
		t.say(lang.L("还没有评估：有了评分，才能试算。"))
		return
	}
	t.rounds.Options, t.rounds.Selected = t.scores.round.Options, t.scores.round.Selected
	t.rounds.Refresh()
	if !stale && t.box != nil && t.of == a.ID {
		return
	}
	s := t.host.Session()
	t.effects = whatif.EffectsOf(s.Pilot, s.Result(1), s.Result(0))
	box, err := whatif.New(s.Pilot, a, t.effects)
	if err != nil {
		t.say(app.Sentence(err))
		return
	}
	t.box, t.of = box, a.ID
	who := []string{lang.L("全体评分人")}
	for _, x := range a.Assessors {
		who = append(who, x.Name)
	}
	t.who.Options, t.who.Selected = who, who[0]
	t.who.Refresh()
	t.root.Objects = []fyne.CanvasObject{t.body}
	t.grid.SetColumns(t.columns())
	t.show()
	t.root.Refresh()
}

func (t *whatIfTab) say(text string) {
	t.box = nil
	t.empty.SetText(text)
	t.root.Objects = []fyne.CanvasObject{toRounds(t.empty, t.open)}
	t.root.Refresh()
}

// show brings everything up to date with the sandbox.
func (t *whatIfTab) show() {
	t.grid.Refresh()
	t.weights.grid.Refresh()
	t.moved.load()
	t.counts.Update()
	effects := lang.L("措施的效果") + t.effects.Source + "。"
	steps := t.box.Steps()
	if len(steps) == 0 {
		t.back.Disable()
		t.reset.Disable()
		t.tried.SetText(t.box.Summary() + effects)
		return
	}
	t.back.Enable()
	t.reset.Enable()
	t.tried.SetText(t.box.Summary() + "\n" + lang.L("试了：") + strings.Join(steps, "；") + "。\n" + effects)
}

// assessor is whose marks are changed; "" = all of them at once.
func (t *whatIfTab) assessor() string {
	if t.who.SelectedIndex() <= 0 {
		return ""
	}
	return t.who.Selected
}

// completions are what measures may be found to be.
var completions = []string{domain.ResultDone, domain.ResultPartly, domain.ResultNot}

const (
	colStatus = "#status"
	colWas    = "#was"
	colNow    = "#now"
)

func (t *whatIfTab) columns() []widgets.Column {
	cols := []widgets.Column{{ID: "#name", Title: lang.L("风险点"), Width: 150, Fixed: true}, {ID: colNow, Title: lang.L("试算"), Width: 84, Fixed: true}, {ID: colWas, Title: lang.L("现在"), Width: 84},
		{ID: colStatus, Title: lang.L("措施落实"), Width: 82, Editable: true, Options: completions}}
	for i, inds := 0, t.box.Result().PointSys.Indicators(); i < len(inds); i++ {
		ind := &inds[i]
		cols = append(cols, widgets.Column{ID: ind.Code, Title: ind.Code, Subtitle: ind.Name, Width: 74, Align: widgets.AlignRight, Editable: true,
			Instant: func(r rune) (string, bool) { return instant(ind, r) }})
	}
	return cols
}

// Len implements widgets.Source.
func (t *whatIfTab) Len() int {
	if t.box == nil {
		return 0
	}
	return len(t.box.Result().Points)
}

// Cell implements widgets.Source.
func (t *whatIfTab) Cell(row int, col string) widgets.Cell {
	is := &t.box.Result().Points[row]
	was := t.box.Before().Of(is.Point.ID)
	switch col {
	case "#name":
		return widgets.Cell{Text: is.Point.Code + " " + is.Point.Name}
	case colWas:
		return valueCell(was, false)
	case colNow:
		return valueCell(is, was == nil || was.Level.Label != is.Level.Label)
	case colStatus:
		return widgets.Cell{Text: t.box.Pilot().MeasureStatus(is.Point.ID)}
	}
	return t.mark(is, was, col)
}

func valueCell(o *domain.PointOutcome, bold bool) widgets.Cell {
	if o == nil || !o.Complete {
		return widgets.Cell{Text: lang.L("未评完"), Muted: true}
	}
	return widgets.Cell{Text: fmt.Sprintf("%.2f %s", o.Index, o.Level.Label), Color: report.LevelColor(o.Level.Color), Bold: bold}
}

// mark is the mean, or one assessor's mark; what differs from the stored is bold.
func (t *whatIfTab) mark(is, was *domain.PointOutcome, col string) widgets.Cell {
	k := t.box.Result().PointSys.Find(col)
	if k < 0 {
		return widgets.Cell{}
	}
	differs := was != nil && k < len(was.Means) && was.Means[k] != is.Means[k]
	if who := t.assessor(); who != "" {
		mk := domain.Blank
		if r, ok := t.box.Pilot().RatingOf(t.box.Before().Round, domain.TargetPoint, is.Point.ID); ok {
			if line := r.Row(who); line != nil && k < len(line.Marks) {
				mk = line.Marks[k]
			}
		}
		ind := t.box.Result().PointSys.Indicators()[k]
		return widgets.Cell{Text: edit.FormatMark(&ind, mk), Bold: differs}
	}
	if math.IsNaN(is.Means[k]) {
		return widgets.Cell{Text: "—", Muted: true}
	}
	return widgets.Cell{Text: fmt.Sprintf("%.2f", is.Means[k]), Bold: differs}
}

// EditText implements widgets.EditSource: a mean is no mark to start from.
func (t *whatIfTab) EditText(row int, col string) string {
	if col == colStatus || t.assessor() != "" {
		return t.Cell(row, col).Text
	}
	return ""
}

func (t *whatIfTab) edit(row int, col, text string) error {
	err := t.try(row, col, text)
	if err == nil {
		t.show()
	}
	return err
}

func (t *whatIfTab) try(row int, col, text string) error {
	id := t.box.Result().Points[row].Point.ID
	if col == colStatus {
		return t.complete(id, strings.TrimSpace(text))
	}
	return t.rate(id, col, text)
}

// paste tries a block as one step.
func (t *whatIfTab) paste(b *widgets.Block) error {
	err := t.box.Together(fmt.Sprintf(lang.L("粘贴了 %d 行"), len(b.Cells)), func() error {
		return b.Each(func(row int, col, text string) error {
			if col != colStatus && t.box.Result().PointSys.Find(col) < 0 {
				return app.E(app.CodeInvalid, "这一栏由程序算出，不能粘贴“%s”", strings.TrimSpace(text))
			}
			return t.try(row, col, text)
		})
	})
	if err == nil {
		t.show()
	}
	return err
}

func (t *whatIfTab) rate(point domain.ID, col, text string) error {
	k := t.box.Result().PointSys.Find(col)
	if k < 0 {
		return nil
	}
	ind := t.box.Result().PointSys.Indicators()[k]
	mk, err := edit.ParseMark(&ind, text)
	if err != nil {
		return err
	}
	if who := t.assessor(); who != "" {
		return t.box.SetMark(point, who, k, mk)
	}
	return t.box.SetMarks(point, k, mk)
}

// complete tries a completion of all measures of a point.
func (t *whatIfTab) complete(point domain.ID, result string) error {
	measures := t.host.Session().Pilot.Measures.By(domain.ByPoint, point)
	if len(measures) == 0 {
		return app.E(app.CodeInvalid, "这个风险点还没有防范措施，请先到“防范措施”登记，再试算落实情况")
	}
	return t.box.Together(fmt.Sprintf(lang.L("%s：措施都%s"), t.box.Result().Of(point).Point.Code, result), func() error {
		for _, m := range measures {
			if err := t.box.SetMeasure(m.ID, result); err != nil {
				return err
			}
		}
		return nil
	})
}

// levels counts the points per level now and in the sandbox.
func (t *whatIfTab) levels() chart.Model {
	s := &chart.Stacked{Unit: lang.L("个"), NoTotal: true}
	if t.box == nil {
		return s
	}
	ordered := t.box.Before().Scheme.Ordered()
	for _, l := range ordered {
		s.Series = append(s.Series, chart.Series{Label: l.Label, Color: report.LevelColor(l.Color)})
	}
	for _, x := range []struct {
		name string
		res  *domain.RoundResult
	}{{lang.L("现在"), t.box.Before()}, {lang.L("试算"), t.box.Result()}} {
		row := chart.StackRow{Label: x.name}
		n := x.res.LevelCounts()
		for _, l := range ordered {
			row.Parts = append(row.Parts, chart.Part{Count: n[l.Label]})
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// weightTable shows the weights of the indicators in the whole, stored and tried.
type weightTable struct {
	t    *whatIfTab
	grid *widgets.DataGrid
}

func newWeightTable(t *whatIfTab) *weightTable {
	w := &weightTable{t: t}
	w.grid = widgets.NewDataGrid([]widgets.Column{{ID: "name", Title: lang.L("指标"), Width: 90, Grow: true},
		{ID: "was", Title: lang.L("总权重"), Width: 66, Align: widgets.AlignRight}, {ID: "is", Title: lang.L("试算"), Width: 66, Align: widgets.AlignRight, Editable: true}}, w)
	w.grid.OnEdit = func(row int, _, text string) error {
		err := w.try(row, text)
		if err == nil {
			t.show()
		}
		return err
	}
	w.grid.NoPaste = lang.L("改一个权重，其余的按比例跟着变，所以权重只能一个一个试，不能整块粘贴")
	return w
}

func (w *weightTable) try(row int, text string) error {
	v, ok := assess.ParseShare(text)
	if !ok {
		return app.E(app.CodeInvalid, "权重应为 0～1 的小数或百分数，现为“%s”", text)
	}
	return w.t.box.SetWeight(w.t.box.Result().PointSys.Indicators()[row].Code, v)
}

// Len implements widgets.Source.
func (w *weightTable) Len() int {
	if w.t.box == nil || !w.t.box.Before().Round.Rule.Weighs() {
		return 0
	}
	return len(w.t.box.Result().PointSys.Indicators())
}

// Cell implements widgets.Source.
func (w *weightTable) Cell(row int, col string) widgets.Cell {
	box := w.t.box
	switch col {
	case "name":
		ind := box.Result().PointSys.Indicators()[row]
		return widgets.Cell{Text: ind.Code + " " + ind.Name}
	case "was":
		return widgets.Cell{Text: fmt.Sprintf("%.4f", box.Before().PointSys.GlobalWeights()[row]), Muted: true}
	}
	was, is := box.Before().PointSys.GlobalWeights()[row], box.Result().PointSys.GlobalWeights()[row]
	return widgets.Cell{Text: fmt.Sprintf("%.4f", is), Bold: math.Abs(was-is) > 1e-9}
}

// moved lists the points whose level moves.
type moved struct {
	t     *whatIfTab
	title *widget.Label
	grid  *widgets.DataGrid
	list  []whatif.Move
	root  fyne.CanvasObject
}

func newMoved(t *whatIfTab) *moved {
	m := &moved{t: t, title: widget.NewLabel("")}
	m.title.TextStyle.Bold = true
	m.grid = widgets.NewDataGrid([]widgets.Column{{ID: "name", Title: lang.L("会变级的"), Width: 100, Grow: true}, {ID: "was", Title: lang.L("现在"), Width: 58}, {ID: "is", Title: lang.L("试算"), Width: 58}}, m)
	m.root = container.NewBorder(m.title, nil, nil, nil, m.grid)
	return m
}

func (m *moved) load() {
	m.list = m.t.box.Moves()
	m.title.SetText(fmt.Sprintf(lang.L("变级 %d 个"), len(m.list)))
	m.grid.Refresh()
}

// Len implements widgets.Source.
func (m *moved) Len() int { return len(m.list) }

// Cell implements widgets.Source.
func (m *moved) Cell(row int, col string) widgets.Cell {
	x := m.list[row]
	level := func(l domain.Level) widgets.Cell {
		if l.Label == "" {
			return widgets.Cell{Text: "—", Muted: true}
		}
		return widgets.Cell{Text: l.Label, Color: report.LevelColor(l.Color)}
	}
	switch col {
	case "name":
		if pt, ok := m.t.host.Session().Pilot.RiskPoints.Get(x.Point); ok {
			return widgets.Cell{Text: x.Code + " " + pt.Name}
		}
		return widgets.Cell{Text: x.Code}
	case "was":
		return level(x.Was)
	}
	return level(x.Is)
}
