package intake_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"lianshao/domain"
	"lianshao/domain/method"
)

const (
	selfCheck = "基建处-岗位廉政风险点自查表.xlsx"
	register  = "设备和实验室管理处-廉政风险防控一览表.xlsx"
)

// Every field of every risk point of the two first forms, before any revision.
func TestSampleRiskPoints(t *testing.T) {
	p := domain.NewPilot()
	newID := ids()
	for _, n := range []string{inOrder[0], inOrder[1], inOrder[2], inOrder[3]} {
		importBooks(t, p, newID, sampleBook(t, n))
	}
	want := expected(t)
	if p.RiskPoints.Len() != 40 {
		t.Errorf("%d risk points, want 40", p.RiskPoints.Len())
	}
	for file, unit := range map[string]string{selfCheck: "基建处", register: "设备和实验室管理处"} {
		for code, fields := range dig(want, "files", file, "by_point").(map[string]any) {
			pt, ok := p.RiskPoints.ByKey(code)
			if !ok {
				t.Errorf("%s is missing", code)
				continue
			}
			if got := p.NameOf(domain.KindUnit, pt.Unit); got != unit {
				t.Errorf("%s: unit %q", code, got)
			}
			comparePointFields(t, p, pt, fields.(map[string]any))
		}
		n := 0
		for _, m := range p.Measures.All() {
			if pt, ok := p.RiskPoints.Get(m.Point.ID); ok && p.NameOf(domain.KindUnit, pt.Unit) == unit {
				n++
			}
		}
		if total := dig(want, "files", file, "measures_total").(float64); n != int(total) {
			t.Errorf("%s: %d measures, want %v", unit, n, total)
		}
	}
}

func comparePointFields(t *testing.T, p *domain.Pilot, pt *domain.RiskPoint, want map[string]any) {
	t.Helper()
	_, step, ok := p.StepOf(pt.Step.ID)
	if !ok {
		t.Errorf("%s: step %q is not linked", pt.Code, pt.Step.Text)
		return
	}
	if pt.Post.ID == "" {
		t.Errorf("%s: post %q is not linked", pt.Code, pt.Post.Text)
	}
	got := map[string]any{
		"岗位": p.NameOf(domain.KindPost, pt.Post), "流程": p.NameOf(domain.KindWorkflow, pt.Workflow),
		"步骤号": float64(step.No), "步骤": step.Name, "风险类别": pt.Category, "风险点": pt.Name,
		"可能性": float64(pt.Likelihood), "影响程度": float64(pt.Impact), "R": float64(pt.MatrixScore()),
		"自评等级": pt.SelfLevel, "等级": pt.SelfLevel, "措施条数": float64(len(p.Measures.By(domain.ByPoint, pt.ID))),
	}
	for field, w := range want {
		switch field {
		case "按口径应为":
		case "来源":
			var channels []string
			for _, c := range w.([]any) {
				channels = append(channels, c.(string))
			}
			if !slices.Equal(channels, pt.Channels) {
				t.Errorf("%s: channels %v, want %v", pt.Code, pt.Channels, channels)
			}
		default:
			g, known := got[field]
			if !known {
				t.Errorf("field %s is not compared", field)
			} else if g != w {
				t.Errorf("%s %s: %v, want %v", pt.Code, field, g, w)
			}
		}
	}
}

func TestSampleDueDates(t *testing.T) {
	p, _ := samplePilot(t)
	for code, want := range map[string]domain.Due{
		"JJ-01": {Date: "2026-09-30", Text: "2026年9月底"}, "JJ-02": {Date: "2026-09-20"}, "JJ-03": {Date: "2026-09-15"},
		"JJ-04": {Date: "2026-09-30", Text: "9月下旬"}, "JJ-06": {Text: "每次招标前"}, "JJ-07": {Date: "2026-09-20"},
		"JJ-11": {Text: "长期"}, "JJ-12": {Date: "2026-09-10", Text: "9月上旬"}, "SB-21": {Date: "2026-12-31", Text: "2026年12月"},
	} {
		if pt, _ := p.RiskPoints.ByKey(code); pt == nil || pt.Due != want {
			t.Errorf("%s: %+v, want %+v", code, pt.Due, want)
		}
	}
}

func TestSampleWorkflows(t *testing.T) {
	p, _ := samplePilot(t)
	flows := dig(expected(t), "files", "工作流程梳理表.xlsx", "workflows").(map[string]any)
	if p.Workflows.Len() != len(flows) {
		t.Errorf("%d workflows, want %d", p.Workflows.Len(), len(flows))
	}
	steps := 0
	for _, w := range p.Workflows.All() {
		steps += len(w.Steps)
		want, ok := flows[w.Code].(map[string]any)
		if !ok {
			t.Errorf("workflow %s %s is not in the sample", w.Code, w.Name)
			continue
		}
		if w.Name != want["名称"] || p.NameOf(domain.KindUnit, w.Unit) != want["部门"] || float64(len(w.Steps)) != want["steps"] {
			t.Errorf("%s: %s, %s, %d steps; want %v", w.Code, w.Name, p.NameOf(domain.KindUnit, w.Unit), len(w.Steps), want)
		}
		compareGraph(t, w, want)
	}
	if steps != 114 {
		t.Errorf("%d steps, want 114", steps)
	}
	flow, _ := p.Workflows.Get(p.Workflows.By(domain.ByName, "SL1")[0].ID)
	s := flow.StepNo(5)
	if s.Actor != "采购员、采购科科长" || len(s.Posts) != 2 || s.Posts[0].ID == "" || s.Limit != "3个工作日" ||
		!slices.Equal(s.Inputs, []string{"采购需求"}) || !slices.Equal(s.Outputs, []string{"采购方式审批单"}) ||
		p.NamesOf(domain.KindAuthority, s.Authorities) != "采购方式核定权" || s.Authorities[0].ID == "" {
		t.Errorf("SL1 step 5: %+v", s)
	}
}

func compareGraph(t *testing.T, w *domain.Workflow, want map[string]any) {
	t.Helper()
	numbers := map[string][]int{}
	for _, s := range w.Steps {
		numbers[string(s.Kind)] = append(numbers[string(s.Kind)], s.No)
	}
	for _, kind := range []string{"判断", "结束"} {
		var n []int
		for _, x := range want[kind].([]any) {
			n = append(n, int(x.(float64)))
		}
		if !slices.Equal(n, numbers[kind]) {
			t.Errorf("%s %s: %v, want %v", w.Code, kind, numbers[kind], n)
		}
	}
	for _, field := range []string{"退回", "回到前面的下一步"} {
		for _, pair := range want[field].([]any) {
			from, to := int(pair.([]any)[0].(float64)), int(pair.([]any)[1].(float64))
			s, target := w.StepNo(from), w.StepNo(to)
			back := slices.IndexFunc(s.Next, func(b domain.Branch) bool { return b.To == target.ID })
			if back < 0 {
				t.Errorf("%s: step %d does not lead back to %d", w.Code, from, to)
			} else if label := s.Next[back].Label; (field == "退回") != (label == "退回" || label == "否") {
				t.Errorf("%s: step %d leads to %d as %q", w.Code, from, to, label)
			}
		}
	}
}

func TestSampleWeights(t *testing.T) {
	p, _ := samplePilot(t)
	want := expected(t)
	for name, x := range dig(want, "ahp", "matrices").(map[string]any) {
		target, of, _ := strings.Cut(name, "-")
		sys := p.SystemFor(target)
		if of == "维度" {
			of = ""
		} else {
			of = of[:1]
		}
		compareMatrix(t, name, sys.MatrixOf(of), x.(map[string]any), "weights")
	}
	experts := 0
	for name, x := range dig(want, "ahp", "experts").(map[string]any) {
		for i := range p.SystemFor(domain.TargetPoint).Matrices {
			if m := &p.SystemFor(domain.TargetPoint).Matrices[i]; m.Expert == name {
				compareMatrix(t, name, m, x.(map[string]any), "weights")
				experts++
			}
		}
	}
	if experts != 3 {
		t.Errorf("%d experts' matrices, want 3", experts)
	}
	for target, x := range dig(want, "ahp", "global_weights").(map[string]any) {
		sys := p.SystemFor(target)
		if !sys.Weighted() || sys.Derivation != "特征根法" || sys.Version != 1 || sys.Approved != "2026-08-18" {
			t.Errorf("%s: weighted %v, %q, version %d, approved %s", target, sys.Weighted(), sys.Derivation, sys.Version, sys.Approved)
		}
		for _, d := range sys.Dimensions {
			for _, ind := range d.Indicators {
				if w := x.(map[string]any)[ind.Code].(float64); math.Abs(w-d.Weight*ind.Weight) > 1e-6 {
					t.Errorf("%s %s: weight %.7f, want %.7f", target, ind.Code, d.Weight*ind.Weight, w)
				}
			}
		}
	}
	reverse := map[string]bool{}
	for _, c := range dig(want, "files", "评估指标体系.xlsx", "reverse").([]any) {
		reverse[c.(string)] = true
	}
	for _, sys := range p.Systems.All() {
		for _, ind := range sys.Indicators() {
			if ind.Reverse != reverse[ind.Code] || ind.Anchors[0] == "" || ind.Anchors[4] == "" || ind.Note == "" {
				t.Errorf("indicator %s: %+v", ind.Code, ind)
			}
		}
	}
}

func compareMatrix(t *testing.T, name string, m *domain.Matrix, want map[string]any, weights string) {
	t.Helper()
	if m == nil {
		t.Errorf("matrix %s is missing", name)
		return
	}
	res, err := method.AHP(m.Values, method.AHPOptions{})
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	near := func(what string, got float64, want any) {
		if math.Abs(got-want.(float64)) > 1e-6 {
			t.Errorf("%s %s: %.8f, want %v", name, what, got, want)
		}
	}
	for i, w := range want[weights].([]any) {
		near("weight", res.Weights[i], w)
	}
	near("λmax", res.LambdaMax, want["lambda_max"])
	near("CR", res.CR, want["CR"])
}

func TestSampleUnitScores(t *testing.T) {
	p, _ := samplePilot(t)
	for no, round := range map[int]string{1: "first", 2: "second"} {
		res := p.Assess(p.Round(no))
		for _, u := range res.Units {
			want := dig(expected(t), "scoring", "department", u.Unit.Name, round).(map[string]any)
			if !u.Rated || !u.Complete || math.Abs(u.S-want["S"].(float64)) > 1e-6 || math.Abs(u.Index-want["index"].(float64)) > 1e-6 || u.Level.Label != want["level"] {
				t.Errorf("round %d %s: S %.7f index %.6f %s, want %v", no, u.Unit.Name, u.S, u.Index, u.Level.Label, want)
			}
		}
		if len(res.Units) != 2 || len(res.Round.Assessors) != 7 {
			t.Errorf("round %d: %d units, %d assessors", no, len(res.Units), len(res.Round.Assessors))
		}
	}
	a := p.Round(1).Assessors
	if a[2].Name != "分管设备校领导" || a[2].No != 3 || a[0].Title != "党委副书记兼纪委书记（组长）" || a[6].Date != "2026-08-27" || a[4].Date != "2026-08-26" {
		t.Errorf("assessors %+v", a)
	}
	missing := 0
	for _, r := range p.Ratings.All() {
		for _, row := range r.Rows {
			for _, m := range row.Marks {
				if m == domain.Abstained {
					missing++
				}
			}
		}
	}
	if missing != 2 {
		t.Errorf("%d abstentions, want 2 (“／” and “弃权”)", missing)
	}
}
