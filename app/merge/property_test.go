package merge

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"lianshao/domain"
)

// randomEdit does one thing that people do.
func (u *user) randomEdit(t testing.TB, r *rand.Rand, all []string) {
	word := func() string { return fmt.Sprint(u.name, r.IntN(1000)) }
	u.edit(t, func(d *domain.Pilot) {
		points := d.RiskPoints.All()
		switch n := r.IntN(16); {
		case n == 12: // a file is filed with a meeting that others hold under the same name
			id := u.NewID()
			file := &domain.Attachment{Base: domain.Base{ID: "f" + id, Code: "FJ-" + string(id)}, Name: "签到.jpg", SHA256: strings.Repeat(fmt.Sprint(r.IntN(10)), 64)}
			if old, ok := d.Attachments.ByKey(file.Natural()); ok {
				file = old
			} else {
				d.Put(file)
			}
			m := &domain.Meeting{Base: domain.Base{ID: "h" + id}, Type: domain.MeetingOther, Title: fmt.Sprint("会", r.IntN(3)), Content: word()}
			if old, ok := d.Meetings.ByKey(m.Natural()); ok {
				m = old.Clone().(*domain.Meeting)
			}
			m.Attachments = append(slices.Clip(m.Attachments), domain.To(file.ID))
			d.Put(m)
		case n == 13: // an indicator is reworded
			sys, _ := d.Systems.Get(domain.ID(u.ids + "system"))
			c := sys.Clone().(*domain.IndicatorSystem)
			c.Dimensions[0].Indicators[r.IntN(2)].Note = word()
			d.Put(c)
		case n == 14 && len(points) > 0: // a point is renamed
			p := points[r.IntN(len(points))].Clone().(*domain.RiskPoint)
			p.Name = word()
			if code := fmt.Sprintf("%s-%02d", all[r.IntN(len(all))], r.IntN(6)); r.IntN(2) == 0 { // as somebody else's new one, perhaps
				if _, taken := d.RiskPoints.ByKey(code); !taken {
					p.Code = code
				}
			}
			d.Put(p)
		case n == 15: // a post is made, by several under one name
			id := u.NewID()
			x := &domain.Post{Base: domain.Base{ID: "z" + id}, Unit: domain.To(domain.ID(u.ids + "unit")), Name: fmt.Sprint("科长", r.IntN(3)), Duties: word()}
			if _, ok := d.Posts.ByKey(x.Natural()); !ok {
				d.Put(x)
			}
		case n < 5 && len(points) > 0:
			p := points[r.IntN(len(points))].Clone().(*domain.RiskPoint)
			switch r.IntN(5) {
			case 0:
				p.Description = word()
			case 1:
				p.Causes = word()
			case 2:
				p.Likelihood = 1 + r.IntN(5)
			case 3:
				p.Channels = []string{word()}
			case 4:
				p.Note = ""
			}
			d.Put(p)
		case n < 7:
			id := u.NewID()
			d.Put(&domain.RiskPoint{Base: domain.Base{ID: id, Code: fmt.Sprintf("%s-%02d", all[r.IntN(len(all))], r.IntN(6))}, Unit: domain.To(domain.ID(u.ids + "unit")), Name: word()})
			d.Put(&domain.Measure{Base: domain.Base{ID: "m" + id}, Point: domain.To(id), No: 1, Content: word()})
		case n < 8 && len(points) > 0:
			p := points[r.IntN(len(points))]
			for _, m := range slices.Clone(d.Measures.By(domain.ByPoint, p.ID)) {
				d.Measures.Delete(m.ID)
			}
			d.RiskPoints.Delete(p.ID)
		case n < 10:
			w, _ := d.Workflows.Get(domain.ID(u.ids + "flow"))
			c := w.Clone().(*domain.Workflow)
			if r.IntN(2) == 0 {
				c.Steps[r.IntN(len(c.Steps))].Limit = word()
			} else {
				c.Steps = append(c.Steps, domain.Step{ID: u.NewID(), No: 3 + r.IntN(3), Name: word()})
			}
			d.Put(c)
		case n < 11:
			m := d.Measures.All()
			if len(m) > 0 {
				c := m[r.IntN(len(m))].Clone().(*domain.Measure)
				c.Content = word()
				d.Put(c)
			}
		default:
			p, _ := d.Units.Get(domain.ID(u.ids + "unit"))
			c := *p
			c.Head = word()
			d.Put(&c)
		}
	})
}

// Ten people edit copies at random; whoever merges them, in whatever order and
// however often, has the same pilot in the end, and every value that was written
// last and not decided against is in it.
func TestOrderAndRepeatsDoNotMatter(t *testing.T) {
	for seed := range seeds(60) {
		r := rand.New(rand.NewPCG(seed, 7))
		s := school(t)
		names := []string{"A", "B", "C", "D", "E", "F", "G", "H", "I", "J"}
		var people []*user
		for _, n := range names {
			people = append(people, s.copyTo(t, n))
		}
		for range 60 {
			people[r.IntN(len(people))].randomEdit(t, r, names)
		}
		var first []string
		for try := range 3 {
			into := s.copyTo(t, fmt.Sprint("汇总", try))
			conflicts := 0
			for _, i := range append(r.Perm(len(people)), r.IntN(10), r.IntN(10), r.IntN(10)) {
				conflicts += len(into.merge(t, Options{}, people[i]).Conflicts())
			}
			all := Canonical(into.Pilot)
			if try == 0 {
				first = all
				nothingLost(t, into, people)
				latestWords(t, into, people)
				continue
			}
			if diff := gocmp.Diff(first, all); diff != "" {
				t.Fatalf("seed %d: %s", seed, diff)
			}
		}
	}
}

// latestWords checks, of the points that everybody began with, that each field has
// the value that was written last by anybody.
func latestWords(t testing.TB, into *user, people []*user) {
	t.Helper()
	type word struct {
		at   time.Time
		text string
	}
	last := map[[2]string]word{}
	for _, u := range people {
		own := map[[2]string]word{} // the writer's last words, gone when the writer deletes the point
		for _, e := range u.store.entries {
			for _, c := range e.Changes {
				if c.After == nil {
					maps.DeleteFunc(own, func(k [2]string, _ word) bool { return k[0] == string(c.ID) })
				}
				is, ok := c.After.(*domain.RiskPoint)
				was, had := c.Before.(*domain.RiskPoint)
				if !ok || !had || len(c.ID) != 2 { // p0 … p3
					continue
				}
				for field, x := range map[string][2]string{"description": {was.Description, is.Description}, "causes": {was.Causes, is.Causes},
					"likelihood": {fmt.Sprint(was.Likelihood), fmt.Sprint(is.Likelihood)}, "channels": {fmt.Sprint(was.Channels), fmt.Sprint(is.Channels)}} {
					if k := [2]string{string(c.ID), field}; x[0] != x[1] {
						own[k] = word{e.Time, x[1]}
					}
				}
			}
		}
		for k, w := range own {
			if !w.at.Before(last[k].at) {
				last[k] = w
			}
		}
	}
	for k, w := range last {
		r := into.point(domain.ID(k[0]))
		if r == nil {
			continue // deleted by somebody who had seen it all
		}
		is := map[string]string{"description": r.Description, "causes": r.Causes, "likelihood": fmt.Sprint(r.Likelihood), "channels": fmt.Sprint(r.Channels)}[k[1]]
		if is != w.text {
			t.Errorf("%s %s is %q, %q was written last", k[0], k[1], is, w.text)
		}
	}
}

// Departments merge into a school and schools into a city; a change below arrives at
// the top through the middle as it would straight, and again changes nothing.
func TestNested(t *testing.T) {
	s := school(t)
	dept := s.copyTo(t, "基建处")
	clock := *s.clock
	city := newUser(t, "市", &memory{id: "city"}, &clock)
	city.edit(t, func(d *domain.Pilot) {
		d.Put(&domain.Info{Base: domain.Base{ID: "c"}, Name: "全市", School: "市教委"})
	})
	city.merge(t, Options{}, s)
	dept.edit(t, func(d *domain.Pilot) { r := point(d, "p0"); r.Causes = "部门写的成因"; d.Put(r) })
	s.merge(t, Options{}, dept)
	city.merge(t, Options{}, s)
	if r := city.point("p0"); r.Causes != "部门写的成因" || r.Code != "云海师范大学·JJ-00" || city.Pilot.RiskPoints.Len() != 4 {
		t.Fatalf("%+v, %d points", r, city.Pilot.RiskPoints.Len())
	}
	before := Canonical(city.Pilot)
	city.merge(t, Options{}, dept) // the department's own file too, by mistake
	city.merge(t, Options{}, s)
	if diff := gocmp.Diff(before, Canonical(city.Pilot)); diff != "" {
		t.Error(diff)
	}
}

// nothingLost checks that of every field of every point, somebody's latest value is
// there, and that new points of all are.
func nothingLost(t testing.TB, into *user, people []*user) {
	t.Helper()
	here := map[domain.ID]bool{}
	codes := map[string]bool{}
	for _, r := range into.Pilot.RiskPoints.All() {
		here[r.ID], codes[r.Code] = true, true
	}
	for _, mm := range into.Pilot.MergeMarks.All() {
		for from, to := range mm.Alias {
			here[from] = here[from] || here[to]
		}
	}
	for _, u := range people {
		for _, r := range u.Pilot.RiskPoints.All() {
			touched := false
			for _, e := range u.store.entries {
				touched = touched || e.Actor == u.name && slices.ContainsFunc(e.Changes, func(c domain.Change) bool { return c.ID == r.ID })
			}
			if touched && !here[r.ID] && !codes[r.Code] {
				t.Errorf("%s of %s is lost", r.Code, u.name)
			}
		}
	}
	heads := map[string]time.Time{}
	for _, u := range people {
		for _, e := range u.store.entries {
			for _, c := range e.Changes {
				if x, ok := c.After.(*domain.Unit); ok && x.Head != "" {
					heads[x.Head] = e.Time
				}
			}
		}
	}
	unit, _ := into.Pilot.Units.Get("unit")
	for head, at := range heads {
		if cmp.Compare(at.UnixNano(), heads[unit.Head].UnixNano()) > 0 {
			t.Errorf("%s was written after %s", head, unit.Head)
		}
	}
}

// People go on editing and merging from each other; once all is merged into all,
// everybody has the same.
func TestEverybodyComesToTheSame(t *testing.T) {
	for seed := range seeds(25) {
		r := rand.New(rand.NewPCG(seed, 11))
		s := school(t)
		names := []string{"A", "B", "C", "D"}
		people := []*user{s}
		for _, n := range names {
			people = append(people, s.copyTo(t, n))
		}
		for range 30 {
			u := people[r.IntN(len(people))]
			if o := people[r.IntN(len(people))]; o != u && r.IntN(4) == 0 {
				u.merge(t, Options{}, o)
				continue
			}
			u.randomEdit(t, r, names)
		}
		for range 2 {
			for _, u := range people {
				for _, o := range people {
					if o != u {
						u.merge(t, Options{}, o)
					}
				}
			}
		}
		for _, u := range people[1:] {
			if diff := gocmp.Diff(Canonical(s.Pilot), Canonical(u.Pilot)); diff != "" {
				t.Fatalf("seed %d %s: %s", seed, u.name, diff)
			}
		}
	}
}

func TestStampsComeBack(t *testing.T) {
	r := regs{"name": {stamp: stamp{5, "张三"}}, "steps/a:b,c": {stamp: stamp{5, "张三"}}, "x%": {stamp: stamp{9, "李@四;"}}}
	if got := parseStamps(r.String()); got.String() != r.String() || got.at("steps/a:b,c").at != 5 || got.at("x%").who != "李@四;" || strings.Contains(r.String(), "李@四") {
		t.Errorf("%q %q", r.String(), got.String())
	}
}

// manySeeds is for ./task soak.
var manySeeds = flag.Int("seeds", 0, "how many random cases the merge tests make")

func seeds(few uint64) uint64 { return max(few, uint64(*manySeeds)) }

// anotherSchool is a school with other IDs.
func anotherSchool(t testing.TB, id, name string, clock *time.Time) *user {
	t.Helper()
	ids := idMap{}
	model := school(t).Pilot
	for _, table := range model.Tables() {
		table.Each(func(r domain.Record) bool {
			ids[r.RecordID()] = domain.ID(id) + r.RecordID()
			if w, ok := r.(*domain.Workflow); ok {
				for i := range w.Steps {
					ids[w.Steps[i].ID] = domain.ID(id) + w.Steps[i].ID
				}
			}
			return true
		})
	}
	s := newUser(t, name, &memory{id: id}, clock)
	s.ids = id
	s.edit(t, func(d *domain.Pilot) {
		for _, table := range model.Tables() {
			table.Each(func(r domain.Record) bool {
				c := ids.remap(r)
				if i, ok := c.(*domain.Info); ok {
					i.School = name
				}
				d.Put(c)
				return true
			})
		}
	})
	return s
}

// Departments are copies of two schools' pilots, edited at random; they come together
// in their schools and those in the city, in any order and again and again, and the
// city has the same in the end, with every record saying where it came from.
func TestThreeLevels(t *testing.T) {
	for seed := range seeds(12) {
		r := rand.New(rand.NewPCG(seed, 5))
		clock := time.Date(2026, 6, 1, 8, 0, 0, 0, time.UTC)
		var schools, depts [][]*user
		for k := range 2 {
			s := anotherSchool(t, fmt.Sprint("school-", k), []string{"云海大学", "江川大学"}[k], &clock)
			var below []*user
			names := []string{"甲", "乙", "丙"}
			for _, n := range names {
				below = append(below, s.copyTo(t, fmt.Sprint(n, k)))
			}
			for range 20 {
				below[r.IntN(len(below))].randomEdit(t, r, names)
			}
			schools, depts = append(schools, []*user{s.copyTo(t, fmt.Sprint("校", k)), s.copyTo(t, fmt.Sprint("校", k))}), append(depts, below)
		}
		var first []string
		for try := range 2 {
			city := newUser(t, fmt.Sprint("市", try), &memory{id: fmt.Sprint("city-", try)}, &clock)
			city.edit(t, func(d *domain.Pilot) {
				d.Put(&domain.Info{Base: domain.Base{ID: "c"}, Name: "全市", School: "市教委"})
			})
			for _, k := range r.Perm(2) {
				for _, i := range append(r.Perm(3), r.IntN(3)) {
					schools[k][try].merge(t, Options{}, depts[k][i])
				}
			}
			for _, k := range append(r.Perm(2), r.IntN(2), r.IntN(2)) {
				city.merge(t, Options{}, schools[k][try])
			}
			for _, p := range city.Pilot.RiskPoints.All() {
				if !strings.HasPrefix(p.Origin, "校") {
					t.Errorf("seed %d: %s comes from %q", seed, p.Code, p.Origin)
				}
			}
			all := Canonical(city.Pilot)
			if try == 0 {
				first = all
			} else if diff := gocmp.Diff(first, all); diff != "" {
				t.Fatalf("seed %d: %s", seed, diff)
			}
		}
	}
}
