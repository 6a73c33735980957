package method

import (
	"math"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// MaxHorizon is the farthest a forecast goes; monitoring readings say nothing about later.
const MaxHorizon = 12

// Forecast is a damped Holt forecast; Point, Low and High have one value per period ahead.
type Forecast struct {
	Point []float64 `json:"point"`
	Low   []float64 `json:"low"`
	High  []float64 `json:"high"`
	Level float64   `json:"level"` // of the interval, such as 0.95
	Alpha float64   `json:"alpha"` // smoothing of the level
	Beta  float64   `json:"beta"`  // smoothing of the trend, as a share of Alpha
	Phi   float64   `json:"phi"`   // damping of the trend per period
	Sigma float64   `json:"sigma"` // standard error one period ahead
}

// HoltDamped forecasts evenly spaced readings by exponential smoothing with a damped additive trend:
// l_t = l_{t−1}+φb_{t−1}+αe_t, b_t = φb_{t−1}+αβe_t, ŷ_{t+h} = l_t+(φ+…+φ^h)b_t. α, β and φ minimise the squared
// one-step errors over a fixed grid; the start is the least-squares line of the first half. The interval is
// ŷ ± t·σ√(1+Σ_{j<h}c_j²), c_j = α(1+β(φ+…+φ^j)), with Student's t at n−5 degrees of freedom (five fitted numbers),
// so that few readings give a wide interval. Source: Gardner & McKenzie 1985; Hyndman et al., Forecasting with
// Exponential Smoothing, 2008 (ETS(A,Ad,N)). horizon in 1..MaxHorizon, level in [0.5, 0.99].
// Errors: fewer than MinTrendReadings readings, not finite, horizon or level out of range.
func HoltDamped(values []float64, horizon int, level float64) (Forecast, error) {
	if err := checkSeries(steps(len(values)), values, MinTrendReadings); err != nil {
		return Forecast{}, err
	}
	if err := checkBetween("horizon", float64(horizon), 1, MaxHorizon); err != nil {
		return Forecast{}, err
	}
	if err := checkBetween("level", level, 0.5, 0.99); err != nil {
		return Forecast{}, err
	}
	fit := fitHolt(values)
	df := float64(len(values) - 5)
	f := Forecast{Level: level, Alpha: fit.alpha, Beta: fit.beta, Phi: fit.phi, Sigma: math.Sqrt(fit.sse / df)}
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Quantile(0.5 + level/2)
	damp, sum, spread := fit.phi, 0.0, 1.0
	for range horizon {
		sum += damp
		damp *= fit.phi
		point, half := fit.level+sum*fit.trend, t*f.Sigma*math.Sqrt(spread)
		f.Point = append(f.Point, point)
		f.Low = append(f.Low, point-half)
		f.High = append(f.High, point+half)
		spread += sq(fit.alpha * (1 + fit.beta*sum))
	}
	return f, nil
}

// holt is one set of parameters and the state after running through the readings.
type holt struct{ alpha, beta, phi, level, trend, sse float64 }

func fitHolt(values []float64) holt {
	half := max(4, len(values)/2)
	level, trend := stat.LinearRegression(steps(half), values[:half], nil, false)
	best := holt{sse: math.Inf(1)}
	for a := 1; a <= 19; a++ {
		for b := 0; b <= 19; b++ {
			for _, phi := range [...]float64{0.80, 0.85, 0.90, 0.95, 0.98} {
				h := holt{alpha: 0.05 * float64(a), beta: 0.05 * float64(b), phi: phi, level: level, trend: trend}
				// a margin, so that rounding never chooses between equal fits
				if h.run(values); h.sse < best.sse*(1-1e-9) {
					best = h
				}
			}
		}
	}
	return best
}

func (h *holt) run(values []float64) {
	for _, x := range values {
		next := h.level + h.phi*h.trend
		e := x - next
		h.sse += e * e
		h.level = next + h.alpha*e
		h.trend = h.phi*h.trend + h.alpha*h.beta*e
	}
}
