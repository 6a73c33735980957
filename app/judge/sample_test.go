package judge

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/storage/sampletest"
)

// sampleSession is the built-in example, read by the importer.
func sampleSession(t testing.TB) *app.Session {
	t.Helper()
	return sampletest.Open(t, nil)
}

type expectedRound struct {
	Check map[string]struct {
		Mean    float64
		CV      float64 `json:"cv_between_points"`
		R       float64 `json:"corrected_item_total_r"`
		Deleted float64 `json:"alpha_if_deleted"`
	} `json:"indicator_check"`
	Cronbach struct {
		Alpha    float64
		K, Cases int
	} `json:"cronbach_alpha"`
}

type expected struct {
	Scoring struct {
		First, Second expectedRound
		Compare       map[string]struct {
			Reduction float64
			Before    string `json:"level_before"`
			After     string `json:"level_after"`
			Measures  string
		}
		Wilcoxon struct {
			N    int
			V    float64
			Z    float64 `json:"Z_with_continuity"`
			PTwo float64 `json:"p_two_sided"`
		} `json:"wilcoxon_first_minus_second"`
	}
}

func readExpected(t *testing.T) *expected {
	t.Helper()
	data, err := os.ReadFile("../../testdata/sample/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	e := &expected{}
	if err := json.Unmarshal(data, e); err != nil {
		t.Fatal(err)
	}
	return e
}

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > tol {
		t.Errorf("%s: %.8f, want %.8f", what, got, want)
	}
}

func mustJudge(t testing.TB, p *domain.Pilot, res *domain.RoundResult) Report {
	t.Helper()
	r, err := Indicators(p, res)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestIndicatorsAreTheExpectedOnes(t *testing.T) {
	s, want := sampleSession(t), readExpected(t)
	for no, w := range map[int]expectedRound{1: want.Scoring.First, 2: want.Scoring.Second} {
		r := mustJudge(t, s.Pilot, s.Result(no))
		if r.Points != w.Cronbach.Cases || len(r.Items) != w.Cronbach.K || len(r.Items) != len(w.Check) || r.Raters != 7 || r.Left != 0 || r.Small() {
			t.Fatalf("round %d: %d points, %d indicators, %d assessors", no, r.Points, len(r.Items), r.Raters)
		}
		near(t, "α", *r.Alpha, w.Cronbach.Alpha, 1e-6)
		for _, it := range r.Items {
			x := w.Check[it.Code]
			near(t, it.Code+" mean", it.Mean, x.Mean, 1e-6)
			near(t, it.Code+" CV", *it.CV, x.CV, 1e-6)
			near(t, it.Code+" item–total", *it.ItemTotal, x.R, 1e-6)
			near(t, it.Code+" α if deleted", *it.AlphaDeleted, x.Deleted, 1e-6)
		}
	}
}

// The example holds one indicator (C3) that has nothing to do with the others,
// and one (C1) about which the assessors differ.
func TestVerdictsOfTheSample(t *testing.T) {
	s := sampleSession(t)
	r := mustJudge(t, s.Pilot, s.Result(1))
	want := map[string]Verdict{"C3": Remove, "C1": Change}
	for _, it := range r.Items {
		v := want[it.Code]
		if v == "" {
			v = Keep
		}
		if it.Verdict != v || !strings.HasSuffix(it.Reason, "。") || strings.Count(it.Reason, "。") != 1 {
			t.Errorf("%s %s: %s", it.Code, it.Verdict, it.Reason)
		}
	}
	all := strings.Join(r.Summary(), "\n")
	for _, part := range []string{"41 个", "7 位评分人", "α＝0.9556", "删除 1 项（C3）", "没有漏警", "财务处 4 个"} {
		if !strings.Contains(all, part) {
			t.Errorf("summary lacks %q:\n%s", part, all)
		}
	}
	if strings.Contains(all, "仅供参考") {
		t.Error("41 points are called few")
	}
}

func TestHitsOfTheSample(t *testing.T) {
	s := sampleSession(t)
	h := mustJudge(t, s.Pilot, s.Result(1)).Hits
	if h.Events != 16 || h.Confirmed != 15 || h.Warned != 15 || len(h.Missed) != 0 || h.High != 26 || len(h.Unproven) != 15 {
		t.Errorf("first: %+v", h)
	}
	h = mustJudge(t, s.Pilot, s.Result(2)).Hits
	if h.Confirmed != 15 || h.Warned != 14 || len(h.Missed) != 1 || h.Missed[0].Point.Code != "JJ-08" || h.High != 16 || len(h.Unproven) != 8 {
		t.Errorf("second: %+v", h)
	}
}

// Changing weights and leaving assessors out gives what domain.Score gives for a
// system with these weights and for ratings without these rows.
func TestSensitivityAgainstScoring(t *testing.T) {
	s := sampleSession(t)
	for no := 1; no <= 2; no++ {
		res := s.Result(no)
		sc, err := newScores(s.Pilot, res)
		if err != nil {
			t.Fatal(err)
		}
		base, moved := sc.severities(sc.weights, nil), 0
		for k := range sc.inds {
			for _, factor := range []float64{0.9, 1.1, 3} {
				got, want := sc.reweigh(k, factor, base, nil), Flip{Name: sc.inds[k].Code}
				sys := flat(sc, reweighed(sc.weights, k, factor))
				for i := range sc.points {
					o := domain.Score(sys, res.Scheme, sc.ratings[i])
					want.count(sc.points[i].Level.Severity, o.Level.Severity)
				}
				if got != want {
					t.Errorf("round %d %s × %g: %+v, want %+v", no, sc.inds[k].Code, factor, got, want)
				}
				moved += got.Total()
			}
		}
		if moved == 0 {
			t.Errorf("round %d: no weight moves any level", no)
		}
		for a, got := range sc.assessorFlips() {
			want := Flip{Name: res.Round.Assessors[a].Name}
			for i := range sc.points {
				r := sc.ratings[i].Clone().(*domain.Rating)
				r.Rows = slices.DeleteFunc(r.Rows, func(row domain.RatingRow) bool { return row.Assessor == got.Name })
				want.count(sc.points[i].Level.Severity, domain.Score(res.PointSys, res.Scheme, r).Level.Severity)
			}
			if got != want {
				t.Errorf("round %d without %s: %+v, want %+v", no, got.Name, got, want)
			}
		}
	}
}

// flat is the system with all indicators in one dimension and the given weights.
func flat(s *scores, weights []float64) *domain.IndicatorSystem {
	inds := slices.Clone(s.inds)
	for k := range inds {
		inds[k].Weight = weights[k]
	}
	return &domain.IndicatorSystem{Dimensions: []domain.Dimension{{Weight: 1, Indicators: inds}}}
}

func TestComparisonIsTheExpectedOne(t *testing.T) {
	s, want := sampleSession(t), readExpected(t)
	c, err := Compare(s.Pilot, s.Result(1), s.Result(2))
	if err != nil {
		t.Fatal(err)
	}
	w := want.Scoring.Wilcoxon
	near(t, "V", c.Wilcoxon.V, w.V, 1e-9)
	near(t, "Z", c.Wilcoxon.Z, w.Z, 1e-6)
	near(t, "p", c.Wilcoxon.PTwo, w.PTwo, 1e-9)
	if c.Wilcoxon.N != w.N || c.Points != len(want.Scoring.Compare) || c.PairedT.DF != c.Points-1 || c.Small() {
		t.Errorf("n %d, points %d, df %d", c.Wilcoxon.N, c.Points, c.PairedT.DF)
	}
	sum, n, moves := map[string]float64{}, map[string]int{}, map[string]int{}
	for _, x := range want.Scoring.Compare {
		sum[x.Measures] += x.Reduction
		n[x.Measures]++
		moves[x.Before+x.After]++
	}
	for _, e := range c.Effects {
		near(t, e.Status, e.Mean, sum[e.Status]/float64(n[e.Status]), 1e-6)
		if e.Points != n[e.Status] || e.Worse != 0 {
			t.Errorf("%+v, want %d points", e, n[e.Status])
		}
	}
	for i, from := range c.Levels {
		for j, to := range c.Levels {
			if c.Moves[i][j] != moves[from.Label+to.Label] {
				t.Errorf("%s→%s: %d, want %d", from.Label, to.Label, c.Moves[i][j], moves[from.Label+to.Label])
			}
		}
	}
	all := strings.Join(c.Sentences(), "\n")
	for _, part := range []string{"已落实 27 个，平均降幅 18.9%", "红→橙 8 个", "n＝40，V＝792，Z＝5.128", "p＜0.001", "显著下降", "自由度 40"} {
		if !strings.Contains(all, part) {
			t.Errorf("sentences lack %q:\n%s", part, all)
		}
	}
}

func TestRoundsThatCannotBeCompared(t *testing.T) {
	s := sampleSession(t)
	other := *s.Result(2)
	sys := *other.PointSys
	sys.ID = "another"
	other.PointSys = &sys
	for what, err := range map[string]error{
		"另一版":  fail(Compare(s.Pilot, s.Result(1), &other)),
		"只有一次": fail(Compare(s.Pilot, nil, s.Result(2))),
	} {
		if err == nil {
			t.Errorf("%s: compared all the same", what)
		}
	}
}

func fail[T any](_ T, err error) error { return err }

// The order of the assessors is nothing to the figures.
func TestOrderOfAssessorsDoesNotMatter(t *testing.T) {
	s := sampleSession(t)
	res := *s.Result(1)
	was := mustJudge(t, s.Pilot, &res)
	round := res.Round.Clone().(*domain.Assessment)
	slices.Reverse(round.Assessors)
	res.Round = round
	is := mustJudge(t, s.Pilot, &res)
	for k, it := range is.Items {
		near(t, it.Code+" ICC", *it.ICC, *was.Items[k].ICC, 1e-12)
		near(t, it.Code+" W", *it.W, *was.Items[k].W, 1e-12)
	}
	slices.Reverse(is.Assessors)
	if !slices.Equal(is.Assessors, was.Assessors) {
		t.Errorf("flips %v, before %v", is.Assessors, was.Assessors)
	}
}
