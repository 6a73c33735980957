package trend

import (
	"math"

	"gonum.org/v1/gonum/stat"

	"lianshao/domain/method"
)

// Smoothing is the λ of the EWMA chart, the usual choice for small shifts.
const Smoothing = 0.2

// Control is what the control charts say of the side on which the risk lies.
type Control struct {
	Target, Sigma float64
	EWMA, CUSUM   []string // periods beyond the limits, on the bad side; may be empty
}

// control charts the readings against their own beginning: the target is the
// mean of the first half, sigma the mean moving range of all readings over 1.128
// (Montgomery, Statistical Quality Control: d2 of two readings), which a slow
// drift hardly widens. Readings that never change give no alarm.
func control(s Series, lowIsBad bool) Control {
	c := Control{Target: stat.Mean(s.Values[:len(s.Values)/2], nil)}
	for i := 1; i < len(s.Values); i++ {
		c.Sigma += math.Abs(s.Values[i] - s.Values[i-1])
	}
	if c.Sigma /= 1.128 * float64(len(s.Values)-1); c.Sigma == 0 {
		return c
	}
	if e, err := method.EWMA(s.Values, Smoothing, c.Target, c.Sigma); err == nil {
		for _, i := range e.Alarms {
			if (e.Smoothed[i] < c.Target) == lowIsBad {
				c.EWMA = append(c.EWMA, Period(s.Months[i]))
			}
		}
	}
	if u, err := method.CUSUM(s.Values, c.Target, c.Sigma, method.CUSUMReference, method.CUSUMDecision); err == nil {
		side := u.High
		if lowIsBad {
			side = u.Low
		}
		for _, i := range u.Alarms {
			if side[i] > u.Limit {
				c.CUSUM = append(c.CUSUM, Period(s.Months[i]))
			}
		}
	}
	return c
}

// Since is the start of the unbroken alarm that still stands at the latest
// reading, on either chart, and the charts it stands on; "" without one.
func (t Trend) Since() (first string, charts []string) {
	for _, c := range []struct {
		name    string
		periods []string
	}{{"EWMA", t.Control.EWMA}, {"CUSUM", t.Control.CUSUM}} {
		i, k := len(t.Months), len(c.periods)
		for ; k > 0 && i > 0 && c.periods[k-1] == Period(t.Months[i-1]); i, k = i-1, k-1 {
		}
		if i == len(t.Months) {
			continue
		}
		charts = append(charts, c.name)
		if start := Period(t.Months[i]); first == "" || start < first {
			first = start
		}
	}
	return first, charts
}
