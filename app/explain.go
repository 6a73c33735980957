package app

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"lianshao/domain"
)

// Explain says in plain sentences how a score came about: the band, what every
// dimension and indicator contributes, and what would bring it one level down.
func Explain(sys *domain.IndicatorSystem, scheme *domain.LevelScheme, o *domain.Outcome) []string {
	if !o.Complete {
		return []string{"评分不齐，不能定级：" + unscored(sys, o) + "还没有有效评分。"}
	}
	out := []string{fmt.Sprintf("综合得分 S＝%.4f，风险指数 I＝(S－1)÷4×100＝%.2f，等级“%s”（%s）。",
		o.S, o.Index, o.Level.Label, Band(scheme, o.Level))}
	k := 0
	for di, d := range sys.Dimensions {
		out = append(out, fmt.Sprintf("维度%s %s：D＝%.4f，权重 %.4f，贡献 %.4f。", d.Code, d.Name, o.Dims[di], d.Weight, d.Weight*o.Dims[di]))
		for _, ind := range d.Indicators {
			out = append(out, contribution(ind, d.Weight*ind.Weight, o.Means[k], o.Counts[k]))
			k++
		}
	}
	if s := wayDown(sys, scheme, o); s != "" {
		out = append(out, s)
	}
	return out
}

func unscored(sys *domain.IndicatorSystem, o *domain.Outcome) string {
	var missing []string
	for i, ind := range sys.Indicators() {
		if o.Counts[i] == 0 {
			missing = append(missing, ind.Code+" "+ind.Name)
		}
	}
	return strings.Join(missing, "、")
}

// Band writes the limits of a level: 60≤I＜80.
func Band(scheme *domain.LevelScheme, l domain.Level) string {
	upper := ""
	for _, other := range scheme.Levels {
		if other.Severity == l.Severity+1 {
			upper = fmt.Sprintf("＜%g", other.Min)
		}
	}
	if upper == "" {
		return fmt.Sprintf("I≥%g", l.Min)
	}
	if l.Min <= 0 {
		return "I" + upper
	}
	return fmt.Sprintf("%g≤I%s", l.Min, upper)
}

func contribution(ind domain.Indicator, weight, mean float64, n int) string {
	d, how := mean, ""
	if ind.Reverse {
		d = 6 - mean
		how = fmt.Sprintf("，逆向换算 6－%.4f＝%.4f", mean, d)
	}
	return fmt.Sprintf("%s %s：%d人平均 %.4f%s，总权重 %.4f，贡献 %.4f。", ind.Code, ind.Name, n, mean, how, weight, weight*d)
}

// lever is how far one indicator alone could bring S down.
type lever struct {
	ind    domain.Indicator
	weight float64 // in S
	d      float64 // 1–5, what counts
}

// wayDown says what must change for the next milder level: one indicator alone
// if that is enough (the smallest change first), else several together.
func wayDown(sys *domain.IndicatorSystem, scheme *domain.LevelScheme, o *domain.Outcome) string {
	below, ok := milder(scheme, o.Level)
	if !ok {
		return ""
	}
	need := o.S - (1 + o.Level.Min/25)
	head := fmt.Sprintf("要降到“%s”，风险指数应低于 %g，即 S 至少降低 %.4f：", below.Label, o.Level.Min, need)
	levers := leversOf(sys, o)
	var single []string
	for _, l := range levers {
		if by := hundredth(need / l.weight); len(single) < 2 && by <= l.d-1 {
			single = append(single, l.move(by))
		}
	}
	if len(single) > 0 {
		return head + strings.Join(single, "，或者") + "。"
	}
	slices.SortStableFunc(levers, func(a, b lever) int { return cmpFloat(b.weight*(b.d-1), a.weight*(a.d-1)) })
	var together []string
	for _, l := range levers {
		if need <= 0 {
			break
		}
		by := hundredth(need / l.weight)
		if whole := math.Floor((l.d-1)*100) / 100; by > whole {
			by = whole
		}
		if by > 0 {
			need -= by * l.weight
			together = append(together, l.move(by))
		}
	}
	return head + "单靠一项不够，需要同时" + strings.Join(together, "、") + "。"
}

// hundredth is the least number of hundredths above x: a level is only left by
// falling below its limit.
func hundredth(x float64) float64 { return (math.Floor(x*100+1e-6) + 1) / 100 }

func milder(scheme *domain.LevelScheme, l domain.Level) (domain.Level, bool) {
	for _, other := range scheme.Ordered() {
		if other.Severity < l.Severity {
			return other, true
		}
	}
	return domain.Level{}, false
}

func leversOf(sys *domain.IndicatorSystem, o *domain.Outcome) []lever {
	var out []lever
	k := 0
	for _, dim := range sys.Dimensions {
		for _, ind := range dim.Indicators {
			l := lever{ind: ind, weight: dim.Weight * ind.Weight, d: o.Means[k]}
			if ind.Reverse {
				l.d = 6 - l.d
			}
			k++
			if l.weight > 0 {
				out = append(out, l)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b lever) int { return cmpFloat(b.weight, a.weight) })
	return out
}

func (l lever) move(by float64) string {
	if l.ind.Reverse {
		return fmt.Sprintf("把 %s %s 的平均分提高 %.2f 以上", l.ind.Code, l.ind.Name, by)
	}
	return fmt.Sprintf("把 %s %s 的平均分降低 %.2f 以上", l.ind.Code, l.ind.Name, by)
}

func cmpFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
