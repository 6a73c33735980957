package domain

import (
	"fmt"
	"slices"
	"strings"
)

// CanAssess reports whether a person may score what belongs to a unit: whoever
// is assessed does not assess. name and title are as an assessor or a member is
// written (组长, 党委副书记兼纪委书记); a title that is a member's stands for that
// member. If not, why says what the person is in the unit. The leader in charge of
// a unit (分管校领导) may assess it: the plan puts them into the leading group.
func (p *Pilot) CanAssess(name, title string, unit ID) (ok bool, why string) {
	u, found := p.Units.Get(unit)
	if !found {
		return true, ""
	}
	names := p.personsCalled(name, title)
	if u.Head != "" && slices.ContainsFunc(SplitList(u.Head), func(h string) bool { return slices.Contains(names, h) }) {
		return false, fmt.Sprintf("是%s负责人", u.Name)
	}
	for _, post := range p.Posts.By(ByUnit, unit) {
		for _, who := range post.People {
			if slices.Contains(names, who) {
				return false, fmt.Sprintf("在%s任%s", u.Name, post.Name)
			}
		}
	}
	for _, text := range []string{name, title} {
		if p.unitNamedBy(text) == unit {
			return false, fmt.Sprintf("%s是%s的人员", text, u.Name)
		}
	}
	return true, ""
}

// personsCalled lists the names a person may be known by: their own, and those
// of the members who hold the office.
func (p *Pilot) personsCalled(name, title string) []string {
	names := []string{name}
	office := OfficeOf(title)
	for _, m := range p.Members.All() {
		if m.Name != "" && m.Title != "" && m.Group != GroupNetwork && (m.Title == office || m.Title == title || m.Title == name) {
			names = append(names, m.Name)
		}
	}
	return names
}

// OfficeOf is a title, or the name of a paper, without a remark: 党委副书记兼纪委书记（组长） without （组长）.
func OfficeOf(s string) string {
	if i := strings.IndexAny(s, "（("); i > 0 {
		return strings.TrimSpace(s[:i])
	}
	return strings.TrimSpace(s)
}

// unitNamedBy finds the unit that an office begins with: 基建处 in 基建处处长.
func (p *Pilot) unitNamedBy(office string) ID {
	best := ID("")
	for i, c := range office {
		if !strings.ContainsRune("处部院室办科中心", c) || i == 0 {
			continue
		}
		if id, ok := p.resolveUnit(office[:i+len(string(c))]); ok {
			best = id
		}
	}
	return best
}
