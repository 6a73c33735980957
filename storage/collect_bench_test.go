//go:build unix

package storage_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"lianshao/app"
	"lianshao/app/export"
	"lianshao/app/intake"
	"lianshao/domain"
	"lianshao/storage/pilotfile"
	"lianshao/storage/xlsx"
)

// How much is collected: the forms of 300 departments, of 40 risk points each.
const (
	collectFiles  = 300
	collectPoints = 40
)

// BenchmarkCollect300 reads the forms of 300 departments of 40 points side by side,
// compares them and commits them to a new pilot as one operation. s/collection is
// how many seconds that takes.
func BenchmarkCollect300(b *testing.B) {
	dir := b.TempDir()
	var paths []string
	for i := range collectFiles {
		paths = append(paths, selfAssessment(b, dir, i))
	}
	var took effort
	n := 0
	for b.Loop() {
		n++
		took.of(func() { collect(b, paths, filepath.Join(dir, fmt.Sprint("收", n, pilotfile.Extension))) })
	}
	b.ReportMetric(took.wall.Seconds()/float64(n), "s/collection")
	b.ReportMetric(took.cpu.Seconds()/float64(n), "cpu-s/collection")
	b.ReportMetric(took.peak, "peak-MiB")
}

// selfAssessment writes the form of a department's points.
func selfAssessment(b *testing.B, dir string, n int) string {
	b.Helper()
	p := domain.NewPilot()
	fillDepartment(p, n)
	wb, err := export.Form(p, export.Request{Kind: "riskpoint", Unit: fmt.Sprintf("第%d处", n)})
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(dir, fmt.Sprint("自查表", n, ".xlsx"))
	if err := (xlsx.Writer{}).Write(context.Background(), path, wb, nil); err != nil {
		b.Fatal(err)
	}
	return path
}

func collect(b *testing.B, paths []string, into string) {
	s, err := app.CreatePilot(pilotfile.Stores{}, into, app.TemplateBlank, 2026, time.Now, newID, "某")
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	files, err := intake.ReadAll(context.Background(), xlsx.Reader{}, paths, nil)
	if err != nil {
		b.Fatal(err)
	}
	var books []*intake.Book
	for _, f := range files {
		if f.Err != nil {
			b.Fatal(f.Err)
		}
		books = append(books, f.Book)
	}
	plan := intake.NewPlan(s.Pilot, intake.Analyse(books, intake.Options{}), intake.Env{IDs: newID, Year: 2026, Store: s.Store})
	if err := s.Do(plan.Command()); err != nil || s.Pilot.RiskPoints.Len() != collectFiles*collectPoints || len(plan.Conflicts) > 0 {
		b.Fatal(s.Pilot.RiskPoints.Len(), len(plan.Conflicts), err)
	}
}
