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
		switch {
		case code == "":
			return r.refuse(w, "code", "", "这条信息没有编号")
		case summary == "":
			return r.refuse(w, "summary", "", "信息 %s 没有摘要", code)
		}
		if r.twice(w, "code", code, code) {
			return refused
		}
		old, exists := r.d.Intelligence.ByKey(code)
		x := begin(r, w, old, exists, &domain.Intelligence{}, "code")
		x.Code, x.Summary = code, summary
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
	if s == "" {
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
		old, exists := r.d.Factors.ByKey(fresh.Natural())
		x := begin(r, w, old, exists, fresh, "text")
		if code := w.raw(r.at("code")); code != "" {
			x.Code = code
		} else if !exists {
			x.Code = fmt.Sprintf("CY-%02d", n)
		}
		r.setText(w, "source", &x.Source)
		r.setRefs(w, "points", domain.KindRiskPoint, domain.Ref{}, &x.Points)
		return put(r.d.Factors, old, exists, x)
	})
}

// colours of levels as people write them.
var colours = map[string]string{"红": "red", "橙": "orange", "黄": "yellow", "蓝": "blue", "红色": "red", "橙色": "orange", "黄色": "yellow", "蓝色": "blue"}

// readSchemes reads level schemes, a level a row; a scheme is taken as a whole.
func (r *run) readSchemes() {
	schemes := map[string]*domain.LevelScheme{}
	var order []*domain.LevelScheme
	rows := map[*domain.LevelScheme]int{}
	bad := map[*domain.LevelScheme]bool{}
	r.rows([]string{"label"}, func(w *row) result {
		name, version, basis := w.get(r.at("name")), 1, w.get(r.at("basis"))
		if n, ok := parseWhole(w.get(r.at("version"))); ok {
			version = n
		}
		if name == "" {
			name = "预警等级方案"
		}
		if basis == "" {
			basis = domain.BasisIndex
		}
		s := schemes[name+"/"+itoa(version)]
		if s == nil {
			s = &domain.LevelScheme{Name: name, Version: version, Basis: basis}
			s.Origin = r.from(w, "label")
			schemes[name+"/"+itoa(version)] = s
			order = append(order, s)
		}
		rows[s]++
		l, ok := r.level(w, len(s.Levels))
		bad[s] = bad[s] || !ok
		s.Levels = append(s.Levels, l)
		return skipped
	})
	for _, s := range order {
		r.rep.Skipped -= rows[s]
		res := refused
		if !bad[s] {
			res = r.putScheme(s)
		}
		for range rows[s] {
			r.count(res)
		}
	}
}

func (r *run) level(w *row, n int) (domain.Level, bool) {
	l := domain.Level{Label: w.get(r.at("label")), Color: w.get(r.at("color")), Told: w.get(r.at("told")), Signer: w.get(r.at("signer")),
		Release: w.get(r.at("release"))}
	if c := colours[strings.TrimSpace(l.Color)]; c != "" {
		l.Color = c
	}
	min, _, ok := parseNumber(w.get(r.at("min")))
	if !ok {
		r.refuse(w, "min", w.get(r.at("min")), "等级“%s”的下限应为数字", l.Label)
		return l, false
	}
	l.Min = min
	l.Reply, _ = parseWhole(w.get(r.at("reply")))
	l.Fix, _ = parseWhole(w.get(r.at("fix")))
	l.Severity = -n
	if s := w.get(r.at("severity")); s != "" {
		if l.Severity, ok = parseWhole(s); !ok {
			r.refuse(w, "severity", s, "严重程度应为整数（0 最轻），现为“%s”", s)
		}
	}
	return l, ok
}

func (r *run) putScheme(s *domain.LevelScheme) result {
	if !r.has("severity") { // listed from the most severe
		for i := range s.Levels {
			s.Levels[i].Severity += len(s.Levels) - 1
		}
	}
	old, exists := r.d.Schemes.ByKey(s.Natural())
	if exists {
		s.Base = old.Base
	} else {
		s.ID, s.Code = r.env.IDs(), s.Natural()
	}
	return put(r.d.Schemes, old, exists, s)
}

// readAssessments reads the rounds and their assessors, an assessor a row.
func (r *run) readAssessments() {
	r.rows([]string{"assessor", "round"}, func(w *row) result {
		no, ok := parseWhole(w.get(r.at("round")))
		if !ok || no < 1 {
			return r.refuse(w, "round", w.get(r.at("round")), "轮次应为从 1 开始的整数")
		}
		old, exists := r.d.Assessments.ByKey(itoa(no))
		a := begin(r, w, old, exists, &domain.Assessment{No: no, Name: roundName(no)}, "round")
		if !exists {
			a.Code, a.Scheme = itoa(no), domain.To(r.scheme().ID)
		}
		r.setText(w, "roundname", &a.Name)
		if !r.setDay(w, "date", &a.Date) || !r.systemVersion(w, "pointversion", domain.TargetPoint, &a.PointSystem) ||
			!r.systemVersion(w, "unitversion", domain.TargetUnit, &a.UnitSystem) {
			return refused
		}
		if s := w.get(r.at("frozen")); s != "" {
			a.Frozen = s == "是"
		}
		name := w.get(r.at("assessor"))
		if name != "" {
			s := &ratingSheet{run: r, round: a}
			who := domain.Assessor{Name: name, Title: w.get(r.at("title"))}
			who.No, _ = parseWhole(w.get(r.at("assessorno")))
			if !r.setDay(w, "assessed", &who.Date) {
				return refused
			}
			s.assessor(who)
		}
		return put(r.d.Assessments, old, exists, a)
	})
}

func (r *run) systemVersion(w *row, field, target string, dst *domain.Ref) bool {
	s := w.get(r.at(field))
	if isNothing(s) {
		return true
	}
	n, ok := parseWhole(strings.TrimSuffix(strings.TrimPrefix(s, "第"), "版"))
	sys, found := r.d.Systems.ByKey(target + "/" + itoa(n))
	if !ok || !found {
		r.refuse(w, field, s, "没有%s层面第%s版指标体系", target, s)
		return false
	}
	*dst = domain.To(sys.ID)
	return true
}
