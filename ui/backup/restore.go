package backup

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// extension of pilot files.
const extension = ".lianshao"

// Deps is what the page and the dialog need beside their host.
type Deps struct {
	Keeper app.Keeper           // nil = this computer has no place for backups
	Open   func(path string)    // opens a pilot
	Copy   func()               // saves a copy of the open pilot
	Home   string               // where files are proposed when their folder is gone
	Log    func(err error)      // keeps causes
	State  func() app.SaveState // of the open pilot
}

// Choose lists backups over the window, to restore one into a new file: those of a
// file that is damaged or gone, or of every pilot when path is "".
func (d Deps) Choose(h page.Host, clock app.Clock, path string) {
	items, err := d.all(path)
	if err != nil {
		h.Report(err)
		return
	}
	l := newList(clock, true)
	sentence := lang.L("选一份备份恢复到新文件，备份本身和原来的文件都不动。多数时候选最近的一份。")
	switch {
	case len(items) == 0 && path == "":
		sentence = lang.L("这台电脑上还没有自动备份。备份在做过改动的那台电脑上：请到那台电脑上找，或者看看 U 盘、邮件里有没有“备份副本”。")
	case len(items) == 0:
		sentence = fmt.Sprintf(lang.L("这台电脑上没有《%s》的自动备份。备份在做过改动的那台电脑上；也可以点“所有试点的备份”找名称不同的。"), filepath.Base(path))
	}
	text := widgets.NewProse(sentence)
	var m *widgets.Modal
	restore := func() {
		if b, ok := l.current(); ok {
			m.Close()
			d.restore(h, b)
		}
	}
	l.grid.OnActivate = func(int) { restore() }
	l.set(items)
	var left []fyne.CanvasObject
	if path != "" {
		left = append(left, widgets.NewButton(lang.L("所有试点的备份"), func() { m.Close(); d.Choose(h, clock, "") }))
	}
	buttons := []*widgets.Button{widgets.NewButton(lang.L("取消"), func() { m.Close() })}
	if len(items) > 0 {
		buttons = append(buttons, widgets.NewMainButton(lang.L("恢复到新文件…"), restore))
	}
	room := fyne.NewSize(1040, 520)
	body := fyne.CanvasObject(container.NewBorder(text, nil, nil, nil, l.grid))
	if len(items) == 0 {
		body, room = text, fyne.NewSize(520, 170)
	}
	m = widgets.NewModal(h.Window(), lang.L("从备份恢复"), body, room, left, buttons...)
	m.Keys(restore, m.Close)
	if len(items) > 0 {
		l.grid.Focus()
	}
}

func (d Deps) all(path string) ([]app.Backup, error) {
	switch {
	case d.Keeper == nil:
		return nil, nil
	case path == "":
		return d.Keeper.AllBackups()
	}
	return d.Keeper.BackupsFor(path)
}

// restore asks for a new file, writes the backup there and offers to open it.
func (d Deps) restore(h page.Host, b app.Backup) {
	page.AskNewFile(h, fmt.Sprintf(lang.L("把 %s 的备份恢复到新文件"), moment(b)), lang.L("恢复"), d.freePath(b), func(path string) {
		h.Work(lang.L("正在恢复备份"), func(context.Context, func(done, total int)) error { return d.Keeper.RestoreBackup(b.Path, path) }, func(err error) {
			if err != nil {
				h.Report(err)
				return
			}
			widgets.Confirm(h.Window(), lang.L("已恢复"), fmt.Sprintf(lang.L("%s 的备份已存为：\n%s\n读回来核对过。现在打开它吗？"), moment(b), path), lang.L("打开"), func() { d.Open(path) })
		})
	})
}

// freePath proposes a name beside the original file, or where pilots are kept.
func (d Deps) freePath(b app.Backup) string {
	folder := filepath.Dir(b.Origin)
	if info, err := os.Stat(folder); b.Origin == "" || !filepath.IsAbs(b.Origin) || err != nil || !info.IsDir() {
		folder = d.Home
	}
	stem := strings.TrimSuffix(filepath.Base(b.Origin), extension)
	if b.Origin == "" {
		stem = lang.L("试点")
	}
	if r := []rune(stem); len(r) > 60 {
		stem = string(r[:60]) // room for what follows
	}
	stem += fmt.Sprintf(lang.L("（%s备份）"), b.Time.Format("0102-1504"))
	for i := 1; ; i++ {
		path := filepath.Join(folder, stem+extension)
		if i > 1 {
			path = filepath.Join(folder, fmt.Sprintf("%s%d%s", stem, i, extension))
		}
		if _, err := os.Lstat(path); err != nil {
			return path
		}
	}
}

// withSecret does something that may need a backup's own password, and asks for it
// until it fits or the person gives up.
func withSecret(h page.Host, title string, do func(secret string, done func(error))) {
	var try func(secret string)
	try = func(secret string) {
		do(secret, func(err error) {
			switch {
			case err == nil, app.CodeOf(err) == app.CodeCanceled:
			case app.CodeOf(err) == app.CodePassword:
				page.AskPassword(h, title, app.Sentence(err), lang.L("继续"), try, func() {})
			default:
				h.Report(err)
			}
		})
	}
	try("")
}

// wrapped is a label whose text breaks.
func wrapped(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapBreak
	return l
}
