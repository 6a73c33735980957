package method

import (
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func drawList(t *rapid.T, label string, n int, lo, hi float64) []float64 {
	return rapid.SliceOfN(rapid.Float64Range(lo, hi), n, n).Draw(t, label)
}

// drawScores draws whole scores 1–5, the kind with many ties.
func drawScores(t *rapid.T, label string, rows, cols int) [][]float64 {
	m := make([][]float64, rows)
	for i := range m {
		m[i] = make([]float64, cols)
		for j := range m[i] {
			m[i][j] = float64(rapid.IntRange(1, 5).Draw(t, label))
		}
	}
	return m
}

func drawWeights(t *rapid.T, n int) []float64 {
	w := drawList(t, "weights", n, 1, 50)
	var sum float64
	for _, v := range w {
		sum += v
	}
	for i := range w {
		w[i] /= sum
	}
	return w
}

func ratios(w []float64) [][]float64 {
	m := make([][]float64, len(w))
	for i := range w {
		for j := range w {
			m[i] = append(m[i], w[i]/w[j])
		}
	}
	return m
}

func close1(t *rapid.T, what string, got, want, tol float64) {
	if math.IsNaN(got) || math.Abs(got-want) > tol {
		t.Fatalf("%s = %.12g, want %.12g", what, got, want)
	}
}

func permuted[T any](x []T, order []int) []T {
	out := make([]T, len(x))
	for i, k := range order {
		out[i] = x[k]
	}
	return out
}

func drawOrder(t *rapid.T, n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	return rapid.Permutation(order).Draw(t, "order")
}

var derivations = []Derivation{Eigenvector, Geometric, Columns}

func TestAHPGivesKnownWeightsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWeights(t, rapid.IntRange(1, MaxAHP).Draw(t, "n"))
		for _, d := range derivations {
			r, err := AHP(ratios(w), AHPOptions{Method: d})
			if err != nil {
				t.Fatal(err)
			}
			for i := range w {
				close1(t, string(d), r.Weights[i], w[i], 1e-9)
			}
			close1(t, "λmax", r.LambdaMax, float64(len(w)), 1e-8)
			close1(t, "CR", r.CR, 0, 1e-8)
			if !r.Consistent || r.Worst != nil {
				t.Fatalf("consistent matrix: %v, worst %+v", r.Consistent, r.Worst)
			}
		}
	})
}

func TestAHPFindsTheSpoiledJudgement(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(4, 9).Draw(t, "n")
		m := ratios(drawWeights(t, n))
		i := rapid.IntRange(0, n-2).Draw(t, "i")
		j := rapid.IntRange(i+1, n-1).Draw(t, "j")
		honest := m[i][j]
		m[i][j] *= rapid.SampledFrom([]float64{.2, .5, 2, 6}).Draw(t, "slip")
		m[j][i] = 1 / m[i][j]
		r, err := AHP(m, AHPOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if r.CR <= 0 || r.Worst == nil || r.Worst.Row != i+1 || r.Worst.Col != j+1 {
			t.Fatalf("spoiled (%d,%d), found %+v, CR %g", i+1, j+1, r.Worst, r.CR)
		}
		close1(t, "mend", r.Worst.Mend/honest, 1, 1e-9)
		close1(t, "CR after", r.Worst.CRAfter, 0, 1e-8)
	})
}

func TestAHPOrderOfItemsDoesNotMatter(t *testing.T) {
	scale := []float64{1. / 9, 1. / 5, 1. / 3, 1. / 2, 1, 2, 3, 5, 9}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 8).Draw(t, "n")
		m := identity(n)
		for i := range n {
			for j := i + 1; j < n; j++ {
				m[i][j] = rapid.SampledFrom(scale).Draw(t, "judgement")
				m[j][i] = 1 / m[i][j]
			}
		}
		order := drawOrder(t, n)
		moved := permuted(m, order)
		for i := range moved {
			moved[i] = permuted(moved[i], order)
		}
		for _, d := range derivations {
			a, err := AHP(m, AHPOptions{Method: d})
			b, err2 := AHP(moved, AHPOptions{Method: d})
			if err != nil || err2 != nil {
				t.Fatal(err, err2)
			}
			close1(t, "CR", b.CR, a.CR, 1e-7)
			for i, k := range order {
				close1(t, "weight", b.Weights[i], a.Weights[k], 1e-8)
			}
		}
	})
}

func TestGroupOfOneAndOfTwins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := ratios(drawWeights(t, rapid.IntRange(2, 7).Draw(t, "n")))
		g, err := GroupMatrix([][][]float64{m, m, m})
		if err != nil {
			t.Fatal(err)
		}
		for i := range m {
			for j := range m {
				close1(t, "judgement", g[i][j]/m[i][j], 1, 1e-9)
			}
		}
	})
}

func TestWeightedSumScales(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWeights(t, rapid.IntRange(1, 8).Draw(t, "n"))
		rows := drawScores(t, "score", 3, len(w))
		s, err := WeightedSum(w, rows)
		if err != nil {
			t.Fatal(err)
		}
		for i := range rows {
			if s[i] < slices.Min(rows[i])-1e-9 || s[i] > slices.Max(rows[i])+1e-9 {
				t.Fatalf("score %g outside its row %v", s[i], rows[i])
			}
			for j := range rows[i] {
				rows[i][j] = 10*rows[i][j] + 3
			}
		}
		moved, err := WeightedSum(w, rows)
		if err != nil {
			t.Fatal(err)
		}
		for i := range s {
			close1(t, "scaled", moved[i], 10*s[i]+3, 1e-9)
		}
	})
}

func TestFuzzyStaysInUnit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWeights(t, rapid.IntRange(1, 6).Draw(t, "n"))
		m := make([][]float64, len(w))
		for i := range m {
			m[i] = drawWeights(t, 4) // rows of votes sum to 1
		}
		a, err := Fuzzy(w, m, FuzzyWeighted)
		b, err2 := Fuzzy(w, m, FuzzyMinMax)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		var sum float64
		for j := range a.Vector {
			sum += a.Vector[j]
			if b.Vector[j] > slices.Max(w)+1e-12 {
				t.Fatal("min–max above every weight")
			}
		}
		close1(t, "sum of memberships", sum, 1, 1e-9)
	})
}

func TestKendallLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, n := rapid.IntRange(2, 7).Draw(t, "raters"), rapid.IntRange(2, 12).Draw(t, "objects")
		raters := drawScores(t, "score", m, n)
		r, err := KendallW(raters)
		if errors.Is(err, ErrVariance) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if r.W < 0 || r.W > r.WCorrected+1e-12 || r.WCorrected > 1 || r.P < 0 || r.P > 1 {
			t.Fatalf("out of range: %+v", r)
		}
		order := drawOrder(t, n)
		moved := permuted(raters, drawOrder(t, m))
		for i := range moved {
			moved[i] = permuted(moved[i], order)
			for j := range moved[i] {
				moved[i][j] = math.Exp(moved[i][j]) // any rising scale keeps the ranks
			}
		}
		again, err := KendallW(moved)
		if err != nil {
			t.Fatal(err)
		}
		close1(t, "W", again.WCorrected, r.WCorrected, 1e-9)
		close1(t, "p", again.P, r.P, 1e-9)
	})
}

func TestPerfectAgreement(t *testing.T) {
	row := []float64{3, 1, 2, 2, 5}
	k, err := KendallW([][]float64{row, row, row})
	if err != nil || math.Abs(k.WCorrected-1) > 1e-12 || k.W >= 1 {
		t.Errorf("W = %+v, %v; want corrected 1, uncorrected below", k, err)
	}
	i, err := ICC(transpose([][]float64{row, row}))
	if err != nil || math.Abs(i.ICC1-1)+math.Abs(i.ICC2-1)+math.Abs(i.ICC3k-1) > 1e-9 {
		t.Errorf("ICC = %+v, %v; want 1", i, err)
	}
	f, err := FleissKappa([][]float64{{3, 0}, {0, 3}, {3, 0}})
	if err != nil || math.Abs(f.Kappa-1) > 1e-12 {
		t.Errorf("κ = %+v, %v; want 1", f, err)
	}
	c, err := Cronbach([][]float64{row, row, row})
	if err != nil || math.Abs(c.Alpha-1) > 1e-12 || math.Abs(*c.IfDeleted[2]-1) > 1e-12 {
		t.Errorf("α = %+v, %v; want 1", c, err)
	}
}

func TestICCLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawScores(t, "score", rapid.IntRange(2, 8).Draw(t, "n"), rapid.IntRange(2, 6).Draw(t, "k"))
		r, err := ICC(rows)
		if errors.Is(err, ErrVariance) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range []float64{r.ICC1, r.ICC2, r.ICC3, r.ICC1k, r.ICC3k} {
			if math.IsNaN(v) || v > 1+1e-9 {
				t.Fatalf("ICC %g above 1", v)
			}
		}
		order := drawOrder(t, len(rows[0]))
		moved := permuted(rows, drawOrder(t, len(rows)))
		for i := range moved {
			moved[i] = permuted(moved[i], order)
			for j := range moved[i] {
				moved[i][j] = 7*moved[i][j] - 20
			}
		}
		again, err := ICC(moved)
		if err != nil {
			t.Fatal(err)
		}
		close1(t, "ICC1", again.ICC1, r.ICC1, 1e-7)
		close1(t, "ICC2", again.ICC2, r.ICC2, 1e-7)
		close1(t, "ICC3k", again.ICC3k, r.ICC3k, 1e-6*(1+math.Abs(r.ICC3k)))
	})
}

func TestCronbachLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := drawScores(t, "score", rapid.IntRange(2, 6).Draw(t, "items"), rapid.IntRange(3, 10).Draw(t, "cases"))
		r, err := Cronbach(items)
		if errors.Is(err, ErrVariance) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if r.Alpha > 1+1e-9 {
			t.Fatalf("α = %g", r.Alpha)
		}
		order, cases := drawOrder(t, len(items)), drawOrder(t, len(items[0]))
		moved := permuted(items, order)
		for i := range moved {
			moved[i] = permuted(moved[i], cases)
			for j := range moved[i] {
				moved[i][j] = 3*moved[i][j] + float64(i)
			}
		}
		again, err := Cronbach(moved)
		if err != nil {
			t.Fatal(err)
		}
		close1(t, "α", again.Alpha, r.Alpha, 1e-7*(1+math.Abs(r.Alpha)))
		for i, k := range order {
			a, b := again.IfDeleted[i], r.IfDeleted[k]
			if (a == nil) != (b == nil) {
				t.Fatalf("deletion %d: %v and %v", k, a, b)
			}
			if a != nil {
				close1(t, "α if deleted", *a, *b, 1e-7*(1+math.Abs(*b)))
			}
		}
	})
}

func TestEntropyLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawScores(t, "score", rapid.IntRange(2, 8).Draw(t, "n"), rapid.IntRange(1, 5).Draw(t, "k"))
		w, err := EntropyWeights(rows, nil)
		if errors.Is(err, ErrVariance) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := CheckWeights(w); err != nil {
			t.Fatal(err)
		}
		moved := permuted(rows, drawOrder(t, len(rows)))
		negative := make([]bool, len(w))
		for i := range moved {
			moved[i] = slices.Clone(moved[i])
			for j := range moved[i] { // turned round and told so: the same
				moved[i][j] = 6 - moved[i][j]
				negative[j] = true
			}
		}
		again, err := EntropyWeights(moved, negative)
		if err != nil {
			t.Fatal(err)
		}
		for j := range w {
			close1(t, "weight", again[j], w[j], 1e-9)
		}
	})
}
