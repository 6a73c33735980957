package report

import (
	"fmt"
	"strings"

	"lianshao/app/report/table"
	"lianshao/domain"
)

// MeasureList writes a point's measures as one numbered text, the way the
// office forms do.
func MeasureList(p *domain.Pilot, point domain.ID) string {
	ms := p.Measures.By(domain.ByPoint, point)
	if len(ms) == 1 {
		return ms[0].Content
	}
	lines := make([]string, len(ms))
	for i, m := range ms {
		lines[i] = fmt.Sprintf("%d.%s", m.No, m.Content)
	}
	return strings.Join(lines, "\n")
}

type pt = *domain.RiskPoint

// selfAssessmentPaper is the 岗位廉政风险点自查表, one per unit.
func selfAssessmentPaper() Paper {
	return Paper{ID: "self-assessment", Title: "岗位廉政风险点自查表", Secret: "是本人填写的自评", HasBlank: true,
		Ready: hasPoints(),
		Tables: func(in Input, o Options) []*table.TableModel {
			var out []*table.TableModel
			for _, u := range unitsOf(in, o) {
				if pts := pointsOf(in, o, u.ID); len(pts) > 0 || o.Blank {
					out = append(out, selfAssessmentTable(in, u.Name, pts, o.Blank))
				}
			}
			if len(out) == 0 {
				out = append(out, selfAssessmentTable(in, "", nil, true))
			}
			return out
		}}
}

func hasPoints() func(Input) (bool, string) {
	return when(func(in Input) bool { return len(in.Pilot.ActivePoints()) > 0 }, "还没有风险点：请先导入自查表或新增风险点")
}

func selfAssessmentTable(in Input, unit string, pts []pt, blank bool) *table.TableModel {
	p := in.Pilot
	cols := []col[pt]{
		{title: "编号", width: 13, nowrap: true, center: true, get: func(r pt) string { return r.Code }},
		{title: "科室", width: 15, center: true, get: func(r pt) string { return r.Office }},
		{title: "岗位", width: 17, center: true, get: func(r pt) string { return p.NameOf(domain.KindPost, r.Post) }},
		{title: "工作流程", width: 18, get: func(r pt) string { return p.NameOf(domain.KindWorkflow, r.Workflow) }},
		{title: "流程步骤", width: 18, get: func(r pt) string { return p.NameOf(domain.KindStep, r.Step) }},
		{title: "风险类别", width: 12, center: true, get: func(r pt) string { return r.Category }},
		{title: "表现形式", weight: 3, get: func(r pt) string { return r.Description }},
		{title: "成因", weight: 2.2, get: func(r pt) string { return r.Causes }},
		{title: "可能后果", weight: 1.8, get: func(r pt) string { return r.Consequence }},
		{title: "可能性", group: "风险自评", width: 9, center: true, get: func(r pt) string { return blankInt(r.Likelihood) }},
		{title: "影响", group: "风险自评", width: 9, center: true, get: func(r pt) string { return blankInt(r.Impact) }},
		{title: "等级", group: "风险自评", width: 11, cell: func(r pt) table.Cell { return selfLevelCell(p, r) }},
		{title: "措施内容", group: "拟采取措施", weight: 3.2, get: func(r pt) string { return MeasureList(p, r.ID) }},
		{title: "责任人", group: "拟采取措施", width: 17, get: func(r pt) string { return r.Owner }},
		{title: "完成时限", group: "拟采取措施", width: 16, center: true, get: func(r pt) string { return r.Due.String() }},
		{title: "来源", width: 13, center: true, get: func(r pt) string { return strings.Join(r.Channels, "\n") }},
	}
	t := &table.TableModel{Title: p.Info().School + unit + "岗位廉政风险点自查表", Page: landscape(), Sizes: table.Sizes{Text: 7.5, Header: 8},
		Subtitles: []table.Line{{Left: "填报单位（盖章）：" + unit, Center: "填报人：", Right: "填报日期：　　　年　　月　　日"}},
		Notes:     []string{"注：1.可能性、影响程度按1～5分自评，分值越大风险越大；2.自评等级＝可能性×影响程度，15分及以上为高，6～14分为中，5分及以下为低；3.来源填“自己查”“组织点”“群众帮”，可多选。"},
		Signs:     []string{"部门负责人（签字）：", "分管校领导（签字）：", "日期："}}
	if blank {
		pts, t.BlankRows, t.BlankHeight = nil, table.FillPage, 14
	}
	t.Columns, t.Rows = numbered(cols, pts)
	table.MergeEqual(t.Rows, 2, 3)
	return t
}

func selfLevelCell(p *domain.Pilot, r pt) table.Cell {
	if s := p.SchemeFor(domain.BasisMatrix); s != nil {
		if l, ok := s.Labelled(r.SelfLevel); ok {
			return levelCell(l)
		}
	}
	return table.Cell{Text: r.SelfLevel, Center: true}
}

func blankInt(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// riskPointsPaper is the 廉政风险防控一览表, with the round's level when there is one.
func riskPointsPaper() Paper {
	return Paper{ID: "riskpoints", Title: "廉政风险防控一览表", HasBlank: true,
		Ready: hasPoints(),
		Tables: func(in Input, o Options) []*table.TableModel {
			if o.Blank {
				return []*table.TableModel{blankIf(riskPointsTable(in, &domain.Unit{}, nil), o)}
			}
			var out []*table.TableModel
			for _, u := range unitsOf(in, o) {
				if pts := pointsOf(in, o, u.ID); len(pts) > 0 {
					out = append(out, riskPointsTable(in, u, pts))
				}
			}
			if len(out) == 0 {
				out = append(out, riskPointsTable(in, &domain.Unit{}, nil))
			}
			return out
		}}
}

func riskPointsTable(in Input, u *domain.Unit, pts []pt) *table.TableModel {
	p := in.Pilot
	cols := []col[pt]{
		{title: "编号", width: 14, nowrap: true, center: true, get: func(r pt) string { return r.Code }},
		{title: "单位/科室", width: 17, center: true, get: func(r pt) string { return r.Office }},
		{title: "风险岗位", width: 20, center: true, get: func(r pt) string { return p.NameOf(domain.KindPost, r.Post) }},
		{title: "流程环节", width: 30, get: func(r pt) string {
			return joinDash(p.NameOf(domain.KindWorkflow, r.Workflow), p.NameOf(domain.KindStep, r.Step))
		}},
		{title: "风险类别", width: 13, center: true, get: func(r pt) string { return r.Category }},
		{title: "风险点", weight: 1.4, get: func(r pt) string { return r.Name }},
		{title: "主要内容及表现形式", weight: 2.6, get: func(r pt) string { return r.Description }},
		{title: "风险等级", width: 13, cell: func(r pt) table.Cell { return in.levelOrSelf(r) }},
		{title: "防控措施", weight: 3.2, get: func(r pt) string { return MeasureList(p, r.ID) }},
		{title: "责任人", width: 20, center: true, get: func(r pt) string { return r.Owner }},
		{title: "部门负责人", width: 15, center: true, get: in.headOfPoint},
		{title: "责任领导", width: 15, center: true, get: in.leaderOfPoint},
	}
	t := &table.TableModel{Title: u.Name + "廉政风险防控一览表", Page: landscape(), Sizes: table.Sizes{Text: 8, Header: 8.5},
		Subtitles: []table.Line{{Left: "单位：" + u.Name, Right: string(in.Today)}},
		Notes:     []string{fmt.Sprintf("共有廉政风险点%d个%s。", len(pts), in.levelSentence(pts))},
		Signs:     []string{"部门负责人（签字）：", "责任领导（签字）：", "日期："}}
	t.Columns, t.Rows = numbered(cols, pts)
	table.MergeEqual(t.Rows, 2, 3)
	return t
}

func joinDash(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "—" + b
}

// levelOrSelf is the round's level, else the self-assessed one.
func (in Input) levelOrSelf(r pt) table.Cell {
	if in.Result != nil {
		if o := in.Result.Of(r.ID); o != nil && o.Complete {
			return levelCell(o.Level)
		}
	}
	return selfLevelCell(in.Pilot, r)
}

// levelSentence says how many points have which level, the most severe first.
func (in Input) levelSentence(pts []pt) string {
	count := map[string]int{}
	for _, r := range pts {
		count[in.levelOrSelf(r).Text]++
	}
	scheme := in.Pilot.SchemeFor(domain.BasisMatrix)
	if in.Result != nil {
		scheme = in.Result.Scheme
	}
	if scheme == nil {
		return ""
	}
	var parts []string
	for _, l := range scheme.Ordered() {
		if n := count[l.Label]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s%d个", l.Label, n))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "，其中：" + strings.Join(parts, "、")
}

// summaryPaper is the 汇总表 of all units, signed for by their leaders.
func summaryPaper() Paper {
	return pointList("summary", "廉政风险点汇总表", func(in Input) []col[pt] {
		p := in.Pilot
		return []col[pt]{
			{title: "部门", width: 26, center: true, get: func(r pt) string { return p.NameOf(domain.KindUnit, r.Unit) }},
			{title: "编号", width: 15, nowrap: true, center: true, get: func(r pt) string { return r.Code }},
			{title: "风险点", weight: 2, get: func(r pt) string { return r.Name }},
			{title: "等级", width: 13, cell: in.levelOrSelf},
			{title: "主管领导", width: 20, center: true, get: in.headOfPoint},
			{title: "分管领导", width: 20, center: true, get: in.leaderOfPoint},
			{title: "防控措施", weight: 4.2, get: func(r pt) string { return MeasureList(p, r.ID) }},
		}
	}, func(in Input, pts []pt) *table.TableModel {
		return &table.TableModel{Subtitles: onDay(in), Sizes: table.Sizes{Text: 8.5},
			Notes: []string{fmt.Sprintf("职权%d项，廉政风险点%d个%s。", in.Pilot.Authorities.Len(), len(pts), in.levelSentence(pts))},
			Signs: []string{"主管领导（签字）：", "分管领导（签字）：", "日期："}}
	})
}
