package method

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
)

var (
	nan = math.NaN()
	inf = math.Inf(1)
)

func fail[T any](_ T, err error) error { return err }

// equal is the matrix of n items judged alike.
func equal(n int) [][]float64 { return ratios(slices.Repeat([]float64{1}, n)) }

// Every refusal is typed, names its field and is one Chinese sentence.
func TestRefusals(t *testing.T) {
	half := []float64{.5, .5}
	eight := []float64{1, 2, 3, 4, 5, 6, 7, 8}
	for _, c := range []struct {
		what  string
		err   error
		field string
		kind  Kind
	}{
		{"weights sum", fail(WeightedSum([]float64{.5, .4}, [][]float64{{1, 2}})), "weights", ErrSum},
		{"weights just off", CheckWeights([]float64{.3333, .3333, .3333}), "weights", ErrSum},
		{"weights negative", CheckWeights([]float64{1.5, -.5}), "weights", ErrRange},
		{"weights NaN", CheckWeights([]float64{nan, 1}), "weights", ErrNotFinite},
		{"weights empty", CheckWeights(nil), "weights", ErrEmpty},
		{"rows empty", fail(WeightedSum(half, nil)), "rows", ErrEmpty},
		{"rows ragged", fail(WeightedSum(half, [][]float64{{1, 2}, {1}})), "rows", ErrShape},
		{"rows too wide", fail(WeightedSum(half, [][]float64{{1, 2, 3}})), "rows", ErrShape},
		{"rows Inf", fail(WeightedSum(half, [][]float64{{1, inf}})), "rows", ErrNotFinite},
		{"rows huge", fail(WeightedSum(half, [][]float64{{1, 1e300}})), "rows", ErrRange},

		{"ahp empty", fail(AHP(nil, AHPOptions{})), "upper", ErrEmpty},
		{"ahp not square", fail(AHP([][]float64{{1, 2}}, AHPOptions{})), "upper", ErrShape},
		{"ahp not reciprocal", fail(AHP([][]float64{{1, 3}, {3, 1}}, AHPOptions{})), "upper", ErrReciprocal},
		{"ahp diagonal", fail(AHP([][]float64{{2, 3}, {1. / 3, 1}}, AHPOptions{})), "upper", ErrReciprocal},
		{"ahp negative", fail(AHP([][]float64{{1, -3}, {-1. / 3, 1}}, AHPOptions{})), "upper", ErrRange},
		{"ahp NaN", fail(AHPUpper([][]float64{{nan}}, AHPOptions{})), "upper", ErrNotFinite},
		{"ahp zero", fail(AHPUpper([][]float64{{0}}, AHPOptions{})), "upper", ErrRange},
		{"ahp ragged", fail(AHPUpper([][]float64{{1, 2}, {1, 2}}, AHPOptions{})), "upper", ErrShape},
		{"ahp too large", fail(AHP(identity(MaxAHP+1), AHPOptions{})), "upper", ErrRange},
		{"ahp method", fail(AHPUpper([][]float64{{2}}, AHPOptions{Method: "magic"})), "method", ErrUnknown},
		{"ahp ri", fail(AHPUpper([][]float64{{2}}, AHPOptions{RI: "1999"})), "ri", ErrUnknown},
		{"group empty", fail(GroupMatrix(nil)), "experts", ErrEmpty},
		{"group sizes", fail(GroupMatrix([][][]float64{equal(2), equal(3)})), "experts", ErrShape},
		{"group of smaller", fail(GroupMatrix([][][]float64{equal(3), equal(2)})), "experts", ErrShape},
		{"group expert", fail(GroupMatrix([][][]float64{equal(2), {{1, 2}, {2, 1}}})), "upper", ErrReciprocal},

		{"fuzzy rows", fail(Fuzzy(half, [][]float64{{1, 0}}, "")), "matrix", ErrShape},
		{"fuzzy range", fail(Fuzzy(half, [][]float64{{1, 0}, {1.2, 0}}, "")), "matrix", ErrRange},
		{"fuzzy operator", fail(Fuzzy(half, [][]float64{{1, 0}, {1, 0}}, "x")), "operator", ErrUnknown},

		{"kendall one rater", fail(KendallW([][]float64{{1, 2}})), "raters", ErrTooFew},
		{"kendall one object", fail(KendallW([][]float64{{1}, {2}})), "raters", ErrTooFew},
		{"kendall alike", fail(KendallW([][]float64{{3, 3, 3}, {2, 2, 2}})), "raters", ErrVariance},
		{"icc one rater", fail(ICC([][]float64{{1}, {2}})), "rows", ErrTooFew},
		{"icc alike", fail(ICC([][]float64{{.1, .1}, {.1, .1}})), "rows", ErrVariance},
		{"icc means alike", fail(ICC([][]float64{{1, 2}, {2, 1}})), "rows", ErrVariance},
		{"icc noise", fail(ICC([][]float64{{0, 3}, {3, 1}})), "rows", ErrVariance},
		{"fleiss one rater", fail(FleissKappa([][]float64{{1, 0}, {0, 1}})), "counts", ErrTooFew},
		{"fleiss sums", fail(FleissKappa([][]float64{{2, 0}, {0, 3}})), "counts", ErrShape},
		{"fleiss half a person", fail(FleissKappa([][]float64{{1.5, .5}})), "counts", ErrRange},
		{"fleiss alike", fail(FleissKappa([][]float64{{3, 0}, {3, 0}})), "counts", ErrVariance},

		{"cronbach one item", fail(Cronbach([][]float64{{1, 2, 3}})), "items", ErrTooFew},
		{"cronbach one case", fail(Cronbach([][]float64{{1}, {2}})), "items", ErrTooFew},
		{"cronbach constant", fail(Cronbach([][]float64{{3, 3}, {2, 2}})), "items", ErrVariance},
		{"cronbach opposed", fail(Cronbach([][]float64{{1, 2, 3}, {3, 2, 1}})), "items", ErrVariance},
		{"cronbach ragged", fail(Cronbach([][]float64{{1, 2}, {2}})), "items", ErrShape},
		{"summary one", fail(CronbachFromSD([]float64{1}, 1)), "sd", ErrTooFew},
		{"summary total", fail(CronbachFromSD([]float64{1, 1}, 0)), "total_sd", ErrRange},
		{"item total", fail(ItemTotal([][]float64{{1, 2, 3}})), "items", ErrTooFew},
		{"correlation flat", fail(Correlation([]float64{1, 2, 3}, []float64{2, 2, 2})), "y", ErrVariance},
		{"discrimination", fail(Discrimination(1.2, 0)), "high", ErrRange},
		{"discrimination NaN", fail(Discrimination(1, nan)), "low", ErrNotFinite},
		{"groups scale", fail(ItemDiscrimination([][]float64{{1, 6}}, .27, 1, 5)), "items", ErrRange},
		{"groups alike", fail(ItemDiscrimination([][]float64{{3, 3}}, .27, 1, 5)), "items", ErrVariance},

		{"wilcoxon lengths", fail(Wilcoxon(half, eight)), "y", ErrShape},
		{"wilcoxon same", fail(Wilcoxon(eight, eight)), "x", ErrVariance},
		{"wilcoxon empty", fail(Wilcoxon(nil, nil)), "x", ErrEmpty},
		{"ttest one", fail(PairedT([]float64{1}, []float64{2})), "x", ErrTooFew},
		{"ttest shifted", fail(PairedT([]float64{1.1, 2.1}, []float64{1, 2})), "x", ErrVariance},
		{"reduction of nothing", fail(Reduction(0, 1)), "before", ErrRange},

		{"trend short", fail(MannKendall([]float64{1, 2, 3})), "values", ErrTooFew},
		{"trend long", fail(MannKendall(make([]float64, MaxTrendReadings+1))), "values", ErrRange},
		{"trend NaN", fail(MannKendall([]float64{1, 2, nan, 4})), "values", ErrNotFinite},
		{"trend order", fail(MannKendallAt([]float64{1, 2, 2, 3}, []float64{1, 2, 3, 4})), "times", ErrRange},
		{"trend times", fail(OLSSlope([]float64{1, 2}, []float64{1, 2, 3, 4})), "times", ErrShape},
		{"ewma lambda", fail(EWMA(eight, 0, 1, 1)), "lambda", ErrRange},
		{"ewma lambda high", fail(EWMA(eight, 1.1, 1, 1)), "lambda", ErrRange},
		{"ewma sigma", fail(EWMA(eight, .3, 1, 0)), "sigma", ErrRange},
		{"ewma target", fail(EWMA(eight, .3, nan, 1)), "target", ErrNotFinite},
		{"ewma empty", fail(EWMA(nil, .3, 1, 1)), "values", ErrEmpty},
		{"cusum k", fail(CUSUM(eight, 1, 1, -1, 5)), "k", ErrRange},
		{"holt short", fail(HoltDamped(eight[:7], 3, .95)), "values", ErrTooFew},
		{"holt far", fail(HoltDamped(eight, 13, .95)), "horizon", ErrRange},
		{"holt level", fail(HoltDamped(eight, 3, 1)), "level", ErrRange},

		{"lec", fail(LEC(11, 1, 1)), "l", ErrRange},
		{"lec negative", fail(LEC(1, -1, 1)), "e", ErrRange},
		{"lec NaN", fail(LEC(1, 1, nan)), "c", ErrNotFinite},
		{"matrix 6", fail(Matrix(6, 1, Matrix5)), "likelihood", ErrRange},
		{"matrix 0", fail(Matrix(1, 0, Matrix5)), "impact", ErrRange},
		{"residual", fail(Residual(25, 1.01)), "effectiveness", ErrRange},
		{"residual negative", fail(Residual(-1, .5)), "inherent", ErrRange},
		{"qinghai", fail(QinghaiGrade(0, Overrides{})), "kinds", ErrRange},
		{"entropy flat", fail(EntropyWeights([][]float64{{1, 2}, {1, 2}}, nil)), "rows", ErrVariance},
		{"entropy one", fail(EntropyWeights([][]float64{{1, 2}}, nil)), "rows", ErrTooFew},
		{"entropy signs", fail(EntropyWeights([][]float64{{1, 2}, {2, 1}}, []bool{true})), "rows", ErrShape},
		{"normalize", fail(Normalize([]float64{2, 2}, false)), "values", ErrVariance},
		{"cv one", fail(CV([]float64{2})), "values", ErrTooFew},
		{"cv zero", fail(CV([]float64{-1, 1})), "values", ErrRange},
		{"mean", fail(Mean(nil)), "values", ErrEmpty},
		{"median", fail(Median([]float64{nan})), "values", ErrNotFinite},
		{"trim", fail(TrimmedMean(eight, .6)), "trim", ErrRange},
	} {
		var e *Error
		if !errors.As(c.err, &e) {
			t.Errorf("%s: %v, want a refusal", c.what, c.err)
			continue
		}
		if e.Field != c.field || !errors.Is(c.err, c.kind) {
			t.Errorf("%s: field %s, kind %s; want %s, %s (%s)", c.what, e.Field, e.Kind, c.field, c.kind, e)
		}
		text := c.err.Error()
		if strings.Count(text, "。") != 1 || !strings.HasSuffix(text, "。") || !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s: not one Chinese sentence: %s", c.what, text)
		}
		if strings.Contains(text, "%!") {
			t.Errorf("%s: broken format: %s", c.what, text)
		}
	}
}

func TestUndefinedPartsAreNil(t *testing.T) {
	two, err := Cronbach([][]float64{{1, 2, 3}, {1, 3, 3}})
	if err != nil || two.IfDeleted[0] != nil || two.IfDeleted[1] != nil {
		t.Errorf("two items: %+v, %v; α without one of two is undefined", two, err)
	}
	r, err := ItemTotal([][]float64{{1, 2, 3}, {2, 2, 2}, {1, 3, 2}})
	if err != nil || r[0] == nil || r[1] != nil {
		t.Errorf("item–total: %v, %v; the second item never varies", r, err)
	}
}

func TestForgivesDecimalFractions(t *testing.T) {
	rough, err := AHP([][]float64{{1, 4, 1}, {.25, 1, .3333}, {1, 3, 1}}, AHPOptions{})
	exact, err2 := AHP([][]float64{{1, 4, 1}, {.25, 1, 1. / 3}, {1, 3, 1}}, AHPOptions{})
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	nearAll(t, "weights", rough.Weights, exact.Weights, 1e-15)
	for in, want := range map[float64]float64{.33: 1. / 3, .3333: 1. / 3, .143: 1. / 7, .11: 1. / 9, .5: .5, 1: 1, 3: 3, .7: .7} {
		near(t, "snapped", SnapJudgement(in), want, 0)
	}
}

// Of three items no judgement is likelier wrong than another, but one must be named and mending it must help.
func TestWorstOfThree(t *testing.T) {
	r, err := AHPUpper([][]float64{{2, 8}, {1. / 3}}, AHPOptions{})
	if err != nil || r.Consistent || r.Worst == nil || r.Worst.CRAfter > 1e-9 {
		t.Fatalf("%+v %+v, %v", r, r.Worst, err)
	}
	if r.Worst.Row != 1 || r.Worst.Col != 2 || r.Worst.Nearest != "9" || math.Abs(r.Worst.Mend-24) > 1e-9 {
		t.Errorf("worst %+v, want item 1 against 2 mended to 24", r.Worst)
	}
}

// A 90 % interval must hold about nine in ten of the readings that follow; the seed is fixed.
func TestHoltCoverage(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const runs = 400
	held := 0
	for range runs {
		x := make([]float64, 19)
		level := 20.0
		for i := range x {
			level += .1 + .3*rng.NormFloat64()
			x[i] = level + rng.NormFloat64()
		}
		f, err := HoltDamped(x[:18], 1, .9)
		if err != nil {
			t.Fatal(err)
		}
		if f.Low[0] <= x[18] && x[18] <= f.High[0] {
			held++
		}
	}
	if share := float64(held) / runs; share < .82 || share > .97 {
		t.Errorf("a 90 %% interval held %.0f %% of the time", 100*share)
	}
}

// When raters choose at random, κ over its standard error must scatter like a normal deviate; the seed is fixed.
func TestFleissStandardError(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	const runs = 2000
	var z, zz, rejected float64
	for range runs {
		counts := make([][]float64, 40)
		for i := range counts {
			counts[i] = make([]float64, 3)
			for range 7 {
				counts[i][min(2, rng.IntN(4))]++ // ¼, ¼, ½
			}
		}
		r, err := FleissKappa(counts)
		if err != nil {
			t.Fatal(err)
		}
		z += r.Z / runs
		zz += r.Z * r.Z / runs
		if r.P < .05 {
			rejected += 1. / runs
		}
	}
	near(t, "mean of Z", z, 0, .2)
	near(t, "variance of Z", zz-z*z, 1, .12)
	near(t, "rejected at 5 %", rejected, .05, .02)
}

func TestAgreementWords(t *testing.T) {
	for c, want := range map[float64]string{-.1: "很低", .19: "很低", .2: "较低", .4: "中等", .6: "较高", .8: "很高", 1: "很高"} {
		if got := AgreementWords(c); got != want {
			t.Errorf("%g = %s, want %s", c, got, want)
		}
	}
}

func BenchmarkAHP9(b *testing.B) {
	m := equal(9)
	m[0][1], m[1][0] = 7, 1./7
	for b.Loop() {
		if _, err := AHP(m, AHPOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHolt18(b *testing.B) {
	for b.Loop() {
		if _, err := HoltDamped(montgomery[:18], 6, .95); err != nil {
			b.Fatal(err)
		}
	}
}
