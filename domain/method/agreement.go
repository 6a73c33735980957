package method

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// KendallResult is the agreement of raters about an order. Both W lie in [0,1], 1 = all rank alike.
type KendallResult struct {
	W          float64 `json:"w"`           // without tie correction
	WCorrected float64 `json:"w_corrected"` // with tie correction
	Chi2       float64 `json:"chi2"`        // m(n−1)·WCorrected
	DF         int     `json:"df"`          // n−1
	P          float64 `json:"p"`           // upper tail of χ²
}

// KendallW is Kendall's coefficient of concordance W = 12S/[m²(n³−n) − mΣT], T = Σ(t³−t) over each rater's
// ties; χ² = m(n−1)W. One row is one rater, one column one rated object; scores are ranked with average ranks.
// Source: Kendall & Babington Smith 1939; Siegel & Castellan 1988. Errors: fewer than 2 raters or objects,
// ragged, not finite, every rater scores everything alike.
func KendallW(raters [][]float64) (KendallResult, error) {
	if err := checkSize("raters", raters, 2, 2, "位评分人", "个评分对象"); err != nil {
		return KendallResult{}, err
	}
	m, n := float64(len(raters)), float64(len(raters[0]))
	sums := make([]float64, len(raters[0]))
	var ties float64
	for _, row := range raters {
		r, t := ranks(row, tieEps(row))
		floats.Add(sums, r)
		ties += t
	}
	var s float64
	for _, sum := range sums {
		d := sum - m*(n+1)/2
		s += d * d
	}
	full := m * m * (n*n*n - n)
	if full-m*ties <= full*1e-12 {
		return KendallResult{}, refuse("raters", ErrVariance, "每位评分人给所有对象的分都一样，排不出先后，不能算一致性。")
	}
	w := math.Min(1, 12*s/(full-m*ties))
	chi2 := m * (n - 1) * w
	return KendallResult{
		W: 12 * s / full, WCorrected: w, Chi2: chi2, DF: len(sums) - 1,
		P: distuv.ChiSquared{K: n - 1}.Survival(chi2),
	}, nil
}

// ICCResult holds the six intraclass correlations of Shrout & Fleiss; 1 = perfect, negative = worse than chance.
type ICCResult struct {
	ICC1  float64 `json:"icc1"`  // ICC(1,1): raters differ from object to object
	ICC2  float64 `json:"icc2"`  // ICC(2,1): raters are a sample, absolute agreement
	ICC3  float64 `json:"icc3"`  // ICC(3,1): these raters only, consistency
	ICC1k float64 `json:"icc1k"` // the same for the mean of k raters
	ICC2k float64 `json:"icc2k"`
	ICC3k float64 `json:"icc3k"`
	F     float64 `json:"-"` // BMS/EMS, 0 when EMS vanishes, the perfect case (P is 0 then)
	P     float64 `json:"-"` // upper tail of F at n−1 and (n−1)(k−1): are the objects told apart at all?
}

// ICC computes the six forms from the two-way mean squares. One row is one object, one column one rater.
// Source: Shrout & Fleiss, Psychological Bulletin 86 (1979) 420–428. Errors: fewer than 2 objects or raters,
// ragged, not finite, objects without differences.
func ICC(rows [][]float64) (ICCResult, error) {
	if err := checkSize("rows", rows, 2, 2, "个评分对象", "位评分人"); err != nil {
		return ICCResult{}, err
	}
	n, k := float64(len(rows)), float64(len(rows[0]))
	bms, jms, ems, wms := meanSquares(rows)
	if bms <= max(jms, wms)*1e-14 || bms <= sq(tieEps(slices.Concat(rows...))) {
		return ICCResult{}, refuse("rows", ErrVariance, "各评分对象的平均分都一样，没有差异，不能算组内相关系数。")
	}
	denominator2k := bms + (jms-ems)/n
	if denominator2k <= bms*1e-12 {
		return ICCResult{}, refuse("rows", ErrVariance, "评分人之间的分歧盖过了对象之间的差异，组内相关系数没有意义。")
	}
	f, p := 0.0, 0.0
	if ems > bms*1e-14 {
		f = bms / ems
		p = distuv.F{D1: n - 1, D2: (n - 1) * (k - 1)}.Survival(f)
	}
	return ICCResult{
		F: f, P: p,
		ICC1:  (bms - wms) / (bms + (k-1)*wms),
		ICC2:  (bms - ems) / (bms + (k-1)*ems + k*(jms-ems)/n),
		ICC3:  (bms - ems) / (bms + (k-1)*ems),
		ICC1k: (bms - wms) / bms,
		ICC2k: (bms - ems) / denominator2k,
		ICC3k: (bms - ems) / bms,
	}, nil
}

// meanSquares splits the variation of a table: between objects, between raters, residual, within objects.
func meanSquares(rows [][]float64) (bms, jms, ems, wms float64) {
	n, k := float64(len(rows)), float64(len(rows[0]))
	rowMean, colMean := means(rows), means(transpose(rows))
	grand := stat.Mean(rowMean, nil)
	for i, row := range rows {
		bms += k * sq(rowMean[i]-grand)
		for j, v := range row {
			wms += sq(v - rowMean[i])
			ems += sq(v - rowMean[i] - colMean[j] + grand)
		}
	}
	for _, c := range colMean {
		jms += n * sq(c-grand)
	}
	return bms / (n - 1), jms / (k - 1), ems / ((n - 1) * (k - 1)), wms / (n * (k - 1))
}

func means(rows [][]float64) []float64 {
	out := make([]float64, len(rows))
	for i, row := range rows {
		out[i] = stat.Mean(row, nil)
	}
	return out
}

func sq(x float64) float64 { return x * x }

// FleissResult is the agreement of raters on categories: κ = (P̄−P̄e)/(1−P̄e).
type FleissResult struct {
	Kappa float64 `json:"kappa"` // ≤ 1; 0 = chance
	PBar  float64 `json:"p_bar"` // observed agreement
	PE    float64 `json:"p_e"`   // agreement by chance
	Z     float64 `json:"-"`     // κ over its standard error were there only chance
	P     float64 `json:"-"`     // two-sided, normal
}

// FleissKappa takes one row per object and one column per category, each cell the number of raters who chose
// it; every row must hold the same number n ≥ 2 of raters. The standard error under chance is that of Fleiss, Nee
// & Landis 1979: √(2/(N·n(n−1)))·√((Σpq)² − Σpq(q−p))/Σpq, q = 1−p. Source: Fleiss 1971. Errors: empty, ragged, counts
// negative or not whole, unequal row sums, all raters always in one category.
func FleissKappa(counts [][]float64) (FleissResult, error) {
	if err := checkTable("counts", counts); err != nil {
		return FleissResult{}, err
	}
	n, err := ratersPerRow(counts)
	if err != nil {
		return FleissResult{}, err
	}
	share := make([]float64, len(counts[0]))
	var pBar float64
	for _, row := range counts {
		floats.Add(share, row)
		pBar += (floats.Dot(row, row) - n) / (n * (n - 1))
	}
	pBar /= float64(len(counts))
	floats.Scale(1/(n*float64(len(counts))), share)
	pE := floats.Dot(share, share)
	if 1-pE < 1e-12 {
		return FleissResult{}, refuse("counts", ErrVariance, "所有评分都落在同一类，没有差异，κ 没有意义。")
	}
	r := FleissResult{Kappa: (pBar - pE) / (1 - pE), PBar: pBar, PE: pE}
	r.Z = r.Kappa / fleissError(share, n, float64(len(counts)))
	r.P = math.Min(1, 2*distuv.UnitNormal.Survival(math.Abs(r.Z)))
	return r, nil
}

func fleissError(share []float64, n, objects float64) float64 {
	var pq, skew float64
	for _, p := range share {
		pq += p * (1 - p)
		skew += p * (1 - p) * (1 - 2*p)
	}
	return math.Sqrt(2/(objects*n*(n-1))*(pq*pq-skew)) / pq
}

// AgreementWords puts an agreement coefficient (W, ICC or κ) into plain words, by the steps of Landis & Koch
// 1977: ≥ 0.8 很高, ≥ 0.6 较高, ≥ 0.4 中等, ≥ 0.2 较低, else 很低.
func AgreementWords(coefficient float64) string {
	switch c := coefficient + 1e-9; {
	case c >= .8:
		return "很高"
	case c >= .6:
		return "较高"
	case c >= .4:
		return "中等"
	case c >= .2:
		return "较低"
	}
	return "很低"
}

func ratersPerRow(counts [][]float64) (float64, error) {
	n := floats.Sum(counts[0])
	for i, row := range counts {
		for j, v := range row {
			if v < 0 || v != math.Trunc(v) {
				return 0, refuse("counts", ErrRange, "计数表第 %d 行第 %d 列为 %.6g，人数应为 0 或正整数。", i+1, j+1, v)
			}
		}
		if sum := floats.Sum(row); sum != n {
			return 0, refuse("counts", ErrShape, "计数表第 %d 行合计 %.0f 人，第 1 行合计 %.0f 人，各行人数应相同。", i+1, sum, n)
		}
	}
	if n < 2 {
		return 0, refuse("counts", ErrTooFew, "每个对象只有 %.0f 人评分，至少要 2 人。", n)
	}
	return n, nil
}
