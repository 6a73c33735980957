package intake_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"lianshao/app/intake"
	"lianshao/domain"
)

// canonical writes a pilot without the IDs that happened to be given: every ID
// becomes the kind and position of what it names.
func canonical(t *testing.T, p *domain.Pilot) []string {
	t.Helper()
	var pairs []string
	for _, table := range p.Tables() {
		table.Each(func(r domain.Record) bool {
			pairs = append(pairs, `"`+string(r.RecordID())+`"`, `"`+string(table.Kind())+" "+domain.BaseOf(r).Code+`"`)
			if w, ok := r.(*domain.Workflow); ok {
				for i := range w.Steps {
					pairs = append(pairs, `"`+string(w.Steps[i].ID)+`"`, `"`+w.StepCode(&w.Steps[i])+`"`)
				}
			}
			return true
		})
	}
	replace := strings.NewReplacer(pairs...)
	var out []string
	for _, table := range p.Tables() {
		table.Each(func(r domain.Record) bool {
			c := r.Clone()
			domain.BaseOf(c).Origin = ""
			raw, err := json.Marshal(c)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, string(table.Kind())+" "+replace.Replace(string(raw)))
			return true
		})
	}
	slices.Sort(out)
	return out
}

func samePilots(t *testing.T, what string, a, b []string) {
	t.Helper()
	n := 0
	for i := 0; i < len(a) || i < len(b); i++ {
		var x, y string
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y && n < 5 {
			t.Errorf("%s:\n  %s\n  %s", what, x, y)
			n++
		}
	}
}

// One file at a time in the order of the pilot's steps, all at once, and all at
// once in the opposite order make the same pilot.
func TestOrderDoesNotMatter(t *testing.T) {
	books := sampleBooks(t)
	once := domain.NewPilot()
	importBooks(t, once, ids(), books...)
	want := canonical(t, once)

	one := domain.NewPilot()
	newID := ids()
	for _, b := range books {
		importBooks(t, one, newID, b)
	}
	samePilots(t, "one at a time", want, canonical(t, one))

	slices.Reverse(books)
	back := domain.NewPilot()
	importBooks(t, back, ids(), books...)
	samePilots(t, "reversed", want, canonical(t, back))
}

// Importing everything again changes nothing, all at once or file by file; what
// a revision has changed is not undone by the form it was made on.
func TestImportAgain(t *testing.T) {
	p, _ := samplePilot(t)
	newID := ids()
	before := canonical(t, p)
	again := importBooks(t, p, func() domain.ID { return "again" + newID() }, sampleBooks(t)...)
	if len(again.Changes.Changes) != 0 {
		for _, c := range again.Changes.Changes {
			t.Errorf("%s %+v → %+v", c.Kind, c.Before, c.After)
		}
	}
	for _, b := range sampleBooks(t) {
		pl := importBooks(t, p, newID, b)
		if _, added, changed, _, _, refused := pl.Report.Totals(); added+changed+refused > 0 || len(pl.Changes.Changes) > 0 {
			t.Errorf("%s: %d new, %d changed, %d refused, %d changes", b.File, added, changed, refused, len(pl.Changes.Changes))
		}
	}
	samePilots(t, "imported again", before, canonical(t, p))
}

// A plan is carried out as it was shown, unless the pilot changed in between.
func TestPlanThenEdit(t *testing.T) {
	p := domain.NewPilot()
	newID := ids()
	guesses := intake.Analyse([]*intake.Book{sampleBook(t, inOrder[0])}, intake.Options{})
	pl := intake.NewPlan(p, guesses, intake.Env{IDs: newID, Year: 2026})
	first, _ := pl.Command().Plan(p)
	if !slices.EqualFunc(first.Changes, pl.Changes.Changes, func(a, b domain.Change) bool { return a.After == b.After }) {
		t.Error("the plan was made again although nothing changed")
	}
	p.Apply(first)
	second, _ := pl.Command().Plan(p)
	if len(second.Changes) != 0 {
		t.Errorf("the plan was not made again: %d changes", len(second.Changes))
	}
	if first.Op.Name != "import" || first.Op.Label != "导入 基建处-岗位廉政风险点自查表.xlsx" {
		t.Errorf("op %+v", first.Op)
	}
}
