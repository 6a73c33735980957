package shell

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/ui/importing"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// dropped takes what falls on the window.
func (s *Shell) dropped(uris []fyne.URI) {
	var paths []string
	for _, u := range uris {
		paths = append(paths, u.Path())
	}
	s.drop(paths)
}

// drop imports workbooks and opens or merges pilots, or says why not now: what a
// person drops is never passed over in silence.
func (s *Shell) drop(paths []string) {
	switch {
	case s.working != nil:
		s.waiting = append(s.waiting, paths...)
		s.Toast(fmt.Sprintf(lang.L("已记下拖进来的 %d 个文件或文件夹，现在的事做完以后接着读"), len(s.waiting)))
	case s.curtain != nil:
		s.Report(app.E(app.CodeInvalid, "试点已锁定。请先输入口令，再把文件拖进来"))
	case widgets.DialogOpen(s.win.Canvas()):
		s.Report(app.E(app.CodeInvalid, "文件没有收下：请先完成或取消打开着的对话框，再把文件拖进来"))
	case s.session != nil && !s.settle():
		s.Toast(lang.L("正在填写的内容没有通过检查，请先改正，再把文件拖进来"))
	default:
		s.sortDropped(paths)
	}
}

// sortDropped tells pilots from tables, beside the window where there are folders to
// be looked through.
func (s *Shell) sortDropped(paths []string) {
	var pilots, tables []string
	look := func(context.Context, func(done, total int)) error {
		found, err := app.FilesUnder(paths, slices.Concat(pilotFiles, importing.Extensions))
		for _, p := range found {
			if isPilot(p) {
				pilots = append(pilots, p)
			} else {
				tables = append(tables, p)
			}
		}
		return err
	}
	then := func(err error) {
		if err != nil {
			s.Report(err)
			return
		}
		s.take(paths, pilots, tables)
	}
	if !slices.ContainsFunc(paths, isFolder) {
		then(look(nil, nil))
		return
	}
	s.Work(lang.L("正在查看文件夹"), look, then)
}

var pilotFiles = []string{Extension, app.ParcelExtension}

func isPilot(path string) bool {
	return slices.Contains(pilotFiles, strings.ToLower(filepath.Ext(path)))
}

func isFolder(path string) bool {
	st, err := os.Stat(path)
	return err == nil && st.IsDir()
}

// take does what suits the files: one pilot is opened, several are merged, tables are
// imported; of pilots among tables the import page says that they are none.
func (s *Shell) take(paths, pilots, tables []string) {
	alone := len(pilots) == 1 && len(tables) == 0 && strings.EqualFold(filepath.Ext(pilots[0]), Extension)
	switch {
	case alone && (s.session == nil || slices.Equal(paths, pilots)):
		s.Open(pilots[0])
	case len(pilots) == 0 || len(tables) > 0:
		s.importFiles(paths)
	case s.session == nil:
		s.Report(app.E(app.CodeInvalid, "请先打开要汇总到哪个试点，再把别的试点拖进来"))
	default:
		s.Go(page.Merge, strings.Join(pilots, "\n"))
	}
}

// importFiles opens the import page with files; without a pilot it asks for one first.
func (s *Shell) importFiles(paths []string) {
	if s.session != nil {
		s.Go(page.Import, strings.Join(paths, "\n"))
		return
	}
	after := func(do func()) func() {
		return func() { s.forPilot, s.forPath = paths, ""; do() }
	}
	ways := []way{{lang.L("新建试点…"), after(s.newPilotDialog)}, {lang.L("打开试点…"), after(s.openDialog)}}
	if recent := s.recent(); len(recent) > 0 {
		name := strings.TrimSuffix(filepath.Base(recent[0]), Extension)
		ways = append(ways, way{fmt.Sprintf(lang.L("打开《%s》"), shorten(name, 16)), after(func() { s.Open(recent[0]) })})
	}
	s.choose(lang.L("导入到哪个试点"), lang.L("拖进来的表格要导入到一个试点里。请打开或新建一个试点，打开以后接着读这些表格，先给您看，不会直接导入。"), ways...)
}

// waitFor says which pilot is being opened: what was dropped before waits for the first
// one that was chosen, and no longer than until another is.
func (s *Shell) waitFor(path string) {
	switch {
	case s.forPilot == nil:
	case s.forPath == "":
		s.forPath = path
	case !samePath(s.forPath, path):
		s.forPilot, s.forPath = nil, ""
	}
}
