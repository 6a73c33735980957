package domain_test

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lianshao/domain"
	"lianshao/domain/method"
)

func twoByTwo() *domain.IndicatorSystem {
	return &domain.IndicatorSystem{Base: domain.Base{ID: "x"}, Name: "岗位指标", Target: domain.TargetPoint, Version: 1, Dimensions: []domain.Dimension{
		{Code: "A", Name: "权力", Weight: .6, Indicators: []domain.Indicator{{Code: "A1", Name: "集中", Weight: .5}, {Code: "A2", Name: "裁量", Weight: .5}}},
		{Code: "B", Name: "控制", Weight: .4, Indicators: []domain.Indicator{{Code: "B1", Name: "制度", Weight: 1, Reverse: true}}}}}
}

func TestSystemGoesFromDraftToFrozen(t *testing.T) {
	p, sys := domain.NewPilot(), twoByTwo()
	p.Put(sys)
	step := func(to domain.SystemState, day domain.Date, want string) {
		t.Helper()
		next, err := p.MoveSystem(sys, to, day)
		if want != "" {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Fatalf("to %s: %v, want %q", to, err, want)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		sys = next
		p.Put(sys)
		if p.StateOf(sys) != to {
			t.Fatalf("%s, want %s", p.StateOf(sys), to)
		}
	}
	step(domain.SystemInForce, "2026-08-18", "不能直接变为“施行”")
	step(domain.SystemSubmitted, "", "")
	if err := p.MayEditSystem(sys); err == nil || !strings.Contains(err.Error(), "退回修改") {
		t.Error(err)
	}
	step(domain.SystemDraft, "", "")
	if err := p.MayEditSystem(sys); err != nil {
		t.Error(err)
	}
	step(domain.SystemSubmitted, "", "")
	step(domain.SystemInForce, "", "审定日期")
	step(domain.SystemInForce, "2026-08-18", "")
	if acts := p.SystemActs(sys); len(acts) != 1 || acts[0].To != domain.SystemDraft {
		t.Errorf("%v", acts)
	}
	p.Put(&domain.Assessment{Base: domain.Base{ID: "a"}, No: 1, Name: "首次评估", PointSystem: domain.To("x")})
	if p.StateOf(sys) != domain.SystemFrozen || len(p.SystemActs(sys)) != 0 {
		t.Error("a round uses it")
	}
	step(domain.SystemDraft, "", "已用于首次评估，不能再改；请建一个新版本")
	next := p.NextSystem(sys)
	if next.Version != 2 || next.Based.ID != "x" || next.Approved != "" || len(next.Diff(sys)) != 0 || p.StateOf(next) != domain.SystemDraft {
		t.Errorf("%+v", next)
	}
	next.ID = "y"
	p.Put(next)
	if got := p.SystemFor(domain.TargetPoint); got != sys {
		t.Errorf("a draft is not for use yet: version %d", got.Version)
	}
}

func TestSystemsThatCannotBeSubmitted(t *testing.T) {
	for want, spoil := range map[string]func(*domain.IndicatorSystem){
		"还没有维度":           func(s *domain.IndicatorSystem) { s.Dimensions = nil },
		"还没有指标":           func(s *domain.IndicatorSystem) { s.Dimensions[1].Indicators = nil },
		"没有代码或名称":         func(s *domain.IndicatorSystem) { s.Dimensions[0].Indicators[0].Name = " " },
		"用了两次":            func(s *domain.IndicatorSystem) { s.Dimensions[1].Indicators[0].Code = "A1" },
		"合计为 0.9000，应为 1": func(s *domain.IndicatorSystem) { s.Dimensions[0].Weight = .5 },
		"合计为 1.2000":      func(s *domain.IndicatorSystem) { s.Dimensions[0].Indicators[1].Weight = .7 },
		"负数":              func(s *domain.IndicatorSystem) { s.Dimensions[0].Weight, s.Dimensions[1].Weight = -1, 2 },
		"不是数":             func(s *domain.IndicatorSystem) { s.Dimensions[0].Weight = math.NaN() },
	} {
		sys := twoByTwo()
		spoil(sys)
		if err := sys.Check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

func TestDiffSaysEveryChange(t *testing.T) {
	old, next := twoByTwo(), twoByTwo()
	next.Dimensions[0].Name = "权力运行"
	next.Dimensions[0].Indicators[0].Weight, next.Dimensions[0].Indicators[1].Weight = .25, .75
	next.Dimensions[0].Indicators[1].Anchors[4] = "完全自由"
	next.Dimensions[1].Indicators = []domain.Indicator{{Code: "B2", Name: "公开", Weight: 1}}
	next.Derivation = "方根法"
	got := strings.Join(next.Diff(old), "\n")
	for _, want := range []string{"维度 A 由“权力”改名为“权力运行”", "指标 A1 集中：权重 0.5000 → 0.2500", "5 分标准由“”改为“完全自由”", "删除指标 B1 制度", "新增指标 B2 公开（控制，权重 1.0000）",
		"权重算法由“未说明”改为“方根法”"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q not in\n%s", want, got)
		}
	}
	if d := old.Diff(twoByTwo()); len(d) != 0 {
		t.Error(d)
	}
}

// Judgements drawn from known weights give them back, whichever derivation, for the
// experts' geometric mean too.
func TestWeightsComeBackFromExperts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Float64Range(.1, .9).Draw(t, "a")
		sys := twoByTwo()
		m := [][]float64{{1, a / (1 - a)}, {(1 - a) / a, 1}}
		for _, who := range []string{"甲", "乙", "丙"} {
			sys.SetMatrix(domain.Matrix{Expert: who, Labels: []string{"A", "B"}, Values: m})
		}
		opts := method.AHPOptions{Method: rapid.SampledFrom([]method.Derivation{method.Eigenvector, method.Geometric, method.Columns}).Draw(t, "derivation"), RI: method.RI2005}
		if err := sys.GroupExperts(""); err != nil {
			t.Fatal(err)
		}
		if err := sys.Derive(opts); err != nil {
			t.Fatal(err)
		}
		if math.Abs(sys.Dimensions[0].Weight-a) > 1e-9 || !sys.Weighted() || sys.AHPOptions() != opts {
			t.Fatalf("%v, want %v; %+v", sys.Dimensions[0].Weight, a, sys.AHPOptions())
		}
	})
	sys := twoByTwo()
	if err := sys.GroupExperts(""); err == nil || !strings.Contains(err.Error(), "至少要 2 位") {
		t.Error(err)
	}
}

func TestEntropyWeightsBecomeASystem(t *testing.T) {
	sys := twoByTwo()
	p, round := rated(domain.Rule{}, sys, domain.Preset(four, domain.BasisIndex), [][]domain.Mark{{1, 1, 5}}, [][]domain.Mark{{2, 1, 5}}, [][]domain.Mark{{3, 1, 1}})
	w, err := p.Assess(round).EntropyWeights()
	if err != nil {
		t.Fatal(err)
	}
	// columns (0,½,1), alike, and (0,0,1) once the reverse one is turned
	for k, want := range []float64{.29609, 0, .70391} {
		if math.Abs(w[k]-want) > 1e-5 {
			t.Errorf("%v", w)
		}
	}
	next := twoByTwo()
	if err := next.SetWeights(w, domain.DerivedEntropy); err != nil || !next.Weighted() || next.Dimensions[0].Indicators[0].Weight != 1 || next.Derivation != "熵权法" {
		t.Errorf("%v %+v", err, next.Dimensions)
	}
	if err := next.SetWeights([]float64{.5, .5, .5}, ""); err == nil || !strings.Contains(err.Error(), "应等于 1") {
		t.Error(err)
	}
	p, round = rated(domain.Rule{Method: domain.MethodLEC}, nil, domain.Preset(four, domain.BasisLEC), [][]domain.Mark{{1, 1, 1}})
	if _, err := p.Assess(round).EntropyWeights(); err == nil || !strings.Contains(err.Error(), "没有指标权重") {
		t.Error(err)
	}
}

func TestEveryPresetIsWhole(t *testing.T) {
	for _, basis := range domain.Bases {
		for _, s := range domain.Presets(basis) {
			if err := s.Check(); err != nil {
				t.Errorf("%s: %v", s.Name, err)
			}
			top, _ := s.Severe(len(s.Levels) - 1)
			if s.MatrixSide() > 0 {
				if l, _ := s.LevelAt(s.MatrixSide(), s.MatrixSide()); l != top {
					t.Errorf("%s: the gravest cell is %s", s.Name, l.Label)
				}
			}
		}
	}
}

func TestSchemesThatContradictThemselves(t *testing.T) {
	for want, spoil := range map[string]func(*domain.LevelScheme){
		"名称":       func(s *domain.LevelScheme) { s.Name = "" },
		"等级依据":     func(s *domain.LevelScheme) { s.Basis = "x" },
		"至少要有 2 个": func(s *domain.LevelScheme) { s.Levels = s.Levels[:1] },
		"逐级加 1":    func(s *domain.LevelScheme) { s.Levels[0].Severity = 7 },
		"用了两次":     func(s *domain.LevelScheme) { s.Levels[0].Label = "橙" },
		"应大于":      func(s *domain.LevelScheme) { s.Levels[0].Min = 3 },
		"会没有等级":    func(s *domain.LevelScheme) { s.Levels[3].Min = 2 },
		"应为 5×5 格": func(s *domain.LevelScheme) { s.Cells = s.Cells[:2] },
		"没有等级，请选定": func(s *domain.LevelScheme) { s.Cells[1][1] = 9 },
		"还轻":       func(s *domain.LevelScheme) { s.Cells[4][4] = 0 },
		"不在方案里": func(s *domain.LevelScheme) {
			s.Overrides = []domain.Override{{When: domain.TriggerEvent, Level: "紫"}}
		},
		"指标代码": func(s *domain.LevelScheme) {
			s.Overrides = []domain.Override{{When: domain.TriggerIndicator, Least: 6, Of: "A1", Level: "红"}}
		},
		"期限不能是负数": func(s *domain.LevelScheme) { s.Levels[2].Reply = -1 },
	} {
		s := domain.Preset(four, domain.BasisMatrix)
		spoil(s)
		if err := s.Check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	old, next := domain.Preset(four, domain.BasisIndex), domain.Preset(four, domain.BasisIndex)
	next.Levels[1].Min, next.Levels[1].Reply = 65, 7
	next.Overrides = []domain.Override{{When: domain.TriggerEvent, Level: "橙"}}
	if d := strings.Join(next.Diff(old), "\n"); d != "等级“橙”：下限由“60”改为“65”；回告期限（工作日）由“5”改为“7”\n新增提级条件：有查实的风险信息 → 至少“橙”" {
		t.Error(d)
	}
}

func TestWhoMustNotScore(t *testing.T) {
	p := domain.NewPilot()
	p.Put(&domain.Unit{Base: domain.Base{ID: "u"}, Name: "设备和实验室管理处", Head: "王建国"})
	p.Put(&domain.Unit{Base: domain.Base{ID: "v"}, Name: "审计处", Head: "赵敏"})
	p.Put(&domain.RiskPoint{Base: domain.Base{ID: "p", Code: "SB-01"}, Unit: domain.To("u"), Owner: "李采购\n周明"})
	for _, c := range []struct{ name, title, want string }{
		{"王建国", "", "的负责人"}, {"周明", "", "责任人"}, {"刘一", "设备处副处长", "任职"}, {"设备和实验室管理处处长", "", "任职"},
		{"陈二", "副校长（分管设备和实验室管理处）", ""}, {"组长", "党委副书记兼纪委书记", ""}, {"赵敏", "审计处处长", ""}, {"审计处", "", ""},
	} {
		if got := p.ConflictOf(c.name, c.title); (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s %s: %q", c.name, c.title, got)
		}
	}
}

func TestResidualOfARound(t *testing.T) {
	p, round := rated(domain.Rule{Method: domain.MethodMatrix}, nil, domain.Preset(style("高中低"), domain.BasisMatrix), [][]domain.Mark{{5, 5}})
	res := p.Assess(round)
	if _, ok := res.ResidualOf(p, res.Of("p1")); ok {
		t.Error("nothing was recorded")
	}
	p.Put(&domain.Effectiveness{Base: domain.Base{ID: "e"}, Assessment: domain.To("a"), Point: domain.To("p1"), Value: .76})
	if r, ok := res.ResidualOf(p, res.Of("p1")); !ok || math.Abs(r.Value-6) > 1e-12 || r.Level.Label != "中" {
		t.Errorf("%+v", r) // G19
	}
	for _, bad := range []float64{-.1, 1.1, math.NaN(), math.Inf(1)} {
		if (&domain.Effectiveness{Value: bad}).Check() == nil {
			t.Errorf("%v passed", bad)
		}
	}
}
