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

// ConflictOf says why a person must not score in a round: something is known against
// them in an assessed unit, that is one with active points. "" when nothing is.
func (p *Pilot) ConflictOf(name, title string) string {
	for _, u := range p.Units.All() {
		if !slices.ContainsFunc(p.RiskPoints.By(ByUnit, u.ID), func(r *RiskPoint) bool { return r.Status == PointActive }) {
			continue
		}
		if why := p.conflictIn(name, title, u); why != "" {
			return why
		}
	}
	return ""
}

// CanAssess reports whether a person may score what belongs to a unit: whoever is
// assessed does not assess. If not, why says what the person is in the unit. The
// leader in charge of a unit (分管校领导) may: the plan puts them into the leading group.
func (p *Pilot) CanAssess(name, title string, unit ID) (ok bool, why string) {
	if u, found := p.Units.Get(unit); found {
		why = p.conflictIn(name, title, u)
	}
	return why == "", why
}

// conflictIn says why a person must not score a unit: they head it, belong to it,
// hold one of its posts, or answer for one of its points.
func (p *Pilot) conflictIn(name, title string, u *Unit) string {
	if belongs(title, u) || belongs(name, u) {
		return "在被评估部门“" + u.Name + "”任职，按方案不参加评分"
	}
	for _, who := range p.personsCalled(name, title) {
		if strings.Contains(u.Head, who) {
			return "是被评估部门“" + u.Name + "”的负责人，按方案不参加评分"
		}
		for _, post := range p.Posts.By(ByUnit, u.ID) {
			if slices.Contains(post.People, who) {
				return "在被评估部门“" + u.Name + "”任" + post.Name + "，按方案不参加评分"
			}
		}
		for _, r := range p.RiskPoints.By(ByUnit, u.ID) {
			if r.Status == PointActive && (names(r.UnitHead, who) || names(r.Owner, who)) {
				return "是被评估部门“" + u.Name + "”风险点 " + r.Code + " 的责任人，按方案不参加评分"
			}
		}
	}
	return ""
}

// personsCalled lists the persons that a name and an office stand for: the name
// itself, and the members who hold the office. Names kept back (某) tell nobody.
func (p *Pilot) personsCalled(name, title string) []string {
	list := []string{name}
	for _, m := range p.Members.All() {
		if m.Group != GroupNetwork && m.Title != "" && (m.Title == title || m.Title == name || m.Title == OfficeOf(title)) {
			list = append(list, m.Name)
		}
	}
	return slices.DeleteFunc(list, func(s string) bool { return !isPerson(s) })
}

// OfficeOf is a title, or the name of a paper, without a remark: 党委副书记兼纪委书记
// of 党委副书记兼纪委书记（组长）.
func OfficeOf(s string) string {
	if i := strings.IndexAny(s, "（("); i > 0 {
		s = s[:i]
	}
	return strings.TrimSpace(s)
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
