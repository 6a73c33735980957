package shell

import (
	"lianshao/app"
	"lianshao/app/warn"
	"lianshao/ui/assessment"
	"lianshao/ui/disclosure"
	"lianshao/ui/importing"
	"lianshao/ui/information"
	"lianshao/ui/inspection"
	"lianshao/ui/journal"
	"lianshao/ui/measure"
	"lianshao/ui/meeting"
	"lianshao/ui/merging"
	"lianshao/ui/monitor"
	"lianshao/ui/organisation"
	"lianshao/ui/overview"
	"lianshao/ui/page"
	"lianshao/ui/plan"
	reportpage "lianshao/ui/report"
	"lianshao/ui/riskpoint"
	"lianshao/ui/warning"
	"lianshao/ui/workflow"
)

// screens lists the pages in the pilot's own order.
func (s *Shell) screens() []screen {
	return []screen{
		{id: page.Overview, title: "总览", build: overview.New},
		{id: page.Plan, title: "试点方案", build: plan.New, waiting: countTodos("plan")},
		{id: page.Organisation, title: "组织机构", build: organisation.New},
		{id: page.Meetings, title: "会议调研", build: meeting.New},
		{id: page.Information, title: "风险信息库", build: information.New},
		{id: page.Workflow, title: "工作流程", build: workflow.New},
		{id: page.RiskPoints, title: "风险排查", build: riskpoint.New, waiting: countTodos("riskpoints")},
		{id: page.Disclosure, title: "公示意见", build: disclosure.New, waiting: countTodos("disclosure")},
		{id: page.Assessment, title: "风险评估", build: assessment.New, waiting: incomplete},
		{id: page.Monitor, title: "监测预测", build: monitor.New, waiting: countTodos("monitor")},
		{id: page.Warnings, title: "预警", build: warning.New, waiting: unissued},
		{id: page.Measures, title: "防范措施", build: measure.New, waiting: countTodos("measures")},
		{id: page.Inspection, title: "检查考核", build: inspection.New, waiting: countTodos("inspection")},
		{id: page.Reports, title: "报表打印", build: s.reports},
		{id: page.Backups, title: "备份", build: s.backupPage},
		{id: page.Import, title: "导入表格", build: s.importing, hidden: true},
		{id: page.Merge, title: "汇总试点", build: s.merging, hidden: true},
		{id: page.Journal, title: "审计轨迹", build: journal.New, hidden: true},
	}
}

func (s *Shell) reports(h page.Host) page.Page {
	return reportpage.New(h, s.deps.ExportTables, s.deps.EncodeWord)
}

func (s *Shell) importing(h page.Host) page.Page {
	return importing.New(h, s.deps.Reader, s.deps.Problems)
}

func (s *Shell) merging(h page.Host) page.Page { return merging.New(h, s.deps.Stores) }

// countTodos counts what waits on a screen.
func countTodos(id string) func([]app.Todo, *app.Session) int {
	return func(todos []app.Todo, _ *app.Session) int {
		n := 0
		for _, t := range todos {
			if t.Screen == id {
				n++
			}
		}
		return n
	}
}

func incomplete(_ []app.Todo, s *app.Session) int {
	if res := s.Result(0); res != nil {
		return res.Incomplete
	}
	return 0
}

// unissued counts the warnings of the latest round that wait for a signature.
func unissued(_ []app.Todo, s *app.Session) int {
	res := s.Result(0)
	if res == nil {
		return 0
	}
	n := 0
	for _, w := range warn.OfRound(s.Pilot, res) {
		if w.Issued == nil {
			n++
		}
	}
	return n
}

// waitingLimit is how many points numbers are counted for after every change;
// a merged pilot of a whole city shows none rather than a slow window.
const waitingLimit = 5000

// count fills the navigation's small numbers.
func (s *Shell) count() {
	if s.session.Pilot.RiskPoints.Len() > waitingLimit {
		return
	}
	todos := s.session.Todos()
	for _, sc := range s.screens() {
		if sc.waiting != nil {
			s.nav.SetCount(sc.id, sc.waiting(todos, s.session))
		}
	}
}

// ScreenNames lists the screens that Go opens.
func (s *Shell) ScreenNames() []string {
	var out []string
	for _, sc := range s.screens() {
		out = append(out, sc.id)
	}
	return out
}
