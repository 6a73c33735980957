package shell

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

func TestDiagnosticsHoldNoContentOfThePilot(t *testing.T) {
	o := open(t)
	o.openSampleFile()
	o.deps.LogTail = func(int) string { return "*app.Error io" }
	o.deps.Crashed = "panic main.go:1"
	o.menu("帮助", "复制诊断信息")
	got := fyne.CurrentApp().Clipboard().Content()
	for _, want := range []string{"廉哨 测试", "风险点 42", "*app.Error io", "panic main.go:1"} {
		if !strings.Contains(got, want) {
			t.Errorf("diagnostics lack %q:\n%s", want, got)
		}
	}
	for _, m := range o.pilot().Members.All() {
		if strings.Contains(got, m.Name) {
			t.Errorf("diagnostics hold a name:\n%s", got)
		}
	}
	if strings.Contains(got, o.pilot().Info().Name) || strings.Contains(got, o.dir) {
		t.Errorf("diagnostics hold the pilot's name or path:\n%s", got)
	}
}

func TestOpenedFilesAreForgottenOnRequest(t *testing.T) {
	o := open(t)
	o.openSampleFile()
	if len(o.recent()) != 1 {
		t.Fatalf("recent: %v", o.recent())
	}
	o.menu("帮助", "不记住打开过的文件")
	path := o.session.Store.Path()
	o.remember(path)
	if len(o.recent()) != 0 {
		t.Errorf("still remembered: %v", o.recent())
	}
	o.menu("帮助", "不记住打开过的文件")
	if len(o.recent()) != 1 {
		t.Errorf("not remembered again: %v", o.recent())
	}
}

func TestACrashIsToldAtTheNextStart(t *testing.T) {
	o := open(t)
	o.deps.Crashed = "panic main.go:1"
	o.Start("")
	if texts := strings.Join(o.Host.Texts(), "\n"); !strings.Contains(texts, "意外退出") {
		t.Errorf("the crash is not told: %s", texts)
	}
}
