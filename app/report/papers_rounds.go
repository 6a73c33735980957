package report

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/app/judge"
	"lianshao/app/report/draw"
	"lianshao/app/report/table"
	"lianshao/domain"
	"lianshao/domain/method"
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

// ratingsPaper is the 评分汇总表: the scores per indicator, value and level.
func ratingsPaper() Paper {
	return Paper{ID: "ratings", Title: "评分汇总表", Ready: hasRound(),
		Tables: func(in Input, o Options) []*table.TableModel {
			res := in.Result
			cols := append(pointCols(in), scoreCols(in)...)
			if res.Round.Rule.Weighs() {
				cols = append(cols, col[outcome]{title: "S", width: 13, right: true, get: func(o outcome) string { return fmt.Sprintf("%.4f", o.S) }})
			}
			cols = append(cols, valueCol(res, 16), levelCol(13))
			t := &table.TableModel{Title: in.Pilot.Info().School + res.Round.Title() + "评分汇总表", Page: landscape(), Sizes: table.Sizes{Text: 8, Header: 8},
				Subtitles: []table.Line{{Left: fmt.Sprintf("评分人 %d 位", len(res.Round.Assessors)), Center: res.Round.Rule.Method.Label(), Right: string(res.Round.Date)}},
				Notes:     ratingNotes(in), Signs: []string{"制表：", "审核：", "日期："}}
			t.Columns, t.Rows = numbered(cols, outcomesOf(in, o))
			return []*table.TableModel{t}
		}}
}

// ratingNotes say how the values come about, how far the assessors agree and what
// should be discussed again.
func ratingNotes(in Input) []string {
	res := in.Result
	notes := []string{ScoringRule(res)}
	if res.Round.Rule.Weighs() {
		notes = append(notes, weightNote(res.PointSys))
	}
	if n := len(res.Dispersion(in.Pilot)); n > 0 {
		notes = append(notes, fmt.Sprintf("带 * 的 %d 处，各评分人的分数相差较大（变异系数 CV＞%.2f），建议复议。", n, method.CVLimit))
	}
	if res.Incomplete > 0 {
		notes = append(notes, fmt.Sprintf("另有 %d 个风险点评分不齐，没有列出。", res.Incomplete))
	}
	return append(notes, app.RoundConsensus(in.Pilot, res).Sentences()...)
}

// scoreCols has a column per indicator, under its dimension where the round is scored
// by an indicator system.
func scoreCols(in Input) (cols []col[outcome]) {
	res := in.Result
	apart := map[domain.ID]map[int]bool{}
	for _, d := range res.Dispersion(in.Pilot) {
		id := d.Outcome.Point.ID
		if apart[id] == nil {
			apart[id] = map[int]bool{}
		}
		apart[id][d.Indicator] = true
	}
	for _, d := range res.PointSys.Dimensions {
		for i := range d.Indicators {
			ind, k := &d.Indicators[i], len(cols)
			c := col[outcome]{title: ind.Code, width: 12.5, right: true}
			if res.Round.Rule.Weighs() {
				c.group = d.Code + " " + d.Name
			} else {
				c.title, c.width = ind.Name, 24
			}
			c.get = func(o outcome) string {
				if apart[o.Point.ID][k] {
					return scoreShown(in, &o, ind, k) + "*"
				}
				return scoreShown(in, &o, ind, k)
			}
			cols = append(cols, c)
		}
	}
	return cols
}

// scoreShown is the score of an indicator, or how many answered 是 to a question.
func scoreShown(in Input, o *outcome, ind *domain.Indicator, k int) string {
	switch {
	case o.Counts[k] == 0:
		return "—"
	case ind.YesNo():
		yes := 0
		if r, ok := in.Pilot.RatingOf(in.Result.Round, domain.TargetPoint, o.Point.ID); ok {
			for _, row := range r.Rows {
				if k < len(row.Marks) && row.Marks[k] == domain.MarkYes {
					yes++
				}
			}
		}
		return fmt.Sprintf("%d／%d 人答“是”", yes, o.Counts[k])
	}
	return fmt.Sprintf("%.2f", o.Means[k])
}

// valueCol is what the round's bands are measured on, under its own name.
func valueCol(res *domain.RoundResult, width float64) col[outcome] {
	return col[outcome]{title: res.Round.Rule.ValueName(), width: width, right: true, get: func(o outcome) string { return valueShown(res, o.Index) }}
}

// valueShown writes a value of the round's method: kinds of risk are whole.
func valueShown(res *domain.RoundResult, v float64) string {
	if res.Round.Rule.Method == domain.MethodGrade {
		return fmt.Sprintf("%.4g", v)
	}
	return fmt.Sprintf("%.2f", v)
}

func levelCol(width float64) col[outcome] {
	return col[outcome]{title: "等级", width: width, cell: func(o outcome) table.Cell { return levelCell(o.Level) }}
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

// levelsPaper is the 预警等级表: every rated point from the most severe, then the posts
// and units by their worst point and by the weighted mean.
func levelsPaper() Paper {
	return Paper{ID: "levels", Title: "预警等级表", Ready: hasRound(),
		Tables: func(in Input, o Options) []*table.TableModel {
			res := in.Result
			cols := append(pointCols(in), valueCol(res, 20), levelCol(14))
			if raisedOrReduced(in) {
				cols = append(cols, col[outcome]{title: "说明", weight: 1.4, get: func(o outcome) string { return levelRemark(in, &o) }})
			}
			t := &table.TableModel{Title: in.Pilot.Info().School + "廉政风险预警等级表", Page: draw.Page{}, Sizes: table.Sizes{Text: 9},
				Subtitles: []table.Line{{Left: res.Round.Title() + "　" + res.Round.Rule.Method.Label(), Right: string(res.Round.Date)}},
				Notes:     []string{ScoringRule(res)}, Signs: []string{"组长（签字）：", "日期："}}
			t.Columns, t.Rows = numbered(cols, outcomesOf(in, o))
			rolled := rolledTable(in, o)
			if o.Unit == "" && o.Level == "" {
				rolled.Charts = levelFigures(in)
			}
			return []*table.TableModel{t, rolled}
		}}
}

// raisedOrReduced reports whether any level needs a remark.
func raisedOrReduced(in Input) bool {
	return slices.ContainsFunc(in.Result.Points, func(o outcome) bool { return levelRemark(in, &o) != "" })
}

// levelRemark says which condition raised a level and what the controls leave.
func levelRemark(in Input, o *outcome) string {
	if !o.Complete {
		return ""
	}
	e := app.ExplainPoint(in.Pilot, in.Result, o)
	return strings.TrimSpace(e.Raised + "\n" + e.Residual)
}

// rolledRow is a post, or a whole unit where the post is "".
type rolledRow struct {
	unit, post string
	domain.Rolled
	level domain.Level
	own   string // the unit's own score
}

// rolledTable shows what the points of every unit and post come to, both ways.
func rolledTable(in Input, o Options) *table.TableModel {
	res, p := in.Result, in.Pilot
	var rows []rolledRow
	for i := range res.Units {
		u := &res.Units[i]
		if o.Unit != "" && u.Unit.ID != o.Unit || u.Points == 0 && !u.Rated {
			continue
		}
		own := "—"
		if u.Rated && u.Complete {
			own = valueShown(res, u.Index) + " " + u.Outcome.Level.Label
		}
		rows = append(rows, rolledRow{u.Unit.Name, "部门合计", u.Rolled, u.MaxLevel, own})
		for k := range res.Posts {
			if po := &res.Posts[k]; po.Unit.ID == u.Unit.ID && po.Points > 0 {
				rows = append(rows, rolledRow{u.Unit.Name, orElse(p.NameOf(domain.KindPost, po.Post), "未写岗位"), po.Rolled, po.Level, ""})
			}
		}
	}
	number := func(title, group string, get func(rolledRow) float64) col[rolledRow] {
		return col[rolledRow]{title: title, group: group, width: 17, right: true, get: func(r rolledRow) string {
			if r.Points == 0 {
				return "—"
			}
			return valueShown(res, get(r))
		}}
	}
	level := func(title, group string, get func(rolledRow) domain.Level) col[rolledRow] {
		return col[rolledRow]{title: title, group: group, width: 15, cell: func(r rolledRow) table.Cell { return levelCell(get(r)) }}
	}
	cols := []col[rolledRow]{
		{title: "部门", width: 26, center: true, get: func(r rolledRow) string { return r.unit }},
		{title: "岗位", weight: 1, get: func(r rolledRow) string { return r.post }},
		{title: "风险点", width: 13, right: true, get: func(r rolledRow) string { return fmt.Sprint(r.Points) }},
		number("数值", "最高的风险点", func(r rolledRow) float64 { return r.Max }), level("等级", "最高的风险点", func(r rolledRow) domain.Level { return r.Worst }),
		number("数值", "按影响程度加权平均", func(r rolledRow) float64 { return r.Weighted }), level("等级", "按影响程度加权平均", func(r rolledRow) domain.Level { return r.Banded }),
		level("取用等级", "", func(r rolledRow) domain.Level { return r.level }),
		{title: "部门层面评分", width: 20, center: true, get: func(r rolledRow) string { return r.own }},
	}
	t := &table.TableModel{Title: in.Pilot.Info().School + "部门、岗位廉政风险等级表", Page: draw.Page{}, Sizes: table.Sizes{Text: 9},
		Subtitles: []table.Line{{Left: res.Round.Title() + "　取用等级：" + res.Round.Rule.Roll.Label(), Right: string(res.Round.Date)}},
		Notes:     []string{"注：数值为" + res.Round.Rule.ValueName() + "。两种汇总都列出，本轮按“" + res.Round.Rule.Roll.Label() + "”取用；加权平均的权为影响程度，没有填的按 3。部门层面评分按部门指标另算，不由风险点汇总。"}}
	t.Columns, t.Rows = columns(cols), rowsOf(cols, rows)
	table.MergeEqual(t.Rows, 0)
	return t
}

// comparisonReady says why two rounds cannot stand side by side.
func comparisonReady(in Input) (bool, string) {
	if _, err := judge.Compare(in.Pilot, in.Before, in.Result); err != nil {
		return false, app.Sentence(err)
	}
	return true, ""
}

// comparisonPaper is the 两次评估对比表, what got worse first.
func comparisonPaper() Paper {
	return Paper{ID: "comparison", Title: "两次评估对比表",
		Ready: comparisonReady,
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
				{title: "部门", width: 26, center: true, get: func(x pair) string { return p.NameOf(domain.KindUnit, x.is.Point.Unit) }},
				{title: "风险点", weight: 2, get: func(x pair) string { return x.is.Point.Name }},
				{title: in.Result.Round.Rule.ValueName(), group: in.Before.Round.Title(), width: 17, right: true, get: func(x pair) string { return valueShown(in.Result, x.was.Index) }},
				{title: "等级", group: in.Before.Round.Title(), width: 12, cell: func(x pair) table.Cell { return levelCell(x.was.Level) }},
				{title: in.Result.Round.Rule.ValueName(), group: in.Result.Round.Title(), width: 17, right: true, get: func(x pair) string { return valueShown(in.Result, x.is.Index) }},
				{title: "等级", group: in.Result.Round.Title(), width: 12, cell: func(x pair) table.Cell { return levelCell(x.is.Level) }},
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
			return append([]*table.TableModel{t}, comparedTables(in, o)...)
		}}
}
