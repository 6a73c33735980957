package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"lianshao/app"
	"lianshao/app/intake"
	"lianshao/domain"
)

// A row that changes what was published is refused at its cell; the other rows of the
// file come in, and the import is accepted.
func TestPublishedTextsAreRefusedRowByRow(t *testing.T) {
	p := domain.NewPilot()
	first := tableBook("基建处.xlsx", monday, "基建处", "JJ-01|基建处|虚签|多签工程量|3|4|科长|1.影像留痕", "JJ-02|基建处|围标|失察|2|2||1.抽查")
	p.Apply(planBooks(p, intake.Env{}, first).Changes)
	for no, subject := range []string{domain.SubjectPoints, domain.SubjectMeasures} {
		d := &domain.Disclosure{No: no + 1, Subject: subject, State: domain.DisclosureOpen, Start: "2026-07-01", End: "2026-07-10"}
		d.SetBase(domain.ID(subject), "")
		p.Put(d)
	}
	again := tableBook("基建处.xlsx", monday, "基建处", "JJ-01|基建处|虚签|改写的表现形式|5|4|科长|1.影像留痕", "JJ-02|基建处|围标|失察|4|2||1.抽查",
		"JJ-03|基建处|倒签|补签日期|1|1||")
	n := 0
	fresh := func() domain.ID { n++; return domain.ID(fmt.Sprint("new", n)) }
	pl := intake.NewPlan(p, intake.Analyse([]*intake.Book{again}, intake.Options{}), intake.Env{IDs: fresh, Year: 2026})
	s := pl.Report.Files[0].Sheets[0]
	if s.Read != 3 || s.Refused != 1 || s.Changed != 1 || s.New != 1 || len(s.Errors) != 1 {
		t.Fatalf("%+v", s)
	}
	if e := s.Errors[0]; e.Cell != "D4" || e.Value != "改写的表现形式" || !strings.Contains(e.Message, "改动要有依据") {
		t.Errorf("%+v", e)
	}
	if why := app.Refusals(p, pl.Changes); len(why) != 0 {
		t.Errorf("still refused: %v", why)
	}
	now := after(t, p, pl)
	one, _ := now.RiskPoints.ByKey("JJ-01")
	two, _ := now.RiskPoints.ByKey("JJ-02")
	if one.Description != "多签工程量" || one.Likelihood != 3 || two.Likelihood != 4 || now.RiskPoints.Len() != 3 {
		t.Errorf("JJ-01 %+v, JJ-02 %+v", one, two)
	}
	measure := tableBook("基建处.xlsx", monday, "基建处", "JJ-02|基建处|围标|失察|2|2||1.不抽查")
	if s := planBooks(p, intake.Env{}, measure).Report.Files[0].Sheets[0]; s.Refused != 1 || s.Errors[0].Cell != "H4" {
		t.Errorf("a changed measure: %+v", s)
	}
}
