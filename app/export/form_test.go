package export_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lianshao/app"
	"lianshao/app/export"
	"lianshao/app/warn"
	"lianshao/domain"
	"lianshao/storage/xlsx"
)

// handOut writes a form and answers where.
func handOut(t *testing.T, s *app.Session, q export.Request) string {
	t.Helper()
	wb, err := export.Form(s.Pilot, q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	path := filepath.Join(t.TempDir(), export.FormTitle(domain.Kind(q.Kind))+".xlsx")
	if err := (xlsx.Writer{}).Write(context.Background(), path, wb, nil); err != nil {
		t.Fatal(err)
	}
	return path
}

// A form that nobody filled in changes nothing and complains about nothing.
func TestFormsComeBackUntouched(t *testing.T) {
	s := samplePilot(t)
	if err := s.Do(warn.IssueRound(s.Result(1), "2026-09-01", s.NewID)); err != nil {
		t.Fatal(err)
	}
	for _, k := range export.FormKinds() {
		for _, unit := range []string{"", "基建处"} {
			pl := plan(t, s, handOut(t, s, export.Request{Kind: string(k), Unit: unit}))
			if len(pl.Report.Files) != 1 || pl.Report.Files[0].Error != "" {
				t.Fatalf("%s %s: %+v", k, unit, pl.Report.Files)
			}
			for _, sh := range pl.Report.Files[0].Sheets {
				if sh.Form == nil || sh.Kind != k {
					t.Errorf("%s %s: taken for %s", k, unit, sh.Kind)
				}
				if len(sh.Errors) > 0 || sh.New+sh.Changed > 0 {
					t.Errorf("%s %s: 新增 %d 修改 %d %v", k, unit, sh.New, sh.Changed, sh.Errors)
				}
			}
			if !pl.Changes.Empty() {
				t.Errorf("%s %s: %d changes, first %+v", k, unit, len(pl.Changes.Changes), pl.Changes.Changes[0].After)
			}
		}
	}
}

func fill(t *testing.T, path, sheet string, cells map[string]any) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, v := range cells {
		if err := f.SetCellValue(sheet, cell, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
}

// A new line without a code is numbered on from the unit's own; bringing the
// same form again finds it there.
func TestFormNumbersNewPoints(t *testing.T) {
	s := samplePilot(t)
	path := handOut(t, s, export.Request{Kind: "riskpoint", Unit: "基建处"})
	rows := points(s.Pilot, "基建处")
	at := func(col string, i int) string { return col + itoa(4+rows+i) }
	fill(t, path, "自查表", map[string]any{at("C", 1): "基建处处长", at("G", 1): "新的风险点", at("H", 1): "新的表现形式", at("J", 1): "后果"})
	pl := plan(t, s, path)
	if len(pl.Changes.Changes) != 1 {
		t.Fatalf("%d changes: %+v", len(pl.Changes.Changes), pl.Report.Files[0].Sheets[0].Errors)
	}
	r := pl.Changes.Changes[0].After.(*domain.RiskPoint)
	if want := "JJ-" + itoa(rows+1); r.Code != want || r.Name != "新的风险点" || s.Pilot.NameOf(domain.KindUnit, r.Unit) != "基建处" {
		t.Errorf("%s %s in %s, want %s", r.Code, r.Name, s.Pilot.NameOf(domain.KindUnit, r.Unit), want)
	}
	if err := s.Do(pl.Command()); err != nil {
		t.Fatal(err)
	}
	if again := plan(t, s, path); !again.Changes.Empty() {
		t.Errorf("again: %d changes", len(again.Changes.Changes))
	}
}

func points(p *domain.Pilot, unit string) (n int) {
	for _, r := range p.ActivePoints() {
		if p.NameOf(domain.KindUnit, r.Unit) == unit {
			n++
		}
	}
	return n
}

func itoa(n int) string {
	name, _ := excelize.CoordinatesToCellName(1, n)
	return strings.TrimPrefix(name, "A")
}

// The scoring form belongs to one assessor, carries the anchors as notes, and
// offers 1–5 and 弃权 only.
func TestScoringForm(t *testing.T) {
	s := samplePilot(t)
	path := handOut(t, s, export.Request{Kind: "rating", Assessor: "审计处"})
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheets := f.GetSheetList()
	if sheets[0] != "6审计处" || len(sheets) != 3 {
		t.Fatalf("sheets %v", sheets)
	}
	notes, err := f.GetComments(sheets[0])
	sys := s.Pilot.SystemFor(domain.TargetPoint)
	if err != nil || len(notes) != len(sys.Indicators()) || !strings.Contains(notes[0].Paragraph[0].Text, "5分：") {
		t.Errorf("%d notes %v", len(notes), err)
	}
	dvs, err := f.GetDataValidations(sheets[0])
	if err != nil || len(dvs) != len(sys.Indicators()) || dvs[0].ErrorStyle != nil && *dvs[0].ErrorStyle != "stop" {
		t.Errorf("%d rules %v", len(dvs), err)
	}
	if p, err := f.GetSheetProtection(sheets[0]); err != nil || p.EditObjects {
		t.Errorf("protection %+v %v", p, err)
	}
	fill(t, path, sheets[0], map[string]any{"E6": 5, "F6": "弃权"})
	pl := plan(t, s, path)
	if len(pl.Changes.Changes) != 1 {
		t.Fatalf("%d changes", len(pl.Changes.Changes))
	}
	row := pl.Changes.Changes[0].After.(*domain.Rating).Row("审计处")
	if row.Marks[0] != 5 || row.Marks[1] != domain.Abstained {
		t.Errorf("marks %v", row.Marks)
	}
}

func TestFormRefusals(t *testing.T) {
	s := samplePilot(t)
	for _, q := range []export.Request{{Kind: "nonsense"}, {Kind: "riskpoint", Unit: "没有这个处"}, {Kind: "rating", Assessor: "没有这个人"},
		{Kind: "rating", Round: 9}, {Kind: "riskpoint", Post: "没有这个岗"}} {
		if _, err := export.Form(s.Pilot, q); app.CodeOf(err) != app.CodeInvalid {
			t.Errorf("%+v: %v", q, err)
		}
	}
	// A pilot with nothing in it still gives forms with their frames.
	for _, k := range export.FormKinds() {
		if _, err := export.Form(domain.NewPilot(), export.Request{Kind: string(k), Unit: "基建处"}); err != nil && k != domain.KindRating {
			t.Errorf("%s: %v", k, err)
		}
	}
}

func TestFormFiles(t *testing.T) {
	s := samplePilot(t)
	files := export.FormFiles(s.Pilot, export.Request{Kind: "rating"}, export.EachAssessor)
	if len(files) != 7 || files[0].Name != "评分表-组长.xlsx" || files[0].Assessor != "组长" {
		t.Errorf("%+v", files)
	}
	if files := export.FormFiles(s.Pilot, export.Request{Kind: "riskpoint"}, export.EachPost); len(files) != s.Pilot.Posts.Len() || files[0].Post == "" {
		t.Errorf("%d files", len(files))
	}
}
