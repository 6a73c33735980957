package method

import (
	"cmp"
	"math"
	"slices"
)

// names are the words a user knows the arguments by.
var names = map[string]string{
	"weights": "权重", "rows": "数据表", "matrix": "矩阵", "upper": "判断矩阵", "raters": "评分表", "counts": "计数表",
	"items": "指标得分", "values": "读数", "x": "第一组数据", "y": "第二组数据", "high": "高分组", "low": "低分组",
	"lambda": "平滑系数", "target": "目标值", "sigma": "标准差", "l": "可能性 L", "e": "暴露频度 E", "c": "后果 C",
	"likelihood": "可能性", "impact": "影响程度", "inherent": "固有风险", "effectiveness": "控制有效性", "times": "时间",
	"before": "措施前的值", "after": "措施后的值", "totals": "总分", "sd": "标准差", "total_sd": "总分标准差",
	"experts": "专家判断", "k": "参考值 k", "h": "判定值 h", "horizon": "预测期数", "level": "置信水平", "trim": "截尾比例",
	"kinds": "风险种类数", "share": "分组比例", "range": "分值范围", "labels": "名称", "width": "控制限倍数",
}

func name(field string) string {
	if n, ok := names[field]; ok {
		return n
	}
	return field
}

func isFinite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

func checkNumber(field string, x float64) error {
	if !isFinite(x) {
		return refuse(field, ErrNotFinite, "%s不是有限的数（NaN 或无穷大），请填一个普通的数。", name(field))
	}
	return nil
}

// checkBetween refuses NaN, Inf and anything outside [lo, hi].
func checkBetween(field string, x, lo, hi float64) error {
	if err := checkNumber(field, x); err != nil {
		return err
	}
	if x < lo || x > hi {
		return refuse(field, ErrRange, "%s为 %.6g，应在 %.6g 到 %.6g 之间。", name(field), x, lo, hi)
	}
	return nil
}

func checkPositive(field string, x float64) error {
	if err := checkNumber(field, x); err != nil {
		return err
	}
	if x <= 0 {
		return refuse(field, ErrRange, "%s为 %.6g，应大于 0。", name(field), x)
	}
	return nil
}

// huge bounds every list entry, so that squares and sums of squares cannot overflow.
const huge = 1e100

// checkList refuses an empty list and any entry that is not an ordinary number.
func checkList(field string, x []float64) error {
	if len(x) == 0 {
		return refuse(field, ErrEmpty, "%s没有数据，请至少填一个数。", name(field))
	}
	for i, v := range x {
		if !isFinite(v) {
			return refuse(field, ErrNotFinite, "%s第 %d 个数不是有限的数（NaN 或无穷大），请改正。", name(field), i+1)
		}
		if math.Abs(v) > huge {
			return refuse(field, ErrRange, "%s第 %d 个数 %.3g 过大，请改正。", name(field), i+1, v)
		}
	}
	return nil
}

// checkTable refuses an empty or ragged table and any entry that is not an ordinary number.
func checkTable(field string, m [][]float64) error {
	if len(m) == 0 || len(m[0]) == 0 {
		return refuse(field, ErrEmpty, "%s没有数据，请至少填一行一列。", name(field))
	}
	for i, row := range m {
		if len(row) != len(m[0]) {
			return refuse(field, ErrShape, "%s第 %d 行有 %d 个数，第 1 行有 %d 个，各行应一样多。",
				name(field), i+1, len(row), len(m[0]))
		}
		for j, v := range row {
			if !isFinite(v) {
				return refuse(field, ErrNotFinite, "%s第 %d 行第 %d 列不是有限的数（NaN 或无穷大），请改正。", name(field), i+1, j+1)
			}
			if math.Abs(v) > huge {
				return refuse(field, ErrRange, "%s第 %d 行第 %d 列的 %.3g 过大，请改正。", name(field), i+1, j+1, v)
			}
		}
	}
	return nil
}

// checkSize refuses a table with fewer than the given rows or columns; row and col say what they stand for.
func checkSize(field string, m [][]float64, minRows, minCols int, row, col string) error {
	if err := checkTable(field, m); err != nil {
		return err
	}
	if len(m) < minRows {
		return refuse(field, ErrTooFew, "%s只有 %d %s，至少要 %d %s才能计算。", name(field), len(m), row, minRows, row)
	}
	if len(m[0]) < minCols {
		return refuse(field, ErrTooFew, "%s只有 %d %s，至少要 %d %s才能计算。", name(field), len(m[0]), col, minCols, col)
	}
	return nil
}

// checkPair refuses two lists that cannot be paired, or fewer than least pairs.
func checkPair(x, y []float64, least int) error {
	if err := checkList("x", x); err != nil {
		return err
	}
	if err := checkList("y", y); err != nil {
		return err
	}
	if len(x) != len(y) {
		return refuse("y", ErrShape, "第二组数据有 %d 个，第一组有 %d 个，两组应一一对应。", len(y), len(x))
	}
	if len(x) < least {
		return refuse("x", ErrTooFew, "只有 %d 对数据，至少要 %d 对才能检验。", len(x), least)
	}
	return nil
}

// SumTolerance is how far from 1 a set of weights may add up.
const SumTolerance = 1e-6

// CheckWeights refuses weights that are empty, not finite, negative, or do not sum to 1 within SumTolerance.
func CheckWeights(weights []float64) error {
	if err := checkList("weights", weights); err != nil {
		return err
	}
	var sum float64
	for i, w := range weights {
		if w < 0 {
			return refuse("weights", ErrRange, "权重第 %d 个为 %.6g，不能是负数。", i+1, w)
		}
		sum += w
	}
	if math.Abs(sum-1) > SumTolerance {
		return refuse("weights", ErrSum, "权重之和为 %.6g，应等于 1，请调整各项权重。", sum)
	}
	return nil
}

// tieEps is the distance under which two values count as equal: what the arithmetic of weighted sums
// leaves behind, far below anything a person could enter.
func tieEps(x []float64) float64 {
	var top float64
	for _, v := range x {
		top = math.Max(top, math.Abs(v))
	}
	return top * 1e-11
}

// ranks gives average ranks from 1 and the tie term Σ(t³−t); values within eps of their neighbour tie and share
// their mean rank.
func ranks(x []float64, eps float64) (rank []float64, ties float64) {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Compare(x[a], x[b])
	})
	rank = make([]float64, len(x))
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && x[order[to]]-x[order[to-1]] <= eps {
			to++
		}
		for _, i := range order[from:to] {
			rank[i] = float64(from+to+1) / 2
		}
		t := float64(to - from)
		ties += t*t*t - t
		from = to
	}
	return rank, ties
}

// transpose swaps rows and columns of a rectangular table.
func transpose(m [][]float64) [][]float64 {
	out := make([][]float64, len(m[0]))
	for j := range out {
		out[j] = make([]float64, len(m))
		for i := range m {
			out[j][i] = m[i][j]
		}
	}
	return out
}
