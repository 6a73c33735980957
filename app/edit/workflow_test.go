package edit

import (
	"fmt"
	"strings"
	"testing"

	"lianshao/app"
	"lianshao/domain"
)

// bench is a pilot that commands are tried on.
type bench struct {
	*testing.T
	p    *domain.Pilot
	last domain.ChangeSet
	n    int
}

func newBench(t *testing.T) *bench { return &bench{T: t, p: domain.NewPilot()} }

func (b *bench) id() domain.ID { b.n++; return domain.ID(fmt.Sprintf("i%03d", b.n)) }

func (b *bench) do(cmd app.Command) {
	b.Helper()
	cs, err := cmd.Plan(b.p)
	if err != nil {
		b.Fatal(err)
	}
	b.p.Apply(cs)
	b.last = cs
}

// refuse wants a sentence holding want, and nothing changed.
func (b *bench) refuse(cmd app.Command, want string) {
	b.Helper()
	if _, err := cmd.Plan(b.p); err == nil || !strings.Contains(app.Sentence(err), want) {
		b.Errorf("got %v, want a refusal with “%s”", err, want)
	}
}

func (b *bench) flow() *domain.Workflow { return b.p.Workflows.All()[0] }

// shape writes a workflow as "1 name→next | …".
func shape(w *domain.Workflow) string {
	var parts []string
	for i := range w.Steps {
		s := &w.Steps[i]
		parts = append(parts, strings.TrimSpace(fmt.Sprintf("%d%s>%s", s.No, s.Name, FormatNext(w, s))))
	}
	return strings.Join(parts, " | ")
}

func (b *bench) wantShape(want string) {
	b.Helper()
	if got := shape(b.flow()); got != want {
		b.Errorf("got  %s\nwant %s", got, want)
	}
}

func newFlow(t *testing.T) *bench {
	b := newBench(t)
	b.do(AddWorkflowFor("基建处", "工程招标", b.id))
	return b
}

func TestAddWorkflowForMakesItsUnit(t *testing.T) {
	b := newFlow(t)
	if b.p.Units.Len() != 1 || len(b.last.Changes) != 2 {
		t.Fatalf("units %d, changes %d", b.p.Units.Len(), len(b.last.Changes))
	}
	b.wantShape("1开始>2 | 2结束>")
	b.do(AddWorkflowFor("基建处", "工程变更", b.id))
	if b.p.Units.Len() != 1 || b.p.Workflows.Len() != 2 {
		t.Errorf("units %d, workflows %d", b.p.Units.Len(), b.p.Workflows.Len())
	}
	if a, z := b.p.Workflows.All()[0].Code, b.p.Workflows.All()[1].Code; a != "LC1" || z != "LC2" {
		t.Errorf("codes %s %s", a, z)
	}
	b.refuse(AddWorkflowFor("基建处", " 工程招标 ", b.id), "已有相同的工作流程")
	b.refuse(AddWorkflowFor(" ", "甲", b.id), "部门")
	b.refuse(AddWorkflowFor("基建处", "", b.id), "流程名称")
}

func TestStepsAreTypedBeforeTheEnd(t *testing.T) {
	b := newFlow(t)
	w := b.flow().ID
	b.do(SetSteps(w, []StepRow{{Texts: map[string]string{StepName: "编制计划"}}}, b.id))
	b.do(SetSteps(w, []StepRow{{Texts: map[string]string{StepName: "审批", StepKind: "审批"}}}, b.id))
	b.wantShape("1开始>2 | 2编制计划>3 | 3审批>4 | 4结束>")
	b.do(SetSteps(w, []StepRow{{Step: b.flow().Steps[2].ID, Texts: map[string]string{StepNext: "通过->４，退回：2"}}}, b.id))
	b.wantShape("1开始>2 | 2编制计划>3 | 3审批>通过→4 退回→2 | 4结束>")
	b.refuse(SetSteps(w, []StepRow{{Texts: map[string]string{StepActor: "科长"}}}, b.id), "名称不能为空")
	s2 := b.flow().Steps[1].ID
	b.refuse(SetSteps(w, []StepRow{{Step: s2, Texts: map[string]string{StepNext: "3 4"}}}, b.id), "不能同时通向两处")
	b.refuse(SetSteps(w, []StepRow{{Step: s2, Texts: map[string]string{StepNext: "9"}}}, b.id), "不是这个流程的步骤号")
	b.refuse(SetSteps(w, []StepRow{{Step: s2, Texts: map[string]string{StepNext: "4abc"}}}, b.id), "不是这个流程的步骤号")
	b.refuse(SetSteps(w, []StepRow{{Step: s2, Texts: map[string]string{StepKind: "盖章"}}}, b.id), "步骤类型应为")
}

// A workflow copied from a sheet goes into a new one, whose own end it takes over.
func TestPasteWholeWorkflow(t *testing.T) {
	b := newFlow(t)
	w := b.flow()
	line := func(id domain.ID, no, name, kind, actor, next string) StepRow {
		return StepRow{Step: id, Texts: map[string]string{StepNo: no, StepName: name, StepKind: kind, StepActor: actor, StepNext: next}}
	}
	b.do(SetSteps(w.ID, []StepRow{
		line(w.Steps[0].ID, "1", "提出需求", "开始", "使用单位", "2"),
		line("", "2", "是否超40万", "判断", "科长", "是→3\n否→4"),
		line("", "3", "论证", "审批", "论证组", "通过→4 退回→1"),
		line("", "4", "归档", "结束", "档案员", "—"),
	}, b.id))
	b.wantShape("1提出需求>2 | 2是否超40万>是→3 否→4 | 3论证>通过→4 退回→1 | 4归档>")
	if problems := b.flow().Problems(); len(problems) > 0 {
		t.Errorf("problems %v", problems)
	}
	b.refuse(SetSteps(w.ID, []StepRow{line("", "5", "复核", "办理", "", "6"), line("", "6", "", "办理", "", "")}, b.id), "名称不能为空")
}

func TestDeleteSeveralStepsThreadsTheWay(t *testing.T) {
	b := newFlow(t)
	w := b.flow().ID
	for _, name := range []string{"甲", "乙", "丙"} {
		b.do(SetSteps(w, []StepRow{{Texts: map[string]string{StepName: name}}}, b.id))
	}
	steps := b.flow().Steps
	b.p.Put(&domain.RiskPoint{Base: domain.Base{ID: "r1", Code: "JJ-01"}, Step: domain.To(steps[1].ID)})
	before := shape(b.flow())
	b.do(DeleteStep(w, steps[1].ID, steps[2].ID))
	b.wantShape("1开始>2 | 2丙>3 | 3结束>")
	if r, _ := b.p.RiskPoints.Get("r1"); r.Step != domain.Named("甲") {
		t.Errorf("the point at the deleted step says %+v", r.Step)
	}
	b.p.Apply(b.last.Invert())
	b.wantShape(before)
}

func TestStepTextReadsBack(t *testing.T) {
	b := newFlow(t)
	w := b.flow().ID
	texts := map[string]string{StepName: "论证", StepKind: "审批", StepActor: "科长、处长", StepInputs: "申请、预算",
		StepOutputs: "意见", StepLimit: "5个工作日", StepNext: "通过→3 退回→1", StepAuthorities: "立项权", StepNote: "备注"}
	b.do(SetSteps(w, []StepRow{{Texts: texts}}, b.id))
	s := &b.flow().Steps[1]
	for column, want := range texts {
		if got := StepText(b.p, b.flow(), s, column); got != want {
			t.Errorf("%s: %q, want %q", column, got, want)
		}
	}
}

func TestCopyOfAPlainStepIsOnTheWay(t *testing.T) {
	b := newFlow(t)
	w := b.flow().ID
	b.do(SetSteps(w, []StepRow{{Texts: map[string]string{StepName: "甲"}}}, b.id))
	b.do(DuplicateStep(w, b.flow().Steps[1].ID, b.id))
	b.wantShape("1开始>2 | 2甲>3 | 3甲（副本）>4 | 4结束>")
	b.do(SetStep(w, b.flow().Steps[2].ID, StepForm{Next: &[]domain.Branch{{Label: "是", To: b.flow().Steps[3].ID}, {Label: "否", To: b.flow().Steps[0].ID}}}))
	b.do(DuplicateStep(w, b.flow().Steps[2].ID, b.id))
	b.wantShape("1开始>2 | 2甲>3 | 3甲（副本）>是→5 否→1 | 4甲（副本）（副本）>是→5 否→1 | 5结束>")
}

// One broken arrow is two problems, not one for each step behind it.
func TestProblemsNameTheCause(t *testing.T) {
	b := newFlow(t)
	w := b.flow().ID
	for _, name := range []string{"甲", "乙", "丙", "丁"} {
		b.do(SetSteps(w, []StepRow{{Texts: map[string]string{StepName: name}}}, b.id))
	}
	b.do(SetStep(w, b.flow().Steps[1].ID, StepForm{Next: &[]domain.Branch{}}))
	problems := b.flow().Problems()
	if len(problems) != 2 || problems[0].Step != 2 || problems[1].Step != 3 {
		t.Errorf("problems %v", problems)
	}
}

func TestStepInsertedBehindADecisionIsOnItsWay(t *testing.T) {
	b := newFlow(t)
	w := b.flow().ID
	b.do(SetSteps(w, []StepRow{{Texts: map[string]string{StepName: "是否达标", StepKind: "判断"}}, {Texts: map[string]string{StepName: "论证"}}}, b.id))
	b.do(SetSteps(w, []StepRow{{Step: b.flow().Steps[1].ID, Texts: map[string]string{StepNext: "是→3 否→4"}}}, b.id))
	b.do(AddStep(w, b.flow().Steps[1].ID, "准备", b.id))
	b.wantShape("1开始>2 | 2是否达标>是→3 否→5 | 3准备>4 | 4论证>5 | 5结束>")
	if problems := b.flow().Problems(); len(problems) > 0 {
		t.Errorf("problems %v", problems)
	}
}

// Names pasted over several workflows are one operation; one that is empty keeps all.
func TestWorkflowsAreRenamedTogether(t *testing.T) {
	b := newFlow(t)
	first := b.flow().ID
	b.do(AddWorkflowFor("基建处", "材料认价", b.id))
	second := b.p.Workflows.All()[len(b.p.Workflows.All())-1].ID
	if second == first {
		second = b.p.Workflows.All()[0].ID
	}
	b.refuse(RenameWorkflows(Renaming{ID: first, Name: "甲"}, Renaming{ID: second}), "流程名称不能为空")
	b.do(RenameWorkflows(Renaming{ID: first, Name: "甲"}, Renaming{ID: second, Name: "乙"}))
	for id, want := range map[domain.ID]string{first: "甲", second: "乙"} {
		if w, _ := b.p.Workflows.Get(id); w.Name != want {
			t.Errorf("%s, want %s", w.Name, want)
		}
	}
}
