package edit

import (
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/domain"
)

// Reading is what was typed for one period of a monitor. A nil text leaves what is
// stored.
type Reading struct {
	ID     domain.ID // "" = the period's own reading, or a new one
	Period *string
	Value  *string
	Note   *string
}

// SetReadings types readings into a monitor as one operation.
func SetReadings(monitor domain.ID, rows []Reading, newID app.IDs) app.Command {
	return app.Edit(domain.Op{Name: "reading", Label: "监测读数"}, func(d *domain.Pilot) error {
		m, ok := d.Monitors.Get(monitor)
		if !ok {
			return app.E(app.CodeNotFound, "这个监测指标已不存在")
		}
		return EachOf(rows, func(r Reading) error { return setReading(d, m, r, newID) })
	})
}

func setReading(d *domain.Pilot, m *domain.Monitor, r Reading, newID app.IDs) error {
	next := &domain.Reading{Monitor: domain.To(m.ID)}
	period := ""
	if r.Period != nil {
		p, ok := domain.ParseMonth(*r.Period, d.Year())
		if !ok {
			return app.E(app.CodeInvalid, "月份应写成 2026-08、2026年8月或 2026年3季度，现为“%s”", strings.TrimSpace(*r.Period))
		}
		period = p
	}
	old, has := d.Readings.Get(r.ID)
	other, taken := d.Readings.ByKey(string(m.ID) + "/" + period)
	switch {
	case has && taken && period != "" && other.ID != old.ID:
		return app.E(app.CodeInvalid, "%s %s 已有读数，请改那一行", m.Name, period)
	case has:
		next = old.Clone().(*domain.Reading)
	case taken:
		next = other.Clone().(*domain.Reading)
	case r.Value == nil:
		return app.E(app.CodeInvalid, "请先填读数")
	default:
		next.SetBase(newID(), "手工录入")
	}
	if period != "" {
		next.Period, next.Code = period, m.Code+"-"+period
	}
	if r.Value != nil {
		v, ok := m.Value(*r.Value)
		if strings.TrimSpace(*r.Value) == "" {
			return app.E(app.CodeInvalid, "读数不能空着；这个月没有读数，请删除这一行")
		}
		if !ok {
			return app.E(app.CodeInvalid, "读数应为数字，现为“%s”", strings.TrimSpace(*r.Value))
		}
		next.Value = v
	}
	if r.Note != nil {
		next.Note = strings.TrimSpace(*r.Note)
	}
	d.Put(next)
	return nil
}

// TieMonitor ties a monitor to a risk point, or unties it: from then on its readings
// and trend can raise the warning level of the point.
func TieMonitor(monitor, point domain.ID, on bool) app.Command {
	return app.Edit(domain.Op{Name: "tie", Label: "监测指标对应风险点"}, func(d *domain.Pilot) error {
		m, ok := d.Monitors.Get(monitor)
		if _, known := d.RiskPoints.Get(point); !ok || !known {
			return app.E(app.CodeNotFound, "这个监测指标或风险点已不存在")
		}
		next := m.Clone().(*domain.Monitor)
		next.Points = slices.DeleteFunc(next.Points, func(r domain.Ref) bool { return r.ID == point })
		if on {
			next.Points = append(next.Points, domain.To(point))
		}
		d.Put(next)
		return nil
	})
}
