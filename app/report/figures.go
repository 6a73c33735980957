package report

import (
	"lianshao/app/report/chart"
	"lianshao/app/report/table"
	"lianshao/domain"
)

// most monitors that a paper draws.
const mostFigures = 24

// figure is a chart of the list of charts under a table.
func figure(in Input, id string) []table.Figure {
	c, err := ChartByID(id)
	if err != nil {
		return nil
	}
	m := c.Build(in)
	if _, ok := chart.Native(c.Title, m); !ok {
		return nil
	}
	return []table.Figure{{Title: c.Title, Model: m, W: c.W, H: c.H}}
}

// levelFigures show how the levels spread.
func levelFigures(in Input) (out []table.Figure) {
	for _, id := range []string{"levels", "units", "posts", "ranking"} {
		out = append(out, figure(in, id)...)
	}
	return out
}

// comparedFigures show the two rounds: points as dumbbells, units and posts as slopes.
func comparedFigures(in Input) []table.Figure {
	out := figure(in, "comparison")
	for _, s := range []struct {
		title string
		model *chart.Slope
	}{{"各部门两次评估（加权平均）", unitSlope(in)}, {"各岗位两次评估（最高的风险点）", postSlope(in)}} {
		if len(s.model.Items) > 0 {
			out = append(out, table.Figure{Title: s.title, Model: s.model, W: 900, H: max(260, 40+15*float64(len(s.model.Items)))})
		}
	}
	return out
}

func slopeOf(in Input) *chart.Slope {
	return &chart.Slope{BeforeName: in.Before.Round.Title(), AfterName: in.Result.Round.Title(), Decimals: 2, Thresholds: in.thresholds()}
}

func unitSlope(in Input) *chart.Slope {
	s := slopeOf(in)
	for i := range in.Result.Units {
		is := &in.Result.Units[i]
		for k := range in.Before.Units {
			if was := &in.Before.Units[k]; was.Unit.ID == is.Unit.ID && was.Points > 0 && is.Points > 0 {
				s.Items = append(s.Items, shift(is.Unit.Name, was.Weighted, is.Weighted, was.Banded, is.Banded))
			}
		}
	}
	return s
}

func postSlope(in Input) *chart.Slope {
	s := slopeOf(in)
	for i := range in.Result.Posts {
		is := &in.Result.Posts[i]
		for k := range in.Before.Posts {
			if was := &in.Before.Posts[k]; was.Post == is.Post && was.Unit == is.Unit && was.Points > 0 && is.Points > 0 && len(s.Items) < 30 {
				s.Items = append(s.Items, shift(orElse(in.Pilot.NameOf(domain.KindPost, is.Post), "未写岗位"), was.Max, is.Max, was.Worst, is.Worst))
			}
		}
	}
	return s
}

func shift(label string, before, after float64, was, is domain.Level) chart.Shift {
	return chart.Shift{Label: label, Before: before, After: after, BeforeColor: LevelColor(was.Color), AfterColor: LevelColor(is.Color), BeforeWord: was.Label, AfterWord: is.Label}
}

// monitorFigures draw every monitor with readings: history, thresholds, forecast.
func monitorFigures(in Input, list []watched) (out []table.Figure) {
	for _, w := range list {
		if w.trend.N() > 0 && len(out) < mostFigures {
			m := MonitorLines(in.Pilot, w.Monitor)
			title := m.Title
			m.Title = "" // stands above
			out = append(out, table.Figure{Title: title, Model: m, W: 900, H: 225})
		}
	}
	return out
}
