// Package journal is the page 审计轨迹: who changed what and when, found by time,
// person, kind and word; exported, printed, and verified against codes on papers.
package journal

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/audit"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

const (
	quick     = 500  // entries that are read at once, without a progress bar
	manyLines = 2000 // changes of one operation that are shown at once
)

// Page shows operations and, beside them, what each changed, field by field.
type Page struct {
	host    page.Host
	heads   []app.EntryHead // all that were read, newest first
	shown   []app.EntryHead // that pass the filter
	lines   []audit.Line    // of the chosen operation
	filter  audit.Filter
	record  string // whose history is shown; "" = everything
	filling bool

	from, to            *widgets.DateField
	actor, kind, action *widget.Select
	kinds               []domain.Kind
	search              *widgets.SearchEntry
	only                *widgets.Button
	count               *canvas.Text
	grid, changes       *widgets.DataGrid
	full                *widgets.Prose
	root                fyne.CanvasObject
}

var _ page.Page = (*Page)(nil)

// New builds the page.
func New(h page.Host) page.Page {
	j := &Page{host: h, full: widgets.NewProse("")}
	j.grid = widgets.NewDataGrid([]widgets.Column{
		{ID: "seq", Title: lang.L("序号"), Width: 58, Align: widgets.AlignRight}, {ID: "time", Title: lang.L("时间"), Width: 140},
		{ID: "actor", Title: lang.L("操作人"), Width: 84}, {ID: "action", Title: lang.L("类别"), Width: 52},
		{ID: "label", Title: lang.L("操作"), Width: 220, Grow: true}, {ID: "count", Title: lang.L("记录数"), Width: 62, Align: widgets.AlignRight}}, opRows{j})
	j.grid.OnSelect = func(int) { j.tell() }
	j.changes = widgets.NewDataGrid([]widgets.Column{{ID: "what", Title: lang.L("改动"), Width: 48}, {ID: "kind", Title: lang.L("类别"), Width: 64},
		{ID: "record", Title: lang.L("记录"), Width: 130, Grow: true}, {ID: "field", Title: lang.L("内容"), Width: 84},
		{ID: "before", Title: lang.L("原来"), Width: 120, Grow: true}, {ID: "now", Title: lang.L("改为"), Width: 120, Grow: true}}, lineRows{j})
	j.changes.OnSelect = func(int) { j.read() }
	j.changes.OnActivate = func(row int) { j.history(row) }
	j.changes.Menu = func(rows []int, _ string) []*fyne.MenuItem {
		if len(rows) == 0 {
			return nil
		}
		return []*fyne.MenuItem{fyne.NewMenuItem(lang.L("这条记录的历史"), func() { j.history(rows[0]) })}
	}
	right := widgets.NewVSplitter(j.changes, container.NewVScroll(j.full), 0.68)
	j.root = container.NewBorder(j.bar(), nil, nil, nil, widgets.NewHSplitter(j.grid, right, 0.52))
	return j
}

// bar holds the filters and what can be done with what they leave.
func (j *Page) bar() fyne.CanvasObject {
	j.from, j.to = widgets.NewDateField(), widgets.NewDateField()
	for _, d := range []*widgets.DateField{j.from, j.to} {
		d.OnCommit = func(time.Time) error { j.choose(); return nil }
		d.OnRefused = func(err error) { j.host.Toast(err.Error()) }
	}
	chosen := func(string) {
		if !j.filling {
			j.choose()
		}
	}
	j.actor, j.kind = widget.NewSelect(nil, chosen), widget.NewSelect(nil, chosen)
	j.action = widget.NewSelect([]string{lang.L("全部"), lang.L("操作"), lang.L("撤销"), lang.L("重做")}, chosen)
	j.search = widgets.NewSearchEntry(lang.L("操作名称"))
	j.search.OnSearch = func(string) { j.choose() }
	j.search.OnLeave = func() { j.grid.Focus() }
	j.only = widgets.NewButton("", func() { j.Show("") })
	j.only.Hide()
	j.count = quiet("")
	sized := func(w float32, o fyne.CanvasObject) fyne.CanvasObject {
		return container.NewGridWrap(fyne.NewSize(w, 34), o)
	}
	first := container.NewHBox(label(lang.L("从")), sized(138, j.from), label(lang.L("到")), sized(138, j.to), label(lang.L("操作人")), sized(110, j.actor),
		label(lang.L("涉及")), sized(120, j.kind), label(lang.L("类别")), sized(84, j.action), sized(150, j.search), layout.NewSpacer())
	second := container.NewHBox(j.only, container.NewCenter(j.count), layout.NewSpacer())
	if _, ok := j.host.Session().Store.(app.ChainVerifier); ok {
		second.Add(widgets.NewMainButton(lang.L("核对…"), j.verify))
	}
	second.Add(widgets.NewButton(lang.L("导出 Excel…"), j.export))
	second.Add(widgets.NewButton(lang.L("打印"), j.print))
	pad := layout.NewCustomPaddedLayout(3, 0, 8, 8)
	return container.NewVBox(container.New(pad, first), container.New(pad, second))
}

func label(text string) fyne.CanvasObject { return container.NewCenter(quiet(text)) }

func quiet(text string) *canvas.Text {
	return canvas.NewText(text, theme.Color(theme.ColorNamePlaceHolder))
}

// Content is the page.
func (j *Page) Content() fyne.CanvasObject { return j.root }

// Focus gives the keyboard to the table.
func (j *Page) Focus() { j.grid.Focus() }

// Find puts the keyboard into the search.
func (j *Page) Find() { j.host.Window().Canvas().Focus(j.search) }

// Show reads the journal; arg is "" or page.HistoryOf.
func (j *Page) Show(arg string) {
	j.filter.Only, j.record = nil, ""
	store := j.host.Session().Store
	list, err := store.Heads(0, quick)
	if err != nil {
		j.host.Report(err)
		return
	}
	kind, id, ofRecord := page.RecordOf(arg)
	if len(list) < quick && !ofRecord {
		j.set(list)
		return
	}
	only := map[uint64]bool(nil)
	j.host.Work(lang.L("正在读取操作记录"), func(ctx context.Context, progress func(done, total int)) (err error) {
		if list, err = audit.Heads(ctx, store, 0, progress); err == nil && ofRecord {
			only, err = audit.Of(ctx, store, kind, id, progress)
		}
		return err
	}, func(err error) {
		if err != nil {
			j.host.Report(err)
			j.set(list) // as far as they were read
			return
		}
		if ofRecord {
			j.filter.Only, j.record = only, j.nameOf(kind, id)
		}
		j.set(list)
	})
}

// nameOf is a record as the button says whose history is shown.
func (j *Page) nameOf(k domain.Kind, id domain.ID) string {
	name := lang.L(k.String())
	if r, ok := j.host.Session().Pilot.Get(k, id); ok {
		name += " " + audit.NameOf(j.host.Session().Pilot, r)
	}
	return shorten(name, 30)
}

func shorten(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// Changed reads what is new.
func (j *Page) Changed(app.Event) {
	newest := uint64(0)
	if len(j.heads) > 0 {
		newest = j.heads[0].Seq
	}
	fresh, err := audit.Heads(context.Background(), j.host.Session().Store, newest, nil)
	if err != nil {
		j.host.Report(err)
		return
	}
	j.set(append(fresh, j.heads...))
}

// set shows entries and offers who and what is in them as filters.
func (j *Page) set(heads []app.EntryHead) {
	j.heads = heads
	j.filling = true
	j.actor.Options = append([]string{lang.L("全部")}, audit.Actors(heads)...)
	j.kinds = audit.Kinds(heads)
	j.kind.Options = []string{lang.L("全部")}
	for _, k := range j.kinds {
		j.kind.Options = append(j.kind.Options, lang.L(k.String()))
	}
	for _, s := range []*widget.Select{j.actor, j.kind, j.action} {
		if s.SelectedIndex() < 0 {
			s.SetSelectedIndex(0)
		}
		s.Refresh()
	}
	j.filling = false
	j.choose()
}

// choose shows what passes the filters.
func (j *Page) choose() {
	f := &j.filter
	f.From, f.To, f.Text = dateOf(j.from), dateOf(j.to), j.search.Query()
	f.Actor, f.Kind, f.Action = "", "", ""
	if i := j.actor.SelectedIndex(); i > 0 {
		f.Actor = j.actor.Options[i]
	}
	if i := j.kind.SelectedIndex(); i > 0 {
		f.Kind = j.kinds[i-1]
	}
	if i := j.action.SelectedIndex(); i > 0 {
		f.Action = []string{app.ActionDo, app.ActionUndo, app.ActionRedo}[i-1]
	}
	j.shown = nil
	for _, h := range j.heads {
		if f.Keeps(h) {
			j.shown = append(j.shown, h)
		}
	}
	j.only.Hide()
	if j.record != "" {
		j.only.SetText(fmt.Sprintf(lang.L("只看：%s 的历史　×"), j.record))
		j.only.Show()
	}
	j.count.Text = fmt.Sprintf(lang.L("共 %d 项操作"), len(j.heads))
	if len(j.shown) < len(j.heads) {
		j.count.Text = fmt.Sprintf(lang.L("%d 项操作，共 %d 项"), len(j.shown), len(j.heads))
	}
	j.count.Refresh()
	j.grid.SetSource(opRows{j})
	if row, _ := j.grid.Current(); len(j.shown) > 0 && (row < 0 || row >= len(j.shown)) {
		j.grid.Select(0, "label")
	}
	j.tell()
}

func dateOf(d *widgets.DateField) domain.Date {
	if d.Date().IsZero() {
		return ""
	}
	return domain.Date(d.Date().Format("2006-01-02"))
}

// tell shows what the chosen operation changed.
func (j *Page) tell() {
	row, _ := j.grid.Current()
	if row < 0 || row >= len(j.shown) {
		j.show(nil)
		return
	}
	h := j.shown[row]
	s := j.host.Session()
	read := func() ([]audit.Line, error) {
		e, err := audit.Entry(s.Store, h.Seq)
		if err != nil {
			return nil, err
		}
		return audit.Lines(s.Pilot, e, manyLines), nil
	}
	if audit.Count(h) <= manyLines {
		lines, err := read()
		if err != nil {
			j.host.Report(err)
		}
		j.show(lines)
		return
	}
	j.show(nil)
	var lines []audit.Line
	j.host.Work(lang.L("正在读取这项操作的改动"), func(context.Context, func(done, total int)) (err error) {
		lines, err = read()
		return err
	}, func(err error) {
		j.host.Report(err)
		j.show(lines)
		if len(lines) >= manyLines {
			j.full.SetText(fmt.Sprintf(lang.L("这项操作改了 %d 条记录，这里只列出前 %d 项改动；全部的请导出 Excel。"), audit.Count(h), manyLines))
		}
	})
}

func (j *Page) show(lines []audit.Line) {
	j.lines = lines
	j.changes.SetSource(lineRows{j})
	j.changes.Select(0, "record")
	j.read()
}

// read shows the chosen change in full.
func (j *Page) read() {
	row, _ := j.changes.Current()
	if row < 0 || row >= len(j.lines) {
		j.full.SetText("")
		return
	}
	l := j.lines[row]
	text := fmt.Sprintf("%s %s %s", lang.L(l.What), lang.L(l.Kind.String()), l.Record)
	if l.Field != "" {
		text += fmt.Sprintf(lang.L("\n%s\n原来：%s\n改为：%s"), l.Field, page.OrNothing(l.Before), page.OrNothing(l.Now))
	}
	j.full.SetText(text)
}

// history shows everything that was done to the record of a change.
func (j *Page) history(row int) {
	if row >= 0 && row < len(j.lines) {
		j.Show(page.HistoryOf(j.lines[row].Kind, j.lines[row].ID))
	}
}

// opRows are the operations.
type opRows struct{ j *Page }

// Len implements widgets.Source.
func (r opRows) Len() int { return len(r.j.shown) }

// Cell implements widgets.Source.
func (r opRows) Cell(row int, col string) widgets.Cell {
	h := r.j.shown[row]
	switch col {
	case "seq":
		return widgets.Cell{Text: fmt.Sprint(h.Seq)}
	case "time":
		return widgets.Cell{Text: h.Time.Local().Format("2006-01-02 15:04:05")}
	case "actor":
		return widgets.Cell{Text: h.Actor}
	case "action":
		return widgets.Cell{Text: lang.L(audit.ActionName(h.Action)), Muted: h.Action != app.ActionDo}
	case "label":
		return widgets.Cell{Text: h.Op.Label}
	}
	return widgets.Cell{Text: fmt.Sprint(audit.Count(h))}
}

// lineRows are the changes of the chosen operation.
type lineRows struct{ j *Page }

// Len implements widgets.Source.
func (r lineRows) Len() int { return len(r.j.lines) }

// Cell implements widgets.Source.
func (r lineRows) Cell(row int, col string) widgets.Cell {
	l := r.j.lines[row]
	again := row > 0 && r.j.lines[row-1].Kind == l.Kind && r.j.lines[row-1].ID == l.ID
	switch col {
	case "what":
		return widgets.Cell{Text: lang.L(l.What), Muted: again}
	case "kind":
		return widgets.Cell{Text: lang.L(l.Kind.String()), Muted: true}
	case "record":
		return widgets.Cell{Text: widgets.OneLine(l.Record), Muted: again}
	case "field":
		return widgets.Cell{Text: l.Field, Muted: true}
	case "before":
		return widgets.Cell{Text: widgets.OneLine(l.Before)}
	}
	return widgets.Cell{Text: widgets.OneLine(l.Now)}
}
