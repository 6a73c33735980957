package disclose

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/fields"
	"lianshao/domain"
)

// Target is a part of a risk point that a revision changes.
type Target struct {
	Type  string      // domain.RevisionAdd …
	Field string      // of the fields' catalogue, "" = the whole point
	ID    domain.ID   // the measure that is changed or dropped
	Kind  domain.Kind // of the record that is changed
	Title string      // as in the register: 表现形式, 防范措施
	Item  string      // 第1条, 新增
	Now   string      // its text now
}

// Label names the target in a list.
func (t Target) Label() string {
	switch {
	case t.Field == "" && t.Type == domain.RevisionRemove:
		return "删去这个风险点"
	case t.Field == "" && t.Type == domain.RevisionMerge:
		return "并入另一个风险点"
	case t.Field == "" && t.Type == domain.RevisionAdd:
		return "这个风险点是依据意见新增的"
	case t.Type == domain.RevisionRemove:
		return "删去" + t.Title + t.Item
	case t.Type == domain.RevisionAdd:
		return "新增一条" + t.Title
	}
	return t.Title + t.Item
}

// Takes reports whether the target asks for a new text, or for the other point's code.
func (t Target) Takes() bool {
	return t.Field != "" && t.Type != domain.RevisionRemove || t.Type == domain.RevisionMerge
}

// pointFields are the texts of a point that may be revised.
var pointFields = []string{"name", "description", "causes", "consequence", "owner"}

// Targets lists what can be revised of a point.
func Targets(p *domain.Pilot, point *domain.RiskPoint) []Target {
	var out []Target
	for _, name := range pointFields {
		if f, ok := fields.Find(domain.KindRiskPoint, name); ok {
			out = append(out, Target{Type: domain.RevisionEdit, Field: name, ID: point.ID, Kind: domain.KindRiskPoint, Title: f.Title, Now: f.Get(p, point)})
		}
	}
	ms := p.Measures.By(domain.ByPoint, point.ID)
	for _, m := range ms {
		out = append(out, Target{Type: domain.RevisionEdit, Field: "content", ID: m.ID, Kind: domain.KindMeasure, Title: measures, Item: item(m), Now: m.Content})
	}
	out = append(out, Target{Type: domain.RevisionAdd, Field: "content", Kind: domain.KindMeasure, Title: measures, Item: "新增"})
	for _, m := range ms {
		out = append(out, Target{Type: domain.RevisionRemove, Field: "content", ID: m.ID, Kind: domain.KindMeasure, Title: measures, Item: item(m), Now: m.Content})
	}
	for _, kind := range []string{domain.RevisionMerge, domain.RevisionRemove, domain.RevisionAdd} {
		out = append(out, Target{Type: kind, ID: point.ID, Kind: domain.KindRiskPoint, Title: whole, Now: strings.TrimSpace(point.Name + "：" + point.Description)})
	}
	return out
}

const (
	measures = "防范措施"
	whole    = "整条"
)

func item(m *domain.Measure) string { return fmt.Sprintf("第%d条", m.No) }

// Edit is one revision: what is changed, into what, and because of what.
type Edit struct {
	Point    domain.ID
	Target   Target
	After    string      // the new text; of a merge the code of the point it goes into
	Opinions []domain.ID // adopted ones that it follows
	Reason   string      // may be empty when there are opinions
	By       string      // who approved it
	Date     domain.Date
}

// Revise changes a point or a measure and writes down the revision with the text
// before and after, the opinions and the reason, as one operation.
func Revise(e Edit, newID app.IDs) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		d := p.Draft()
		point, ok := d.RiskPoints.Get(e.Point)
		if !ok {
			return domain.ChangeSet{}, app.E(app.CodeNotFound, "要修订的风险点已不存在")
		}
		if err := e.check(d); err != nil {
			return domain.ChangeSet{}, err
		}
		if e.Target.Type == domain.RevisionMerge {
			return e.merge(d, p, newID)
		}
		r := &domain.Revision{Type: e.Target.Type, Point: domain.To(point.ID), Field: e.Target.Title, Item: e.Target.Item, Before: e.Target.Now,
			After: strings.TrimSpace(e.After), Date: e.Date, Reason: strings.TrimSpace(e.Reason), By: strings.TrimSpace(e.By), Disclosure: e.disclosure(d, point)}
		r.Opinions = e.refs()
		if err := e.carryOut(d, point, r, newID); err != nil {
			return domain.ChangeSet{}, err
		}
		r.SetBase(newID(), "修订")
		r.Code = edit.NextCode(d, domain.KindRevision, "XD-00")
		d.Revisions.Put(r)
		return d.Changes(domain.Op{Name: "revise", Label: fmt.Sprintf("修订 %s %s（%s）", point.Code, strings.TrimSpace(e.Target.Title+e.Target.Item), r.Code)}), nil
	})
}

// check asks for the ground of the revision and the state of its opinions.
func (e Edit) check(p *domain.Pilot) error {
	if len(e.Opinions) == 0 && strings.TrimSpace(e.Reason) == "" {
		return app.E(app.CodeInvalid, "修订要有依据：请选择采纳的意见，或写明理由")
	}
	if e.Date.Time().IsZero() {
		return app.E(app.CodeInvalid, "请填写审定日期，例如 2026-07-15")
	}
	for _, id := range e.Opinions {
		o, err := opinion(p, id, domain.EventAdopt)
		if err != nil {
			return err
		}
		if !o.Adopted() {
			return app.E(app.CodeInvalid, "意见 %s 的决定是“%s”，不能作为修订的依据；请选别的意见，或写明理由", o.Code, o.Decision)
		}
	}
	return nil
}

// disclosure is the notice that the opinions speak about, or the one that shows the point.
func (e Edit) disclosure(p *domain.Pilot, point *domain.RiskPoint) domain.Ref {
	for _, id := range e.Opinions {
		if o, ok := p.Opinions.Get(id); ok && !o.Disclosure.IsZero() {
			return o.Disclosure
		}
	}
	if d := app.PublishedIn(p, e.Target.Kind == domain.KindMeasure)(point); d != nil {
		return domain.To(d.ID)
	}
	return domain.Ref{}
}

func (e Edit) carryOut(d *domain.Pilot, point *domain.RiskPoint, r *domain.Revision, newID app.IDs) error {
	t := e.Target
	switch {
	case t.Takes() && r.After == "":
		return app.E(app.CodeInvalid, "请填写修订后的内容")
	case t.Takes() && t.Type == domain.RevisionEdit && r.After == strings.TrimSpace(r.Before):
		return app.E(app.CodeInvalid, "修订后和修订前一样，没有改动")
	case t.Kind == domain.KindMeasure:
		return e.measure(d, point, r, newID)
	case t.Field != "":
		return e.field(d, point, r)
	}
	return e.point(d, point, r)
}

// field sets one text of the point.
func (e Edit) field(d *domain.Pilot, point *domain.RiskPoint, r *domain.Revision) error {
	f, ok := fields.Find(domain.KindRiskPoint, e.Target.Field)
	if !ok || !slices.Contains(pointFields, e.Target.Field) {
		return app.E(app.CodeInvalid, "“%s”不能用修订来改，请直接在风险排查里改", e.Target.Title)
	}
	n := point.Clone().(*domain.RiskPoint)
	r.Before = f.Get(d, point)
	if err := f.Set(d, n, r.After); err != nil {
		return err
	}
	if e.Target.Field == "description" && point.Name == domain.ShortName(point.Description) {
		n.Name = domain.ShortName(n.Description)
	}
	d.RiskPoints.Put(n)
	return nil
}

// measure changes, adds or drops a measure.
func (e Edit) measure(d *domain.Pilot, point *domain.RiskPoint, r *domain.Revision, newID app.IDs) error {
	if e.Target.Type == domain.RevisionAdd {
		no := 1
		for _, m := range d.Measures.By(domain.ByPoint, point.ID) {
			no = max(no, m.No+1)
		}
		m := &domain.Measure{Base: domain.Base{Code: fmt.Sprintf("%s-%d", point.Code, no)}, Point: domain.To(point.ID), No: no, Content: r.After, Owner: point.Owner, Due: point.Due}
		domain.BaseOf(m).SetBase(newID(), "修订")
		m.Code = fmt.Sprintf("%s-%d", point.Code, no)
		d.Measures.Put(m)
		return nil
	}
	m, ok := d.Measures.Get(e.Target.ID)
	if !ok || m.Point.ID != point.ID {
		return app.E(app.CodeNotFound, "要修订的防范措施已不存在")
	}
	r.Before = m.Content
	if e.Target.Type == domain.RevisionRemove {
		if _, err := domain.MeasureLife.Next(d.StateOfMeasure(m), domain.EventDelete); err != nil {
			return app.E(app.CodeInvalid, "%s%s已经检查过，检查记录要留着，不能删去；请改写这一条的内容", point.Code, item(m))
		}
		d.Measures.Delete(m.ID)
		return nil
	}
	n := m.Clone().(*domain.Measure)
	n.Content = r.After
	d.Measures.Put(n)
	return nil
}

// point removes the point, or says that it is new because of an opinion.
func (e Edit) point(d *domain.Pilot, point *domain.RiskPoint, r *domain.Revision) error {
	n := point.Clone().(*domain.RiskPoint)
	if e.Target.Type == domain.RevisionRemove {
		if _, err := domain.PointLife.Next(domain.StateOfPoint(point), domain.EventRemove); err != nil {
			return app.Wrap(app.CodeInvalid, err, "%s：%s", point.Code, err)
		}
		r.After, n.Status = "", domain.PointRemoved
	} else {
		r.Before, r.After = "", strings.TrimSpace(point.Name+"："+point.Description)
		for _, id := range e.Opinions {
			if o, ok := d.Opinions.Get(id); ok {
				f := domain.Finding{Channel: domain.Channels[2], Date: o.Received, Note: "意见 " + o.Code}
				if !o.Anonymous() {
					f.By = o.From
				}
				n.AddFinding(f)
			}
		}
	}
	d.RiskPoints.Put(n)
	return nil
}

// merge joins the point into another with everything that hangs on it.
func (e Edit) merge(d, p *domain.Pilot, newID app.IDs) (domain.ChangeSet, error) {
	code := strings.TrimSpace(e.After)
	into, ok := d.RiskPoints.ByKey(code)
	if !ok {
		return domain.ChangeSet{}, app.E(app.CodeInvalid, "请填写并入哪个风险点的编号，例如 SB-11，现为“%s”", code)
	}
	return edit.MergePoints(edit.Merging{Keep: into.ID, Lose: e.Point, Reason: e.Reason, Opinions: e.refs(), By: strings.TrimSpace(e.By), Date: e.Date}, newID).Plan(p)
}

func (e Edit) refs() []domain.Ref {
	var out []domain.Ref
	for _, id := range e.Opinions {
		out = append(out, domain.To(id))
	}
	return out
}
