package app

import (
	"slices"

	"lianshao/domain"
)

// guard refuses what no operation may do, whoever plans it: alter what was issued
// or published, or revise a published text without a reason on record. Taking the
// last operation back is not asked: papers are Final and clear the undo stack.
func guard(p *domain.Pilot, cs domain.ChangeSet) error {
	shown := published(p)
	var revised map[domain.ID]bool
	for _, c := range cs.Changes {
		var err error
		switch before := c.Before.(type) {
		case *domain.Warning:
			after, _ := c.After.(*domain.Warning)
			err = domain.CheckIssuedWarning(before, after)
		case *domain.Disclosure:
			after, _ := c.After.(*domain.Disclosure)
			err = domain.CheckPublished(before, after)
		case *domain.Workflow:
			if after, ok := c.After.(*domain.Workflow); ok {
				err = domain.CheckVersion(before, after)
			}
		case *domain.RiskPoint:
			if c.After == nil && len(p.Warnings.By(domain.ByPoint, c.ID)) > 0 {
				err = E(CodeInvalid, "风险点 %s 有已签发的预警，不能删除；不再适用的请用修订，写明理由", before.Code)
			}
		}
		if err == nil && len(shown) > 0 {
			if revised == nil {
				revised = revisedPoints(cs)
			}
			err = unreasoned(p, shown, revised, c)
		}
		if err != nil {
			return Wrap(CodeInvalid, err, "%s", err)
		}
	}
	return nil
}

// published lists the disclosures that have started.
func published(p *domain.Pilot) []*domain.Disclosure {
	return slices.DeleteFunc(slices.Clone(p.Disclosures.All()), func(d *domain.Disclosure) bool { return d.Life() == domain.DisclosureDraft })
}

func revisedPoints(cs domain.ChangeSet) map[domain.ID]bool {
	out := map[domain.ID]bool{}
	for _, c := range cs.Changes {
		if r, ok := c.After.(*domain.Revision); ok && c.Before == nil {
			out[r.Point.ID] = true
		}
	}
	return out
}

// unreasoned refuses a change of a published text that comes without a revision of
// the point in the same operation.
func unreasoned(p *domain.Pilot, shown []*domain.Disclosure, revised map[domain.ID]bool, c domain.Change) error {
	var point *domain.RiskPoint
	what := ""
	switch before := c.Before.(type) {
	case *domain.RiskPoint:
		point = before
		after, _ := c.After.(*domain.RiskPoint)
		what = domain.PublishedDifference(before, after)
	case *domain.Measure:
		point, _ = p.RiskPoints.Get(before.Point.ID)
		after, _ := c.After.(*domain.Measure)
		if after == nil || after.Content != before.Content {
			what = "防范措施"
		}
	}
	if what == "" || point == nil || point.Status != domain.PointActive || revised[point.ID] {
		return nil
	}
	_, isMeasure := c.Before.(*domain.Measure)
	if d := domain.ShownIn(shown, point, isMeasure); d != nil {
		return E(CodeInvalid, "%s 的“%s”已在第%d次公示中公布，改动要有依据：请到“公示意见”里做修订，写明理由", point.Code, what, d.No)
	}
	return nil
}
