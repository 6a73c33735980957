// Package monitor is the page 监测预测: leading indicators with their readings.
package monitor

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/fields"
	"lianshao/app/report"
	"lianshao/app/report/chart"
	"lianshao/app/report/draw"
	"lianshao/app/trend"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/pen"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// New builds the page.
func New(h page.Host) page.Page {
	r := newRaisedTab(h)
	return records.NewTabs(monitors(h), records.Part{ID: "levels", Title: "预警等级", Content: r.root, Changed: r.changed}, readings(h))
}

// latest shows the newest reading and how it stands to the thresholds.
func latest() []fields.Field {
	get := func(f func(*domain.Monitor, *domain.Reading) string) func(*domain.Pilot, domain.Record) string {
		return func(p *domain.Pilot, r domain.Record) string {
			m := r.(*domain.Monitor)
			if x := app.LatestReading(p, m); x != nil {
				return f(m, x)
			}
			return ""
		}
	}
	return []fields.Field{
		{Name: "latest", Title: "最新读数", Width: 72, Number: true, Get: get(func(m *domain.Monitor, x *domain.Reading) string { return trend.Show(m, x.Value) })},
		{Name: "period", Title: "月份", Width: 68, Get: get(func(_ *domain.Monitor, x *domain.Reading) string { return x.Period })},
		{Name: "status", Title: "状态", Width: 58, Get: get(func(m *domain.Monitor, x *domain.Reading) string { return m.Status(x.Value) })},
		{Name: "trend", Title: "趋势", Width: 140, Get: func(p *domain.Pilot, r domain.Record) string {
			words, _, _ := strings.Cut(trend.Test(p, r.(*domain.Monitor)).Words, "（少于") // the sentence says the rest
			return words
		}},
	}
}

// watch is the tab of the monitors: the list, what belongs to the one under the
// cursor, and its chart with what the readings mean.
type watch struct {
	host     page.Host
	list     *records.List
	current  *domain.Monitor
	readings *readingGrid
	ties     *tieGrid
	line     *pen.Chart
	says     *widgets.Prose
	picture  *fyne.Container
	side     *container.AppTabs
}

func monitors(h page.Host) records.Part { return newWatch(h).part() }

func newWatch(h page.Host) *watch {
	w := &watch{host: h, readings: newReadingGrid(h), ties: newTieGrid(h), says: widgets.NewProse("")}
	w.list = records.NewList(h, domain.KindMonitor, records.Options{Name: "monitor", Fixed: 2, Extra: latest(), Place: "name", Hidden: []string{"unit", "measure", "formula", "source", "filler", "points", "note"}})
	l := w.list
	l.Empty = lang.L("监测指标是风险的先兆，如变更率、单一来源占比。每月或每季填一次读数，这里显示超没超阈值、趋势和预测。")
	l.Add = func(p *domain.Pilot) domain.Record {
		return &domain.Monitor{Base: domain.Base{Code: edit.NextCode(p, domain.KindMonitor, "M00")}, Name: lang.L("新监测指标"), Measure: "%", Warn: 5, Alarm: 10}
	}
	l.Tools = []fyne.CanvasObject{records.PaperButton(h, lang.L("监测预测表"), "monitors")}
	l.Grid.Model.Paint = paint
	w.side = container.NewAppTabs(container.NewTabItem(lang.L("读数"), w.readings.root), container.NewTabItem(lang.L("对应风险点"), w.ties.root),
		container.NewTabItem(lang.L("内容"), l.Detail.Content()))
	l.Side = w.side
	w.side.OnSelected = func(*container.TabItem) { w.focusSide() }
	l.Grid.OnActivate = func(int) { w.focusSide() }
	w.line = pen.NewChart(fyne.NewSize(500, 180), func(width, height float64) draw.Drawing {
		if w.current == nil {
			return chart.Layout(&chart.Lines{}, width, height, h.Metrics())
		}
		return chart.Layout(report.MonitorLines(h.Session().Pilot, w.current), width, height, h.Metrics())
	})
	w.picture = container.New(captioned{}, w.line, w.says)
	return w
}

func (w *watch) part() records.Part {
	h, l := w.host, w.list
	content := l.Content()
	detail := l.Grid.OnRecord
	l.Grid.OnRecord = func(r domain.Record) {
		w.show(r)
		detail(r)
	}
	l.Grid.OnRecord(l.Grid.Selected())
	split := widgets.NewVSplitter(content, w.picture, h.Prefs().FloatWithFallback("split.monitorchart", 0.58))
	split.OnMoved = func(o float64) { h.Prefs().SetFloat("split.monitorchart", o) }
	return records.Part{ID: "monitors", Title: "监测指标", Content: split, List: l,
		Show: func(arg string) { l.Grid.SelectID(domain.ID(arg)) },
		Changed: func(e app.Event) {
			l.Changed(e)
			w.show(l.Grid.Selected())
			if e.Touches(domain.KindRiskPoint) {
				w.ties.load()
			}
		}}
}

// focusSide gives the keyboard to what stands beside the list.
func (w *watch) focusSide() {
	switch w.side.SelectedIndex() {
	case 0:
		w.readings.grid.Focus()
	case 1:
		w.ties.grid.Focus()
	}
}

// paint marks readings beyond a threshold, a worsening trend, and thresholds in the
// wrong order.
func paint(r domain.Record, field string, c *widgets.Cell) {
	m := r.(*domain.Monitor)
	switch field {
	case "trend":
		if strings.HasSuffix(c.Text, "（恶化）") {
			c.Color = report.LevelColor("orange")
		}
	case "status":
		*c = statusCell(c.Text)
	case "warn", "alarm":
		c.Warn = m.Warn != m.Alarm && (m.Warn > m.Alarm) != m.LowIsBad
	}
}

// show fills everything that belongs to the monitor under the cursor.
func (w *watch) show(r domain.Record) {
	w.current, _ = r.(*domain.Monitor)
	w.readings.show(w.current)
	w.ties.show(w.current)
	w.line.Update()
	w.says.SetText(sentence(w.host.Session(), w.current))
	w.picture.Refresh()
}

// sentence says what the readings mean, and which points they lift.
func sentence(s *app.Session, m *domain.Monitor) string {
	if m == nil {
		return ""
	}
	text := trend.Of(s.Pilot, m).Sentence(m)
	if m.Warn != m.Alarm && (m.Warn > m.Alarm) != m.LowIsBad {
		text += lang.L("预警值和报警值的先后与风险方向不符，请检查。")
	}
	if raised := report.RaisedBy(s.Pilot, s.Result(0), m); len(raised) > 0 {
		text += lang.L("风险点预警等级：") + strings.Join(raised, "，") + "。"
	}
	return text
}

// readings is the table of all readings of all monitors.
func readings(h page.Host) records.Part {
	l := records.NewList(h, domain.KindReading, records.Options{Name: "reading"})
	return records.ListPart("readings", "全部读数", l)
}
