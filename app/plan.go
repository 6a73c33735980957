package app

import (
	"fmt"
	"strings"

	"lianshao/domain"
)

// Today is the day by the session's clock.
func (s *Session) Today() domain.Date { return domain.Date(s.Clock().Format("2006-01-02")) }

// Plan judges the session's milestones today, with the rounds as they are remembered.
func (s *Session) Plan() *domain.Plan {
	return &domain.Plan{Pilot: s.Pilot, Today: s.Today(), Result: s.Result}
}

// PlanOn judges a pilot's milestones on a day; each round is computed once.
func PlanOn(p *domain.Pilot, today domain.Date) *domain.Plan {
	known := map[int]*domain.RoundResult{}
	return &domain.Plan{Pilot: p, Today: today, Result: func(no int) *domain.RoundResult {
		res, ok := known[no]
		if !ok {
			res = p.Assess(p.Round(no))
			known[no] = res
		}
		return res
	}}
}

// MilestoneState judges one milestone on a day.
func MilestoneState(p *domain.Pilot, m *domain.Milestone, today domain.Date) domain.MilestoneState {
	return PlanOn(p, today).Of(m)
}

// CurrentStep is where the pilot stands: of the steps that are not finished the one
// whose dates hold the day, the latest begun if there are several; else the first
// overdue one; else the next to come. nil when all are finished.
func CurrentStep(states []domain.MilestoneState) *domain.MilestoneState {
	var running, late, ahead *domain.MilestoneState
	for i := range states {
		s := &states[i]
		switch s.Stands {
		case domain.StandsRunning:
			if running == nil || s.Milestone.Start >= running.Milestone.Start {
				running = s
			}
		case domain.StandsLate:
			if late == nil {
				late = s
			}
		case domain.StandsSoon, domain.StandsAhead:
			if ahead == nil || s.Milestone.Start < ahead.Milestone.Start {
				ahead = s
			}
		}
	}
	for _, s := range []*domain.MilestoneState{running, late, ahead} {
		if s != nil {
			return s
		}
	}
	return nil
}

// StandsPhrase says how a step stands in a few words: 逾期 3 天, 进行中，还有 5 天.
func StandsPhrase(s *domain.MilestoneState) string {
	switch s.Stands {
	case domain.StandsLate:
		return fmt.Sprintf("逾期 %d 天", -s.Left)
	case domain.StandsRunning:
		switch {
		case s.Milestone.End == "":
			return s.Stands
		case s.Left == 0:
			return "进行中，今天截止"
		}
		return fmt.Sprintf("进行中，还有 %d 天", s.Left)
	}
	return s.Stands
}

// FilePaper is the command that files a paper of a step: signed outside, or made
// where the pilot itself cannot tell. title and date are required.
func FilePaper(a *domain.Artefact, newID IDs) Command {
	return Edit(domain.Op{Name: "file", Label: "归档 " + a.Name}, func(d *domain.Pilot) error {
		m, ok := d.Milestones.Get(a.Milestone.ID)
		switch {
		case !ok:
			return E(CodeNotFound, "这个步骤已不存在，不能归档“%s”", a.Name)
		case strings.TrimSpace(a.Title) == "":
			return E(CodeInvalid, "请写上“%s”的标题", a.Name)
		case a.Date == "":
			return E(CodeInvalid, "请写上“%s”的日期", a.Name)
		}
		n := a.Clone().(*domain.Artefact)
		n.SetBase(newID(), "归档")
		if _, twice := d.Artefacts.ByKey(n.Natural()); twice {
			return E(CodeInvalid, "第%d步已经归档过同样标题和文号的“%s”", m.No, a.Name)
		}
		d.Put(n)
		return nil
	})
}

// LackPhrase names what a step still lacks: 还缺 请示、会议纪要; "" when nothing.
func LackPhrase(s *domain.MilestoneState) string {
	lacks := s.Lacks()
	if len(lacks) == 0 {
		return ""
	}
	return "还缺 " + strings.Join(lacks, "、")
}

// PaperPlace is where a paper is made in the window, and the printed paper it is.
type PaperPlace struct {
	Screen, Arg string
	Doc         string // "" = none is printed
}

// paperPlaces follows the keys of domain.PaperRules.
var paperPlaces = map[string]PaperPlace{
	"mobilise": {"meetings", "meetings", "meetings"}, "minutes": {"meetings", "meetings", "meetings"},
	"leading": {"organisation", "members", "leading"}, "research-group": {"organisation", "members", "research-group"},
	"network": {"organisation", "members", "network"}, "plan": {"plan", "about", "plan"},
	"workflow": {"workflow", "", "workflow"}, "new-workflow": {"workflow", "", "workflow"}, "authorities": {"workflow", "authorities", "authorities"},
	"self-assessment": {"riskpoints", "", "self-assessment"}, "disclosure": {"disclosure", "notices", "disclosure"},
	"opinions": {"disclosure", "opinions", "opinions"}, "revisions": {"disclosure", "revisions", "revisions"},
	"research": {"meetings", "research", "research"}, "cases": {"meetings", "cases", "cases"}, "factors": {"information", "factors", ""},
	"indicators": {"assessment", "systems", "indicators"}, "new-indicators": {"assessment", "systems", "indicators"},
	"scheme": {"assessment", "schemes", ""}, "publishing": {"assessment", "schemes", ""}, "ratings": {"assessment", "", "ratings"},
	"notices": {"warnings", "", "notice"}, "measures": {"measures", "", "measures"}, "inspection": {"inspection", "", "inspection"},
	"comparison": {"reports", "comparison", "comparison"}, "judge": {"assessment", "judge", "judge"},
}

// PlaceOf tells where a paper is made; a paper that can only be filed has none.
func PlaceOf(r *domain.PaperRule) (PaperPlace, bool) {
	if r == nil {
		return PaperPlace{}, false
	}
	pl, ok := paperPlaces[r.Key]
	return pl, ok
}
