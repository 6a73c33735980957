package domain

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// How a milestone stands. It is judged by its papers and dates, never by a tick.
const (
	StandsDone    = "已完成" // every paper is there
	StandsLate    = "逾期"  // past its end, papers lacking
	StandsRunning = "进行中" // within its dates
	StandsSoon    = "将开始" // begins within SoonDays
	StandsAhead   = "未开始"
	StandsUndated = "未定日期"
)

// SoonDays is how far ahead reminders look.
const SoonDays = 7

// PaperState says whether one paper of a milestone is there.
type PaperState struct {
	Name  string     // as the milestone lists it
	Rule  *PaperRule // what the pilot itself shows of it; nil = it can only be filed
	Filed []*Artefact
	Lack  string // what is missing, as a clause; "" = the paper is there
}

// Have reports whether the paper is there.
func (s *PaperState) Have() bool { return s.Lack == "" }

// MilestoneState says how a milestone stands on a day.
type MilestoneState struct {
	Milestone *Milestone
	Papers    []PaperState
	Stands    string // StandsDone …
	Left      int    // days from today to its end, negative once it is past; 0 while it has no end
}

// Done reports whether every paper is there.
func (s *MilestoneState) Done() bool { return s.Stands == StandsDone }

// Lacks lists the names of the papers that are missing.
func (s *MilestoneState) Lacks() []string {
	var out []string
	for i := range s.Papers {
		if !s.Papers[i].Have() {
			out = append(out, s.Papers[i].Name)
		}
	}
	return out
}

// Had counts the papers that are there.
func (s *MilestoneState) Had() int { return len(s.Papers) - len(s.Lacks()) }

// EndsSoon reports whether it must be finished within SoonDays, today included.
func (s *MilestoneState) EndsSoon() bool {
	return !s.Done() && s.Milestone.End != "" && s.Left >= 0 && s.Left <= SoonDays
}

// Plan judges the milestones of a pilot on a day.
type Plan struct {
	Pilot *Pilot
	Today Date
	// Result computes a round by its number, nil when it cannot be computed.
	Result func(no int) *RoundResult
}

// All judges every milestone, in order.
func (pl *Plan) All() []MilestoneState {
	list := pl.milestones()
	out := make([]MilestoneState, len(list))
	for i, m := range list {
		out[i] = pl.state(m, list)
	}
	return out
}

// Of judges one milestone.
func (pl *Plan) Of(m *Milestone) MilestoneState { return pl.state(m, pl.milestones()) }

func (pl *Plan) milestones() []*Milestone {
	list := slices.Clone(pl.Pilot.Milestones.All())
	slices.SortStableFunc(list, func(a, b *Milestone) int { return cmp.Compare(a.No, b.No) })
	return list
}

func (pl *Plan) state(m *Milestone, all []*Milestone) MilestoneState {
	s := MilestoneState{Milestone: m}
	for _, name := range m.Artefacts {
		s.Papers = append(s.Papers, pl.paper(name, m, all))
	}
	if len(m.Artefacts) == 0 {
		s.Papers = []PaperState{pl.paper("成果材料", m, all)}
	}
	if m.End != "" {
		s.Left = DaysBetween(pl.Today, m.End)
	}
	s.Stands = pl.stands(m, len(s.Lacks()) == 0)
	return s
}

func (pl *Plan) stands(m *Milestone, complete bool) string {
	switch {
	case complete:
		return StandsDone
	case m.Start == "" && m.End == "":
		return StandsUndated
	case m.End != "" && m.End < pl.Today:
		return StandsLate
	case m.Start <= pl.Today:
		return StandsRunning
	case DaysBetween(pl.Today, m.Start) <= SoonDays:
		return StandsSoon
	}
	return StandsAhead
}

// paper judges one paper: filed, or shown by the pilot itself.
func (pl *Plan) paper(name string, m *Milestone, all []*Milestone) PaperState {
	s := PaperState{Name: name, Rule: RuleOf(name)}
	for _, a := range pl.Pilot.Artefacts.By(ByMilestone, m.ID) {
		if samePaper(a.Name, name) {
			s.Filed = append(s.Filed, a)
		}
	}
	switch {
	case len(s.Filed) > 0:
	case s.Rule == nil:
		s.Lack = "还没有归档"
	default:
		s.Lack = s.Rule.lack(&paperCheck{Plan: pl, m: m, nth: turn(s.Rule, m, all)})
	}
	return s
}

// turn is which time it is that a paper of this rule is made: the second 公示材料
// of a plan belongs to the second disclosure.
func turn(r *PaperRule, m *Milestone, all []*Milestone) int {
	n := 0
	for _, o := range all {
		if o.No > m.No {
			break
		}
		if slices.ContainsFunc(o.Artefacts, func(name string) bool { return RuleOf(name) == r }) {
			n++
		}
	}
	return max(n, 1)
}

// samePaper compares two names of papers without remarks in brackets.
func samePaper(a, b string) bool {
	return a == b || OfficeOf(a) == OfficeOf(b)
}

// DaysBetween counts the days from one day to another; 0 when one is unknown.
func DaysBetween(from, to Date) int {
	a, b := from.Time(), to.Time()
	if a.IsZero() || b.IsZero() {
		return 0
	}
	return int(b.Sub(a) / (24 * time.Hour))
}

// RuleOf finds what a pilot itself can show of a paper, by its name; nil when it
// can only be filed.
func RuleOf(name string) *PaperRule {
	name = strings.Map(func(c rune) rune {
		if c == ' ' || c == '　' {
			return -1
		}
		return c
	}, OfficeOf(name))
	for i := range PaperRules {
		for _, w := range PaperRules[i].Words {
			if strings.Contains(name, w) {
				return &PaperRules[i]
			}
		}
	}
	return nil
}
