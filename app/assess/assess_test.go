package assess_test

import (
	"fmt"
	"strings"
	"testing"

	"lianshao/app"
	"lianshao/app/assess"
	"lianshao/domain"
	"lianshao/domain/method"
)

// bench is a pilot on which commands are done as the executor would.
type bench struct {
	*testing.T
	*domain.Pilot
	n int
}

func (b *bench) id() domain.ID { b.n++; return domain.ID(fmt.Sprintf("id%04d", b.n)) }

func (b *bench) do(cmd app.Command) {
	b.Helper()
	cs, err := cmd.Plan(b.Pilot)
	if err != nil {
		b.Fatal(app.Sentence(err))
	}
	b.Apply(cs)
}

func (b *bench) refused(cmd app.Command, want string) {
	b.Helper()
	_, err := cmd.Plan(b.Pilot)
	if err == nil || !strings.Contains(app.Sentence(err), want) {
		b.Errorf("%v, want %q", err, want)
	}
	if err != nil && app.CodeOf(err) == app.CodeIO {
		b.Errorf("no sentence for a person: %v", err)
	}
}

func newBench(t *testing.T) *bench {
	b := &bench{T: t, Pilot: domain.NewPilot()}
	b.Put(&domain.Unit{Base: domain.Base{ID: "u", Code: "基建处"}, Name: "基建处", Head: "王建国"})
	for i, title := range []string{"党委副书记兼纪委书记", "审计处处长", "基建处处长"} {
		b.Put(&domain.Member{Base: domain.Base{ID: b.id()}, Group: domain.GroupLeading, No: i + 1, Title: title})
	}
	for i := range 4 {
		b.Put(&domain.RiskPoint{Base: domain.Base{ID: domain.ID(fmt.Sprint("p", i+1)), Code: fmt.Sprint("JJ-", i+1)}, Unit: domain.To("u")})
	}
	return b
}

func draft() *domain.IndicatorSystem {
	return &domain.IndicatorSystem{Name: "岗位指标", Target: domain.TargetPoint, Dimensions: []domain.Dimension{
		{Code: "A", Name: "权力", Weight: .5, Indicators: []domain.Indicator{{Code: "A1", Name: "集中", Weight: 1}}},
		{Code: "B", Name: "控制", Weight: .5, Indicators: []domain.Indicator{{Code: "B1", Name: "制度", Weight: 1}}}}}
}

// From a draft through a round to the next version, as a person would do it.
func TestAWholeRound(t *testing.T) {
	b := newBench(t)
	b.do(assess.SaveSystem(draft(), b.id))
	sys := b.Systems.All()[0]
	b.do(assess.SetMatrix(sys.ID, domain.Matrix{Labels: []string{"A", "B"}, Values: [][]float64{{1, 3}, {1. / 3, 1}}}))
	sys = b.Systems.All()[0]
	if sys.Dimensions[0].Weight < .7499 || sys.Derivation != "特征根法" || sys.Version != 1 {
		t.Errorf("%+v", sys)
	}
	b.do(assess.DeriveWeights(sys.ID, method.AHPOptions{Method: method.Columns, RI: method.RI2005}))
	b.do(assess.MoveSystem(sys.ID, domain.SystemSubmitted, ""))
	b.refused(assess.SetMatrix(sys.ID, domain.Matrix{Labels: []string{"A", "B"}, Values: [][]float64{{1, 5}, {.2, 1}}}), "已提交审议")
	b.do(assess.MoveSystem(sys.ID, domain.SystemInForce, "2026-08-18"))
	b.do(assess.SaveScheme(domain.Preset(domain.LevelStyles[0], domain.BasisIndex), b.id))

	round := assess.NewRound(b.Pilot, "2026-08-25")
	if round.Name != "首次评估" || round.PointSystem.ID != sys.ID || len(round.Assessors) != 2 || round.Assessors[1].Name != "审计处处长" {
		t.Fatalf("%+v", round)
	}
	with := round.Clone().(*domain.Assessment)
	with.Assessors = append(with.Assessors, domain.Assessor{Name: "基建处处长"})
	b.refused(assess.SaveRound(with, b.id), "不参加评分")
	b.do(assess.SaveRound(round, b.id))
	round = b.Round(1)
	b.refused(assess.SaveSystem(b.Systems.All()[0], b.id), "已用于首次评估")
	scheme := b.Schemes.All()[0]
	b.refused(assess.SaveScheme(scheme, b.id), "请建一个新版本")

	for i := range 4 {
		r := &domain.Rating{Base: domain.Base{ID: b.id()}, Assessment: domain.To(round.ID), Target: domain.TargetPoint, Subject: domain.To(domain.ID(fmt.Sprint("p", i+1)))}
		for a, x := range round.Assessors {
			r.Rows = append(r.Rows, domain.RatingRow{Assessor: x.Name, Marks: []domain.Mark{domain.Mark(i + 1), domain.Mark(i + 1 + a)}})
		}
		b.Put(r)
	}
	changed := round.Clone().(*domain.Assessment)
	changed.Rule.Method = domain.MethodLEC
	b.refused(assess.SaveRound(changed, b.id), "等级按“危险性分值 D”划分")
	b.do(assess.SaveScheme(domain.Preset(domain.LevelStyles[0], domain.BasisLEC), b.id))
	changed.Scheme = domain.To(b.SchemeFor(domain.BasisLEC).ID)
	b.refused(assess.SaveRound(changed, b.id), "已有评分，不能换指标体系或评估方法")
	fewer := round.Clone().(*domain.Assessment)
	fewer.Assessors = fewer.Assessors[:1]
	b.refused(assess.SaveRound(fewer, b.id), "已有评分，不能去掉")
	median := round.Clone().(*domain.Assessment)
	median.Rule.Aggregate = domain.AggregateMedian
	b.do(assess.SaveRound(median, b.id))

	b.do(control(round.ID, ".5", "双人复核", b.id))
	b.do(control(round.ID, "25%", "双人复核", b.id))
	b.refused(control(round.ID, "1.5", "", b.id), "0（没有控制）到 1")
	if e, ok := b.EffectivenessOf(round, "p1"); !ok || e.Value != .25 || b.Effectivenesses.Len() != 1 {
		t.Errorf("%+v of %d", e, b.Effectivenesses.Len())
	}
	b.do(assess.FreezeRound(round.ID, true))
	b.refused(assess.SaveRound(round, b.id), "已定稿")

	id, cmd := assess.NextSystem(sys.ID, b.id)
	b.do(cmd)
	b.do(assess.EntropyWeights(id, b.Assess(b.Round(1))))
	next, _ := b.Systems.Get(id)
	if next.Version != 2 || next.Derivation != "熵权法（首次评估评分）" || !next.Weighted() || len(next.Matrices) != 0 {
		t.Errorf("%+v", next)
	}
	again := assess.NewRound(b.Pilot, "2026-10-20")
	if again.No != 2 || again.Name != "再评估" || again.Frozen || again.PointSystem.ID != sys.ID || again.Rule != median.Rule {
		t.Errorf("the second round is scored by the same version and rule: %+v", again)
	}
	made, cmd := assess.NextScheme(scheme.ID, b.id)
	b.do(cmd)
	if s, _ := b.Schemes.Get(made); s.Version != 2 || s.Based.ID != scheme.ID {
		t.Errorf("%+v", s)
	}
}

func TestRefusedDrafts(t *testing.T) {
	b := newBench(t)
	nameless := draft()
	nameless.Name = " "
	b.refused(assess.SaveSystem(nameless, b.id), "名称")
	b.do(assess.SaveSystem(draft(), b.id))
	sys := b.Systems.All()[0]
	b.refused(assess.SetMatrix(sys.ID, domain.Matrix{Labels: []string{"A", "B"}, Values: [][]float64{{1, 5}, {5, 1}}}), "互")
	b.refused(assess.GroupExperts(sys.ID, ""), "至少要 2 位")
	b.refused(assess.EntropyWeights(sys.ID, nil), "还没有评估结果")
	b.refused(assess.MoveSystem("nobody", domain.SystemSubmitted, ""), "已不存在")
	b.refused(assess.SaveRound(&domain.Assessment{No: 1, Name: "首次评估"}, b.id), "请为首次评估选一个预警等级方案")
}

func control(round domain.ID, value, reason string, newID app.IDs) app.Command {
	return assess.SetControls(round, []assess.Control{{Point: "p1", Reason: &reason}, {Point: "p1", Value: &value}}, newID)
}
