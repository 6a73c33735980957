package method

import (
	"math"
	"strings"
)

// Band names the scores from Min upward.
type Band struct {
	Min   float64
	Label string
}

// labelOf finds the band of a score; bands run from high to low and the last one catches the rest.
func labelOf(bands []Band, score float64) string {
	for _, b := range bands {
		if score >= b.Min {
			return b.Label
		}
	}
	return bands[len(bands)-1].Label
}

// The values of the three LEC tables (Graham & Kinney 1976), for drop-downs. Values between them are accepted.
var (
	LECLikelihood  = []float64{10, 6, 3, 1, .5, .2, .1}
	LECExposure    = []float64{10, 6, 3, 2, 1, .5}
	LECConsequence = []float64{100, 40, 15, 7, 3, 1}
)

// LECBands are the usual limits of D.
var LECBands = []Band{
	{320, "极其危险"}, {160, "高度危险"}, {70, "显著危险"}, {20, "一般危险"}, {0, "稍有危险"},
}

// LECResult is one LEC score.
type LECResult struct {
	D     float64 `json:"d"`
	Level string  `json:"level"`
}

// LEC is D = L·E·C, banded by LECBands: likelihood in [0.1,10], exposure in [0.5,10], consequence in [1,100].
// Errors: not finite, out of range.
func LEC(l, e, c float64) (LECResult, error) {
	if err := checkBetween("l", l, .1, 10); err != nil {
		return LECResult{}, err
	}
	if err := checkBetween("e", e, .5, 10); err != nil {
		return LECResult{}, err
	}
	if err := checkBetween("c", c, 1, 100); err != nil {
		return LECResult{}, err
	}
	// twelve digits: 0.1·… must not miss a limit by a rounding error
	d := math.Round(l*e*c*1e12) / 1e12
	return LECResult{D: d, Level: labelOf(LECBands, d)}, nil
}

// MatrixScale is a likelihood × impact matrix of Size by Size, its bands from high to low.
type MatrixScale struct {
	Size  float64
	Bands []Band
}

// Matrix5 is the pilot's rule (R ≥ 15 高, 6–14 中, ≤ 5 低); Matrix3 the small one (6–9, 3–4, 1–2); MatrixNHS the
// four bands 15–25, 8–12, 4–6, 1–3 of a public health service.
var (
	Matrix5   = MatrixScale{5, []Band{{15, "高"}, {math.Nextafter(5, 6), "中"}, {0, "低"}}}
	Matrix3   = MatrixScale{3, []Band{{6, "高"}, {3, "中"}, {0, "低"}}}
	MatrixNHS = MatrixScale{5, []Band{{15, "极高"}, {8, "高"}, {4, "中"}, {0, "低"}}}
)

// MatrixResult is one cell of a likelihood × impact matrix.
type MatrixResult struct {
	Score float64 `json:"score"`
	Level string  `json:"level"`
}

// Matrix is R = likelihood × impact, both in [1, scale.Size] (means of several assessors may be fractional).
// Errors: not finite, out of range.
func Matrix(likelihood, impact float64, scale MatrixScale) (MatrixResult, error) {
	if err := checkBetween("likelihood", likelihood, 1, scale.Size); err != nil {
		return MatrixResult{}, err
	}
	if err := checkBetween("impact", impact, 1, scale.Size); err != nil {
		return MatrixResult{}, err
	}
	// twelve digits: a mean of several assessors must not miss a limit by a rounding error
	r := math.Round(likelihood*impact*1e12) / 1e12
	return MatrixResult{Score: r, Level: labelOf(scale.Bands, r)}, nil
}

// Residual is R_inh·(1−E): what is left of an inherent risk ≥ 0 under controls of effectiveness E in [0,1],
// where 0 = no control and 1 = perfect control. Errors: not finite, out of range.
func Residual(inherent, effectiveness float64) (float64, error) {
	if err := checkBetween("inherent", inherent, 0, huge); err != nil {
		return 0, err
	}
	if err := checkBetween("effectiveness", effectiveness, 0, 1); err != nil {
		return 0, err
	}
	return inherent * (1 - effectiveness), nil
}

// Overrides are the conditions that alone make a post 一级.
type Overrides struct {
	MajorInfluence      bool // 对权力行使有重大影响
	UnlimitedDiscretion bool // 自由裁量无合理限制
	PastIncident        bool // 曾发生不廉洁问题
}

// RuleGrade is a grade by rule. Grade 1 is the gravest; Severity is the ordinal, 0 = mildest.
type RuleGrade struct {
	Grade    int    // 1, 2 or 3
	Label    string // 一级, 二级, 三级
	Severity int    // 2, 1 or 0
	Manager  string // who manages a post of this grade
	Reason   string // one Chinese sentence
}

var ruleGrades = [...]RuleGrade{
	{1, "一级", 2, "主要领导", ""}, {2, "二级", 1, "分管领导", ""}, {3, "三级", 0, "部门领导", ""},
}

// QinghaiGrade grades a post by its number of kinds of risk: ≥ 5 一级, 3–4 二级, 1–2 三级; any override makes it 一级.
// Source: 青海大学 岗位廉政风险 rules. Errors: kinds below 1.
func QinghaiGrade(kinds int, o Overrides) (RuleGrade, error) {
	if kinds < 1 {
		return RuleGrade{}, refuse("kinds", ErrRange, "风险种类数为 %d，至少应为 1 才能定级。", kinds)
	}
	if why := o.reasons(); len(why) > 0 {
		g := ruleGrades[0]
		g.Reason = "直接定为一级：" + strings.Join(why, "；") + "。"
		return g, nil
	}
	switch {
	case kinds >= 5:
		return reasoned(0, "存在 5 种及以上廉政风险。"), nil
	case kinds >= 3:
		return reasoned(1, "存在 3～4 种廉政风险。"), nil
	}
	return reasoned(2, "存在 1～2 种廉政风险。"), nil
}

func reasoned(i int, reason string) RuleGrade {
	g := ruleGrades[i]
	g.Reason = reason
	return g
}

func (o Overrides) reasons() (why []string) {
	if o.MajorInfluence {
		why = append(why, "对权力行使有重大影响")
	}
	if o.UnlimitedDiscretion {
		why = append(why, "自由裁量无合理限制")
	}
	if o.PastIncident {
		why = append(why, "曾发生不廉洁问题")
	}
	return why
}
