package whatif

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"lianshao/domain"
)

// pilot has n points with one measure each, scored alike by three assessors on two
// indicators of equal weight.
func pilot(n int, mark func(point, indicator int) domain.Mark) (*domain.Pilot, *domain.Assessment) {
	p := domain.NewPilot()
	sys := &domain.IndicatorSystem{Base: domain.Base{ID: "x"}, Name: "岗位", Target: domain.TargetPoint, Version: 1, Dimensions: []domain.Dimension{
		{Code: "A", Name: "甲", Weight: .5, Indicators: []domain.Indicator{{Code: "A1", Weight: 1}}}, {Code: "B", Name: "乙", Weight: .5, Indicators: []domain.Indicator{{Code: "B1", Weight: 1}}}}}
	scheme := domain.Preset(domain.LevelStyles[0], domain.BasisIndex)
	scheme.ID = "s"
	round := &domain.Assessment{Base: domain.Base{ID: "a"}, No: 1, Name: "首次评估", PointSystem: domain.To("x"), Scheme: domain.To("s")}
	for i := range 3 {
		round.Assessors = append(round.Assessors, domain.Assessor{No: i + 1, Name: fmt.Sprint("评分人", i+1)})
	}
	for _, r := range []domain.Record{sys, scheme, round, &domain.Unit{Base: domain.Base{ID: "u"}, Name: "基建处"}} {
		p.Put(r)
	}
	for i := range n {
		id := domain.ID(fmt.Sprintf("p%05d", i))
		post := domain.ID(fmt.Sprint("g", i/20))
		if i%20 == 0 {
			p.Put(&domain.Post{Base: domain.Base{ID: post}, Unit: domain.To("u"), Name: fmt.Sprint("岗位", i/20)})
		}
		p.Put(&domain.RiskPoint{Base: domain.Base{ID: id, Code: fmt.Sprintf("P-%05d", i)}, Unit: domain.To("u"), Post: domain.To(post)})
		p.Put(&domain.Measure{Base: domain.Base{ID: "m" + id}, Point: domain.To(id), No: 1})
		r := &domain.Rating{Base: domain.Base{ID: "r" + id}, Assessment: domain.To("a"), Target: domain.TargetPoint, Subject: domain.To(id)}
		for _, x := range round.Assessors {
			r.Rows = append(r.Rows, domain.RatingRow{Assessor: x.Name, Marks: []domain.Mark{mark(i, 0), mark(i, 1)}})
		}
		p.Put(r)
	}
	return p, round
}

func begin(t testing.TB, p *domain.Pilot, round *domain.Assessment) *Sandbox {
	t.Helper()
	s, err := New(p, round, EffectsOf(p, nil, nil))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func moved(s *Sandbox) string {
	var out []string
	for _, m := range s.Moves() {
		out = append(out, fmt.Sprintf("%s %s→%s", m.Code, label(m.Was), label(m.Is)))
	}
	return strings.Join(out, "，")
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestTryingMovesLevelsAndStoresNothing(t *testing.T) {
	p, round := pilot(3, func(point, k int) domain.Mark { return domain.Mark(3 + k) }) // indexes 62.5: 橙
	untouched := p.Draft()
	s := begin(t, p, round)
	if s.Summary() == "" || len(s.Moves()) != 0 {
		t.Error(s.Summary())
	}
	must(t, s.SetMark("p00001", "评分人2", 1, 1)) // S = (3 + 3)/2: 50, 黄
	if got := moved(s); got != "P-00001 橙→黄" {
		t.Error(got)
	}
	must(t, s.SetMarks("p00000", 0, 5))
	must(t, s.SetMarks("p00000", 1, 5)) // 100: 红, and with it post and unit
	if got := moved(s); got != "P-00000 橙→红，P-00001 橙→黄，基建处岗位0 橙→红，基建处 橙→红" {
		t.Error(got)
	}
	s.Undo()
	s.Undo()
	must(t, s.SetWeight("A1", 0.9)) // 2·(.9·3+.1·4−1)·12.5 = 52.5: 黄
	if got := moved(s); !strings.HasPrefix(got, "P-00000 橙→黄，P-00001 橙→黄，P-00002 橙→黄，基建处岗位0") || len(s.Steps()) != 2 {
		t.Error(got, s.Steps())
	}
	if w := s.Result().PointSys.GlobalWeights(); math.Abs(w[0]-.9) > 1e-12 || math.Abs(w[1]-.1) > 1e-12 {
		t.Error(w)
	}
	if !p.Equal(untouched) || len(untouched.Changes(domain.Op{}).Changes) != 0 {
		t.Error("the pilot was touched")
	}
	s.Reset()
	if len(s.Moves())+len(s.Steps()) != 0 {
		t.Error(moved(s))
	}
}

func TestAMeasureDone(t *testing.T) {
	p, round := pilot(2, func(point, k int) domain.Mark { return domain.Mark(3 + k) })
	s := begin(t, p, round)
	must(t, s.SetMeasure("mp00000", domain.ResultDone)) // 62.5 × 0.8 = 50
	if got := moved(s); got != "P-00000 橙→黄" || math.Abs(s.Result().Of("p00000").Index-50) > 1e-9 {
		t.Error(got)
	}
	must(t, s.SetMeasure("mp00000", domain.ResultNot))
	if len(s.Moves()) != 0 {
		t.Error(moved(s))
	}
	must(t, s.SetMeasure("mp00000", domain.ResultDone))
	must(t, s.SetMark("p00000", "评分人1", 0, 4)) // the measure still counts: 66.67 × 0.8
	if got := s.Result().Of("p00000").Index; math.Abs(got-(10./3+4-2)/8*100*.8) > 1e-9 {
		t.Error(got)
	}
	must(t, s.SetWeight("A1", .5))
	if got := s.Result().Of("p00000").Index; math.Abs(got-(10./3+4-2)/8*100*.8) > 1e-9 {
		t.Error("after weights", got)
	}
	// an override about measures looks at the trial
	scheme, _ := p.Schemes.Get("s")
	next := scheme.Clone().(*domain.LevelScheme)
	next.Overrides = []domain.Override{{When: domain.TriggerMeasures, Of: domain.ResultNot, Level: "红"}}
	p.Put(next)
	s = begin(t, p, round)
	must(t, s.SetMeasure("mp00001", domain.ResultNot))
	if got := moved(s); !strings.HasPrefix(got, "P-00001 橙→红") {
		t.Error(got)
	}
}

func TestEffectsAreMeasuredWhereTheyCan(t *testing.T) {
	p, round := pilot(4, func(point, k int) domain.Mark { return 5 })
	again := round.Clone().(*domain.Assessment)
	again.ID, again.No, again.Name = "b", 2, "再评估"
	p.Put(again)
	for _, r := range p.Ratings.All() {
		n := r.Clone().(*domain.Rating)
		n.ID, n.Assessment = "b"+n.ID, domain.To("b")
		for i := range n.Rows {
			n.Rows[i].Marks = []domain.Mark{4, 4}
		}
		p.Put(n)
	}
	p.Put(&domain.Inspection{Base: domain.Base{ID: "i"}, Measure: domain.To("mp00000"), Date: "2026-10-08", Result: domain.ResultDone})
	e := EffectsOf(p, p.Assess(round), p.Assess(again))
	if !e.Measured || e.By[domain.ResultDone] != .25 || !strings.Contains(e.Source, "已落实 25.0%") {
		t.Errorf("%+v", e)
	}
	if e := EffectsOf(p, p.Assess(round), nil); e.Measured || !strings.Contains(e.Source, "假定") {
		t.Errorf("%+v", e)
	}
}

func TestTriedInVain(t *testing.T) {
	p, round := pilot(1, func(int, int) domain.Mark { return 3 })
	s := begin(t, p, round)
	for want, err := range map[string]error{"不在这一轮": s.SetMark("nobody", "评分人1", 0, 3), "1–5": s.SetMark("p00000", "评分人1", 0, 6), "0 到 1": s.SetWeight("A1", math.NaN()),
		"没有代码": s.SetWeight("Z9", .5), "落实情况应为": s.SetMeasure("mp00000", "差不多"), "措施": s.SetMeasure("nobody", domain.ResultDone), "超出分值范围": s.SetMarks("p00000", 0, 0)} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	if _, err := New(p, &domain.Assessment{}, Effects{}); err == nil {
		t.Error("a round without anything")
	}
}

// One score at 10,000 points: the levels of points, posts and units follow.
func BenchmarkOneScore(b *testing.B) {
	p, round := pilot(10_000, func(point, k int) domain.Mark { return domain.Mark(1 + (point+k)%5) })
	s := begin(b, p, round)
	for i := 0; b.Loop(); i++ {
		must(b, s.SetMark("p05000", "评分人1", 0, domain.Mark(1+i%5)))
		s.Moves()
	}
}

// One weight at 10,000 points.
func BenchmarkOneWeight(b *testing.B) {
	p, round := pilot(10_000, func(point, k int) domain.Mark { return domain.Mark(1 + (point+k)%5) })
	s := begin(b, p, round)
	for i := 0; b.Loop(); i++ {
		must(b, s.SetWeight("A1", .4+.1*float64(i%2)))
		s.Moves()
	}
}

// A pasted block is one step, taken back at once; refused in the middle, nothing stays.
func TestPastedTrialsAreOneStep(t *testing.T) {
	p, round := pilot(2, func(int, int) domain.Mark { return 3 })
	s := begin(t, p, round)
	both := func(second domain.Mark) func() error {
		return func() error {
			if err := s.SetMarks("p00000", 0, 5); err != nil {
				return err
			}
			return s.SetMarks("p00001", 0, second)
		}
	}
	before := s.Result().Of("p00000").Index
	if err := s.Together("粘贴", both(9)); err == nil || len(s.Steps()) != 0 || s.Result().Of("p00000").Index != before {
		t.Errorf("refused: %v, %v", err, s.Steps())
	}
	must(t, s.Together("粘贴", both(4)))
	if len(s.Steps()) != 1 || s.Steps()[0] != "粘贴" || s.Result().Of("p00000").Index == before {
		t.Errorf("steps %v", s.Steps())
	}
	s.Undo()
	if len(s.Steps()) != 0 || s.Result().Of("p00000").Index != before {
		t.Errorf("after undo %v", s.Steps())
	}
}
