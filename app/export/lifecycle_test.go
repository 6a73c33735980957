package export_test

import (
	"context"
	"path/filepath"
	"testing"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/export"
	"lianshao/app/inspect"
	"lianshao/domain"
	"lianshao/storage/xlsx"
)

// withVersions has one workflow in its second version, one with a draft into which a
// measure is embedded, two points merged, a re-check and a reward.
func withVersions(t *testing.T, s *app.Session) {
	t.Helper()
	do := func(cmd app.Command) {
		t.Helper()
		if err := s.Do(cmd); err != nil {
			t.Fatal(err)
		}
	}
	first, second := s.Pilot.Workflows.All()[0], s.Pilot.Workflows.All()[1]
	var v2, draft domain.ID
	do(edit.NewVersion(first.ID, s.NewID, func(id domain.ID) { v2 = id }))
	w, _ := s.Pilot.Workflows.Get(v2)
	do(edit.AddStep(v2, w.Steps[1].ID, "公示", s.NewID))
	do(edit.EnforceVersion(v2, "2026-09-20"))
	do(edit.NewVersion(second.ID, s.NewID, func(id domain.ID) { draft = id }))
	w, _ = s.Pilot.Workflows.Get(draft)
	do(edit.EmbedMeasure(s.Pilot.Measures.All()[40].ID, w.Steps[4].ID))
	keep, _ := s.Pilot.RiskPoints.ByKey("JJ-19")
	lose, _ := s.Pilot.RiskPoints.ByKey("JJ-20")
	do(edit.MergePoints(edit.Merging{Keep: keep.ID, Lose: lose.ID, Reason: "同一件事"}, s.NewID))
	for _, i := range s.Pilot.Inspections.All() {
		if i.Result == domain.ResultPartly {
			do(inspect.Recheck(i.ID, inspect.Again{Visit: inspect.Visit{Date: "2026-11-02", Inspector: "检查组"}, Result: domain.ResultDone}, s.NewID))
			break
		}
	}
	unit := s.Pilot.Units.All()[0]
	do(edit.AddSanction(&domain.Sanction{Unit: domain.To(unit.ID), Reward: true, Form: "通报表扬", Basis: "考核优秀", Date: "2026-11-10", By: "领导小组"}, s.NewID))
}

// Versions, embedded measures, merged points, re-checks and rewards go out and come
// back without a change.
func TestVersionsAndRewardsComeBack(t *testing.T) {
	s := samplePilot(t)
	withVersions(t, s)
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
		}
	}
	for i, c := range pl.Changes.Changes {
		if i < 6 {
			t.Errorf("changed %s %s:\n%+v\n%+v", c.Kind, c.ID, c.Before, c.After)
		}
	}
	if n := len(pl.Changes.Changes); n > 0 {
		t.Errorf("%d changes", n)
	}
}
