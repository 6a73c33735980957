// Package trend judges monitoring indicators over time: status, Mann–Kendall
// test, control charts, a short forecast, and what they do to the warning level
// of a risk point. Everything is computed from the pilot at hand, nothing stored.
package trend

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"lianshao/domain"
	"lianshao/domain/method"
)

const (
	// Significance is the two-sided p below which a trend is called 显著.
	Significance = 0.05
	// Months is how far ahead a forecast looks.
	Months = 3
	// Interval is the coverage of a forecast's interval.
	Interval = 0.80
)

// Words of a trend; a significant one reads 显著上升（恶化） and the like.
const (
	TooFew    = "数据不足"              // fewer than method.MinSlopeReadings
	Reference = "仅供参考（少于8个读数，不作检验）" // fewer than method.MinTrendReadings
	Steady    = "无明显趋势（平稳）"
)

// Trend is what the readings of a monitor say.
type Trend struct {
	Series
	Status string // of the latest reading: 报警, 预警 or 正常; "" without readings
	Words  string // 数据不足, 仅供参考…, 显著上升（恶化）, … , 无明显趋势（平稳）
	// MK is the Mann–Kendall test at the real months; its Sen slope is per month
	// and there from 4 readings on, the rest means something only when Tested.
	MK     method.TrendResult
	Sloped bool // 4 readings or more
	Tested bool // 8 readings or more
	// Worsening and Improving are significant trends by the risk direction.
	Worsening, Improving bool
	Control              Control
	Ahead                *Forecast // nil when there is none; NoForecast says why
	NoForecast           string
}

// Series is the readings of a monitor in the order of their months.
type Series struct {
	Months  []int // year·12 + month − 1, strictly increasing
	Values  []float64
	Ignored int // readings left out because their month cannot be read
}

// N is the number of readings.
func (s Series) N() int { return len(s.Values) }

// Last is the latest reading; ok is false without any.
func (s Series) Last() (value float64, period string, ok bool) {
	n := len(s.Values)
	if n == 0 {
		return 0, "", false
	}
	return s.Values[n-1], Period(s.Months[n-1]), true
}

// Step is the greatest interval in months that all readings keep: 1 for monthly,
// 3 for quarterly readings; 1 for fewer than two readings.
func (s Series) Step() int {
	step := 0
	for i := 1; i < len(s.Months); i++ {
		for a, b := step, s.Months[i]-s.Months[i-1]; ; a, b = b, a%b {
			if b == 0 {
				step = a
				break
			}
		}
	}
	return max(step, 1)
}

// Month turns 2026-08 into a running number of months.
func Month(period string) (int, bool) {
	t, err := time.Parse("2006-01", period)
	return t.Year()*12 + int(t.Month()) - 1, err == nil
}

// Period is the reverse of Month.
func Period(month int) string { return fmt.Sprintf("%04d-%02d", month/12, month%12+1) }

// Readings collects a monitor's series: the latest method.MaxTrendReadings of
// those with a readable month.
func Readings(p *domain.Pilot, m *domain.Monitor) Series {
	type at struct {
		month int
		value float64
	}
	var s Series
	var list []at
	for _, r := range p.Readings.By(domain.ByMonitor, m.ID) {
		if month, ok := Month(r.Period); ok {
			list = append(list, at{month, r.Value})
		} else {
			s.Ignored++
		}
	}
	slices.SortStableFunc(list, func(a, b at) int { return cmp.Compare(a.month, b.month) })
	list = slices.CompactFunc(list, func(a, b at) bool { return a.month == b.month })
	for _, x := range list[max(0, len(list)-method.MaxTrendReadings):] {
		s.Months, s.Values = append(s.Months, x.month), append(s.Values, x.value)
	}
	return s
}

// Test is Of without control charts and forecast, cheap enough for every row of
// a table.
func Test(p *domain.Pilot, m *domain.Monitor) Trend {
	t := Trend{Series: Readings(p, m), Words: TooFew}
	last, _, ok := t.Last()
	if !ok {
		return t
	}
	t.Status = m.Status(last)
	if t.N() < method.MinSlopeReadings {
		return t
	}
	times := make([]float64, t.N())
	for i, month := range t.Months {
		times[i] = float64(month - t.Months[0])
	}
	r, err := method.MannKendallAt(times, t.Values)
	if err != nil { // only numbers beyond 1e100
		t.Words = "读数过大，不作检验"
		return t
	}
	t.MK, t.Sloped = r, true
	if t.Tested = t.N() >= method.MinTrendReadings; !t.Tested {
		t.Words = Reference
		return t
	}
	t.judge(m)
	return t
}

func (t *Trend) judge(m *domain.Monitor) {
	t.Words = Steady
	if t.MK.PTwo >= Significance {
		return
	}
	way, worth := "上升", "恶化"
	if t.MK.Z < 0 {
		way = "下降"
	}
	if t.Worsening = (t.MK.Z > 0) != m.LowIsBad; !t.Worsening {
		t.Improving, worth = true, "改善"
	}
	t.Words = "显著" + way + "（" + worth + "）"
}

// Of judges a monitor by all its readings.
func Of(p *domain.Pilot, m *domain.Monitor) Trend {
	t := Test(p, m)
	if !t.Tested {
		t.NoForecast = "读数少于8个，不作预测"
		return t
	}
	t.Control = control(t.Series, m.LowIsBad)
	t.Ahead, t.NoForecast = ahead(t.Series, m)
	return t
}
