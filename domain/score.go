package domain

import (
	"math"
	"slices"

	"lianshao/domain/method"
)

// Outcome is what a subject's marks come to. Means and Counts are per indicator,
// Dims per dimension, all in the system's order.
//
// By the weighted index: d = mean (forward) or 6 − mean (reverse); D = Σ wᵢ·dᵢ
// within the dimension; S = Σ W·D, 1–5; Index = (S − 1)/4 × 100, 0–100. By the
// other methods S and Index are both the method's own value (fuzzy: S is 1–5 and
// Index 0–100 as above). Index is always what the scheme's bands are measured on.
// An indicator nobody scored leaves the outcome incomplete and without a level:
// nothing is guessed.
type Outcome struct {
	Means    []float64 // of the valid marks, by the round's way of aggregation; NaN when nobody scored
	Counts   []int     // valid marks
	Dims     []float64
	S        float64
	Index    float64
	Level    Level
	Raised   int // 1 + position of the scheme's override that raised Level; 0 = the band decides
	Complete bool
}

// Score computes the outcome of a rating by the weighted index of means, without
// the scheme's overrides. A nil rating is incomplete.
func Score(sys *IndicatorSystem, scheme *LevelScheme, r *Rating) Outcome {
	s := newScorer(nil, Rule{}, sys, scheme)
	return s.outcome(r, nil)
}

// scorer scores the subjects of one target of a round; made once for all of them.
type scorer struct {
	pilot  *Pilot // nil = overrides are not looked at
	rule   Rule
	sys    *IndicatorSystem
	scheme *LevelScheme // may be nil: no levels
	inds   []*Indicator
	plain  bool // marks count as themselves and the mean is arithmetic
	value  func(*scorer, *Rating, *RiskPoint, *Outcome)
	events map[ID]int // confirmed events per point; made when first asked for
}

// values of the methods: from Means and Counts to S and Index.
var values = map[Method]func(*scorer, *Rating, *RiskPoint, *Outcome){
	MethodIndex:  (*scorer).indexValue,
	MethodMatrix: (*scorer).matrixValue,
	MethodLEC:    (*scorer).lecValue,
	MethodFuzzy:  (*scorer).fuzzyValue,
	MethodGrade:  (*scorer).gradeValue,
}

func newScorer(p *Pilot, rule Rule, sys *IndicatorSystem, scheme *LevelScheme) *scorer {
	s := &scorer{pilot: p, rule: rule, sys: sys, scheme: scheme, plain: rule.Aggregate == AggregateMean, value: values[rule.Method]}
	if s.value == nil {
		s.value = (*scorer).indexValue
	}
	for di := range sys.Dimensions {
		for ii := range sys.Dimensions[di].Indicators {
			ind := &sys.Dimensions[di].Indicators[ii]
			s.inds = append(s.inds, ind)
			s.plain = s.plain && ind.Values == nil
		}
	}
	return s
}

// outcome scores one rating into lists of its own. pt is nil for a unit.
func (s *scorer) outcome(r *Rating, pt *RiskPoint) Outcome {
	o := Outcome{Means: make([]float64, len(s.inds)), Counts: make([]int, len(s.inds)), Dims: make([]float64, len(s.sys.Dimensions))}
	s.into(r, pt, &o)
	return o
}

// into scores into lists that the caller made.
func (s *scorer) into(r *Rating, pt *RiskPoint, o *Outcome) {
	o.Complete = r != nil
	for k, ind := range s.inds {
		if s.plain {
			o.Means[k], o.Counts[k] = meanOf(r, k, ind.Highest())
		} else {
			o.Means[k], o.Counts[k] = s.aggregate(r, k, ind)
		}
		if o.Counts[k] == 0 {
			o.Complete = false
		}
	}
	s.value(s, r, pt, o)
	if o.Complete && s.scheme != nil {
		s.level(pt, o)
	}
}

func meanOf(r *Rating, k int, top Mark) (mean float64, count int) {
	if r == nil {
		return math.NaN(), 0
	}
	sum := 0
	for i := range r.Rows {
		if m := r.Rows[i].Marks; k < len(m) && m[k] >= 1 && m[k] <= top {
			sum += int(m[k])
			count++
		}
	}
	if count == 0 {
		return math.NaN(), 0
	}
	return float64(sum) / float64(count), count
}

// SD is the sample standard deviation of the scores of indicator k, NaN for fewer
// than two.
func (r *Rating) SD(k int) float64 {
	const top = 7 // the longest scale
	mean, n := meanOf(r, k, top)
	if n < 2 {
		return math.NaN()
	}
	ss := 0.0
	for i := range r.Rows {
		if m := r.Rows[i].Marks; k < len(m) && m[k] >= 1 && m[k] <= top {
			d := float64(m[k]) - mean
			ss += d * d
		}
	}
	return math.Sqrt(ss / float64(n-1))
}

// aggregate is the median, the trimmed mean, or the mean of the values that the
// marks stand for.
func (s *scorer) aggregate(r *Rating, k int, ind *Indicator) (float64, int) {
	var buf [32]float64
	x := buf[:0]
	if r != nil {
		for i := range r.Rows {
			if m := r.Rows[i].Marks; k < len(m) && ind.Valid(m[k]) {
				x = append(x, ind.ValueOf(m[k]))
			}
		}
	}
	if len(x) == 0 {
		return math.NaN(), 0
	}
	v, err := 0.0, error(nil)
	switch s.rule.Aggregate {
	case AggregateMedian:
		v, err = method.Median(x)
	case AggregateTrimmed:
		v, err = method.TrimmedMean(x, s.rule.TrimShare())
	default:
		v, err = method.Mean(x)
	}
	if err != nil { // a trim out of range: Rule.Check refuses it
		return math.NaN(), 0
	}
	return v, len(x)
}

// indexValue is the weighted index.
func (s *scorer) indexValue(_ *Rating, _ *RiskPoint, o *Outcome) {
	k := 0
	for di := range s.sys.Dimensions {
		dim := &s.sys.Dimensions[di]
		sum := 0.0
		for ii := range dim.Indicators {
			d := o.Means[k]
			if dim.Indicators[ii].Reverse {
				d = 6 - d
			}
			sum += dim.Indicators[ii].Weight * d
			k++
		}
		o.Dims[di] = sum
		o.S += dim.Weight * sum
	}
	if o.Complete {
		o.Index = (o.S - 1) / 4 * 100
	}
}

// matrixValue is R = likelihood × impact of the aggregated marks.
func (s *scorer) matrixValue(_ *Rating, _ *RiskPoint, o *Outcome) {
	if !o.Complete {
		return
	}
	r, err := method.Matrix(o.Means[0], o.Means[1], method.MatrixScale{Size: float64(s.rule.MatrixSize()), Bands: method.Matrix5.Bands})
	o.own(r.Score, err)
}

// own takes a method's own value; one out of range cannot come of valid marks.
func (o *Outcome) own(v float64, err error) {
	o.Complete = err == nil
	o.S, o.Index = v, v
	for i := range o.Dims {
		o.Dims[i] = v
	}
}

// lecValue is D = L·E·C of the aggregated values.
func (s *scorer) lecValue(_ *Rating, _ *RiskPoint, o *Outcome) {
	if !o.Complete {
		return
	}
	r, err := method.LEC(o.Means[0], o.Means[1], o.Means[2])
	o.own(r.D, err)
}

// fuzzyValue composes the votes and takes the grade or the score of the vector.
func (s *scorer) fuzzyValue(r *Rating, _ *RiskPoint, o *Outcome) {
	if !o.Complete {
		return
	}
	f, err := fuzzyOf(s.rule, s.sys, r)
	if err != nil {
		o.Complete = false
		return
	}
	o.S = f.Score
	o.Index = (o.S - 1) / 4 * 100
	for i := range o.Dims {
		o.Dims[i] = f.scoreOf(f.Dims[i])
	}
}

// FuzzyVector is a fuzzy comprehensive evaluation in two steps: within each
// dimension, then over the dimensions. The grades are the marks 1–5, 5 = riskiest.
type FuzzyVector struct {
	Shares [][]float64 // of each indicator: memberships of the grades
	Dims   [][]float64 // of each dimension
	Vector []float64   // B
	Best   int         // position of the greatest membership
	Score  float64     // 1–5, by the rule's decision
}

// FuzzyOf evaluates a rating by one of the round's systems. Memberships are the
// shares of the valid marks, those of reverse indicators turned. Errors: no rating,
// weights that do not sum to 1.
func (res *RoundResult) FuzzyOf(sys *IndicatorSystem, r *Rating) (FuzzyVector, error) {
	if r == nil {
		return FuzzyVector{}, refuse("还没有评分。")
	}
	return fuzzyOf(res.Round.Rule, sys, r)
}

// FuzzyLevel is the band that a rating would have, without overrides.
func (res *RoundResult) FuzzyLevel(sys *IndicatorSystem, r *Rating) (Level, bool) {
	f, err := res.FuzzyOf(sys, r)
	if err != nil {
		return Level{}, false
	}
	return res.Scheme.LevelOf((f.Score - 1) / 4 * 100)
}

func fuzzyOf(rule Rule, sys *IndicatorSystem, r *Rating) (FuzzyVector, error) {
	var f FuzzyVector
	k, outer := 0, make([]float64, len(sys.Dimensions))
	for di := range sys.Dimensions {
		dim := &sys.Dimensions[di]
		outer[di] = dim.Weight
		inner, rows := make([]float64, len(dim.Indicators)), make([][]float64, len(dim.Indicators))
		for i := range dim.Indicators {
			inner[i], rows[i] = dim.Indicators[i].Weight, memberships(r, k, &dim.Indicators[i])
			k++
		}
		b, err := method.Fuzzy(inner, rows, rule.Operator)
		if err != nil {
			return f, err
		}
		f.Shares = append(f.Shares, rows...)
		f.Dims = append(f.Dims, within(b.Vector))
	}
	b, err := method.Fuzzy(outer, f.Dims, rule.Operator)
	if err != nil {
		return f, err
	}
	f.Vector, f.Best = b.Vector, b.Best
	f.Score = f.scoreOf(f.Vector)
	if rule.Decide == DecideGreatest {
		f.Score = float64(f.Best + 1)
	}
	return f, nil
}

// within takes back what rounding leaves above a membership of 1.
func within(b []float64) []float64 {
	for i, v := range b {
		b[i] = min(v, 1)
	}
	return b
}

// scoreOf is Σ b·v / Σ b.
func (FuzzyVector) scoreOf(b []float64) float64 {
	sum, weight := 0.0, 0.0
	for j, v := range b {
		sum += v * float64(j+1)
		weight += v
	}
	return sum / weight
}

// memberships are the shares of the grades 1–5 among the valid marks; all 0 when
// nobody scored.
func memberships(r *Rating, k int, ind *Indicator) []float64 {
	out, n := make([]float64, 5), 0.0
	for i := range r.Rows {
		if m := r.Rows[i].Marks; k < len(m) && ind.Valid(m[k]) {
			at := int(m[k]) - 1
			if ind.Reverse {
				at = 4 - at
			}
			out[at]++
			n++
		}
	}
	for j := range out {
		if n > 0 {
			out[j] /= n
		}
	}
	return out
}

// gradeValue counts the kinds of risk; without marks they are counted from the
// categories of the post's points. A condition met makes the level the gravest.
func (s *scorer) gradeValue(r *Rating, pt *RiskPoint, o *Outcome) {
	if r == nil {
		return
	}
	kinds := math.Floor(o.Means[0] + 0.5)
	if o.Counts[0] == 0 {
		kinds = float64(min(5, s.kindsOfPost(pt)))
	}
	o.Complete = kinds >= 1 && o.Counts[1] > 0 && o.Counts[2] > 0 && (o.Counts[3] > 0 || s.happened(pt))
	if o.Complete {
		o.own(kinds, nil)
	}
}

func (s *scorer) kindsOfPost(pt *RiskPoint) int {
	if s.pilot == nil || pt == nil {
		return 0
	}
	return s.pilot.KindsOfPost(pt)
}

func (s *scorer) happened(pt *RiskPoint) bool {
	if s.pilot == nil || pt == nil {
		return false
	}
	if s.events == nil {
		s.events = s.pilot.Events()
	}
	return s.events[pt.ID] > 0
}

// conditions are those of a rule-based grade that are met: the codes of the
// questions which most assessors answered 是, and the incident that the
// information library confirms.
func (s *scorer) conditions(o *Outcome, pt *RiskPoint) (codes []string) {
	for k, code := range []string{CodeInfluence, CodeDiscretion, CodeIncident} {
		yes := k+1 < len(o.Means) && o.Counts[k+1] > 0 && o.Means[k+1] > 1.5
		if yes || code == CodeIncident && s.happened(pt) {
			codes = append(codes, code)
		}
	}
	return codes
}

// banded is the level of a complete outcome by its band or cell, or by a condition
// of a rule.
func (s *scorer) banded(pt *RiskPoint, o *Outcome) (l Level) {
	switch {
	case s.rule.Method == MethodMatrix && s.scheme.Cells != nil:
		l, _ = s.scheme.LevelAt(Cell(o.Means[0]), Cell(o.Means[1]))
	case s.rule.Method == MethodGrade && len(s.conditions(o, pt)) > 0:
		l = s.scheme.gravest()
	default:
		l, _ = s.scheme.LevelOf(o.Index)
	}
	return l
}

// level finds the level of a complete outcome, the scheme's overrides included.
func (s *scorer) level(pt *RiskPoint, o *Outcome) {
	o.Level, o.Raised = s.banded(pt, o), 0
	for i := range s.scheme.Overrides {
		ov := &s.scheme.Overrides[i]
		least, ok := s.scheme.Labelled(ov.Level)
		if ok && least.Severity > o.Level.Severity && s.meets(ov, pt, o) {
			o.Level, o.Raised = least, i+1
		}
	}
}

// Cell is the row or column of a matrix that an aggregated mark falls into: the
// nearest whole number, halves upward.
func Cell(v float64) int { return int(math.Floor(v + 0.5)) }

// meets reports whether a point meets the condition of an override.
func (s *scorer) meets(ov *Override, pt *RiskPoint, o *Outcome) bool {
	if ov.When == TriggerIndicator {
		k := slices.IndexFunc(s.inds, func(i *Indicator) bool { return i.Code == ov.Of })
		if k < 0 || o.Counts[k] == 0 {
			return false
		}
		d := o.Means[k]
		if s.inds[k].Reverse {
			d = 6 - d
		}
		return d >= ov.Least
	}
	if s.pilot == nil || pt == nil {
		return false
	}
	switch ov.When {
	case TriggerEvent:
		return s.happened(pt)
	case TriggerCategory:
		return pt.Category == ov.Of
	case TriggerSelf:
		return pt.MatrixScore() > 0 && float64(pt.MatrixScore()) >= ov.Least
	case TriggerMeasures:
		return s.pilot.MeasureStatus(pt.ID) == ov.Of
	}
	return false
}

// KindsOfPost counts the risk categories among the active points of a point's
// post; a point without a post stands for itself.
func (p *Pilot) KindsOfPost(pt *RiskPoint) int {
	mates := []*RiskPoint{pt}
	if pt.Post.ID != "" {
		mates = p.RiskPoints.By(ByPost, pt.Post.ID)
	}
	seen := map[string]bool{}
	for _, m := range mates {
		if m.Status == PointActive && m.Category != "" {
			seen[m.Category] = true
		}
	}
	return len(seen)
}

// ConfirmedWords are the findings (核实情况) after which an item of the information
// library counts as an event that really happened.
var ConfirmedWords = []string{"属实", "部分属实", "基本属实"}

// Events counts, per risk point, the confirmed items of the information library
// that are tied to it or to a point merged into it.
func (p *Pilot) Events() map[ID]int {
	out := map[ID]int{}
	for _, item := range p.Intelligence.All() {
		if !slices.Contains(ConfirmedWords, item.Verified) {
			continue
		}
		counted := map[ID]bool{}
		for _, ref := range item.Points {
			if id := p.Survivor(ref.ID); !counted[id] {
				counted[id] = true
				out[id]++
			}
		}
	}
	return out
}

// Survivor follows a merged point to the one it was merged into.
func (p *Pilot) Survivor(id ID) ID {
	for range 8 { // merges of merges are few; a circle must not hang
		r, ok := p.RiskPoints.Get(id)
		if !ok || r.Status != PointMerged || r.MergedInto.ID == "" {
			break
		}
		id = r.MergedInto.ID
	}
	return id
}
