package export

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/app/intake"
	"lianshao/app/sheet"
	"lianshao/domain"
)

// points is the self-assessment: the points found so far and room for new ones,
// which get their codes when the form comes back.
func (f *form) points() sheet.Sheet {
	list := only(f.ActivePoints(), func(r *domain.RiskPoint) bool {
		return f.of(r.Unit) && (f.post == nil || r.Post.ID == f.post.ID)
	})
	s := pointTable(f.pilot, list)
	for _, key := range []string{"status", "into", "head", "leader"} {
		drop(&s, key)
	}
	narrow(&s, map[string]float64{"office": 10, "post": 13, "workflow": 14, "step": 15, "name": 17, "description": 30, "causes": 24, "consequence": 20,
		"likelihood": 5, "impact": 5, "level": 6, "measures": 34, "owner": 12, "due": 11, "channels": 9, "note": 10})
	scheme := f.SchemeFor(domain.BasisMatrix)
	posts := f.postNames()
	if f.post != nil {
		posts = []string{f.post.Name}
	}
	one2five := []string{"1", "2", "3", "4", "5"}
	tune(&s, map[string]func(*sheet.Column){
		"code": given("已有的编号不用改；新的风险点不填编号，交回后自动编号。"),
		"unit": pick("从列表中选择部门。", f.unitNames()...), "post": pick("从列表中选择岗位。", posts...),
		"workflow": pick("这个风险点出在哪个流程。", distinct(f.flows(), func(w *domain.Workflow) string { return w.Name })...),
		"step":     pick("出在流程的哪一步。", f.stepNames()...), "category": must("从五类成因中选择一类。", domain.Categories...),
		"name": hint("几个字概括，如：拆分规避招标。"), "description": hint("在什么环节、利用什么职权、可能怎样做。"),
		"causes": hint("为什么会发生：制度、流程、监督、思想等方面。"), "consequence": hint("一旦发生会造成什么后果。"),
		"likelihood": must("1 极小 2 较小 3 一般 4 较大 5 很大。", one2five...), "impact": must("1 轻微 2 较轻 3 一般 4 严重 5 很严重。", one2five...),
		"level": func(c *sheet.Column) {
			c.Hint, c.Choices, c.Colors = "自己评定的等级。", labels(scheme), levelTints(scheme)
		},
		"measures": hint("一条一行，前面写 1. 2. 3.。"), "owner": hint("直接责任人。"), "due": hint("如 2026-09-20、9月底、长期。"),
		"channels": pick("怎样找到的；几个渠道用顿号隔开。", domain.Channels...)})
	title := "岗位廉政风险点自查表"
	s.Name = "自查表"
	s = f.finish(s, title, "已经登记的风险点可以修改；新的写在后面的空行里，编号留空，交回后自动编号。", spareRows)
	if f.post != nil {
		s.Fill = append(s.Fill, "岗位："+f.post.Name)
	}
	return s
}

// narrow sets widths, so that a form with many columns prints large enough.
func narrow(s *sheet.Sheet, widths map[string]float64) {
	for i := range s.Columns {
		if w := widths[s.Columns[i].Key]; w > 0 {
			s.Columns[i].Width = w
		}
	}
}

// pointTable is the table of points with their measures in one cell, as offices
// write them.
func pointTable(in pilot, list []*domain.RiskPoint) sheet.Sheet {
	cols := pointCols(in)
	measures := col[*domain.RiskPoint]{field: "measures", width: 40, get: func(r *domain.RiskPoint) any {
		var lines []string
		for _, m := range in.Measures.By(domain.ByPoint, r.ID) {
			lines = append(lines, fmt.Sprintf("%d.%s", m.No, m.Content))
		}
		return join(lines)
	}}
	at := len(cols)
	for i, c := range cols {
		if c.field == "level" {
			at = i + 1
		}
	}
	cols = append(cols[:at:at], append([]col[*domain.RiskPoint]{measures}, cols[at:]...)...)
	return build(in.Pilot, "riskpoint", "风险点", list, cols)
}

func (f *form) workflows() sheet.Sheet {
	s := flowTable(f.pilot, f.flows())
	for _, key := range []string{"version", "state", "wnote"} {
		drop(&s, key)
	}
	kinds := make([]string, len(domain.StepKinds))
	for i, k := range domain.StepKinds {
		kinds[i] = string(k)
	}
	tune(&s, map[string]func(*sheet.Column){
		"unit": pick("从列表中选择部门。", f.unitNames()...), "wcode": hint("没有编号可以不填。"),
		"workflow": hint("每一步都写，或只写在第一步。"), "stepno": func(c *sheet.Column) { c.Hint, c.Whole = "从 1 开始的整数。", [2]int{1, 999} },
		"name": hint("这一步做什么。"), "actor": pick("谁来办；几个岗位用顿号隔开。", f.postNames()...), "inputs": hint("收到什么材料，一行一件。"),
		"outputs": hint("形成什么材料，一行一件。"), "limit": hint("如 3个工作日。"), "kind": must("开始、办理、审批、判断、结束。", kinds...),
		"next": hint("下一步的步骤号；判断写“是→4”“否→2”，一行一个；最后一步写“结束”。")})
	s.Name = "工作流程"
	return f.finish(s, "工作流程梳理表", "一步一行，写清谁来办、凭什么办、办完到哪一步。一个流程整体收下，有错时整体退回。", 30)
}

func (f *form) opinions() sheet.Sheet {
	s := opinions(f.Pilot)
	s.Rows = sheet.Rows{}
	for _, key := range []string{"decision", "reason", "replyby", "replied"} {
		drop(&s, key)
	}
	tune(&s, map[string]func(*sheet.Column){
		"code": given("交回后自动编号。"), "disclosure": pick("对哪一次公示的意见。", distinct(f.Disclosures.All(), batch)...),
		"received": hint(dayHint), "channel": pick("意见从哪里来。", "意见箱", "电子邮件", "电话", "座谈会", "来信来访", "网上留言"),
		"from": hint("不愿留名的写“匿名”。"), "points": pick("对哪个风险点；几个用顿号隔开。", f.pointCodes()...), "content": hint("意见原话。")})
	s.Name = "意见收集"
	return f.finish(s, "公示意见收集表", "一条意见一行，编号留空，交回后自动编号。", spareRows)
}

// inspections lists the measures to be checked, for whoever goes and looks.
func (f *form) inspections() sheet.Sheet {
	in := f.pilot
	list := only(sortedMeasures(in), func(m *domain.Measure) bool {
		r, ok := in.RiskPoints.Get(m.Point.ID)
		return ok && r.Status == domain.PointActive && f.of(r.Unit)
	})
	type T = *domain.Measure
	blank := func(field string, width float64) col[T] {
		return col[T]{field: field, width: width, get: func(T) any { return nil }}
	}
	point := func(m T) *domain.RiskPoint { r, _ := in.RiskPoints.Get(m.Point.ID); return r }
	s := build(f.Pilot, "inspection", "落实检查", list, []col[T]{text("point", 10, func(m T) string { return point(m).Code }),
		text("unit", 20, func(m T) string { return in.unit(point(m).Unit) }), text("name", 24, func(m T) string { return point(m).Name }),
		whole("item", func(m T) int { return m.No }), text("content", 46, func(m T) string { return m.Content }), blank("date", 12), blank("method", 14),
		blank("evidence", 24), blank("result", 10), blank("problem", 26), blank("rectify", 14), blank("inspector", 14), blank("note", 16)})
	tune(&s, map[string]func(*sheet.Column){"point": closed, "unit": closed, "name": closed, "item": closed, "content": closed,
		"date": hint(dayHint), "method": pick("怎样检查的。", "查阅资料", "现场查看", "个别谈话", "抽样核对"),
		"evidence": hint("看到了什么材料，写明名称和编号。"), "result": func(c *sheet.Column) {
			must("已落实、部分落实、未落实。", domain.ResultDone, domain.ResultPartly, domain.ResultNot)(c)
			c.Colors = []sheet.Tint{{Text: domain.ResultNot, Color: "F2B8B5"}, {Text: domain.ResultPartly, Color: "F9DDB1"}}
		}, "rectify": hint("发现问题时写整改期限。")})
	s.Frozen = 4
	s.Name = "落实检查"
	return f.finish(s, "防范措施落实检查表", "逐条检查，在“落实情况”中选择结论；没有检查的不填。", 0)
}

// replies lists the warnings that wait for an answer, for the unit to give it.
func (f *form) replies() sheet.Sheet {
	in := f.pilot
	type T = *domain.Warning
	point := func(w T) *domain.RiskPoint {
		if r, ok := in.RiskPoints.Get(w.Point.ID); ok {
			return r
		}
		return &domain.RiskPoint{}
	}
	list := only(f.Warnings.All(), func(w T) bool {
		return w.WaitsReply() && f.of(point(w).Unit) && (f.post == nil || point(w).Post.ID == f.post.ID)
	})
	blank := func(field string, width float64) col[T] {
		return col[T]{field: field, width: width, get: func(T) any { return nil }}
	}
	s := build(f.Pilot, "warning", "预警回告", list, []col[T]{text("paper", 20, func(w T) string { return w.Code }), text("unit", 20, func(w T) string { return in.unit(point(w).Unit) }),
		text("post", 16, func(w T) string { return in.NameOf(domain.KindPost, point(w).Post) }), text("name", 28, func(w T) string { return point(w).Name }),
		text("level", 10, func(w T) string { return w.Level }), text("issued", 12, func(w T) string { return string(w.Issued) }),
		text("replyby", 12, func(w T) string { return string(w.ReplyDue()) }), blank("replied", 12), blank("replier", 12), blank("reply", 50)})
	tune(&s, map[string]func(*sheet.Column){"paper": closed, "unit": closed, "post": closed, "name": closed, "level": func(c *sheet.Column) { closed(c); c.Colors = f.warningTints() }, "issued": closed, "replyby": closed,
		"replied": hint(dayHint), "replier": hint("部门负责人姓名。"), "reply": hint("为什么有这个风险，准备怎么改，什么时候改完。")})
	s.Frozen = 1
	s.Name = "预警回告"
	return f.finish(s, "廉政风险预警回告表", "逐份回告；还不能回告的留空，交回后仍按原来的期限提醒。", 0)
}

// warningTints colours the levels of all schemes.
func (f *form) warningTints() (out []sheet.Tint) {
	for _, scheme := range f.Schemes.All() {
		for _, t := range levelTints(scheme) {
			if !slices.ContainsFunc(out, func(x sheet.Tint) bool { return x.Text == t.Text }) {
				out = append(out, t)
			}
		}
	}
	return out
}

// readings is the monthly report: the months of the pilot's year that are not
// reported yet, at least three.
func (f *form) readings() sheet.Sheet {
	list := only(f.Monitors.All(), func(m *domain.Monitor) bool {
		return f.unit == nil || len(m.Units) == 0 || containsRef(m.Units, f.unit.ID)
	})
	type T = *domain.Monitor
	s := build(f.Pilot, "reading", "监测月报", list, []col[T]{text("code", 10, func(r T) string { return r.Code }), text("name", 28, func(r T) string { return r.Name }),
		text("measure", 8, func(r T) string { return r.Measure }), real("warn", func(r T) float64 { return r.Warn }), real("alarm", func(r T) float64 { return r.Alarm }),
		text("formula", 34, func(r T) string { return r.Formula }), text("filler", 16, func(r T) string { return r.Filler })})
	for i := range s.Columns {
		s.Columns[i].Closed = true
	}
	for _, m := range f.openMonths() {
		s.Columns = append(s.Columns, sheet.Column{Key: intake.CrossReading + ":" + m, Header: monthHeader(m), Width: 11, Format: sheet.Float,
			Hint: "填这个月的数；没有统计的留空，不要填 0。"})
	}
	s.Frozen = 2
	s.Name = "监测月报"
	return f.finish(s, "监测指标月报", "按“计算公式”计算后填写；百分数按阈值的写法填写（阈值是 0.3 就填 0.28，是 30 就填 28）。", 0)
}

// openMonths are the three months that follow the last reading, or the first
// three of the pilot's year.
func (f *form) openMonths() []string {
	last := fmt.Sprintf("%04d-00", max(f.Year(), 2000))
	for _, r := range f.Readings.All() {
		last = max(last, r.Period)
	}
	var y, m int
	if n, _ := fmt.Sscanf(last, "%d-%d", &y, &m); n != 2 {
		return nil
	}
	out := make([]string, 3)
	for i := range out {
		if m++; m > 12 {
			y, m = y+1, 1
		}
		out[i] = fmt.Sprintf("%04d-%02d", y, m)
	}
	return out
}

func containsRef(refs []domain.Ref, id domain.ID) bool {
	for _, r := range refs {
		if r.ID == id {
			return true
		}
	}
	return false
}

func (f *form) appraisals() sheet.Sheet {
	list := only(f.Appraisals.All(), func(a *domain.Appraisal) bool { return f.of(a.Unit) })
	s := appraisalTable(f.pilot, list)
	tune(&s, map[string]func(*sheet.Column){"unit": pick("从列表中选择部门。", f.unitNames()...), "section": hint("如 组织领导（15）。"),
		"full": hint("标准分。"), "self": hint("部门自己评的分，不超过分值。"), "confirmed": hint("考核组核准的分，不超过分值。")})
	s.Name = "考核评分"
	return f.finish(s, "检查考核评分表", "部门填“自评分”，考核组填“核准分”，都不超过分值。", 10)
}

func (f *form) measures() sheet.Sheet {
	list := only(sortedMeasures(f.pilot), func(m *domain.Measure) bool {
		r, ok := f.RiskPoints.Get(m.Point.ID)
		return ok && f.of(r.Unit)
	})
	s := measureTable(f.pilot, list)
	tune(&s, map[string]func(*sheet.Column){"point": pick("哪个风险点的措施。", f.pointCodes()...),
		"item": func(c *sheet.Column) {
			c.Hint, c.Whole = "这个风险点的第几条措施，从 1 开始。", [2]int{1, 99}
		}, "content": hint("做什么、怎么做，写具体。"),
		"step": hint("嵌入哪个流程的哪一步，如：工程招标与合同签订第5步。"), "owner": pick("哪个岗位负责。", f.postNames()...),
		"due": hint("如 2026-09-20、9月底、长期。"), "trace": hint("留下什么记录。")})
	s.Name = "防范措施"
	return f.finish(s, "防范措施表", "一条措施一行，写明对应的风险点和第几条。", spareRows)
}

// people

func (f *form) units() sheet.Sheet {
	s := units(f.Pilot)
	s.Name = "部门"
	f.unit = nil // the column is what the form is about
	return f.finish(s, "部门表", "一个部门一行，名称写全称。", spareRows)
}

func (f *form) posts() sheet.Sheet {
	s := postTable(f.pilot, only(f.Posts.All(), func(x *domain.Post) bool { return f.of(x.Unit) && (f.post == nil || x.ID == f.post.ID) }))
	tune(&s, map[string]func(*sheet.Column){"unit": pick("从列表中选择部门。", f.unitNames()...), "powers": hint("几项用顿号隔开。"), "since": hint("如 2019-03。")})
	s.Name = "岗位职权"
	return f.finish(s, "岗位职权表", "一个岗位一行。", spareRows)
}

func (f *form) authorities() sheet.Sheet {
	s := authorityTable(f.pilot, only(f.Authorities.All(), func(x *domain.Authority) bool { return f.of(x.Unit) }))
	tune(&s, map[string]func(*sheet.Column){"unit": pick("从列表中选择部门。", f.unitNames()...),
		"type":     pick("从列表中选择。", distinct(f.Authorities.All(), func(x *domain.Authority) string { return x.Type })...),
		"basis":    hint("依据的法规、制度名称和条款，一行一个。"),
		"workflow": pick("按哪个流程行使。", distinct(f.flows(), func(w *domain.Workflow) string { return w.Name })...),
		"holder":   pick("由哪个岗位负责。", f.postNames()...), "points": hint("对应的风险点编号，几个用顿号隔开。")})
	s.Name = "职权目录"
	return f.finish(s, "部门职权目录", "一项职权一行，写明授权依据。", spareRows)
}

func (f *form) members() sheet.Sheet {
	s := members(f.Pilot)
	s.Name = "成员名单"
	f.unit = nil
	return f.finish(s, "成员名单", "一人一行；信息收集网络的一条线索来源一行。", spareRows)
}

func (f *form) milestones() sheet.Sheet {
	s := milestones(f.Pilot)
	tune(&s, map[string]func(*sheet.Column){"start": hint(dayHint), "end": hint(dayHint), "progress": must("未开始、进行中、已完成。", "未开始", "进行中", "已完成")})
	s.Name = "工作步骤"
	return f.finish(s, "工作步骤安排表", "填写进度和完成情况。", 5)
}

func (f *form) intelligence() sheet.Sheet {
	s := intelligence(f.Pilot)
	s.Rows = sheet.Rows{}
	tune(&s, map[string]func(*sheet.Column){"code": given("交回后自动编号。"), "date": hint(dayHint), "unit": pick("涉及哪个部门。", f.unitNames()...),
		"source":   pick("信息从哪里来。", distinct(f.Intelligence.All(), func(x *domain.Intelligence) string { return x.Source })...),
		"category": pick("属于哪类成因。", domain.Categories...), "points": pick("对应的风险点编号，几个用顿号隔开。", f.pointCodes()...)})
	narrow(&s, map[string]float64{"source": 10, "date": 11, "summary": 46, "unit": 16, "post": 14, "posts": 14, "factors": 10, "points": 12, "handling": 20, "registrar": 12, "note": 10})
	s.Name = "风险信息"
	unit := f.unit
	f.unit = nil // it reports on any unit
	s = f.finish(s, "风险信息收集表", "一条信息一行，编号留空，交回后自动编号。", spareRows)
	if unit != nil {
		s.Fill[0] += unit.Name
	}
	return s
}

func (f *form) factors() sheet.Sheet {
	s := factors(f.Pilot)
	tune(&s, map[string]func(*sheet.Column){"category": must("从五类成因中选择一类。", domain.Categories...), "points": hint("对应的风险点编号，几个用顿号隔开。")})
	s.Name = "成因要素"
	return f.finish(s, "成因要素表", "一个要素一行。", spareRows)
}

func (f *form) monitors() sheet.Sheet {
	s := monitors(f.Pilot)
	tune(&s, map[string]func(*sheet.Column){"code": hint("必填，如 JC-01。"), "direction": must("数值高表示风险大写“高”，数值低表示风险大写“低”。", "高", "低")})
	s.Name = "监测指标"
	unit := f.unit
	f.unit = nil
	s = f.finish(s, "监测指标说明", "一个指标一行，写明怎样计算、谁来填报、到多少预警。", spareRows)
	if unit != nil {
		s.Fill[0] += unit.Name
	}
	return s
}

func (f *form) disclosures() sheet.Sheet {
	s := disclosures(f.Pilot)
	tune(&s, map[string]func(*sheet.Column){"start": hint(dayHint), "end": hint(dayHint)})
	s.Name = "公示"
	return f.finish(s, "公示登记表", "一次公示一行。", 5)
}

func (f *form) revisions() sheet.Sheet {
	s := revisions(f.Pilot)
	s.Rows = sheet.Rows{}
	drop(&s, "applied")
	tune(&s, map[string]func(*sheet.Column){"code": hint("必填，如 XD-01。"), "type": must("增、改、并、删。", domain.RevisionAdd, domain.RevisionEdit, domain.RevisionMerge, domain.RevisionRemove),
		"point": pick("哪个风险点。", f.pointCodes()...), "date": hint(dayHint), "disclosure": pick("哪一次公示后修订的。", distinct(f.Disclosures.All(), batch)...)})
	s.Name = "修订记录"
	return f.finish(s, "修订记录", "依据公示意见的修订，一处一行。", spareRows)
}

// indicators hands out the systems to be discussed: names and anchors.
func (f *form) indicators() ([]sheet.Sheet, error) {
	var out []sheet.Sheet
	for _, target := range []string{domain.TargetPoint, domain.TargetUnit} {
		sys := f.SystemFor(target)
		if sys == nil {
			sys = &domain.IndicatorSystem{Target: target, Version: 1, Name: target + "廉政风险评估指标体系"}
		}
		s := indicators(f.Pilot, sys)
		for _, key := range []string{"state", "approved", "based", "derivation", "ri", "dimcode"} { // what the discussion is not about
			drop(&s, key)
		}
		title := strings.TrimPrefix(s.Title[0], f.Info().School)
		second := s.Title[1]
		f.unit = nil
		tune(&s, map[string]func(*sheet.Column){"target": closed, "version": closed})
		s = f.finish(s, title, "每项指标写明五个分值的含义；各层权重之和为 1。", 10)
		s.Title = append(s.Title, second)
		out = append(out, s)
	}
	return out, nil
}
