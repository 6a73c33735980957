package export_test

import (
	"context"
	"flag"
	"fmt"
	"math"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"lianshao/app/export"
	"lianshao/app/intake"
	"lianshao/domain"
	"lianshao/domain/method"
	"lianshao/storage/xlsx"
)

// science makes a pilot with random systems, schemes, rounds, ratings and controls.
type science struct {
	t *rapid.T
	p *domain.Pilot
	n int
}

func (s *science) base(code string) domain.Base {
	s.n++
	return domain.Base{ID: domain.ID(fmt.Sprintf("x%04d", s.n)), Code: code}
}

func (s *science) pick(what string, from, to int) int {
	return rapid.IntRange(from, to).Draw(s.t, what)
}

func (s *science) maybe(what string) bool { return rapid.Bool().Draw(s.t, what) }

func one[T any](s *science, what string, list []T) T { return list[s.pick(what, 0, len(list)-1)] }

func (s *science) points() {
	unit := &domain.Unit{Base: s.base("基建处"), Name: "基建处"}
	post := &domain.Post{Base: s.base("基建处/科长"), Unit: domain.To(unit.ID), Name: "科长", Duties: "审核"}
	s.p.Put(unit)
	s.p.Put(post)
	for i := range s.pick("points", 2, 4) {
		code := fmt.Sprintf("JJ-%02d", i+1)
		s.p.Put(&domain.RiskPoint{Base: s.base(code), Unit: domain.To(unit.ID), Post: domain.To(post.ID), Name: "风险" + code, Description: "表现" + code,
			Category: one(s, "category", domain.Categories), Likelihood: s.pick("l", 1, 5), Impact: s.pick("i", 1, 5), Status: domain.PointActive})
	}
}

func (s *science) weights(n int) []float64 {
	w, sum := make([]float64, n), 0.0
	for i := range w {
		w[i] = float64(s.pick("weight", 1, 97))
		sum += w[i]
	}
	for i := range w {
		w[i] /= sum
	}
	return w
}

func (s *science) matrix(of string, labels []string) domain.Matrix {
	m := domain.Matrix{Of: of, Labels: labels, Values: make([][]float64, len(labels))}
	for i := range labels {
		m.Values[i] = make([]float64, len(labels))
		m.Values[i][i] = 1
	}
	for i := range labels {
		for j := i + 1; j < len(labels); j++ {
			v := float64(s.pick("judgement", 1, 9))
			if s.maybe("below") {
				v = 1 / v
			}
			m.Values[i][j], m.Values[j][i] = v, 1/v
		}
	}
	return m
}

func (s *science) system(target string, version int, from *domain.IndicatorSystem) *domain.IndicatorSystem {
	sys := &domain.IndicatorSystem{Base: s.base(fmt.Sprintf("%s-%d", target, version)), Name: fmt.Sprintf("%s层面指标体系", target), Target: target, Version: version,
		RI: one(s, "ri", []string{"", "1980", "2005"}), State: one(s, "state", []domain.SystemState{"", domain.SystemDraft, domain.SystemSubmitted, domain.SystemInForce})}
	if sys.State == domain.SystemInForce {
		sys.Approved = domain.Date(fmt.Sprintf("2026-0%d-18", s.pick("month", 1, 9)))
	}
	if from != nil && s.maybe("based") {
		sys.Based = domain.To(from.ID)
	}
	dims := s.weights(s.pick("dims", 1, 3))
	var labels []string
	for d, w := range dims {
		code := string(rune('A' + d))
		dim := domain.Dimension{Code: code, Name: "维度" + code, Weight: w}
		for i, v := range s.weights(s.pick("inds", 1, 3)) {
			dim.Indicators = append(dim.Indicators, domain.Indicator{Code: fmt.Sprintf("%s%d", code, i+1), Name: fmt.Sprintf("指标%s%d", code, i+1), Note: "说明",
				Reverse: s.maybe("reverse"), Anchors: [5]string{"无", "少", "中", "多", "很多"}, Weight: v})
		}
		sys.Dimensions = append(sys.Dimensions, dim)
		labels = append(labels, code+" "+dim.Name)
	}
	s.derive(sys, labels)
	return sys
}

// derive weighs a system by matrices, with several experts or one, or says otherwise.
func (s *science) derive(sys *domain.IndicatorSystem, dims []string) {
	how := s.pick("how", 0, 3)
	if how == 0 {
		sys.Derivation = one(s, "typed", []string{"", domain.DerivedTyped, domain.DerivedEntropy + "（首次评估评分）"})
		return
	}
	groups := map[string][]string{"": dims}
	for _, d := range sys.Dimensions {
		for _, i := range d.Indicators {
			groups[d.Code] = append(groups[d.Code], i.Code+" "+i.Name)
		}
	}
	for _, of := range []string{"", "A", "B", "C"} {
		labels := groups[of]
		if len(labels) < 2 || of != "" && s.maybe("without") {
			continue
		}
		for e := range s.pick("experts", 0, 3) {
			m := s.matrix(of, labels)
			m.Expert = fmt.Sprintf("专家%d", e+1)
			sys.SetMatrix(m)
		}
		if sys.GroupExperts(of) != nil {
			sys.SetMatrix(s.matrix(of, labels))
		}
	}
	opts := method.AHPOptions{Method: one(s, "derivation", []method.Derivation{method.Eigenvector, method.Geometric, method.Columns}), RI: sys.RITable()}
	ri := sys.RI
	if err := sys.Derive(opts); err != nil {
		s.t.Fatal(err)
	}
	if sys.RI = ri; len(sys.Matrices) == 0 {
		sys.Derivation = domain.DerivedTyped
	}
	if how == 3 { // judged once, typed since
		sys.Derivation = domain.DerivedTyped
		for i, w := range s.weights(len(sys.Dimensions)) {
			sys.Dimensions[i].Weight = w
		}
	}
}

func (s *science) scheme(rule domain.Rule) *domain.LevelScheme {
	sch := domain.Preset(one(s, "style", domain.LevelStyles), rule.Basis())
	sch.Base = s.base(sch.Code)
	if n := len(sch.Cells); n > 0 {
		switch s.pick("cells", 0, 2) {
		case 0:
			sch.Cells = nil
		case 1:
			sch.Cells[n-1][n-1] = sch.Ordered()[0].Severity
			sch.Cells[0][0] = 0
		}
	}
	for i := range sch.Levels {
		l := &sch.Levels[i]
		l.Told, l.Signer, l.Reply, l.Fix = "告知"+l.Label, one(s, "signer", []string{"组长", "办公室"}), s.pick("reply", 0, 10), s.pick("fix", 0, 30)
		l.Color = one(s, "color", []string{"red", "orange", "#AA33CC"})
	}
	for range s.pick("overrides", 0, 3) {
		o := domain.Override{When: one(s, "when", domain.Triggers), Level: one(s, "to", sch.Levels).Label}
		switch o.When {
		case domain.TriggerIndicator:
			o.Of, o.Least = "A1", 4.5
		case domain.TriggerSelf:
			o.Least = 20
		case domain.TriggerCategory:
			o.Of = domain.Categories[1]
		case domain.TriggerMeasures:
			o.Of = domain.ResultNot
		}
		sch.Overrides = append(sch.Overrides, o)
	}
	return sch
}

// next is a version that followed.
func (s *science) next(sch *domain.LevelScheme) {
	next := s.p.NextScheme(sch)
	next.Base = s.base(next.Code)
	next.Levels[0].Min += 0.5
	next.Cells = nil
	s.p.Put(next)
}

func (s *science) rule() domain.Rule {
	r := domain.Rule{Method: one(s, "method", domain.Methods), Aggregate: one(s, "aggregate", domain.Aggregates), Roll: one(s, "roll", domain.Rolls)}
	switch r.Method {
	case domain.MethodMatrix:
		r.Size = one(s, "size", []int{0, 3, 4, 5})
	case domain.MethodFuzzy:
		r.Operator, r.Decide = one(s, "operator", append(method.FuzzyOperators, "")), one(s, "decide", domain.FuzzyDecisions)
	}
	if r.Aggregate == domain.AggregateTrimmed {
		r.Trim = one(s, "trim", []float64{0, 0.05, 0.2})
	}
	return r
}

func (s *science) round(no int, point, unit *domain.IndicatorSystem) {
	a := &domain.Assessment{Base: s.base(fmt.Sprint(no)), No: no, Name: fmt.Sprintf("第%d次评估", no), Date: "2026-08-28", Rule: s.rule(),
		PointSystem: domain.To(point.ID), UnitSystem: domain.To(unit.ID), Frozen: s.maybe("frozen")}
	sch := s.scheme(a.Rule)
	if old, ok := s.p.Schemes.ByKey(sch.Natural()); ok {
		sch = old
	} else {
		s.p.Put(sch)
		if s.maybe("next") {
			s.next(sch)
		}
	}
	a.Scheme = domain.To(sch.ID)
	for i := range s.pick("assessors", 1, 3) {
		a.Assessors = append(a.Assessors, domain.Assessor{No: i + 1, Name: fmt.Sprintf("评委%d", i+1), Title: "处长", Date: "2026-08-27"})
	}
	s.p.Put(a)
	for _, pt := range s.p.RiskPoints.All() {
		s.rate(a, domain.TargetPoint, pt.ID)
		if s.maybe("controlled") {
			s.p.Put(&domain.Effectiveness{Base: s.base(fmt.Sprintf("%d/%s", no, pt.Code)), Assessment: domain.To(a.ID), Point: domain.To(pt.ID),
				Value: one(s, "effective", []float64{0, 0.25, 0.7, 1}), Reason: "双人复核"})
		}
	}
	for _, u := range s.p.Units.All() {
		s.rate(a, domain.TargetUnit, u.ID)
	}
}

func (s *science) rate(a *domain.Assessment, target string, subject domain.ID) {
	sys := s.p.SystemOf(a, target)
	if sys == nil {
		return
	}
	r := &domain.Rating{Base: s.base(""), Assessment: domain.To(a.ID), Target: target, Subject: domain.To(subject)}
	for _, x := range a.Assessors {
		row := domain.RatingRow{Assessor: x.Name}
		given := false
		for _, ind := range sys.Indicators() {
			m := domain.Mark(s.pick("mark", -1, int(ind.Highest())))
			given = given || m != domain.Blank
			row.Marks = append(row.Marks, m)
		}
		if given {
			r.Rows = append(r.Rows, row)
		}
	}
	if len(r.Rows) > 0 {
		s.p.Put(r)
	}
}

func randomScience(t *rapid.T) *domain.Pilot {
	s := &science{t: t, p: domain.NewPilot()}
	s.points()
	last := map[string]*domain.IndicatorSystem{}
	for _, target := range []string{domain.TargetPoint, domain.TargetUnit} {
		for v := range s.pick("versions", 1, 2) {
			last[target] = s.system(target, v+1, last[target])
			s.p.Put(last[target])
		}
	}
	for no := range s.pick("rounds", 1, 2) {
		s.round(no+1, last[domain.TargetPoint], last[domain.TargetUnit])
	}
	return s.p
}

// portable are the records with names instead of IDs.
func portable(p *domain.Pilot) map[string]any {
	key := func(k domain.Kind, r domain.Ref) domain.Ref {
		if rec, ok := p.Get(k, r.ID); ok {
			return domain.Named(rec.Natural())
		}
		return r
	}
	out := map[string]any{}
	for _, x := range p.Systems.All() {
		c := x.Clone().(*domain.IndicatorSystem)
		c.Base, c.Based = domain.Base{Code: c.Code}, key(domain.KindSystem, c.Based)
		for d := range c.Dimensions { // cells keep 15 digits
			for i := range c.Dimensions[d].Indicators {
				w := &c.Dimensions[d].Indicators[i].Weight
				*w = math.Round(*w*1e12) / 1e12
			}
		}
		out["体系 "+c.Natural()] = c
	}
	for _, x := range p.Schemes.All() {
		c := x.Clone().(*domain.LevelScheme)
		c.Base, c.Based = domain.Base{Code: c.Code}, key(domain.KindScheme, c.Based)
		out["方案 "+c.Natural()] = c
	}
	for _, x := range p.Assessments.All() {
		c := x.Clone().(*domain.Assessment)
		c.Base, c.PointSystem, c.UnitSystem, c.Scheme = domain.Base{}, key(domain.KindSystem, c.PointSystem), key(domain.KindSystem, c.UnitSystem), key(domain.KindScheme, c.Scheme)
		out["轮次 "+c.Natural()] = c
	}
	subject := func(r *domain.Rating) string {
		return p.NameOf(domain.KindUnit, r.Subject) + p.CodeOf(domain.KindRiskPoint, r.Subject)
	}
	for _, x := range p.Ratings.All() {
		a, _ := p.Assessments.Get(x.Assessment.ID)
		out[fmt.Sprintf("评分 %d %s %s", a.No, x.Target, subject(x))] = x.Rows
	}
	for _, x := range p.Effectivenesses.All() {
		a, _ := p.Assessments.Get(x.Assessment.ID)
		out[fmt.Sprintf("有效性 %d %s", a.No, p.CodeOf(domain.KindRiskPoint, x.Point))] = []any{x.Code, x.Value, x.Reason}
	}
	return out
}

func planned(t *rapid.T, p *domain.Pilot, b *intake.Book) *intake.Plan {
	n := 0
	ids := func() domain.ID { n++; return domain.ID(fmt.Sprintf("new%05d", n)) }
	pl := intake.NewPlan(p, intake.Analyse([]*intake.Book{b}, intake.Options{}), intake.Env{IDs: ids, Year: 2026})
	for _, sh := range pl.Report.Files[0].Sheets {
		for _, e := range sh.Errors {
			t.Errorf("%s!%s %s “%s”: %s", sh.Sheet, e.Cell, e.Field, e.Value, e.Message)
		}
	}
	return pl
}

// Whatever systems, schemes, rules, rounds and scores a pilot holds: its workbook
// makes the same out of nothing, computes to the same results, and comes back into the
// pilot itself without a change — also where rounds are final and versions frozen.
func TestScienceRoundTrip(t *testing.T) {
	if checks := flag.Lookup("rapid.checks"); checks.Value.String() == checks.DefValue { // each writes and reads a workbook
		checks.Value.Set("12")
		defer checks.Value.Set(checks.DefValue)
	}
	dir := t.TempDir()
	approx := cmp.Options{cmpopts.EquateApprox(0, 1e-12), cmpopts.EquateEmpty()}
	rapid.Check(t, func(t *rapid.T) {
		p := randomScience(t)
		path := filepath.Join(dir, "全部.xlsx")
		if err := (xlsx.Writer{}).Write(context.Background(), path, export.Workbook(p), nil); err != nil {
			t.Fatal(err)
		}
		b, err := xlsx.Reader{}.Read(context.Background(), path, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range planned(t, p, b).Changes.Changes {
			if i < 3 {
				t.Errorf("re-imported %s:\n%+v\n%+v", c.Kind, c.Before, c.After)
			}
		}
		q := domain.NewPilot()
		q.Apply(planned(t, q, b).Changes)
		if diff := cmp.Diff(portable(p), portable(q), approx); diff != "" {
			t.Errorf("from nothing (-was +is):\n%.3000s", diff)
		}
		for _, c := range planned(t, q, b).Changes.Changes {
			t.Errorf("the second import into the new pilot changes %s:\n%+v\n%+v", c.Kind, c.Before, c.After)
		}
		sameResults(t, p, q)
	})
}

func sameResults(t *rapid.T, p, q *domain.Pilot) {
	for _, a := range p.Assessments.All() {
		was, is := p.Assess(a), q.Assess(q.Round(a.No))
		if (was == nil) != (is == nil) || was == nil {
			t.Fatalf("round %d: %v, %v", a.No, was != nil, is != nil)
		}
		for i := range was.Points {
			x, y := &was.Points[i], &is.Points[i]
			if x.Complete != y.Complete || x.Level.Label != y.Level.Label || math.Abs(x.Index-y.Index) > 1e-9 {
				t.Errorf("round %d %s: %v %s, %v %s", a.No, x.Point.Code, x.Index, x.Level.Label, y.Index, y.Level.Label)
			}
		}
	}
}
