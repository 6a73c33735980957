package app

import (
	"fmt"
	"math"
	"strings"

	"lianshao/domain"
)

// Part is one indicator's share of a result.
type Part struct {
	Code, Name, Dimension string
	Weight                float64 // in the whole; 0 where the method multiplies or counts
	N                     int     // valid marks
	Score                 float64 // of the valid marks, by the round's aggregation; NaN when nobody scored
	Value                 float64 // what counts: reverse indicators turned, LEC grades as their values
	Contribution          float64 // Weight × Value; Value where the method multiplies
}

// Explanation is how a result came about, in words and as parts for bars.
type Explanation struct {
	Head     string   // the value, its band and the level
	Parts    []Part   // in the order of the columns
	Lines    []string // the arithmetic, dimension by dimension
	Raised   string   // which override raised the level; "" = none
	Residual string   // what the controls leave; "" = not recorded
	Down     string   // what would bring it one level down; "" for the mildest
}

// Sentences is the whole explanation, one line each.
func (e Explanation) Sentences() []string {
	out := append([]string{e.Head}, e.Lines...)
	for _, s := range []string{e.Raised, e.Residual, e.Down} {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// explained is a scored subject with all that explains it.
type explained struct {
	p      *domain.Pilot
	res    *domain.RoundResult
	sys    *domain.IndicatorSystem
	o      *domain.Outcome
	point  *domain.PointOutcome // nil for a unit
	rating *domain.Rating
}

// explainers say the arithmetic and the way down of each method.
var explainers = map[domain.Method]func(*explained, *Explanation){
	domain.MethodIndex:  (*explained).byIndex,
	domain.MethodMatrix: (*explained).byMatrix,
	domain.MethodLEC:    (*explained).byLEC,
	domain.MethodFuzzy:  (*explained).byFuzzy,
	domain.MethodGrade:  (*explained).byGrade,
}

// ExplainPoint opens the result of a point into its arithmetic, whatever the method.
func ExplainPoint(p *domain.Pilot, res *domain.RoundResult, o *domain.PointOutcome) Explanation {
	r, _ := p.RatingOf(res.Round, domain.TargetPoint, o.Point.ID)
	x := &explained{p: p, res: res, sys: res.PointSys, o: &o.Outcome, point: o, rating: r}
	return x.explain()
}

// ExplainUnit opens a unit's own result; one that was not scored says so.
func ExplainUnit(p *domain.Pilot, res *domain.RoundResult, u *domain.UnitOutcome) Explanation {
	if !u.Rated {
		return Explanation{Head: "这一轮没有部门层面的评分。"}
	}
	r, _ := p.RatingOf(res.Round, domain.TargetUnit, u.Unit.ID)
	x := &explained{p: p, res: res, sys: res.UnitSys, o: &u.Outcome, rating: r}
	return x.explain()
}

func (x *explained) explain() Explanation {
	e := Explanation{Parts: x.parts()}
	if !x.o.Complete {
		e.Head = "评分不齐，不能定级：" + x.unscored() + "还没有有效评分。"
		return e
	}
	explainers[x.res.Round.Rule.Method](x, &e)
	x.raised(&e)
	x.residual(&e)
	return e
}

func (x *explained) parts() []Part {
	out := make([]Part, 0, len(x.o.Means))
	for _, d := range x.sys.Dimensions {
		for _, ind := range d.Indicators {
			k := len(out)
			part := Part{Code: ind.Code, Name: ind.Name, Dimension: d.Name, N: x.o.Counts[k], Score: x.o.Means[k], Value: x.o.Means[k]}
			if ind.Reverse {
				part.Value = 6 - part.Score
			}
			part.Contribution = part.Value
			if x.res.Round.Rule.Weighs() {
				part.Weight = d.Weight * ind.Weight
				part.Contribution *= part.Weight
			}
			if math.IsNaN(part.Score) {
				part.Contribution = 0
			}
			out = append(out, part)
		}
	}
	return out
}

// raised says which override decides, and which would keep the point where it is.
func (x *explained) raised(e *Explanation) {
	if x.point == nil {
		return
	}
	met := x.res.Met(x.p, x.point)
	var keep []string
	for _, i := range met {
		ov := x.res.Scheme.Overrides[i]
		if l, ok := x.res.Scheme.Labelled(ov.Level); ok && l.Severity >= x.o.Level.Severity {
			keep = append(keep, ov.Condition())
		}
	}
	switch {
	case x.o.Raised > 0:
		ov := x.res.Scheme.Overrides[x.o.Raised-1]
		was := x.res.Banded(x.p, x.point)
		e.Raised = fmt.Sprintf("按提级条件“%s”，由“%s”提为“%s”。", ov.Condition(), was.Label, x.o.Level.Label)
		e.Down = fmt.Sprintf("要降级，须先消除提级条件：%s；消除后按分值为“%s”。", strings.Join(keep, "、"), was.Label)
	case len(keep) > 0 && e.Down != "":
		e.Down = strings.TrimSuffix(e.Down, "。") + "；并须消除提级条件：" + strings.Join(keep, "、") + "。"
	}
}

func (x *explained) residual(e *Explanation) {
	if x.point == nil {
		return
	}
	if r, ok := x.res.ResidualOf(x.p, x.point); ok {
		e.Residual = fmt.Sprintf("控制有效性 E＝%g，剩余风险＝%.2f×(1－%g)＝%.2f，剩余等级“%s”。", r.Effectiveness, r.Inherent, r.Effectiveness, r.Value, r.Level.Label)
	}
}

func (x *explained) unscored() string {
	var missing []string
	for i, ind := range x.sys.Indicators() {
		auto := x.res.Round.Rule.Method == domain.MethodGrade && ind.Code == domain.CodeKinds
		if x.o.Counts[i] == 0 && !auto {
			missing = append(missing, ind.Code+" "+ind.Name)
		}
	}
	if len(missing) == 0 { // a rule-based grade without any category to count
		missing = append(missing, "廉政风险种类数")
	}
	return strings.Join(missing, "、")
}

// Band writes the limits of a level on the index: 60≤I＜80.
func Band(scheme *domain.LevelScheme, l domain.Level) string { return bandOf("I", scheme, l) }

// bandOf writes the limits of a level on the value called v.
func bandOf(v string, scheme *domain.LevelScheme, l domain.Level) string {
	upper := ""
	for _, other := range scheme.Levels {
		if other.Severity == l.Severity+1 {
			upper = fmt.Sprintf("＜%g", other.Min)
		}
	}
	if upper == "" {
		return fmt.Sprintf("%s≥%g", v, l.Min)
	}
	if l.Severity == 0 {
		return v + upper
	}
	return fmt.Sprintf("%g≤%s%s", l.Min, v, upper)
}

// average is what the round calls the score of several assessors.
func average(rule domain.Rule) string {
	switch rule.Aggregate {
	case domain.AggregateMedian:
		return "中位数"
	case domain.AggregateTrimmed:
		return "截尾平均"
	}
	return "平均"
}

// ExplainPost says how the points of a post make its level.
func ExplainPost(res *domain.RoundResult, o *domain.PostOutcome) string {
	if o.Points == 0 {
		return "该岗位的风险点还没有评分齐全的，不能定级。"
	}
	return rolled("岗位", res.Round.Rule.Roll, &o.Rolled, o.Level)
}

// ExplainUnitPoints says how the points of a unit make its level.
func ExplainUnitPoints(res *domain.RoundResult, u *domain.UnitOutcome) string {
	if u.Points == 0 {
		return "该部门的风险点还没有评分齐全的，不能定级。"
	}
	return rolled("部门", res.Round.Rule.Roll, &u.Rolled, u.MaxLevel)
}

// rolled says both ways of summing up and which of them the round goes by.
func rolled(whose string, roll domain.Roll, t *domain.Rolled, l domain.Level) string {
	by := "其最高风险点"
	if roll == domain.RollWeighted {
		by = "其风险点的加权平均"
	}
	return fmt.Sprintf("%s按%s定级，等级“%s”：%d个风险点，最高 %.2f（等级“%s”），按影响程度加权平均 %.2f（等级“%s”），平均 %.2f。",
		whose, by, l.Label, t.Points, t.Max, t.Worst.Label, t.Weighted, t.Banded.Label, t.Mean)
}
