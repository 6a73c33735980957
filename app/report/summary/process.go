package summary

import (
	"fmt"
	"strings"

	"lianshao/app"
	"lianshao/app/report/document"
	"lianshao/app/report/draw"
	"lianshao/domain"
)

// process is 二、工作过程: every step of the plan with its papers, then what happened.
func (w *writer) process() {
	p := w.Pilot
	w.head(1, "二、工作过程")
	if p.Milestones.Len() == 0 {
		w.say(document.Missing("试点工作步骤"))
		return
	}
	steps := app.PlanOn(p, w.Today).All()
	done := 0
	for i := range steps {
		if steps[i].Done() {
			done++
		}
	}
	w.say(fmt.Sprintf("试点方案安排工作步骤%d个，以成果材料齐全为完成，到%s已完成%d个，各步骤的时间、责任主体和形成的材料见表1。", len(steps), day(w.Today, ""), done))
	w.table("工作步骤完成情况", stepTable(steps))
	w.head(2, "（一）动员部署")
	w.meetings()
	w.head(2, "（二）排查和公示")
	w.disclosures()
	w.head(2, "（三）调研设计")
	w.research()
	w.head(2, "（四）评估、防范和检查")
	w.rounds()
}

func stepTable(steps []domain.MilestoneState) document.Table {
	t := document.Table{Header: 1, Columns: []document.Column{{Weight: 0.9, Align: draw.Center}, {Weight: 1.7, Align: draw.Center}, {Weight: 3.6}, {Weight: 1.8, Align: draw.Center}, {Weight: 3}, {Weight: 1.1, Align: draw.Center}}}
	add := func(own bool, texts ...string) {
		var r document.Row
		for _, s := range texts {
			r.Cells = append(r.Cells, document.Cell{Text: s, Align: draw.Center, Own: own})
		}
		t.Rows = append(t.Rows, r)
	}
	add(true, "步骤", "时间", "工作内容", "责任主体", "形成的材料", "进度")
	for i := range steps {
		m := steps[i].Milestone
		add(false, fmt.Sprint(m.No), m.Window, m.Content, strings.Join(m.Responsible, "\n"), papersOf(&steps[i]), app.StandsPhrase(&steps[i]))
	}
	return t
}

// papersOf lists what a step has brought forth, and what it still lacks.
func papersOf(s *domain.MilestoneState) string {
	var made []string
	for i := range s.Papers {
		p := &s.Papers[i]
		if !p.Have() {
			continue
		}
		text := p.Name
		if len(p.Filed) > 0 {
			text = firstOf(p.Filed[0].Title, p.Name)
			if code := p.Filed[0].Code; strings.Contains(code, "号") {
				text += "（" + code + "）"
			}
		}
		made = append(made, text)
	}
	text := strings.Join(made, "、")
	if lacks := s.Lacks(); len(lacks) > 0 {
		text = strings.TrimPrefix(text+"；还缺："+strings.Join(lacks, "、"), "；")
	}
	return text
}

func (w *writer) meetings() {
	n := 0
	for _, m := range w.Pilot.Meetings.All() {
		if m.Type == domain.MeetingResearch {
			continue
		}
		n++
		text := day(m.Date, "会议日期") + "，"
		unit := w.Pilot.NameOf(domain.KindUnit, m.Unit)
		if m.Type == domain.MeetingMobilise {
			text += fmt.Sprintf("在%s召开动员会", orMissing(unit, "动员会的部门"))
			text += "，由" + orMissing(m.Speaker, "动员会主讲人") + "讲话"
			if m.Expected > 0 || m.Present > 0 {
				text += fmt.Sprintf("，应到%d人，实到%d人", m.Expected, m.Present)
			}
			if m.Film != "" {
				text += "，组织观看案例警示片《" + strings.Trim(m.Film, "《》") + "》"
			}
		} else {
			text += "召开" + meetingName(m)
		}
		if m.Resolution != "" {
			word := "。会议议定："
			if m.Type == domain.MeetingMobilise {
				word = "。会议要求："
			}
			text += word + strings.TrimSpace(m.Resolution)
		}
		w.say(stop(text))
	}
	if n == 0 {
		w.say("常委会审议、领导小组研究和各试点部门动员会的情况：", document.Missing("常委会审议批准的日期和决议"), document.Missing("各试点部门动员会的日期、主讲、到会人数"), "。")
	}
}

// meetingName is what a meeting is called: its kind and what it was about.
func meetingName(m *domain.Meeting) string {
	if m.Title == "" || m.Type == "" || m.Type == domain.MeetingOther || strings.Contains(m.Title, strings.TrimSuffix(m.Type, "会议")) {
		return orMissing(firstOf(m.Title, m.Type), "会议名称")
	}
	return m.Type + "，" + m.Title
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

func (w *writer) disclosures() {
	p := w.Pilot
	w.say("试点部门对照岗位职责和工作流程，逐岗位、逐环节开展自查，纪检监察部门同时从信访举报、审计、专项检查等信息中查找，并听取群众意见。")
	if p.Disclosures.Len() == 0 {
		w.say("公示情况：", document.Missing("风险点和防范措施的公示时间、范围"), "。")
		return
	}
	for _, d := range p.Disclosures.All() {
		subject := firstOf(d.Subject, map[int]string{1: "风险点", 2: "防范措施"}[d.No])
		text := fmt.Sprintf("%s至%s，在%s公示试点部门的%s", day(d.Start, fmt.Sprintf("第%d次公示的开始日期", d.No)), day(d.End, fmt.Sprintf("第%d次公示的结束日期", d.No)),
			orMissing(d.Scope, fmt.Sprintf("第%d次公示的范围", d.No)), orMissing(subject, "公示内容"))
		decisions, anonymous, n, open := tally{order: domain.Decisions}, 0, 0, 0
		for _, o := range p.Opinions.All() {
			if o.Disclosure.ID != d.ID {
				continue
			}
			n++
			if o.Anonymous() {
				anonymous++
			}
			if o.Decision == "" {
				open++
			} else {
				decisions.add(o.Decision)
			}
		}
		if n == 0 {
			w.say(text, "，没有收到意见。")
			continue
		}
		text += fmt.Sprintf("，收到意见%d条（其中匿名%d条），%s", n, anonymous, decisions.words("条"))
		if open > 0 {
			text += fmt.Sprintf("，尚未答复%d条", open)
		}
		w.say(text, "。", w.revisions(d))
	}
}

// revisions says what was changed because of the opinions of a disclosure.
func (w *writer) revisions(d *domain.Disclosure) string {
	names := map[string]string{domain.RevisionAdd: "新增", domain.RevisionEdit: "修改", domain.RevisionMerge: "合并", domain.RevisionRemove: "删除"}
	t := tally{order: []string{"新增", "修改", "合并", "删除"}}
	n := 0
	for _, r := range w.Pilot.Revisions.All() {
		if r.Disclosure.ID == d.ID {
			t.add(firstOf(names[r.Type], r.Type))
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("领导小组与试点部门据此修订%d处：%s，修订前后的文字和所依据的意见均有记录。", n, t.words("处"))
}

func (w *writer) research() {
	p := w.Pilot
	visits := 0
	for _, m := range p.Meetings.All() {
		if m.Type == domain.MeetingResearch {
			visits++
		}
	}
	if visits+p.CaseCards.Len() == 0 {
		w.say("课题小组开展同领域调研和案例分析：", document.Missing("调研单位、时间和案例数"), "。")
	} else {
		w.say(fmt.Sprintf("课题小组开展同领域调研%d次，分析案例%d件，结合试点部门实际确定风险成因要素。", visits, p.CaseCards.Len()))
	}
	categories := tally{order: domain.Categories}
	for _, f := range p.Factors.All() {
		categories.add(f.Category)
	}
	if p.Factors.Len() > 0 {
		w.say(fmt.Sprintf("归纳成因要素%d条：%s。", p.Factors.Len(), categories.words("条")))
	}
	if p.Systems.Len() == 0 {
		w.say("评估指标体系：", document.Missing("评估指标体系"), "。")
		return
	}
	var parts []string
	for _, s := range w.systemsInUse() {
		parts = append(parts, fmt.Sprintf("%s层面%d个维度%d项指标（第%d版）", s.Target, len(s.Dimensions), len(s.Indicators()), s.Version))
	}
	text := "建立部门、岗位两个层面的评估指标体系：" + strings.Join(parts, "，")
	if systems := w.systemsInUse(); len(systems) > 0 {
		text += "，权重来源为" + systems[0].WeightsFrom()
	}
	w.say(text, "。", w.schemeSentence())
}

// systemsInUse are the systems of the first round, or all there are.
func (w *writer) systemsInUse() []*domain.IndicatorSystem {
	if w.First == nil {
		return w.Pilot.Systems.All()
	}
	var out []*domain.IndicatorSystem
	for _, s := range []*domain.IndicatorSystem{w.First.UnitSys, w.First.PointSys} {
		if s != nil {
			out = append(out, s)
		}
	}
	return out
}

func (w *writer) schemeSentence() string {
	res := w.latest()
	if res == nil {
		return ""
	}
	var bands []string
	for _, l := range res.Scheme.Ordered() {
		bands = append(bands, fmt.Sprintf("%s（%g以上）", l.Label, l.Min))
	}
	return "预警等级按风险指数划分为" + strings.Join(bands, "、") + "，各等级分别规定告知范围、签发人和回告、整改期限。"
}

func (w *writer) rounds() {
	for _, res := range []*domain.RoundResult{w.First, w.Last} {
		if res == nil {
			continue
		}
		w.say(fmt.Sprintf("%s，领导小组%d位评分人对%d个风险点进行%s。", day(res.Round.Date, res.Round.Name+"的日期"), len(res.Round.Assessors), len(res.Points)-res.Incomplete, res.Round.Name))
	}
	if w.First == nil {
		w.say("首次评估：", document.Missing("首次评估的日期和结果"), "。")
	}
	var first, last domain.Date
	for _, i := range w.Pilot.Inspections.All() {
		if i.Date != "" && (first == "" || i.Date < first) {
			first = i.Date
		}
		last = max(last, i.Date)
	}
	switch {
	case w.Pilot.Inspections.Len() == 0:
		w.say("防范措施落实情况检查：", document.Missing("检查的日期和结果"), "。")
	case first == last:
		w.say(fmt.Sprintf("%s，领导小组对防范措施落实情况开展检查，形成检查记录%d条。", day(first, "检查日期"), w.Pilot.Inspections.Len()))
	default:
		w.say(fmt.Sprintf("%s至%s，领导小组对防范措施落实情况开展检查，形成检查记录%d条。", day(first, "检查日期"), monthDay(last), w.Pilot.Inspections.Len()))
	}
}
