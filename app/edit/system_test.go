package edit

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lianshao/app"
	"lianshao/domain"
)

// blank puts a draft without dimensions into the pilot.
func blank(p *domain.Pilot) domain.ID {
	s := &domain.IndicatorSystem{Name: "体系", Target: domain.TargetPoint, Version: 1, State: domain.SystemDraft}
	s.SetBase("s1", "测试")
	p.Systems.Put(s)
	return s.ID
}

func apply(p *domain.Pilot, cmd app.Command) error {
	cs, err := cmd.Plan(p)
	if err == nil {
		p.Apply(cs)
	}
	return err
}

// Whatever is added, deleted and moved, every matrix compares what its group holds,
// stays reciprocal, and gives weights that sum to 1.
func TestMatricesFollowTheirGroup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := domain.NewPilot()
		blank(p)
		sys := func() *domain.IndicatorSystem { return p.Systems.All()[0] }
		id := sys().ID
		for range rapid.IntRange(4, 25).Draw(t, "ops") {
			s := sys()
			at := Place{0, -1}
			if n := len(s.Dimensions); n > 0 {
				at.Dim = rapid.IntRange(0, n-1).Draw(t, "dim")
				at.Ind = rapid.IntRange(-1, len(s.Dimensions[at.Dim].Indicators)-1).Draw(t, "ind")
			}
			of := ""
			if at.Ind >= 0 {
				of = s.Dimensions[at.Dim].Code
			}
			var cmd app.Command
			switch rapid.IntRange(0, 6).Draw(t, "op") {
			case 0:
				cmd = AddDimension(id)
			case 1:
				cmd = AddIndicators(id, at.Dim, domain.Indicator{Name: "x"})
			case 2:
				cmd = DeleteFromSystem(id, at)
			case 3:
				cmd, _ = MoveInSystem(id, at, rapid.SampledFrom([]int{-1, 1}).Draw(t, "by"))
			case 4:
				cmd = AddExpert(id, of, "专家")
			case 5:
				cmd = SetSystemCells(id, SystemCell{at, SystemCode, fmt.Sprint("K", rapid.IntRange(0, 99).Draw(t, "code"))})
			default:
				cmd = SetJudgement(id, of, rapid.SampledFrom([]string{"", "专家"}).Draw(t, "expert"), 0, 1, rapid.SampledFrom([]string{"3", "1/5", "0.333"}).Draw(t, "value"))
			}
			_ = apply(p, cmd) // refusals are as good as changes here
			checkSystem(t, sys())
		}
	})
}

func checkSystem(t *rapid.T, s *domain.IndicatorSystem) {
	for _, m := range s.Matrices {
		labels := labelsOf(s, m.Of)
		if len(labels) != len(m.Values) || strings.Join(labels, "|") != strings.Join(m.Labels, "|") {
			t.Fatalf("matrix of %q compares %v, the group is %v", m.Of, m.Labels, labels)
		}
		for i := range m.Values {
			for k := range m.Values {
				if math.Abs(m.Values[i][k]*m.Values[k][i]-1) > 1e-9 {
					t.Fatalf("matrix of %q is not reciprocal: %v", m.Of, m.Values)
				}
			}
		}
		if m.Expert == "" && s.ByMatrix(m.Of) {
			sum := 0.0
			for _, w := range group(s, m.Of) {
				sum += *w
			}
			if math.Abs(sum-1) > 1e-9 {
				t.Fatalf("the weights of %q sum to %g", m.Of, sum)
			}
		}
	}
}

// A weight that a matrix gives is not typed over; one that is typed needs no matrix.
func TestTypedWeights(t *testing.T) {
	p := domain.NewPilot()
	id := blank(p)
	for _, cmd := range []app.Command{AddDimension(id), AddDimension(id), SetJudgement(id, "", "", 0, 1, "3")} {
		if err := apply(p, cmd); err != nil {
			t.Fatal(err)
		}
	}
	cell := SystemCell{Place{0, -1}, SystemWeight, "40%"}
	if err := apply(p, SetSystemCells(id, cell)); err == nil || !strings.Contains(app.Sentence(err), "判断矩阵") {
		t.Errorf("a weight from a matrix was typed over: %v", err)
	}
	if err := apply(p, TypeWeights(id)); err != nil {
		t.Fatal(err)
	}
	if err := apply(p, SetSystemCells(id, cell)); err != nil || p.Systems.All()[0].Dimensions[0].Weight != 0.4 {
		t.Errorf("40%% typed: %v, %g", err, p.Systems.All()[0].Dimensions[0].Weight)
	}
	for _, bad := range []string{"-1", "1.2", "一", "NaN"} {
		cell.Text = bad
		if err := apply(p, SetSystemCells(id, cell)); err == nil {
			t.Errorf("weight %q was taken", bad)
		}
	}
}
