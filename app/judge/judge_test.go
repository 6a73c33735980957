package judge

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"lianshao/domain"
)

// built is a pilot with one round: marks[point][assessor][indicator], equal
// weights unless given.
func built(weights []float64, marks [][][]domain.Mark) (*domain.Pilot, *domain.RoundResult) {
	p := domain.NewPilot()
	sys := &domain.IndicatorSystem{Name: "岗位", Target: domain.TargetPoint, Version: 1, Dimensions: []domain.Dimension{{Code: "A", Name: "权力", Weight: 1}}}
	sys.ID = "sys"
	for k, w := range weights {
		sys.Dimensions[0].Indicators = append(sys.Dimensions[0].Indicators, domain.Indicator{Code: fmt.Sprintf("A%d", k+1), Name: "指标", Weight: w})
	}
	scheme := &domain.LevelScheme{Name: "四级", Basis: domain.BasisIndex, Levels: []domain.Level{
		{Label: "红", Severity: 3, Min: 80}, {Label: "橙", Severity: 2, Min: 60}, {Label: "黄", Severity: 1, Min: 40}, {Label: "蓝"}}}
	scheme.ID = "scheme"
	round := &domain.Assessment{No: 1, Name: "首次评估", PointSystem: domain.To("sys"), Scheme: domain.To("scheme")}
	round.ID = "round"
	for a := range marks[0] {
		round.Assessors = append(round.Assessors, domain.Assessor{No: a + 1, Name: fmt.Sprintf("评分人%d", a+1)})
	}
	p.Put(sys)
	p.Put(scheme)
	p.Put(round)
	for i, byAssessor := range marks {
		pt := &domain.RiskPoint{}
		pt.ID, pt.Code = domain.ID(fmt.Sprintf("p%04d", i)), fmt.Sprintf("P-%04d", i)
		p.Put(pt)
		r := &domain.Rating{Assessment: domain.To("round"), Target: domain.TargetPoint, Subject: domain.To(pt.ID)}
		r.ID = "r" + pt.ID
		for a, row := range byAssessor {
			r.Rows = append(r.Rows, domain.RatingRow{Assessor: round.Assessors[a].Name, Marks: row})
		}
		p.Put(r)
	}
	return p, p.Assess(round)
}

// random marks around a level of each point; indicator k follows the level unless
// own says how it comes about.
func random(points, raters, inds int, own func(rng *rand.Rand, point, ind int, level float64) (float64, bool)) [][][]domain.Mark {
	rng := rand.New(rand.NewPCG(7, 7))
	out := make([][][]domain.Mark, points)
	for i := range out {
		level := 1 + 4*rng.Float64()
		truth := make([]float64, inds)
		for k := range truth {
			truth[k] = level + 0.7*rng.NormFloat64()
			if v, ok := own(rng, i, k, truth[0]); ok {
				truth[k] = v
			}
		}
		for range raters {
			row := make([]domain.Mark, inds)
			for k := range row {
				row[k] = domain.Mark(min(5, max(1, truth[k]+0.4*rng.NormFloat64()+0.5)))
			}
			out[i] = append(out[i], row)
		}
	}
	return out
}

func plain(*rand.Rand, int, int, float64) (float64, bool) { return 0, false }

func TestVerdicts(t *testing.T) {
	weights := []float64{0.3, 0.1, 0.1, 0.1, 0.1, 0.3}
	p, res := built(weights, random(60, 5, 6, func(rng *rand.Rand, _, k int, first float64) (float64, bool) {
		switch k {
		case 1: // the same as the first, but weighing less
			return first, true
		case 2: // always the highest mark
			return 5, true
		case 3: // about 3 for every point, whatever its level
			return 3 + 0.1*rng.NormFloat64(), true
		case 4: // points differ, but in no way like the others
			return 1 + 4*rng.Float64(), true
		}
		return 0, false
	}))
	r := mustJudge(t, p, res)
	want := []Verdict{Keep, Merge, "", Remove, Remove, Keep}
	for k, it := range r.Items {
		if want[k] != "" && it.Verdict != want[k] {
			t.Errorf("%s: %s %s", it.Code, it.Verdict, it.Reason)
		}
	}
	if r.Items[1].Twin != "A1" || !strings.Contains(r.Items[1].Reason, "并入 A1") {
		t.Errorf("twin %s: %s", r.Items[1].Twin, r.Items[1].Reason)
	}
	if it := r.Items[2]; it.Ceiling < 0.8 || it.Verdict == Keep {
		t.Errorf("ceiling %.2f %s: %s", it.Ceiling, it.Verdict, it.Reason)
	}
}

func TestFaults(t *testing.T) {
	at := func(v float64) *float64 { return &v }
	for want, it := range map[string]Item{
		"80% 的评分都是 5 分": {Ceiling: 0.8},
		"60% 的评分都是 1 分": {Floor: 0.6},
		"变异系数 0.050":    {CV: at(0.05), D: at(0.1)},
		"区分度 0.10":      {CV: at(0.2), D: at(0.1)},
		"题总相关 0.29":     {ItemTotal: at(0.29)},
		"ICC 0.39":      {ICC: at(0.39)},
	} {
		if got := it.faults(); len(got) != 1 || !strings.Contains(got[0], want) {
			t.Errorf("%s: %q", want, got)
		}
	}
	good := Item{CV: at(0.1), D: at(0.2), ItemTotal: at(0.3), ICC: at(0.4), Floor: 0.5, Ceiling: 0.5}
	if got := good.faults(); len(got) != 0 {
		t.Errorf("on the limits: %q", got)
	}
}

// Everybody gives everything the same mark: nothing is defined, nothing panics,
// no NaN is printed.
func TestAllAlike(t *testing.T) {
	marks := random(5, 2, 3, plain)
	for _, point := range marks {
		for _, row := range point {
			for k := range row {
				row[k] = 3
			}
		}
	}
	p, res := built([]float64{0.5, 0.3, 0.2}, marks)
	r := mustJudge(t, p, res)
	if r.Alpha != nil || r.AlphaWhy == "" || !r.Small() {
		t.Errorf("%+v", r)
	}
	all := strings.Join(r.Summary(), "")
	for _, it := range r.Items {
		all += it.Reason
		if it.ICC != nil || it.TwinR != nil || it.Verdict != Change {
			t.Errorf("%+v", it)
		}
	}
	if strings.Contains(all, "NaN") || !strings.Contains(all, "仅供参考") || !strings.Contains(all, "不能检验漏警") {
		t.Error(all)
	}
}

func TestOnTheBoundNothingFlips(t *testing.T) {
	// 4.2 everywhere is an index of exactly 80, the lower bound of 红
	one := [][]domain.Mark{{4, 4, 4}, {4, 4, 4}, {4, 4, 4}, {4, 4, 4}, {5, 5, 5}}
	p, res := built([]float64{0.1, 0.2, 0.7}, [][][]domain.Mark{one, one, one})
	for _, it := range mustJudge(t, p, res).Items {
		if it.More.Total()+it.Less.Total() != 0 {
			t.Errorf("%s: %+v %+v", it.Code, it.More, it.Less)
		}
	}
}

func TestIncompletePointsAreLeftOut(t *testing.T) {
	marks := random(10, 3, 3, plain)
	for a := range marks[4] {
		marks[4][a][1] = domain.Abstained
	}
	marks[6][0][2] = domain.Blank
	p, res := built([]float64{0.5, 0.3, 0.2}, marks)
	r := mustJudge(t, p, res)
	if r.Points != 9 || r.Left != 1 {
		t.Errorf("%d points, %d left", r.Points, r.Left)
	}
	if r.Items[0].AgreeN != 9 || r.Items[2].AgreeN != 8 {
		t.Errorf("agreement over %d and %d points", r.Items[0].AgreeN, r.Items[2].AgreeN)
	}
}

func TestMergedPointKeepsItsEvents(t *testing.T) {
	p, res := built([]float64{0.5, 0.5}, random(4, 3, 2, plain))
	old := &domain.RiskPoint{Status: domain.PointMerged, MergedInto: domain.To(res.Points[0].Point.ID)}
	old.ID, old.Code = "old", "旧"
	item := &domain.Intelligence{Verified: "部分属实", Points: []domain.Ref{domain.To("old")}}
	item.ID, item.Code = "i", "XX-1"
	rumour := &domain.Intelligence{Verified: "未查实", Points: []domain.Ref{domain.To(res.Points[1].Point.ID)}}
	rumour.ID, rumour.Code = "j", "XX-2"
	p.Put(old)
	p.Put(item)
	p.Put(rumour)
	if h := mustJudge(t, p, res).Hits; h.Events != 1 || h.Confirmed != 1 {
		t.Errorf("%+v", h)
	}
}

func TestRefusals(t *testing.T) {
	p, res := built([]float64{0.5, 0.5}, random(5, 2, 2, plain))
	if _, err := Indicators(p, nil); err == nil {
		t.Error("no result")
	}
	few, fewRes := built([]float64{0.5, 0.5}, random(2, 2, 2, plain))
	one, oneRes := built([]float64{1}, random(5, 2, 1, plain))
	crooked, crookedRes := built([]float64{0.5, 0.1}, random(5, 2, 2, plain))
	bare := *res
	bare.Scheme = &domain.LevelScheme{Name: "空"}
	for what, err := range map[string]error{"2 个": fail(Indicators(few, fewRes)), "1 项指标": fail(Indicators(one, oneRes)),
		"不是 1": fail(Indicators(crooked, crookedRes)), "还没有等级": fail(Indicators(p, &bare))} {
		if err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// 200 re-runs at 1,000 points, 7 indicators, 7 assessors.
func BenchmarkSensitivity(b *testing.B) {
	w := []float64{0.2, 0.2, 0.2, 0.1, 0.1, 0.1, 0.1}
	p, res := built(w, random(1000, 7, 7, plain))
	s, err := newScores(p, res)
	if err != nil {
		b.Fatal(err)
	}
	base := s.severities(s.weights, nil)
	buf := make([]int, 0, len(base))
	for b.Loop() {
		for i := range 200 {
			s.reweigh(i%7, 0.8+float64(i)*0.002, base, buf)
		}
	}
}

// The whole report at 1,000 points.
func BenchmarkReport(b *testing.B) {
	w := []float64{0.2, 0.2, 0.2, 0.1, 0.1, 0.1, 0.1}
	p, res := built(w, random(1000, 7, 7, plain))
	for b.Loop() {
		mustJudge(b, p, res)
	}
}

// From nothing there is no percentage: such points count, but not in the mean.
func TestComparisonFromZero(t *testing.T) {
	weights := []float64{0.5, 0.5}
	all := func(m domain.Mark) [][][]domain.Mark {
		one := [][]domain.Mark{{m, m}, {m, m}}
		return [][][]domain.Mark{one, one, one, {{4, 4}, {4, 5}}}
	}
	p, first := built(weights, all(1))
	_, second := built(weights, all(3))
	c, err := Compare(p, first, second)
	if err != nil {
		t.Fatal(err)
	}
	if e := c.Effects[3]; e.Status != domain.ResultNothing || e.Points != 4 || e.Mean != 0 || e.Worse != 3 {
		t.Errorf("%+v", e)
	}
	if s := strings.Join(c.Sentences(), ""); strings.Contains(s, "NaN") || strings.Contains(s, "Inf") || !strings.Contains(s, "仅供参考") || !strings.Contains(s, "蓝→黄 3 个") {
		t.Error(s)
	}
}
