package app

import (
	"strings"
	"testing"

	"lianshao/domain"
)

// What cannot be said of a round is said in one sentence each, without a NaN: one
// assessor, no scores, everybody alike, one point.
func TestAgreementThatCannotBeComputed(t *testing.T) {
	type marks = []domain.Mark
	for what, rows := range map[string][]marks{"one assessor": {{5, 4, 2}}, "no scores": {{0, 0, 0}, {0, 0, 0}}, "no assessor": nil, "one point": {{5, 4, 2}, {3, 3, 3}}} {
		p, res := oneRound(domain.Rule{}, preset(0, domain.BasisIndex), rows...)
		c := RoundConsensus(p, res)
		for name, why := range map[string]string{"W": c.NoKendall, "ICC": c.NoICC, "κ": c.NoFleiss} {
			if strings.Count(why, "。") != 1 || !strings.HasSuffix(why, "。") {
				t.Errorf("%s, %s: %q", what, name, why)
			}
		}
		if all := strings.Join(c.Sentences(), ""); strings.Contains(all, "NaN") || strings.Contains(all, "Inf") {
			t.Errorf("%s: %s", what, all)
		}
	}
}

// A point without scores says what is missing, and has neither level nor number.
func TestUnscoredPointExplainsItself(t *testing.T) {
	p, res := oneRound(domain.Rule{}, preset(0, domain.BasisIndex), []domain.Mark{5, 0, domain.Abstained})
	e := ExplainPoint(p, res, res.Of("p"))
	all := strings.Join(e.Sentences(), "")
	if !strings.HasPrefix(e.Head, "评分不齐，不能定级：") || strings.Contains(all, "NaN") || res.Of("p").Level.Label != "" {
		t.Errorf("%q", all)
	}
}

// A mark off the scale does not count: 6 on 1–5 is no score, here as in the editor.
func TestMarkOffTheScaleDoesNotCount(t *testing.T) {
	_, res := oneRound(domain.Rule{}, preset(0, domain.BasisIndex), []domain.Mark{5, 4, 2}, []domain.Mark{6, 4, 2})
	if o := res.Of("p"); o.Counts[0] != 1 || o.Means[0] != 5 {
		t.Errorf("%d marks, mean %v", o.Counts[0], o.Means[0])
	}
}
