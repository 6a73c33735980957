package shell

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"lianshao/app"
	"lianshao/storage/pilotfile"
)

// The other tables of a folder are offered, Excel's lock files and other kinds
// of files are not.
func TestNeighbours(t *testing.T) {
	dir := t.TempDir()
	for _, n := range []string{"自查表.xlsx", "一览表.XLSX", "~$自查表.xlsx", "说明.docx", "旧.csv"} {
		if err := os.WriteFile(filepath.Join(dir, n), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := neighbours(filepath.Join(dir, "自查表.xlsx"), []string{".xlsx", ".csv"})
	slices.Sort(got)
	if want := []string{"一览表.XLSX", "旧.csv", "自查表.xlsx"}; !slices.Equal(got, want) {
		t.Fatalf("got %q, want %q", got, want)
	}
}

// A package of the pilot is made in the window: both passwords must be the same.
func TestPackInTheWindow(t *testing.T) {
	o := open(t)
	o.openSampleFile()
	o.menu("文件", "做成交换包…")
	o.Type("两家都知道的一句话")
	o.Press(fyne.KeyTab)
	o.Type("两家都知道的一句话错")
	o.Press(fyne.KeyReturn)
	o.sees("两次输入的密码不一样")
	o.TapButton("关闭")
	o.Press(fyne.KeyBackspace, fyne.KeyReturn)
	path := o.saveAs("发给学校.lianshao-pack")
	s, err := pilotfile.Stores{}.OpenWith(path, app.OpenOptions{ReadOnly: true, Secret: "两家都知道的一句话"})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if p, err := s.Load(nil); err != nil || !p.Equal(o.pilot()) {
		t.Error("the package holds something else", err)
	}
}

// A file that is there is not touched before the new one is written: it is named
// first, replaced only at the second press, and survives an export that fails.
func TestSavingOverAFile(t *testing.T) {
	o := open(t)
	o.openSampleFile()
	path := filepath.Join(o.dir, "旧表.xlsx")
	if err := os.WriteFile(path, []byte("去年的表"), 0o600); err != nil {
		t.Fatal(err)
	}
	is := func(want string) {
		t.Helper()
		if b, err := os.ReadFile(path); err != nil || string(b) != want {
			t.Fatalf("the file has %q, %v", b, err)
		}
	}
	called := 0
	o.Shell.Files().ChooseSave("旧表.xlsx", func(p string) {
		called++
		if p != path {
			t.Errorf("chosen %s", p)
		}
	})
	o.TapButton("保存")
	o.sees("已有同名文件“旧表.xlsx”")
	is("去年的表")
	if called != 0 {
		t.Fatal("taken at the first press")
	}
	o.TapButton("保存")
	is("去年的表")
	if called != 1 {
		t.Errorf("called %d times", called)
	}
}
