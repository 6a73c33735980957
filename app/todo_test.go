package app_test

import (
	"fmt"
	"strings"
	"testing"

	"lianshao/app"
	"lianshao/domain"
)

// todoPilot has one red, one yellow and one blue point.
func todoPilot() (*domain.Pilot, *domain.RoundResult) {
	p := domain.NewPilot()
	scheme := &domain.LevelScheme{Base: domain.Base{ID: "s"}, Name: "方案", Basis: domain.BasisIndex, Levels: []domain.Level{
		{Label: "红", Severity: 3, Min: 80}, {Label: "黄", Severity: 1, Min: 40}, {Label: "蓝", Severity: 0}}}
	p.Put(scheme)
	res := &domain.RoundResult{Round: &domain.Assessment{No: 1, Name: "首次评估"}, Scheme: scheme}
	for i, index := range []float64{90, 50, 10} {
		id := domain.ID(fmt.Sprintf("r%d", i+1))
		pt := &domain.RiskPoint{Base: domain.Base{ID: id, Code: strings.ToUpper(string(id))}, Name: "点"}
		p.Put(pt)
		level, _ := scheme.LevelOf(index)
		res.Points = append(res.Points, domain.PointOutcome{Point: pt, Outcome: domain.Outcome{Complete: true, Index: index, Level: level}})
	}
	return p, res
}

func reminders(p *domain.Pilot, res *domain.RoundResult, today domain.Date) string {
	var out []string
	for _, t := range app.Todos(app.PlanOn(p, today), res) {
		out = append(out, t.When+" "+t.Text)
	}
	return strings.Join(out, "\n")
}

// Red without a measure first, then its measure without a step, then what is late;
// what is not warned is not reminded of.
func TestTodosOrder(t *testing.T) {
	p, res := todoPilot()
	p.Put(&domain.Milestone{Base: domain.Base{ID: "m"}, No: 9, Content: "制订措施", Start: "2026-09-01", End: "2026-09-20", Artefacts: []string{"请示"}})
	if got, want := reminders(p, res, "2026-09-25"), "缺 R1 红，没有防范措施\n逾期 第9步 还缺 请示，逾期 5 天\n缺 R2 黄，没有防范措施"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	p.Put(&domain.Measure{Base: domain.Base{ID: "a"}, Point: domain.To("r1"), No: 1, Content: "…", Due: domain.Due{Date: "2026-09-30"}})
	p.Put(&domain.Measure{Base: domain.Base{ID: "b"}, Point: domain.To("r2"), No: 1, Content: "…", Due: domain.Due{Date: "2026-09-10"}, Step: domain.To("s1")})
	p.Put(&domain.Artefact{Base: domain.Base{ID: "f"}, Milestone: domain.To("m"), Name: "请示"})
	if got, want := reminders(p, res, "2026-09-25"), "缺 R1 红 第1条措施没有嵌入流程步骤\n逾期 另有 1 条措施过了期限，没有落实\n剩5天 R1 红 第1条措施到期"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, m := range []string{"a", "b"} {
		p.Put(&domain.Inspection{Base: domain.Base{ID: domain.ID("i" + m)}, Measure: domain.To(domain.ID(m)), Date: "2026-09-24", Result: domain.ResultDone})
	}
	a, _ := p.Measures.Get("a")
	a = a.Clone().(*domain.Measure)
	a.Step = domain.To("s1")
	p.Put(a)
	if got := reminders(p, res, "2026-09-25"); got != "" {
		t.Errorf("all done, still reminded of\n%s", got)
	}
}

func TestTodosOfSteps(t *testing.T) {
	p := domain.NewPilot()
	p.Put(&domain.Milestone{Base: domain.Base{ID: "m"}, No: 1, Content: "向常委会汇报", Start: "2026-05-11", End: "2026-05-20", Artefacts: []string{"请示", "会议纪要"}})
	for day, want := range map[domain.Date]string{"2026-05-01": "", "2026-05-04": "将开始 第1步 2026-05-11 起：向常委会汇报", "2026-05-12": "",
		"2026-05-13": "剩7天 第1步 还缺 请示、会议纪要", "2026-05-20": "今天 第1步 还缺 请示、会议纪要", "2026-05-21": "逾期 第1步 还缺 请示、会议纪要，逾期 1 天"} {
		if got := reminders(p, nil, day); got != want {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
}

// An alarm is answered by a warning of its points.
func TestAlarmIsAnsweredByAWarning(t *testing.T) {
	p, _ := todoPilot()
	p.Put(&domain.Monitor{Base: domain.Base{ID: "m", Code: "M01"}, Name: "变更率", Warn: 5, Alarm: 10, Points: []domain.Ref{domain.To("r1")}})
	p.Put(&domain.Reading{Base: domain.Base{ID: "x"}, Monitor: domain.To("m"), Period: "2026-08", Value: 12})
	if got := reminders(p, nil, "2026-09-01"); !strings.HasPrefix(got, "报警 M01 变更率 2026-08 为 12") {
		t.Errorf("%q", got)
	}
	p.Put(&domain.Warning{Base: domain.Base{ID: "w", Code: "1号"}, Point: domain.To("r1"), Issued: "2026-09-01", State: domain.WarningReleased})
	if got := reminders(p, nil, "2026-09-02"); got != "" {
		t.Errorf("answered: %q", got)
	}
}
