package monitor

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/report"
	"lianshao/app/trend"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// raisedTab lists the warning level of every point that is assessed or watched: the
// highest of assessment, rule and trend, and which of the three raised it.
type raisedTab struct {
	host page.Host
	rows []raisedRow
	says *widgets.Prose
	head *widget.Label
	grid *widgets.DataGrid
	root fyne.CanvasObject
}

type raisedRow struct {
	point *domain.RiskPoint
	trend.Raised
}

func newRaisedTab(h page.Host) *raisedTab {
	t := &raisedTab{host: h, says: widgets.NewProse(""), head: widget.NewLabel("")}
	t.head.TextStyle.Bold = true
	level := func(id, title, sub string) widgets.Column {
		return widgets.Column{ID: id, Title: title, Subtitle: sub, Width: 84}
	}
	t.grid = widgets.NewDataGrid([]widgets.Column{{ID: "point", Title: lang.L("风险点"), Width: 240, Grow: true, Fixed: true}, {ID: "unit", Title: lang.L("部门"), Width: 150},
		level("assessed", lang.L("评估"), lang.L("最近一轮")), level(trend.ByRule, lang.L("规则"), lang.L("读数超阈值")), level(trend.ByTrend, lang.L("趋势"), lang.L("显著恶化")),
		level("level", lang.L("预警等级"), lang.L("取最高")), {ID: "by", Title: lang.L("由谁提高"), Width: 110}}, t)
	t.grid.OnSelect = func(row int) { t.tell(row) }
	t.grid.OnActivate = func(row int) { h.Go(page.RiskPoints, report.FilterPoint+string(t.rows[row].point.ID)) }
	next := widget.NewButton(lang.L("去签发预警"), func() { h.Go(page.Warnings, "") })
	next.Importance = widget.LowImportance
	bar := container.NewHBox(t.head, layout.NewSpacer(), next, records.PaperButton(h, lang.L("监测预测表"), "monitors"))
	t.root = container.NewBorder(bar, widgets.Room(0, 66, t.says), nil, nil, t.grid)
	t.load()
	return t
}

// load computes the levels, those that were raised first, then the gravest.
func (t *raisedTab) load() {
	s := t.host.Session()
	res := s.Result(0)
	t.rows = nil
	raised := 0
	for _, pt := range s.Pilot.ActivePoints() {
		r := trend.Raise(s.Pilot, res, pt)
		if r.Level.Label == "" {
			continue
		}
		if r.Higher() {
			raised++
		}
		t.rows = append(t.rows, raisedRow{pt, r})
	}
	slices.SortStableFunc(t.rows, func(a, b raisedRow) int {
		if a.Higher() != b.Higher() {
			return map[bool]int{true: -1, false: 1}[a.Higher()]
		}
		return b.Level.Severity - a.Level.Severity
	})
	switch {
	case res == nil:
		t.head.SetText(lang.L("还没有评估：等级的名称和高低由评估的等级方案决定，请先评估一轮。"))
	default:
		t.head.SetText(fmt.Sprintf(lang.L("按%s：%d 个风险点有预警等级，其中 %d 个由监测提高"), res.Round.Title(), len(t.rows), raised))
	}
	t.grid.Refresh()
	row, _ := t.grid.Current()
	t.tell(row)
}

// tell says what the level of a row rests on.
func (t *raisedTab) tell(row int) {
	if row < 0 || row >= len(t.rows) {
		t.says.SetText("")
		return
	}
	r := &t.rows[row]
	var why []string
	for _, c := range r.Causes {
		why = append(why, fmt.Sprintf("%s：%s（%s）", c.By, c.Text, c.Level.Label))
	}
	t.says.SetText(fmt.Sprintf(lang.L("%s %s：预警等级“%s”，由%s决定。%s。"), r.point.Code, r.point.Name, r.Level.Label, joined(r.By), strings.Join(why, "；")))
}

func joined(by []string) string { return strings.Join(by, "、") }

// Len implements widgets.Source.
func (t *raisedTab) Len() int { return len(t.rows) }

// Cell implements widgets.Source.
func (t *raisedTab) Cell(row int, col string) widgets.Cell {
	r := &t.rows[row]
	switch col {
	case "point":
		return widgets.Cell{Text: r.point.Code + " " + r.point.Name}
	case "unit":
		return widgets.Cell{Text: t.host.Session().Pilot.NameOf(domain.KindUnit, r.point.Unit)}
	}
	return raisedCell(r.Raised, col)
}

// changed recomputes when anything that a level rests on may have changed.
func (t *raisedTab) changed(e app.Event) {
	if e.Touches(domain.KindMonitor, domain.KindReading, domain.KindRating, domain.KindAssessment, domain.KindScheme, domain.KindSystem, domain.KindRiskPoint) {
		t.load()
	}
}
