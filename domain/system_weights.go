package domain

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"lianshao/domain/method"
)

// Names of derivations besides those of the judgement matrices (method.Derivation).
const (
	DerivedTyped   = "直接给定"
	DerivedEntropy = "熵权法"
)

// RITable is the table of random indexes that the judgements are checked by.
func (r *IndicatorSystem) RITable() method.RITable {
	if r.RI == "" {
		return method.RI1980
	}
	return method.RITable(r.RI)
}

// DerivationOf is how judgement matrices become weights: as Derivation says, by
// 特征根法 when it names something else.
func (r *IndicatorSystem) DerivationOf() method.Derivation {
	for _, d := range []method.Derivation{method.Geometric, method.Columns} {
		if d.Label() == r.Derivation {
			return d
		}
	}
	return method.Eigenvector
}

// ByMatrix reports whether the weights of a group ("" = of the dimensions, else
// those within the dimension of the code) come from its judgement matrix: there is
// one, and the derivation is neither typed nor by entropy.
func (r *IndicatorSystem) ByMatrix(of string) bool {
	return r.MatrixOf(of) != nil && r.Derivation != DerivedTyped && !strings.HasPrefix(r.Derivation, DerivedEntropy)
}

// WeighedByMatrix reports whether any group of weights comes from its matrix.
func (r *IndicatorSystem) WeighedByMatrix() bool {
	return slices.ContainsFunc(r.Matrices, func(m Matrix) bool { return m.Expert == "" && r.ByMatrix(m.Of) })
}

// KnownDerivation reports whether a text names a way to derive weights.
func KnownDerivation(s string) bool {
	for _, d := range []method.Derivation{method.Eigenvector, method.Geometric, method.Columns} {
		if s == d.Label() {
			return true
		}
	}
	return s == DerivedTyped || strings.HasPrefix(s, DerivedEntropy)
}

// WeightsFrom names where the weights come from, for every print: the derivation
// and the table of random indexes, 熵权法 with its round, or 直接给定.
func (r *IndicatorSystem) WeightsFrom() string {
	if r.WeighedByMatrix() {
		return r.DerivationOf().Label() + "，RI 取 " + string(r.RITable()) + " 年表"
	}
	if r.Derivation == "" {
		return DerivedTyped
	}
	return r.Derivation
}

// GroupOf names the experts whose geometric mean the deciding matrix of a dimension
// is ("" = of the dimensions); nil when it was judged as a whole.
func (r *IndicatorSystem) GroupOf(of string) (names []string) {
	m, twin := r.MatrixOf(of), r.Clone().(*IndicatorSystem)
	if m == nil || twin.GroupExperts(of) != nil {
		return nil
	}
	mean := twin.MatrixOf(of)
	if len(mean.Values) != len(m.Values) {
		return nil
	}
	for i := range m.Values {
		for j := range m.Values[i] {
			if math.Abs(math.Log(m.Values[i][j]/mean.Values[i][j])) > 1e-6 {
				return nil
			}
		}
	}
	for _, e := range r.Experts(of) {
		names = append(names, e.Expert)
	}
	return names
}

// AHPOptions are the system's own: every print must name both.
func (r *IndicatorSystem) AHPOptions() method.AHPOptions {
	return method.AHPOptions{Method: r.DerivationOf(), RI: r.RITable()}
}

// Derive sets the weights from the judgement matrices by the given options and
// keeps the options. Call it on a clone. See Reweigh for what is left alone.
func (r *IndicatorSystem) Derive(opts method.AHPOptions) error {
	err := r.Reweigh(func(m [][]float64) ([]float64, error) {
		res, err := method.AHP(m, opts)
		return res.Weights, err
	})
	if err != nil {
		return &Refusal{Text: err.Error()}
	}
	if opts.Method == "" {
		opts.Method = method.Eigenvector
	}
	r.Derivation, r.RI = opts.Method.Label(), string(opts.RI)
	return nil
}

// Experts lists the experts' matrices of a dimension ("" = of the dimensions).
func (r *IndicatorSystem) Experts(of string) (out []*Matrix) {
	for i := range r.Matrices {
		if m := &r.Matrices[i]; m.Of == of && m.Expert != "" {
			out = append(out, m)
		}
	}
	return out
}

// GroupExperts puts the geometric mean of the experts' judgements in the place of
// the deciding matrix of a dimension ("" = of the dimensions). Call it on a clone,
// then Derive. Errors: fewer than two experts, experts who compare other things.
func (r *IndicatorSystem) GroupExperts(of string) error {
	experts := r.Experts(of)
	if len(experts) < 2 {
		return refuse("只有 %d 位专家的判断矩阵，至少要 2 位才能汇总。", len(experts))
	}
	values := make([][][]float64, len(experts))
	for i, e := range experts {
		if !slices.Equal(e.Labels, experts[0].Labels) {
			return refuse("“%s”和“%s”比较的项目或顺序不同，不能汇总，请核对判断矩阵。", experts[0].Expert, e.Expert)
		}
		values[i] = e.Values
	}
	group, err := method.GroupMatrix(values)
	if err != nil {
		return &Refusal{Text: err.Error()}
	}
	r.SetMatrix(Matrix{Of: of, Labels: slices.Clone(experts[0].Labels), Values: group})
	return nil
}

// SetMatrix puts a matrix in the place of the one of the same dimension and expert.
func (r *IndicatorSystem) SetMatrix(m Matrix) {
	for i := range r.Matrices {
		if r.Matrices[i].Of == m.Of && r.Matrices[i].Expert == m.Expert {
			r.Matrices[i] = m
			return
		}
	}
	r.Matrices = append(r.Matrices, m)
}

// SetWeights sets the weights of all indicators in the whole, in the order of
// Indicators; they must sum to 1. A dimension weighs what its indicators weigh
// together; one of weight 0 shares it evenly within. Call it on a clone.
func (r *IndicatorSystem) SetWeights(global []float64, derivation string) error {
	if n := len(r.Indicators()); len(global) != n {
		return refuse("给出了 %d 个权重，指标有 %d 项，应一一对应。", len(global), n)
	}
	if err := method.CheckWeights(global); err != nil {
		return &Refusal{Text: err.Error()}
	}
	k := 0
	for i := range r.Dimensions {
		d := &r.Dimensions[i]
		d.Weight = 0
		for j := range d.Indicators {
			d.Weight += global[k+j]
		}
		for j := range d.Indicators {
			d.Indicators[j].Weight = 1 / float64(len(d.Indicators))
			if d.Weight > 0 {
				d.Indicators[j].Weight = global[k+j] / d.Weight
			}
		}
		k += len(d.Indicators)
	}
	r.Derivation = derivation
	return nil
}

// GlobalWeights are the indicators' weights in the whole, Σ = 1.
func (r *IndicatorSystem) GlobalWeights() []float64 {
	var out []float64
	for _, d := range r.Dimensions {
		for _, i := range d.Indicators {
			out = append(out, d.Weight*i.Weight)
		}
	}
	return out
}

// EntropyWeights derives the weights of a round's indicators in the whole from how
// far the points' means differ on each (熵权法, method.EntropyWeights), over the
// complete points. Errors: a method without an indicator system, fewer than two
// complete points, no differences.
func (res *RoundResult) EntropyWeights() ([]float64, error) {
	if !res.Round.Rule.Weighs() {
		return nil, refuse("%s用的是%s，没有指标权重。", res.Round.Title(), res.Round.Rule.Method.Label())
	}
	var rows [][]float64
	for i := range res.Points {
		if res.Points[i].Complete {
			rows = append(rows, res.Points[i].Means)
		}
	}
	if len(rows) < 2 {
		return nil, refuse("%s评分齐全的风险点只有 %d 个，至少要 2 个才能用熵权法。", res.Round.Title(), len(rows))
	}
	inds := res.PointSys.Indicators()
	reverse := make([]bool, len(inds))
	for k := range inds {
		reverse[k] = inds[k].Reverse
	}
	w, err := method.EntropyWeights(rows, reverse)
	if err != nil {
		return nil, &Refusal{Text: err.Error()}
	}
	return w, nil
}

// Title is what the round is called: its name, or its number.
func (r *Assessment) Title() string {
	if r.Name != "" {
		return r.Name
	}
	return fmt.Sprintf("第 %d 轮评估", r.No)
}
