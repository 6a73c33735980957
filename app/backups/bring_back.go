package backups

import (
	"fmt"
	"strings"
	"time"

	"lianshao/app"
	"lianshao/domain"
)

// OpName is the name of the operation in the journal.
const OpName = "bringback"

// key names a record.
type key struct {
	kind domain.Kind
	id   domain.ID
}

// With adds to chosen items what was deleted together with them: what belongs to a
// deleted record (the measures, scores and checks of a risk point), and what the
// chosen ones refer to (their unit, post, workflow). New items are left out.
func (c *Comparison) With(chosen []*Item) []*Item {
	gone := map[key]*Item{}
	belonging := map[domain.ID][]*Item{}
	for _, it := range c.Items {
		if it.State != Gone {
			continue
		}
		gone[key{it.Kind, it.ID}] = it
		if owns[it.Kind] {
			eachRef(it.Then, func(_ domain.Kind, ref *domain.Ref) { belonging[ref.ID] = append(belonging[ref.ID], it) })
		}
	}
	var out []*Item
	taken := map[key]bool{}
	var take func(it *Item)
	take = func(it *Item) {
		if k := (key{it.Kind, it.ID}); it.State == New || taken[k] {
			return
		} else {
			taken[k] = true
		}
		out = append(out, it)
		eachRef(it.Then, func(k domain.Kind, ref *domain.Ref) {
			if to := gone[key{k, ref.ID}]; to != nil {
				take(to)
			}
			if k == domain.KindStep {
				c.takeWorkflow(gone, ref.ID, take)
			}
		})
		if it.State == Gone {
			for _, part := range belonging[it.ID] {
				take(part)
			}
		}
	}
	for _, it := range chosen {
		take(it)
	}
	return out
}

// takeWorkflow takes the deleted workflow of a step.
func (c *Comparison) takeWorkflow(gone map[key]*Item, step domain.ID, take func(*Item)) {
	if w, _, ok := c.then.StepOf(step); ok {
		if it := gone[key{domain.KindWorkflow, w.ID}]; it != nil {
			take(it)
		}
	}
}

// owns are kinds whose records are deleted with what they are about.
var owns = map[domain.Kind]bool{domain.KindMeasure: true, domain.KindRating: true, domain.KindReading: true, domain.KindInspection: true, domain.KindEffectiveness: true}

// eachRef visits everything that a record refers to.
func eachRef(r domain.Record, visit func(domain.Kind, *domain.Ref)) {
	r.EachRef(func(k domain.Kind, _ domain.Ref, ref *domain.Ref) {
		if ref.ID != "" {
			visit(k, ref)
		}
	})
	switch x := r.(type) {
	case *domain.Rating:
		visit(domain.KindAssessment, &x.Assessment)
	case *domain.Effectiveness:
		visit(domain.KindAssessment, &x.Assessment)
	case *domain.Assessment:
		visit(domain.KindSystem, &x.PointSystem)
		visit(domain.KindSystem, &x.UnitSystem)
		visit(domain.KindScheme, &x.Scheme)
	}
}

// BringBack makes records as they were in the backup of that time, as one operation
// that can be taken back. It is refused as a whole when one of them cannot be: what
// was published, issued or made final stays.
func (c *Comparison) BringBack(items []*Item, made time.Time) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		d := p.Draft()
		for _, it := range items {
			if it.Then == nil {
				continue
			}
			d.Put(c.restored(p, it))
		}
		for _, it := range items {
			if it.Then == nil {
				continue
			}
			if err := c.settle(p, d, it); err != nil {
				return domain.ChangeSet{}, err
			}
		}
		d.LinkAll()
		what := fmt.Sprintf("取回 %d 条记录", len(items))
		if len(items) == 1 {
			what = "取回 " + items[0].Name
		}
		return d.Changes(domain.Op{Name: OpName, Label: made.Format("1月2日 15:04") + " 的备份：" + what}), nil
	})
}

// restored is the record as it was. What merging knows of it stays what it is now.
func (c *Comparison) restored(p *domain.Pilot, it *Item) domain.Record {
	r := it.Then.Clone()
	if now, ok := p.Get(it.Kind, it.ID); ok {
		domain.BaseOf(r).Stamp = domain.BaseOf(now).Stamp
	}
	return r
}

// settle refuses what may not come back, and turns references to what is not here
// into names.
func (c *Comparison) settle(p, d *domain.Pilot, it *Item) error {
	if err := refusal(p, it); err != nil {
		return app.Wrap(app.CodeInvalid, err, "%s %s 取不回来：%s", it.Kind, it.Name, app.Sentence(err))
	}
	r, _ := d.Get(it.Kind, it.ID)
	if natural := r.Natural(); strings.Trim(natural, "/ ") != "" {
		other, ok := p.Table(it.Kind).RecordByKey(natural)
		if ok {
			other, ok = d.Get(it.Kind, other.RecordID())
		}
		if ok && other.RecordID() != it.ID && other.Natural() == natural {
			return app.E(app.CodeInvalid, "%s %s 取不回来：现在另有一条同样编号或名称的（%s），请先改它的编号", it.Kind, it.Name, NameOf(d, other))
		}
	}
	dangling := false
	eachRef(r, func(k domain.Kind, ref *domain.Ref) { dangling = dangling || ref.ID != "" && !there(d, k, ref.ID) })
	if dangling {
		r = r.Clone()
		eachRef(r, func(k domain.Kind, ref *domain.Ref) {
			if ref.ID != "" && !there(d, k, ref.ID) {
				*ref = domain.Named(c.then.NameOf(k, *ref))
			}
		})
		d.Put(r)
	}
	return nil
}

func there(d *domain.Pilot, k domain.Kind, id domain.ID) bool {
	if k == domain.KindStep {
		_, _, ok := d.StepOf(id)
		return ok
	}
	_, ok := d.Get(k, id)
	return ok
}

// refusal is why a record may not be as it was; what the executor guards besides is
// refused there.
func refusal(p *domain.Pilot, it *Item) error {
	final := func(ref domain.Ref) error {
		if a, ok := p.Assessments.Get(ref.ID); ok && a.Frozen {
			return app.E(app.CodeInvalid, "%s已定稿；确要改动，请先取消定稿", a.Title())
		}
		return nil
	}
	switch r := it.Then.(type) {
	case *domain.Rating:
		return final(r.Assessment)
	case *domain.Effectiveness:
		return final(r.Assessment)
	case *domain.Assessment:
		if err := final(domain.To(it.ID)); err != nil {
			return err
		}
		if now, ok := p.Assessments.Get(it.ID); ok {
			return p.KeepScores(now, r)
		}
	case *domain.IndicatorSystem, *domain.LevelScheme:
		if rounds := p.InUse(r); it.State == Changed && len(rounds) > 0 {
			return app.E(app.CodeInvalid, "%s正在用它，改了会改变评估结果", rounds[0].Title())
		}
	}
	return nil
}

// CopyContents brings the contents of the attachments among the items from the
// backup into the pilot's file; it comes before the commit. Contents that the
// backup does not have either are left out.
func CopyContents(items []*Item, from, to app.PilotStore) error {
	for _, it := range items {
		a, ok := it.Then.(*domain.Attachment)
		if !ok || a.SHA256 == "" {
			continue
		}
		content, err := from.Blob(a.SHA256)
		if app.CodeOf(err) == app.CodeNotFound && err != nil {
			continue
		}
		if err == nil {
			_, err = to.PutBlob(content)
		}
		if err != nil {
			return app.Wrap(app.CodeOf(err), err, "附件“%s”的内容取不出来，什么都没有改动。请换一份备份", a.Name)
		}
	}
	return nil
}
