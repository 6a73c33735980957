package report

import (
	"lianshao/app/report/chart"
	"lianshao/app/report/draw"
	"lianshao/domain"
)

// ChannelYield counts the active points by the channel that found them. A point
// found by several counts in each; points without a channel come last.
func ChannelYield(in Input) chart.Model {
	count := map[string]int{}
	for _, r := range in.Pilot.ActivePoints() {
		found := r.FoundBy()
		if len(found) == 0 {
			count[""]++
		}
		seen := map[string]bool{}
		for _, f := range found {
			if !seen[f.Channel] {
				seen[f.Channel] = true
				count[f.Channel]++
			}
		}
	}
	m := &chart.Counts{}
	for _, c := range domain.Channels {
		m.Items = append(m.Items, chart.Count{Label: c, Value: count[c], Color: chart.Accent})
	}
	if count[""] > 0 {
		m.Items = append(m.Items, chart.Count{Label: "未写来源", Value: count[""], Color: chart.Grey})
	}
	return m
}

// Colours of what became of measures: only 未落实 is meant to catch the eye.
var (
	doneColor   = draw.Color{R: 0x4F, G: 0x9D, B: 0x69, A: 0xFF}
	partlyColor = draw.Color{R: 0xA9, G: 0xCF, B: 0xB5, A: 0xFF}
	openColor   = draw.Color{R: 0xC9, G: 0xD0, B: 0xD6, A: 0xFF}
)

// MeasuresByUnit stacks each unit's measures by what the latest inspection found.
func MeasuresByUnit(in Input) *chart.Stacked {
	results := []string{domain.ResultDone, domain.ResultPartly, domain.ResultNot, ""}
	s := &chart.Stacked{Unit: "条", Series: []chart.Series{{Label: "已落实", Color: doneColor}, {Label: "部分落实", Color: partlyColor},
		{Label: "未落实", Color: chart.Red}, {Label: "未检查", Color: openColor}}}
	for _, u := range in.Pilot.Units.All() {
		row := chart.StackRow{Label: u.Name, Parts: make([]chart.Part, len(results))}
		for _, r := range in.Pilot.RiskPoints.By(domain.ByUnit, u.ID) {
			if r.Status != domain.PointActive {
				continue
			}
			for _, m := range in.Pilot.Measures.By(domain.ByPoint, r.ID) {
				for i, result := range results {
					if in.Pilot.MeasureResult(m.ID) == result {
						row.Parts[i].Count++
					}
				}
			}
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// Shifts is the comparison of two rounds, or the ranking of the only one, cut to
// the first so many.
func Shifts(in Input, limit int) (title string, m chart.Model) {
	if d, ok := Comparison(in).(*chart.Dumbbell); ok && len(d.Items) > 0 {
		d.Limit = limit
		return "两次评估对比：反升的和降幅最小的在前", d
	}
	m = Ranking(in)
	if r, ok := m.(*chart.Ranking); ok {
		r.Limit = limit
	}
	return "风险指数最高的", m
}
