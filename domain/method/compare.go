package method

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// WilcoxonExactLimit is the largest number of pairs for which the exact distribution is used.
const WilcoxonExactLimit = 25

// WilcoxonResult is a signed-rank test of paired values.
type WilcoxonResult struct {
	V    float64 `json:"v"`     // sum of the ranks of the positive differences x − y
	POne float64 `json:"p_one"` // one-sided, in the direction observed
	PTwo float64 `json:"p_two"` // two-sided
	N    int     `json:"-"`     // pairs that differ
	// Z is the normal deviate with continuity correction, 0 when Exact; positive when x is larger.
	Z     float64 `json:"-"`
	Exact bool    `json:"-"`
}

// Wilcoxon is the signed-rank test on x − y. Pairs without difference are dropped. Up to WilcoxonExactLimit
// pairs without ties the p values are exact; otherwise normal, Var = n(n+1)(2n+1)/24 − Σ(t³−t)/48, with
// continuity correction ½. Source: Wilcoxon 1945; Hollander & Wolfe. Errors: empty, unequal lengths, not
// finite, no pair that differs.
func Wilcoxon(x, y []float64) (WilcoxonResult, error) {
	if err := checkPair(x, y, 1); err != nil {
		return WilcoxonResult{}, err
	}
	// the rounding of x and y, not the size of their difference, says what is equal
	eps := math.Max(tieEps(x), tieEps(y))
	diff, size := differences(x, y, eps)
	if len(diff) == 0 {
		return WilcoxonResult{}, refuse("x", ErrVariance, "两组数据完全相同，没有差异可以检验。")
	}
	rank, ties := ranks(size, eps)
	r := WilcoxonResult{N: len(diff)}
	for i, d := range diff {
		if d > 0 {
			r.V += rank[i]
		}
	}
	n := float64(r.N)
	mean := n * (n + 1) / 4
	if r.N <= WilcoxonExactLimit && ties == 0 {
		r.Exact = true
		r.POne = signedRankTail(r.N, int(math.Max(r.V, 2*mean-r.V)))
	} else {
		sd := math.Sqrt(n*(n+1)*(2*n+1)/24 - ties/48)
		r.Z = math.Copysign(math.Max(0, math.Abs(r.V-mean)-0.5)/sd, r.V-mean)
		r.POne = distuv.UnitNormal.Survival(math.Abs(r.Z))
	}
	r.PTwo = math.Min(1, 2*r.POne)
	return r, nil
}

// differences gives x − y and |x − y| for the pairs that differ by more than eps.
func differences(x, y []float64, eps float64) (diff, size []float64) {
	for i := range x {
		if d := x[i] - y[i]; math.Abs(d) > eps {
			diff = append(diff, d)
			size = append(size, math.Abs(d))
		}
	}
	return diff, size
}

// signedRankTail is P(V ≥ v) for n untied pairs, by counting the subsets of {1…n} with each sum.
func signedRankTail(n, v int) float64 {
	ways := make([]float64, n*(n+1)/2+1)
	ways[0] = 1
	for k := 1; k <= n; k++ {
		for s := len(ways) - 1; s >= k; s-- {
			ways[s] += ways[s-k]
		}
	}
	return floats.Sum(ways[v:]) / math.Pow(2, float64(n))
}

// TTestResult is a paired t test.
type TTestResult struct {
	T    float64 `json:"t"`
	DF   int     `json:"df"`
	P    float64 `json:"p"` // two-sided
	Mean float64 `json:"-"` // mean of x − y
}

// PairedT is t = d̄/(s_d/√n) on d = x − y, df n−1. Errors: fewer than two pairs, unequal lengths, not finite,
// all differences equal.
func PairedT(x, y []float64) (TTestResult, error) {
	if err := checkPair(x, y, 2); err != nil {
		return TTestResult{}, err
	}
	d := make([]float64, len(x))
	floats.SubTo(d, x, y)
	if floats.Max(d)-floats.Min(d) <= math.Max(tieEps(x), tieEps(y)) {
		return TTestResult{}, refuse("x", ErrVariance, "各对数据的差都一样，没有差异，不能做 t 检验。")
	}
	mean, sd := stat.MeanStdDev(d, nil)
	df := len(d) - 1
	t := mean / (sd / math.Sqrt(float64(len(d))))
	dist := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(df)}
	return TTestResult{T: t, DF: df, P: math.Min(1, 2*dist.Survival(math.Abs(t))), Mean: mean}, nil
}

// Reduction is the effect of a measure, (before − after)/before; 0.2 = one fifth less, negative = worse.
// Errors: not finite, before not above 0.
func Reduction(before, after float64) (float64, error) {
	if err := checkPositive("before", before); err != nil {
		return 0, err
	}
	if err := checkNumber("after", after); err != nil {
		return 0, err
	}
	return (before - after) / before, nil
}
