package pilotfile

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"lianshao/app"
	"lianshao/app/merge"
	"lianshao/domain"
)

// Whoever merges a pilot again hears of every rewriting of what was merged before,
// even one by somebody who has the key: entries edited, deleted, swapped, cut off. A
// journal that only grew is no cause for doubt.
func TestTamperingIsSeenWhenMergedAgain(t *testing.T) {
	dir := t.TempDir()
	n := 0
	newID := func() domain.ID { n++; return domain.ID(fmt.Sprint("m", n)) }
	s, err := app.CreatePilot(Stores{}, filepath.Join(dir, "学校"+Extension), app.TemplateBlank, 2026, time.Now, newID, "某")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	sd := newSeed()
	again := func(from string) (*merge.Plan, string) {
		t.Helper()
		sources, err := merge.Read(context.Background(), Stores{}, []string{from}, merge.AnchorsOf(s.Pilot), nil)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := merge.NewPlan(s, sources, merge.Options{Now: time.Now(), Who: "某", NewID: newID})
		if err != nil || sources[0].Err != nil {
			t.Fatal(err, sources[0].Err)
		}
		return plan, plan.Files[0].Doubt
	}
	variant := 0
	write := func(labels []string) string {
		variant++
		path := filepath.Join(dir, fmt.Sprint(variant), "基建处"+Extension)
		if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		forge(t, path, sd, labels)
		return path
	}
	labels := []string{"一", "二", "三", "四", "五", "六"}
	plan, doubt := again(write(labels))
	if doubt != "" {
		t.Errorf("the first time: %s", doubt)
	}
	if err := s.Do(plan.Command()); err != nil {
		t.Fatal(err)
	}
	for name, grown := range map[string][]string{"the same": labels, "grown": append(slices.Clone(labels), "七")} {
		if _, doubt := again(write(grown)); doubt != "" {
			t.Errorf("%s: %s", name, doubt)
		}
	}
	seen, tried := 0, 0
	try := func(what string, changed []string) {
		tried++
		if _, doubt := again(write(changed)); doubt != "" {
			seen++
		} else {
			t.Errorf("%s is not seen", what)
		}
	}
	for i := range labels {
		edited := append(slices.Clone(labels), "七")
		edited[i] += "改"
		try(fmt.Sprint("edited ", i+1), edited)
		try(fmt.Sprint("deleted ", i+1), slices.Delete(append(slices.Clone(labels), "七"), i, i+1))
		if i > 0 {
			swapped := append(slices.Clone(labels), "七")
			swapped[i-1], swapped[i] = swapped[i], swapped[i-1]
			try(fmt.Sprint("swapped ", i), swapped)
			try(fmt.Sprint("cut off after ", i), labels[:i])
		}
	}
	t.Logf("%d of %d rewritings seen", seen, tried)
}
