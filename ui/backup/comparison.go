package backup

import (
	"context"
	"fmt"
	"slices"
	"strings"

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

// comparison is the lower part of the page: kinds, records of the chosen kind, fields
// of the chosen record.
type comparison struct {
	p      *backupPage
	of     app.Backup
	secret string
	then   *domain.Pilot
	c      *backups.Comparison // nil = none is shown

	shown  []*backups.Item // of the chosen kind
	fields []backups.Field // of the chosen record
	chosen map[*backups.Item]bool

	head     *canvas.Text
	take     *widgets.Button
	kinds    *widgets.DataGrid
	records  *widgets.DataGrid
	values   *widgets.DataGrid
	full     *widgets.Prose
	detail   fyne.CanvasObject
	same     fyne.CanvasObject
	lists    fyne.CanvasObject
	contents *fyne.Container
	root     fyne.CanvasObject
}

func newComparison(p *backupPage) *comparison {
	v := &comparison{p: p, chosen: map[*backups.Item]bool{}}
	number := func(id, title string) widgets.Column {
		return widgets.Column{ID: id, Title: lang.L(title), Width: 58, Align: widgets.AlignRight}
	}
	v.kinds = widgets.NewDataGrid([]widgets.Column{{ID: "kind", Title: lang.L("类别"), Width: 84, Grow: true}, number("gone", "已删除"), number("changed", "改过"), number("new", "新增")}, kindRows{v})
	v.kinds.OnSelect = func(int) { v.choose() }
	v.records = widgets.NewDataGrid([]widgets.Column{{ID: "take", Title: lang.L("取回"), Width: 46, Align: widgets.AlignCenter}, {ID: "state", Title: lang.L("备份以后"), Width: 70},
		{ID: "kind", Title: lang.L("类别"), Width: 72}, {ID: "name", Title: lang.L("记录"), Width: 200, Grow: true}}, itemRows{v})
	v.records.OnSelect = func(int) { v.tell() }
	v.records.OnToggle = func(row int, _ string, on bool) error { v.tick(row, on); return nil }
	v.records.OnActivate = func(row int) { v.tick(row, !v.chosen[v.shown[row]]) }
	v.values = widgets.NewDataGrid([]widgets.Column{{ID: "title", Title: lang.L("内容"), Width: 90}, {ID: "then", Title: lang.L("备份里"), Width: 150, Grow: true},
		{ID: "now", Title: lang.L("现在"), Width: 150, Grow: true}}, fieldRows{v})
	v.values.OnSelect = func(int) { v.read() }
	v.full = widgets.NewProse("")
	v.head = canvas.NewText("", theme.Color(theme.ColorNameForeground))
	v.head.TextStyle.Bold = true
	v.take = widgets.NewMainButton(lang.L("取回"), v.bringBack)
	v.detail = widgets.NewVSplitter(v.values, container.NewVScroll(v.full), 0.62)
	v.lists = widgets.NewHSplitter(v.kinds, widgets.NewHSplitter(v.records, v.detail, 0.47), 0.24)
	v.same = widgets.NewEmptyState(lang.L("这份备份和现在的内容完全一样。"), "", nil, "", nil)
	v.contents = container.NewStack()
	top := bar(v.head, layout.NewSpacer(), v.take, widgets.NewButton(lang.L("收起"), p.close))
	v.root = container.NewBorder(container.NewVBox(widget.NewSeparator(), top), nil, nil, nil, v.contents)
	return v
}

// set shows a comparison.
func (v *comparison) set(of app.Backup, secret string, then *domain.Pilot, c *backups.Comparison) {
	v.of, v.secret, v.then, v.c = of, secret, then, c
	clear(v.chosen)
	var gone, changed, added int
	for _, k := range c.Kinds {
		gone, changed, added = gone+k.Gone, changed+k.Changed, added+k.New
	}
	v.head.Text = fmt.Sprintf(lang.L("%s 的备份以后：删除 %d · 改过 %d · 新增 %d"), moment(of), gone, changed, added)
	v.head.Refresh()
	shown := v.lists
	if len(c.Items) == 0 {
		shown = v.same
	}
	v.contents.Objects = []fyne.CanvasObject{shown}
	v.contents.Refresh()
	v.kinds.SetSource(kindRows{v})
	v.kinds.Select(0, "kind")
	v.choose()
}

func (v *comparison) clear() {
	v.of, v.secret, v.then, v.c, v.shown, v.fields = app.Backup{}, "", nil, nil, nil, nil
	clear(v.chosen)
}

// choose shows the records of the chosen kind; the first line is all of them.
func (v *comparison) choose() {
	if v.c == nil {
		return
	}
	row, _ := v.kinds.Current()
	v.shown = v.c.Items
	if row > 0 && row <= len(v.c.Kinds) {
		kind := v.c.Kinds[row-1].Kind
		v.shown = slices.DeleteFunc(slices.Clone(v.c.Items), func(it *backups.Item) bool { return it.Kind != kind })
	}
	v.records.SetSource(itemRows{v})
	v.records.Select(0, "name")
	v.tell()
	v.count()
}

// tell shows the fields of the chosen record.
func (v *comparison) tell() {
	v.fields = nil
	if row, _ := v.records.Current(); v.c != nil && row >= 0 && row < len(v.shown) {
		v.fields = v.c.Fields(v.shown[row])
	}
	v.values.SetSource(fieldRows{v})
	v.values.Select(0, "then")
	v.read()
}

// read shows the chosen field in full.
func (v *comparison) read() {
	text := ""
	if row, _ := v.values.Current(); row >= 0 && row < len(v.fields) {
		f := v.fields[row]
		text = fmt.Sprintf(lang.L("%s\n备份里：%s\n现在：%s"), f.Title, page.OrNothing(f.Then), page.OrNothing(f.Now))
	}
	v.full.SetText(text)
}

// tick chooses a record to come back; what was added since cannot.
func (v *comparison) tick(row int, on bool) {
	if row < 0 || row >= len(v.shown) || v.shown[row].State == backups.New {
		return
	}
	if on {
		v.chosen[v.shown[row]] = true
	} else {
		delete(v.chosen, v.shown[row])
	}
	v.records.RefreshRow(row)
	v.count()
}

func (v *comparison) count() {
	v.take.SetText(lang.L("取回所选的记录…"))
	if len(v.chosen) == 0 {
		v.take.Disable()
		return
	}
	v.take.SetText(fmt.Sprintf(lang.L("取回所选的 %d 条…"), len(v.chosen)))
	v.take.Enable()
}

// bringBack asks once more, showing everything that would come back, and does it.
func (v *comparison) bringBack() {
	var items []*backups.Item
	for _, it := range v.c.Items {
		if v.chosen[it] {
			items = append(items, it)
		}
	}
	if len(items) == 0 {
		return
	}
	all := v.c.With(items)
	more := all[:0:0]
	for _, it := range all {
		if !slices.Contains(items, it) {
			more = append(more, it)
		}
	}
	also := widget.NewCheck(fmt.Sprintf(lang.L("连同和它们一起的 %d 条（随它们删除的，和它们所指而已删除的）"), len(more)), nil)
	also.SetChecked(true)
	form := container.NewVBox(wrapped(fmt.Sprintf(lang.L("下面的记录改回 %s 备份时的样子。这是一次操作，可以撤销。"), moment(v.of))), wrapped(names(items)))
	if len(more) > 0 {
		form.Add(also)
		form.Add(wrapped(names(more)))
	}
	agreed := false
	m := page.Ask(v.p.h, page.Question{Title: lang.L("取回记录"), Yes: lang.L("取回"), Form: form, Width: 560, Act: func() error { agreed = true; return nil }})
	m.OnClose = func() {
		switch {
		case agreed && also.Checked:
			v.commit(all)
		case agreed:
			v.commit(items)
		}
	}
}

// shownNames is how many records are named before they are only counted.
const shownNames = 12

func names(items []*backups.Item) string {
	var out []string
	for i, it := range items {
		if i == shownNames {
			out = append(out, fmt.Sprintf(lang.L("……共 %d 条"), len(items)))
			break
		}
		out = append(out, fmt.Sprintf("%s %s（%s）", lang.L(it.Kind.String()), it.Name, lang.L(it.State.String())))
	}
	return strings.Join(out, "\n")
}

// commit brings records back: to disk beside the window, into memory on its goroutine.
func (v *comparison) commit(items []*backups.Item) {
	p, c, of, secret := v.p, v.c, v.of, v.secret
	s := p.h.Session()
	var pending *app.Pending
	p.h.Work(lang.L("正在取回"), func(context.Context, func(done, total int)) error {
		if slices.ContainsFunc(items, func(it *backups.Item) bool { return it.Kind == domain.KindAttachment }) {
			from, err := p.d.Keeper.OpenBackup(of.Path, secret, s.Store)
			if err != nil {
				return err
			}
			defer from.Close()
			if err := backups.CopyContents(items, from, s.Store); err != nil {
				return err
			}
		}
		var err error
		pending, err = s.Begin(s.Actor, c.BringBack(items, of.Time))
		return err
	}, func(err error) {
		switch {
		case pending != nil: // it is on disk, whatever was pressed meanwhile
			p.finishing = true
			pending.Finish()
			p.finishing = false
			p.h.Toast(fmt.Sprintf(lang.L("已取回 %d 条记录，可按 Ctrl+Z 撤销"), len(items)))
			p.again()
		case err != nil:
			p.h.Report(err)
		}
	})
}

// kindRows are the lines of the kinds: all, then each.
type kindRows struct{ v *comparison }

// Len implements widgets.Source.
func (r kindRows) Len() int {
	if r.v.c == nil || len(r.v.c.Kinds) == 0 {
		return 0
	}
	return len(r.v.c.Kinds) + 1
}

// Cell implements widgets.Source.
func (r kindRows) Cell(row int, col string) widgets.Cell {
	name, sum := lang.L("全部"), backups.KindCount{}
	if row > 0 {
		sum = r.v.c.Kinds[row-1]
		name = lang.L(sum.Kind.String())
	} else {
		for _, k := range r.v.c.Kinds {
			sum.Gone, sum.Changed, sum.New = sum.Gone+k.Gone, sum.Changed+k.Changed, sum.New+k.New
		}
	}
	if col == "kind" {
		return widgets.Cell{Text: name, Bold: row == 0}
	}
	n := map[string]int{"gone": sum.Gone, "changed": sum.Changed, "new": sum.New}[col]
	return widgets.Cell{Text: fmt.Sprint(n), Muted: n == 0}
}

// itemRows are the records of the chosen kind.
type itemRows struct{ v *comparison }

// Len implements widgets.Source.
func (r itemRows) Len() int { return len(r.v.shown) }

// Cell implements widgets.Source.
func (r itemRows) Cell(row int, col string) widgets.Cell {
	it := r.v.shown[row]
	switch col {
	case "take":
		switch {
		case it.State == backups.New:
			return widgets.Cell{}
		case r.v.chosen[it]:
			return widgets.Cell{Check: widgets.Checked}
		}
		return widgets.Cell{Check: widgets.Unchecked}
	case "state":
		return widgets.Cell{Text: lang.L(it.State.String()), Bold: it.State == backups.Gone, Muted: it.State == backups.New}
	case "kind":
		return widgets.Cell{Text: lang.L(it.Kind.String()), Muted: true}
	}
	return widgets.Cell{Text: widgets.OneLine(it.Name)}
}

// fieldRows are the fields of the chosen record.
type fieldRows struct{ v *comparison }

// Len implements widgets.Source.
func (r fieldRows) Len() int { return len(r.v.fields) }

// Cell implements widgets.Source.
func (r fieldRows) Cell(row int, col string) widgets.Cell {
	f := r.v.fields[row]
	switch col {
	case "title":
		return widgets.Cell{Text: f.Title, Muted: true}
	case "then":
		return widgets.Cell{Text: widgets.OneLine(f.Then)}
	}
	return widgets.Cell{Text: widgets.OneLine(f.Now)}
}
