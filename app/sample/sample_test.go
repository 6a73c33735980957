package sample_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lianshao/app"
	"lianshao/app/intake"
	"lianshao/app/sample"
	"lianshao/domain"
	"lianshao/storage/pilotfile"
	"lianshao/storage/xlsx"
)

var update = flag.Bool("update", false, "write the sample's indicator systems into the template")

const templateFile = "../../assets/catalogue/university.json"

func counter() app.IDs {
	n := 0
	return func() domain.ID { n++; return domain.ID(fmt.Sprintf("id%06d", n)) }
}

func newPilot(t *testing.T, template app.Template) *app.Session {
	t.Helper()
	s, err := app.CreatePilot(pilotfile.Stores{}, filepath.Join(t.TempDir(), "试点.lianshao"), template, sample.Year, time.Now, counter(), "测试")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func filled(t *testing.T) *app.Session {
	t.Helper()
	s := newPilot(t, app.TemplateUniversity)
	if err := sample.Fill(s, xlsx.Reader{}, nil); err != nil {
		t.Fatal(err)
	}
	return s
}

// expected is the part of expected.json that the numbers are compared with.
type expected struct {
	AHP struct {
		Matrices map[string]struct{ Weights []float64 }
		Global   map[string]map[string]float64 `json:"global_weights"`
	}
	Scoring struct {
		First, Second expectedRound
		Department    map[string]map[string]json.RawMessage
	}
}

type expectedRound struct {
	Counts  map[string]int           `json:"level_counts"`
	Points  map[string]expectedScore `json:"by_point"`
	Kendall struct {
		Raters, Items, DF int
		W, Chi2           float64
	} `json:"kendall_W"`
}

type expectedScore struct {
	Means    map[string]float64
	N        map[string]int
	Dim      map[string]float64
	S, Index float64
	Level    string
}

func readExpected(t *testing.T) *expected {
	t.Helper()
	data, err := os.ReadFile("../../testdata/sample/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	e := &expected{}
	if err := json.Unmarshal(data, e); err != nil {
		t.Fatal(err)
	}
	return e
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-6 }

func TestScoresAreTheExpectedOnes(t *testing.T) {
	s, want := filled(t), readExpected(t)
	for no, round := range map[int]expectedRound{1: want.Scoring.First, 2: want.Scoring.Second} {
		res := s.Result(no)
		if res == nil {
			t.Fatalf("round %d has no result", no)
		}
		if len(round.Points) != 41 || len(res.Points) != len(round.Points) {
			t.Errorf("round %d: %d points, want %d", no, len(res.Points), len(round.Points))
		}
		for i := range res.Points {
			o := &res.Points[i]
			w, ok := round.Points[o.Point.Code]
			if !ok {
				t.Errorf("round %d: unexpected point %s", no, o.Point.Code)
				continue
			}
			compare(t, fmt.Sprintf("round %d %s", no, o.Point.Code), res.PointSys, &o.Outcome, w)
		}
		for label, n := range round.Counts {
			if got := res.LevelCounts()[label]; got != n {
				t.Errorf("round %d: %s %d, want %d", no, label, got, n)
			}
		}
		a, err := app.RoundAgreement(s.Pilot, res)
		k := round.Kendall
		if err != nil || !near(a.WCorrected, k.W) || !near(a.Chi2, k.Chi2) || a.DF != k.DF || a.Points != k.Items || a.Raters != k.Raters {
			t.Errorf("round %d agreement %+v %v, want %+v", no, a, err, k)
		}
	}
}

func TestUnitScoresAreTheExpectedOnes(t *testing.T) {
	s, want := filled(t), readExpected(t)
	for no, key := range map[int]string{1: "first", 2: "second"} {
		res := s.Result(no)
		if len(res.Units) != 2 {
			t.Fatalf("round %d: %d units", no, len(res.Units))
		}
		for i := range res.Units {
			u := &res.Units[i]
			var w expectedScore
			var top float64
			if err := json.Unmarshal(want.Scoring.Department[u.Unit.Name][key], &w); err != nil {
				t.Fatal(u.Unit.Name, err)
			}
			if err := json.Unmarshal(want.Scoring.Department[u.Unit.Name]["max_point_"+key], &top); err != nil {
				t.Fatal(err)
			}
			compare(t, fmt.Sprintf("round %d %s", no, u.Unit.Name), res.UnitSys, &u.Outcome, w)
			if !near(u.Max, top) {
				t.Errorf("round %d %s: highest point %f, want %f", no, u.Unit.Name, u.Max, top)
			}
		}
	}
}

func compare(t *testing.T, name string, sys *domain.IndicatorSystem, o *domain.Outcome, w expectedScore) {
	t.Helper()
	if !near(o.S, w.S) || !near(o.Index, w.Index) || o.Level.Label != w.Level {
		t.Errorf("%s: S %f I %f %s, want %f %f %s", name, o.S, o.Index, o.Level.Label, w.S, w.Index, w.Level)
	}
	for i, ind := range sys.Indicators() {
		if !near(o.Means[i], w.Means[ind.Code]) {
			t.Errorf("%s %s: mean %f, want %f", name, ind.Code, o.Means[i], w.Means[ind.Code])
		}
		if w.N != nil && o.Counts[i] != w.N[ind.Code] {
			t.Errorf("%s %s: %d marks, want %d", name, ind.Code, o.Counts[i], w.N[ind.Code])
		}
	}
	for i, d := range sys.Dimensions {
		if !near(o.Dims[i], w.Dim[d.Code]) {
			t.Errorf("%s %s: D %f, want %f", name, d.Code, o.Dims[i], w.Dim[d.Code])
		}
	}
}

func TestWeightsAreTheExpectedOnes(t *testing.T) {
	s, want := filled(t), readExpected(t)
	n := 0
	for _, target := range []string{domain.TargetPoint, domain.TargetUnit} {
		for _, d := range s.Pilot.SystemFor(target).Dimensions {
			for _, ind := range d.Indicators {
				n++
				if w := want.AHP.Global[target][ind.Code]; !near(d.Weight*ind.Weight, w) {
					t.Errorf("%s %s: %f, want %f", target, ind.Code, d.Weight*ind.Weight, w)
				}
			}
		}
	}
	if n != 28 {
		t.Errorf("%d indicators", n)
	}
}

// The template's indicator systems are those of the sample workbook: importing
// it changes nothing. -update writes them.
func TestTemplateHoldsTheSampleSystems(t *testing.T) {
	if *update {
		writeSystems(t)
	}
	s := newPilot(t, app.TemplateUniversity)
	plan := planOf(t, s, "评估指标体系.xlsx")
	for _, c := range plan.Changes.Changes {
		t.Errorf("%s %s would change", c.Kind, c.ID)
	}
	for _, f := range plan.Report.Files {
		for _, sheet := range f.Sheets {
			if sheet.New+sheet.Changed > 0 || len(sheet.Errors) > 0 {
				t.Errorf("%s: new %d changed %d errors %v", sheet.Sheet, sheet.New, sheet.Changed, sheet.Errors)
			}
		}
	}
}

// The template's offices and steps are those of the sample: an import fills them in.
func TestSampleFillsTheTemplate(t *testing.T) {
	s := newPilot(t, app.TemplateUniversity)
	added := map[domain.Kind]int{}
	for _, c := range planOf(t, s, "领导小组名单.xlsx", "工作步骤安排.xlsx", "部门职权目录.xlsx").Changes.Changes {
		if c.Before == nil {
			added[c.Kind]++
		}
	}
	if added[domain.KindMember] != 14 { // the study group and the network; the leading group is there
		t.Errorf("%d new members, want 14", added[domain.KindMember])
	}
	if added[domain.KindMilestone] != 0 || added[domain.KindUnit] != 0 {
		t.Errorf("new milestones %d, units %d, want none", added[domain.KindMilestone], added[domain.KindUnit])
	}
}

// What was imported refers to no unknown point, step, workflow or indicator, and
// every workflow runs from start to end. Units outside the two departments and
// powers that the list of powers leaves out are in the sample on purpose.
func TestSampleIsWhole(t *testing.T) {
	s := filled(t)
	for _, r := range app.Remarks(s.Pilot) {
		switch domain.Kind(r.Field) {
		case domain.KindPost, domain.KindUnit, domain.KindAuthority:
		default:
			t.Error(r.Message)
		}
	}
	if err := s.Undo(); err != nil {
		t.Fatal(err)
	}
	if n := s.Pilot.RiskPoints.Len(); n != 0 {
		t.Errorf("%d points left after undo: the sample is not one operation", n)
	}
}

func planOf(t *testing.T, s *app.Session, names ...string) *intake.Plan {
	t.Helper()
	var books []*intake.Book
	for _, name := range names {
		b, err := xlsx.Reader{}.Read(t.Context(), "../../assets/sample/"+name, nil)
		if err != nil {
			t.Fatal(err)
		}
		books = append(books, b)
	}
	return intake.NewPlan(s.Pilot, intake.Analyse(books, intake.Options{}), intake.Env{IDs: s.NewID, Year: sample.Year})
}

// writeSystems takes the systems from the workbook into an otherwise empty pilot.
func writeSystems(t *testing.T) {
	s := newPilot(t, app.TemplateBlank)
	if err := s.Do(planOf(t, s, "评估指标体系.xlsx").Command()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(templateFile)
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		Info       json.RawMessage           `json:"info"`
		Units      json.RawMessage           `json:"units"`
		Members    json.RawMessage           `json:"members"`
		Milestones json.RawMessage           `json:"milestones"`
		Schemes    json.RawMessage           `json:"schemes"`
		Systems    []*domain.IndicatorSystem `json:"systems"`
	}
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	all.Systems = nil
	for _, sys := range s.Pilot.Systems.All() {
		c := sys.Clone().(*domain.IndicatorSystem)
		c.ID, c.Origin = "", ""
		all.Systems = append(all.Systems, c)
	}
	out, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(templateFile, append(out, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Fatal("written; run the tests again")
}
