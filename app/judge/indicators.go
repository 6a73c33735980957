package judge

import (
	"math"

	"lianshao/domain"
	"lianshao/domain/method"
)

// SmallPoints and SmallAssessors: below these the figures are 仅供参考.
const (
	SmallPoints    = 30
	SmallAssessors = 3
)

// Item is what the test finds about one indicator. A nil figure is undefined for
// these scores, for example because all points score alike.
type Item struct {
	Code, Name, Dimension string
	Reverse               bool
	Weight                float64 // in the whole, 0–1

	Mean         float64  // of the points' means, 1–5, high = risky
	CV           *float64 // between points, s/mean
	ItemTotal    *float64 // corrected item–total correlation, −1…1
	AlphaDeleted *float64 // α without the indicator
	D            *float64 // discrimination of the upper and lower 27 %, −1…1
	Floor        float64  // share of marks that are 1, 0–1, as they were given
	Ceiling      float64  // share of marks that are 5
	ICC          *float64 // ICC(2,1) of the assessors over the points
	W            *float64 // Kendall's W with ties
	AgreeN       int      // points that all assessors scored on it

	Twin  string   // code of the indicator it correlates with most
	TwinR *float64 // that correlation, the largest in absolute value

	More, Less Flip // levels that change when its weight is 10 % more, less

	Verdict Verdict
	Reason  string // one sentence
}

// Report is the 指标检验报告 of a round's indicators for risk points.
type Report struct {
	System    *domain.IndicatorSystem
	Round     *domain.Assessment
	Points    int // n, completely scored points
	Left      int // points left out because a score is missing
	Raters    int
	Alpha     *float64     // Cronbach's α
	AlphaWhy  string       // why there is no α
	Items     []Item       // in the system's order
	Related   [][]*float64 // correlation of every two indicators, in the order of Items; nil where undefined
	Assessors []Flip       // levels that change when one assessor is left out
	Hits      Hits
}

// Small reports whether the figures are for orientation only.
func (r *Report) Small() bool { return r.Points < SmallPoints || r.Raters < SmallAssessors }

// Indicators judges the indicators by which a round scored the risk points. The
// figures follow domain/method; points that are not completely scored are left
// out. Errors (no result, one indicator, fewer than three scored points, weights
// that do not sum to 1) are one sentence.
func Indicators(p *domain.Pilot, res *domain.RoundResult) (Report, error) {
	t, err := newScores(p, res)
	if err != nil {
		return Report{}, err
	}
	r := Report{System: res.PointSys, Round: res.Round, Points: len(t.points), Left: len(res.Points) - len(t.points),
		Raters: len(res.Round.Assessors), Items: make([]Item, len(t.inds))}
	for k := range r.Items {
		r.Items[k] = t.item(k)
	}
	t.consistency(&r)
	r.Related = t.relate(r.Items)
	more, less := t.weightFlips()
	for k := range r.Items {
		r.Items[k].More, r.Items[k].Less = more[k], less[k]
	}
	r.Assessors = t.assessorFlips()
	r.Hits = t.hits()
	r.decide()
	return r, nil
}

// item computes what depends on one indicator alone.
func (t *scores) item(k int) Item {
	ind := t.inds[k]
	it := Item{Code: ind.Code, Name: ind.Name, Dimension: t.dims[k].Name, Reverse: ind.Reverse, Weight: t.weights[k]}
	it.Mean, _ = method.Mean(t.items[k])
	it.CV = figure(method.CV(t.items[k]))
	it.Floor, it.Ceiling = t.ends(k)
	byPoint, byRater := t.full(k)
	it.AgreeN = len(byPoint)
	if r, err := method.ICC(byPoint); err == nil {
		it.ICC = &r.ICC2
	}
	if r, err := method.KendallW(byRater); err == nil {
		it.W = &r.WCorrected
	}
	return it
}

// figure is a value, or nil where it is undefined.
func figure(v float64, err error) *float64 {
	if err != nil {
		return nil
	}
	return &v
}

// ends are the shares of the lowest and of the highest mark among the valid ones.
func (t *scores) ends(k int) (floor, ceiling float64) {
	n := 0.0
	for _, r := range t.ratings {
		for i := range r.Rows {
			if m := r.Rows[i].Marks; k < len(m) && m[k].Valid() {
				n++
				switch m[k] {
				case 1:
					floor++
				case 5:
					ceiling++
				}
			}
		}
	}
	return floor / n, ceiling / n // every point is completely scored: n > 0
}

// full are the marks of the points that every assessor scored on the indicator,
// one row per point and one row per assessor.
func (t *scores) full(k int) (byPoint, byRater [][]float64) {
	raters := t.res.Round.Assessors
	byRater = make([][]float64, len(raters))
points:
	for _, r := range t.ratings {
		row := make([]float64, len(raters))
		for a := range raters {
			m := markOf(r, raters[a].Name, k)
			if !m.Valid() {
				continue points
			}
			row[a] = t.directed(k, float64(m))
		}
		byPoint = append(byPoint, row)
		for a, v := range row {
			byRater[a] = append(byRater[a], v)
		}
	}
	return byPoint, byRater
}

// consistency computes what depends on all indicators together.
func (t *scores) consistency(r *Report) {
	alpha, err := method.Cronbach(t.items)
	if err != nil {
		r.AlphaWhy = err.Error()
	} else {
		r.Alpha = &alpha.Alpha
	}
	itemTotal, _ := method.ItemTotal(t.items)
	d, _ := method.ItemDiscrimination(t.items, method.GroupShare, 1, 5)
	for k := range r.Items {
		if err == nil {
			r.Items[k].AlphaDeleted = alpha.IfDeleted[k]
		}
		if k < len(itemTotal) {
			r.Items[k].ItemTotal = itemTotal[k]
		}
		if k < len(d) {
			r.Items[k].D = &d[k]
		}
	}
}

// relate correlates every two indicators and notes for each the one it correlates
// with most.
func (t *scores) relate(items []Item) [][]*float64 {
	out := make([][]*float64, len(items))
	for i := range items {
		out[i] = make([]*float64, len(items))
		for j := range i {
			r, err := method.Correlation(t.items[i], t.items[j])
			if err != nil {
				continue
			}
			out[i][j], out[j][i] = &r, &r
			items[i].meet(items[j].Code, r)
			items[j].meet(items[i].Code, r)
		}
	}
	return out
}

func (it *Item) meet(code string, r float64) {
	if it.TwinR == nil || math.Abs(r) > math.Abs(*it.TwinR) {
		it.Twin, it.TwinR = code, &r
	}
}
