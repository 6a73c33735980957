package export_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lianshao/app"
	"lianshao/app/export"
	"lianshao/app/intake"
	"lianshao/app/sample"
	"lianshao/app/sheet"
	"lianshao/domain"
	"lianshao/storage/pilotfile"
	"lianshao/storage/xlsx"
)

// samplePilot is the built-in example in a temporary file.
func samplePilot(t testing.TB) *app.Session {
	t.Helper()
	n := 0
	ids := func() domain.ID { n++; return domain.ID(fmt.Sprintf("r%06d", n)) }
	clock := func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }
	s, err := app.CreatePilot(pilotfile.Stores{}, filepath.Join(t.TempDir(), "s.lianshao"), app.TemplateUniversity, sample.Year, clock, ids, "测试")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := sample.Fill(s, xlsx.Reader{}, nil); err != nil {
		t.Fatal(err)
	}
	return s
}

func plan(t testing.TB, s *app.Session, path string) *intake.Plan {
	t.Helper()
	b, err := xlsx.Reader{}.Read(context.Background(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return intake.NewPlan(s.Pilot, intake.Analyse([]*intake.Book{b}, intake.Options{}), intake.Env{IDs: s.NewID, Year: s.Pilot.Year()})
}

// What was exported and not touched comes back without a change; imported into
// an empty pilot it gives the same pilot.
func TestRoundTrip(t *testing.T) {
	s := samplePilot(t)
	path := filepath.Join(t.TempDir(), "全部.xlsx")
	if err := (xlsx.Writer{}).Write(context.Background(), path, export.Workbook(s.Pilot), nil); err != nil {
		t.Fatal(err)
	}
	pl := plan(t, s, path)
	for _, f := range pl.Report.Files {
		for _, sh := range f.Sheets {
			for _, e := range sh.Errors {
				t.Errorf("%s!%s %s: %s", sh.Sheet, e.Cell, e.Field, e.Message)
			}
			if sh.New+sh.Changed > 0 {
				t.Errorf("%s (%s): 新增 %d 修改 %d", sh.Sheet, sh.Kind, sh.New, sh.Changed)
			}
		}
	}
	for i, c := range pl.Changes.Changes {
		if i < 10 {
			t.Errorf("changed %s %s:\n%+v\n%+v", c.Kind, c.ID, c.Before, c.After)
		}
	}
	if _, added, changed, same, _, refused := pl.Report.Totals(); added+changed+refused > 0 || same < 1000 {
		t.Errorf("新增 %d 修改 %d 拒绝 %d 相同 %d", added, changed, refused, same)
	}
}

// The workbook alone carries the pilot: imported into a blank one, everything
// is there again.
func TestWorkbookCarriesEverything(t *testing.T) {
	s := samplePilot(t)
	wb := export.Workbook(s.Pilot)
	path := filepath.Join(t.TempDir(), "全部.xlsx")
	if err := (xlsx.Writer{}).Write(context.Background(), path, wb, nil); err != nil {
		t.Fatal(err)
	}
	other, err := app.CreatePilot(pilotfile.Stores{}, filepath.Join(t.TempDir(), "b.lianshao"), app.TemplateBlank, sample.Year, s.Clock, s.NewID, "测试")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if err := other.Do(plan(t, other, path).Command()); err != nil {
		t.Fatal(err)
	}
	got := export.Workbook(other.Pilot)
	if len(got.Sheets) != len(wb.Sheets) {
		t.Fatalf("%d sheets, want %d", len(got.Sheets), len(wb.Sheets))
	}
	for i, want := range wb.Sheets {
		if diff := cmp.Diff(byText(want), byText(got.Sheets[i])); diff != "" {
			t.Errorf("%s (-was +is):\n%.1500s", want.Name, diff)
		}
	}
}

// One changed cell is one changed record.
func TestOneEdit(t *testing.T) {
	s := samplePilot(t)
	wb := export.Workbook(s.Pilot)
	for i := range wb.Sheets {
		if wb.Sheets[i].Name == "风险点" {
			wb.Sheets[i].Rows[4][8] = "改过的表现形式"
		}
	}
	path := filepath.Join(t.TempDir(), "改.xlsx")
	if err := (xlsx.Writer{}).Write(context.Background(), path, wb, nil); err != nil {
		t.Fatal(err)
	}
	pl := plan(t, s, path)
	if len(pl.Changes.Changes) != 1 {
		t.Fatalf("%d changes", len(pl.Changes.Changes))
	}
	if r := pl.Changes.Changes[0].After.(*domain.RiskPoint); r.Code != "JJ-05" || r.Description != "改过的表现形式" {
		t.Errorf("changed %s %s", r.Code, r.Description)
	}
}

// byText orders rows by content: records without a code of their own, such as
// members, may come back in another order.
func byText(s sheet.Sheet) sheet.Sheet {
	s.Rows = slices.Clone(s.Rows)
	slices.SortFunc(s.Rows, func(a, b []any) int { return strings.Compare(fmt.Sprint(a...), fmt.Sprint(b...)) })
	return s
}
