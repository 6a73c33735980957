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
	State      SystemState `json:"state,omitempty"` // as moved by hand; StateOf tells the rest
	Based      Ref         `json:"based,omitzero"`  // the version it was drawn from
	Dimensions []Dimension `json:"dimensions"`
	Matrices   []Matrix    `json:"matrices,omitempty"`
	Derivation string      `json:"derivation,omitempty"` // 特征根法, 方根法, 和积法, 熵权法…, how weights were derived
	RI         string      `json:"ri,omitempty"`         // random index table of the judgements: 1980 or 2005; "" = 1980
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
	Top     int       `json:"top,omitempty"`    // highest mark; 0 = 5
	More    []string  `json:"more,omitempty"`   // anchors above 5
	Values  []float64 `json:"values,omitempty"` // what the marks 1…Top count as; nil = themselves
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
		inds := slices.Clone(c.Dimensions[i].Indicators)
		for k := range inds {
			inds[k].More, inds[k].Values = slices.Clone(inds[k].More), slices.Clone(inds[k].Values)
		}
		c.Dimensions[i].Indicators = inds
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
