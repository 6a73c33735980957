package view

import (
	"strconv"

	"lianshao/domain"
)

// Code is how a record is called in lists: its code, or what people use in its
// place (a unit's name, a measure's point and number). It is never empty.
func Code(p *domain.Pilot, r domain.Record) string {
	switch x := r.(type) {
	case *domain.Unit:
		return x.Name
	case *domain.Post:
		return x.Name
	case *domain.Rating:
		return ratingCode(p, x)
	}
	if c := domain.BaseOf(r).Code; c != "" {
		return c
	}
	switch x := r.(type) {
	case *domain.Info:
		return "pilot"
	case *domain.Authority:
		return x.Name
	case *domain.Member:
		return x.Group + "-" + strconv.Itoa(x.No)
	case *domain.Milestone:
		return strconv.Itoa(x.No)
	case *domain.Workflow:
		return x.Name
	case *domain.Assessment:
		return strconv.Itoa(x.No)
	case *domain.Disclosure:
		return strconv.Itoa(x.No)
	case *domain.IndicatorSystem:
		return x.Natural()
	case *domain.LevelScheme:
		return x.Name
	case *domain.Measure:
		return RefCode(p, domain.KindRiskPoint, x.Point) + "-" + strconv.Itoa(x.No)
	case *domain.Reading:
		return RefCode(p, domain.KindMonitor, x.Monitor) + "/" + x.Period
	case *domain.Inspection:
		return RefCode(p, domain.KindMeasure, x.Measure) + "/" + string(x.Date)
	case *domain.Appraisal:
		return RefCode(p, domain.KindUnit, x.Unit) + "/" + x.Section + "/" + x.Content
	}
	return string(r.RecordID())
}

func ratingCode(p *domain.Pilot, r *domain.Rating) string {
	kind := domain.KindRiskPoint
	if r.Target == domain.TargetUnit {
		kind = domain.KindUnit
	}
	return RefCode(p, domain.KindAssessment, r.Assessment) + "/" + RefCode(p, kind, r.Subject)
}

// RefCode is how a reference is written: the target's Code, or the words a
// person wrote while the target is not in the pilot.
func RefCode(p *domain.Pilot, k domain.Kind, ref domain.Ref) string {
	if ref.ID == "" || k == domain.KindStep {
		return p.CodeOf(k, ref)
	}
	if r, ok := p.Get(k, ref.ID); ok {
		return Code(p, r)
	}
	return ref.Text
}
