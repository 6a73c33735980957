package backups_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"lianshao/app"
	"lianshao/app/backups"
	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/storage/sampletest"
)

func compare(t testing.TB, then, now *domain.Pilot) *backups.Comparison {
	t.Helper()
	c, err := backups.Compare(context.Background(), then, now, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func copyOf(p *domain.Pilot) *domain.Pilot {
	out := domain.NewPilot()
	for _, t := range p.Tables() {
		t.Each(func(r domain.Record) bool { out.Put(r.Clone()); return true })
	}
	return out
}

func do(t testing.TB, s *app.Session, cmd app.Command) {
	t.Helper()
	if err := s.Do(cmd); err != nil {
		t.Fatal(err)
	}
}

// fresh adds a point that nobody has scored, with two measures, to a unit of its own.
func fresh(t testing.TB, s *app.Session, code string) (point domain.ID) {
	t.Helper()
	point = s.NewID()
	do(t, s, app.Edit(domain.Op{Name: "test", Label: "登记"}, func(d *domain.Pilot) error {
		unit := &domain.Unit{Base: domain.Base{ID: s.NewID(), Code: "后勤处" + code}, Name: "后勤处" + code}
		d.Put(unit)
		d.Put(&domain.RiskPoint{Base: domain.Base{ID: point, Code: code}, Unit: domain.To(unit.ID), Name: "虚签", Description: "签了没有的量"})
		for i := range 2 {
			d.Put(&domain.Measure{Base: domain.Base{ID: s.NewID(), Code: fmt.Sprintf("%s-%d", code, i)}, Point: domain.To(point), Content: "两人一起量"})
		}
		return nil
	}))
	return point
}

func find(c *backups.Comparison, k domain.Kind, name string) *backups.Item {
	for _, it := range c.Items {
		if it.Kind == k && strings.Contains(it.Name, name) {
			return it
		}
	}
	return nil
}

// What was changed, deleted and added since is listed by kind, record and field;
// bringing it back makes the records as they were, and one undo takes that back.
func TestCompareAndBringBack(t *testing.T) {
	s := sampletest.Open(t, nil)
	point := fresh(t, s, "HQ-01")
	unit, _ := s.Pilot.Units.ByKey("基建处")
	then := copyOf(s.Pilot)
	if c := compare(t, then, s.Pilot); len(c.Items) != 0 {
		t.Fatalf("compared with itself: %v", c.Items[0])
	}
	do(t, s, edit.Delete(domain.KindRiskPoint, point))
	own, _ := s.Pilot.Units.ByKey("后勤处HQ-01")
	do(t, s, edit.Delete(domain.KindUnit, own.ID))
	do(t, s, edit.SetCells(edit.Cell{Kind: domain.KindUnit, ID: unit.ID, Field: "name", Text: "改了名的处"}))
	fresh(t, s, "HQ-02")
	before := copyOf(s.Pilot)

	c := compare(t, then, s.Pilot)
	count := map[domain.Kind]backups.KindCount{}
	for _, k := range c.Kinds {
		count[k.Kind] = k
	}
	if count[domain.KindRiskPoint] != (backups.KindCount{Kind: domain.KindRiskPoint, Gone: 1, New: 1}) ||
		count[domain.KindMeasure] != (backups.KindCount{Kind: domain.KindMeasure, Gone: 2, New: 2}) ||
		count[domain.KindUnit] != (backups.KindCount{Kind: domain.KindUnit, Changed: 1, Gone: 1, New: 1}) {
		t.Errorf("%+v", c.Kinds)
	}
	renamed := find(c, domain.KindUnit, "改了名的处")
	if f := c.Fields(renamed); !slices.Contains(f, backups.Field{Title: "部门", Then: unit.Name, Now: "改了名的处"}) || len(f) != 1 {
		t.Errorf("%+v", f)
	}
	gone := find(c, domain.KindRiskPoint, "HQ-01")
	if f := c.Fields(gone); !slices.ContainsFunc(f, func(f backups.Field) bool { return f.Then == "签了没有的量" && f.Now == "" }) {
		t.Errorf("%+v", f)
	}

	all := c.With([]*backups.Item{gone, renamed})
	if len(all) != 5 { // the point, its unit and two measures, the renamed unit
		t.Fatalf("%d records come back", len(all))
	}
	do(t, s, c.BringBack(all, time.Date(2026, 9, 20, 15, 4, 0, 0, time.Local)))
	if left := compare(t, then, s.Pilot); slices.ContainsFunc(left.Items, func(it *backups.Item) bool { return it.State != backups.New }) {
		t.Errorf("not as it was: %+v", left.Kinds)
	}
	if op, ok := s.CanUndo(); !ok || op.Label != "9月20日 15:04 的备份：取回 5 条记录" {
		t.Errorf("%v", op)
	}
	if err := s.Undo(); err != nil || !s.Pilot.Equal(before) {
		t.Errorf("undone: %v", err)
	}
}

// A point that comes back without its unit keeps the unit's name.
func TestWithoutItsUnit(t *testing.T) {
	s := sampletest.Open(t, nil)
	point := fresh(t, s, "HQ-01")
	then := copyOf(s.Pilot)
	do(t, s, edit.Delete(domain.KindRiskPoint, point))
	own, _ := s.Pilot.Units.ByKey("后勤处HQ-01")
	do(t, s, edit.Delete(domain.KindUnit, own.ID))
	c := compare(t, then, s.Pilot)
	do(t, s, c.BringBack([]*backups.Item{find(c, domain.KindRiskPoint, "HQ-01")}, time.Time{}))
	r, ok := s.Pilot.RiskPoints.Get(point)
	if !ok || r.Unit != domain.Named("后勤处HQ-01") {
		t.Errorf("%+v", r)
	}
}

// What has become final meanwhile, or whose code another has now, is refused by name,
// and nothing is changed.
func TestRefusals(t *testing.T) {
	s := sampletest.Open(t, nil)
	point := fresh(t, s, "HQ-01")
	then := copyOf(s.Pilot)
	do(t, s, edit.Delete(domain.KindRiskPoint, point))
	round := s.Pilot.Round(0)
	rating := s.Pilot.Ratings.All()[0]
	do(t, s, app.Edit(domain.Op{Name: "test", Label: "改"}, func(d *domain.Pilot) error {
		unit, _ := d.Units.ByKey("后勤处HQ-01")
		d.Put(&domain.RiskPoint{Base: domain.Base{ID: "other", Code: "HQ-01"}, Unit: domain.To(unit.ID), Name: "另一个"})
		r := rating.Clone().(*domain.Rating)
		r.Rows[0].Marks[0] = 6 - r.Rows[0].Marks[0]
		if rating.Rows[0].Marks[0] == 3 {
			r.Rows[0].Marks[0] = 1
		}
		d.Put(r)
		a, _ := d.Assessments.Get(rating.Assessment.ID)
		frozen := a.Clone().(*domain.Assessment)
		frozen.Frozen = true
		d.Put(frozen)
		return nil
	}))
	before := copyOf(s.Pilot)
	c := compare(t, then, s.Pilot)
	changed := slices.IndexFunc(c.Items, func(it *backups.Item) bool { return it.ID == rating.ID })
	if f := c.Fields(c.Items[changed]); len(f) != 1 || !strings.Contains(f[0].Title, rating.Rows[0].Assessor) || f[0].Then == f[0].Now {
		t.Errorf("%+v", f)
	}
	for want, it := range map[string]*backups.Item{"现在另有一条": find(c, domain.KindRiskPoint, "HQ-01"), "已定稿": c.Items[changed]} {
		err := s.Do(c.BringBack([]*backups.Item{it}, time.Time{}))
		if app.CodeOf(err) != app.CodeInvalid || !strings.Contains(app.Sentence(err), want) || !strings.Contains(app.Sentence(err), it.Name) {
			t.Errorf("%s: %v", want, err)
		}
	}
	if !s.Pilot.Equal(before) {
		t.Errorf("%s was changed by what was refused", round.Title())
	}
}

// After any edits, bringing back everything that was changed or deleted gives the
// backup again, but for what was added since.
func TestBringBackAnything(t *testing.T) {
	s := sampletest.Open(t, nil)
	then := copyOf(s.Pilot)
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		do(t, s, app.Edit(domain.Op{Name: "test", Label: "改"}, func(d *domain.Pilot) error {
			switch rnd.IntN(3) {
			case 0:
				all := d.Milestones.All()
				d.Milestones.Delete(all[rnd.IntN(len(all))].ID)
			case 1:
				all := d.Intelligence.All()
				r := all[rnd.IntN(len(all))].Clone().(*domain.Intelligence)
				r.Summary = fmt.Sprint("另外的话", rnd.IntN(100))
				d.Put(r)
			case 2:
				d.Put(&domain.Member{Base: domain.Base{ID: s.NewID()}, Name: fmt.Sprint("新人", rnd.IntN(1e9))})
			}
			return nil
		}))
	}
	c := compare(t, then, s.Pilot)
	do(t, s, c.BringBack(slices.DeleteFunc(c.With(c.Items), func(it *backups.Item) bool { return it.State == backups.New }), time.Time{}))
	for _, it := range compare(t, then, s.Pilot).Items {
		if it.State != backups.New {
			t.Errorf("%s %s: %s", it.Kind, it.Name, it.State)
		}
	}
}

// BenchmarkCompare compares two pilots of 20,000 points with 100,000 records.
func BenchmarkCompare(b *testing.B) {
	now := domain.NewPilot()
	n := 0
	cmds, err := app.DemoCommands(20_000, 1, func() domain.ID { n++; return domain.ID(fmt.Sprintf("%08d", n)) })
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range cmds {
		cs, err := c.Plan(now)
		if err != nil {
			b.Fatal(err)
		}
		now.Apply(cs)
	}
	then := copyOf(now)
	for b.Loop() {
		compare(b, then, now)
	}
}
