package importing_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
	"github.com/xuri/excelize/v2"

	"lianshao/app/intake"
	"lianshao/domain"
	"lianshao/storage/xlsx"
	"lianshao/ui/importing"
	"lianshao/ui/page"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/widgets"
)

const (
	sampleDir = "../../assets/sample/"
	selfCheck = sampleDir + "基建处-岗位廉政风险点自查表.xlsx"
)

func open(t *testing.T, paths ...string) (*pagetest.Host, page.Page) {
	t.Helper()
	h := pagetest.New(t, nil)
	p := importing.New(h, xlsx.Reader{}, xlsx.Writer{})
	h.Open(p, strings.Join(paths, "\n"))
	return h, p
}

func wantText(t *testing.T, h *pagetest.Host, part string) {
	t.Helper()
	all := h.Texts()
	if !slices.ContainsFunc(all, func(s string) bool { return strings.Contains(s, part) }) {
		t.Fatalf("%q is not on the page: %q", part, all)
	}
}

func TestEmptyPageSaysWhatCanBeImported(t *testing.T) {
	h, _ := open(t)
	wantText(t, h, "原样导入")
	wantText(t, h, "风险点表")
	h.Shot("import-empty")
	h.OpenFrom = []string{selfCheck}
	h.TapButton("选择文件…")
	wantText(t, h, "新增 20")
}

func TestImportSelfCheckAndUndo(t *testing.T) {
	h, p := open(t, selfCheck)
	wantText(t, h, "新增 20 · 修改 0 · 相同 0")
	if n := h.Session().Pilot.RiskPoints.Len(); n != 0 {
		t.Fatalf("%d points before the person confirmed", n)
	}
	h.Shot("import-plan")
	h.TapButton("全部导入")
	pilot := h.Session().Pilot
	if pilot.RiskPoints.Len() != 20 || len(h.Errors) != 0 {
		t.Fatalf("%d points, errors %v", pilot.RiskPoints.Len(), h.Errors)
	}
	if len(h.Toasts) != 1 || !strings.Contains(h.Toasts[0], "Ctrl+Z") {
		t.Errorf("toasts %q", h.Toasts)
	}
	wantText(t, h, "风险点 新增 20")
	h.Shot("import-done")
	h.TapButton("去风险排查")
	if len(h.Visits) != 1 || h.Visits[0].Screen != page.RiskPoints {
		t.Errorf("visits %v", h.Visits)
	}
	if err := h.Session().Undo(); err != nil || pilot.RiskPoints.Len() != 0 {
		t.Fatalf("undo: %v, %d points left", err, pilot.RiskPoints.Len())
	}
	wantText(t, h, "新增 20 · 修改 0 · 相同 0") // offered again
	h.TapButton("全部导入")
	p.Show(selfCheck)
	wantText(t, h, "新增 0 · 修改 0 · 相同 20")
	if b := button(t, h, "全部导入"); !b.Disabled() {
		t.Error("there is nothing new, yet the button can be pressed")
	}
}

func button(t *testing.T, h *pagetest.Host, text string) *widgets.Button {
	t.Helper()
	for _, b := range pagetest.Find[*widgets.Button](h) {
		if b.Text == text {
			return b
		}
	}
	t.Fatalf("no button %q", text)
	return nil
}

// spoil copies the self-check form with one cell changed.
func spoil(t *testing.T, cell string, value any) string {
	t.Helper()
	f, err := excelize.OpenFile(selfCheck)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.SetCellValue(f.GetSheetName(f.GetActiveSheetIndex()), cell, value); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "改错的自查表.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestWrongCellIsShownAndTheRestImported(t *testing.T) {
	col := column(t, "likelihood")
	cell := col + "8"
	h, _ := open(t, spoil(t, cell, 9), filepath.Join(t.TempDir(), "没有.xlsx"))
	wantText(t, h, "新增 19")
	wantText(t, h, "有问题 2")
	wantText(t, h, cell+"：") // the problem of the cell under the cursor
	wantText(t, h, "9")
	h.Shot("import-problem")
	h.TapButton("只导入没有问题的")
	if n := h.Session().Pilot.RiskPoints.Len(); n != 19 {
		t.Errorf("%d points, want the 19 without a problem", n)
	}
	wantText(t, h, "没有导入")
	h.Shot("import-done-problem")
}

// column finds the letter of the self-check form's column for a field.
func column(t *testing.T, field string) string {
	t.Helper()
	b, err := xlsx.Reader{}.Read(context.Background(), selfCheck, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range intake.Analyse([]*intake.Book{b}, intake.Options{}) {
		for _, c := range g.Columns {
			if c.Field == field {
				return intake.ColumnName(c.Col + 1)
			}
		}
	}
	t.Fatalf("no column for %s", field)
	return ""
}

func TestAllSamples(t *testing.T) {
	entries, err := os.ReadDir(sampleDir)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, e := range entries {
		paths = append(paths, sampleDir+e.Name())
	}
	h, p := open(t, paths...)
	h.Shot("import-all")
	label := "全部导入"
	h.TapButton(label)
	pilot := h.Session().Pilot
	if pilot.Readings.Len() != 241 || pilot.Opinions.Len() != 26 || pilot.Intelligence.Len() != 32 {
		t.Errorf("readings %d, opinions %d, information %d", pilot.Readings.Len(), pilot.Opinions.Len(), pilot.Intelligence.Len())
	}
	h.Shot("import-all-done")
	p.Show(spoil(t, column(t, "likelihood")+"8", 1))
	wantText(t, h, "修改 1")
	g := pagetest.Find[*widgets.DataGrid](h)[2]
	g.SelectRange(0, "kind", 5, "after")
	h.Window().Canvas().Focus(g)
	h.Shortcut(&fyne.ShortcutCopy{})
	if got := fyne.CurrentApp().Clipboard().Content(); !strings.HasPrefix(got, "风险点\tJJ-04 ") || !strings.HasSuffix(strings.TrimSpace(got), "\t可能性\t3\t1") {
		t.Errorf("the change is listed as %q", got)
	}
	h.Shot("import-change")
	if err := h.Session().Undo(); err != nil || pilot.Equal(domain.NewPilot()) == false {
		t.Errorf("undo: %v, something is left", err)
	}
}

func TestColumnCanBeGivenAnotherMeaning(t *testing.T) {
	h, _ := open(t, selfCheck)
	grids := pagetest.Find[*widgets.DataGrid](h)
	g := grids[1]
	at := slices.IndexFunc(g.Columns(), func(c widgets.Column) bool { return c.Title == "成因" })
	if at < 0 {
		t.Fatalf("no column 成因 in %v", g.Columns())
	}
	id := g.Columns()[at].ID
	g.Select(3, id)
	pos, _ := g.CellPosition(0, id)
	h.TapAt(g, fyne.NewPos(pos.X, 10))
	h.Shot("import-role")
	h.TapMenu("（不导入这一列）")
	if got := g.Columns()[at].Title; got != "（不导入）" {
		t.Errorf("the head says %q", got)
	}
	h.TapButton("全部导入")
	h.Session().Pilot.RiskPoints.Each(func(r domain.Record) bool {
		if c := r.(*domain.RiskPoint).Causes; c != "" {
			t.Errorf("causes %q were imported", c)
		}
		return true
	})
}

func TestUnknownSheetCanBeNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "台账.csv")
	text := "甲,乙,丙\nJJ-01,基建处,拆分项目规避招标\nJJ-02,基建处,先施工后审批\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	h, _ := open(t, path)
	wantText(t, h, "有问题 1")
	if !button(t, h, "只导入没有问题的").Disabled() {
		t.Error("nothing can be imported yet")
	}
	h.Shot("import-unknown")
	pagetest.Find[*widget.Select](h)[0].SetSelected("风险点表")
	for i, role := range []string{"编号", "部门", "廉政风险点"} {
		g := pagetest.Find[*widgets.DataGrid](h)[1]
		pos, _ := g.CellPosition(0, g.Columns()[i+1].ID)
		h.TapAt(g, fyne.NewPos(pos.X, 10))
		h.TapMenu(role)
	}
	wantText(t, h, "新增 2")
	h.TapButton("全部导入")
	if n := h.Session().Pilot.RiskPoints.Len(); n != 2 {
		t.Errorf("%d points, errors %v", n, h.Errors)
	}
}

func TestFailedCommitChangesNothing(t *testing.T) {
	h, _ := open(t, selfCheck)
	h.Store.Fail = os.ErrPermission
	h.TapButton("全部导入")
	if len(h.Errors) != 1 || h.Session().Pilot.RiskPoints.Len() != 0 || len(h.Toasts) != 0 {
		t.Errorf("errors %v, points %d, toasts %q", h.Errors, h.Session().Pilot.RiskPoints.Len(), h.Toasts)
	}
	h.TapButton("全部导入") // the plan is still there
	if n := h.Session().Pilot.RiskPoints.Len(); n != 20 {
		t.Errorf("%d points the second time", n)
	}
}

func TestSheetsAndFilesCanBeLeftOut(t *testing.T) {
	h, _ := open(t, selfCheck, sampleDir+"风险信息库.xlsx")
	wantText(t, h, "2 个文件")
	g := pagetest.Find[*widgets.DataGrid](h)[0]
	g.Select(0, "take")
	if err := g.OnToggle(0, "take", false); err != nil {
		t.Fatal(err)
	}
	h.TapButton("全部导入")
	p := h.Session().Pilot
	if p.RiskPoints.Len() != 0 || p.Intelligence.Len() != 32 {
		t.Errorf("%d points, %d information items", p.RiskPoints.Len(), p.Intelligence.Len())
	}
}
