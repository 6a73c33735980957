package shell

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/ui/widgets"
)

// packDialog asks for the password of an exchange package and where to put it.
func (s *Shell) packDialog() {
	packer, ok := s.deps.Stores.(app.Packer)
	if !ok {
		return
	}
	first, again := widget.NewPasswordEntry(), widget.NewPasswordEntry()
	text := widget.NewLabel(lang.L("交换包是整个试点的加密副本，发给学校、上级汇总用，邮件、U 盘都可以。收件人在“汇总别人的试点”里选它，输入密码就能收进去；没有密码的人打不开。\n密码至少 8 个字，请当面或打电话告诉收件人，不要和交换包一起发。"))
	text.Wrapping = fyne.TextWrapBreak
	var m *widgets.Modal
	do := func() {
		if first.Text != again.Text {
			s.Report(app.E(app.CodeInvalid, "两次输入的密码不一样，请重新输入"))
			return
		}
		if n := len([]rune(first.Text)); n < 8 {
			s.Report(app.E(app.CodeInvalid, "交换包的密码至少 8 个字，现在是 %d 个", n))
			return
		}
		m.Close()
		s.packTo(packer, first.Text)
	}
	again.OnSubmitted = func(string) { do() }
	form := widget.NewForm(widget.NewFormItem(lang.L("密码"), first), widget.NewFormItem(lang.L("再输一遍"), again))
	m = widgets.NewModal(s.win, lang.L("做成交换包"), container.NewBorder(text, nil, nil, nil, form), fyne.NewSize(560, 300), nil,
		widgets.NewButton(lang.L("取消"), func() { m.Close() }), widgets.NewMainButton(lang.L("下一步：存到哪里…"), do))
	m.Keys(do, m.Close)
	s.win.Canvas().Focus(first)
}

func (s *Shell) packTo(packer app.Packer, password string) {
	name := strings.TrimSuffix(filepath.Base(s.session.Store.Path()), Extension)
	files{s}.chooseSave(fmt.Sprintf("%s %s%s", name, s.deps.Clock().Format("20060102"), app.ParcelExtension), func(path string) {
		if filepath.Ext(path) != app.ParcelExtension {
			path += app.ParcelExtension
		}
		var made app.Parcel
		about := app.Parcel{Pilot: s.session.Pilot.Info().Name, From: s.session.Actor}
		s.Work(lang.L("正在做交换包"), func(context.Context, func(done, total int)) (err error) {
			made, err = packer.Pack(s.session.Store, path, password, about)
			return err
		}, func(err error) {
			if err != nil {
				s.Report(err)
				return
			}
			s.Toast(fmt.Sprintf(lang.L("已做成交换包 %s（%d 条记录）。请另外把密码告诉收件人"), filepath.Base(path), made.Records))
		})
	})
}
