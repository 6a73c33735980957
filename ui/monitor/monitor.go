// Package monitor is the page 监测预测: leading indicators with their readings.
package monitor

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
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
	return records.NewTabs(monitors(h), readings(h))
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
		{Name: "latest", Title: "最新读数", Width: 76, Number: true, Get: get(func(_ *domain.Monitor, x *domain.Reading) string { return fields.Number(x.Value) })},
		{Name: "period", Title: "月份", Width: 76, Get: get(func(_ *domain.Monitor, x *domain.Reading) string { return x.Period })},
		{Name: "status", Title: "状态", Width: 58, Get: get(func(m *domain.Monitor, x *domain.Reading) string { return m.Status(x.Value) })},
		{Name: "trend", Title: "趋势", Width: 140, Get: func(p *domain.Pilot, r domain.Record) string {
			words, _, _ := strings.Cut(trend.Test(p, r.(*domain.Monitor)).Words, "（少于") // the sentence says the rest
			return words
		}},
	}
}

func monitors(h page.Host) records.Part {
	l := records.NewList(h, domain.KindMonitor, records.Options{Name: "monitor", Fixed: 1, Extra: latest(), Place: "name"})
	l.Empty = lang.L("监测指标和每月读数在这里，可以从《监测指标月报》导入。")
	l.Grid.Model.Paint = func(_ domain.Record, field string, c *widgets.Cell) {
		if field == "trend" && strings.HasSuffix(c.Text, "（恶化）") {
			c.Color = report.LevelColor("orange")
		}
		if field != "status" {
			return
		}
		switch c.Text {
		case "报警":
			c.Color, c.Bold = report.LevelColor("red"), true
		case "预警":
			c.Color = report.LevelColor("yellow")
		}
	}
	var current *domain.Monitor
	line := pen.NewChart(fyne.NewSize(500, 180), func(w, hh float64) draw.Drawing {
		if current == nil {
			return chart.Layout(&chart.Lines{}, w, hh, h.Metrics())
		}
		return chart.Layout(report.MonitorLines(h.Session().Pilot, current), w, hh, h.Metrics())
	})
	says := widget.NewLabel("")
	says.Wrapping = fyne.TextWrapWord
	picture := container.New(captioned{}, line, says)
	update := func() {
		line.Update()
		says.SetText(sentence(h.Session(), current))
		picture.Refresh()
	}
	content := l.Content()
	show := l.Grid.OnRecord
	l.Grid.OnRecord = func(r domain.Record) {
		current, _ = r.(*domain.Monitor)
		update()
		show(r)
	}
	l.Grid.OnRecord(l.Grid.Selected())
	split := widgets.NewVSplitter(content, picture, h.Prefs().FloatWithFallback("split.monitorchart", 0.58))
	split.OnMoved = func(o float64) { h.Prefs().SetFloat("split.monitorchart", o) }
	return records.Part{ID: "monitors", Title: "监测指标", Content: split, List: l,
		Show:    func(arg string) { l.Grid.SelectID(domain.ID(arg)) },
		Changed: func(e app.Event) { l.Changed(e); update() }}
}

// sentence says what the readings mean, and which points they lift.
func sentence(s *app.Session, m *domain.Monitor) string {
	if m == nil {
		return ""
	}
	text := trend.Of(s.Pilot, m).Sentence(m)
	if raised := report.RaisedBy(s.Pilot, s.Result(0), m); len(raised) > 0 {
		text += lang.L("风险点预警等级：") + strings.Join(raised, "，") + "。"
	}
	return text
}

func readings(h page.Host) records.Part {
	l := records.NewList(h, domain.KindReading, records.Options{Name: "reading"})
	return records.ListPart("readings", "读数", l)
}
