package domain_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lianshao/domain"
	"lianshao/domain/method"
)

// rated is a pilot with one round by a rule: marks[point][assessor][column]. Points
// lie in one unit and post unless changed.
func rated(rule domain.Rule, sys *domain.IndicatorSystem, scheme *domain.LevelScheme, marks ...[][]domain.Mark) (*domain.Pilot, *domain.Assessment) {
	p := domain.NewPilot()
	unit := &domain.Unit{Base: domain.Base{ID: "u", Code: "基建处"}, Name: "基建处"}
	post := &domain.Post{Base: domain.Base{ID: "g", Code: "科长"}, Unit: domain.To("u"), Name: "科长"}
	p.Put(unit)
	p.Put(post)
	round := &domain.Assessment{Base: domain.Base{ID: "a"}, No: 1, Name: "首次评估", Rule: rule, Scheme: domain.To("s")}
	scheme.ID = "s"
	p.Put(scheme)
	if sys != nil {
		sys.ID = "x"
		p.Put(sys)
		round.PointSystem = domain.To("x")
	}
	for a := range slices.MaxFunc(marks, func(a, b [][]domain.Mark) int { return len(a) - len(b) }) {
		round.Assessors = append(round.Assessors, domain.Assessor{No: a + 1, Name: "评分人" + string(rune('1'+a))})
	}
	p.Put(round)
	for i, byAssessor := range marks {
		id := domain.ID("p" + string(rune('1'+i)))
		p.Put(&domain.RiskPoint{Base: domain.Base{ID: id, Code: "P-" + string(rune('1'+i))}, Unit: domain.To("u"), Post: domain.To("g")})
		r := &domain.Rating{Base: domain.Base{ID: "r" + id}, Assessment: domain.To("a"), Target: domain.TargetPoint, Subject: domain.To(id)}
		for a, row := range byAssessor {
			r.Rows = append(r.Rows, domain.RatingRow{Assessor: round.Assessors[a].Name, Marks: row})
		}
		p.Put(r)
	}
	return p, round
}

func style(name string) domain.LevelStyle {
	i := slices.IndexFunc(domain.LevelStyles, func(s domain.LevelStyle) bool { return s.Name == name })
	return domain.LevelStyles[i]
}

var four = style("红橙黄蓝")

// G6 of the field notes: the operators disagree.
func fuzzySystem() (*domain.IndicatorSystem, [][]domain.Mark) {
	sys := &domain.IndicatorSystem{Name: "模糊", Target: domain.TargetPoint, Version: 1, Dimensions: []domain.Dimension{{Code: "A", Name: "甲", Weight: 1}}}
	for i, w := range []float64{.4, .3, .2, .1} {
		sys.Dimensions[0].Indicators = append(sys.Dimensions[0].Indicators, domain.Indicator{Code: "A" + string(rune('1'+i)), Weight: w})
	}
	// ten assessors whose votes are the published memberships of the grades 1–4
	votes := [][]int{{5, 3, 2, 0}, {2, 4, 3, 1}, {1, 3, 5, 1}, {0, 2, 4, 4}}
	marks := make([][]domain.Mark, 10)
	for a := range marks {
		marks[a] = make([]domain.Mark, 4)
	}
	for k, row := range votes {
		a := 0
		for grade, n := range row {
			for range n {
				marks[a][k] = domain.Mark(grade + 1)
				a++
			}
		}
	}
	return sys, marks
}

func TestFuzzyRound(t *testing.T) {
	for _, c := range []struct {
		rule   domain.Rule
		vector []float64
		best   int
		s      float64
	}{
		{domain.Rule{Method: domain.MethodFuzzy}, []float64{.28, .32, .31, .09, 0}, 1, .28 + .64 + .93 + .36},
		{domain.Rule{Method: domain.MethodFuzzy, Decide: domain.DecideGreatest}, []float64{.28, .32, .31, .09, 0}, 1, 2},
		{domain.Rule{Method: domain.MethodFuzzy, Operator: method.FuzzyMinMax, Decide: domain.DecideGreatest}, []float64{.4, .3, .3, .1, 0}, 0, 1},
		{domain.Rule{Method: domain.MethodFuzzy, Operator: method.FuzzyMinMax}, []float64{.4, .3, .3, .1, 0}, 0, (.4 + .6 + .9 + .4) / 1.1},
	} {
		sys, marks := fuzzySystem()
		p, round := rated(c.rule, sys, domain.Preset(four, domain.BasisIndex), marks)
		res := p.Assess(round)
		o := res.Of("p1")
		r, _ := p.RatingOf(round, domain.TargetPoint, "p1")
		f, err := res.FuzzyOf(res.PointSys, r)
		if err != nil || f.Best != c.best || math.Abs(o.S-c.s) > 1e-12 || math.Abs(o.Index-(c.s-1)*25) > 1e-9 || !o.Complete {
			t.Errorf("%+v: %v %+v, S %v", c.rule, err, f, o.S)
		}
		for j, want := range c.vector {
			if math.Abs(f.Vector[j]-want) > 1e-12 {
				t.Errorf("%+v: %v", c.rule, f.Vector)
			}
		}
	}
}

func TestMatrixRound(t *testing.T) {
	for _, c := range []struct {
		size  int
		style string
		marks [][]domain.Mark
		r     float64
		level string
	}{
		{5, "高中低", [][]domain.Mark{{3, 5}, {3, 5}}, 15, "高"},
		{5, "高中低", [][]domain.Mark{{2, 3}}, 6, "中"},
		{5, "高中低", [][]domain.Mark{{1, 5}}, 5, "低"},
		{4, "高中低", [][]domain.Mark{{3, 3}}, 9, "高"},
		{3, "高中低", [][]domain.Mark{{2, 3}}, 6, "高"},
		{3, "高中低", [][]domain.Mark{{1, 2}}, 2, "低"},
		{3, "一二三级（三级最重）", [][]domain.Mark{{3, 3}}, 9, "三级"},
		{3, "一二三级（一级最重）", [][]domain.Mark{{3, 3}}, 9, "一级"},
		{5, "红橙黄蓝", [][]domain.Mark{{3, 5}, {4, 4}}, 3.5 * 4.5, "红"}, // the cell (4, 5)
	} {
		p, round := rated(domain.Rule{Method: domain.MethodMatrix, Size: c.size}, nil, domain.Preset(style(c.style), domain.MatrixBasis(c.size)), c.marks)
		if o := p.Assess(round).Of("p1"); !o.Complete || o.Index != c.r || o.Level.Label != c.level {
			t.Errorf("%d %v: %v %s", c.size, c.marks, o.Index, o.Level.Label)
		}
	}
	// an own cell beats the product
	scheme := domain.Preset(style("高中低"), domain.BasisMatrix)
	scheme.Cells[0][4] = 1
	for i := 1; i < 5; i++ {
		scheme.Cells[i][4] = max(scheme.Cells[i][4], 1)
	}
	if err := scheme.Check(); err != nil {
		t.Fatal(err)
	}
	p, round := rated(domain.Rule{Method: domain.MethodMatrix}, nil, scheme, [][]domain.Mark{{1, 5}})
	if o := p.Assess(round).Of("p1"); o.Index != 5 || o.Level.Label != "中" {
		t.Errorf("own cell: %v %s", o.Index, o.Level.Label)
	}
	// a mark off a 3×3 scale does not count
	p, round = rated(domain.Rule{Method: domain.MethodMatrix, Size: 3}, nil, domain.Preset(style("高中低"), domain.BasisMatrix3), [][]domain.Mark{{4, 2}})
	res := p.Assess(round)
	if o := res.Of("p1"); o.Complete || o.Level.Label != "" {
		t.Errorf("off the scale: %+v", o.Outcome)
	}
	if g := res.Gaps(p); len(g) != 1 || g[0].Kind != domain.GapOutside || g[0].Mark != 4 {
		t.Errorf("%+v", g)
	}
}

func TestLECRound(t *testing.T) {
	rule := domain.Rule{Method: domain.MethodLEC}
	// G17: 6·6·3 = 108, 6·6·7 = 252
	p, round := rated(rule, nil, domain.Preset(four, domain.BasisLEC), [][]domain.Mark{{6, 5, 2}}, [][]domain.Mark{{6, 5, 3}, {6, 5, 3}}, [][]domain.Mark{{7, 6, 6}}, [][]domain.Mark{{1, 1, 1}})
	res := p.Assess(round)
	for id, want := range map[domain.ID]struct {
		d     float64
		level string
	}{"p1": {108, "黄"}, "p2": {252, "橙"}, "p3": {10000, "红"}, "p4": {0.05, "蓝"}} {
		if o := res.Of(id); !o.Complete || math.Abs(o.Index-want.d) > 1e-9 || o.Level.Label != want.level {
			t.Errorf("%s: %v %s", id, o.Index, o.Level.Label)
		}
	}
	if o := res.Posts[0]; o.Max != 10000 || o.Level.Label != "红" {
		t.Errorf("%+v", o)
	}
}

func TestGradeRound(t *testing.T) {
	rule, scheme := domain.Rule{Method: domain.MethodGrade}, func() *domain.LevelScheme {
		return domain.Preset(style("一二三级（一级最重）"), domain.BasisGrade)
	}
	for _, c := range []struct {
		marks []domain.Mark
		level string
	}{{[]domain.Mark{2, 1, 1, 1}, "三级"}, {[]domain.Mark{4, 1, 1, 1}, "二级"}, {[]domain.Mark{5, 1, 1, 1}, "一级"}, {[]domain.Mark{1, 1, 2, 1}, "一级"},
		{[]domain.Mark{1, 2, 1, 1}, "一级"}, {[]domain.Mark{1, 1, 1, 2}, "一级"}, {[]domain.Mark{0, 1, 1, 1}, ""}} {
		p, round := rated(rule, nil, scheme(), [][]domain.Mark{c.marks})
		if o := p.Assess(round).Of("p1"); o.Level.Label != c.level {
			t.Errorf("%v: %q", c.marks, o.Level.Label)
		}
	}
	// the majority decides, not a tie; kinds are counted when nobody gave them; a confirmed event is the incident
	p, round := rated(rule, nil, scheme(), [][]domain.Mark{{0, 1, 2, 0}, {0, 1, 1, 0}}, [][]domain.Mark{{0, 1, 1, 1}, {0, 1, 1, 1}})
	for i, category := range []string{"业务流程", "思想道德"} {
		pt, _ := p.RiskPoints.Get(domain.ID("p" + string(rune('1'+i))))
		next := pt.Clone().(*domain.RiskPoint)
		next.Category = category
		p.Put(next)
	}
	res := p.Assess(round)
	if o := res.Of("p1"); o.Complete {
		t.Errorf("nobody answered X3: %+v", o.Outcome)
	}
	if o := res.Of("p2"); o.Index != 2 || o.Level.Label != "三级" {
		t.Errorf("%v %s", o.Index, o.Level.Label)
	}
	event := &domain.Intelligence{Base: domain.Base{ID: "i", Code: "XX-1"}, Verified: "属实", Points: []domain.Ref{domain.To("p1")}}
	p.Put(event)
	if res.Update(p, []domain.Change{{Kind: domain.KindIntelligence, ID: "i", After: event}}) {
		t.Error("an event may change a grade by rule: the round must be assessed anew")
	}
	res = p.Assess(round)
	if o := res.Of("p1"); !o.Complete || o.Level.Label != "一级" || !slices.Equal(res.Conditions(p, o), []string{domain.CodeIncident}) {
		t.Errorf("%+v", o.Outcome)
	}
}

func TestAggregates(t *testing.T) {
	sys := func() *domain.IndicatorSystem {
		return &domain.IndicatorSystem{Name: "一项", Target: domain.TargetPoint, Version: 1,
			Dimensions: []domain.Dimension{{Code: "A", Weight: 1, Indicators: []domain.Indicator{{Code: "A1", Weight: 1}}}}}
	}
	marks := [][]domain.Mark{{1}, {4}, {4}, {5}, {5}, {domain.Abstained}, {domain.Blank}}
	for rule, want := range map[domain.Rule]float64{
		{}: 3.8, {Aggregate: domain.AggregateMedian}: 4, {Aggregate: domain.AggregateTrimmed, Trim: 0.2}: 13. / 3,
		{Aggregate: domain.AggregateTrimmed}: 3.8, // a tenth of five is nobody
	} {
		p, round := rated(rule, sys(), domain.Preset(four, domain.BasisIndex), marks)
		if o := p.Assess(round).Of("p1"); math.Abs(o.S-want) > 1e-12 || o.Counts[0] != 5 {
			t.Errorf("%+v: S %v of %d", rule, o.S, o.Counts[0])
		}
	}
	p, round := rated(domain.Rule{}, sys(), domain.Preset(four, domain.BasisIndex), marks)
	res := p.Assess(round)
	var kinds []domain.GapKind
	for _, g := range res.Gaps(p) {
		kinds = append(kinds, g.Kind)
	}
	if !slices.Equal(kinds, []domain.GapKind{domain.GapAbstained, domain.GapMissing}) {
		t.Errorf("%v", kinds)
	}
	if d := res.Dispersion(p); len(d) != 1 || math.Abs(d[0].CV-1.6431676725154984/3.8) > 1e-12 {
		t.Errorf("%+v", d)
	}
}

func TestOverridesAndRoll(t *testing.T) {
	sys := &domain.IndicatorSystem{Name: "一项", Target: domain.TargetPoint, Version: 1,
		Dimensions: []domain.Dimension{{Code: "A", Weight: 1, Indicators: []domain.Indicator{{Code: "A1", Weight: .5}, {Code: "A2", Weight: .5, Reverse: true}}}}}
	scheme := domain.Preset(four, domain.BasisIndex)
	scheme.Overrides = []domain.Override{{When: domain.TriggerIndicator, Of: "A2", Least: 4, Level: "橙"}, {When: domain.TriggerEvent, Level: "红"},
		{When: domain.TriggerSelf, Least: 20, Level: "橙"}, {When: domain.TriggerMeasures, Of: domain.ResultNot, Level: "黄"}, {When: domain.TriggerCategory, Of: "业务流程", Level: "黄"}}
	if err := scheme.Check(); err != nil {
		t.Fatal(err)
	}
	low := [][]domain.Mark{{1, 5}}
	p, round := rated(domain.Rule{Roll: domain.RollWeighted}, sys, scheme, low, [][]domain.Mark{{1, 2}}, low, low, low)
	edit := func(id domain.ID, f func(*domain.RiskPoint)) {
		pt, _ := p.RiskPoints.Get(id)
		next := pt.Clone().(*domain.RiskPoint)
		f(next)
		p.Put(next)
	}
	edit("p3", func(r *domain.RiskPoint) { r.Likelihood, r.Impact = 4, 5 })
	edit("p5", func(r *domain.RiskPoint) { r.Category = "业务流程" })
	p.Put(&domain.Intelligence{Base: domain.Base{ID: "i"}, Verified: "部分属实", Points: []domain.Ref{domain.To("p4")}})
	res := p.Assess(round)
	for id, want := range map[domain.ID]struct {
		level  string
		raised int
	}{"p1": {"蓝", 0}, "p2": {"橙", 1}, "p3": {"橙", 3}, "p4": {"红", 2}, "p5": {"黄", 5}} {
		if o := res.Of(id); o.Level.Label != want.level || o.Raised != want.raised {
			t.Errorf("%s: %s by %d", id, o.Level.Label, o.Raised)
		}
	}
	// indexes 0, 37.5, 0, 0, 0 with weights 3, 3, 5, 3, 3
	post := res.Posts[0]
	if math.Abs(post.Weighted-37.5*3/17) > 1e-12 || post.Level.Label != "蓝" || post.Worst.Label != "红" || post.Max != 37.5 {
		t.Errorf("%+v", post)
	}
	effect, err := res.SchemeEffect(p, domain.Preset(four, domain.BasisIndex))
	if err != nil || len(effect) != 4 || effect[0].Outcome.Point.ID != "p2" || effect[0].Is.Label != "蓝" {
		t.Errorf("%v %+v", err, effect)
	}
	if _, err := res.SchemeEffect(p, domain.Preset(four, domain.BasisLEC)); err == nil {
		t.Error("another basis")
	}
}

// However a round is scored, permuting assessors or points changes nothing, and the
// remembered result follows an edited mark.
func TestRoundsDoNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.SampledFrom(domain.Methods).Draw(t, "method")
		rule := domain.Rule{Method: m, Aggregate: rapid.SampledFrom(domain.Aggregates).Draw(t, "aggregate"), Roll: rapid.SampledFrom([]domain.Roll{domain.RollMax, domain.RollWeighted}).Draw(t, "roll"),
			Operator: rapid.SampledFrom([]method.FuzzyOperator{"", method.FuzzyMinMax}).Draw(t, "operator")}
		columns := map[domain.Method]int{domain.MethodIndex: 4, domain.MethodFuzzy: 4, domain.MethodMatrix: 2, domain.MethodLEC: 3, domain.MethodGrade: 4}[m]
		var marks [][][]domain.Mark
		for range 4 {
			var point [][]domain.Mark
			for range 3 {
				row := make([]domain.Mark, columns)
				for k := range row {
					row[k] = domain.Mark(rapid.IntRange(-1, 5).Draw(t, "mark"))
				}
				point = append(point, row)
			}
			marks = append(marks, point)
		}
		build := func(marks [][][]domain.Mark) (*domain.Pilot, *domain.RoundResult) {
			var sys *domain.IndicatorSystem
			if rule.Weighs() {
				sys, _ = fuzzySystem()
			}
			p, round := rated(rule, sys, domain.Preset(four, rule.Basis()), marks...)
			return p, p.Assess(round)
		}
		p, res := build(marks)
		turned := slices.Clone(marks)
		for i := range turned {
			turned[i] = slices.Clone(turned[i])
			slices.Reverse(turned[i])
		}
		_, other := build(turned)
		for i := range res.Points {
			same(t, "assessors turned", res.Points[i].Outcome, other.Points[i].Outcome)
		}
		r, _ := p.RatingOf(res.Round, domain.TargetPoint, "p2")
		next := r.Clone().(*domain.Rating)
		next.Rows[0].Marks[0] = domain.Mark(rapid.IntRange(-1, 5).Draw(t, "new"))
		p.Put(next)
		if !res.Update(p, []domain.Change{{Kind: domain.KindRating, ID: r.ID, Before: r, After: next}}) {
			t.Fatal("one mark is no reason to compute all")
		}
		fresh := p.Assess(res.Round)
		for i := range res.Points {
			same(t, "updated", res.Points[i].Outcome, fresh.Points[i].Outcome)
		}
		if res.Posts[0].Level != fresh.Posts[0].Level || math.Abs(res.Posts[0].Weighted-fresh.Posts[0].Weighted) > 1e-9 || res.Incomplete != fresh.Incomplete {
			t.Fatalf("%+v, fresh %+v", res.Posts[0], fresh.Posts[0])
		}
	})
}

func same(t *rapid.T, what string, a, b domain.Outcome) {
	if a.Complete != b.Complete || a.Level != b.Level || a.Complete && math.Abs(a.Index-b.Index) > 1e-9 {
		t.Fatalf("%s: %+v and %+v", what, a, b)
	}
}

func TestRuleChecks(t *testing.T) {
	for want, rule := range map[string]domain.Rule{"没有“x”": {Method: "x"}, "3×3、4×4 或 5×5": {Method: domain.MethodMatrix, Size: 6}, "合成算子": {Method: domain.MethodFuzzy, Operator: "x"},
		"汇总方式": {Aggregate: "x"}, "截尾比例": {Aggregate: domain.AggregateTrimmed, Trim: .5}} {
		if err := rule.Check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v", rule, err)
		}
	}
	rule := domain.Rule{Method: domain.MethodFuzzy, Operator: method.FuzzyMinMax, Aggregate: domain.AggregateTrimmed, Roll: domain.RollWeighted}
	if got := rule.Text(); got != "模糊综合评价法（M(∧,∨) 主因素决定型，按加权平均（B·V）定级）；评分取截尾平均（两端各去掉 10%）；岗位、部门按影响程度加权平均" {
		t.Error(got)
	}
}
