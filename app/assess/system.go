// Package assess holds the commands of a scientific assessment: indicator systems
// and their versions, weights, level schemes, rounds and control effectiveness.
package assess

import (
	"fmt"
	"strings"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/domain/method"
)

// change plans the change of one record that exists: edit gets a clone.
func change[T domain.Record](k domain.Kind, id domain.ID, op string, label func(T) string, edit func(p *domain.Pilot, old, next T) error) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		r, ok := p.Get(k, id)
		if !ok {
			return domain.ChangeSet{}, app.E(app.CodeNotFound, "要修改的%s已不存在", k)
		}
		next := r.Clone().(T)
		if err := edit(p, r.(T), next); err != nil {
			return domain.ChangeSet{}, err
		}
		d := p.Draft()
		if !domain.Equal(r, next) {
			d.Put(next)
		}
		return d.Changes(domain.Op{Name: op, Label: label(next)}), nil
	})
}

// put stores a record that is new (without an ID) or changed, unless another has its
// natural key.
func put(d *domain.Pilot, r domain.Record, newID app.IDs) error {
	if r.RecordID() == "" {
		domain.BaseOf(r).SetBase(newID(), "手工录入")
	}
	if o, ok := d.Table(r.RecordKind()).RecordByKey(r.Natural()); ok && o.RecordID() != r.RecordID() {
		return app.E(app.CodeInvalid, "已有相同的%s：%s", r.RecordKind(), domain.BaseOf(o).Code)
	}
	if old, ok := d.Get(r.RecordKind(), r.RecordID()); !ok || !domain.Equal(old, r) {
		d.Put(r)
	}
	return nil
}

func systemLabel(what string) func(*domain.IndicatorSystem) string {
	return func(s *domain.IndicatorSystem) string {
		return fmt.Sprintf("%s %s层面指标体系第%d版", what, s.Target, s.Version)
	}
}

// SaveSystem stores an edited draft, or a new system (without an ID) as the first or
// next version of its target. What is not a draft is refused; weights need not sum to
// 1 before the draft is submitted.
func SaveSystem(sys *domain.IndicatorSystem, newID app.IDs) app.Command {
	op := domain.Op{Name: "edit-system", Label: systemLabel("修改")(sys)}
	return app.Edit(op, func(d *domain.Pilot) error {
		next := sys.Clone().(*domain.IndicatorSystem)
		if strings.TrimSpace(next.Name) == "" {
			return app.E(app.CodeInvalid, "请填写指标体系的名称")
		}
		if next.Target != domain.TargetPoint && next.Target != domain.TargetUnit {
			return app.E(app.CodeInvalid, "指标体系的层面应为“%s”或“%s”", domain.TargetUnit, domain.TargetPoint)
		}
		if old, ok := d.Systems.Get(next.ID); ok {
			if err := d.MayEditSystem(old); err != nil {
				return err
			}
		}
		if next.ID == "" && next.Version == 0 {
			number(d, next)
		}
		return put(d, next, newID)
	})
}

// number makes a system the next version of its target.
func number(d *domain.Pilot, sys *domain.IndicatorSystem) {
	for _, s := range d.Systems.All() {
		if s.Target == sys.Target {
			sys.Version = max(sys.Version, s.Version)
		}
	}
	sys.Version++
	sys.Code, sys.State = fmt.Sprintf("%s-%d", sys.Target, sys.Version), domain.SystemDraft
}

// MoveSystem brings a system into another state; day is that of the approval when it
// comes into force.
func MoveSystem(id domain.ID, to domain.SystemState, day domain.Date) app.Command {
	return change(domain.KindSystem, id, "move-system", systemLabel(string(to)),
		func(p *domain.Pilot, old, next *domain.IndicatorSystem) error {
			moved, err := p.MoveSystem(old, to, day)
			if err == nil {
				*next = *moved
			}
			return err
		})
}

// NextSystem makes a draft of the version that follows a system. The new record's ID
// is made now and returned, so that the screen can show it.
func NextSystem(id domain.ID, newID app.IDs) (domain.ID, app.Command) {
	made := newID()
	return made, app.Edit(domain.Op{Name: "next-system", Label: "新建指标体系版本"}, func(d *domain.Pilot) error {
		old, ok := d.Systems.Get(id)
		if !ok {
			return app.E(app.CodeNotFound, "要续版的指标体系已不存在")
		}
		next := d.NextSystem(old)
		next.SetBase(made, "由第"+fmt.Sprint(old.Version)+"版续版")
		next.Code = fmt.Sprintf("%s-%d", next.Target, next.Version)
		d.Systems.Put(next)
		return nil
	})
}

// draftOnly is an edit that only a draft suffers.
func draftOnly(edit func(p *domain.Pilot, next *domain.IndicatorSystem) error) func(p *domain.Pilot, old, next *domain.IndicatorSystem) error {
	return func(p *domain.Pilot, old, next *domain.IndicatorSystem) error {
		if err := p.MayEditSystem(old); err != nil {
			return err
		}
		return edit(p, next)
	}
}

// SetMatrix stores a judgement matrix of a draft; one without an expert decides and
// its weights follow at once.
func SetMatrix(id domain.ID, m domain.Matrix) app.Command {
	return change(domain.KindSystem, id, "edit-matrix", systemLabel("修改判断矩阵"),
		draftOnly(func(_ *domain.Pilot, next *domain.IndicatorSystem) error {
			values, err := method.Reciprocal(m.Values)
			if err != nil {
				return err
			}
			m.Values = values
			next.SetMatrix(m)
			if m.Expert != "" {
				return nil
			}
			return next.Derive(next.AHPOptions())
		}))
}

// DeriveWeights derives a draft's weights from its judgement matrices.
func DeriveWeights(id domain.ID, opts method.AHPOptions) app.Command {
	return change(domain.KindSystem, id, "derive-weights", systemLabel("按判断矩阵计算权重："),
		draftOnly(func(_ *domain.Pilot, next *domain.IndicatorSystem) error { return next.Derive(opts) }))
}

// GroupExperts puts the geometric mean of the experts' judgements in the place of the
// deciding matrix of a dimension ("" = of the dimensions) and derives the weights.
func GroupExperts(id domain.ID, of string) app.Command {
	return change(domain.KindSystem, id, "group-experts", systemLabel("汇总专家判断："),
		draftOnly(func(_ *domain.Pilot, next *domain.IndicatorSystem) error {
			if err := next.GroupExperts(of); err != nil {
				return err
			}
			return next.Derive(next.AHPOptions())
		}))
}

// EntropyWeights weighs a draft by the entropy of a round's scores. The round must
// have scored the same indicators in the same order; the judgement matrices no longer
// apply and go.
func EntropyWeights(id domain.ID, res *domain.RoundResult) app.Command {
	return change(domain.KindSystem, id, "entropy-weights", systemLabel("熵权法计算权重："),
		draftOnly(func(_ *domain.Pilot, next *domain.IndicatorSystem) error {
			if res == nil {
				return app.E(app.CodeInvalid, "还没有评估结果，不能用熵权法")
			}
			w, err := res.EntropyWeights()
			if err != nil {
				return err
			}
			was, is := res.PointSys.Indicators(), next.Indicators()
			if len(was) != len(is) {
				return app.E(app.CodeInvalid, "%s评的是 %d 项指标，这一版有 %d 项，不能用它的评分定权重", res.Round.Title(), len(was), len(is))
			}
			for k := range is {
				if was[k].Code != is[k].Code {
					return app.E(app.CodeInvalid, "%s评的第 %d 项是 %s，这一版是 %s，不能用它的评分定权重", res.Round.Title(), k+1, was[k].Code, is[k].Code)
				}
			}
			next.Matrices = nil
			return next.SetWeights(w, domain.DerivedEntropy+"（"+res.Round.Title()+"评分）")
		}))
}
