package domain

import (
	"slices"
	"strings"
	"testing"
)

// Every table is whole: it names its states, reaches all of them, decides each
// event in a state once, and a refusal says why.
func TestLivesAreWhole(t *testing.T) {
	for _, m := range Machines() {
		reached := map[string]bool{m.States[0]: true}
		seen := map[[2]string]bool{}
		for range m.States {
			for _, v := range m.Moves {
				if v.Refusal == "" && reached[v.From] {
					reached[v.To] = true
				}
			}
		}
		for _, s := range m.States {
			// a measure may be checked before it is embedded, and so on: all reach all they name
			if !reached[s] {
				t.Errorf("%s: nothing leads to %s", m.Kind, s)
			}
		}
		for _, v := range m.Moves {
			if seen[[2]string{v.From, v.Event}] {
				t.Errorf("%s: %s in %s is decided twice", m.Kind, v.Event, v.From)
			}
			seen[[2]string{v.From, v.Event}] = true
			if !slices.Contains(m.States, v.From) || v.Refusal == "" && !slices.Contains(m.States, v.To) {
				t.Errorf("%s: %+v names no state", m.Kind, v)
			}
			if v.Refusal != "" && v.To != "" {
				t.Errorf("%s: %+v is refused and leads somewhere", m.Kind, v)
			}
			if !strings.Contains(m.Drawing(), v.From) {
				t.Errorf("%s: %s is not drawn", m.Kind, v.From)
			}
		}
	}
}

func TestRefusedEventsSayWhy(t *testing.T) {
	for _, c := range []struct {
		m           *Machine
		from, event string
		want        string // "" = allowed
	}{
		{WarningLife, WarningIssued, EventReply, ""},
		{WarningLife, WarningIssued, EventRelease, "先登记回告"},
		{WarningLife, WarningReplied, EventReply, "等复核"},
		{WarningLife, WarningReleased, EventRaise, "已经解除"},
		{WarningLife, WarningProposed, EventRelease, "现在可以：签发"},
		{WorkflowLife, WorkflowRevised, EventEdit, "不能再改"},
		{DisclosureLife, DisclosureOpen, EventAmend, "另发一次公示"},
		{OpinionLife, OpinionNew, EventAnswer, "先作出决定"},
		{RoundLife, RoundFrozen, EventScore, "已经定稿"},
		{MeasureLife, ResultDone, EventDelete, "检查记录要留着"},
		{PointLife, string(PointMerged), EventMerge, "已经并入"},
	} {
		_, err := c.m.Next(c.from, c.event)
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s %s: %v", c.from, c.event, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s %s: %v, want a sentence with %q", c.from, c.event, err, c.want)
		}
	}
}

func TestIssuedWarningCannotBeAltered(t *testing.T) {
	issued := &Warning{Base: Base{ID: "w", Code: "廉预警〔2026〕1号"}, Point: To("p"), Level: "红", Severity: 3, Basis: "依据", Issued: "2026-08-25",
		ReplyBy: "2026-08-28", State: WarningIssued}
	change := func(f func(*Warning)) error {
		n := issued.Clone().(*Warning)
		f(n)
		return CheckIssuedWarning(issued, n)
	}
	reply := WarningAction{Event: EventReply, Date: "2026-08-27", By: "基建处", Text: "已整改"}
	for name, f := range map[string]func(*Warning){
		"level": func(w *Warning) { w.Level = "黄" }, "number": func(w *Warning) { w.Code = "廉预警〔2026〕2号" },
		"basis": func(w *Warning) { w.Basis = "" }, "deadline": func(w *Warning) { w.ReplyBy = "2026-09-28" },
		"point": func(w *Warning) { w.Point = To("q") }, "state alone": func(w *Warning) { w.State = WarningReleased },
		"out of turn": func(w *Warning) {
			w.Actions, w.State = []WarningAction{{Event: EventRelease, Date: "2026-09-01"}}, WarningReleased
		},
		"wrong state": func(w *Warning) { w.Actions, w.State = []WarningAction{reply}, WarningPassed },
	} {
		if change(f) == nil {
			t.Errorf("%s could be altered", name)
		}
	}
	if err := change(func(w *Warning) { w.Actions, w.State = []WarningAction{reply}, WarningReplied }); err != nil {
		t.Errorf("a reply is refused: %v", err)
	}
	if CheckIssuedWarning(issued, nil) == nil {
		t.Error("an issued warning could be deleted")
	}
	replied := issued.Clone().(*Warning)
	replied.Actions, replied.State = []WarningAction{reply}, WarningReplied
	cut := issued.Clone().(*Warning)
	if CheckIssuedWarning(replied, cut) == nil {
		t.Error("the history could be cut")
	}
}

func TestWarningDeadlinesAndUnmet(t *testing.T) {
	w := &Warning{ReplyBy: "2026-08-28", FixBy: "2026-10-10", State: WarningIssued}
	if w.Overdue("2026-08-28") != "" || w.Overdue("2026-08-29") != "回告" {
		t.Error("a reply is overdue from the day after its deadline")
	}
	w.Actions = append(w.Actions, WarningAction{Event: EventExtend, Date: "2026-08-27", ReplyBy: "2026-09-03"})
	if w.ReplyDue() != "2026-09-03" || w.FixDue() != "2026-10-10" || w.Overdue("2026-08-29") != "" {
		t.Error("an extension moves the deadline it names")
	}
	w.Actions = append(w.Actions, WarningAction{Event: EventReply, Date: "2026-09-02"}, WarningAction{Event: EventReturn, Date: "2026-09-04", ReplyBy: "2026-09-09"})
	w.State = WarningReturned
	if w.Unmet("2026-09-05") != 1 || w.Unmet("2026-09-10") != 2 {
		t.Errorf("unmet %d and %d, want 1 and 2", w.Unmet("2026-09-05"), w.Unmet("2026-09-10"))
	}
	w.State = WarningPassed
	if w.Overdue("2027-01-01") != "" {
		t.Error("nothing is overdue once the review passed")
	}
}
