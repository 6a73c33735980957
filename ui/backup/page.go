// Package backup is the page 备份: the backups of the open pilot, one compared with
// the pilot as it is now, restored into a new file, or single records brought back.
// Deps.Choose is the same choice for pilots that cannot be opened.
package backup

import (
	"context"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/backups"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// backupPage is the page: the list above, the comparison below.
type backupPage struct {
	h page.Host
	d Deps

	root    *fyne.Container
	view    fyne.CanvasObject
	list    *list
	trouble *widgets.Prose
	below   *fyne.Container
	hint    fyne.CanvasObject
	cmp     *comparison

	finishing bool
}

var _ page.Page = (*backupPage)(nil)

// New makes the page.
func New(h page.Host, d Deps) page.Page {
	p := &backupPage{h: h, d: d, root: container.NewStack()}
	p.list = newList(h.Session().Clock, false)
	p.list.grid.OnActivate = func(int) { p.compare() }
	p.list.grid.Menu = func([]int, string) []*fyne.MenuItem {
		return []*fyne.MenuItem{fyne.NewMenuItem(lang.L("比较"), p.compare), fyne.NewMenuItem(lang.L("恢复到新文件…"), p.restore), fyne.NewMenuItem(lang.L("再核对一次"), p.verify)}
	}
	p.trouble = widgets.NewProse("")
	p.trouble.Importance = widget.DangerImportance
	p.cmp = newComparison(p)
	p.hint = widgets.NewEmptyState(lang.L("选一份备份，按“比较”：看它和现在有什么不同，也可以只取回其中几条记录。"), "", nil, "", nil)
	p.below = container.NewStack(p.hint)
	bar := bar(widgets.NewMainButton(lang.L("比较"), p.compare), widgets.NewButton(lang.L("恢复到新文件…"), p.restore), widgets.NewButton(lang.L("再核对一次"), p.verify),
		widgets.NewButton(lang.L("打开备份文件夹"), p.reveal), layout.NewSpacer(),
		quiet(lang.L("每次存回文件都另留一份：最近 10 次、7 天每天一份、4 周每周一份")))
	p.view = widgets.NewVSplitter(container.NewBorder(container.NewVBox(bar, p.trouble), nil, nil, nil, p.list.grid), p.below, 0.36)
	return p
}

func bar(objects ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(3, 3, 8, 8), container.NewHBox(objects...))
}

func quiet(text string) *canvas.Text {
	return canvas.NewText(text, theme.Color(theme.ColorNamePlaceHolder))
}

// Content implements page.Page.
func (p *backupPage) Content() fyne.CanvasObject { return p.root }

// Focus gives the keyboard to the table.
func (p *backupPage) Focus() {
	if p.list.Len() > 0 {
		p.list.grid.Focus()
	}
}

// Show implements page.Page.
func (p *backupPage) Show(string) { p.load() }

// Changed implements page.Page: a comparison is with the pilot as it was.
func (p *backupPage) Changed(app.Event) {
	if !p.finishing && p.cmp.c != nil {
		p.again()
	}
}

// Saved is told when the pilot was saved back, which makes a backup.
func (p *backupPage) Saved() { p.load() }

func (p *backupPage) load() {
	var items []app.Backup
	var err error
	if p.d.Keeper != nil {
		items, err = p.d.Keeper.Backups(app.PilotID(p.h.Session().Store))
	}
	if failed := p.d.State().BackupErr; err == nil {
		err = failed
	}
	p.trouble.Hide()
	if err != nil {
		p.d.Log(err)
		p.trouble.SetText(app.Sentence(err) + lang.L("。改动本身都已保存；备份恢复正常以前，请用“文件 → 备份副本”另存一份到别处。"))
		p.trouble.Show()
	}
	p.list.set(items)
	if len(items) == 0 && err == nil {
		p.showEmpty()
		return
	}
	p.show(p.view)
}

func (p *backupPage) show(o fyne.CanvasObject) {
	if len(p.root.Objects) != 1 || p.root.Objects[0] != o {
		p.root.Objects = []fyne.CanvasObject{o}
		p.root.Refresh()
	}
}

// showEmpty says what the page is for.
func (p *backupPage) showEmpty() {
	text := lang.L("还没有备份。每次把改动存回文件（停下来约 10 秒、关闭时），程序都在本机另留一份并核对，这里就能看到；也可以现在自己另存一份。")
	if p.d.Keeper == nil {
		text = lang.L("本机没有可以放备份的文件夹。请检查用户文件夹的权限和磁盘空间，然后重新打开廉哨；在那以前请常用“备份副本”另存一份到别处。")
	}
	p.show(widgets.NewEmptyState(text, lang.L("备份副本…"), p.d.Copy, "", nil))
}

func (p *backupPage) reveal() {
	if p.list.Len() > 0 {
		if err := p.h.Files().Reveal(filepath.Dir(p.list.items[0].Path)); err != nil {
			p.h.Report(app.Wrap(app.CodeIO, err, "打不开文件夹，备份在：%s", filepath.Dir(p.list.items[0].Path)))
		}
	}
}

func (p *backupPage) restore() {
	if b, ok := p.list.current(); ok {
		p.d.restore(p.h, b)
	}
}

// verify reads the chosen backup again.
func (p *backupPage) verify() {
	b, ok := p.list.current()
	if !ok {
		return
	}
	store := p.h.Session().Store
	withSecret(p.h, lang.L("备份的口令"), func(secret string, done func(error)) {
		p.h.Work(lang.L("正在核对备份"), func(context.Context, func(done, total int)) error {
			_, err := p.d.Keeper.VerifyBackup(b, secret, store)
			return err
		}, func(err error) {
			p.load()
			if err == nil {
				p.h.Toast(fmt.Sprintf(lang.L("%s 的备份完好：每条记录都核对过"), moment(b)))
			}
			done(err)
		})
	})
}

// compare reads the chosen backup and compares it with the pilot.
func (p *backupPage) compare() {
	b, ok := p.list.current()
	if !ok {
		return
	}
	s := p.h.Session()
	withSecret(p.h, lang.L("备份的口令"), func(secret string, done func(error)) {
		var then *domain.Pilot
		var c *backups.Comparison
		p.h.Work(fmt.Sprintf(lang.L("正在读取 %s 的备份"), moment(b)), func(ctx context.Context, progress func(done, total int)) error {
			store, err := p.d.Keeper.OpenBackup(b.Path, secret, s.Store)
			if err != nil {
				return err
			}
			defer store.Close()
			if then, err = store.Load(progress); err != nil {
				return err
			}
			c, err = backups.Compare(ctx, then, s.Pilot, nil)
			return err
		}, func(err error) {
			if err == nil {
				p.cmp.set(b, secret, then, c)
				p.showBelow(p.cmp.root)
			}
			done(err)
		})
	})
}

// again compares with the pilot as it is by now.
func (p *backupPage) again() {
	s, then := p.h.Session(), p.cmp.then
	var c *backups.Comparison
	p.h.Work(lang.L("正在比较"), func(ctx context.Context, progress func(done, total int)) (err error) {
		c, err = backups.Compare(ctx, then, s.Pilot, progress)
		return err
	}, func(err error) {
		if err != nil {
			p.close()
			return
		}
		p.cmp.set(p.cmp.of, p.cmp.secret, then, c)
	})
}

// close puts the comparison away, and its records out of memory.
func (p *backupPage) close() {
	p.cmp.clear()
	p.showBelow(p.hint)
}

func (p *backupPage) showBelow(o fyne.CanvasObject) {
	p.below.Objects = []fyne.CanvasObject{o}
	p.below.Refresh()
}
