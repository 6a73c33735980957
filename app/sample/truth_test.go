package sample_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/domain/method"
)

// judged is what the expected answers say of one judgement matrix.
type judged struct {
	Weights   []float64
	Lambda    float64 `json:"lambda_max"`
	CI, CR    float64
	Geometric []float64 `json:"weights_fanggen"`
	Columns   []float64 `json:"weights_heji"`
}

type answers struct {
	AHP struct {
		Matrices map[string]judged
		Experts  map[string]judged
		Mean     judged                        `json:"experts_geometric_mean"`
		Global   map[string]map[string]float64 `json:"global_weights"`
	}
	Scoring struct {
		First, Second struct {
			CV map[string]float64 `json:"cv_of_assessor_S"`
		}
	}
}

func readAnswers(t *testing.T) (a answers) {
	t.Helper()
	raw, err := os.ReadFile("../../testdata/sample/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &a); err != nil {
		t.Fatal(err)
	}
	return a
}

func close6(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-6) {
		t.Errorf("%s = %.7f, want %.7f", what, got, want)
	}
}

func sameAs(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if len(got) != len(want) || len(want) == 0 {
		t.Fatalf("%s: %d of %d weights", what, len(got), len(want))
	}
	for i := range want {
		close6(t, what, got[i], want[i])
	}
}

// The three derivations of every matrix, the experts one by one and their geometric
// mean, and the weights in the whole.
func TestDerivationsExpertsAndWholeWeights(t *testing.T) {
	want := readAnswers(t)
	p := filled(t).Pilot
	for _, sys := range p.Systems.All() {
		for _, c := range app.MatrixChecks(sys) {
			w, ok := want.AHP.Matrices[c.Name]
			if c.Expert != "" {
				w, ok = want.AHP.Experts[c.Expert], true
			}
			if !ok {
				t.Errorf("nothing is expected of %s", c.Name)
				continue
			}
			sameAs(t, c.Name+c.Expert, c.Weights, w.Weights)
			close6(t, c.Name+" λmax", c.LambdaMax, w.Lambda)
			close6(t, c.Name+" CI", c.CI, w.CI)
			close6(t, c.Name+" CR", c.CR, w.CR)
			for d, weights := range map[method.Derivation][]float64{method.Geometric: w.Geometric, method.Columns: w.Columns} {
				r, err := method.AHP(c.Matrix.Values, method.AHPOptions{Method: d})
				if err != nil {
					t.Fatal(err)
				}
				sameAs(t, c.Name+d.Label(), r.Weights, weights)
			}
		}
		for i, ind := range sys.Indicators() {
			close6(t, ind.Code, sys.GlobalWeights()[i], want.AHP.Global[sys.Target][ind.Code])
		}
	}
	group := p.SystemFor(domain.TargetPoint).Clone().(*domain.IndicatorSystem)
	if err := group.GroupExperts(""); err != nil {
		t.Fatal(err)
	}
	r, err := method.AHP(group.MatrixOf("").Values, method.AHPOptions{})
	if err != nil {
		t.Fatal(err)
	}
	sameAs(t, "experts", r.Weights, want.AHP.Mean.Weights)
	close6(t, "experts CR", r.CR, want.AHP.Mean.CR)
	if n := len(group.GroupOf("")); n != 3 {
		t.Errorf("the mean is told to be of %d experts", n)
	}
	if got := p.SystemFor(domain.TargetPoint).GroupOf(""); got != nil {
		t.Errorf("the office's own judgement is told to be the mean of %v", got)
	}
}

// How far the assessors' own sums of a point lie apart.
func TestDispersionOfTheAssessors(t *testing.T) {
	want := readAnswers(t)
	s := filled(t)
	for no, cv := range map[int]map[string]float64{1: want.Scoring.First.CV, 2: want.Scoring.Second.CV} {
		points, own, _ := s.Result(no).ByAssessor(s.Pilot)
		if len(points) != len(cv) || len(cv) == 0 {
			t.Errorf("round %d: %d points, want %d", no, len(points), len(cv))
		}
		for i, o := range points {
			var values []float64
			for _, x := range own[i] {
				values = append(values, x.Value)
			}
			got, err := method.CV(values)
			if err != nil {
				t.Fatal(err)
			}
			close6(t, o.Point.Code, got, cv[o.Point.Code])
		}
	}
}
