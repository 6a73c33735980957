package domain

import (
	"fmt"
	"slices"
	"strings"
)

// PaperRule says how the pilot's own content makes a paper complete. A paper may
// always be filed as an Artefact instead, for example when it was signed outside.
type PaperRule struct {
	Key   string   // stable: the window knows by it where the paper is made
	Words []string // found in the names of such papers
	How   string   // when it is complete, for people
	lack  func(c *paperCheck) string
}

// paperCheck is what a rule looks at: the nth paper of its kind, for milestone m.
type paperCheck struct {
	*Plan
	m   *Milestone
	nth int
}

// PaperRules is the table of papers that the pilot itself can show. The first rule
// whose word is in the paper's name counts, so the particular stand before the
// general.
var PaperRules = []PaperRule{
	{"mobilise", []string{"动员会"}, "每个部门都有一次动员会的会议记录", (*paperCheck).mobilised},
	{"minutes", []string{"会议纪要", "会议记录", "会议决议"}, "会议记录里写了决议", (*paperCheck).minutes},
	{"leading", []string{"领导小组名单"}, "领导小组成员都有姓名", func(c *paperCheck) string { return c.roster(GroupLeading) }},
	{"research-group", []string{"课题小组名单", "课题组名单"}, "课题小组成员都有姓名", func(c *paperCheck) string { return c.roster(GroupResearch) }},
	{"network", []string{"信息收集网络"}, "信息收集网络写了来源和收集单位", (*paperCheck).network},
	{"plan", []string{"试点工作方案", "试点方案", "工作方案"}, "依据、目标、内容、制度齐全，各步骤都有日期", (*paperCheck).plan},
	{"new-workflow", []string{"新版工作流程", "新版流程", "修订后流程", "修订后工作流程"}, "每个部门都有流程出了新版，预警点的措施嵌在步骤上", (*paperCheck).newWorkflow},
	{"workflow", []string{"流程梳理表", "流程图", "流程表"}, "每个部门都有工作流程", (*paperCheck).workflows},
	{"authorities", []string{"职权目录", "权力目录", "权力清单"}, "每个部门都有职权目录", (*paperCheck).authorities},
	{"self-assessment", []string{"自查表", "排查表", "一览表"}, "每个部门都有风险点", (*paperCheck).points},
	{"opinions", []string{"意见登记表", "意见反馈表"}, "公示已结束，收到的意见都有处理结果", (*paperCheck).opinions},
	{"disclosure", []string{"公示材料", "公示稿", "公示"}, "公示的起止日期已定并已开始", (*paperCheck).disclosed},
	{"revisions", []string{"修订记录", "调整记录"}, "采纳的意见都有修订记录", (*paperCheck).revisions},
	{"research", []string{"调研记录", "调研报告"}, "有调研记录", (*paperCheck).researched},
	{"cases", []string{"案例卡", "案例分析", "案例"}, "有案例卡", (*paperCheck).cases},
	{"factors", []string{"成因要素", "要素表"}, "有成因要素", (*paperCheck).factors},
	{"comparison", []string{"对比表"}, "两次评估都已评完", (*paperCheck).secondRound},
	{"judge", []string{"指标检验"}, "两次评估都已评完", (*paperCheck).secondRound},
	{"new-indicators", []string{"新版指标", "修订后指标"}, "指标体系出了新版", (*paperCheck).newIndicators},
	{"indicators", []string{"指标体系"}, "岗位指标体系权重齐全", (*paperCheck).indicators},
	{"publishing", []string{"发布办法", "发布方法"}, "等级方案写明每个预警等级的告知对象、签发人和回告期限", (*paperCheck).publishing},
	{"scheme", []string{"等级方案"}, "有按风险指数分级的等级方案", (*paperCheck).scheme},
	{"notices", []string{"预警通知书"}, "应当预警的都已签发", (*paperCheck).notices},
	{"measures", []string{"防范措施表", "防控措施表"}, "预警的风险点都有防范措施", (*paperCheck).measures},
	{"inspection", []string{"检查表", "检查记录"}, "预警风险点的措施都检查过", (*paperCheck).inspected},
	{"ratings", []string{"评分表", "评估汇总表", "预警清单", "预警登记表"}, "有效的风险点都已评完", func(c *paperCheck) string { return c.rated(c.nth) }},
}

func (c *paperCheck) mobilised() string {
	var without []string
	for _, u := range c.Pilot.Units.All() {
		if !slices.ContainsFunc(c.Pilot.Meetings.All(), func(m *Meeting) bool {
			return m.Type == MeetingMobilise && m.Unit.ID == u.ID && c.held(m)
		}) {
			without = append(without, u.Name)
		}
	}
	return notEvery(c.Pilot.Units.Len(), without, "%s没有动员会记录")
}

func (c *paperCheck) held(m *Meeting) bool { return m.Date != "" && m.Date <= c.Today }

// minutes wants a resolution of whoever is responsible for the milestone.
func (c *paperCheck) minutes() string {
	council := slices.Contains(c.m.Responsible, GroupCouncil)
	for _, m := range c.Pilot.Meetings.All() {
		if m.Resolution != "" && c.held(m) && (m.Type == MeetingCouncil || !council && m.Type == MeetingLeading) {
			return ""
		}
	}
	if council {
		return "没有写明决议的常委会会议记录"
	}
	return "没有写明决议的会议记录"
}

func (c *paperCheck) roster(group string) string {
	n, nameless := 0, 0
	for _, m := range c.Pilot.Members.All() {
		if m.Group == group {
			n++
			if m.Name == "" {
				nameless++
			}
		}
	}
	switch {
	case n == 0:
		return "还没有" + group + "成员"
	case nameless > 0:
		return fmt.Sprintf("还有 %d 人没有姓名", nameless)
	}
	return ""
}

func (c *paperCheck) network() string {
	for _, m := range c.Pilot.Members.All() {
		if m.Group == GroupNetwork && m.Source != "" && m.Title != "" {
			return ""
		}
	}
	return "还没有信息收集网络"
}

func (c *paperCheck) plan() string {
	info := c.Pilot.Info()
	var without []string
	for _, x := range []struct {
		name string
		have bool
	}{{"依据", info.Basis != ""}, {"目标", info.Goals != ""}, {"试点内容", len(info.Contents) > 0}, {"五项制度", len(info.Tasks) > 0}} {
		if !x.have {
			without = append(without, x.name)
		}
	}
	if len(without) > 0 {
		return "没有写" + strings.Join(without, "、")
	}
	for _, m := range c.Pilot.Milestones.All() {
		if m.Start == "" || m.End == "" {
			return fmt.Sprintf("第%d步没有起止日期", m.No)
		}
	}
	return ""
}

// eachUnit names the units that have nothing.
func (c *paperCheck) eachUnit(has func(unit ID) bool, format string) string {
	var without []string
	for _, u := range c.Pilot.Units.All() {
		if !has(u.ID) {
			without = append(without, u.Name)
		}
	}
	return notEvery(c.Pilot.Units.Len(), without, format)
}

// notEvery is the clause for those that lack something; format takes their names.
func notEvery(all int, without []string, format string) string {
	switch {
	case all == 0:
		return "还没有登记试点部门"
	case len(without) == 0:
		return ""
	}
	return fmt.Sprintf(format, someOf(without))
}

// someOf names the first of a list and counts the rest.
func someOf(names []string) string {
	if len(names) <= 3 {
		return strings.Join(names, "、")
	}
	return fmt.Sprintf("%s 等 %d 个", strings.Join(names[:2], "、"), len(names))
}

func (c *paperCheck) workflows() string {
	return c.eachUnit(func(u ID) bool {
		return slices.ContainsFunc(c.Pilot.Workflows.By(ByUnit, u), func(w *Workflow) bool { return len(w.Steps) > 0 })
	}, "%s没有工作流程")
}

func (c *paperCheck) authorities() string {
	return c.eachUnit(func(u ID) bool { return len(c.Pilot.Authorities.By(ByUnit, u)) > 0 }, "%s没有职权目录")
}

func (c *paperCheck) points() string {
	return c.eachUnit(func(u ID) bool {
		return slices.ContainsFunc(c.Pilot.RiskPoints.By(ByUnit, u), func(r *RiskPoint) bool { return r.Status == PointActive })
	}, "%s没有风险点")
}

func (c *paperCheck) disclosure() *Disclosure {
	return c.Pilot.LatestDisclosure(c.nth)
}

func (c *paperCheck) disclosed() string {
	d := c.disclosure()
	switch {
	case d == nil:
		return fmt.Sprintf("还没有第%d次公示", c.nth)
	case d.State == DisclosureDraft: // one known by an import only has no state
		return fmt.Sprintf("第%d次公示还没有开始", c.nth)
	case d.State == DisclosureWithdrawn:
		return fmt.Sprintf("第%d次公示已撤回，要另发一次", c.nth)
	case d.Start == "" || d.End == "":
		return fmt.Sprintf("第%d次公示没有写起止日期", c.nth)
	case d.Start > c.Today:
		return fmt.Sprintf("第%d次公示 %s 才开始", c.nth, d.Start)
	}
	return ""
}

func (c *paperCheck) opinions() string {
	if lack := c.disclosed(); lack != "" {
		return lack
	}
	d := c.disclosure()
	if d.End >= c.Today {
		return fmt.Sprintf("第%d次公示到 %s 结束", c.nth, d.End)
	}
	var open []string
	for _, o := range c.Pilot.OpinionsOn(d) {
		if o.Decision == "" {
			open = append(open, o.Code)
		}
	}
	if len(open) > 0 {
		return "意见 " + someOf(open) + " 没有处理结果"
	}
	return ""
}

// revisions wants one for every opinion that was adopted, in whole or in part.
func (c *paperCheck) revisions() string {
	if lack := c.opinions(); lack != "" {
		return lack
	}
	d := c.disclosure()
	revised := map[ID]bool{}
	for _, r := range c.Pilot.Revisions.All() {
		for _, o := range r.Opinions {
			revised[o.ID] = true
		}
	}
	var without []string
	for _, o := range c.Pilot.OpinionsOn(d) {
		if o.Adopted() && !revised[o.ID] {
			without = append(without, o.Code)
		}
	}
	if len(without) > 0 {
		return "采纳的意见 " + someOf(without) + " 没有修订记录"
	}
	return ""
}

func (c *paperCheck) researched() string {
	for _, m := range c.Pilot.Meetings.All() {
		if m.Type == MeetingResearch && c.held(m) {
			return ""
		}
	}
	return "还没有调研记录"
}

func (c *paperCheck) cases() string {
	if c.Pilot.CaseCards.Len() == 0 {
		return "还没有案例卡"
	}
	return ""
}

func (c *paperCheck) factors() string {
	if c.Pilot.Factors.Len() == 0 {
		return "还没有成因要素"
	}
	return ""
}

func (c *paperCheck) indicators() string {
	s := c.Pilot.SystemFor(TargetPoint)
	switch {
	case s == nil || len(s.Dimensions) == 0:
		return "还没有岗位层面的指标体系"
	case !s.Weighted():
		return "指标权重还没有定"
	}
	return ""
}

func (c *paperCheck) newIndicators() string {
	if s := c.Pilot.SystemFor(TargetPoint); s == nil || s.Version < 2 {
		return "指标体系还没有新版"
	}
	return ""
}

func (c *paperCheck) scheme() string {
	if c.Pilot.SchemeFor(BasisIndex) == nil {
		return "还没有等级方案"
	}
	return ""
}

func (c *paperCheck) publishing() string {
	s := c.Pilot.SchemeFor(BasisIndex)
	if s == nil {
		return "还没有等级方案"
	}
	for _, l := range s.Levels {
		if l.Severity > 0 && (l.Told == "" || l.Signer == "" || l.Reply == 0) {
			return fmt.Sprintf("等级“%s”没有写明告知对象、签发人或回告期限", l.Label)
		}
	}
	return ""
}

// round computes the nth round; lack says why it cannot be.
func (c *paperCheck) round(nth int) (res *RoundResult, lack string) {
	var nos []int
	for _, a := range c.Pilot.Assessments.All() {
		nos = append(nos, a.No)
	}
	slices.Sort(nos)
	if nth > len(nos) {
		return nil, fmt.Sprintf("还没有第%d次评估", nth)
	}
	if res = c.Result(nos[nth-1]); res == nil {
		return nil, fmt.Sprintf("第%d次评估没有指标体系或等级方案", nth)
	}
	return res, ""
}

func (c *paperCheck) rated(nth int) string {
	res, lack := c.round(nth)
	switch {
	case res == nil:
		return lack
	case len(res.Points) == 0:
		return "没有有效的风险点"
	case res.Incomplete > 0:
		return fmt.Sprintf("还有 %d 个风险点没有评完", res.Incomplete)
	}
	return ""
}

func (c *paperCheck) secondRound() string {
	if lack := c.rated(1); lack != "" {
		return lack
	}
	return c.rated(2)
}

// warned calls visit for every point that the first round warns of; it says what
// hinders knowing them.
func (c *paperCheck) warned(visit func(o *PointOutcome)) string {
	if lack := c.rated(1); lack != "" {
		return lack
	}
	res, _ := c.round(1)
	for i := range res.Points {
		if o := &res.Points[i]; o.Level.Severity > 0 {
			visit(o)
		}
	}
	return ""
}

func (c *paperCheck) notices() string {
	n := 0
	lack := c.warned(func(o *PointOutcome) {
		if len(c.Pilot.Warnings.By(ByPoint, o.Point.ID)) == 0 {
			n++
		}
	})
	if lack == "" && n > 0 {
		lack = fmt.Sprintf("还有 %d 份预警没有签发", n)
	}
	return lack
}

func (c *paperCheck) measures() string {
	return c.warnedWithout("%s没有防范措施", func(*Measure) bool { return true })
}

// warnedWithout names the warned points that have no measure such as fit accepts.
func (c *paperCheck) warnedWithout(format string, fit func(*Measure) bool) string {
	var without []string
	lack := c.warned(func(o *PointOutcome) {
		if !slices.ContainsFunc(c.Pilot.Measures.By(ByPoint, o.Point.ID), fit) {
			without = append(without, o.Point.Code)
		}
	})
	if lack == "" && len(without) > 0 {
		lack = fmt.Sprintf(format, someOf(without))
	}
	return lack
}

func (c *paperCheck) newWorkflow() string {
	if lack := c.warnedWithout("%s的措施没有嵌入流程步骤", func(m *Measure) bool { return m.Step.ID != "" }); lack != "" {
		return lack
	}
	return c.eachUnit(func(u ID) bool {
		return slices.ContainsFunc(c.Pilot.Workflows.By(ByUnit, u), func(w *Workflow) bool { return w.Version > 1 && w.State != WorkflowDraft })
	}, "%s的流程还没有新版")
}

func (c *paperCheck) inspected() string {
	n := 0
	lack := c.warned(func(o *PointOutcome) {
		for _, m := range c.Pilot.Measures.By(ByPoint, o.Point.ID) {
			if c.Pilot.MeasureResult(m.ID) == "" {
				n++
			}
		}
	})
	if lack == "" && n > 0 {
		lack = fmt.Sprintf("还有 %d 条措施没有检查", n)
	}
	return lack
}
