package cli

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// sound is an input that each method answers.
var sound = map[string]string{
	"ahp":            `{"upper":[[3,5],[2]]}`,
	"weighted":       `{"weights":[0.5,0.5],"rows":[[3,5],[2,4]]}`,
	"fuzzy":          `{"weights":[0.5,0.5],"matrix":[[1,0],[0.2,0.8]]}`,
	"kendall":        `{"raters":[[1,2,3],[1,3,2]]}`,
	"icc":            `{"rows":[[9,2],[6,1],[8,4]]}`,
	"fleiss":         `{"counts":[[3,0],[0,3],[2,1]]}`,
	"cronbach":       `{"items":[[1,2,2],[1,1,3]]}`,
	"discrimination": `{"high":[1,1,0],"low":[0,0,1]}`,
	"wilcoxon":       `{"x":[1,2,5],"y":[2,4,4]}`,
	"ttest":          `{"x":[1,2,5],"y":[2,4,4]}`,
	"mannkendall":    `{"values":[1,3,2,5]}`,
	"ewma":           `{"values":[52,47],"lambda":0.3,"target":50,"sigma":2}`,
	"lec":            `{"l":6,"e":6,"c":7}`,
	"matrix":         `{"likelihood":3,"impact":5}`,
	"residual":       `{"inherent":25,"effectiveness":0.5}`,
}

var firstNumber = regexp.MustCompile(`[\[:](-?[0-9.]+)`)

// spoil puts text in the place of the first number of an input.
func spoil(in, text string) string {
	at := firstNumber.FindStringSubmatchIndex(in)
	return in[:at[2]] + text + in[at[3]:]
}

// Whatever is put in the place of a number, every method answers with one sentence that
// names the field and says what to do.
func TestCalcEveryMethodRefusesNonsense(t *testing.T) {
	for _, method := range CalcMethods() {
		in, ok := sound[method]
		if !ok {
			t.Errorf("%s has no sound input here", method)
			continue
		}
		if _, err := Calc(method, []byte(in)); err != nil {
			t.Errorf("%s %s: %v", method, in, err)
		}
		for _, bad := range []string{"NaN", "Infinity", "-Infinity", "1e400", "null", `"很多"`, "[]", "{}", "true"} {
			refusedInOneSentence(t, method, spoil(in, bad))
		}
		refusedInOneSentence(t, method, `{}`)
	}
}

func refusedInOneSentence(t *testing.T, method, in string) {
	t.Helper()
	out, err := Calc(method, []byte(in))
	if err == nil {
		t.Errorf("%s %s: answered %+v", method, in, out)
		return
	}
	text := err.Error()
	if strings.Count(text, "。") != 1 || !strings.HasSuffix(text, "。") || !strings.Contains(text, "输入项 ") || utf8.RuneCountInString(text) > 90 {
		t.Errorf("%s %s: %q", method, in, text)
	}
}

// What the numbers are wrong in: negative, off the scale, ragged, all alike, one
// assessor, no scores at all.
func TestCalcRefusesWhatCannotBeComputed(t *testing.T) {
	for _, c := range []struct{ method, in string }{
		{"ahp", `{"upper":[[-3,5],[2]]}`}, {"ahp", `{"upper":[[3,5],[2,4]]}`}, {"ahp", `{"upper":[[0]]}`},
		{"weighted", `{"weights":[-0.5,1.5],"rows":[[3,5]]}`}, {"weighted", `{"weights":[0.5,0.5],"rows":[[3,5],[2]]}`}, {"weighted", `{"weights":[],"rows":[]}`},
		{"fuzzy", `{"weights":[0.5,0.5],"matrix":[[-0.1,1],[0.2,0.8]]}`}, {"fuzzy", `{"weights":[0.5,0.5],"matrix":[[1],[0.2,0.8]]}`}, {"fuzzy", `{"weights":[0.5,0.5],"matrix":[]}`},
		{"kendall", `{"raters":[[1,2,3]]}`}, {"kendall", `{"raters":[]}`}, {"kendall", `{"raters":[[3,3,3],[3,3,3]]}`}, {"kendall", `{"raters":[[1,2,3],[1,2]]}`}, {"kendall", `{"raters":[[],[]]}`},
		{"icc", `{"rows":[[9],[6],[8]]}`}, {"icc", `{"rows":[]}`}, {"icc", `{"rows":[[3,3],[3,3]]}`}, {"icc", `{"rows":[[9,2],[6]]}`},
		{"fleiss", `{"counts":[[1,0],[0,1]]}`}, {"fleiss", `{"counts":[]}`}, {"fleiss", `{"counts":[[-1,4],[0,3]]}`}, {"fleiss", `{"counts":[[3,0],[0,2]]}`}, {"fleiss", `{"counts":[[3,0],[3,0]]}`},
		{"cronbach", `{"items":[[1,2,3]]}`}, {"cronbach", `{"items":[[3,3,3],[3,3,3]]}`}, {"cronbach", `{"items":[[1,2],[1,2,3]]}`}, {"cronbach", `{"items":[]}`},
		{"discrimination", `{"high":-0.1,"low":0.5}`}, {"discrimination", `{"high":6,"low":1}`}, {"discrimination", `{"high":[],"low":[]}`},
		{"wilcoxon", `{"x":[1,2],"y":[1,2]}`}, {"wilcoxon", `{"x":[],"y":[]}`}, {"wilcoxon", `{"x":[1,2],"y":[1]}`},
		{"ttest", `{"x":[1,2,3],"y":[0,1,2]}`}, {"ttest", `{"x":[1],"y":[2]}`}, {"ttest", `{"x":[],"y":[]}`},
		{"mannkendall", `{"values":[]}`}, {"mannkendall", `{"values":[1,2]}`},
		{"ewma", `{"values":[],"lambda":0.3,"target":0,"sigma":1}`}, {"ewma", `{"values":[1],"lambda":0.3,"target":0,"sigma":-1}`},
		{"lec", `{"l":-6,"e":6,"c":7}`}, {"lec", `{"l":6,"e":6,"c":1000}`}, {"matrix", `{"likelihood":6,"impact":5}`}, {"matrix", `{"likelihood":-1,"impact":5}`},
		{"residual", `{"inherent":-5,"effectiveness":0.5}`}, {"residual", `{"inherent":5,"effectiveness":-0.5}`},
	} {
		refusedInOneSentence(t, c.method, c.in)
	}
}
