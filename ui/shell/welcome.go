package shell

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
)

// Extension of pilot files.
const Extension = ".lianshao"

const recentKey = "recent"

// welcome shows what one can start with.
func (s *Shell) welcome() {
	s.win.SetTitle(Title)
	s.pages, s.nav, s.toast = nil, nil, nil
	s.undo.Disabled, s.redo.Disabled = true, true
	s.win.MainMenu().Refresh()
	title := widget.NewLabelWithStyle(lang.L("廉哨"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	title.SizeName = "headingText"
	about := widget.NewLabel(lang.L("廉政风险预警防范：梳理流程，排查风险，评估预警，落实措施。离线使用，数据只在本机。"))
	button := func(label, hint string, primary bool, f func()) fyne.CanvasObject {
		b := widget.NewButton(lang.L(label), f)
		if primary {
			b.Importance = widget.HighImportance
		}
		h := widget.NewLabel(lang.L(hint))
		h.Importance = widget.LowImportance
		return container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(150, 34), b), nil, h)
	}
	start := container.NewVBox(
		button("新建试点…", "按高校试点方案新建：两个部门、十四个工作步骤、等级方案和指标体系", true, s.newPilotDialog),
		button("打开…", "打开已有的试点文件（*.lianshao）", false, s.openDialog),
		button("打开示例试点", "看一个填好的试点：41个风险点、两次评估", false, s.openSample))
	recent := container.NewVBox()
	for _, path := range s.recent() {
		link := widget.NewButton(strings.TrimSuffix(filepath.Base(path), Extension), func() { s.Open(path) })
		link.Importance, link.Alignment = widget.LowImportance, widget.ButtonAlignLeading
		where := widget.NewLabel(filepath.Dir(path))
		where.Importance, where.Truncation = widget.LowImportance, fyne.TextTruncateClip
		recent.Add(container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(260, 30), link), nil, where))
	}
	if len(recent.Objects) == 0 {
		none := widget.NewLabel(lang.L("还没有打开过试点"))
		none.Importance = widget.LowImportance
		recent.Add(none)
	}
	head := widget.NewLabelWithStyle(lang.L("最近打开"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	box := container.NewVBox(title, about, widget.NewSeparator(), start, widget.NewSeparator(), head, recent)
	s.win.SetContent(container.NewCenter(container.NewGridWrap(fyne.NewSize(760, 470), box)))
}

func (s *Shell) recent() []string {
	var out []string
	text := s.Prefs().String(recentKey)
	if text == "" || json.Unmarshal([]byte(text), &out) != nil {
		return nil
	}
	var there []string
	for _, p := range out {
		if _, err := os.Stat(p); err == nil {
			there = append(there, p)
		}
	}
	return there
}

// remember puts a path at the top of the recent list.
func (s *Shell) remember(path string) {
	list := []string{path}
	for _, p := range s.recent() {
		if p != path && len(list) < 8 {
			list = append(list, p)
		}
	}
	if text, err := json.Marshal(list); err == nil {
		s.Prefs().SetString(recentKey, string(text))
	}
}

// Open opens a pilot file; an error is shown and what was open stays open.
func (s *Shell) Open(path string) {
	if s.session != nil && s.session.Store.Path() == path {
		return
	}
	session, err := app.OpenPilot(s.deps.Stores, path, s.deps.Clock, s.deps.NewID, s.deps.Actor, nil)
	if err != nil {
		s.Report(err)
		return
	}
	s.show(session)
}

func (s *Shell) openDialog() {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil || r == nil {
			return
		}
		path := r.URI().Path()
		s.log(r.Close())
		s.Open(path)
	}, s.win)
	d.SetFilter(storage.NewExtensionFileFilter([]string{Extension}))
	s.startDialog(d)
	d.Show()
}

// startDialog lets a file dialog start where pilots are kept, large enough to read.
func (s *Shell) startDialog(d *dialog.FileDialog) {
	if l, err := storage.ListerForURI(storage.NewFileURI(s.deps.Home)); err == nil {
		d.SetLocation(l)
	}
	d.Resize(fyne.NewSize(860, 560))
}

// newPilotDialog asks for template, year and place, then makes the pilot.
func (s *Shell) newPilotDialog() {
	kind := widget.NewRadioGroup([]string{lang.L("高校试点模板"), lang.L("空白试点")}, nil)
	kind.SetSelected(lang.L("高校试点模板"))
	kind.Required = true
	year := widget.NewEntry()
	year.SetText(fmt.Sprint(s.deps.Clock().Year()))
	path := widget.NewEntry()
	path.SetText(s.freePath(fmt.Sprintf("%d年廉政风险预警防范试点", s.deps.Clock().Year())))
	browse := widget.NewButton(lang.L("浏览…"), func() {
		s.Files().ChooseSave(filepath.Base(path.Text), func(p string) { path.SetText(p) })
	})
	form := []*widget.FormItem{
		widget.NewFormItem(lang.L("内容"), kind), widget.NewFormItem(lang.L("年份"), year),
		widget.NewFormItem(lang.L("保存到"), container.NewBorder(nil, nil, nil, browse, path))}
	d := dialog.NewForm(lang.L("新建试点"), lang.L("新建"), lang.L("取消"), form, func(ok bool) {
		if !ok {
			return
		}
		t := app.TemplateUniversity
		if kind.Selected == lang.L("空白试点") {
			t = app.TemplateBlank
		}
		s.create(withExtension(path.Text), t, year.Text)
	}, s.win)
	d.Resize(fyne.NewSize(640, 260))
	d.Show()
}

func (s *Shell) create(path string, t app.Template, yearText string) {
	var year int
	if _, err := fmt.Sscanf(strings.TrimSpace(yearText), "%d", &year); err != nil || year < 1900 || year > 2200 {
		s.Report(app.E(app.CodeInvalid, "年份应为四位数字，例如 2026，现为“%s”", yearText))
		return
	}
	session, err := app.CreatePilot(s.deps.Stores, path, t, year, s.deps.Clock, s.deps.NewID, s.deps.Actor)
	if err != nil {
		s.Report(err)
		return
	}
	s.show(session)
}

func withExtension(path string) string {
	if path = strings.TrimSpace(path); filepath.Ext(path) != Extension {
		path += Extension
	}
	return path
}

// freePath proposes a file name that is not taken.
func (s *Shell) freePath(name string) string {
	for i := 1; ; i++ {
		p := filepath.Join(s.deps.Home, name+Extension)
		if i > 1 {
			p = filepath.Join(s.deps.Home, fmt.Sprintf("%s（%d）%s", name, i, Extension))
		}
		if _, err := os.Stat(p); os.IsNotExist(err) {
			return p
		}
	}
}

// openSample makes a copy of the built-in example and opens it.
func (s *Shell) openSample() {
	path := s.freePath("示例试点 " + s.deps.Clock().Format("0102"))
	session, err := app.CreatePilot(s.deps.Stores, path, app.TemplateUniversity, sampleYear, s.deps.Clock, s.deps.NewID, s.deps.Actor)
	if err == nil {
		if err = s.deps.FillSample(session, nil); err != nil {
			s.log(session.Close())
			s.log(os.Remove(path))
		}
	}
	if err != nil {
		s.Report(err)
		return
	}
	s.show(session)
	s.Toast(fmt.Sprintf(lang.L("示例试点保存在 %s"), path))
}

// sampleYear dates the built-in example.
const sampleYear = 2026

// backupDialog saves a copy of the pilot file.
func (s *Shell) backupDialog() {
	name := strings.TrimSuffix(filepath.Base(s.session.Store.Path()), Extension)
	s.Files().ChooseSave(fmt.Sprintf("%s 备份%s%s", name, s.deps.Clock().Format("20060102-1504"), Extension), func(path string) {
		if err := s.deps.Backup(s.session, path); err != nil {
			s.Report(err)
			return
		}
		s.Toast(fmt.Sprintf(lang.L("已备份到 %s"), path))
	})
}
