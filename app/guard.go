package app

import "lianshao/domain"

// guard refuses what no operation may do, whoever plans it: alter what was issued
// or published, or revise a published text without a reason on record. Taking the
// last operation back is not asked: papers are Final and clear the undo stack.
func guard(p *domain.Pilot, cs domain.ChangeSet) error {
	if c, err := firstRefused(p, cs); c != nil {
		return err
	}
	return nil
}

// firstRefused is the first change that may not be, and why.
func firstRefused(p *domain.Pilot, cs domain.ChangeSet) (*domain.Change, error) {
	w := newWarden(p, cs)
	for i := range cs.Changes {
		if err := w.refusal(cs.Changes[i]); err != nil {
			return &cs.Changes[i], err
		}
	}
	return nil, nil
}

// Refusals tells, for each change of a set that may not be, why. What refers to
// other changes of the set is judged as if all of them were made.
func Refusals(p *domain.Pilot, cs domain.ChangeSet) map[domain.ID]error {
	w := newWarden(p, cs)
	out := map[domain.ID]error{}
	for _, c := range cs.Changes {
		if err := w.refusal(c); err != nil {
			out[c.ID] = err
		}
	}
	return out
}

// warden judges the changes of one set.
type warden struct {
	p       *domain.Pilot
	revised map[domain.ID]bool // points with a grounded revision in the set
	// points and measures are in which notice that has started.
	points, measures func(*domain.RiskPoint) *domain.Disclosure
}

func newWarden(p *domain.Pilot, cs domain.ChangeSet) *warden {
	w := &warden{p: p, revised: map[domain.ID]bool{}, points: PublishedIn(p, false), measures: PublishedIn(p, true)}
	for _, c := range cs.Changes {
		if r, ok := c.After.(*domain.Revision); ok && c.Before == nil && r.Grounded() {
			w.revised[r.Point.ID] = true
		}
	}
	return w
}

// PublishedIn finds the first notice that has started and shows a point, or its
// measures; nil when none does.
func PublishedIn(p *domain.Pilot, measures bool) func(*domain.RiskPoint) *domain.Disclosure {
	listed := map[domain.ID]*domain.Disclosure{}
	var whole []*domain.Disclosure // known without the list of what they showed
	for _, d := range p.Disclosures.All() {
		if !d.Started() || d.OfMeasures() != measures {
			continue
		}
		if len(d.Shown) == 0 {
			whole = append(whole, d)
		}
		for _, x := range d.Shown {
			if listed[x.Point] == nil {
				listed[x.Point] = d
			}
		}
	}
	return func(pt *domain.RiskPoint) *domain.Disclosure {
		if d := listed[pt.ID]; d != nil {
			return d
		}
		for _, d := range whole {
			if d.Covers(pt.Unit.ID) {
				return d
			}
		}
		return nil
	}
}

func (w *warden) refusal(c domain.Change) error {
	var err error
	switch before := c.Before.(type) {
	case *domain.Warning:
		after, _ := c.After.(*domain.Warning)
		err = domain.CheckIssuedWarning(before, after)
	case *domain.Disclosure:
		after, _ := c.After.(*domain.Disclosure)
		err = domain.CheckPublished(before, after)
	case *domain.Opinion:
		after, _ := c.After.(*domain.Opinion)
		err = domain.CheckAnswered(before, after)
	case *domain.Revision:
		if c.After == nil {
			err = E(CodeInvalid, "修订记录 %s 是改动的依据，不能删除", before.Code)
		}
	case *domain.Workflow:
		if after, ok := c.After.(*domain.Workflow); ok {
			err = domain.CheckVersion(before, after)
		}
	case *domain.RiskPoint:
		if c.After == nil && len(w.p.Warnings.By(domain.ByPoint, c.ID)) > 0 {
			err = E(CodeInvalid, "风险点 %s 有已签发的预警，不能删除；不再适用的请用修订，写明理由", before.Code)
		}
	}
	if err != nil {
		return Wrap(CodeInvalid, err, "%s", Sentence(err))
	}
	return w.unreasoned(c)
}

// unreasoned refuses a change of a published text that comes without a revision of
// the point in the same operation.
func (w *warden) unreasoned(c domain.Change) error {
	var point *domain.RiskPoint
	var d *domain.Disclosure
	what := ""
	switch before := c.Before.(type) {
	case *domain.RiskPoint:
		point = before
		after, _ := c.After.(*domain.RiskPoint)
		if what = domain.PublishedDifference(before, after); what != "" {
			d = w.points(point)
		}
	case *domain.Measure:
		after, _ := c.After.(*domain.Measure)
		if after == nil || after.Content != before.Content {
			what = "防范措施"
			if point, _ = w.p.RiskPoints.Get(before.Point.ID); point != nil {
				d = w.measures(point)
			}
		}
	}
	if d == nil || point.Status != domain.PointActive || w.revised[point.ID] {
		return nil
	}
	return E(CodePublished, "%s 的“%s”已在第%d次公示中公布，改动要有依据：请用“依据意见修订”，写明依据的意见或理由", point.Code, what, d.No)
}
