package disclose_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lianshao/app"
	"lianshao/app/disclose"
	"lianshao/app/edit"
	"lianshao/app/report"
	"lianshao/domain"
	"lianshao/storage/sampletest"
)

const today = domain.Date("2026-07-01")

// open is a session on the sample pilot without its notices, as before step 5.
func open(t *testing.T) *app.Session {
	t.Helper()
	s := sampletest.Open(t, func() time.Time { return today.Time() })
	for _, x := range slices.Clone(s.Pilot.Disclosures.All()) {
		s.Pilot.Disclosures.Delete(x.ID)
	}
	for _, x := range slices.Clone(s.Pilot.Opinions.All()) {
		s.Pilot.Opinions.Delete(x.ID)
	}
	return s
}

func do(t *testing.T, s *app.Session, cmd app.Command) {
	t.Helper()
	if err := s.Do(cmd); err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, s *app.Session, cmd app.Command, want string) {
	t.Helper()
	before := s.Pilot.Revisions.Len() + s.Pilot.Disclosures.Len() + s.Pilot.Opinions.Len()
	err := s.Do(cmd)
	if err == nil || !strings.Contains(app.Sentence(err), want) {
		t.Errorf("error %v, want one with %q", err, want)
	}
	if s.Pilot.Revisions.Len()+s.Pilot.Disclosures.Len()+s.Pilot.Opinions.Len() != before {
		t.Error("something changed all the same")
	}
}

// disclosed starts a notice.
func disclosed(t *testing.T, s *app.Session, measures bool) *domain.Disclosure {
	t.Helper()
	do(t, s, disclose.Draft("", disclose.Propose(s.Pilot, measures, today), s.NewID))
	all := s.Pilot.Disclosures.All()
	d := all[len(all)-1]
	do(t, s, disclose.Start(d.ID, disclose.Act{Date: d.Start, By: "办公室"}))
	d, _ = s.Pilot.Disclosures.Get(d.ID)
	return d
}

func point(s *app.Session, code string) *domain.RiskPoint {
	r, _ := s.Pilot.RiskPoints.ByKey(code)
	return r
}

func target(t *testing.T, s *app.Session, r *domain.RiskPoint, label string) disclose.Target {
	t.Helper()
	for _, x := range disclose.Targets(s.Pilot, r) {
		if x.Label() == label {
			return x
		}
	}
	t.Fatalf("%s has no target %s", r.Code, label)
	return disclose.Target{}
}

// The days of a notice are proposed from the plan, and are working days by the table
// of holidays.
func TestProposedTerms(t *testing.T) {
	s := open(t)
	one, two := disclose.Propose(s.Pilot, false, today), disclose.Propose(s.Pilot, true, today)
	if one.Start != "2026-07-01" || one.End != "2026-07-10" || two.Start != "2026-09-21" || two.End != "2026-09-30" {
		t.Errorf("points %s–%s, measures %s–%s", one.Start, one.End, two.Start, two.End)
	}
	for _, c := range []struct {
		change func(*disclose.Terms)
		want   string
	}{
		{func(x *disclose.Terms) { x.End = "2026-06-30" }, "早于"},
		{func(x *disclose.Terms) { x.Start, x.End = "2026-10-01", "2026-10-04" }, "没有工作日"}, // National Day
		{func(x *disclose.Terms) { x.Scope = " " }, "公示范围"},
		{func(x *disclose.Terms) { x.Contact = "" }, "怎样反映"},
		{func(x *disclose.Terms) { x.Anon = "P7" }, "P7"},
		{func(x *disclose.Terms) { x.ReplyDays = 0 }, "答复期限"},
	} {
		x := one
		c.change(&x)
		refused(t, s, disclose.Draft("", x, s.NewID), c.want)
	}
}

// A notice keeps its words from the day it starts, is never changed or undone, and is
// corrected by a later one that names it.
func TestNoticeIsAnIssuedPaper(t *testing.T) {
	s := open(t)
	d := disclosed(t, s, false)
	if d.Life() != domain.DisclosureOpen || len(d.Shown) != len(s.Pilot.ActivePoints()) {
		t.Fatalf("%s with %d points", d.Life(), len(d.Shown))
	}
	if _, can := s.CanUndo(); can {
		t.Error("a started notice can be undone")
	}
	terms := disclose.TermsOf(d)
	terms.Scope = "部分教职工"
	refused(t, s, disclose.Draft(d.ID, terms, s.NewID), "另发一次公示")
	refused(t, s, edit.SetCells(edit.Cell{Kind: domain.KindDisclosure, ID: d.ID, Field: "scope", Text: "全市"}), "不能再改")
	refused(t, s, edit.Delete(domain.KindDisclosure, d.ID), "不能删除")
	refused(t, s, disclose.Take(d.ID, domain.EventFinish, disclose.Act{Date: today}), "还没有截止")
	refused(t, s, disclose.Take(d.ID, domain.EventEnd, disclose.Act{Date: "2026-07-05"}), "2026-07-10")
	refused(t, s, disclose.Take(d.ID, domain.EventWithdraw, disclose.Act{Date: today}), "理由")
	do(t, s, disclose.Correct(d.ID, terms, disclose.Act{Date: "2026-07-02", By: "办公室", Text: "范围写错"}, s.NewID))
	old, _ := s.Pilot.Disclosures.Get(d.ID)
	next := s.Pilot.LatestDisclosure(d.No)
	if old.Life() != domain.DisclosureCorrected || next.Follows.ID != old.ID || next.Scope != "部分教职工" || next.Life() != domain.DisclosureOpen {
		t.Fatalf("old %s, next %+v", old.Life(), next)
	}
	in := report.Input{Pilot: s.Pilot, Today: today}
	if text := strings.Join(report.DisclosureTable(in, next, report.Options{}).Opening, ""); !strings.Contains(text, "更正第一次公示") {
		t.Errorf("the correction does not name what it corrects: %s", text)
	}
	refused(t, s, disclose.Take(old.ID, domain.EventEnd, disclose.Act{Date: "2026-07-10"}), "已由后一次更正")
}

// An opinion goes from registration over decision and answer to a revision that shows
// before and after, names it, and changes the point in one operation.
func TestOpinionLeadsToRevision(t *testing.T) {
	s := open(t)
	d := disclosed(t, s, false)
	pt := point(s, "JJ-03")
	refused(t, s, edit.SetCells(edit.Cell{Kind: domain.KindRiskPoint, ID: pt.ID, Field: "description", Text: "改了"}), "改动要有依据")
	do(t, s, disclose.Register(disclose.Heard{Disclosure: d.ID, Received: "2026-07-02", Channel: "意见箱", Points: []domain.ID{pt.ID}, Content: "应写明装修项目"}, s.NewID))
	o := s.Pilot.Opinions.All()[0]
	if o.From != "匿名" || o.Code != "YJ-01" || o.State() != domain.OpinionNew {
		t.Fatalf("registered %+v", o)
	}
	if due := app.ReplyDue(s.Pilot, app.CalendarOf(s.Pilot), o); due != "2026-07-16" {
		t.Errorf("an answer is due %s, ten working days after 2 July are 16 July", due)
	}
	if late := app.LateOpinions(s.Pilot, "2026-07-17"); len(late) != 1 || len(app.LateOpinions(s.Pilot, "2026-07-16")) != 0 {
		t.Errorf("late %v", late)
	}
	e := disclose.Edit{Point: pt.ID, Target: target(t, s, pt, "表现形式"), After: "拆分装修项目，规避招标", Opinions: []domain.ID{o.ID}, Date: "2026-07-12", By: "领导小组"}
	refused(t, s, disclose.Revise(e, s.NewID), "还没有决定是否采纳")
	refused(t, s, disclose.Answer(o.ID, disclose.Reply{Date: "2026-07-12", By: "基建处", Text: "张榜答复"}), "先作出决定")
	refused(t, s, disclose.Decide(o.ID, "不采纳", ""), "理由")
	do(t, s, disclose.Decide(o.ID, "不采纳", "已有表述"))
	refused(t, s, disclose.Revise(e, s.NewID), "不能作为修订的依据")
	do(t, s, disclose.Decide(o.ID, "采纳", ""))
	none := e
	none.Opinions = nil
	refused(t, s, disclose.Revise(none, s.NewID), "修订要有依据")
	do(t, s, disclose.Revise(e, s.NewID))
	all := s.Pilot.Revisions.All()
	r := all[len(all)-1]
	if r.Before != pt.Description || r.After != "拆分装修项目，规避招标" || r.Opinions[0].ID != o.ID || r.Disclosure.ID != d.ID {
		t.Errorf("recorded %+v", r)
	}
	if now := point(s, "JJ-03"); now.Description != "拆分装修项目，规避招标" {
		t.Errorf("the point says %s", now.Description)
	}
	if err := s.Undo(); err != nil || point(s, "JJ-03").Description != pt.Description {
		t.Errorf("text and record go back together: %v", err)
	}
	do(t, s, disclose.Revise(e, s.NewID))
	do(t, s, disclose.Answer(o.ID, disclose.Reply{Date: "2026-07-13", By: "基建处", Text: "张榜答复"}))
	refused(t, s, disclose.Decide(o.ID, "不采纳", "反悔"), "已经答复")
	refused(t, s, edit.SetCells(edit.Cell{Kind: domain.KindOpinion, ID: o.ID, Field: "decision", Text: "不采纳"}), "已经答复")
	do(t, s, disclose.Take(d.ID, domain.EventEnd, disclose.Act{Date: "2026-07-11"}))
	do(t, s, disclose.Take(d.ID, domain.EventFinish, disclose.Act{Date: "2026-07-20"}))
	// the notice still says what it said
	d, _ = s.Pilot.Disclosures.Get(d.ID)
	for _, x := range d.Shown {
		if x.Point == pt.ID && x.Description != pt.Description {
			t.Errorf("the issued notice now says %s", x.Description)
		}
	}
}

// Every part that can be revised is carried out and recorded.
func TestEveryTarget(t *testing.T) {
	s := open(t)
	disclosed(t, s, false)
	two := disclosed(t, s, true)
	pt := point(s, "SB-02")
	m := s.Pilot.Measures.By(domain.ByPoint, pt.ID)[0]
	refused(t, s, edit.SetCells(edit.Cell{Kind: domain.KindMeasure, ID: m.ID, Field: "content", Text: "改了"}), "第2次公示")
	revise := func(label, after string) {
		t.Helper()
		now := point(s, "SB-02")
		do(t, s, disclose.Revise(disclose.Edit{Point: now.ID, Target: target(t, s, now, label), After: after, Reason: "审定", Date: today}, s.NewID))
	}
	revise("防范措施第1条", "论证专家从库中随机抽取")
	revise("新增一条防范措施", "论证意见公开")
	revise("责任人", "实验室建设科长")
	n, _ := s.Pilot.Measures.Get(m.ID)
	ms := s.Pilot.Measures.By(domain.ByPoint, pt.ID)
	if n.Content != "论证专家从库中随机抽取" || ms[len(ms)-1].Content != "论证意见公开" || point(s, "SB-02").Owner != "实验室建设科长" {
		t.Errorf("measures %v, owner %s", ms, point(s, "SB-02").Owner)
	}
	revise(fmt.Sprintf("删去防范措施第%d条", ms[len(ms)-1].No), "")
	if got := len(s.Pilot.Measures.By(domain.ByPoint, pt.ID)); got != len(ms)-1 {
		t.Errorf("%d measures after dropping one of %d", got, len(ms))
	}
	revise("并入另一个风险点", "SB-03")
	if now := point(s, "SB-02"); now.Status != domain.PointMerged || now.MergedInto.ID != point(s, "SB-03").ID {
		t.Errorf("%+v", now)
	}
	all := s.Pilot.Revisions.All()
	if r := all[len(all)-1]; r.Type != domain.RevisionMerge || r.Reason != "审定" {
		t.Errorf("recorded %+v", r)
	}
	if r := s.Pilot.Revisions.By(domain.ByPoint, pt.ID); len(r) < 5 || r[len(r)-2].Disclosure.ID != two.ID && r[len(r)-3].Disclosure.ID != two.ID {
		t.Errorf("%d revisions", len(r))
	}
}

// A notice that would give something away does not start, and says what and where.
func TestLeakStopsTheNotice(t *testing.T) {
	s := open(t)
	pt := point(s, "JJ-03")
	for _, c := range []struct{ text, want string }{
		{"该点风险指数 " + score(t, s) + "，需重点防范", "评估得分"},
		{s.Pilot.Intelligence.All()[0].Summary, "风险信息"},
	} {
		do(t, s, edit.SetCells(edit.Cell{Kind: domain.KindRiskPoint, ID: pt.ID, Field: "description", Text: c.text}))
		do(t, s, disclose.Draft("", disclose.Propose(s.Pilot, false, today), s.NewID))
		all := s.Pilot.Disclosures.All()
		d := all[len(all)-1]
		refused(t, s, disclose.Start(d.ID, disclose.Act{Date: today}), c.want)
		do(t, s, edit.Delete(domain.KindDisclosure, d.ID))
	}
	name := s.Pilot.Members.All()[0].Name
	do(t, s, edit.SetCells(edit.Cell{Kind: domain.KindRiskPoint, ID: pt.ID, Field: "description", Text: name + "拆分项目"}))
	d := disclosed(t, s, false)
	paper, _ := report.PaperByID("disclosure")
	tables, err := paper.Sheets(report.Input{Pilot: s.Pilot, Today: today}, report.Options{Record: d.ID})
	if err != nil {
		t.Fatal(err)
	}
	if text := fmt.Sprint(tables[0].Rows); strings.Contains(text, name) || !strings.Contains(text, "某某拆分项目") {
		t.Errorf("the name %s is not masked", name)
	}
}

func score(t *testing.T, s *app.Session) string {
	t.Helper()
	for _, o := range s.Result(1).Points {
		if o.Complete {
			return fmt.Sprintf("%.2f", o.Index)
		}
	}
	t.Fatal("no score")
	return ""
}
