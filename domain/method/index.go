package method

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// WeightedSum is the weighted index S = Σ w_j·x_j of every row; Σw = 1. One row is one object, one column one
// indicator. Errors: weights not summing to 1 or negative, rows ragged or of another width than the weights.
func WeightedSum(weights []float64, rows [][]float64) ([]float64, error) {
	if err := CheckWeights(weights); err != nil {
		return nil, err
	}
	if err := checkTable("rows", rows); err != nil {
		return nil, err
	}
	if len(rows[0]) != len(weights) {
		return nil, refuse("rows", ErrShape, "数据表每行有 %d 个数，权重有 %d 个，应一一对应。", len(rows[0]), len(weights))
	}
	scores := make([]float64, len(rows))
	for i, row := range rows {
		scores[i] = floats.Dot(weights, row)
	}
	return scores, nil
}

// Normalize brings values to [0,1] by their extremes: (x−min)/(max−min), or (max−x)/(max−min) when more is
// better (negative). Errors: empty, not finite, all values equal.
func Normalize(values []float64, negative bool) ([]float64, error) {
	if err := checkList("values", values); err != nil {
		return nil, err
	}
	lo, hi := floats.Min(values), floats.Max(values)
	if hi-lo <= tieEps(values) {
		return nil, refuse("values", ErrVariance, "各个数都是 %.6g，没有差异，不能归一化。", lo)
	}
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = (v - lo) / (hi - lo)
		if negative {
			out[i] = 1 - out[i]
		}
	}
	return out, nil
}

// EntropyWeights weighs indicators by how much the objects differ on them: columns normalised by extremes,
// p_ij = x'_ij/Σ_i x'_ij, e_j = −Σ p·ln p / ln n, w_j = (1−e_j)/Σ(1−e). One row is one object, one column one
// indicator; negative marks columns where more is better, nil means none. An indicator on which all objects
// are alike gets weight 0. Source: Shannon entropy weighting. Errors: fewer than 2 rows, ragged, not finite,
// negative of another length, no differences anywhere.
func EntropyWeights(rows [][]float64, negative []bool) ([]float64, error) {
	if err := checkSize("rows", rows, 2, 1, "行", "列"); err != nil {
		return nil, err
	}
	if negative != nil && len(negative) != len(rows[0]) {
		return nil, refuse("rows", ErrShape, "指标方向有 %d 个，数据表有 %d 列，应一一对应。", len(negative), len(rows[0]))
	}
	w := make([]float64, len(rows[0]))
	for j, column := range transpose(rows) {
		x, err := Normalize(column, negative != nil && negative[j])
		if err != nil {
			continue // no differences: the column tells nothing
		}
		floats.Scale(1/floats.Sum(x), x)
		w[j] = 1 - stat.Entropy(x)/math.Log(float64(len(x)))
	}
	sum := floats.Sum(w)
	if sum <= 1e-12 {
		return nil, refuse("rows", ErrVariance, "各对象在所有指标上都没有差异，不能用熵权法定权重。")
	}
	floats.Scale(1/sum, w)
	return w, nil
}

// Mean is Σx/n. Errors: empty, not finite.
func Mean(values []float64) (float64, error) {
	if err := checkList("values", values); err != nil {
		return 0, err
	}
	return stat.Mean(values, nil), nil
}

// Median is the middle value, or the mean of the two middle values. Errors: empty, not finite.
func Median(values []float64) (float64, error) {
	if err := checkList("values", values); err != nil {
		return 0, err
	}
	return medianOf(slices.Clone(values)), nil
}

// medianOf sorts its argument.
func medianOf(x []float64) float64 {
	slices.Sort(x)
	if n := len(x); n%2 == 0 {
		return (x[n/2-1] + x[n/2]) / 2
	}
	return x[len(x)/2]
}

// TrimmedMean is the mean without the ⌊trim·n⌋ smallest and as many largest values; trim in [0, 0.5).
// Errors: empty, not finite, trim out of range.
func TrimmedMean(values []float64, trim float64) (float64, error) {
	if err := checkList("values", values); err != nil {
		return 0, err
	}
	if err := checkBetween("trim", trim, 0, 0.5); err != nil {
		return 0, err
	}
	x := slices.Clone(values)
	slices.Sort(x)
	// the small addend keeps 0.2·5 from counting as 0.999…
	cut := min(int(trim*float64(len(x))+1e-9), (len(x)-1)/2)
	return stat.Mean(x[cut:len(x)-cut], nil), nil
}

// CVLimit is the dispersion of assessors above which a score should be discussed again (建议复议).
const CVLimit = 0.25

// CV is the coefficient of variation s/|x̄| with the sample standard deviation (n−1). Errors: fewer than two
// values, not finite, mean 0.
func CV(values []float64) (float64, error) {
	if err := checkList("values", values); err != nil {
		return 0, err
	}
	if len(values) < 2 {
		return 0, refuse("values", ErrTooFew, "只有 1 个数，至少要 2 个才能算变异系数。")
	}
	mean, sd := stat.MeanStdDev(values, nil)
	if math.Abs(mean) <= tieEps(values) {
		return 0, refuse("values", ErrRange, "平均数为 0，变异系数没有意义。")
	}
	return sd / math.Abs(mean), nil
}
