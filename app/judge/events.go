package judge

import (
	"slices"

	"lianshao/domain"
)

// Hits compares the levels with the confirmed events of the information library.
type Hits struct {
	Events    int                    // confirmed items linked to at least one scored point
	Confirmed int                    // scored points with a confirmed event
	Warned    int                    // of these, points that are warned at all (above the mildest level)
	High      int                    // scored points in the upper half of the levels (红、橙 of four)
	Missed    []*domain.PointOutcome // a confirmed event, yet the mildest level
	Unproven  []*domain.PointOutcome // in the upper half, yet no confirmed event
}

func (t *scores) hits() Hits {
	h := Hits{}
	happened := t.confirmed(&h)
	order := t.res.Scheme.Ordered()
	mildest := order[len(order)-1].Severity
	high := order[max(0, len(order)/2-1)].Severity
	for _, o := range t.points {
		if happened[o.Point.ID] {
			h.Confirmed++
			if o.Level.Severity > mildest {
				h.Warned++
			} else {
				h.Missed = append(h.Missed, o)
			}
		}
		if o.Level.Severity >= high && len(order) > 1 {
			h.High++
			if !happened[o.Point.ID] {
				h.Unproven = append(h.Unproven, o)
			}
		}
	}
	return h
}

// confirmed finds the scored points with a confirmed event.
func (t *scores) confirmed(h *Hits) map[domain.ID]bool {
	scored := make(map[domain.ID]bool, len(t.points))
	for _, o := range t.points {
		scored[o.Point.ID] = true
	}
	happened := map[domain.ID]bool{}
	for _, item := range t.pilot.Intelligence.All() {
		if !slices.Contains(domain.ConfirmedWords, item.Verified) {
			continue
		}
		linked := false
		for _, ref := range item.Points {
			id := t.pilot.Survivor(ref.ID)
			if scored[id] {
				happened[id], linked = true, true
			}
		}
		if linked {
			h.Events++
		}
	}
	return happened
}
