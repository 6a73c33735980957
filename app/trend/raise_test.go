package trend_test

import (
	"slices"
	"strings"
	"testing"

	"lianshao/app/trend"
	"lianshao/domain"
)

var steps = []float64{1, 2, 3, 4, 5, 6, 7, 8}

// round is a pilot with one rated point of the given index and a monitor tied to it.
func round(t *testing.T, mark domain.Mark, values []float64) (*domain.Pilot, *domain.RoundResult, *domain.RiskPoint) {
	t.Helper()
	p, m := monitorOf(1, false, values...)
	point := &domain.RiskPoint{Name: "风险", Status: domain.PointActive}
	point.ID, point.Code = "p", "P-1"
	p.RiskPoints.Put(point)
	m.Points = []domain.Ref{domain.To("p")}
	sys := &domain.IndicatorSystem{Target: domain.TargetPoint, Dimensions: []domain.Dimension{{Weight: 1, Indicators: []domain.Indicator{{Weight: 1}}}}}
	sys.ID = "s"
	scheme := &domain.LevelScheme{Levels: []domain.Level{{Label: "黄", Severity: 1, Min: 40}, {Label: "红", Severity: 3, Min: 80},
		{Label: "蓝", Severity: 0}, {Label: "橙", Severity: 2, Min: 60}}}
	scheme.ID = "l"
	a := &domain.Assessment{No: 1, Name: "首次评估", PointSystem: domain.To("s"), Scheme: domain.To("l")}
	a.ID = "a"
	p.Systems.Put(sys)
	p.Schemes.Put(scheme)
	p.Assessments.Put(a)
	if mark > 0 {
		r := &domain.Rating{Assessment: domain.To("a"), Target: domain.TargetPoint, Subject: domain.To("p"),
			Rows: []domain.RatingRow{{Assessor: "1", Marks: []domain.Mark{mark}}}}
		r.ID = "g"
		p.Ratings.Put(r)
	}
	return p, p.Assess(a), point
}

// Marks 1–5 give 蓝 蓝 黄 橙 红 by the index 0, 25, 50, 75, 100.
func TestRaise(t *testing.T) {
	plus := func(by float64) []float64 { // worsening
		out := slices.Clone(steps)
		for i := range out {
			out[i] += by
		}
		return out
	}
	flat := func(v float64) []float64 { return slices.Repeat([]float64{v}, 8) }
	for _, c := range []struct {
		name   string
		mark   domain.Mark
		values []float64
		level  string
		by     string
	}{
		{"quiet", 3, flat(10), "黄", "评估"},
		{"warned below", 1, flat(50), "黄", "规则"},
		{"warned at the same level", 3, flat(55), "黄", "评估 规则"},
		{"alarmed", 1, flat(60), "橙", "规则"},
		{"alarmed under red", 5, flat(60), "红", "评估"},
		{"worsening", 1, plus(0), "黄", "趋势"},
		{"worsening from yellow", 3, plus(0), "橙", "趋势"},
		{"worsening from orange", 4, plus(0), "红", "趋势"},
		{"never above red", 5, plus(0), "红", "评估 趋势"},
		{"rule above trend", 1, plus(60), "橙", "规则"},
		{"trend and rule do not add up", 3, plus(60), "橙", "规则 趋势"},
		{"trend above rule", 4, plus(45), "红", "趋势"},
		{"not assessed", 0, flat(60), "橙", "规则"},
		{"not assessed, worsening", 0, plus(0), "黄", "趋势"},
		{"nothing", 0, flat(10), "", ""},
		{"too few for a trend", 3, plus(0)[:7], "黄", "评估"},
	} {
		p, res, point := round(t, c.mark, c.values)
		got := trend.Raise(p, res, point)
		if got.Level.Label != c.level || strings.Join(got.By, " ") != c.by {
			t.Errorf("%s: %q by %v, want %q by %s", c.name, got.Level.Label, got.By, c.level, c.by)
		}
		if got.Higher() != (c.by != "" && !strings.Contains(c.by, "评估")) {
			t.Errorf("%s: higher %v", c.name, got.Higher())
		}
		for _, by := range got.By {
			if !strings.Contains(got.Text(), by) {
				t.Errorf("%s: %q does not name %s", c.name, got.Text(), by)
			}
		}
	}
	p, res, point := round(t, 3, plus(0))
	if got := trend.Raise(p, res, point).Text(); got != "黄→橙（趋势：M 指标 显著上升）" {
		t.Errorf("%q", got)
	}
	if got := trend.Raise(p, nil, point); len(got.By) != 0 || got.Text() != "" {
		t.Errorf("without a round: %+v", got)
	}
}

// With fewer levels a warning still warns and an alarm is not the most severe while there is one between.
func TestRaiseInOtherSchemes(t *testing.T) {
	for _, c := range []struct {
		labels      []string // from the mildest
		warn, alarm string
	}{{[]string{"低", "中", "高"}, "中", "中"}, {[]string{"否", "是"}, "是", "是"}, {[]string{"一", "二", "三", "四", "五"}, "三", "四"}} {
		for value, want := range map[float64]string{50: c.warn, 60: c.alarm} {
			p, res, point := round(t, 0, []float64{value})
			res.Scheme.Levels = nil
			for i, l := range c.labels {
				res.Scheme.Levels = append(res.Scheme.Levels, domain.Level{Label: l, Severity: i, Min: float64(i)})
			}
			if got := trend.Raise(p, res, point); got.Level.Label != want {
				t.Errorf("%v at %g: %q, want %q", c.labels, value, got.Level.Label, want)
			}
		}
	}
}
