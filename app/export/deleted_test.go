package export_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
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

// copyOf copies a workbook under another name.
func copyOf(t *testing.T, path, name string) string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	to := filepath.Join(filepath.Dir(path), name)
	if err := f.SaveAs(to); err != nil {
		t.Fatal(err)
	}
	return to
}

// write writes into the row of a code, under a header.
func write(t *testing.T, path, sheet, code, header, text string) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows(sheet)
	if err != nil || f.Close() != nil {
		t.Fatal(err)
	}
	at := -1
	for i, row := range rows {
		for k, cell := range row {
			if strings.TrimSpace(strings.Split(cell, "（")[0]) == header && at < 0 {
				at = k
			}
		}
		if len(row) > 0 && slices.Contains(row[:min(2, len(row))], code) {
			fill(t, path, sheet, map[string]any{intake.CellName(i+1, at+1): text})
			return
		}
	}
	t.Fatalf("no row %s", code)
}

// lateComer adds a point of 基建处 with a measure, that nothing stops from being deleted.
func lateComer(t *testing.T, s *app.Session) *domain.RiskPoint {
	t.Helper()
	unit, _ := s.Pilot.Resolve(domain.KindUnit, domain.Ref{}, "基建处")
	pt := &domain.RiskPoint{Base: domain.Base{ID: s.NewID(), Code: "JJ-77"}, Unit: domain.To(unit), Name: "后来的", Description: "后来登记的", Category: "业务流程", Status: domain.PointActive,
		Findings: []domain.Finding{{Channel: "群众帮", By: "甲某", Date: "2026-03-01"}}, Channels: []string{"群众帮"}}
	m := &domain.Measure{Base: domain.Base{ID: s.NewID(), Code: "JJ-77-1"}, Point: domain.To(pt.ID), No: 1, Content: "双人复核", Library: "CS-01"}
	if err := s.Do(app.Edit(domain.Op{Name: "test", Label: "测试"}, func(d *domain.Pilot) error { d.Put(pt); d.Put(m); return nil })); err != nil {
		t.Fatal(err)
	}
	return pt
}

// What was deleted while a form was out stays deleted if the form only repeats it;
// changed in the form, deleting stands against changing, with who and when, and
// whoever decides gets the record back whole or not at all.
func TestDeletedWhileTheFormWasOut(t *testing.T) {
	s := samplePilot(t)
	pt := lateComer(t, s)
	path := handOutMarked(t, s, export.Request{Kind: "riskpoint", Unit: "基建处"})
	if err := s.Do(edit.Delete(domain.KindRiskPoint, pt.ID)); err != nil {
		t.Fatal(err)
	}
	pl := collect(t, s, intake.Env{}, path)
	if len(pl.Changes.Changes) != 0 || len(pl.Conflicts) != 0 || !strings.Contains(fmt.Sprint(pl.Report.Files[0].Sheets[0].Warnings), "已经删除") {
		t.Fatalf("untouched: %+v %+v", pl.Changes.Changes, pl.Report.Files[0].Sheets[0].Warnings)
	}
	other := copyOf(t, path, "甲方代表.xlsx")
	write(t, path, "自查表", "JJ-77", "表现形式", "部门又改了")
	write(t, other, "自查表", "JJ-77", "可能后果", "甲方代表补的后果")
	plan := collector(t, s, path, other)
	pl = plan(nil)
	if len(pl.Conflicts) != 1 || len(pl.Conflicts[0].Voices) != 3 {
		t.Fatalf("conflicts %+v", pl.Conflicts)
	}
	c := pl.Conflicts[0]
	if c.Code != "JJ-77" || c.Voices[0].Text != "删除" || !strings.Contains(c.Voices[0].Who, "本试点") || c.Voices[0].AtFrom != intake.AtJournal ||
		!strings.Contains(c.Voices[1].Text, "部门又改了") || !strings.Contains(c.Voices[2].Text, "甲方代表补的后果") || c.Voices[1].AtFrom != intake.AtFile {
		t.Errorf("%+v %+v %+v", c.Voices[0], c.Voices[1], c.Voices[2])
	}
	if js := pl.Report.Conflicts; len(js) != 1 || len(js[0].Sides) != 3 || js[0].Sides[1].Files[0] != "基建处.xlsx" {
		t.Errorf("report %+v", js)
	}
	for side := range 3 {
		decided := intake.Decisions{}
		decided.Decide(c, side)
		got := after(s, plan(decided))
		r, back := got.RiskPoints.ByKey("JJ-77")
		if back != (side > 0) {
			t.Fatalf("side %d: back %v", side, back)
		}
		if !back {
			continue
		}
		want := []string{"", "部门又改了", "后来登记的"}[side]
		if m := got.Measures.By(domain.ByPoint, r.ID); r.Description != want || len(r.Findings) != 1 || len(m) != 1 || m[0].Library != "CS-01" {
			t.Errorf("side %d: %+v %v", side, r, m)
		}
	}
}

// collector reads forms once and plans them as often as decisions change.
func collector(t *testing.T, s *app.Session, paths ...string) func(intake.Decisions) *intake.Plan {
	t.Helper()
	guesses := guessed(t, paths...)
	return func(decided intake.Decisions) *intake.Plan {
		return intake.NewPlan(s.Pilot, guesses, intake.Env{IDs: s.NewID, Year: s.Pilot.Year(), Store: s.Store, Decided: decided})
	}
}

// guessed reads files and finds out what they hold.
func guessed(t *testing.T, paths ...string) []*intake.SheetGuess {
	t.Helper()
	files, err := intake.ReadAll(context.Background(), xlsx.Reader{}, paths, nil)
	if err != nil {
		t.Fatal(err)
	}
	var books []*intake.Book
	for _, f := range files {
		if f.Err != nil {
			t.Fatal(f.Err)
		}
		books = append(books, f.Book)
	}
	return intake.Analyse(books, intake.Options{})
}

func after(s *app.Session, pl *intake.Plan) *domain.Pilot {
	d := s.Pilot.Draft()
	d.Apply(pl.Changes)
	return d
}

// Five files that say five things of a field are all listed, with the pilot's own
// word, and any of them may be taken.
func TestFiveFilesFiveWords(t *testing.T) {
	s := samplePilot(t)
	path := handOutMarked(t, s, export.Request{Kind: "riskpoint", Unit: "基建处"})
	setPoint(t, s, "JJ-02", "consequence", "本机后来写的")
	var paths []string
	for i := range 5 {
		p := copyOf(t, path, fmt.Sprintf("第%d人.xlsx", i+1))
		write(t, p, "自查表", "JJ-02", "可能后果", fmt.Sprintf("说法%d", i+1))
		paths = append(paths, p)
	}
	plan := collector(t, s, paths...)
	pl := plan(nil)
	if len(pl.Conflicts) != 1 || len(pl.Conflicts[0].Voices) != 6 {
		t.Fatalf("%+v", pl.Conflicts)
	}
	for side, v := range pl.Conflicts[0].Voices {
		if v.At.IsZero() || v.Who == "" || side > 0 && !strings.Contains(v.Who, fmt.Sprintf("第%d人.xlsx", side)) {
			t.Errorf("side %d: %+v", side, v)
		}
		decided := intake.Decisions{}
		decided.Decide(pl.Conflicts[0], side)
		got := after(s, plan(decided))
		if r, _ := got.RiskPoints.ByKey("JJ-02"); r.Consequence != v.Text {
			t.Errorf("side %d: %q", side, r.Consequence)
		}
	}
}
