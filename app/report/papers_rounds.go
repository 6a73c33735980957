package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"lianshao/app/report/draw"
	"lianshao/app/report/table"
	"lianshao/domain"
)

type outcome = domain.PointOutcome

func hasRound() func(Input) (bool, string) {
	return when(func(in Input) bool { return in.Result != nil && in.Result.Incomplete < len(in.Result.Points) },
		"还没有评估结果：请先导入评分表或在“风险评估”里评分")
}

// outcomesOf lists the round's complete outcomes of the chosen units and level,
// the highest index first.
func outcomesOf(in Input, o Options) []outcome {
	var out []outcome
	for _, x := range in.Result.Points {
		if x.Complete && (o.Unit == "" || x.Point.Unit.ID == o.Unit) && (o.Level == "" || x.Level.Label == o.Level) {
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(a, b outcome) int {
		switch {
		case a.Index > b.Index:
			return -1
		case a.Index < b.Index:
			return 1
		}
		return 0
	})
	return out
}

func pointCols(in Input) []col[outcome] {
	p := in.Pilot
	return []col[outcome]{
		{title: "编号", width: 15, nowrap: true, center: true, get: func(o outcome) string { return o.Point.Code }},
		{title: "部门", width: 24, center: true, get: func(o outcome) string { return p.NameOf(domain.KindUnit, o.Point.Unit) }},
		{title: "岗位", width: 24, center: true, get: func(o outcome) string { return p.NameOf(domain.KindPost, o.Point.Post) }},
		{title: "风险点", weight: 2, get: func(o outcome) string { return o.Point.Name }},
	}
}

// ratingsPaper is the 评分汇总表: means per indicator, index and level.
func ratingsPaper() Paper {
	return Paper{ID: "ratings", Title: "评分汇总表", Secret: "写有评分人的评分", Ready: hasRound(),
		Tables: func(in Input, o Options) []*table.TableModel {
			res := in.Result
			cols := pointCols(in)
			k := 0
			for _, d := range res.PointSys.Dimensions {
				for _, ind := range d.Indicators {
					cols = append(cols, col[outcome]{title: ind.Code, group: d.Code + " " + d.Name, width: 12.5, right: true, get: meanAt(k)})
					k++
				}
			}
			cols = append(cols,
				col[outcome]{title: "S", width: 13, right: true, get: func(o outcome) string { return fmt.Sprintf("%.4f", o.S) }},
				col[outcome]{title: "风险指数", width: 14, right: true, get: func(o outcome) string { return fmt.Sprintf("%.2f", o.Index) }},
				col[outcome]{title: "等级", width: 13, cell: func(o outcome) table.Cell { return levelCell(o.Level) }})
			t := &table.TableModel{Title: in.Pilot.Info().School + res.Round.Name + "评分汇总表", Page: landscape(), Sizes: table.Sizes{Text: 8, Header: 8},
				Subtitles: []table.Line{{Left: fmt.Sprintf("评分人 %d 位", len(res.Round.Assessors)), Right: string(res.Round.Date)}},
				Notes:     []string{ScoringRule(res), weightNote(res.PointSys)}, Signs: []string{"制表：", "审核：", "日期："}}
			t.Columns, t.Rows = numbered(cols, outcomesOf(in, o))
			return []*table.TableModel{t}
		}}
}

func meanAt(k int) func(outcome) string {
	return func(o outcome) string {
		if math.IsNaN(o.Means[k]) {
			return "—"
		}
		return fmt.Sprintf("%.2f", o.Means[k])
	}
}

// ScoringRule says in one paragraph how an index comes about and where the
// levels begin.
func ScoringRule(res *domain.RoundResult) string {
	var bands []string
	for _, l := range res.Scheme.Ordered() {
		bands = append(bands, fmt.Sprintf("%s≥%g", l.Label, l.Min))
	}
	rule := res.Round.Rule
	how := "各指标取有效评分的" + rule.Aggregate.Label() + "（空白、弃权不计）；"
	if rule.Method == domain.MethodIndex {
		how += "逆向指标按（6－得分）换算；维度得分＝Σ权重×分值，综合得分 S＝Σ维度权重×维度得分，风险指数 I＝(S－1)÷4×100"
	} else {
		how += rule.Formula()
	}
	text := "说明：评估方法为" + rule.Text() + "。" + how + "。等级（" + rule.ValueName() + "）：" + strings.Join(bands, "，") + "。"
	for _, ov := range res.Scheme.Overrides {
		text += "提级条件：" + ov.Text() + "。"
	}
	return text
}

func weightNote(sys *domain.IndicatorSystem) string {
	var parts []string
	for _, d := range sys.Dimensions {
		parts = append(parts, fmt.Sprintf("%s %.4f", d.Code+d.Name, d.Weight))
	}
	return "维度权重（" + sys.WeightsFrom() + "）：" + strings.Join(parts, "，") + "。"
}

// levelsPaper is the 预警等级表: every rated point from the most severe.
func levelsPaper() Paper {
	return Paper{ID: "levels", Title: "预警等级表", Ready: hasRound(),
		Tables: func(in Input, o Options) []*table.TableModel {
			cols := append(pointCols(in),
				col[outcome]{title: "风险指数", width: 18, right: true, get: func(o outcome) string { return fmt.Sprintf("%.2f", o.Index) }},
				col[outcome]{title: "等级", width: 14, cell: func(o outcome) table.Cell { return levelCell(o.Level) }})
			t := &table.TableModel{Title: in.Pilot.Info().School + "廉政风险预警等级表", Page: draw.Page{}, Sizes: table.Sizes{Text: 9},
				Subtitles: []table.Line{{Left: in.Result.Round.Name, Right: string(in.Result.Round.Date)}},
				Notes:     []string{ScoringRule(in.Result)}, Signs: []string{"组长（签字）：", "日期："}}
			t.Columns, t.Rows = numbered(cols, outcomesOf(in, o))
			return []*table.TableModel{t}
		}}
}

// comparisonPaper is the 两次评估对比表, what got worse first.
func comparisonPaper() Paper {
	return Paper{ID: "comparison", Title: "两次评估对比表",
		Ready: when(func(in Input) bool { return in.Result != nil && in.Before != nil }, "只有一次评估：有了再评估才能对比"),
		Tables: func(in Input, o Options) []*table.TableModel {
			type pair struct{ was, is outcome }
			var pairs []pair
			for _, is := range in.Result.Points {
				was := in.Before.Of(is.Point.ID)
				if was != nil && was.Complete && is.Complete && (o.Unit == "" || is.Point.Unit.ID == o.Unit) {
					pairs = append(pairs, pair{*was, is})
				}
			}
			// a point at the very bottom before has no reduction: it counts as 0, or as worse
			drop := func(x pair) float64 {
				if x.was.Index <= 0 {
					return -x.is.Index / 100
				}
				return (x.was.Index - x.is.Index) / x.was.Index
			}
			slices.SortStableFunc(pairs, func(a, b pair) int {
				if drop(a) < drop(b) {
					return -1
				}
				return 1
			})
			p := in.Pilot
			cols := []col[pair]{
				{title: "编号", width: 15, nowrap: true, center: true, get: func(x pair) string { return x.is.Point.Code }},
				{title: "部门", width: 30, center: true, get: func(x pair) string { return p.NameOf(domain.KindUnit, x.is.Point.Unit) }},
				{title: "风险点", weight: 2, get: func(x pair) string { return x.is.Point.Name }},
				{title: "指数", group: in.Before.Round.Name, width: 15, right: true, get: func(x pair) string { return fmt.Sprintf("%.2f", x.was.Index) }},
				{title: "等级", group: in.Before.Round.Name, width: 12, cell: func(x pair) table.Cell { return levelCell(x.was.Level) }},
				{title: "指数", group: in.Result.Round.Name, width: 15, right: true, get: func(x pair) string { return fmt.Sprintf("%.2f", x.is.Index) }},
				{title: "等级", group: in.Result.Round.Name, width: 12, cell: func(x pair) table.Cell { return levelCell(x.is.Level) }},
				{title: "降幅", width: 15, right: true, get: func(x pair) string {
					if x.was.Index <= 0 {
						return "—"
					}
					return fmt.Sprintf("%.1f%%", drop(x)*100)
				}},
				{title: "措施落实", width: 18, center: true, get: func(x pair) string { return p.MeasureStatus(x.is.Point.ID) }},
			}
			t := &table.TableModel{Title: p.Info().School + "廉政风险两次评估对比表", Page: draw.Page{}, Sizes: table.Sizes{Text: 8.5, Header: 8.5},
				Subtitles: []table.Line{{Left: "按降幅从小到大排列，反升的在前", Right: string(in.Today)}},
				Notes:     comparisonNotes(in)}
			t.Columns, t.Rows = numbered(cols, pairs)
			return []*table.TableModel{t}
		}}
}
