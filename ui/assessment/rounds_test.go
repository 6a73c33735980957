package assessment

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lianshao/app"
	"lianshao/app/assess"
	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/storage/sampletest"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/widgets"
)

func openSample(t *testing.T, arg string) (*pagetest.Host, *tabbed) {
	t.Helper()
	h := pagetest.New(t, sampletest.Pilot(t))
	pg := New(h).(*tabbed)
	h.Open(pg, arg)
	return h, pg
}

// The progress says who has not finished, what is missing, and leads to the cell.
func TestProgressOfAssessors(t *testing.T) {
	h, pg := openSample(t, RoundsTab)
	tab := pg.up().tab.(*roundsTab)
	tab.scores.Show("1")
	tab.Look(true)
	h.Shot("rounds")
	h.Sees("加权指数法；评分取算术平均")
	if !strings.HasPrefix(tab.apart.says.Text, "变异系数超过 0.25 的有") || len(tab.apart.list) == 0 || tab.apart.list[0].CV <= 0.25 {
		t.Errorf("to discuss again: %q", tab.apart.says.Text)
	}
	row := -1
	for i := range tab.rows {
		if tab.rows[i].Missing > 0 {
			row = i
		}
	}
	if row < 0 {
		t.Fatalf("nobody misses a score in round 1: %+v", tab.rows)
	}
	tab.progress.Select(row, "")
	if len(tab.gaps.list) == 0 || tab.gaps.list[0].Assessor != tab.rows[row].Name {
		t.Fatalf("gaps %+v", tab.gaps.list)
	}
	gap := tab.gaps.list[0]
	tab.gaps.grid.Focus()
	h.Press(fyne.KeyReturn)
	if pg.up().id != ScoresTab || pg.scores.who.Selected != gap.Assessor {
		t.Errorf("Enter leads to %s of %s", pg.up().id, pg.scores.who.Selected)
	}
	if at, _ := pg.scores.grid.Current(); gap.Point != nil && pg.scores.model.rows[at].id != gap.Point.ID {
		t.Errorf("the cursor is not on %s", gap.Point.Code)
	}
}

// A round by the matrix is set up in the dialog, scored by keys, and made final.
func TestMatrixRoundFromDialogToFinal(t *testing.T) {
	h, pg := openSample(t, "schemes")
	s := domain.Preset(domain.LevelStyles[1], domain.BasisMatrix3)
	if err := h.Do(assess.SaveScheme(s, h.Session().NewID)); err != nil {
		t.Fatal(err)
	}
	pg.Show(RoundsTab)
	h.TapButton("新建一轮")
	h.Shot("round-form")
	method := pagetest.Find[*widgets.Select](h)[0]
	method.SetSelected("风险矩阵法")
	for _, x := range pagetest.Find[*widgets.Select](h) {
		if strings.Contains(strings.Join(x.Options, ""), "3×3") && len(x.Options) == 3 {
			x.SetSelected("3×3")
		}
	}
	h.Shot("round-form-matrix")
	h.TapButton("新建")
	a := h.Session().Pilot.Round(0)
	if a.No != 3 || a.Rule.Method != domain.MethodMatrix || a.Rule.Size != 3 || len(a.Assessors) == 0 {
		t.Fatalf("round %+v, errors %v, texts %v", a, h.Errors, h.Texts())
	}
	pg.Show(ScoresTab + "=who=" + a.Assessors[0].Name)
	p := pg.scores
	if p.model.sys == nil || !p.model.sys.Builtin() || p.model.round.No != 3 {
		t.Fatalf("columns %+v", p.model.sys)
	}
	p.grid.Select(0, domain.CodeLikelihood)
	p.grid.Focus()
	h.Type("33")
	if c := p.model.Cell(0, "#level"); c.Text != "高" || p.model.Cell(0, "#index").Text != "9.00" {
		t.Errorf("3 × 3 gives %q %q, errors %v", p.model.Cell(0, "#index").Text, c.Text, h.Errors)
	}
	p.grid.Select(1, domain.CodeLikelihood)
	h.Type("4") // not on a scale of three: the editor opens and refuses
	h.Press(fyne.KeyReturn)
	if c := p.model.Cell(1, domain.CodeLikelihood); c.Text != "" {
		t.Errorf("4 on a scale of 3 was taken: %q", c.Text)
	}
	h.Press(fyne.KeyEscape)
	h.Shot("scores-matrix")
	pg.Show(RoundsTab)
	h.TapButton("定稿")
	h.TapButton("定稿")
	err := h.Do(edit.SetMarks(a.ID, domain.TargetPoint, []edit.Marking{{Subject: p.model.rows[0].id, Assessor: a.Assessors[0].Name, Text: "1"}}, h.Session().NewID))
	if err == nil || !strings.Contains(app.Sentence(err), "定稿") {
		t.Errorf("a final round took a score: %v", err)
	}
}

// Whoever heads an assessed unit is warned of and refused.
func TestHeadOfAssessedUnitDoesNotScore(t *testing.T) {
	h, pg := openSample(t, RoundsTab)
	_ = pg
	h.TapButton("新建一轮")
	entries := pagetest.Find[*widgets.Entry](h)
	h.Window().Canvas().Focus(entries[len(entries)-1])
	h.Type("基建处处长")
	h.TapButton("新建")
	if h.Session().Pilot.Round(0).No != 2 {
		t.Fatal("a round with the head of an assessed unit was made")
	}
	h.Sees("在被评估部门“基建处”任职，按方案不参加评分")
}

// A scoring workbook for every assessor is written into the chosen folder.
func TestHandOut(t *testing.T) {
	h, pg := openSample(t, RoundsTab)
	h.SaveTo = t.TempDir()
	h.TapButton("发放评分表")
	a := pg.scores.current()
	if len(h.Books) != len(a.Assessors) || len(h.Toasts) == 0 {
		t.Fatalf("%d workbooks for %d assessors, errors %v", len(h.Books), len(a.Assessors), h.Errors)
	}
	for path, wb := range h.Books {
		if wb.Mark == "" || len(wb.Sheets) == 0 {
			t.Errorf("%s: mark %q, %d sheets", path, wb.Mark, len(wb.Sheets))
		}
	}
}

// Results of posts and units say which figure decides.
func TestRolledResults(t *testing.T) {
	h, pg := openSample(t, "")
	p := pg.scores
	p.target.SetSelectedIndex(rolledUnits)
	if p.rolled.Len() != 2 {
		t.Fatalf("units %d", p.rolled.Len())
	}
	res := h.Session().Result(2)
	for i := range res.Units {
		u := &res.Units[i]
		for row := range p.rolled.rows {
			if p.rolled.rows[row].name != u.Unit.Name {
				continue
			}
			got := fmt.Sprint(p.rolled.Cell(row, "max").Text, " ", p.rolled.Cell(row, "weighted").Text, " ", p.rolled.Cell(row, "level").Text)
			if want := fmt.Sprintf("%.2f %.2f %s", u.Max, u.Weighted, u.MaxLevel.Label); got != want {
				t.Errorf("%s: %s, want %s", u.Unit.Name, got, want)
			}
		}
	}
	if says := p.why.says.Full(); !strings.Contains(says, "取最高风险点") || !strings.Contains(says, "若按影响程度加权平均") {
		t.Errorf("why: %s", says)
	}
	h.Shot("scores-units")
	p.target.SetSelectedIndex(targetPoints)
	if p.rolling() || p.model.Len() != len(res.Points) {
		t.Error("the scores did not come back")
	}
}
