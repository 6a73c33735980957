package summary

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/app/judge"
	"lianshao/app/report"
	"lianshao/app/report/chart"
	"lianshao/app/report/document"
	"lianshao/app/report/draw"
	"lianshao/app/trend"
	"lianshao/app/warn"
	"lianshao/domain"
)

// results is 三、主要做法和成效.
func (w *writer) results() {
	w.head(1, "三、主要做法和成效")
	w.head(2, "（一）多渠道排查廉政风险点")
	w.found()
	w.head(2, "（二）分等级评估和预警")
	w.levels()
	w.warnings()
	w.head(2, "（三）针对预警制订并落实防范措施")
	w.measures()
	w.head(2, "（四）再评估检验效果")
	w.comparison()
	w.head(2, "（五）检验指标的科学性和有效性")
	w.indicators()
	w.head(2, "（六）监测预测和监督考核")
	w.monitors()
	w.appraisals()
}

func (w *writer) found() {
	p := w.Pilot
	points := p.ActivePoints()
	if len(points) == 0 {
		w.say(document.Missing("排查出的廉政风险点"))
		return
	}
	merged, removed, several := 0, 0, 0
	for _, r := range p.RiskPoints.All() {
		switch r.Status {
		case domain.PointMerged:
			merged++
		case domain.PointRemoved:
			removed++
		}
		if r.Status == domain.PointActive && len(r.Channels) > 1 {
			several++
		}
	}
	text := fmt.Sprintf("共排查出有效廉政风险点%d个", len(points))
	var gone []string
	if merged > 0 {
		gone = append(gone, fmt.Sprintf("%d个经核对合并", merged))
	}
	if removed > 0 {
		gone = append(gone, fmt.Sprintf("%d个经核对删除", removed))
	}
	if len(gone) > 0 {
		text += "（另有" + strings.Join(gone, "、") + "）"
	}
	text += fmt.Sprintf("。来源渠道见表%d，同一风险点由两种以上渠道发现的%d个。", w.tables+1, several)
	w.say(text)
	header := append([]string{"部门", "风险点"}, append(slices.Clone(domain.Channels), "未注明来源")...)
	var rows [][]string
	sums := make([]int, len(header)-1)
	for _, u := range p.Units.All() {
		counts := make([]int, len(header)-1)
		for _, r := range p.RiskPoints.By(domain.ByUnit, u.ID) {
			if r.Status != domain.PointActive {
				continue
			}
			counts[0]++
			for i, c := range domain.Channels {
				if slices.Contains(r.Channels, c) {
					counts[i+1]++
				}
			}
			if len(r.Channels) == 0 {
				counts[len(counts)-1]++
			}
		}
		rows = append(rows, numbers(u.Name, counts))
		for i, n := range counts {
			sums[i] += n
		}
	}
	t := grid([]float64{2.4, 1, 1, 1, 1, 1.2}, header, append(rows, numbers("合计", sums))...)
	t.Rows[len(t.Rows)-1].Bold = true
	w.table("廉政风险点来源渠道（一个风险点可有几种来源）", t)
	categories := tally{order: domain.Categories}
	for _, r := range points {
		categories.add(firstOf(r.Category, "未分类"))
	}
	w.say("按成因类别，", categories.words("个"), "。", w.library())
}

func numbers(label string, counts []int) []string {
	out := []string{label}
	for _, n := range counts {
		out = append(out, fmt.Sprint(n))
	}
	return out
}

// library says what the 风险信息库 holds.
func (w *writer) library() string {
	n := w.Pilot.Intelligence.Len()
	if n == 0 {
		return ""
	}
	linked := 0
	var sources tally
	for _, i := range w.Pilot.Intelligence.All() {
		sources.add(firstOf(i.Source, "其他"))
		if len(i.Points) > 0 {
			linked++
		}
	}
	return fmt.Sprintf("风险信息库收录信息%d条（%s），其中%d条与风险点相互印证。", n, sources.words("条"), linked)
}

func (w *writer) levels() {
	if w.First == nil {
		w.say("评估结果：", document.Missing("评估结果"), "。")
		return
	}
	in := w.input()
	text := fmt.Sprintf("%s，%s。", w.First.Round.Name, levelWords(w.First))
	if w.Last != nil {
		text += fmt.Sprintf("%s，%s。", w.Last.Round.Name, levelWords(w.Last))
	}
	w.say(text, fmt.Sprintf("各部门等级分布见表%d。", w.tables+1))
	w.table("各部门预警等级分布", w.levelTable())
	if len(w.Pilot.Units.All()) > 1 {
		w.picture("各部门预警等级", report.LevelsByUnit(in), 190)
	}
	if a, err := app.RoundAgreement(w.Pilot, w.First); err == nil {
		w.say(fmt.Sprintf("%s中%d位评分人对%d个风险点的评分一致性系数（肯德尔W）为%.3f（p%s）。", w.First.Round.Name, a.Raters, a.Points, a.WCorrected, pText(a.P)))
	}
	w.say(w.worst())
}

func pText(p float64) string {
	if p < 0.001 {
		return "＜0.001"
	}
	return fmt.Sprintf("＝%.3f", p)
}

// levelWords counts a round's levels: 红9个、橙17个.
func levelWords(res *domain.RoundResult) string {
	count := res.LevelCounts()
	var parts []string
	for _, l := range res.Scheme.Ordered() {
		parts = append(parts, fmt.Sprintf("%s%d个", l.Label, count[l.Label]))
	}
	text := strings.Join(parts, "、")
	if res.Incomplete > 0 {
		text += fmt.Sprintf("，另有%d个评分不全，没有等级", res.Incomplete)
	}
	return text
}

// levelTable counts levels per unit, both rounds side by side.
func (w *writer) levelTable() document.Table {
	rounds := []*domain.RoundResult{w.First}
	if w.Last != nil {
		rounds = append(rounds, w.Last)
	}
	t := document.Table{Header: 2, Columns: []document.Column{{Weight: 3}}}
	upper := document.Row{Cells: []document.Cell{{Text: "部门", Align: draw.Center, Own: true, Below: true}}}
	lower := document.Row{Cells: []document.Cell{{Covered: true}}}
	for _, res := range rounds {
		levels := res.Scheme.Ordered()
		upper.Cells = append(upper.Cells, document.Cell{Text: res.Round.Name, Align: draw.Center, Own: true, ColSpan: len(levels)})
		for _, l := range levels {
			t.Columns = append(t.Columns, document.Column{Weight: 1, Align: draw.Center})
			lower.Cells = append(lower.Cells, document.Cell{Text: l.Label, Align: draw.Center, Own: true})
		}
	}
	t.Rows = []document.Row{upper, lower}
	add := func(name string, in func(*domain.RiskPoint) bool, bold bool) {
		row := document.Row{Bold: bold, Cells: []document.Cell{{Text: name}}}
		for _, res := range rounds {
			count := map[string]int{}
			for i := range res.Points {
				if o := &res.Points[i]; o.Complete && in(o.Point) {
					count[o.Level.Label]++
				}
			}
			for _, l := range res.Scheme.Ordered() {
				row.Cells = append(row.Cells, document.Cell{Text: fmt.Sprint(count[l.Label]), Mark: report.LevelColor(l.Color)})
			}
		}
		t.Rows = append(t.Rows, row)
	}
	for _, u := range w.Pilot.Units.All() {
		add(u.Name, func(r *domain.RiskPoint) bool { return r.Unit.ID == u.ID }, false)
	}
	add("合计", func(*domain.RiskPoint) bool { return true }, true)
	return t
}

// worst names the points of the top level in the first round.
func (w *writer) worst() string {
	top := w.First.Scheme.Ordered()[0]
	var list []domain.PointOutcome
	for _, o := range w.First.Points {
		if o.Complete && o.Level.Severity == top.Severity {
			list = append(list, o)
		}
	}
	if len(list) == 0 {
		return ""
	}
	slices.SortStableFunc(list, func(a, b domain.PointOutcome) int { return cmp.Compare(b.Index, a.Index) })
	var names []string
	for _, o := range list[:min(len(list), 10)] {
		names = append(names, fmt.Sprintf("%s“%s”", w.Pilot.NameOf(domain.KindUnit, o.Point.Unit), o.Point.Name))
	}
	etc := ""
	if len(list) > 10 {
		etc = "等"
	}
	return fmt.Sprintf("%s为%s色的%d个风险点是：%s%s。", w.First.Round.Name, strings.TrimSuffix(top.Label, "色"), len(list), strings.Join(names, "，"), etc)
}

func (w *writer) warnings() {
	p := w.Pilot
	if p.Warnings.Len() == 0 {
		if w.First != nil {
			w.say(fmt.Sprintf("按评估结果应当预警的风险点%d个，预警签发情况：", len(warn.OfRound(p, w.First))), document.Missing("预警的签发日期和份数"), "。")
		}
		return
	}
	levels, states := tally{}, tally{order: []string{domain.WarningReleased, domain.WarningReplied, domain.WarningRaised, domain.WarningCorrected, domain.WarningContinued, domain.WarningIssued}}
	late := 0
	var first domain.Date
	for _, x := range p.Warnings.All() {
		levels.add(x.Level + "色")
		states.add(x.State)
		if x.Replied == "" && x.State == domain.WarningIssued && x.ReplyBy != "" && x.ReplyBy < w.Today {
			late++
		}
		if first == "" || x.Issued != "" && x.Issued < first {
			first = x.Issued
		}
	}
	text := fmt.Sprintf("自%s起，领导小组按等级签发预警通知书%d份（%s），现%s", day(first, "预警签发日期"), p.Warnings.Len(), levels.words("份"), states.words("份"))
	if late > 0 {
		text += fmt.Sprintf("，超过期限尚未回告%d份", late)
	}
	w.say(text, "。")
}

func (w *writer) measures() {
	p := w.Pilot
	if p.Measures.Len() == 0 {
		w.say(document.Missing("防范措施"))
		return
	}
	points, embedded := map[domain.ID]bool{}, 0
	for _, m := range p.Measures.All() {
		points[m.Point.ID] = true
		if m.Step.ID != "" {
			embedded++
		}
	}
	w.say(fmt.Sprintf("试点部门针对%d个风险点制订防范措施%d条，其中嵌入工作流程步骤%d条（占%s），逐条明确责任人和完成时限。", len(points), p.Measures.Len(), embedded, percent(embedded, p.Measures.Len())))
	if p.Inspections.Len() == 0 {
		return
	}
	kinds := []string{domain.ResultDone, domain.ResultPartly, domain.ResultNot}
	var rows [][]string
	sums := make([]int, len(kinds)+2)
	for _, u := range p.Units.All() {
		counts := make([]int, len(kinds)+2)
		for _, r := range p.RiskPoints.By(domain.ByUnit, u.ID) {
			for _, m := range p.Measures.By(domain.ByPoint, r.ID) {
				counts[0]++
				if i := slices.Index(kinds, p.MeasureResult(m.ID)); i >= 0 {
					counts[i+1]++
				} else {
					counts[len(counts)-1]++
				}
			}
		}
		rows = append(rows, append(numbers(u.Name, counts), percent(counts[1], counts[0]-counts[len(counts)-1])))
		for i, n := range counts {
			sums[i] += n
		}
	}
	total := append(numbers("合计", sums), percent(sums[1], sums[0]-sums[len(sums)-1]))
	t := grid([]float64{2.4, 1, 1, 1, 1, 1, 1.2}, []string{"部门", "措施", "已落实", "部分落实", "未落实", "未检查", "落实率"}, append(rows, total)...)
	t.Rows[len(t.Rows)-1].Bold = true
	w.say(fmt.Sprintf("经检查，防范措施落实情况见表%d（落实率为已落实条数占已检查条数的比例）。", w.tables+1))
	w.table("防范措施落实情况", t)
}

func (w *writer) comparison() {
	if w.Last == nil {
		w.say("再评估：", document.Missing("再评估的日期和结果"), "。")
		return
	}
	c, err := judge.Compare(w.Pilot, w.First, w.Last)
	if err != nil {
		w.say("两次评估不能直接对比：", app.Sentence(err))
		return
	}
	milder, worse := 0, 0
	for _, e := range c.Effects {
		milder, worse = milder+e.Milder, worse+e.Worse
	}
	w.say(fmt.Sprintf("用同一版指标对%d个风险点进行再评估，等级下降的%d个、不变的%d个、上升的%d个，等级变化见表%d。",
		c.Points, milder, c.Points-milder-worse, worse, w.tables+1), strings.Join(c.Sentences(), ""))
	header := []string{w.First.Round.Name + "＼" + w.Last.Round.Name}
	weights := []float64{2.2}
	for _, l := range c.Levels {
		header, weights = append(header, l.Label), append(weights, 1)
	}
	var rows [][]string
	for i, l := range c.Levels {
		rows = append(rows, append(numbers(l.Label, c.Moves[i]), fmt.Sprint(total(c.Moves[i]))))
	}
	sums := make([]int, len(c.Levels))
	for _, row := range c.Moves {
		for k, n := range row {
			sums[k] += n
		}
	}
	rows = append(rows, append(numbers("合计", sums), fmt.Sprint(total(sums))))
	t := grid(append(weights, 1), append(header, "合计"), rows...)
	t.Rows[len(t.Rows)-1].Bold = true
	w.table("两次评估等级变化（行为前次，列为再评估，单位：个）", t)
	if d, ok := report.Comparison(w.input()).(*chart.Dumbbell); ok && w.Metrics != nil {
		w.picture("首次评估指数最高的风险点两次评估对比", severest(d), 400)
	}
}

// severest keeps the dozen points that were highest before; all of them would be too
// small to read on a page.
func severest(d *chart.Dumbbell) *chart.Dumbbell {
	const dozen = 12
	slices.SortStableFunc(d.Items, func(a, b chart.Shift) int { return cmp.Compare(b.Before, a.Before) })
	d.Items = d.Items[:min(dozen, len(d.Items))]
	return d
}

func total(ns []int) int {
	sum := 0
	for _, n := range ns {
		sum += n
	}
	return sum
}

func (w *writer) indicators() {
	if w.latest() == nil {
		w.say(document.Missing("指标检验结果"))
		return
	}
	r, err := judge.Indicators(w.Pilot, w.latest())
	if err != nil {
		w.say("指标检验：", app.Sentence(err))
		return
	}
	w.say(strings.Join(r.Summary(), ""))
	var rows [][]string
	for i := range r.Items {
		it := &r.Items[i]
		rows = append(rows, []string{it.Code + " " + it.Name, fmt.Sprintf("%.4f", it.Weight), report.JudgeFigure("%.3f", it.ItemTotal), report.JudgeFigure("%.2f", it.D), string(it.Verdict), it.Reason})
	}
	t := grid([]float64{2.4, 1, 1, 1, 0.9, 3.6}, []string{"指标", "权重", "题总相关", "区分度", "结论", "理由"}, rows...)
	t.Columns[5].Align = draw.Left
	w.table("指标检验结论（"+r.Round.Name+"，第"+fmt.Sprint(r.System.Version)+"版指标）", t)
}

func (w *writer) monitors() {
	p := w.Pilot
	if p.Monitors.Len() == 0 {
		w.say("监测指标：", document.Missing("监测指标和读数"), "。")
		return
	}
	alarm, warn, worse, short := 0, 0, 0, 0
	for _, m := range p.Monitors.All() {
		t := trend.Of(p, m)
		switch t.Status {
		case "报警":
			alarm++
		case "预警":
			warn++
		}
		if t.Worsening {
			worse++
		}
		if t.Words == trend.TooFew {
			short++
		}
	}
	text := fmt.Sprintf("设监测指标%d项、积累读数%d个，最新读数达到报警值%d项、预警值%d项，趋势显著恶化%d项", p.Monitors.Len(), p.Readings.Len(), alarm, warn, worse)
	if short > 0 {
		text += fmt.Sprintf("；%d项读数不足，不作预测", short)
	}
	w.say(text, "。")
}

func (w *writer) appraisals() {
	p := w.Pilot
	var parts []string
	for _, u := range p.Units.All() {
		self, confirmed, full, n := 0.0, 0.0, 0.0, 0
		for _, a := range p.Appraisals.All() {
			if a.Unit.ID == u.ID {
				full, self, confirmed, n = full+a.Full, self+a.Self.Value, confirmed+a.Confirmed.Value, n+1
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%s自评%g分、核准%g分（满分%g分）", u.Name, self, confirmed, full))
		}
	}
	if len(parts) == 0 {
		w.say("监督考核：", document.Missing("考核评分结果"), "。")
	} else {
		w.say("领导小组组织监督考核：", strings.Join(parts, "，"), "。")
	}
	rewards, penalties := 0, 0
	for _, x := range p.Sanctions.All() {
		if x.Reward {
			rewards++
		} else {
			penalties++
		}
	}
	if rewards+penalties > 0 {
		w.say(fmt.Sprintf("依据检查和考核结果，给予奖励%d项、惩处（含提醒、诫勉、通报）%d项。", rewards, penalties))
	}
}
