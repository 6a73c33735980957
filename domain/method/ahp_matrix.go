package method

import (
	"fmt"
	"math"
)

// Judgement values outside this range are slips of the pen: the scale itself ends at 1/9 and 9.
const minJudgement, maxJudgement = 1e-4, 1e4

// reciprocalTolerance forgives fractions written with two decimals (6 against 0.17 gives 1.02).
const reciprocalTolerance = 0.0201

// Reciprocal checks a full judgement matrix and returns a copy that is exactly reciprocal: ones on the
// diagonal, and the smaller of each pair recomputed from the larger. Errors: see AHP.
func Reciprocal(matrix [][]float64) ([][]float64, error) {
	if err := checkTable("upper", matrix); err != nil {
		return nil, err
	}
	n := len(matrix)
	if len(matrix[0]) != n {
		return nil, refuse("upper", ErrShape, "判断矩阵有 %d 行 %d 列，行数应与列数相同。", n, len(matrix[0]))
	}
	if n > MaxAHP {
		return nil, refuse("upper", ErrRange, "判断矩阵有 %d 项，最多 %d 项，请分层比较。", n, MaxAHP)
	}
	out := identity(n)
	for i := range n {
		if math.Abs(matrix[i][i]-1) > 1e-9 {
			return nil, refuse("upper", ErrReciprocal, "判断矩阵第 %d 行第 %d 列（对角线）为 %.6g，自己与自己比应为 1。",
				i+1, i+1, matrix[i][i])
		}
		for j := i + 1; j < n; j++ {
			if err := setPair(out, i, j, matrix[i][j], matrix[j][i]); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

func setPair(out [][]float64, i, j int, upper, lower float64) error {
	if err := checkJudgement(i, j, upper); err != nil {
		return err
	}
	if err := checkJudgement(j, i, lower); err != nil {
		return err
	}
	if math.Abs(upper*lower-1) > reciprocalTolerance {
		return refuse("upper", ErrReciprocal,
			"判断矩阵不互反：第 %d 行第 %d 列为 %.6g，第 %d 行第 %d 列为 %.6g，两数相乘应为 1。", i+1, j+1, upper, j+1, i+1, lower)
	}
	if upper >= lower {
		out[i][j], out[j][i] = upper, 1/upper
	} else {
		out[i][j], out[j][i] = 1/lower, lower
	}
	return nil
}

func checkJudgement(i, j int, v float64) error {
	if !isFinite(v) {
		return refuse("upper", ErrNotFinite, "判断矩阵第 %d 行第 %d 列不是有限的数（NaN 或无穷大），请改正。", i+1, j+1)
	}
	if v < minJudgement || v > maxJudgement {
		return refuse("upper", ErrRange, "判断矩阵第 %d 行第 %d 列为 %.6g，应为 1～9 或它们的倒数。", i+1, j+1, v)
	}
	return nil
}

// FromUpper completes an upper triangle without diagonal: n−1 rows holding n−1, n−2, …, 1 judgements. No rows
// at all is the matrix of a single item. Errors: wrong row lengths, values not finite or not positive.
func FromUpper(upper [][]float64) ([][]float64, error) {
	n := len(upper) + 1
	if n > MaxAHP {
		return nil, refuse("upper", ErrRange, "判断矩阵有 %d 项，最多 %d 项，请分层比较。", n, MaxAHP)
	}
	m := identity(n)
	for i, row := range upper {
		if len(row) != n-1-i {
			return nil, refuse("upper", ErrShape, "判断矩阵上三角第 %d 行有 %d 个数，应有 %d 个（共 %d 项，不含对角线）。",
				i+1, len(row), n-1-i, n)
		}
		for k, v := range row {
			j := i + 1 + k
			if err := checkJudgement(i, j, v); err != nil {
				return nil, err
			}
			m[i][j], m[j][i] = v, 1/v
		}
	}
	return m, nil
}

func identity(n int) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
		m[i][i] = 1
	}
	return m
}

// GroupMatrix merges several experts' full judgement matrices by the geometric mean of each judgement, the
// only mean that keeps the matrix reciprocal (Aczél & Saaty 1983). Errors: no expert, different sizes, see AHP.
func GroupMatrix(experts [][][]float64) ([][]float64, error) {
	if len(experts) == 0 {
		return nil, refuse("experts", ErrEmpty, "没有专家判断，请至少填一位专家的判断矩阵。")
	}
	var out [][]float64
	for e, expert := range experts {
		m, err := Reciprocal(expert)
		if err != nil {
			return nil, fmt.Errorf("第 %d 位专家：%w", e+1, err)
		}
		if out == nil {
			out = make([][]float64, len(m))
			for i := range out {
				out[i] = make([]float64, len(m))
			}
		}
		if len(m) != len(out) {
			return nil, refuse("experts", ErrShape, "第 %d 位专家的矩阵有 %d 项，第 1 位有 %d 项，各位专家应比较同样的项目。",
				e+1, len(m), len(out))
		}
		for i := range m {
			for j := range m {
				out[i][j] += math.Log(m[i][j]) / float64(len(experts))
			}
		}
	}
	for i := range out {
		for j := range out {
			out[i][j] = math.Exp(out[i][j])
		}
	}
	return out, nil
}

// SnapJudgement turns a decimal someone wrote for 1/2 … 1/9 (0.33, 0.1429) into the exact fraction; any other
// value comes back unchanged.
func SnapJudgement(v float64) float64 {
	for k := 2.0; k <= 9; k++ {
		if math.Abs(v-1/k) < 0.004 {
			return 1 / k
		}
	}
	return v
}

// Judgement is the comparison that disagrees most with all the others, and what would mend it.
type Judgement struct {
	Row     int     `json:"row"`      // from 1, the upper triangle
	Col     int     `json:"col"`      // from 1
	Value   float64 `json:"value"`    // as judged
	Mend    float64 `json:"mend"`     // what the other judgements together imply
	Nearest string  `json:"nearest"`  // the value of the 1–9 scale nearest to Mend, "3" or "1/3"
	CRAfter float64 `json:"cr_after"` // CR if Value were replaced by Mend
}

// worstJudgement finds the judgement whose logarithm lies farthest from what the others imply through every
// third item, ∏_k (a_ik·a_kj)^(1/(n−2)), the least-squares value were it missing (logarithmic least squares,
// Crawford & Williams 1985). It is nil for n ≤ 2 and for a perfectly consistent matrix.
func worstJudgement(a [][]float64, opts AHPOptions) (*Judgement, error) {
	var worst *Judgement
	var gap float64
	for i := range a {
		for j := i + 1; j < len(a) && len(a) > 2; j++ {
			mend := implied(a, i, j)
			// a margin, so that equal gaps always name the first pair
			if g := math.Abs(math.Log(a[i][j] / mend)); g > gap+1e-9 {
				gap = g
				worst = &Judgement{Row: i + 1, Col: j + 1, Value: a[i][j], Mend: mend}
			}
		}
	}
	if worst == nil {
		return nil, nil
	}
	worst.Nearest = nearestOnScale(worst.Mend)
	mended := make([][]float64, len(a))
	for i := range a {
		mended[i] = append([]float64(nil), a[i]...)
	}
	mended[worst.Row-1][worst.Col-1], mended[worst.Col-1][worst.Row-1] = worst.Mend, 1/worst.Mend
	r, err := solveAHP(mended, opts)
	worst.CRAfter = r.CR
	return worst, err
}

func implied(a [][]float64, i, j int) float64 {
	var logs float64
	for k := range a {
		if k != i && k != j {
			logs += math.Log(a[i][k]) + math.Log(a[k][j])
		}
	}
	return math.Exp(logs / float64(len(a)-2))
}

func nearestOnScale(v float64) string {
	text, best := "1", math.Abs(math.Log(v))
	for k := 2; k <= 9; k++ {
		l := math.Log(float64(k))
		if d := math.Abs(math.Log(v) - l); d < best {
			text, best = fmt.Sprint(k), d
		}
		if d := math.Abs(math.Log(v) + l); d < best {
			text, best = fmt.Sprintf("1/%d", k), d
		}
	}
	return text
}
