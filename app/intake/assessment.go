package intake

import (
	"strings"

	"lianshao/domain"
	"lianshao/domain/method"
)

// readAssessments reads the rounds, their rules and their assessors, an assessor a row.
func (r *run) readAssessments() {
	r.rows([]string{"assessor", "round"}, func(w *row) result {
		no, ok := parseWhole(w.number(r.at("round")))
		if !ok || no < 1 {
			return r.refuse(w, "round", w.get(r.at("round")), "轮次应为从 1 开始的整数")
		}
		old, exists := r.d.Assessments.ByKey(itoa(no))
		a := begin(r, w, old, exists, &domain.Assessment{No: no, Name: roundName(no)}, "round")
		if a.Code == "" {
			a.Code = itoa(no)
		}
		if !r.roundFields(w, a) || !r.roundRule(w, a) || !r.roundScheme(w, a) || !r.roundAssessor(w, a) {
			return refused
		}
		if exists && domain.Equal(old, a) {
			return same
		}
		if err := r.checkRound(a); err != "" {
			return r.refuse(w, "round", itoa(no), "%s", err)
		}
		return put(r.d.Assessments, old, exists, a)
	})
}

// checkRound says what speaks against storing a round, "" for nothing.
func (r *run) checkRound(a *domain.Assessment) string {
	if r.final(a.ID) {
		return a.Title() + "已定稿，不能再改；确要修改，请先在“评估轮次”里取消定稿"
	}
	if s, ok := r.d.Schemes.Get(a.Scheme.ID); ok && s.Basis != a.Rule.Basis() {
		return a.Rule.Method.Label() + "的等级按“" + a.Rule.Basis() + "”划分，等级方案“" + s.Name + "”按“" + s.Basis + "”，请写明另一个等级方案"
	}
	if was, ok := r.before.Assessments.Get(a.ID); ok {
		if err := r.d.KeepScores(was, a); err != nil {
			return strings.TrimSuffix(err.Error(), "。")
		}
	}
	return ""
}

func (r *run) roundFields(w *row, a *domain.Assessment) bool {
	r.setText(w, "roundname", &a.Name)
	if !r.setDay(w, "date", &a.Date) || !r.systemVersion(w, "pointversion", domain.TargetPoint, &a.PointSystem) ||
		!r.systemVersion(w, "unitversion", domain.TargetUnit, &a.UnitSystem) {
		return false
	}
	if s := w.get(r.at("frozen")); s != "" {
		a.Frozen = s == "是"
	}
	return true
}

// pick takes one of the choices by its label; a blank cell changes nothing.
func pick[T ~string](r *run, w *row, field string, dst *T, choices []T, label func(T) string) bool {
	s := w.get(r.at(field))
	if isNothing(s) {
		return true
	}
	var labels []string
	for _, c := range choices {
		if label(c) == s {
			*dst = c
			return true
		}
		labels = append(labels, label(c))
	}
	r.refuse(w, field, s, "%s应为%s之一，现为“%s”", r.g.Form.Header(field), strings.Join(labels, "、"), s)
	return false
}

// roundRule reads how a round is scored.
func (r *run) roundRule(w *row, a *domain.Assessment) bool {
	rule := &a.Rule
	if !pick(r, w, "method", &rule.Method, domain.Methods, domain.Method.Label) ||
		!pick(r, w, "operator", &rule.Operator, method.FuzzyOperators, method.FuzzyOperator.Label) ||
		!pick(r, w, "decide", &rule.Decide, domain.FuzzyDecisions, domain.Decision.Label) ||
		!pick(r, w, "aggregate", &rule.Aggregate, domain.Aggregates, domain.Aggregate.Label) ||
		!pick(r, w, "roll", &rule.Roll, domain.Rolls, domain.Roll.Label) {
		return false
	}
	if s := w.number(r.at("size")); !isNothing(s) {
		n, ok := parseWhole(s)
		if !ok {
			r.refuse(w, "size", s, "矩阵边长应为 3、4 或 5，现为“%s”", s)
			return false
		}
		rule.Size = n
	}
	if s := w.number(r.at("trim")); !isNothing(s) {
		v, percent, ok := parseNumber(s)
		if percent {
			v /= 100
		}
		if !ok {
			r.refuse(w, "trim", s, "截尾比例应为 0–0.5 之间的小数，现为“%s”", s)
			return false
		}
		rule.Trim = v
	}
	if err := rule.Check(); err != nil {
		r.refuse(w, "method", w.get(r.at("method")), "%s", strings.TrimSuffix(err.Error(), "。"))
		return false
	}
	return true
}

// roundScheme reads which level scheme a round goes by; a new round that does not say
// takes the newest one on the basis of its method.
func (r *run) roundScheme(w *row, a *domain.Assessment) bool {
	name := w.get(r.at("scheme"))
	if isNothing(name) {
		if a.Scheme.ID == "" {
			a.Scheme = domain.To(r.scheme(a.Rule).ID)
		}
		return true
	}
	version := 1
	if n, ok := parseWhole(w.number(r.at("schemeversion"))); ok {
		version = n
	}
	s, ok := r.d.Schemes.ByKey(name + "/" + itoa(version))
	if !ok {
		r.refuse(w, "scheme", name, "没有等级方案“%s”第%d版，请先导入等级方案", name, version)
		return false
	}
	a.Scheme = domain.To(s.ID)
	return true
}

func (r *run) roundAssessor(w *row, a *domain.Assessment) bool {
	name := w.get(r.at("assessor"))
	if name == "" {
		return true
	}
	s := &ratingSheet{run: r, round: a}
	who := domain.Assessor{Name: name, Title: w.get(r.at("title"))}
	who.No, _ = parseWhole(w.number(r.at("assessorno")))
	if !r.setDay(w, "assessed", &who.Date) {
		return false
	}
	s.assessor(who)
	return true
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

// readEffectiveness reads how well the controls of the points work in a round.
func (r *run) readEffectiveness() {
	r.rows([]string{"point"}, func(w *row) result {
		round := r.round(w)
		code := w.get(r.at("point"))
		pt, ok := r.d.RiskPoints.ByKey(code)
		if !ok {
			return r.refuse(w, "point", code, "没有编号为“%s”的风险点", code)
		}
		if r.twice(w, "point", itoa(round.No)+"/"+code, code) {
			return refused
		}
		text := w.number(r.at("value"))
		v, percent, ok := parseNumber(text)
		if percent {
			v /= 100
		}
		fresh := &domain.Effectiveness{Assessment: domain.To(round.ID), Point: domain.To(pt.ID)}
		old, exists := r.d.Effectivenesses.ByKey(fresh.Natural())
		next := begin(r, w, old, exists, fresh, "point")
		if next.Code == "" {
			next.Code = itoa(round.No) + "/" + pt.Code
		}
		next.Value = v
		r.setText(w, "reason", &next.Reason)
		if err := next.Check(); !ok || err != nil {
			return r.refuse(w, "value", text, "控制有效性应在 0（没有控制）到 1（完全控制住）之间，现为“%s”", text)
		}
		return put(r.d.Effectivenesses, old, exists, next)
	})
}
