package domain

import "slices"

// Codes of the columns that the methods without an indicator system bring.
const (
	CodeLikelihood  = "L"
	CodeExposure    = "E"
	CodeConsequence = "C"
	CodeKinds       = "K"  // number of kinds of risk
	CodeInfluence   = "X1" // 对权力行使有重大影响
	CodeDiscretion  = "X2" // 自由裁量无合理限制
	CodeIncident    = "X3" // 曾发生不廉洁问题
)

// Marks of a yes-or-no column.
const (
	MarkNo  Mark = 1
	MarkYes Mark = 2
)

// builtins are the columns of the methods that need no indicator system, made once.
var builtins = map[Method]map[int]*IndicatorSystem{
	MethodMatrix: {3: matrixColumns(3), 4: matrixColumns(4), 5: matrixColumns(5)},
	MethodLEC:    {0: lecColumns()},
	MethodGrade:  {0: gradeColumns()},
}

// SystemOf returns what a round scores a target by: the indicator system it
// refers to, or the columns that its method brings; nil when there is none.
// Columns of a method are no record of the pilot and must not be stored. Units
// are scored on their own only by methods that weigh indicators.
func (p *Pilot) SystemOf(a *Assessment, target string) *IndicatorSystem {
	switch {
	case a.Rule.Weighs() && target == TargetUnit:
		sys, _ := p.Systems.Get(a.UnitSystem.ID)
		return sys
	case a.Rule.Weighs():
		sys, _ := p.Systems.Get(a.PointSystem.ID)
		return sys
	case target == TargetUnit:
		return nil
	case a.Rule.Method == MethodMatrix:
		return builtins[MethodMatrix][a.Rule.MatrixSize()]
	}
	return builtins[a.Rule.Method][0]
}

// Builtin reports whether a system is the columns of a method, not a record.
func (r *IndicatorSystem) Builtin() bool { return r.ID == "" && r.Version == 0 }

func column(code, name, note string, words ...string) Indicator {
	i := Indicator{Code: code, Name: name, Note: note, Top: len(words)}
	copy(i.Anchors[:], words)
	if len(words) > len(i.Anchors) {
		i.More = words[len(i.Anchors):]
	}
	return i
}

func columnsOf(name string, columns ...Indicator) *IndicatorSystem {
	for i := range columns {
		columns[i].Weight = 1 / float64(len(columns))
	}
	return &IndicatorSystem{Name: name, Target: TargetPoint,
		Dimensions: []Dimension{{Code: "", Name: name, Weight: 1, Indicators: columns}}}
}

func matrixColumns(size int) *IndicatorSystem {
	likely := map[int][]string{
		3: {"不大可能发生", "可能发生", "很可能发生"},
		4: {"极小", "较小", "较大", "极大"},
		5: {"几乎不会发生", "不大可能发生", "可能发生", "很可能发生", "几乎肯定发生"},
	}[size]
	grave := map[int][]string{
		3: {"影响轻微", "影响较大", "影响严重"},
		4: {"极小", "较小", "较大", "极大"},
		5: {"影响轻微", "影响较小", "影响一般", "影响较大", "影响严重"},
	}[size]
	return columnsOf("可能性×影响程度", column(CodeLikelihood, "可能性", "风险发生的可能性", likely...),
		column(CodeConsequence, "影响程度", "发生后的影响程度", grave...))
}

// lecColumns are the three tables of Graham & Kinney: mark 1 is the mildest grade.
func lecColumns() *IndicatorSystem {
	sys := columnsOf("LEC",
		column(CodeLikelihood, "可能性 L", "发生的可能性", "0.1 实际不可能", "0.2 极不可能", "0.5 很不可能，可以设想", "1 可能性小，完全意外", "3 可能，但不经常", "6 相当可能", "10 完全可以预料"),
		column(CodeExposure, "暴露频度 E", "接触该权力事项的频繁程度", "0.5 非常罕见", "1 每年几次", "2 每月一次", "3 每周一次或偶然", "6 每天工作时间内", "10 连续"),
		column(CodeConsequence, "后果 C", "发生后的后果", "1 引人注意", "3 有一定影响", "7 严重影响", "15 造成损失", "40 重大损失或处分", "100 特别重大损失或犯罪"))
	values := [][]float64{{.1, .2, .5, 1, 3, 6, 10}, {.5, 1, 2, 3, 6, 10}, {1, 3, 7, 15, 40, 100}}
	for i := range values {
		sys.Dimensions[0].Indicators[i].Values = values[i]
	}
	return sys
}

// gradeColumns are the questions of 青海大学's rules. Kinds may stay blank: they
// are counted then from the categories of the post's risk points.
func gradeColumns() *IndicatorSystem {
	return columnsOf("规则定级", column(CodeKinds, "廉政风险种类数", "岗位存在几种廉政风险；不填则按该岗位风险点的风险类别数", "1 种", "2 种", "3 种", "4 种", "5 种及以上"),
		column(CodeInfluence, "对权力行使有重大影响", "是则直接定为最高一级", "否", "是"),
		column(CodeDiscretion, "自由裁量无合理限制", "是则直接定为最高一级", "否", "是"),
		column(CodeIncident, "曾发生不廉洁问题", "是则直接定为最高一级；风险信息库有查实信息的视为是", "否", "是"))
}

// Highest is the highest mark of the indicator: 5 unless Top says otherwise.
func (i *Indicator) Highest() Mark {
	if i.Top == 0 {
		return 5
	}
	return Mark(i.Top)
}

// Valid reports whether a mark is a score on the indicator's scale.
func (i *Indicator) Valid(m Mark) bool { return m >= 1 && m <= i.Highest() }

// Anchor is what a mark means in words, "" if nothing is said.
func (i *Indicator) Anchor(m Mark) string {
	at := int(m) - 1
	switch {
	case at < 0 || m > i.Highest():
		return ""
	case at < len(i.Anchors):
		return i.Anchors[at]
	case at-len(i.Anchors) < len(i.More):
		return i.More[at-len(i.Anchors)]
	}
	return ""
}

// ValueOf is what a valid mark counts as in the formula: itself, or the value of
// its grade (LEC).
func (i *Indicator) ValueOf(m Mark) float64 {
	if n := int(m) - 1; n >= 0 && n < len(i.Values) {
		return i.Values[n]
	}
	return float64(m)
}

// Equal reports whether two indicators are the same in every respect.
func (i Indicator) Equal(o Indicator) bool {
	more, vals := slices.Equal(i.More, o.More), slices.Equal(i.Values, o.Values)
	return more && vals && i.Code == o.Code && i.Name == o.Name && i.Note == o.Note && i.Reverse == o.Reverse &&
		i.Anchors == o.Anchors && i.Weight == o.Weight && i.Top == o.Top
}

// YesNo reports whether the indicator is a question answered by 是 or 否.
func (i *Indicator) YesNo() bool {
	return i.Top == 2 && slices.Equal(i.Anchors[:2], []string{"否", "是"})
}
