package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"lianshao/app/report/table"
	"lianshao/domain"
)

// pointList is a paper that lists risk points of all chosen departments in one table.
func pointList(id, title string, cols func(in Input) []col[pt], model func(in Input, pts []pt) *table.TableModel) Paper {
	return Paper{ID: id, Title: title, HasBlank: true, Ready: hasPoints(),
		Tables: func(in Input, o Options) []*table.TableModel {
			var pts []pt
			for _, u := range unitsOf(in, o) {
				pts = append(pts, pointsOf(in, o, u.ID)...)
			}
			t := model(in, pts)
			t.Title, t.Page = in.Pilot.Info().School+title, landscape()
			t.Columns, t.Rows = numbered(cols(in), pts)
			table.MergeEqual(t.Rows, 1)
			return []*table.TableModel{blankIf(t, o)}
		}}
}

func onDay(in Input) []table.Line {
	return []table.Line{{Left: in.Pilot.Info().Name, Right: string(in.Today)}}
}

func (in Input) headOfPoint(r pt) string { return cmp.Or(r.UnitHead, headOf(in.Pilot, r.Unit)) }

func (in Input) leaderOfPoint(r pt) string { return cmp.Or(r.Leader, leaderOf(in.Pilot, r.Unit)) }

// postRisksPaper is the 岗位排查及防控一览表.
func postRisksPaper() Paper {
	return pointList("post-risks", "岗位风险排查及防控一览表", func(in Input) []col[pt] {
		p := in.Pilot
		return []col[pt]{
			{title: "部门", width: 22, center: true, get: func(r pt) string { return p.NameOf(domain.KindUnit, r.Unit) }},
			{title: "重要环节", width: 36, get: func(r pt) string {
				return joinDash(p.NameOf(domain.KindWorkflow, r.Workflow), p.NameOf(domain.KindStep, r.Step))
			}},
			{title: "表现形式", weight: 2.4, get: func(r pt) string { return cmp.Or(r.Description, r.Name) }},
			{title: "涉及岗位", width: 24, center: true, get: func(r pt) string { return p.NameOf(domain.KindPost, r.Post) }},
			{title: "等级", width: 13, cell: in.levelOrSelf},
			{title: "防控要点及措施", weight: 3.2, get: func(r pt) string { return MeasureList(p, r.ID) }},
			{title: "直接责任人", width: 22, center: true, get: func(r pt) string { return r.Owner }},
			{title: "部门责任人", width: 18, center: true, get: in.headOfPoint},
			{title: "责任领导", width: 18, center: true, get: in.leaderOfPoint},
		}
	}, func(in Input, pts []pt) *table.TableModel {
		return &table.TableModel{Subtitles: onDay(in), Sizes: table.Sizes{Text: 8.5},
			Notes: []string{fmt.Sprintf("共有廉政风险点%d个%s。", len(pts), in.levelSentence(pts))}, Signs: []string{"部门责任人（签字）：", "责任领导（签字）：", "日期："}}
	})
}

// postsPaper is the 岗位风险及监测指标表: what is watched for each risk of a post.
func postsPaper() Paper {
	return pointList("posts", "岗位风险及监测指标表", func(in Input) []col[pt] {
		p := in.Pilot
		watched := map[domain.ID][]string{}
		for _, m := range p.Monitors.All() {
			for _, ref := range m.Points {
				watched[ref.ID] = append(watched[ref.ID], strings.TrimSpace(m.Code+" "+m.Name))
			}
		}
		return []col[pt]{
			{title: "岗位类别", width: 34, center: true, get: func(r pt) string {
				return strings.Join(nonEmpty(p.NameOf(domain.KindUnit, r.Unit), p.NameOf(domain.KindPost, r.Post)), "\n")
			}},
			{title: "风险名称", weight: 1.4, get: func(r pt) string { return strings.TrimSpace(r.Code + " " + r.Name) }},
			{title: "风险描述", weight: 2.2, get: func(r pt) string { return r.Description }},
			{title: "防控措施", weight: 3, get: func(r pt) string { return MeasureList(p, r.ID) }},
			{title: "监测指标", weight: 1.4, get: func(r pt) string { return strings.Join(watched[r.ID], "\n") }},
		}
	}, func(in Input, _ []pt) *table.TableModel {
		return &table.TableModel{Subtitles: onDay(in), Notes: []string{"注：监测指标栏空白的，还没有可以按月监测的指标。"}}
	})
}

// ledgerPaper is the 廉政风险防控台账.
func ledgerPaper() Paper {
	return pointList("ledger", "廉政风险防控台账", func(in Input) []col[pt] {
		p := in.Pilot
		return []col[pt]{
			{title: "部门", width: 20, center: true, get: func(r pt) string { return p.NameOf(domain.KindUnit, r.Unit) }},
			{title: "风险名称", width: 34, get: func(r pt) string { return strings.TrimSpace(r.Code + " " + r.Name) }},
			{title: "原因", group: "风险描述", weight: 2, get: func(r pt) string { return r.Causes }},
			{title: "影响范围", group: "风险描述", weight: 1.6, get: func(r pt) string { return r.Consequence }},
			{title: "概率", group: "风险评估", width: 10, center: true, get: func(r pt) string { return blankInt(r.Likelihood) }},
			{title: "影响", group: "风险评估", width: 10, center: true, get: func(r pt) string { return blankInt(r.Impact) }},
			{title: "等级", group: "风险评估", width: 12, cell: in.levelOrSelf},
			{title: "责任人", width: 24, center: true, get: func(r pt) string { return r.Owner }},
			{title: "防控措施", weight: 3, get: func(r pt) string { return MeasureList(p, r.ID) }},
			{title: "完成时限", width: 20, center: true, get: func(r pt) string { return r.Due.String() }},
			{title: "落实情况", width: 18, center: true, get: func(r pt) string { return p.MeasureStatus(r.ID) }},
		}
	}, func(in Input, _ []pt) *table.TableModel {
		return &table.TableModel{Subtitles: onDay(in), Sizes: table.Sizes{Text: 8.5}, Notes: []string{"注：概率、影响为自评分，1～5分，分值越大风险越大。"}, Signs: []string{"登记人：", "审核人："}}
	})
}

// The four words of the 岗位风险登记表 for marks of 1 to 5.
var fourWords = []string{"", "极小", "较小", "较大", "较大", "极大"}

func fourWord(n int) string {
	if n < 1 || n >= len(fourWords) {
		return ""
	}
	return fmt.Sprintf("%s（%d）", fourWords[n], n)
}

// numberedLevels are the levels of the self-assessment as 一级, 二级, 三级: the most
// severe is 一级.
func numberedLevel(p *domain.Pilot, r pt) string {
	s := p.SchemeFor(domain.BasisMatrix)
	if s == nil || r.MatrixScore() == 0 {
		return ""
	}
	l, ok := s.LevelOf(float64(r.MatrixScore()))
	if !ok {
		return ""
	}
	i := slices.IndexFunc(s.Ordered(), func(x domain.Level) bool { return x.Severity == l.Severity })
	return fmt.Sprintf("%d级（%s）", i+1, l.Label)
}

// recordsPointPaper is the 岗位廉政风险登记表, as risk software records a point.
func recordsPointPaper() Paper {
	return pointList("records", "岗位廉政风险登记表", func(in Input) []col[pt] {
		p := in.Pilot
		return []col[pt]{
			{title: "岗位风险编号", width: 17, nowrap: true, center: true, get: func(r pt) string { return r.Code }},
			{title: "部门", width: 19, center: true, get: func(r pt) string { return p.NameOf(domain.KindUnit, r.Unit) }},
			{title: "岗位", width: 20, center: true, get: func(r pt) string { return p.NameOf(domain.KindPost, r.Post) }},
			{title: "执行年份", width: 11, center: true, get: func(pt) string { return blankInt(p.Info().Year) }},
			{title: "风险项目名称", weight: 1.4, get: func(r pt) string { return r.Name }},
			{title: "风险点描述", weight: 2.2, get: func(r pt) string { return r.Description }},
			{title: "可能性L", width: 14, center: true, get: func(r pt) string { return fourWord(r.Likelihood) }},
			{title: "严重性C", width: 14, center: true, get: func(r pt) string { return fourWord(r.Impact) }},
			{title: "廉政风险值D", width: 13, center: true, get: func(r pt) string { return blankInt(r.MatrixScore()) }},
			{title: "等级", width: 13, center: true, get: func(r pt) string { return numberedLevel(p, r) }},
			{title: "预防和控制措施", weight: 3, get: func(r pt) string { return MeasureList(p, r.ID) }},
			{title: "创建人/时间", width: 21, center: true, get: foundBy},
		}
	}, func(in Input, _ []pt) *table.TableModel {
		return &table.TableModel{Subtitles: onDay(in), Sizes: table.Sizes{Text: 8, Header: 8},
			Notes: []string{"注：可能性、严重性按自评的1～5分填写：1分为极小，2分为较小，3、4分为较大，5分为极大；风险值D＝L×C；等级按自评等级方案，1级最高。"}}
	})
}

// foundBy is who recorded a point first, and when.
func foundBy(r pt) string {
	for _, f := range r.FoundBy() {
		if f.By != "" || f.Date != "" {
			return strings.Join(nonEmpty(f.By, string(f.Date)), "\n")
		}
	}
	return ""
}

// revisionsPaper is the 修订记录: what was changed, why, before and after.
func revisionsPaper() Paper {
	type re = *domain.Revision
	return Paper{ID: "revisions", Title: "修订记录", HasBlank: true,
		Ready: when(func(in Input) bool { return in.Pilot.Revisions.Len() > 0 }, "还没有修订记录：采纳公示意见后在“公示意见”里修订"),
		Tables: func(in Input, o Options) []*table.TableModel {
			p := in.Pilot
			var list []re
			for _, r := range p.Revisions.All() {
				if point, ok := p.RiskPoints.Get(r.Point.ID); o.Unit == "" || ok && point.Unit.ID == o.Unit {
					list = append(list, r)
				}
			}
			cols := []col[re]{
				{title: "编号", width: 16, nowrap: true, center: true, get: func(r re) string { return r.Code }},
				{title: "类型", width: 11, center: true, get: func(r re) string { return r.Type }},
				{title: "风险点", width: 17, center: true, get: func(r re) string { return p.CodeOf(domain.KindRiskPoint, r.Point) }},
				{title: "修订内容", width: 24, center: true, get: func(r re) string { return strings.Join(nonEmpty(r.Field, r.Item), "\n") }},
				{title: "依据意见号", width: 18, center: true, get: func(r re) string { return strings.ReplaceAll(p.NamesOf(domain.KindOpinion, r.Opinions), "、", "\n") }},
				{title: "修订前", weight: 2, get: func(r re) string { return r.Before }},
				{title: "修订后", weight: 2, get: func(r re) string { return r.After }},
				{title: "理由", weight: 1, get: func(r re) string { return r.Reason }},
				{title: "审定", width: 26, center: true, get: func(r re) string { return strings.Join(nonEmpty(r.By, string(r.Date)), "\n") }},
			}
			t := &table.TableModel{Title: p.Info().School + "廉政风险点、防范措施修订记录", Page: landscape(), Sizes: table.Sizes{Text: 8.5},
				Subtitles: []table.Line{{Left: "内部资料　注意保管", Right: string(in.Today)}}, Notes: []string{"注：类型为增、改、并、删。"}, Signs: []string{"记录人：", "领导小组（签字）："}}
			t.Columns, t.Rows = numbered(cols, list)
			return []*table.TableModel{blankIf(t, o)}
		}}
}

// factorsPaper is the 成因要素表.
func factorsPaper() Paper {
	type fa = *domain.Factor
	return Paper{ID: "factors", Title: "廉政风险成因要素表", HasBlank: true,
		Ready: when(func(in Input) bool { return in.Pilot.Factors.Len() > 0 }, "还没有成因要素：请在“风险信息库”的成因要素里登记"),
		Tables: func(in Input, o Options) []*table.TableModel {
			p := in.Pilot
			list := slices.Clone(p.Factors.All())
			slices.SortStableFunc(list, func(a, b fa) int {
				return slices.Index(domain.Categories, a.Category) - slices.Index(domain.Categories, b.Category)
			})
			cols := []col[fa]{
				{title: "成因类别", width: 28, center: true, get: func(f fa) string { return f.Category }},
				{title: "成因要素", weight: 2.2, get: func(f fa) string { return f.Text }},
				{title: "来源", weight: 1, get: func(f fa) string { return f.Source }},
				{title: "涉及风险点", weight: 1.4, get: func(f fa) string { return p.NamesOf(domain.KindRiskPoint, f.Points) }},
				{title: "个数", width: 12, center: true, get: func(f fa) string { return blankInt(len(f.Points)) }},
			}
			t := &table.TableModel{Title: p.Info().School + "廉政风险成因要素表", Subtitles: onDay(in), Sizes: table.Sizes{Text: 9.5}, Signs: []string{"课题小组（签字）：", "日期："}}
			t.Columns, t.Rows = numbered(cols, list)
			table.MergeEqual(t.Rows, 1)
			return []*table.TableModel{blankIf(t, o)}
		}}
}

// schemePaper is the 预警等级方案和发布办法: bands, who is told, who signs, by when.
func schemePaper() Paper {
	return Paper{ID: "scheme", Title: "预警等级方案和发布办法",
		Ready: when(func(in Input) bool { return in.Pilot.Schemes.Len() > 0 }, "还没有等级方案：请在“风险评估”的等级方案里新建"),
		Tables: func(in Input, _ Options) []*table.TableModel {
			var out []*table.TableModel
			for _, s := range in.Pilot.Schemes.All() {
				out = append(out, schemeTable(in, s))
			}
			return out
		}}
}

func schemeTable(in Input, s *domain.LevelScheme) *table.TableModel {
	type le = domain.Level
	days := func(n int) string {
		if n == 0 {
			return "—"
		}
		return fmt.Sprintf("%d个工作日", n)
	}
	cols := []col[le]{
		{title: "等级", width: 20, cell: levelCell},
		{title: "下限（含）", width: 22, center: true, get: func(l le) string { return fmt.Sprintf("%g", l.Min) }},
		{title: "告知对象", weight: 2, get: func(l le) string { return l.Told }},
		{title: "签发人", weight: 1, get: func(l le) string { return l.Signer }},
		{title: "回告期限", width: 24, center: true, get: func(l le) string { return days(l.Reply) }},
		{title: "整改期限", width: 24, center: true, get: func(l le) string { return days(l.Fix) }},
		{title: "解除条件", weight: 1.6, get: func(l le) string { return l.Release }},
	}
	t := &table.TableModel{Title: in.Pilot.Info().School + s.Name, Footer: s.Name, Page: landscape(), Sizes: table.Sizes{Text: 10},
		Subtitles: []table.Line{{Left: fmt.Sprintf("分级依据：%s　第%d版", s.Basis, max(s.Version, 1)), Right: string(in.Today)}}, Signs: []string{"领导小组组长（签字）：", "审定日期："}}
	for i, o := range s.Overrides {
		t.Notes = append(t.Notes, fmt.Sprintf("提级条件%d：%s。", i+1, o.Text()))
	}
	t.Columns, t.Rows = columns(cols), rowsOf(cols, s.Ordered())
	return t
}
