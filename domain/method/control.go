package method

import "math"

// EWMAWidth is the distance of the control limits in standard deviations of the smoothed value.
const EWMAWidth = 3.0

// EWMAResult is an exponentially weighted moving average chart; all lists are as long as the readings.
type EWMAResult struct {
	Smoothed []float64 `json:"ewma"`
	UCL      []float64 `json:"ucl"`
	LCL      []float64 `json:"lcl"`
	Alarms   []int     `json:"alarms"` // indices from 0 of readings outside the limits
}

// EWMA smooths z_t = λx_t + (1−λ)z_{t−1}, z_0 = target, and sets limits target ± 3σ√(λ/(2−λ)·(1−(1−λ)^{2t})).
// λ in (0,1], sigma > 0 is the standard deviation of single readings when all is well. Source: Roberts 1959;
// Montgomery, Statistical Quality Control. Errors: empty, not finite, λ or sigma out of range.
func EWMA(values []float64, lambda, target, sigma float64) (EWMAResult, error) {
	return EWMAWith(values, lambda, target, sigma, EWMAWidth)
}

// EWMAWith is EWMA with limits of another width (multiples of σ_z, above 0).
func EWMAWith(values []float64, lambda, target, sigma, width float64) (EWMAResult, error) {
	if err := checkChart(values, target, sigma); err != nil {
		return EWMAResult{}, err
	}
	if err := checkPositive("lambda", lambda); err != nil {
		return EWMAResult{}, err
	}
	if err := checkBetween("lambda", lambda, 0, 1); err != nil {
		return EWMAResult{}, err
	}
	if err := checkPositive("width", width); err != nil {
		return EWMAResult{}, err
	}
	r := EWMAResult{Alarms: []int{}}
	z := target
	for i, x := range values {
		z = lambda*x + (1-lambda)*z
		half := width * sigma * math.Sqrt(lambda/(2-lambda)*(1-math.Pow(1-lambda, 2*float64(i+1))))
		r.Smoothed = append(r.Smoothed, z)
		r.UCL = append(r.UCL, target+half)
		r.LCL = append(r.LCL, target-half)
		if beyond(math.Abs(z-target), half) {
			r.Alarms = append(r.Alarms, i)
		}
	}
	return r, nil
}

// The usual CUSUM design: it sees a lasting shift of one σ in about ten readings.
const (
	CUSUMReference = 0.5 // k, in σ
	CUSUMDecision  = 5.0 // h, in σ
)

// CUSUMResult is a two-sided tabular cumulative sum; the sums are in the units of the readings, both ≥ 0.
type CUSUMResult struct {
	High   []float64 `json:"high"`
	Low    []float64 `json:"low"`
	Limit  float64   `json:"limit"`  // h·σ
	Alarms []int     `json:"alarms"` // indices from 0 where either sum exceeds Limit
}

// CUSUM accumulates C⁺_t = max(0, x_t−(target+kσ)+C⁺_{t−1}) and C⁻_t = max(0, (target−kσ)−x_t+C⁻_{t−1}), and
// alarms above hσ. k ≥ 0 and h > 0 in σ; see CUSUMReference and CUSUMDecision. Source: Page 1954; Montgomery.
// Errors: empty, not finite, sigma, k or h out of range.
func CUSUM(values []float64, target, sigma, k, h float64) (CUSUMResult, error) {
	if err := checkChart(values, target, sigma); err != nil {
		return CUSUMResult{}, err
	}
	if err := checkBetween("k", k, 0, 100); err != nil {
		return CUSUMResult{}, err
	}
	if err := checkPositive("h", h); err != nil {
		return CUSUMResult{}, err
	}
	r := CUSUMResult{Limit: h * sigma, Alarms: []int{}}
	var high, low float64
	for i, x := range values {
		high = math.Max(0, x-target-k*sigma+high)
		low = math.Max(0, target-k*sigma-x+low)
		r.High = append(r.High, high)
		r.Low = append(r.Low, low)
		if beyond(math.Max(high, low), r.Limit) {
			r.Alarms = append(r.Alarms, i)
		}
	}
	return r, nil
}

// beyond leaves a value on the limit, but for rounding, inside.
func beyond(value, limit float64) bool { return value > limit*(1+1e-9) }

func checkChart(values []float64, target, sigma float64) error {
	if err := checkList("values", values); err != nil {
		return err
	}
	if err := checkBetween("target", target, -huge, huge); err != nil {
		return err
	}
	if err := checkPositive("sigma", sigma); err != nil {
		return err
	}
	return checkBetween("sigma", sigma, 0, huge)
}
