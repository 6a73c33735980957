package merge

import (
	"fmt"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"lianshao/app"
	"lianshao/domain"
)

// memory is a store that only remembers.
type memory struct {
	app.PilotStore // no test asks for more
	id             string
	entries        []app.Entry
}

func (m *memory) PilotID() string { return m.id }

func (m *memory) Load(func(done, total int)) (*domain.Pilot, error) {
	p := domain.NewPilot()
	for _, e := range m.entries {
		p.Apply(e.ChangeSet)
	}
	return p, nil
}

func (m *memory) Commit(e app.Entry) error {
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

func (m *memory) History(wanted func(domain.Kind, domain.ID) bool, visit func(app.Entry) error) error {
	for _, e := range m.entries {
		e.Changes = slices.DeleteFunc(slices.Clone(e.Changes), func(c domain.Change) bool { return !wanted(c.Kind, c.ID) })
		if err := visit(e); err != nil {
			return err
		}
	}
	return nil
}

// user is somebody with a pilot of their own.
type user struct {
	*app.Session
	name  string
	store *memory
	clock *time.Time
	n     int
	ids   string // begins the IDs of what everybody in a school began with
}

func newUser(t testing.TB, name string, store *memory, clock *time.Time) *user {
	t.Helper()
	u := &user{name: name, store: store, clock: clock}
	ids := func() domain.ID { u.n++; return domain.ID(fmt.Sprintf("%s-%d-%d", name, len(store.entries), u.n)) }
	s, err := app.NewSession(store, func() time.Time { *clock = clock.Add(time.Second); return *clock }, ids, name, nil)
	if err != nil {
		t.Fatal(err)
	}
	u.Session = s
	return u
}

// copyTo gives somebody else a copy of the file.
func (u *user) copyTo(t testing.TB, name string) *user {
	c := newUser(t, name, &memory{id: u.store.id, entries: slices.Clone(u.store.entries)}, u.clock)
	c.ids = u.ids
	return c
}

func (u *user) edit(t testing.TB, change func(d *domain.Pilot)) {
	t.Helper()
	if err := u.Do(app.Edit(domain.Op{Name: "edit", Label: "改"}, func(d *domain.Pilot) error { change(d); return nil })); err != nil {
		t.Fatal(err)
	}
}

func (u *user) source(t testing.TB) *Source {
	t.Helper()
	s := &Source{File: u.name + ".lianshao"}
	if s.Err = s.read(u.store); s.Err != nil {
		t.Fatal(s.Err)
	}
	return s
}

// merge brings the others in and answers the plan.
func (u *user) merge(t testing.TB, o Options, others ...*user) *Plan {
	t.Helper()
	var sources []*Source
	for _, x := range others {
		sources = append(sources, x.source(t))
	}
	o.Now, o.Who, o.NewID = *u.clock, u.name, u.NewID
	pl, err := NewPlan(u.Session, sources, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := u.Do(pl.Command()); err != nil {
		t.Fatal(err)
	}
	return pl
}

// school is a pilot with a unit, a post, a workflow, points with measures, and a
// round that two people score.
func school(t testing.TB) *user {
	clock := time.Date(2026, 6, 1, 8, 0, 0, 0, time.UTC)
	u := newUser(t, "school", &memory{id: "pilot-1"}, &clock)
	u.edit(t, func(d *domain.Pilot) {
		unit := &domain.Unit{Base: domain.Base{ID: "unit", Code: "基建处"}, Name: "基建处"}
		d.Put(&domain.Info{Base: domain.Base{ID: "info"}, Name: "试点", School: "云海师范大学"})
		d.Put(unit)
		d.Put(&domain.Post{Base: domain.Base{ID: "post"}, Unit: domain.To("unit"), Name: "处长"})
		d.Put(&domain.Workflow{Base: domain.Base{ID: "flow", Code: "L1"}, Unit: domain.To("unit"), Name: "招标", Version: 1,
			Steps: []domain.Step{{ID: "s1", No: 1, Name: "申请", Next: []domain.Branch{{To: "s2"}}}, {ID: "s2", No: 2, Name: "审批"}}})
		for i := range 4 {
			id := domain.ID(fmt.Sprintf("p%d", i))
			d.Put(&domain.RiskPoint{Base: domain.Base{ID: id, Code: fmt.Sprintf("JJ-%02d", i)}, Unit: domain.To("unit"), Post: domain.To("post"),
				Step: domain.To("s1"), Name: "风险", Description: "表现", Likelihood: 3, Impact: 3})
			d.Put(&domain.Measure{Base: domain.Base{ID: "m" + id}, Point: domain.To(id), No: 1, Content: "措施"})
		}
		d.Put(&domain.IndicatorSystem{Base: domain.Base{ID: "system", Code: "岗位-1"}, Target: domain.TargetPoint, Version: 1,
			Dimensions: []domain.Dimension{{Code: "A", Weight: 1, Indicators: []domain.Indicator{{Code: "A1", Weight: 0.5}, {Code: "A2", Weight: 0.5}}}}})
		d.Put(&domain.Assessment{Base: domain.Base{ID: "round"}, No: 1, Assessors: []domain.Assessor{{No: 1, Name: "组长"}}})
	})
	return u
}

func point(d *domain.Pilot, id domain.ID) *domain.RiskPoint {
	r, ok := d.RiskPoints.Get(id)
	if !ok {
		return nil
	}
	return r.Clone().(*domain.RiskPoint)
}

func (u *user) point(id domain.ID) *domain.RiskPoint { r, _ := u.Pilot.RiskPoints.Get(id); return r }

// What only one side changed is taken; the other side's change of another field stays.
func TestFieldByField(t *testing.T) {
	s := school(t)
	b := s.copyTo(t, "基建处")
	s.edit(t, func(d *domain.Pilot) { r := point(d, "p0"); r.Causes = "成因"; d.Put(r) })
	b.edit(t, func(d *domain.Pilot) { r := point(d, "p0"); r.Description = "新表现"; d.Put(r) })
	pl := s.merge(t, Options{}, b)
	if r := s.point("p0"); r.Causes != "成因" || r.Description != "新表现" || len(pl.Conflicts()) != 0 || pl.Files[0].Changed != 1 {
		t.Errorf("%+v %+v", r, pl.Files[0])
	}
	if again := s.merge(t, Options{}, b); !again.Files[0].Again || !again.Changes.Empty() {
		t.Errorf("again: %+v", again.Changes)
	}
	if s.Undo() != nil || s.point("p0").Description != "表现" {
		t.Error("one undo takes the merge back")
	}
	if pl := s.merge(t, Options{}, b); s.point("p0").Description != "新表现" || len(pl.Conflicts()) != 0 {
		t.Error("a merge taken back can be done again")
	}
}

// Both sides wrote the same field: the later wins and both are listed; a person may
// decide otherwise, and that holds when it is merged again.
func TestConflict(t *testing.T) {
	s := school(t)
	b := s.copyTo(t, "基建处")
	s.edit(t, func(d *domain.Pilot) { r := point(d, "p0"); r.Description = "校办写的"; d.Put(r) })
	b.edit(t, func(d *domain.Pilot) { r := point(d, "p0"); r.Description = "部门写的"; d.Put(r) })
	pl := s.merge(t, Options{}, b)
	want := []*Conflict{{File: "基建处.lianshao", Kind: domain.KindRiskPoint, ID: "p0", Code: "JJ-00", Name: "JJ-00", Field: "description", Title: "表现形式",
		Mine: "校办写的", Theirs: "部门写的", MineBy: "school", TheirsBy: "基建处", Taken: Theirs}}
	got := pl.Conflicts()
	for _, c := range got {
		if !c.TheirsAt.After(c.MineAt) {
			t.Error("times", c.MineAt, c.TheirsAt)
		}
		c.MineAt, c.TheirsAt = time.Time{}, time.Time{}
	}
	if diff := gocmp.Diff(want, got); diff != "" || s.point("p0").Description != "部门写的" {
		t.Error(diff, s.point("p0").Description)
	}
	if err := s.Undo(); err != nil {
		t.Fatal(err)
	}
	s.merge(t, Options{Decide: map[ConflictID]Side{got[0].Key(): Mine}}, b)
	b.edit(t, func(d *domain.Pilot) { r := point(d, "p0"); r.Note = "另一处"; d.Put(r) })
	pl = s.merge(t, Options{}, b)
	if r := s.point("p0"); r.Description != "校办写的" || r.Note != "另一处" || len(pl.Conflicts()) != 0 {
		t.Errorf("%+v %d conflicts", r, len(pl.Conflicts()))
	}
}

// Pilots made apart meet by natural keys; what refers to their records follows.
func TestApart(t *testing.T) {
	s := school(t)
	b := newUser(t, "基建处", &memory{id: "pilot-2"}, s.clock)
	b.edit(t, func(d *domain.Pilot) {
		d.Put(&domain.Info{Base: domain.Base{ID: "x-info"}, Name: "基建处自己的", School: "云海师范大学"})
		d.Put(&domain.Unit{Base: domain.Base{ID: "x-unit", Code: "基建处"}, Name: "基建处", Head: "王某"})
		d.Put(&domain.Workflow{Base: domain.Base{ID: "x-flow", Code: "L1"}, Unit: domain.To("x-unit"), Name: "招标", Version: 1,
			Steps: []domain.Step{{ID: "x1", No: 1, Name: "申请", Next: []domain.Branch{{To: "x2"}}}, {ID: "x2", No: 2, Name: "审批"}}})
		d.Put(&domain.RiskPoint{Base: domain.Base{ID: "x-p", Code: "JJ-09"}, Unit: domain.To("x-unit"), Step: domain.To("x2"), Name: "新的"})
		d.Put(&domain.Measure{Base: domain.Base{ID: "x-m"}, Point: domain.To("x-p"), No: 1, Content: "措施"})
	})
	pl := s.merge(t, Options{}, b)
	r := s.point("x-p")
	if r == nil || r.Unit.ID != "unit" || r.Step.ID != "s2" || r.Origin != "基建处" || s.Pilot.Units.Len() != 1 || s.Pilot.Workflows.Len() != 1 || s.Pilot.Infos.Len() != 1 {
		t.Fatalf("%+v, %d units", r, s.Pilot.Units.Len())
	}
	if len(pl.Conflicts()) != 0 || s.Pilot.Measures.By(domain.ByPoint, "x-p")[0].Content != "措施" {
		t.Error(pl.Conflicts())
	}
	// The unit is renamed there: it is known by what it was matched with.
	b.edit(t, func(d *domain.Pilot) { u, _ := d.Units.Get("x-unit"); c := *u; c.Name = "基本建设处"; d.Put(&c) })
	s.merge(t, Options{}, b)
	if u, _ := s.Pilot.Units.Get("unit"); s.Pilot.Units.Len() != 1 || u.Name != "基本建设处" || u.Head != "王某" {
		t.Errorf("%d units, %+v", s.Pilot.Units.Len(), u)
	}
}

// Two units that number their points alike keep both.
func TestSameCodeOfTwoUnits(t *testing.T) {
	s := school(t)
	b := newUser(t, "设备处", &memory{id: "pilot-2"}, s.clock)
	b.edit(t, func(d *domain.Pilot) {
		d.Put(&domain.Unit{Base: domain.Base{ID: "y"}, Name: "设备处"})
		d.Put(&domain.RiskPoint{Base: domain.Base{ID: "y-p", Code: "JJ-01"}, Unit: domain.To("y"), Name: "别的"})
	})
	s.merge(t, Options{}, b)
	if s.Pilot.RiskPoints.Len() != 5 || s.point("p1").Name != "风险" || s.point("y-p").Name != "别的" {
		t.Error("points were mixed up")
	}
}

// Three copies give one number: to a point that is renamed, to another one, and to a
// new one. They stay three, whoever comes first, and the new one of a fourth copy is
// the new one.
func TestOneCodeForDifferentPoints(t *testing.T) {
	var first []string
	for _, turn := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}} {
		s := school(t)
		people := []*user{s.copyTo(t, "A"), s.copyTo(t, "B"), s.copyTo(t, "C"), s.copyTo(t, "D")}
		rename := func(u *user, id domain.ID) {
			u.edit(t, func(d *domain.Pilot) { r := point(d, id); r.Code = "JJ-09"; d.Put(r) })
		}
		rename(people[0], "p0")
		rename(people[1], "p1")
		for i, u := range people[2:] {
			u.edit(t, func(d *domain.Pilot) {
				d.RiskPoints.Delete("p0") // gone here, and not what is new
				d.Put(&domain.RiskPoint{Base: domain.Base{ID: domain.ID(fmt.Sprint("new-", i)), Code: "JJ-09"}, Unit: domain.To("unit"), Name: "新的"})
			})
		}
		for _, i := range turn {
			s.merge(t, Options{}, people[i])
		}
		var codes []string
		for _, r := range s.Pilot.RiskPoints.All() {
			codes = append(codes, r.Code)
		}
		if diff := gocmp.Diff([]string{"JJ-02", "JJ-03", "JJ-09", "JJ-09", "JJ-09"}, codes); diff != "" {
			t.Error(turn, diff)
		}
		if all := Canonical(s.Pilot); first == nil {
			first = all
		} else if diff := gocmp.Diff(first, all); diff != "" {
			t.Error(turn, diff)
		}
	}
}

// Whoever merges a pilot that made one of two records has one from then on, too, with
// everything that referred to either.
func TestAliasesTravel(t *testing.T) {
	s := school(t)
	a, b, one, two := s.copyTo(t, "A"), s.copyTo(t, "B"), s.copyTo(t, "一"), s.copyTo(t, "二")
	for _, u := range []*user{a, b} {
		u.edit(t, func(d *domain.Pilot) {
			id := domain.ID(u.name)
			d.Put(&domain.RiskPoint{Base: domain.Base{ID: "p" + id, Code: "JJ-09"}, Unit: domain.To("unit"), Name: "招标", Causes: "成因" + u.name})
			d.Put(&domain.Measure{Base: domain.Base{ID: "m" + id}, Point: domain.To("p" + id), No: 1, Content: "措施"})
			w, _ := d.Workflows.Get("flow")
			c := w.Clone().(*domain.Workflow)
			c.Steps = append(c.Steps, domain.Step{ID: "s" + id, No: 3, Name: "公示", Limit: u.name})
			d.Put(c)
		})
	}
	one.merge(t, Options{}, a, b)
	if n := one.Pilot.RiskPoints.Len(); n != 5 {
		t.Fatalf("%d points where both came as one", n)
	}
	a.edit(t, func(d *domain.Pilot) {
		r := point(d, "pA")
		r.Code = "JJ-10"
		d.Put(r)
		w, _ := d.Workflows.Get("flow")
		c := w.Clone().(*domain.Workflow)
		c.Steps[2].Name = "公开"
		d.Put(c)
	})
	two.merge(t, Options{}, a, b)
	if n, m := two.Pilot.RiskPoints.Len(), len(two.Pilot.Workflows.All()[0].Steps); n != 6 || m != 4 {
		t.Fatalf("%d points, %d steps where they came apart", n, m)
	}
	two.merge(t, Options{}, one)
	one.merge(t, Options{}, a, two)
	for _, u := range []*user{one, two} {
		w, _ := u.Pilot.Workflows.Get("flow")
		if n := u.Pilot.RiskPoints.Len(); n != 5 || len(w.Steps) != 3 || w.Steps[2].Name != "公开" {
			t.Errorf("%s: %d points, steps %+v", u.name, n, w.Steps)
		}
		r, _ := u.Pilot.RiskPoints.ByKey("JJ-10")
		if r == nil || r.Causes != "成因B" || len(u.Pilot.Measures.By(domain.ByPoint, r.ID)) != 1 {
			t.Errorf("%s: %+v", u.name, r)
		}
	}
	if diff := gocmp.Diff(Canonical(one.Pilot), Canonical(two.Pilot)); diff != "" {
		t.Error(diff)
	}
	if err := two.Undo(); err != nil || two.Pilot.RiskPoints.Len() != 6 {
		t.Error(err, two.Pilot.RiskPoints.Len())
	}
}

// Another school's records stand under its name, and a second time are the same.
func TestOtherSchool(t *testing.T) {
	s, clock := school(t), time.Date(2026, 7, 1, 8, 0, 0, 0, time.UTC)
	city := newUser(t, "市", &memory{id: "city"}, &clock)
	city.edit(t, func(d *domain.Pilot) {
		d.Put(&domain.Info{Base: domain.Base{ID: "c"}, Name: "全市", School: "市教委"})
		d.Put(&domain.Unit{Base: domain.Base{ID: "u"}, Name: "基建处"})
	})
	city.merge(t, Options{}, s)
	u, _ := city.Pilot.Units.Get("unit")
	if city.Pilot.Units.Len() != 2 || u.Name != "云海师范大学基建处" || city.point("p0").Code != "云海师范大学·JJ-00" || city.Pilot.Infos.Len() != 1 {
		t.Errorf("%+v %+v", u, city.point("p0"))
	}
	before := Digest(city.Pilot)
	s.edit(t, func(d *domain.Pilot) { r := point(d, "p0"); r.Note = "改"; d.Put(r) })
	city.merge(t, Options{}, s)
	if city.point("p0").Note != "改" || city.Pilot.RiskPoints.Len() != 4 || before == Digest(city.Pilot) {
		t.Error("a change of the school did not arrive")
	}
}

// What one side deleted goes, unless the other wrote to it without knowing.
func TestDeletions(t *testing.T) {
	s := school(t)
	b, c := s.copyTo(t, "甲"), s.copyTo(t, "乙")
	b.edit(t, func(d *domain.Pilot) {
		for _, id := range []domain.ID{"p0", "p1"} {
			d.RiskPoints.Delete(id)
			d.Measures.Delete("m" + id)
		}
	})
	c.edit(t, func(d *domain.Pilot) { r := point(d, "p0"); r.Causes = "还在用"; d.Put(r) })
	x, y := s.copyTo(t, "x"), s.copyTo(t, "y")
	x.merge(t, Options{}, b)
	x.merge(t, Options{}, c)
	y.merge(t, Options{}, c)
	pl := y.merge(t, Options{}, b)
	for _, u := range []*user{x, y} {
		if u.point("p0") == nil || u.point("p0").Causes != "还在用" || u.point("p1") != nil {
			t.Errorf("%s: %v %v", u.name, u.point("p0"), u.point("p1"))
		}
	}
	if diff := gocmp.Diff(Canonical(x.Pilot), Canonical(y.Pilot)); diff != "" {
		t.Error(diff)
	}
	if n := len(pl.Conflicts()); n != 1 {
		t.Errorf("%d conflicts", n)
	}
}

// Everybody scores in a copy of their own; all the marks come together.
func TestScoresComeTogether(t *testing.T) {
	s := school(t)
	var all []*user
	for i, name := range []string{"组长", "审计处", "财务处"} {
		u := s.copyTo(t, name)
		u.edit(t, func(d *domain.Pilot) {
			a, _ := d.Assessments.Get("round")
			next := a.Clone().(*domain.Assessment)
			if name != "组长" {
				next.Assessors = append(next.Assessors, domain.Assessor{No: i + 1, Name: name})
			}
			d.Put(next)
			d.Put(&domain.Rating{Base: domain.Base{ID: domain.ID(name)}, Assessment: domain.To("round"), Target: domain.TargetPoint, Subject: domain.To("p0"),
				Rows: []domain.RatingRow{{Assessor: name, Marks: []domain.Mark{domain.Mark(i + 1)}}}})
		})
		all = append(all, u)
	}
	pl := s.merge(t, Options{}, all[2], all[0], all[1])
	if s.Pilot.Ratings.Len() != 1 || len(pl.Conflicts()) != 0 {
		t.Fatalf("%d ratings, conflicts %v", s.Pilot.Ratings.Len(), pl.Conflicts())
	}
	var got []string
	for _, row := range s.Pilot.Ratings.All()[0].Rows {
		got = append(got, fmt.Sprint(row.Assessor, row.Marks[0]))
	}
	if want := []string{"组长1", "审计处2", "财务处3"}; !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

// Five pilots that say five things of a field stand side by side with the pilot's own
// word, and whichever a person takes is in the pilot in the end.
func TestFivePilotsFiveWords(t *testing.T) {
	s := school(t)
	var all []*user
	for i := range 5 {
		u := s.copyTo(t, fmt.Sprint("第", i+1, "人"))
		u.edit(t, func(d *domain.Pilot) { r := point(d, "p0"); r.Description = fmt.Sprint("说法", i+1); d.Put(r) })
		all = append(all, u)
	}
	s.edit(t, func(d *domain.Pilot) { r := point(d, "p0"); r.Description = "校办写的"; d.Put(r) })
	var sources []*Source
	for _, u := range all {
		sources = append(sources, u.source(t))
	}
	for side := range 6 {
		into := s.copyTo(t, "school")
		pl, err := NewPlan(into.Session, sources, Options{Now: *into.clock, Who: "school", NewID: into.NewID})
		if err != nil {
			t.Fatal(err)
		}
		ds := pl.Disputes()
		if len(ds) != 1 || len(ds[0].Sides) != 6 {
			t.Fatalf("%+v", ds)
		}
		want := ds[0].Sides[side]
		if want.Who == "" || want.At.IsZero() || side > 0 && want.Files[0] != all[side-1].name+".lianshao" {
			t.Errorf("side %d: %+v", side, want)
		}
		decide := map[ConflictID]Side{}
		pl.Choose(decide, ds[0], side)
		pl.Decide(Newer, decide)
		if now := pl.Disputes()[0]; now.Sides[now.Taken].Text != want.Text {
			t.Errorf("side %d: shown as %q", side, now.Sides[now.Taken].Text)
		}
		if err := into.Do(pl.Command()); err != nil {
			t.Fatal(err)
		}
		if got := into.point("p0").Description; got != want.Text {
			t.Errorf("side %d: %q", side, got)
		}
	}
}

// What was written here in one of two records that are one elsewhere is not older than
// what came from there: this pilot's own journal says when.
func TestOwnWordsOutliveAliases(t *testing.T) {
	s := school(t)
	here, there := s.copyTo(t, "本"), s.copyTo(t, "别")
	var ids []domain.ID
	for _, u := range []*user{here, there} {
		u.edit(t, func(d *domain.Pilot) {
			id := domain.ID("p" + u.name)
			ids = append(ids, id)
			d.Put(&domain.RiskPoint{Base: domain.Base{ID: id, Code: "JJ-09"}, Unit: domain.To("unit"), Name: "招标", Causes: "早先" + u.name})
		})
	}
	there.merge(t, Options{}, here)
	if n := there.Pilot.RiskPoints.Len(); n != 5 {
		t.Fatalf("%d points", n)
	}
	here.edit(t, func(d *domain.Pilot) { r := point(d, ids[0]); r.Causes, r.Code = "后来", "JJ-10"; d.Put(r) })
	here.merge(t, Options{}, there)
	r, _ := here.Pilot.RiskPoints.ByKey("JJ-10")
	if r == nil || r.Causes != "后来" || here.Pilot.RiskPoints.Len() != 5 {
		t.Errorf("%+v of %d points", r, here.Pilot.RiskPoints.Len())
	}
}

// Files of one name from two folders are told apart, also in what is decided about them.
func TestFilesOfOneName(t *testing.T) {
	list := []*Source{{File: "自查.lianshao", Path: "/收/甲/报/自查.lianshao"}, {File: "自查.lianshao", Path: "/收/乙/报/自查.lianshao"}, {File: "别的.lianshao", Path: "/收/别的.lianshao"}}
	tellApart(list)
	if diff := gocmp.Diff([]string{"甲/报/自查.lianshao", "乙/报/自查.lianshao", "别的.lianshao"}, []string{list[0].File, list[1].File, list[2].File}); diff != "" {
		t.Error(diff)
	}
}
