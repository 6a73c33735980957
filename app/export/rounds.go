package export

import (
	"fmt"

	"lianshao/app/sheet"
	"lianshao/domain"
)

// rounds lists the rounds with their rules, an assessor a row.
func rounds(p *domain.Pilot) sheet.Sheet {
	type line struct {
		a *domain.Assessment
		x domain.Assessor
	}
	var lines []line
	for _, a := range p.Assessments.All() {
		for _, x := range a.Assessors {
			lines = append(lines, line{a, x})
		}
		if len(a.Assessors) == 0 {
			lines = append(lines, line{a: a})
		}
	}
	version := func(of func(line) domain.Ref) func(line) int {
		return func(l line) int { return versionOf(p, of(l)) }
	}
	scheme := func(l line) *domain.LevelScheme {
		s, ok := p.Schemes.Get(l.a.Scheme.ID)
		if !ok {
			return &domain.LevelScheme{}
		}
		return s
	}
	frozen := func(l line) string {
		if l.a.Frozen {
			return "是"
		}
		return "否"
	}
	cols := []col[line]{whole("round", func(l line) int { return l.a.No }),
		text("roundname", 14, func(l line) string { return l.a.Name }), text("date", 12, func(l line) string { return string(l.a.Date) }),
		whole("pointversion", version(func(l line) domain.Ref { return l.a.PointSystem })), whole("unitversion", version(func(l line) domain.Ref { return l.a.UnitSystem })),
		text("scheme", 22, func(l line) string { return scheme(l).Name }), whole("schemeversion", func(l line) int { return scheme(l).Version })}
	cols = append(cols, ruleColumns(func(l line) *domain.Rule { return &l.a.Rule })...)
	return build(p, "assessment", "评估轮次", lines, append(cols, text("frozen", 8, frozen),
		whole("assessorno", func(l line) int { return l.x.No }), text("assessor", 20, func(l line) string { return l.x.Name }),
		text("title", 32, func(l line) string { return l.x.Title }), text("assessed", 12, func(l line) string { return string(l.x.Date) }),
		machine(p, "assessment", func(l line) domain.Record { return l.a })))
}

// ruleColumns say how a round is scored. What the method does not ask for and was not
// chosen stays blank.
func ruleColumns[T any](of func(T) *domain.Rule) []col[T] {
	labelled := func(field string, width float64, shown bool, get func(*domain.Rule) (value, label string)) col[T] {
		return text(field, width, func(l T) string {
			value, label := get(of(l))
			if value == "" && !shown {
				return ""
			}
			return label
		})
	}
	trim := col[T]{field: "trim", width: 9, format: sheet.Float, get: func(l T) any {
		if t := of(l).Trim; t != 0 {
			return t
		}
		return nil
	}}
	return []col[T]{
		labelled("method", 16, true, func(r *domain.Rule) (string, string) { return string(r.Method), r.Method.Label() }),
		whole("size", func(l T) int { return of(l).Size }),
		labelled("operator", 14, false, func(r *domain.Rule) (string, string) { return string(r.Operator), r.Operator.Label() }),
		labelled("decide", 16, false, func(r *domain.Rule) (string, string) { return string(r.Decide), r.Decide.Label() }),
		labelled("aggregate", 10, true, func(r *domain.Rule) (string, string) { return string(r.Aggregate), r.Aggregate.Label() }), trim,
		labelled("roll", 18, true, func(r *domain.Rule) (string, string) { return string(r.Roll), r.Roll.Label() }),
	}
}

// effectivenesses lists how well the controls of the points work in each round.
func effectivenesses(p *domain.Pilot) sheet.Sheet {
	type T = *domain.Effectiveness
	in := pilot{p}
	round := func(r T) int {
		if a, ok := p.Assessments.Get(r.Assessment.ID); ok {
			return a.No
		}
		return 0
	}
	return build(p, "effectiveness", "控制有效性", p.Effectivenesses.All(), []col[T]{whole("round", round),
		text("point", 12, func(r T) string { return in.NameOf(domain.KindRiskPoint, r.Point) }),
		real("value", func(r T) float64 { return r.Value }), text("reason", 50, func(r T) string { return r.Reason })})
}

// overrides lists the conditions of the level schemes that raise a level.
func overrides(p *domain.Pilot) sheet.Sheet {
	type line struct {
		s *domain.LevelScheme
		o domain.Override
	}
	var lines []line
	for _, s := range p.Schemes.All() {
		for _, o := range s.Overrides {
			lines = append(lines, line{s, o})
		}
	}
	triggers := make([]string, len(domain.Triggers))
	for i, t := range domain.Triggers {
		triggers[i] = string(t)
	}
	least := col[line]{field: "least", width: 9, format: sheet.Float, get: func(l line) any {
		if l.o.Least != 0 {
			return l.o.Least
		}
		return nil
	}}
	return build(p, "override", "提级条件", lines, []col[line]{text("name", 22, func(l line) string { return l.s.Name }),
		whole("version", func(l line) int { return l.s.Version }), choice(text("when", 24, func(l line) string { return string(l.o.When) }), triggers...),
		text("of", 14, func(l line) string { return l.o.Of }), least, text("level", 10, func(l line) string { return l.o.Level })})
}

// cells lists the levels of the cells of every banded matrix, one likelihood a row.
func cells(p *domain.Pilot) sheet.Sheet {
	type line struct {
		s          *domain.LevelScheme
		likelihood int
	}
	var lines []line
	for _, s := range p.Schemes.All() {
		for i := range s.Cells {
			lines = append(lines, line{s, i + 1})
		}
	}
	cols := []col[line]{text("name", 22, func(l line) string { return l.s.Name }), whole("version", func(l line) int { return l.s.Version }),
		whole("likelihood", func(l line) int { return l.likelihood })}
	for k := range 5 {
		cols = append(cols, text(fmt.Sprintf("c%d", k+1), 11, func(l line) string {
			row := l.s.Cells[l.likelihood-1]
			if k >= len(row) {
				return ""
			}
			level, _ := l.s.Severe(row[k])
			return level.Label
		}))
	}
	return build(p, "cells", "矩阵格子等级", lines, cols)
}
