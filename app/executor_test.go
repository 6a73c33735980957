package app_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/storage/pilotfile"
)

// memory is a store that only remembers; it can be told to fail.
type memory struct {
	app.BlobStore // no test here keeps contents
	entries       []app.Entry
	fail          error
}

func (m *memory) Load(func(done, total int)) (*domain.Pilot, error) {
	p := domain.NewPilot()
	for _, e := range m.entries {
		p.Apply(e.ChangeSet)
	}
	return p, nil
}

func (m *memory) Commit(e app.Entry) error {
	if m.fail != nil {
		return m.fail
	}
	e.Seq = uint64(len(m.entries) + 1)
	m.entries = append(m.entries, e)
	return nil
}

func (m *memory) Journal(before uint64, n int) ([]app.Entry, error) {
	var out []app.Entry
	for _, e := range slices.Backward(m.entries) {
		if (before == 0 || e.Seq < before) && len(out) < n {
			out = append(out, e)
		}
	}
	return out, nil
}

func (m *memory) Heads(before uint64, n int) ([]app.EntryHead, error) {
	entries, err := m.Journal(before, n)
	var out []app.EntryHead
	for _, e := range entries {
		out = append(out, app.HeadOf(e))
	}
	return out, err
}
func (m *memory) ChainHead() (app.ChainHead, error) {
	return app.ChainHead{Seq: uint64(len(m.entries))}, nil
}
func (m *memory) Path() string { return "内存" }
func (m *memory) Close() error { return nil }

// pool of IDs and names, small so that records meet each other.
var (
	ids   = []domain.ID{"a", "b", "c", "d", "e", "f"}
	names = []string{"", "甲", "乙", "丙"}
)

func drawRef(t *rapid.T) domain.Ref {
	if rapid.Bool().Draw(t, "named") {
		return domain.Named(rapid.SampledFrom(names).Draw(t, "text"))
	}
	return domain.To(rapid.SampledFrom(ids).Draw(t, "ref"))
}

func drawRecord(t *rapid.T) domain.Record {
	id := rapid.SampledFrom(ids).Draw(t, "id")
	name := rapid.SampledFrom(names).Draw(t, "name")
	b := domain.Base{ID: id, Code: rapid.SampledFrom([]string{"", "JJ-2", "JJ-10", "SB-1"}).Draw(t, "code")}
	switch rapid.IntRange(0, 6).Draw(t, "kind") {
	case 0:
		return &domain.Unit{Base: b, Name: name}
	case 1:
		return &domain.Post{Base: b, Name: name, Unit: drawRef(t)}
	case 2:
		return &domain.RiskPoint{Base: b, Name: name, Unit: drawRef(t), Post: drawRef(t), Step: drawRef(t), Impact: rapid.IntRange(0, 5).Draw(t, "impact")}
	case 3:
		w := &domain.Workflow{Base: b, Name: name, Unit: drawRef(t), Version: 1}
		for i := range rapid.IntRange(0, 3).Draw(t, "steps") {
			w.Steps = append(w.Steps, domain.Step{ID: rapid.SampledFrom(ids).Draw(t, "step"), No: i + 1, Name: name, Posts: []domain.Ref{drawRef(t)}})
		}
		return w
	case 4:
		return &domain.Rating{Base: b, Assessment: domain.To("r"), Target: domain.TargetPoint, Subject: drawRef(t),
			Rows: []domain.RatingRow{{Assessor: name, Marks: []domain.Mark{3, domain.Abstained, domain.Blank}}}}
	case 5:
		return &domain.Opinion{Base: b, Content: name, Points: []domain.Ref{drawRef(t), drawRef(t)}}
	}
	return &domain.Measure{Base: b, Content: name, Point: drawRef(t), Step: drawRef(t)}
}

// step is one change: put the record, or delete what has its kind and ID.
type step struct {
	record domain.Record
	remove bool
}

func drawSteps(t *rapid.T) []step {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) step {
		return step{drawRecord(t), rapid.IntRange(0, 2).Draw(t, "remove") == 0}
	}), 1, 6).Draw(t, "steps")
}

func perform(p *domain.Pilot, steps []step) {
	for _, s := range steps {
		if s.remove {
			p.Table(s.record.RecordKind()).Delete(s.record.RecordID())
		} else {
			p.Put(s.record)
		}
	}
}

func copyOf(p *domain.Pilot) *domain.Pilot {
	out := domain.NewPilot()
	for _, t := range p.Tables() {
		t.Each(func(r domain.Record) bool { out.Put(r); return true })
	}
	return out
}

// sameReading compares everything that can be asked of two pilots.
func sameReading(t *rapid.T, what string, got, want *domain.Pilot) {
	t.Helper()
	if !got.Equal(want) || !want.Equal(got) {
		t.Fatalf("%s: records differ", what)
	}
	for i, a := range got.Tables() {
		b := want.Tables()[i]
		if a.Len() != b.Len() {
			t.Fatalf("%s: %s Len %d, want %d", what, a.Kind(), a.Len(), b.Len())
		}
		if x, y := order(a), order(b); !slices.Equal(x, y) {
			t.Fatalf("%s: %s All %v, want %v", what, a.Kind(), x, y)
		}
		b.Each(func(r domain.Record) bool {
			x, okX := a.RecordByKey(r.Natural())
			y, okY := b.RecordByKey(r.Natural())
			if okX != okY || okX && x.RecordID() != y.RecordID() {
				t.Fatalf("%s: %s ByKey(%q) %v, want %v", what, a.Kind(), r.Natural(), x, y)
			}
			return true
		})
	}
	for _, id := range ids {
		compareBy(t, what, domain.ByUnit, got.Posts, want.Posts, id)
		compareBy(t, what, domain.ByUnit, got.RiskPoints, want.RiskPoints, id)
		compareBy(t, what, domain.ByPost, got.RiskPoints, want.RiskPoints, id)
		compareBy(t, what, domain.ByStep, got.RiskPoints, want.RiskPoints, id)
		compareBy(t, what, domain.ByStep, got.Workflows, want.Workflows, id)
		compareBy(t, what, domain.BySubject, got.Ratings, want.Ratings, id)
		compareBy(t, what, domain.ByPoint, got.Opinions, want.Opinions, id)
		compareBy(t, what, domain.ByPoint, got.Measures, want.Measures, id)
	}
}

func order(t domain.AnyTable) (out []domain.ID) {
	t.Each(func(r domain.Record) bool { out = append(out, r.RecordID()); return true })
	return out
}

func compareBy[T domain.Record](t *rapid.T, what, index string, a, b *domain.Table[T], id domain.ID) {
	t.Helper()
	key := func(rs []T) (out []domain.ID) {
		for _, r := range rs {
			out = append(out, r.RecordID())
		}
		return out
	}
	x, y := key(a.By(index, id)), key(b.By(index, id))
	if !slices.Equal(x, y) {
		t.Fatalf("%s: %s By(%s, %s) %v, want %v", what, a.Kind(), index, id, x, y)
	}
	if n := len(slices.Compact(slices.Clone(x))); n != len(x) {
		t.Fatalf("%s: %s By(%s, %s) repeats: %v", what, a.Kind(), index, id, x)
	}
}

// TestDraftReadsLikeAChangedPilot: whatever is asked of a draft, the answer is
// that of a pilot that was really changed, and the pilot below stays as it was.
func TestDraftReadsLikeAChangedPilot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := domain.NewPilot()
		perform(p, drawSteps(t))
		perform(p, drawSteps(t))
		before := copyOf(p)
		d := p.Draft()
		if rapid.Bool().Draw(t, "read first") {
			sameReading(t, "untouched draft", d, p)
		}
		real := copyOf(p)
		for range 2 {
			steps := drawSteps(t)
			perform(d, steps)
			perform(real, steps)
			sameReading(t, "draft", d, real)
		}
		dd := d.Draft()
		steps := drawSteps(t)
		perform(dd, steps)
		perform(real, steps)
		sameReading(t, "draft of a draft", dd, real)
		sameReading(t, "below", p, before)

		cs := d.Changes(domain.Op{Name: "x"})
		p.Apply(cs)
		sameReading(t, "applied", p, copyOf(d))
		p.Apply(cs.Invert())
		sameReading(t, "taken back", p, before)
	})
}

func TestInvertTwiceIsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := domain.NewPilot().Draft()
		perform(d, drawSteps(t))
		cs := d.Changes(domain.Op{Name: "x", Label: "试"})
		twice := cs.Invert().Invert()
		if twice.Op != cs.Op || !slices.Equal(twice.Changes, cs.Changes) {
			t.Fatalf("%v\n%v", cs, twice)
		}
	})
}

// history does random things through an executor and compares with a plain
// list of states.
func history(t *rapid.T, store app.PilotStore) {
	p := domain.NewPilot()
	x := app.NewExecutor(p, store, func() time.Time { return time.Unix(0, 0) })
	heard := domain.NewPilot() // what a listener would know
	x.Subscribe(func(e app.Event) { heard.Apply(domain.ChangeSet{Changes: e.Changes}) })
	done, undone := []*domain.Pilot{copyOf(p)}, []*domain.Pilot{}
	for range rapid.IntRange(1, 12).Draw(t, "operations") {
		switch rapid.IntRange(0, 3).Draw(t, "what") {
		case 0:
			_, can := x.CanUndo()
			if err := x.Undo("某"); (err == nil) != can || can != (len(done) > 1) {
				t.Fatalf("undo %v, can %v, %d states", err, can, len(done))
			} else if can {
				undone = append(undone, done[len(done)-1])
				done = done[:len(done)-1]
			}
		case 1:
			_, can := x.CanRedo()
			if err := x.Redo("某"); (err == nil) != can || can != (len(undone) > 0) {
				t.Fatalf("redo %v, can %v, %d states", err, can, len(undone))
			} else if can {
				done = append(done, undone[len(undone)-1])
				undone = undone[:len(undone)-1]
			}
		default:
			steps := drawSteps(t)
			final := rapid.IntRange(0, 9).Draw(t, "final") == 0
			err := x.Do("某", app.Edit(domain.Op{Name: "edit", Final: final}, func(d *domain.Pilot) error { perform(d, steps); return nil }))
			if err != nil {
				t.Fatal(err)
			}
			next := copyOf(done[len(done)-1])
			perform(next, steps)
			if next.Equal(done[len(done)-1]) {
				break // nothing changed: nothing to undo
			}
			done, undone = append(done, next), nil
			if final {
				done = done[len(done)-1:]
			}
		}
		sameReading(t, "pilot", p, done[len(done)-1])
		sameReading(t, "listener", heard, p)
	}
	sameReading(t, "journal", replay(t, store), p)
	loaded, err := store.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	sameReading(t, "loaded", loaded, p)
	restarted(t, store, loaded, done, len(undone))
}

// restarted does what a person may do at the next start: take back what was done
// before, except what made the pilot.
func restarted(t *rapid.T, store app.PilotStore, p *domain.Pilot, done []*domain.Pilot, undone int) {
	x := app.NewExecutor(p, store, func() time.Time { return time.Unix(0, 0) })
	if err := x.Remember(); err != nil {
		t.Fatal(err)
	}
	if _, can := x.CanRedo(); can != (undone > 0) && undone < 2 && len(done) > 1 {
		t.Fatalf("after a restart redo %v, %d operations were undone", can, undone)
	}
	last := len(done) - 1
	for {
		if _, can := x.CanUndo(); !can {
			break
		}
		if err := x.Undo("某"); err != nil {
			t.Fatal(err)
		}
		last--
		sameReading(t, "undone after a restart", p, done[last])
	}
	if last > 1 {
		t.Fatalf("%d operations cannot be taken back after a restart", last)
	}
}

// replay carries out the journal from an empty pilot.
func replay(t *rapid.T, store app.PilotStore) *domain.Pilot {
	t.Helper()
	entries, err := store.Journal(0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	p := domain.NewPilot()
	for i, e := range slices.Backward(entries) {
		if e.Seq != uint64(len(entries)-i) {
			t.Fatalf("sequence %d at %d", e.Seq, i)
		}
		for _, c := range e.Changes {
			if old, _ := p.Get(c.Kind, c.ID); !domain.Equal(old, c.Before) {
				t.Fatalf("entry %d: before is not what was there", e.Seq)
			}
		}
		p.Apply(e.ChangeSet)
	}
	return p
}

func TestHistoryInMemory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { history(t, &memory{}) })
}

func TestHistoryOnDisk(t *testing.T) {
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		path := filepath.Join(dir, fmt.Sprint(n, pilotfile.Extension))
		store, err := pilotfile.Stores{}.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		defer os.Remove(path)
		defer store.Close()
		history(t, store)
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
		rep, err := pilotfile.Check(path, "")
		if err != nil || !rep.OK {
			t.Fatalf("%+v %v", rep, err)
		}
	})
}

// TestNothingChangesWhenTheDiskRefuses: memory and undo stay as they were.
func TestNothingChangesWhenTheDiskRefuses(t *testing.T) {
	store := &memory{}
	p := domain.NewPilot()
	x := app.NewExecutor(p, store, time.Now)
	add := func(id domain.ID) app.Command {
		return app.Edit(domain.Op{Label: string(id)}, func(d *domain.Pilot) error {
			d.Put(&domain.Unit{Base: domain.Base{ID: id}, Name: string(id)})
			return nil
		})
	}
	if err := x.Do("某", add("a")); err != nil {
		t.Fatal(err)
	}
	store.fail = errors.New("disk full")
	for name, try := range map[string]func() error{
		"do": func() error { return x.Do("某", add("b")) }, "undo": func() error { return x.Undo("某") }} {
		if err := try(); !errors.Is(err, store.fail) {
			t.Errorf("%s: %v", name, err)
		}
		if op, ok := x.CanUndo(); p.Units.Len() != 1 || !ok || op.Label != "a" {
			t.Errorf("%s: changed", name)
		}
	}
	store.fail = nil
	if err := x.Undo("某"); err != nil || p.Units.Len() != 0 {
		t.Error(err)
	}
}

func TestBusyWhilePending(t *testing.T) {
	x := app.NewExecutor(domain.NewPilot(), &memory{}, time.Now)
	add := app.Edit(domain.Op{}, func(d *domain.Pilot) error { d.Put(&domain.Unit{Base: domain.Base{ID: "a"}}); return nil })
	pending, err := x.Begin("某", add)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{x.Do("某", add), x.Undo("某"), x.Redo("某")} {
		if app.CodeOf(err) != app.CodeBusy {
			t.Errorf("got %v", err)
		}
	}
	pending.Finish()
	if err := x.Undo("某"); err != nil {
		t.Error(err)
	}
}

func TestDemoIsWholeAndRepeatable(t *testing.T) {
	build := func() *domain.Pilot {
		n := 0
		cmds, err := app.DemoCommands(1000, 7, func() domain.ID { n++; return domain.ID(fmt.Sprintf("%06d", n)) })
		if err != nil {
			t.Fatal(err)
		}
		p := domain.NewPilot()
		x := app.NewExecutor(p, &memory{}, time.Now)
		for _, c := range cmds {
			if err := x.Do("某", c); err != nil {
				t.Fatal(err)
			}
		}
		if err := x.Do("某", cmds[0]); app.CodeOf(err) != app.CodeInvalid {
			t.Errorf("a second time: %v", err)
		}
		return p
	}
	p := build()
	if p.RiskPoints.Len() != 1000 || p.Ratings.Len() != 2*(1000+p.Units.Len()) {
		t.Errorf("%d points, %d ratings", p.RiskPoints.Len(), p.Ratings.Len())
	}
	if !p.Equal(build()) {
		t.Error("not repeatable")
	}
	for no := 1; no <= 2; no++ {
		res := p.Assess(p.Round(no))
		if res == nil || res.Incomplete > 0 || len(res.LevelCounts()) < 3 {
			t.Errorf("round %d: %+v", no, res.LevelCounts())
		}
	}
	for _, table := range p.Tables() {
		table.Each(func(r domain.Record) bool {
			r.EachRef(func(k domain.Kind, _ domain.Ref, ref *domain.Ref) {
				if _, ok := p.Get(k, ref.ID); !ok && ref.ID != "" && k != domain.KindStep {
					t.Errorf("%s %s points nowhere", table.Kind(), r.RecordID())
				}
			})
			return true
		})
	}
}
