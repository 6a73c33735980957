package trend

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/domain"
)

// What can raise a warning level.
const (
	ByAssessment = "评估"
	ByRule       = "规则"
	ByTrend      = "趋势"
)

// Cause is one reason for a level.
type Cause struct {
	By      string // ByAssessment, ByRule or ByTrend
	Level   domain.Level
	Monitor *domain.Monitor // nil for ByAssessment
	Text    string          // such as M09 贴近限额采购笔数 报警
}

// Raised is the warning level of a point and what it rests on.
type Raised struct {
	Assessed domain.Level // by the round; zero when the point has no level yet
	Level    domain.Level // the highest of all; zero without assessment and causes
	By       []string     // which of the three reach Level, in the order 评估, 规则, 趋势
	Causes   []Cause      // all, in the same order
}

// Higher reports whether rule or trend lift the point above its assessment.
func (r Raised) Higher() bool { return !slices.Contains(r.By, ByAssessment) && len(r.By) > 0 }

// Text says the level and what raised it: 黄→橙（趋势：M01 工程变更率 显著上升）.
func (r Raised) Text() string {
	if len(r.By) == 0 {
		return ""
	}
	if !r.Higher() {
		return r.Level.Label + "（" + strings.Join(r.By, "、") + "）"
	}
	var why []string
	for _, c := range r.Causes {
		if c.Level.Severity == r.Level.Severity {
			why = append(why, c.By+"："+c.Text)
		}
	}
	from := r.Assessed.Label
	if from == "" {
		from = "未评估"
	}
	return from + "→" + r.Level.Label + "（" + strings.Join(why, "；") + "）"
}

// Raise gives a point the highest of three levels, in the scheme of the round:
//   - 评估: the level the round gave it;
//   - 规则: the latest reading of a monitor tied to it. 报警 gives at least one
//     level below the most severe (橙 of 红橙黄蓝), 预警 at least two below (黄),
//     neither the mildest level as long as there is another;
//   - 趋势: a significantly worsening monitor tied to it gives one level above
//     the assessed one (above the mildest when it is not assessed), at most the
//     most severe. Rule and trend do not add up: a point moves by the higher one.
//
// Source: DOMAIN §4, 预警等级 = max(评估等级, 规则触发, 趋势升级). A nil res, or one
// without the point, leaves rule and trend only with a scheme to name levels: a
// nil res gives the zero Raised.
func Raise(p *domain.Pilot, res *domain.RoundResult, point *domain.RiskPoint) Raised {
	if res == nil || res.Scheme == nil || len(res.Scheme.Levels) == 0 {
		return Raised{}
	}
	var r Raised
	ladder := res.Scheme.Ordered()
	slices.Reverse(ladder)
	rung := 0
	if o := res.Of(point.ID); o != nil && o.Complete {
		r.Assessed = o.Level
		rung = max(0, slices.IndexFunc(ladder, func(l domain.Level) bool { return l.Label == o.Level.Label }))
		r.Causes = append(r.Causes, Cause{By: ByAssessment, Level: o.Level, Text: fmt.Sprintf("%s%s %.2f", res.Round.Title(), res.Round.Rule.ValueName(), o.Index)})
	}
	var trends []Cause
	for _, m := range MonitorsOf(p, point) {
		t := Test(p, m)
		name := m.Code + " " + m.Name
		if at, ok := ruleRung(t.Status, len(ladder)); ok {
			r.Causes = append(r.Causes, Cause{ByRule, ladder[at], m, name + " " + t.Status})
		}
		if t.Worsening {
			up := min(rung+1, len(ladder)-1)
			trends = append(trends, Cause{ByTrend, ladder[up], m, name + " " + strings.TrimSuffix(t.Words, "（恶化）")})
		}
	}
	r.Causes = append(r.Causes, trends...)
	r.decide()
	return r
}

// ruleRung is the level, counted from the mildest, that a reading's status asks for.
func ruleRung(status string, levels int) (int, bool) {
	top := levels - 1
	switch status {
	case "报警":
		return max(top-1, min(1, top)), true
	case "预警":
		return max(top-2, min(1, top)), true
	}
	return 0, false
}

func (r *Raised) decide() {
	for i, c := range r.Causes {
		if i == 0 || c.Level.Severity > r.Level.Severity {
			r.Level = c.Level
		}
	}
	for _, c := range r.Causes {
		if c.Level.Severity == r.Level.Severity && !slices.Contains(r.By, c.By) {
			r.By = append(r.By, c.By)
		}
	}
}

// MonitorsOf lists the monitors tied to a point.
func MonitorsOf(p *domain.Pilot, point *domain.RiskPoint) []*domain.Monitor {
	var out []*domain.Monitor
	for _, m := range p.Monitors.All() {
		if slices.ContainsFunc(m.Points, func(r domain.Ref) bool { return r.ID == point.ID }) {
			out = append(out, m)
		}
	}
	return out
}
