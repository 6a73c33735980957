package shell

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"lianshao/app"
	"lianshao/ui/page"
)

// folder makes a folder of workbooks of the example and other files.
func (o *office) folder(name string, books int, others ...string) string {
	o.t.Helper()
	dir := filepath.Join(o.dir, name)
	if err := os.MkdirAll(filepath.Join(dir, "分校区"), 0o700); err != nil {
		o.t.Fatal(err)
	}
	for i, p := range o.workbooks()[:books] {
		to := filepath.Join(dir, filepath.Base(p))
		if i%2 == 1 {
			to = filepath.Join(dir, "分校区", filepath.Base(p))
		}
		if err := os.Rename(p, to); err != nil {
			o.t.Fatal(err)
		}
	}
	for _, n := range others {
		if err := os.WriteFile(filepath.Join(dir, n), []byte("别的"), 0o600); err != nil {
			o.t.Fatal(err)
		}
	}
	return dir
}

// A dropped folder is read with the folders in it; what is not read is named, whether
// it holds tables (.et), is a pilot, or is something else. Blanks around names count.
func TestDropAFolder(t *testing.T) {
	o := open(t)
	o.openSampleFile()
	o.drop(o.folder(" 各部门 #1 100% ", 4, "图书馆.et", "别人的.lianshao", "说明.txt", "~$锁.xlsx"))
	if o.current != page.Import {
		t.Fatalf("opened %s", o.current)
	}
	o.sees("6 个文件")
	o.sees("另有 1 个不是表格，没有读：说明.txt")
	files := o.copied(o.table(), 0, "file", 5, "file")
	if len(files) != 6 {
		t.Fatalf("lists %q", files)
	}
}

// With a dialog open the files are not taken, and that is said.
func TestDropUnderADialog(t *testing.T) {
	o := open(t)
	o.openSampleFile()
	o.menu("文件", "打开…")
	o.drop(o.workbooks()...)
	o.sees("文件没有收下")
	o.TapButton("关闭")
	if o.current == page.Import {
		t.Fatal("imported behind the dialog")
	}
}

// Without a pilot the files wait until one is open; leaving the dialog forgets them.
func TestDropOnTheWelcomePage(t *testing.T) {
	o := open(t)
	books := o.workbooks()
	o.drop(books...)
	o.sees("导入到哪个试点")
	o.TapButton("取消")
	o.drop(books...)
	o.TapButton("新建试点…")
	o.TapButton("取消")
	if o.forPilot != nil {
		t.Fatal("the files of a dialog that was left still wait")
	}
	o.drop(books...)
	o.TapButton("打开试点…")
	o.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if o.forPilot != nil {
		t.Fatal("the files wait after Esc")
	}
	o.drop(books...)
	o.TapButton("新建试点…")
	o.TapButton("新建")
	if o.session == nil || o.current != page.Import {
		t.Fatalf("the new pilot shows %s", o.current)
	}
	o.TapButton("全部导入")
	if n := len(o.pilot().ActivePoints()); n != 41 {
		t.Fatalf("%d points", n)
	}
}

// What is dropped while something runs is read after it.
func TestDropDuringWork(t *testing.T) {
	o := open(t)
	o.openSampleFile()
	books := o.workbooks()[:3]
	var run func()
	o.deps.Go = func(f func()) { run = f }
	o.Shell.Work("正在忙", func(context.Context, func(done, total int)) error { return nil }, func(error) {})
	o.drop(books[:1]...)
	o.drop(books[1:]...)
	if o.current == page.Import {
		t.Fatal("read during the work")
	}
	o.deps.Go = func(f func()) { f() }
	run()
	if o.current != page.Import {
		t.Fatalf("after the work: %s", o.current)
	}
	o.sees("3 个文件")
}

// Files that waited for a pilot which could not be opened are not read into another one.
func TestDropWaitsForOnePilot(t *testing.T) {
	o := open(t)
	o.create(filepath.Join(o.dir, "好"+Extension), app.TemplateBlank, "2026")
	o.menu("文件", "关闭试点")
	bad := filepath.Join(o.dir, "坏"+Extension)
	if err := os.WriteFile(bad, []byte("这不是试点"), 0o600); err != nil {
		t.Fatal(err)
	}
	o.forPilot = o.workbooks()
	o.Open(bad)
	if o.session != nil || o.forPilot == nil {
		t.Fatal("a broken file was opened, or nothing waits for it to be mended")
	}
	o.Shell.Open(filepath.Join(o.dir, "好"+Extension))
	if o.session == nil || o.current == page.Import || o.forPilot != nil {
		t.Fatalf("another pilot shows %s", o.current)
	}
}

// On a locked pilot that is covered nothing is imported, and the person is told why.
func TestDropOnACoveredPilot(t *testing.T) {
	o := open(t)
	o.openSampleFile()
	file, ok := o.session.Store.(app.Lockable)
	if !ok {
		t.Fatal("the store cannot be locked")
	}
	if _, err := file.SetPassword("", "一句好记的话八个字"); err != nil {
		t.Fatal(err)
	}
	o.menu("文件", "锁定")
	o.drop(o.workbooks()[:1]...)
	o.sees("请先输入口令，再把文件拖进来")
	o.TapButton("关闭")
	o.Type("一句好记的话八个字")
	o.Press(fyne.KeyReturn)
	if o.curtain != nil || o.current == page.Import {
		t.Fatalf("after the password: %s", o.current)
	}
}
