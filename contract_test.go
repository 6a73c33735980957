package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lianshao/cli"
)

// These tests read the program's answers as a script would, and compare them
// with testdata/sample/expected.json.

// program runs a verb and wants it to end with 0.
func program(t *testing.T, args ...string) []byte {
	t.Helper()
	var out, errs bytes.Buffer
	if code := cli.Run(args, strings.NewReader(""), &out, &errs, wire()); code != cli.ExitDone {
		t.Fatalf("%v: exit code %d: %s", args, code, &errs)
	}
	return out.Bytes()
}

type object map[string]any

func listed(t *testing.T, file, kind string) map[string]object {
	t.Helper()
	out := map[string]object{}
	for line := range strings.Lines(string(program(t, "list", file, "--kind", kind, "--json"))) {
		o := object{}
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatal(err)
		}
		out[o["code"].(string)] = o
	}
	return out
}

func expectedJSON(t *testing.T, into any) {
	t.Helper()
	data, err := os.ReadFile("testdata/sample/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

// fieldNames says where an answer's field stands in expected.json.
var fieldNames = map[string]string{"岗位": "post", "流程": "workflow_name", "步骤号": "step_no", "步骤": "step_name", "风险类别": "category",
	"可能性": "likelihood", "影响程度": "impact", "R": "matrix_score", "自评等级": "level", "等级": "level", "按口径应为": "matrix_level",
	"措施条数": "measure_count", "来源": "channels", "风险点": "name"}

func TestEveryFieldOfEveryPoint(t *testing.T) {
	var want struct {
		Files map[string]struct {
			Points map[string]object `json:"by_point"`
		}
	}
	expectedJSON(t, &want)
	file := filepath.Join(t.TempDir(), "试点.lianshao")
	program(t, "new", file, "--year", "2026")
	var books []string
	for _, name := range []string{"基建处-岗位廉政风险点自查表.xlsx", "设备和实验室管理处-廉政风险防控一览表.xlsx"} {
		books = append(books, name)
		program(t, "import", file, "assets/sample/"+name)
	}
	program(t, "import", file, "assets/sample/工作流程梳理表.xlsx", "assets/sample/部门职权目录.xlsx")
	got := listed(t, file, "riskpoint")
	if len(got) != 40 {
		t.Errorf("%d points, want 40", len(got))
	}
	for _, book := range books {
		for code, fields := range want.Files[book].Points {
			for name, value := range fields {
				key, ok := fieldNames[name]
				if !ok {
					t.Fatalf("no field for %s", name)
				}
				if g := got[code][key]; fmt.Sprint(g) != fmt.Sprint(value) {
					t.Errorf("%s %s: %v, want %v", code, name, g, value)
				}
			}
		}
	}
}

type score struct {
	Code       string
	Score, S   float64
	Level      string
	Severity   int
	Dims       map[string]float64
	N          map[string]int
	Indicators []struct {
		Code             string
		Mean, SD, Weight float64
	}
	Explanation []string
	MaxPoint    float64 `json:"max_point"`
}

type answer struct {
	Round     int
	Points    []score
	Posts     []score
	Units     []score
	Agreement struct {
		W    float64 `json:"kendall_w"`
		P    float64
		Chi2 float64
		DF   int
		N    int
	}
}

type wanted struct {
	Means    map[string]float64
	N        map[string]int
	Dim      map[string]float64
	S, Index float64
	Level    string
}

func TestAssessIsExact(t *testing.T) {
	var want struct {
		AHP struct {
			Global map[string]map[string]float64 `json:"global_weights"`
		}
		Scoring struct {
			First, Second struct {
				Points  map[string]wanted `json:"by_point"`
				Kendall struct {
					W, Chi2   float64
					DF, Items int
				} `json:"kendall_W"`
			}
			Department map[string]map[string]json.RawMessage
		}
	}
	expectedJSON(t, &want)
	file := filepath.Join(t.TempDir(), "示例.lianshao")
	program(t, "new", file, "--sample")
	for no, round := range []string{"first", "second"} {
		w := want.Scoring.First
		if no == 1 {
			w = want.Scoring.Second
		}
		var a answer
		if err := json.Unmarshal(program(t, "assess", file, "--round", fmt.Sprint(no+1), "--json"), &a); err != nil {
			t.Fatal(err)
		}
		if a.Round != no+1 || len(a.Points) != len(w.Points) || len(a.Units) != 2 || len(a.Posts) == 0 {
			t.Fatalf("round %d: %d points, %d units, %d posts", a.Round, len(a.Points), len(a.Units), len(a.Posts))
		}
		for _, p := range a.Points {
			same(t, round+" "+p.Code, p, w.Points[p.Code], want.AHP.Global["岗位"])
		}
		for _, u := range a.Units {
			var wu wanted
			if err := json.Unmarshal(want.Scoring.Department[u.Code][round], &wu); err != nil {
				t.Fatal(err)
			}
			same(t, round+" "+u.Code, u, wu, want.AHP.Global["部门"])
			var top float64
			if err := json.Unmarshal(want.Scoring.Department[u.Code]["max_point_"+round], &top); err != nil || !near(u.MaxPoint, top) {
				t.Errorf("%s: highest point %v, want %v %v", u.Code, u.MaxPoint, top, err)
			}
		}
		k := w.Kendall
		if g := a.Agreement; !near(g.W, k.W) || !near(g.Chi2, k.Chi2) || g.DF != k.DF || g.N != k.Items || g.P > 1e-9 {
			t.Errorf("%s agreement %+v, want %+v", round, g, k)
		}
	}
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-6 }

func same(t *testing.T, name string, g score, w wanted, weights map[string]float64) {
	t.Helper()
	if !near(g.Score, w.Index) || !near(g.S, w.S) || g.Level != w.Level {
		t.Errorf("%s: %v %v %s, want %v %v %s", name, g.Score, g.S, g.Level, w.Index, w.S, w.Level)
	}
	if i := slices.Index([]string{"蓝", "黄", "橙", "红"}, g.Level); g.Severity != i {
		t.Errorf("%s: severity %d of %s", name, g.Severity, g.Level)
	}
	if len(g.Indicators) != len(w.Means) || len(g.Explanation) < len(w.Means) {
		t.Errorf("%s: %d indicators, %d sentences", name, len(g.Indicators), len(g.Explanation))
	}
	for _, i := range g.Indicators {
		if !near(i.Mean, w.Means[i.Code]) || !near(i.Weight, weights[i.Code]) {
			t.Errorf("%s %s: mean %v weight %v, want %v %v", name, i.Code, i.Mean, i.Weight, w.Means[i.Code], weights[i.Code])
		}
		if i.SD < 0 || i.SD > 2.2 { // of seven marks from 1 to 5
			t.Errorf("%s %s: standard deviation %v", name, i.Code, i.SD)
		}
		if w.N != nil && g.N[i.Code] != w.N[i.Code] {
			t.Errorf("%s %s: %d marks, want %d", name, i.Code, g.N[i.Code], w.N[i.Code])
		}
	}
	for code, d := range w.Dim {
		if !near(g.Dims[code], d) {
			t.Errorf("%s %s: D %v, want %v", name, code, g.Dims[code], d)
		}
	}
}
