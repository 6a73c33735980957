package summary

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/app/judge"
	"lianshao/app/report/document"
	"lianshao/app/report/draw"
	"lianshao/app/trend"
	"lianshao/domain"
)

// systems is 四、形成的制度成果: what stands behind each of the five 制度.
func (w *writer) systems() {
	w.head(1, "四、形成的制度成果")
	w.say("围绕五个方面的制度要求，试点形成以下可操作的办法和工具：")
	for i, it := range w.systemItems() {
		text := strings.Join(it.parts, "，")
		if text == "" {
			text = document.Missing(it.name + "的成果")
		}
		w.say(fmt.Sprintf("%d.%s。%s。", i+1, it.name, text))
	}
}

// achievement is one of the five 制度 with what the pilot holds for it.
type achievement struct {
	name  string
	parts []string
}

// has adds a phrase about n things; nothing when there are none.
func (a *achievement) has(n int, format string, args ...any) {
	if n > 0 {
		a.parts = append(a.parts, fmt.Sprintf(format, append([]any{n}, args...)...))
	}
}

func (w *writer) systemItems() []achievement {
	p := w.Pilot
	network, sources, indicators, embedded, levels := 0, tally{}, 0, 0, 0
	for _, m := range p.Members.All() {
		if m.Group == domain.GroupNetwork {
			network++
		}
	}
	for _, i := range p.Intelligence.All() {
		sources.add(i.Source)
	}
	for _, s := range w.systemsInUse() {
		indicators += len(s.Indicators())
	}
	for _, m := range p.Measures.All() {
		if m.Step.ID != "" {
			embedded++
		}
	}
	if res := w.latest(); res != nil {
		levels = len(res.Scheme.Levels)
	}
	collect, assess, warn, control, work := achievement{name: "廉政风险信息收集制度"}, achievement{name: "廉政风险分析评估制度"},
		achievement{name: "廉政风险预测预警制度"}, achievement{name: "廉政风险控制防范制度"}, achievement{name: "廉政风险预警工作制度"}
	collect.has(network, "明确%d个收集渠道的责任单位、方式和频次")
	collect.has(p.Intelligence.Len(), "建立风险信息库，收录信息%d条，来源%d类", len(sources.order))
	collect.has(p.Authorities.Len(), "形成职权目录%d项和统一的自查、梳理表格")
	assess.has(p.Factors.Len(), "归纳成因要素%d条")
	assess.has(indicators, "建立%d项评估指标及其评分标准和权重")
	assess.has(p.Assessments.Len(), "按领导小组成员独立评分、汇总计算、检验一致性的办法完成评估%d次")
	warn.has(levels, "划分%d个预警等级，规定告知范围、签发权限和回告期限")
	warn.has(p.Monitors.Len(), "设监测指标%d项，按评估、规则、趋势综合确定预警")
	warn.has(p.Warnings.Len(), "签发预警通知书%d份")
	control.has(p.Measures.Len(), "制订防范措施%d条")
	control.has(embedded, "其中%d条写入工作流程的具体步骤，明确责任人、时限和留痕")
	work.has(p.Members.Len(), "形成领导小组牵头、部门负责、群众参与的工作机制（领导小组、课题小组、信息收集网络共%d人次）")
	work.has(p.Inspections.Len(), "建立检查记录%d条")
	work.has(p.Appraisals.Len(), "考核评分%d项")
	work.has(p.Sanctions.Len(), "奖惩记录%d项")
	return []achievement{collect, assess, warn, control, work}
}

// problems is 五、存在的问题: what the pilot's own records show.
func (w *writer) problems() {
	w.head(1, "五、存在的问题")
	list := w.shortcomings()
	for i, s := range list {
		w.say(fmt.Sprintf("%d.%s", i+1, s))
	}
	w.say(fmt.Sprintf("%d.", len(list)+1), document.Missing("领导小组和试点部门座谈中提出的其他问题"))
}

// shortcomings lists the problems, each a sentence or two.
func (w *writer) shortcomings() []string {
	var out []string
	add := func(ok bool, format string, args ...any) {
		if ok {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	p := w.Pilot
	not, partly := w.unfinished()
	add(len(not)+len(partly) > 0, "部分防范措施没有落实到位。检查为未落实的%d条、部分落实的%d条，涉及风险点%s。", len(not), len(partly), codes(append(not, partly...)))
	rose, flat := w.noEffect()
	add(len(rose) > 0, "少数风险点的风险指数不降反升。再评估指数高于首次的%d个：%s。", len(rose), codes(rose))
	add(len(flat) > 0, "有的风险点降幅很小。降幅不足5%%的%d个：%s。", len(flat), codes(flat))
	if top := w.stillSevere(); len(top) > 0 {
		add(true, "再评估后仍处于最高等级的风险点%d个：%s。", len(top), codes(top))
	}
	unbound, bare := 0, w.stepsWithoutPoint()
	for _, m := range p.Measures.All() {
		if m.Step.ID == "" {
			unbound++
		}
	}
	add(unbound > 0, "防范措施与工作流程的结合还不够紧，没有嵌入流程步骤的措施%d条。", unbound)
	add(bare > 0, "排查的深度不够平衡，没有登记风险点的流程步骤%d个，需要复核是确无风险还是没有排查到。", bare)
	if res := w.latest(); res != nil {
		if r, err := judge.Indicators(p, res); err == nil {
			change := append(append(slices.Clone(r.With(judge.Change)), r.With(judge.Merge)...), r.With(judge.Remove)...)
			add(len(change) > 0, "评估指标有待完善。检验结论为修改、合并或删除的指标%d项：%s。", len(change), strings.Join(change, "、"))
		}
	}
	short := 0
	for _, m := range p.Monitors.All() {
		if t := trend.Of(p, m); t.Words == trend.TooFew {
			short++
		}
	}
	add(short > 0, "监测数据积累不足，%d项监测指标读数少，还不能作趋势判断。", short)
	open := 0
	for _, o := range p.Opinions.All() {
		if o.Decision == "" || o.Replied.Date == "" {
			open++
		}
	}
	add(open > 0, "有%d条公示意见尚未答复。", open)
	return out
}

// unfinished lists the points with measures that the latest inspection found not or
// partly done, one entry per measure.
func (w *writer) unfinished() (not, partly []string) {
	for _, m := range w.Pilot.Measures.All() {
		code := w.Pilot.CodeOf(domain.KindRiskPoint, m.Point)
		switch w.Pilot.MeasureResult(m.ID) {
		case domain.ResultNot:
			not = append(not, code)
		case domain.ResultPartly:
			partly = append(partly, code)
		}
	}
	return not, partly
}

// noEffect lists the points whose index rose, and those that fell by less than 5 %.
func (w *writer) noEffect() (rose, flat []string) {
	if w.Last == nil {
		return nil, nil
	}
	for _, o := range w.Last.Points {
		was := w.First.Of(o.Point.ID)
		if was == nil || !was.Complete || !o.Complete || was.Index <= 0 {
			continue
		}
		switch drop := (was.Index - o.Index) / was.Index; {
		case drop < 0:
			rose = append(rose, o.Point.Code)
		case drop < 0.05:
			flat = append(flat, o.Point.Code)
		}
	}
	return rose, flat
}

func (w *writer) stillSevere() []string {
	if w.Last == nil {
		return nil
	}
	var out []string
	top := w.Last.Scheme.Ordered()[0].Severity
	for _, o := range w.Last.Points {
		if o.Complete && o.Level.Severity == top {
			out = append(out, o.Point.Code)
		}
	}
	return out
}

// stepsWithoutPoint counts steps of the workflows in force, start and end apart,
// where no risk point is registered.
func (w *writer) stepsWithoutPoint() int {
	n := 0
	for _, f := range w.Pilot.Workflows.All() {
		if f.State == domain.WorkflowRevised || f.State == domain.WorkflowDraft {
			continue
		}
		for i := range f.Steps {
			s := &f.Steps[i]
			if s.Kind != domain.StepStart && s.Kind != domain.StepEnd && len(w.Pilot.RiskPoints.By(domain.ByStep, s.ID)) == 0 {
				n++
			}
		}
	}
	return n
}

// codes names records, each once, a dozen at most.
func codes(list []string) string {
	list = slices.Clone(list)
	slices.SortFunc(list, domain.CompareCodes)
	list = slices.Compact(list)
	if len(list) > 12 {
		return strings.Join(list[:12], "、") + "等"
	}
	return strings.Join(list, "、")
}

// proposals is 六、下一步工作建议: what follows from the problems.
func (w *writer) proposals() {
	w.head(1, "六、下一步工作建议")
	var out []string
	if not, partly := w.unfinished(); len(not)+len(partly) > 0 {
		out = append(out, "抓好措施落实。对未落实、部分落实的防范措施逐条明确整改期限和责任人，由领导小组复查，逾期未改的提高预警等级。")
	}
	if rose, flat := w.noEffect(); len(rose)+len(flat) > 0 || len(w.stillSevere()) > 0 {
		out = append(out, "加强重点环节防控。对指数上升、降幅小和仍处于最高等级的风险点，重新分析成因，补充有针对性的措施。")
	}
	if res := w.latest(); res != nil {
		if r, err := judge.Indicators(w.Pilot, res); err == nil && len(r.With(judge.Keep)) < len(r.Items) {
			out = append(out, "修订评估指标。按检验结论修改、合并或删除有关指标，提交领导小组审议后形成新一版指标体系，下一轮评估起使用。")
		}
	}
	out = append(out,
		"坚持动态管理。按月采集监测指标，及时更新风险信息库，岗位、流程、制度变动时同步复核风险点和防范措施。",
		"总结推广经验。在试点部门做法的基础上，完善五项制度和配套表格，逐步向人、财、物管理的其他重点部门推开。")
	for i, s := range out {
		w.say(fmt.Sprintf("%d.%s", i+1, s))
	}
	w.say(fmt.Sprintf("%d.", len(out)+1), document.Missing("领导小组对全面实施的意见和建议"))
}

// ending closes with the names of the appendices, the signature and the date.
func (w *writer) ending() {
	w.Add(document.Paragraph{Text: "附件：1.廉政风险点汇总表", Space: true})
	if w.Last != nil {
		w.Add(document.Paragraph{Text: "　　　2.廉政风险两次评估对比表"})
	}
	w.Add(document.Paragraph{Text: w.school(), Align: draw.Right, In: 4, Space: true},
		document.Paragraph{Text: "廉政风险预警防范试点工作领导小组", Align: draw.Right, In: 2},
		document.Paragraph{Text: day(w.Today, "报告日期"), Align: draw.Right, In: 4})
}

// appendices follow on pages that lie down. A second section turns the paper back.
func (w *writer) appendices() {
	w.Add(document.Section{Landscape: true}, document.Paragraph{Text: "附件1", Plain: true})
	w.paper("summary", "廉政风险点汇总表", "部门", "编号", "风险点", "岗位", "等级", "防控措施", "责任人")
	if w.Last != nil {
		w.Add(document.Paragraph{Text: "附件2", Plain: true, Space: true})
		w.paper("comparison", "廉政风险两次评估对比表")
	}
}

// planSentence says how much of the plan is done; the two last steps are this report
// and its sending.
func (w *writer) planSentence() string {
	steps := app.PlanOn(w.Pilot, w.Today).All()
	if len(steps) == 0 {
		return ""
	}
	done, open := 0, 0
	for i := range steps {
		switch {
		case steps[i].Done():
			done++
		case i < len(steps)-2:
			open++
		}
	}
	if open == 0 {
		return "试点工作已按方案完成，"
	}
	return fmt.Sprintf("试点方案安排的%d个工作步骤已完成%d个，", len(steps), done)
}

// Letter is the 上报文 that goes with the report to the offices above.
func Letter(f Facts) *document.Document {
	w := newWriter(f)
	w.Title = "关于报送廉政风险预警防范试点工作总结报告的报告"
	start, end := w.span()
	w.Add(document.Heading{Text: "关于报送" + w.school() + "\n廉政风险预警防范试点工作总结报告的报告"},
		document.Paragraph{Text: document.Missing("发文字号，如 ×委〔" + year(f.Today) + "〕×号"), Align: draw.Center},
		document.Paragraph{Text: orMissing(w.superiors(), "主送机关") + "：", Plain: true, Space: true})
	w.say(stop(orMissing(f.Pilot.Info().Basis, "开展试点的上级文件依据")),
		fmt.Sprintf("我校自%s至%s在%s开展了廉政风险预警防范机制建设试点工作。", start, end, w.unitNames()),
		"试点期间，", w.letterNumbers(), w.planSentence(), "形成了试点工作总结报告。")
	w.say("现将《试点工作总结报告》随文报送，请审阅。")
	w.Add(document.Paragraph{Text: "附件：" + w.school() + "廉政风险预警防范试点工作总结报告", Space: true},
		document.Paragraph{Text: w.school(), Align: draw.Right, In: 4, Space: true},
		document.Paragraph{Text: day(w.Today, "上报日期"), Align: draw.Right, In: 4},
		document.Paragraph{Text: "（联系人：" + document.Missing("联系人") + "，" + document.Missing("电话") + "）"})
	return &w.Document
}

func year(d domain.Date) string {
	if d == "" {
		return "　　　　"
	}
	return fmt.Sprint(d.Time().Year())
}

// superiors are the offices that the last step of the plan reports to: 向教卫党委、纪委上报.
func (w *writer) superiors() string {
	for _, m := range slices.Backward(w.Pilot.Milestones.All()) {
		_, rest, found := strings.Cut(m.Content, "向")
		to, _, ok := strings.Cut(rest, "上报")
		if found && ok && to != "" {
			return to
		}
	}
	return ""
}

func (w *writer) letterNumbers() string {
	p := w.Pilot
	text := fmt.Sprintf("共排查廉政风险点%d个，制订防范措施%d条", len(p.ActivePoints()), p.Measures.Len())
	if w.First != nil {
		text += fmt.Sprintf("；%s%s", w.First.Round.Name, levelWords(w.First))
	}
	if w.Last != nil {
		text += fmt.Sprintf("，%s%s", w.Last.Round.Name, levelWords(w.Last))
	}
	return text + "。"
}
