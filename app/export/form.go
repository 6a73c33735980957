package export

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/app/intake"
	"lianshao/app/report"
	"lianshao/app/sheet"
	"lianshao/domain"
)

// Request says which form is to be handed out, and to whom.
type Request struct {
	Kind     string // a kind of the command line
	Unit     string // for this unit alone; "" = all
	Post     string // for the holder of this post alone; "" = all
	Assessor string // scoring: for this assessor alone; "" = a sheet for each
	Round    int    // scoring: which round; 0 = the latest
}

// form is a form in the making.
type form struct {
	pilot
	q    Request
	unit *domain.Unit // nil = all
	post *domain.Post // nil = all
}

// spareRows are the empty rows of a form, for what is new.
const spareRows = 20

// formMakers says how each kind is handed out.
var formMakers = map[string]func(*form) ([]sheet.Sheet, error){
	"riskpoint": one((*form).points), "workflow": one((*form).workflows), "step": one((*form).workflows), "rating": (*form).ratings,
	"opinion": one((*form).opinions), "inspection": one((*form).inspections), "reading": one((*form).readings),
	"unit": one((*form).units), "post": one((*form).posts), "authority": one((*form).authorities), "member": one((*form).members),
	"milestone": one((*form).milestones), "intelligence": one((*form).intelligence), "factor": one((*form).factors),
	"indicator": (*form).indicators, "monitor": one((*form).monitors), "measure": one((*form).measures),
	"disclosure": one((*form).disclosures), "revision": one((*form).revisions), "appraisal": one((*form).appraisals),
	"warning": one((*form).replies),
}

func one(f func(*form) sheet.Sheet) func(*form) ([]sheet.Sheet, error) {
	return func(x *form) ([]sheet.Sheet, error) { return []sheet.Sheet{f(x)}, nil }
}

// FormKinds lists the kinds that can be handed out, in the order of the pilot.
func FormKinds() []domain.Kind {
	return []domain.Kind{domain.KindRiskPoint, domain.KindWorkflow, domain.KindAuthority, domain.KindPost, domain.KindRating, domain.KindOpinion,
		domain.KindInspection, domain.KindReading, domain.KindMeasure, domain.KindAppraisal, domain.KindIntelligence, domain.KindFactor,
		domain.KindMonitor, domain.KindIndicator, domain.KindMilestone, domain.KindMember, domain.KindUnit, domain.KindDisclosure, domain.KindRevision, domain.KindWarning}
}

// Form makes a workbook to be handed out: drop-downs, hints, closed frames, and
// the names the pilot knows. It comes back through import without a mapping.
// Errors are CodeInvalid: a kind that cannot be handed out, a unit, post or
// assessor that is not in the pilot, scoring without a round.
func Form(p *domain.Pilot, q Request) (sheet.Workbook, error) {
	make := formMakers[q.Kind]
	if make == nil {
		return sheet.Workbook{}, notHandedOut(q.Kind)
	}
	f := &form{pilot: pilot{p}, q: q}
	if err := f.addressee(); err != nil {
		return sheet.Workbook{}, err
	}
	sheets, err := make(f)
	if err != nil {
		return sheet.Workbook{}, err
	}
	if len(sheets) == 1 && sheets[0].Rows.Len() == 0 && sheets[0].Spare == 0 {
		if f.Units.Len() > 0 {
			return sheet.Workbook{}, app.E(app.CodeInvalid, nothingToFill[q.Kind], orElse(q.Unit, "本试点"))
		}
		leaveOpen(&sheets[0])
	}
	for i := range sheets {
		sheets[i].Protected = true
	}
	return sheet.Workbook{Sheets: sheets, Mark: intake.Mark{Form: true}.String()}, nil
}

// nothingToFill says of the forms that only list what is there why one would be empty.
var nothingToFill = map[string]string{"warning": "%s没有等待回告的预警，不用发回告表", "inspection": "%s还没有防范措施，检查表无从列出，请先登记措施",
	"reading": "%s还没有监测指标，月报无从列出，请先在“监测预测”中登记监测指标"}

// Empty says why a form that lists what is there would have nothing to fill in; nil for
// every other.
func Empty(p *domain.Pilot, q Request) error {
	if _, lists := nothingToFill[q.Kind]; !lists {
		return nil
	}
	_, err := Form(p, q)
	return err
}

// leaveOpen makes a list of nothing, for a pilot that is still to come, a form to be
// written by hand.
func leaveOpen(s *sheet.Sheet) {
	s.Spare = spareRows
	for i := range s.Columns {
		s.Columns[i].Closed = false
	}
}

func notHandedOut(kind string) error {
	var known []string
	for _, k := range FormKinds() {
		known = append(known, fmt.Sprintf("%s（%s）", string(k), k.String()))
	}
	return app.E(app.CodeInvalid, "没有“%s”的表可以发出去填，可选：%s", string(kind), strings.Join(known, "、"))
}

// addressee finds unit and post. A pilot without units takes any name.
func (f *form) addressee() error {
	if f.q.Unit != "" {
		id, ok := f.Resolve(domain.KindUnit, domain.Ref{}, f.q.Unit)
		switch {
		case ok:
			f.unit, _ = f.Units.Get(id)
		case f.Units.Len() > 0:
			return app.E(app.CodeInvalid, "没有“%s”这个部门，现有：%s", f.q.Unit, names(f.Units.All(), func(u *domain.Unit) string { return u.Name }))
		default:
			f.unit = &domain.Unit{Name: f.q.Unit}
		}
	}
	if f.q.Post == "" {
		return nil
	}
	ctx := domain.Ref{}
	if f.unit != nil {
		ctx = domain.To(f.unit.ID)
	}
	id, ok := f.Resolve(domain.KindPost, ctx, f.q.Post)
	if !ok {
		return app.E(app.CodeInvalid, "没有“%s”这个岗位，或有几个部门都有，请同时写明部门", f.q.Post)
	}
	f.post, _ = f.Posts.Get(id)
	f.unit, _ = f.Units.Get(f.post.Unit.ID)
	return nil
}

func names[T any](list []T, of func(T) string) string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = of(x)
	}
	return strings.Join(out, "、")
}

// of reports whether something of the unit belongs into the form.
func (f *form) of(unit domain.Ref) bool { return f.unit == nil || unit.ID == f.unit.ID }

// in keeps what belongs into the form.
func only[T any](list []T, keep func(T) bool) []T {
	return slices.Collect(func(yield func(T) bool) {
		for _, x := range list {
			if keep(x) && !yield(x) {
				return
			}
		}
	})
}

// finish turns a table of records into a form: its title, who fills it in, what
// to do, and empty rows. A form for one unit needs no column of units.
func (f *form) finish(s sheet.Sheet, title, how string, spare int) sheet.Sheet {
	school := f.Info().School
	if slices.ContainsFunc(s.Columns, func(c sheet.Column) bool { return c.Closed }) {
		how += "灰色的格子不用填，其余请如实填写；"
	}
	s.Title = []string{school + title, how + "列和表头请不要改动。"}
	s.Spare = spare
	s.NoFilter = true
	unit := ""
	if f.unit != nil {
		unit = f.unit.Name
		drop(&s, "unit")
	}
	s.Fill = []string{"填报单位：" + unit}
	s.Notes = append(s.Notes, "填表人：                        审核人：                        填报日期：")
	return s
}

// drop takes a column out.
func drop(s *sheet.Sheet, key string) {
	i := slices.IndexFunc(s.Columns, func(c sheet.Column) bool { return c.Key == key })
	if i < 0 {
		return
	}
	s.Columns = slices.Delete(s.Columns, i, i+1)
	s.Rows = s.Rows.Without(i)
}

// tune changes columns by their keys.
func tune(s *sheet.Sheet, change map[string]func(*sheet.Column)) {
	for i := range s.Columns {
		if f := change[s.Columns[i].Key]; f != nil {
			f(&s.Columns[i])
		}
	}
}

// What a column of a form may be.
func closed(c *sheet.Column) { c.Closed, c.Choices = true, nil }

func given(hint string) func(*sheet.Column) {
	return func(c *sheet.Column) { c.Closed, c.Hint, c.Choices = true, hint, nil }
}

func hint(text string) func(*sheet.Column) { return func(c *sheet.Column) { c.Hint = text } }

func pick(hint string, choices ...string) func(*sheet.Column) {
	return func(c *sheet.Column) { c.Hint, c.Choices = hint, choices }
}

func must(hint string, choices ...string) func(*sheet.Column) {
	return func(c *sheet.Column) { c.Hint, c.Choices, c.Strict = hint, choices, true }
}

const dayHint = "写成 2026-09-20 的样子。"

// levelTints colours the words of a scheme, lighter than on screen so that the text
// stays readable.
func levelTints(s *domain.LevelScheme) []sheet.Tint {
	if s == nil {
		return nil
	}
	var out []sheet.Tint
	for _, l := range s.Ordered() {
		c := report.LevelColor(l.Color)
		pale := func(v uint8) uint8 { return uint8((int(v)*45 + 255*55) / 100) }
		out = append(out, sheet.Tint{Text: l.Label, Color: fmt.Sprintf("%02X%02X%02X", pale(c.R), pale(c.G), pale(c.B))})
	}
	return out
}

func labels(s *domain.LevelScheme) []string {
	if s == nil {
		return nil
	}
	var out []string
	for _, l := range s.Ordered() {
		out = append(out, l.Label)
	}
	return out
}

// unitNames, postNames, flowNames and stepNames are the choices a form offers.
func (f *form) unitNames() []string {
	var out []string
	for _, u := range f.Units.All() {
		out = append(out, u.Name)
	}
	return out
}

func (f *form) postNames() []string {
	return distinct(only(f.Posts.All(), func(x *domain.Post) bool { return f.of(x.Unit) }), func(x *domain.Post) string { return x.Name })
}

func (f *form) flows() []*domain.Workflow {
	return only(f.Workflows.All(), func(w *domain.Workflow) bool {
		if !f.of(w.Unit) || w.Life() == domain.WorkflowRevised {
			return false
		}
		draft := f.VersionIn(w, domain.WorkflowDraft) // while there is one, it is what is worked on
		return draft == nil || draft == w
	})
}

func (f *form) stepNames() []string {
	var out []string
	for _, w := range f.flows() {
		for i := range w.Steps {
			out = append(out, w.Steps[i].Name)
		}
	}
	return distinct(out, func(s string) string { return s })
}

func (f *form) pointCodes() []string {
	return distinct(only(f.ActivePoints(), func(r *domain.RiskPoint) bool { return f.of(r.Unit) }), func(r *domain.RiskPoint) string { return r.Code })
}

func distinct[T any](list []T, of func(T) string) []string {
	var out []string
	seen := map[string]bool{}
	for _, x := range list {
		if s := of(x); s != "" && !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}
