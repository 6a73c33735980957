package shell

import (
	"fmt"
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"

	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// menu builds the main menu. Its words and shortcuts are those of the buttons.
func (s *Shell) menu() *fyne.MainMenu {
	item := func(title string, f func()) *fyne.MenuItem { return fyne.NewMenuItem(lang.L(title), f) }
	whenOpen := func(f func()) func() {
		return func() {
			if s.session != nil {
				f()
			}
		}
	}
	goTo := func(id string) func() { return whenOpen(func() { s.Go(id, "") }) }
	s.undo = item("撤销", whenOpen(s.doUndo))
	s.redo = item("重做", whenOpen(s.doRedo))
	s.undo.Shortcut = &desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: fyne.KeyModifierShortcutDefault}
	s.redo.Shortcut = &desktop.CustomShortcut{KeyName: fyne.KeyY, Modifier: fyne.KeyModifierShortcutDefault}
	quit := item("退出", func() { s.closePilot(); s.win.Close() })
	quit.IsQuit = true
	file := fyne.NewMenu(lang.L("文件"),
		item("新建试点…", s.newPilotDialog), item("打开…", s.openDialog), item("打开示例试点", s.openSample),
		fyne.NewMenuItemSeparator(),
		item("导入表格…", whenOpen(s.importDialog)), item("导出全部到 Excel…", whenOpen(s.exportDialog)),
		item("报表打印", goTo(page.Reports)),
		fyne.NewMenuItemSeparator(),
		item("备份副本…", whenOpen(s.backupDialog)), item("关闭试点", whenOpen(func() { s.closePilot(); s.welcome() })), quit)
	edit := fyne.NewMenu(lang.L("编辑"), s.undo, s.redo, fyne.NewMenuItemSeparator(), item("操作记录", goTo(page.Journal)))
	view := fyne.NewMenu(lang.L("视图"))
	for _, sc := range s.screens() {
		if !sc.hidden {
			view.Items = append(view.Items, item(sc.title, goTo(sc.id)))
		}
	}
	help := fyne.NewMenu(lang.L("帮助"), item("关于廉哨", func() {
		dialog.ShowInformation(lang.L("关于廉哨"), fmt.Sprintf("廉哨 %s\n廉政风险预警防范，离线使用，数据只在本机。\n%s", s.deps.Version, runtime.GOOS), s.win)
	}))
	return fyne.NewMainMenu(file, edit, view, help)
}

func (s *Shell) doUndo() { s.step(s.session.Undo, lang.L("已撤销："), s.undoLabel) }
func (s *Shell) doRedo() { s.step(s.session.Redo, lang.L("已重做："), s.redoLabel) }

func (s *Shell) undoLabel() string { op, _ := s.session.CanUndo(); return op.Label }
func (s *Shell) redoLabel() string { op, _ := s.session.CanRedo(); return op.Label }

// step undoes or redoes, unless an entry has the keyboard: its own text undo
// comes first.
func (s *Shell) step(do func() error, said string, label func() string) {
	if widgets.DialogOpen(s.win.Canvas()) {
		return
	}
	what := label()
	if what == "" {
		return
	}
	if err := do(); err != nil {
		s.Report(err)
		return
	}
	s.Toast(said + what)
}

// shortcuts that have no menu item.
func (s *Shell) shortcuts() {
	add := func(key fyne.KeyName, f func()) {
		s.win.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}, func(fyne.Shortcut) { f() })
	}
	add(fyne.KeyO, s.openDialog)
	add(fyne.KeyI, func() {
		if s.session != nil {
			s.importDialog()
		}
	})
	add(fyne.KeyP, func() { s.Go(page.Reports, "") })
}
