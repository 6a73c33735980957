package importing_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/widget"

	"lianshao/storage/xlsx"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/widgets"
)

// folder holds tables of two people who disagree about JJ-01, and one with a wrong cell.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	const head = "部门,编号,风险点,表现形式,可能性,影响程度\n"
	for name, text := range map[string]string{
		"甲/自查.csv": head + "基建处,JJ-01,虚签,多签工程量,3,4\n基建处,JJ-02,围标,失察,2,2\n",
		"乙/自查.csv": head + "基建处,JJ-01,虚签,多签工程量,5,4\n",
		"丙.csv":    head + "基建处,JJ-07,倒签,补签,9,4\n基建处,JJ-08,倒签,补签日期,2,4\n"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A folder is collected in one go: what disagrees is shown from both sides and
// decided row by row or by rule; one commit, one undo.
func TestCollectAFolder(t *testing.T) {
	h, _ := open(t, folder(t))
	wantText(t, h, "3 个文件")
	wantText(t, h, "不一致 1")
	grid := gridOf(t, h, "采用")
	rows := copied(grid)
	if len(rows) != 2 || !strings.Contains(rows[0], "5") || !strings.Contains(rows[1], "甲/自查.csv") {
		t.Fatalf("sides %q", rows)
	}
	h.Shot("import-conflicts")
	if err := grid.OnToggle(0, "take", true); err != nil {
		t.Fatal(err)
	}
	h.TapButton("只导入没有问题的")
	pilot := h.Session().Pilot
	r, _ := pilot.RiskPoints.ByKey("JJ-01")
	if r == nil || r.Likelihood != 5 || pilot.RiskPoints.Len() != 3 {
		t.Fatalf("%+v, %d points", r, pilot.RiskPoints.Len())
	}
	if err := h.Session().Undo(); err != nil || pilot.RiskPoints.Len() != 0 {
		t.Fatalf("one undo: %v, %d points left", err, pilot.RiskPoints.Len())
	}
	rule := func(from, to string) {
		for _, s := range pagetest.Find[*widget.Select](h) {
			if s.Selected == from {
				s.SetSelected(to)
			}
		}
		wantText(t, h, "逐条选定了 1 项")
	}
	likelihood := func() int {
		h.TapButton("只导入没有问题的")
		r, _ := pilot.RiskPoints.ByKey("JJ-01")
		return r.Likelihood
	}
	rule("取较新的", "取来表的（排在后面的）")
	h.TapButton("只用于其余的")
	if n := likelihood(); n != 5 {
		t.Errorf("the rule took away what was decided by hand: %d", n)
	}
	if err := h.Session().Undo(); err != nil {
		t.Fatal(err)
	}
	rule("取来表的（排在后面的）", "取较新的")
	h.TapButton("只用于其余的")
	rule("取较新的", "取来表的（排在后面的）")
	h.TapButton("全部按规则")
	if n := likelihood(); n != 3 {
		t.Errorf("by rule: %d", n)
	}
}

// What is too long for a row is read in full, and taken there.
func TestCompareInFull(t *testing.T) {
	h, _ := open(t, folder(t))
	grid := gridOf(t, h, "采用")
	grid.Select(1, "")
	h.TapButton("对照全文…")
	wantText(t, h, "可能性")
	h.Shot("import-compare")
	h.TapButton("采用")
	taken := copied(gridOf(t, h, "采用"))
	h.TapButton("对照全文…")
	h.TapButton("采用的是这个")
	if again := copied(gridOf(t, h, "采用")); strings.Join(again, "\n") != strings.Join(taken, "\n") {
		t.Errorf("looking changed %q to %q", taken, again)
	}
	h.TapButton("只导入没有问题的")
	if r, _ := h.Session().Pilot.RiskPoints.ByKey("JJ-01"); r == nil {
		t.Error("not imported")
	}
}

// What is wrong is written back for the sender.
func TestProblemsAreSentBack(t *testing.T) {
	h, _ := open(t, folder(t))
	h.SaveTo = t.TempDir()
	h.TapButton("把问题退回填表人…")
	b, err := xlsx.Reader{}.Read(context.Background(), filepath.Join(h.SaveTo, "丙-问题.xlsx"), nil)
	if err != nil || len(b.Sheets) != 2 || !strings.Contains(b.Sheets[1].Rows[2].Cells[4], "可能性应为") {
		t.Fatalf("%v", err)
	}
	if list, _ := os.ReadDir(h.SaveTo); len(list) != 1 || !strings.Contains(h.Toasts[0], "1 个有问题的表") {
		t.Errorf("%v %q", list, h.Toasts)
	}
}

// gridOf finds the grid whose first column is called so.
func gridOf(t *testing.T, h *pagetest.Host, title string) *widgets.DataGrid {
	t.Helper()
	for _, g := range pagetest.Find[*widgets.DataGrid](h) {
		if cols := g.Columns(); len(cols) > 0 && cols[0].Title == title {
			return g
		}
	}
	t.Fatalf("no grid of %q", title)
	return nil
}
