package report

import (
	"fmt"
	"math"

	"lianshao/app/report/chart"
	"lianshao/app/trend"
	"lianshao/domain"
)

// MonitorLines shows a monitor's readings period by period with its thresholds
// and, from eight readings on, the forecast. Percentages kept as fractions are
// drawn as percentages.
func MonitorLines(p *domain.Pilot, m *domain.Monitor) *chart.Lines {
	scale := 1.0
	if m.Fraction() {
		scale = 100
	}
	l := &chart.Lines{Title: m.Code + " " + m.Name, Unit: m.Measure, Worse: 1, Thresholds: []chart.Threshold{
		{Value: m.Warn * scale, Label: "预警", Color: LevelColor("yellow")}, {Value: m.Alarm * scale, Label: "报警", Color: LevelColor("red")}}}
	if m.LowIsBad {
		l.Worse = -1
	}
	t := trend.Of(p, m)
	if t.N() == 0 {
		return l
	}
	s := chart.LineSeries{Name: m.Name}
	step, next := t.Step(), 0
	for month := t.Months[0]; month <= t.Months[t.N()-1]; month += step {
		v := math.NaN()
		if t.Months[next] == month {
			v = t.Values[next] * scale
			next++
		}
		l.Labels, s.Values = append(l.Labels, trend.Period(month)), append(s.Values, v)
	}
	l.Series = []chart.LineSeries{s}
	if f := t.Ahead; f != nil {
		l.Forecast = &chart.Forecast{Labels: f.Periods, Mean: times(scale, f.Mean), Low: times(scale, f.Low), High: times(scale, f.High),
			Note: fmt.Sprintf("%g%%区间", trend.Interval*100)}
	}
	return l
}

func times(k float64, values []float64) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = k * v
	}
	return out
}

// pressingMonitor shows the monitor that needs looking at most: 报警 before 预警
// before the rest, among equals the worsening, then the order of the pilot.
func pressingMonitor(in Input) chart.Model {
	var first *domain.Monitor
	most := -1
	for _, m := range in.Pilot.Monitors.All() {
		t := trend.Test(in.Pilot, m)
		need := map[string]int{"报警": 4, "预警": 2}[t.Status]
		if t.Worsening {
			need++
		}
		if need > most {
			first, most = m, need
		}
	}
	if first == nil {
		return &chart.Lines{}
	}
	return MonitorLines(in.Pilot, first)
}
