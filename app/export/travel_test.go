package export_test

import (
	"context"
	"flag"
	"fmt"
	"math"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"lianshao/app/export"
	"lianshao/app/sheet"
	"lianshao/domain"
	"lianshao/storage/xlsx"
)

// odd are the ends of texts: what a cell, a program or a careless reader spoils.
var odd = []string{"", "，照常", "\n第二行", "\t制表", "=1+1", "007", "123456789012345678", " ", "　", "𠮷🙂", "—", "、；", "\"引号\"", "<b>&", "1899-12-31", "3-4"}

// traveller fills every field of records with values that the field may hold.
type traveller struct {
	*science
	words map[string][]string // of fields that take one of some words
	plain map[string]bool     // fields that name a record: no spaces at the ends, no separators
}

func (f *traveller) choice(of string, words ...string) { f.words[of] = words }

func newTraveller(t *rapid.T) *traveller {
	f := &traveller{science: &science{t: t, p: randomScience(t), n: 5000}, words: map[string][]string{}, plain: map[string]bool{}}
	f.choice("RiskPoint.Category", domain.Categories...)
	f.choice("RiskPoint.Channels", domain.Channels...)
	f.choice("Finding.Channel", domain.Channels...)
	f.choice("RiskPoint.Status", "", string(domain.PointMerged), string(domain.PointRemoved))
	f.choice("CaseCard.Categories", domain.Categories...)
	f.choice("Intelligence.Secrecy", domain.Secrecies...)
	f.choice("Opinion.Decision", domain.Decisions...)
	f.choice("Revision.Type", domain.RevisionAdd, domain.RevisionEdit, domain.RevisionMerge, domain.RevisionRemove)
	f.choice("Inspection.Result", domain.ResultDone, domain.ResultPartly, domain.ResultNot)
	f.choice("Meeting.Type", domain.MeetingTypes...)
	f.choice("Member.Group", domain.Groups...)
	f.choice("Reading.Period", "2026-01", "2026-02", "2025-12")
	f.choice("Tombstone.Kind", "unit", "riskpoint")
	for _, x := range []string{"Unit.Name", "Post.Name", "Authority.Name", "Member.Name", "Member.Title", "Member.Source", "Factor.Category", "Factor.Text", "Meeting.Title", "CaseCard.Title",
		"Artefact.Name", "Artefact.Title", "Sanction.Form", "Appraisal.Section", "Appraisal.Content", "Workflow.Name", "Step.Name", "Monitor.Name", "Layout.Fingerprint",
		"Synonym.Form", "Synonym.Word", "MergeMark.Pilot", "Measure.Content"} {
		f.plain[x] = true
	}
	return f
}

func (f *traveller) text(of string) string {
	if w := f.words[of]; w != nil {
		return one(f.science, of, w)
	}
	f.n++
	_, field, _ := strings.Cut(of, ".")
	s := fmt.Sprintf("%s%d", field, f.n)
	if f.plain[of] {
		return one(f.science, "plain", []string{"", "=", "007"}) + s + one(f.science, "end", []string{"", "𠮷", "处"})
	}
	if f.maybe("space") {
		s = one(f.science, "before", []string{" ", "=", "'", "@", "00"}) + s
	}
	return s + one(f.science, "odd", odd)
}

func (f *traveller) day() domain.Date {
	return domain.Date(fmt.Sprintf("%d-%02d-%02d", f.pick("year", 1900, 2027), f.pick("month", 1, 12), f.pick("day", 1, 28)))
}

// fill sets every field.
func (f *traveller) fill(of string, v reflect.Value) {
	switch x := v.Addr().Interface().(type) {
	case *domain.Date:
		*x = f.day()
		return
	case *domain.Due:
		*x = domain.Due{Date: f.day()}
		if f.maybe("worded") {
			*x = one(f.science, "due", []domain.Due{{Text: "长期"}, {Date: "2026-09-30", Text: "2026年9月底"}, {Text: " 每次招标前\n办 "}})
		}
		return
	case *domain.Number:
		*x = domain.Number{Value: float64(f.pick("number", 0, 5)), Given: true}
		return
	case *domain.Ref, *domain.Base:
		return
	case *string:
		*x = f.text(of)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Type().Name()+"."+v.Type().Field(i).Name, v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			f.fill(of, v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, to := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		f.fill(of, key)
		f.fill(of, to)
		v.SetMapIndex(key, to)
	case reflect.String:
		v.SetString(f.text(of))
	case reflect.Bool:
		v.SetBool(f.maybe(of))
	case reflect.Int, reflect.Int64:
		f.n++
		v.SetInt(int64(f.pick(of, 1, 5)))
	case reflect.Uint64:
		v.SetUint(uint64(f.pick(of, 1, 9)))
	case reflect.Float64:
		v.SetFloat(float64(f.pick(of, 1, 9999)) / 8)
	default:
		f.t.Fatalf("%s cannot be filled", of)
	}
}

// refer points every reference of a record at a record of its kind.
func (f *traveller) refer(r domain.Record) {
	r.EachRef(func(k domain.Kind, ctx domain.Ref, ref *domain.Ref) {
		if ref.ID != "" {
			return
		}
		var ids []domain.ID
		if k == domain.KindStep {
			for _, w := range f.p.Workflows.All() {
				for i := range w.Steps {
					if ctx.ID == "" || ctx.ID == w.ID {
						ids = append(ids, w.Steps[i].ID)
					}
				}
			}
		} else {
			f.p.Table(k).Each(func(x domain.Record) bool { ids = append(ids, x.RecordID()); return true })
		}
		if optional := k == domain.KindWorkflow || k == domain.KindPost || k == domain.KindFactor; optional && f.maybe("unknown") && f.maybe("to nobody") {
			*ref = domain.Named(fmt.Sprintf("没有的%d", f.n))
		} else if len(ids) > 0 {
			*ref = domain.To(one(f.science, "ref", ids))
		}
	})
}

// add makes n records of a kind: all fields by reflection, then what the field's own
// rules demand.
func add[T domain.Record](f *traveller, n int, blank func() T, fit func(T, int)) {
	for i := range n {
		r := blank()
		v := reflect.ValueOf(r).Elem()
		f.fill(v.Type().Name(), v)
		*domain.BaseOf(r) = f.base(fmt.Sprintf("%s-%02d", strings.ToUpper(string(r.RecordKind())[:2]), f.n))
		domain.BaseOf(r).Origin = fmt.Sprintf("表%d.xlsx 表!A%d", i, i+5)
		if fit != nil {
			fit(r, i)
		}
		f.refer(r)
		f.p.Put(r)
	}
}

// everything is a pilot in which every field of every kind says something.
func everything(t *rapid.T) *domain.Pilot {
	f := newTraveller(t)
	f.organisation()
	f.flows()
	f.risks()
	f.voices()
	f.activities()
	return f.p
}

func (f *traveller) organisation() {
	add(f, 1, func() *domain.Info { return &domain.Info{} }, func(r *domain.Info, _ int) { r.Year = 2026 })
	add(f, 2, func() *domain.Unit { return &domain.Unit{} }, nil)
	add(f, 3, func() *domain.Post { return &domain.Post{} }, nil)
	add(f, 3, func() *domain.Member { return &domain.Member{} }, nil)
	add(f, 3, func() *domain.Milestone { return &domain.Milestone{} }, func(r *domain.Milestone, i int) {
		r.No, r.Start, r.End = i+1, "2026-06-01", "2026-07-10"
	})
	add(f, 1, func() *domain.Attachment { return &domain.Attachment{} }, func(r *domain.Attachment, _ int) { r.SHA256 = strings.Repeat("9f", 32) })
	add(f, 2, func() *domain.Holiday { return &domain.Holiday{} }, func(r *domain.Holiday, i int) { r.Date = domain.Date(fmt.Sprintf("2026-10-%02d", i+1)) })
}

// flows makes a workflow in two versions, and another.
func (f *traveller) flows() {
	var first *domain.Workflow
	add(f, 3, func() *domain.Workflow { return &domain.Workflow{} }, func(r *domain.Workflow, i int) {
		r.Version, r.State = 1, domain.WorkflowInForce
		switch i {
		case 0:
			r.State, first = domain.WorkflowRevised, r
		case 1:
			r.Name, r.Unit, r.Code, r.Version = first.Name, first.Unit, first.Code, 2
		}
		kinds := []domain.StepKind{domain.StepStart, domain.StepDecision, domain.StepEnd}
		r.Steps = make([]domain.Step, len(kinds))
		for k := range r.Steps {
			s := &r.Steps[k]
			f.fill("Step", reflect.ValueOf(s).Elem())
			s.ID, s.No, s.Kind, s.Next, s.From = f.base("").ID, k+1, kinds[k], nil, ""
			if i == 1 {
				s.From = first.Steps[k].ID
			}
		}
		r.Steps[0].Next = []domain.Branch{{To: r.Steps[1].ID}}
		r.Steps[1].Next = []domain.Branch{{Label: "是", To: r.Steps[2].ID}, {Label: "否", To: r.Steps[0].ID}}
	})
	add(f, 3, func() *domain.Authority { return &domain.Authority{} }, nil)
	for _, w := range f.p.Workflows.All() {
		c := w.Clone()
		f.refer(c)
		f.p.Put(c)
	}
}

func (f *traveller) risks() {
	for i := range 2 {
		add(f, 2, func() *domain.RiskPoint { return &domain.RiskPoint{} }, func(r *domain.RiskPoint, _ int) {
			r.Channels = domain.Channels[:i+1]
		})
	}
	for _, r := range f.p.RiskPoints.All() {
		for no := range 2 {
			add(f, 1, func() *domain.Measure { return &domain.Measure{} }, func(m *domain.Measure, _ int) { m.Point, m.No = domain.To(r.ID), no+1 })
		}
	}
	add(f, 4, func() *domain.Inspection { return &domain.Inspection{} }, func(r *domain.Inspection, i int) { r.Date = domain.Date(fmt.Sprintf("2026-11-%02d", i+1)) })
	add(f, 3, func() *domain.Factor { return &domain.Factor{} }, nil)
	add(f, 3, func() *domain.Intelligence { return &domain.Intelligence{} }, nil)
	add(f, 2, func() *domain.Monitor { return &domain.Monitor{} }, nil)
	for _, m := range f.p.Monitors.All() {
		add(f, 1, func() *domain.Reading { return &domain.Reading{} }, func(r *domain.Reading, _ int) { r.Monitor = domain.To(m.ID) })
	}
	for i := range 2 {
		add(f, 1+i, func() *domain.Warning { return &domain.Warning{} }, nil)
	}
}

func (f *traveller) voices() {
	if a, pt := f.p.Assessments.All()[0], f.p.RiskPoints.All()[0]; f.p.Effectivenesses.Len() == 0 {
		f.p.Put(&domain.Effectiveness{Base: f.base(fmt.Sprintf("%d/%s", a.No, pt.Code)), Assessment: domain.To(a.ID), Point: domain.To(pt.ID), Value: 0.5, Reason: "双人复核 "})
	}
	no := 0
	for range 2 {
		add(f, 1, func() *domain.Disclosure { return &domain.Disclosure{} }, func(r *domain.Disclosure, _ int) {
			no++
			r.No = no
			for i := range r.Shown {
				r.Shown[i].Point = f.p.RiskPoints.All()[i].ID
				r.Shown[i].Description = strings.Repeat("表现形式 ", f.pick("long", 1, 6000))
			}
		})
	}
	add(f, 3, func() *domain.Opinion { return &domain.Opinion{} }, nil)
	add(f, 3, func() *domain.Revision { return &domain.Revision{} }, nil)
	add(f, 3, func() *domain.Appraisal { return &domain.Appraisal{} }, func(r *domain.Appraisal, _ int) { r.Full = 5 })
	add(f, 2, func() *domain.Sanction { return &domain.Sanction{} }, nil)
}

func (f *traveller) activities() {
	add(f, 2, func() *domain.Meeting { return &domain.Meeting{} }, nil)
	add(f, 2, func() *domain.CaseCard { return &domain.CaseCard{} }, nil)
	add(f, 2, func() *domain.Artefact { return &domain.Artefact{} }, nil)
	add(f, 1, func() *domain.Layout { return &domain.Layout{} }, nil)
	add(f, 1, func() *domain.Synonym { return &domain.Synonym{} }, nil)
	add(f, 2, func() *domain.MergeMark { return &domain.MergeMark{} }, nil)
	sys := f.p.Systems.All()[0].Clone().(*domain.IndicatorSystem) // no round rests on it
	sys.Base, sys.Version, sys.State, sys.Matrices, sys.Derivation = f.base("体系-9"), 9, domain.SystemDraft, nil, domain.DerivedTyped
	i := &sys.Dimensions[0].Indicators[0]
	i.Note, i.Top, i.More, i.Values = f.text("Indicator.Note"), 7, []string{"六", " 七"}, []float64{1, 2, 3, 4, 5, 1.0 / 3, 9}
	f.p.Put(sys)
	for _, a := range f.p.Assessments.All() {
		for _, r := range f.p.Ratings.All() {
			if r.Assessment.ID == a.ID && r.Target == domain.TargetPoint {
				c := r.Clone().(*domain.Rating)
				c.Rows[0].Note = "备注" + f.text("RatingRow.Note")
				f.p.Put(c)
			}
		}
	}
}

// staysAtHome says what does not travel in a workbook, and why.
func staysAtHome(p *domain.Pilot, r domain.Record) domain.Record {
	c := r.Clone()
	b := domain.BaseOf(c)
	b.Stamp = ""  // who wrote a field when: in the new pilot the import wrote it, as its journal says
	b.Origin = "" // the workbook's place is put before it; compared on its own
	c.EachRef(func(k domain.Kind, _ domain.Ref, ref *domain.Ref) {
		if a, ok := p.Attachments.Get(ref.ID); ok { // the contents of attachments stay in the pilot file, so only their codes go
			*ref = domain.Named(a.Code)
		}
	})
	if mm, ok := c.(*domain.MergeMark); ok { // how far it was merged holds only where all that was merged is
		mm.Seq, mm.Head, mm.Chain = 0, "", ""
	}
	if x, ok := c.(*domain.Rating); ok { // a rating is called by its round and subject; its rows have no hidden cell for spaces
		b.Code = ""
		for i := range x.Rows {
			x.Rows[i].Note = strings.TrimSpace(x.Rows[i].Note)
		}
	}
	if x, ok := c.(*domain.IndicatorSystem); ok { // weights are derived again from cells of 15 digits
		for d := range x.Dimensions {
			for i := range x.Dimensions[d].Indicators {
				w := &x.Dimensions[d].Indicators[i].Weight
				*w = math.Round(*w*1e12) / 1e12
			}
		}
	}
	return c
}

// noIdentity are records that have no row of their own and are known by what they
// belong to.
var noIdentity = map[domain.Kind]bool{domain.KindRating: true}

// TestEverythingTravels exports a pilot in which every field of every kind says
// something: the workbook changes nothing in the pilot itself, and makes the same
// pilot out of nothing.
func TestEverythingTravels(t *testing.T) {
	if checks := flag.Lookup("rapid.checks"); checks.Value.String() == checks.DefValue { // each writes and reads a workbook
		checks.Value.Set("10")
		defer checks.Value.Set(checks.DefValue)
	}
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		p := everything(t)
		path := filepath.Join(dir, "全部.xlsx")
		if err := (xlsx.Writer{}).Write(context.Background(), path, export.Workbook(p), nil); err != nil {
			t.Fatal(err)
		}
		b, err := xlsx.Reader{}.Read(context.Background(), path, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range planned(t, p, b).Changes.Changes {
			if i < 4 {
				t.Errorf("re-imported %s: %s", c.Kind, cmp.Diff(c.Before, c.After))
			}
		}
		q := domain.NewPilot()
		q.Apply(planned(t, q, b).Changes)
		sameRecords(t, p, q)
	})
}

// sameRecords compares two pilots field by field.
func sameRecords(t *rapid.T, p, q *domain.Pilot) {
	approx := cmp.Options{cmpopts.EquateApprox(0, 1e-12), cmpopts.EquateEmpty()} // a cell keeps 15 digits
	for i, table := range p.Tables() {
		if table.Kind() == domain.KindAttachment {
			continue
		}
		if n := q.Tables()[i].Len(); n != table.Len() {
			t.Errorf("%d %s went, %d came", table.Len(), table.Kind(), n)
		}
		table.Each(func(r domain.Record) bool {
			got, ok := q.Tables()[i].Record(r.RecordID())
			if noIdentity[table.Kind()] {
				got, ok = ratingLike(q, r.(*domain.Rating))
			}
			if !ok {
				t.Errorf("%s %s did not come: %+v", table.Kind(), r.RecordID(), r)
				return true
			}
			want, is := staysAtHome(p, r), staysAtHome(q, got)
			if noIdentity[table.Kind()] {
				domain.BaseOf(is).ID = r.RecordID()
			}
			if diff := cmp.Diff(want, is, approx); diff != "" {
				t.Errorf("%s (-went +came): %s", table.Kind(), diff)
			}
			if o := domain.BaseOf(r).Origin; o != "" && !strings.HasSuffix(domain.BaseOf(got).Origin, o) {
				t.Errorf("%s came from %q, not any more from %q", table.Kind(), domain.BaseOf(got).Origin, o)
			}
			return true
		})
	}
}

func ratingLike(q *domain.Pilot, r *domain.Rating) (domain.Record, bool) {
	return q.Ratings.ByKey(r.Natural())
}

// TestEveryFieldIsFilled holds the test above to its promise: whatever field a record
// gets is filled, or named here as one that a workbook cannot hold.
func TestEveryFieldIsFilled(t *testing.T) {
	filled := map[string]bool{}
	all := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		for _, table := range everything(t).Tables() {
			table.Each(func(r domain.Record) bool {
				look(string(table.Kind()), reflect.ValueOf(r).Elem(), all, filled)
				return true
			})
		}
	})
	for f := range all {
		if !filled[f] && f != "Base.Stamp" {
			t.Errorf("%s is never filled", f)
		}
	}
}

func look(at string, v reflect.Value, all, filled map[string]bool) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			name := v.Type().Name() + "." + v.Type().Field(i).Name
			all[name] = true
			filled[name] = filled[name] || !v.Field(i).IsZero()
			look(name, v.Field(i), all, filled)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			look(at, v.Index(i), all, filled)
		}
	}
}

// The hidden cell knows a record whose code was changed in Excel; a row that was
// copied there, hidden cell and all, is another record.
func TestRenamedAndCopiedRows(t *testing.T) {
	s := samplePilot(t)
	wb := export.Workbook(s.Pilot)
	for i := range wb.Sheets {
		if sh := &wb.Sheets[i]; sh.Name == "风险点" {
			rows := slices.Collect(sh.Rows.All())
			rows[4][0] = "JJ-95"
			copied := slices.Clone(rows[5])
			copied[0] = "JJ-96"
			sh.Rows = sheet.Stored(append(rows, copied)...)
		}
	}
	old, _ := s.Pilot.RiskPoints.ByKey("JJ-05")
	path := filepath.Join(t.TempDir(), "改.xlsx")
	if err := (xlsx.Writer{}).Write(context.Background(), path, wb, nil); err != nil {
		t.Fatal(err)
	}
	pl := plan(t, s, path)
	got := map[string]*domain.RiskPoint{}
	for _, c := range pl.Changes.Changes {
		if r, ok := c.After.(*domain.RiskPoint); ok {
			got[r.Code] = r
			if (c.Before == nil) != (r.Code == "JJ-96") {
				t.Errorf("%s: before %v", r.Code, c.Before)
			}
		}
	}
	if r := got["JJ-95"]; r == nil || r.ID != old.ID {
		t.Errorf("JJ-05 was renamed, got %v", got)
	}
	if r := got["JJ-96"]; r == nil || s.Pilot.Table(domain.KindRiskPoint).Len() == 0 {
		t.Errorf("the copied row is missing: %v", got)
	} else if _, taken := s.Pilot.RiskPoints.Get(r.ID); taken {
		t.Error("the copied row took the ID of its model")
	}
}

// A hidden cell that somebody changed is left aside, and said so, whether it is no
// JSON any more or says what its field cannot hold; the rest of the row is read.
func TestSpoiltHiddenCell(t *testing.T) {
	for _, c := range []struct {
		sheet, cell, column, text string
		changes                   int
	}{
		{"风险点", `whatever {"findings": 3`, "表现形式", "改过的表现形式", 1},
		{"风险点", `whatever {"findings": 3}`, "表现形式", "改过的表现形式", 1},
		{"工作流程", `whatever {"posts": "x"}`, "办理时限", "三十个工作日", 1},
		{"岗位层面指标（第1版）", `{"weight": "x"}`, "", "", 0},
	} {
		s := samplePilot(t)
		wb := export.Workbook(s.Pilot)
		for i := range wb.Sheets {
			if sh := &wb.Sheets[i]; sh.Name == c.sheet {
				rows := slices.Collect(sh.Rows.All())
				rows[4][len(sh.Columns)-1] = c.cell
				if k := slices.IndexFunc(sh.Columns, func(col sheet.Column) bool { return col.Header == c.column }); k >= 0 {
					rows[4][k] = c.text
				}
				sh.Rows = sheet.Stored(rows...)
			}
		}
		path := filepath.Join(t.TempDir(), "改.xlsx")
		if err := (xlsx.Writer{}).Write(context.Background(), path, wb, nil); err != nil {
			t.Fatal(err)
		}
		pl := plan(t, s, path)
		said := 0
		for _, sh := range pl.Report.Files[0].Sheets {
			for _, w := range sh.Warnings {
				if strings.Contains(w.Message, "隐藏内容被改动过") {
					said++
				}
			}
		}
		if said != 1 || len(pl.Changes.Changes) != c.changes {
			t.Errorf("%s %s: said %d times, %d changes", c.sheet, c.cell, said, len(pl.Changes.Changes))
		}
	}
}
