package app

import (
	"lianshao/domain"
	"lianshao/domain/method"
)

// Agreement is how far the assessors of a round agree on the order of the points.
type Agreement struct {
	method.KendallResult
	Raters int
	Points int      // points that entered
	Left   []string // codes of the points left out because a mark is missing
}

// RoundAgreement ranks, for every assessor, the points by the S of that
// assessor's own marks and computes Kendall's W. Points with a missing mark are
// left out. An error says why there is no W (too few points or assessors).
func RoundAgreement(p *domain.Pilot, res *domain.RoundResult) (Agreement, error) {
	raters := res.Round.Assessors
	a := Agreement{Raters: len(raters)}
	rows := make([][]float64, len(raters))
	for i := range res.Points {
		pt := res.Points[i].Point
		scores, ok := scoresByRater(p, res, pt.ID)
		if !ok {
			a.Left = append(a.Left, pt.Code)
			continue
		}
		a.Points++
		for k, s := range scores {
			rows[k] = append(rows[k], s)
		}
	}
	if len(raters) < 2 || a.Points < 2 {
		return a, E(CodeInvalid, "评分人或评分齐全的风险点不足两个，不能计算一致性。")
	}
	var err error
	a.KendallResult, err = method.KendallW(rows)
	return a, err
}

// scoresByRater gives the S of each assessor's own marks; false when one is missing.
func scoresByRater(p *domain.Pilot, res *domain.RoundResult, point domain.ID) ([]float64, bool) {
	r, ok := p.RatingOf(res.Round, domain.TargetPoint, point)
	if !ok {
		return nil, false
	}
	out := make([]float64, 0, len(res.Round.Assessors))
	for _, who := range res.Round.Assessors {
		row := r.Row(who.Name)
		if row == nil {
			return nil, false
		}
		o := domain.Score(res.PointSys, nil, &domain.Rating{Rows: []domain.RatingRow{*row}})
		if !o.Complete {
			return nil, false
		}
		out = append(out, o.S)
	}
	return out, true
}
