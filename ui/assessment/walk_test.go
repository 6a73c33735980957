package assessment

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/widget"

	"lianshao/domain"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/widgets"
)

// walker does what a clerk of the leading group's office does with the page.
type walker struct {
	*pagetest.Host
	t  *testing.T
	pg *tabbed
}

// TestWalkOfAssessment taps and types from causes to the sandbox on the example, each
// step on what the last one left. The prediction is walked on its own page.
func TestWalkOfAssessment(t *testing.T) {
	h, pg := openSample(t, "")
	w := walker{h, t, pg}
	w.causesToIndicators()
	w.weights()
	w.intoForce()
	w.levels()
	w.round()
	w.score()
	w.why()
	w.compare()
	w.judge()
	w.tryOut()
	if len(h.Errors) > 0 {
		t.Fatalf("errors on the way: %v", h.Errors)
	}
}

func (w *walker) pilot() *domain.Pilot { return w.Session().Pilot }

// draft is the newest version for points.
func (w *walker) draft() *domain.IndicatorSystem {
	var last *domain.IndicatorSystem
	for _, s := range w.pilot().Systems.All() {
		if s.Target == domain.TargetPoint && (last == nil || s.Version > last.Version) {
			last = s
		}
	}
	return last
}

func (w *walker) causesToIndicators() {
	w.t.Helper()
	w.pg.Show(FactorsTab)
	w.TapButton("归集成因")
	g := gridWith(w.t, w.Host, "use_points")
	if g.Shown(0, "use_points").Text == "0" {
		w.t.Error("the first cause occurs nowhere")
	}
	g.SelectRange(0, "text", 1, "text")
	w.TapButton("生成指标")
	w.TapButton("生成")
	visit := w.Visits[len(w.Visits)-1]
	w.pg.Show(visit.Arg)
	if s := w.draft(); s.Version != 2 || len(s.Indicators()) != 12 || w.pilot().StateOf(s) != domain.SystemDraft {
		w.t.Fatalf("version %d with %d indicators", s.Version, len(s.Indicators()))
	}
}

func (w *walker) weights() {
	w.t.Helper()
	w.pg.up().tab.(interface{ ShowWeights() }).ShowWeights()
	m := gridWith(w.t, w.Host, "#weight")
	if said := typeInto(w.t, w.Host, m, 0, "1", "1/3"); said != "" {
		w.t.Fatal(said)
	}
	if back := m.Shown(1, "0").Text; back != "3" {
		w.t.Errorf("below the diagonal stands %s", back)
	}
	w.Sees("λmax＝", "CR＝", "特征根法，RI 用 1980 年表", "权重合计：各维度 1.000")
	w.TapButton("＋专家")
	w.TapButton("新增")
	w.choose("和积法")
	w.Sees("和积法，RI 用 1980 年表")
	w.choose(domain.DerivedTyped)
	e := gridWith(w.t, w.Host, "weight")
	if said := typeInto(w.t, w.Host, e, 1, "weight", "30%"); said != "" {
		w.t.Fatal(said)
	}
	w.Sees("（应为 1.000）")
	e.Select(1, "")
	w.TapButton("权重归一")
	w.Sees("权重合计：各维度 1.000")
}

// choose takes an option in the select that has it.
func (w *walker) choose(option string) {
	for _, s := range pagetest.Find[*widget.Select](w.Host) {
		if slices.Contains(s.Options, option) {
			s.SetSelected(option)
			return
		}
	}
	w.t.Fatalf("nobody offers %s", option)
}

func (w *walker) intoForce() {
	w.t.Helper()
	w.TapButton("提交审议")
	w.TapButton("审议通过，施行")
	w.TapButton("施行")
	if st := w.pilot().StateOf(w.draft()); st != domain.SystemInForce {
		w.t.Fatalf("the version is %s", st)
	}
}

func (w *walker) levels() {
	w.t.Helper()
	w.pg.Show(SchemesTab)
	w.TapButton("下一版")
	if said := typeInto(w.t, w.Host, gridWith(w.t, w.Host, "min"), 0, "min", "75"); said != "" {
		w.t.Fatal(said)
	}
	w.Sees("谁会变级（按再评估的评分）：", "其中升级")
	w.TapButton("提级条件")
	w.Sees("有查实的风险信息 → 至少“橙”")
}

// round sets the third round up by the new version and scheme, with the median, hands
// the workbooks out and looks at who has not scored.
func (w *walker) round() {
	w.t.Helper()
	w.pg.Show(RoundsTab)
	w.TapButton("新建一轮")
	for _, s := range pagetest.Find[*widgets.Select](w.Host) {
		for _, o := range s.Options {
			if o == "中位数" || strings.HasPrefix(o, "四级预警（风险指数） 第2版") || o == "第2版（施行）" {
				s.SetSelected(o)
			}
		}
	}
	w.Sees("被评估部门的人不参加")
	w.TapButton("新建")
	a := w.pilot().Round(0)
	if a.No != 3 || a.Rule.Aggregate != domain.AggregateMedian || a.PointSystem.ID != w.draft().ID || len(a.Assessors) == 0 {
		w.t.Fatalf("round %+v", a)
	}
	w.SaveTo = w.t.TempDir()
	w.TapButton("发放评分表")
	if len(w.Books) != len(a.Assessors) {
		w.t.Fatalf("%d workbooks for %d assessors", len(w.Books), len(a.Assessors))
	}
	if c := gridWith(w.t, w.Host, "missing").Shown(0, "missing"); c.Text == "0" || !c.Warn {
		w.t.Errorf("missing scores: %q", c.Text)
	}
}

// score types every indicator of the first point for every assessor.
func (w *walker) score() {
	w.t.Helper()
	w.TapButton("去评分")
	p := w.pg.scores
	if p.who.SelectedIndex() != 1 {
		w.t.Fatalf("scoring as %q", p.who.Selected)
	}
	for i := 1; i < len(p.who.Options); i++ {
		p.who.SetSelectedIndex(i)
		p.grid.Select(0, p.model.inds[0].Code)
		p.grid.Focus()
		w.Type(strings.Repeat("4", len(p.model.inds)))
	}
	p.who.SetSelectedIndex(0)
	if c := p.model.Cell(0, "#level"); c.Text == "" {
		w.t.Errorf("the scored point has no level: %+v", p.model.outcome(0))
	}
}

func (w *walker) why() {
	w.t.Helper()
	p := w.pg.scores
	p.Show("2")
	p.grid.Select(2, "")
	w.Sees("风险指数 I＝(S－1)÷4×100＝73.06", "要降到“黄”")
	for _, target := range []int{rolledPosts, rolledUnits, residuals} {
		p.target.SetSelectedIndex(target)
		if p.grid.Shown(0, "name").Text == "" && p.grid.Shown(0, "#name").Text == "" {
			w.t.Errorf("%s: nothing is shown", p.target.Selected)
		}
	}
	p.target.SetSelectedIndex(targetPoints)
}

func (w *walker) compare() {
	w.t.Helper()
	w.pg.Show(CompareTab)
	tab := w.pg.up().tab.(*compareTab)
	tab.first.SetSelectedIndex(0)
	tab.second.SetSelectedIndex(1)
	if c := tab.Cell(0, "share"); !strings.HasPrefix(c.Text, "+") || !c.Warn {
		w.t.Errorf("first stands %q, which did not get worse", c.Text)
	}
	for _, want := range []string{"Wilcoxon", "配对 t", "n＝"} {
		if !strings.Contains(tab.says.Full(), want) {
			w.t.Errorf("no %s in %q", want, tab.says.Full())
		}
	}
}

func (w *walker) judge() {
	w.t.Helper()
	w.pg.Show(JudgeTab)
	w.TapButton("按建议生成下一版")
	if w.pg.up().id != SystemsTab || w.draft().Version != 3 {
		w.t.Fatalf("%s is up, version %d", w.pg.up().id, w.draft().Version)
	}
	if said := typeInto(w.t, w.Host, gridWith(w.t, w.Host, "weight"), 1, "note", "由谁决定"); said != "" {
		w.t.Error(said)
	}
	w.TapButton("提交审议")
	if st := w.pilot().StateOf(w.draft()); st != domain.SystemSubmitted {
		w.t.Errorf("the adopted version is %s", st)
	}
}

func (w *walker) tryOut() {
	w.t.Helper()
	w.pg.Show(WhatIfTab)
	before := w.pilot().Ratings.Len()
	w.TapButton("复位")
	g := gridWith(w.t, w.Host, "A1")
	g.Select(2, "A1")
	g.Focus()
	w.Type("1111")
	w.Sees("试算：这里的改动都不保存", "试了：")
	if w.pilot().Ratings.Len() != before {
		w.t.Error("the sandbox stored a rating")
	}
}
