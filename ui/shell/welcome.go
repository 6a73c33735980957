package shell

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/assets"
	"lianshao/ui/widgets"
)

// welcome shows what one can start with.
func (s *Shell) welcome() {
	s.win.SetTitle(Title)
	s.pages, s.nav, s.toast = nil, nil, nil
	s.undo.Disabled, s.redo.Disabled = true, true
	s.undo.Label, s.redo.Label = lang.L("撤销"), lang.L("重做")
	s.win.MainMenu().Refresh()
	start := container.NewVBox(
		startRow("按高校试点方案新建：两个部门、十四个工作步骤、等级方案和指标体系", widgets.NewMainButton(lang.L("新建试点…"), s.newPilotDialog)),
		startRow("打开已有的试点文件（*.lianshao），也可以把文件拖进窗口", widgets.NewButton(lang.L("打开…"), s.openDialog)),
		startRow("看一个填好的试点：两个部门、41个风险点、两次评估", widgets.NewButton(lang.L("打开示例试点"), s.openSample)),
		startRow("文件丢了、坏了、改错了：用本机自动留的备份找回，存为新文件", widgets.NewButton(lang.L("从备份恢复…"), func() { s.chooseBackup("") })))
	box := container.NewVBox(masthead(), space(22), start, space(26), caption("最近打开"), widget.NewSeparator(), s.recentList())
	sheet := canvas.NewRectangle(theme.Color(theme.ColorNameInputBackground))
	sheet.CornerRadius = 6
	sheet.StrokeColor, sheet.StrokeWidth = theme.Color(theme.ColorNameSeparator), 1
	framed := container.NewStack(sheet, container.New(layout.NewCustomPaddedLayout(34, 34, 44, 44), box))
	s.toast = widgets.NewToastHost(container.NewCenter(container.NewGridWrap(fyne.NewSize(820, 560), framed)))
	s.win.SetContent(s.toast)
}

// masthead is the program's sign and what it is for.
func masthead() fyne.CanvasObject {
	icon := canvas.NewImageFromResource(fyne.NewStaticResource("icon.png", assets.Icon))
	icon.FillMode = canvas.ImageFillContain
	name := canvas.NewText(lang.L("廉哨"), theme.Color(theme.ColorNameForeground))
	name.TextSize, name.TextStyle.Bold = 30, true
	about := canvas.NewText(lang.L("廉政风险预警防范：梳理流程，排查风险，评估预警，落实措施。"), theme.Color(theme.ColorNameForeground))
	safe := canvas.NewText(lang.L("离线使用，数据只在本机。"), theme.Color(theme.ColorNamePlaceHolder))
	return container.NewHBox(container.NewCenter(container.NewGridWrap(fyne.NewSize(84, 84), icon)), space(14),
		container.NewVBox(name, about, safe))
}

// startRow is a button with a word on what it does.
func startRow(hint string, b fyne.CanvasObject) fyne.CanvasObject {
	h := canvas.NewText(lang.L(hint), theme.Color(theme.ColorNamePlaceHolder))
	return container.New(layout.NewCustomPaddedLayout(3, 3, 0, 0),
		container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(160, 36), b), nil, container.NewHBox(space(10), container.NewVBox(layout.NewSpacer(), h, layout.NewSpacer()))))
}

func (s *Shell) recentList() fyne.CanvasObject {
	list := container.NewVBox()
	for i, path := range s.recent() {
		if i == 6 {
			break
		}
		link := widget.NewButton(strings.TrimSuffix(filepath.Base(path), Extension), func() { s.Open(path) })
		link.Importance, link.Alignment = widget.LowImportance, widget.ButtonAlignLeading
		where := widget.NewLabel(filepath.Dir(path))
		where.Importance, where.Truncation = widget.LowImportance, fyne.TextTruncateClip
		list.Add(container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(380, 30), link), nil, where))
	}
	if len(list.Objects) == 0 {
		list.Add(canvas.NewText(lang.L("还没有打开过试点"), theme.Color(theme.ColorNamePlaceHolder)))
	}
	return list
}

func caption(text string) fyne.CanvasObject {
	t := canvas.NewText(lang.L(text), theme.Color(theme.ColorNameForeground))
	t.TextStyle.Bold = true
	return t
}

func space(n float32) fyne.CanvasObject {
	return container.NewGridWrap(fyne.NewSize(n, n), layout.NewSpacer())
}

// leavePilot closes the pilot and shows the welcome page.
func (s *Shell) leavePilot() {
	if !s.settle() {
		return
	}
	s.saveBefore(func() {
		s.closePilot()
		s.welcome()
	})
}
