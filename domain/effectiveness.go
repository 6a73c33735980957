package domain

import "lianshao/domain/method"

// EffectivenessOf returns what was recorded about the controls of a point in a round.
func (p *Pilot) EffectivenessOf(round *Assessment, point ID) (*Effectiveness, bool) {
	for _, e := range p.Effectivenesses.By(ByPoint, point) {
		if e.Assessment.ID == round.ID {
			return e, true
		}
	}
	return nil, false
}

// Residual is what is left of an inherent risk under its controls.
type Residual struct {
	Inherent      float64 // the outcome's Index
	Effectiveness float64 // E, 0 = no control, 1 = perfect
	Value         float64 // Inherent × (1 − E)
	Level         Level   // of Value, by the bands alone
	Reason        string
}

// ResidualOf computes the residual risk of a complete point; ok is false when the
// round records no effectiveness for it. An index of 0–100 stands for marks 1–5, so
// it is reduced as it is; other bases too.
func (res *RoundResult) ResidualOf(p *Pilot, o *PointOutcome) (r Residual, ok bool) {
	e, ok := p.EffectivenessOf(res.Round, o.Point.ID)
	if !ok || !o.Complete {
		return Residual{}, false
	}
	v, err := method.Residual(o.Index, e.Value)
	if err != nil {
		return Residual{}, false
	}
	return Residual{Inherent: o.Index, Effectiveness: e.Value, Value: v, Level: res.Scheme.Reduced(v), Reason: e.Reason}, true
}

// Reduced is the level of a value that was reduced: by the bands, and the mildest
// where it falls below the lowest value of the basis.
func (r *LevelScheme) Reduced(value float64) Level {
	if l, ok := r.LevelOf(value); ok {
		return l
	}
	return r.mildest()
}

// Check refuses an effectiveness outside 0–1.
func (r *Effectiveness) Check() error {
	if !(r.Value >= 0 && r.Value <= 1) {
		return refuse("控制有效性应在 0（没有控制）到 1（完全控制住）之间，现为 %s。", number(r.Value))
	}
	return nil
}
