package records

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/fields"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// Files shows the attachments of one record, to add, look at, export and take off.
type Files struct {
	host   page.Host
	holder domain.Holder
	box    *fyne.Container
}

// NewFiles makes the list; nothing is shown before Show.
func NewFiles(h page.Host) *Files { return &Files{host: h, box: container.NewVBox()} }

// Content is the list.
func (f *Files) Content() fyne.CanvasObject { return f.box }

// Show lists a record's attachments; nil shows nothing.
func (f *Files) Show(r domain.Holder) {
	f.holder = r
	f.box.Objects = nil
	if r != nil {
		for _, ref := range *r.Files() {
			f.box.Add(f.row(ref))
		}
		add := widget.NewButtonWithIcon(lang.L("添加附件…"), theme.ContentAddIcon(), f.add)
		add.Importance = widget.LowImportance
		f.box.Add(container.NewHBox(add))
	}
	f.box.Refresh()
}

func (f *Files) row(ref domain.Ref) fyne.CanvasObject {
	a, ok := f.host.Session().Pilot.Attachments.Get(ref.ID)
	if !ok { // came with a workbook, without its content
		l := widget.NewLabel(fmt.Sprintf(lang.L("%s（内容不在这个试点里）"), ref.Text))
		l.Truncation = fyne.TextTruncateClip
		return l
	}
	name := widget.NewButton(a.Name, func() { f.open(a) })
	name.Alignment, name.Importance = widget.ButtonAlignLeading, widget.LowImportance
	small := func(icon fyne.Resource, act func()) fyne.CanvasObject {
		b := widget.NewButtonWithIcon("", icon, act)
		b.Importance = widget.LowImportance
		return b
	}
	size := widget.NewLabel(fields.FileSize(a.Size))
	size.Importance = widget.LowImportance
	right := container.NewHBox(size, small(theme.DownloadIcon(), func() { f.export(a) }), small(theme.DeleteIcon(), func() { f.remove(a) }))
	return container.NewBorder(nil, nil, nil, right, name)
}

// add keeps chosen files in the pilot, beside the window: they may be large.
func (f *Files) add() {
	r := f.holder
	f.host.Files().ChooseOpen(nil, func(paths []string) {
		s := f.host.Session()
		var kept []*domain.Attachment
		f.host.Work(lang.L("正在存入附件"), func(ctx context.Context, progress func(done, total int)) error {
			for i, path := range paths {
				a, err := s.KeepFile(path)
				if err != nil {
					return err
				}
				kept = append(kept, a)
				progress(i+1, len(paths))
			}
			return ctx.Err()
		}, func(err error) {
			if err == nil {
				err = f.host.Do(app.AttachTo(r.RecordKind(), r.RecordID(), kept, s.NewID))
			}
			f.host.Report(err)
		})
	})
}

func (f *Files) open(a *domain.Attachment) {
	content, err := f.host.Session().Content(a)
	if err == nil {
		err = f.host.Files().ShowCopy(a.Name, content)
	}
	f.host.Report(err)
}

func (f *Files) export(a *domain.Attachment) {
	f.host.Files().ChooseSave(a.Name, func(path string) {
		content, err := f.host.Session().Content(a)
		if err == nil {
			err = f.host.Files().WriteFile(path, content)
		}
		if err != nil {
			f.host.Report(err)
			return
		}
		f.host.Toast(fmt.Sprintf(lang.L("已导出到 %s"), path))
	})
}

func (f *Files) remove(a *domain.Attachment) {
	r := f.holder
	widgets.Confirm(f.host.Window(), lang.L("移除附件"), fmt.Sprintf(lang.L("从这条记录移除“%s”？可以按 Ctrl+Z 撤销。"), a.Name), lang.L("移除"), func() {
		f.host.Report(f.host.Do(app.Detach(r.RecordKind(), r.RecordID(), a.ID)))
	})
}
