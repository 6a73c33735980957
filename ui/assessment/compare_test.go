package assessment

import (
	"strconv"
	"strings"
	"testing"

	"lianshao/app/judge"
)

// The second round beside the first: what got worse comes first, the migration sums
// up to all points, the tests say n.
func TestComparisonOfTheSample(t *testing.T) {
	h, pg := openSample(t, CompareTab)
	tab := pg.up().tab.(*compareTab)
	h.Shot("compare")
	c, err := judge.Compare(h.Session().Pilot, h.Session().Result(1), h.Session().Result(2))
	if err != nil {
		t.Fatal(err)
	}
	if len(tab.rows) != c.Points || c.Points == 0 {
		t.Fatalf("%d rows for %d points", len(tab.rows), c.Points)
	}
	for i := 1; i < len(tab.rows); i++ {
		if tab.rows[i].is > tab.rows[i].was && tab.rows[i-1].is < tab.rows[i-1].was {
			t.Errorf("row %d got worse and stands behind one that got better", i)
		}
	}
	if got := tab.moves.Cell(len(c.Levels), total).Text; got != strconv.Itoa(c.Points) {
		t.Errorf("the migration sums up to %s of %d points", got, c.Points)
	}
	if !strings.Contains(tab.says.Text, "Wilcoxon") || !strings.Contains(tab.says.Text, "n＝") {
		t.Errorf("tests: %s", tab.says.Text)
	}
	for i, name := range []string{"compare-points", "compare-posts", "compare-units"} {
		tab.what.SetSelectedIndex(i)
		if len(tab.rows) == 0 || len(tab.dumbbell.Drawing().Hits) < len(tab.rows) {
			t.Errorf("%s: %d rows, %d hits", name, len(tab.rows), len(tab.dumbbell.Drawing().Hits))
		}
	}
	tab.second.SetSelectedIndex(0)
	h.Sees("请选两次不同的评估")
}

// The proposal of the test opens as a draft in the editor, without what should go.
func TestProposalOpensAsDraft(t *testing.T) {
	h, pg := openSample(t, "1")
	pg.Show(JudgeTab)
	side := pg.up().tab.(*judgeTab).side
	if side.related.Len() != 10 || side.related.Cell(0, "0").Text != "1" || side.related.Cell(0, "4").Text != side.related.Cell(4, "0").Text {
		t.Errorf("correlations of %d indicators", side.related.Len())
	}
	if n := side.flips.Len(); n != 2*10+7 || len(side.hits.rows) == 0 {
		t.Errorf("%d flips, %d hits", n, len(side.hits.rows))
	}
	for i := range side.tabs.Items {
		side.tabs.SelectIndex(i)
		h.Shot("judge-side-" + side.tabs.Items[i].Text)
	}
	h.TapButton("按建议生成下一版")
	if pg.up().id != SystemsTab || len(h.Errors) > 0 {
		t.Fatalf("%s is up, errors %v", pg.up().id, h.Errors)
	}
	p := h.Session().Pilot
	next := p.Systems.All()[0]
	for _, s := range p.Systems.All() {
		if s.Version > next.Version {
			next = s
		}
	}
	if next.Version != 2 || next.Find("C3") >= 0 || next.Check() != nil {
		t.Errorf("version %d, C3 at %d, %v", next.Version, next.Find("C3"), next.Check())
	}
	h.Sees("权重合计：各维度 1.000")
	h.Shot("judge-proposal")
}
