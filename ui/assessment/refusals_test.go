package assessment

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lianshao/app"
	"lianshao/app/assess"
	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/widgets"
)

// gridWith is the visible table that has a column.
func gridWith(t *testing.T, h *pagetest.Host, col string) *widgets.DataGrid {
	t.Helper()
	for _, g := range pagetest.Find[*widgets.DataGrid](h) {
		for _, c := range g.Columns() {
			if c.ID == col {
				return g
			}
		}
	}
	t.Fatalf("no table with a column %s", col)
	return nil
}

// typeInto types into a cell and presses Enter; said is why the cell refused it.
func typeInto(t *testing.T, h *pagetest.Host, g *widgets.DataGrid, row int, col, text string) (said string) {
	t.Helper()
	g.Select(row, col)
	g.Focus()
	h.Type(text)
	if !g.Editing() { // committed by its key
		return ""
	}
	h.Press(fyne.KeyReturn)
	if !g.Editing() {
		return ""
	}
	said = g.ErrorText()
	h.Press(fyne.KeyEscape)
	return said
}

// sentence reports whether a refusal is one clear Chinese sentence that says what was
// expected.
func isSentence(said, want string) bool {
	return strings.Contains(said, want) && !strings.Contains(said, "\n") && !strings.Contains(said, "strconv") && !strings.Contains(said, "NaN ")
}

// What is no score is refused by the cell, says the scale, and changes nothing.
func TestScoresThatAreNone(t *testing.T) {
	h, pg := openSample(t, "")
	p := pg.scores
	p.who.SetSelectedIndex(1)
	was := p.model.Cell(0, "A1").Text
	for _, bad := range []string{"6", "9", "甲", "很高", "-1", "∞", "NaN"} {
		if said := typeInto(t, h, p.grid, 0, "A1", bad); !isSentence(said, "1～5") && !isSentence(said, "1–5") {
			t.Errorf("%s: %q", bad, said)
		}
		if now := p.model.Cell(0, "A1").Text; now != was {
			t.Errorf("%s: the mark %s became %s", bad, was, now)
		}
	}
	if said := typeInto(t, h, p.grid, 0, "A1", "弃权"); said != "" || p.model.Cell(0, "A1").Text != "弃权" {
		t.Errorf("abstaining: %q, shown %q", said, p.model.Cell(0, "A1").Text)
	}
	p.who.SetSelectedIndex(0)
	p.grid.Focus()
	p.grid.Select(0, "A1")
	h.Paste("3")
	if said := p.grid.ErrorText(); !isSentence(said, "请先选择评分人") {
		t.Errorf("a score pasted into the mean: %q", said)
	}
}

// A used version refuses typing by the cell and says what to do instead.
func TestFrozenSystemAndSchemeRefuseTyping(t *testing.T) {
	h, pg := openSample(t, SystemsTab)
	if said := typeInto(t, h, gridWith(t, h, "weight"), 1, "weight", "0.5"); !isSentence(said, "新版本") {
		t.Errorf("system: %q", said)
	}
	pg.Show(SchemesTab)
	if said := typeInto(t, h, gridWith(t, h, "min"), 0, "min", "70"); !isSentence(said, "新版本") {
		t.Errorf("scheme: %q", said)
	}
	pg.Show(SystemsTab)
	h.TapButton("删除本版")
	if len(h.Errors) != 1 || !isSentence(app.Sentence(h.Errors[0]), "首次评估") {
		t.Errorf("deleting a used version: %v", h.Errors)
	}
}

// Weights, bounds and judgements that cannot be are refused by the cell.
func TestNumbersOfADraftThatCannotBe(t *testing.T) {
	h, pg := openSample(t, SystemsTab)
	h.TapButton("下一版")
	g := gridWith(t, h, "weight")
	for bad, want := range map[string]string{"重": "权重", "-0.2": "权重", "3": "权重"} {
		if said := typeInto(t, h, g, 1, "weight", bad); !isSentence(said, want) {
			t.Errorf("weight %s: %q", bad, said)
		}
	}
	pg.up().tab.(interface{ ShowWeights() }).ShowWeights()
	m := gridWith(t, h, "#weight")
	for _, bad := range []string{"12", "0", "-3", "abc", "1/0"} {
		if said := typeInto(t, h, m, 0, "1", bad); !isSentence(said, "1/9") && !isSentence(said, "1～9") && !isSentence(said, "1–9") {
			t.Errorf("judgement %s: %q", bad, said)
		}
	}
	pg.Show(SchemesTab)
	h.TapButton("下一版")
	g = gridWith(t, h, "min")
	for col, x := range map[string][2]string{"min": {"高", "下限应为数字"}, "reply": {"三天", "工作日"}, "fix": {"-1", "工作日"}} {
		if said := typeInto(t, h, g, 0, col, x[0]); !isSentence(said, x[1]) {
			t.Errorf("%s %s: %q", col, x[0], said)
		}
	}
}

// A round with one assessor, or without scores, says so wherever figures would stand.
func TestOneAssessorAndNoScores(t *testing.T) {
	h, pg := openSample(t, RoundsTab)
	a := assess.NewRound(h.Session().Pilot, "2026-11-20")
	a.Assessors = a.Assessors[:1]
	if err := h.Do(assess.SaveRound(a, h.Session().NewID)); err != nil {
		t.Fatal(err)
	}
	pg.scores.Show("3")
	pg.Show(RoundsTab)
	tab := pg.up().tab.(*roundsTab)
	if says := tab.agree.Full(); !isSentence(says, "不能计算一致性") {
		t.Errorf("agreement without scores: %q", says)
	}
	pg.Show(JudgeTab)
	if got := pg.up().tab.(*judgeTab).empty.Text; !isSentence(got, "至少要 3 个才能做指标检验") {
		t.Errorf("judging without scores: %q", got)
	}
	pg.Show(CompareTab)
	if got := pg.up().tab.(*compareTab).empty.Text; !isSentence(got, "评分") {
		t.Errorf("comparing without scores: %q", got)
	}
	pg.Show(WhatIfTab)
	var marks []edit.Marking
	round := h.Session().Pilot.Round(3)
	for _, pt := range h.Session().Pilot.ActivePoints() {
		for k := range h.Session().Pilot.SystemOf(round, domain.TargetPoint).Indicators() {
			marks = append(marks, edit.Marking{Subject: pt.ID, Assessor: a.Assessors[0].Name, Indicator: k, Text: []string{"2", "3", "4"}[(len(marks)+k)%3]})
		}
	}
	if err := h.Do(edit.SetMarks(round.ID, domain.TargetPoint, marks, h.Session().NewID)); err != nil {
		t.Fatal(err)
	}
	pg.Show(RoundsTab)
	if says := tab.agree.Full(); says != "评分人或评分齐全的风险点不足两个，不能计算一致性。" {
		t.Errorf("agreement of one assessor: %q", says)
	}
	pg.Show(ScoresTab)
	if says := pg.scores.agreement.Text; !isSentence(says, "不足两个，不能计算一致性") {
		t.Errorf("beside the scores: %q", says)
	}
	pg.Show(JudgeTab)
	h.Sees("只有一位评分人，不能去掉一位再比较", "仅供参考")
}
