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
	askPath(h, title, yes, strings.TrimSuffix(suggested, extension), func(folder, name string) (string, error) {
		path, err := pathOf(folder, strings.TrimSuffix(name, extension), extension)
		if err == nil && taken(path) {
			err = app.E(app.CodeInvalid, "已有同名文件“%s”，不会覆盖它，请换一个文件名", filepath.Base(path))
		}
		return path, err
	}, then)
}

// AskSave asks where to write a file. A file that is there is named, and replaced
// only when the button is pressed again; it stays as it is until the new one is whole.
// A name without extension gets that of the suggestion.
func AskSave(h Host, suggested string, then func(path string)) {
	warned := ""
	askPath(h, lang.L("存到哪里"), lang.L("保存"), suggested, func(folder, name string) (string, error) {
		extension := ""
		if filepath.Ext(name) == "" && name != "" {
			extension = filepath.Ext(suggested)
		}
		path, err := pathOf(folder, name, extension)
		if err == nil && taken(path) && path != warned {
			warned = path
			err = app.E(app.CodeInvalid, "已有同名文件“%s”。要换掉它，请再按一次“保存”；不换掉，请改文件名", filepath.Base(path))
		}
		return path, err
	}, then)
}

// askPath asks for folder and name until check makes a path of them.
func askPath(h Host, title, yes, suggested string, check func(folder, name string) (string, error), then func(path string)) {
	folder, name := widget.NewEntry(), widget.NewEntry()
	if whole, err := filepath.Abs(suggested); err == nil {
		suggested = whole // a file named on the command line may lie anywhere
	}
	folder.SetText(filepath.Dir(suggested))
	name.SetText(filepath.Base(suggested))
	browse := widgets.NewButton(lang.L("浏览…"), func() { h.Files().ChooseFolder(folder.SetText) })
	form := widget.NewForm(widget.NewFormItem(lang.L("文件名"), name), widget.NewFormItem(lang.L("文件夹"), container.NewBorder(nil, nil, nil, browse, folder)))
	chosen := ""
	m := Ask(h, Question{Title: title, Yes: yes, Form: form, First: name, Width: 620, Act: func() error {
		path, err := check(strings.TrimSpace(folder.Text), strings.TrimSpace(name.Text))
		if err == nil {
			chosen = path
		}
		return err
	}})
	m.OnClose = func() {
		if chosen != "" {
			then(chosen)
		}
	}
	folder.OnSubmitted = name.OnSubmitted
}

func taken(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// pathOf is the path of folder and name, refused when it cannot be that of a file.
func pathOf(folder, name, extension string) (string, error) {
	switch info, err := os.Stat(folder); {
	case name == "":
		return "", app.E(app.CodeInvalid, "请填文件名")
	case strings.ContainsAny(name, `/\:*?"<>|`):
		return "", app.E(app.CodeInvalid, `文件名里不能有 / \ : * ? " < > |，请改一个`)
	case err != nil || !info.IsDir():
		return "", app.E(app.CodeInvalid, "没有文件夹“%s”，请点“浏览…”选一个", folder)
	}
	path := filepath.Join(folder, name+extension)
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return "", app.E(app.CodeInvalid, "“%s”是文件夹，请换一个文件名", name+extension)
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
