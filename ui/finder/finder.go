// Package finder is the dialog that finds anything: one line to type in, and what
// was found below, by kinds.
package finder

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"lianshao/app/search"
	"lianshao/ui/widgets"
)

// perKind is how many hits of a kind are listed.
const perKind = 50

// Deps is what the dialog asks for.
type Deps struct {
	Window fyne.Window
	// Find answers a query; ready is false while the texts are still being gathered.
	Find func(query string, limit int) (groups []search.Group, ready bool)
	// Open goes to a record.
	Open func(search.Hit)
}

// Finder is the open dialog.
type Finder struct {
	deps  Deps
	modal *widgets.Modal
	entry *widgets.SearchEntry
	grid  *widgets.DataGrid
	hint  *canvas.Text
	rows  []row
	asked string
}

// row is a heading, or a hit below it.
type row struct {
	head string
	hit  search.Hit
}

// Open shows the dialog with the keyboard in it.
func Open(d Deps) *Finder {
	f := &Finder{deps: d, entry: widgets.NewSearchEntry(lang.L("编号、文字、拼音或拼音首字母，如 zbht")), hint: canvas.NewText("", theme.Color(theme.ColorNamePlaceHolder))}
	f.grid = widgets.NewDataGrid([]widgets.Column{
		{ID: "title", Title: lang.L("找到的内容"), Width: 380, Grow: true},
		{ID: "part", Title: lang.L("出现在"), Width: 330},
	}, f)
	f.grid.OnActivate = func(int) { f.open() }
	f.entry.OnSearch = f.search
	f.entry.OnKey = f.key
	f.hint.Alignment = fyne.TextAlignCenter
	f.hint.Text = lang.L("风险点、措施、流程、岗位、意见、信息、会议、材料……所有写下的文字都找")
	body := container.NewBorder(f.entry, nil, nil, nil, container.NewStack(f.grid, container.NewCenter(f.hint)))
	f.modal = widgets.NewModal(d.Window, lang.L("查找一切"), body, fyne.NewSize(860, 560), nil)
	f.modal.Keys(f.open, f.modal.Close)
	f.grid.Hide()
	d.Window.Canvas().Focus(f.entry)
	return f
}

// Again asks once more, when the texts have been gathered meanwhile.
func (f *Finder) Again() { f.search(f.asked) }

// Len implements widgets.Source.
func (f *Finder) Len() int { return len(f.rows) }

// Cell implements widgets.Source.
func (f *Finder) Cell(at int, col string) widgets.Cell {
	r := f.rows[at]
	switch {
	case r.head != "" && col == "title":
		return widgets.Cell{Text: r.head, Bold: true, Muted: true}
	case r.head != "":
		return widgets.Cell{}
	case col == "title":
		return widgets.Cell{Text: r.hit.Title}
	}
	return widgets.Cell{Text: r.hit.Part, Muted: true}
}

func (f *Finder) search(query string) {
	f.asked, f.rows = query, nil
	groups, ready := f.deps.Find(query, perKind)
	for _, g := range groups {
		head := fmt.Sprintf("%s　%d", lang.L(g.Kind.String()), g.Total)
		if g.Total > len(g.Hits) {
			head += fmt.Sprintf(lang.L("（先列 %d 条，多打几个字可以缩小范围）"), len(g.Hits))
		}
		f.rows = append(f.rows, row{head: head})
		for _, h := range g.Hits {
			f.rows = append(f.rows, row{hit: h})
		}
	}
	switch {
	case query == "":
		f.hint.Text = ""
	case !ready:
		f.hint.Text = lang.L("正在准备，马上就好……")
	default:
		f.hint.Text = fmt.Sprintf(lang.L("没有找到“%s”"), query)
	}
	f.show()
}

func (f *Finder) show() {
	if len(f.rows) == 0 {
		f.grid.Hide()
		f.hint.Show()
		f.hint.Refresh()
		return
	}
	f.hint.Hide()
	f.grid.Show()
	f.grid.Refresh()
	f.grid.Select(1, "")
}

// key moves through what was found while the keyboard stays in the entry.
func (f *Finder) key(e *fyne.KeyEvent) bool {
	at, _ := f.grid.Current()
	switch e.Name {
	case fyne.KeyDown:
		f.move(at, 1)
	case fyne.KeyUp:
		f.move(at, -1)
	case fyne.KeyPageDown:
		f.move(at+10, 1)
	case fyne.KeyPageUp:
		f.move(at-10, -1)
	case fyne.KeyReturn, fyne.KeyEnter:
		f.entry.Now()
		f.open()
	case fyne.KeyEscape:
		f.modal.Close()
	default:
		return false
	}
	return true
}

// move selects the next hit from a row in a direction, leaving headings out.
func (f *Finder) move(at, by int) {
	at = min(max(at+by, 1), len(f.rows)-1)
	if at >= 0 && at < len(f.rows) && f.rows[at].head != "" {
		at += by
	}
	if at > 0 && at < len(f.rows) {
		f.grid.Select(at, "")
	}
}

// open goes to the selected hit.
func (f *Finder) open() {
	at, _ := f.grid.Current()
	if at < 0 || at >= len(f.rows) || f.rows[at].head != "" {
		return
	}
	hit := f.rows[at].hit
	f.modal.Close()
	f.deps.Open(hit)
}
