package fields

import (
	"fmt"
	"strings"

	"lianshao/app"
	"lianshao/domain"
)

func none[T domain.Record](T) domain.Ref { return domain.Ref{} }

func unitFields() []Field {
	return []Field{
		text("name", "部门", 200, func(r *domain.Unit) *string { return &r.Name }),
		text("head", "部门负责人", 120, func(r *domain.Unit) *string { return &r.Head }),
		text("leader", "责任领导", 140, func(r *domain.Unit) *string { return &r.Leader }),
	}
}

func postFields() []Field {
	return []Field{
		ref("unit", "部门", 150, domain.KindUnit, none[*domain.Post], func(r *domain.Post) *domain.Ref { return &r.Unit }),
		text("office", "科室", 110, func(r *domain.Post) *string { return &r.Office }),
		text("name", "岗位", 150, func(r *domain.Post) *string { return &r.Name }),
		list("people", "任职人员", 110, func(r *domain.Post) *[]string { return &r.People }),
		long("duties", "岗位职责", 260, func(r *domain.Post) *string { return &r.Duties }),
		list("powers", "主要职权", 240, func(r *domain.Post) *[]string { return &r.Powers }),
		due("since", "任现职时间", func(r *domain.Post) *domain.Due { return &r.Since }),
		text("rank", "职级", 80, func(r *domain.Post) *string { return &r.Rank }),
		text("note", "备注", 120, func(r *domain.Post) *string { return &r.Note }),
	}
}

func authorityFields() []Field {
	unit := func(r *domain.Authority) domain.Ref { return r.Unit }
	return []Field{
		text("code", "编号", 70, func(r *domain.Authority) *string { return &r.Code }),
		ref("unit", "部门", 150, domain.KindUnit, none[*domain.Authority], func(r *domain.Authority) *domain.Ref { return &r.Unit }),
		text("office", "行使科室（岗位）", 120, func(r *domain.Authority) *string { return &r.Office }),
		text("name", "权力名称", 130, func(r *domain.Authority) *string { return &r.Name }),
		text("type", "权力类型", 70, func(r *domain.Authority) *string { return &r.Type }),
		list("basis", "授权依据", 240, func(r *domain.Authority) *[]string { return &r.Basis }),
		ref("workflow", "对应流程", 150, domain.KindWorkflow, unit, func(r *domain.Authority) *domain.Ref { return &r.Workflow }),
		text("publicity", "公开方式", 100, func(r *domain.Authority) *string { return &r.Publicity }),
		ref("holder", "负责人", 140, domain.KindPost, unit, func(r *domain.Authority) *domain.Ref { return &r.Holder }),
		refs("points", "对应风险点", 120, domain.KindRiskPoint, func(r *domain.Authority) *[]domain.Ref { return &r.Points }),
	}
}

func memberFields() []Field {
	return []Field{
		choice("group", "组别", 110, domain.Groups, func(r *domain.Member) *string { return &r.Group }),
		text("role", "组内职务", 80, func(r *domain.Member) *string { return &r.Role }),
		text("name", "姓名", 100, func(r *domain.Member) *string { return &r.Name }),
		text("title", "行政（党内）职务", 200, func(r *domain.Member) *string { return &r.Title }),
		text("duty", "分工", 200, func(r *domain.Member) *string { return &r.Duty }),
		text("source", "信息来源", 130, func(r *domain.Member) *string { return &r.Source }),
		text("method", "收集方式", 180, func(r *domain.Member) *string { return &r.Method }),
		text("freq", "频次", 90, func(r *domain.Member) *string { return &r.Freq }),
		text("note", "备注", 120, func(r *domain.Member) *string { return &r.Note }),
	}
}

func milestoneFields() []Field {
	return []Field{
		scale("no", "步骤", 1, 99, func(r *domain.Milestone) *int { return &r.No }),
		text("window", "时间安排", 120, func(r *domain.Milestone) *string { return &r.Window }),
		day("start", "开始", func(r *domain.Milestone) *domain.Date { return &r.Start }),
		day("end", "结束", func(r *domain.Milestone) *domain.Date { return &r.End }),
		long("content", "工作内容", 360, func(r *domain.Milestone) *string { return &r.Content }),
		list("responsible", "责任主体", 130, func(r *domain.Milestone) *[]string { return &r.Responsible }),
		list("artefacts", "成果材料", 240, func(r *domain.Milestone) *[]string { return &r.Artefacts }),
		list("systems", "对应制度", 150, func(r *domain.Milestone) *[]string { return &r.Systems }),
		shown("progress", "上报进度", 80, func(_ *domain.Pilot, r *domain.Milestone) string { return r.Progress }),
		text("note", "备注", 120, func(r *domain.Milestone) *string { return &r.Note }),
	}
}

func riskPointFields() []Field {
	unit := func(r *domain.RiskPoint) domain.Ref { return r.Unit }
	flow := func(r *domain.RiskPoint) domain.Ref { return r.Workflow }
	return []Field{
		text("code", "编号", 70, func(r *domain.RiskPoint) *string { return &r.Code }),
		unitOfPoint(),
		text("office", "科室", 100, func(r *domain.RiskPoint) *string { return &r.Office }),
		ref("post", "岗位", 116, domain.KindPost, unit, func(r *domain.RiskPoint) *domain.Ref { return &r.Post }),
		workflowOfPoint(),
		ref("step", "环节", 136, domain.KindStep, flow, func(r *domain.RiskPoint) *domain.Ref { return &r.Step }),
		text("name", "风险点", 190, func(r *domain.RiskPoint) *string { return &r.Name }),
		choice("category", "风险类别", 80, domain.Categories, func(r *domain.RiskPoint) *string { return &r.Category }),
		long("description", "表现形式", 260, func(r *domain.RiskPoint) *string { return &r.Description }),
		long("causes", "成因", 200, func(r *domain.RiskPoint) *string { return &r.Causes }),
		long("consequence", "可能后果", 200, func(r *domain.RiskPoint) *string { return &r.Consequence }),
		scale("likelihood", "可能性", 1, 5, func(r *domain.RiskPoint) *int { return &r.Likelihood }),
		scale("impact", "影响程度", 1, 5, func(r *domain.RiskPoint) *int { return &r.Impact }),
		matrixOfPoint(),
		text("level", "自评等级", 70, func(r *domain.RiskPoint) *string { return &r.SelfLevel }),
		long("owner", "责任人", 130, func(r *domain.RiskPoint) *string { return &r.Owner }),
		due("due", "完成时限", func(r *domain.RiskPoint) *domain.Due { return &r.Due }),
		channelsOfPoint(),
		text("head", "部门负责人", 90, func(r *domain.RiskPoint) *string { return &r.UnitHead }),
		text("leader", "责任领导", 110, func(r *domain.RiskPoint) *string { return &r.Leader }),
		text("note", "备注", 120, func(r *domain.RiskPoint) *string { return &r.Note }),
	}
}

// unitOfPoint drops what belonged to the old unit when the unit changes.
func unitOfPoint() Field {
	f := ref("unit", "部门", 138, domain.KindUnit, none[*domain.RiskPoint], func(r *domain.RiskPoint) *domain.Ref { return &r.Unit })
	set := f.Set
	f.Set = func(p *domain.Pilot, r domain.Record, s string) error {
		pt := r.(*domain.RiskPoint)
		old := pt.Unit
		if err := set(p, r, s); err != nil {
			return err
		}
		if !old.Same(pt.Unit) {
			pt.Post, pt.Workflow, pt.Step = domain.Ref{}, domain.Ref{}, domain.Ref{}
		}
		return nil
	}
	return f
}

// workflowOfPoint drops the step when the workflow changes.
func workflowOfPoint() Field {
	f := ref("workflow", "工作流程", 150, domain.KindWorkflow, func(r *domain.RiskPoint) domain.Ref { return r.Unit },
		func(r *domain.RiskPoint) *domain.Ref { return &r.Workflow })
	set := f.Set
	f.Set = func(p *domain.Pilot, r domain.Record, s string) error {
		pt := r.(*domain.RiskPoint)
		old := pt.Workflow
		if err := set(p, r, s); err != nil {
			return err
		}
		if !old.Same(pt.Workflow) {
			pt.Step = domain.Ref{}
		}
		return nil
	}
	return f
}

func matrixOfPoint() Field {
	f := shown("matrix", "R", 46, func(_ *domain.Pilot, r *domain.RiskPoint) string { return blankZero(r.MatrixScore()) })
	f.Number = true
	return f
}

func channelsOfPoint() Field {
	f := list("channels", "来源", 130, func(r *domain.RiskPoint) *[]string { return &r.Channels })
	set := f.Set
	f.Set = func(p *domain.Pilot, r domain.Record, s string) error {
		for _, c := range domain.SplitList(s) {
			if c != domain.Channels[0] && c != domain.Channels[1] && c != domain.Channels[2] {
				return app.E(app.CodeInvalid, "来源应为“%s”，可以多选，现为“%s”", strings.Join(domain.Channels, "”“"), c)
			}
		}
		return set(p, r, s)
	}
	return f
}

func measureFields() []Field {
	return []Field{
		ref("point", "风险点", 70, domain.KindRiskPoint, none[*domain.Measure], func(r *domain.Measure) *domain.Ref { return &r.Point }),
		scale("no", "条", 1, 99, func(r *domain.Measure) *int { return &r.No }),
		long("content", "防范措施", 360, func(r *domain.Measure) *string { return &r.Content }),
		suggested("kind", "种类", 84, domain.MeasureKinds, func(r *domain.Measure) *string { return &r.Kind }),
		shown("workflow", "嵌入流程", 150, func(p *domain.Pilot, r *domain.Measure) string {
			if w, _, ok := p.StepOf(r.Step.ID); ok {
				return w.Name
			}
			return ""
		}),
		stepOfMeasure(),
		text("owner", "责任人", 130, func(r *domain.Measure) *string { return &r.Owner }),
		postOfMeasure(),
		due("due", "完成时限", func(r *domain.Measure) *domain.Due { return &r.Due }),
		shown("result", "落实情况", 80, func(p *domain.Pilot, r *domain.Measure) string { return p.MeasureResult(r.ID) }),
		text("evidence", "留痕", 140, func(r *domain.Measure) *string { return &r.Evidence }),
		shown("library", "措施库", 80, func(_ *domain.Pilot, r *domain.Measure) string { return r.Library }),
		shown("edited", "与库中原文", 220, func(_ *domain.Pilot, r *domain.Measure) string { return r.Edited() }),
		text("note", "备注", 120, func(r *domain.Measure) *string { return &r.Note }),
	}
}

// postOfMeasure is a post of the unit of the measure's point.
func postOfMeasure() Field {
	unit := func(p *domain.Pilot, r domain.Record) domain.Ref {
		pt, ok := p.RiskPoints.Get(r.(*domain.Measure).Point.ID)
		if !ok {
			return domain.Ref{}
		}
		return pt.Unit
	}
	f := ref("post", "责任岗位", 130, domain.KindPost, none[*domain.Measure], func(r *domain.Measure) *domain.Ref { return &r.Post })
	f.Options = func(p *domain.Pilot, r domain.Record) []string { return targets(p, domain.KindPost, unit(p, r)) }
	f.Set = func(p *domain.Pilot, r domain.Record, s string) error {
		m := r.(*domain.Measure)
		if s = strings.TrimSpace(s); s == "" {
			m.Post = domain.Ref{}
			return nil
		}
		id, ok := p.Resolve(domain.KindPost, unit(p, r), s)
		if !ok {
			return app.E(app.CodeInvalid, "没有名为“%s”的岗位，可选：%s", s, strings.Join(firstN(targets(p, domain.KindPost, unit(p, r)), 6), "、"))
		}
		m.Post = domain.To(id)
		return nil
	}
	return f
}

// stepOfMeasure reads a step within the workflow of the measure's point, or a
// code such as JL1-03.
func stepOfMeasure() Field {
	f := ref("step", "嵌入步骤", 170, domain.KindStep, none[*domain.Measure], func(r *domain.Measure) *domain.Ref { return &r.Step })
	context := func(p *domain.Pilot, r domain.Record) domain.Ref {
		pt, ok := p.RiskPoints.Get(r.(*domain.Measure).Point.ID)
		if !ok {
			return domain.Ref{}
		}
		if w, ok := p.Workflows.Get(pt.Workflow.ID); ok { // measures go into the draft while there is one
			if draft := p.VersionIn(w, domain.WorkflowDraft); draft != nil {
				return domain.To(draft.ID)
			}
		}
		return pt.Workflow
	}
	f.Options = func(p *domain.Pilot, r domain.Record) []string { return targets(p, domain.KindStep, context(p, r)) }
	f.Set = func(p *domain.Pilot, r domain.Record, s string) error {
		m := r.(*domain.Measure)
		if s = strings.TrimSpace(s); s == "" {
			m.Step, m.Since = domain.Ref{}, 0
			return nil
		}
		id, ok := p.Resolve(domain.KindStep, context(p, r), s)
		if !ok {
			return app.E(app.CodeInvalid, "没有名为“%s”的流程步骤，请填步骤名称或编号（如 JL1-03）", s)
		}
		if err := domain.Embeddable(p, m, id); err != nil {
			return err
		}
		p.Embed(m, id)
		return nil
	}
	return f
}

func opinionFields() []Field {
	return []Field{
		text("code", "编号", 70, func(r *domain.Opinion) *string { return &r.Code }),
		shown("disclosure", "公示批次", 80, func(p *domain.Pilot, r *domain.Opinion) string {
			if d, ok := p.Disclosures.Get(r.Disclosure.ID); ok {
				return "第" + blankZero(d.No) + "次"
			}
			return r.Disclosure.Text
		}),
		day("received", "收到日期", func(r *domain.Opinion) *domain.Date { return &r.Received }),
		text("channel", "渠道", 80, func(r *domain.Opinion) *string { return &r.Channel }),
		text("from", "意见人", 120, func(r *domain.Opinion) *string { return &r.From }),
		refs("points", "对应风险点", 110, domain.KindRiskPoint, func(r *domain.Opinion) *[]domain.Ref { return &r.Points }),
		long("content", "意见内容", 320, func(r *domain.Opinion) *string { return &r.Content }),
		choice("decision", "采纳情况", 80, domain.Decisions, func(r *domain.Opinion) *string { return &r.Decision }),
		long("reason", "理由", 220, func(r *domain.Opinion) *string { return &r.Reason }),
		text("reply_by", "答复单位", 130, func(r *domain.Opinion) *string { return &r.ReplyBy }),
		due("replied", "答复日期", func(r *domain.Opinion) *domain.Due { return &r.Replied }),
		long("reply", "答复内容", 200, func(r *domain.Opinion) *string { return &r.Reply }),
		shown("due", "答复期限", 96, func(p *domain.Pilot, r *domain.Opinion) string { return string(app.ReplyDue(p, app.CalendarOf(p), r)) }),
		shown("state", "状态", 80, func(_ *domain.Pilot, r *domain.Opinion) string { return r.State() }),
	}
}

func revisionFields() []Field {
	return []Field{
		shown("code", "编号", 70, func(_ *domain.Pilot, r *domain.Revision) string { return r.Code }),
		shown("type", "类型", 50, func(_ *domain.Pilot, r *domain.Revision) string { return r.Type }),
		shown("point", "风险点", 70, func(p *domain.Pilot, r *domain.Revision) string { return p.CodeOf(domain.KindRiskPoint, r.Point) }),
		shown("field", "修订内容", 90, func(_ *domain.Pilot, r *domain.Revision) string { return r.Field }),
		shown("item", "第几条", 70, func(_ *domain.Pilot, r *domain.Revision) string { return r.Item }),
		shown("opinions", "依据意见", 90, func(p *domain.Pilot, r *domain.Revision) string { return p.NamesOf(domain.KindOpinion, r.Opinions) }),
		shown("before", "修订前", 280, func(_ *domain.Pilot, r *domain.Revision) string { return r.Before }),
		shown("after", "修订后", 280, func(_ *domain.Pilot, r *domain.Revision) string { return r.After }),
		shown("date", "审定日期", 96, func(_ *domain.Pilot, r *domain.Revision) string { return string(r.Date) }),
		shown("reason", "理由", 180, func(_ *domain.Pilot, r *domain.Revision) string { return r.Reason }),
		shown("by", "审定人", 100, func(_ *domain.Pilot, r *domain.Revision) string { return r.By }),
	}
}

// openOf counts the opinions on a notice, and those not answered yet: 26（未答复 3）.
func openOf(p *domain.Pilot, d *domain.Disclosure) string {
	all, open := p.OpinionsOn(d), 0
	for _, o := range all {
		if o.State() != domain.OpinionAnswered {
			open++
		}
	}
	if open == 0 {
		return blankZero(len(all))
	}
	return fmt.Sprintf("%d（未答复 %d）", len(all), open)
}

func disclosureFields() []Field {
	return []Field{
		scale("no", "批次", 1, 99, func(r *domain.Disclosure) *int { return &r.No }),
		text("subject", "公示内容", 120, func(r *domain.Disclosure) *string { return &r.Subject }),
		shown("state", "状态", 80, func(_ *domain.Pilot, r *domain.Disclosure) string { return r.Life() }),
		day("start", "开始", func(r *domain.Disclosure) *domain.Date { return &r.Start }),
		day("end", "结束", func(r *domain.Disclosure) *domain.Date { return &r.End }),
		text("scope", "范围", 200, func(r *domain.Disclosure) *string { return &r.Scope }),
		text("channel", "方式", 160, func(r *domain.Disclosure) *string { return &r.Channel }),
		refs("units", "部门", 140, domain.KindUnit, func(r *domain.Disclosure) *[]domain.Ref { return &r.Units }),
		text("contact", "意见反映", 200, func(r *domain.Disclosure) *string { return &r.Contact }),
		choice("anon", "公开级别", 80, []string{domain.AnonFull, domain.AnonNames, domain.AnonMasked, domain.AnonCounts}, func(r *domain.Disclosure) *string { return &r.Anon }),
		scale("reply_days", "答复期限（工作日）", 1, 250, func(r *domain.Disclosure) *int { return &r.ReplyDays }),
		shown("opinions", "意见", 120, func(p *domain.Pilot, r *domain.Disclosure) string { return openOf(p, r) }),
	}
}

func inspectionFields() []Field {
	measure := func(p *domain.Pilot, r *domain.Inspection) (*domain.Measure, string) {
		if m, ok := p.Measures.Get(r.Measure.ID); ok {
			return m, p.CodeOf(domain.KindRiskPoint, m.Point)
		}
		return nil, ""
	}
	return []Field{
		shown("point", "风险点", 70, func(p *domain.Pilot, r *domain.Inspection) string { _, c := measure(p, r); return c }),
		shown("measure", "防范措施", 320, func(p *domain.Pilot, r *domain.Inspection) string {
			if m, _ := measure(p, r); m != nil {
				return m.Content
			}
			return r.Measure.Text
		}),
		day("date", "检查日期", func(r *domain.Inspection) *domain.Date { return &r.Date }),
		text("method", "检查方法", 90, func(r *domain.Inspection) *string { return &r.Method }),
		text("evidence", "检查证据", 150, func(r *domain.Inspection) *string { return &r.Evidence }),
		choice("result", "落实情况", 80, []string{domain.ResultDone, domain.ResultPartly, domain.ResultNot}, func(r *domain.Inspection) *string { return &r.Result }),
		text("problem", "存在问题", 180, func(r *domain.Inspection) *string { return &r.Problem }),
		due("rectify", "整改期限", func(r *domain.Inspection) *domain.Due { return &r.RectifyBy }),
		text("inspector", "检查人", 110, func(r *domain.Inspection) *string { return &r.Inspector }),
		shown("of", "复查哪一次", 100, func(p *domain.Pilot, r *domain.Inspection) string {
			if first, ok := p.Inspections.Get(r.Of.ID); ok {
				return string(first.Date)
			}
			return r.Of.Text
		}),
	}
}

func appraisalFields() []Field {
	return []Field{
		ref("unit", "部门", 150, domain.KindUnit, none[*domain.Appraisal], func(r *domain.Appraisal) *domain.Ref { return &r.Unit }),
		text("section", "项目", 130, func(r *domain.Appraisal) *string { return &r.Section }),
		long("content", "考核内容", 270, func(r *domain.Appraisal) *string { return &r.Content }),
		real("full", "分值", func(r *domain.Appraisal) *float64 { return &r.Full }),
		scoreWithin(optional("self", "自评分", func(r *domain.Appraisal) *domain.Number { return &r.Self })),
		scoreWithin(optional("confirmed", "核准分", func(r *domain.Appraisal) *domain.Number { return &r.Confirmed })),
		text("note", "备注", 120, func(r *domain.Appraisal) *string { return &r.Note }),
	}
}

// scoreWithin refuses a score above the full one of its line.
func scoreWithin(f Field) Field {
	set := f.Set
	f.Set = func(p *domain.Pilot, r domain.Record, s string) error {
		if err := set(p, r, s); err != nil {
			return err
		}
		return r.(*domain.Appraisal).CheckScore()
	}
	return f
}

func sanctionFields() []Field {
	unit := func(r *domain.Sanction) domain.Ref { return r.Unit }
	form := text("form", "形式", 130, func(r *domain.Sanction) *string { return &r.Form })
	form.Options = func(_ *domain.Pilot, r domain.Record) []string {
		if r.(*domain.Sanction).Reward {
			return domain.RewardForms
		}
		return domain.SanctionForms
	}
	return []Field{
		ref("unit", "部门", 160, domain.KindUnit, none[*domain.Sanction], func(r *domain.Sanction) *domain.Ref { return &r.Unit }),
		ref("post", "岗位", 140, domain.KindPost, unit, func(r *domain.Sanction) *domain.Ref { return &r.Post }),
		either("reward", "奖惩", "奖励", "惩处", func(r *domain.Sanction) *bool { return &r.Reward }),
		form,
		long("basis", "依据", 320, func(r *domain.Sanction) *string { return &r.Basis }),
		day("date", "决定日期", func(r *domain.Sanction) *domain.Date { return &r.Date }),
		text("by", "决定单位", 150, func(r *domain.Sanction) *string { return &r.By }),
		text("note", "备注", 120, func(r *domain.Sanction) *string { return &r.Note }),
	}
}

func monitorFields() []Field {
	direction := either("direction", "风险方向", "低", "高", func(r *domain.Monitor) *bool { return &r.LowIsBad })
	direction.Width = 72
	return []Field{
		text("code", "编号", 60, func(r *domain.Monitor) *string { return &r.Code }),
		text("unit", "部门", 140, func(r *domain.Monitor) *string { return &r.UnitText }),
		text("name", "监测指标", 200, func(r *domain.Monitor) *string { return &r.Name }),
		text("measure", "单位", 50, func(r *domain.Monitor) *string { return &r.Measure }),
		direction,
		limit("warn", "预警值", func(r *domain.Monitor) *float64 { return &r.Warn }),
		limit("alarm", "报警值", func(r *domain.Monitor) *float64 { return &r.Alarm }),
		long("formula", "计算公式", 220, func(r *domain.Monitor) *string { return &r.Formula }),
		text("source", "数据来源", 110, func(r *domain.Monitor) *string { return &r.Source }),
		text("filler", "填报岗位", 120, func(r *domain.Monitor) *string { return &r.Filler }),
		refs("points", "对应风险点", 120, domain.KindRiskPoint, func(r *domain.Monitor) *[]domain.Ref { return &r.Points }),
		text("note", "备注", 120, func(r *domain.Monitor) *string { return &r.Note }),
	}
}

// limit is a threshold, typed as the readings are.
func limit(name, title string, at func(*domain.Monitor) *float64) Field {
	f := real(name, title, at)
	f.Get = func(_ *domain.Pilot, r domain.Record) string {
		m := r.(*domain.Monitor)
		return m.ValueText(*at(m))
	}
	f.Set = func(_ *domain.Pilot, r domain.Record, s string) error {
		m := r.(*domain.Monitor)
		v, ok := m.Value(s)
		if !ok {
			return app.E(app.CodeInvalid, "%s应为数字，现为“%s”", title, strings.TrimSpace(s))
		}
		*at(m) = v
		return nil
	}
	return f
}

// period is the month of a reading, or a quarter by its last month.
func period() Field {
	f := text("period", "月份", 90, func(r *domain.Reading) *string { return &r.Period })
	f.Set = func(p *domain.Pilot, r domain.Record, s string) error {
		month, ok := domain.ParseMonth(s, p.Year())
		if !ok {
			return app.E(app.CodeInvalid, "月份应写成 2026-08、2026年8月或 2026年3季度，现为“%s”", strings.TrimSpace(s))
		}
		r.(*domain.Reading).Period = month
		return nil
	}
	return f
}

// reading is a monitor's value, in its unit.
func reading() Field {
	f := real("value", "读数", func(r *domain.Reading) *float64 { return &r.Value })
	of := func(p *domain.Pilot, r domain.Record) *domain.Monitor {
		if m, ok := p.Monitors.Get(r.(*domain.Reading).Monitor.ID); ok {
			return m
		}
		return &domain.Monitor{}
	}
	f.Get = func(p *domain.Pilot, r domain.Record) string { return of(p, r).ValueText(r.(*domain.Reading).Value) }
	f.Set = func(p *domain.Pilot, r domain.Record, s string) error {
		v, ok := of(p, r).Value(s)
		if !ok {
			return app.E(app.CodeInvalid, "读数应为数字，现为“%s”", strings.TrimSpace(s))
		}
		r.(*domain.Reading).Value = v
		return nil
	}
	return f
}

func readingFields() []Field {
	return []Field{
		shown("monitor", "监测指标", 200, func(p *domain.Pilot, r *domain.Reading) string {
			if m, ok := p.Monitors.Get(r.Monitor.ID); ok {
				return m.Code + " " + m.Name
			}
			return r.Monitor.Text
		}),
		period(),
		reading(),
		shown("status", "状态", 70, func(p *domain.Pilot, r *domain.Reading) string {
			if m, ok := p.Monitors.Get(r.Monitor.ID); ok {
				return m.Status(r.Value)
			}
			return ""
		}),
		text("note", "备注", 120, func(r *domain.Reading) *string { return &r.Note }),
	}
}

func factorFields() []Field {
	return []Field{
		choice("category", "类别", 90, domain.Categories, func(r *domain.Factor) *string { return &r.Category }),
		text("text", "成因要素", 320, func(r *domain.Factor) *string { return &r.Text }),
		text("source", "出处", 160, func(r *domain.Factor) *string { return &r.Source }),
		refs("points", "对应风险点", 140, domain.KindRiskPoint, func(r *domain.Factor) *[]domain.Ref { return &r.Points }),
	}
}

func holidayFields() []Field {
	return []Field{
		day("date", "日期", func(r *domain.Holiday) *domain.Date { return &r.Date }),
		text("name", "名称", 160, func(r *domain.Holiday) *string { return &r.Name }),
		either("workday", "上班或放假", "上班", "放假", func(r *domain.Holiday) *bool { return &r.Workday }),
		shown("weekday", "星期", 70, func(_ *domain.Pilot, r *domain.Holiday) string {
			if r.Date == "" {
				return ""
			}
			return "星期" + string([]rune("日一二三四五六")[r.Date.Time().Weekday()])
		}),
		shown("origin", "来源", 220, func(_ *domain.Pilot, r *domain.Holiday) string { return r.Origin }),
	}
}

func warningFields() []Field {
	return []Field{
		shown("code", "文号", 140, func(_ *domain.Pilot, r *domain.Warning) string { return r.Code }),
		shown("level", "等级", 60, func(_ *domain.Pilot, r *domain.Warning) string { return r.Level }),
		shown("point", "风险点", 70, func(p *domain.Pilot, r *domain.Warning) string { return p.CodeOf(domain.KindRiskPoint, r.Point) }),
		shown("unit", "部门", 140, func(p *domain.Pilot, r *domain.Warning) string { return p.NameOf(domain.KindUnit, r.Unit) }),
		shown("post", "岗位", 130, func(p *domain.Pilot, r *domain.Warning) string { return p.NameOf(domain.KindPost, r.Post) }),
		shown("basis", "依据", 240, func(_ *domain.Pilot, r *domain.Warning) string { return r.Basis }),
		shown("issued", "签发日期", 96, func(_ *domain.Pilot, r *domain.Warning) string { return string(r.Issued) }),
		shown("reply_by", "回告期限", 96, func(_ *domain.Pilot, r *domain.Warning) string { return string(r.ReplyBy) }),
		shown("state", "状态", 80, func(_ *domain.Pilot, r *domain.Warning) string { return r.State }),
	}
}
