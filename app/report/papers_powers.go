package report

import (
	"fmt"
	"strings"

	"lianshao/app/report/draw"
	"lianshao/app/report/table"
	"lianshao/domain"
)

type au = *domain.Authority

func hasPowers() func(Input) (bool, string) {
	return when(func(in Input) bool { return in.Pilot.Authorities.Len() > 0 }, "还没有职权目录：请先导入部门职权目录")
}

func powersOf(in Input, o Options) []au {
	var list []au
	for _, u := range unitsOf(in, o) {
		list = append(list, in.Pilot.Authorities.By(domain.ByUnit, u.ID)...)
	}
	return list
}

// holder is the post that answers for a power, with the people in it.
func holder(p *domain.Pilot, post domain.Ref) string {
	name := p.NameOf(domain.KindPost, post)
	if r, ok := p.Posts.Get(post.ID); ok && len(r.People) > 0 {
		name += "\n（" + strings.Join(r.People, "、") + "）"
	}
	return name
}

func headOf(p *domain.Pilot, unit domain.Ref) string {
	if u, ok := p.Units.Get(unit.ID); ok {
		return u.Head
	}
	return ""
}

func leaderOf(p *domain.Pilot, unit domain.Ref) string {
	if u, ok := p.Units.Get(unit.ID); ok {
		return u.Leader
	}
	return ""
}

// powersPaper is the 权力目录, once by departments and once by persons.
func powersPaper() Paper {
	return Paper{ID: "powers", Title: "权力目录", HasBlank: true, Ready: hasPowers(),
		Tables: func(in Input, o Options) []*table.TableModel {
			p := in.Pilot
			page := func(title, who string, get, lead func(au) string) *table.TableModel {
				cols := []col[au]{
					{title: "权力名称", weight: 1.5, get: func(r au) string { return r.Name }},
					{title: who, width: 34, center: true, get: get},
					{title: "授权依据", weight: 2.4, get: func(r au) string { return strings.Join(r.Basis, "\n") }},
					{title: "负责人", width: 30, center: true, get: lead},
				}
				t := &table.TableModel{Title: p.Info().School + title, Subtitles: []table.Line{{Right: string(in.Today)}}, Sizes: table.Sizes{Text: 9.5}}
				t.Columns, t.Rows = numbered(cols, powersOf(in, o))
				table.MergeEqual(t.Rows, 2)
				return blankIf(t, o)
			}
			unit := func(r au) string { return p.NameOf(domain.KindUnit, r.Unit) }
			post := func(r au) string { return p.NameOf(domain.KindPost, r.Holder) }
			return []*table.TableModel{
				page("权力目录（部门）", "权力行使部门", unit, post),
				page("权力目录（岗位）", "岗位责任人", func(r au) string { return holder(p, r.Holder) }, func(r au) string { return headOf(p, r.Unit) }),
			}
		}}
}

// powerRisk is a power with one of its risk points; point is nil when it has none.
type powerRisk struct {
	power au
	point pt
}

// powerRisksPaper is the 权力风险及防范措施表.
func powerRisksPaper() Paper {
	return Paper{ID: "power-risks", Title: "权力风险及防范措施表", HasBlank: true, Ready: hasPowers(),
		Tables: func(in Input, o Options) []*table.TableModel {
			p := in.Pilot
			var list []powerRisk
			for _, r := range powersOf(in, o) {
				n := len(list)
				for _, ref := range r.Points {
					if point, ok := p.RiskPoints.Get(ref.ID); ok && point.Status == domain.PointActive && (o.Level == "" || in.levelOf(point) == o.Level) {
						list = append(list, powerRisk{r, point})
					}
				}
				if len(list) == n && o.Level == "" {
					list = append(list, powerRisk{power: r})
				}
			}
			of := func(f func(pt) string) func(powerRisk) string {
				return func(x powerRisk) string {
					if x.point == nil {
						return ""
					}
					return f(x.point)
				}
			}
			cols := []col[powerRisk]{
				{title: "权力名称", width: 46, get: func(x powerRisk) string { return x.power.Name }},
				{title: "风险点", weight: 2, get: of(func(r pt) string { return strings.TrimSpace(r.Code + " " + r.Name) })},
				{title: "风险等级", width: 16, cell: func(x powerRisk) table.Cell {
					if x.point == nil {
						return table.Cell{}
					}
					return in.levelOrSelf(x.point)
				}},
				{title: "防范措施", weight: 4, get: of(func(r pt) string { return MeasureList(p, r.ID) })},
				{title: "负责人", width: 32, center: true, get: func(x powerRisk) string { return p.NameOf(domain.KindPost, x.power.Holder) }},
			}
			t := &table.TableModel{Title: p.Info().School + "权力风险及防范措施表", Page: landscape(), Subtitles: []table.Line{{Right: string(in.Today)}},
				Signs: []string{"部门负责人（签字）：", "分管校领导（签字）：", "日期："}}
			t.Columns, t.Rows = numbered(cols, list)
			table.MergeEqual(t.Rows, 1)
			return []*table.TableModel{blankIf(t, o)}
		}}
}

// stepsPaper is the 工作流程梳理表, one table per workflow.
func stepsPaper() Paper {
	type step = *domain.Step
	return Paper{ID: "steps", Title: "工作流程梳理表", HasBlank: true, Ready: hasFlows(),
		Tables: func(in Input, o Options) []*table.TableModel {
			p := in.Pilot
			one := func(w *domain.Workflow) *table.TableModel {
				steps := make([]step, len(w.Steps))
				for i := range w.Steps {
					steps[i] = &w.Steps[i]
				}
				cols := []col[step]{
					{title: "步骤", width: 10, center: true, get: func(s step) string { return fmt.Sprint(s.No) }},
					{title: "步骤名称", weight: 1.6, get: func(s step) string { return s.Name }},
					{title: "类型", width: 13, center: true, get: func(s step) string { return string(s.Kind) }},
					{title: "责任岗位", width: 34, center: true, get: func(s step) string { return s.Actor }},
					{title: "输入资料", weight: 1.4, get: func(s step) string { return strings.Join(s.Inputs, "、") }},
					{title: "输出资料", weight: 1.4, get: func(s step) string { return strings.Join(s.Outputs, "、") }},
					{title: "办理时限", width: 24, center: true, get: func(s step) string { return s.Limit }},
					{title: "涉及职权", weight: 1, get: func(s step) string { return p.NamesOf(domain.KindAuthority, s.Authorities) }},
					{title: "下一步", width: 30, get: func(s step) string { return nextSteps(w, s) }},
					{title: "备注", weight: 0.8, get: func(s step) string { return s.Note }},
				}
				t := &table.TableModel{Title: strings.TrimSpace(w.Name + "工作流程梳理表"), Page: landscape(), Footer: strings.TrimSpace(w.Name + "流程梳理表"),
					Subtitles: []table.Line{{Left: "部门：" + p.NameOf(domain.KindUnit, w.Unit), Center: "流程编号：" + w.Code, Right: string(in.Today)}},
					Signs:     []string{"填表人（签字）：", "部门负责人（签字）：", "日期："}}
				t.Columns, t.Rows = columns(cols), rowsOf(cols, steps)
				return blankIf(t, o)
			}
			if o.Blank {
				return []*table.TableModel{one(&domain.Workflow{})}
			}
			var out []*table.TableModel
			for _, w := range flowsOf(in, o) {
				out = append(out, one(w))
			}
			return out
		}}
}

// nextSteps says where a step leads: 是→5；否→2.
func nextSteps(w *domain.Workflow, s *domain.Step) string {
	var parts []string
	for _, b := range s.Next {
		if to := w.Step(b.To); to != nil {
			text := fmt.Sprintf("第%d步", to.No)
			if b.Label != "" {
				text = b.Label + "→" + text
			}
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "；")
}

// handbookPaper is the 廉政风险防控手册: a chapter per workflow with its chart and its
// risk points and measures.
func handbookPaper() Paper {
	return Paper{ID: "handbook", Title: "廉政风险防控手册", Ready: hasFlows(),
		Drawings: func(in Input, o Options, m draw.Measurer) ([]draw.Drawing, error) {
			var body []draw.Drawing
			for i, w := range flowsOf(in, o) {
				page := flowPage(in, w, FlowModel(in.Pilot, w, in.Result, ""), "流程图", o, m)
				page.Marks = []draw.Bookmark{{Title: "流程图", Level: 1}}
				tables := []*table.TableModel{handbookTable(in, w, o)}
				if err := releaseTables(in.Pilot, o.Anon, "廉政风险防控手册", tables); err != nil {
					return nil, err
				}
				risks, err := layTables("廉政风险防控手册", tables, o, m)
				if err != nil {
					return nil, err
				}
				body = append(body, chapter(fmt.Sprintf("第%d章　%s", i+1, w.Name), append([]draw.Drawing{page}, risks...))...)
			}
			return bind(in, "廉政风险防控手册", body, m), nil
		}}
}

func handbookTable(in Input, w *domain.Workflow, o Options) *table.TableModel {
	p := in.Pilot
	var pts []pt
	for _, r := range pointsOf(in, o, w.Unit.ID) {
		if r.Workflow.ID == w.ID {
			pts = append(pts, r)
		}
	}
	cols := []col[pt]{
		{title: "流程步骤", width: 36, get: func(r pt) string { return stepOf(w, r) }},
		{title: "责任岗位", width: 30, center: true, get: func(r pt) string { return p.NameOf(domain.KindPost, r.Post) }},
		{title: "廉政风险点", weight: 2.4, get: func(r pt) string { return strings.TrimSpace(r.Code + " " + r.Name + "\n" + r.Description) }},
		{title: "等级", width: 15, cell: in.levelOrSelf},
		{title: "防控措施", weight: 3.2, get: func(r pt) string { return MeasureList(p, r.ID) }},
		{title: "责任人", width: 28, center: true, get: func(r pt) string { return r.Owner }},
	}
	t := &table.TableModel{Title: w.Name + "廉政风险点与防控措施", Page: landscape(), Footer: "廉政风险点与防控措施",
		Subtitles: []table.Line{{Left: p.NameOf(domain.KindUnit, w.Unit) + "　" + w.Code, Right: string(in.Today)}}, Empty: "这个流程没有查出廉政风险点"}
	t.Columns, t.Rows = numbered(cols, pts)
	return t
}

// stepOf names a point's step within its workflow.
func stepOf(w *domain.Workflow, r pt) string {
	if s := w.Step(r.Step.ID); s != nil {
		return fmt.Sprintf("第%d步 %s", s.No, s.Name)
	}
	return r.Step.Text
}
