package assess

import (
	"strings"
	"testing"

	"lianshao/app/judge"
	"lianshao/domain"
)

// judged is a system of two dimensions with typed weights.
func judged() (*domain.Pilot, *domain.IndicatorSystem) {
	p := domain.NewPilot()
	s := &domain.IndicatorSystem{Name: "体系", Target: domain.TargetPoint, Version: 1, Approved: "2026-08-01", Derivation: domain.DerivedTyped, Dimensions: []domain.Dimension{
		{Code: "A", Name: "甲", Weight: 0.6, Indicators: []domain.Indicator{{Code: "A1", Name: "一", Weight: 0.5}, {Code: "A2", Name: "二", Weight: 0.3}, {Code: "A3", Name: "三", Weight: 0.2}}},
		{Code: "B", Name: "乙", Weight: 0.4, Indicators: []domain.Indicator{{Code: "B1", Name: "四", Weight: 1}}}}}
	s.SetBase("s1", "测试")
	p.Systems.Put(s)
	return p, s
}

func TestProposedVersion(t *testing.T) {
	p, s := judged()
	r := &judge.Report{System: s, Items: []judge.Item{{Code: "A1", Verdict: judge.Keep}, {Code: "A2", Verdict: judge.Merge, Twin: "A1"},
		{Code: "A3", Verdict: judge.Change, Reason: "标准偏在一头。"}, {Code: "B1", Verdict: judge.Remove}}}
	next, err := Propose(p, r)
	if err != nil {
		t.Fatal(err)
	}
	if next.Version != 2 || next.Based.ID != "s1" || p.StateOf(next) != domain.SystemDraft {
		t.Errorf("version %d on %s, %s", next.Version, next.Based.ID, p.StateOf(next))
	}
	if len(next.Dimensions) != 1 || len(next.Dimensions[0].Indicators) != 2 {
		t.Fatalf("what is left: %+v", next.Dimensions)
	}
	a := next.Dimensions[0].Indicators
	if a[0].Code != "A1" || a[0].Weight != 0.8 || !strings.Contains(a[0].Note, "并入 A2 二") || !strings.HasPrefix(a[1].Note, ToMend+"标准偏在一头") {
		t.Errorf("indicators %+v", a)
	}
	if err := next.Check(); err != nil {
		t.Error(err)
	}
	if s.Dimensions[0].Indicators[0].Note != "" {
		t.Error("the version in force was changed")
	}
}

func TestNothingToPropose(t *testing.T) {
	p, s := judged()
	for want, items := range map[string][]judge.Item{"全部保留": {{Code: "A1", Verdict: judge.Keep}}, "全部删除或合并": {{Code: "A1", Verdict: judge.Remove}}, "还没有指标检验的结果": nil} {
		if _, err := Propose(p, &judge.Report{System: s, Items: items}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
