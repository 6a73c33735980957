// Package warn is what happens around a 预警: what should be warned, issuing the
// papers, and everything done about them until they are released or raised.
package warn

import (
	"cmp"
	"fmt"
	"slices"

	"lianshao/app"
	"lianshao/domain"
)

// Due is one point that should be warned in a round, and the paper it already has.
type Due struct {
	Outcome *domain.PointOutcome
	Issued  *domain.Warning // nil while no paper was issued for this round
}

// OfRound lists the points whose level in a round calls for a warning: every
// level but the mildest, the highest index first.
func OfRound(p *domain.Pilot, res *domain.RoundResult) []Due {
	var out []Due
	for i := range res.Points {
		o := &res.Points[i]
		if o.Complete && o.Level.Severity > 0 {
			out = append(out, Due{o, issuedFor(p, o.Point.ID, res.Round.No)})
		}
	}
	slices.SortStableFunc(out, func(a, b Due) int { return cmp.Compare(b.Outcome.Index, a.Outcome.Index) })
	return out
}

// issuedFor is the paper of a point in a round: of several the one that raised
// or corrected the others.
func issuedFor(p *domain.Pilot, point domain.ID, round int) *domain.Warning {
	var best *domain.Warning
	for _, w := range p.Warnings.By(domain.ByPoint, point) {
		if w.Round == round && (best == nil || w.State != domain.WarningCorrected && w.State != domain.WarningRaised) {
			best = w
		}
	}
	return best
}

// Basis says on which numbers a warning rests.
func Basis(res *domain.RoundResult, o *domain.PointOutcome) string {
	value := res.Round.Title() + res.Round.Rule.ValueName()
	if o.Raised > 0 {
		return fmt.Sprintf("%s %.2f，因%s提为“%s”级", value, o.Index, res.Scheme.Overrides[o.Raised-1].Condition(), o.Level.Label)
	}
	return fmt.Sprintf("%s %.2f，达到“%s”级（%s）", value, o.Index, o.Level.Label, app.Band(res.Scheme, o.Level))
}
