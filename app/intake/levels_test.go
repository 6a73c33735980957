package intake_test

import (
	"math"
	"testing"

	"lianshao/domain"
)

// The rounds computed from the imported workbooks equal the sample's published numbers.
func TestSampleScores(t *testing.T) {
	p, _ := samplePilot(t)
	want := expected(t)
	for no, name := range map[int]string{1: "first", 2: "second"} {
		res := p.Assess(p.Round(no))
		if res == nil {
			t.Fatalf("round %d cannot be computed", no)
		}
		exp := dig(want, "scoring", name).(map[string]any)
		for label, n := range exp["level_counts"].(map[string]any) {
			if res.LevelCounts()[label] != int(n.(float64)) {
				t.Errorf("round %d: %d points %s, want %v", no, res.LevelCounts()[label], label, n)
			}
		}
		points := exp["by_point"].(map[string]any)
		if len(points) != len(res.Points) {
			t.Errorf("round %d: %d points, want %d", no, len(res.Points), len(points))
		}
		for i := range res.Points {
			comparePoint(t, no, res.PointSys, res.Points[i], points[res.Points[i].Point.Code].(map[string]any))
		}
	}
}

func comparePoint(t *testing.T, no int, sys *domain.IndicatorSystem, got domain.PointOutcome, want map[string]any) {
	t.Helper()
	near := func(what string, a, b float64) {
		if math.IsNaN(a) || math.Abs(a-b) > 1e-6 {
			t.Errorf("round %d %s %s: %.9f, want %.9f", no, got.Point.Code, what, a, b)
		}
	}
	near("S", got.S, want["S"].(float64))
	near("index", got.Index, want["index"].(float64))
	if got.Level.Label != want["level"] {
		t.Errorf("round %d %s: level %s, want %v", no, got.Point.Code, got.Level.Label, want["level"])
	}
	for k, ind := range sys.Indicators() {
		near("mean "+ind.Code, got.Means[k], dig(want, "means", ind.Code).(float64))
		near("count "+ind.Code, float64(got.Counts[k]), dig(want, "n", ind.Code).(float64))
	}
	for k, dim := range sys.Dimensions {
		near("dim "+dim.Code, got.Dims[k], dig(want, "dim", dim.Code).(float64))
	}
}
