package intake_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lianshao/app/intake"
	"lianshao/app/merge"
	"lianshao/domain"
)

// tableBook is a workbook of one sheet of risk points.
func tableBook(file string, saved time.Time, unit string, lines ...string) *intake.Book {
	s := &intake.Sheet{Name: "自查表"}
	add := func(cells ...string) {
		s.Rows = append(s.Rows, intake.Row{No: len(s.Rows) + 1, Cells: cells})
	}
	add("岗位廉政风险点自查表")
	add("填报单位：" + unit)
	add("编号", "部门", "风险点", "表现形式", "可能性", "影响程度", "责任人", "防控措施")
	for _, l := range lines {
		add(strings.Split(l, "|")...)
	}
	return &intake.Book{File: file, Saved: saved, Sheets: []*intake.Sheet{s}}
}

func planBooks(p *domain.Pilot, env intake.Env, books ...*intake.Book) *intake.Plan {
	env.IDs, env.Year = ids(), 2026
	return intake.NewPlan(p, intake.Analyse(books, intake.Options{}), env)
}

func after(t testing.TB, p *domain.Pilot, pl *intake.Plan) *domain.Pilot {
	t.Helper()
	d := p.Draft()
	d.Apply(pl.Changes)
	return d
}

var monday = time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)

// Two files that say different things of a field are heard both, with who says
// what; a rule or a person decides, and what they agree on is not asked.
func TestFilesThatDisagree(t *testing.T) {
	p := domain.NewPilot()
	one := tableBook("基建处.xlsx", monday.Add(time.Hour), "基建处", "JJ-01|基建处|虚签|多签工程量|3|4|科长|1.影像留痕", "JJ-02|基建处|围标|失察|2|2||")
	two := tableBook("甲方代表.xlsx", monday, "基建处", "JJ-01|基建处|虚签|多签工程量|5|4|处长|1.双人签证", "JJ-03|基建处|倒签|补签日期|1|1||")
	pl := planBooks(p, intake.Env{}, one, two)
	var said []string
	for _, c := range pl.Conflicts {
		for i, v := range c.Voices {
			said = append(said, fmt.Sprint(c.Name, " ", c.Title, " ", v.Who, "=", v.Text, " ", i == c.Taken))
		}
	}
	want := []string{
		"JJ-01 可能性 基建处 · 基建处.xlsx 自查表!E4=3 true", "JJ-01 可能性 基建处 · 甲方代表.xlsx 自查表!E4=5 false",
		"JJ-01 责任人 基建处 · 基建处.xlsx 自查表!G4=科长 true", "JJ-01 责任人 基建处 · 甲方代表.xlsx 自查表!G4=处长 false",
		"JJ-01-1 防范措施 基建处 · 基建处.xlsx 自查表!H4=影像留痕 true", "JJ-01-1 防范措施 基建处 · 甲方代表.xlsx 自查表!H4=双人签证 false",
	}
	for i, line := range said {
		if i >= len(want) || !strings.Contains(line, want[i]) {
			t.Fatalf("heard %q", said)
		}
	}
	if len(said) != len(want) {
		t.Fatalf("heard %q", said)
	}
	for _, f := range pl.Report.Files {
		if s := f.Sheets[0]; s.Conflicts != 3 || len(s.Errors) > 0 {
			t.Errorf("%s: %d conflicts, errors %v", f.File, s.Conflicts, s.Errors)
		}
	}
	for rule, likelihood := range map[intake.Rule]int{intake.RuleNewer: 3, intake.RuleTheirs: 5, intake.RuleOrder: 3, intake.RuleMine: 3} {
		got := after(t, p, planBooks(p, intake.Env{Rule: rule}, one, two))
		if r, _ := got.RiskPoints.ByKey("JJ-01"); r.Likelihood != likelihood || got.RiskPoints.Len() != 3 {
			t.Errorf("%s: %d, %d points", rule, r.Likelihood, got.RiskPoints.Len())
		}
	}
	decided := intake.Decisions{}
	decided.Decide(pl.Conflicts[0], 1)
	got := after(t, p, planBooks(p, intake.Env{Decided: decided}, one, two))
	if r, _ := got.RiskPoints.ByKey("JJ-01"); r.Likelihood != 5 || r.Owner != "科长" {
		t.Errorf("decided: %+v", r)
	}
}

// What a file repeats of the pilot is no word against another file's correction.
func TestRepeatingIsNotDisagreeing(t *testing.T) {
	p := domain.NewPilot()
	old := tableBook("原表.xlsx", monday, "基建处", "JJ-01|基建处|虚签|多签工程量|3|4|科长|")
	pl := planBooks(p, intake.Env{}, old)
	p.Apply(pl.Changes)
	corrected := tableBook("更正.xlsx", monday, "基建处", "JJ-01|基建处|虚签|多签工程量|5|4|科长|")
	for _, books := range [][]*intake.Book{{old, corrected}, {corrected, old}} {
		pl := planBooks(p, intake.Env{}, books...)
		if len(pl.Conflicts) != 0 || len(pl.Changes.Changes) != 1 {
			t.Fatalf("%d conflicts, %d changes", len(pl.Conflicts), len(pl.Changes.Changes))
		}
		if r := pl.Changes.Changes[0].After.(*domain.RiskPoint); r.Likelihood != 5 {
			t.Errorf("likelihood %d", r.Likelihood)
		}
	}
}

// Two departments that number alike are not mixed up: the second is refused.
func TestSameNumberOfAnotherUnitIsRefused(t *testing.T) {
	p := domain.NewPilot()
	pl := planBooks(p, intake.Env{}, tableBook("甲.xlsx", monday, "基建处", "1|基建处|虚签|多签|3|4||"), tableBook("乙.xlsx", monday, "设备处", "1|设备处|围标|失察|3|4||"))
	if errs := pl.Report.Files[1].Sheets[0].Errors; len(errs) != 1 || !strings.Contains(errs[0].Message, "甲.xlsx") || len(pl.Conflicts) != 0 {
		t.Errorf("%v, %d conflicts", errs, len(pl.Conflicts))
	}
}

// In whatever order files are given, the newest word on every field is taken and
// no file's rows are lost.
func TestOrderOfFilesDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := domain.NewPilot()
		number := rapid.IntRange(1, 5)
		var books []*intake.Book
		for i := range rapid.IntRange(2, 5).Draw(r, "files") {
			var lines []string
			for k := range 4 {
				if rapid.Bool().Draw(r, "has") {
					lines = append(lines, fmt.Sprintf("JJ-%02d|基建处|风险%d|表现%d|%d|%d||", k, k, k, number.Draw(r, "l"), number.Draw(r, "i")))
				}
			}
			books = append(books, tableBook(fmt.Sprintf("%d.xlsx", i), monday.Add(time.Duration(i)*time.Minute), "基建处", lines...))
		}
		first := merge.Digest(after(t, p, planBooks(p, intake.Env{}, books...)))
		mixed := slices.Clone(books)
		for i := range mixed {
			k := rapid.IntRange(i, len(mixed)-1).Draw(r, "swap")
			mixed[i], mixed[k] = mixed[k], mixed[i]
		}
		if merge.Digest(after(t, p, planBooks(p, intake.Env{}, mixed...))) != first {
			r.Fatal("the order of the files matters")
		}
	})
}
