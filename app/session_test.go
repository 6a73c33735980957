package app_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/domain"
)

func demoSession(t testing.TB, points int) *app.Session {
	t.Helper()
	n := 0
	newID := func() domain.ID { n++; return domain.ID(fmt.Sprintf("%07d", n)) }
	s, err := app.NewSession(&memory{}, time.Now, newID, "某", nil)
	if err != nil {
		t.Fatal(err)
	}
	cmds, err := app.DemoCommands(points, 7, newID)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cmds {
		if err := s.Do(c); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// Whatever is edited, undone or redone, the remembered results are those that
// computing everything anew gives.
func TestResultsFollowEveryEdit(t *testing.T) {
	s := demoSession(t, 260)
	rng := rand.New(rand.NewPCG(3, 4))
	same := func(what string) {
		t.Helper()
		for _, a := range s.Pilot.Assessments.All() {
			got, want := s.Result(a.No), s.Pilot.Assess(a)
			opts := cmp.Options{cmpopts.EquateNaNs(), cmpopts.IgnoreUnexported(domain.RoundResult{})}
			if diff := cmp.Diff(want, got, opts); diff != "" {
				t.Fatalf("after %s, round %d:\n%s", what, a.No, diff)
			}
		}
	}
	same("opening")
	for i := range 120 {
		points := s.Pilot.RiskPoints.All()
		pt := points[rng.IntN(len(points))]
		round := s.Pilot.Assessments.All()[rng.IntN(2)]
		var what string
		var err error
		cell := func(field, text string) error {
			what = "setting " + field + " to " + text
			return s.Do(edit.SetCells(edit.Cell{Kind: domain.KindRiskPoint, ID: pt.ID, Field: field, Text: text}))
		}
		switch i % 8 {
		case 0:
			err = cell("likelihood", fmt.Sprint(1+rng.IntN(5)))
		case 1:
			err = cell("name", fmt.Sprintf("改名%d", i))
		case 2, 3:
			text := []string{"", "1", "3", "5", "弃权"}[rng.IntN(5)]
			what = "marking " + text
			err = s.Do(edit.SetMarks(round.ID, domain.TargetPoint, []edit.Marking{{Subject: pt.ID, Assessor: round.Assessors[rng.IntN(2)].Name, Indicator: rng.IntN(3), Text: text}}, s.NewID))
		case 4:
			err = cell("code", fmt.Sprintf("ZZ-%d", i))
		case 5:
			what, err = "undo", s.Undo()
		case 6:
			what = "deleting"
			if err = s.Do(edit.Delete(domain.KindRiskPoint, pt.ID)); err != nil {
				err = nil // others refer to it; refusing is right
			}
		case 7:
			what = "clearing a whole rating"
			var marks []edit.Marking
			for _, a := range round.Assessors {
				marks = append(marks, edit.Marking{Subject: pt.ID, Assessor: a.Name, Indicator: 0})
			}
			err = s.Do(edit.SetMarks(round.ID, domain.TargetPoint, marks, s.NewID))
		}
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		same(what)
	}
}

// BenchmarkResultAfterEdit is one mark among 100,000 points until both rounds'
// results are right again.
func BenchmarkResultAfterEdit(b *testing.B) {
	s := demoSession(b, 100_000)
	s.Result(1)
	s.Result(2)
	round, pt := s.Pilot.Round(2), s.Pilot.RiskPoints.All()[50_000]
	i := 0
	for b.Loop() {
		i++
		err := s.Do(edit.SetMarks(round.ID, domain.TargetPoint, []edit.Marking{{Subject: pt.ID, Assessor: round.Assessors[0].Name, Text: fmt.Sprint(1 + i%5)}}, s.NewID))
		if err != nil || s.Result(1) == nil || s.Result(2) == nil {
			b.Fatal(err)
		}
	}
}
