package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"lianshao/app/report/draw"
	"lianshao/app/report/flow"
	"lianshao/domain"
)

// FlowModel describes a workflow as a swimlane chart: its steps in lanes of
// posts, with the risk points that sit at each step by level and the measures
// embedded there. res may be nil: the self-assessed level then colours the marks.
func FlowModel(p *domain.Pilot, w *domain.Workflow, res *domain.RoundResult, selected domain.ID) flow.Model {
	m := flow.Model{Title: w.Name}
	for i := range w.Steps {
		s := &w.Steps[i]
		m.Nodes = append(m.Nodes, flow.Node{ID: string(s.ID), No: fmt.Sprint(s.No), Label: s.Name, Kind: flowKind(s.Kind),
			Lane: flow.LaneOf(s.Actor), Marks: stepMarks(p, w, s, res), Selected: s.ID == selected})
		for _, b := range s.Next {
			m.Edges = append(m.Edges, flow.Edge{From: string(s.ID), To: string(b.To), Label: b.Label})
		}
	}
	return m
}

func stepMarks(p *domain.Pilot, w *domain.Workflow, s *domain.Step, res *domain.RoundResult) []flow.Mark {
	var marks []flow.Mark
	at := map[string]int{}
	measures := 0
	for _, r := range p.PointsAt(w, s) {
		l := PointLevel(p, r, res)
		i, ok := at[l.Label]
		if !ok {
			i = len(marks)
			at[l.Label] = i
			marks = append(marks, flow.Mark{Kind: flow.Risk, Color: LevelColor(l.Color), Word: l.Label})
		}
		marks[i].Count++
		marks[i].Tip += fmt.Sprintf("%s %s\n", r.Code, r.Name)
	}
	tip := ""
	for _, m := range p.MeasuresAt(w, s) {
		measures++
		tip += m.Content + "\n"
	}
	if measures > 0 {
		marks = append(marks, flow.Mark{Kind: flow.Measure, Count: measures, Tip: tip})
	}
	return marks
}

// PointLevel is a point's level in the round, or else its self-assessed one by
// the matrix scheme; a zero Level when there is neither.
func PointLevel(p *domain.Pilot, r *domain.RiskPoint, res *domain.RoundResult) domain.Level {
	if res != nil {
		if o := res.Of(r.ID); o != nil && o.Complete {
			return o.Level
		}
	}
	s := p.SchemeFor(domain.BasisMatrix)
	if s == nil {
		return domain.Level{Label: r.SelfLevel}
	}
	if l, ok := s.Labelled(r.SelfLevel); ok {
		return l
	}
	if r.MatrixScore() > 0 {
		l, _ := s.LevelOf(float64(r.MatrixScore()))
		return l
	}
	return domain.Level{Label: r.SelfLevel}
}

// workflowPaper is the 防控流程图: the chart with its risk points and measures.
// BySeverity sorts points by their level, the severest first, and by code.
func BySeverity(p *domain.Pilot, points []*domain.RiskPoint, res *domain.RoundResult) []*domain.RiskPoint {
	slices.SortStableFunc(points, func(a, b *domain.RiskPoint) int {
		return cmp.Or(PointLevel(p, b, res).Severity-PointLevel(p, a, res).Severity, domain.CompareCodes(a.Code, b.Code))
	})
	return points
}

func workflowPaper() Paper {
	return flowPaper("workflow", "风险防控流程图", func(in Input, w *domain.Workflow) flow.Model { return FlowModel(in.Pilot, w, in.Result, "") })
}

// powerFlowPaper is the 权力运行流程图: the same chart without risk points.
func powerFlowPaper() Paper {
	return flowPaper("power-flow", "权力运行流程图", func(in Input, w *domain.Workflow) flow.Model {
		model := FlowModel(in.Pilot, w, in.Result, "")
		for i := range model.Nodes {
			model.Nodes[i].Marks = nil
		}
		return model
	})
}

func flowPaper(id, title string, model func(Input, *domain.Workflow) flow.Model) Paper {
	return Paper{ID: id, Title: title, Ready: hasFlows(),
		Drawings: func(in Input, o Options, m draw.Measurer) ([]draw.Drawing, error) {
			flows := flowsOf(in, o)
			pages := make([]draw.Drawing, len(flows))
			for i, w := range flows {
				pages[i] = flowPage(in, w, model(in, w), title, o, m)
			}
			draw.Renumber(pages)
			return pages, nil
		}}
}

func hasFlows() func(Input) (bool, string) {
	return when(func(in Input) bool { return in.Pilot.Workflows.Len() > 0 }, "还没有工作流程：请先导入或绘制工作流程")
}

// flowsOf lists the workflows to print: the versions that are in force or drafted,
// not those that a later one replaced.
func flowsOf(in Input, o Options) []*domain.Workflow {
	var flows []*domain.Workflow
	for _, u := range unitsOf(in, o) {
		for _, w := range in.Pilot.Workflows.By(domain.ByUnit, u.ID) {
			if w.Life() != domain.WorkflowRevised && (o.Record == "" || o.Record == w.ID) {
				flows = append(flows, w)
			}
		}
	}
	return flows
}

// flowPage is the sheet of one workflow, standing or lying as the chart is.
func flowPage(in Input, w *domain.Workflow, model flow.Model, title string, o Options, m draw.Measurer) draw.Drawing {
	page := draw.Page{}
	if o.A3 {
		page.Paper = draw.A3
	}
	model.Title = "" // the frame names it
	lying := page
	lying.Landscape = true
	d, lies := flow.FitSheet(model, flowArea(page), flowArea(lying), 3.8, m)
	page.Landscape = lies
	out := draw.FitPage(d, page, draw.Frame{Title: w.Name + title, Subtitle: strings.Join(nonEmpty(in.Pilot.NameOf(domain.KindUnit, w.Unit), w.Code, versionOf(w)), "　"),
		Left: in.Pilot.Info().Name, Right: draw.PageLabel(1, 1)}, m)
	out.Marks = []draw.Bookmark{{Title: w.Name, Level: 1}}
	return out
}

func versionOf(w *domain.Workflow) string {
	if w.Version < 2 && w.Life() == domain.WorkflowInForce {
		return ""
	}
	return fmt.Sprintf("第%d版（%s）", max(w.Version, 1), w.Life())
}

// flowArea is what a page has for the chart itself, between heading and footer.
func flowArea(p draw.Page) flow.Area {
	const heading = 18.0
	_, _, w, h := p.Inner()
	return flow.Area{W: w, H: h - heading - draw.FooterHeight}
}
