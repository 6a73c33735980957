package workflow

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/edit"
	"lianshao/app/report/draw"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/widgets"
)

// screen is the page over the sample workflows, at step no of the workflow.
type screen struct {
	*pagetest.Host
	t *testing.T
	p *Page
	f *flowTab
}

func open(t *testing.T, flow string, no int) *screen {
	t.Helper()
	h := pagetest.New(t, samplePilot(t))
	p := newPage(h)
	w := h.Session().Pilot.Workflows.By(domain.ByName, domain.ID(flow))[0]
	h.Open(p, string(w.StepNo(no).ID))
	s := &screen{h, t, p, p.flow}
	s.wantStep(no)
	return s
}

func (s *screen) w() *domain.Workflow { return s.f.workflow() }

// wantStep wants list, chart, form and table at the step with the number.
func (s *screen) wantStep(no int) {
	s.t.Helper()
	want := s.w().StepNo(no)
	row, _ := s.f.table.grid.Current()
	if s.f.step != want.ID || s.f.form.step != want.ID || s.f.table.at(row) != want {
		s.t.Fatalf("want step %d %s, page at %s, form at %s, table at row %d", no, want.ID, s.f.step, s.f.form.step, row)
	}
	if s.f.form.name.Text != want.Name {
		s.t.Fatalf("the form says %q, want %q", s.f.form.name.Text, want.Name)
	}
	if listRow, _ := s.f.list.grid.Current(); s.f.list.at(listRow) != s.w() {
		s.t.Fatalf("the list is at row %d", listRow)
	}
}

func (s *screen) wantNames(names string) {
	s.t.Helper()
	var got []string
	for i := range s.w().Steps {
		got = append(got, s.w().Steps[i].Name)
	}
	if strings.Join(got, " ") != names {
		s.t.Fatalf("steps %v, want %s", got, names)
	}
}

// onChart says whether the drawing shows the words, which may be broken over lines.
func (s *screen) onChart(words string) bool {
	all := ""
	for _, it := range s.f.chart.Drawing().Items {
		if x, ok := it.(draw.Text); ok {
			all += x.String
		}
	}
	return strings.Contains(all, words)
}

// spot is where a step is on the chart, which is brought wholly into sight.
func (s *screen) spot(no int) fyne.Position {
	s.f.chart.Fit()
	d, z, size := s.f.chart.Drawing(), s.f.chart.Zoom(), s.f.chart.Size()
	dx := math.Max(0, (float64(size.Width)-d.W*z)/2)
	dy := math.Max(0, (float64(size.Height)-d.H*z)/2)
	for _, hit := range d.Hits {
		if hit.Key == string(s.w().StepNo(no).ID) {
			return fyne.NewPos(float32((hit.X+hit.W/2)*z+dx), float32((hit.Y+hit.H/2)*z+dy))
		}
	}
	s.t.Fatalf("step %d is not on the chart", no)
	return fyne.Position{}
}

func (s *screen) undo() {
	s.t.Helper()
	if err := s.Session().Undo(); err != nil {
		s.t.Fatal(err)
	}
}

func TestNameTypedInTheFormShowsEverywhere(t *testing.T) {
	s := open(t, "JL6", 2)
	old := s.w().StepNo(2).Name
	s.f.form.editName()
	s.Press(fyne.KeyDelete)
	s.Type("廉洁审查")
	if s.onChart("廉洁审查") {
		t.Error("the name shows before it is stored")
	}
	s.Press(fyne.KeyTab)
	if got := s.w().StepNo(2).Name; got != "廉洁审查" {
		t.Fatalf("stored name %q", got)
	}
	if !s.onChart("廉洁审查") {
		t.Error("the chart does not show the new name")
	}
	if got := s.f.table.Cell(1, edit.StepName).Text; got != "廉洁审查" {
		t.Errorf("the table shows %q", got)
	}
	s.undo()
	s.wantStep(2)
	if got := s.w().StepNo(2).Name; got != old || s.onChart("廉洁审查") {
		t.Errorf("after undo the step is %q", got)
	}
}

func TestEmptyNameIsRefusedInWords(t *testing.T) {
	s := open(t, "JL6", 2)
	s.f.form.editName()
	s.Press(fyne.KeyDelete, fyne.KeyTab)
	if !s.f.form.refusal.Visible() || !strings.Contains(s.f.form.refusal.Text, "名称不能为空") {
		t.Errorf("refusal %q", s.f.form.refusal.Text)
	}
	if s.w().StepNo(2).Name == "" {
		t.Error("the empty name was stored")
	}
}

func TestTapOnChartSelects(t *testing.T) {
	s := open(t, "JL2", 1)
	at := s.spot(6)
	s.TapAt(s.f.chart, at)
	s.wantStep(6)
	s.typeNote("待存的备注")
	at = s.spot(3)
	s.TapAt(s.f.chart, at)
	s.wantStep(3)
	if got := s.w().StepNo(6).Note; got != "待存的备注" {
		t.Errorf("what was typed before the tap is lost: %q", got)
	}
}

// typeNote types into the note without leaving it.
func (s *screen) typeNote(text string) {
	for _, x := range s.f.form.fields {
		if x.column == edit.StepNote {
			s.Window().Canvas().Focus(x.TextArea)
			s.Type(text)
		}
	}
}

func TestStepMenuOnChart(t *testing.T) {
	s := open(t, "JL1", 1)
	before := s.w()
	choose := func(no int, item string) { s.MenuAt(s.f.chart, s.spot(no)); s.TapMenu(item) }

	choose(2, "在后面插入步骤")
	s.wantStep(3)
	if s.w().StepNo(3).Name != "新步骤" || edit.FormatNext(s.w(), s.w().StepNo(2)) != "3" {
		t.Fatalf("step 3 is %+v", s.w().StepNo(3))
	}
	s.Type("受理登记") // the name is selected and replaced
	choose(3, "上移")
	s.wantStep(2)
	if s.w().StepNo(2).Name != "受理登记" {
		t.Fatalf("step 2 is %q", s.w().StepNo(2).Name)
	}
	choose(2, "下移")
	choose(3, "复制")
	s.wantStep(4)
	if s.w().StepNo(4).Name != "受理登记（副本）" {
		t.Fatalf("step 4 is %q", s.w().StepNo(4).Name)
	}
	choose(4, "删除")
	s.wantStep(4)
	if len(s.w().Steps) != len(before.Steps)+1 {
		t.Fatalf("%d steps", len(s.w().Steps))
	}
	for range 6 {
		s.undo()
	}
	if !domain.Equal(s.w(), before) {
		t.Error("undo does not restore the workflow")
	}
}

func TestNothingIsInsertedAfterTheEnd(t *testing.T) {
	s := open(t, "JL6", 8)
	before := edit.FormatNext(s.w(), s.w().StepNo(7))
	s.TapButton("插入")
	if s.w().StepNo(8).Name != "新步骤" || s.w().StepNo(9).Kind != domain.StepEnd {
		t.Errorf("step 8 is %+v; step 7 led to %s", s.w().StepNo(8), before)
	}
}

func TestRiskPointsOfAStep(t *testing.T) {
	s := open(t, "JL2", 3)
	points := s.f.pointsAt(s.f.step)
	if len(points) == 0 {
		t.Fatal("the sample has no point at this step")
	}
	r := points[0]
	for _, l := range pagetest.Find[*tapArea](s.Host) {
		if l.about == r.Code {
			test.Tap(l)
		}
	}
	if level := s.Session().Result(0).Of(r.ID).Level.Label; !slices.Contains(s.Texts(), level) {
		t.Errorf("the level %s is not shown", level)
	}
	if want := (pagetest.Visit{Screen: page.RiskPoints, Arg: "point=" + string(r.ID)}); len(s.Visits) != 1 || s.Visits[0] != want {
		t.Errorf("visits %v, want %v", s.Visits, want)
	}
}

func TestBranchToTwoPlacesIsRefused(t *testing.T) {
	s := open(t, "JL2", 2) // a decision: 是→3 否→4
	before := s.w()
	if err := s.Do(edit.SetStep(s.f.wf, s.f.step, edit.StepForm{Next: &[]domain.Branch{{To: s.w().Steps[2].ID}, {To: s.w().Steps[3].ID}}})); err == nil {
		t.Fatal("two plain ways were stored")
	}
	s.f.form.branches.change(1, domain.Branch{Label: "是", To: s.w().Steps[3].ID})
	if !s.f.form.refusal.Visible() || !strings.Contains(s.f.form.refusal.Text, "不能同时通向两处") {
		t.Errorf("refusal %q", s.f.form.refusal.Text)
	}
	if s.w() != before || s.f.form.branches.next[1].Label != "否" {
		t.Error("the refused way stays in the form")
	}
}

func TestSecondWayGetsItsLabel(t *testing.T) {
	s := open(t, "JL6", 2)
	s.TapButton("＋ 添加去向")
	b := s.f.form.branches
	if len(b.next) != 2 || b.next[0].Label == b.next[1].Label {
		t.Fatalf("ways %v", b.next)
	}
	b.change(1, domain.Branch{Label: b.next[1].Label, To: s.w().Steps[0].ID})
	if got := edit.FormatNext(s.w(), s.w().StepNo(2)); !strings.HasSuffix(got, "否→1") && !strings.HasSuffix(got, "退回→1") {
		t.Errorf("next %q", got)
	}
	s.undo()
	if len(b.next) != 1 {
		t.Errorf("after undo the form shows %v", b.next)
	}
}

// openTable brings up the step table of a new workflow with the cursor in its open row.
func openTable(t *testing.T) *screen {
	s := open(t, "JL1", 1)
	if err := s.Do(edit.AddWorkflowFor("基建处", "零星维修", s.Session().NewID)); err != nil {
		t.Fatal(err)
	}
	s.p.Show(string(s.Session().Pilot.Workflows.By(domain.ByName, "零星维修")[0].ID))
	s.TapButton("步骤表")
	s.f.table.grid.Select(1, edit.StepName)
	return s
}

func TestTypingStepsInTheTable(t *testing.T) {
	s := openTable(t)
	s.Type("报修")
	s.Press(fyne.KeyReturn)
	s.Type("派工")
	s.Press(fyne.KeyTab)
	s.wantNames("开始 报修 派工 结束")
	s.wantStep(3)
	if row, col := s.f.table.grid.Current(); row != 2 || col != edit.StepKind {
		t.Errorf("cursor at %d %s", row, col)
	}
	if !s.onChart("派工") {
		t.Error("the chart did not follow")
	}
	s.f.table.grid.Select(2, edit.StepNext)
	s.Type("4 2")
	s.Press(fyne.KeyReturn)
	if !strings.Contains(s.f.table.grid.ErrorText(), "不能同时通向两处") {
		t.Errorf("message %q", s.f.table.grid.ErrorText())
	}
	s.Press(fyne.KeyEscape)
	s.undo()
	s.undo()
	s.wantNames("开始 结束")
}

func TestPasteStepsIsOneOperation(t *testing.T) {
	s := openTable(t)
	clip := fyne.CurrentApp().Clipboard()
	clip.SetContent("报修\t办理\t使用单位\r\n派工\t办理\t维修科\r\n验收\t审批\t基建处处长\r\n")
	s.Shortcut(&fyne.ShortcutPaste{Clipboard: clip})
	s.wantNames("开始 报修 派工 验收 结束")
	if k := s.w().StepNo(4).Kind; k != domain.StepApprove {
		t.Errorf("kind %s", k)
	}
	if problems := s.w().Problems(); len(problems) > 0 {
		t.Errorf("problems %v", problems)
	}
	s.undo()
	s.wantNames("开始 结束")
}

func TestStepNumberMovesTheStep(t *testing.T) {
	s := openTable(t)
	s.Type("甲")
	s.Press(fyne.KeyReturn)
	s.Type("乙")
	s.Press(fyne.KeyReturn)
	s.f.table.grid.Select(2, edit.StepNo)
	s.Type("2")
	s.Press(fyne.KeyReturn)
	s.wantNames("开始 乙 甲 结束")
	s.f.table.grid.Select(1, edit.StepNo)
	s.Type("9")
	s.Press(fyne.KeyReturn)
	if !strings.Contains(s.f.table.grid.ErrorText(), "1–4") {
		t.Errorf("message %q", s.f.table.grid.ErrorText())
	}
}

func TestProblemsAreSaidAndLeadToTheStep(t *testing.T) {
	s := open(t, "JL1", 1)
	test.Tap(s.f.problems)
	s.wantStep(1) // nothing to lead to
	if err := s.Do(edit.SetStep(s.f.wf, s.w().StepNo(5).ID, edit.StepForm{Next: &[]domain.Branch{}})); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(s.f.problems.text, "没有下一步") {
		t.Fatalf("the line says %q", s.f.problems.text)
	}
	test.Tap(s.f.problems)
	s.TapMenu(s.w().Problems()[0].Message)
	s.wantStep(5)
}

func TestNewWorkflowInAnEmptyPilot(t *testing.T) {
	h := pagetest.New(t, nil)
	p := newPage(h)
	h.Open(p, "")
	h.TapButton("新建流程")
	h.Type("零星维修")
	h.TapButton("新建")
	if h.Session().Pilot.Workflows.Len() != 0 {
		t.Fatal("a workflow without a unit was made")
	}
	if !strings.Contains(strings.Join(h.Texts(), "|"), "请填写流程所属部门") {
		t.Errorf("texts %q", h.Texts())
	}
	for _, e := range pagetest.Find[*widget.SelectEntry](h) {
		e.SetText("基建处")
	}
	h.TapButton("新建")
	w := p.flow.workflow()
	if w == nil || w.Name != "零星维修" || h.Session().Pilot.Units.Len() != 1 {
		t.Fatalf("workflow %+v", w)
	}
	if h.Window().Canvas().Overlays().Top() != nil {
		t.Error("the dialog stays")
	}
	if err := h.Session().Undo(); err != nil {
		t.Fatal(err)
	}
	if p.flow.root.Objects[0] != p.flow.empty {
		t.Error("after undo the page is not empty")
	}
}

func TestListMovesByKeysAndKeepsEachStep(t *testing.T) {
	s := open(t, "JL2", 6)
	s.f.list.grid.Focus()
	s.Press(fyne.KeyDown)
	if s.w().Code != "JL3" {
		t.Fatalf("at %s", s.w().Code)
	}
	s.wantStep(1)
	s.Press(fyne.KeyUp)
	s.wantStep(6)
	s.Press(fyne.KeyUp, fyne.KeyUp) // the unit's heading changes nothing
	if s.w().Code != "JL1" {
		t.Fatalf("at %s", s.w().Code)
	}
}

func TestDeletedWorkflowGivesWayToItsNeighbour(t *testing.T) {
	s := open(t, "JL2", 1)
	s.f.list.delete()
	if w := s.w(); w == nil || w.Code != "JL3" {
		t.Fatalf("shows %+v", w)
	}
	s.undo()
	if s.Session().Pilot.Workflows.Len() != 11 {
		t.Error("undo did not bring the workflow back")
	}
}

func TestSplittersAreRemembered(t *testing.T) {
	s := open(t, "JL2", 1)
	for _, x := range pagetest.Find[*widgets.Splitter](s.Host) {
		x.OnMoved(0.3)
	}
	for _, key := range []string{prefList, prefForm} {
		if got := s.Prefs().Float(key); got != 0.3 {
			t.Errorf("%s is %v", key, got)
		}
	}
}

func TestLargeChartAndBack(t *testing.T) {
	s := open(t, "JL3", 3)
	before := s.f.chart.Size()
	s.TapButton("大图")
	if wide := s.f.chart.Size().Width; wide != 1190 {
		t.Errorf("the large chart is %v wide", wide)
	}
	s.TapAt(s.f.chart, s.spot(7))
	s.TapButton("还原")
	if s.f.chart.Size() != before {
		t.Errorf("the chart is %v, was %v", s.f.chart.Size(), before)
	}
	s.wantStep(7)
}

func TestManyWorkflowsGetAFilter(t *testing.T) {
	s := open(t, "JL3", 3)
	if s.f.list.find.Visible() {
		t.Error("eleven workflows need no filter")
	}
	for i := range manyFlows {
		if err := s.Do(edit.AddWorkflowFor("后勤处", fmt.Sprintf("维修%d", i), s.Session().NewID)); err != nil {
			t.Fatal(err)
		}
	}
	if !s.f.list.find.Visible() {
		t.Fatal("no filter")
	}
	s.f.list.find.Delay = 0
	s.f.list.find.SetText("基建 jl3")
	if n := s.f.list.Len(); n != 2 { // the unit's heading and the workflow
		t.Errorf("%d rows", n)
	}
	s.wantStep(3)
	s.f.list.find.SetText("没有这样的流程")
	if s.f.list.Len() != 0 || s.w() == nil {
		t.Error("a filter that finds nothing must not change what is shown")
	}
	s.f.list.delete()
	if s.w() == nil || s.w().Code == "JL3" {
		t.Error("after a deletion under the filter nothing is shown")
	}
}
