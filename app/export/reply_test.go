package export_test

import (
	"strings"
	"testing"

	"lianshao/app/export"
	"lianshao/app/warn"
	"lianshao/domain"
)

// Units answer warnings in a workbook: what they write is registered, what is left
// empty stays open, and the same workbook again changes nothing.
func TestRepliesComeBackByWorkbook(t *testing.T) {
	s := samplePilot(t)
	if err := s.Do(warn.IssueRound(s.Result(1), "2026-09-01", s.NewID)); err != nil {
		t.Fatal(err)
	}
	path := handOut(t, s, export.Request{Kind: "warning", Unit: "基建处"})
	fill(t, path, "预警回告", map[string]any{"G6": "2026-09-03", "H6": "李某", "I6": "已剖析原因，9月底前整改。",
		"G7": "2026-08-01", "H7": "李某", "I7": "早于签发", "G8": "2026-09-03"})
	pl := plan(t, s, path)
	sh := pl.Report.Files[0].Sheets[0]
	if sh.Changed != 1 || len(sh.Errors) != 2 || !strings.Contains(sh.Errors[0].Message, "早于") || sh.Errors[0].Cell != "I7" || !strings.Contains(sh.Errors[1].Message, "回告人") {
		t.Fatalf("%d changed, %+v", sh.Changed, sh.Errors)
	}
	if err := s.Do(pl.Command()); err != nil {
		t.Fatal(err)
	}
	replied := 0
	for _, w := range s.Pilot.Warnings.All() {
		if a := w.Last(domain.EventReply); a != nil {
			replied++
			if a.By != "李某" || a.Date != "2026-09-03" || w.Replied != a.Date || w.State != domain.WarningReplied {
				t.Errorf("%+v", w)
			}
		}
	}
	if replied != 1 {
		t.Errorf("%d replied", replied)
	}
	if again := plan(t, s, path); again.Report.Files[0].Sheets[0].Changed != 0 {
		t.Error("the same reply was registered twice")
	}
	// Nothing is issued by a table.
	fill(t, path, "预警回告", map[string]any{"A6": "廉预警〔2026〕999号"})
	if e := plan(t, s, path).Report.Files[0].Sheets[0].Errors; len(e) == 0 || !strings.Contains(e[0].Message, "999号") {
		t.Errorf("%+v", e)
	}
}

// Nobody gets a table with nothing to fill in; a form without a pilot is open for all.
func TestTablesOfNothingAreNotHandedOut(t *testing.T) {
	s := samplePilot(t)
	if _, err := export.Form(s.Pilot, export.Request{Kind: "warning", Unit: "基建处"}); err == nil || !strings.Contains(err.Error(), "基建处没有等待回告的预警") {
		t.Error(err)
	}
	if files := export.FormFiles(s.Pilot, export.Request{Kind: "warning"}, export.EachUnit); len(files) != 0 {
		t.Errorf("%+v", files)
	}
	if files := export.FormFiles(s.Pilot, export.Request{Kind: "inspection"}, export.EachUnit); len(files) != 2 {
		t.Errorf("%+v", files)
	}
	wb, err := export.Form(domain.NewPilot(), export.Request{Kind: "inspection"})
	if err != nil || wb.Sheets[0].Spare == 0 || wb.Sheets[0].Columns[0].Closed {
		t.Error(err)
	}
}
