package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"lianshao/app"
	"lianshao/app/assess"
	"lianshao/app/disclose"
	"lianshao/app/edit"
	"lianshao/app/inspect"
	"lianshao/app/intake"
	"lianshao/app/judge"
	"lianshao/app/report"
	"lianshao/app/report/summary"
	"lianshao/app/sample"
	"lianshao/app/warn"
	"lianshao/cli"
	"lianshao/domain"
	"lianshao/storage/pilotfile"
	"lianshao/storage/xlsx"
)

// year is a pilot that is driven from May to December by what its office would do:
// workbooks come in, commands are given, papers are made, each on its day.
type year struct {
	*app.Session
	t   *testing.T
	now time.Time
	dir string
}

func newYear(t *testing.T) *year {
	y := &year{t: t, dir: t.TempDir(), now: time.Date(sample.Year, 5, 6, 9, 0, 0, 0, time.Local)}
	s, err := app.CreatePilot(pilotfile.Stores{}, filepath.Join(y.dir, "试点.lianshao"), app.TemplateUniversity, sample.Year, func() time.Time { return y.now }, newID, "测试员")
	if err != nil {
		t.Fatal(err)
	}
	y.Session = s
	return y
}

// on goes to a day.
func (y *year) on(day domain.Date) { y.now = day.Time().Add(10 * time.Hour) }

func (y *year) do(cmd app.Command) {
	y.t.Helper()
	if err := y.Do(cmd); err != nil {
		y.t.Fatal(app.Sentence(err))
	}
}

// bring imports workbooks of the example; every row must be taken.
func (y *year) bring(names ...string) {
	y.t.Helper()
	var books []*intake.Book
	for _, n := range names {
		b, err := xlsx.Reader{}.Read(context.Background(), filepath.Join("assets/sample", n+".xlsx"), nil)
		if err != nil {
			y.t.Fatal(err)
		}
		books = append(books, b)
	}
	plan := intake.NewPlan(y.Pilot, intake.Analyse(books, intake.Options{}), intake.Env{IDs: y.NewID, Year: sample.Year})
	for _, f := range plan.Report.Files {
		for _, s := range f.Sheets {
			for _, e := range s.Errors {
				y.t.Errorf("%s %s!%s: %s", names, s.Sheet, e.Cell, e.Message)
			}
		}
	}
	y.do(plan.Command())
}

// file puts a signed paper of a step into the files.
func (y *year) file(step int, name, title, number string) {
	y.t.Helper()
	m, ok := y.Pilot.Milestones.ByKey(fmt.Sprint(step))
	if !ok {
		y.t.Fatalf("no step %d", step)
	}
	y.do(app.FilePaper(&domain.Artefact{Base: domain.Base{Code: number}, Milestone: domain.To(m.ID), Name: name, Title: title, Date: y.Today(), By: "领导小组办公室"}, y.NewID))
}

// finished wants a step done by its papers.
func (y *year) finished(step int) {
	y.t.Helper()
	for _, s := range y.Plan().All() {
		if s.Milestone.No == step && !s.Done() {
			for _, p := range s.Papers {
				if !p.Have() {
					y.t.Errorf("step %d on %s: %s: %s", step, y.Today(), p.Name, p.Lack)
				}
			}
		}
	}
}

// papers wants these printed papers to have content today.
func (y *year) papers(ids ...string) {
	y.t.Helper()
	in := report.NewInput(y.Session, 0)
	for _, id := range ids {
		p, ok := report.PaperByID(id)
		if !ok {
			y.t.Fatalf("no paper %s", id)
		}
		if ready, why := p.Ready(in); !ready {
			y.t.Errorf("%s on %s: %s", id, y.Today(), why)
		}
	}
}

// A pilot goes through its fourteen steps: every paper is made, every step is
// finished by its papers, nothing is left to be reminded of.
func TestAYearOfFourteenSteps(t *testing.T) {
	y := newYear(t)
	y.spring()
	y.summer()
	y.autumn()
	y.winter()
	y.on("2026-12-31")
	for step := 1; step <= 14; step++ {
		y.finished(step)
	}
	for _, todo := range y.Todos() {
		t.Errorf("still open: %s %s (%s)", todo.When, todo.Text, todo.Screen)
	}
	y.everyPaperReadsBack()
}

// spring is steps 1 to 4: approval, groups, mobilisation, workflows and self-assessment.
func (y *year) spring() {
	y.on("2026-05-18")
	y.bring("领导小组名单", "工作步骤安排", "会议调研和成果材料")
	y.finished(1)
	y.papers("plan", "leading", "meetings")
	y.on("2026-05-30")
	y.finished(2)
	y.papers("research-group", "network")
	y.on("2026-06-19")
	y.finished(3)
	y.on("2026-06-29")
	y.bring("部门职权目录", "工作流程梳理表", "基建处-岗位廉政风险点自查表", "设备和实验室管理处-廉政风险防控一览表", "风险信息库")
	y.finished(4)
	y.papers("authorities", "powers", "power-risks", "steps", "power-flow", "workflow", "handbook", "self-assessment", "post-form", "riskpoints", "post-risks", "summary")
}

// summer is steps 5 to 8: disclosure, revision, research and indicators, first round.
func (y *year) summer() {
	y.on("2026-07-20")
	y.bring("公示意见登记表")
	y.disclose(1, "2026-07-10")
	y.answerOpinions("2026-07-20")
	y.revise()
	y.finished(5)
	y.finished(6)
	y.papers("disclosure", "opinions", "opinion-form", "revisions")
	y.on("2026-08-21")
	y.bring("评估指标体系", "监测指标月报")
	y.do(edit.CollectFactors(y.NewID))
	y.finished(7)
	y.papers("research", "cases", "factors", "indicators", "scheme", "monitors")
	y.on("2026-08-28")
	y.bring("首次评估评分表")
	y.do(warn.IssueRound(y.Result(1), y.Today(), y.NewID))
	y.finished(8)
	y.papers("rating-sheets", "ratings", "levels", "warnings", "notice")
}

// autumn is steps 9 to 12: measures in new workflows, disclosure, inspection, second round.
func (y *year) autumn() {
	y.on("2026-09-01")
	y.replies()
	y.on("2026-09-18")
	y.embed()
	y.finished(9)
	y.papers("measures")
	y.on("2026-10-08")
	y.disclose(2, "2026-09-30")
	y.answerOpinions("2026-10-08")
	y.revise()
	y.finished(10)
	y.bring("防范措施落实检查表")
	y.finished(11)
	unit, ok := y.Pilot.Resolve(domain.KindUnit, domain.Ref{}, "基建处")
	if !ok {
		y.t.Fatal("no 基建处")
	}
	y.do(edit.AddSanction(&domain.Sanction{Unit: domain.To(unit), Reward: true, Form: "通报表扬", Basis: "防范措施落实检查", Date: y.Today(), By: "领导小组"}, y.NewID))
	y.papers("inspection", "appraisal", "self-review", "sanctions")
	y.on("2026-10-29")
	y.bring("再评估评分表")
	y.finished(12)
	y.papers("comparison", "indicator-check")
	y.releaseOrContinue()
}

// winter is steps 13 and 14: the report, and sending it up.
func (y *year) winter() {
	y.on("2026-11-02")
	y.replies()
	y.on("2026-11-20")
	y.recheck()
	r, err := judge.Indicators(y.Pilot, y.Result(2))
	if err != nil {
		y.t.Fatal(err)
	}
	sys, err := assess.Propose(y.Pilot, &r)
	if err != nil {
		y.t.Fatal(err)
	}
	y.do(assess.SaveSystem(sys, y.NewID))
	y.on("2026-11-25")
	text := y.document("总结报告.docx", true)
	for _, want := range []string{"动员会", "失守的工地", "采购的诱惑", "红9个", "签发预警通知书", "两次评估", "JJ-13"} {
		if !strings.Contains(text, want) {
			y.t.Errorf("the report does not tell of %s", want)
		}
	}
	y.file(13, "试点工作总结报告", "云海师范大学廉政风险预警防范试点工作总结报告", "云师纪〔2026〕31号")
	y.finished(13)
	y.on("2026-12-10")
	if text := y.document("上报文.docx", false); !strings.Contains(text, "总结报告") {
		y.t.Errorf("letter: %s", text)
	}
	y.file(14, "上报文", "关于报送试点工作总结报告的报告", "云师纪〔2026〕33号")
	y.file(14, "总结报告", "云海师范大学廉政风险预警防范试点工作总结报告", "云师纪〔2026〕31号")
	y.file(14, "签收单", "试点工作总结报告签收单", "")
	y.finished(14)
	y.closeWarnings()
}

// disclose issues a notice that came with the register of opinions, and ends it.
func (y *year) disclose(no int, end domain.Date) {
	y.t.Helper()
	for _, d := range y.Pilot.Disclosures.All() {
		if d.No != no {
			continue
		}
		t := disclose.Complete(y.Pilot, d, y.Today())
		y.do(disclose.Draft(d.ID, t, y.NewID))
		y.do(disclose.Start(d.ID, disclose.Act{Date: t.Start, By: "领导小组办公室"}))
		y.do(disclose.Take(d.ID, domain.EventEnd, disclose.Act{Date: end, By: "领导小组办公室", Text: "公示期满。"}))
		return
	}
	y.t.Fatalf("no disclosure %d", no)
}

// answerOpinions answers what is decided and was not answered.
func (y *year) answerOpinions(day domain.Date) {
	for _, o := range slices.Clone(y.Pilot.Opinions.All()) {
		if o.State() == domain.OpinionDecided && o.Received <= day {
			y.do(disclose.Answer(o.ID, disclose.Reply{Date: day, By: "领导小组办公室", Text: "已在公告栏答复。"}))
		}
	}
}

// revise changes the points that adopted opinions are about and were not revised yet.
func (y *year) revise() {
	for _, o := range slices.Clone(y.Pilot.Opinions.All()) {
		if !o.Adopted() || disclose.Revised(y.Pilot, o.ID) || len(o.Points) == 0 {
			continue
		}
		point, _ := y.Pilot.RiskPoints.Get(o.Points[0].ID)
		for _, target := range disclose.Targets(y.Pilot, point) {
			if target.Field == "description" {
				after := target.Now + "（依据意见" + o.Code + "补充）"
				y.do(disclose.Revise(disclose.Edit{Point: point.ID, Target: target, After: after, Opinions: []domain.ID{o.ID}, Reason: o.Reason, By: "领导小组", Date: y.Today()}, y.NewID))
				if now, _ := y.Pilot.RiskPoints.Get(point.ID); now.Description != after {
					y.t.Errorf("%s was not revised: %s", point.Code, now.Description)
				}
			}
		}
	}
}

// replies answers every warning that waits for a reply.
func (y *year) replies() {
	for _, w := range y.Pilot.Warnings.All() {
		if w.WaitsReply() {
			y.do(warn.Take(w.ID, domain.EventReply, warn.Act{Date: y.Today(), By: "部门负责人", Text: "已剖析原因，措施和完成时间见防范措施表。"}))
		}
	}
}

// embed puts every measure of a warned point at a step of a new version of its workflow.
func (y *year) embed() {
	res := y.Result(1)
	for _, w := range slices.Clone(y.Pilot.Workflows.All()) {
		var draft domain.ID
		y.do(edit.NewVersion(w.ID, y.NewID, func(id domain.ID) { draft = id }))
		next, _ := y.Pilot.Workflows.Get(draft)
		for i := range res.Points {
			point := res.Points[i].Point
			if res.Points[i].Level.Severity == 0 || point.Workflow.ID != w.ID {
				continue
			}
			old := w.Step(point.Step.ID)
			for _, m := range y.Pilot.Measures.By(domain.ByPoint, point.ID) {
				if at := next.StepNo(old.No); m.Step.ID == "" && at != nil {
					y.do(edit.EmbedMeasure(m.ID, at.ID))
				}
			}
		}
		y.do(edit.EnforceVersion(draft, y.Today()))
	}
}

// releaseOrContinue passes and releases the warnings of points whose level fell to
// the mildest, and warns anew of the others and of what the monitors raise.
func (y *year) releaseOrContinue() {
	res := y.Result(2)
	for _, w := range y.Pilot.Warnings.All() {
		if o := res.Of(w.Point.ID); w.Open() && o != nil && o.Level.Severity == 0 {
			y.release(w.ID)
		}
	}
	var letters []warn.Letter
	for _, x := range warn.Proposals(y.Pilot, res) {
		letters = append(letters, x.Letter(y.Today()))
	}
	y.do(warn.Issue(letters, y.NewID))
}

func (y *year) release(id domain.ID) {
	y.do(warn.Take(id, domain.EventPass, warn.Act{Date: y.Today(), By: "领导小组办公室", Text: "措施已落实，符合解除条件。"}))
	y.do(warn.Take(id, domain.EventRelease, warn.Act{Date: y.Today(), By: "周某某", Text: "同意解除。"}))
}

func (y *year) closeWarnings() {
	for _, w := range slices.Clone(y.Pilot.Warnings.All()) {
		if w.Open() {
			y.release(w.ID)
		}
	}
}

// recheck finds carried out what the inspection found wanting.
func (y *year) recheck() {
	for _, i := range slices.Clone(y.Pilot.Inspections.All()) {
		if i.Result == domain.ResultPartly || i.Result == domain.ResultNot {
			y.do(inspect.Recheck(i.ID, inspect.Again{Visit: inspect.Visit{Date: y.Today(), Inspector: "检查组"}, Result: domain.ResultDone, Method: "现场复查"}, y.NewID))
		}
	}
}

// document writes the report or its letter and reads it back as text.
func (y *year) document(name string, whole bool) string {
	y.t.Helper()
	m, err := metrics()
	if err != nil {
		y.t.Fatal(err)
	}
	path, facts := filepath.Join(y.dir, name), summary.FactsOf(y.Session, m)
	d := summary.Letter(facts)
	if whole {
		d = summary.Report(facts)
	}
	if err := writeDocx(path, d); err != nil {
		y.t.Fatal(err)
	}
	return docxText(y.t, path)
}

var tag = regexp.MustCompile(`<[^>]*>`)

// docxText is the text of a Word file, paragraph by paragraph.
func docxText(t *testing.T, path string) string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return tag.ReplaceAllString(strings.ReplaceAll(string(data), "</w:p>", "\n"), "")
}

// everyPaperReadsBack prints every paper and the booklet by the command line and
// reads the PDFs, lists every kind, and asks for every form.
func (y *year) everyPaperReadsBack() {
	file := y.Store.Path()
	if err := y.Close(); err != nil {
		y.t.Fatal(err)
	}
	for _, p := range report.Papers() {
		out := filepath.Join(y.dir, p.ID+".pdf")
		y.run("print", file, "--doc", p.ID, "--out", out)
		text := pdfText(y.t, out)
		for _, want := range yearSays[p.ID] {
			if !strings.Contains(text, want) {
				y.t.Errorf("%s does not say %s: %.600s", p.ID, want, text)
			}
		}
		if len(text) < 100 {
			y.t.Errorf("%s says only %q", p.ID, text)
		}
	}
	out := filepath.Join(y.dir, "booklet.pdf")
	y.run("print", file, "--doc", "booklet", "--out", out)
	inOrder(y.t, pdfText(y.t, out), "廉政风险防控材料汇编", "目录", "廉政风险点汇总表", "部门职权目录", "廉政风险防控一览表", "权力运行流程图", "防范措施表", "廉政风险预警登记、解除表")
	y.run("warn", file, "--json")
	y.run("report", file, "--out", filepath.Join(y.dir, "r.docx"), "--letter", filepath.Join(y.dir, "l.docx"))
	for _, kind := range strings.Fields("unit post authority member milestone workflow step riskpoint intelligence factor indicator rating warning monitor reading measure disclosure opinion revision inspection appraisal") {
		if len(y.run("list", file, "--kind", kind, "--json")) == 0 {
			y.t.Errorf("list %s is empty", kind)
		}
		if kind != "warning" { // which is signed, never filled in by others
			y.run("form", filepath.Join(y.dir, kind+".xlsx"), "--kind", kind, "--pilot", file)
		}
	}
}

// run is the program on the command line, on the year's day.
func (y *year) run(args ...string) []byte {
	y.t.Helper()
	deps := wire()
	deps.Clock = func() time.Time { return y.now }
	var out, errs bytes.Buffer
	if code := cli.Run(args, strings.NewReader(""), &out, &errs, deps); code != cli.ExitDone {
		y.t.Fatalf("%v: exit code %d: %s", args, code, &errs)
	}
	return out.Bytes()
}

// yearSays is what some papers must say at the end of the year.
var yearSays = map[string][]string{
	"plan":            {"向常委会汇报", "已完成", "√请示"},
	"meetings":        {"失守的工地", "实到人数17人"},
	"research":        {"滨江理工大学", "东湖师范学院"},
	"cases":           {"AL-01", "甲方代表虚签工程量案"},
	"leading":         {"周某某", "党委副书记兼纪委书记"},
	"powers":          {"项目建议权", "授权依据"},
	"summary":         {"JJ-21", "主管领导"},
	"revisions":       {"修订前", "修订后"},
	"ratings":         {"JJ-13", "再评估"},
	"warnings":        {"廉预警〔2026〕1号", "已签发"},
	"notice":          {"廉预警〔2026〕36号", "前填写后交回领导小组办公室", "回告内容"},
	"measures":        {"嵌入流程步骤"},
	"inspection":      {"现场复查"},
	"comparison":      {"首次评估", "再评估", "降幅"},
	"scheme":          {"告知对象", "3个工作日"},
	"workflow":        {"第2版（现行）"},
	"self-review":     {"登记职权", "书面总结"},
	"overview":        {"步骤14/14完成"},
	"disclosure":      {"公示"},
	"rating-sheets":   {"评分人：组长"},
	"indicator-check": {"自由裁量"},
}

func inOrder(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		i := strings.Index(text, p)
		if i < 0 {
			t.Errorf("%s is missing or out of order", p)
			return
		}
		text = text[i+len(p):]
	}
}

// pdfText reads a PDF with another program and takes the white space out, which the
// layout decides.
func pdfText(t *testing.T, path string) string {
	t.Helper()
	out, err := exec.Command("pdftotext", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v (install poppler-utils)", err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(out)), "")
}
