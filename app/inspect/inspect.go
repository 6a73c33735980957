// Package inspect is the checking of measures on the spot: a checklist is filled in
// measure by measure, and what was found wanting is checked again.
package inspect

import (
	"fmt"
	"strings"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/fields"
	"lianshao/domain"
)

// Visit is when and by whom the measures of a checklist are checked.
type Visit struct {
	Date      domain.Date
	Inspector string
}

// Cell is one entry of a checklist: a field of the inspection of a measure.
type Cell struct {
	Measure domain.ID
	Field   string // of fields.Of(KindInspection)
	Text    string
}

// Of returns the inspection of a measure by a visit, nil while there is none.
func Of(p *domain.Pilot, measure domain.ID, v Visit) *domain.Inspection {
	i, ok := p.Inspections.ByKey(key(measure, v.Date))
	if !ok {
		return nil
	}
	return i
}

func key(measure domain.ID, day domain.Date) string {
	return (&domain.Inspection{Measure: domain.To(measure), Date: day}).Natural()
}

// Fill writes entries of a checklist as one operation. A measure gets its inspection
// with the first entry and loses it with the last one cleared.
func Fill(v Visit, cells []Cell, newID app.IDs) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		if v.Date == "" {
			return domain.ChangeSet{}, app.E(app.CodeInvalid, "请先填检查日期")
		}
		d := p.Draft()
		if err := edit.EachOf(cells, func(c Cell) error { return fill(d, v, c, newID) }); err != nil {
			return domain.ChangeSet{}, err
		}
		return d.Changes(domain.Op{Name: "inspect", Label: fmt.Sprintf("填写检查表 %s", v.Date)}), nil
	})
}

func fill(d *domain.Pilot, v Visit, c Cell, newID app.IDs) error {
	m, ok := d.Measures.Get(c.Measure)
	if !ok {
		return app.E(app.CodeNotFound, "要检查的措施已不存在")
	}
	f, ok := fields.Find(domain.KindInspection, c.Field)
	if !ok || f.Set == nil {
		return app.E(app.CodeInvalid, "检查表的这一栏不能填写")
	}
	var n *domain.Inspection
	if old := Of(d, m.ID, v); old != nil {
		n = old.Clone().(*domain.Inspection)
	} else {
		n = begin(m, v, newID)
	}
	before := d.StateOfMeasure(m)
	if err := f.Set(d, n, c.Text); err != nil {
		return app.Wrap(app.CodeInvalid, err, "%s：%s", m.Code, app.Sentence(err))
	}
	if n.Result != "" && c.Field == "result" {
		if _, err := domain.MeasureLife.Next(before, domain.CheckEvent(n.Result)); err != nil {
			return app.Wrap(app.CodeInvalid, err, "%s：%s", m.Code, app.Sentence(err))
		}
	}
	if empty(n) {
		d.Inspections.Delete(n.ID)
		return nil
	}
	d.Inspections.Put(n)
	return nil
}

func begin(m *domain.Measure, v Visit, newID app.IDs) *domain.Inspection {
	n := &domain.Inspection{Measure: domain.To(m.ID), Date: v.Date, Inspector: v.Inspector}
	n.SetBase(newID(), "检查表")
	n.Code = m.Code + "@" + strings.ReplaceAll(string(v.Date), "-", "")
	return n
}

// empty reports whether nothing was written but when and by whom.
func empty(i *domain.Inspection) bool {
	return i.Method == "" && i.Evidence == "" && i.Result == "" && i.Problem == "" && i.RectifyBy == (domain.Due{}) && i.Note == "" && i.Of.IsZero()
}

// Again is what a re-check (复查) found.
type Again struct {
	Visit
	Result, Method, Evidence, Problem, RectifyBy string
}

// Recheck records that the problem of an inspection was checked again, as an
// inspection of its own that points back.
func Recheck(first domain.ID, a Again, newID app.IDs) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		i, ok := p.Inspections.Get(first)
		if !ok {
			return domain.ChangeSet{}, app.E(app.CodeNotFound, "这条检查记录已不存在")
		}
		m, ok := p.Measures.Get(i.Measure.ID)
		if !ok {
			return domain.ChangeSet{}, app.E(app.CodeNotFound, "检查的措施已不存在")
		}
		if err := a.refuse(p, i, m); err != nil {
			return domain.ChangeSet{}, err
		}
		d := p.Draft()
		n := begin(m, a.Visit, newID)
		n.Of, n.Result, n.Level = domain.To(i.ID), a.Result, i.Level
		n.Method, n.Evidence, n.Problem = strings.TrimSpace(a.Method), strings.TrimSpace(a.Evidence), strings.TrimSpace(a.Problem)
		n.RectifyBy = domain.ParseDue(a.RectifyBy, p.Year())
		d.Inspections.Put(n)
		return d.Changes(domain.Op{Name: "recheck", Label: fmt.Sprintf("复查 %s：%s", m.Code, a.Result)}), nil
	})
}

func (a Again) refuse(p *domain.Pilot, i *domain.Inspection, m *domain.Measure) error {
	switch {
	case i.Result == domain.ResultDone || i.Result == "":
		return app.E(app.CodeInvalid, "%s 这次检查没有发现要整改的问题，不用复查", m.Code)
	case a.Date == "":
		return app.E(app.CodeInvalid, "请填复查日期")
	case a.Date <= i.Date:
		return app.E(app.CodeInvalid, "复查日期 %s 应在检查日期 %s 之后", a.Date, i.Date)
	case a.Result != domain.ResultDone && a.Result != domain.ResultPartly && a.Result != domain.ResultNot:
		return app.E(app.CodeInvalid, "请选复查的结果：已落实、部分落实、未落实")
	case Of(p, m.ID, a.Visit) != nil:
		return app.E(app.CodeInvalid, "%s 在 %s 已有检查记录，请另填日期", m.Code, a.Date)
	}
	_, err := domain.MeasureLife.Next(p.StateOfMeasure(m), domain.CheckEvent(a.Result))
	return err
}
