package edit

import (
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/domain"
)

// Judgement says how many times item Row outweighs item Col, counted from 0: 3, 1/3
// or 0.333; a blank is 1.
type Judgement struct {
	Row, Col int
	Text     string
}

// SetJudgement types one judgement; see SetJudgements.
func SetJudgement(id domain.ID, of, expert string, row, col int, text string) app.Command {
	return SetJudgements(id, of, expert, Judgement{row, col, text})
}

// SetJudgements types into the matrix of a group ("" = of the dimensions, else the
// dimension's code). The other half follows, and so do the weights when the matrix
// decides (expert ""). A matrix that does not exist yet starts with everything alike.
func SetJudgements(id domain.ID, of, expert string, js ...Judgement) app.Command {
	return changeSystem(id, "判断矩阵", func(s *domain.IndicatorSystem) error {
		m, _ := MatrixOf(s, of, expert)
		if len(m.Labels) < 2 {
			return app.E(app.CodeInvalid, "只有一项，不用比较，权重就是 1")
		}
		if err := EachOf(js, func(j Judgement) error { return judge(&m, j) }); err != nil {
			return err
		}
		s.SetMatrix(m)
		if expert != "" {
			return nil
		}
		if !s.ByMatrix(of) {
			s.Derivation = s.DerivationOf().Label()
		}
		return derive(s)
	})
}

func judge(m *domain.Matrix, j Judgement) error {
	n := len(m.Labels)
	if j.Row < 0 || j.Col < 0 || j.Row >= n || j.Col >= n || j.Row == j.Col {
		return app.E(app.CodeInvalid, "自己与自己相比总是 1")
	}
	v, ok := app.ParseJudgement(j.Text)
	if strings.TrimSpace(j.Text) == "" {
		v, ok = 1, true
	}
	if !ok || v < 1.0/9-1e-6 || v > 9+1e-6 {
		return app.E(app.CodeInvalid, "判断值应为 1～9 的数或 1/3、0.333 这样的倒数，现为“%s”", strings.TrimSpace(j.Text))
	}
	m.Values[j.Row][j.Col], m.Values[j.Col][j.Row] = v, 1/v
	return nil
}

// MatrixOf is a copy of the matrix of a group and expert; without one it is a matrix
// in which everything is alike, and stored is false.
func MatrixOf(s *domain.IndicatorSystem, of, expert string) (m domain.Matrix, stored bool) {
	for i := range s.Matrices {
		if x := &s.Matrices[i]; x.Of == of && x.Expert == expert {
			m = *x
			m.Labels, m.Values = slices.Clone(x.Labels), slices.Clone(x.Values)
			for k := range m.Values {
				m.Values[k] = slices.Clone(m.Values[k])
			}
			return m, true
		}
	}
	m = domain.Matrix{Of: of, Expert: expert, Labels: labelsOf(s, of)}
	for range m.Labels {
		m.Values = append(m.Values, slices.Repeat([]float64{1}, len(m.Labels)))
	}
	return m, false
}

// labelsOf are the things that a group's matrix compares.
func labelsOf(s *domain.IndicatorSystem, of string) (out []string) {
	for _, d := range s.Dimensions {
		if of == "" {
			out = append(out, d.Code+" "+d.Name)
		} else if d.Code == of {
			for _, i := range d.Indicators {
				out = append(out, i.Code+" "+i.Name)
			}
		}
	}
	return out
}

// AddExpert makes an expert's matrix for a group, all alike at first.
func AddExpert(id domain.ID, of, expert string) app.Command {
	return changeSystem(id, "新增专家判断", func(s *domain.IndicatorSystem) error {
		expert = strings.TrimSpace(expert)
		if expert == "" {
			return app.E(app.CodeInvalid, "请填写专家的称呼，例如“专家一”")
		}
		for _, m := range s.Experts(of) {
			if m.Expert == expert {
				return app.E(app.CodeInvalid, "已有“%s”的判断矩阵", expert)
			}
		}
		m, _ := MatrixOf(s, of, expert)
		if len(m.Labels) < 2 {
			return app.E(app.CodeInvalid, "只有一项，不用比较，权重就是 1")
		}
		s.SetMatrix(m)
		return nil
	})
}

// DeleteExpert takes an expert's matrix of a group away.
func DeleteExpert(id domain.ID, of, expert string) app.Command {
	return changeSystem(id, "删除专家判断", func(s *domain.IndicatorSystem) error {
		s.Matrices = slices.DeleteFunc(s.Matrices, func(m domain.Matrix) bool { return m.Of == of && m.Expert == expert && expert != "" })
		return nil
	})
}

// derive sets the weights from the deciding matrices again, as far as they decide.
func derive(s *domain.IndicatorSystem) error {
	relabel(s)
	if !s.WeighedByMatrix() {
		return nil
	}
	return s.Derive(s.AHPOptions())
}

// relabel names the compared things as the system does now.
func relabel(s *domain.IndicatorSystem) {
	for i := range s.Matrices {
		m := &s.Matrices[i]
		if l := labelsOf(s, m.Of); len(l) == len(m.Values) {
			m.Labels = l
		}
	}
}

// growMatrices makes room for a new item of a group, alike to all others.
func growMatrices(s *domain.IndicatorSystem, of string, at int) {
	eachMatrix(s, of, func(m *domain.Matrix) {
		if at > len(m.Values) {
			return
		}
		for i := range m.Values {
			m.Values[i] = slices.Insert(m.Values[i], at, 1)
		}
		m.Values = slices.Insert(m.Values, at, slices.Repeat([]float64{1}, len(m.Values)+1))
		m.Labels = slices.Insert(m.Labels, at, "")
	})
}

// shrinkMatrices takes an item of a group out. A comparison of one thing is none.
func shrinkMatrices(s *domain.IndicatorSystem, of string, at int) {
	eachMatrix(s, of, func(m *domain.Matrix) {
		if at >= len(m.Values) {
			return
		}
		for i := range m.Values {
			m.Values[i] = slices.Delete(m.Values[i], at, at+1)
		}
		m.Values = slices.Delete(m.Values, at, at+1)
		m.Labels = slices.Delete(m.Labels, at, at+1)
	})
	s.Matrices = slices.DeleteFunc(s.Matrices, func(m domain.Matrix) bool { return m.Of == of && len(m.Values) < 2 })
}

func swapMatrices(s *domain.IndicatorSystem, of string, a, b int) {
	eachMatrix(s, of, func(m *domain.Matrix) {
		if max(a, b) >= len(m.Values) {
			return
		}
		for i := range m.Values {
			m.Values[i][a], m.Values[i][b] = m.Values[i][b], m.Values[i][a]
		}
		m.Values[a], m.Values[b] = m.Values[b], m.Values[a]
	})
}

func eachMatrix(s *domain.IndicatorSystem, of string, change func(*domain.Matrix)) {
	for i := range s.Matrices {
		if s.Matrices[i].Of == of {
			change(&s.Matrices[i])
		}
	}
}
