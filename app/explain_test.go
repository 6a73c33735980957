package app

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lianshao/domain"
)

func explainSystem() *domain.IndicatorSystem {
	return &domain.IndicatorSystem{Dimensions: []domain.Dimension{
		{Code: "A", Name: "权力", Weight: 0.6, Indicators: []domain.Indicator{
			{Code: "A1", Name: "集中", Weight: 0.5}, {Code: "A2", Name: "裁量", Weight: 0.5}}},
		{Code: "B", Name: "控制", Weight: 0.4, Indicators: []domain.Indicator{{Code: "B1", Name: "制度", Weight: 1, Reverse: true}}},
	}}
}

var explainScheme = &domain.LevelScheme{Levels: []domain.Level{{Label: "红", Severity: 3, Min: 80}, {Label: "橙", Severity: 2, Min: 60},
	{Label: "黄", Severity: 1, Min: 40}, {Label: "蓝", Severity: 0}}}

// at gives the outcome of the means A1, A2, B1.
func at(means []float64) *domain.Outcome {
	o := &domain.Outcome{Means: means, Counts: []int{7, 7, 7}, Complete: true}
	o.Dims = []float64{(means[0] + means[1]) / 2, 6 - means[2]}
	o.S = 0.6*o.Dims[0] + 0.4*o.Dims[1]
	o.Index = (o.S - 1) / 4 * 100
	o.Level, _ = explainScheme.LevelOf(o.Index)
	return o
}

func TestExplainShowsTheSum(t *testing.T) {
	got := strings.Join(Explain(explainSystem(), explainScheme, at([]float64{5, 4, 2})), "\n")
	for _, want := range []string{"S＝4.3000", "I＝(S－1)÷4×100＝82.50，等级“红”（I≥80）", "维度A 权力：D＝4.5000，权重 0.6000，贡献 2.7000",
		"A1 集中：7人平均 5.0000，总权重 0.3000，贡献 1.5000", "B1 制度：7人平均 2.0000，逆向换算 6－2.0000＝4.0000，总权重 0.4000，贡献 1.6000",
		"要降到“橙”，风险指数应低于 80，即 S 至少降低 0.1000：把 B1 制度 的平均分提高 0.26 以上"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q not in\n%s", want, got)
		}
	}
}

func TestExplainNamesMissingMarks(t *testing.T) {
	o := at([]float64{5, 4, 2})
	o.Complete, o.Counts = false, []int{7, 0, 7}
	if got := Explain(explainSystem(), explainScheme, o); len(got) != 1 || !strings.Contains(got[0], "A2 裁量还没有有效评分") {
		t.Errorf("%v", got)
	}
}

func TestMildestLevelNeedsNoWayDown(t *testing.T) {
	if s := wayDown(explainSystem(), explainScheme, at([]float64{1, 1, 5})); s != "" {
		t.Errorf("%s", s)
	}
}

var moves = regexp.MustCompile(`把 (\S+) \S+ 的平均分(降低|提高) ([\d.]+) 以上`)

// What the way down advises does lead to a milder level, each single advice for itself.
func TestWayDownLeadsDown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mean := rapid.Float64Range(1, 5)
		means := []float64{mean.Draw(t, "A1"), mean.Draw(t, "A2"), mean.Draw(t, "B1")}
		o := at(means)
		advice := wayDown(explainSystem(), explainScheme, o)
		if o.Level.Severity == 0 {
			return
		}
		if strings.Contains(advice, "单靠一项不够") {
			follow(t, o, advice)
			return
		}
		for _, one := range strings.Split(advice, "，或者") {
			follow(t, o, one)
		}
	})
}

func follow(t *rapid.T, o *domain.Outcome, advice string) {
	means := append([]float64{}, o.Means...)
	found := moves.FindAllStringSubmatch(advice, -1)
	if len(found) == 0 {
		t.Fatalf("no advice in %q", advice)
	}
	for _, m := range found {
		by, err := strconv.ParseFloat(m[3], 64)
		if err != nil {
			t.Fatal(err)
		}
		if m[2] == "降低" {
			by = -by
		}
		i := map[string]int{"A1": 0, "A2": 1, "B1": 2}[m[1]]
		means[i] += by
		if means[i] < 1-1e-9 || means[i] > 5+1e-9 {
			t.Fatalf("%s leads to a mean of %f", advice, means[i])
		}
	}
	if after := at(means); after.Level.Severity >= o.Level.Severity {
		t.Fatalf("%s leads from %f to %f: %s", fmt.Sprint(o.Means), o.Index, after.Index, advice)
	}
}
