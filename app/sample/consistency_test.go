package sample_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"lianshao/app"
)

// The example's judgement matrices give the expected weights, λmax and CR.
func TestMatrixChecks(t *testing.T) {
	raw, err := os.ReadFile("../../testdata/sample/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var want struct {
		AHP struct {
			Matrices map[string]struct {
				Weights []float64
				Lambda  float64 `json:"lambda_max"`
				CR      float64
			}
		}
	}
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	near := func(what string, got, want float64) {
		if math.Abs(got-want) > 1e-6 {
			t.Errorf("%s = %.7f, want %.7f", what, got, want)
		}
	}
	found := 0
	for _, sys := range filled(t).Pilot.Systems.All() {
		for _, c := range app.MatrixChecks(sys) {
			w, ok := want.AHP.Matrices[c.Name]
			if !ok || c.Expert != "" {
				continue
			}
			found++
			near(c.Name+" λmax", c.LambdaMax, w.Lambda)
			near(c.Name+" CR", c.CR, w.CR)
			for i := range w.Weights {
				near(c.Name, c.Weights[i], w.Weights[i])
			}
		}
	}
	if found != len(want.AHP.Matrices) || found == 0 {
		t.Errorf("found %d of %d matrices", found, len(want.AHP.Matrices))
	}
}
