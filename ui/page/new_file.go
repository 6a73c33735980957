package page

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/ui/widgets"
)

// AskNewFile asks for the path of a file that does not exist yet, and then calls then.
// Unlike the toolkit's dialog it never touches an existing file: a taken name is
// refused in the dialog. The extension is that of the suggestion.
func AskNewFile(h Host, title, yes, suggested string, then func(path string)) {
	extension := filepath.Ext(suggested)
	folder, name := widget.NewEntry(), widget.NewEntry()
	folder.SetText(filepath.Dir(suggested))
	name.SetText(strings.TrimSuffix(filepath.Base(suggested), extension))
	browse := widgets.NewButton(lang.L("浏览…"), func() { h.Files().ChooseFolder(folder.SetText) })
	form := widget.NewForm(widget.NewFormItem(lang.L("文件名"), name), widget.NewFormItem(lang.L("文件夹"), container.NewBorder(nil, nil, nil, browse, folder)))
	chosen := ""
	m := Ask(h, Question{Title: title, Yes: yes, Form: form, First: name, Width: 620, Act: func() error {
		path, err := newFile(strings.TrimSpace(folder.Text), strings.TrimSpace(name.Text), extension)
		chosen = path
		return err
	}})
	m.OnClose = func() {
		if chosen != "" {
			then(chosen)
		}
	}
	folder.OnSubmitted = name.OnSubmitted
}

// newFile is the path of folder and name, refused when it cannot be that of a new file.
func newFile(folder, name, extension string) (string, error) {
	name = strings.TrimSuffix(name, extension)
	switch info, err := os.Stat(folder); {
	case name == "":
		return "", app.E(app.CodeInvalid, "请填文件名")
	case strings.ContainsAny(name, `/\:*?"<>|`):
		return "", app.E(app.CodeInvalid, `文件名里不能有 / \ : * ? " < > |，请改一个`)
	case err != nil || !info.IsDir():
		return "", app.E(app.CodeInvalid, "没有文件夹“%s”，请点“浏览…”选一个", folder)
	}
	path := filepath.Join(folder, name+extension)
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return "", app.E(app.CodeInvalid, "已有同名文件“%s”，不会覆盖它，请换一个文件名", name+extension)
	}
	return path, nil
}

// AskPassword asks for one password; then is called after the dialog is gone.
func AskPassword(h Host, title, sentence, yes string, then func(secret string), cancelled func()) {
	text := widget.NewLabel(sentence)
	text.Wrapping = fyne.TextWrapBreak
	entry := widget.NewPasswordEntry()
	entry.SetPlaceHolder(lang.L("口令，或打印的恢复密钥"))
	var m *widgets.Modal
	do := func() {
		if entry.Text != "" {
			m.Close()
			then(entry.Text)
		}
	}
	entry.OnSubmitted = func(string) { do() }
	cancel := func() { m.Close(); cancelled() }
	m = widgets.NewModal(h.Window(), title, container.NewBorder(text, nil, nil, nil, container.NewVBox(entry)), fyne.NewSize(480, 190), nil,
		widgets.NewButton(lang.L("取消"), cancel), widgets.NewMainButton(yes, do))
	m.Keys(do, cancel)
	h.Window().Canvas().Focus(entry)
}
