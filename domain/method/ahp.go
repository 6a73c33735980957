package method

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Derivation is how weights are drawn from a judgement matrix.
type Derivation string

const (
	// Eigenvector 特征根法: A·w = λmax·w (Saaty 1980).
	Eigenvector Derivation = "eigenvector"
	// Geometric 方根法: w_i ∝ (∏_j a_ij)^(1/n).
	Geometric Derivation = "geometric"
	// Columns 和积法: w_i = mean over j of a_ij / Σ_k a_kj.
	Columns Derivation = "columns"
)

// Label is the Chinese name that every print must show: the three derivations differ in the third decimal.
func (d Derivation) Label() string {
	switch d {
	case Geometric:
		return "方根法"
	case Columns:
		return "和积法"
	}
	return "特征根法"
}

// RITable names a table of random indices.
type RITable string

const (
	// RI1980 is Saaty's first table, the one in Chinese textbooks.
	RI1980 RITable = "1980"
	// RI2005 is Saaty's table from larger simulations.
	RI2005 RITable = "2005"
)

// MaxAHP is the largest matrix the random-index tables reach.
const MaxAHP = 15

// Index n−1. Sources: 1980 to n = 10 and 2005 to n = 10 as in the product's field notes; n = 11–15 as
// commonly reprinted with each table.
var randomIndex = map[RITable][MaxAHP]float64{
	RI1980: {0, 0, .58, .90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59},
	RI2005: {0, 0, .52, .89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.51, 1.54, 1.56, 1.57, 1.58},
}

// RandomIndex is RI for a matrix of n items. Errors: unknown table, n outside 1..MaxAHP.
func RandomIndex(table RITable, n int) (float64, error) {
	t, ok := randomIndex[table]
	if !ok {
		return 0, refuse("ri", ErrUnknown, "随机一致性指标表 %q 不认识，请用 1980 或 2005。", string(table))
	}
	if n < 1 || n > MaxAHP {
		return 0, refuse("upper", ErrRange, "判断矩阵有 %d 项，应为 1 到 %d 项，请分层比较。", n, MaxAHP)
	}
	return t[n-1], nil
}

// CRLimit is the consistency ratio below which judgements pass (Saaty).
const CRLimit = 0.10

// AHPOptions choose the derivation and the random-index table; the zero value means 特征根法 and RI 1980.
type AHPOptions struct {
	Method Derivation
	RI     RITable
}

// AHPResult is the outcome of one judgement matrix.
type AHPResult struct {
	Weights    []float64  `json:"weights"`    // sums to 1
	LambdaMax  float64    `json:"lambda_max"` // ≥ n
	CI         float64    `json:"ci"`         // (λmax−n)/(n−1), 0 for n ≤ 2
	CR         float64    `json:"cr"`         // CI/RI, 0 for n ≤ 2
	Consistent bool       `json:"consistent"` // CR < CRLimit
	Worst      *Judgement `json:"worst"`      // nil when the judgements agree perfectly
	RI         float64    `json:"-"`
	Options    AHPOptions `json:"-"` // as used, defaults filled in
}

// AHP draws weights from a full n×n judgement matrix, a_ij = how many times item i outweighs item j.
// The matrix must be positive and reciprocal (a_ij·a_ji = 1; decimals such as 0.33 for 1/3 are forgiven and
// then recomputed from the larger side). λmax is the principal eigenvalue for 特征根法, else the mean of
// (A·w)_i/w_i. CI = (λmax−n)/(n−1), CR = CI/RI. Source: Saaty, The Analytic Hierarchy Process, 1980.
// Errors: empty, not square, not finite, not positive, not reciprocal, more than MaxAHP items, unknown options.
func AHP(matrix [][]float64, opts AHPOptions) (AHPResult, error) {
	opts = opts.withDefaults()
	a, err := Reciprocal(matrix)
	if err != nil {
		return AHPResult{}, err
	}
	r, err := solveAHP(a, opts)
	if err != nil {
		return AHPResult{}, err
	}
	r.Worst, err = worstJudgement(a, opts)
	return r, err
}

// AHPUpper is AHP on the upper triangle alone, row by row without the diagonal: n−1 rows of n−1, …, 1 values.
func AHPUpper(upper [][]float64, opts AHPOptions) (AHPResult, error) {
	m, err := FromUpper(upper)
	if err != nil {
		return AHPResult{}, err
	}
	return AHP(m, opts)
}

func (o AHPOptions) withDefaults() AHPOptions {
	if o.Method == "" {
		o.Method = Eigenvector
	}
	if o.RI == "" {
		o.RI = RI1980
	}
	return o
}

// solveAHP works on a matrix that Reciprocal has already accepted.
func solveAHP(a [][]float64, opts AHPOptions) (AHPResult, error) {
	n := len(a)
	ri, err := RandomIndex(opts.RI, n)
	if err != nil {
		return AHPResult{}, err
	}
	r := AHPResult{RI: ri, Options: opts}
	switch opts.Method {
	case Eigenvector:
		r.Weights, r.LambdaMax, err = principal(a)
	case Geometric:
		r.Weights = geometricWeights(a)
		r.LambdaMax = lambdaOf(a, r.Weights)
	case Columns:
		r.Weights = columnWeights(a)
		r.LambdaMax = lambdaOf(a, r.Weights)
	default:
		err = refuse("method", ErrUnknown, "权重算法 %q 不认识，请用 eigenvector（特征根法）、geometric（方根法）或 columns（和积法）。",
			string(opts.Method))
	}
	if err != nil {
		return AHPResult{}, err
	}
	if n > 2 {
		// rounding may leave λmax a hair below n
		r.CI = math.Max(0, (r.LambdaMax-float64(n))/float64(n-1))
		r.CR = r.CI / ri
	}
	r.Consistent = r.CR < CRLimit
	return r, nil
}

// principal finds the largest eigenvalue of a positive matrix and its eigenvector, scaled to sum 1.
func principal(a [][]float64) ([]float64, float64, error) {
	var eig mat.Eigen
	if !eig.Factorize(dense(a), mat.EigenRight) {
		return nil, 0, refuse("upper", ErrRange, "判断矩阵的特征根算不出来，请检查有没有过大或过小的判断值。")
	}
	values := eig.Values(nil)
	best := 0
	for i, v := range values {
		if real(v) > real(values[best]) {
			best = i
		}
	}
	var vectors mat.CDense
	eig.VectorsTo(&vectors)
	w := make([]float64, len(a))
	for i := range w {
		w[i] = math.Abs(real(vectors.At(i, best)))
	}
	floats.Scale(1/floats.Sum(w), w)
	return w, real(values[best]), nil
}

func dense(a [][]float64) *mat.Dense {
	d := mat.NewDense(len(a), len(a), nil)
	for i, row := range a {
		d.SetRow(i, row)
	}
	return d
}

func geometricWeights(a [][]float64) []float64 {
	w := make([]float64, len(a))
	for i, row := range a {
		var logs float64
		for _, v := range row {
			logs += math.Log(v)
		}
		w[i] = math.Exp(logs / float64(len(a)))
	}
	floats.Scale(1/floats.Sum(w), w)
	return w
}

func columnWeights(a [][]float64) []float64 {
	w := make([]float64, len(a))
	for _, column := range transpose(a) {
		floats.AddScaled(w, 1/floats.Sum(column), column)
	}
	floats.Scale(1/float64(len(a)), w)
	return w
}

// lambdaOf estimates λmax by the mean of (A·w)_i / w_i.
func lambdaOf(a [][]float64, w []float64) float64 {
	var sum float64
	for i, row := range a {
		sum += floats.Dot(row, w) / w[i]
	}
	return sum / float64(len(a))
}
