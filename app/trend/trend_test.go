package trend_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lianshao/app/trend"
	"lianshao/domain"
)

// monitorOf makes a pilot with one monitor and readings every step months from 2025-01.
func monitorOf(step int, low bool, values ...float64) (*domain.Pilot, *domain.Monitor) {
	p := domain.NewPilot()
	m := &domain.Monitor{Name: "指标", Measure: "%", LowIsBad: low, Warn: 50, Alarm: 60}
	m.ID, m.Code = "m", "M"
	p.Monitors.Put(m)
	first, _ := trend.Month("2025-01")
	for i, v := range values {
		r := &domain.Reading{Monitor: domain.To("m"), Period: trend.Period(first + i*step), Value: v}
		r.ID = domain.ID(fmt.Sprint("r", i))
		p.Readings.Put(r)
	}
	return p, m
}

func TestWordsByNumberAndDirection(t *testing.T) {
	up := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9}
	down := slices.Clone(up)
	slices.Reverse(down)
	for _, c := range []struct {
		values []float64
		low    bool
		want   string
	}{
		{nil, false, trend.TooFew}, {up[:3], false, trend.TooFew}, {up[:4], false, trend.Reference}, {up[:7], false, trend.Reference},
		{up[:8], false, "显著上升（恶化）"}, {up, true, "显著上升（改善）"}, {down, false, "显著下降（改善）"}, {down, true, "显著下降（恶化）"},
		{[]float64{5, 5, 5, 5, 5, 5, 5, 5}, false, trend.Steady},
	} {
		p, m := monitorOf(1, c.low, c.values...)
		if got := trend.Of(p, m); got.Words != c.want || got.Worsening != strings.Contains(c.want, "恶化") || (got.Ahead != nil) != (len(c.values) >= 8) {
			t.Errorf("%v low=%v: %q worsening %v forecast %v, want %q", c.values, c.low, got.Words, got.Worsening, got.Ahead, c.want)
		}
	}
}

// Quarterly readings have a slope per month and a forecast of one quarter.
func TestQuarters(t *testing.T) {
	p, m := monitorOf(3, false, 3, 6, 9, 12, 15, 18, 21, 24)
	got := trend.Of(p, m)
	if got.Step() != 3 || got.MK.Sen != 1 {
		t.Errorf("step %d, slope %g, want 3 and 1", got.Step(), got.MK.Sen)
	}
	if got.Ahead == nil || !slices.Equal(got.Ahead.Periods, []string{"2027-01"}) || got.Ahead.Filled != 0 {
		t.Errorf("forecast %+v, want 2027-01", got.Ahead)
	}
}

// A shift after a quiet start alarms on both charts when it is on the bad side, and never on the good side.
func TestControlCharts(t *testing.T) {
	values := []float64{10, 11, 10, 9, 10, 11, 10, 9, 15, 16, 15, 16, 15, 16, 15, 16}
	p, m := monitorOf(1, false, values...)
	c := trend.Of(p, m).Control
	if len(c.EWMA) == 0 || len(c.CUSUM) == 0 || c.EWMA[0] < "2025-09" || c.CUSUM[0] < "2025-09" || c.Target != 10 {
		t.Errorf("risk side: %+v", c)
	}
	p, m = monitorOf(1, true, values...)
	if c = trend.Of(p, m).Control; len(c.EWMA)+len(c.CUSUM) != 0 {
		t.Errorf("good side: %+v", c)
	}
	p, m = monitorOf(1, false, 7, 7, 7, 7, 7, 7, 7, 7)
	if c = trend.Of(p, m).Control; c.Sigma != 0 || len(c.EWMA)+len(c.CUSUM) != 0 {
		t.Errorf("never changing: %+v", c)
	}
}

// Holes in more than a third of the months leave no forecast; months that are
// no months are left out and told.
func TestGapsAndUnreadableMonths(t *testing.T) {
	p, m := monitorOf(1, false, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)
	for i, r := range slices.Clone(p.Readings.All()) {
		if i%2 == 1 && i < 15 {
			p.Readings.Delete(r.ID)
		}
	}
	got := trend.Of(p, m)
	if got.N() != 9 || !got.Tested || got.Ahead != nil || !strings.Contains(got.Sentence(m), "缺测太多，不作预测") || got.MK.Sen != 1 {
		t.Errorf("n %d, forecast %+v, Sen %g: %s", got.N(), got.Ahead, got.MK.Sen, got.Sentence(m))
	}
	bad := &domain.Reading{Monitor: domain.To("m"), Period: "八月", Value: 1e9}
	bad.ID = "bad"
	p.Readings.Put(bad)
	if again := trend.Of(p, m); again.Ignored != 1 || again.N() != 9 || !strings.Contains(again.Sentence(m), "另有 1 个读数") {
		t.Errorf("ignored %d, n %d: %s", again.Ignored, again.N(), again.Sentence(m))
	}
}

// A forecast is never beyond what a percentage or a count can be, unless readings were.
func TestForecastIsClipped(t *testing.T) {
	p, m := monitorOf(1, false, 65, 70, 75, 80, 85, 90, 95, 99)
	if f := trend.Of(p, m).Ahead; f.Mean[2] > 100 || f.High[2] != 100 {
		t.Errorf("percentages: %+v", f)
	}
	p, m = monitorOf(1, false, 40, 36, 31, 25, 20, 14, 8, 1)
	if f := trend.Of(p, m).Ahead; f.Low[2] != 0 {
		t.Errorf("below nothing: %+v", f)
	}
	p, m = monitorOf(1, false, 40, 30, 20, 10, 0, -10, -20, -30)
	if f := trend.Of(p, m).Ahead; f.Mean[0] >= 0 {
		t.Errorf("negative readings go on: %+v", f)
	}
}

// Only an alarm that still stands is told, with its unbroken run; a passed one stays in the list.
func TestSentenceTellsStandingAlarms(t *testing.T) {
	quiet := []float64{10, 11, 10, 9, 10, 11, 10, 9, 10, 11}
	p, m := monitorOf(1, false, append(quiet, 15, 16, 15, 16, 15, 16)...)
	got := trend.Of(p, m)
	if s := got.Sentence(m); !strings.Contains(s, "EWMA、CUSUM 控制图自 "+got.Control.EWMA[0]+" 起报警") {
		t.Errorf("standing: %s", s)
	}
	p, m = monitorOf(1, false, append(quiet, 10, 25, 10, 9, 10, 11, 10, 9, 10, 11, 10, 9, 9, 9, 9, 9, 9, 9, 9)...)
	got = trend.Of(p, m)
	if s := got.Sentence(m); len(got.Control.EWMA) == 0 || strings.Contains(s, "报警") {
		t.Errorf("passed: %v, %s", got.Control, s)
	}
}

// A forecast that turns away from a significant trend says so.
func TestSentenceOfATurn(t *testing.T) {
	p, m := monitorOf(1, false, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 11, 10, 9, 8)
	if s := trend.Of(p, m).Sentence(m); !strings.Contains(s, "显著上升（恶化）") || !strings.Contains(s, "低于最新读数") {
		t.Error(s)
	}
	p, m = monitorOf(1, false, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49)
	if s := trend.Of(p, m).Sentence(m); !strings.Contains(s, "2025-12 可能到预警值") {
		t.Error(s)
	}
}
