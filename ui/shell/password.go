package shell

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/report/draw"
	"lianshao/app/report/table"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// askPassword asks for the password of a file and tries again.
func (s *Shell) askPassword(path string, o app.OpenOptions, why error) {
	page.AskPassword(s, lang.L("输入口令"), app.Sentence(why), lang.L("打开"), func(secret string) {
		o.Secret = secret
		s.openWith(path, o)
	}, func() {})
}

// lockable is the open pilot's file, nil when it cannot have a password.
func (s *Shell) lockable() app.Lockable {
	if s.session == nil {
		return nil
	}
	l, _ := s.session.Store.(app.Lockable)
	return l
}

// protectDialog sets, changes or takes away the password.
func (s *Shell) protectDialog() {
	file := s.lockable()
	if file == nil {
		return
	}
	old, first, again := widget.NewPasswordEntry(), widget.NewPasswordEntry(), widget.NewPasswordEntry()
	form := widget.NewForm()
	title, yes := lang.L("设置口令"), lang.L("设置")
	hint := lang.L("设了口令，没有口令的人打不开这个试点，包括从 U 盘、邮箱拿到它的人。请用一句好记的话，至少 8 个字。\n口令和恢复密钥都丢了，谁也打不开。本机的自动备份随后也换成有口令的，别处的拷贝仍然没有口令。")
	var left []fyne.CanvasObject
	var m *widgets.Modal
	if file.Locked() {
		title, yes = lang.L("更改口令"), lang.L("更改")
		hint = lang.L("忘记现在的口令时，可以填打印保存的恢复密钥。")
		form.Append(lang.L("现在的口令"), old)
		take := widgets.NewButton(lang.L("取消口令"), func() {
			s.protect(&m, "", func() (string, error) { return "", file.RemovePassword(old.Text) }, lang.L("口令已取消，拿到文件的人都能看"))
		})
		other := widgets.NewButton(lang.L("换恢复密钥"), func() {
			s.protect(&m, "", func() (string, error) { return file.NewRecoveryKey(old.Text) }, lang.L("恢复密钥已换，原来打印的作废"))
		})
		left = []fyne.CanvasObject{take, other}
	}
	form.Append(lang.L("新口令"), first)
	form.Append(lang.L("再输一遍"), again)
	do := func() {
		refusal := ""
		if first.Text != again.Text {
			refusal = lang.L("两次输入的口令不一样，请重新输入")
		}
		s.protect(&m, refusal, func() (string, error) { return file.SetPassword(old.Text, first.Text) }, lang.L("口令已设好，下次打开时要输入"))
	}
	again.OnSubmitted = func(string) { do() }
	text := widget.NewLabel(hint)
	text.Wrapping = fyne.TextWrapBreak
	m = widgets.NewModal(s.win, title, container.NewBorder(text, nil, nil, nil, form), fyne.NewSize(560, 300), left,
		widgets.NewButton(lang.L("取消"), func() { m.Close() }), widgets.NewMainButton(yes, do))
	m.Keys(do, m.Close)
	if file.Locked() {
		s.win.Canvas().Focus(old)
	} else {
		s.win.Canvas().Focus(first)
	}
}

// protect does something to the password beside the window. The dialog stays while
// it is refused.
func (s *Shell) protect(m **widgets.Modal, refusal string, do func() (recovery string, err error), said string) {
	if refusal != "" {
		s.Report(app.E(app.CodeInvalid, "%s", refusal))
		return
	}
	var recovery string
	s.Work(lang.L("正在改写文件"), func(context.Context, func(done, total int)) (err error) {
		recovery, err = do()
		return err
	}, func(err error) {
		if err != nil {
			s.Report(err)
			return
		}
		(*m).Close()
		s.showTitle()
		s.refresh()
		s.Toast(said)
		if recovery != "" {
			s.showRecovery(recovery)
		}
	})
}

// showRecovery shows the recovery key, to be printed or copied by hand.
func (s *Shell) showRecovery(key string) {
	text := widget.NewLabel(lang.L("忘记口令时，用下面的恢复密钥打开。请现在打印或抄下，由单位另行保管，不要和文件放在一起。这个窗口关闭以后不会再显示。"))
	text.Wrapping = fyne.TextWrapBreak
	shown := widget.NewLabelWithStyle(key, fyne.TextAlignCenter, fyne.TextStyle{Bold: true})
	shown.Selectable = true
	var m *widgets.Modal
	print := widgets.NewMainButton(lang.L("打印…"), func() { s.Report(s.printRecovery(key)) })
	m = widgets.NewModal(s.win, lang.L("恢复密钥"), container.NewBorder(text, nil, nil, nil, shown), fyne.NewSize(560, 230),
		[]fyne.CanvasObject{widgets.NewButton(lang.L("复制"), func() { s.app.Clipboard().SetContent(key) })},
		print, widgets.NewButton(lang.L("我已记下，关闭"), func() { m.Close() }))
	m.Keys(nil, nil)
}

// printRecovery prints the recovery key on one sheet. It does not name the pilot's
// people, only the file.
func (s *Shell) printRecovery(key string) error {
	cell := func(text string) table.Cell { return table.Cell{Text: text} }
	t := &table.TableModel{Title: lang.L("廉哨试点文件恢复密钥"), Page: draw.Page{}, Footer: lang.L("恢复密钥"),
		Columns: []table.Column{{Title: lang.L("项目"), Width: 32}, {Title: lang.L("内容")}},
		Rows: []table.Row{
			{Cells: []table.Cell{cell(lang.L("试点文件")), cell(filepath.Base(s.session.Store.Path()))}},
			{Cells: []table.Cell{cell(lang.L("恢复密钥")), cell(key)}},
			{Cells: []table.Cell{cell(lang.L("打印日期")), cell(s.deps.Clock().Format("2006-01-02"))}}},
		Notes: []string{lang.L("忘记口令时，在输入口令的地方填入恢复密钥，再设新口令。大小写、空格、短横线不影响。"),
			lang.L("持有恢复密钥和文件的人可以打开试点。请封存保管，不要与文件放在一起；换了恢复密钥以后这一张作废。")},
		Signs: []string{lang.L("保管人（签字）："), lang.L("日期：")}}
	pages, err := table.Paginate(t, s.deps.Metrics)
	if err != nil {
		return err
	}
	return s.Files().Print(lang.L("恢复密钥"), pages)
}
