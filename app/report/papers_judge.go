package report

import (
	"fmt"
	"strings"

	"lianshao/app/judge"
	"lianshao/app/report/table"
)

// judgePaper is the 指标检验报告: are the indicators scientific and effective?
func judgePaper() Paper {
	return Paper{ID: "indicator-check", Title: "指标检验报告", Ready: judgeReady,
		Tables: func(in Input, _ Options) []*table.TableModel {
			r, err := judge.Indicators(in.Pilot, in.Result)
			if err != nil {
				return nil // Ready said so
			}
			return []*table.TableModel{judgeTable(in, &r)}
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
