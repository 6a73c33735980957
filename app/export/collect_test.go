package export_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/export"
	"lianshao/app/intake"
	"lianshao/domain"
	"lianshao/storage/xlsx"
)

// collect plans the return of forms with the pilot's own journal at hand.
func collect(t *testing.T, s *app.Session, env intake.Env, paths ...string) *intake.Plan {
	t.Helper()
	env.IDs, env.Year, env.Store = s.NewID, s.Pilot.Year(), s.Store
	return intake.NewPlan(s.Pilot, guessed(t, paths...), env)
}

// handOutMarked writes a form that remembers the state of the pilot.
func handOutMarked(t *testing.T, s *app.Session, q export.Request) string {
	t.Helper()
	wb, err := export.Form(s.Pilot, q)
	if err != nil {
		t.Fatal(err)
	}
	wb.Mark = export.MarkOf(s.Store, true)
	path := filepath.Join(t.TempDir(), q.Unit+".xlsx")
	if err := (xlsx.Writer{}).Write(context.Background(), path, wb, nil); err != nil {
		t.Fatal(err)
	}
	return path
}

func setPoint(t *testing.T, s *app.Session, code, field, text string) {
	t.Helper()
	r, _ := s.Pilot.RiskPoints.ByKey(code)
	if err := s.Do(edit.SetCells(edit.Cell{Kind: domain.KindRiskPoint, ID: r.ID, Field: field, Text: text})); err != nil {
		t.Fatal(err)
	}
}

// While a form is out the pilot changes: what the department did not touch does not
// undo that; what both changed is a conflict that names both; one undo takes the
// collection back.
func TestFormComesBackToAPilotThatWentOn(t *testing.T) {
	s := samplePilot(t)
	path := handOutMarked(t, s, export.Request{Kind: "riskpoint", Unit: "基建处"})
	setPoint(t, s, "JJ-01", "consequence", "本机后来写的后果")
	setPoint(t, s, "JJ-02", "consequence", "本机后来写的")
	fill(t, path, "自查表", map[string]any{"J6": "部门写的"}) // JJ-02
	pl := collect(t, s, intake.Env{}, path)
	if len(pl.Conflicts) != 1 {
		t.Fatalf("%d conflicts, changes %+v", len(pl.Conflicts), pl.Changes.Changes)
	}
	c := pl.Conflicts[0]
	if c.Code != "JJ-02" || c.Voices[0].Text != "本机后来写的" || !strings.Contains(c.Voices[0].Who, "测试") || c.Voices[0].At.IsZero() ||
		c.Voices[1].Text != "部门写的" || !strings.Contains(c.Voices[1].Who, "基建处") {
		t.Errorf("%+v %+v %+v", c, c.Voices[0], c.Voices[1])
	}
	for rule, want := range map[intake.Rule]string{intake.RuleMine: "本机后来写的", intake.RuleTheirs: "部门写的"} {
		pl := collect(t, s, intake.Env{Rule: rule}, path)
		before, _ := s.Pilot.RiskPoints.ByKey("JJ-02")
		if err := s.Do(pl.Command()); err != nil && rule != intake.RuleMine {
			t.Fatal(err)
		}
		one, _ := s.Pilot.RiskPoints.ByKey("JJ-01")
		two, _ := s.Pilot.RiskPoints.ByKey("JJ-02")
		if one.Consequence != "本机后来写的后果" || two.Consequence != want {
			t.Errorf("%s: %q %q", rule, one.Consequence, two.Consequence)
		}
		if two != before && s.Undo() != nil {
			t.Error("undo")
		}
	}
}

// Undoing a collection leaves the pilot's own word as old as it was: the same files
// planned again are decided alike. Collected once more nothing changes, and a field on
// which the files disagree still has its name.
func TestCollectedTwiceAndUndone(t *testing.T) {
	s := samplePilot(t)
	one := handOutMarked(t, s, export.Request{Kind: "riskpoint", Unit: "基建处"})
	two := handOutMarked(t, s, export.Request{Kind: "riskpoint", Unit: "基建处"})
	setPoint(t, s, "JJ-02", "consequence", "本机后来写的")
	fill(t, one, "自查表", map[string]any{"J6": "处长写的"})
	fill(t, two, "自查表", map[string]any{"J6": "科长写的"})
	plan := func() *intake.Plan {
		t.Helper()
		pl := collect(t, s, intake.Env{}, one, two)
		if len(pl.Conflicts) != 1 || pl.Conflicts[0].Title != "可能后果" {
			t.Fatalf("%+v", pl.Conflicts)
		}
		return pl
	}
	first := plan()
	mine := first.Conflicts[0].Voices[0]
	if err := s.Do(first.Command()); err != nil {
		t.Fatal(err)
	}
	if pl := plan(); len(pl.Changes.Changes) != 0 {
		t.Errorf("the second time changes %d records", len(pl.Changes.Changes))
	}
	if err := s.Undo(); err != nil {
		t.Fatal(err)
	}
	again := plan().Conflicts[0]
	if v := again.Voices[0]; !v.At.Equal(mine.At) || v.Who != mine.Who || again.Taken != first.Conflicts[0].Taken {
		t.Errorf("after undo %+v is taken %d, before %+v %d", v, again.Taken, mine, first.Conflicts[0].Taken)
	}
}

// The sender gets the workbook back as it was, wrong cells coloured and commented,
// with a list; corrected, it is taken although list and comments are still in it.
func TestProblemsGoBackToTheSender(t *testing.T) {
	s := samplePilot(t)
	path := handOutMarked(t, s, export.Request{Kind: "riskpoint", Unit: "基建处"})
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("自查表")
	if err != nil || f.Close() != nil {
		t.Fatal(err)
	}
	col := 0
	for i, h := range rows[3] {
		if strings.HasPrefix(h, "可能性") {
			col = i + 1
		}
	}
	cell := intake.CellName(6, col)
	fill(t, path, "自查表", map[string]any{cell: 9})
	pl := collect(t, s, intake.Env{}, path)
	rep := pl.Report.Files[0]
	problems := intake.Problems(rep.Book, rep)
	if len(problems) != 1 || problems[0].Cell != cell {
		t.Fatalf("%+v", problems)
	}
	back := filepath.Join(t.TempDir(), intake.ProblemName("基建处.xlsx"))
	if err := (xlsx.Writer{}).WriteProblems(context.Background(), path, back, rep.Book, problems); err != nil {
		t.Fatal(err)
	}
	marked(t, back, "自查表", cell, "可能性应为 1–5 的整数，现为“9”")
	fill(t, back, "自查表", map[string]any{cell: 4})
	pl = collect(t, s, intake.Env{}, back)
	for _, sh := range pl.Report.Files[0].Sheets {
		if len(sh.Errors) > 0 {
			t.Errorf("%s: %v", sh.Sheet, sh.Errors)
		}
	}
	if len(pl.Changes.Changes) != 1 || pl.Changes.Changes[0].After.(*domain.RiskPoint).Likelihood != 4 {
		t.Errorf("%d changes", len(pl.Changes.Changes))
	}
}

// marked checks the colour, the comment and the list.
func marked(t *testing.T, path, sheet, cell, message string) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	id, err := f.GetCellStyle(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil || len(style.Fill.Color) != 1 || style.Fill.Color[0] != "FFC7CE" {
		t.Errorf("style %+v %v", style.Fill, err)
	}
	notes, err := f.GetComments(sheet)
	found := false
	for _, n := range notes {
		found = found || n.Cell == cell && strings.Contains(n.Text, message)
	}
	if err != nil || !found {
		t.Errorf("comments %+v", notes)
	}
	list, err := f.GetRows("问题清单（仅供查阅）")
	if err != nil || len(list) != 3 || list[2][0] != sheet || list[2][1] != cell || list[2][4] != message {
		t.Errorf("list %q %v", list, err)
	}
}
