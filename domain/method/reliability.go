package method

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// CronbachResult is the internal consistency of a set of indicators.
type CronbachResult struct {
	Alpha float64 `json:"alpha"` // ≤ 1
	// IfDeleted is α without each item in turn; nil entries where it is undefined (one item left, or a total
	// that no longer varies).
	IfDeleted []*float64 `json:"if_deleted"`
}

// Cronbach is α = k/(k−1)·(1 − Σs²_i/s²_t) with sample variances. One row is one item (indicator), one column
// one case (risk point). Source: Cronbach 1951. Errors: one item, one case, ragged, not finite, a total
// without variance.
func Cronbach(items [][]float64) (CronbachResult, error) {
	if err := checkSize("items", items, 2, 2, "个指标", "个样本"); err != nil {
		return CronbachResult{}, err
	}
	variances := make([]float64, len(items))
	for i, item := range items {
		variances[i] = stat.Variance(item, nil)
	}
	total := columnSums(items)
	alpha, ok := alphaOf(variances, total)
	if !ok {
		return CronbachResult{}, refuse("items", ErrVariance, "各样本的总分都一样，没有差异，不能算 α 系数。")
	}
	r := CronbachResult{Alpha: alpha, IfDeleted: make([]*float64, len(items))}
	for i, item := range items {
		rest := slices.Clone(total)
		floats.Sub(rest, item)
		if a, ok := alphaOf(slices.Delete(slices.Clone(variances), i, i+1), rest); ok {
			r.IfDeleted[i] = &a
		}
	}
	return r, nil
}

func alphaOf(variances, total []float64) (float64, bool) {
	k := float64(len(variances))
	spread, sum := stat.Variance(total, nil), floats.Sum(variances)
	if k < 2 || spread <= sum*1e-14 || spread <= sq(tieEps(total)) {
		return 0, false
	}
	return k / (k - 1) * (1 - sum/spread), true
}

func columnSums(items [][]float64) []float64 {
	total := make([]float64, len(items[0]))
	for _, item := range items {
		floats.Add(total, item)
	}
	return total
}

// CronbachFromSD is α from a published summary: the items' standard deviations and that of the total.
// Errors: fewer than two items, not finite, a negative deviation, a total deviation not above 0.
func CronbachFromSD(sd []float64, total float64) (float64, error) {
	if err := checkList("sd", sd); err != nil {
		return 0, err
	}
	if len(sd) < 2 {
		return 0, refuse("sd", ErrTooFew, "只有 1 个指标，至少要 2 个指标才能算 α 系数。")
	}
	if err := checkPositive("total_sd", total); err != nil {
		return 0, err
	}
	var sum float64
	for i, s := range sd {
		if s < 0 {
			return 0, refuse("sd", ErrRange, "第 %d 个标准差为 %.6g，不能是负数。", i+1, s)
		}
		sum += s * s
	}
	k := float64(len(sd))
	return k / (k - 1) * (1 - sum/(total*total)), nil
}

// ItemTotalLimit is the corrected item–total correlation below which an indicator should be reviewed.
const ItemTotalLimit = 0.3

// ItemTotal is the corrected item–total correlation of every item: Pearson's r between the item and the sum of
// the other items; nil where either does not vary. Rows as in Cronbach. Errors: fewer than 2 items, fewer
// than 3 cases, ragged, not finite.
func ItemTotal(items [][]float64) ([]*float64, error) {
	if err := checkSize("items", items, 2, 3, "个指标", "个样本"); err != nil {
		return nil, err
	}
	total := columnSums(items)
	out := make([]*float64, len(items))
	for i, item := range items {
		rest := slices.Clone(total)
		floats.Sub(rest, item)
		if r, err := Correlation(item, rest); err == nil {
			out[i] = &r
		}
	}
	return out, nil
}

// Correlation is Pearson's r, in [−1,1]. Errors: unequal lengths, fewer than 3 pairs, not finite, a list without
// variance.
func Correlation(x, y []float64) (float64, error) {
	if err := checkPair(x, y, 3); err != nil {
		return 0, err
	}
	if constant(x) {
		return 0, refuse("x", ErrVariance, "第一组数据都一样，没有差异，不能算相关系数。")
	}
	if constant(y) {
		return 0, refuse("y", ErrVariance, "第二组数据都一样，没有差异，不能算相关系数。")
	}
	return math.Max(-1, math.Min(1, stat.Correlation(x, y, nil))), nil
}

func constant(x []float64) bool { return floats.Max(x)-floats.Min(x) <= tieEps(x) }

// Discrimination is d = H − L, the difference between the pass rates of the upper and lower groups (each the
// 27 % with the highest and lowest totals). Rates in [0,1], d in [−1,1]. Source: Ebel. Errors: not finite,
// outside [0,1].
func Discrimination(high, low float64) (float64, error) {
	if err := checkBetween("high", high, 0, 1); err != nil {
		return 0, err
	}
	if err := checkBetween("low", low, 0, 1); err != nil {
		return 0, err
	}
	return high - low, nil
}

// DiscriminationLevel is Ebel's verdict on d: ≥ .40 优, ≥ .30 良, ≥ .20 尚可, else 差.
func DiscriminationLevel(d float64) string {
	// the margin keeps differences such as 0.7−0.3 on the right side of their limit
	switch d += 1e-9; {
	case d >= .40:
		return "优"
	case d >= .30:
		return "良"
	case d >= .20:
		return "尚可"
	}
	return "差"
}

// GroupShare is the usual share of cases in the upper and in the lower group.
const GroupShare = 0.27

// ItemDiscrimination is d for every item scored on a scale: (mean of the upper group − mean of the lower
// group)/(hi−lo), groups being the share of cases with the highest and lowest totals, cases tied at the cut
// included. share in (0, 0.5]; lo and hi bound the scale, 1 and 5 for anchors. Rows as in Cronbach.
// Errors: fewer than 2 cases, ragged, not finite, scores outside the scale, share or scale out of range,
// totals without differences.
func ItemDiscrimination(items [][]float64, share, lo, hi float64) ([]float64, error) {
	if err := checkSize("items", items, 1, 2, "个指标", "个样本"); err != nil {
		return nil, err
	}
	if err := checkBetween("share", share, 0.01, 0.5); err != nil {
		return nil, err
	}
	if err := checkPositive("range", hi-lo); err != nil {
		return nil, err
	}
	for i, item := range items {
		if low, high := floats.Min(item), floats.Max(item); low < lo || high > hi {
			return nil, refuse("items", ErrRange, "第 %d 个指标的得分在 %.6g 到 %.6g 之间，超出 %.6g～%.6g 分。", i+1, low, high, lo, hi)
		}
	}
	upper, lower, err := extremeGroups(columnSums(items), share)
	if err != nil {
		return nil, err
	}
	d := make([]float64, len(items))
	for i, item := range items {
		d[i] = (meanAt(item, upper) - meanAt(item, lower)) / (hi - lo)
	}
	return d, nil
}

func extremeGroups(total []float64, share float64) (upper, lower []int, err error) {
	if constant(total) {
		return nil, nil, refuse("items", ErrVariance, "各样本的总分都一样，分不出高分组和低分组。")
	}
	sorted := slices.Sorted(slices.Values(total))
	n := max(1, int(math.Round(share*float64(len(total)))))
	eps := tieEps(total)
	for i, t := range total {
		if t >= sorted[len(sorted)-n]-eps {
			upper = append(upper, i)
		}
		if t <= sorted[n-1]+eps {
			lower = append(lower, i)
		}
	}
	return upper, lower, nil
}

func meanAt(x []float64, at []int) float64 {
	var sum float64
	for _, i := range at {
		sum += x[i]
	}
	return sum / float64(len(at))
}
