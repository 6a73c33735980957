package shell

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/storage/pilotfile"
	"lianshao/ui/widgets"
)

const phrase = "基建处的一句好记的话"

// newLocked makes a pilot, sets a password in the window and closes it. It returns
// the file and the recovery key that was shown.
func newLocked(t *testing.T, o *office) (path, recovery string) {
	t.Helper()
	path = filepath.Join(o.dir, "试点.lianshao")
	s, err := app.CreatePilot(pilotfile.Stores{}, path, app.TemplateBlank, 2026, o.deps.Clock, o.deps.NewID, "某")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	o.Open(path)
	o.menu("文件", "口令保护…")
	o.Type(phrase)
	o.Press(fyne.KeyTab)
	o.Type(phrase + "错")
	o.Press(fyne.KeyReturn)
	o.sees("两次输入的口令不一样")
	o.TapButton("关闭")
	o.Press(fyne.KeyBackspace, fyne.KeyReturn)
	o.sees("恢复密钥")
	for _, text := range o.Texts() {
		if strings.Count(text, "-") == 6 && len(text) == 34 {
			recovery = text
		}
	}
	if recovery == "" {
		t.Fatal("no recovery key is shown")
	}
	o.TapButton("打印…")
	o.TapButton("我已记下，关闭")
	if strings.Contains(o.win.Title(), o.pilot().Info().Name) {
		t.Error("the title names the pilot")
	}
	o.menu("文件", "关闭试点")
	return path, recovery
}

// A locked pilot asks when it is opened, says what is wrong, and opens by password
// or by recovery key.
func TestPasswordIsAsked(t *testing.T) {
	o := open(t)
	path, recovery := newLocked(t, o)
	o.Open(path)
	o.sees("设了口令")
	o.Type("不对的口令不对")
	o.Press(fyne.KeyReturn)
	o.sees("口令不对")
	o.Type(phrase)
	o.Press(fyne.KeyReturn)
	if o.session == nil {
		t.Fatal("the password does not open the pilot")
	}
	o.sees("有口令")
	o.menu("文件", "锁定")
	o.sees("试点已锁定")
	o.Type(phrase)
	o.Press(fyne.KeyReturn)
	o.visit("风险排查")
	o.menu("文件", "关闭试点")
	o.Open(path)
	o.Type(strings.ToLower(strings.ReplaceAll(recovery, "-", " ")))
	o.Press(fyne.KeyReturn)
	if o.session == nil {
		t.Fatal("the recovery key does not open the pilot")
	}
}

// Who leaves a locked pilot open finds it covered, with the dialog that was open and
// what was typed into it; nothing of it can be seen or reached meanwhile.
func TestLeftAlone(t *testing.T) {
	o := open(t)
	path, _ := newLocked(t, o)
	o.Open(path)
	o.Type(phrase)
	o.Press(fyne.KeyReturn)
	now := o.deps.Clock()
	o.deps.Clock = func() time.Time { return now }
	o.stirred()
	field := widgets.NewEntry()
	m := widgets.NewModal(o.win, "正在填写", field, fyne.NewSize(300, 100), nil)
	pressed := false
	m.Keys(func() { pressed = true }, m.Close)
	o.win.Canvas().Focus(field)
	o.Type("写了一半")
	now = now.Add(idleLock)
	o.watchIdle()
	o.sees("正在填写")
	o.Type("，还在写")
	now = now.Add(time.Minute)
	o.watchIdle()
	if o.curtain != nil {
		t.Fatal("covered although somebody was typing")
	}
	now = now.Add(idleLock)
	o.watchIdle()
	if text := strings.Join(o.Texts(), ""); !strings.Contains(text, "试点已锁定") || strings.Contains(text, "写了一半") || strings.Contains(text, o.pilot().Info().Name) {
		t.Fatalf("left alone for long, the window shows %q", text)
	}
	if strings.Contains(o.win.Title(), "试点") {
		t.Errorf("the title is %q", o.win.Title())
	}
	o.menu("文件", "导出全部到 Excel…")
	o.Type("不对的口令不对")
	o.Press(fyne.KeyReturn)
	o.sees("口令不对")
	if pressed {
		t.Fatal("a key reached the dialog under the curtain")
	}
	o.Type(phrase)
	o.Press(fyne.KeyReturn)
	o.sees("正在填写")
	o.win.Canvas().Focus(field)
	o.Press(fyne.KeyReturn)
	if field.Text != "写了一半，还在写" || !pressed {
		t.Errorf("the dialog has %q; its main button was pressed: %v", field.Text, pressed)
	}
	o.Press(fyne.KeyEscape)
	now = now.Add(2 * idleLock)
	o.watchIdle()
	o.TapButton("取消")
	if o.session != nil || o.curtain != nil {
		t.Error("without the password the pilot stays open")
	}
}

// The first file that leaves a locked pilot is preceded by a word that it needs no
// password; other pilots export without it.
func TestExportsArePlain(t *testing.T) {
	o := open(t)
	path, _ := newLocked(t, o)
	o.Open(path)
	o.Type(phrase)
	o.Press(fyne.KeyReturn)
	for _, first := range []bool{true, false} {
		asked := 0
		o.Shell.Files().ChooseSave("表.xlsx", func(string) {})
		if strings.Contains(strings.Join(o.Texts(), ""), "导出的文件没有口令") {
			asked++
			o.TapButton("知道了，继续")
		}
		if (asked == 1) != first {
			t.Fatalf("first %v: asked %d times", first, asked)
		}
		o.saveAs("表.xlsx")
	}
	o.plainSaid = false
	o.Shell.Files().ChooseSave("副本.lianshao", func(string) {})
	o.saveAs("副本.lianshao") // a pilot keeps its password
}

// A pilot that another program has open can be looked at.
func TestSecondWindowReads(t *testing.T) {
	o := open(t)
	path := filepath.Join(o.dir, "试点.lianshao")
	s, err := app.CreatePilot(pilotfile.Stores{}, path, app.TemplateBlank, 2026, o.deps.Clock, o.deps.NewID, "某")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	o.Open(path)
	o.sees("正被另一个廉哨窗口")
	o.TapButton("只读打开")
	o.sees("只读：")
}

// Whoever leaves a covered pilot whose file cannot be written gets no way around the
// password: the pilot is closed, nothing of it is shown, and what was done is there
// again when the password is given.
func TestLeavingACoveredPilotThatCannotBeSaved(t *testing.T) {
	o := open(t)
	o.deps.Stores = pilotfile.Stores{Data: filepath.Join(o.dir, "private")}
	stick := filepath.Join(o.dir, "U盘")
	path := filepath.Join(stick, "试点.lianshao")
	if err := os.Mkdir(stick, 0o700); err != nil {
		t.Fatal(err)
	}
	s, err := app.CreatePilot(o.deps.Stores, path, app.TemplateBlank, 2026, o.deps.Clock, o.deps.NewID, "某")
	if err == nil {
		err = s.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	o.Open(path)
	if _, err := o.lockable().SetPassword("", phrase); err != nil {
		t.Fatal(err)
	}
	o.rename("存得回的名称")
	if err := os.Rename(stick, stick+"拔了"); err != nil {
		t.Fatal(err)
	}
	err = o.Shell.Do(app.Edit(domain.Op{Name: "test", Label: "改名"}, func(d *domain.Pilot) error {
		d.Put(&domain.Unit{Base: domain.Base{ID: "u", Code: "u"}, Name: "存不回的名称"})
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	o.menu("文件", "锁定")
	o.TapButton("取消")
	if text := strings.Join(o.Texts(), " "); o.session != nil || o.curtain != nil || strings.Contains(text, "存不回的名称") {
		t.Fatalf("the pilot is still open: %q", text)
	}
	o.sees("没有丢")
	o.TapButton("关闭")
	if err := os.Rename(stick+"拔了", stick); err != nil {
		t.Fatal(err)
	}
	o.Open(path)
	o.sees("设了口令")
	o.Type(phrase)
	o.Press(fyne.KeyReturn)
	if o.session == nil || o.unit() != "存不回的名称" {
		t.Error("what was done is not there again")
	}
}
