package method

import (
	"math"
	"testing"
)

// Published inputs and outputs; the names G1, G2… are those of the field notes.

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > tol {
		t.Errorf("%s = %.8g, want %.8g ± %g", what, got, want, tol)
	}
}

func nearAll(t *testing.T, what string, got, want []float64, tol float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s has %d values, want %d", what, len(got), len(want))
	}
	for i := range want {
		if math.IsNaN(got[i]) || math.Abs(got[i]-want[i]) > tol {
			t.Errorf("%s[%d] = %.8g, want %.8g ± %g", what, i, got[i], want[i], tol)
		}
	}
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// drinks is Saaty's comparison of coffee, wine, tea, beer, soda, milk, water.
var drinks = [][]float64{
	{9, 5, 2, 1, 1, 1. / 2},
	{1. / 3, 1. / 9, 1. / 9, 1. / 9, 1. / 9},
	{1. / 3, 1. / 4, 1. / 3, 1. / 9},
	{1. / 2, 1, 1. / 3},
	{2, 1. / 2},
	{1. / 3},
}

func TestG1Drinks(t *testing.T) {
	r := must[AHPResult](t)(AHPUpper(drinks, AHPOptions{}))
	nearAll(t, "weights", r.Weights, []float64{.1775, .0191, .0418, .1164, .1896, .1288, .3268}, 5e-5)
	nearAll(t, "Saaty's print", r.Weights, []float64{.177, .019, .042, .116, .190, .129, .327}, 6e-4)
	near(t, "λmax", r.LambdaMax, 7.17663, 5e-6)
	near(t, "CR 1980", r.CR, .0223, 5e-5)
	if !r.Consistent {
		t.Error("CR .0223 should be consistent")
	}
	r = must[AHPResult](t)(AHPUpper(drinks, AHPOptions{RI: RI2005}))
	near(t, "CR 2005", r.CR, .0218, 5e-5)
}

func TestG2Leader(t *testing.T) {
	// order Exp, Edu, Char, Age
	r := must[AHPResult](t)(AHPUpper([][]float64{{4, 3, 7}, {1. / 3, 3}, {5}}, AHPOptions{}))
	nearAll(t, "weights", r.Weights, []float64{.5476, .1266, .2699, .0559}, 5e-5)
	near(t, "λmax", r.LambdaMax, 4.11842, 5e-6)
	near(t, "CR", r.CR, .0439, 5e-5)
}

func TestG3Geometric(t *testing.T) {
	r := must[AHPResult](t)(AHPUpper(drinks, AHPOptions{Method: Geometric}))
	nearAll(t, "weights", r.Weights, []float64{.1787, .0185, .0422, .1165, .1911, .1286, .3243}, 5e-5)
}

func TestG5WeightedSum(t *testing.T) {
	s := must[[]float64](t)(WeightedSum([]float64{.2, .5, .3}, [][]float64{{88, 99, 100}, {100, 60, 67}, {77, 77, 66}}))
	nearAll(t, "scores", s, []float64{97.1, 70.1, 73.7}, 1e-9)
}

func TestG6FuzzyOperatorsDisagree(t *testing.T) {
	w := []float64{.4, .3, .2, .1}
	m := [][]float64{{.5, .3, .2, 0}, {.2, .4, .3, .1}, {.1, .3, .5, .1}, {0, .2, .4, .4}}
	r := must[FuzzyResult](t)(Fuzzy(w, m, FuzzyWeighted))
	nearAll(t, "weighted", r.Vector, []float64{.28, .32, .31, .09}, 1e-12)
	if r.Best != 1 {
		t.Errorf("weighted best = %d, want 1 (良好)", r.Best)
	}
	r = must[FuzzyResult](t)(Fuzzy(w, m, FuzzyMinMax))
	nearAll(t, "minmax", r.Vector, []float64{.4, .3, .3, .1}, 1e-12)
	if r.Best != 0 {
		t.Errorf("minmax best = %d, want 0 (优秀)", r.Best)
	}
}

func TestG7Kendall(t *testing.T) {
	r := must[KendallResult](t)(KendallW([][]float64{
		{1, 3, 4, 5, 2, 8, 6, 7, 10, 9}, {2, 1, 4, 5, 6, 3, 8, 7, 10, 9},
		{3, 2, 1, 5, 7, 4, 6, 8, 9, 10}, {4, 2, 3, 1, 6, 7, 5, 9, 8, 10},
	}))
	near(t, "S from W", r.W*16*990/12, 1048, 1e-6)
	near(t, "W", r.W, .79394, 5e-6)
	near(t, "W corrected", r.WCorrected, r.W, 1e-12)
	near(t, "χ²", r.Chi2, 28.582, 5e-4)
	near(t, "p", r.P, 0.00076, 1e-4)
	if r.DF != 9 {
		t.Errorf("df = %d", r.DF)
	}
}

func TestG9CronbachFromSummary(t *testing.T) {
	all := must[float64](t)(CronbachFromSD([]float64{1.2675, 1.3607, 1.3463}, 3.8087))
	near(t, "α", all, .9550, 5e-5)
	without := must[float64](t)(CronbachFromSD([]float64{1.3607, 1.3463}, 2.613))
	near(t, "α without item 1", without, .9267, 5e-5)
}

func TestG10Cronbach(t *testing.T) {
	r := must[CronbachResult](t)(Cronbach([][]float64{
		{1, 2, 2, 3, 2, 2, 3, 3, 2, 3}, {1, 1, 1, 2, 3, 3, 2, 3, 3, 3}, {1, 1, 2, 1, 2, 3, 3, 3, 2, 3},
	}))
	near(t, "α", r.Alpha, .7734, 5e-5)
}

func TestG12ICC(t *testing.T) {
	r := must[ICCResult](t)(ICC([][]float64{
		{9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7},
	}))
	nearAll(t, "ICC", []float64{r.ICC1, r.ICC2, r.ICC3, r.ICC1k, r.ICC2k, r.ICC3k},
		[]float64{.1657, .2898, .7148, .4428, .6201, .9093}, 5e-5)
	near(t, "F", r.F, 11.03, 5e-3)
	near(t, "p", r.P, .00013, 1e-5)
}

// Fleiss 1971 as reprinted everywhere: 10 subjects, 14 raters, 5 categories.
func TestFleissPublished(t *testing.T) {
	r := must[FleissResult](t)(FleissKappa([][]float64{
		{0, 0, 0, 0, 14}, {0, 2, 6, 4, 2}, {0, 0, 3, 5, 6}, {0, 3, 9, 2, 0}, {2, 2, 8, 1, 1},
		{7, 7, 0, 0, 0}, {3, 2, 6, 3, 0}, {2, 5, 3, 2, 2}, {6, 5, 2, 1, 0}, {0, 2, 2, 3, 7},
	}))
	near(t, "P̄", r.PBar, .378, 5e-4)
	near(t, "P̄e", r.PE, .213, 5e-4)
	near(t, "κ", r.Kappa, .210, 5e-4)
}

func TestG14MannKendall(t *testing.T) {
	r := must[TrendResult](t)(MannKendall([]float64{
		12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3, 20.1, 21.7,
	}))
	near(t, "S", r.S, 54, 0)
	near(t, "Var", r.Var, 332.667, 5e-4)
	near(t, "Z", r.Z, 2.9058, 5e-5)
	near(t, "p", r.POne, .0018, 5e-5)
	near(t, "Sen", r.Sen, .5667, 5e-5)
}

// The sleep data of R: extra hours under two drugs.
var (
	sleep1 = []float64{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0}
	sleep2 = []float64{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4}
)

func TestG16PairedT(t *testing.T) {
	r := must[TTestResult](t)(PairedT(sleep1, sleep2))
	near(t, "t", r.T, -4.0621, 5e-5)
	near(t, "mean", r.Mean, -1.58, 1e-9)
	near(t, "p", r.P, 0.002833, 5e-7)
	if r.DF != 9 {
		t.Errorf("df = %d", r.DF)
	}
}

// Hollander & Wolfe's depression scores, the example of R's wilcox.test: V = 40, one-sided p = 0.01953.
func TestWilcoxonExactPublished(t *testing.T) {
	r := must[WilcoxonResult](t)(Wilcoxon(
		[]float64{1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30},
		[]float64{0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29}))
	near(t, "V", r.V, 40, 0)
	near(t, "p one", r.POne, 0.01953125, 1e-12)
	near(t, "p two", r.PTwo, 0.0390625, 1e-12)
	if !r.Exact || r.N != 9 {
		t.Errorf("exact %v, n %d", r.Exact, r.N)
	}
}

// R: wilcox.test on the sleep data gives V = 0, p = 0.009091 (one zero, ties, continuity correction).
func TestWilcoxonNormalWithTies(t *testing.T) {
	r := must[WilcoxonResult](t)(Wilcoxon(sleep1, sleep2))
	near(t, "V", r.V, 0, 0)
	near(t, "p two", r.PTwo, 0.009091, 5e-7)
	if r.Exact || r.N != 9 {
		t.Errorf("exact %v, n %d", r.Exact, r.N)
	}
}

func TestG17LEC(t *testing.T) {
	for _, c := range []struct {
		l, e, c, d float64
		level      string
	}{
		{6, 6, 3, 108, "显著危险"}, {6, 6, 7, 252, "高度危险"}, {10, 10, 100, 10000, "极其危险"},
		{10, 1, 7, 70, "显著危险"}, {1, .5, 40, 20, "一般危险"}, {.1, .5, 1, .05, "稍有危险"},
		{4, 4, 10, 160, "高度危险"}, {3.2, 10, 10, 320, "极其危险"}, {6, 1, 3, 18, "稍有危险"},
	} {
		r := must[LECResult](t)(LEC(c.l, c.e, c.c))
		near(t, "D", r.D, c.d, 1e-9)
		if r.Level != c.level {
			t.Errorf("LEC(%g,%g,%g) = %g %s, want %s", c.l, c.e, c.c, r.D, r.Level, c.level)
		}
	}
}

func TestG18Discrimination(t *testing.T) {
	d := must[float64](t)(Discrimination(9./11, 3./11))
	near(t, "d", d, .545454545, 1e-8)
	seven := .7
	near(t, "a rounding below the limit", seven-.3, .4, 1e-15)
	for d, want := range map[float64]string{d: "优", seven - .3: "优", .39: "良", .3: "良", .2: "尚可", .19: "差", -.5: "差"} {
		if got := DiscriminationLevel(d); got != want {
			t.Errorf("level of %g = %s, want %s", d, got, want)
		}
	}
}

func TestG19Residual(t *testing.T) {
	near(t, "reduction", must[float64](t)(Reduction(25, 6)), .76, 1e-12)
	near(t, "residual", must[float64](t)(Residual(25, .76)), 6, 1e-12)
}

func TestG21Qinghai(t *testing.T) {
	for _, c := range []struct {
		kinds    int
		o        Overrides
		label    string
		severity int
	}{
		{1, Overrides{}, "三级", 0}, {2, Overrides{}, "三级", 0}, {3, Overrides{}, "二级", 1}, {4, Overrides{}, "二级", 1},
		{5, Overrides{}, "一级", 2}, {9, Overrides{}, "一级", 2}, {1, Overrides{UnlimitedDiscretion: true}, "一级", 2},
		{1, Overrides{MajorInfluence: true}, "一级", 2}, {3, Overrides{PastIncident: true}, "一级", 2},
	} {
		g := must[RuleGrade](t)(QinghaiGrade(c.kinds, c.o))
		if g.Label != c.label || g.Severity != c.severity || g.Reason == "" || g.Manager == "" {
			t.Errorf("QinghaiGrade(%d, %+v) = %+v, want %s", c.kinds, c.o, g, c.label)
		}
	}
}

func TestMatrixBands(t *testing.T) {
	for _, c := range []struct {
		l, i  float64
		scale MatrixScale
		level string
	}{
		{3, 5, Matrix5, "高"}, {5, 5, Matrix5, "高"}, {2, 5, Matrix5, "中"}, {2, 3, Matrix5, "中"}, {1, 5, Matrix5, "低"},
		{1, 1, Matrix5, "低"}, {3.5, 4, Matrix5, "中"}, {1, 2, Matrix3, "低"}, {1, 3, Matrix3, "中"}, {2, 2, Matrix3, "中"},
		{2, 3, Matrix3, "高"}, {1, 3, MatrixNHS, "低"}, {2, 2, MatrixNHS, "中"}, {2, 4, MatrixNHS, "高"}, {3, 5, MatrixNHS, "极高"},
	} {
		r := must[MatrixResult](t)(Matrix(c.l, c.i, c.scale))
		if r.Level != c.level || r.Score != c.l*c.i {
			t.Errorf("Matrix(%g,%g) = %+v, want %s", c.l, c.i, r, c.level)
		}
	}
}

// The NIST/SEMATECH handbook's EWMA example (§6.3.2.4): λ .3, target 50, s 2.0539, limits 52.5884 and 47.4115.
func TestEWMANIST(t *testing.T) {
	r := must[EWMAResult](t)(EWMA([]float64{
		52, 47, 53, 49.3, 50.1, 47, 51, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1,
	}, .3, 50, 2.0539))
	nearAll(t, "EWMA", r.Smoothed, []float64{
		50.60, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33,
		50.11, 49.36, 49.52, 50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99,
	}, 6e-3)
	near(t, "UCL in the long run", r.UCL[19], 52.5884, 5e-4)
	near(t, "LCL in the long run", r.LCL[19], 47.4115, 5e-4)
	if len(r.Alarms) != 0 {
		t.Errorf("alarms %v, want none", r.Alarms)
	}
}

// Montgomery's process (table 9.1): mean 10 for 20 readings, then 11.
var montgomery = []float64{
	9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40, 10.08,
	9.37, 10.62, 10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52,
}

func TestChartsMontgomery(t *testing.T) {
	c := must[CUSUMResult](t)(CUSUM(montgomery, 10, 1, CUSUMReference, CUSUMDecision))
	near(t, "C+ at 29", c.High[28], 5.28, 1e-9)
	near(t, "C- at 2", c.Low[1], 1.56, 1e-9)
	if len(c.Alarms) != 2 || c.Alarms[0] != 28 || c.Alarms[1] != 29 {
		t.Errorf("CUSUM alarms %v, want 28 and 29", c.Alarms)
	}
	e := must[EWMAResult](t)(EWMAWith(montgomery, .1, 10, 1, 2.7))
	near(t, "z1", e.Smoothed[0], 9.945, 1e-9)
	near(t, "z2", e.Smoothed[1], 9.7495, 1e-9)
	near(t, "UCL1", e.UCL[0], 10.27, 1e-9)
	if len(e.Alarms) != 2 || e.Alarms[0] != 27+1 {
		t.Errorf("EWMA alarms %v, want 28 and 29", e.Alarms)
	}
}

func TestEntropyByHand(t *testing.T) {
	// columns normalise to (0,½,1) and (0,0,1): e₁ = [⅓ln3+⅔ln1.5]/ln3 = .57938, e₂ = 0; the third never differs
	w := must[[]float64](t)(EntropyWeights([][]float64{{1, 1, 3}, {2, 1, 3}, {3, 5, 3}}, nil))
	nearAll(t, "weights", w, []float64{.29609, .70391, 0}, 1e-5)
}

func TestCentresAndSpread(t *testing.T) {
	x := []float64{5, 1, 2, 3, 100}
	near(t, "median", must[float64](t)(Median(x)), 3, 0)
	near(t, "median of even", must[float64](t)(Median(x[:4])), 2.5, 0)
	near(t, "trimmed", must[float64](t)(TrimmedMean(x, .2)), 10./3, 1e-12)
	near(t, "mean", must[float64](t)(Mean(x)), 22.2, 1e-12)
	near(t, "CV", must[float64](t)(CV([]float64{2, 4, 4, 4, 5, 5, 7, 9})), math.Sqrt(32./7)/5, 1e-12)
	if x[0] != 5 || x[4] != 100 {
		t.Error("the input was changed")
	}
}

func TestItemDiscrimination(t *testing.T) {
	// ten cases, groups of three: item 1 follows the total, item 2 is alike everywhere
	up := []float64{1, 1, 1, 2, 3, 3, 4, 5, 5, 5}
	flat := []float64{3, 3, 3, 3, 3, 3, 3, 3, 3, 3}
	d := must[[]float64](t)(ItemDiscrimination([][]float64{up, flat}, GroupShare, 1, 5))
	nearAll(t, "d", d, []float64{1, 0}, 1e-12)
}
