package intake_test

import (
	"math"
	"strings"
	"testing"

	"lianshao/app/intake"
	"lianshao/domain"
	"lianshao/domain/method"
)

const smallSystem = "层面|版本|权重算法|RI表|维度|维度权重|代码|指标|方向|权重\n"

// assessed is a pilot with one indicator system by 方根法, a scheme of three levels
// and, when used, a final round scored by them.
func assessed(t *testing.T, used bool) *domain.Pilot {
	t.Helper()
	p := domain.NewPilot()
	importBooks(t, p, ids(), book("甲.xlsx",
		lined("指标体系", smallSystem+"岗位|1|方根法|2005|A 权力|1|A1|自由裁量|正向|\n岗位|1|||A 权力||A2|监督|逆向|\n岗位|1|||A 权力||A3|后果|正向|"),
		lined("矩阵-岗位", "判断矩阵\n指标|A1 自由裁量|A2 监督|A3 后果\nA1 自由裁量|1|5|3\nA2 监督|1/5|1|1/5\nA3 后果|1/3|5|1"),
		lined("等级方案", "方案名称|版本|分级依据|等级|颜色|严重程度|下限|告知对象\n三级|1|风险指数|高|red|2|70|领导小组\n三级|1|风险指数|中|yellow|1|40|部门\n三级|1|风险指数|低|blue|0|0|本人"),
		lined("部门", "部门名称|部门负责人\n基建处|甲"), lined("风险点", "编号|部门|廉政风险点|可能性|影响程度\nJJ-01|基建处|变更|4|4")))
	if used {
		importBooks(t, p, ids(), book("乙.xlsx", lined("评估轮次", "轮次|评估名称|岗位指标版本|等级方案|方案版本|已定稿|评分人\n1|首次评估|1|三级|1|是|组长"),
			lined("评分", "轮次|评分人|编号|A1|A2|A3\n1|组长|JJ-01|4|2|5")))
	}
	return p
}

// lined is a sheet from lines of cells between bars.
func lined(name, text string) *intake.Sheet { return table(name, strings.Split(text, "\n")...) }

// The judgements count by the derivation and random indexes that the system names.
func TestMatricesByTheSystemsOwnDerivation(t *testing.T) {
	p := assessed(t, false)
	sys := p.SystemFor(domain.TargetPoint)
	want, err := method.AHP([][]float64{{1, 5, 3}, {0.2, 1, 0.2}, {1.0 / 3, 5, 1}}, method.AHPOptions{Method: method.Geometric, RI: method.RI2005})
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range want.Weights {
		if got := sys.Dimensions[0].Indicators[i].Weight; math.Abs(got-w) > 1e-12 {
			t.Errorf("weight %d: %v, want %v", i, got, w)
		}
	}
	if sys.Derivation != "方根法" || sys.RITable() != method.RI2005 {
		t.Errorf("derivation %s, RI %s", sys.Derivation, sys.RI)
	}
}

// What a round was computed by is not changed by an import: each sheet that tries is
// refused at a cell, with what to do; the same sheets without a change are the same.
func TestUsedVersionsAreNotChanged(t *testing.T) {
	for _, c := range []struct {
		name, cell, says string
		sheet            *intake.Sheet
	}{
		{"anchor", "G2", "已用于首次评估，不能再改（指标 A1 自由裁量：方向由正向改为逆向）", lined("指标体系", smallSystem+"岗位|1||||1|A1|自由裁量|逆向|\n岗位|1||||1|A2|监督|逆向|\n岗位|1||||1|A3|后果|正向|")},
		{"derivation", "G2", "第2版", lined("指标体系", smallSystem+"岗位|1|特征根法|||1|A1|自由裁量|正向|\n岗位|1||||1|A2|监督|逆向|\n岗位|1||||1|A3|后果|正向|")},
		{"matrix", "A2", "第2版", lined("矩阵-岗位", "判断矩阵\n指标|A1 自由裁量|A2 监督|A3 后果\nA1 自由裁量|1|7|3\nA2 监督|1/7|1|1/5\nA3 后果|1/3|5|1")},
		{"scheme", "D2", "写成 2", lined("等级方案", "方案名称|版本|分级依据|等级|颜色|严重程度|下限\n三级|1|风险指数|高|red|2|80\n三级|1|风险指数|中|yellow|1|40\n三级|1|风险指数|低|blue|0|0")},
		{"override", "C2", "写成 2", lined("提级条件", "方案名称|版本|提级条件|条件内容|不低于|至少定为\n三级|1|有查实的风险信息|||高")},
		{"score", "C2", "已定稿", lined("评分", "轮次|评分人|编号|A1|A2|A3\n1|组长|JJ-01|5|2|5")},
		{"rule", "A2", "已定稿", lined("评估轮次", "轮次|评分人|评分汇总\n1|组长|中位数")},
	} {
		p := assessed(t, true)
		pl := importBooks(t, p, ids(), book("改.xlsx", c.sheet))
		if n := len(pl.Changes.Changes); n != 0 {
			t.Errorf("%s: %d changes: %+v", c.name, n, pl.Changes.Changes[0].After)
		}
		errs := pl.Report.Files[0].Sheets[0].Errors
		if len(errs) != 1 || errs[0].Cell != c.cell || !strings.Contains(errs[0].Message, c.says) {
			t.Errorf("%s: %+v", c.name, errs)
		}
	}
}

// A version that gave no result yet, because its weights were missing, may be completed.
func TestUsedVersionWithoutWeightsMayBeCompleted(t *testing.T) {
	p := domain.NewPilot()
	importBooks(t, p, ids(), book("甲.xlsx", lined("指标体系", "层面|维度|维度权重|代码|指标|方向\n岗位|A 权力|1|A1|自由裁量|正向\n岗位|A 权力||A2|监督|逆向"),
		lined("部门", "部门名称|部门负责人\n基建处|甲"), lined("风险点", "编号|部门|廉政风险点|可能性|影响程度\nJJ-01|基建处|变更|4|4")))
	importBooks(t, p, ids(), book("乙.xlsx", lined("评分", "轮次|评分人|编号|A1|A2\n1|组长|JJ-01|4|2")))
	pl := importBooks(t, p, ids(), book("矩阵.xlsx", lined("矩阵-岗位", "判断矩阵\n指标|A1 自由裁量|A2 监督\nA1 自由裁量|1|3\nA2 监督|1/3|1")))
	if errs := pl.Report.Files[0].Sheets[0].Errors; len(errs) > 0 || !p.SystemFor(domain.TargetPoint).Weighted() {
		t.Errorf("%v", errs)
	}
}

// The columns of methods without an indicator system come back as scores.
func TestScoresOfOtherMethods(t *testing.T) {
	for method, marks := range map[string]string{
		"风险矩阵法": "轮次|评分人|编号|L 可能性|C 影响程度\n1|组长|JJ-01|4|5",
		"LEC 法": "轮次|评分人|编号|L 可能性 L|E 暴露频度 E|C 后果 C\n1|组长|JJ-01|6|5|4",
		"规则定级法": "轮次|评分人|编号|K 廉政风险种类数|X1 对权力行使有重大影响|X2 自由裁量无合理限制|X3 曾发生不廉洁问题\n1|组长|JJ-01|3|否|否|是",
	} {
		p := assessed(t, false)
		pl := importBooks(t, p, ids(), book("丙.xlsx", lined("评估轮次", "轮次|评估方法|评分人\n1|"+method+"|组长"), lined("第1轮评分", marks)))
		for _, s := range pl.Report.Files[0].Sheets {
			if len(s.Errors)+len(s.Warnings) > 0 {
				t.Errorf("%s %s: %v %v", method, s.Sheet, s.Errors, s.Warnings)
			}
		}
		if res := p.Assess(p.Round(1)); res == nil || !res.Points[0].Complete {
			t.Errorf("%s: no result", method)
		}
	}
}

// A form that lost its hidden mark, saved as .csv or copied into a new workbook, is
// numbered like a table without codes when nobody filled the column in; read again it
// finds its own points.
func TestAColumnOfCodesThatNobodyFilledIn(t *testing.T) {
	p := domain.NewPilot()
	sheet := func() *intake.Book {
		return book("财务处.csv", lined("财务处", "填报单位：财务处|||\n编号|风险类别|廉政风险点|表现形式\n|思想道德|审批|甲\n|岗位职责|验收|乙\n填表人：|||"))
	}
	pl := importBooks(t, p, ids(), sheet())
	if rep := pl.Report.Files[0].Sheets[0]; rep.New != 2 || len(rep.Errors) != 0 {
		t.Fatalf("%+v", rep)
	}
	for _, pt := range p.RiskPoints.All() {
		if pt.Code == "" {
			t.Errorf("%s has no code", pt.Name)
		}
	}
	if pl = importBooks(t, p, ids(), sheet()); len(pl.Changes.Changes) != 0 {
		t.Errorf("the second time changes %d records", len(pl.Changes.Changes))
	}
}
