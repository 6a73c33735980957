package app

import (
	"fmt"
	"strings"

	"lianshao/domain"
	"lianshao/domain/method"
)

// MatrixCheck is what a judgement matrix comes to: weights, λmax, CI and CR by the
// derivation and random indexes of its system (Options).
type MatrixCheck struct {
	Name    string // 岗位-维度, 岗位-A权力运行
	Expert  string // "" for the matrix that is meant to set the weights
	Decides bool   // it does set them
	Group   []string
	Matrix  *domain.Matrix
	method.AHPResult
}

// MatrixChecks derives every judgement matrix of an indicator system by the system's
// own derivation and table of random indexes; Group names the experts whose geometric
// mean a deciding matrix is. A matrix that cannot be derived is left out; import and
// editor refuse such.
func MatrixChecks(sys *domain.IndicatorSystem) []MatrixCheck {
	var out []MatrixCheck
	for i := range sys.Matrices {
		m := &sys.Matrices[i]
		res, err := method.AHP(m.Values, sys.AHPOptions())
		if err != nil {
			continue
		}
		name := "维度"
		for _, d := range sys.Dimensions {
			if d.Code == m.Of {
				name = d.Code + d.Name
			}
		}
		c := MatrixCheck{Name: sys.Target + "-" + name, Expert: m.Expert, Matrix: m, AHPResult: res}
		if m.Expert == "" {
			c.Decides, c.Group = sys.ByMatrix(m.Of), sys.GroupOf(m.Of)
		}
		out = append(out, c)
	}
	return out
}

// Standing says what a matrix is to the weights, in a few words for a column.
func (c *MatrixCheck) Standing() string {
	switch {
	case c.Expert != "":
		return c.Expert + "（供汇总、对照）"
	case !c.Decides:
		return "供对照，没有用来定权重"
	case len(c.Group) > 0:
		return fmt.Sprintf("定权重：%d位专家的几何平均", len(c.Group))
	}
	return "定权重"
}

// WeightsText says in a sentence or two where the weights of a system come from;
// groups without a matrix among those that have one are named.
func WeightsText(sys *domain.IndicatorSystem) string {
	typed := typedGroups(sys)
	switch {
	case len(typed) == len(sys.Dimensions)+1 && strings.HasPrefix(sys.Derivation, domain.DerivedEntropy):
		return "权重来源：" + sys.WeightsFrom() + "，由各风险点得分的差异算出，不作一致性检验。"
	case len(typed) == len(sys.Dimensions)+1:
		return "权重来源：" + sys.WeightsFrom() + "，没有用判断矩阵，不作一致性检验。"
	}
	text := "权重来源：判断矩阵，" + sys.WeightsFrom() + "，CR＜0.10 为通过。"
	if named := multiple(sys, typed); len(named) > 0 {
		text += "没有判断矩阵、直接给定的：" + strings.Join(named, "、") + "。"
	}
	return text
}

// typedGroups lists the groups of weights that no matrix decides.
func typedGroups(sys *domain.IndicatorSystem) (of []string) {
	if !sys.ByMatrix("") {
		of = append(of, "")
	}
	for _, d := range sys.Dimensions {
		if !sys.ByMatrix(d.Code) {
			of = append(of, d.Code)
		}
	}
	return of
}

// multiple names those of the groups that hold more than one item: a single item
// weighs 1 whatever is said.
func multiple(sys *domain.IndicatorSystem, groups []string) (names []string) {
	for _, of := range groups {
		if of == "" && len(sys.Dimensions) > 1 {
			names = append(names, "各维度")
		}
		for _, d := range sys.Dimensions {
			if d.Code == of && len(d.Indicators) > 1 {
				names = append(names, "维度 "+d.Code+" "+d.Name)
			}
		}
	}
	return names
}
