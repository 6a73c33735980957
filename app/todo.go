package app

import (
	"fmt"
	"slices"

	"lianshao/domain"
)

// Todo is one thing that waits for somebody: what, why, and where to do it.
type Todo struct {
	Urgent bool   // overdue or red
	When   string // 逾期, 今天, 剩3天, 缺, 待办
	Text   string
	Screen string // a screen of the window
	Arg    string // what the screen should show
	rank   int
}

// Ranks of todos, the most urgent first.
const (
	rankRed   = iota // a point of the most severe level without a measure
	rankStep         // its measure without a step of a workflow
	rankLate         // a deadline that has passed
	rankAlarm        // an alarm, or a measure found not carried out
	rankToday
	rankSoon // due within domain.SoonDays
	rankLack // something lacks, without a day
)

// Todos lists what waits in the session's pilot, the most urgent first.
func (s *Session) Todos() []Todo { return Todos(s.Plan(), s.Result(0)) }

// Todos lists what waits, the most urgent first: severe points without a measure,
// their measures without a step, deadlines passed (steps of the plan, warnings,
// measures, answers to opinions), alarms, what is due today and within SoonDays,
// what lacks. res is the round that decides the levels; it may be nil.
func Todos(pl *domain.Plan, res *domain.RoundResult) []Todo {
	l := todoList{pl: pl, p: pl.Pilot, res: res}
	l.steps()
	l.warnings()
	l.points()
	l.rectifications()
	l.disclosures()
	l.opinions()
	l.alarms()
	slices.SortStableFunc(l.list, func(a, b Todo) int { return a.rank - b.rank })
	return l.list
}

type todoList struct {
	pl   *domain.Plan
	p    *domain.Pilot
	res  *domain.RoundResult
	list []Todo
}

func (l *todoList) add(rank int, when, screen, arg, format string, args ...any) {
	l.list = append(l.list, Todo{Urgent: rank <= rankAlarm, When: when, Text: fmt.Sprintf(format, args...), Screen: screen, Arg: arg, rank: rank})
}

// due adds a reminder of a deadline that has passed or is near.
func (l *todoList) due(day domain.Date, screen, arg, format string, args ...any) {
	if day == "" {
		return
	}
	text := fmt.Sprintf(format, args...)
	switch n := domain.DaysBetween(l.pl.Today, day); {
	case n < 0:
		l.add(rankLate, "逾期", screen, arg, "%s，逾期 %d 天", text, -n)
	case n == 0:
		l.add(rankToday, "今天", screen, arg, "%s", text)
	case n <= domain.SoonDays:
		l.add(rankSoon, fmt.Sprintf("剩%d天", n), screen, arg, "%s", text)
	}
}

func (l *todoList) steps() {
	for _, s := range l.pl.All() {
		m := s.Milestone
		switch {
		case s.Done():
		case s.Stands == domain.StandsSoon:
			l.add(rankSoon, "将开始", "plan", string(m.ID), "第%d步 %s 起：%s", m.No, m.Start, clip(m.Content, 20))
		default:
			l.due(m.End, "plan", string(m.ID), "第%d步 %s", m.No, clip(LackPhrase(&s), 30))
		}
	}
}

func (l *todoList) warnings() {
	for _, w := range l.p.Warnings.All() {
		if !w.Open() || w.State == domain.WarningPassed {
			continue
		}
		if w.WaitsReply() {
			l.due(w.ReplyDue(), "warnings", string(w.ID), "预警 %s（%s）回告", w.Code, w.Level)
		}
		l.due(w.FixDue(), "warnings", string(w.ID), "预警 %s（%s）整改", w.Code, w.Level)
	}
}

// points goes through the warned points and their measures.
func (l *todoList) points() {
	if l.res == nil {
		return
	}
	top := topSeverity(l.res.Scheme)
	unbound, late := 0, 0
	for i := range l.res.Points {
		o := &l.res.Points[i]
		if !o.Complete || o.Level.Severity == 0 {
			continue
		}
		red := o.Level.Severity == top
		ms := l.p.Measures.By(domain.ByPoint, o.Point.ID)
		if len(ms) == 0 {
			rank := rankLack
			if red {
				rank = rankRed
			}
			l.add(rank, "缺", "riskpoints", "point="+string(o.Point.ID), "%s %s，没有防范措施", o.Point.Code, o.Level.Label)
		}
		for _, m := range ms {
			l.measure(m, o, red, &unbound, &late)
		}
	}
	if late > 0 {
		l.add(rankLate, "逾期", "measures", "", "另有 %d 条措施过了期限，没有落实", late)
	}
	if unbound > 0 {
		l.add(rankLack, "缺", "measures", "", "另有 %d 条预警点的措施没有嵌入流程步骤", unbound)
	}
	if l.res.Incomplete > 0 {
		l.add(rankLack, "缺", "assessment", "", "%s还有 %d 个风险点没有评完", l.res.Round.Name, l.res.Incomplete)
	}
}

// measure names what a measure of the most severe level waits for; those of other
// levels are counted.
func (l *todoList) measure(m *domain.Measure, o *domain.PointOutcome, red bool, unbound, late *int) {
	name := fmt.Sprintf("%s %s 第%d条措施", o.Point.Code, o.Level.Label, m.No)
	if m.Step.ID == "" {
		if red {
			l.add(rankStep, "缺", "measures", string(m.ID), "%s没有嵌入流程步骤", name)
		} else {
			*unbound++
		}
	}
	result := l.p.MeasureResult(m.ID)
	if result == domain.ResultDone {
		return
	}
	if rectifying(l.p, m) {
		return // its own deadline is named by rectifications
	}
	day := m.Due.Date
	passed := day != "" && day < l.pl.Today
	switch {
	case red && result == domain.ResultNot:
		l.add(rankAlarm, "未落实", "inspection", string(m.ID), "%s检查为未落实", name)
	case red || !passed:
		l.due(day, "measures", string(m.ID), "%s到期", name)
	default:
		*late++
	}
}

// rectifying reports whether an inspection set a day for putting a measure right.
func rectifying(p *domain.Pilot, m *domain.Measure) bool {
	return slices.ContainsFunc(p.Inspections.By(domain.ByMeasure, m.ID), func(i *domain.Inspection) bool {
		return i.Result != domain.ResultDone && i.RectifyBy.Date != ""
	})
}

// rectifications names the problems that inspections found and nobody found put right
// since: passed days and those that are near. Of several checks the latest counts.
func (l *todoList) rectifications() {
	last := map[domain.ID]*domain.Inspection{}
	for _, i := range l.p.Inspections.All() {
		if o := last[i.Measure.ID]; i.Result != "" && (o == nil || i.Date >= o.Date) {
			last[i.Measure.ID] = i
		}
	}
	for _, i := range l.p.Inspections.All() {
		m, ok := l.p.Measures.Get(i.Measure.ID)
		if !ok || last[m.ID] != i || l.p.Rectification(i, l.pl.Today) == domain.RectifyNone {
			continue
		}
		if r, ok := l.p.RiskPoints.Get(m.Point.ID); ok && r.Status == domain.PointActive {
			l.due(i.RectifyBy.Date, "inspection", string(i.ID), "%s 第%d条措施%s，整改", r.Code, m.No, i.Result)
		}
	}
}

func (l *todoList) disclosures() {
	for _, d := range l.p.Disclosures.All() {
		if d.Life() == domain.DisclosureOpen {
			l.due(d.End, "disclosure", "notices", "第%d次公示截止", d.No)
		}
	}
}

// opinions waits for decisions and answers.
func (l *todoList) opinions() {
	calendar := CalendarOf(l.p)
	for _, o := range l.p.Opinions.All() {
		state := o.State()
		if state == domain.OpinionAnswered {
			continue
		}
		day := ReplyDue(l.p, calendar, o)
		if day != "" && domain.DaysBetween(l.pl.Today, day) <= domain.SoonDays {
			l.due(day, "disclosure", string(o.ID), "意见 %s %s", o.Code, state)
		} else {
			l.add(rankLack, "待办", "disclosure", string(o.ID), "意见 %s %s", o.Code, state)
		}
	}
}

// ReplyDue is the day by which an opinion must be answered: as many working days after
// it came as its notice promises; "" while the day it came is unknown.
func ReplyDue(p *domain.Pilot, calendar Calendar, o *domain.Opinion) domain.Date {
	d, _ := p.Disclosures.Get(o.Disclosure.ID)
	return calendar.After(o.Received, d.ReplyWithin())
}

// LateOpinions lists the opinions that wait for their answer past the day it was due.
func LateOpinions(p *domain.Pilot, today domain.Date) []*domain.Opinion {
	calendar := CalendarOf(p)
	var out []*domain.Opinion
	for _, o := range p.Opinions.All() {
		if due := ReplyDue(p, calendar, o); o.State() != domain.OpinionAnswered && due != "" && due < today {
			out = append(out, o)
		}
	}
	return out
}

// alarms names the monitors whose latest reading is beyond the alarm, until a
// warning answers it.
func (l *todoList) alarms() {
	for _, m := range l.p.Monitors.All() {
		r := LatestReading(l.p, m)
		if r != nil && m.Status(r.Value) == "报警" && !l.warnedSince(m, r.Period) {
			l.add(rankAlarm, "报警", "monitor", string(m.ID), "%s %s %s 为 %g%s", m.Code, m.Name, r.Period, r.Value, m.Measure)
		}
	}
}

// warnedSince reports whether every point of a monitor was warned in the reading's
// period or later.
func (l *todoList) warnedSince(m *domain.Monitor, period string) bool {
	for _, ref := range m.Points {
		if !slices.ContainsFunc(l.p.Warnings.By(domain.ByPoint, ref.ID), func(w *domain.Warning) bool { return string(w.Issued) >= period }) {
			return false
		}
	}
	return len(m.Points) > 0
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
