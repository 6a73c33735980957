// Package edit holds the changes a person makes by hand: cells of a table,
// records added and deleted, workflow steps, scores.
package edit

import (
	"fmt"
	"strconv"
	"strings"

	"lianshao/app"
	"lianshao/app/fields"
	"lianshao/domain"
)

// Cell is one field of one record to be set to a text.
type Cell struct {
	Kind  domain.Kind
	ID    domain.ID
	Field string
	Text  string
}

// SetCells sets any number of cells as one operation: a typed cell, a pasted
// range, a cleared range. If one cell is refused nothing changes, and the error
// names the record and the field.
func SetCells(cells ...Cell) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		d := p.Draft()
		for _, c := range cells {
			if err := setCell(d, c); err != nil {
				return domain.ChangeSet{}, err
			}
		}
		return d.Changes(domain.Op{Name: "edit", Label: label(p, cells)}), nil
	})
}

func label(p *domain.Pilot, cells []Cell) string {
	if len(cells) == 1 {
		c := cells[0]
		f, _ := fields.Find(c.Kind, c.Field)
		return fmt.Sprintf("修改 %s %s", Title(p, c.Kind, c.ID), f.Title)
	}
	return fmt.Sprintf("修改 %d 个单元格", len(cells))
}

// Title names a record in messages: its code, or its kind and name.
func Title(p *domain.Pilot, k domain.Kind, id domain.ID) string {
	r, ok := p.Get(k, id)
	if !ok {
		return k.String()
	}
	if code := domain.BaseOf(r).Code; code != "" {
		return code
	}
	for _, name := range []string{"name", "content", "text", "monitor"} {
		if f, ok := fields.Find(k, name); ok {
			return k.String() + "“" + f.Get(p, r) + "”"
		}
	}
	return k.String()
}

func setCell(d *domain.Pilot, c Cell) error {
	r, ok := d.Get(c.Kind, c.ID)
	if !ok {
		return app.E(app.CodeNotFound, "要修改的%s已不存在", c.Kind)
	}
	f, ok := fields.Find(c.Kind, c.Field)
	if !ok || f.Set == nil {
		return app.E(app.CodeInvalid, "%s的这一栏不能直接修改", c.Kind)
	}
	n := r.Clone()
	if err := f.Set(d, n, c.Text); err != nil {
		return app.Wrap(app.CodeInvalid, err, "%s：%s", Title(d, c.Kind, c.ID), app.Sentence(err))
	}
	keepNameAsCode(r, n)
	if err := unique(d, n); err != nil {
		return err
	}
	d.Put(n)
	return nil
}

// keepNameAsCode follows a renaming where the name is the code.
func keepNameAsCode(old, now domain.Record) {
	switch n := now.(type) {
	case *domain.Unit:
		if o := old.(*domain.Unit); o.Code == o.Name {
			n.Code = n.Name
		}
	case *domain.Post:
		if o := old.(*domain.Post); o.Code == o.Name {
			n.Code = n.Name
		}
	}
}

// unique refuses a record that takes another's natural key, or has no name.
func unique(d *domain.Pilot, r domain.Record) error {
	key := r.Natural()
	if strings.Trim(key, "/ ") == "" {
		return app.E(app.CodeInvalid, "%s的编号或名称不能为空", r.RecordKind())
	}
	if o, ok := d.Table(r.RecordKind()).RecordByKey(key); ok && o.RecordID() != r.RecordID() {
		return app.E(app.CodeInvalid, "已有相同的%s：%s", r.RecordKind(), Title(d, r.RecordKind(), o.RecordID()))
	}
	return nil
}

// Add stores a new record made by the caller, which has set its fields but not
// its ID.
func Add(r domain.Record, newID app.IDs) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		d := p.Draft()
		n := r.Clone()
		domain.BaseOf(n).SetBase(newID(), "手工录入")
		d.LinkInPlace(n)
		if err := unique(d, n); err != nil {
			return domain.ChangeSet{}, err
		}
		d.Put(n)
		return d.Changes(domain.Op{Name: "add", Label: "新增 " + Title(d, n.RecordKind(), n.RecordID())}), nil
	})
}

// NextCode proposes the next free code after the highest with the same prefix:
// JJ-21 after JJ-20.
func NextCode(p *domain.Pilot, k domain.Kind, like string) string {
	prefix, width := splitCode(like)
	if width == 0 {
		width = 2
	}
	highest := 0
	p.Table(k).Each(func(r domain.Record) bool {
		digits, ok := strings.CutPrefix(domain.BaseOf(r).Code, prefix)
		if !ok || strings.Trim(digits, "0123456789") != "" {
			return true
		}
		if n, err := strconv.Atoi(digits); err == nil && n > highest {
			highest, width = n, max(width, len(digits))
		}
		return true
	})
	return fmt.Sprintf("%s%0*d", prefix, width, highest+1)
}

func splitCode(code string) (prefix string, digits int) {
	i := len(code)
	for i > 0 && code[i-1] >= '0' && code[i-1] <= '9' {
		i--
	}
	return code[:i], len(code) - i
}

// Delete removes records as one operation. What belongs to them goes too (a
// point's measures); what merely mentions them keeps the name as text. A point
// that is on record (see onRecord) stays as 已删除. The tables of states refuse
// what they do not allow. A unit that still has posts, workflows or points is refused.
func Delete(k domain.Kind, ids ...domain.ID) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		d := p.Draft()
		what := fmt.Sprintf("删除 %d 条%s", len(ids), k)
		if len(ids) == 1 {
			what = "删除 " + Title(p, k, ids[0])
		}
		gone := map[domain.ID]string{}
		for _, id := range ids {
			if err := deleteOne(d, k, id, gone); err != nil {
				return domain.ChangeSet{}, err
			}
		}
		unlink(d, gone)
		return d.Changes(domain.Op{Name: "delete", Label: what}), nil
	})
}

func deleteOne(d *domain.Pilot, k domain.Kind, id domain.ID, gone map[domain.ID]string) error {
	r, ok := d.Get(k, id)
	if !ok {
		return app.E(app.CodeNotFound, "要删除的%s已不存在", k)
	}
	switch r := r.(type) {
	case *domain.Unit:
		if n := len(d.RiskPoints.By(domain.ByUnit, id)) + len(d.Workflows.By(domain.ByUnit, id)) + len(d.Posts.By(domain.ByUnit, id)); n > 0 {
			return app.E(app.CodeInvalid, "“%s”还有 %d 个岗位、流程或风险点，请先移走或删除它们", r.Name, n)
		}
	case *domain.RiskPoint:
		if _, err := domain.PointLife.Next(domain.StateOfPoint(r), domain.EventRemove); err != nil {
			return app.Wrap(app.CodeInvalid, err, "%s：%s", r.Code, app.Sentence(err))
		}
		if onRecord(d, r) {
			n := r.Clone().(*domain.RiskPoint)
			n.Status = domain.PointRemoved
			d.RiskPoints.Put(n)
			return nil
		}
		for _, m := range d.Measures.By(domain.ByPoint, id) {
			if err := deleteOne(d, domain.KindMeasure, m.ID, gone); err != nil {
				return err
			}
		}
		for _, x := range d.Ratings.By(domain.BySubject, id) {
			d.Ratings.Delete(x.ID)
		}
	case *domain.Measure:
		if _, err := domain.MeasureLife.Next(d.StateOfMeasure(r), domain.EventDelete); err != nil {
			return app.Wrap(app.CodeInvalid, err, "%s：%s", Title(d, domain.KindMeasure, id), app.Sentence(err))
		}
		for _, i := range d.Inspections.By(domain.ByMeasure, id) { // without a result yet
			d.Inspections.Delete(i.ID)
		}
	case *domain.Monitor:
		for _, x := range d.Readings.By(domain.ByMonitor, id) {
			d.Readings.Delete(x.ID)
		}
	case *domain.Workflow:
		if err := deleteVersion(d, r, gone); err != nil {
			return err
		}
	case *domain.IndicatorSystem:
		if rounds := d.InUse(r); len(rounds) > 0 {
			return app.E(app.CodeInvalid, "“%s”第%d版已用于%s，不能删除", r.Name, r.Version, rounds[0].Title())
		}
	case *domain.LevelScheme:
		if rounds := d.InUse(r); len(rounds) > 0 {
			return app.E(app.CodeInvalid, "预警等级方案“%s”第%d版已用于%s，不能删除", r.Name, r.Version, rounds[0].Title())
		}
	case *domain.Assessment:
		if err := deleteRound(d, r); err != nil {
			return err
		}
	case *domain.Warning:
		return app.E(app.CodeInvalid, "已签发的预警 %s 不能删除，只能解除或另发文更正", r.Code)
	}
	gone[id] = d.NameOf(k, domain.To(id))
	d.Table(k).Delete(id)
	return nil
}

// onRecord reports whether a point has been scored, inspected or spoken of: then it
// stays as 已删除, so that what was said of it keeps its meaning.
func onRecord(d *domain.Pilot, r *domain.RiskPoint) bool {
	for _, m := range d.Measures.By(domain.ByPoint, r.ID) {
		if d.MeasureResult(m.ID) != "" {
			return true
		}
	}
	return len(d.Ratings.By(domain.BySubject, r.ID))+len(d.Opinions.By(domain.ByPoint, r.ID))+len(d.Revisions.By(domain.ByPoint, r.ID)) > 0
}

// deleteVersion lets what stands at a draft's steps stand at those of the version
// people work by; when there is none, it keeps the names.
func deleteVersion(d *domain.Pilot, w *domain.Workflow, gone map[domain.ID]string) error {
	if _, err := domain.WorkflowLife.Next(w.Life(), domain.EventDelete); err != nil {
		return inWorkflow(w, err)
	}
	if now := d.CurrentVersion(w); now.ID != w.ID {
		d.MoveRefs(w, now)
	}
	for i := range w.Steps {
		gone[w.Steps[i].ID] = w.Steps[i].Name
	}
	return nil
}

// deleteRound takes the scores and records of a round with it, unless it is final.
func deleteRound(d *domain.Pilot, a *domain.Assessment) error {
	if a.Frozen {
		return app.E(app.CodeInvalid, "%s已定稿，不能删除", a.Title())
	}
	for _, w := range d.Warnings.All() {
		if w.Round == a.No {
			return app.E(app.CodeInvalid, "已按%s签发预警，不能删除", a.Title())
		}
	}
	for _, x := range d.Ratings.All() {
		if x.Assessment.ID == a.ID {
			d.Ratings.Delete(x.ID)
		}
	}
	for _, x := range d.Effectivenesses.All() {
		if x.Assessment.ID == a.ID {
			d.Effectivenesses.Delete(x.ID)
		}
	}
	return nil
}

// unlink turns references to deleted records into their names.
func unlink(d *domain.Pilot, gone map[domain.ID]string) {
	for _, t := range d.Tables() {
		var touched []domain.Record
		t.Each(func(r domain.Record) bool {
			hit := false
			r.EachRef(func(_ domain.Kind, _ domain.Ref, ref *domain.Ref) {
				if _, ok := gone[ref.ID]; ok && ref.ID != "" {
					hit = true
				}
			})
			if hit {
				touched = append(touched, r.Clone())
			}
			return true
		})
		for _, r := range touched {
			r.EachRef(func(_ domain.Kind, _ domain.Ref, ref *domain.Ref) {
				if name, ok := gone[ref.ID]; ok && ref.ID != "" {
					*ref = domain.Ref{Text: name}
				}
			})
			t.PutRecord(r)
		}
	}
}
