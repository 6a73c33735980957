package domain

import (
	"slices"
	"testing"
	"time"
)

// planPilot has two units, three steps and nothing done.
func planPilot() *Pilot {
	p := NewPilot()
	p.Put(&Unit{Base: Base{ID: "u1"}, Name: "基建处", Head: "黄立"})
	p.Put(&Unit{Base: Base{ID: "u2"}, Name: "设备和实验室管理处"})
	p.Put(&Milestone{Base: Base{ID: "m1"}, No: 1, Content: "动员", Start: "2026-06-01", End: "2026-06-20", Artefacts: []string{"动员会会议记录（2份）"}})
	p.Put(&Milestone{Base: Base{ID: "m2"}, No: 2, Content: "公示风险点", Start: "2026-07-01", End: "2026-07-10", Artefacts: []string{"公示材料", "公示意见登记表", "修订记录"}})
	p.Put(&Milestone{Base: Base{ID: "m3"}, No: 3, Content: "公示措施", Start: "2026-09-21", End: "2026-09-30", Artefacts: []string{"公示材料", "请示"}})
	return p
}

func planOn(p *Pilot, day Date) *Plan {
	return &Plan{Pilot: p, Today: day, Result: func(no int) *RoundResult { return p.Assess(p.Round(no)) }}
}

func stands(t *testing.T, p *Pilot, no int, day Date) MilestoneState {
	t.Helper()
	for _, s := range planOn(p, day).All() {
		if s.Milestone.No == no {
			return s
		}
	}
	t.Fatalf("no step %d", no)
	return MilestoneState{}
}

// A step is finished by its papers: one mobilisation meeting is not enough for
// two departments, a planned one does not count, and dates decide the rest.
func TestStepIsFinishedByItsPapers(t *testing.T) {
	p := planPilot()
	for day, want := range map[Date]string{"2026-05-01": StandsAhead, "2026-05-25": StandsSoon, "2026-06-01": StandsRunning,
		"2026-06-20": StandsRunning, "2026-06-21": StandsLate} {
		if got := stands(t, p, 1, day); got.Stands != want {
			t.Errorf("%s: %s, want %s", day, got.Stands, want)
		}
	}
	p.Put(&Meeting{Base: Base{ID: "a"}, Type: MeetingMobilise, Unit: To("u1"), Date: "2026-06-05"})
	s := stands(t, p, 1, "2026-06-10")
	if s.Done() || s.Papers[0].Lack != "设备和实验室管理处没有动员会记录" {
		t.Errorf("after one meeting: %s, lacks %q", s.Stands, s.Papers[0].Lack)
	}
	p.Put(&Meeting{Base: Base{ID: "b"}, Type: MeetingMobilise, Unit: To("u2"), Date: "2026-06-12"})
	if s := stands(t, p, 1, "2026-06-10"); s.Done() {
		t.Error("a meeting of next week counts as held")
	}
	if s := stands(t, p, 1, "2026-06-12"); !s.Done() {
		t.Errorf("after both meetings: %s, lacks %v", s.Stands, s.Lacks())
	}
}

// A report of 已完成 is not decisive.
func TestReportedProgressDoesNotFinish(t *testing.T) {
	p := planPilot()
	m, _ := p.Milestones.ByKey("1")
	m = m.Clone().(*Milestone)
	m.Progress = "已完成"
	p.Put(m)
	if s := stands(t, p, 1, "2026-07-01"); s.Stands != StandsLate {
		t.Errorf("a tick finished the step: %s", s.Stands)
	}
}

// The second 公示材料 of the plan is of the second disclosure, and 请示 can only be
// filed.
func TestSecondDisclosureAndFiling(t *testing.T) {
	p := planPilot()
	p.Put(&Disclosure{Base: Base{ID: "d1"}, No: 1, Start: "2026-07-01", End: "2026-07-10"})
	s := stands(t, p, 3, "2026-09-25")
	if got := s.Lacks(); !slices.Equal(got, []string{"公示材料", "请示"}) {
		t.Errorf("lacks %v", got)
	}
	p.Put(&Disclosure{Base: Base{ID: "d2"}, No: 2, Start: "2026-09-21", End: "2026-09-30"})
	p.Put(&Artefact{Base: Base{ID: "f"}, Milestone: To("m3"), Name: "请示", Title: "关于…的请示", Date: "2026-09-20"})
	if s := stands(t, p, 3, "2026-09-25"); !s.Done() {
		t.Errorf("%s, lacks %v", s.Stands, s.Lacks())
	}
}

// Opinions must be decided and the adopted ones lead to a revision.
func TestOpinionsLeadToRevisions(t *testing.T) {
	p := planPilot()
	p.Put(&Disclosure{Base: Base{ID: "d1"}, No: 1, Start: "2026-07-01", End: "2026-07-10"})
	p.Put(&Opinion{Base: Base{ID: "o1", Code: "YJ-01"}, Disclosure: To("d1"), Content: "…", Decision: "采纳"})
	p.Put(&Opinion{Base: Base{ID: "o2", Code: "YJ-02"}, Disclosure: To("d1"), Content: "…"})
	lack := func(day Date, name string) string {
		s := stands(t, p, 2, day)
		for i := range s.Papers {
			if s.Papers[i].Name == name {
				return s.Papers[i].Lack
			}
		}
		t.Fatal(name)
		return ""
	}
	if got := lack("2026-07-10", "公示意见登记表"); got != "第1次公示到 2026-07-10 结束" {
		t.Errorf("while open: %q", got)
	}
	if got := lack("2026-07-11", "公示意见登记表"); got != "意见 YJ-02 没有处理结果" {
		t.Errorf("undecided: %q", got)
	}
	o, _ := p.Opinions.Get("o2")
	o = o.Clone().(*Opinion)
	o.Decision = "不采纳"
	p.Put(o)
	if got := lack("2026-07-11", "修订记录"); got != "采纳的意见 YJ-01 没有修订记录" {
		t.Errorf("unrevised: %q", got)
	}
	p.Put(&Revision{Base: Base{ID: "r1"}, Opinions: []Ref{To("o1")}, Point: Named("JJ-01")})
	if s := stands(t, p, 2, "2026-07-11"); !s.Done() {
		t.Errorf("%s, lacks %v", s.Stands, s.Lacks())
	}
}

// Every paper of the fourteen steps, as plans write them, has its rule or can
// only be filed.
func TestPapersFindTheirRule(t *testing.T) {
	for name, want := range map[string]string{"动员会会议记录（2份）": "mobilise", "会议纪要": "minutes", "领导小组名单": "leading", "课题小组名单及分工": "research-group",
		"试点工作方案": "plan", "工作流程梳理表": "workflow", "工作流程图": "workflow", "新版工作流程": "new-workflow", "新版流程": "new-workflow",
		"部门职权目录": "authorities", "岗位廉政风险点自查表": "self-assessment", "公示材料": "disclosure", "公示意见登记表": "opinions", "意见登记表": "opinions",
		"修订记录": "revisions", "调研记录": "research", "案例卡": "cases", "成因要素表": "factors", "评估指标体系": "indicators", "新版指标体系": "new-indicators",
		"预警等级方案": "scheme", "发布办法": "publishing", "评估评分表": "ratings", "评估汇总表": "ratings", "再评估评分表": "ratings", "预警清单": "ratings",
		"预警通知书": "notices", "防范措施表": "measures", "防范措施落实检查表": "inspection", "前后对比表": "comparison", "指标检验报告": "judge",
		"请示": "", "实施办法": "", "试点工作总结报告": "", "上报文": "", "签收单": ""} {
		got := ""
		if r := RuleOf(name); r != nil {
			got = r.Key
		}
		if got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestDaysBetween(t *testing.T) {
	if n := DaysBetween("2026-02-27", "2026-03-01"); n != 2 {
		t.Error(n)
	}
	if n := DaysBetween("2026-03-01", Date(time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC).Format("2006-01-02"))); n != -60 {
		t.Error(n)
	}
}

// Who is assessed does not assess.
func TestCanAssess(t *testing.T) {
	p := planPilot()
	p.Put(&Post{Base: Base{ID: "p1"}, Unit: To("u1"), Name: "造价管理员", People: []string{"胡明"}})
	p.Put(&Member{Base: Base{ID: "l1"}, Group: GroupLeading, Role: "组长", Name: "周正", Title: "党委副书记兼纪委书记"})
	p.Put(&Member{Base: Base{ID: "l2"}, Group: GroupLeading, Name: "胡明", Title: "工会委员"})
	for _, x := range []struct {
		name, title string
		unit        ID
		want        bool
	}{
		{"组长", "党委副书记兼纪委书记（组长）", "u1", true}, {"副组长（基建）", "副校长（分管基建）", "u1", true},
		{"审计处", "审计处处长", "u1", true}, {"黄立", "", "u1", false}, {"", "基建处处长", "u1", false}, {"", "基建处处长", "u2", true},
		{"基建处联络员", "", "u1", false}, {"设备处", "设备处处长", "u2", false}, {"工会", "工会委员", "u1", false}, {"胡明", "", "u2", true},
	} {
		ok, why := p.CanAssess(x.name, x.title, x.unit)
		if ok != x.want || ok == (why != "") {
			t.Errorf("%s %s for %s: %v %q", x.name, x.title, x.unit, ok, why)
		}
	}
}
