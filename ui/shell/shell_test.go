package shell

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// A file that cannot be opened is said in a sentence, and the pilot stays open.
func TestBadFilesLeaveThePilotOpen(t *testing.T) {
	o := open(t)
	o.openSampleFile()
	was := o.session
	other := open(t)
	other.openSampleFile()
	write := func(name, content string) string {
		p := filepath.Join(o.dir, name)
		if err := os.WriteFile(p, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	for name, path := range map[string]string{
		"locked":  other.session.Store.Path(),
		"empty":   write("空.lianshao", ""),
		"foreign": write("别的.lianshao", strings.Repeat("这不是试点文件", 4000)),
		"missing": filepath.Join(o.dir, "没有.lianshao"),
	} {
		o.Open(path)
		if o.session != was {
			t.Fatalf("%s: another session", name)
		}
		said := strings.Join(o.Texts(), "")
		if !strings.Contains(said, "没有完成") && !strings.Contains(said, "正在使用") && !strings.Contains(said, "试点文件受损") || !strings.Contains(said, filepath.Base(path)[:6]) {
			t.Errorf("%s: the dialog says %q", name, said)
		}
		if name == "locked" || name == "empty" {
			o.TapButton("取消")
		} else {
			o.TapButton("关闭")
		}
	}
	if err := o.session.Store.Commit(app.Entry{}); err != nil {
		t.Errorf("the open file no longer takes changes: %v", err)
	}
}

// A fault in a command reaches nobody as a crash, and the next command works.
func TestFaultBecomesASentence(t *testing.T) {
	o := open(t)
	o.deps.Log = nil
	o.openSampleFile()
	err := o.Shell.Do(app.CommandFunc(func(*domain.Pilot) (domain.ChangeSet, error) { panic("fault") }))
	if err == nil || !strings.Contains(app.Sentence(err), "数据没有改动") {
		t.Fatalf("error %v", err)
	}
	next := app.Edit(domain.Op{Label: "改名"}, func(d *domain.Pilot) error {
		r := d.RiskPoints.All()[0].Clone().(*domain.RiskPoint)
		r.Name = "改过的名字"
		d.Put(r)
		return nil
	})
	if err := o.Shell.Do(next); err != nil {
		t.Fatalf("the next command: %v", err)
	}
	o.Shell.Work("会出错的事", func(context.Context, func(int, int)) error { panic("fault") }, o.Shell.Report)
	o.sees("数据没有改动")
}

// Closing while work runs cancels it, waits, and then closes.
func TestClosingWhileWorkRuns(t *testing.T) {
	o := open(t)
	o.openSampleFile()
	var run func()
	o.deps.Go = func(f func()) { run = f }
	var got error
	o.Shell.Work("很长的事", func(ctx context.Context, _ func(int, int)) error { return ctx.Err() }, func(err error) { got = err })
	o.quit()
	if o.session == nil {
		t.Fatal("closed under the work that runs")
	}
	run() // its end begins to save, which is work too
	run()
	if !errors.Is(got, context.Canceled) || o.session != nil {
		t.Fatalf("work ended with %v, session %v", got, o.session)
	}
}

// What is typed and right is kept when the window closes; what is refused holds
// the window once.
func TestClosingKeepsWhatIsTyped(t *testing.T) {
	o := open(t)
	o.openSampleFile()
	path := o.session.Store.Path()
	o.visit("风险排查")
	g := o.table()
	g.Select(0, "likelihood")
	g.Focus()
	o.Type("9")
	o.quit()
	if o.session == nil {
		t.Fatal("closed although 9 is not on the scale")
	}
	o.win.Canvas().Unfocus()
	g.Focus()
	if !g.Editing() {
		t.Fatal("the refused text is gone")
	}
	o.win.Canvas().Focus(g)
	g.Select(1, "likelihood")
	o.Open(path) // open already: nothing happens
	if o.session == nil {
		t.Fatal("opening the same file closed it")
	}
	o.quit()
	if o.session != nil {
		t.Fatal("closing again does not close")
	}
}

// Undo means the text while one types and the pilot otherwise.
func TestUndoMeansWhatOneDoes(t *testing.T) {
	o := open(t)
	o.openSampleFile()
	o.visit("风险排查")
	name := o.point("JJ-01").Name
	field := o.area(name)
	o.retype(field, "新名字")
	o.Press(fyne.KeyReturn)
	if o.point("JJ-01").Name != "新名字" {
		t.Fatal("not committed")
	}
	o.Type("再加")
	o.menu("编辑", "撤销")
	if o.point("JJ-01").Name != "新名字" || field.Text == "新名字再加" {
		t.Fatalf("undo while typing: pilot %q, field %q", o.point("JJ-01").Name, field.Text)
	}
	o.Press(fyne.KeyEscape)
	o.menu("编辑", "撤销")
	if o.point("JJ-01").Name != name {
		t.Fatalf("undo after typing left %q", o.point("JJ-01").Name)
	}
}

// Deleting rows asks nothing and can be undone; under a dialog menus do nothing.
func TestDeleteAndDialogs(t *testing.T) {
	o := open(t)
	o.openSampleFile()
	o.visit("组织机构")
	g := o.table()
	before := o.pilot().Members.Len()
	o.MenuAt(g, fyne.NewPos(80, 60))
	o.TapMenu("删除所选行")
	if o.pilot().Members.Len() != before-1 {
		t.Fatalf("%d members of %d; %q", o.pilot().Members.Len(), before, o.Texts())
	}
	o.menu("文件", "新建试点…")
	o.menu("编辑", "撤销")
	if o.pilot().Members.Len() != before-1 {
		t.Error("undo under a dialog")
	}
	o.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if widgets.DialogOpen(o.win.Canvas()) {
		t.Fatal("Esc does not close the dialog")
	}
	o.menu("编辑", "撤销")
	if o.pilot().Members.Len() != before {
		t.Error("not undone")
	}
}

// Every page comes up on an empty pilot, a template and the example.
func TestEveryScreenOnEveryPilot(t *testing.T) {
	o := open(t)
	for _, tmpl := range []app.Template{app.TemplateBlank, app.TemplateUniversity, ""} {
		if tmpl == "" {
			o.openSampleFile()
		} else {
			o.create(filepath.Join(o.dir, string(tmpl)+Extension), tmpl, "2026")
		}
		for _, id := range o.ScreenNames() {
			o.Go(id, "")
			if o.current != id || len(o.Texts()) == 0 && id != page.Journal {
				t.Errorf("%s on %q shows nothing", id, tmpl)
			}
			o.win.Canvas().Capture()
			if widgets.DialogOpen(o.win.Canvas()) {
				t.Fatalf("%s on %q: %q", id, tmpl, o.Texts())
			}
		}
	}
}

// A screen that is not listed leaves none chosen at the left: the one before is a way back.
func TestBackFromAHiddenScreen(t *testing.T) {
	o := open(t)
	o.openSampleFile()
	o.Go(page.Overview, "")
	o.Go(page.Import, "")
	if got := o.nav.Selected(); got != "" {
		t.Fatalf("%q is chosen while 导入 is shown", got)
	}
	o.nav.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, 5)})
	if o.current != page.Overview || o.nav.Selected() != page.Overview {
		t.Fatalf("on %q, chosen %q", o.current, o.nav.Selected())
	}
}
