package app

import (
	"fmt"

	"lianshao/domain"
	"lianshao/domain/method"
)

// Agreement is how far the assessors of a round agree on the order of the points.
type Agreement struct {
	method.KendallResult
	Raters int
	Points int      // points that entered
	Left   []string // codes of the points left out because a mark is missing
}

// RoundAgreement ranks, for every assessor, the points by what that assessor's own
// marks come to and computes Kendall's W. Points with a missing mark are left out.
// An error says why there is no W (too few points or assessors).
func RoundAgreement(p *domain.Pilot, res *domain.RoundResult) (Agreement, error) {
	_, own, left := res.ByAssessor(p)
	return kendall(res, own, left)
}

func kendall(res *domain.RoundResult, own [][]domain.OwnOutcome, left []*domain.PointOutcome) (Agreement, error) {
	a := Agreement{Raters: len(res.Round.Assessors), Points: len(own)}
	for _, o := range left {
		a.Left = append(a.Left, o.Point.Code)
	}
	if a.Raters < 2 || a.Points < 2 {
		return a, E(CodeInvalid, "评分人或评分齐全的风险点不足两个，不能计算一致性。")
	}
	rows := make([][]float64, a.Raters)
	for k := range rows {
		for i := range own {
			rows[k] = append(rows[k], own[i][k].Value)
		}
	}
	var err error
	a.KendallResult, err = method.KendallW(rows)
	return a, err
}

// Consensus is the agreement of a round's assessors by three measures, each with
// the reason when there is none.
type Consensus struct {
	Kendall   Agreement
	ICC       method.ICCResult    // of what each assessor's marks come to
	Fleiss    method.FleissResult // of the levels that each assessor's marks give
	NoKendall string
	NoICC     string
	NoFleiss  string
}

// RoundConsensus computes Kendall's W with ties (the same order of points?), ICC (the
// same values?) and Fleiss' κ (the same levels?) over the points that all assessors
// scored completely.
func RoundConsensus(p *domain.Pilot, res *domain.RoundResult) Consensus {
	_, own, left := res.ByAssessor(p)
	var c Consensus
	var err error
	if c.Kendall, err = kendall(res, own, left); err != nil {
		c.NoKendall = Sentence(err)
		if c.Kendall.Raters < 2 || c.Kendall.Points < 2 {
			c.NoICC, c.NoFleiss = c.NoKendall, c.NoKendall
			return c
		}
	}
	rows, counts := make([][]float64, len(own)), make([][]float64, len(own))
	for i := range own {
		counts[i] = make([]float64, len(res.Scheme.Levels))
		for _, o := range own[i] {
			rows[i] = append(rows[i], o.Value)
			if o.Severity >= 0 && o.Severity < len(counts[i]) {
				counts[i][o.Severity]++
			}
		}
	}
	if c.ICC, err = method.ICC(rows); err != nil {
		c.NoICC = Sentence(err)
	}
	if c.Fleiss, err = method.FleissKappa(counts); err != nil {
		c.NoFleiss = Sentence(err)
	}
	return c
}

// Word is the agreement in one plain word for the head of a screen: 一致性好, 一般,
// 建议复议; "" without a W.
func (c Consensus) Word() string {
	if c.NoKendall != "" {
		return ""
	}
	switch w := c.Kendall.WCorrected; {
	case c.Kendall.P >= 0.05 || w < 0.4:
		return "建议复议"
	case w >= 0.7:
		return "一致性好"
	}
	return "一般"
}

// Sentences says each measure in plain words.
func (c Consensus) Sentences() []string {
	k := c.Kendall
	if c.NoKendall != "" && c.NoKendall == c.NoICC && c.NoICC == c.NoFleiss {
		return []string{c.NoKendall}
	}
	out := []string{"肯德尔 W：" + c.NoKendall, "ICC：" + c.NoICC, "Fleiss κ：" + c.NoFleiss}
	if c.NoKendall == "" {
		out[0] = fmt.Sprintf("排序是否一致：肯德尔 W＝%.4f（有并列校正，%d 位评分人、%d 个风险点，χ²＝%.2f，自由度 %d，%s），一致性%s，%s。",
			k.WCorrected, k.Raters, k.Points, k.Chi2, k.DF, PText(k.P), method.AgreementWords(k.WCorrected), chance(k.P))
	}
	if c.NoICC == "" {
		out[1] = fmt.Sprintf("分值是否一致：ICC(2,1)＝%.4f，平均后 ICC(2,k)＝%.4f（%s），一致性%s，%s。", c.ICC.ICC2, c.ICC.ICC2k, PText(c.ICC.P),
			method.AgreementWords(c.ICC.ICC2), chance(c.ICC.P))
	}
	if c.NoFleiss == "" {
		out[2] = fmt.Sprintf("各自定的等级是否一致：Fleiss κ＝%.4f（%s），一致性%s，%s。", c.Fleiss.Kappa, PText(c.Fleiss.P),
			method.AgreementWords(c.Fleiss.Kappa), chance(c.Fleiss.P))
	}
	if n := len(k.Left); n > 0 {
		out = append(out, fmt.Sprintf("另有 %d 个风险点有人没评完，未计入。", n))
	}
	if c.NoKendall == "" && (k.Raters < 3 || k.Points < 7) {
		out = append(out, "评分人或风险点太少，以上仅供参考。")
	}
	return out
}

// PText writes a p value.
func PText(p float64) string {
	if p < 0.001 {
		return "p＜0.001"
	}
	return fmt.Sprintf("p＝%.3f", p)
}

func chance(p float64) string {
	if p < 0.05 {
		return "不是偶然"
	}
	return "不能排除偶然"
}
