package report

import (
	"fmt"
	"strings"

	"lianshao/app/fields"
	"lianshao/app/report/draw"
	"lianshao/app/report/table"
	"lianshao/domain"
)

// authoritiesPaper is the 职权目录 with its legal basis.
func authoritiesPaper() Paper {
	return Paper{ID: "authorities", Title: "部门职权目录", HasBlank: true, Ready: hasPowers(),
		Tables: func(in Input, o Options) []*table.TableModel {
			p := in.Pilot
			cols := []col[au]{
				{title: "部门", width: 26, center: true, get: func(r au) string { return p.NameOf(domain.KindUnit, r.Unit) }},
				{title: "行使科室（岗位）", width: 24, center: true, get: func(r au) string { return r.Office }},
				{title: "权力名称", weight: 1.3, get: func(r au) string { return r.Name }},
				{title: "类型", width: 12, center: true, get: func(r au) string { return r.Type }},
				{title: "授权依据", weight: 2.4, get: func(r au) string { return strings.Join(r.Basis, "\n") }},
				{title: "对应流程", weight: 1.5, get: func(r au) string { return p.NameOf(domain.KindWorkflow, r.Workflow) }},
				{title: "公开方式", width: 24, center: true, get: func(r au) string { return r.Publicity }},
				{title: "负责人", width: 28, center: true, get: func(r au) string { return p.NameOf(domain.KindPost, r.Holder) }},
				{title: "对应风险点", width: 26, center: true, get: func(r au) string { return p.NamesOf(domain.KindRiskPoint, r.Points) }},
			}
			t := &table.TableModel{Title: p.Info().School + "部门职权目录", Page: landscape(), Subtitles: []table.Line{{Right: string(in.Today)}}}
			t.Columns, t.Rows = numbered(cols, powersOf(in, o))
			table.MergeEqual(t.Rows, 1, 2)
			return []*table.TableModel{blankIf(t, o)}
		}}
}

// opinionsPaper is the 公示意见登记表.
func opinionsPaper() Paper {
	type op = *domain.Opinion
	return Paper{ID: "opinions", Title: "公示意见登记表", Secret: "写有意见原文和意见人", HasBlank: true,
		Ready: when(func(in Input) bool { return in.Pilot.Opinions.Len() > 0 }, "还没有登记意见"),
		Tables: func(in Input, o Options) []*table.TableModel {
			p := in.Pilot
			batch, _ := fields.Find(domain.KindOpinion, "disclosure")
			cols := []col[op]{
				{title: "编号", width: 15, nowrap: true, center: true, get: func(r op) string { return r.Code }},
				{title: "批次", width: 14, center: true, get: func(r op) string { return batch.Get(p, r) }},
				{title: "收到日期", width: 20, nowrap: true, center: true, get: func(r op) string { return string(r.Received) }},
				{title: "渠道", width: 18, center: true, get: func(r op) string { return r.Channel }},
				{title: "意见人", width: 22, center: true, get: func(r op) string { return r.From }},
				{title: "风险点", width: 17, center: true, get: func(r op) string { return strings.ReplaceAll(p.NamesOf(domain.KindRiskPoint, r.Points), "、", "\n") }},
				{title: "意见内容", weight: 3, get: func(r op) string { return r.Content }},
				{title: "采纳情况", group: "处理", width: 17, center: true, get: func(r op) string { return r.Decision }},
				{title: "理由", group: "处理", weight: 2, get: func(r op) string { return r.Reason }},
				{title: "答复单位", group: "答复", width: 22, center: true, get: func(r op) string { return r.ReplyBy }},
				{title: "日期", group: "答复", width: 20, nowrap: true, center: true, get: func(r op) string { return r.Replied.String() }},
			}
			t := &table.TableModel{Title: p.Info().School + "公示意见登记表", Page: landscape(), Sizes: table.Sizes{Text: 8.5}, Subtitles: []table.Line{{Left: "内部资料　注意保管", Right: string(in.Today)}}}
			t.Columns, t.Rows = numbered(cols, p.Opinions.All())
			return []*table.TableModel{blankIf(t, o)}
		}}
}

// measuresPaper is the 防范措施表: measures at their step, with responsible person.
func measuresPaper() Paper {
	return Paper{ID: "measures", Title: "防范措施表", HasBlank: true,
		Ready: when(func(in Input) bool { return in.Pilot.Measures.Len() > 0 }, "还没有防范措施"),
		Tables: func(in Input, o Options) []*table.TableModel {
			ms := measuresOf(in, o)
			p := in.Pilot
			point := func(m *domain.Measure) pt { r, _ := p.RiskPoints.Get(m.Point.ID); return r }
			cols := []col[*domain.Measure]{
				{title: "编号", width: 15, nowrap: true, center: true, get: func(m *domain.Measure) string { return point(m).Code }},
				{title: "等级", width: 12, cell: func(m *domain.Measure) table.Cell { return in.levelOrSelf(point(m)) }},
				{title: "风险点", weight: 1.6, get: func(m *domain.Measure) string { return point(m).Name }},
				{title: "条", width: 8, center: true, get: func(m *domain.Measure) string { return fmt.Sprint(m.No) }},
				{title: "防范措施", weight: 3, get: func(m *domain.Measure) string { return m.Content }},
				{title: "嵌入流程步骤", weight: 1.6, get: func(m *domain.Measure) string { return p.StepPhrase(m.Step) }},
				{title: "责任人", width: 26, center: true, get: func(m *domain.Measure) string { return orElse(m.Owner, point(m).Owner) }},
				{title: "完成时限", width: 21, center: true, get: func(m *domain.Measure) string { return orElse(m.Due.String(), point(m).Due.String()) }},
				{title: "留痕", weight: 1, get: func(m *domain.Measure) string { return m.Evidence }},
				{title: "落实情况", width: 17, center: true, get: func(m *domain.Measure) string { return p.MeasureResult(m.ID) }},
			}
			t := &table.TableModel{Title: p.Info().School + "廉政风险防范措施表", Page: landscape(), Sizes: table.Sizes{Text: 8.5},
				Subtitles: []table.Line{{Right: string(in.Today)}}, Signs: []string{"部门负责人（签字）：", "分管校领导（签字）：", "日期："}}
			t.Columns, t.Rows = columns(cols), rowsOf(cols, ms)
			table.MergeEqual(t.Rows, 0, 1, 2)
			return []*table.TableModel{blankIf(t, o)}
		}}
}

func measuresOf(in Input, o Options) []*domain.Measure {
	var out []*domain.Measure
	for _, u := range unitsOf(in, o) {
		for _, r := range pointsOf(in, o, u.ID) {
			out = append(out, in.Pilot.Measures.By(domain.ByPoint, r.ID)...)
		}
	}
	return out
}

func orElse(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// inspectionPaper is the 防范措施落实情况检查表.
func inspectionPaper() Paper {
	type in1 = *domain.Inspection
	return Paper{ID: "inspection", Title: "防范措施落实情况检查表", HasBlank: true,
		Ready: when(func(in Input) bool { return in.Pilot.Inspections.Len() > 0 }, "还没有检查记录"),
		Tables: func(in Input, o Options) []*table.TableModel {
			p := in.Pilot
			var list []in1
			for _, m := range measuresOf(in, o) {
				list = append(list, p.Inspections.By(domain.ByMeasure, m.ID)...)
			}
			of := func(i in1) *domain.Measure { m, _ := p.Measures.Get(i.Measure.ID); return m }
			cols := []col[in1]{
				{title: "编号", width: 15, nowrap: true, center: true, get: func(i in1) string { return p.CodeOf(domain.KindRiskPoint, of(i).Point) }},
				{title: "条", group: "防范措施", width: 8, center: true, get: func(i in1) string { return fmt.Sprint(of(i).No) }},
				{title: "内容", group: "防范措施", weight: 3, get: func(i in1) string { return of(i).Content }},
				{title: "嵌入流程步骤", group: "防范措施", weight: 1.6, get: func(i in1) string { return p.StepPhrase(of(i).Step) }},
				{title: "责任岗位", group: "防范措施", width: 25, center: true, get: func(i in1) string { return of(i).Owner }},
				{title: "检查方法", group: "检查情况", width: 18, center: true, get: func(i in1) string { return i.Method }},
				{title: "检查证据", group: "检查情况", width: 25, get: func(i in1) string { return i.Evidence }},
				{title: "落实情况", group: "检查情况", width: 16, center: true, get: func(i in1) string { return i.Result }},
				{title: "存在问题", group: "检查情况", width: 26, get: func(i in1) string { return i.Problem }},
				{title: "整改期限", group: "检查情况", width: 20, center: true, get: func(i in1) string { return i.RectifyBy.String() }},
			}
			t := &table.TableModel{Title: p.Info().School + "防范措施落实情况检查表", Page: landscape(), Sizes: table.Sizes{Text: 8.5},
				Subtitles: []table.Line{{Left: "检查单位：试点工作领导小组", Right: string(in.Today)}},
				Signs:     []string{"检查组组长（签字）：", "被检查部门负责人（签字）：", "日期："}}
			if o.Blank && len(measuresOf(in, o)) > 0 {
				return []*table.TableModel{checklist(in, o, t, cols)}
			}
			t.Columns, t.Rows = columns(cols), rowsOf(cols, list)
			table.MergeEqual(t.Rows, 0)
			return []*table.TableModel{blankIf(t, o)}
		}}
}

// checklist is the sheet to carry along on an inspection: every measure, with room to
// write what was found. Only the columns of the measure itself are filled.
func checklist(in Input, o Options, t *table.TableModel, cols []col[*domain.Inspection]) *table.TableModel {
	var blank []*domain.Inspection
	for _, m := range measuresOf(in, o) {
		blank = append(blank, &domain.Inspection{Measure: domain.To(m.ID)})
	}
	t.Subtitles = []table.Line{{Left: "检查单位：", Center: "检查人：", Right: "检查日期：" + handDate}}
	t.Notes = append(t.Notes, "落实情况写：已落实、部分落实、未落实。")
	t.Columns, t.Rows = columns(cols), rowsOf(cols, blank)
	for i := range t.Rows {
		t.Rows[i].Height = 12
	}
	table.MergeEqual(t.Rows, 0)
	return t
}

// appraisalPaper is the 检查考核评分表, one per unit. The blank one has the lines and
// their points, and room for the scores.
func appraisalPaper() Paper {
	return Paper{ID: "appraisal", Title: "检查考核评分表", Secret: "写有考核得分", HasBlank: true,
		Ready: when(func(in Input) bool { return in.Pilot.Appraisals.Len() > 0 }, "还没有考核评分"),
		Tables: func(in Input, o Options) []*table.TableModel {
			var out []*table.TableModel
			for _, u := range unitsOf(in, o) {
				var list []*domain.Appraisal
				for _, a := range in.Pilot.Appraisals.All() {
					if a.Unit.ID == u.ID {
						list = append(list, a)
					}
				}
				switch {
				case o.Blank:
					out = append(out, appraisalTable(in, u, unscored(list)))
				case len(list) > 0:
					t := appraisalTable(in, u, list)
					t.Notes = appraisalNotes(in, u)
					out = append(out, t)
				}
			}
			if o.Blank && len(out) == 0 {
				out = append(out, appraisalTable(in, &domain.Unit{}, unscored(nil)))
			}
			return out
		}}
}

// unscored are lines without their scores; without lines, those of the usual sheet.
func unscored(list []*domain.Appraisal) []*domain.Appraisal {
	if len(list) == 0 {
		for i := range domain.StandardAppraisal {
			list = append(list, &domain.StandardAppraisal[i])
		}
	}
	out := make([]*domain.Appraisal, len(list))
	for i, a := range list {
		c := *a
		c.Self, c.Confirmed = domain.Number{}, domain.Number{}
		out[i] = &c
	}
	return out
}

func appraisalTable(in Input, u *domain.Unit, list []*domain.Appraisal) *table.TableModel {
	type ap = *domain.Appraisal
	cols := []col[ap]{
		{title: "项目", width: 34, center: true, get: func(a ap) string { return fmt.Sprintf("%s（%g）", a.Section, a.SectionOf) }},
		{title: "考核内容", weight: 3, get: func(a ap) string { return a.Content }},
		{title: "分值", width: 14, right: true, get: func(a ap) string { return fields.Number(a.Full) }},
		{title: "自评分", width: 16, right: true, get: func(a ap) string { return number(a.Self) }},
		{title: "核准分", width: 16, right: true, get: func(a ap) string { return number(a.Confirmed) }},
	}
	t := &table.TableModel{Title: u.Name + "检查考核评分表", Page: draw.Page{}, Subtitles: []table.Line{{Left: "被考核部门：" + u.Name, Right: string(in.Today)}},
		Signs: []string{"考核组组长（签字）：", "部门负责人（签字）："}}
	t.Columns, t.Rows = columns(cols), rowsOf(cols, list)
	table.MergeEqual(t.Rows, 0)
	var full float64
	var self, confirmed domain.Number
	for _, a := range list {
		full += a.Full
		self = domain.Number{Value: self.Value + a.Self.Value, Given: self.Given || a.Self.Given}
		confirmed = domain.Number{Value: confirmed.Value + a.Confirmed.Value, Given: confirmed.Given || a.Confirmed.Given}
	}
	total := table.Texts("合计", "", fields.Number(full), number(self), number(confirmed))
	total.Bold = true
	t.Rows = append(t.Rows, total)
	return t
}

func number(n domain.Number) string {
	if !n.Given {
		return ""
	}
	return fields.Number(n.Value)
}
