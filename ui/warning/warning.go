// Package warning is the page 预警: the levels as charts, and the papers issued
// because of them.
package warning

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/report"
	"lianshao/app/report/chart"
	"lianshao/app/report/draw"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/pen"
	"lianshao/ui/records"
	"lianshao/ui/theme"
	"lianshao/ui/widgets"

	"fyne.io/fyne/v2/canvas"
)

// Page is 预警.
type Page struct {
	*records.Tabs
	host   page.Host
	round  *widget.Select
	charts []*pen.Chart
	board  *board
}

// New builds the page.
func New(h page.Host) page.Page {
	p := &Page{host: h}
	p.round = widget.NewSelect(nil, func(string) { p.update() })
	p.round.PlaceHolder = lang.L("还没有评估")
	p.board = newBoard(h, p.input)
	p.Tabs = records.NewTabs(
		records.Part{ID: "levels", Title: "等级分布", Content: p.levels()},
		records.Part{ID: "ranking", Title: "排序与对比", Content: p.ranking()},
		records.Part{ID: "register", Title: "预警登记", Content: p.board.content})
	p.fill()
	p.update()
	return p
}

// fill lists the rounds; the latest is chosen.
func (p *Page) fill() {
	var names []string
	for _, a := range p.host.Session().Pilot.Assessments.All() {
		names = append(names, fmt.Sprintf("%d  %s", a.No, a.Name))
	}
	at := p.round.SelectedIndex()
	p.round.SetOptions(names)
	if len(names) > 0 && (at < 0 || at >= len(names)) {
		p.round.SetSelectedIndex(len(names) - 1)
	}
}

// input is what the charts are made of, for the chosen round.
func (p *Page) input() report.Input {
	no := 0
	if all := p.host.Session().Pilot.Assessments.All(); p.round.SelectedIndex() >= 0 && p.round.SelectedIndex() < len(all) {
		no = all[p.round.SelectedIndex()].No
	}
	return report.NewInput(p.host.Session(), no)
}

func (p *Page) chart(min fyne.Size, build func(report.Input) chart.Model) *pen.Chart {
	c := pen.NewChart(min, p.draw(build))
	p.add(c)
	return c
}

func (p *Page) draw(build func(report.Input) chart.Model) func(w, h float64) draw.Drawing {
	return func(w, h float64) draw.Drawing { return chart.Layout(build(p.input()), w, h, p.host.Metrics()) }
}

func (p *Page) add(c *pen.Chart) {
	c.OnTapped = func(key string) {
		if key != "" {
			p.host.Go(page.RiskPoints, key)
		}
	}
	p.charts = append(p.charts, c)
}

func (p *Page) levels() fyne.CanvasObject {
	counts := p.chart(fyne.NewSize(320, 70), report.LevelCounts)
	units := p.chart(fyne.NewSize(320, 110), func(in report.Input) chart.Model { return report.LevelsByUnit(in) })
	matrix := p.chart(fyne.NewSize(300, 260), func(in report.Input) chart.Model { return report.RiskMatrix(in) })
	posts, inner := pen.NewTallChart(fyne.NewSize(320, 300), p.draw(func(in report.Input) chart.Model { return report.LevelsByPost(in) }))
	p.add(inner)
	left := container.NewBorder(container.NewVBox(heading("各等级风险点"), counts, heading("各部门"), units), nil, nil, nil,
		container.NewBorder(heading("风险矩阵（可能性×影响程度，自评）"), nil, nil, nil, matrix))
	right := container.NewBorder(heading("各岗位"), nil, nil, nil, posts)
	bar := container.NewHBox(widget.NewLabel(lang.L("轮次")), p.round, layout.NewSpacer(), widget.NewLabel(lang.L("点一段条形或一格，看那些风险点")))
	return container.NewBorder(bar, nil, nil, nil, container.NewGridWithColumns(2, container.NewPadded(left), container.NewPadded(right)))
}

func heading(text string) fyne.CanvasObject {
	t := canvas.NewText(lang.L(text), theme.Accent)
	t.TextStyle.Bold = true
	return t
}

func (p *Page) ranking() fyne.CanvasObject {
	left, a := pen.NewTallChart(fyne.NewSize(320, 300), p.draw(report.Ranking))
	right, b := pen.NewTallChart(fyne.NewSize(320, 300), p.draw(report.Comparison))
	p.add(a)
	p.add(b)
	return container.NewGridWithColumns(2,
		container.NewPadded(container.NewBorder(heading("风险指数排序"), nil, nil, nil, left)),
		container.NewPadded(container.NewBorder(heading("两次评估对比，反升的在前"), nil, nil, nil, right)))
}

func (p *Page) update() {
	for _, c := range p.charts {
		c.Update()
	}
	p.board.load()
}

// Changed brings charts and register up to date.
func (p *Page) Changed(app.Event) {
	p.fill()
	p.update()
}

// board is the register: what should be warned, and what was issued.
type board struct {
	host    page.Host
	input   func() report.Input
	rows    []app.WarningDue
	grid    *widgets.DataGrid
	count   *widget.Label
	issue   *widget.Button
	content fyne.CanvasObject
}

func newBoard(h page.Host, input func() report.Input) *board {
	b := &board{host: h, input: input, count: widget.NewLabel("")}
	b.grid = widgets.NewDataGrid([]widgets.Column{
		{ID: "level", Title: lang.L("等级"), Width: 64}, {ID: "code", Title: lang.L("编号"), Width: 70}, {ID: "unit", Title: lang.L("部门"), Width: 150},
		{ID: "post", Title: lang.L("岗位"), Width: 140}, {ID: "name", Title: lang.L("风险点"), Width: 260},
		{ID: "index", Title: lang.L("风险指数"), Width: 80, Align: widgets.AlignRight}, {ID: "no", Title: lang.L("文号"), Width: 150},
		{ID: "issued", Title: lang.L("签发日期"), Width: 96}, {ID: "reply", Title: lang.L("回告期限"), Width: 96}, {ID: "state", Title: lang.L("状态"), Width: 80}}, b)
	b.grid.Frozen = 2
	b.grid.OnActivate = func(row int) { h.Go(page.RiskPoints, report.FilterPoint+string(b.rows[row].Outcome.Point.ID)) }
	b.issue = widget.NewButton(lang.L("签发预警…"), b.confirm)
	b.issue.Importance = widget.HighImportance
	print := widget.NewButton(lang.L("打印登记表"), func() { h.Go(page.Reports, "warnings") })
	bar := container.NewHBox(b.issue, print, layout.NewSpacer(), b.count)
	b.content = container.NewBorder(bar, nil, nil, nil, b.grid)
	return b
}

func (b *board) load() {
	in := b.input()
	b.rows = nil
	if in.Result != nil {
		b.rows = app.WarningsDue(in.Pilot, in.Result)
	}
	open := 0
	for _, r := range b.rows {
		if r.Issued == nil {
			open++
		}
	}
	switch {
	case in.Result == nil:
		b.count.SetText(lang.L("还没有评估结果"))
	default:
		b.count.SetText(fmt.Sprintf(lang.L("%s：应预警 %d 个，已签发 %d 个"), in.Result.Round.Name, len(b.rows), len(b.rows)-open))
	}
	if open == 0 {
		b.issue.Disable()
	} else {
		b.issue.Enable()
	}
	b.grid.Refresh()
}

// confirm asks before papers are issued: they cannot be undone.
func (b *board) confirm() {
	in := b.input()
	open := 0
	for _, r := range b.rows {
		if r.Issued == nil {
			open++
		}
	}
	text := fmt.Sprintf(lang.L("按%s的结果签发 %d 份预警，日期 %s。\n签发后不能撤销，只能解除或另发文更正。"), in.Result.Round.Name, open, in.Today)
	dialog.ShowConfirm(lang.L("签发预警"), text, func(ok bool) {
		if !ok {
			return
		}
		if err := b.host.Do(app.IssueWarnings(in.Result, in.Today, b.host.Session().NewID)); err != nil {
			b.host.Report(err)
			return
		}
		b.host.Toast(fmt.Sprintf(lang.L("已签发 %d 份预警"), open))
	}, b.host.Window())
}

// Len implements widgets.Source.
func (b *board) Len() int { return len(b.rows) }

// Cell implements widgets.Source.
func (b *board) Cell(row int, col string) widgets.Cell {
	r := b.rows[row]
	p := b.host.Session().Pilot
	pt, w := r.Outcome.Point, r.Issued
	if w == nil {
		w = &domain.Warning{State: lang.L("待签发")}
	}
	switch col {
	case "level":
		return widgets.Cell{Text: r.Outcome.Level.Label, Color: report.LevelColor(r.Outcome.Level.Color)}
	case "code":
		return widgets.Cell{Text: pt.Code}
	case "unit":
		return widgets.Cell{Text: p.NameOf(domain.KindUnit, pt.Unit)}
	case "post":
		return widgets.Cell{Text: p.NameOf(domain.KindPost, pt.Post)}
	case "name":
		return widgets.Cell{Text: pt.Name}
	case "index":
		return widgets.Cell{Text: fmt.Sprintf("%.2f", r.Outcome.Index)}
	case "no":
		return widgets.Cell{Text: w.Code}
	case "issued":
		return widgets.Cell{Text: string(w.Issued)}
	case "reply":
		return widgets.Cell{Text: string(w.ReplyBy)}
	case "state":
		return widgets.Cell{Text: w.State, Muted: r.Issued == nil}
	}
	return widgets.Cell{}
}
