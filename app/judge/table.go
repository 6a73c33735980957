// Package judge tests the indicators themselves (指标检验) and compares two rounds
// (两次评估): are the indicators consistent, do they tell risk points apart, do
// the assessors understand them alike, and did the measures help?
package judge

import (
	"lianshao/app"
	"lianshao/domain"
)

// leastPoints is how many scored points correlations need at all.
const leastPoints = 3

// scores is a round as a table: the completely scored points across, the
// indicators of the round's system down.
type scores struct {
	pilot   *domain.Pilot
	res     *domain.RoundResult
	points  []*domain.PointOutcome
	ratings []*domain.Rating    // of each point
	items   [][]float64         // [indicator][point] means, 1–5, reverse indicators turned
	inds    []domain.Indicator  // in the system's order
	dims    []*domain.Dimension // of each indicator
	weights []float64           // of each indicator in the whole, Σ = 1
	bands   []band
}

// Ready says in a sentence why the indicators of a round cannot be judged; nil if
// they can. It costs next to nothing.
func Ready(res *domain.RoundResult) error {
	if res == nil {
		return app.E(app.CodeInvalid, "还没有评估结果：请先导入评分表或在“风险评估”里评分，再做指标检验")
	}
	if rule := res.Round.Rule; !rule.Weighs() {
		return app.E(app.CodeInvalid, "“%s”用的是%s，没有用指标体系打分，不做指标检验", res.Round.Title(), rule.Method.Label())
	}
	if n := len(res.PointSys.Indicators()); n < 2 {
		return app.E(app.CodeInvalid, "指标体系“%s”只有 %d 项指标，至少要 2 项才能做指标检验", res.PointSys.Name, n)
	}
	if !res.PointSys.Weighted() {
		return app.E(app.CodeInvalid, "指标体系“%s”的权重合计不是 1，请先在指标体系里改好权重", res.PointSys.Name)
	}
	if len(res.Scheme.Levels) == 0 {
		return app.E(app.CodeInvalid, "预警等级方案“%s”还没有等级，请先补上等级再做指标检验", res.Scheme.Name)
	}
	if n := len(res.Points) - res.Incomplete; n < leastPoints {
		return app.E(app.CodeInvalid, "“%s”评分齐全的风险点只有 %d 个，至少要 %d 个才能做指标检验，请先补齐评分", res.Round.Name, n, leastPoints)
	}
	return nil
}

func newScores(p *domain.Pilot, res *domain.RoundResult) (*scores, error) {
	if err := Ready(res); err != nil {
		return nil, err
	}
	t := &scores{pilot: p, res: res, inds: res.PointSys.Indicators(), bands: bandsOf(res.Scheme)}
	t.weigh()
	t.collect()
	return t, nil
}

func (t *scores) weigh() {
	for i := range t.res.PointSys.Dimensions {
		d := &t.res.PointSys.Dimensions[i]
		for _, ind := range d.Indicators {
			t.dims = append(t.dims, d)
			t.weights = append(t.weights, d.Weight*ind.Weight)
		}
	}
}

func (t *scores) collect() {
	t.items = make([][]float64, len(t.inds))
	for i := range t.res.Points {
		o := &t.res.Points[i]
		r, ok := t.pilot.RatingOf(t.res.Round, domain.TargetPoint, o.Point.ID)
		if !o.Complete || !ok {
			continue
		}
		t.points = append(t.points, o)
		t.ratings = append(t.ratings, r)
		for k := range t.inds {
			t.items[k] = append(t.items[k], t.directed(k, o.Means[k]))
		}
	}
}

// directed turns the score of a reverse indicator, so that high means risky.
func (t *scores) directed(k int, score float64) float64 {
	if t.inds[k].Reverse {
		return 6 - score
	}
	return score
}

// markOf is an assessor's mark of an indicator, Blank if there is none.
func markOf(r *domain.Rating, assessor string, k int) domain.Mark {
	if row := r.Row(assessor); row != nil && k < len(row.Marks) {
		return row.Marks[k]
	}
	return domain.Blank
}
