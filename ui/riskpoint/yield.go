package riskpoint

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/report"
	"lianshao/app/report/chart"
	"lianshao/app/report/draw"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/pen"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// yield is the tab 来源渠道: what each channel found, as a chart and as a table.
type yield struct {
	host  page.Host
	unit  *widget.Select
	units []*domain.Unit
	rows  []report.ChannelRow
	grid  *widgets.DataGrid
	chart *pen.Chart
	busy  bool
}

func newYield(h page.Host) *yield { return &yield{host: h} }

func (y *yield) content() fyne.CanvasObject {
	y.unit = widget.NewSelect(nil, func(string) {
		if !y.busy {
			y.load()
		}
	})
	number := func(id, title string) widgets.Column {
		return widgets.Column{ID: id, Title: title, Width: 130, Align: widgets.AlignRight}
	}
	y.grid = widgets.NewDataGrid([]widgets.Column{{ID: "channel", Title: lang.L("来源渠道"), Width: 140}, number("found", lang.L("找到的风险点")), number("only", lang.L("只由它找到")),
		number("anonymous", lang.L("其中匿名")), number("warned", lang.L("其中预警")), number("top", lang.L("其中最高一级"))}, y)
	y.chart = pen.NewChart(fyne.NewSize(400, 180), func(w, h float64) draw.Drawing {
		m := &chart.Counts{}
		for _, r := range y.rows {
			m.Items = append(m.Items, chart.Count{Label: r.Channel, Value: r.Found, Color: chart.Accent})
		}
		return chart.Layout(m, w, h, y.host.Metrics())
	})
	bar := container.NewHBox(widget.NewLabel(lang.L("部门")), widgets.Room(180, 0, y.unit), records.PrintButton(y.host, "channels"), layout.NewSpacer(),
		widget.NewLabel(lang.L("一个风险点由几个渠道找到的，各渠道都计")))
	return container.NewBorder(bar, nil, nil, nil, widgets.NewVSplitter(container.NewPadded(y.chart), y.grid, 0.4))
}

func (y *yield) input() report.Input { return report.NewInput(y.host.Session(), 0) }

func (y *yield) fill() {
	y.units = y.host.Session().Pilot.Units.All()
	names := []string{lang.L(everything)}
	for _, u := range y.units {
		names = append(names, u.Name)
	}
	y.busy = true
	at := max(y.unit.SelectedIndex(), 0)
	y.unit.SetOptions(names)
	y.unit.SetSelectedIndex(min(at, len(names)-1))
	y.busy = false
	y.load()
}

func (y *yield) load() {
	unit := domain.ID("")
	if i := y.unit.SelectedIndex(); i > 0 {
		unit = y.units[i-1].ID
	}
	y.rows = report.ChannelRows(y.input(), unit)
	y.chart.Update()
	y.grid.Refresh()
}

// Len implements widgets.Source.
func (y *yield) Len() int { return len(y.rows) }

// Cell implements widgets.Source.
func (y *yield) Cell(row int, col string) widgets.Cell {
	r := &y.rows[row]
	n := map[string]int{"found": r.Found, "only": r.Only, "anonymous": r.Anonymous, "warned": r.Warned, "top": r.Top}
	if col == "channel" {
		return widgets.Cell{Text: r.Channel}
	}
	return widgets.Cell{Text: strconv.Itoa(n[col]), Muted: n[col] == 0}
}
