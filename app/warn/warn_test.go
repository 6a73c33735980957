package warn_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"lianshao/app"
	"lianshao/app/warn"
	"lianshao/domain"
	"lianshao/storage/sampletest"
)

const today = domain.Date("2026-08-25")

// open is a session on the sample pilot.
func open(t *testing.T) *app.Session {
	t.Helper()
	return sampletest.Open(t, func() time.Time { return today.Time() })
}

func do(t *testing.T, s *app.Session, cmd app.Command) {
	t.Helper()
	if err := s.Do(cmd); err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, s *app.Session, cmd app.Command, want string) {
	t.Helper()
	before := s.Pilot.Warnings.Len()
	err := s.Do(cmd)
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error %v, want one with %q", err, want)
	}
	if s.Pilot.Warnings.Len() != before {
		t.Error("something changed all the same")
	}
}

// issued signs all proposals of the first round and returns one of a level.
func issued(t *testing.T, s *app.Session, level string) *domain.Warning {
	t.Helper()
	do(t, s, warn.IssueRound(s.Result(1), today, s.NewID))
	for _, w := range s.Pilot.Warnings.All() {
		if w.Level == level {
			return w
		}
	}
	t.Fatalf("no %s warning", level)
	return nil
}

func again(s *app.Session, w *domain.Warning) *domain.Warning {
	n, _ := s.Pilot.Warnings.Get(w.ID)
	return n
}

func TestProposalsCoverRoundRulesAndTrends(t *testing.T) {
	s := open(t)
	res := s.Result(1)
	all := warn.Proposals(s.Pilot, res)
	points := map[domain.ID]bool{}
	raised := 0
	for _, x := range all {
		if points[x.Point.ID] {
			t.Errorf("%s is proposed twice", x.Point.Code)
		}
		points[x.Point.ID] = true
		if x.Basis == "" || x.Level.Severity == 0 || len(x.Sources) == 0 {
			t.Errorf("%s: %+v has no basis or level", x.Point.Code, x)
		}
		if slices.Contains(x.Sources, domain.SourceTrend) || slices.Contains(x.Sources, domain.SourceRule) {
			raised++
			if o := res.Of(x.Point.ID); o.Complete && x.Level.Severity <= o.Level.Severity {
				t.Errorf("%s is raised to %s, which the round says anyway", x.Point.Code, x.Level.Label)
			}
		}
	}
	for _, d := range warn.OfRound(s.Pilot, res) {
		if !points[d.Outcome.Point.ID] {
			t.Errorf("%s is due in the round but not proposed", d.Outcome.Point.Code)
		}
	}
	if raised == 0 {
		t.Error("the sample's monitors raise nothing")
	}
	letters := make([]warn.Letter, len(all))
	for i, x := range all {
		letters[i] = x.Letter(today)
	}
	do(t, s, warn.Issue(letters, s.NewID))
	if left := warn.Proposals(s.Pilot, res); len(left) != 0 {
		t.Errorf("%d are still proposed when all are issued", len(left))
	}
	if _, can := s.CanUndo(); can {
		t.Error("issuing can be undone")
	}
}

func TestLifeOfAWarning(t *testing.T) {
	s := open(t)
	w := issued(t, s, "红")
	if w.ReplyBy != "2026-08-28" || w.Code != "廉预警〔2026〕1号" {
		t.Errorf("issued as %s with a reply by %s", w.Code, w.ReplyBy)
	}
	refused(t, s, warn.Take(w.ID, domain.EventRelease, warn.Act{Date: "2026-08-26", By: "组长", Text: "好了"}), "先登记回告")
	refused(t, s, warn.Take(w.ID, domain.EventReply, warn.Act{Date: "2026-08-26", By: "基建处"}), "回告内容")
	refused(t, s, warn.Take(w.ID, domain.EventReply, warn.Act{Date: "2026-08-01", By: "基建处", Text: "x"}), "早于")
	refused(t, s, warn.Take(w.ID, domain.EventExtend, warn.Act{Date: "2026-08-26", By: "组长", Text: "工期", ReplyBy: "2026-08-27"}), "晚于")
	do(t, s, warn.Take(w.ID, domain.EventExtend, warn.Act{Date: "2026-08-26", By: "组长", Text: "负责人出差", ReplyBy: "2026-09-02"}))
	do(t, s, warn.Take(w.ID, domain.EventReply, warn.Act{Date: "2026-09-01", By: "基建处", Text: "剖析、承诺、整改措施"}))
	do(t, s, warn.Take(w.ID, domain.EventReturn, warn.Act{Date: "2026-09-03", By: "纪检办", Text: "没有留痕", ReplyBy: "2026-09-08"}))
	refused(t, s, warn.Raise(w.ID, s.Result(1).Scheme, warn.Act{Date: "2026-09-04", By: "组长", Text: "x"}, s.NewID), "未达要求 1 次")
	do(t, s, warn.Take(w.ID, domain.EventReply, warn.Act{Date: "2026-09-07", By: "基建处", Text: "补了留痕"}))
	do(t, s, warn.Take(w.ID, domain.EventPass, warn.Act{Date: "2026-09-09", By: "纪检办", Text: "合格"}))
	do(t, s, warn.Take(w.ID, domain.EventRelease, warn.Act{Date: "2026-10-09", By: "组长", Text: "再评估降为黄，检查合格"}))
	w = again(s, w)
	if w.State != domain.WarningReleased || len(w.Actions) != 6 || w.Released != "2026-10-09" {
		t.Errorf("ends as %s with %d actions", w.State, len(w.Actions))
	}
	refused(t, s, warn.Take(w.ID, domain.EventReply, warn.Act{Date: "2026-10-10", By: "x", Text: "x"}), "已经解除")
}

func TestRaisingAndCorrectingNameThePaper(t *testing.T) {
	s := open(t)
	scheme := s.Result(1).Scheme
	w := issued(t, s, "橙")
	for _, day := range []domain.Date{"2026-08-27", "2026-09-07"} {
		do(t, s, warn.Take(w.ID, domain.EventReply, warn.Act{Date: day, By: "基建处", Text: "已整改"}))
		do(t, s, warn.Take(w.ID, domain.EventReturn, warn.Act{Date: day, By: "纪检办", Text: "没有落实"}))
	}
	do(t, s, warn.Raise(w.ID, scheme, warn.Act{Date: "2026-09-10", By: "组长", Text: "两次整改未落实"}, s.NewID))
	old := again(s, w)
	last := old.Actions[len(old.Actions)-1]
	up, ok := s.Pilot.Warnings.Get(last.Paper.ID)
	if old.State != domain.WarningRaised || !ok || up.Level != "红" || up.Follows.ID != w.ID || up.Code == w.Code {
		t.Fatalf("raised to %+v", up)
	}
	if len(old.Actions) != 5 {
		t.Errorf("the raised warning keeps %d actions of 5", len(old.Actions))
	}
	refused(t, s, warn.Raise(up.ID, scheme, warn.Act{Date: "2026-10-30", By: "组长", Text: "x"}, s.NewID), "未达要求")
	l := warn.LetterOf(scheme, up)
	l.Signer = "副组长"
	do(t, s, warn.Correct(up.ID, l, warn.Act{Date: "2026-09-11", By: "组长", Text: "签发人写错"}, s.NewID))
	fixed := again(s, up)
	next, _ := s.Pilot.Warnings.Get(fixed.Actions[0].Paper.ID)
	if fixed.State != domain.WarningCorrected || fixed.Signer == "副组长" || next.Signer != "副组长" || next.Follows.ID != up.ID {
		t.Errorf("corrected: old %+v, new %+v", fixed, next)
	}
	for _, d := range warn.OfRound(s.Pilot, s.Result(1)) {
		if d.Outcome.Point.ID == w.Point.ID && d.Issued.ID != next.ID {
			t.Errorf("the round shows %s, not the corrected paper", d.Issued.Code)
		}
	}
}

// A later round's paper takes over from the open one of the round before.
func TestNextRoundContinues(t *testing.T) {
	s := open(t)
	issued(t, s, "红")
	first := s.Pilot.Warnings.Len()
	do(t, s, warn.IssueRound(s.Result(2), "2026-11-02", s.NewID))
	follow := 0
	for _, w := range s.Pilot.Warnings.All() {
		if w.Round != 2 {
			continue
		}
		if old, ok := s.Pilot.Warnings.Get(w.Follows.ID); ok {
			follow++
			if old.Open() {
				t.Errorf("%s is open beside %s", old.Code, w.Code)
			}
		}
	}
	if follow == 0 || s.Pilot.Warnings.Len() <= first {
		t.Error("the second round continues nothing")
	}
}

func TestIntelligenceProposes(t *testing.T) {
	s := open(t)
	info := s.Pilot.Intelligence.All()[0]
	pt := s.Pilot.ActivePoints()[0]
	x, ok := warn.FromIntelligence(s.Pilot, s.Result(1), info, pt)
	if !ok || !strings.Contains(x.Basis, info.Code) {
		t.Fatalf("%+v", x)
	}
	do(t, s, warn.Issue([]warn.Letter{x.Letter(today)}, s.NewID))
	w := s.Pilot.Warnings.All()[0]
	if w.Info.ID != info.ID || w.Sources != domain.SourceIntelligence {
		t.Errorf("%+v", w)
	}
}

// Whatever plans it, what is issued is not altered.
func TestGuardKeepsIssuedPapers(t *testing.T) {
	s := open(t)
	w := issued(t, s, "红")
	alter := app.Edit(domain.Op{Name: "import"}, func(d *domain.Pilot) error {
		n := w.Clone().(*domain.Warning)
		n.Level = "蓝"
		d.Warnings.Put(n)
		return nil
	})
	refused(t, s, alter, "签发的内容不能修改")
	remove := app.Edit(domain.Op{Name: "delete"}, func(d *domain.Pilot) error { d.Warnings.Delete(w.ID); return nil })
	refused(t, s, remove, "不能删除")
	point := app.Edit(domain.Op{Name: "delete"}, func(d *domain.Pilot) error { d.RiskPoints.Delete(w.Point.ID); return nil })
	refused(t, s, point, "有已签发的预警")
}

func TestBasisNamesWhatRaisedTheLevel(t *testing.T) {
	res := &domain.RoundResult{Round: &domain.Assessment{No: 1, Name: "首次评估"},
		Scheme: &domain.LevelScheme{Overrides: []domain.Override{{When: domain.TriggerCategory, Of: "业务流程", Level: "橙"}}}}
	o := &domain.PointOutcome{Outcome: domain.Outcome{Raised: 1, Level: domain.Level{Label: "橙"}}}
	if basis := warn.Basis(res, o); basis != "首次评估风险指数 0.00，因风险类别为“业务流程”提为“橙”级" {
		t.Error(basis)
	}
}
