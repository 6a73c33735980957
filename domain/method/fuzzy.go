package method

import "math"

// FuzzyOperator is how weights and memberships are composed.
type FuzzyOperator string

const (
	// FuzzyWeighted is M(·,+): b_j = Σ_i w_i·r_ij.
	FuzzyWeighted FuzzyOperator = "weighted"
	// FuzzyMinMax is M(∧,∨), the main factor decides: b_j = max_i min(w_i, r_ij).
	FuzzyMinMax FuzzyOperator = "minmax"
)

// FuzzyOperators lists the operators in the order of choice.
var FuzzyOperators = []FuzzyOperator{FuzzyWeighted, FuzzyMinMax}

// Label is the Chinese name; the zero value is FuzzyWeighted.
func (o FuzzyOperator) Label() string {
	if o == FuzzyMinMax {
		return "M(∧,∨) 主因素决定型"
	}
	return "M(·,+) 加权平均型"
}

// FuzzyResult is a fuzzy comprehensive evaluation. Best is the index from 0 of the grade with the greatest
// membership (最大隶属度); of equals the first.
type FuzzyResult struct {
	Vector []float64 `json:"vector"`
	Best   int       `json:"best"`
}

// Fuzzy composes B = A∘R. matrix has one row per factor and one column per grade; r_ij in [0,1] is the share of
// assessors who put factor i into grade j. An empty operator means FuzzyWeighted. The vector is not normalised.
// Errors: weights not summing to 1, rows not matching the weights, memberships outside [0,1], unknown operator.
func Fuzzy(weights []float64, matrix [][]float64, operator FuzzyOperator) (FuzzyResult, error) {
	if err := CheckWeights(weights); err != nil {
		return FuzzyResult{}, err
	}
	if err := checkMembership(matrix, len(weights)); err != nil {
		return FuzzyResult{}, err
	}
	b := make([]float64, len(matrix[0]))
	for i, row := range matrix {
		for j, r := range row {
			switch operator {
			case FuzzyWeighted, "":
				b[j] += weights[i] * r
			case FuzzyMinMax:
				b[j] = math.Max(b[j], math.Min(weights[i], r))
			default:
				return FuzzyResult{}, refuse("operator", ErrUnknown,
					"合成算子 %q 不认识，请用 weighted（加权平均）或 minmax（主因素决定）。", string(operator))
			}
		}
	}
	return FuzzyResult{Vector: b, Best: argmax(b)}, nil
}

func checkMembership(matrix [][]float64, factors int) error {
	if err := checkTable("matrix", matrix); err != nil {
		return err
	}
	if len(matrix) != factors {
		return refuse("matrix", ErrShape, "隶属度矩阵有 %d 行，权重有 %d 个，应一一对应。", len(matrix), factors)
	}
	for i, row := range matrix {
		for j, r := range row {
			if r < 0 || r > 1 {
				return refuse("matrix", ErrRange, "隶属度矩阵第 %d 行第 %d 列为 %.6g，应在 0 到 1 之间。", i+1, j+1, r)
			}
		}
	}
	return nil
}

func argmax(x []float64) int {
	best := 0
	for i, v := range x {
		if v > x[best]+1e-12 {
			best = i
		}
	}
	return best
}
