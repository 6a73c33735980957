package judge

import (
	"fmt"
	"strings"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/domain/method"
)

// Effect is what happened to the points of one measure status.
type Effect struct {
	Status   string  // 已落实, 部分落实, 未落实, 无措施
	Points   int     // n
	Mean     float64 // mean reduction (before − after)/before of the indexes, 0.2 = a fifth less
	Milder   int     // points whose level became milder
	Worse    int     // points whose level became more severe
	measured int     // points whose reduction is defined (index before above 0)
}

// Comparison is two rounds side by side over the points scored completely in both.
type Comparison struct {
	Points   int
	Effects  []Effect       // in the order of the statuses, those without points too
	Levels   []domain.Level // rows and columns of Moves, the most severe first
	Moves    [][]int        // [before][after] number of points
	Wilcoxon *method.WilcoxonResult
	PairedT  *method.TTestResult
	Why      string // why a test is missing
}

// Small reports whether the tests are for orientation only.
func (c *Comparison) Small() bool { return c.Points < SmallPoints }

// Compare sets the second round against the first: reduction by measure status,
// migration between levels, Wilcoxon's signed-rank test and the paired t test on
// the indexes, first minus second. Errors: a round without result, rounds with
// different indicator systems or level schemes, no point scored in both.
func Compare(p *domain.Pilot, first, second *domain.RoundResult) (Comparison, error) {
	if first == nil || second == nil {
		return Comparison{}, app.E(app.CodeInvalid, "只有一次评估：有了再评估才能对比")
	}
	if first.PointSys.ID != second.PointSys.ID {
		return Comparison{}, app.E(app.CodeInvalid, "“%s”和“%s”用的不是同一版指标体系，结果不能直接对比；请先用同一版指标再评一次", first.Round.Name, second.Round.Name)
	}
	if first.Scheme.ID != second.Scheme.ID {
		return Comparison{}, app.E(app.CodeInvalid, "“%s”和“%s”用的不是同一版预警等级方案，等级不能直接对比", first.Round.Name, second.Round.Name)
	}
	c := newComparison(first.Scheme)
	var before, after []float64
	for i := range second.Points {
		is := &second.Points[i]
		was := first.Of(is.Point.ID)
		if was == nil || !was.Complete || !is.Complete {
			continue
		}
		before, after = append(before, was.Index), append(after, is.Index)
		c.add(p.MeasureStatus(is.Point.ID), was, is)
	}
	if c.Points == 0 {
		return Comparison{}, app.E(app.CodeInvalid, "没有两次评估都评完的风险点，不能对比，请先补齐评分")
	}
	c.finish()
	c.test(before, after)
	return c, nil
}

func newComparison(scheme *domain.LevelScheme) Comparison {
	c := Comparison{Levels: scheme.Ordered()}
	for _, s := range []string{domain.ResultDone, domain.ResultPartly, domain.ResultNot, domain.ResultNothing} {
		c.Effects = append(c.Effects, Effect{Status: s})
	}
	c.Moves = make([][]int, len(c.Levels))
	for i := range c.Moves {
		c.Moves[i] = make([]int, len(c.Levels))
	}
	return c
}

func (c *Comparison) add(status string, was, is *domain.PointOutcome) {
	c.Points++
	for i := range c.Effects {
		if c.Effects[i].Status == status {
			c.Effects[i].add(was, is)
		}
	}
	if from, to := c.row(was.Level), c.row(is.Level); from >= 0 && to >= 0 {
		c.Moves[from][to]++
	}
}

func (c *Comparison) row(l domain.Level) int {
	for i := range c.Levels {
		if c.Levels[i].Label == l.Label {
			return i
		}
	}
	return -1
}

func (e *Effect) add(was, is *domain.PointOutcome) {
	e.Points++
	switch {
	case is.Level.Severity < was.Level.Severity:
		e.Milder++
	case is.Level.Severity > was.Level.Severity:
		e.Worse++
	}
	if r, err := method.Reduction(was.Index, is.Index); err == nil {
		e.Mean += r
		e.measured++
	}
}

func (c *Comparison) finish() {
	for i := range c.Effects {
		if e := &c.Effects[i]; e.measured > 0 {
			e.Mean /= float64(e.measured)
		}
	}
}

func (c *Comparison) test(before, after []float64) {
	if w, err := method.Wilcoxon(before, after); err == nil {
		c.Wilcoxon = &w
	} else {
		c.Why = err.Error()
	}
	if t, err := method.PairedT(before, after); err == nil {
		c.PairedT = &t
	} else {
		c.Why = err.Error()
	}
}

// Sentences says the comparison in words: the effect by measure status and both
// tests with n.
func (c *Comparison) Sentences() []string {
	var parts []string
	for _, e := range c.Effects {
		if e.Points > 0 {
			parts = append(parts, fmt.Sprintf("%s %d 个，平均降幅 %.1f%%，等级下降 %d 个、上升 %d 个", e.Status, e.Points, e.Mean*100, e.Milder, e.Worse))
		}
	}
	out := []string{"按措施落实情况：" + strings.Join(parts, "；") + "。", c.moved()}
	if c.Wilcoxon != nil {
		out = append(out, c.wilcoxonSentence())
	}
	if t := c.PairedT; t != nil {
		out = append(out, fmt.Sprintf("配对 t 检验（前－后）：n＝%d，平均差 %.2f，t＝%.3f，自由度 %d，%s，%s。", c.Points, t.Mean, t.T, t.DF, pText(t.P), significance(t.P, t.Mean)))
	}
	if c.Why != "" {
		out = append(out, "没有做全检验："+c.Why)
	}
	if c.Small() {
		out = append(out, fmt.Sprintf("只有 %d 个风险点可比（一般不少于 %d 个），检验结果仅供参考。", c.Points, SmallPoints))
	}
	return out
}

// moved lists the moves between levels.
func (c *Comparison) moved() string {
	var parts []string
	same := 0
	for i, row := range c.Moves {
		for j, n := range row {
			switch {
			case i == j:
				same += n
			case n > 0:
				parts = append(parts, fmt.Sprintf("%s→%s %d 个", c.Levels[i].Label, c.Levels[j].Label, n))
			}
		}
	}
	return "等级迁移：" + strings.Join(append(parts, fmt.Sprintf("等级不变 %d 个", same)), "，") + "。"
}

func (c *Comparison) wilcoxonSentence() string {
	w := c.Wilcoxon
	z := fmt.Sprintf("Z＝%.3f（正态近似、连续性校正）", w.Z)
	if w.Exact {
		z = "精确概率"
	}
	direction := w.V - float64(w.N*(w.N+1))/4
	return fmt.Sprintf("Wilcoxon 符号秩检验（前－后）：n＝%d，V＝%g，%s，%s，%s。", w.N, w.V, z, pText(w.PTwo), significance(w.PTwo, direction))
}

// pText writes a two-sided p.
func pText(p float64) string {
	if p < 0.001 {
		return "p＜0.001"
	}
	return fmt.Sprintf("p＝%.3f", p)
}

// significance says what a p means at the 5 % level; fall above 0 means that the
// indexes fell.
func significance(p, fall float64) string {
	switch {
	case p >= 0.05:
		return "前后没有显著差异"
	case fall > 0:
		return "风险指数显著下降"
	}
	return "风险指数显著上升"
}
