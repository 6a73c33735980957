package trend

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"lianshao/domain"
)

// Show writes a value with its unit as people read it: 8.3%, 3笔; a percentage
// kept as a fraction becomes one of 100. At most two decimals, four below 0.1.
func Show(m *domain.Monitor, v float64) string {
	if m.Fraction() {
		return plain(v*100) + "%"
	}
	if m.Percent() {
		return plain(v) + "%"
	}
	return plain(v) + m.Measure
}

func plain(v float64) string {
	places := 100.0
	if math.Abs(v) < 0.1 {
		places = 1e4
	}
	return strconv.FormatFloat(math.Round(v*places)/places+0, 'f', -1, 64)
}

// Sentence says in plain Chinese what a monitor's readings mean: the latest one,
// the trend, where it is heading and when it would cross its threshold.
func (t Trend) Sentence(m *domain.Monitor) string {
	last, period, ok := t.Last()
	if !ok {
		return m.Code + " " + m.Name + "还没有读数，数据不足。"
	}
	parts := []string{fmt.Sprintf("%s %s：%s 为 %s，%s", m.Code, m.Name, period, Show(m, last), t.Status)}
	switch {
	case !t.Sloped:
		parts = append(parts, fmt.Sprintf("只有 %d 个读数，%s，不判断趋势、不作预测", t.N(), TooFew))
	case !t.Tested:
		parts = append(parts, fmt.Sprintf("只有 %d 个读数，%s，仅供参考，不作检验和预测", t.N(), t.slope(m)))
	default:
		parts = append(parts, fmt.Sprintf("%d 个读数%s，%s", t.N(), t.Words, t.slope(m)))
		parts = append(parts, t.alarms()...)
		parts = append(parts, t.future(m))
	}
	if t.Ignored > 0 {
		parts = append(parts, fmt.Sprintf("另有 %d 个读数的月份不是“2026-08”的写法，未计入", t.Ignored))
	}
	return strings.Join(parts, "；") + "。"
}

func (t Trend) slope(m *domain.Monitor) string {
	size, unit := math.Abs(t.MK.Sen), m.Measure
	if m.Fraction() {
		size *= 100
	}
	if m.Percent() {
		unit = "个百分点"
	}
	switch {
	case plain(size) == "0":
		return "每月变化接近 0"
	case t.MK.Sen > 0:
		return "每月约升 " + plain(size) + " " + unit
	}
	return "每月约降 " + plain(size) + " " + unit
}

func (t Trend) alarms() []string {
	first, charts := t.Since()
	if len(charts) == 0 {
		return nil
	}
	return []string{strings.Join(charts, "、") + " 控制图自 " + first + " 起报警"}
}

func (t Trend) future(m *domain.Monitor) string {
	f := t.Ahead
	if f == nil {
		return t.NoForecast
	}
	end := len(f.Mean) - 1
	text := fmt.Sprintf("预计 %s 为 %s（%g%%区间 %s～%s）", f.Periods[end], Show(m, f.Mean[end]), Interval*100, Show(m, f.Low[end]), Show(m, f.High[end]))
	last, _, _ := t.Last()
	switch change := f.Mean[end] - last; {
	case t.MK.Z > 0 && change < 0 && t.significant():
		text += "，低于最新读数"
	case t.MK.Z < 0 && change > 0 && t.significant():
		text += "，高于最新读数"
	}
	for i, v := range f.Mean {
		if s := m.Status(v); worse(s, t.Status) {
			text += "，" + f.Periods[i] + " 可能到" + s + "值"
			break
		}
	}
	if f.Filled > 0 {
		text += fmt.Sprintf("，缺测的 %d 个月按前后读数内插", f.Filled)
	}
	return text
}

func (t Trend) significant() bool { return t.Worsening || t.Improving }

func worse(a, b string) bool {
	rank := map[string]int{"正常": 0, "预警": 1, "报警": 2}
	return rank[a] > rank[b]
}
