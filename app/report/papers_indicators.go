package report

import (
	"fmt"
	"strings"

	"lianshao/app"
	"lianshao/app/report/table"
	"lianshao/domain"
)

// indicatorsPaper is the 评估指标体系表 with weights, one per system.
func indicatorsPaper() Paper {
	return Paper{ID: "indicators", Title: "评估指标体系表",
		Ready: when(func(in Input) bool { return in.Pilot.Systems.Len() > 0 }, "还没有指标体系：请先导入评估指标体系"),
		Tables: func(in Input, _ Options) []*table.TableModel {
			var out []*table.TableModel
			for _, s := range in.Pilot.Systems.All() {
				out = append(out, indicatorTable(in.Pilot, s))
				if t := consistencyTable(s); t != nil {
					out = append(out, t)
				}
			}
			return out
		}}
}

func indicatorTable(p *domain.Pilot, s *domain.IndicatorSystem) *table.TableModel {
	type line struct {
		d domain.Dimension
		i domain.Indicator
	}
	var lines []line
	for _, d := range s.Dimensions {
		for _, i := range d.Indicators {
			lines = append(lines, line{d, i})
		}
	}
	cols := []col[line]{
		{title: "维度（权重）", width: 24, center: true, get: func(l line) string { return fmt.Sprintf("%s %s\n%.4f", l.d.Code, l.d.Name, l.d.Weight) }},
		{title: "代码", width: 10, center: true, get: func(l line) string { return l.i.Code }},
		{title: "指标", weight: 1.4, get: func(l line) string { return l.i.Name }},
		{title: "指标说明", weight: 2, get: func(l line) string { return l.i.Note }},
		{title: "方向", width: 11, center: true, get: func(l line) string {
			if l.i.Reverse {
				return "逆向"
			}
			return "正向"
		}},
	}
	for n := range 5 {
		cols = append(cols, col[line]{title: fmt.Sprintf("%d分", n+1), group: "评分标准", weight: 1.2, get: func(l line) string { return l.i.Anchor(domain.Mark(n + 1)) }})
	}
	cols = append(cols,
		col[line]{title: "维度内", group: "权重", width: 15, right: true, get: func(l line) string { return fmt.Sprintf("%.4f", l.i.Weight) }},
		col[line]{title: "总权重", group: "权重", width: 15, right: true, get: func(l line) string { return fmt.Sprintf("%.4f", l.d.Weight*l.i.Weight) }})
	t := &table.TableModel{Title: "廉政风险评估指标体系（" + s.Target + "层面）", Page: landscape(), Sizes: table.Sizes{Text: 8.5},
		Subtitles: []table.Line{{Left: fmt.Sprintf("第%d版　%s", s.Version, p.StateOf(s)), Center: s.WeightsFrom(), Right: approvedText(s)}},
		Notes:     []string{"注：方向为“正向”的，分值越高风险越大；“逆向”的，分值越高控制越好，汇总时按（6－得分）换算。", app.WeightsText(s)}}
	t.Columns, t.Rows = numbered(cols, lines)
	table.MergeEqual(t.Rows, 1)
	return t
}

func approvedText(s *domain.IndicatorSystem) string {
	if s.Approved == "" {
		return "尚未审定"
	}
	return string(s.Approved) + " 审定"
}

// consistencyTable shows what every judgement matrix of a system comes to; nil
// without any.
func consistencyTable(s *domain.IndicatorSystem) *table.TableModel {
	checks := app.MatrixChecks(s)
	if len(checks) == 0 {
		return nil
	}
	type check = app.MatrixCheck
	num := func(title string, format string, get func(check) float64) col[check] {
		return col[check]{title: title, width: 17, right: true, get: func(c check) string { return fmt.Sprintf(format, get(c)) }}
	}
	cols := []col[check]{
		{title: "判断矩阵", width: 32, get: func(c check) string { return strings.TrimPrefix(c.Name, s.Target+"-") }},
		{title: "用途", width: 38, get: func(c check) string { return c.Standing() }},
		{title: "权重", weight: 1, get: weightsOf},
		{title: "阶数", width: 11, right: true, get: func(c check) string { return fmt.Sprint(len(c.Weights)) }},
		num("λmax", "%.4f", func(c check) float64 { return c.LambdaMax }), num("CI", "%.4f", func(c check) float64 { return c.CI }),
		num("RI", "%.2f", func(c check) float64 { return c.RI }), num("CR", "%.4f", func(c check) float64 { return c.CR }),
		{title: "结论", width: 16, center: true, get: func(c check) string {
			if c.Consistent {
				return "通过"
			}
			return "未通过"
		}},
	}
	opts := checks[0].Options
	t := &table.TableModel{Title: "判断矩阵一致性检验（" + s.Target + "层面）", Page: landscape(), Sizes: table.Sizes{Text: 8.5},
		Subtitles: []table.Line{{Left: fmt.Sprintf("第%d版", s.Version), Right: fmt.Sprintf("%s，RI 取 %s 年表", opts.Method.Label(), opts.RI)}},
		Notes:     []string{app.WeightsText(s), "注：CI＝(λmax－n)÷(n－1)，CR＝CI÷RI，CR＜0.10 为通过；1、2 阶矩阵总是一致。多位专家的判断按几何平均汇总。"}}
	t.Columns, t.Rows = numbered(cols, checks)
	return t
}

// weightsOf writes the weights of a matrix beside what they are of: A1 0.2328，….
func weightsOf(c app.MatrixCheck) string {
	parts := make([]string, len(c.Weights))
	for i, w := range c.Weights {
		name := ""
		if i < len(c.Matrix.Labels) {
			name, _, _ = strings.Cut(c.Matrix.Labels[i], " ")
		}
		parts[i] = fmt.Sprintf("%s %.4f", name, w)
	}
	return strings.Join(parts, "，")
}
