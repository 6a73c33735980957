package workflow

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// catalogue is the table of posts or of authorities.
type catalogue struct {
	host  page.Host
	kind  domain.Kind
	grid  *records.Grid
	find  *widgets.SearchEntry
	count *widget.Label
	full  fyne.CanvasObject
	empty fyne.CanvasObject
	root  *fyne.Container
}

func newCatalogue(h page.Host, name string) *catalogue {
	c := &catalogue{host: h, kind: domain.KindPost, count: widget.NewLabel("")}
	sentence := lang.L("岗位是流程里办事的人：导入自查表或流程梳理表时会自动建立，也可以在这里新增。")
	if name == TabAuthorities {
		c.kind = domain.KindAuthority
		sentence = lang.L("职权目录说明每个岗位握有哪些权力、依据是什么，流程步骤会引用它。")
	}
	c.grid = records.NewGrid(h, c.kind, records.Options{Name: "workflow." + name, Fixed: 2})
	c.grid.New(c.blank)
	if c.kind == domain.KindPost { // authorities have codes that group them
		c.grid.Model.SetSort("unit", false)
		c.grid.SetSort("unit", false)
	}
	c.find = widgets.NewSearchEntry(lang.L("筛选"))
	c.find.OnSearch = func(q string) { c.grid.Model.SetQuery(q); c.grid.Refresh(); c.tell() }
	c.find.OnLeave = c.grid.Focus
	c.grid.OnFind = func() { h.Window().Canvas().Focus(c.find) }
	add := widget.NewButtonWithIcon(lang.L("新增")+c.kind.String(), theme.ContentAddIcon(), c.add)
	remove := widget.NewButton(lang.L("删除"), func() { c.grid.OnDelete(c.grid.SelectedRows()) })
	remove.Importance = widget.LowImportance
	find := container.NewGridWrap(fyne.NewSize(220, c.find.MinSize().Height), c.find)
	bar := container.NewBorder(nil, nil, container.NewHBox(add, remove), container.NewHBox(c.count, find))
	c.full = container.NewBorder(container.NewPadded(bar), nil, nil, nil, c.grid.DataGrid)
	c.empty = widgets.NewEmptyState(sentence, lang.L("导入工作表"), func() { h.Go(page.Import, "") }, lang.L("新增")+c.kind.String(), c.add)
	c.root = container.NewStack(c.full)
	return c
}

func (c *catalogue) changed(e app.Event) {
	c.grid.Changed(e)
	c.tell()
}

func (c *catalogue) tell() {
	all := c.host.Session().Pilot.Table(c.kind).Len()
	now := c.full
	if all == 0 {
		now = c.empty
	}
	if c.root.Objects[0] != now {
		c.root.Objects = []fyne.CanvasObject{now}
		c.root.Refresh()
	}
	text := fmt.Sprintf(lang.L("%d 个%s"), all, c.kind)
	if n := c.grid.Model.Len(); n != all {
		text = fmt.Sprintf(lang.L("%d / %d 个%s"), n, all, c.kind)
	}
	c.count.SetText(text)
}

// reveal moves the cursor to a record, whatever the filter is.
func (c *catalogue) reveal(id domain.ID) {
	if !c.grid.SelectID(id) {
		c.find.SetText("")
		c.grid.Model.SetQuery("")
		c.grid.Refresh()
		c.grid.SelectID(id)
	}
}

// blank is a new record in the unit of the row under the cursor, with a name that
// is still free.
func (c *catalogue) blank(d *domain.Pilot) domain.Record {
	unit := domain.Ref{}
	if units := d.Units.All(); len(units) > 0 {
		unit = domain.To(units[0].ID)
	}
	like := "ZQ-01"
	switch r := c.grid.Selected().(type) {
	case *domain.Post:
		unit = r.Unit
	case *domain.Authority:
		unit, like = r.Unit, r.Code
	}
	for n := 1; ; n++ {
		name := lang.L("新") + c.kind.String()
		if n > 1 {
			name += fmt.Sprint(n)
		}
		var r domain.Record = &domain.Post{Base: domain.Base{Code: name}, Unit: unit, Name: name}
		if c.kind == domain.KindAuthority {
			r = &domain.Authority{Base: domain.Base{Code: edit.NextCode(d, c.kind, like)}, Unit: unit, Name: name}
		}
		if _, taken := d.Table(c.kind).RecordByKey(r.Natural()); !taken {
			return r
		}
	}
}

func (c *catalogue) add() {
	var made domain.ID
	newID := func() domain.ID { made = c.host.Session().NewID(); return made }
	if err := c.host.Do(edit.Add(c.blank(c.host.Session().Pilot), newID)); err != nil {
		c.host.Report(err)
		return
	}
	c.reveal(made)
	c.grid.Select(c.grid.Model.RowOf(made), "name")
	c.host.Window().Canvas().Focus(c.grid.DataGrid)
}
