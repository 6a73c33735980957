package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"lianshao/app/judge"
	"lianshao/app/report/draw"
	"lianshao/app/report/table"
	"lianshao/domain"
)

// judgePaper is the 指标检验报告: are the indicators scientific and effective?
func judgePaper() Paper {
	return Paper{ID: "indicator-check", Title: "指标检验报告", Ready: judgeReady,
		Tables: func(in Input, _ Options) []*table.TableModel {
			r, err := judge.Indicators(in.Pilot, in.Result)
			if err != nil {
				return nil // Ready said so
			}
			return []*table.TableModel{judgeTable(in, &r), RelatedTable(in, &r), sensitivityTable(in, &r), eventsTable(in, &r)}
		}}
}

func judgeReady(in Input) (bool, string) {
	if err := judge.Ready(in.Result); err != nil {
		return false, err.Error()
	}
	return true, ""
}

func judgeTable(in Input, r *judge.Report) *table.TableModel {
	type item = *judge.Item
	num := func(format string, get func(item) *float64) func(item) string {
		return func(it item) string { return JudgeFigure(format, get(it)) }
	}
	right := func(title, group string, width float64, get func(item) string) col[item] {
		return col[item]{title: title, group: group, width: width, right: true, get: get}
	}
	cols := []col[item]{
		{title: "指标", width: 29, get: func(it item) string { return it.Code + " " + it.Name }},
		right("权重", "", 14, func(it item) string { return fmt.Sprintf("%.4f", it.Weight) }),
		right("题总相关", "一致性", 14, num("%.3f", func(it item) *float64 { return it.ItemTotal })),
		right("删后 α", "一致性", 15, num("%.4f", func(it item) *float64 { return it.AlphaDeleted })),
		right("变异系数", "区分能力", 14, num("%.3f", func(it item) *float64 { return it.CV })),
		right("区分度", "区分能力", 13, num("%.2f", func(it item) *float64 { return it.D })),
		right("1分", "两端占比", 11, func(it item) string { return fmt.Sprintf("%.0f%%", it.Floor*100) }),
		right("5分", "两端占比", 11, func(it item) string { return fmt.Sprintf("%.0f%%", it.Ceiling*100) }),
		right("ICC", "评分人", 12, num("%.2f", func(it item) *float64 { return it.ICC })),
		right("W", "评分人", 12, num("%.2f", func(it item) *float64 { return it.W })),
		right("最高相关", "", 18, func(it item) string { return JudgeTwin(it) }),
		right("权重±10%", "改变等级", 16, func(it item) string { return JudgeFlips(it) }),
		{title: "结论", width: 13, cell: func(it item) table.Cell {
			return table.Cell{Text: string(it.Verdict), Bold: it.Verdict != judge.Keep, Center: true}
		}},
		{title: "理由", weight: 1, get: func(it item) string { return it.Reason }},
	}
	items := make([]item, len(r.Items))
	for i := range r.Items {
		items[i] = &r.Items[i]
	}
	t := &table.TableModel{Title: in.Pilot.Info().School + "评估指标检验报告", Page: landscape(), Sizes: table.Sizes{Text: 8, Header: 8, Note: 8},
		Subtitles: []table.Line{{Left: fmt.Sprintf("%s（第 %d 版）　%s", r.System.Name, r.System.Version, r.Round.Name),
			Right: fmt.Sprintf("风险点 n＝%d　评分人 %d 位", r.Points, r.Raters)}},
		Notes: append(r.Summary(), judge.Rules(), JudgeLegend()), Signs: []string{"检验人：", "审核：", "日期："}}
	t.Columns, t.Rows = numbered(cols, items)
	return t
}

func judgeHead(in Input, r *judge.Report, title string) *table.TableModel {
	return &table.TableModel{Title: in.Pilot.Info().School + title, Page: landscape(), Sizes: table.Sizes{Text: 8.5, Header: 8.5, Note: 8.5},
		Subtitles: []table.Line{{Left: fmt.Sprintf("%s（第 %d 版）　%s", r.System.Name, r.System.Version, r.Round.Title()),
			Right: fmt.Sprintf("风险点 n＝%d　评分人 %d 位", r.Points, r.Raters)}}}
}

// RelatedTable is the correlation of every two indicators over the points.
func RelatedTable(in Input, r *judge.Report) *table.TableModel {
	t := judgeHead(in, r, "指标间相关系数表")
	t.Columns = []table.Column{{Title: "指标", Width: 44}}
	for i := range r.Items {
		it := &r.Items[i]
		t.Columns = append(t.Columns, table.Column{Title: it.Code, Align: draw.Right})
		row := table.Row{Cells: []table.Cell{{Text: it.Code + " " + it.Name}}}
		for k, v := range r.Related[i] {
			cell := table.Cell{Text: JudgeFigure("%.2f", v), Bold: v != nil && math.Abs(*v) >= judge.TwinLimit}
			if i == k {
				cell = table.Cell{Text: "1", Fill: draw.Color{R: 0xEC, G: 0xEF, B: 0xF3, A: 0xFF}}
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	t.Notes = []string{fmt.Sprintf("注：皮尔逊相关系数，按各风险点的得分计算，逆向指标已换算；达到 %.2f 的加粗，两项可能测的是同一件事。“—”为各点得分都一样，算不出。", judge.TwinLimit)}
	return t
}

// sensitivityTable says how many points change level when a weight changes or an
// assessor is left out.
func sensitivityTable(in Input, r *judge.Report) *table.TableModel {
	type line struct {
		what string
		judge.Flip
	}
	var lines []line
	for i := range r.Items {
		it := &r.Items[i]
		lines = append(lines, line{it.Code + " " + it.Name + " 权重加 10%", it.More}, line{it.Code + " " + it.Name + " 权重减 10%", it.Less})
	}
	for _, f := range r.Assessors {
		lines = append(lines, line{"去掉评分人 " + f.Name, f})
	}
	count := func(title string, get func(line) int) col[line] {
		return col[line]{title: title, width: 30, right: true, get: func(l line) string { return fmt.Sprint(get(l)) }}
	}
	cols := []col[line]{{title: "改变什么", weight: 1, get: func(l line) string { return l.what }}, count("等级上升的风险点", func(l line) int { return l.Up }),
		count("等级下降的风险点", func(l line) int { return l.Down }), count("合计", func(l line) int { return l.Total() }), count("可计算的风险点", func(l line) int { return l.Points })}
	t := judgeHead(in, r, "敏感性分析表")
	t.Columns, t.Rows = numbered(cols, lines)
	t.Notes = []string{"注：权重改变时其余指标按比例让出，合计仍为 1；不计提级条件。改变等级的风险点越少，结果越稳定。"}
	return t
}

// eventsTable sets the levels against the confirmed events of the information library.
func eventsTable(in Input, r *judge.Report) *table.TableModel {
	type line struct {
		*outcome
		events int
		word   string
	}
	events := in.Pilot.Events()
	var lines []line
	word := map[domain.ID]string{}
	for _, o := range r.Hits.Missed {
		word[o.Point.ID] = "漏警：出过事而等级最低，请复核"
	}
	for _, o := range r.Hits.Unproven {
		word[o.Point.ID] = "疑似误警：等级高而没有查实信息"
	}
	for i := range in.Result.Points {
		o := &in.Result.Points[i]
		if w := word[o.Point.ID]; o.Complete && (w != "" || events[o.Point.ID] > 0) {
			lines = append(lines, line{o, events[o.Point.ID], orElse(w, "命中：出过事并已预警")})
		}
	}
	order := map[string]int{"漏": 0, "疑": 1, "命": 2}
	rank := func(l line) int { return order[string([]rune(l.word)[:1])] }
	slices.SortStableFunc(lines, func(a, b line) int { return rank(a) - rank(b) })
	cols := []col[line]{
		{title: "编号", width: 16, center: true, nowrap: true, get: func(l line) string { return l.Point.Code }},
		{title: "风险点", weight: 1, get: func(l line) string { return l.Point.Name }},
		{title: in.Result.Round.Rule.ValueName(), width: 22, right: true, get: func(l line) string { return valueShown(in.Result, l.Index) }},
		{title: "等级", width: 16, cell: func(l line) table.Cell { return levelCell(l.Level) }},
		{title: "查实信息", width: 20, right: true, get: func(l line) string { return fmt.Sprintf("%d 条", l.events) }},
		{title: "对照", weight: 0.8, get: func(l line) string { return l.word }},
	}
	t := judgeHead(in, r, "预警与查实信息对照表")
	t.Columns, t.Rows = numbered(cols, lines)
	t.Notes, t.Empty = r.Hits.Sentences(), "没有可以对照的查实信息，也没有等级高的风险点"
	return t
}

// JudgeFigure formats a figure of the test; undefined ones are a dash.
func JudgeFigure(format string, v *float64) string {
	if v == nil {
		return "—"
	}
	s := fmt.Sprintf(format, *v)
	if strings.Trim(s, "-0.") == "" {
		return strings.TrimPrefix(s, "-") // no −0.00
	}
	return s
}

// JudgeTwin is the indicator that an indicator correlates with most, and how much.
func JudgeTwin(it *judge.Item) string {
	if it.TwinR == nil {
		return "—"
	}
	return it.Twin + " " + JudgeFigure("%.2f", it.TwinR)
}

// JudgeFlips is how many points change level when the weight goes up and down.
func JudgeFlips(it *judge.Item) string {
	return fmt.Sprintf("%d / %d", it.More.Total(), it.Less.Total())
}

// JudgeLegend says what the columns of the test are.
func JudgeLegend() string {
	return "各栏：题总相关为该指标与其余指标之和的相关系数；删后 α 为删去该指标后的 Cronbach α；变异系数、区分度（得分最高与最低的 27% 之差÷4）按风险点平均分计算，逆向指标已换算；1分、5分为评分中两端所占比例；ICC 为 ICC(2,1)，W 为有并列校正的肯德尔系数；改变等级为权重加、减 10% 时改变等级的风险点个数。"
}

// comparisonNotes are the notes under the 两次评估对比表.
func comparisonNotes(in Input) []string {
	notes := []string{"降幅＝（前次指数－本次指数）÷前次指数。"}
	c, err := judge.Compare(in.Pilot, in.Before, in.Result)
	if err != nil {
		return append(notes, err.Error()+"。")
	}
	return append(notes, c.Sentences()...)
}
