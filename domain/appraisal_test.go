package domain

import "testing"

func TestStandardAppraisalAddsUpTo100(t *testing.T) {
	total, sections := 0.0, map[string]float64{}
	for _, a := range StandardAppraisal {
		total += a.Full
		sections[a.Section] += a.Full
		if sections[a.Section] > a.SectionOf {
			t.Errorf("%s is above %g", a.Section, a.SectionOf)
		}
	}
	if total != 100 {
		t.Errorf("%g", total)
	}
	for _, a := range StandardAppraisal {
		if sections[a.Section] != a.SectionOf {
			t.Errorf("%s: lines of %g, section of %g", a.Section, sections[a.Section], a.SectionOf)
		}
	}
}

func TestGradeNeedsEveryLineConfirmed(t *testing.T) {
	p := NewPilot()
	put := func(id ID, full, confirmed float64, given bool) {
		p.Put(&Appraisal{Base: Base{ID: id}, Unit: To("u"), Section: "甲", Content: string(id), Full: full, Self: Number{full, true}, Confirmed: Number{confirmed, given}})
	}
	for _, c := range []struct {
		first, second float64
		given         bool
		want          string
	}{{54, 36, true, "优秀"}, {54, 35.9, true, "良好"}, {50, 30, true, "良好"}, {40, 20, true, "合格"}, {30, 29.9, true, "不合格"}, {60, 0, false, ""}} {
		put("a", 60, c.first, true)
		put("b", 40, c.second, c.given)
		total, sections := p.AppraisalOf("u")
		if total.Grade() != c.want || total.Full != 100 || total.Self != 100 || len(sections) != 1 {
			t.Errorf("%v: %q, %+v", c, total.Grade(), total)
		}
	}
	if err := (&Appraisal{Full: 8, Confirmed: Number{8.5, true}}).CheckScore(); err == nil {
		t.Error("a score above the full one")
	}
}
