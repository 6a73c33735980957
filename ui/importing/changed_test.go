package importing_test

import (
	"os"
	"testing"
)

// A file that was written again between the preview and the import is asked about:
// read again, or imported as it is shown. Its problems are not marked in other cells.
func TestFileChangedMeanwhile(t *testing.T) {
	const head = "编号,部门,风险点,可能性\n"
	path := csvFile(t, "台账.csv", head+"JJ-01,基建处,虚签,9\nJJ-02,基建处,围标,2\n")
	h, _ := open(t, path)
	wantText(t, h, "新增 1 ")
	rewrite := func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	rewrite(head + "JJ-01,基建处,虚签多签,4\nJJ-02,基建处,围标,2\n")
	h.SaveTo = t.TempDir()
	h.TapButton("把问题退回填表人…")
	if list, err := os.ReadDir(h.SaveTo); len(list) != 0 || err != nil || len(h.Errors) != 1 {
		t.Fatalf("%v written, errors %v", list, h.Errors)
	}
	pilot := h.Session().Pilot
	h.TapButton("只导入没有问题的")
	wantText(t, h, "《台账.csv》读出来以后又存过")
	if pilot.RiskPoints.Len() != 0 {
		t.Fatal("imported before the person answered")
	}
	h.TapButton("重新读取")
	wantText(t, h, "新增 2 ")

	rewrite(head + "JJ-01,基建处,再改,4\n")
	h.TapButton("全部导入")
	h.TapButton("按看到的导入")
	if r, ok := pilot.RiskPoints.ByKey("JJ-01"); !ok || r.Name != "虚签多签" || pilot.RiskPoints.Len() != 2 {
		t.Errorf("%+v, %d points", r, pilot.RiskPoints.Len())
	}
	if err := h.Session().Undo(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil { // gone: what was read stands
		t.Fatal(err)
	}
	h.TapButton("全部导入")
	if pilot.RiskPoints.Len() != 2 || len(h.Errors) != 1 {
		t.Errorf("%d points, errors %v", pilot.RiskPoints.Len(), h.Errors)
	}
}
