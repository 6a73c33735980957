package report

import (
	"fmt"
	"strings"

	"lianshao/app"
	"lianshao/app/report/chart"
	"lianshao/app/report/draw"
	"lianshao/domain"
)

// overviewPaper is the 试点概况: the whole pilot on one sheet.
func overviewPaper() Paper {
	return Paper{ID: "overview", Title: "试点概况",
		Ready: when(func(in Input) bool { return in.Pilot.RiskPoints.Len() > 0 || in.Pilot.Milestones.Len() > 0 }, "试点里还没有步骤和风险点"),
		Drawings: func(in Input, o Options, m draw.Measurer) ([]draw.Drawing, error) {
			page := draw.Page{Landscape: true, Margins: draw.Margins{Top: 12, Right: 12, Bottom: 12, Left: 12}}
			if o.A3 {
				page.Paper = draw.A3
			}
			return []draw.Drawing{draw.FitPage(overview(in, m), page, draw.Frame{Title: in.Pilot.Info().Name + "概况",
				Subtitle: strings.Join(Standing(in), "　　"), Left: "内部资料　注意保管", Right: string(in.Today)}, m)}, nil
		}}
}

// Standing says in a few phrases where the pilot stands: the counts, the steps
// done, the step at hand.
func Standing(in Input) []string {
	p := in.Pilot
	out := []string{fmt.Sprintf("%d 个部门 · %d 个岗位 · %d 个流程 · %d 个风险点 · %d 条防范措施",
		p.Units.Len(), p.Posts.Len(), currentFlows(p), len(p.ActivePoints()), p.Measures.Len())}
	if line := StepLine(in.Steps()); line != "" {
		out = append(out, line)
	}
	return out
}

// currentFlows counts the workflows, each once whatever its versions.
func currentFlows(p *domain.Pilot) int {
	seen := map[string]bool{}
	for _, w := range p.Workflows.All() {
		seen[string(w.Unit.ID)+"/"+w.Name] = true
	}
	return len(seen)
}

// StepLine says how many steps are done and which is at hand.
func StepLine(steps []domain.MilestoneState) string {
	if len(steps) == 0 {
		return ""
	}
	done, late := 0, 0
	for i := range steps {
		if steps[i].Done() {
			done++
		}
		if steps[i].Stands == domain.StandsLate {
			late++
		}
	}
	line := fmt.Sprintf("步骤 %d/%d 完成", done, len(steps))
	if late > 0 {
		line += fmt.Sprintf("，%d 步逾期", late)
	}
	now := app.CurrentStep(steps)
	if now == nil {
		return line
	}
	return fmt.Sprintf("%s　第%d步 %s", line, now.Milestone.No, app.StandsPhrase(now))
}

// The dashboard's size in pixels; its parts lie in three columns over two.
const boardW, boardH = 1180.0, 760.0

// overview draws the charts of the overview side by side.
func overview(in Input, m draw.Measurer) draw.Drawing {
	d := draw.Drawing{W: boardW, H: boardH}
	put := func(x, y, w, h float64, title string, model chart.Model) {
		d.Add(draw.Text{X: x + 10, Y: y + 16, Size: 14, Bold: true, Color: chart.Accent, String: title})
		if model == nil {
			return
		}
		for _, it := range chart.Layout(model, w, h-22, m).Items {
			d.Add(draw.Place(it, 1, x, y+22))
		}
	}
	put(0, 0, 390, 100, "预警等级", LevelCounts(in))
	put(0, 100, 390, 270, "各部门等级", LevelsByUnit(in))
	put(400, 0, 370, 370, "风险矩阵（可能性×影响程度）", RiskMatrix(in))
	d.Add(draw.Text{X: 790, Y: 16, Size: 14, Bold: true, Color: chart.Accent, String: "要做的事"})
	todoLines(&d, 790, 30, boardW-800, 330, app.Todos(in.plan(), in.Result), m)
	title, shifts := Shifts(in, 12)
	put(0, 380, 770, 380, title, shifts)
	put(780, 380, 400, 95, "来源渠道（各找到多少风险点）", ChannelYield(in))
	put(780, 500, 400, 260, "防范措施落实", MeasuresByUnit(in))
	return d
}

// todoLines writes as many reminders as fit.
func todoLines(d *draw.Drawing, x, y, w, h float64, todos []app.Todo, m draw.Measurer) {
	const size, pitch = 12.0, 20.0
	if len(todos) == 0 {
		d.Add(draw.Text{X: x, Y: y + pitch, Size: size, Color: faded, String: "没有等着办的事"})
		return
	}
	room := int(h / pitch)
	for i, t := range todos {
		y += pitch
		if i == room-1 && len(todos) > room {
			d.Add(draw.Text{X: x, Y: y, Size: size, Color: faded, String: fmt.Sprintf("……还有 %d 项", len(todos)-i)})
			return
		}
		c := faded
		if t.Urgent {
			c = chart.Red
		}
		d.Add(draw.Text{X: x, Y: y, Size: size, Bold: t.Urgent, Color: c, String: t.When},
			draw.Text{X: x + 48, Y: y, Size: size, Color: ink, String: draw.Shorten(t.Text, w-48, size, false, m)})
	}
}
