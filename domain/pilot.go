package domain

import (
	"slices"
	"strings"
)

// Pilot is everything one 试点 knows, in memory.
type Pilot struct {
	Infos        *Table[*Info]
	Units        *Table[*Unit]
	Posts        *Table[*Post]
	Authorities  *Table[*Authority]
	Members      *Table[*Member]
	Milestones   *Table[*Milestone]
	Workflows    *Table[*Workflow]
	RiskPoints   *Table[*RiskPoint]
	Intelligence *Table[*Intelligence]
	Factors      *Table[*Factor]
	Systems      *Table[*IndicatorSystem]
	Schemes      *Table[*LevelScheme]
	Assessments  *Table[*Assessment]
	Ratings      *Table[*Rating]
	Warnings     *Table[*Warning]
	Monitors     *Table[*Monitor]
	Readings     *Table[*Reading]
	Measures     *Table[*Measure]
	Disclosures  *Table[*Disclosure]
	Opinions     *Table[*Opinion]
	Revisions    *Table[*Revision]
	Inspections  *Table[*Inspection]
	Appraisals   *Table[*Appraisal]

	Meetings        *Table[*Meeting]
	CaseCards       *Table[*CaseCard]
	Attachments     *Table[*Attachment]
	Artefacts       *Table[*Artefact]
	Holidays        *Table[*Holiday]
	Sanctions       *Table[*Sanction]
	Effectivenesses *Table[*Effectiveness]
	Layouts         *Table[*Layout]
	Synonyms        *Table[*Synonym]
	MergeMarks      *Table[*MergeMark]

	draftOf *Pilot
}

// Names of the indexes that Table.By understands.
const (
	ByUnit       = "unit"
	ByPost       = "post"
	ByStep       = "step"
	ByName       = "name" // workflows: ID(name) and ID(code)
	ByPoint      = "point"
	ByMeasure    = "measure"
	ByMonitor    = "monitor"
	ByAssessment = "assessment"
	BySubject    = "subject"
	ByMilestone  = "milestone"
)

// NewPilot returns an empty pilot.
func NewPilot() *Pilot {
	p := &Pilot{
		Infos: newTable[*Info](KindInfo), Units: newTable[*Unit](KindUnit), Posts: newTable[*Post](KindPost),
		Authorities: newTable[*Authority](KindAuthority), Members: newTable[*Member](KindMember),
		Milestones: newTable[*Milestone](KindMilestone), Workflows: newTable[*Workflow](KindWorkflow),
		RiskPoints: newTable[*RiskPoint](KindRiskPoint), Intelligence: newTable[*Intelligence](KindIntelligence),
		Factors: newTable[*Factor](KindFactor), Systems: newTable[*IndicatorSystem](KindSystem),
		Schemes: newTable[*LevelScheme](KindScheme), Assessments: newTable[*Assessment](KindAssessment),
		Ratings: newTable[*Rating](KindRating), Warnings: newTable[*Warning](KindWarning),
		Monitors: newTable[*Monitor](KindMonitor), Readings: newTable[*Reading](KindReading),
		Measures: newTable[*Measure](KindMeasure), Disclosures: newTable[*Disclosure](KindDisclosure),
		Opinions: newTable[*Opinion](KindOpinion), Revisions: newTable[*Revision](KindRevision),
		Inspections: newTable[*Inspection](KindInspection), Appraisals: newTable[*Appraisal](KindAppraisal),
		Meetings: newTable[*Meeting](KindMeeting), CaseCards: newTable[*CaseCard](KindCaseCard),
		Attachments: newTable[*Attachment](KindAttachment), Artefacts: newTable[*Artefact](KindArtefact),
		Holidays: newTable[*Holiday](KindHoliday), Sanctions: newTable[*Sanction](KindSanction),
		Effectivenesses: newTable[*Effectiveness](KindEffectiveness), Layouts: newTable[*Layout](KindLayout),
		Synonyms: newTable[*Synonym](KindSynonym), MergeMarks: newTable[*MergeMark](KindMergeMark),
	}
	p.Posts.addIndex(ByUnit, func(to []ID, r *Post) []ID { return append(to, r.Unit.ID) })
	p.Authorities.addIndex(ByUnit, func(to []ID, r *Authority) []ID { return append(to, r.Unit.ID) })
	p.Workflows.addIndex(ByUnit, func(to []ID, r *Workflow) []ID { return append(to, r.Unit.ID) })
	p.Workflows.addIndex(ByName, func(to []ID, r *Workflow) []ID { return append(to, ID(r.Name), ID(r.Code)) })
	p.Workflows.addIndex(ByStep, func(to []ID, r *Workflow) []ID { return r.stepIDs(to) })
	p.RiskPoints.addIndex(ByUnit, func(to []ID, r *RiskPoint) []ID { return append(to, r.Unit.ID) })
	p.RiskPoints.addIndex(ByPost, func(to []ID, r *RiskPoint) []ID { return append(to, r.Post.ID) })
	p.RiskPoints.addIndex(ByStep, func(to []ID, r *RiskPoint) []ID { return append(to, r.Step.ID) })
	p.Measures.addIndex(ByPoint, func(to []ID, r *Measure) []ID { return append(to, r.Point.ID) })
	p.Measures.addIndex(ByStep, func(to []ID, r *Measure) []ID { return append(to, r.Step.ID) })
	p.Inspections.addIndex(ByMeasure, func(to []ID, r *Inspection) []ID { return append(to, r.Measure.ID) })
	p.Readings.addIndex(ByMonitor, func(to []ID, r *Reading) []ID { return append(to, r.Monitor.ID) })
	p.Ratings.addIndex(BySubject, func(to []ID, r *Rating) []ID { return append(to, r.Subject.ID) })
	p.Opinions.addIndex(ByPoint, func(to []ID, r *Opinion) []ID { return ids(to, r.Points) })
	p.Revisions.addIndex(ByPoint, func(to []ID, r *Revision) []ID { return append(to, r.Point.ID) })
	p.Intelligence.addIndex(ByPoint, func(to []ID, r *Intelligence) []ID { return ids(to, r.Points) })
	p.Effectivenesses.addIndex(ByPoint, func(to []ID, r *Effectiveness) []ID { return append(to, r.Point.ID) })
	p.Artefacts.addIndex(ByMilestone, func(to []ID, r *Artefact) []ID { return append(to, r.Milestone.ID) })
	p.Warnings.addIndex(ByPoint, func(to []ID, r *Warning) []ID { return append(to, r.Point.ID) })
	return p
}

func ids(to []ID, refs []Ref) []ID {
	for _, r := range refs {
		to = append(to, r.ID)
	}
	return to
}

// Tables lists all tables, referred-to kinds before those that refer to them.
func (p *Pilot) Tables() []AnyTable {
	all := p.tables()
	return all[:]
}

// tables is Tables without memory of its own: it is asked for every record that changes.
func (p *Pilot) tables() [33]AnyTable {
	return [...]AnyTable{p.Infos, p.Units, p.Posts, p.Members, p.Milestones, p.Workflows, p.Authorities, p.Factors,
		p.RiskPoints, p.Intelligence, p.Systems, p.Schemes, p.Assessments, p.Ratings, p.Warnings, p.Monitors,
		p.Readings, p.Measures, p.Disclosures, p.Opinions, p.Revisions, p.Inspections, p.Appraisals,
		p.Attachments, p.Meetings, p.CaseCards, p.Artefacts, p.Holidays, p.Sanctions, p.Effectivenesses, p.Layouts, p.Synonyms,
		p.MergeMarks}
}

// Table returns the table of a kind, or nil.
func (p *Pilot) Table(k Kind) AnyTable {
	for _, t := range p.tables() {
		if t.Kind() == k {
			return t
		}
	}
	return nil
}

// Draft returns a pilot that reads like p and keeps every change to itself;
// Changes then tells what was changed. It is how commands plan.
func (p *Pilot) Draft() *Pilot {
	return &Pilot{
		Infos: p.Infos.draft(), Units: p.Units.draft(), Posts: p.Posts.draft(), Authorities: p.Authorities.draft(),
		Members: p.Members.draft(), Milestones: p.Milestones.draft(), Workflows: p.Workflows.draft(),
		RiskPoints: p.RiskPoints.draft(), Intelligence: p.Intelligence.draft(), Factors: p.Factors.draft(),
		Systems: p.Systems.draft(), Schemes: p.Schemes.draft(), Assessments: p.Assessments.draft(),
		Ratings: p.Ratings.draft(), Warnings: p.Warnings.draft(), Monitors: p.Monitors.draft(),
		Readings: p.Readings.draft(), Measures: p.Measures.draft(), Disclosures: p.Disclosures.draft(),
		Opinions: p.Opinions.draft(), Revisions: p.Revisions.draft(), Inspections: p.Inspections.draft(),
		Appraisals: p.Appraisals.draft(), Meetings: p.Meetings.draft(), CaseCards: p.CaseCards.draft(),
		Attachments: p.Attachments.draft(), Artefacts: p.Artefacts.draft(), Holidays: p.Holidays.draft(),
		Sanctions: p.Sanctions.draft(), Effectivenesses: p.Effectivenesses.draft(), Layouts: p.Layouts.draft(),
		Synonyms: p.Synonyms.draft(), MergeMarks: p.MergeMarks.draft(), draftOf: p,
	}
}

// Watch tells heard of every record that is put into the draft from now on, with
// what it replaces (nil = nothing), and of those touched; heard is nil to stop.
func (p *Pilot) Watch(heard func(before, after Record)) {
	for _, t := range p.Tables() {
		t.watch(heard)
	}
}

// Changes returns what the draft changes in the pilot it was drawn from.
func (p *Pilot) Changes(op Op) ChangeSet {
	var parts [][]Change
	for _, t := range p.Tables() {
		parts = append(parts, t.changes())
	}
	return ChangeSet{Op: op, Changes: slices.Concat(parts...)}
}

// manyChanges is from when sorting a table again is cheaper than moving its
// records one by one.
const manyChanges = 200

// Apply carries out a change set.
func (p *Pilot) Apply(cs ChangeSet) {
	tables := map[Kind]AnyTable{}
	for _, t := range p.Tables() {
		tables[t.Kind()] = t
		if len(cs.Changes) > manyChanges {
			t.loosen()
		}
	}
	for _, c := range cs.Changes {
		t := tables[c.Kind]
		if c.After == nil {
			t.Delete(c.ID)
		} else {
			t.PutRecord(c.After)
		}
	}
}

// Put stores any record in its table.
func (p *Pilot) Put(r Record) { p.Table(r.RecordKind()).PutRecord(r) }

// Get returns any record.
func (p *Pilot) Get(k Kind, id ID) (Record, bool) {
	if t := p.Table(k); t != nil {
		return t.Record(id)
	}
	return nil, false
}

// Info returns the pilot's own record; a blank one when there is none.
func (p *Pilot) Info() *Info {
	if all := p.Infos.All(); len(all) > 0 {
		return all[0]
	}
	return &Info{}
}

// Year is the pilot's year, used to complete dates such as 9月上旬.
func (p *Pilot) Year() int { return p.Info().Year }

// Equal reports whether two pilots hold the same records.
func (p *Pilot) Equal(o *Pilot) bool {
	a, b := p.Tables(), o.Tables()
	for i := range a {
		if a[i].Len() != b[i].Len() {
			return false
		}
		same := true
		a[i].Each(func(r Record) bool {
			other, ok := b[i].Record(r.RecordID())
			same = ok && Equal(r, other)
			return same
		})
		if !same {
			return false
		}
	}
	return true
}

// ActivePoints lists the risk points that are neither merged nor removed.
func (p *Pilot) ActivePoints() []*RiskPoint {
	all := p.RiskPoints.All()
	out := make([]*RiskPoint, 0, len(all))
	for _, r := range all {
		if r.Status == PointActive {
			out = append(out, r)
		}
	}
	return out
}

// StepOf finds a step and the workflow that holds it.
func (p *Pilot) StepOf(id ID) (*Workflow, *Step, bool) {
	for _, w := range p.Workflows.By(ByStep, id) {
		if s := w.Step(id); s != nil {
			return w, s, true
		}
	}
	return nil, nil, false
}

// NameOf is what a reference shows to a person.
func (p *Pilot) NameOf(k Kind, r Ref) string {
	if r.ID == "" {
		return r.Text
	}
	switch k {
	case KindUnit:
		if u, ok := p.Units.Get(r.ID); ok {
			return u.Name
		}
	case KindPost:
		if x, ok := p.Posts.Get(r.ID); ok {
			return x.Name
		}
	case KindWorkflow:
		if x, ok := p.Workflows.Get(r.ID); ok {
			return x.Name
		}
	case KindStep:
		if _, s, ok := p.StepOf(r.ID); ok {
			return s.Name
		}
	case KindAuthority:
		if x, ok := p.Authorities.Get(r.ID); ok {
			return x.Name
		}
	default:
		return p.CodeOf(k, r)
	}
	return r.Text
}

// CodeOf is how a reference is written in tables and JSON: the target's code.
func (p *Pilot) CodeOf(k Kind, r Ref) string {
	if r.ID == "" {
		return r.Text
	}
	if k == KindStep {
		if w, s, ok := p.StepOf(r.ID); ok {
			return w.StepCode(s)
		}
		return r.Text
	}
	if rec, ok := p.Get(k, r.ID); ok {
		return BaseOf(rec).Code
	}
	return r.Text
}

// NamesOf joins the names of several references with 、.
func (p *Pilot) NamesOf(k Kind, refs []Ref) string {
	parts := make([]string, len(refs))
	for i, r := range refs {
		parts[i] = p.NameOf(k, r)
	}
	return strings.Join(parts, "、")
}
