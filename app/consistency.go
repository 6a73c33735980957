package app

import (
	"lianshao/domain"
	"lianshao/domain/method"
)

// MatrixCheck is what a judgement matrix comes to: weights, λmax, CI and CR.
type MatrixCheck struct {
	Name   string // 岗位-维度, 岗位-A权力运行
	Expert string // "" for the matrix that sets the weights
	Matrix *domain.Matrix
	method.AHPResult
}

// MatrixChecks derives every judgement matrix of an indicator system by the
// eigenvector method with the random indexes of 1980. A matrix that cannot be
// derived is left out; import refuses such.
func MatrixChecks(sys *domain.IndicatorSystem) []MatrixCheck {
	var out []MatrixCheck
	for i := range sys.Matrices {
		m := &sys.Matrices[i]
		res, err := method.AHP(m.Values, method.AHPOptions{})
		if err != nil {
			continue
		}
		name := "维度"
		for _, d := range sys.Dimensions {
			if d.Code == m.Of {
				name = d.Code + d.Name
			}
		}
		out = append(out, MatrixCheck{Name: sys.Target + "-" + name, Expert: m.Expert, Matrix: m, AHPResult: res})
	}
	return out
}
