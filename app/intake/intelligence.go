package intake

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/domain"
)

func (r *run) readIntelligence() {
	r.rows([]string{"code", "summary"}, func(w *row) result {
		code, summary := w.raw(r.at("code")), w.get(r.at("summary"))
		if code == "" && r.form {
			if summary == "" {
				return skipped // not filled in
			}
			code = r.intelligenceCode(summary)
		}
		old, exists := known(r, w, r.d.Intelligence, code)
		switch {
		case code == "":
			return r.refuse(w, "code", "", "这条信息没有编号")
		case summary == "" && !exists && !r.carries(domain.KindIntelligence): // a blank cell changes nothing
			return r.refuse(w, "summary", "", "信息 %s 没有摘要", code)
		}
		if r.twice(w, "code", code, code) {
			return refused
		}
		x := begin(r, w, old, exists, &domain.Intelligence{}, "code")
		x.Code = code
		r.setText(w, "summary", &x.Summary)
		r.setText(w, "source", &x.Source)
		if !r.setDay(w, "date", &x.Date) {
			return refused
		}
		r.intelligenceUnits(w, x)
		r.setText(w, "post", &x.PostText)
		r.setText(w, "category", &x.Category)
		r.setText(w, "verified", &x.Verified)
		r.setRefs(w, "points", domain.KindRiskPoint, domain.Ref{}, &x.Points)
		r.setText(w, "handling", &x.Handling)
		r.setRefs(w, "posts", domain.KindPost, domain.Ref{}, &x.Posts)
		r.setRefs(w, "factors", domain.KindFactor, domain.Ref{}, &x.Factors)
		if !r.setSecrecy(w, x) {
			return refused
		}
		r.setText(w, "registrar", &x.Registrar)
		r.setText(w, "note", &x.Note)
		r.unknownPoints(w, x.Points)
		return put(r.d.Intelligence, old, exists, x)
	})
}

// intelligenceCode is that of the same item registered before, or the next number.
func (r *run) intelligenceCode(summary string) string {
	for _, x := range r.d.Intelligence.All() {
		if x.Summary == summary {
			return x.Code
		}
	}
	return nextCode(r.d.Intelligence, "XX-")
}

func (r *run) setSecrecy(w *row, x *domain.Intelligence) bool {
	s := w.get(r.at("secrecy"))
	if s != "" && !slices.Contains(domain.Secrecies, s) {
		r.refuse(w, "secrecy", s, "知悉范围应为“%s”之一，现为“%s”。国家秘密不要录入本程序", strings.Join(domain.Secrecies, "”“"), s)
		return false
	}
	if s != "" {
		x.Secrecy = s
	}
	return true
}

// intelligenceUnits keeps the words (两部门) and refers to the units they name.
func (r *run) intelligenceUnits(w *row, x *domain.Intelligence) {
	s := w.get(r.at("unit"))
	if s == "" || s == shown(x.UnitText) {
		return
	}
	x.UnitText = s
	var units []domain.Ref
	for _, ref := range r.linkAll(domain.KindUnit, domain.Ref{}, named(s)) {
		if ref.ID != "" || endsLikeUnit(ref.Text) {
			units = append(units, ref)
		}
	}
	if !sameRefs(units, x.Units) {
		x.Units = units
	}
}

func (r *run) readFactors() {
	n := 0
	r.rows([]string{"text"}, func(w *row) result {
		n++
		fresh := &domain.Factor{Category: w.get(r.at("category")), Text: w.get(r.at("text"))}
		if fresh.Text == "" {
			return r.refuse(w, "text", "", "缺少成因要素")
		}
		if r.twice(w, "text", fresh.Natural(), fresh.Text) {
			return refused
		}
		old, exists := known(r, w, r.d.Factors, fresh.Natural())
		x := begin(r, w, old, exists, fresh, "text")
		setTo(&x.Category, fresh.Category)
		setTo(&x.Text, fresh.Text)
		if code := w.raw(r.at("code")); code != "" {
			x.Code = code
		} else if x.Code == "" {
			x.Code = fmt.Sprintf("CY-%02d", n)
		}
		r.setText(w, "source", &x.Source)
		r.setRefs(w, "points", domain.KindRiskPoint, domain.Ref{}, &x.Points)
		return put(r.d.Factors, old, exists, x)
	})
}
