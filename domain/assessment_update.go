package domain

// Update brings a result up to date after changes without computing all of it
// again, so that one edited cell costs one point, its post and its unit. It
// reports false when too much changed; then the round must be assessed anew.
func (res *RoundResult) Update(p *Pilot, changes []Change) bool {
	if len(changes) > 64 {
		return false
	}
	for _, c := range changes {
		if !res.canUpdate(c) {
			return false
		}
	}
	for _, c := range changes {
		switch after := c.After.(type) {
		case *RiskPoint:
			if i, ok := res.at[after.ID]; ok {
				res.Points[i].Point = after
			}
		case *Rating:
			res.rescore(p, after.Subject.ID)
		case nil:
			if before, ok := c.Before.(*Rating); ok {
				res.rescore(p, before.Subject.ID)
			}
		}
	}
	return true
}

// canUpdate reports whether a change leaves the set of points and the way they
// are scored as they were.
func (res *RoundResult) canUpdate(c Change) bool {
	if res.looksBeyond(c.Kind) {
		return false
	}
	switch c.Kind {
	case KindRiskPoint:
		was, hadOne := c.Before.(*RiskPoint)
		is, hasOne := c.After.(*RiskPoint)
		return hadOne && hasOne && was.Status == is.Status && was.Unit == is.Unit && was.Post == is.Post && was.Sort() == is.Sort() &&
			(was.Impact == is.Impact || res.Round.Rule.Roll != RollWeighted)
	case KindRating:
		for _, r := range []any{c.Before, c.After} {
			if r, ok := r.(*Rating); ok && r.Target != TargetPoint {
				return false
			}
		}
		return true
	case KindSystem, KindScheme, KindAssessment, KindUnit:
		return false
	}
	return true
}

// looksBeyond reports whether a change of the kind may move levels although no mark
// changed: by an override of the scheme or by a rule-based grade.
func (res *RoundResult) looksBeyond(k Kind) bool {
	if len(res.Scheme.Overrides) == 0 && res.Round.Rule.Method != MethodGrade {
		return false
	}
	switch k {
	case KindRiskPoint, KindIntelligence, KindMeasure, KindInspection:
		return true
	}
	return false
}

// rescore computes a point, its post and its unit again.
func (res *RoundResult) rescore(p *Pilot, id ID) {
	o := res.Of(id)
	if o == nil {
		return
	}
	r, _ := p.RatingOf(res.Round, TargetPoint, id)
	res.Replace(p, o, res.scorer(p).outcome(r, o.Point))
}

// Replace puts another outcome in the place of one of the result's points; its post
// and unit follow.
func (res *RoundResult) Replace(p *Pilot, o *PointOutcome, with Outcome) {
	if !o.Complete {
		res.Incomplete--
	}
	o.Outcome = with
	if !o.Complete {
		res.Incomplete++
	}
	res.sumPost(p, o.Point)
	res.sumUnit(p, o.Point.Unit)
}

func (res *RoundResult) sumPost(p *Pilot, pt *RiskPoint) {
	for i := range res.Posts {
		if po := &res.Posts[i]; refKey(po.Unit) == refKey(pt.Unit) && refKey(po.Post) == refKey(pt.Post) {
			sum := PostOutcome{Unit: po.Unit, Post: po.Post}
			for _, other := range res.mates(p, pt) {
				if o := res.Of(other.ID); o != nil && refKey(other.Unit) == refKey(pt.Unit) && refKey(other.Post) == refKey(pt.Post) {
					sum.add(o)
				}
			}
			sum.Level = sum.level(res.Scheme, res.Round.Rule.Roll)
			*po = sum
			return
		}
	}
}

// mates lists the points among which those of the same post are.
func (res *RoundResult) mates(p *Pilot, pt *RiskPoint) []*RiskPoint {
	if pt.Post.ID != "" {
		return p.RiskPoints.By(ByPost, pt.Post.ID)
	}
	if pt.Unit.ID != "" {
		return p.RiskPoints.By(ByUnit, pt.Unit.ID)
	}
	return p.RiskPoints.All()
}

func (res *RoundResult) sumUnit(p *Pilot, unit Ref) {
	for i := range res.Units {
		u := &res.Units[i]
		if u.Unit.ID != unit.ID {
			continue
		}
		u.Rolled = Rolled{}
		for _, pt := range p.RiskPoints.By(ByUnit, unit.ID) {
			if o := res.Of(pt.ID); o != nil {
				u.add(o)
			}
		}
		u.MaxLevel = u.level(res.Scheme, res.Round.Rule.Roll)
		return
	}
}
