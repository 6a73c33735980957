package cli

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lianshao/domain/method"
)

// calcMethods are the methods of `calc`; each reads its fields, says it is done reading, and computes.
var calcMethods = map[string]func(*calcArgs) (any, error){
	"ahp":            calcAHP,
	"weighted":       calcWeighted,
	"fuzzy":          calcFuzzy,
	"kendall":        calcTable("raters", method.KendallW),
	"icc":            calcTable("rows", method.ICC),
	"fleiss":         calcTable("counts", method.FleissKappa),
	"cronbach":       calcTable("items", method.Cronbach),
	"discrimination": calcDiscrimination,
	"wilcoxon":       calcPair(method.Wilcoxon),
	"ttest":          calcPair(method.PairedT),
	"mannkendall":    calcMannKendall,
	"ewma":           calcEWMA,
	"lec":            calcLEC,
	"matrix":         calcMatrix,
	"residual":       calcResidual,
}

// CalcMethods lists the names Calc knows, in alphabetical order.
func CalcMethods() []string { return slices.Sorted(maps.Keys(calcMethods)) }

// Calc runs one method alone on a JSON object and returns a value that marshals to the answer's JSON object
// (docs: the `calc` verb). Numbers of ahp's upper and discrimination's high and low may be written as strings
// "1/3"; ahp's upper is the triangle above the diagonal row by row, or the whole square matrix, which must
// then be reciprocal. Any fault — unknown method, broken JSON, unknown, missing or repeated field, NaN, wrong
// shape — is an error of one Chinese sentence that names the field; nothing else has happened then.
func Calc(name string, in []byte) (any, error) {
	run, ok := calcMethods[name]
	if !ok {
		return nil, fmt.Errorf("没有名为“%s”的计算方法，可用的有：%s。", name, strings.Join(CalcMethods(), "、"))
	}
	args, err := readCalcArgs(in)
	if err != nil {
		return nil, err
	}
	out, err := run(args)
	if err != nil {
		return nil, nameField(err)
	}
	return out, nil
}

// nameField puts the JSON key before a refusal of the domain.
func nameField(err error) error {
	var bad *method.Error
	if errors.As(err, &bad) {
		return fmt.Errorf("输入项 %s：%w", bad.Field, err)
	}
	return err
}

// ahpOutput adds the labels of the worst judgement to the domain's answer.
type ahpOutput struct {
	method.AHPResult
	Worst *worstOutput `json:"worst"`
}

type worstOutput struct {
	method.Judgement
	Labels []string `json:"labels,omitempty"`
}

func calcAHP(a *calcArgs) (any, error) {
	upper := a.table("upper", fractions)
	labels := a.texts("labels")
	opts := method.AHPOptions{Method: method.Derivation(a.text("method")), RI: method.RITable(a.text("ri"))}
	if err := a.done(); err != nil {
		return nil, err
	}
	solve := method.AHPUpper
	if square(upper) {
		solve = method.AHP
	}
	r, err := solve(upper, opts)
	if err != nil {
		return nil, err
	}
	if labels != nil && len(labels) != len(r.Weights) {
		return nil, fmt.Errorf("输入项 labels：有 %d 个名称，判断矩阵有 %d 项，应一一对应。", len(labels), len(r.Weights))
	}
	out := ahpOutput{AHPResult: r}
	if w := r.Worst; w != nil {
		out.Worst = &worstOutput{Judgement: *w}
		if labels != nil {
			out.Worst.Labels = []string{labels[w.Row-1], labels[w.Col-1]}
		}
	}
	return out, nil
}

// square tells a whole matrix from a triangle; a single value is the triangle of two items.
func square(m [][]float64) bool {
	for _, row := range m {
		if len(row) != len(m) {
			return false
		}
	}
	return len(m) > 1
}

func calcWeighted(a *calcArgs) (any, error) {
	weights, rows := a.list("weights"), a.table("rows", numbersOnly)
	if err := a.done(); err != nil {
		return nil, err
	}
	scores, err := method.WeightedSum(weights, rows)
	return struct {
		Scores []float64 `json:"scores"`
	}{scores}, err
}

func calcFuzzy(a *calcArgs) (any, error) {
	weights, matrix := a.list("weights"), a.table("matrix", numbersOnly)
	operator := method.FuzzyOperator(a.text("operator"))
	if err := a.done(); err != nil {
		return nil, err
	}
	return answer(method.Fuzzy(weights, matrix, operator))
}

// calcTable makes a method of one table.
func calcTable[T any](field string, f func([][]float64) (T, error)) func(*calcArgs) (any, error) {
	return func(a *calcArgs) (any, error) {
		table := a.table(field, numbersOnly)
		if err := a.done(); err != nil {
			return nil, err
		}
		return answer(f(table))
	}
}

// calcPair makes a method of two lists, x and y.
func calcPair[T any](f func(x, y []float64) (T, error)) func(*calcArgs) (any, error) {
	return func(a *calcArgs) (any, error) {
		x, y := a.list("x"), a.list("y")
		if err := a.done(); err != nil {
			return nil, err
		}
		return answer(f(x, y))
	}
}

func answer[T any](v T, err error) (any, error) { return v, err }

// calcDiscrimination takes the pass rates of the two groups, or their lists of item scores in [0,1].
func calcDiscrimination(a *calcArgs) (any, error) {
	high, low := a.rate("high"), a.rate("low")
	if err := a.done(); err != nil {
		return nil, err
	}
	d, err := method.Discrimination(high, low)
	return struct {
		D     float64 `json:"d"`
		Level string  `json:"level"`
	}{d, method.DiscriminationLevel(d)}, err
}

func calcMannKendall(a *calcArgs) (any, error) {
	values := a.list("values")
	if err := a.done(); err != nil {
		return nil, err
	}
	return answer(method.MannKendall(values))
}

func calcEWMA(a *calcArgs) (any, error) {
	values, lambda := a.list("values"), 0.3
	if a.has("lambda") {
		lambda = a.number("lambda")
	}
	target, sigma := a.number("target"), a.number("sigma")
	if err := a.done(); err != nil {
		return nil, err
	}
	return answer(method.EWMA(values, lambda, target, sigma))
}

func calcLEC(a *calcArgs) (any, error) {
	l, e, c := a.number("l"), a.number("e"), a.number("c")
	if err := a.done(); err != nil {
		return nil, err
	}
	return answer(method.LEC(l, e, c))
}

func calcMatrix(a *calcArgs) (any, error) {
	likelihood, impact := a.number("likelihood"), a.number("impact")
	if err := a.done(); err != nil {
		return nil, err
	}
	return answer(method.Matrix(likelihood, impact, method.Matrix5))
}

func calcResidual(a *calcArgs) (any, error) {
	inherent, effectiveness := a.number("inherent"), a.number("effectiveness")
	if err := a.done(); err != nil {
		return nil, err
	}
	r, err := method.Residual(inherent, effectiveness)
	return struct {
		Residual float64 `json:"residual"`
	}{r}, err
}
