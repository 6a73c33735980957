package importing_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"lianshao/ui/page/pagetest"
	"lianshao/ui/widgets"
)

// locked is the sample's register with a password.
func locked(t *testing.T, name, password string) string {
	t.Helper()
	f, err := excelize.OpenFile(selfCheck)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	path := filepath.Join(t.TempDir(), name)
	if err := f.SaveAs(path, excelize.Options{Password: password}); err != nil {
		t.Fatal(err)
	}
	return path
}

// A workbook with a password asks for it; one that is wrong may be typed again, and
// the right one opens the other workbooks too.
func TestPasswordIsAsked(t *testing.T) {
	h, p := open(t, locked(t, "有密码.xlsx", "ok"))
	wantText(t, h, "《有密码.xlsx》有打开密码")
	h.Press(fyne.KeyReturn)
	wantText(t, h, "忘了密码的")
	h.Type("no")
	h.Shot("import-password")
	h.Press(fyne.KeyReturn)
	wantText(t, h, "密码不对，还可以试 2 次")
	h.Type("ok")
	h.Press(fyne.KeyReturn)
	wantText(t, h, "新增 20")
	p.Show(locked(t, "另一个.xlsx", "ok"))
	wantText(t, h, "2 个文件")
	if n := len(pagetest.Find[*widget.Entry](h)); n != 0 {
		t.Error("asked again for the password that opened the first")
	}
}

// After three wrong passwords the file is left out and says so; it can be tried again.
func TestPasswordThreeTimesWrong(t *testing.T) {
	h, _ := open(t, locked(t, "有密码.xlsx", "ok"))
	for range 3 {
		h.Type("x")
		h.Press(fyne.KeyReturn)
	}
	if len(h.Toasts) != 1 || !strings.Contains(h.Toasts[0], "3 次密码都不对，《有密码.xlsx》") {
		t.Fatalf("toasts %q", h.Toasts)
	}
	wantText(t, h, "导入 0 张")
	list := pagetest.Find[*widgets.DataGrid](h)[0]
	var titles []string
	for _, item := range list.Menu([]int{0}, "file") {
		titles = append(titles, item.Label)
		if item.Label == "输入密码…" {
			item.Action()
		}
	}
	if !slices.Contains(titles, "输入密码…") {
		t.Fatalf("menu %q", titles)
	}
	h.Type("ok")
	h.Press(fyne.KeyReturn)
	wantText(t, h, "新增 20")
}

// Of many files every password is asked for once, whatever their order; those whose
// password is not known can be left all at once.
func TestManyPasswords(t *testing.T) {
	h, _ := open(t, locked(t, "甲.xlsx", "one"), locked(t, "乙.xlsx", "two"), locked(t, "丙.xlsx", "one"), locked(t, "丁.xlsx", "two"),
		locked(t, "戊.xlsx", "none"), locked(t, "己.xlsx", "none"))
	wantText(t, h, "后面还有 5 个有密码的文件")
	h.Type("no")
	h.Press(fyne.KeyReturn)
	wantText(t, h, "《甲.xlsx》的密码不对，还可以试 2 次")
	h.Type("one")
	h.Press(fyne.KeyReturn)
	wantText(t, h, "《乙.xlsx》")
	h.Type("two")
	h.Press(fyne.KeyReturn)
	wantText(t, h, "《戊.xlsx》有打开密码")
	h.TapButton("都先不打开")
	if n := len(pagetest.Find[*widget.Entry](h)); n != 0 {
		t.Error("asks on")
	}
	wantText(t, h, "4 张工作表中导入 4 张")
}

// 取消 leaves the file in the list with the reason.
func TestPasswordNotKnown(t *testing.T) {
	h, _ := open(t, locked(t, "有密码.xlsx", "ok"), selfCheck)
	h.TapButton("取消")
	wantText(t, h, "2 个文件")
	list := pagetest.Find[*widgets.DataGrid](h)[0]
	if rows := copied(list); !strings.Contains(strings.Join(rows, "\n"), "有打开密码") {
		t.Errorf("%q", rows)
	}
}

// The encoding of a text table is shown and can be changed.
func TestEncodingIsShownAndChanged(t *testing.T) {
	text, err := simplifiedchinese.GB18030.NewEncoder().String("编号,部门,风险点,防控措施\nJJ-01,基建处,虚签,影像留痕\n")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "台账.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	h, _ := open(t, path)
	sel := encodingSelect(t, h)
	if sel.Selected != "文字编码：GB18030" {
		t.Fatalf("read as %q", sel.Selected)
	}
	h.Shot("import-csv")
	sel.SetSelected("文字编码：UTF-8")
	if len(h.Errors) != 1 || !strings.Contains(h.Errors[0].Error(), "按 UTF-8 读出来有乱码") || sel.Selected != "文字编码：GB18030" {
		t.Errorf("%v, shown as %q", h.Errors, sel.Selected)
	}
	wantText(t, h, "新增 1 ")
	h, _ = open(t, csvFile(t, "plain.csv", "a,b\n1,2\n")) // the same in both
	sel = encodingSelect(t, h)
	if sel.Selected != "文字编码：UTF-8" {
		t.Fatalf("read as %q", sel.Selected)
	}
	sel.SetSelected("文字编码：GB18030")
	if sel = encodingSelect(t, h); sel.Selected != "文字编码：GB18030" || len(h.Errors) != 0 {
		t.Errorf("%v, shown as %q", h.Errors, sel.Selected)
	}
	h, _ = open(t, selfCheck)
	for _, s := range pagetest.Find[*widget.Select](h) {
		if strings.HasPrefix(s.Selected, "文字编码") {
			t.Error("a workbook shows an encoding")
		}
	}
}

func encodingSelect(t *testing.T, h *pagetest.Host) *widget.Select {
	t.Helper()
	for _, s := range pagetest.Find[*widget.Select](h) {
		if strings.HasPrefix(s.Selected, "文字编码") {
			return s
		}
	}
	t.Fatal("no encoding is shown")
	return nil
}
