package export

import (
	"lianshao/app/report"
	"lianshao/app/report/chart"
	"lianshao/app/sheet"
	"lianshao/domain"
)

// mostMonitors is how many monitors the workbook draws.
const mostMonitors = 24

// charts are native charts of the latest round, its comparison and the monitors, for
// looking at: their sheets are not imported.
func charts(p *domain.Pilot) (out []sheet.Chart) {
	in := report.Input{Pilot: p, Result: p.Assess(p.Round(0))}
	if in.Result != nil && in.Result.Round.No > 1 {
		in.Before = p.Assess(p.Round(1))
	}
	draw := func(title string, m chart.Model) {
		if c, ok := chart.Native(title, m); ok {
			out = append(out, c)
		}
	}
	for _, id := range []string{"levels", "units", "matrix", "ranking", "comparison"} {
		if c, err := report.ChartByID(id); err == nil {
			draw(c.Title, c.Build(in))
		}
	}
	for i, m := range p.Monitors.All() {
		if i < mostMonitors {
			l := report.MonitorLines(p, m)
			draw(l.Title, l)
		}
	}
	return out
}
