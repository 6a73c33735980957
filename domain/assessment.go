package domain

import (
	"math"
	"slices"
)

// Assessment is a round of 评估: who scores, by which systems and levels.
type Assessment struct {
	Base
	No          int        `json:"no"`
	Name        string     `json:"name,omitempty"` // 首次评估, 再评估
	Date        Date       `json:"date,omitempty"`
	PointSystem Ref        `json:"pointSystem,omitzero"`
	UnitSystem  Ref        `json:"unitSystem,omitzero"`
	Scheme      Ref        `json:"scheme,omitzero"`
	Assessors   []Assessor `json:"assessors,omitempty"`
	Frozen      bool       `json:"frozen,omitempty"`
}

// Assessor is a 评分人 of a round. Name is short and unique in the round.
type Assessor struct {
	No    int    `json:"no"`
	Name  string `json:"name"`            // 组长, 审计处
	Title string `json:"title,omitempty"` // 党委副书记兼纪委书记（组长）
	Date  Date   `json:"date,omitempty"`
}

// RecordKind tells the kind.
func (*Assessment) RecordKind() Kind { return KindAssessment }

// Natural is the number of the round.
func (r *Assessment) Natural() string { return itoa(r.No) }

// Clone copies deeply.
func (r *Assessment) Clone() Record { c := *r; c.Assessors = slices.Clone(r.Assessors); return &c }

// EachRef visits nothing: systems and schemes are referred to by ID only.
func (*Assessment) EachRef(func(Kind, Ref, *Ref)) {}

// Mark is one score of one indicator: 1–5, Blank or Abstained.
type Mark int8

// Marks that are not scores.
const (
	Blank     Mark = 0
	Abstained Mark = -1
)

// Valid reports whether the mark is a score and counts.
func (m Mark) Valid() bool { return m >= 1 && m <= 5 }

// Rating holds what every assessor gave one subject (a risk point or a unit) in
// one round: one row per assessor, one mark per indicator of the round's system.
// Keeping a subject together makes 100,000 points × 7 assessors fit and load fast.
type Rating struct {
	Base
	Assessment Ref         `json:"assessment"`
	Target     string      `json:"target"`
	Subject    Ref         `json:"subject"`
	Rows       []RatingRow `json:"rows"`
}

// RatingRow is one assessor's marks, in the order of the system's indicators.
type RatingRow struct {
	Assessor string `json:"a"`
	Marks    []Mark `json:"m"`
	Note     string `json:"n,omitempty"`
}

// RecordKind tells the kind.
func (*Rating) RecordKind() Kind { return KindRating }

// Natural is round, target and subject.
func (r *Rating) Natural() string {
	return RatingKey(r.Assessment.ID, r.Target, r.Subject)
}

// RatingKey is the natural key of a subject's rating in a round.
func RatingKey(assessment ID, target string, subject Ref) string {
	return string(assessment) + "/" + target + "/" + refKey(subject)
}

// Clone copies deeply.
func (r *Rating) Clone() Record {
	c := *r
	c.Rows = slices.Clone(r.Rows)
	for i := range c.Rows {
		c.Rows[i].Marks = slices.Clone(c.Rows[i].Marks)
	}
	return &c
}

// EachRef visits the subject.
func (r *Rating) EachRef(visit func(Kind, Ref, *Ref)) {
	if r.Target == TargetUnit {
		visit(KindUnit, Ref{}, &r.Subject)
	} else {
		visit(KindRiskPoint, Ref{}, &r.Subject)
	}
}

// Row returns the assessor's row, or nil.
func (r *Rating) Row(assessor string) *RatingRow {
	for i := range r.Rows {
		if r.Rows[i].Assessor == assessor {
			return &r.Rows[i]
		}
	}
	return nil
}

// RatingOf returns the rating of a subject in a round.
func (p *Pilot) RatingOf(round *Assessment, target string, subject ID) (*Rating, bool) {
	return p.Ratings.ByKey(RatingKey(round.ID, target, To(subject)))
}

// Outcome is what a subject's marks come to. Means, Counts are per indicator,
// Dims per dimension, all in the system's order.
//
// d = mean (forward) or 6 − mean (reverse); D = Σ wᵢ·dᵢ within the dimension;
// S = Σ W·D, 1–5; Index = (S − 1)/4 × 100, 0–100. An indicator nobody scored
// leaves the outcome incomplete and without a level: nothing is guessed.
type Outcome struct {
	Means    []float64 // NaN when nobody scored
	Counts   []int
	Dims     []float64
	S        float64
	Index    float64
	Level    Level
	Complete bool
}

// Score computes the outcome of a rating. A nil rating is incomplete.
func Score(sys *IndicatorSystem, scheme *LevelScheme, r *Rating) Outcome {
	n := len(sys.Indicators())
	o := Outcome{Means: make([]float64, n), Counts: make([]int, n), Dims: make([]float64, len(sys.Dimensions))}
	scoreInto(sys, scheme, r, &o)
	return o
}

func scoreInto(sys *IndicatorSystem, scheme *LevelScheme, r *Rating, o *Outcome) {
	o.Complete = r != nil
	k := 0
	for di := range sys.Dimensions {
		dim := &sys.Dimensions[di]
		sum := 0.0
		for ii := range dim.Indicators {
			ind := &dim.Indicators[ii]
			mean, count := meanOf(r, k)
			o.Means[k], o.Counts[k] = mean, count
			if count == 0 {
				o.Complete = false
			}
			if ind.Reverse {
				mean = 6 - mean
			}
			sum += ind.Weight * mean
			k++
		}
		o.Dims[di] = sum
		o.S += dim.Weight * sum
	}
	if !o.Complete {
		return
	}
	o.Index = (o.S - 1) / 4 * 100
	if scheme != nil {
		o.Level, _ = scheme.LevelOf(o.Index)
	}
}

func meanOf(r *Rating, k int) (mean float64, count int) {
	if r == nil {
		return math.NaN(), 0
	}
	sum := 0
	for i := range r.Rows {
		if m := r.Rows[i].Marks; k < len(m) && m[k].Valid() {
			sum += int(m[k])
			count++
		}
	}
	if count == 0 {
		return math.NaN(), 0
	}
	return float64(sum) / float64(count), count
}

// SD is the sample standard deviation of the valid marks of indicator k, NaN
// for fewer than two.
func (r *Rating) SD(k int) float64 {
	mean, n := meanOf(r, k)
	if n < 2 {
		return math.NaN()
	}
	ss := 0.0
	for i := range r.Rows {
		if m := r.Rows[i].Marks; k < len(m) && m[k].Valid() {
			d := float64(m[k]) - mean
			ss += d * d
		}
	}
	return math.Sqrt(ss / float64(n-1))
}

// PointOutcome is a risk point's outcome in a round.
type PointOutcome struct {
	Point *RiskPoint
	Outcome
}

// PostOutcome sums up the points of a post: the level is that of its worst point.
type PostOutcome struct {
	Unit, Post Ref
	Points     int
	Max, Mean  float64 // of the points' indexes
	Level      Level
}

// UnitOutcome is a unit's own outcome by the unit-level system beside what its
// points come to.
type UnitOutcome struct {
	Unit *Unit
	Outcome
	Rated     bool // scored by the unit-level system
	Points    int
	Max, Mean float64 // of the points' indexes
	MaxLevel  Level
}

// RoundResult is everything a round comes to.
type RoundResult struct {
	Round      *Assessment
	PointSys   *IndicatorSystem
	UnitSys    *IndicatorSystem
	Scheme     *LevelScheme
	Points     []PointOutcome
	Posts      []PostOutcome
	Units      []UnitOutcome
	Incomplete int // points without a level

	at map[ID]int // position in Points
}

// Round returns the assessment with the number, or the latest for 0; nil if none.
func (p *Pilot) Round(no int) *Assessment {
	var best *Assessment
	for _, a := range p.Assessments.All() {
		if no == 0 && (best == nil || a.No > best.No) || no != 0 && a.No == no {
			best = a
		}
	}
	return best
}

// Assess computes a round over the active points. It returns nil when the round
// lacks its indicator system.
func (p *Pilot) Assess(round *Assessment) *RoundResult {
	if round == nil {
		return nil
	}
	sys, _ := p.Systems.Get(round.PointSystem.ID)
	usys, _ := p.Systems.Get(round.UnitSystem.ID)
	scheme, _ := p.Schemes.Get(round.Scheme.ID)
	if sys == nil || scheme == nil {
		return nil
	}
	res := &RoundResult{Round: round, PointSys: sys, UnitSys: usys, Scheme: scheme}
	points := p.ActivePoints()
	res.Points = make([]PointOutcome, len(points))
	res.at = make(map[ID]int, len(points))
	n, nd := len(sys.Indicators()), len(sys.Dimensions)
	means, counts, dims := make([]float64, n*len(points)), make([]int, n*len(points)), make([]float64, nd*len(points))
	for i, pt := range points {
		o := &res.Points[i]
		o.Point = pt
		res.at[pt.ID] = i
		o.Means, o.Counts, o.Dims = means[i*n:(i+1)*n:(i+1)*n], counts[i*n:(i+1)*n:(i+1)*n], dims[i*nd:(i+1)*nd:(i+1)*nd]
		r, _ := p.RatingOf(round, TargetPoint, pt.ID)
		scoreInto(sys, scheme, r, &o.Outcome)
		if !o.Complete {
			res.Incomplete++
		}
	}
	res.Posts = postOutcomes(p, res)
	res.Units = unitOutcomes(p, res)
	return res
}

func postOutcomes(p *Pilot, res *RoundResult) []PostOutcome {
	byPost := map[string]*PostOutcome{}
	var order []string
	for i := range res.Points {
		o := &res.Points[i]
		key := refKey(o.Point.Unit) + "/" + refKey(o.Point.Post)
		if byPost[key] == nil {
			byPost[key] = &PostOutcome{Unit: o.Point.Unit, Post: o.Point.Post}
			order = append(order, key)
		}
		if o.Complete {
			byPost[key].add(o)
		}
	}
	out := make([]PostOutcome, 0, len(order))
	for _, k := range order {
		po := byPost[k]
		po.finish(res.Scheme)
		out = append(out, *po)
	}
	return out
}

func (po *PostOutcome) add(o *PointOutcome) {
	po.Points++
	po.Mean += o.Index
	po.Max = max(po.Max, o.Index)
}

func (po *PostOutcome) finish(scheme *LevelScheme) {
	if po.Points > 0 {
		po.Mean /= float64(po.Points)
		po.Level, _ = scheme.LevelOf(po.Max)
	}
}

func unitOutcomes(p *Pilot, res *RoundResult) []UnitOutcome {
	sum := map[ID]*UnitOutcome{}
	var out []UnitOutcome
	units := p.Units.All()
	out = make([]UnitOutcome, len(units))
	for i, u := range units {
		out[i].Unit = u
		sum[u.ID] = &out[i]
		if res.UnitSys == nil {
			continue
		}
		if r, ok := p.RatingOf(res.Round, TargetUnit, u.ID); ok {
			out[i].Outcome = Score(res.UnitSys, res.Scheme, r)
			out[i].Rated = true
		}
	}
	for i := range res.Points {
		o := &res.Points[i]
		if u := sum[o.Point.Unit.ID]; u != nil {
			u.add(o)
		}
	}
	for i := range out {
		out[i].finish(res.Scheme)
	}
	return out
}

func (u *UnitOutcome) add(o *PointOutcome) {
	if o.Complete {
		u.Points++
		u.Mean += o.Index
		u.Max = max(u.Max, o.Index)
	}
}

func (u *UnitOutcome) finish(scheme *LevelScheme) {
	if u.Points > 0 {
		u.Mean /= float64(u.Points)
		u.MaxLevel, _ = scheme.LevelOf(u.Max)
	}
}

// LevelCounts counts the points per level label.
func (res *RoundResult) LevelCounts() map[string]int {
	out := map[string]int{}
	for i := range res.Points {
		if res.Points[i].Complete {
			out[res.Points[i].Level.Label]++
		}
	}
	return out
}

// Of returns the outcome of a point, or nil.
func (res *RoundResult) Of(point ID) *PointOutcome {
	if i, ok := res.at[point]; ok {
		return &res.Points[i]
	}
	return nil
}
