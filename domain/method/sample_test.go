package method

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

// sample is a fictional pilot worked out independently: matrices, scores, readings and their results to six
// decimals.
type sample struct {
	AHP         map[string]ahpCase
	Experts     []ahpCase
	ExpertsMean ahpCase `json:"experts_mean"`
	Codes       []string
	First       round
	Second      round
	Wilcoxon    struct {
		N int
		V float64
		Z float64 `json:"Z_with_continuity"`
		P float64 `json:"p_two_sided"`
	}
	Monitors map[string]struct {
		T, V []float64
		OLS  *float64
		Sen  *float64
		MK   *struct {
			S, Var, Z float64
			P         float64 `json:"p_two_sided"`
		}
	}
}

type ahpCase struct {
	Matrix    [][]string
	Weights   []float64
	Lambda    float64   `json:"lambda_max"`
	CI        float64   `json:"CI"`
	CR        float64   `json:"CR"`
	Geometric []float64 `json:"weights_fanggen"`
	Columns   []float64 `json:"weights_heji"`
}

type round struct {
	Ratings [][][]*float64 // assessor, point, indicator
	S       map[string]float64
	Kendall struct {
		Items, DF int
		W, Chi2   float64
	} `json:"kendall_W"`
	CV    map[string]float64 `json:"cv_of_assessor_S"`
	Check map[string]struct {
		CV      float64 `json:"cv_between_points"`
		R       float64 `json:"corrected_item_total_r"`
		Deleted float64 `json:"alpha_if_deleted"`
	} `json:"indicator_check"`
	Cronbach struct{ Alpha float64 } `json:"cronbach_alpha"`
}

func loadSample(t *testing.T) sample {
	t.Helper()
	data, err := os.ReadFile("testdata/sample.json")
	if err != nil {
		t.Fatal(err)
	}
	var s sample
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

func fractionMatrix(t *testing.T, m [][]string) [][]float64 {
	t.Helper()
	out := make([][]float64, len(m))
	for i, row := range m {
		for _, s := range row {
			top, bottom, isFraction := strings.Cut(s, "/")
			if !isFraction {
				bottom = "1"
			}
			a, err := strconv.ParseFloat(top, 64)
			b, err2 := strconv.ParseFloat(bottom, 64)
			if err != nil || err2 != nil {
				t.Fatalf("bad judgement %q", s)
			}
			out[i] = append(out[i], a/b)
		}
	}
	return out
}

func checkAHP(t *testing.T, matrix [][]float64, want ahpCase) {
	t.Helper()
	r := must[AHPResult](t)(AHP(matrix, AHPOptions{}))
	nearAll(t, "特征根法", r.Weights, want.Weights, 1e-6)
	near(t, "λmax", r.LambdaMax, want.Lambda, 1e-6)
	near(t, "CI", r.CI, want.CI, 1e-6)
	near(t, "CR", r.CR, want.CR, 1e-6)
	nearAll(t, "方根法", must[AHPResult](t)(AHP(matrix, AHPOptions{Method: Geometric})).Weights, want.Geometric, 1e-6)
	nearAll(t, "和积法", must[AHPResult](t)(AHP(matrix, AHPOptions{Method: Columns})).Weights, want.Columns, 1e-6)
}

func TestSampleAHP(t *testing.T) {
	s := loadSample(t)
	if len(s.AHP) != 10 || len(s.Experts) != 3 {
		t.Fatalf("%d matrices and %d experts, want 10 and 3", len(s.AHP), len(s.Experts))
	}
	for title, c := range s.AHP {
		t.Run(title, func(t *testing.T) { checkAHP(t, fractionMatrix(t, c.Matrix), c) })
	}
	var experts [][][]float64
	for _, c := range s.Experts {
		m := fractionMatrix(t, c.Matrix)
		checkAHP(t, m, c)
		experts = append(experts, m)
	}
	group := must[[][]float64](t)(GroupMatrix(experts))
	checkAHP(t, group, s.ExpertsMean)
}

// scored turns raw ratings into the weighted index of every assessor, and the mean ratings of every point;
// complete lists the points nobody skipped.
func scored(t *testing.T, s sample, r round) (byAssessor, means [][]float64, complete []int) {
	t.Helper()
	w := globalWeights(t, s)
	byAssessor = make([][]float64, len(r.Ratings))
	means = make([][]float64, len(w))
	for p := range s.Codes {
		sum, n := make([]float64, len(w)), make([]float64, len(w))
		for a, table := range r.Ratings {
			var total float64
			for i, v := range table[p] {
				if v == nil {
					total = math.NaN()
					continue
				}
				x := *v
				if i >= 4 && i <= 6 { // B1–B3: more is better
					x = 6 - x
				}
				total += w[i] * x
				sum[i] += x
				n[i]++
			}
			byAssessor[a] = append(byAssessor[a], total)
		}
		whole := true
		for i := range w {
			means[i] = append(means[i], sum[i]/n[i])
			whole = whole && n[i] == float64(len(r.Ratings))
		}
		if whole {
			complete = append(complete, p)
		}
	}
	return byAssessor, means, complete
}

func globalWeights(t *testing.T, s sample) []float64 {
	t.Helper()
	solve := func(title string) []float64 {
		return must[AHPResult](t)(AHP(fractionMatrix(t, s.AHP[title].Matrix), AHPOptions{})).Weights
	}
	var w []float64
	for d, title := range []string{"岗位-A权力运行", "岗位-B制度控制", "岗位-C后果影响"} {
		for _, v := range solve(title) {
			w = append(w, v*solve("岗位-维度")[d])
		}
	}
	return w
}

func pick(x []float64, at []int) []float64 {
	out := make([]float64, len(at))
	for i, k := range at {
		out[i] = x[k]
	}
	return out
}

func TestSampleRounds(t *testing.T) {
	s := loadSample(t)
	for title, r := range map[string]round{"first": s.First, "second": s.Second} {
		t.Run(title, func(t *testing.T) { checkRound(t, s, r) })
	}
}

func checkRound(t *testing.T, s sample, r round) {
	byAssessor, means, complete := scored(t, s, r)
	index := must[[]float64](t)(WeightedSum(globalWeights(t, s), transpose(means)))
	for p, code := range s.Codes {
		near(t, code+" S", index[p], r.S[code], 1e-6)
	}
	var raters [][]float64
	for _, row := range byAssessor {
		raters = append(raters, pick(row, complete))
	}
	k := must[KendallResult](t)(KendallW(raters))
	near(t, "W", k.WCorrected, r.Kendall.W, 1e-6)
	near(t, "χ²", k.Chi2, r.Kendall.Chi2, 1e-5)
	if k.DF != r.Kendall.DF || len(complete) != r.Kendall.Items {
		t.Errorf("df %d, items %d; want %d, %d", k.DF, len(complete), r.Kendall.DF, r.Kendall.Items)
	}
	for i, p := range complete {
		near(t, "CV "+s.Codes[p], must[float64](t)(CV(transpose(raters)[i])), r.CV[s.Codes[p]], 1e-6)
	}
	checkIndicators(t, means, r)
}

func checkIndicators(t *testing.T, means [][]float64, r round) {
	alpha := must[CronbachResult](t)(Cronbach(means))
	near(t, "α", alpha.Alpha, r.Cronbach.Alpha, 1e-6)
	itemTotal := must[[]*float64](t)(ItemTotal(means))
	for i, code := range []string{"A1", "A2", "A3", "A4", "B1", "B2", "B3", "C1", "C2", "C3"} {
		want, ok := r.Check[code]
		if !ok {
			t.Fatalf("no expectation for %s", code)
		}
		near(t, code+" α if deleted", *alpha.IfDeleted[i], want.Deleted, 1e-6)
		near(t, code+" item–total r", *itemTotal[i], want.R, 1e-6)
		near(t, code+" CV", must[float64](t)(CV(means[i])), want.CV, 1e-6)
	}
}

func TestSampleWilcoxon(t *testing.T) {
	s := loadSample(t)
	_, first, _ := scored(t, s, s.First)
	_, second, _ := scored(t, s, s.Second)
	w := globalWeights(t, s)
	x := must[[]float64](t)(WeightedSum(w, transpose(first)))
	y := must[[]float64](t)(WeightedSum(w, transpose(second)))
	r := must[WilcoxonResult](t)(Wilcoxon(x, y))
	near(t, "V", r.V, s.Wilcoxon.V, 0)
	near(t, "Z", r.Z, s.Wilcoxon.Z, 1e-6)
	near(t, "p", r.PTwo, s.Wilcoxon.P, 1e-9)
	if r.N != s.Wilcoxon.N {
		t.Errorf("n = %d, want %d", r.N, s.Wilcoxon.N)
	}
}

func TestSampleMonitors(t *testing.T) {
	s := loadSample(t)
	tests := 0
	for code, m := range s.Monitors {
		if m.OLS != nil {
			near(t, code+" slope", must[float64](t)(OLSSlope(m.T, m.V)), *m.OLS, 1e-6)
		}
		if m.MK == nil {
			continue
		}
		tests++
		r := must[TrendResult](t)(MannKendallAt(m.T, m.V))
		near(t, code+" S", r.S, m.MK.S, 0)
		near(t, code+" Var", r.Var, m.MK.Var, 1e-6)
		near(t, code+" Z", r.Z, m.MK.Z, 1e-6)
		near(t, code+" p", r.PTwo, m.MK.P, math.Max(1e-6*m.MK.P, 1e-6))
		near(t, code+" Sen", r.Sen, *m.Sen, 1e-6)
	}
	if tests != 13 {
		t.Errorf("%d monitors tested, want 13", tests)
	}
}
