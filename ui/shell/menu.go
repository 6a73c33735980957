package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"

	"lianshao/domain"
	"lianshao/ui/handout"
	"lianshao/ui/page"
	reportpage "lianshao/ui/report"
	"lianshao/ui/widgets"
)

// menu builds the main menu. Its words and shortcuts are those of the buttons.
func (s *Shell) menu() *fyne.MainMenu {
	s.undo = s.item("撤销", &fyne.ShortcutUndo{}, s.whenOpen(s.doUndo))
	s.redo = s.item("重做", &fyne.ShortcutRedo{}, s.whenOpen(s.doRedo))
	quit := s.item("退出", nil, s.quit)
	quit.IsQuit = true
	file := fyne.NewMenu(lang.L("文件"),
		s.item("新建试点…", ctrl(fyne.KeyN), s.newPilotDialog), s.item("打开…", ctrl(fyne.KeyO), s.openDialog), s.item("打开示例试点", nil, s.openSample),
		fyne.NewMenuItemSeparator(),
		s.item("导入表格…", ctrl(fyne.KeyI), s.goTo(page.Import)), s.item("导出全部到 Excel…", ctrl(fyne.KeyE), s.whenOpen(s.exportDialog)),
		s.item("导出光标所在的表…", exportKey(), s.whenOpen(s.exportFocused)),
		s.item("汇总别人的试点…", nil, s.goTo(page.Merge)), s.item("做成交换包…", nil, s.whenOpen(s.packDialog)), s.item("导出表格发出去填…", nil, s.whenOpen(func() { handout.Ask(s) })),
		s.item("报表打印", ctrl(fyne.KeyP), s.goTo(page.Reports)),
		s.item("总结报告…", ctrl(fyne.KeyR), s.whenOpen(func() { s.Go(page.Reports, reportpage.SummaryReport) })),
		fyne.NewMenuItemSeparator(),
		s.item("备份副本…", nil, s.whenOpen(s.backupDialog)), s.item("修复试点…", nil, s.repairDialog),
		s.item("口令保护…", nil, s.whenOpen(s.protectDialog)), s.item("锁定", ctrl(fyne.KeyL), s.whenOpen(s.lockScreen)),
		s.item("关闭试点", ctrl(fyne.KeyW), s.whenOpen(s.leavePilot)), quit)
	edit := fyne.NewMenu(lang.L("编辑"), s.undo, s.redo, fyne.NewMenuItemSeparator(),
		s.pass("剪切", &fyne.ShortcutCut{}), s.pass("复制", &fyne.ShortcutCopy{}), s.pass("粘贴", &fyne.ShortcutPaste{}), s.pass("全选", &fyne.ShortcutSelectAll{}),
		fyne.NewMenuItemSeparator(),
		s.item("查找", ctrl(fyne.KeyF), s.whenOpen(s.find)), s.item("查找一切…", ctrl(fyne.KeyK), s.whenOpen(s.findAnything)), s.item("审计轨迹", nil, s.goTo(page.Journal)))
	view := fyne.NewMenu(lang.L("视图"))
	for _, sc := range s.screens() {
		if !sc.hidden {
			view.Items = append(view.Items, s.item(sc.title, nil, s.goTo(sc.id)))
		}
	}
	view.Items = append(view.Items, fyne.NewMenuItemSeparator(), s.item("下一页签", ctrl(fyne.KeyPageDown), s.turn(1)), s.item("上一页签", ctrl(fyne.KeyPageUp), s.turn(-1)))
	s.private = s.item("不记住打开过的文件", nil, s.forgetRecent)
	s.private.Checked = s.Prefs().Bool(recentOffKey)
	help := fyne.NewMenu(lang.L("帮助"), s.item("复制诊断信息", nil, s.copyDiagnostics), s.private, fyne.NewMenuItemSeparator(), s.item("关于廉哨", nil, s.about))
	return fyne.NewMainMenu(file, edit, view, help)
}

func ctrl(key fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
}

// item acts unless a dialog is open: Fyne runs menu shortcuts even under dialogs.
func (s *Shell) item(title string, key fyne.Shortcut, f func()) *fyne.MenuItem {
	it := fyne.NewMenuItem(lang.L(title), func() {
		if !widgets.DialogOpen(s.win.Canvas()) {
			s.Report(s.safely(f))
		}
	})
	it.Shortcut = key
	return it
}

// pass hands a shortcut to whatever has the keyboard.
func (s *Shell) pass(title string, key fyne.Shortcut) *fyne.MenuItem {
	it := fyne.NewMenuItem(lang.L(title), func() { widgets.ForwardToFocused(s.win.Canvas(), key) })
	it.Shortcut = key
	return it
}

func (s *Shell) whenOpen(f func()) func() {
	return func() {
		if s.session != nil && s.curtain == nil {
			f()
		}
	}
}

func (s *Shell) goTo(id string) func() { return s.whenOpen(func() { s.Go(id, "") }) }

// turn brings another tab of the present page up.
func (s *Shell) turn(by int) func() {
	return s.whenOpen(func() {
		if t, ok := s.pages[s.current].(interface{ NextTab(by int) }); ok {
			t.NextTab(by)
		}
	})
}

// find puts the keyboard into the present page's filter.
func (s *Shell) find() {
	if f, ok := s.pages[s.current].(filterer); ok {
		f.Find()
	}
}

func (s *Shell) doUndo() {
	s.step(&fyne.ShortcutUndo{}, s.session.Undo, lang.L("已撤销："), s.session.CanUndo)
}
func (s *Shell) doRedo() {
	s.step(&fyne.ShortcutRedo{}, s.session.Redo, lang.L("已重做："), s.session.CanRedo)
}

// typing reports whether the keyboard is in a text that is not committed yet: its
// own undo comes before the pilot's.
func (s *Shell) typing() bool {
	switch f := s.win.Canvas().Focused().(type) {
	case *widgets.TextArea:
		return f.Dirty()
	case interface{ Undo() }: // any other entry
		return true
	}
	return false
}

// step undoes or redoes, in the text that is being typed or else in the pilot.
func (s *Shell) step(key fyne.Shortcut, do func() error, said string, next func() (domain.Op, bool)) {
	if s.typing() {
		widgets.ForwardShortcut(s.win.Canvas(), key)
		return
	}
	op, ok := next()
	if !ok {
		return
	}
	if err := do(); err != nil {
		s.Report(err)
		return
	}
	s.Toast(said + op.Label)
}
