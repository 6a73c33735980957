package app

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lianshao/domain"
)

// oneRound is a pilot with one point scored by a rule.
func oneRound(rule domain.Rule, scheme *domain.LevelScheme, marks ...[]domain.Mark) (*domain.Pilot, *domain.RoundResult) {
	p := domain.NewPilot()
	sys := explainSystem()
	sys.ID, sys.Target, scheme.ID = "x", domain.TargetPoint, "s"
	round := &domain.Assessment{Base: domain.Base{ID: "a"}, No: 1, Name: "首次评估", Rule: rule, Scheme: domain.To("s"), PointSystem: domain.To("x")}
	r := &domain.Rating{Base: domain.Base{ID: "r"}, Assessment: domain.To("a"), Target: domain.TargetPoint, Subject: domain.To("p")}
	for i, row := range marks {
		name := fmt.Sprint("评分人", i+1)
		round.Assessors = append(round.Assessors, domain.Assessor{No: i + 1, Name: name})
		r.Rows = append(r.Rows, domain.RatingRow{Assessor: name, Marks: row})
	}
	for _, rec := range []domain.Record{sys, scheme, round, r, &domain.RiskPoint{Base: domain.Base{ID: "p", Code: "JJ-01"}, Category: "业务流程"}} {
		p.Put(rec)
	}
	return p, p.Assess(round)
}

func preset(style int, basis string) *domain.LevelScheme {
	return domain.Preset(domain.LevelStyles[style], basis)
}

func TestEveryMethodExplainsItself(t *testing.T) {
	type marks = []domain.Mark
	for _, c := range []struct {
		rule   domain.Rule
		scheme *domain.LevelScheme
		marks  []marks
		want   []string
	}{
		{domain.Rule{Method: domain.MethodMatrix}, preset(1, domain.BasisMatrix), []marks{{4, 5}, {3, 5}},
			[]string{"R＝可能性×影响程度＝3.50×5.00＝17.50，落在矩阵可能性 4、影响程度 5 这一格，等级“高”", "可能性：2人平均 3.5", "要降到“中”：把可能性由 3.5 降到 2，或者把影响程度由 5 降到 3。"}},
		{domain.Rule{Method: domain.MethodLEC}, preset(0, domain.BasisLEC), []marks{{6, 5, 3}},
			[]string{"D＝L×E×C＝6×6×7＝252，等级“橙”（160≤D＜320）", "要降到“黄”：把可能性 L由 6 降到 3，或者把暴露频度 E由 6 降到 3，或者把后果 C由 7 降到 3。"}},
		{domain.Rule{Method: domain.MethodFuzzy, Decide: domain.DecideGreatest}, preset(0, domain.BasisIndex), []marks{{5, 5, 1}, {5, 5, 1}, {5, 4, 2}},
			[]string{"隶属度最大的是 5 分（0.7667），S＝5", "等级“红”（I≥80）", "B1 制度：3人评分的隶属度 （0.000，0.000，0.000，0.333，0.667），总权重 0.4000", "要降到“橙”：A1 集中 的评分普遍降低 1 分。"}},
		{domain.Rule{Method: domain.MethodGrade}, preset(2, domain.BasisGrade), []marks{{0, 1, 2, 1}, {0, 1, 2, 1}, {0, 1, 1, 1}},
			[]string{"直接定为“一级”：自由裁量无合理限制。", "廉政风险种类数：1 种，按该岗位风险点的风险类别计", "自由裁量无合理限制：3人中 2 人答“是”，取“是”", "要降级，须消除：自由裁量无合理限制；消除后按种类数为“三级”。"}},
		{domain.Rule{Method: domain.MethodGrade}, preset(2, domain.BasisGrade), []marks{{3, 1, 1, 1}},
			[]string{"存在 3 种廉政风险，等级“二级”（3≤种类数＜5）", "要降到“三级”，廉政风险种类应少于 3 种。"}},
		{domain.Rule{Aggregate: domain.AggregateMedian}, preset(0, domain.BasisIndex), []marks{{5, 4, 2}, {5, 4, 2}, {1, 4, 2}},
			[]string{"A1 集中：3人中位数 5.0000", "S＝4.3000"}},
	} {
		p, res := oneRound(c.rule, c.scheme, c.marks...)
		e := ExplainPoint(p, res, res.Of("p"))
		got := strings.Join(e.Sentences(), "\n")
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%q not in\n%s", want, got)
			}
		}
		if len(e.Parts) != len(res.PointSys.Indicators()) || strings.Contains(got, "NaN") {
			t.Errorf("%+v\n%s", e.Parts, got)
		}
	}
}

func TestOverridesAreExplained(t *testing.T) {
	scheme := preset(0, domain.BasisIndex)
	scheme.Overrides = []domain.Override{{When: domain.TriggerCategory, Of: "业务流程", Level: "橙"}}
	p, res := oneRound(domain.Rule{}, scheme, []domain.Mark{1, 1, 5})
	got := strings.Join(ExplainPoint(p, res, res.Of("p")).Sentences(), "\n")
	for _, want := range []string{"I＝(S－1)÷4×100＝0.00，等级“蓝”（I＜40）", "按提级条件“风险类别为“业务流程””，由“蓝”提为“橙”。", "须先消除提级条件：风险类别为“业务流程”；消除后按分值为“蓝”"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q not in\n%s", want, got)
		}
	}
	// at the level by itself too: the way down names the condition
	p, res = oneRound(domain.Rule{}, scheme, []domain.Mark{4, 4, 2})
	if down := ExplainPoint(p, res, res.Of("p")).Down; !strings.Contains(down, "A1") || !strings.HasSuffix(down, "；并须消除提级条件：风险类别为“业务流程”。") {
		t.Error(down)
	}
	p.Put(&domain.Effectiveness{Base: domain.Base{ID: "e"}, Assessment: domain.To("a"), Point: domain.To("p"), Value: .4})
	if s := ExplainPoint(p, res, res.Of("p")).Residual; s != "控制有效性 E＝0.4，剩余风险＝75.00×(1－0.4)＝45.00，剩余等级“黄”。" {
		t.Error(s)
	}
}

var factorMoves = regexp.MustCompile(`由 [\d.]+ 降到 ([\d.]+)`)

// What the way down advises for a product of factors does lead to a milder level.
func TestFactorsLeadDown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lec := rapid.Bool().Draw(t, "lec")
		rule, scheme, tops := domain.Rule{Method: domain.MethodMatrix}, preset(rapid.IntRange(0, 3).Draw(t, "style"), domain.BasisMatrix), []int{5, 5}
		if lec {
			rule, scheme, tops = domain.Rule{Method: domain.MethodLEC}, preset(0, domain.BasisLEC), []int{7, 6, 6}
		}
		var rows [][]domain.Mark
		for range rapid.IntRange(1, 3).Draw(t, "raters") {
			var row []domain.Mark
			for _, top := range tops {
				row = append(row, domain.Mark(rapid.IntRange(1, top).Draw(t, "mark")))
			}
			rows = append(rows, row)
		}
		p, res := oneRound(rule, scheme, rows...)
		o := res.Of("p")
		down := ExplainPoint(p, res, o).Down
		if (down == "") != (o.Level.Severity == 0) {
			t.Fatalf("%v %s: %q", o.Means, o.Level.Label, down)
		}
		if down == "" || strings.Contains(down, "单靠一项不够") {
			return
		}
		x := &explained{p: p, res: res, sys: res.PointSys, o: &o.Outcome, point: o}
		for _, one := range strings.Split(down, "，或者") {
			values := append([]float64{}, o.Means...)
			m := factorMoves.FindStringSubmatch(one)
			var to float64
			fmt.Sscan(m[1], &to)
			for k, ind := range res.PointSys.Indicators() {
				if strings.Contains(one, ind.Name) {
					values[k] = to
				}
			}
			if l := x.product(values); l.Severity >= o.Level.Severity {
				t.Fatalf("%v %s: %q leads to %s", o.Means, o.Level.Label, down, l.Label)
			}
		}
	})
}

func TestConsensus(t *testing.T) {
	p := domain.NewPilot()
	scheme := preset(0, domain.BasisMatrix)
	scheme.ID = "s"
	round := &domain.Assessment{Base: domain.Base{ID: "a"}, No: 1, Rule: domain.Rule{Method: domain.MethodMatrix}, Scheme: domain.To("s"),
		Assessors: []domain.Assessor{{Name: "甲"}, {Name: "乙"}, {Name: "丙"}}}
	p.Put(scheme)
	p.Put(round)
	for i := range 9 {
		id := domain.ID(fmt.Sprint("p", i))
		p.Put(&domain.RiskPoint{Base: domain.Base{ID: id, Code: string(id)}})
		r := &domain.Rating{Base: domain.Base{ID: "r" + id}, Assessment: domain.To("a"), Target: domain.TargetPoint, Subject: domain.To(id)}
		for k, x := range round.Assessors {
			m := domain.Mark(1 + i/2)
			if i == 8 && k == 0 {
				m = domain.Abstained
			}
			r.Rows = append(r.Rows, domain.RatingRow{Assessor: x.Name, Marks: []domain.Mark{m, m}})
		}
		p.Put(r)
	}
	c := RoundConsensus(p, p.Assess(round))
	if c.Kendall.WCorrected != 1 || c.ICC.ICC2 < .999 || c.Fleiss.Kappa < .999 || c.Word() != "一致性好" || c.Kendall.Points != 8 {
		t.Errorf("%+v", c)
	}
	got := strings.Join(c.Sentences(), "\n")
	for _, want := range []string{"肯德尔 W＝1.0000（有并列校正，3 位评分人、8 个风险点", "ICC(2,1)＝1.0000", "Fleiss κ＝1.0000", "不是偶然", "另有 1 个风险点有人没评完"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q not in\n%s", want, got)
		}
	}
	lone := round.Clone().(*domain.Assessment)
	lone.Assessors = lone.Assessors[:1]
	c = RoundConsensus(p, p.Assess(lone))
	if c.NoKendall == "" || c.NoICC == "" || c.NoFleiss == "" || c.Word() != "" {
		t.Errorf("one assessor: %+v", c)
	}
}
