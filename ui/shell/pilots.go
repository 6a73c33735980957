package shell

import (
	"context"
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

// Keys of preferences: the paths opened last, and whether they are kept at all.
const (
	recentKey    = "recent"
	recentOffKey = "recent.off"
)

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
	if s.Prefs().Bool(recentOffKey) {
		return
	}
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

// quickFile is how large a pilot file may be to be opened without a progress bar.
const quickFile = 2 << 20

// replace shows another pilot, unless the present one holds something refused.
func (s *Shell) replace(session *app.Session) {
	if s.session != nil && !s.settle() {
		s.log(session.Close())
		return
	}
	s.saveThen(func(err error) { // what cannot be saved stays on this computer
		s.show(session)
		s.Report(err)
	})
}

func samePath(a, b string) bool {
	x, errX := filepath.Abs(a)
	y, errY := filepath.Abs(b)
	return errX == nil && errY == nil && x == y
}

func (s *Shell) openDialog() {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil || r == nil {
			s.forPilot = nil
			return
		}
		path := r.URI().Path()
		s.log(r.Close())
		s.Open(path)
	}, s.win)
	d.SetFilter(storage.NewExtensionFileFilter([]string{Extension}))
	s.startDialog(d)
}

// startDialog shows a file dialog where pilots are kept, large enough to read.
func (s *Shell) startDialog(d *dialog.FileDialog) {
	if l, err := storage.ListerForURI(storage.NewFileURI(s.deps.Home)); err == nil {
		d.SetLocation(l)
	}
	d.Show()
	d.Resize(fyne.NewSize(860, 560)) // before Show it has no size to change
	s.escCloses(d)
}

// escCloses lets Esc cancel a dialog, which Fyne's own do not.
func (s *Shell) escCloses(d interface {
	Hide()
	SetOnClosed(func())
}) {
	c := s.win.Canvas()
	before := c.OnTypedKey()
	d.SetOnClosed(func() { c.SetOnTypedKey(before) })
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape {
			s.forPilot = nil // it waited for what this dialog was to choose
			d.Hide()
		}
	})
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
			s.forPilot = nil
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
	s.escCloses(d)
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
	s.replace(session)
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
	var session *app.Session
	s.Work(lang.L("正在准备示例试点"), func(ctx context.Context, progress func(done, total int)) (err error) {
		session, err = app.CreatePilot(s.deps.Stores, path, app.TemplateUniversity, sampleYear, s.deps.Clock, s.deps.NewID, s.deps.Actor)
		if err != nil {
			return err
		}
		if err = s.deps.FillSample(session, progress); err == nil && ctx.Err() != nil {
			err = app.E(app.CodeCanceled, "已取消")
		}
		if err != nil {
			s.log(session.Close())
			s.log(os.Remove(path))
		}
		return err
	}, func(err error) {
		if err != nil {
			s.Report(err)
			return
		}
		session.ForgetUndo()
		s.replace(session)
		s.Toast(fmt.Sprintf(lang.L("示例试点保存在 %s"), path))
	})
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
