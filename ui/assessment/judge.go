package assessment

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/assess"
	"lianshao/app/judge"
	"lianshao/app/report"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// judgeTab shows the 指标检验报告 of the round that the scores show.
type judgeTab struct {
	host   page.Host
	round  func() *domain.Assessment
	open   func(id, arg string)
	list   *widget.Select // the rounds, as the scores show them
	of     domain.ID      // round of the report
	fresh  bool
	report judge.Report
	rounds *widget.Select
	title  *widget.Label
	grid   *widgets.DataGrid
	why    *widgets.Prose // the selected indicator's verdict
	all    *widgets.Prose // the summary
	side   *judgeSide
	empty  *widget.Label
	body   fyne.CanvasObject
	root   *fyne.Container
}

func newJudgeTab(h page.Host, scores *Page, open func(id, arg string)) *judgeTab {
	j := &judgeTab{host: h, open: open, round: scores.current, list: scores.round, rounds: widget.NewSelect(nil, nil), title: widget.NewLabel(""), why: widgets.NewProse(""), all: widgets.NewProse(""), empty: widget.NewLabel("")}
	j.title.TextStyle.Bold, j.why.TextStyle.Bold = true, true
	j.empty.Alignment = fyne.TextAlignCenter
	j.rounds.OnChanged = func(string) { j.choose(j.rounds.SelectedIndex()) }
	j.grid = widgets.NewDataGrid(judgeColumns(), j)
	j.grid.Frozen = 1
	j.grid.OnSelect = func(int) { j.explain() }
	next := widget.NewButton(lang.L("按建议生成下一版"), j.propose)
	bar := container.NewHBox(widget.NewLabel(lang.L("轮次")), j.rounds, j.title, layout.NewSpacer(), next, records.PaperButton(h, lang.L("指标检验报告"), "indicator-check"))
	j.side = newJudgeSide(h, container.NewVScroll(container.NewVBox(j.why, j.all)))
	j.body = container.NewBorder(bar, nil, nil, nil, widgets.NewVSplitter(j.grid, j.side.tabs, 0.52))
	j.root = container.NewStack(j.body)
	return j
}

func judgeColumns() []widgets.Column {
	num := func(id, title, sub string, width float32) widgets.Column {
		return widgets.Column{ID: id, Title: title, Subtitle: sub, Width: width, Align: widgets.AlignRight}
	}
	return []widgets.Column{
		{ID: "name", Title: lang.L("指标"), Width: 168, Fixed: true},
		{ID: "verdict", Title: lang.L("结论"), Width: 72},
		num("weight", lang.L("权重"), lang.L("占全部"), 70),
		num("itemtotal", lang.L("题总相关"), lang.L("应≥0.30"), 78),
		num("alpha", lang.L("删后 α"), lang.L("应≤总 α"), 78),
		num("cv", lang.L("变异系数"), lang.L("应≥0.10"), 78),
		num("d", lang.L("区分度"), lang.L("应≥0.20"), 78),
		num("floor", lang.L("最低分"), lang.L("占比"), 64),
		num("ceiling", lang.L("最高分"), lang.L("占比"), 64),
		num("icc", "ICC", lang.L("应≥0.40"), 76),
		num("w", "W", lang.L("评分人"), 64),
		num("twin", lang.L("最高相关"), lang.L("应＜0.90"), 82),
		num("flips", lang.L("改变等级"), lang.L("权重±10%"), 82),
		{ID: "reason", Title: lang.L("理由"), Width: 120, Grow: true},
	}
}

// Content implements tab.
func (j *judgeTab) Content() fyne.CanvasObject { return j.root }

// Focus implements tab.
func (j *judgeTab) Focus() { j.grid.Focus() }

// Show implements tab.
func (j *judgeTab) Show(string) {}

// Changed implements tab.
func (j *judgeTab) Changed(app.Event) { j.Look(true) }

// Look implements tab: it shows the round that the scores show.
func (j *judgeTab) Look(stale bool) {
	if stale {
		j.fresh = false
	}
	// set without OnChanged: both tabs show the same round
	j.rounds.Options, j.rounds.Selected = j.list.Options, j.list.Selected
	j.rounds.Refresh()
	j.load()
}

// choose takes another round, for the scores too.
func (j *judgeTab) choose(i int) {
	j.list.SetSelectedIndex(i)
	j.Look(false)
}

// load computes the report of the current round unless it is there already.
func (j *judgeTab) load() {
	a := j.round()
	if a == nil {
		j.say(lang.L("还没有评估：有了评分，才能检验指标是否科学、有效。"))
		return
	}
	if j.fresh && j.of == a.ID {
		return
	}
	s := j.host.Session()
	res := s.Result(a.No)
	if err := judge.Ready(res); err != nil {
		j.say(app.Sentence(err))
		return
	}
	var err error
	work := func() { j.report, err = judge.Indicators(s.Pilot, res) }
	if len(res.Points) <= agreementTyped {
		work()
		j.show(a, err)
		return
	}
	j.host.Work(lang.L("正在检验指标"), func(context.Context, func(done, total int)) error { work(); return err },
		func(err error) { j.show(a, err) })
}

// say shows a sentence instead of the table.
func (j *judgeTab) say(text string) {
	j.fresh = false
	j.report = judge.Report{}
	j.empty.SetText(text)
	j.root.Objects = []fyne.CanvasObject{toRounds(j.empty, j.open)}
	j.root.Refresh()
}

func (j *judgeTab) show(a *domain.Assessment, err error) {
	if err != nil {
		j.say(app.Sentence(err))
		return
	}
	j.of, j.fresh = a.ID, true
	r := &j.report
	alpha := "—"
	if r.Alpha != nil {
		alpha = fmt.Sprintf("%.4f", *r.Alpha)
	}
	j.title.SetText(fmt.Sprintf("n＝%d　α＝%s", r.Points, alpha))
	j.all.SetText(strings.Join(append(r.Summary(), judge.Rules()), "\n"))
	j.root.Objects = []fyne.CanvasObject{j.body}
	j.grid.Refresh()
	j.side.show(r)
	j.explain()
	j.root.Refresh()
}

// explain says the selected indicator's verdict in full.
func (j *judgeTab) explain() {
	row, _ := j.grid.Current()
	if row < 0 || row >= len(j.report.Items) {
		j.why.SetText("")
		return
	}
	it := &j.report.Items[row]
	j.why.SetText(fmt.Sprintf("%s %s：%s。%s", it.Code, it.Name, it.Verdict, it.Reason))
}

// propose stores the next version as the test suggests and opens it in the editor.
func (j *judgeTab) propose() {
	s := j.host.Session()
	next, err := assess.Propose(s.Pilot, &j.report)
	if err == nil {
		id := s.NewID()
		if err = j.host.Do(assess.SaveSystem(next, func() domain.ID { return id })); err == nil {
			j.host.Toast(fmt.Sprintf(lang.L("已按检验建议生成第%d版草稿，请逐项改好再提交审议"), next.Version))
			j.open(SystemsTab, string(id))
		}
	}
	if err != nil {
		j.host.Report(err)
	}
}

// Len implements widgets.Source.
func (j *judgeTab) Len() int { return len(j.report.Items) }

var verdictColors = map[judge.Verdict]string{judge.Keep: "green", judge.Change: "yellow", judge.Merge: "blue", judge.Remove: "red"}

// Cell implements widgets.Source.
func (j *judgeTab) Cell(row int, column string) widgets.Cell {
	it := &j.report.Items[row]
	if column == "verdict" {
		return widgets.Cell{Text: string(it.Verdict), Bold: it.Verdict != judge.Keep, Color: report.LevelColor(verdictColors[it.Verdict])}
	}
	return widgets.Cell{Text: judgeText(it, column)}
}

func judgeText(it *judge.Item, column string) string {
	switch column {
	case "name":
		return it.Code + " " + it.Name
	case "weight":
		return fmt.Sprintf("%.4f", it.Weight)
	case "itemtotal":
		return report.JudgeFigure("%.3f", it.ItemTotal)
	case "alpha":
		return report.JudgeFigure("%.4f", it.AlphaDeleted)
	case "cv":
		return report.JudgeFigure("%.3f", it.CV)
	case "d":
		return report.JudgeFigure("%.2f", it.D)
	case "floor":
		return fmt.Sprintf("%.0f%%", it.Floor*100)
	case "ceiling":
		return fmt.Sprintf("%.0f%%", it.Ceiling*100)
	case "icc":
		return report.JudgeFigure("%.2f", it.ICC)
	case "w":
		return report.JudgeFigure("%.2f", it.W)
	case "twin":
		return report.JudgeTwin(it)
	case "flips":
		return report.JudgeFlips(it)
	}
	return it.Reason
}
