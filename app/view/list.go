package view

import (
	"iter"
	"slices"

	"lianshao/app"
	"lianshao/domain"
)

// Kinds lists what List understands, in the order of the command line.
var Kinds = []domain.Kind{
	domain.KindUnit, domain.KindPost, domain.KindAuthority, domain.KindMember, domain.KindInfo, domain.KindMilestone,
	domain.KindWorkflow, domain.KindStep, domain.KindRiskPoint, domain.KindIntelligence, domain.KindFactor,
	domain.KindIndicator, domain.KindRating, domain.KindWarning, domain.KindMonitor, domain.KindReading,
	domain.KindMeasure, domain.KindDisclosure, domain.KindOpinion, domain.KindRevision, domain.KindInspection,
	domain.KindAppraisal, domain.KindAssessment, domain.KindSystem, domain.KindScheme,
	domain.KindMeeting, domain.KindCaseCard, domain.KindAttachment, domain.KindArtefact, domain.KindHoliday,
	domain.KindSanction, domain.KindEffectiveness, domain.KindLayout, domain.KindSynonym, domain.KindMergeMark,
}

// List gives every record of a kind as an object, ordered by code; ok is false
// when there is no such kind. Steps come out of their workflows, indicators out
// of their systems, ratings one per round, subject and assessor.
func List(p *domain.Pilot, k domain.Kind) (list iter.Seq[Object], ok bool) {
	switch k {
	case domain.KindStep:
		return flat(p, p.Workflows, func(r domain.Record) []Object { return steps(p, r.(*domain.Workflow)) }), true
	case domain.KindRating:
		return flat(p, p.Ratings, func(r domain.Record) []Object { return marks(p, r.(*domain.Rating)) }), true
	case domain.KindIndicator:
		var all []Object
		for _, sys := range p.Systems.All() {
			all = append(all, indicators(sys)...)
		}
		slices.SortStableFunc(all, func(a, b Object) int {
			return domain.CompareCodes(a.Get("code").(string), b.Get("code").(string))
		})
		return slices.Values(all), true
	}
	t := p.Table(k)
	if t == nil {
		return nil, false
	}
	return flat(p, t, func(r domain.Record) []Object { return []Object{Of(p, r)} }), true
}

// flat makes the objects of one record after the other, in the order of their
// codes, so that they need not all be in memory.
func flat(p *domain.Pilot, t domain.AnyTable, of func(domain.Record) []Object) iter.Seq[Object] {
	type coded struct {
		code string
		rec  domain.Record
	}
	list := make([]coded, 0, t.Len())
	t.Each(func(r domain.Record) bool {
		list = append(list, coded{Code(p, r), r})
		return true
	})
	slices.SortStableFunc(list, func(a, b coded) int { return domain.CompareCodes(a.code, b.code) })
	return func(yield func(Object) bool) {
		for _, c := range list {
			for _, o := range of(c.rec) {
				if !yield(o) {
					return
				}
			}
		}
	}
}

// Of turns one record into an object.
func Of(p *domain.Pilot, r domain.Record) Object {
	switch x := r.(type) {
	case *domain.RiskPoint:
		return riskPoint(p, x)
	case *domain.Workflow:
		return workflow(p, x)
	case *domain.Measure:
		o := record(p, r)
		o.set("step_name", p.NameOf(domain.KindStep, x.Step))
		o.set("result", p.MeasureResult(x.ID))
		return o
	case *domain.Opinion:
		o := record(p, r)
		o.set("state", x.State())
		o.set("reply_due", string(app.ReplyDue(p, app.CalendarOf(p), x)))
		return o
	case *domain.Disclosure:
		o := record(p, r)
		o.set("state", x.Life())
		o.set("anon", x.Level())
		return o
	case *domain.Reading:
		o := record(p, r)
		if m, ok := p.Monitors.Get(x.Monitor.ID); ok {
			o.set("monitor_name", m.Name)
			o.set("status", m.Status(x.Value))
		}
		return o
	}
	return record(p, r)
}

// riskPoint begins with exactly the keys of the contract.
func riskPoint(p *domain.Pilot, r *domain.RiskPoint) Object {
	all := record(p, r)
	all.rename("self_level", "level")
	if r.Status == domain.PointActive {
		all.set("status", "有效")
	}
	measures := []string{}
	ms := p.Measures.By(domain.ByPoint, r.ID)
	slices.SortFunc(ms, func(a, b *domain.Measure) int { return a.No - b.No })
	for _, m := range ms {
		measures = append(measures, m.Content)
	}
	all.set("measures", measures)
	out := Object{}
	for _, key := range []string{"id", "code", "unit", "post", "workflow", "step", "name", "description", "category", "causes",
		"consequence", "likelihood", "impact", "level", "measures", "owner", "due", "channels", "status"} {
		out = append(out, Field{key, all.Get(key)})
	}
	out = append(out, Field{"workflow_name", p.NameOf(domain.KindWorkflow, r.Workflow)},
		Field{"step_name", p.NameOf(domain.KindStep, r.Step)})
	if _, s, ok := p.StepOf(r.Step.ID); ok {
		out = append(out, Field{"step_no", s.No})
	}
	out = append(out, Field{"measure_count", len(measures)}, Field{"matrix_score", r.MatrixScore()})
	if scheme := p.SchemeFor(domain.BasisMatrix); scheme != nil && r.MatrixScore() > 0 {
		l, _ := scheme.LevelOf(float64(r.MatrixScore()))
		out = append(out, Field{"matrix_level", l.Label})
	}
	for _, f := range all { // what the contract does not name follows
		if !slices.ContainsFunc(out, func(o Field) bool { return o.Key == f.Key }) {
			out = append(out, f)
		}
	}
	return out
}

func workflow(p *domain.Pilot, r *domain.Workflow) Object {
	o := record(p, r)
	codes := make([]string, len(r.Steps))
	for i := range r.Steps {
		codes[i] = r.StepCode(&r.Steps[i])
	}
	o.set("steps", codes)
	o.set("step_count", len(codes))
	return o
}

func steps(p *domain.Pilot, r *domain.Workflow) []Object {
	out := make([]Object, len(r.Steps))
	order := slices.SortedStableFunc(slices.Values(r.Steps), func(a, b domain.Step) int { return a.No - b.No })
	for i := range order {
		s := &order[i]
		next := make([]Object, len(s.Next))
		for k, b := range s.Next {
			next[k] = Object{{"label", b.Label}, {"to", p.CodeOf(domain.KindStep, domain.To(b.To))}}
			if to := r.Step(b.To); to != nil {
				next[k].set("to_no", to.No)
			}
		}
		out[i] = Object{{"id", string(s.ID)}, {"code", r.StepCode(s)}, {"workflow", Code(p, r)}, {"workflow_name", r.Name},
			{"unit", RefCode(p, domain.KindUnit, r.Unit)}, {"no", s.No}, {"name", s.Name}, {"kind", string(s.Kind)},
			{"actor", s.Actor}, {"posts", codes(p, domain.KindPost, s.Posts)}, {"inputs", list(s.Inputs)},
			{"outputs", list(s.Outputs)}, {"limit", s.Limit}, {"authorities", codes(p, domain.KindAuthority, s.Authorities)},
			{"next", next}, {"note", s.Note}}
	}
	return out
}

func indicators(sys *domain.IndicatorSystem) []Object {
	var out []Object
	for _, d := range sys.Dimensions {
		for _, i := range d.Indicators {
			direction := "正向"
			if i.Reverse {
				direction = "逆向"
			}
			out = append(out, Object{{"code", i.Code}, {"name", i.Name}, {"target", sys.Target}, {"version", sys.Version},
				{"dimension", d.Code}, {"dimension_name", d.Name}, {"dimension_weight", d.Weight}, {"note", i.Note},
				{"direction", direction}, {"reverse", i.Reverse}, {"anchors", i.Anchors}, {"weight", i.Weight},
				{"global_weight", d.Weight * i.Weight}})
		}
	}
	return out
}

// marks gives one object per assessor; a mark that is missing or withheld is
// null, the withheld ones are named.
func marks(p *domain.Pilot, r *domain.Rating) []Object {
	var round int
	var inds []domain.Indicator
	if a, ok := p.Assessments.Get(r.Assessment.ID); ok {
		round = a.No
		if sys := p.SystemOf(a, r.Target); sys != nil {
			inds = sys.Indicators()
		}
	}
	kind := domain.KindRiskPoint
	if r.Target == domain.TargetUnit {
		kind = domain.KindUnit
	}
	var out []Object
	for _, row := range r.Rows {
		scores, abstained := Object{}, []string{}
		for i, ind := range inds {
			scores, abstained = mark(scores, abstained, &ind, row.Marks, i)
		}
		out = append(out, Object{{"id", string(r.ID)}, {"code", Code(p, r) + "/" + row.Assessor}, {"round", round},
			{"target", r.Target}, {"subject", RefCode(p, kind, r.Subject)}, {"assessor", row.Assessor},
			{"scores", scores}, {"abstained", abstained}, {"note", row.Note}})
	}
	return out
}

func mark(scores Object, abstained []string, ind *domain.Indicator, marks []domain.Mark, i int) (Object, []string) {
	switch {
	case i < len(marks) && ind.Valid(marks[i]):
		return append(scores, Field{ind.Code, int(marks[i])}), abstained
	case i < len(marks) && marks[i] == domain.Abstained:
		abstained = append(abstained, ind.Code)
	}
	return append(scores, Field{ind.Code, nil}), abstained
}

func codes(p *domain.Pilot, k domain.Kind, refs []domain.Ref) []string {
	out := make([]string, len(refs))
	for i, r := range refs {
		out[i] = RefCode(p, k, r)
	}
	return out
}

// list makes an absent list an empty one, so that JSON says [] and not null.
func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
