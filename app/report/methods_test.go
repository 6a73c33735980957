package report_test

import (
	"fmt"
	"strings"
	"testing"

	"lianshao/app/report"
	"lianshao/app/report/draw"
	"lianshao/assets"
	"lianshao/domain"
)

// byMethod is a pilot with two rounds of the same method, scored by two assessors, and
// an effectiveness of the controls.
func byMethod(m domain.Method) report.Input {
	p := domain.NewPilot()
	unit := &domain.Unit{Base: domain.Base{ID: "u", Code: "基建处"}, Name: "基建处"}
	post := &domain.Post{Base: domain.Base{ID: "p", Code: "科长"}, Unit: domain.To("u"), Name: "科长"}
	sys := &domain.IndicatorSystem{Base: domain.Base{ID: "s", Code: "岗位-1"}, Name: "岗位", Target: domain.TargetPoint, Version: 1, Derivation: domain.DerivedTyped,
		Dimensions: []domain.Dimension{{Code: "A", Name: "权力", Weight: 1, Indicators: []domain.Indicator{{Code: "A1", Name: "裁量", Weight: 0.6}, {Code: "A2", Name: "监督", Weight: 0.4, Reverse: true}}}}}
	rule := domain.Rule{Method: m, Roll: domain.RollWeighted}
	scheme := domain.Preset(domain.LevelStyles[0], rule.Basis())
	scheme.ID = "l"
	scheme.Overrides = []domain.Override{{When: domain.TriggerCategory, Of: domain.Categories[0], Level: "红"}}
	for _, r := range []domain.Record{unit, post, sys, scheme} {
		p.Put(r)
	}
	for i := range 4 {
		id := domain.ID(fmt.Sprintf("pt%d", i))
		p.Put(&domain.RiskPoint{Base: domain.Base{ID: id, Code: fmt.Sprintf("JJ-%02d", i+1)}, Unit: domain.To("u"), Post: domain.To("p"), Name: "变更审批", Status: domain.PointActive,
			Category: domain.Categories[i%2], Likelihood: 3, Impact: i + 1})
	}
	for no := 1; no <= 2; no++ {
		a := &domain.Assessment{Base: domain.Base{ID: domain.ID(fmt.Sprintf("a%d", no))}, No: no, Name: fmt.Sprintf("第%d次", no), Rule: rule, PointSystem: domain.To("s"), Scheme: domain.To("l"),
			Assessors: []domain.Assessor{{No: 1, Name: "甲"}, {No: 2, Name: "乙"}}}
		p.Put(a)
		inds := p.SystemOf(a, domain.TargetPoint).Indicators()
		for i, pt := range p.RiskPoints.All() {
			r := &domain.Rating{Base: domain.Base{ID: domain.ID(fmt.Sprintf("r%d-%d", no, i))}, Assessment: domain.To(a.ID), Target: domain.TargetPoint, Subject: domain.To(pt.ID)}
			for w, who := range []string{"甲", "乙"} {
				row := domain.RatingRow{Assessor: who}
				for k := range inds {
					row.Marks = append(row.Marks, domain.Mark(1+(i+w+k+no)%int(inds[k].Highest())))
				}
				r.Rows = append(r.Rows, row)
			}
			p.Put(r)
			if i == 0 {
				p.Put(&domain.Effectiveness{Base: domain.Base{ID: domain.ID(fmt.Sprintf("e%d", no))}, Assessment: domain.To(a.ID), Point: domain.To(pt.ID), Value: 0.5})
			}
		}
	}
	return report.Input{Pilot: p, Before: p.Assess(p.Round(1)), Result: p.Assess(p.Round(2)), Today: "2026-11-26"}
}

// The six papers of an assessment print for a round of every method: under the name of
// the method's own value, without what the method does not have, with both ways of
// summing up; a paper that means nothing says so instead.
func TestPapersOfEveryMethod(t *testing.T) {
	m, err := draw.NewMetrics(assets.FontRegular, assets.FontBold)
	if err != nil {
		t.Fatal(err)
	}
	for _, method := range domain.Methods {
		in := byMethod(method)
		for _, id := range []string{"indicators", "ratings", "levels", "comparison", "indicator-check"} {
			p, _ := report.PaperByID(id)
			ok, why := p.Ready(in)
			if id == "indicator-check" && !in.Result.Round.Rule.Weighs() {
				if ok || !strings.Contains(why, method.Label()) {
					t.Errorf("%s %s: %v %s", method.Label(), id, ok, why)
				}
				continue
			}
			if !ok {
				t.Errorf("%s %s: %s", method.Label(), id, why)
				continue
			}
			pages, err := p.Pages(in, report.Options{}, m)
			if err != nil || len(pages) == 0 {
				t.Errorf("%s %s: %d pages, %v", method.Label(), id, len(pages), err)
			}
			all := pagesText(pages)
			if strings.Contains(all, "NaN") || strings.Contains(all, "（）") {
				t.Errorf("%s %s: %s", method.Label(), id, all)
			}
			for _, want := range wanted(id, in) {
				if !strings.Contains(all, want) {
					t.Errorf("%s %s lacks %q", method.Label(), id, want)
				}
			}
		}
	}
}

// wanted is what a paper must say.
func wanted(id string, in report.Input) []string {
	value := in.Result.Round.Rule.ValueName()
	switch id {
	case "ratings":
		return []string{value, in.Result.Round.Rule.Method.Label(), "肯德尔"}
	case "levels":
		return []string{value, "按影响程度加权平均", "最高的风险点", "提级条件", "剩余风险"}
	case "comparison":
		return []string{value, "等级迁移表", "措施效果表", "加权平均"}
	case "indicator-check":
		return []string{"指标间相关系数表", "敏感性分析表", "预警与查实信息对照表", "结论"}
	}
	return []string{"直接给定"}
}

func pagesText(pages []draw.Drawing) string {
	var out strings.Builder
	for i := range pages {
		for _, it := range pages[i].Items {
			if t, ok := it.(draw.Text); ok {
				out.WriteString(t.String)
			}
		}
	}
	return out.String()
}
