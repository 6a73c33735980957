package app

import (
	"fmt"

	"lianshao/domain"
)

// Todo is one thing that waits for somebody: what, why, and where to do it.
type Todo struct {
	Urgent bool   // overdue or red
	When   string // 逾期, 今天, 缺, 待办
	Text   string
	Screen string // a screen of the window
	Arg    string // what the screen should show
}

// Todos lists what waits, the most urgent first: overdue steps, severe points
// without a measure, measures without a step, missing scores, open opinions,
// readings beyond their alarm.
func Todos(p *domain.Pilot, res *domain.RoundResult, today domain.Date) []Todo {
	var urgent, later []Todo
	add := func(t Todo) {
		if t.Urgent {
			urgent = append(urgent, t)
		} else {
			later = append(later, t)
		}
	}
	for _, m := range p.Milestones.All() {
		if m.Progress != "已完成" && m.End != "" && m.End < today {
			add(Todo{true, "逾期", fmt.Sprintf("第%d步“%s”%s 到期", m.No, clip(m.Content, 24), m.End), "plan", string(m.ID)})
		}
	}
	for _, w := range p.Warnings.All() {
		if late := w.Overdue(today); late != "" {
			add(Todo{true, "逾期", fmt.Sprintf("预警 %s（%s）%s逾期", w.Code, w.Level, late), "warnings", string(w.ID)})
		}
	}
	pointTodos(p, res, add)
	for _, o := range p.Opinions.All() {
		if o.Decision == "" || o.Replied.Date == "" {
			add(Todo{false, "待办", fmt.Sprintf("意见 %s 尚未答复", o.Code), "disclosure", string(o.ID)})
		}
	}
	for _, m := range p.Monitors.All() {
		if r := LatestReading(p, m); r != nil && m.Status(r.Value) == "报警" {
			add(Todo{true, "报警", fmt.Sprintf("%s %s %s 为 %g%s", m.Code, m.Name, r.Period, r.Value, m.Measure), "monitor", string(m.ID)})
		}
	}
	return append(urgent, later...)
}

func pointTodos(p *domain.Pilot, res *domain.RoundResult, add func(Todo)) {
	unbound := 0
	for _, r := range p.ActivePoints() {
		ms := p.Measures.By(domain.ByPoint, r.ID)
		var o *domain.PointOutcome
		if res != nil {
			o = res.Of(r.ID)
		}
		top := o != nil && o.Complete && o.Level.Severity == topSeverity(res.Scheme)
		if len(ms) == 0 && o != nil && o.Complete && o.Level.Severity > 0 {
			add(Todo{top, "缺", fmt.Sprintf("%s %s色，没有防范措施", r.Code, o.Level.Label), "riskpoints", "point=" + string(r.ID)})
		}
		for _, m := range ms {
			if m.Step.ID == "" && top {
				add(Todo{false, "缺", fmt.Sprintf("%s 第%d条措施没有嵌入流程步骤", r.Code, m.No), "measures", string(m.ID)})
			} else if m.Step.ID == "" {
				unbound++
			}
			if p.MeasureResult(m.ID) == domain.ResultNot && top {
				add(Todo{true, "未落实", fmt.Sprintf("%s 第%d条措施检查为未落实", r.Code, m.No), "inspection", string(m.ID)})
			}
		}
	}
	if unbound > 0 {
		add(Todo{false, "缺", fmt.Sprintf("另有 %d 条措施没有嵌入流程步骤", unbound), "measures", ""})
	}
	if res != nil && res.Incomplete > 0 {
		add(Todo{false, "缺", fmt.Sprintf("%s还有 %d 个风险点没有评完", res.Round.Name, res.Incomplete), "assessment", ""})
	}
}

func topSeverity(s *domain.LevelScheme) int {
	top := 0
	for _, l := range s.Levels {
		top = max(top, l.Severity)
	}
	return top
}

// LatestReading is a monitor's newest reading, or nil.
func LatestReading(p *domain.Pilot, m *domain.Monitor) *domain.Reading {
	var last *domain.Reading
	for _, r := range p.Readings.By(domain.ByMonitor, m.ID) {
		if last == nil || r.Period > last.Period {
			last = r
		}
	}
	return last
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}
