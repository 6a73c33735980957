package method

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The exact p must equal counting every assignment of signs.
func TestWilcoxonAgainstEnumeration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 10).Draw(t, "n")
		x, y := make([]float64, n), make([]float64, n)
		for i, r := range drawOrder(t, n) {
			x[i] = float64(r + 1)
			if rapid.Bool().Draw(t, "negative") {
				x[i] = -x[i]
			}
		}
		r, err := Wilcoxon(x, y)
		if err != nil || !r.Exact {
			t.Fatal(err, r)
		}
		other := float64(n*(n+1)/2) - r.V
		more := 0
		for signs := range 1 << n {
			v := 0
			for k := range n {
				if signs>>k&1 == 1 {
					v += k + 1
				}
			}
			if float64(v) >= math.Max(r.V, other) {
				more++
			}
		}
		close1(t, "p", r.POne, float64(more)/float64(int(1)<<n), 1e-12)
		swapped, err := Wilcoxon(y, x)
		if err != nil {
			t.Fatal(err)
		}
		close1(t, "V swapped", swapped.V, other, 0)
		close1(t, "p swapped", swapped.PTwo, r.PTwo, 1e-12)
	})
}

func TestPairedTestsLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(3, 40).Draw(t, "n")
		pair := drawScores(t, "score", 2, n)
		order := drawOrder(t, n)
		x2, y2 := permuted(pair[0], order), permuted(pair[1], order)
		for i := range x2 { // a change of unit changes nothing
			x2[i], y2[i] = x2[i]*.1+7, y2[i]*.1+7
		}
		if a, err := Wilcoxon(pair[0], pair[1]); err == nil {
			b, err := Wilcoxon(x2, y2)
			if err != nil {
				t.Fatal(err)
			}
			close1(t, "V", b.V, a.V, 1e-9)
			close1(t, "p", b.PTwo, a.PTwo, 1e-9)
		}
		if a, err := PairedT(pair[0], pair[1]); err == nil {
			b, err := PairedT(x2, y2)
			if err != nil {
				t.Fatal(err)
			}
			close1(t, "t", b.T, a.T, 1e-6*(1+math.Abs(a.T)))
		}
	})
}

func TestMannKendallLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := drawScores(t, "reading", 1, rapid.IntRange(MinSlopeReadings, 30).Draw(t, "n"))[0]
		a, err := MannKendall(x)
		if err != nil {
			t.Fatal(err)
		}
		back, scaled := slices.Clone(x), slices.Clone(x)
		slices.Reverse(back)
		for i := range scaled {
			scaled[i] = 2.5*x[i] - 4
		}
		b, err := MannKendall(back)
		c, err2 := MannKendall(scaled)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		close1(t, "S backwards", b.S, -a.S, 0)
		close1(t, "slope backwards", b.Sen, -a.Sen, 1e-12)
		close1(t, "S scaled", c.S, a.S, 0)
		close1(t, "Z scaled", c.Z, a.Z, 0)
		close1(t, "slope scaled", c.Sen, 2.5*a.Sen, 1e-9)
		if a.POne < 0 || a.POne > .5 || a.PTwo > 1 {
			t.Fatalf("p out of range: %+v", a)
		}
	})
}

func TestSenFindsALine(t *testing.T) {
	r, err := MannKendallAt([]float64{1, 2, 5, 9, 10}, []float64{3, 5, 11, 19, 21})
	if err != nil || math.Abs(r.Sen-2) > 1e-12 || r.S != 10 {
		t.Errorf("%+v, %v", r, err)
	}
	flat, err := MannKendall([]float64{4, 4, 4, 4, 4})
	if err != nil || flat.Z != 0 || flat.Sen != 0 || flat.POne != .5 || flat.PTwo != 1 {
		t.Errorf("flat: %+v, %v", flat, err)
	}
}

func TestChartsLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := drawList(t, "reading", rapid.IntRange(1, 30).Draw(t, "n"), -50, 50)
		lambda := rapid.Float64Range(.05, 1).Draw(t, "lambda")
		a, err := EWMA(x, lambda, 3, 2)
		if err != nil {
			t.Fatal(err)
		}
		mirrored := slices.Clone(x)
		for i := range mirrored {
			mirrored[i] = 6 - x[i]
		}
		b, err := EWMA(mirrored, lambda, 3, 2)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(a.Alarms, b.Alarms) {
			t.Fatalf("alarms %v, mirrored %v", a.Alarms, b.Alarms)
		}
		c, err := CUSUM(x, 3, 2, .5, 5)
		d, err2 := CUSUM(mirrored, 3, 2, .5, 5)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		for i := range x {
			close1(t, "EWMA mirrored", b.Smoothed[i], 6-a.Smoothed[i], 1e-9)
			close1(t, "CUSUM mirrored", d.Low[i], c.High[i], 1e-9)
		}
	})
}

// Readings on the limit itself do not alarm, on either side.
func TestOnTheLimit(t *testing.T) {
	for _, lambda := range []float64{.05, .3, 1} {
		for _, x := range []float64{9, -3} { // 3 ± 3·2
			r, err := EWMA([]float64{x}, lambda, 3, 2)
			if err != nil || len(r.Alarms) != 0 {
				t.Errorf("λ %g, reading %g: alarms %v, %v", lambda, x, r.Alarms, err)
			}
		}
		if r, err := EWMA([]float64{9.001}, lambda, 3, 2); err != nil || len(r.Alarms) != 1 {
			t.Errorf("λ %g: 9.001 does not alarm, %v", lambda, err)
		}
	}
}

func TestHoltLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := drawList(t, "reading", rapid.IntRange(MinTrendReadings, 24).Draw(t, "n"), 0, 10)
		a, err := HoltDamped(x, 6, .95)
		if err != nil {
			t.Fatal(err)
		}
		for i := range a.Point {
			if !(a.Low[i] <= a.Point[i] && a.Point[i] <= a.High[i]) {
				t.Fatalf("interval %g…%g misses %g", a.Low[i], a.High[i], a.Point[i])
			}
			if i > 0 && a.High[i]-a.Low[i] < a.High[i-1]-a.Low[i-1]-1e-9 {
				t.Fatal("the interval narrows")
			}
		}
		wide, err := HoltDamped(x, 6, .99)
		if err != nil || wide.High[0] < a.High[0] {
			t.Fatal(err, "a surer interval is narrower")
		}
		for i := range x {
			x[i] = 4*x[i] + 100
		}
		b, err := HoltDamped(x, 6, .95)
		if err != nil {
			t.Fatal(err)
		}
		if b.Alpha == a.Alpha && b.Beta == a.Beta && b.Phi == a.Phi { // else two fits were equally good
			close1(t, "scaled point", b.Point[5], 4*a.Point[5]+100, 1e-6)
			close1(t, "scaled width", b.High[5]-b.Low[5], 4*(a.High[5]-a.Low[5]), 1e-6)
		}
	})
}

func TestHoltOnKnownSeries(t *testing.T) {
	flat, err := HoltDamped([]float64{3, 3, 3, 3, 3, 3, 3, 3}, 3, .95)
	if err != nil || math.Abs(flat.Point[2]-3) > 1e-9 || flat.High[2]-flat.Low[2] > 1e-6 {
		t.Errorf("flat: %+v, %v", flat, err)
	}
	line := make([]float64, 20)
	for i := range line {
		line[i] = 10 + 2*float64(i)
	}
	up, err := HoltDamped(line, 4, .95)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range up.Point { // damped: rises, but not faster than the line
		if p <= line[19] || p > line[19]+2*float64(i+1)+.01 {
			t.Errorf("line: point %d is %g", i, p)
		}
	}
	if up.Point[0] < 49 {
		t.Errorf("line: first point %g, want near 50", up.Point[0])
	}
}
