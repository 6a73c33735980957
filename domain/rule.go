package domain

import (
	"slices"

	"lianshao/domain/method"
)

// Method is how a round turns marks into a value.
type Method string

// The methods; the zero value is the weighted index.
const (
	MethodIndex  Method = ""       // 加权指数法: I = (Σ w·d − 1)/4 × 100, 0–100
	MethodMatrix Method = "matrix" // 可能性×影响程度: R = L × C, 1–Size²
	MethodLEC    Method = "lec"    // D = L·E·C, 0.05–10,000
	MethodFuzzy  Method = "fuzzy"  // 模糊综合评价: B = A∘R, then the index of its grade or score
	MethodGrade  Method = "grade"  // 规则定级: number of kinds of risk, with conditions that decide alone
)

// Methods lists the methods in the order of choice.
var Methods = []Method{MethodIndex, MethodMatrix, MethodLEC, MethodFuzzy, MethodGrade}

// Label is the method's Chinese name.
func (m Method) Label() string {
	switch m {
	case MethodMatrix:
		return "风险矩阵法"
	case MethodLEC:
		return "LEC 法"
	case MethodFuzzy:
		return "模糊综合评价法"
	case MethodGrade:
		return "规则定级法"
	}
	return "加权指数法"
}

// Aggregate is how the marks of several assessors become one.
type Aggregate string

// The ways of aggregation; the zero value is the arithmetic mean.
const (
	AggregateMean    Aggregate = ""        // 算术平均
	AggregateMedian  Aggregate = "median"  // 中位数
	AggregateTrimmed Aggregate = "trimmed" // 截尾平均: without the share Trim of either end
)

// Aggregates lists the ways in the order of choice.
var Aggregates = []Aggregate{AggregateMean, AggregateMedian, AggregateTrimmed}

// Label is the Chinese name.
func (a Aggregate) Label() string {
	switch a {
	case AggregateMedian:
		return "中位数"
	case AggregateTrimmed:
		return "截尾平均"
	}
	return "算术平均"
}

// Decision is how a fuzzy vector becomes a value.
type Decision string

// The decisions; the zero value is the score.
const (
	DecideScore    Decision = ""         // 加权平均: Σ b·v / Σ b over the grades v = 1…5
	DecideGreatest Decision = "greatest" // 最大隶属度: the grade of the greatest membership
)

// FuzzyDecisions lists the decisions in the order of choice.
var FuzzyDecisions = []Decision{DecideScore, DecideGreatest}

// Label is the Chinese name.
func (d Decision) Label() string {
	if d == DecideGreatest {
		return "最大隶属度"
	}
	return "加权平均（B·V）"
}

// Roll is how the points of a post or unit become its result.
type Roll string

// The ways; the zero value is the maximum.
const (
	RollMax      Roll = ""         // 取最高的风险点
	RollWeighted Roll = "weighted" // 加权平均: weights are the points' 影响程度, 3 where it is not rated
)

// Rolls lists the ways in the order of choice.
var Rolls = []Roll{RollMax, RollWeighted}

// Label is the Chinese name.
func (r Roll) Label() string {
	if r == RollWeighted {
		return "按影响程度加权平均"
	}
	return "取最高风险点"
}

// DefaultTrim is the share that a trimmed mean usually cuts at either end.
const DefaultTrim = 0.1

// Rule says how a round is scored; it is chosen per round and frozen with it. The
// zero Rule is the weighted index of arithmetic means.
type Rule struct {
	Method    Method               `json:"method,omitempty"`
	Size      int                  `json:"size,omitempty"`     // MethodMatrix: 3, 4 or 5; 0 = 5
	Operator  method.FuzzyOperator `json:"operator,omitempty"` // MethodFuzzy; "" = weighted
	Decide    Decision             `json:"decide,omitempty"`   // MethodFuzzy
	Aggregate Aggregate            `json:"aggregate,omitempty"`
	Trim      float64              `json:"trim,omitempty"` // AggregateTrimmed: share cut at either end, 0–0.5; 0 = DefaultTrim
	Roll      Roll                 `json:"roll,omitempty"`
}

// MatrixSize is the side of the matrix.
func (r Rule) MatrixSize() int {
	if r.Size == 0 {
		return 5
	}
	return r.Size
}

// TrimShare is the share cut at either end.
func (r Rule) TrimShare() float64 {
	if r.Trim == 0 {
		return DefaultTrim
	}
	return r.Trim
}

// Basis is what the bands of a level scheme for this rule are measured on.
func (r Rule) Basis() string {
	switch r.Method {
	case MethodMatrix:
		return MatrixBasis(r.MatrixSize())
	case MethodLEC:
		return BasisLEC
	case MethodGrade:
		return BasisGrade
	}
	return BasisIndex
}

// ValueName is what the rule's value is called on papers: 风险指数, 风险值 R …
func (r Rule) ValueName() string {
	switch r.Method {
	case MethodMatrix:
		return "风险值 R"
	case MethodLEC:
		return "危险性分值 D"
	case MethodGrade:
		return "风险种类数"
	}
	return "风险指数"
}

// Formula says how marks become the value, in one line.
func (r Rule) Formula() string {
	switch r.Method {
	case MethodMatrix:
		return "R＝可能性×影响程度（1～" + itoa(r.MatrixSize()*r.MatrixSize()) + "），按等级方案的格子或分值定级"
	case MethodLEC:
		return "D＝L×E×C（可能性×暴露频度×后果），按等级方案的分值定级"
	case MethodFuzzy:
		return "B＝A∘R，隶属度为各分值的评分人占比，逆向指标换算；S 为 B 的得分或隶属度最大的分值，I＝(S－1)÷4×100"
	case MethodGrade:
		return "按廉政风险种类数定级；对权力行使有重大影响、自由裁量无合理限制、曾发生不廉洁问题的，过半数评分人认定即定为最高一级"
	}
	return "d＝" + r.scoreWord() + "（逆向 6－" + r.scoreWord() + "），S＝Σ维度权重×Σ指标权重×d，I＝(S－1)÷4×100"
}

// scoreWord is what the marks of several assessors become.
func (r Rule) scoreWord() string {
	switch r.Aggregate {
	case AggregateMedian:
		return "中位数"
	case AggregateTrimmed:
		return "截尾平均分"
	}
	return "平均分"
}

// Weighs reports whether the method scores by an indicator system with weights;
// the others bring their own columns.
func (r Rule) Weighs() bool { return r.Method == MethodIndex || r.Method == MethodFuzzy }

// Check refuses a rule that cannot be scored by.
func (r Rule) Check() error {
	if !slices.Contains(Methods, r.Method) {
		return refuse("没有“%s”这种评估方法。", string(r.Method))
	}
	if r.Method == MethodMatrix && !slices.Contains([]int{3, 4, 5}, r.MatrixSize()) {
		return refuse("风险矩阵应为 3×3、4×4 或 5×5，现为 %d×%d。", r.Size, r.Size)
	}
	if r.Method == MethodFuzzy && r.Operator != "" && r.Operator != method.FuzzyWeighted && r.Operator != method.FuzzyMinMax {
		return refuse("没有“%s”这种合成算子，应为加权平均型或主因素决定型。", string(r.Operator))
	}
	if !slices.Contains(Aggregates, r.Aggregate) {
		return refuse("没有“%s”这种汇总方式，应为算术平均、中位数或截尾平均。", string(r.Aggregate))
	}
	if t := r.TrimShare(); r.Aggregate == AggregateTrimmed && !(t > 0 && t < 0.5) {
		return refuse("截尾比例应大于 0、小于 50%%，现为 %g%%。", t*100)
	}
	return nil
}

// Text says the rule in one line, for papers and the command line.
func (r Rule) Text() string {
	out := r.Method.Label()
	switch r.Method {
	case MethodMatrix:
		n := itoa(r.MatrixSize())
		out += "（" + n + "×" + n + "）"
	case MethodFuzzy:
		out += "（" + r.Operator.Label() + "，按" + r.Decide.Label() + "定级）"
	}
	out += "；评分取" + r.Aggregate.Label()
	if r.Aggregate == AggregateTrimmed {
		out += "（两端各去掉 " + percent(r.TrimShare()) + "）"
	}
	return out + "；岗位、部门" + r.Roll.Label()
}
