package report

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/app/report/table"
	"lianshao/app/trend"
	"lianshao/domain"
)

// watched is a monitor with what its readings say.
type watched struct {
	*domain.Monitor
	trend trend.Trend
}

// monitorsPaper is the 监测预测表: every monitor's latest reading, trend and forecast.
func monitorsPaper() Paper {
	return Paper{ID: "monitors", Title: "监测预测表",
		Ready:  when(func(in Input) bool { return in.Pilot.Monitors.Len() > 0 }, "还没有监测指标：请先导入监测指标月报"),
		Tables: func(in Input, o Options) []*table.TableModel { return []*table.TableModel{monitorsTable(in, o)} }}
}

func monitorsTable(in Input, o Options) *table.TableModel {
	var list []watched
	for _, m := range in.Pilot.Monitors.All() {
		if o.Unit == "" || slices.ContainsFunc(m.Units, func(r domain.Ref) bool { return r.ID == o.Unit }) {
			list = append(list, watched{m, trend.Of(in.Pilot, m)})
		}
	}
	t := &table.TableModel{Title: in.Pilot.Info().School + "廉政风险监测预测表", Page: landscape(), Sizes: table.Sizes{Text: 8, Header: 8.5},
		Subtitles: []table.Line{{Left: statusCounts(list), Right: string(in.Today)}}, Notes: monitorNotes(in),
		Signs: []string{"填报：", "审核：", "日期："}}
	t.Charts = monitorFigures(in, list)
	cols := monitorCols(in)
	t.Columns, t.Rows = columns(cols), rowsOf(cols, list)
	table.MergeEqual(t.Rows, 1)
	return t
}

func monitorCols(in Input) []col[watched] {
	return []col[watched]{
		{title: "编号", width: 10, center: true, nowrap: true, get: func(w watched) string { return w.Code }},
		{title: "部门", width: 17, center: true, get: func(w watched) string { return w.UnitText }},
		{title: "监测指标", width: 25, get: func(w watched) string { return w.Name }},
		{title: "预警", group: "阈值", width: 12, right: true, get: func(w watched) string { return trend.Show(w.Monitor, w.Warn) }},
		{title: "报警", group: "阈值", width: 12, right: true, get: func(w watched) string { return trend.Show(w.Monitor, w.Alarm) }},
		{title: "月份", group: "最新读数", width: 14, center: true, nowrap: true, get: func(w watched) string { _, period, _ := w.trend.Last(); return period }},
		{title: "读数", group: "最新读数", width: 13, right: true, nowrap: true, get: latestShown},
		{title: "状态", group: "最新读数", width: 14, cell: func(w watched) table.Cell { return statusCell(w.trend.Status) }},
		{title: "n", width: 7, right: true, get: func(w watched) string { return fmt.Sprint(w.trend.N()) }},
		{title: "Z", group: "Mann-Kendall", width: 12, right: true, nowrap: true, get: tested("%.3f", func(t trend.Trend) float64 { return t.MK.Z })},
		{title: "p", group: "Mann-Kendall", width: 14.5, right: true, nowrap: true, get: shownP},
		{title: "Sen斜率\n每月", width: 14.5, right: true, nowrap: true, get: tested("%.4f", func(t trend.Trend) float64 { return t.MK.Sen })},
		{title: "趋势", width: 24, get: func(w watched) string { return w.trend.Words }},
		{title: "控制图报警", width: 25, center: true, get: alarmShown},
		{title: fmt.Sprintf("预测\n%g%%区间", trend.Interval*100), width: 27, get: forecastShown},
		{title: "风险点预警等级", width: 33, get: func(w watched) string { return strings.Join(RaisedBy(in.Pilot, in.Result, w.Monitor), "\n") }},
	}
}

func latestShown(w watched) string {
	v, _, ok := w.trend.Last()
	if !ok {
		return "—"
	}
	return trend.Show(w.Monitor, v)
}

func statusCell(status string) table.Cell {
	c := table.Cell{Text: orElse(status, "—"), Center: true}
	switch status {
	case "报警":
		c.Mark = LevelColor("red")
	case "预警":
		c.Mark = LevelColor("yellow")
	}
	return c
}

func tested(format string, f func(trend.Trend) float64) func(watched) string {
	return func(w watched) string {
		if !w.trend.Tested {
			return "—"
		}
		return fmt.Sprintf(format, f(w.trend)+0) // + 0 turns -0 into 0
	}
}

func shownP(w watched) string {
	if w.trend.Tested && w.trend.MK.PTwo < 0.0001 {
		return "＜0.0001"
	}
	return tested("%.4f", func(t trend.Trend) float64 { return t.MK.PTwo })(w)
}

func alarmShown(w watched) string {
	since, charts := w.trend.Since()
	if len(charts) == 0 {
		return "—"
	}
	return strings.Join(charts, "、") + "\n" + since + "起"
}

func forecastShown(w watched) string {
	f := w.trend.Ahead
	if f == nil {
		return strings.ReplaceAll(w.trend.NoForecast, "，", "，\n")
	}
	end := len(f.Mean) - 1
	return fmt.Sprintf("%s：%s\n%s～%s", f.Periods[end], trend.Show(w.Monitor, f.Mean[end]), trend.Show(w.Monitor, f.Low[end]), trend.Show(w.Monitor, f.High[end]))
}

// RaisedBy names the points that a monitor lifts above their assessed level, and
// to which: JJ-09 橙→红（趋势）. Nothing without a round.
func RaisedBy(p *domain.Pilot, res *domain.RoundResult, m *domain.Monitor) []string {
	var out []string
	for _, ref := range m.Points {
		point, ok := p.RiskPoints.Get(ref.ID)
		if !ok {
			continue
		}
		r := trend.Raise(p, res, point)
		if !r.Higher() {
			continue
		}
		for _, c := range r.Causes {
			if c.Monitor == m && c.Level.Label == r.Level.Label {
				out = append(out, fmt.Sprintf("%s %s→%s（%s）", point.Code, orElse(r.Assessed.Label, "未评估"), r.Level.Label, c.By))
				break
			}
		}
	}
	return out
}

func statusCounts(list []watched) string {
	n := map[string]int{}
	for _, w := range list {
		n[w.trend.Status]++
		if w.trend.Worsening {
			n["恶化"]++
		}
	}
	return fmt.Sprintf("监测指标 %d 项：报警 %d 项，预警 %d 项；趋势显著恶化 %d 项", len(list), n["报警"], n["预警"], n["恶化"])
}

func monitorNotes(in Input) []string {
	notes := []string{
		"注：少于4个读数为数据不足，4～7个仅供参考、不作检验，8个及以上用 Mann-Kendall 检验（双侧 p＜0.05 为显著，按实际月份）；斜率为 Sen 斜率，单位与读数相同（小数记的百分比按小数）。",
		"控制图为 EWMA（λ＝0.2，3σ）和 CUSUM（k＝0.5，h＝5），以前一半读数的平均为基准，只列风险一侧、延续到最新读数的报警；预测用阻尼 Holt 法。",
	}
	if in.Result != nil {
		notes = append(notes, "风险点预警等级取评估（"+in.Result.Round.Name+"）、规则、趋势三者最高：读数报警至少为次高一级（橙），预警至少再低一级（黄）；趋势显著恶化升一级，最高为红。")
	}
	return notes
}
