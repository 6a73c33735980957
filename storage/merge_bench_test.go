package storage_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"lianshao/app"
	"lianshao/app/merge"
	"lianshao/domain"
	"lianshao/storage/pilotfile"
)

func newID() domain.ID { return domain.ID(ulid.Make().String()) }

// department makes the pilot of one department: 40 points with two measures each,
// scored by seven people.
func department(b testing.TB, path string, n int) {
	b.Helper()
	s, err := app.CreatePilot(pilotfile.Stores{}, path, app.TemplateUniversity, 2026, time.Now, newID, "某")
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	if err := s.Do(app.Edit(domain.Op{Name: "import", Label: "导入"}, func(d *domain.Pilot) error { fillDepartment(d, n); return nil })); err != nil {
		b.Fatal(err)
	}
}

func fillDepartment(d *domain.Pilot, n int) {
	base := func(code string) domain.Base { return domain.Base{ID: newID(), Code: code} }
	unit := &domain.Unit{Base: base(fmt.Sprintf("D%03d", n)), Name: fmt.Sprintf("第%d处", n)}
	d.Put(unit)
	post := &domain.Post{Base: base(unit.Code + "-G"), Unit: domain.To(unit.ID), Name: "处长"}
	d.Put(post)
	round := &domain.Assessment{Base: base("1"), No: 1, Name: "首次评估"}
	for i := range 7 {
		round.Assessors = append(round.Assessors, domain.Assessor{No: i + 1, Name: fmt.Sprintf("评分人%d", i+1)})
	}
	d.Put(round)
	for i := range 40 {
		p := &domain.RiskPoint{Base: base(fmt.Sprintf("%s-%02d", unit.Code, i+1)), Unit: domain.To(unit.ID), Post: domain.To(post.ID), Name: "风险点",
			Description: fmt.Sprintf("第%d处的第%d个风险点的表现形式，说得长一些", n, i+1), Causes: "制度不细，监督不够", Likelihood: 1 + i%5, Impact: 1 + i%4, Owner: "某"}
		d.Put(p)
		for k := range 2 {
			d.Put(&domain.Measure{Base: base(fmt.Sprintf("%s-%d", p.Code, k+1)), Point: domain.To(p.ID), No: k + 1, Content: "措施内容", Owner: "某"})
		}
		r := &domain.Rating{Base: base(""), Assessment: domain.To(round.ID), Target: domain.TargetPoint, Subject: domain.To(p.ID)}
		for _, a := range round.Assessors {
			r.Rows = append(r.Rows, domain.RatingRow{Assessor: a.Name, Marks: []domain.Mark{1, 2, 3, 4, 5, 4, 3, 2, 1, 2}})
		}
		d.Put(r)
	}
}

// BenchmarkMerge300 merges 300 departments' pilots of 40 points into the school's, from
// reading the files to the commit on disk.
func BenchmarkMerge300(b *testing.B) {
	dir := b.TempDir()
	var paths []string
	for i := range 300 {
		paths = append(paths, filepath.Join(dir, fmt.Sprintf("d%03d.lianshao", i)))
		department(b, paths[i], i)
	}
	for n := 0; b.Loop(); n++ {
		s, err := app.CreatePilot(pilotfile.Stores{}, filepath.Join(dir, fmt.Sprintf("school%d.lianshao", n)), app.TemplateUniversity, 2026, time.Now, newID, "某")
		if err != nil {
			b.Fatal(err)
		}
		start := time.Now()
		sources, err := merge.Read(context.Background(), pilotfile.Stores{}, paths, nil, nil)
		if err != nil {
			b.Fatal(err)
		}
		read := time.Since(start)
		pl, err := merge.NewPlan(s, sources, merge.Options{Now: time.Now(), Who: "某", NewID: newID})
		if err != nil {
			b.Fatal(err)
		}
		planned := time.Since(start)
		if err := s.Do(pl.Command()); err != nil || s.Pilot.RiskPoints.Len() != 300*40 {
			b.Fatal(s.Pilot.RiskPoints.Len(), err)
		}
		b.ReportMetric(float64(read.Milliseconds()), "read-ms")
		b.ReportMetric(float64((planned - read).Milliseconds()), "plan-ms")
		b.ReportMetric(float64((time.Since(start) - planned).Milliseconds()), "commit-ms")
		s.Close()
	}
}
