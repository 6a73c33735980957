package app

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"lianshao/domain"
	"lianshao/domain/method"
)

func (x *explained) byMatrix(e *Explanation) {
	l, c := x.o.Means[0], x.o.Means[1]
	e.Head = fmt.Sprintf("风险值 R＝可能性×影响程度＝%.2f×%.2f＝%.2f，等级“%s”（%s）。", l, c, x.o.Index, x.banded().Label, bandOf("R", x.res.Scheme, x.banded()))
	if x.res.Scheme.Cells != nil {
		e.Head = fmt.Sprintf("风险值 R＝可能性×影响程度＝%.2f×%.2f＝%.2f，落在矩阵可能性 %d、影响程度 %d 这一格，等级“%s”。",
			l, c, x.o.Index, domain.Cell(l), domain.Cell(c), x.banded().Label)
	}
	x.factors(e)
	x.lower(e, [][]float64{{1, 2, 3, 4, 5}, {1, 2, 3, 4, 5}})
}

func (x *explained) byLEC(e *Explanation) {
	m := x.o.Means
	e.Head = fmt.Sprintf("危险性分值 D＝L×E×C＝%.4g×%.4g×%.4g＝%.4g，等级“%s”（%s）。", m[0], m[1], m[2], x.o.Index, x.banded().Label, bandOf("D", x.res.Scheme, x.banded()))
	x.factors(e)
	x.lower(e, [][]float64{up(method.LECLikelihood), up(method.LECExposure), up(method.LECConsequence)})
}

// up is a table from the mildest value.
func up(values []float64) []float64 { out := slices.Clone(values); slices.Sort(out); return out }

// banded is the level before overrides.
func (x *explained) banded() domain.Level {
	if x.point == nil {
		return x.o.Level
	}
	return x.res.Banded(x.p, x.point)
}

// factors says every factor of a product.
func (x *explained) factors(e *Explanation) {
	for _, p := range e.Parts {
		e.Lines = append(e.Lines, fmt.Sprintf("%s：%d人%s %.4g。", p.Name, p.N, average(x.res.Round.Rule), p.Score))
	}
}

// lower says which single factor, brought down to which value of its table, gives a
// milder level; if none alone does, all of them to what does.
func (x *explained) lower(e *Explanation, tables [][]float64) {
	now := x.banded()
	to, ok := milder(x.res.Scheme, now)
	if !ok {
		return
	}
	severity := func(values []float64) int { return x.product(values).Severity }
	var moves []string
	for k, table := range tables {
		for i := len(table) - 1; i >= 0; i-- {
			if table[i] >= x.o.Means[k] {
				continue
			}
			values := slices.Clone(x.o.Means)
			values[k] = table[i]
			if severity(values) < now.Severity {
				moves = append(moves, fmt.Sprintf("把%s由 %.4g 降到 %g", e.Parts[k].Name, x.o.Means[k], table[i]))
				break
			}
		}
	}
	if len(moves) > 0 {
		e.Down = fmt.Sprintf("要降到“%s”：%s。", to.Label, strings.Join(moves, "，或者"))
		return
	}
	values := slices.Clone(x.o.Means)
	for range 10 {
		moves = moves[:0]
		for k, table := range tables {
			for i := len(table) - 1; i >= 0; i-- {
				if table[i] < values[k] {
					values[k] = table[i]
					break
				}
			}
			if values[k] < x.o.Means[k] {
				moves = append(moves, fmt.Sprintf("%s由 %.4g 降到 %g", e.Parts[k].Name, x.o.Means[k], values[k]))
			}
		}
		if severity(values) < now.Severity {
			e.Down = fmt.Sprintf("要降到“%s”，单靠一项不够，需要同时把%s。", to.Label, strings.Join(moves, "、"))
			return
		}
	}
}

// product is the level of other factors.
func (x *explained) product(values []float64) domain.Level {
	scheme := x.res.Scheme
	if x.res.Round.Rule.Method == domain.MethodMatrix && scheme.Cells != nil {
		l, _ := scheme.LevelAt(domain.Cell(values[0]), domain.Cell(values[1]))
		return l
	}
	d := 1.0
	for _, v := range values {
		d *= v
	}
	l, _ := scheme.LevelOf(math.Round(d*1e12) / 1e12)
	return l
}

func (x *explained) byFuzzy(e *Explanation) {
	rule := x.res.Round.Rule
	f, err := x.res.FuzzyOf(x.sys, x.rating)
	if err != nil {
		e.Head = Sentence(err)
		return
	}
	how := fmt.Sprintf("加权平均 S＝Σb·v÷Σb＝%.4f", x.o.S)
	if rule.Decide == domain.DecideGreatest {
		how = fmt.Sprintf("隶属度最大的是 %d 分（%.4f），S＝%d", f.Best+1, f.Vector[f.Best], f.Best+1)
	}
	e.Head = fmt.Sprintf("综合评价向量 B＝%s，%s，风险指数 I＝(S－1)÷4×100＝%.2f，等级“%s”（%s）。", vector(f.Vector), how, x.o.Index, x.banded().Label, Band(x.res.Scheme, x.banded()))
	k := 0
	for di, d := range x.sys.Dimensions {
		e.Lines = append(e.Lines, fmt.Sprintf("维度%s %s：B＝%s，权重 %.4f。", d.Code, d.Name, vector(f.Dims[di]), d.Weight))
		for _, ind := range d.Indicators {
			e.Lines = append(e.Lines, fmt.Sprintf("%s %s：%d人评分的隶属度 %s，总权重 %.4f。", ind.Code, ind.Name, e.Parts[k].N, vector(f.Shares[k]), e.Parts[k].Weight))
			k++
		}
	}
	x.shift(e)
}

// vector writes memberships of the grades 1–5.
func vector(v []float64) string {
	parts := make([]string, len(v))
	for i := range v {
		parts[i] = fmt.Sprintf("%.3f", v[i])
	}
	return "（" + strings.Join(parts, "，") + "）"
}

// shift looks for the indicators whose marks, all one or more points better, bring
// the point a level down: the fuzzy operators are not linear, so it tries.
func (x *explained) shift(e *Explanation) {
	now := x.banded()
	to, ok := milder(x.res.Scheme, now)
	if !ok || x.rating == nil {
		return
	}
	inds := x.sys.Indicators()
	try := func(by []int) bool {
		l, ok := x.res.FuzzyLevel(x.sys, shifted(x.rating, inds, by))
		return ok && l.Severity < now.Severity
	}
	var moves []string
	for k := range inds {
		by := make([]int, len(inds))
		for by[k] = 1; by[k] <= 4; by[k]++ {
			if try(by) {
				moves = append(moves, shiftWords(&inds[k], by[k]))
				break
			}
		}
	}
	if len(moves) > 0 {
		e.Down = fmt.Sprintf("要降到“%s”：%s。", to.Label, strings.Join(moves[:min(2, len(moves))], "，或者"))
		return
	}
	by := make([]int, len(inds))
	for step := 1; step <= 4; step++ {
		for _, k := range byWeight(e.Parts) {
			by[k] = step
			if !try(by) {
				continue
			}
			for i := range by {
				if by[i] > 0 {
					moves = append(moves, shiftWords(&inds[i], by[i]))
				}
			}
			e.Down = fmt.Sprintf("要降到“%s”，单靠一项不够，需要同时%s。", to.Label, strings.Join(moves, "、"))
			return
		}
	}
}

func byWeight(parts []Part) []int {
	order := make([]int, len(parts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmpFloat(parts[b].Weight, parts[a].Weight) })
	return order
}

func shiftWords(ind *domain.Indicator, by int) string {
	if ind.Reverse {
		return fmt.Sprintf("%s %s 的评分普遍提高 %d 分", ind.Code, ind.Name, by)
	}
	return fmt.Sprintf("%s %s 的评分普遍降低 %d 分", ind.Code, ind.Name, by)
}

// shifted is a rating with the valid marks of each indicator so many points better,
// within the scale.
func shifted(r *domain.Rating, inds []domain.Indicator, by []int) *domain.Rating {
	out := r.Clone().(*domain.Rating)
	for i := range out.Rows {
		marks := out.Rows[i].Marks
		for k := range marks {
			if k >= len(inds) || !inds[k].Valid(marks[k]) {
				continue
			}
			if inds[k].Reverse {
				marks[k] = min(marks[k]+domain.Mark(by[k]), inds[k].Highest())
			} else {
				marks[k] = max(marks[k]-domain.Mark(by[k]), 1)
			}
		}
	}
	return out
}

func (x *explained) byGrade(e *Explanation) {
	kinds := int(x.o.Index)
	counted := "由评分得出"
	if e.Parts[0].N == 0 {
		counted = "按该岗位风险点的风险类别计"
	}
	met := x.res.Conditions(x.p, x.point)
	names := make([]string, len(met))
	for i, code := range met {
		names[i] = x.sys.Indicators()[x.sys.Find(code)].Name
	}
	by, _ := x.res.Scheme.LevelOf(x.o.Index)
	if len(met) > 0 {
		e.Head = fmt.Sprintf("直接定为“%s”：%s。", x.banded().Label, strings.Join(names, "；"))
	} else {
		e.Head = fmt.Sprintf("存在 %s廉政风险，等级“%s”（%s）。", kindsWord(kinds), by.Label, bandOf("种类数", x.res.Scheme, by))
	}
	e.Lines = append(e.Lines, fmt.Sprintf("廉政风险种类数：%s，%s。", kindsWord(kinds), counted))
	for k, ind := range x.sys.Indicators() {
		if k > 0 {
			e.Lines = append(e.Lines, x.answer(&ind, &e.Parts[k], slices.Contains(met, ind.Code)))
		}
	}
	e.Down = x.gradeDown(by, names)
}

func kindsWord(n int) string {
	if n >= 5 {
		return "5 种及以上"
	}
	return fmt.Sprintf("%d 种", n)
}

// answer says how a question was answered: more than half of the assessors decide.
func (x *explained) answer(ind *domain.Indicator, p *Part, met bool) string {
	word := "否"
	if met {
		word = "是"
	}
	if p.N == 0 {
		return fmt.Sprintf("%s：%s（风险信息库有查实信息）。", ind.Name, word)
	}
	yes, k := 0, x.sys.Find(ind.Code)
	for _, row := range x.rating.Rows {
		if k < len(row.Marks) && row.Marks[k] == domain.MarkYes {
			yes++
		}
	}
	return fmt.Sprintf("%s：%d人中 %d 人答“是”，取“%s”。", ind.Name, p.N, yes, word)
}

func (x *explained) gradeDown(by domain.Level, conditions []string) string {
	to, ok := milder(x.res.Scheme, x.banded())
	switch {
	case !ok:
		return ""
	case len(conditions) > 0 && by.Severity < x.banded().Severity:
		return fmt.Sprintf("要降级，须消除：%s；消除后按种类数为“%s”。", strings.Join(conditions, "、"), by.Label)
	}
	down := fmt.Sprintf("要降到“%s”，廉政风险种类应少于 %g 种", to.Label, by.Min)
	if len(conditions) > 0 {
		down += "，并须消除：" + strings.Join(conditions, "、")
	}
	return down + "。"
}
