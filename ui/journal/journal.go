// Package journal is the page 操作记录: who changed what and when.
package journal

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/fields"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// pageSize is how many entries are read at a time.
const pageSize = 500

// Page shows the newest entries and, beside them, each record before and after.
type Page struct {
	host    page.Host
	entries []app.Entry
	grid    *widgets.DataGrid
	detail  *widget.Label
	root    fyne.CanvasObject
}

// New builds the page.
func New(h page.Host) page.Page {
	j := &Page{host: h, detail: widget.NewLabel("")}
	j.detail.Wrapping = fyne.TextWrapBreak
	j.detail.Selectable = true
	j.grid = widgets.NewDataGrid([]widgets.Column{
		{ID: "seq", Title: lang.L("序号"), Width: 52, Align: widgets.AlignRight}, {ID: "time", Title: lang.L("时间"), Width: 140},
		{ID: "actor", Title: lang.L("操作人"), Width: 90}, {ID: "action", Title: lang.L("类别"), Width: 70},
		{ID: "label", Title: lang.L("操作"), Width: 300, Grow: true}, {ID: "count", Title: lang.L("记录数"), Width: 70, Align: widgets.AlignRight}}, j)
	j.grid.OnSelect = j.tell
	split := widgets.NewHSplitter(j.grid, container.NewVScroll(j.detail), 0.62)
	j.root = split
	return j
}

// Content is the page.
func (j *Page) Content() fyne.CanvasObject { return j.root }

// Focus gives the keyboard to the table.
func (j *Page) Focus() { j.grid.Focus() }

// Show reads the newest entries.
func (j *Page) Show(string) { j.load() }

// Changed reads again.
func (j *Page) Changed(app.Event) { j.load() }

func (j *Page) load() {
	entries, err := j.host.Session().Store.Journal(0, pageSize)
	if err != nil {
		j.host.Report(err)
		return
	}
	j.entries = entries
	j.grid.Refresh()
	row, _ := j.grid.Current()
	j.tell(row)
}

// Len implements widgets.Source.
func (j *Page) Len() int { return len(j.entries) }

// Cell implements widgets.Source.
func (j *Page) Cell(row int, col string) widgets.Cell {
	e := j.entries[row]
	switch col {
	case "seq":
		return widgets.Cell{Text: fmt.Sprint(e.Seq)}
	case "time":
		return widgets.Cell{Text: e.Time.Format("2006-01-02 15:04:05")}
	case "actor":
		return widgets.Cell{Text: e.Actor}
	case "action":
		return widgets.Cell{Text: lang.L(map[string]string{app.ActionDo: "操作", app.ActionUndo: "撤销", app.ActionRedo: "重做"}[e.Action]), Muted: e.Action != app.ActionDo}
	case "label":
		return widgets.Cell{Text: e.Op.Label}
	case "count":
		return widgets.Cell{Text: fmt.Sprint(len(e.Changes))}
	}
	return widgets.Cell{}
}

// tell shows what an entry changed, field by field.
func (j *Page) tell(row int) {
	if row < 0 || row >= len(j.entries) {
		j.detail.SetText(lang.L("还没有操作"))
		return
	}
	p := j.host.Session().Pilot
	text := ""
	for i, c := range j.entries[row].Changes {
		if i == 30 {
			text += fmt.Sprintf(lang.L("……另有 %d 条记录"), len(j.entries[row].Changes)-30)
			break
		}
		text += describe(p, c) + "\n"
	}
	j.detail.SetText(text)
}

func describe(p *domain.Pilot, c domain.Change) string {
	name := edit.Title(p, c.Kind, c.ID)
	switch {
	case c.Before == nil:
		return lang.L("新增 ") + lang.L(c.Kind.String()) + " " + name
	case c.After == nil:
		return lang.L("删除 ") + lang.L(c.Kind.String()) + " " + domain.BaseOf(c.Before).Code
	}
	text := lang.L("修改 ") + lang.L(c.Kind.String()) + " " + name
	for _, f := range fields.Of(c.Kind) {
		if was, is := f.Get(p, c.Before), f.Get(p, c.After); was != is {
			text += fmt.Sprintf("\n　　%s：%s → %s", lang.L(f.Title), orDash(was), orDash(is))
		}
	}
	return text
}

func orDash(s string) string {
	if s == "" {
		return "（空）"
	}
	return s
}
