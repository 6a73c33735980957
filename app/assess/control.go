package assess

import (
	"fmt"
	"strings"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/domain"
)

// Control is what was typed about how well the controls of a point work: E from 0 to 1,
// also as 30%, and the reason. A nil text leaves what is stored; a blank value takes
// the record away.
type Control struct {
	Point         domain.ID
	Value, Reason *string
}

// SetControls records what was typed about controls in a round as one operation. Values
// come before reasons, whatever their order.
func SetControls(round domain.ID, cells []Control, newID app.IDs) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		a, ok := p.Assessments.Get(round)
		if !ok {
			return domain.ChangeSet{}, app.E(app.CodeNotFound, "这一轮评估已不存在")
		}
		d := p.Draft()
		for _, values := range []bool{true, false} {
			err := edit.EachOf(cells, func(c Control) error {
				if values {
					return setControl(d, a, Control{Point: c.Point, Value: c.Value}, newID)
				}
				return setControl(d, a, Control{Point: c.Point, Reason: c.Reason}, newID)
			})
			if err != nil {
				return domain.ChangeSet{}, err
			}
		}
		return d.Changes(domain.Op{Name: "effectiveness", Label: controlLabel(d, cells)}), nil
	})
}

func controlLabel(p *domain.Pilot, cells []Control) string {
	if len(cells) == 1 {
		return p.CodeOf(domain.KindRiskPoint, domain.To(cells[0].Point)) + " 控制有效性"
	}
	return fmt.Sprintf("控制有效性 %d 格", len(cells))
}

func setControl(d *domain.Pilot, a *domain.Assessment, c Control, newID app.IDs) error {
	if c.Value == nil && c.Reason == nil {
		return nil
	}
	pt, ok := d.RiskPoints.Get(c.Point)
	if !ok {
		return app.E(app.CodeNotFound, "这个风险点已不存在")
	}
	old, has := d.EffectivenessOf(a, c.Point)
	switch {
	case c.Reason != nil && !has:
		if strings.TrimSpace(*c.Reason) == "" {
			return nil
		}
		return app.E(app.CodeInvalid, "请先填控制有效性，再填依据")
	case c.Value != nil && strings.TrimSpace(*c.Value) == "":
		if has {
			d.Effectivenesses.Delete(old.ID)
		}
		return nil
	}
	next := &domain.Effectiveness{Assessment: domain.To(a.ID), Point: domain.To(c.Point)}
	if has {
		next = old.Clone().(*domain.Effectiveness)
	} else {
		next.SetBase(newID(), "手工录入")
		next.Code = fmt.Sprintf("%d/%s", a.No, pt.Code)
	}
	if c.Reason != nil {
		next.Reason = strings.TrimSpace(*c.Reason)
	}
	if c.Value != nil {
		v, ok := ParseShare(*c.Value)
		if !ok {
			return app.E(app.CodeInvalid, "控制有效性应为 0～1 的小数或百分数，现为“%s”", strings.TrimSpace(*c.Value))
		}
		next.Value = v
	}
	if err := next.Check(); err != nil {
		return err
	}
	return put(d, next, newID)
}

// ParseShare reads 0.3, ０．３ or 30%.
func ParseShare(text string) (float64, bool) {
	v, percent, ok := domain.ParseNumber(text)
	if percent {
		v /= 100
	}
	return v, ok
}
