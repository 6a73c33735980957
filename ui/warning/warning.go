// Package warning is the page 预警: the levels as charts, and the papers issued
// because of them.
package warning

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
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
		records.Part{ID: "register", Title: "预警通知书", Content: p.board.content, Show: p.board.reveal, Holds: p.holds},
		holidays(p.host))
	p.fill()
	p.update()
	return p
}

// holds reports whether a record is an issued warning.
func (p *Page) holds(id domain.ID) bool {
	_, ok := p.host.Session().Pilot.Warnings.Get(id)
	return ok
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
	left := container.NewBorder(container.NewVBox(title("各等级风险点"), counts, title("各部门"), units), nil, nil, nil,
		container.NewBorder(title("风险矩阵（可能性×影响程度，自评）"), nil, nil, nil, matrix))
	right := container.NewBorder(title("各岗位"), nil, nil, nil, posts)
	bar := container.NewHBox(widget.NewLabel(lang.L("轮次")), p.round, layout.NewSpacer(), widget.NewLabel(lang.L("点一段条形或一格，看那些风险点")))
	return container.NewBorder(bar, nil, nil, nil, container.NewGridWithColumns(2, container.NewPadded(left), container.NewPadded(right)))
}

func title(text string) fyne.CanvasObject {
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
		container.NewPadded(container.NewBorder(title("风险指数排序"), nil, nil, nil, left)),
		container.NewPadded(container.NewBorder(title("两次评估对比，反升的在前"), nil, nil, nil, right)))
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
