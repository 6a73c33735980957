package judge

import (
	"slices"

	"lianshao/domain"
)

// WeightStep is by how much of itself each indicator's weight is changed, up and
// down; the other weights give way in proportion, so that they still sum to 1.
const WeightStep = 0.10

// Flip says how many points change their level when one thing is changed.
type Flip struct {
	Name   string // indicator or assessor
	Up     int    // points that become more severe
	Down   int    // points that become milder
	Points int    // points that could be computed
}

// Total is how many points change their level either way.
func (f Flip) Total() int { return f.Up + f.Down }

// band is the lower bound of a level on the index.
type band struct {
	min      float64
	severity int
}

func bandsOf(scheme *domain.LevelScheme) []band {
	out := make([]band, len(scheme.Levels))
	for i, l := range scheme.Levels {
		out[i] = band{l.Min, l.Severity}
	}
	slices.SortFunc(out, func(a, b band) int { return b.severity - a.severity })
	return out
}

// severityOf is the severity of an index, -1 below all bands. The margin keeps an
// index on the very bound in its level however the sum was rounded.
func (t *scores) severityOf(index float64) int {
	for _, b := range t.bands {
		if index+1e-9 >= b.min {
			return b.severity
		}
	}
	return -1
}

// severities are the points' severities by the given weights of the indicators;
// into is reused.
func (t *scores) severities(weights []float64, into []int) []int {
	if t.res.Round.Rule.Method == domain.MethodFuzzy {
		return t.fuzzy(weights, into)
	}
	s := make([]float64, len(t.points))
	for k, w := range weights {
		for i, v := range t.items[k] {
			s[i] += w * v
		}
	}
	into = into[:0]
	for _, v := range s {
		into = append(into, t.severityOf((v-1)/4*100))
	}
	return into
}

// count adds a point's change of severity.
func (f *Flip) count(was, is int) {
	f.Points++
	switch {
	case is > was:
		f.Up++
	case is < was:
		f.Down++
	}
}

// reweighed is the weights with indicator k's multiplied by factor and the rest
// scaled to keep the sum.
func reweighed(weights []float64, k int, factor float64) []float64 {
	out := slices.Clone(weights)
	moved := min(1, weights[k]*factor)
	if weights[k] >= 1 {
		return out
	}
	rest := (1 - moved) / (1 - weights[k])
	for i := range out {
		out[i] *= rest
	}
	out[k] = moved
	return out
}

// fuzzy are the points' severities by other weights of a fuzzy evaluation, which is
// not linear: the round is scored again.
func (t *scores) fuzzy(weights []float64, into []int) []int {
	res := *t.res
	sys := t.res.PointSys.Clone().(*domain.IndicatorSystem)
	if err := sys.SetWeights(weights, sys.Derivation); err == nil { // they sum to 1
		res.PointSys = sys
	}
	into = into[:0]
	for i, o := range t.points {
		into = append(into, t.severityOf(res.Rescore(t.pilot, o.Point, t.ratings[i], nil).Index))
	}
	return into
}

// reweigh is what happens to the levels when indicator k weighs factor times as
// much.
func (t *scores) reweigh(k int, factor float64, base, buf []int) Flip {
	f := Flip{Name: t.inds[k].Code}
	for i, is := range t.severities(reweighed(t.weights, k, factor), buf) {
		f.count(base[i], is)
	}
	return f
}

// weightFlips changes every indicator's weight in turn: for each the flips at
// +10 % and at −10 %.
func (t *scores) weightFlips() (more, less []Flip) {
	base := t.severities(t.weights, nil)
	buf := make([]int, 0, len(base))
	for k := range t.inds {
		more = append(more, t.reweigh(k, 1+WeightStep, base, buf))
		less = append(less, t.reweigh(k, 1-WeightStep, base, buf))
	}
	return more, less
}

// assessorFlips leaves every assessor out in turn. A point of which an indicator
// then has no score at all cannot be computed and is not counted.
func (t *scores) assessorFlips() []Flip {
	base := t.severities(t.weights, nil)
	out := make([]Flip, 0, len(t.res.Round.Assessors))
	for _, who := range t.res.Round.Assessors {
		f := Flip{Name: who.Name}
		for i := range t.points {
			if index, ok := t.without(i, who.Name); ok {
				f.count(base[i], t.severityOf(index))
			}
		}
		out = append(out, f)
	}
	return out
}

// without is a point's index without one assessor's marks.
func (t *scores) without(i int, assessor string) (index float64, ok bool) {
	if rule := t.res.Round.Rule; rule.Method != domain.MethodIndex || rule.Aggregate != domain.AggregateMean {
		r := t.ratings[i].Clone().(*domain.Rating)
		r.Rows = slices.DeleteFunc(r.Rows, func(row domain.RatingRow) bool { return row.Assessor == assessor })
		o := t.res.Rescore(t.pilot, t.points[i].Point, r, nil)
		return o.Index, o.Complete
	}
	o, row, s := t.points[i], t.ratings[i].Row(assessor), 0.0
	for k, w := range t.weights {
		mean, n := o.Means[k], float64(o.Counts[k])
		if row != nil && k < len(row.Marks) && row.Marks[k].Valid() {
			if n == 1 {
				return 0, false
			}
			mean = (mean*n - float64(row.Marks[k])) / (n - 1)
		}
		s += w * t.directed(k, mean)
	}
	return (s - 1) / 4 * 100, true
}
