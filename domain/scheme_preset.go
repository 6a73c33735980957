package domain

import "slices"

// LevelStyle is a set of labels, the gravest first.
type LevelStyle struct {
	Name   string
	Labels []string
}

// LevelStyles are the usual sets of labels. Numbers run in either direction: 一级 is
// the gravest at 青海大学 and the mildest in other rules.
var LevelStyles = []LevelStyle{
	{"红橙黄蓝", []string{"红", "橙", "黄", "蓝"}},
	{"高中低", []string{"高", "中", "低"}},
	{"一二三级（一级最重）", []string{"一级", "二级", "三级"}},
	{"一二三级（三级最重）", []string{"三级", "二级", "一级"}},
}

// presetMins are lower bounds from the gravest to the mildest, for four and for
// three levels. Sources: DOMAIN §3 (index bands of the pilot; R ≥ 15 高, 6–14 中 and
// 6–9, 3–4, 1–2 of the matrices, 15/8/4/1 of a public health service; D of LEC; kinds
// of risk of 青海大学); the rest are defaults to be edited.
var presetMins = map[string]map[int][]float64{
	BasisIndex:   {4: {80, 60, 40, 0}, 3: {70, 40, 0}},
	BasisMatrix:  {4: {15, 8, 4, 1}, 3: {15, 6, 1}},
	BasisMatrix4: {4: {12, 8, 4, 1}, 3: {9, 4, 1}},
	BasisMatrix3: {4: {9, 6, 3, 1}, 3: {6, 3, 1}},
	BasisLEC:     {4: {320, 160, 70, 0}, 3: {160, 70, 0}},
	BasisGrade:   {4: {5, 4, 3, 1}, 3: {5, 3, 1}},
}

// terms are who is told and the deadlines of four levels (DOMAIN §4); three levels
// take the first, third and fourth.
var terms = []Level{
	{Color: "red", Told: "常委会、领导小组、分管校领导、部门、本人", Signer: "组长", Reply: 3, Fix: 30, Release: "再评估明显降级且检查合格，组长批准"},
	{Color: "orange", Told: "领导小组、分管校领导、部门、本人", Signer: "组长", Reply: 5, Fix: 20, Release: "再评估等级下降，领导小组批准"},
	{Color: "yellow", Told: "部门负责人、本人；纪检监察处备案", Signer: "领导小组办公室", Reply: 5, Fix: 15, Release: "部门申请，领导小组办公室复核"},
	{Color: "blue", Told: "本人、科室", Signer: "部门", Reply: 10, Release: "部门在下次评估时复核"},
}

// Preset makes a scheme of the usual bands of a basis with the labels of a style;
// its ID is still to be given. A matrix has its cells filled from the bands, ready
// to be changed one by one.
func Preset(style LevelStyle, basis string) *LevelScheme {
	n := len(style.Labels)
	s := &LevelScheme{Name: style.Name + "（" + basis + "）", Version: 1, Basis: basis}
	rest := slices.Clone(terms)
	if n == 3 {
		rest = slices.Delete(rest, 1, 2)
	}
	for i, label := range style.Labels {
		l := rest[i]
		l.Label, l.Severity, l.Min = label, n-1-i, presetMins[basis][n][i]
		s.Levels = append(s.Levels, l)
	}
	s.FillCells()
	s.Code = s.Natural()
	return s
}

// FillCells bands every cell of a matrix by its product; other bases have no cells.
// Call it on a clone.
func (r *LevelScheme) FillCells() {
	n := r.MatrixSide()
	r.Cells = nil
	for i := range n {
		row := make([]int, n)
		for j := range row {
			l, _ := r.LevelOf(float64((i + 1) * (j + 1)))
			row[j] = l.Severity
		}
		r.Cells = append(r.Cells, row)
	}
}

// Presets are all usual schemes for a basis.
func Presets(basis string) []*LevelScheme {
	out := make([]*LevelScheme, len(LevelStyles))
	for i, style := range LevelStyles {
		out[i] = Preset(style, basis)
	}
	return out
}
