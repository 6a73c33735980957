package records

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// List is a grid with its tools above and, unless it is told not to, a detail
// form beside it.
type List struct {
	Grid   *Grid
	Detail *Detail
	// Tools are put behind the standard buttons.
	Tools []fyne.CanvasObject
	// Add makes the record that 新增 starts from; nil hides the button.
	Add func(p *domain.Pilot) domain.Record
	// Empty is the sentence shown when there is no record at all, and the screen
	// its button leads to (page.Import by default).
	Empty, EmptyButton, EmptyScreen string
	// Side stands beside the table in place of the detail form; Plain leaves the
	// table alone, for pages that put something of their own around it.
	Side  fyne.CanvasObject
	Plain bool
	// Share is the table's part of the width beside Side; 0 = 0.68.
	Share float64
	// EmptyAct is what its button does instead of leading to a screen.
	EmptyAct func()

	host  page.Host
	kind  domain.Kind
	count *widget.Label
	find  *widget.Entry
	stack *fyne.Container
	body  fyne.CanvasObject
}

// NewList makes a list page part; call Content once it is configured.
func NewList(h page.Host, k domain.Kind, o Options) *List {
	l := &List{Grid: NewGrid(h, k, o), Detail: NewDetail(h, k), host: h, kind: k, count: widget.NewLabel(""), find: widget.NewEntry()}
	l.Empty = fmt.Sprintf(lang.L("还没有%s。可以从 Excel 表导入，也可以逐条新增。"), lang.L(k.String()))
	l.EmptyButton, l.EmptyScreen = lang.L("导入表格"), page.Import
	l.Grid.OnRecord = func(r domain.Record) { l.Detail.Show(r) }
	l.Grid.OnFind = l.Find
	l.find.SetPlaceHolder(lang.L("筛选"))
	l.find.OnChanged = func(text string) {
		l.Grid.Model.SetQuery(text)
		l.Grid.Refresh()
		l.tell()
	}
	l.find.OnSubmitted = func(string) { l.Grid.Focus() }
	return l
}

// Content builds the part.
func (l *List) Content() fyne.CanvasObject {
	bar := []fyne.CanvasObject{}
	if l.Add != nil && l.Grid.blank == nil {
		l.Grid.New(l.Add)
	}
	if l.Add != nil {
		b := widget.NewButtonWithIcon(lang.L("新增"), theme.ContentAddIcon(), l.add)
		b.Importance = widget.LowImportance
		bar = append(bar, b)
	}
	bar = append(bar, l.Tools...)
	columns := widget.NewButton(lang.L("列"), func() { l.Grid.ChooseColumns() })
	columns.Importance = widget.LowImportance
	bar = append(bar, layout.NewSpacer(), l.count, container.NewGridWrap(fyne.NewSize(170, 32), l.find), columns)
	l.body = container.NewBorder(container.NewHBox(bar...), nil, nil, nil, l.beside())
	l.stack = container.NewStack()
	l.swap()
	l.Detail.Show(l.Grid.Selected())
	l.tell()
	return l.stack
}

// beside is the table with what stands beside it.
func (l *List) beside() fyne.CanvasObject {
	if l.Plain {
		return l.Grid.DataGrid
	}
	if l.Side == nil {
		l.Side = l.Detail.Content()
	}
	split := widgets.NewHSplitter(l.Grid.DataGrid, container.NewPadded(l.Side), l.offset())
	split.OnMoved = func(o float64) { l.host.Prefs().SetFloat("split."+l.Grid.name, o) }
	return split
}

func (l *List) offset() float64 {
	share := l.Share
	if share == 0 {
		share = 0.68
	}
	return l.host.Prefs().FloatWithFallback("split."+l.Grid.name, share)
}

// swap shows the empty state or the grid.
func (l *List) swap() {
	if l.stack == nil {
		return
	}
	want := l.body
	if l.host.Session().Pilot.Table(l.kind).Len() == 0 {
		want = l.emptyState()
	}
	l.stack.Objects = []fyne.CanvasObject{want}
	l.stack.Refresh()
}

func (l *List) emptyState() fyne.CanvasObject {
	text := widget.NewLabelWithStyle(l.Empty, fyne.TextAlignCenter, fyne.TextStyle{})
	act := l.EmptyAct
	if act == nil {
		act = func() { l.host.Go(l.EmptyScreen, "") }
	}
	next := widget.NewButton(l.EmptyButton, act)
	next.Importance = widget.HighImportance
	row := container.NewHBox(layout.NewSpacer(), next)
	if l.Add != nil {
		row.Add(widget.NewButton(lang.L("新增一条"), l.add))
	}
	row.Add(layout.NewSpacer())
	return container.NewCenter(container.NewVBox(text, row))
}

func (l *List) add() {
	r := l.Add(l.host.Session().Pilot)
	if r == nil {
		return
	}
	before := map[domain.ID]bool{}
	l.host.Session().Pilot.Table(l.kind).Each(func(r domain.Record) bool { before[r.RecordID()] = true; return true })
	if err := l.host.Do(edit.Add(r, l.host.Session().NewID)); err != nil {
		l.host.Report(err)
		return
	}
	l.host.Session().Pilot.Table(l.kind).Each(func(r domain.Record) bool {
		if !before[r.RecordID()] {
			l.Grid.SelectID(r.RecordID())
		}
		return true
	})
	l.Grid.Focus()
}

func (l *List) tell() {
	n, all := l.Grid.Model.Len(), l.host.Session().Pilot.Table(l.kind).Len()
	if n == all {
		l.count.SetText(fmt.Sprintf(lang.L("共 %d 条"), all))
	} else {
		l.count.SetText(fmt.Sprintf(lang.L("%d / %d 条"), n, all))
	}
}

// Changed brings the part up to date.
func (l *List) Changed(e app.Event) {
	l.Grid.Changed(e)
	l.Detail.Show(l.Grid.Selected())
	l.swap()
	l.tell()
}

// Find puts the keyboard into the filter; Focus into the table.
func (l *List) Find() { l.host.Window().Canvas().Focus(l.find) }

// Focus gives the keyboard to the table, if there is one.
func (l *List) Focus() {
	if l.Grid.Model.Len() > 0 {
		l.Grid.Focus()
	}
}

// Reveal puts the cursor on a record; a filter that hides it is emptied. It reports
// false when the record is not of this list.
func (l *List) Reveal(id domain.ID) bool {
	if _, ok := l.host.Session().Pilot.Table(l.kind).Record(id); !ok {
		return false
	}
	if !l.Grid.SelectID(id) && l.find.Text != "" {
		l.find.SetText("")
		l.Grid.SelectID(id)
	}
	return true
}

// SetKeep narrows the list.
func (l *List) SetKeep(keep func(domain.Record) bool) {
	l.Grid.Model.SetKeep(keep)
	l.Grid.Refresh()
	l.Detail.Show(l.Grid.Selected())
	l.tell()
}

// Tabs is a page of several parts under tabs.
type Tabs struct {
	tabs  *container.AppTabs
	parts []Part
}

// Part is one tab.
type Part struct {
	ID, Title string
	Content   fyne.CanvasObject
	Show      func(arg string)  // may be nil
	Changed   func(e app.Event) // may be nil
	List      *List             // takes the keyboard; may be nil
	// Holds reports whether the part shows a record; nil asks the List.
	Holds  func(id domain.ID) bool
	Opened func() // called when the tab is chosen; may be nil
}

// NewTabs makes a page of parts.
func NewTabs(parts ...Part) *Tabs {
	t := &Tabs{parts: parts, tabs: container.NewAppTabs()}
	for _, p := range parts {
		t.tabs.Append(container.NewTabItem(lang.L(p.Title), p.Content))
	}
	t.tabs.OnSelected = func(*container.TabItem) {
		if p := t.parts[t.tabs.SelectedIndex()]; p.Opened != nil {
			p.Opened()
		}
		t.Focus()
	}
	return t
}

// ListPart makes a tab of a list.
func ListPart(id, title string, l *List) Part {
	return Part{ID: id, Title: title, Content: l.Content(), Changed: l.Changed, List: l}
}

// Find puts the keyboard into the filter of the tab that is up.
func (t *Tabs) Find() {
	if l := t.list(); l != nil {
		l.Find()
	}
}

// Focus gives the keyboard to the table of the tab that is up.
func (t *Tabs) Focus() {
	if l := t.list(); l != nil {
		l.Focus()
	}
}

func (t *Tabs) list() *List {
	if i := t.tabs.SelectedIndex(); i >= 0 {
		return t.parts[i].List
	}
	return nil
}

// NextTab brings the next tab up, or the one before for -1, round and round.
func (t *Tabs) NextTab(by int) { widgets.TurnTabs(t.tabs, by) }

// Content is the tabs.
func (t *Tabs) Content() fyne.CanvasObject { return t.tabs }

// Show opens the part whose ID is arg, or the one that shows the record of that ID
// with the cursor on it; otherwise it leaves the present one.
func (t *Tabs) Show(arg string) {
	for i, p := range t.parts {
		if p.Show != nil {
			p.Show(arg)
		}
		if arg != "" && (p.ID == arg || p.holds(domain.ID(arg))) {
			t.tabs.SelectIndex(i)
		}
	}
}

func (p *Part) holds(id domain.ID) bool {
	if p.Holds != nil {
		return p.Holds(id)
	}
	return p.List != nil && p.List.Reveal(id)
}

// Up is the ID of the part that is up.
func (t *Tabs) Up() string {
	if i := t.tabs.SelectedIndex(); i >= 0 {
		return t.parts[i].ID
	}
	return ""
}

// Changed passes the change to all parts.
func (t *Tabs) Changed(e app.Event) {
	for _, p := range t.parts {
		if p.Changed != nil {
			p.Changed(e)
		}
	}
}

// PrintButton leads to a paper on the reports page.
func PrintButton(h page.Host, paper string) fyne.CanvasObject {
	return PaperButton(h, lang.L("打印"), paper)
}

// PaperButton is PrintButton with the paper's own name on it.
func PaperButton(h page.Host, text, paper string) fyne.CanvasObject {
	b := widget.NewButton(text, func() { h.Go(page.Reports, paper) })
	b.Importance = widget.LowImportance
	return b
}
