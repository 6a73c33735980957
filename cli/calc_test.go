package cli

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
)

// calc runs a method and reads its answer back as a JSON object.
func calc(t *testing.T, method, in string) map[string]any {
	t.Helper()
	out, err := Calc(method, []byte(in))
	if err != nil {
		t.Fatalf("%s %s: %v", method, in, err)
	}
	data, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

const drinks = `[[9,5,2,1,1,"1/2"],["1/3","1/9","1/9","1/9","1/9"],["1/3",0.25,"1/3","1/9"],["1/2",1,"1/3"],[2,"1/2"],["1/3"]]`

// Every method answers with exactly the promised keys, and one number of each is known.
func TestCalcAnswers(t *testing.T) {
	sleep := `{"x":[0.7,-1.6,-0.2,-1.2,-0.1,3.4,3.7,0.8,0.0,2.0],"y":[1.9,0.8,1.1,0.1,-0.1,4.4,5.5,1.6,4.6,3.4]}`
	for _, c := range []struct {
		method, in, keys, key string
		want, tol             float64
	}{
		{"ahp", `{"upper":` + drinks + `}`, "ci consistent cr lambda_max weights worst", "lambda_max", 7.17663, 5e-6},
		{"ahp", `{"labels":["a","b","c","d","e","f","g"],"upper":` + drinks + `,"method":"geometric","ri":"2005"}`,
			"ci consistent cr lambda_max weights worst", "cr", .0218, 1e-3},
		{"ahp", `{"upper":[[1,2],["1/2",1]]}`, "ci consistent cr lambda_max weights worst", "lambda_max", 2, 1e-9},
		{"ahp", `{"upper":[[3]]}`, "ci consistent cr lambda_max weights worst", "cr", 0, 0},
		{"ahp", `{"upper":[]}`, "ci consistent cr lambda_max weights worst", "lambda_max", 1, 1e-12},
		{"weighted", `{"weights":[0.2,0.5,0.3],"rows":[[88,99,100]]}`, "scores", "", 0, 0},
		{"fuzzy", `{"weights":[0.5,0.5],"matrix":[[1,0],[0.2,0.8]],"operator":"weighted"}`, "best vector", "best", 0, 0},
		{"kendall", `{"raters":[[1,2,3],[1,3,2]]}`, "chi2 df p w w_corrected", "w", .75, 1e-12},
		{"icc", `{"rows":[[9,2,5,8],[6,1,3,2],[8,4,6,8],[7,1,2,6],[10,5,6,9],[6,2,4,7]]}`,
			"icc1 icc1k icc2 icc2k icc3 icc3k", "icc2", .2898, 5e-5},
		{"fleiss", `{"counts":[[3,0],[0,3],[2,1]]}`, "kappa p_bar p_e", "p_bar", 7. / 9, 1e-12},
		{"cronbach", `{"items":[[1,2,2,3,2,2,3,3,2,3],[1,1,1,2,3,3,2,3,3,3],[1,1,2,1,2,3,3,3,2,3]]}`,
			"alpha if_deleted", "alpha", .7734, 5e-5},
		{"discrimination", `{"high":"9/11","low":"3/11"}`, "d level", "d", .545454, 1e-6},
		{"discrimination", `{"high":[1,1,1,0],"low":[0,0,1,0]}`, "d level", "d", .5, 1e-12},
		{"wilcoxon", sleep, "p_one p_two v", "p_two", .009091, 5e-7},
		{"ttest", sleep, "df p t", "t", -4.0621, 5e-5},
		{"mannkendall", `{"values":[12.9,14.8,13.2,15.7,13.8,15.6,12.9,11.0,17.3,15.9,19.0,18.3,20.1,21.7]}`,
			"p_one s sen_slope var z", "z", 2.9058, 5e-5},
		{"ewma", `{"values":[52,47,53],"lambda":0.3,"target":50,"sigma":2.0539}`, "alarms ewma lcl ucl", "", 0, 0},
		{"lec", `{"l":6,"e":6,"c":7}`, "d level", "d", 252, 0},
		{"matrix", `{"likelihood":3,"impact":5}`, "level score", "score", 15, 0},
		{"residual", `{"inherent":25,"effectiveness":0.76}`, "residual", "residual", 6, 1e-12},
	} {
		m := calc(t, c.method, c.in)
		var keys []string
		for k := range m {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		if got := strings.Join(keys, " "); got != c.keys {
			t.Errorf("%s: keys %s, want %s", c.method, got, c.keys)
		}
		if got, ok := m[c.key].(float64); c.key != "" && (!ok || math.Abs(got-c.want) > c.tol) {
			t.Errorf("%s: %s = %v, want %g", c.method, c.key, m[c.key], c.want)
		}
	}
}

func TestCalcNamesTheWorstJudgement(t *testing.T) {
	m := calc(t, "ahp", `{"labels":["权力","制度","后果","资金"],"upper":[[2,4,9],[2,4],[2]]}`)
	worst := m["worst"].(map[string]any)
	labels := worst["labels"].([]any)
	if labels[0] != "权力" || labels[1] != "资金" || worst["nearest"] != "8" || math.Abs(worst["mend"].(float64)-8) > 1e-9 {
		t.Errorf("worst = %v, want 权力 against 资金 mended to 8", worst)
	}
	if m := calc(t, "ahp", `{"upper":[[2,4],[2]]}`); m["worst"] != nil || m["consistent"] != true {
		t.Errorf("a consistent matrix has no worst judgement: %v", m)
	}
}

func TestCalcEmptyListsAreLists(t *testing.T) {
	m := calc(t, "ewma", `{"values":[50],"target":50,"sigma":1}`)
	if alarms, ok := m["alarms"].([]any); !ok || len(alarms) != 0 {
		t.Errorf("alarms = %v, want []", m["alarms"])
	}
	m = calc(t, "cronbach", `{"items":[[1,2,3],[1,3,3]]}`)
	if d := m["if_deleted"].([]any); len(d) != 2 || d[0] != nil {
		t.Errorf("if_deleted = %v, want two nulls", d)
	}
}

// Bad input: one sentence that names the field (or, before any field, the fault).
func TestCalcRefuses(t *testing.T) {
	for _, c := range []struct{ method, in, names string }{
		{"nosuch", `{}`, "nosuch"},
		{"lec", ``, "没有输入"},
		{"lec", `[1,2]`, "JSON 对象"},
		{"lec", `{"l":1,"e":1,"c":1`, "JSON"},
		{"lec", `{"l":1,"e":1,"c":}`, "JSON"},
		{"lec", `{"l":1,"e":1,"c":1} x`, "多余"},
		{"lec", `{"l":1,"e":1}`, "输入项 c"},
		{"lec", `{"l":1,"e":1,"c":1,"d":1}`, "输入项 d"},
		{"lec", `{"l":1,"L":1,"e":1,"c":1}`, "输入项 L"},
		{"lec", `{"l":1,"l":2,"e":1,"c":1}`, "输入项 l"},
		{"lec", `{"l":"6","e":1,"c":1}`, "输入项 l"},
		{"lec", `{"l":null,"e":1,"c":1}`, "输入项 l"},
		{"lec", `{"l":NaN,"e":1,"c":1}`, "输入项 l"},
		{"lec", `{"l":1e999,"e":1,"c":1}`, "输入项 l"},
		{"lec", `{"l":-1,"e":1,"c":1}`, "输入项 l"},
		{"matrix", `{"likelihood":6,"impact":1}`, "输入项 likelihood"},
		{"mannkendall", `{"values":[1,2,NaN,4,5]}`, "输入项 values"},
		{"mannkendall", `{"values":[1,2,-Infinity,4,5]}`, "输入项 values"},
		{"mannkendall", `{"values":[1,2,"NaN",4,5]}`, "输入项 values"},
		{"mannkendall", `{"values":[1,2,null,4,5]}`, "输入项 values"},
		{"mannkendall", `{"values":[]}`, "输入项 values"},
		{"mannkendall", `{"values":3}`, "输入项 values"},
		{"weighted", `{"weights":[0.5,0.4],"rows":[[1,2]]}`, "输入项 weights"},
		{"weighted", `{"weights":[0.5,0.5],"rows":[[1,2],[3]]}`, "输入项 rows"},
		{"weighted", `{"weights":[0.5,0.5],"rows":[1,2]}`, "输入项 rows"},
		{"fuzzy", `{"weights":[0.5,0.4],"matrix":[[1],[1]]}`, "输入项 weights"},
		{"fuzzy", `{"weights":[1],"matrix":[[1]],"operator":"max"}`, "输入项 operator"},
		{"fuzzy", `{"weights":[1],"matrix":[[1]],"operator":3}`, "输入项 operator"},
		{"kendall", `{"raters":[[1,2,3]]}`, "输入项 raters"},
		{"kendall", `{"raters":[[1,2,3],[1,2]]}`, "输入项 raters"},
		{"icc", `{"rows":[[3,3],[3,3]]}`, "输入项 rows"},
		{"fleiss", `{"counts":[[1,1],[1,2]]}`, "输入项 counts"},
		{"cronbach", `{"items":[[1,2,3]]}`, "输入项 items"},
		{"discrimination", `{"high":1.5,"low":0}`, "输入项 high"},
		{"discrimination", `{"high":[],"low":0}`, "输入项 high"},
		{"wilcoxon", `{"x":[1,2],"y":[1]}`, "输入项 y"},
		{"ttest", `{"x":[1,2],"y":[0,1]}`, "输入项 x"},
		{"ewma", `{"values":[1],"lambda":2,"target":0,"sigma":1}`, "输入项 lambda"},
		{"ewma", `{"values":[1],"lambda":0.3,"target":0,"sigma":0}`, "输入项 sigma"},
		{"residual", `{"inherent":5,"effectiveness":2}`, "输入项 effectiveness"},
		{"ahp", `{"upper":[[1,2],[2,1]]}`, "输入项 upper"},
		{"ahp", `{"upper":[[1,2],[3,4]]}`, "输入项 upper"},
		{"ahp", `{"upper":[[1,2],[3],[4]]}`, "输入项 upper"},
		{"ahp", `{"upper":[["1/0"]]}`, "输入项 upper"},
		{"ahp", `{"upper":[["多"]]}`, "输入项 upper"},
		{"ahp", `{"upper":[[NaN]]}`, "输入项 upper"},
		{"ahp", `{"upper":[[3]],"labels":["a"]}`, "输入项 labels"},
		{"ahp", `{"upper":[[3]],"labels":["a",2]}`, "输入项 labels"},
		{"ahp", `{"upper":[[3]],"method":"magic"}`, "输入项 method"},
		{"ahp", `{"upper":[[3]],"ri":2005}`, "输入项 ri"},
	} {
		out, err := Calc(c.method, []byte(c.in))
		if err == nil {
			t.Errorf("%s %s: answered %+v", c.method, c.in, out)
			continue
		}
		text := err.Error()
		if !strings.Contains(text, c.names) || strings.Count(text, "。") != 1 || !strings.HasSuffix(text, "。") {
			t.Errorf("%s %s: %q should be one sentence with %q", c.method, c.in, text, c.names)
		}
	}
}

// A NaN inside a string is only a word.
func TestCalcLeavesWordsAlone(t *testing.T) {
	m := calc(t, "ahp", `{"labels":["NaN \" inf","Infinity"],"upper":[[3]]}`)
	if m["cr"] != 0.0 {
		t.Errorf("%v", m)
	}
}

func FuzzCalc(f *testing.F) {
	for _, m := range CalcMethods() {
		f.Add(m, `{"values":[1,2,3,4],"x":[1,2],"y":[2,1],"upper":[[3]]}`)
	}
	f.Add("lec", `{"l":1,"e":1,"c":1}`)
	f.Add("ahp", `{"upper":`+drinks+`}`)
	f.Fuzz(func(t *testing.T, method, in string) {
		out, err := Calc(method, []byte(in))
		if err != nil {
			return
		}
		if _, err := json.Marshal(out); err != nil { // a NaN got through
			t.Errorf("%s %s: %v", method, in, err)
		}
	})
}
