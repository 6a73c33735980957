package trend_test

import (
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"lianshao/app"
	"lianshao/app/trend"
	"lianshao/storage/sampletest"
)

func samplePilot(t testing.TB) *app.Session {
	t.Helper()
	return sampletest.Open(t, sampletest.On("2026-11-23"))
}

type expected struct {
	N      int     `json:"n"`
	Last   float64 `json:"last"`
	Month  string  `json:"last_month"`
	Status string  `json:"last_status"`
	MK     *struct {
		S, Var, Z float64
		P         float64 `json:"p_two_sided"`
	} `json:"mann_kendall"`
	Sen   *float64 `json:"sen_slope_per_month"`
	Trend string   `json:"trend"`
	Risk  string   `json:"risk_trend"`
}

func wanted(t *testing.T) map[string]expected {
	t.Helper()
	data, err := os.ReadFile("../../testdata/sample/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		Files map[string]struct {
			By map[string]expected `json:"by_indicator"`
		} `json:"files"`
	}
	// other files keep something else under the same name
	var raw struct{ Files map[string]json.RawMessage }
	if err := json.Unmarshal(data, &raw); err != nil {
		t.Fatal(err)
	}
	one, _ := json.Marshal(map[string]any{"files": map[string]json.RawMessage{"m": raw.Files["监测指标月报.xlsx"]}})
	if err := json.Unmarshal(one, &all); err != nil {
		t.Fatal(err)
	}
	return all.Files["m"].By
}

// All monitors of the example say what was computed apart from this program.
func TestSample(t *testing.T) {
	p := samplePilot(t).Pilot
	want := wanted(t)
	if p.Monitors.Len() != 16 || len(want) != 16 {
		t.Fatalf("%d monitors, %d expected, want 16", p.Monitors.Len(), len(want))
	}
	near := func(what string, got, want float64) {
		t.Helper()
		if !(math.Abs(got-want) <= 1e-6) {
			t.Errorf("%s = %.9g, want %.9g", what, got, want)
		}
	}
	for _, m := range p.Monitors.All() {
		w, got := want[m.Code], trend.Of(p, m)
		last, month, _ := got.Last()
		near(m.Code+" last", last, w.Last)
		if got.N() != w.N || month != w.Month || got.Status != w.Status {
			t.Errorf("%s: n %d %s %s, want %d %s %s", m.Code, got.N(), month, got.Status, w.N, w.Month, w.Status)
		}
		words := w.Trend
		if w.Risk != "" {
			words += "（" + w.Risk + "）"
		}
		if got.Words != words {
			t.Errorf("%s: %q, want %q", m.Code, got.Words, words)
		}
		if got.Tested != (w.MK != nil) || got.Worsening != (w.Risk == "恶化") || got.Improving != (w.Risk == "改善") {
			t.Errorf("%s: tested %v worsening %v improving %v", m.Code, got.Tested, got.Worsening, got.Improving)
		}
		if (got.Ahead != nil) != got.Tested {
			t.Errorf("%s: forecast %v: %s", m.Code, got.Ahead, got.NoForecast)
		}
		if w.MK == nil {
			continue
		}
		near(m.Code+" S", got.MK.S, w.MK.S)
		near(m.Code+" Var", got.MK.Var, w.MK.Var)
		near(m.Code+" Z", got.MK.Z, w.MK.Z)
		near(m.Code+" p", got.MK.PTwo, w.MK.P)
		near(m.Code+" Sen", got.MK.Sen, *w.Sen)
	}
}

// Forecasts of the example stay where such a number can be, and every sentence
// is one sentence that names the indicator.
func TestSampleForecasts(t *testing.T) {
	p := samplePilot(t).Pilot
	for _, m := range p.Monitors.All() {
		got := trend.Of(p, m)
		s := got.Sentence(m)
		if !strings.HasPrefix(s, m.Code+" "+m.Name) || strings.Count(s, "。") != 1 || !strings.Contains(s, got.Status) {
			t.Errorf("%s: %q", m.Code, s)
		}
		t.Log(s)
		f := got.Ahead
		if f == nil {
			if !strings.Contains(s, "不作") {
				t.Errorf("%s: no forecast and no word of it: %q", m.Code, s)
			}
			continue
		}
		last := got.Months[got.N()-1]
		if len(f.Mean) != 3 || f.Periods[0] != trend.Period(last+1) {
			t.Errorf("%s: %d periods from %v", m.Code, len(f.Mean), f.Periods)
		}
		top := math.Inf(1)
		if m.Percent() {
			top = 100
		}
		if m.Fraction() {
			top = 1
		}
		for i := range f.Mean {
			if !(0 <= f.Low[i] && f.Low[i] <= f.Mean[i] && f.Mean[i] <= f.High[i] && f.High[i] <= top) {
				t.Errorf("%s %s: %g in [%g, %g]", m.Code, f.Periods[i], f.Mean[i], f.Low[i], f.High[i])
			}
		}
		if (m.Code == "M05") != (f.Filled > 0) {
			t.Errorf("%s: %d filled", m.Code, f.Filled)
		}
	}
}
