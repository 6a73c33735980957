package assess

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/domain"
)

// NewRound proposes the next round: the next number and name, the systems, scheme,
// rule and assessors of the latest one; for the first the systems in force, the usual
// scheme and the leading group without those who must not score. It has no ID and is
// stored by SaveRound.
func NewRound(p *domain.Pilot, today domain.Date) *domain.Assessment {
	a := &domain.Assessment{No: 1, Date: today}
	if last := p.Round(0); last != nil {
		a = last.Clone().(*domain.Assessment)
		a.Base, a.No, a.Date, a.Frozen = domain.Base{}, last.No+1, today, false
		for i := range a.Assessors {
			a.Assessors[i].Date = ""
		}
		a.Name = roundName(a.No)
		return a
	}
	a.Name = roundName(a.No)
	if s := p.SystemFor(domain.TargetPoint); s != nil {
		a.PointSystem = domain.To(s.ID)
	}
	if s := p.SystemFor(domain.TargetUnit); s != nil {
		a.UnitSystem = domain.To(s.ID)
	}
	if s := p.SchemeFor(a.Rule.Basis()); s != nil {
		a.Scheme = domain.To(s.ID)
	}
	for _, c := range p.Candidates() {
		if c.Conflict == "" {
			c.Assessor.No = len(a.Assessors) + 1
			a.Assessors = append(a.Assessors, c.Assessor)
		}
	}
	return a
}

func roundName(no int) string {
	switch no {
	case 1:
		return "首次评估"
	case 2:
		return "再评估"
	}
	return fmt.Sprintf("第%d次评估", no)
}

// SaveRound stores a round that was set up or changed. Refused: a frozen round, a rule
// that cannot be scored by, a scheme on another basis, a system that is not complete,
// an assessor newly entered who must not score, and what would orphan scores already
// given (other columns, a scorer gone).
func SaveRound(a *domain.Assessment, newID app.IDs) app.Command {
	op := domain.Op{Name: "edit-round", Label: "修改 " + a.Title()}
	return app.Edit(op, func(d *domain.Pilot) error {
		next := a.Clone().(*domain.Assessment)
		old, _ := d.Assessments.Get(next.ID)
		if old != nil && old.Frozen {
			return app.E(app.CodeInvalid, "%s已定稿，方法、指标和等级方案不能再改", old.Title())
		}
		if err := checkRound(d, next); err != nil {
			return err
		}
		if err := checkAssessors(d, old, next); err != nil {
			return err
		}
		if old != nil {
			if err := d.KeepScores(old, next); err != nil {
				return err
			}
		}
		next.Code = fmt.Sprint(next.No)
		return put(d, next, newID)
	})
}

func checkRound(d *domain.Pilot, a *domain.Assessment) error {
	if a.No < 1 {
		return app.E(app.CodeInvalid, "轮次应从 1 起，现为 %d", a.No)
	}
	if err := a.Rule.Check(); err != nil {
		return err
	}
	scheme, ok := d.Schemes.Get(a.Scheme.ID)
	if !ok {
		return app.E(app.CodeInvalid, "请为%s选一个预警等级方案", a.Title())
	}
	if want := a.Rule.Basis(); scheme.Basis != want {
		return app.E(app.CodeInvalid, "%s的等级按“%s”划分，方案“%s”按“%s”，请另选或新建方案", a.Rule.Method.Label(), want, scheme.Name, scheme.Basis)
	}
	if !a.Rule.Weighs() {
		return nil
	}
	sys, ok := d.Systems.Get(a.PointSystem.ID)
	if !ok {
		return app.E(app.CodeInvalid, "请为%s选一版岗位层面的指标体系", a.Title())
	}
	if err := sys.Check(); err != nil {
		return err
	}
	if unit, ok := d.Systems.Get(a.UnitSystem.ID); ok {
		return unit.Check()
	}
	return nil
}

func checkAssessors(d *domain.Pilot, old, a *domain.Assessment) error {
	seen := map[string]bool{}
	for i := range a.Assessors {
		x := &a.Assessors[i]
		x.Name = strings.TrimSpace(x.Name)
		if x.Name == "" {
			return app.E(app.CodeInvalid, "第 %d 位评分人没有名称，请填写", i+1)
		}
		if seen[x.Name] {
			return app.E(app.CodeInvalid, "评分人“%s”列了两次", x.Name)
		}
		seen[x.Name] = true
		x.No = i + 1
		if old != nil && slices.ContainsFunc(old.Assessors, func(y domain.Assessor) bool { return y.Name == x.Name }) {
			continue // came with an import: shown, not refused
		}
		if why := d.ConflictOf(x.Name, x.Title); why != "" {
			return app.E(app.CodeInvalid, "“%s”%s", x.Name, why)
		}
	}
	return nil
}

// FreezeRound makes a round final (定稿): no more scores, nothing changed. It is undone
// like any other operation until a warning is issued.
func FreezeRound(id domain.ID, frozen bool) app.Command {
	what := "定稿 "
	if !frozen {
		what = "取消定稿 "
	}
	return change(domain.KindAssessment, id, "freeze-round", func(a *domain.Assessment) string { return what + a.Title() },
		func(p *domain.Pilot, _, next *domain.Assessment) error {
			if !frozen && slices.ContainsFunc(p.Warnings.All(), func(w *domain.Warning) bool { return w.Round == next.No }) {
				return app.E(app.CodeInvalid, "已按%s签发预警，不能取消定稿", next.Title())
			}
			event := domain.EventFreeze
			if !frozen {
				event = domain.EventThaw
			}
			if _, err := domain.RoundLife.Next(domain.StateOfRound(next), event); err != nil {
				return app.Wrap(app.CodeInvalid, err, "%s：%s", next.Title(), app.Sentence(err))
			}
			next.Frozen = frozen
			return nil
		})
}
