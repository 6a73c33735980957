package app

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"lianshao/domain"
)

// Explain opens an outcome of the weighted index of means into sentences.
func Explain(sys *domain.IndicatorSystem, scheme *domain.LevelScheme, o *domain.Outcome) []string {
	x := &explained{sys: sys, o: o, res: &domain.RoundResult{Round: &domain.Assessment{}, Scheme: scheme}}
	return x.explain().Sentences()
}

func (x *explained) byIndex(e *Explanation) {
	e.Head = fmt.Sprintf("综合得分 S＝%.4f，风险指数 I＝(S－1)÷4×100＝%.2f，等级“%s”（%s）。", x.o.S, x.o.Index, x.banded().Label, Band(x.res.Scheme, x.banded()))
	k := 0
	for di, d := range x.sys.Dimensions {
		e.Lines = append(e.Lines, fmt.Sprintf("维度%s %s：D＝%.4f，权重 %.4f，贡献 %.4f。", d.Code, d.Name, x.o.Dims[di], d.Weight, d.Weight*x.o.Dims[di]))
		for _, ind := range d.Indicators {
			e.Lines = append(e.Lines, contribution(ind, &e.Parts[k], average(x.res.Round.Rule)))
			k++
		}
	}
	e.Down = wayDown(x.sys, x.res.Scheme, x.o)
}

func contribution(ind domain.Indicator, p *Part, average string) string {
	how := ""
	if ind.Reverse {
		how = fmt.Sprintf("，逆向换算 6－%.4f＝%.4f", p.Score, p.Value)
	}
	return fmt.Sprintf("%s %s：%d人%s %.4f%s，总权重 %.4f，贡献 %.4f。", ind.Code, ind.Name, p.N, average, p.Score, how, p.Weight, p.Contribution)
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
