package shell

import (
	"fmt"
	"os"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/ui/widgets"
)

// tailLines is how much of the log goes into the diagnostics.
const tailLines = 80

func (s *Shell) about() {
	text := widget.NewLabel(fmt.Sprintf(lang.L("廉哨 %s（%s）\n廉政风险预警防范，离线使用，数据只在本机。"), s.deps.Version, runtime.GOOS))
	s.tell(lang.L("关于廉哨"), text)
}

// tell shows a text with the button that copies what helps to find a fault.
func (s *Shell) tell(title string, text *widget.Label) {
	text.Wrapping = fyne.TextWrapBreak
	var m *widgets.Modal
	copied := widgets.NewButton(lang.L("复制诊断信息"), func() {
		m.Close()
		s.copyDiagnostics()
	})
	m = widgets.NewModal(s.win, title, text, fyne.NewSize(440, 150), []fyne.CanvasObject{copied}, widgets.NewMainButton(lang.L("关闭"), func() { m.Close() }))
	m.Keys(m.Close, m.Close)
}

// tellCrash says that the program ended badly the last time.
func (s *Shell) tellCrash() {
	if s.deps.Crashed != "" {
		s.tell(lang.L("上次没有正常结束"), widget.NewLabel(lang.L("廉哨上次运行时意外退出。已经完成的修改都在，正在填写、还没有确认的那一格可能没有记下。\n如果再次发生，请把诊断信息发给维护人员；里面没有试点的内容。")))
	}
}

func (s *Shell) copyDiagnostics() {
	s.app.Clipboard().SetContent(s.diagnostics())
	s.Toast(lang.L("诊断信息已复制，可以粘贴到邮件里；其中没有试点的内容"))
}

// diagnostics describes the program, the computer and the size of the open pilot:
// kinds and numbers, no names, texts or paths.
func (s *Shell) diagnostics() string {
	var b strings.Builder
	size := s.win.Canvas().Size()
	fmt.Fprintf(&b, "廉哨 %s\n系统 %s/%s，%d 核，%s\n窗口 %.0f×%.0f，缩放 %.2f\n", s.deps.Version, runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(),
		size.Width, size.Height, s.win.Canvas().Scale())
	if s.session != nil {
		if st, err := os.Stat(s.session.Store.Path()); err == nil {
			fmt.Fprintf(&b, "试点文件 %d KB，画面 %s\n记录", st.Size()/1024, s.current)
		}
		for _, t := range s.session.Pilot.Tables() {
			if t.Len() > 0 {
				fmt.Fprintf(&b, " %s %d", t.Kind(), t.Len())
			}
		}
		b.WriteString("\n")
	}
	if s.deps.Crashed != "" {
		fmt.Fprintf(&b, "\n上次异常退出：\n%s\n", s.deps.Crashed)
	}
	if s.deps.LogTail != nil {
		fmt.Fprintf(&b, "\n日志最后 %d 行：\n%s\n", tailLines, s.deps.LogTail(tailLines))
	}
	return b.String()
}

// forgetRecent switches whether opened files are remembered; switching it off
// forgets those that were.
func (s *Shell) forgetRecent() {
	off := !s.private.Checked
	s.private.Checked = off
	s.Prefs().SetBool(recentOffKey, off)
	if off {
		s.Prefs().RemoveValue(recentKey)
	} else if s.session != nil {
		s.remember(s.session.Store.Path())
	}
	s.win.MainMenu().Refresh()
	if s.session == nil {
		s.welcome()
	}
}
