package shell

import (
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lianshao/app"
	"lianshao/storage/pilotfile"
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
