package domain

import (
	"cmp"
	"slices"
)

// How the problem that an inspection found stands.
const (
	RectifyNone   = ""     // nothing was found
	RectifyDone   = "已整改"  // a later inspection found the measure carried out
	RectifyLate   = "逾期未改" // its day has passed
	RectifyOpen   = "整改中"
	RectifyNoDate = "未定期限"
)

// InspectionsOf lists the inspections of a measure, oldest first.
func (p *Pilot) InspectionsOf(measure ID) []*Inspection {
	list := p.Inspections.By(ByMeasure, measure)
	slices.SortStableFunc(list, func(a, b *Inspection) int { return cmp.Compare(a.Date, b.Date) })
	return list
}

// Rectification says how the problem found by an inspection stands on a day.
func (p *Pilot) Rectification(i *Inspection, today Date) string {
	if i.Result != ResultPartly && i.Result != ResultNot {
		return RectifyNone
	}
	for _, o := range p.Inspections.By(ByMeasure, i.Measure.ID) {
		if o.ID != i.ID && o.Result == ResultDone && o.Date >= i.Date {
			return RectifyDone
		}
	}
	switch {
	case i.RectifyBy.Date == "":
		return RectifyNoDate
	case i.RectifyBy.Date < today:
		return RectifyLate
	}
	return RectifyOpen
}

// Rechecked lists the inspections that checked the problem of one again, directly.
func (p *Pilot) Rechecked(i *Inspection) []*Inspection {
	return slices.DeleteFunc(p.InspectionsOf(i.Measure.ID), func(o *Inspection) bool { return o.Of.ID != i.ID })
}

// CheckEvent is the event in MeasureLife of an inspection's result.
func CheckEvent(result string) string {
	switch result {
	case ResultDone:
		return EventCheckDone
	case ResultPartly:
		return EventCheckPart
	}
	return EventCheckNot
}
