package intake

import (
	"fmt"
	"strings"

	"lianshao/domain"
)

// readAppraisals reads the score sheet of the units' work. Every unit's line
// counts as a record; subtotals are skipped.
func (r *run) readAppraisals() {
	units := r.appraisedUnits()
	lines := map[string]int{} // per unit
	r.rows([]string{"content"}, func(w *row) result {
		section, content := w.get(r.at("section")), w.get(r.at("content"))
		if isRemark(w.raw(r.at("section"))) || isRemark(content) || content == "" {
			return skipped
		}
		full, _, ok := parseNumber(w.number(r.at("full")))
		if !ok {
			return r.refuse(w, "full", w.get(r.at("full")), "分值应为数字，现为“%s”", w.get(r.at("full")))
		}
		for _, unit := range units {
			name := unit
			if name == "" {
				name = r.unitOf(w)
			}
			if name == "" {
				return r.refuse(w, "unit", "", "看不出是哪个部门的考核评分")
			}
			lines[name]++
			r.count(r.appraisal(w, name, unit, section, content, full, lines[name]))
		}
		r.rep.Skipped--
		return skipped
	})
}

// appraisedUnits lists the units with columns of their own, or "" when the
// sheet has one pair of columns.
func (r *run) appraisedUnits() []string {
	var out []string
	seen := map[string]bool{}
	for _, c := range r.g.Columns {
		prefix, unit, ok := strings.Cut(c.Field, ":")
		if ok && (prefix == CrossSelf || prefix == CrossConfirmed) && !seen[unit] {
			seen[unit] = true
			out = append(out, unit)
		}
	}
	if out == nil {
		return []string{""}
	}
	return out
}

func (r *run) appraisal(w *row, name, column, section, content string, full float64, line int) result {
	ref := r.link(domain.KindUnit, domain.Ref{}, name)
	sname, of := splitSection(section)
	fresh := &domain.Appraisal{Unit: ref, Section: sname, Content: content}
	if r.twice(w, "content", fresh.Natural(), content) {
		return refused
	}
	old, exists := r.d.Appraisals.ByKey(fresh.Natural())
	a := begin(r, w, old, exists, fresh, "content")
	if a.Code == "" {
		a.Code = fmt.Sprintf("KH-%02d-%s", line, r.d.NameOf(domain.KindUnit, ref))
	}
	a.Full = full
	if of > 0 {
		a.SectionOf = of
	}
	fields := [2]string{"self", "confirmed"}
	if column != "" {
		fields = [2]string{CrossSelf + ":" + column, CrossConfirmed + ":" + column}
	}
	for i, dst := range []*domain.Number{&a.Self, &a.Confirmed} {
		s := w.number(r.at(fields[i]))
		if isNothing(s) {
			continue
		}
		v, _, ok := parseNumber(s)
		if !ok || v < 0 || v > full {
			return r.refuse(w, fields[i], s, "得分应为 0–%g 的数，现为“%s”", full, s)
		}
		*dst = domain.Number{Value: v, Given: true}
	}
	r.setText(w, "note", &a.Note)
	return put(r.d.Appraisals, old, exists, a)
}

// splitSection reads “组织领导（15）”.
func splitSection(s string) (string, float64) {
	s = strings.NewReplacer("(", "（", ")", "）").Replace(s)
	name, rest, ok := strings.Cut(s, "（")
	if !ok {
		return s, 0
	}
	v, _, good := parseNumber(strings.TrimSuffix(strings.TrimSuffix(rest, "）"), "分"))
	if !good {
		return s, 0
	}
	return strings.TrimSpace(name), v
}
