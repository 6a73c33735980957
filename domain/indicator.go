package domain

import (
	"fmt"
	"slices"
)

// Targets of an indicator system.
const (
	TargetUnit  = "部门"
	TargetPoint = "岗位"
)

// IndicatorSystem is one version of a 指标体系: dimensions of indicators, each
// scored 1–5, with weights that sum to 1 on either level.
type IndicatorSystem struct {
	Base
	Name       string      `json:"name"`
	Target     string      `json:"target"` // TargetUnit or TargetPoint
	Version    int         `json:"version"`
	Approved   Date        `json:"approved,omitempty"`
	Dimensions []Dimension `json:"dimensions"`
	Matrices   []Matrix    `json:"matrices,omitempty"`
	Derivation string      `json:"derivation,omitempty"` // 特征根法 …, how weights were derived
}

// Dimension is a 维度.
type Dimension struct {
	Code       string      `json:"code"`
	Name       string      `json:"name"`
	Weight     float64     `json:"weight,omitempty"` // among dimensions, 0–1
	Indicators []Indicator `json:"indicators"`
}

// Indicator is a 指标. Reverse means that a high score is good (risk = 6 − score).
type Indicator struct {
	Code    string    `json:"code"`
	Name    string    `json:"name"`
	Note    string    `json:"note,omitempty"`
	Reverse bool      `json:"reverse,omitempty"`
	Anchors [5]string `json:"anchors"`
	Weight  float64   `json:"weight,omitempty"` // within the dimension, 0–1
}

// Matrix is a 判断矩阵. Of is "" for the dimensions, else the dimension's code.
// A matrix with an Expert is kept for comparison and does not set weights.
type Matrix struct {
	Of     string      `json:"of,omitempty"`
	Expert string      `json:"expert,omitempty"`
	Labels []string    `json:"labels"`
	Values [][]float64 `json:"values"`
}

// RecordKind tells the kind.
func (*IndicatorSystem) RecordKind() Kind { return KindSystem }

// Natural is target and version.
func (r *IndicatorSystem) Natural() string { return r.Target + "/" + itoa(r.Version) }

// Clone copies deeply.
func (r *IndicatorSystem) Clone() Record {
	c := *r
	c.Dimensions = slices.Clone(r.Dimensions)
	for i := range c.Dimensions {
		c.Dimensions[i].Indicators = slices.Clone(c.Dimensions[i].Indicators)
	}
	c.Matrices = slices.Clone(r.Matrices)
	for i := range c.Matrices {
		m := &c.Matrices[i]
		m.Labels, m.Values = slices.Clone(m.Labels), slices.Clone(m.Values)
		for k := range m.Values {
			m.Values[k] = slices.Clone(m.Values[k])
		}
	}
	return &c
}

// EachRef visits nothing.
func (*IndicatorSystem) EachRef(func(Kind, Ref, *Ref)) {}

// Indicators lists all indicators in order; scores of a Rating follow it.
func (r *IndicatorSystem) Indicators() []Indicator {
	var out []Indicator
	for _, d := range r.Dimensions {
		out = append(out, d.Indicators...)
	}
	return out
}

// Find returns an indicator's position among Indicators, or -1.
func (r *IndicatorSystem) Find(code string) int {
	return slices.IndexFunc(r.Indicators(), func(i Indicator) bool { return i.Code == code })
}

// MatrixOf returns the deciding judgement matrix of a dimension ("" = of the
// dimensions themselves), or nil.
func (r *IndicatorSystem) MatrixOf(code string) *Matrix {
	for i := range r.Matrices {
		if m := &r.Matrices[i]; m.Of == code && m.Expert == "" {
			return m
		}
	}
	return nil
}

// Reweigh sets the weights from the judgement matrices; derive turns a matrix
// into weights that sum to 1. Dimensions without a matrix keep theirs. The
// matrix's size must fit; a dimension with one indicator weighs it 1.
func (r *IndicatorSystem) Reweigh(derive func([][]float64) ([]float64, error)) error {
	if m := r.MatrixOf(""); m != nil {
		w, err := weightsOf(m, len(r.Dimensions), derive)
		if err != nil {
			return err
		}
		for i := range r.Dimensions {
			r.Dimensions[i].Weight = w[i]
		}
	}
	for i := range r.Dimensions {
		d := &r.Dimensions[i]
		if m := r.MatrixOf(d.Code); m != nil {
			w, err := weightsOf(m, len(d.Indicators), derive)
			if err != nil {
				return err
			}
			for k := range d.Indicators {
				d.Indicators[k].Weight = w[k]
			}
		} else if len(d.Indicators) == 1 {
			d.Indicators[0].Weight = 1
		}
	}
	return nil
}

func weightsOf(m *Matrix, n int, derive func([][]float64) ([]float64, error)) ([]float64, error) {
	name := m.Of
	if name == "" {
		name = "维度"
	}
	if len(m.Values) != n {
		return nil, fmt.Errorf("判断矩阵“%s”是%d阶，指标有%d项", name, len(m.Values), n)
	}
	w, err := derive(m.Values)
	if err != nil {
		return nil, fmt.Errorf("判断矩阵“%s”：%w", name, err)
	}
	return w, nil
}

// Weighted reports whether every level of weights sums to 1 (within 1e-6).
func (r *IndicatorSystem) Weighted() bool {
	sum := 0.0
	for _, d := range r.Dimensions {
		sum += d.Weight
		within := 0.0
		for _, i := range d.Indicators {
			within += i.Weight
		}
		if within < 1-1e-6 || within > 1+1e-6 {
			return false
		}
	}
	return sum > 1-1e-6 && sum < 1+1e-6
}

// LevelScheme is a 预警等级方案: levels ordered from the most severe.
type LevelScheme struct {
	Base
	Name    string  `json:"name"`
	Version int     `json:"version"`
	Basis   string  `json:"basis"` // BasisIndex or BasisMatrix
	Levels  []Level `json:"levels"`
}

// What the bands of a scheme are measured on.
const (
	BasisIndex  = "风险指数"     // 0–100
	BasisMatrix = "可能性×影响程度" // 1–25
)

// Level is one band. Severity 0 is the mildest: labels never order anything.
type Level struct {
	Label    string  `json:"label"`
	Color    string  `json:"color"` // red orange yellow blue, or #RRGGBB
	Severity int     `json:"severity"`
	Min      float64 `json:"min"` // lower bound, inclusive
	Told     string  `json:"told,omitempty"`
	Signer   string  `json:"signer,omitempty"`
	Reply    int     `json:"reply,omitempty"` // working days
	Fix      int     `json:"fix,omitempty"`   // working days
	Release  string  `json:"release,omitempty"`
}

// RecordKind tells the kind.
func (*LevelScheme) RecordKind() Kind { return KindScheme }

// Natural is name and version.
func (r *LevelScheme) Natural() string { return r.Name + "/" + itoa(r.Version) }

// Clone copies deeply.
func (r *LevelScheme) Clone() Record { c := *r; c.Levels = slices.Clone(r.Levels); return &c }

// EachRef visits nothing.
func (*LevelScheme) EachRef(func(Kind, Ref, *Ref)) {}

// LevelOf returns the most severe level whose lower bound value reaches.
func (r *LevelScheme) LevelOf(value float64) (Level, bool) {
	var best Level
	found := false
	for _, l := range r.Levels {
		if value >= l.Min && (!found || l.Severity > best.Severity) {
			best, found = l, true
		}
	}
	return best, found
}

// Labelled returns the level with the label.
func (r *LevelScheme) Labelled(label string) (Level, bool) {
	for _, l := range r.Levels {
		if l.Label == label {
			return l, true
		}
	}
	return Level{}, false
}

// Ordered returns the levels, the most severe first.
func (r *LevelScheme) Ordered() []Level {
	out := slices.Clone(r.Levels)
	slices.SortFunc(out, func(a, b Level) int { return b.Severity - a.Severity })
	return out
}

// SchemeFor returns the newest scheme with the basis, or nil.
func (p *Pilot) SchemeFor(basis string) *LevelScheme {
	var best *LevelScheme
	for _, s := range p.Schemes.All() {
		if s.Basis == basis && (best == nil || s.Version > best.Version) {
			best = s
		}
	}
	return best
}

// SystemFor returns the newest indicator system for a target, or nil.
func (p *Pilot) SystemFor(target string) *IndicatorSystem {
	var best *IndicatorSystem
	for _, s := range p.Systems.All() {
		if s.Target == target && (best == nil || s.Version > best.Version) {
			best = s
		}
	}
	return best
}
