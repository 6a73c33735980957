package domain

// PointOutcome is a risk point's outcome in a round.
type PointOutcome struct {
	Point *RiskPoint
	Outcome
}

// Rolled is what the complete points of a post or unit come to together.
type Rolled struct {
	Points    int
	Max, Mean float64 // of the points' indexes
	// Weighted is the mean weighted by the points' 影响程度 (3 where not rated).
	Weighted float64
	Worst    Level   // the gravest level among the points
	Banded   Level   // the band that Weighted falls into
	Weight   float64 // Σ of those weights
}

func (t *Rolled) add(o *PointOutcome) {
	if !o.Complete {
		return
	}
	if t.Points == 0 || o.Level.Severity > t.Worst.Severity {
		t.Worst = o.Level
	}
	w := float64(o.Point.Impact)
	if w == 0 {
		w = 3
	}
	t.Points++
	t.Mean += o.Index
	t.Max = max(t.Max, o.Index)
	t.Weighted += w * o.Index
	t.Weight += w
}

// level turns the sums into means and finds the level by the way the rule rolls up.
func (t *Rolled) level(scheme *LevelScheme, roll Roll) (l Level) {
	if t.Points == 0 {
		return Level{}
	}
	t.Mean /= float64(t.Points)
	t.Weighted /= t.Weight
	t.Banded = scheme.Reduced(t.Weighted)
	if roll == RollWeighted {
		return t.Banded
	}
	return t.Worst
}

// PostOutcome sums up the points of a post; Level is that of its worst point or of
// their weighted mean, as the round's rule says.
type PostOutcome struct {
	Unit, Post Ref
	Rolled
	Level Level
}

// UnitOutcome is a unit's own outcome by the unit-level system beside what its
// points come to.
type UnitOutcome struct {
	Unit *Unit
	Outcome
	Rated bool // scored by the unit-level system
	Rolled
	MaxLevel Level // of the points together, by the round's rule
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
// lacks its indicator system or level scheme.
func (p *Pilot) Assess(round *Assessment) *RoundResult {
	if round == nil {
		return nil
	}
	sys := p.SystemOf(round, TargetPoint)
	scheme, _ := p.Schemes.Get(round.Scheme.ID)
	if sys == nil || scheme == nil {
		return nil
	}
	res := &RoundResult{Round: round, PointSys: sys, UnitSys: p.SystemOf(round, TargetUnit), Scheme: scheme}
	points := p.ActivePoints()
	res.Points = make([]PointOutcome, len(points))
	res.at = make(map[ID]int, len(points))
	n, nd := len(sys.Indicators()), len(sys.Dimensions)
	means, counts, dims := make([]float64, n*len(points)), make([]int, n*len(points)), make([]float64, nd*len(points))
	s := res.scorer(p)
	for i, pt := range points {
		o := &res.Points[i]
		o.Point = pt
		res.at[pt.ID] = i
		o.Means, o.Counts, o.Dims = means[i*n:(i+1)*n:(i+1)*n], counts[i*n:(i+1)*n:(i+1)*n], dims[i*nd:(i+1)*nd:(i+1)*nd]
		r, _ := p.RatingOf(round, TargetPoint, pt.ID)
		s.into(r, pt, &o.Outcome)
		if !o.Complete {
			res.Incomplete++
		}
	}
	res.Posts = postOutcomes(res)
	res.Units = unitOutcomes(p, res)
	return res
}

func (res *RoundResult) scorer(p *Pilot) *scorer {
	return newScorer(p, res.Round.Rule, res.PointSys, res.Scheme)
}

// Rescore computes what a point would come to with another rating, level scheme or
// record of its own; nil stands for what the round has. Nothing is changed.
func (res *RoundResult) Rescore(p *Pilot, pt *RiskPoint, r *Rating, scheme *LevelScheme) Outcome {
	if scheme == nil {
		scheme = res.Scheme
	}
	if r == nil {
		r, _ = p.RatingOf(res.Round, TargetPoint, pt.ID)
	}
	return newScorer(p, res.Round.Rule, res.PointSys, scheme).outcome(r, pt)
}

// Met lists the positions of the scheme's overrides whose condition a complete point
// meets, whether or not they raise it.
func (res *RoundResult) Met(p *Pilot, o *PointOutcome) (at []int) {
	if !o.Complete || len(res.Scheme.Overrides) == 0 {
		return nil
	}
	s := res.scorer(p)
	for i := range res.Scheme.Overrides {
		if s.meets(&res.Scheme.Overrides[i], o.Point, &o.Outcome) {
			at = append(at, i)
		}
	}
	return at
}

// Banded is the level that a complete point has by band, cell or rule alone, before
// the scheme's overrides.
func (res *RoundResult) Banded(p *Pilot, o *PointOutcome) Level {
	return res.scorer(p).banded(o.Point, &o.Outcome)
}

// Conditions are the codes of the conditions of a rule-based grade that a point
// meets (CodeInfluence, CodeDiscretion, CodeIncident); none by other methods.
func (res *RoundResult) Conditions(p *Pilot, o *PointOutcome) []string {
	if res.Round.Rule.Method != MethodGrade {
		return nil
	}
	return res.scorer(p).conditions(&o.Outcome, o.Point)
}

func postOutcomes(res *RoundResult) []PostOutcome {
	byPost := map[string]*PostOutcome{}
	var order []string
	for i := range res.Points {
		o := &res.Points[i]
		key := refKey(o.Point.Unit) + "/" + refKey(o.Point.Post)
		if byPost[key] == nil {
			byPost[key] = &PostOutcome{Unit: o.Point.Unit, Post: o.Point.Post}
			order = append(order, key)
		}
		byPost[key].add(o)
	}
	out := make([]PostOutcome, 0, len(order))
	for _, k := range order {
		po := byPost[k]
		po.Level = po.level(res.Scheme, res.Round.Rule.Roll)
		out = append(out, *po)
	}
	return out
}

func unitOutcomes(p *Pilot, res *RoundResult) []UnitOutcome {
	units := p.Units.All()
	out, sum := make([]UnitOutcome, len(units)), make(map[ID]*UnitOutcome, len(units))
	for i, u := range units {
		out[i].Unit = u
		sum[u.ID] = &out[i]
		res.scoreUnit(p, &out[i])
	}
	for i := range res.Points {
		o := &res.Points[i]
		if u := sum[o.Point.Unit.ID]; u != nil {
			u.add(o)
		}
	}
	for i := range out {
		out[i].MaxLevel = out[i].level(res.Scheme, res.Round.Rule.Roll)
	}
	return out
}

// scoreUnit scores a unit by the unit-level system. The scheme's overrides are
// about points and do not apply.
func (res *RoundResult) scoreUnit(p *Pilot, u *UnitOutcome) {
	if res.UnitSys == nil {
		return
	}
	if r, ok := p.RatingOf(res.Round, TargetUnit, u.Unit.ID); ok {
		u.Outcome = newScorer(nil, res.Round.Rule, res.UnitSys, res.Scheme).outcome(r, nil)
		u.Rated = true
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
