package app

import (
	"testing"

	"lianshao/domain"
)

// BenchmarkExplain opens one result into its arithmetic, by every method.
func BenchmarkExplain(b *testing.B) {
	marks := map[domain.Method][]domain.Mark{domain.MethodIndex: {5, 4, 2}, domain.MethodFuzzy: {5, 4, 2}, domain.MethodMatrix: {4, 5}, domain.MethodLEC: {6, 5, 3}, domain.MethodGrade: {3, 1, 1, 1}}
	for _, m := range domain.Methods {
		b.Run(m.Label(), func(b *testing.B) {
			rule := domain.Rule{Method: m}
			p, res := oneRound(rule, preset(0, rule.Basis()), marks[m], marks[m], marks[m], marks[m], marks[m], marks[m], marks[m])
			o := res.Of("p")
			for b.Loop() {
				if e := ExplainPoint(p, res, o); e.Head == "" {
					b.Fatal("no explanation")
				}
			}
		})
	}
}
