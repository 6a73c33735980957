package report

import (
	"fmt"
	"strings"

	"lianshao/app/report/draw"
	"lianshao/app/report/flow"
	"lianshao/app/report/table"
	"lianshao/domain"
)

// ComparedFlows are the charts of two versions of a workflow with the changed steps
// marked: what is gone on the old one, what is new or changed on the new one.
func ComparedFlows(p *domain.Pilot, old, now *domain.Workflow, res *domain.RoundResult) (was, is flow.Model, changes []domain.StepChange) {
	changes = p.CompareVersions(old, now)
	was, is = FlowModel(p, old, res, ""), FlowModel(p, now, res, "")
	mark := func(m *flow.Model, step *domain.Step, word string) {
		for i := range m.Nodes {
			if step != nil && m.Nodes[i].ID == string(step.ID) {
				m.Nodes[i].Change = word
			}
		}
	}
	for _, c := range changes {
		if c.Kind == domain.StepRemoved || c.Kind == domain.StepChanged {
			mark(&was, c.Old, c.Kind)
		}
		mark(&is, c.New, c.Kind)
	}
	was.Title, is.Title = VersionTitle(old), VersionTitle(now)
	return was, is, changes
}

// VersionTitle names a version: 第2版（现行）.
func VersionTitle(w *domain.Workflow) string {
	return fmt.Sprintf("第%d版（%s）", max(w.Version, 1), w.Life())
}

// ChangeTexts says what a change is, before and after.
func ChangeTexts(c *domain.StepChange) (step, before, after, measures string) {
	var was, is []string
	switch c.Kind {
	case domain.StepAdded:
		is = append(is, stepInWords(c.New))
	case domain.StepRemoved:
		was = append(was, stepInWords(c.Old))
	}
	for _, f := range c.Fields {
		was = append(was, f.Title+"："+orElse(f.Before, "（无）"))
		is = append(is, f.Title+"："+orElse(f.After, "（无）"))
	}
	var ms []string
	for _, m := range c.Embedded {
		ms = append(ms, m.Content)
	}
	of := c.New
	if of == nil {
		of = c.Old
	}
	return fmt.Sprintf("%d %s", of.No, of.Name), strings.Join(was, "\n"), strings.Join(is, "\n"), strings.Join(ms, "\n")
}

func stepInWords(s *domain.Step) string {
	return strings.Join(nonEmpty(s.Name, string(s.Kind), s.Actor, s.Limit), "，")
}

// ChangesOf leaves out the steps that are the same.
func ChangesOf(all []domain.StepChange) []domain.StepChange {
	var out []domain.StepChange
	for _, c := range all {
		if c.Kind != domain.StepSame {
			out = append(out, c)
		}
	}
	return out
}

// revisedFlows lists the workflows that have a version before the newest one, each
// with that version.
func revisedFlows(in Input, o Options) (pairs [][2]*domain.Workflow) {
	for _, w := range flowsOf(in, o) {
		all := in.Pilot.VersionsOf(w)
		if n := len(all); n > 1 && all[n-1].ID == w.ID {
			pairs = append(pairs, [2]*domain.Workflow{all[n-2], w})
		}
	}
	return pairs
}

// flowChangesPaper is the 工作流程修订对照: both charts side by side with the changes
// marked, and under them what was changed, step by step.
func flowChangesPaper() Paper {
	return Paper{ID: "workflow-changes", Title: "工作流程修订对照",
		Ready: when(func(in Input) bool { return len(revisedFlows(in, Options{})) > 0 }, "工作流程还没有新版：请在“工作流程”里新建下一版"),
		Drawings: func(in Input, o Options, m draw.Measurer) ([]draw.Drawing, error) {
			var pages []draw.Drawing
			for _, pair := range revisedFlows(in, o) {
				pages = append(pages, besidePage(in, pair[0], pair[1], o, m))
				more, err := table.Paginate(changeTable(in, pair[0], pair[1], o), m)
				if err != nil {
					return nil, err
				}
				pages = append(pages, more...)
			}
			draw.Renumber(pages)
			return pages, nil
		}}
}

func besidePage(in Input, old, now *domain.Workflow, o Options, m draw.Measurer) draw.Drawing {
	page := draw.Page{Landscape: true}
	if o.A3 {
		page.Paper = draw.A3
	}
	area := flowArea(page)
	const gap = 8.0
	was, is, _ := ComparedFlows(in.Pilot, old, now, in.Result)
	half := (area.W - gap) / 2
	left, right := flow.Fit(was, half, area.H, 3.8, m), flow.Fit(is, half, area.H, 3.8, m)
	both := draw.Drawing{W: left.W + gap + right.W, H: max(left.H, right.H)}
	for _, it := range left.Items {
		both.Add(it)
	}
	for _, it := range right.Items {
		both.Add(draw.Place(it, 1, left.W+gap, 0))
	}
	out := draw.FitPage(both, page, draw.Frame{Title: now.Name + "修订对照", Subtitle: in.Pilot.NameOf(domain.KindUnit, now.Unit) + "　" + now.Code,
		Left: in.Pilot.Info().Name, Right: draw.PageLabel(1, 1)}, m)
	out.Marks = []draw.Bookmark{{Title: now.Name, Level: 1}}
	return out
}

func changeTable(in Input, old, now *domain.Workflow, o Options) *table.TableModel {
	type ch = domain.StepChange
	text := func(which int) func(ch) string {
		return func(c ch) string {
			step, before, after, measures := ChangeTexts(&c)
			return []string{step, before, after, measures}[which]
		}
	}
	cols := []col[ch]{
		{title: "步骤", width: 40, get: text(0)},
		{title: "变化", width: 14, center: true, get: func(c ch) string { return c.Kind }},
		{title: VersionTitle(old), weight: 2, get: text(1)},
		{title: VersionTitle(now), weight: 2, get: text(2)},
		{title: "嵌入的防范措施", weight: 2, get: text(3)},
	}
	t := &table.TableModel{Title: now.Name + "修订说明", Page: landscape(), Empty: "两版的步骤相同",
		Subtitles: []table.Line{{Left: in.Pilot.NameOf(domain.KindUnit, now.Unit) + "　" + now.Code, Right: effective(now)}},
		Signs:     []string{"部门负责人（签字）：", "分管校领导（签字）：", "日期："}}
	if o.A3 {
		t.Page.Paper = draw.A3
	}
	t.Columns, t.Rows = columns(cols), rowsOf(cols, ChangesOf(in.Pilot.CompareVersions(old, now)))
	return t
}

func effective(w *domain.Workflow) string {
	if w.Effective == "" {
		return ""
	}
	return "启用日期：" + string(w.Effective)
}
