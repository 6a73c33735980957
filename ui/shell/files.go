package shell

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/report/draw"
	"lianshao/app/sheet"
	"lianshao/ui/page"
)

// files is what pages may do with files outside the pilot.
type files struct{ s *Shell }

var _ page.Files = files{}

// ChooseSave asks where to save.
func (f files) ChooseSave(suggested string, then func(path string)) {
	f.s.sayPlain(suggested, func() { f.chooseSave(suggested, then) })
}

// chooseSave asks by a dialog of our own: the toolkit's empties the chosen file at
// once, and a file that fails to be written would be lost.
func (f files) chooseSave(suggested string, then func(path string)) {
	folder := f.s.folder
	if folder == "" {
		folder = f.s.deps.Home
	}
	keep := func(path string) {
		f.s.folder = filepath.Dir(path)
		then(path)
	}
	suggested = filepath.Join(folder, suggested)
	switch filepath.Ext(suggested) {
	case Extension, app.ParcelExtension: // what holds a pilot is never replaced
		page.AskNewFile(f.s, lang.L("存到哪里"), lang.L("保存"), suggested, keep)
	default:
		page.AskSave(f.s, suggested, keep)
	}
}

// ChooseOpen asks for files.
func (f files) ChooseOpen(extensions []string, then func(paths []string)) {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil || r == nil {
			return
		}
		path := r.URI().Path()
		f.s.log(r.Close())
		f.withNeighbours(path, extensions, then)
	}, f.s.win)
	if len(extensions) > 0 {
		d.SetFilter(storage.NewExtensionFileFilter(extensions))
	}
	f.s.startDialog(d)
}

// ChooseFolder asks for a folder to read from.
func (f files) ChooseFolder(then func(dir string)) {
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err == nil && u != nil {
			then(u.Path())
		}
	}, f.s.win)
	f.s.startDialog(d)
}

// ChooseTarget asks for a folder to write into.
func (f files) ChooseTarget(then func(dir string)) {
	f.s.sayPlain("", func() { f.ChooseFolder(then) })
}

// WriteBook writes a workbook.
func (f files) WriteBook(ctx context.Context, path string, wb sheet.Workbook) error {
	return f.s.deps.Sheets.Write(ctx, path, wb, nil)
}

// withNeighbours offers the other files of the chosen one's folder too, because
// the toolkit's dialog takes one file only and offices send a dozen.
func (f files) withNeighbours(path string, extensions []string, then func(paths []string)) {
	names := neighbours(path, extensions)
	if len(names) < 2 {
		then([]string{path})
		return
	}
	group := widget.NewCheckGroup(names, nil)
	group.SetSelected([]string{filepath.Base(path)})
	all := widget.NewButton(lang.L("全选"), func() { group.SetSelected(names) })
	hint := widget.NewLabel(fmt.Sprintf(lang.L("这个文件夹里有 %d 个表格，要一起导入的打勾："), len(names)))
	box := container.NewBorder(container.NewHBox(hint, all), nil, nil, nil, container.NewVScroll(group))
	d := dialog.NewCustomConfirm(lang.L("选择文件"), lang.L("读取所选"), lang.L("取消"), box, func(ok bool) {
		if !ok || len(group.Selected) == 0 {
			return
		}
		var paths []string
		for _, n := range names { // in the folder's order, whatever the order of ticks
			if slices.Contains(group.Selected, n) {
				paths = append(paths, filepath.Join(filepath.Dir(path), n))
			}
		}
		then(paths)
	}, f.s.win)
	d.Resize(fyne.NewSize(560, 440))
	d.Show()
}

// neighbours lists the files of a folder that have one of the extensions; lock
// files of Excel (~$…) do not count.
func neighbours(path string, extensions []string) []string {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		if !e.IsDir() && !strings.HasPrefix(e.Name(), "~$") && slices.Contains(extensions, strings.ToLower(filepath.Ext(e.Name()))) {
			out = append(out, e.Name())
		}
	}
	return out
}

// WritePDF writes pages as PDF.
func (f files) WritePDF(path, title string, pages []draw.Drawing) ([]rune, error) {
	return f.s.deps.WritePDF(path, title, pages)
}

// Print writes the pages into a private folder, which is wiped when the program
// starts again, and hands them to the system.
func (f files) Print(title string, pages []draw.Drawing) error {
	path, err := f.s.prints().Place(safeName(title) + ".pdf")
	if err != nil {
		return err
	}
	missing, err := f.WritePDF(path, title, pages)
	if err != nil {
		return err
	}
	f.s.warnMissing(missing)
	return f.s.deps.Print(path)
}

// Reveal opens a file with the system's program for it.
func (f files) Reveal(path string) error { return f.s.deps.Reveal(path) }

// WriteFile writes a whole file.
func (f files) WriteFile(path string, content []byte) error { return f.s.deps.WriteFile(path, content) }

// ShowCopy opens a private copy.
func (f files) ShowCopy(name string, content []byte) error {
	path, err := f.s.copies().Write(name, content)
	if err != nil {
		return err
	}
	return f.s.deps.Reveal(path)
}

// copies holds the private copies of attachments.
func (s *Shell) copies() app.PrivateCopies {
	return app.PrivateCopies{Dir: filepath.Join(s.deps.Temp, "copies")}
}

// prints holds what was printed: a viewer or printer may need it for long.
func (s *Shell) prints() app.PrivateCopies {
	return app.PrivateCopies{Dir: filepath.Join(s.deps.Temp, "prints")}
}

// warnMissing names characters that no font has.
func (s *Shell) warnMissing(missing []rune) {
	if len(missing) > 0 {
		s.Toast(fmt.Sprintf(lang.L("有 %d 个字没有字形，纸上以“〓”代替：%s"), len(missing), string(missing)))
	}
}

func safeName(title string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, title)
}

// exportDialog writes the whole pilot as a workbook.
func (s *Shell) exportDialog() {
	s.Files().ChooseSave(safeName(s.session.Pilot.Info().Name)+".xlsx", func(path string) {
		s.Work(lang.L("正在导出"), func(ctx context.Context, progress func(done, total int)) error {
			return s.deps.Export(ctx, s.session, path, progress)
		}, func(err error) {
			if err != nil {
				s.Report(err)
				return
			}
			s.Toast(fmt.Sprintf(lang.L("已导出到 %s"), path))
		})
	})
}
