package shell

import (
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/xuri/excelize/v2"

	"lianshao/app/fields"
	"lianshao/app/report/draw"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/pen"
)

// TestMainJob taps and types the main job from the welcome page to the reopened
// file, as a clerk does it.
func TestMainJob(t *testing.T) {
	o := open(t)
	path := o.newPilot()
	empty := snapshot(o.pilot())
	o.importSample()
	o.renameStep()
	o.editPoints()
	o.narrowPoints()
	o.score()
	o.tapWarningBar()
	o.savePaper()
	o.roundTrip()

	full := snapshot(o.pilot())
	o.undoAndRedoAll(empty, full)
	o.readJournal()

	o.quit()
	if o.session != nil {
		t.Fatal("the pilot is still open")
	}
	again := open(t)
	again.Open(path)
	if again.session == nil || !again.pilot().Equal(full) {
		t.Fatal("the reopened file is not what was left, although nobody pressed save")
	}
}

func (o *office) newPilot() string {
	o.t.Helper()
	o.sees("还没有打开过试点")
	o.TapButton("新建试点…")
	entries := pagetest.Find[*widget.Entry](o.Host)
	path := o.dir + "/校试点.lianshao"
	o.retype(entries[len(entries)-1], path)
	o.TapButton("新建")
	if o.session == nil || o.pilot().Milestones.Len() != 14 || o.pilot().Units.Len() != 2 {
		o.t.Fatalf("new pilot: %q", o.Texts())
	}
	return path
}

func (o *office) importSample() {
	o.t.Helper()
	o.drop(o.workbooks()...)
	if o.current != page.Import {
		o.t.Fatalf("dropped files opened %s", o.current)
	}
	o.TapButton("全部导入")
	if n := len(o.pilot().ActivePoints()); n != 41 {
		o.t.Fatalf("%d points after the import", n)
	}
	counts := o.session.Result(1).LevelCounts()
	if counts["红"] != 9 || counts["橙"] != 17 || counts["黄"] != 10 || counts["蓝"] != 5 {
		o.t.Fatalf("levels of the first round: %v", counts)
	}
}

func (o *office) renameStep() {
	o.t.Helper()
	o.visit("工作流程")
	onChart := func(words string) bool {
		all := ""
		for _, c := range pagetest.Find[interface{ Drawing() draw.Drawing }](o.Host) {
			for _, it := range c.Drawing().Items {
				if x, ok := it.(draw.Text); ok {
					all += x.String
				}
			}
		}
		return strings.Contains(all, words)
	}
	if onChart("提出基建需求单") {
		o.t.Fatal("the chart knows the new name already")
	}
	o.retype(o.area("提出建设需求"), "提出基建需求单")
	o.Press(fyne.KeyReturn)
	if !onChart("提出基建需求单") {
		o.t.Fatal("the chart did not follow the typed name")
	}
}

// point returns the risk point with a code.
func (o *office) point(code string) *domain.RiskPoint {
	o.t.Helper()
	r, ok := o.pilot().RiskPoints.ByKey(code)
	if !ok {
		o.t.Fatalf("no point %s", code)
	}
	return r
}

func (o *office) editPoints() {
	o.t.Helper()
	o.visit("风险排查")
	g := o.table()
	if o.win.Canvas().Focused() != fyne.Focusable(g) {
		o.t.Errorf("the table does not have the keyboard but %T", o.win.Canvas().Focused())
	}
	o.at(g, 0, "likelihood")
	o.Type("5")
	o.Press(fyne.KeyReturn)
	if r := o.point("JJ-01"); r.Likelihood != 5 {
		o.t.Fatalf("likelihood %d after typing 5", r.Likelihood)
	}
	if row, col := g.Current(); row != 1 || col != "likelihood" {
		o.t.Fatalf("Enter went to %d %s", row, col)
	}
	o.Type("9")
	o.Press(fyne.KeyReturn)
	if !g.Editing() || !strings.Contains(g.ErrorText(), "1") {
		o.t.Fatalf("9 on a 1–5 scale was not refused: %q", g.ErrorText())
	}
	o.Press(fyne.KeyEscape)

	g.SelectRange(0, "likelihood", 1, "impact")
	o.Shortcut(&fyne.ShortcutCopy{Clipboard: fyne.CurrentApp().Clipboard()})
	g.Select(2, "likelihood")
	o.Shortcut(&fyne.ShortcutPaste{Clipboard: fyne.CurrentApp().Clipboard()})
	for i, code := range []string{"JJ-03", "JJ-04"} {
		from, to := o.point([]string{"JJ-01", "JJ-02"}[i]), o.point(code)
		if from.Likelihood != to.Likelihood || from.Impact != to.Impact {
			o.t.Fatalf("%s was not pasted over %s", from.Code, code)
		}
	}

	g.Select(0, "code")
	o.retype(o.area(o.point("JJ-01").Description), "论证走过场，先定结论后补论证。")
	o.Press(fyne.KeyTab)
	if r := o.point("JJ-01"); r.Description != "论证走过场，先定结论后补论证。" {
		o.t.Fatalf("the detail kept %q", r.Description)
	}
	// Typed but not left yet: going elsewhere must not lose it.
	g.Select(4, "impact")
	o.win.Canvas().Focus(g)
	o.Type("2")
	o.visit("总览")
	if r := o.point("JJ-05"); r.Impact != 2 {
		o.t.Fatalf("an unfinished cell was lost: %d", r.Impact)
	}
}

func (o *office) narrowPoints() {
	o.t.Helper()
	o.visit("风险排查")
	g := o.table()
	g.Select(0, "index")
	pos, _ := g.CellPosition(0, "index")
	o.TapAt(g, fyne.NewPos(pos.X+4, 8)) // the header
	var last float64 = -1
	for _, line := range o.copied(g, 0, "index", 40, "index") {
		x, err := strconv.ParseFloat(line[0], 64)
		if err != nil || x < last {
			o.t.Fatalf("not sorted: %v after %v (%v)", x, last, err)
		}
		last = x
	}
	o.menu("编辑", "查找")
	o.Type("招标")
	want := 0
	for _, r := range o.pilot().ActivePoints() {
		if o.mentions(r, "招标") {
			want++
		}
	}
	o.sees(strconv.Itoa(want) + " 个，共 41 个风险点")
	o.Press(fyne.KeyReturn)
	if o.win.Canvas().Focused() != fyne.Focusable(g) {
		o.t.Error("Enter in the filter does not go back to the table")
	}
	o.retype(pagetest.Find[*widget.Entry](o.Host)[0], "")
}

// mentions looks in every text of the table's row, as the filter says it does.
func (o *office) mentions(r *domain.RiskPoint, word string) bool {
	for _, f := range fields.Of(domain.KindRiskPoint) {
		if strings.Contains(f.Get(o.pilot(), r), word) {
			return true
		}
	}
	return false
}

func (o *office) score() {
	o.t.Helper()
	o.visit("风险评估")
	who := o.pilot().Round(0).Assessors[1].Name
	selects := pagetest.Find[*widget.Select](o.Host)
	test.Tap(selects[2])
	o.TapMenu(who)
	g := o.table()
	round, id := o.pilot().Round(0), o.point("JJ-01").ID
	before := o.session.Result(0).Of(id).Index
	rating, _ := o.pilot().RatingOf(round, domain.TargetPoint, id)
	key := "5"
	if rating.Row(who).Marks[0] == 5 {
		key = "1"
	}
	o.at(g, 0, o.session.Result(0).PointSys.Indicators()[0].Code)
	o.Type(key)
	if after := o.session.Result(0).Of(id).Index; after == before {
		o.t.Fatalf("the index stayed %.4f", after)
	}
	if row, col := g.Current(); row != 0 || col != o.session.Result(0).PointSys.Indicators()[1].Code {
		o.t.Fatalf("a score key went to %d %s", row, col)
	}
}

func (o *office) tapWarningBar() {
	o.t.Helper()
	o.visit("预警")
	for _, c := range pagetest.Find[*pen.Chart](o.Host) {
		for _, hit := range c.Drawing().Hits {
			if strings.Contains(hit.Key, "unit=") && strings.Contains(hit.Key, "level=橙") {
				o.TapAt(c, fyne.NewPos(float32(hit.X+hit.W/2), float32(hit.Y+hit.H/2)))
				if o.current != page.RiskPoints {
					o.t.Fatalf("the bar opened %s", o.current)
				}
				g := o.table()
				rows := o.copied(g, 0, "grade", 40, "grade")
				if i := slices.IndexFunc(rows, func(r []string) bool { return r[0] != "橙" }); i >= 0 || len(rows) == 41 {
					o.t.Fatalf("not narrowed to 橙: %v", rows)
				}
				return
			}
		}
	}
	o.t.Fatal("no chart has a bar of 橙 by unit")
}

func (o *office) savePaper() {
	o.t.Helper()
	o.visit("报表打印")
	o.Go(page.Reports, "riskpoints")
	o.TapButton("另存 PDF")
	path := o.saveAs("一览表.pdf")
	out, err := exec.Command("pdftotext", "-layout", path, "-").CombinedOutput()
	if err != nil {
		o.t.Fatalf("pdftotext: %v %s", err, out)
	}
	for _, word := range []string{"JJ-01", "SB-02", "基建处"} {
		if !strings.Contains(string(out), word) {
			o.t.Errorf("the paper lacks %s", word)
		}
	}
}

func (o *office) roundTrip() {
	o.t.Helper()
	o.menu("文件", "导出全部到 Excel…")
	path := o.saveAs("全部.xlsx")
	f, err := excelize.OpenFile(path)
	if err != nil {
		o.t.Fatal(err)
	}
	was := o.point("SB-03").Description
	changed := 0
	for _, sheet := range f.GetSheetList() {
		cells, err := f.SearchSheet(sheet, was)
		if err != nil {
			o.t.Fatal(err)
		}
		for _, cell := range cells {
			if err := f.SetCellStr(sheet, cell, "在表格里改过的表现形式"); err != nil {
				o.t.Fatal(err)
			}
			changed++
		}
	}
	if err := f.Save(); err != nil || changed != 1 {
		o.t.Fatalf("changed %d cells: %v", changed, err)
	}
	o.drop(path)
	o.sees("新增 0 · 修改 1 ·")
	o.TapButton("全部导入")
	if got := o.point("SB-03").Description; got != "在表格里改过的表现形式" {
		o.t.Fatalf("still %q", got)
	}
	newest, err := o.session.Store.Journal(0, 1)
	if err != nil || len(newest[0].Changes) != 1 {
		o.t.Fatalf("the import changed %d records, %v", len(newest[0].Changes), err)
	}
}

func (o *office) undoAndRedoAll(empty, full *domain.Pilot) {
	o.t.Helper()
	n := 0
	for ; ; n++ {
		if _, can := o.session.CanUndo(); !can {
			break
		}
		o.menu("编辑", "撤销")
	}
	if n < 8 || !o.pilot().Equal(empty) {
		o.t.Fatalf("after undoing %d operations the pilot is not the new one: %d points", n, o.pilot().RiskPoints.Len())
	}
	for range n {
		o.menu("编辑", "重做")
	}
	if !o.pilot().Equal(full) {
		o.t.Fatal("redoing everything does not give the pilot back")
	}
}

func (o *office) readJournal() {
	o.t.Helper()
	o.menu("编辑", "审计轨迹")
	g := o.table()
	labels := o.copied(g, 0, "action", 60, "label")
	seen := map[string]bool{}
	for _, line := range labels {
		seen[line[0]] = true
	}
	if !seen["操作"] || !seen["撤销"] || !seen["重做"] || len(labels) < 20 {
		o.t.Fatalf("the journal shows %v", labels)
	}
}
