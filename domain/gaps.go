package domain

import (
	"cmp"
	"slices"

	"lianshao/domain/method"
)

// GapKind is what is wrong with a mark.
type GapKind string

// The kinds.
const (
	GapMissing   GapKind = "未评"
	GapAbstained GapKind = "弃权"
	GapOutside   GapKind = "超出分值范围"
)

// Gap is a mark that does not count.
type Gap struct {
	Point     *RiskPoint // nil when a unit is scored
	Unit      *Unit
	Assessor  string
	Indicator int // position; −1 = the assessor has not scored the subject at all
	Kind      GapKind
	Mark      Mark
}

// Gaps lists the marks of a round that are missing, withheld or off the scale, by
// subject, assessor and indicator. Columns that may stay blank (the kinds of risk of
// a rule-based grade) are not missing.
func (res *RoundResult) Gaps(p *Pilot) (out []Gap) {
	inds := res.PointSys.Indicators()
	for i := range res.Points {
		r, _ := p.RatingOf(res.Round, TargetPoint, res.Points[i].Point.ID)
		res.gapsOf(r, inds, func(g Gap) { g.Point = res.Points[i].Point; out = append(out, g) })
	}
	if res.UnitSys == nil {
		return out
	}
	inds = res.UnitSys.Indicators()
	for i := range res.Units {
		u := &res.Units[i]
		if !u.Rated && u.Points == 0 {
			continue // not a unit of the pilot's test
		}
		r, _ := p.RatingOf(res.Round, TargetUnit, u.Unit.ID)
		res.gapsOf(r, inds, func(g Gap) { g.Unit = u.Unit; out = append(out, g) })
	}
	return out
}

func (res *RoundResult) gapsOf(r *Rating, inds []Indicator, add func(Gap)) {
	for _, who := range res.Round.Assessors {
		var row *RatingRow
		if r != nil {
			row = r.Row(who.Name)
		}
		if row == nil || blank(row.Marks) {
			add(Gap{Assessor: who.Name, Indicator: -1, Kind: GapMissing})
			continue
		}
		for k := range inds {
			m := Blank
			if k < len(row.Marks) {
				m = row.Marks[k]
			}
			g := Gap{Assessor: who.Name, Indicator: k, Mark: m}
			switch {
			case inds[k].Valid(m), m == Blank && inds[k].Code == CodeKinds && res.Round.Rule.Method == MethodGrade:
				continue
			case m == Blank:
				g.Kind = GapMissing
			case m == Abstained:
				g.Kind = GapAbstained
			default:
				g.Kind = GapOutside
			}
			add(g)
		}
	}
}

func blank(marks []Mark) bool {
	return !slices.ContainsFunc(marks, func(m Mark) bool { return m != Blank })
}

// Dispersed is an indicator of a point on which the assessors differ much: CV =
// s/x̄ above method.CVLimit. It should be discussed again (建议复议).
type Dispersed struct {
	Outcome   *PointOutcome
	Indicator int
	Mean, SD  float64 // of the valid marks
	CV        float64
}

// Dispersion lists what should be discussed again, the widest apart first.
func (res *RoundResult) Dispersion(p *Pilot) (out []Dispersed) {
	inds := res.PointSys.Indicators()
	for i := range res.Points {
		o := &res.Points[i]
		r, ok := p.RatingOf(res.Round, TargetPoint, o.Point.ID)
		if !ok {
			continue
		}
		for k := range inds {
			if d := dispersionOf(r, k, &inds[k]); d.CV > method.CVLimit && !inds[k].YesNo() {
				d.Outcome, d.Indicator = o, k
				out = append(out, d)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Dispersed) int { return cmp.Compare(b.CV, a.CV) })
	return out
}

func dispersionOf(r *Rating, k int, ind *Indicator) (d Dispersed) {
	mean, n := meanOf(r, k, ind.Highest())
	if sd := r.SD(k); n > 1 {
		d.Mean, d.SD, d.CV = mean, sd, sd/mean
	}
	return d
}

// OwnOutcome is what one assessor's own marks of a point come to.
type OwnOutcome struct {
	Value    float64 // S, or the method's own value
	Severity int
}

// ByAssessor computes, for every point that all assessors scored completely, what
// each one's own marks come to: [point][assessor]. left are the others.
func (res *RoundResult) ByAssessor(p *Pilot) (points []*PointOutcome, own [][]OwnOutcome, left []*PointOutcome) {
	s := res.scorer(p)
	alone := &Rating{Rows: make([]RatingRow, 1)}
	o := s.outcome(nil, nil)
	all := make([]OwnOutcome, 0, len(res.Points)*len(res.Round.Assessors))
next:
	for i := range res.Points {
		pt := &res.Points[i]
		r, ok := p.RatingOf(res.Round, TargetPoint, pt.Point.ID)
		from := len(all)
		for _, who := range res.Round.Assessors {
			var row *RatingRow
			if ok {
				row = r.Row(who.Name)
			}
			if row != nil {
				alone.Rows[0] = *row
				o.S, o.Index = 0, 0
				s.into(alone, pt.Point, &o)
			}
			if row == nil || !o.Complete {
				all = all[:from]
				left = append(left, pt)
				continue next
			}
			all = append(all, OwnOutcome{o.S, o.Level.Severity})
		}
		points = append(points, pt)
		own = append(own, all[from:len(all):len(all)])
	}
	return points, own, left
}
