package domain

import (
	"slices"
	"strings"
)

// Candidate is a member of the leading group who may score a round.
type Candidate struct {
	Member   *Member
	Assessor Assessor
	Conflict string // why this person must not score; "" = may
}

// Candidates lists the leading group as assessors of a round, in the group's order.
func (p *Pilot) Candidates() (out []Candidate) {
	var members []*Member
	for _, m := range p.Members.All() {
		if m.Group == GroupLeading {
			members = append(members, m)
		}
	}
	slices.SortStableFunc(members, func(a, b *Member) int { return a.No - b.No })
	taken := map[string]bool{}
	for i, m := range members {
		a := Assessor{No: i + 1, Name: shortName(m), Title: m.Title}
		for n := 2; taken[a.Name]; n++ {
			a.Name = shortName(m) + itoa(n)
		}
		taken[a.Name] = true
		out = append(out, Candidate{m, a, p.ConflictOf(m.Name, m.Title)})
	}
	return out
}

// shortName is what an assessor is called on sheets: the person, else the office, else 组长.
func shortName(m *Member) string {
	for _, s := range []string{m.Name, m.Title, m.Role} {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return "评分人"
}

// ConflictOf says why a person must not score: they head an assessed unit, belong to
// one, or answer for one of its risk points. An assessed unit is one with active
// points. "" when nothing is known against it.
func (p *Pilot) ConflictOf(name, title string) string {
	for _, u := range p.Units.All() {
		points := p.RiskPoints.By(ByUnit, u.ID)
		if !slices.ContainsFunc(points, func(r *RiskPoint) bool { return r.Status == PointActive }) {
			continue
		}
		switch {
		case isPerson(name) && strings.Contains(u.Head, name):
			return "是被评估部门“" + u.Name + "”的负责人，按方案不参加评分"
		case belongs(title, u) || belongs(name, u):
			return "在被评估部门“" + u.Name + "”任职，按方案不参加评分"
		}
		for _, r := range points {
			if r.Status == PointActive && isPerson(name) && (names(r.UnitHead, name) || names(r.Owner, name)) {
				return "是被评估部门“" + u.Name + "”风险点 " + r.Code + " 的责任人，按方案不参加评分"
			}
		}
	}
	return ""
}

// isPerson tells a person's name from an office such as 组长 or 审计处, and from a
// name that is kept back (某).
func isPerson(name string) bool {
	n := len([]rune(name))
	return n >= 2 && n <= 4 && !strings.ContainsAny(name, "某处部长办组室科院校×*")
}

func names(list, name string) bool { return slices.Contains(SplitList(list), name) }

// belongs reports whether an office is one of the unit: 基建处处长, not 分管基建处的副校长.
func belongs(office string, u *Unit) bool {
	for _, above := range []string{"分管", "联系", "校长", "书记", "校领导"} {
		if strings.Contains(office, above) {
			return false
		}
	}
	if strings.Contains(office, u.Name) {
		return true
	}
	for i := range office {
		for j := range office[i:] {
			if j > 0 && abbreviates(office[i:i+j], u.Name) {
				return true
			}
		}
	}
	return abbreviates(office, u.Name)
}

// AssessorConflict is an assessor of a round who should not score.
type AssessorConflict struct {
	Assessor Assessor
	Why      string
}

// AssessorConflicts lists the assessors of a round who should not score.
func (p *Pilot) AssessorConflicts(a *Assessment) (out []AssessorConflict) {
	for _, x := range a.Assessors {
		if why := p.ConflictOf(x.Name, x.Title); why != "" {
			out = append(out, AssessorConflict{x, why})
		}
	}
	return out
}
