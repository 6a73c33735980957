package method

import (
	"math"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

const (
	// MinSlopeReadings is the fewest readings from which a slope is told at all.
	MinSlopeReadings = 4
	// MinTrendReadings is the fewest readings on which a trend test or a forecast may be reported.
	MinTrendReadings = 8
	// MaxTrendReadings bounds the work, which grows with the square; monthly readings of a century fit.
	MaxTrendReadings = 2000
)

// TrendResult is a Mann–Kendall test with Sen's slope.
type TrendResult struct {
	S    float64 `json:"s"`     // pairs that rise minus pairs that fall
	Var  float64 `json:"var"`   // variance of S with tie correction
	Z    float64 `json:"z"`     // with continuity correction; positive = rising
	POne float64 `json:"p_one"` // one-sided, in the direction observed; at most 0.5
	Sen  float64 `json:"sen_slope"`
	PTwo float64 `json:"-"` // two-sided
	N    int     `json:"-"`
}

// MannKendall tests evenly spaced readings for a monotonic trend: S = Σ sgn(x_j−x_i), Var = [n(n−1)(2n+5) −
// Σt(t−1)(2t+5)]/18, Z = (S∓1)/√Var; Sen's slope is the median of all pairwise slopes, per step. Readings that
// are all equal have no trend: Z = 0, p_one = 0.5. Source: Mann 1945, Kendall 1975, Sen 1968. Errors: fewer than
// MinSlopeReadings or more than MaxTrendReadings readings, not finite. (Whoever reports the test should ask for MinTrendReadings.)
func MannKendall(values []float64) (TrendResult, error) {
	return MannKendallAt(steps(len(values)), values)
}

// MannKendallAt is MannKendall for readings with gaps: times strictly increase, Sen's slope is per unit of time.
// Errors: as MannKendall, and times of another length or not increasing.
func MannKendallAt(times, values []float64) (TrendResult, error) {
	if err := checkSeries(times, values, MinSlopeReadings); err != nil {
		return TrendResult{}, err
	}
	n, eps := float64(len(values)), tieEps(values)
	r := TrendResult{N: len(values), Var: (n*(n-1)*(2*n+5) - trendTies(values)) / 18, POne: 0.5, PTwo: 1}
	slopes := make([]float64, 0, len(values)*(len(values)-1)/2)
	for i := range values {
		for j := i + 1; j < len(values); j++ {
			d := values[j] - values[i]
			if math.Abs(d) <= eps {
				d = 0
			}
			r.S += sign(d)
			slopes = append(slopes, d/(times[j]-times[i]))
		}
	}
	r.Sen = medianOf(slopes)
	if r.Var > 0 {
		r.Z = (r.S - sign(r.S)) / math.Sqrt(r.Var)
		r.POne = distuv.UnitNormal.Survival(math.Abs(r.Z))
		r.PTwo = 2 * r.POne
	}
	return r, nil
}

// trendTies is Σt(t−1)(2t+5) over groups of equal values.
func trendTies(values []float64) (term float64) {
	rank, _ := ranks(values, tieEps(values))
	size := map[float64]float64{}
	for _, r := range rank {
		size[r]++
	}
	for _, t := range size {
		term += t * (t - 1) * (2*t + 5)
	}
	return term
}

func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// OLSSlope is the least-squares slope of values over times, per unit of time. Errors: as MannKendallAt.
func OLSSlope(times, values []float64) (float64, error) {
	if err := checkSeries(times, values, MinSlopeReadings); err != nil {
		return 0, err
	}
	_, slope := stat.LinearRegression(times, values, nil, false)
	return slope, nil
}

func steps(n int) []float64 {
	t := make([]float64, n)
	for i := range t {
		t[i] = float64(i + 1)
	}
	return t
}

func checkSeries(times, values []float64, least int) error {
	if err := checkList("values", values); err != nil {
		return err
	}
	if len(values) < least {
		return refuse("values", ErrTooFew, "数据不足：只有 %d 个读数，至少要 %d 个。", len(values), least)
	}
	if len(values) > MaxTrendReadings {
		return refuse("values", ErrRange, "读数有 %d 个，最多 %d 个，请分段计算。", len(values), MaxTrendReadings)
	}
	if err := checkList("times", times); err != nil {
		return err
	}
	if len(times) != len(values) {
		return refuse("times", ErrShape, "时间有 %d 个，读数有 %d 个，应一一对应。", len(times), len(values))
	}
	for i := 1; i < len(times); i++ {
		if times[i] <= times[i-1] {
			return refuse("times", ErrRange, "第 %d 个读数的时间不晚于前一个，读数应按时间先后排列。", i+1)
		}
	}
	return nil
}
