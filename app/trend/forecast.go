package trend

import (
	"math"
	"slices"

	"lianshao/domain"
	"lianshao/domain/method"
)

// Forecast is the next Months months, or the next period where readings are
// rarer; Mean, Low and High have one value per period, in the monitor's unit.
type Forecast struct {
	Periods         []string
	Mean, Low, High []float64
	Filled          int // missing periods that were interpolated first
}

// ahead forecasts by method.HoltDamped. It needs even steps, so missing periods
// are interpolated between their neighbours, but at most one in three: a series
// with more holes gets no forecast. Values stay where the monitor can be: counts
// and rates not below 0, percentages not above 100, unless readings were.
func ahead(s Series, m *domain.Monitor) (*Forecast, string) {
	step := s.Step()
	periods := (s.Months[s.N()-1]-s.Months[0])/step + 1
	f := &Forecast{Filled: periods - s.N()}
	if periods > method.MaxTrendReadings || 3*f.Filled > periods {
		return nil, "缺测太多，不作预测"
	}
	h, err := method.HoltDamped(even(s, step), max(1, Months/step), Interval)
	if err != nil {
		return nil, "读数过大，不作预测"
	}
	lo, hi := bounds(s.Values, m)
	for i := range h.Point {
		f.Periods = append(f.Periods, Period(s.Months[s.N()-1]+(i+1)*step))
		for _, to := range []struct {
			list *[]float64
			v    float64
		}{{&f.Mean, h.Point[i]}, {&f.Low, h.Low[i]}, {&f.High, h.High[i]}} {
			*to.list = append(*to.list, math.Min(hi, math.Max(lo, to.v)))
		}
	}
	return f, ""
}

// even puts the readings on equal steps, missing ones on the line between their neighbours.
func even(s Series, step int) []float64 {
	out := []float64{s.Values[0]}
	for i := 1; i < s.N(); i++ {
		n := (s.Months[i] - s.Months[i-1]) / step
		for k := 1; k < n; k++ {
			part := float64(k) / float64(n)
			out = append(out, s.Values[i-1]*(1-part)+s.Values[i]*part)
		}
		out = append(out, s.Values[i])
	}
	return out
}

func bounds(values []float64, m *domain.Monitor) (lo, hi float64) {
	lo, hi = 0, math.Inf(1)
	if m.Percent() {
		hi = 100
		if m.Fraction() {
			hi = 1
		}
	}
	if slices.Min(values) < lo {
		lo = math.Inf(-1)
	}
	if slices.Max(values) > hi {
		hi = math.Inf(1)
	}
	return lo, hi
}
