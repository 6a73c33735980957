package warn

import (
	"cmp"
	"slices"
	"strings"

	"lianshao/app/trend"
	"lianshao/domain"
)

// Proposal is a warning that should be issued, and why.
type Proposal struct {
	Point   *domain.RiskPoint
	Level   domain.Level
	Index   float64 // of the round; 0 when the point was not assessed
	Round   int     // 0 = not from a round
	Sources []string
	Basis   string
	Info    *domain.Intelligence // the information it rests on, or nil
	// Open is the point's open warning that this one would raise or continue.
	Open *domain.Warning
}

// Proposals lists what should be warned now: what the round says, lifted by the
// monitors' rules and trends (trend.Raise), without what is already warned as
// severely. The most severe come first.
func Proposals(p *domain.Pilot, res *domain.RoundResult) []Proposal {
	if res == nil {
		return nil
	}
	watched := map[domain.ID]bool{}
	for _, m := range p.Monitors.All() {
		for _, r := range m.Points {
			watched[r.ID] = true
		}
	}
	var out []Proposal
	for i := range res.Points {
		o := &res.Points[i]
		if o.Complete && o.Level.Severity > 0 || watched[o.Point.ID] {
			if x, ok := propose(p, res, o, watched[o.Point.ID]); ok {
				out = append(out, x)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Proposal) int {
		return cmp.Or(b.Level.Severity-a.Level.Severity, cmp.Compare(b.Index, a.Index))
	})
	return out
}

func propose(p *domain.Pilot, res *domain.RoundResult, o *domain.PointOutcome, watched bool) (Proposal, bool) {
	x := Proposal{Point: o.Point, Round: res.Round.No}
	var parts []string
	if o.Complete && o.Level.Severity > 0 {
		x.Level, x.Index = o.Level, o.Index
		x.Sources, parts = []string{domain.SourceRound}, []string{Basis(res, o)}
	}
	if watched {
		if raised := trend.Raise(p, res, o.Point); raised.Higher() && raised.Level.Severity > x.Level.Severity {
			x.Level = raised.Level
			x.Sources = append(x.Sources, raised.By...)
			for _, c := range raised.Causes {
				if c.Monitor != nil && c.Level.Severity == raised.Level.Severity {
					parts = append(parts, c.Text)
				}
			}
			parts = append(parts, "等级提高为“"+raised.Level.Label+"”")
		}
	}
	if x.Level.Severity == 0 {
		return x, false
	}
	x.Basis = strings.Join(parts, "；")
	for _, w := range p.Warnings.By(domain.ByPoint, o.Point.ID) {
		superseded := w.State == domain.WarningCorrected || w.State == domain.WarningRaised
		if !superseded && w.Round == x.Round && w.Severity >= x.Level.Severity {
			return x, false
		}
		if w.Open() {
			x.Open = w
		}
	}
	return x, true
}

// FromIntelligence proposes a warning because of an item of the 风险信息库: the
// point's level in the round (the mildest that is warned when it has none), which
// the person who issues it may change.
func FromIntelligence(p *domain.Pilot, res *domain.RoundResult, info *domain.Intelligence, point *domain.RiskPoint) (Proposal, bool) {
	x := Proposal{Point: point, Sources: []string{domain.SourceIntelligence}, Info: info,
		Basis: "风险信息 " + info.Code + "（" + strings.Join(nonEmpty(info.Source, string(info.Date), info.Verified), "，") + "）"}
	scheme := p.SchemeFor(domain.BasisIndex)
	if res != nil {
		scheme = res.Scheme
		if o := res.Of(point.ID); o != nil && o.Complete {
			x.Level, x.Index, x.Round = o.Level, o.Index, res.Round.No
			x.Basis += "；" + Basis(res, o)
		}
	}
	if scheme == nil {
		return x, false
	}
	if x.Level.Severity == 0 {
		for _, l := range scheme.Ordered() { // the most severe first
			if l.Severity > 0 {
				x.Level = l
			}
		}
	}
	for _, w := range p.Warnings.By(domain.ByPoint, point.ID) {
		if w.Open() {
			x.Open = w
		}
	}
	return x, x.Level.Severity > 0
}

func nonEmpty(texts ...string) []string {
	return slices.DeleteFunc(texts, func(s string) bool { return s == "" })
}
