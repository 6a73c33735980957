// Package reportpage is the 报表打印 page: the list of papers and charts, the chosen
// one page by page exactly as it prints, and the ways out: printer, PDF, Excel, PNG.
package reportpage

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/report/document"
	"lianshao/app/report/draw"
	"lianshao/app/report/table"
	"lianshao/ui/page"
	"lianshao/ui/pen"
	"lianshao/ui/widgets"
)

// ExportTables writes printed tables as an Excel workbook.
type ExportTables func(path string, tables []*table.TableModel) error

// EncodeWord makes a Word file of a document.
type EncodeWord func(d *document.Document) ([]byte, error)

// manyPoints is how many risk points make papers slow enough to lay out beside
// the window instead of at once.
const manyPoints = 400

type reportPage struct {
	h      page.Host
	export ExportTables
	word   EncodeWord

	items  []*item
	chosen *item
	pages  []draw.Drawing
	at     int // page shown, from 0
	told   string

	root    fyne.CanvasObject
	list    *itemList
	options *optionBar
	paper   *pen.Paper
	why     *canvas.Text
	note    *widget.Label // what a document still lacks
	tools   *toolBar
}

var _ page.Page = (*reportPage)(nil)

// New makes the page. export writes the same tables as a workbook, word makes Word
// files of the report and its letter; nil leaves their buttons out of use.
func New(h page.Host, export ExportTables, word EncodeWord) page.Page {
	p := &reportPage{h: h, export: export, word: word, note: widget.NewLabel(""), items: allItems(), paper: pen.NewPaper(), why: canvas.NewText("", theme.Color(theme.ColorNamePlaceHolder))}
	p.chosen = p.itemByID(overviewID)
	p.paper.OnTurn = p.turn
	p.why.Alignment = fyne.TextAlignCenter
	p.list = newItemList(p)
	p.options = newOptionBar(p)
	p.tools = newToolBar(p)
	p.paper.OnZoom = p.tools.update
	sight := container.NewStack(p.paper, container.NewCenter(p.why))
	p.note.Wrapping = fyne.TextWrapBreak
	p.note.Importance = widget.WarningImportance
	p.note.Hide()
	right := container.NewBorder(container.NewVBox(p.options.box, p.note), p.tools.box, nil, nil, sight)
	split := widgets.NewHSplitter(p.list, right, h.Prefs().FloatWithFallback(splitPref, 0.185))
	split.OnMoved = func(offset float64) { h.Prefs().SetFloat(splitPref, offset) }
	p.root = split
	return p
}

const splitPref = "report.split"

// Content implements page.Page.
func (p *reportPage) Content() fyne.CanvasObject { return p.root }

// Show implements page.Page; arg is the ID of a paper, book, document
// or chart.
func (p *reportPage) Show(arg string) {
	if it := p.itemByID(arg); it != nil {
		p.chosen, p.at = it, 0
	}
	p.update()
	p.list.point()
}

func (p *reportPage) itemByID(id string) *item {
	i := slices.IndexFunc(p.items, func(it *item) bool { return id != "" && it.id == id })
	if i < 0 {
		return nil
	}
	return p.items[i]
}

// Changed implements page.Page.
func (p *reportPage) Changed(app.Event) { p.update() }

// update looks anew at what is ready and lays out the chosen paper.
func (p *reportPage) update() {
	in := p.options.input()
	for _, it := range p.items {
		it.look(in)
	}
	p.list.Refresh()
	p.options.update(p.chosen, in)
	p.layout()
}

// choose shows another paper from its first page.
func (p *reportPage) choose(it *item) {
	if it == p.chosen {
		return
	}
	p.chosen, p.at = it, 0
	p.options.update(it, p.options.input())
	p.layout()
}

// show puts pages, or the sentence why there are none, on the screen.
func (p *reportPage) show(pages []draw.Drawing, err error) {
	p.pages, p.why.Text = pages, ""
	if err != nil {
		p.pages, p.why.Text = nil, app.Sentence(err)
		if errors.Is(err, context.Canceled) {
			p.why.Text = lang.L("已取消排版")
		}
	}
	p.why.Refresh()
	p.turnTo(min(p.at, max(0, len(p.pages)-1)), false)
}

func (p *reportPage) turn(by int) {
	to := min(max(p.at+by, 0), len(p.pages)-1)
	if len(p.pages) > 0 && to != p.at {
		p.turnTo(to, by == -1)
	}
}

func (p *reportPage) turnTo(at int, bottom bool) {
	p.at = at
	d := draw.Drawing{}
	if at < len(p.pages) {
		d = p.pages[at]
	}
	p.paper.SetPage(d, bottom)
	p.tools.update()
}
