package records

import (
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/ui/page"
)

// FilePart makes a tab of a list whose records hold attachments: they stand under
// the detail form.
func FilePart(h page.Host, id, title string, l *List) Part {
	files := NewFiles(h)
	under := container.NewVBox(page.Heading(lang.L("附件")), files.Content())
	l.Side = container.NewBorder(nil, under, nil, nil, l.Detail.Content())
	show := func(r domain.Record) {
		holder, _ := r.(domain.Holder)
		files.Show(holder)
	}
	detail := l.Grid.OnRecord
	l.Grid.OnRecord = func(r domain.Record) { detail(r); show(r) }
	show(l.Grid.Selected())
	return Part{ID: id, Title: title, Content: l.Content(), List: l,
		Show:    func(arg string) { l.Grid.SelectID(domain.ID(arg)) },
		Changed: func(e app.Event) { l.Changed(e); show(l.Grid.Selected()) }}
}
