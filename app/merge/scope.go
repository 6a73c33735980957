package merge

import (
	"strings"

	"lianshao/app/parts"
	"lianshao/domain"
)

// scoped gives a pilot of another school the names it needs beside others: 基建处
// becomes 云海理工大学基建处, JJ-01 becomes 云海理工大学·JJ-01. The pilot itself is not
// changed.
func scoped(p *domain.Pilot, school string) *domain.Pilot {
	d := p.Draft()
	for _, t := range p.Tables() {
		t.Each(func(r domain.Record) bool {
			if c := scopedRecord(r, school); c != nil {
				d.Put(c)
			}
			return true
		})
	}
	return d
}

// scopedRecord is the record under its school's name, nil when it needs none.
func scopedRecord(r domain.Record, school string) domain.Record {
	within := func(s *string, between string) {
		if *s != "" && !strings.HasPrefix(*s, school) {
			*s = school + between + *s
		}
	}
	c := r.Clone()
	switch c := c.(type) {
	case *domain.Unit:
		within(&c.Name, "")
		within(&c.Code, "")
	case *domain.Member:
		within(&c.Title, "")
	case *domain.RiskPoint, *domain.Intelligence, *domain.Opinion, *domain.Revision, *domain.Monitor, *domain.Warning, *domain.Measure,
		*domain.Authority, *domain.Workflow, *domain.Post, *domain.Inspection, *domain.CaseCard:
		within(&domain.BaseOf(c).Code, "·")
	default:
		return nil
	}
	return c
}

// sharedBySchools reports whether a record of another school, under its own name,
// may be one that is here already. Plans, notices and cases are each school's own;
// systems and schemes are one only when they say the same, rounds when they are
// scored by the same system.
func (m *matcher) sharedBySchools(r domain.Record) bool {
	switch r := r.(type) {
	case *domain.Info, *domain.Milestone, *domain.Disclosure, *domain.CaseCard, *domain.Meeting, *domain.Artefact:
		return false
	case *domain.IndicatorSystem, *domain.LevelScheme:
		here, ok := m.into.Table(r.RecordKind()).RecordByKey(m.ids.remap(r).Natural())
		return ok && alike(m.ids.remap(r), here)
	case *domain.Assessment:
		here, ok := m.into.Assessments.ByKey(r.Natural())
		c := m.ids.remap(r).(*domain.Assessment)
		return ok && c.PointSystem.Same(here.PointSystem) && c.UnitSystem.Same(here.UnitSystem) && c.Scheme.Same(here.Scheme)
	}
	return true
}

// alike reports whether two records say the same.
func alike(a, b domain.Record) bool {
	x, y := parts.Split(a), parts.Split(b)
	delete(x, parts.Code)
	delete(y, parts.Code)
	for f, v := range x {
		if !parts.Same(v, y[f]) {
			return false
		}
	}
	return len(x) == len(y)
}
