package intake

import (
	"encoding/json"
	"strings"

	"lianshao/domain"
)

// readMonitors reads monitoring indicators, their definitions or their monthly
// readings. In a sheet of readings every reading counts as a record.
func (r *run) readMonitors() {
	months := r.crossColumns(CrossReading)
	r.rows([]string{"code", "name"}, func(w *row) result {
		code, name := w.raw(r.at("code")), w.get(r.at("name"))
		if code == "" {
			return r.refuse(w, "code", "", "这一行没有指标编号")
		}
		if r.twice(w, "code", code, code) {
			return refused
		}
		old, exists := known(r, w, r.d.Monitors, code)
		m := begin(r, w, old, exists, &domain.Monitor{Name: name}, "code")
		m.Code = code
		if name != "" {
			setTo(&m.Name, name)
		}
		if m.Name == "" {
			return r.refuse(w, "name", "", "监测指标 %s 没有名称", code)
		}
		if !r.fillMonitor(w, m) {
			return refused
		}
		res := put(r.d.Monitors, old, exists, m)
		if len(months) == 0 {
			return res
		}
		for _, c := range months {
			r.count(r.reading(w, m, c))
		}
		r.rep.Skipped-- // the row itself is not counted
		return skipped
	})
}

func (r *run) fillMonitor(w *row, m *domain.Monitor) bool {
	if s := w.get(r.at("unit")); s != "" && s != shown(m.UnitText) {
		m.UnitText = s
		var units []domain.Ref
		if endsLikeUnit(s) || strings.ContainsAny(s, "、，,") {
			units = r.linkAll(domain.KindUnit, domain.Ref{}, named(s))
		} else if ref := r.link(domain.KindUnit, domain.Ref{}, s); ref.ID != "" {
			units = []domain.Ref{ref}
		}
		if !sameRefs(units, m.Units) {
			m.Units = units
		}
	}
	r.setText(w, "measure", &m.Measure)
	switch s := w.get(r.at("direction")); s {
	case "":
	case "高", "正向", "偏高":
		m.LowIsBad = false
	case "低", "逆向", "偏低":
		m.LowIsBad = true
	default:
		r.refuse(w, "direction", s, "风险方向应为高或低，现为“%s”", s)
		return false
	}
	if !r.limit(w, "warn", &m.Warn) || !r.limit(w, "alarm", &m.Alarm) {
		return false
	}
	r.setText(w, "formula", &m.Formula)
	r.setText(w, "source", &m.Source)
	r.setText(w, "filler", &m.Filler)
	r.setRefs(w, "points", domain.KindRiskPoint, domain.Ref{}, &m.Points)
	r.setText(w, "note", &m.Note)
	r.unknownPoints(w, m.Points)
	return true
}

func sameRefs(a, b []domain.Ref) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !a[i].Same(b[i]) {
			return false
		}
	}
	return true
}

func (r *run) limit(w *row, field string, dst *float64) bool {
	s := w.get(r.at(field))
	if isNothing(s) {
		return true
	}
	v, _, ok := parseNumber(w.number(r.at(field)))
	if !ok {
		r.refuse(w, field, s, "%s应为数字，现为“%s”", r.g.Form.Header(field), s)
		return false
	}
	*dst = v
	return true
}

// reading brings in one month's value; — and blank are months without a reading.
func (r *run) reading(w *row, m *domain.Monitor, c Column) result {
	s := w.raw(c.Col)
	if isNothing(s) {
		r.rep.Skipped-- // a missing month is no row
		return skipped
	}
	v, percent, ok := parseNumber(s)
	if number := w.number(c.Col); number != s { // the cell holds 0.351 for 35%
		v, _, ok = parseNumber(number)
		if percent && m.Percent() {
			v = tidy(v * 100)
		}
	}
	if !ok {
		return r.refuse(w, c.Field, s, "%s %s的读数应为数字，现为“%s”", m.Name, strings.TrimPrefix(c.Field, CrossReading+":"), s)
	}
	if percent && m.Fraction() {
		v = tidy(v / 100)
	}
	month := strings.TrimPrefix(c.Field, CrossReading+":")
	old, exists := r.d.Readings.ByKey(string(m.ID) + "/" + month)
	next := &domain.Reading{}
	if exists {
		next = old.Clone().(*domain.Reading)
	} else {
		next.SetBase(r.env.IDs(), r.origin+w.cell(c.Col))
		next.Code, next.Monitor, next.Period = m.Code+"-"+month, domain.To(m.ID), month
	}
	r.hiddenOfReading(w, next, exists)
	if !near(v, next.Value) {
		next.Value = v
	}
	return put(r.d.Readings, old, exists, next)
}

// hiddenOfReading sets what a month's column does not show.
func (r *run) hiddenOfReading(w *row, next *domain.Reading, exists bool) {
	raw := r.machineOf(w, itemField).more[next.Period]
	var more map[string]json.RawMessage
	var id domain.ID
	if raw == nil {
		return
	}
	if json.Unmarshal(raw, &more) != nil || json.Unmarshal(more["id"], &id) != nil {
		r.warn(w, itemField, machineChanged)
		return
	}
	if _, taken := r.d.Readings.Get(id); !exists && id != "" && !taken {
		next.ID = id
	}
	if !r.unhide(next, more, exists) {
		r.warn(w, itemField, machineChanged)
	}
}
