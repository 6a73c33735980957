// Package importing is the 导入 page: files and sheets found, the sheet as it is
// with what its columns mean, and what the import would do. Nothing changes in
// the pilot before the person confirms, and then it is one operation.
package importing

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"lianshao/app"
	"lianshao/app/intake"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// Extensions are the files that can be chosen.
var Extensions = []string{".xlsx", ".xlsm", ".xls", ".csv"}

// likely are files in folders that hold tables but cannot be read as they are: they are
// listed with what to do about them, lest a department is missing without a word.
var likely = []string{".et", ".ett", ".ods", ".xlsb", ".xltx", ".xlt", ".numbers", ".zip", ".rar", ".7z", ".lianshao", app.ParcelExtension}

// smallImport is how many sheet rows are planned again at once, without a
// progress window, after each change of a column.
const smallImport = 3000

// importPage is the page. It is in one of three states: nothing chosen, files
// chosen and planned, or just imported.
type importPage struct {
	h      page.Host
	reader intake.Reader
	writer intake.ProblemWriter

	files      []*file
	others     []string // names of files in dropped folders that are no tables
	plan       *intake.Plan
	committing bool
	imported   bool // the done view is up
	stale      bool // what is shown is not what was chosen last: working it out was cancelled
	rule       intake.Rule
	decided    intake.Decisions
	passwords  []string // that opened workbooks, tried on others

	root    *fyne.Container
	split   *widgets.Splitter // the bands, while a plan is shown
	listed  bool              // with the lists of problems and changes
	sheets  *sheetList
	preview *preview
	result  *resultBand
}

var _ page.Page = (*importPage)(nil)

// New makes the page; r reads the chosen files, w writes what is wrong in them back
// for their senders.
func New(h page.Host, r intake.Reader, w intake.ProblemWriter) page.Page {
	p := &importPage{h: h, reader: r, writer: w, rule: intake.RuleNewer, decided: intake.Decisions{}, root: container.NewStack()}
	p.sheets = newSheetList(p)
	p.preview = newPreview(p)
	p.result = newResultBand(p)
	p.showEmpty()
	return p
}

// Content implements page.Page.
func (p *importPage) Content() fyne.CanvasObject { return p.root }

// Show implements page.Page; arg holds the paths of files to read, one a line.
func (p *importPage) Show(arg string) {
	var paths []string
	for _, line := range strings.Split(arg, "\n") {
		if line != "" { // names may begin and end with blanks
			paths = append(paths, line)
		}
	}
	switch {
	case len(paths) > 0:
		p.load(paths)
	case len(p.files) > 0 && !p.imported:
		p.replan(nil) // the pilot may have changed meanwhile
	}
}

// Changed implements page.Page: what is new or the same may be different now, and
// an import that was taken back is offered again.
func (p *importPage) Changed(e app.Event) {
	if p.committing || len(p.files) == 0 {
		return
	}
	if p.imported && (e.Op.Name != importOp || e.Action != app.ActionUndo) {
		return
	}
	if p.imported || p.rows() <= smallImport {
		p.replan(nil)
	}
}

// importOp is the name of the operation that intake.Plan makes.
const importOp = "import"

func (p *importPage) choose() {
	p.h.Files().ChooseOpen(Extensions, p.load)
}

func (p *importPage) chooseFolder() {
	p.h.Files().ChooseFolder(func(dir string) { p.load([]string{dir}) })
}

// clear forgets the files.
func (p *importPage) clear() {
	p.files, p.others, p.plan, p.imported, p.decided = nil, nil, nil, false, intake.Decisions{}
	p.passwords = nil
	p.showEmpty()
}

func (p *importPage) show(o fyne.CanvasObject) {
	p.split = nil
	p.root.Objects = []fyne.CanvasObject{o}
	p.root.Refresh()
}

// showEmpty says what can be imported.
func (p *importPage) showEmpty() {
	head := canvas.NewText(lang.L("把各部门交来的 Excel 表格原样导入"), theme.Color(theme.ColorNameForeground))
	head.TextSize = theme.Size(theme.SizeNameHeadingText)
	head.Alignment = fyne.TextAlignCenter
	button := container.NewHBox(widgets.NewMainButton(lang.L("选择文件…"), p.choose), widgets.NewButton(lang.L("选择文件夹…"), p.chooseFolder))
	forms := container.NewGridWithColumns(5)
	for _, f := range intake.Forms() {
		forms.Add(quiet(lang.L(f.Title), fyne.TextAlignLeading))
	}
	p.show(container.NewCenter(container.NewVBox(
		head,
		quiet(lang.L("几十个 .xlsx、.xls、.csv 可以一起选、一起拖进窗口，文件夹也可以。列的顺序、标题行、合并单元格都不必改动。"), fyne.TextAlignCenter),
		gap(10), container.NewCenter(button), gap(18),
		quiet(lang.L("能认出的表："), fyne.TextAlignLeading), forms)))
}

// quiet is a line of secondary text.
func quiet(text string, align fyne.TextAlign) *canvas.Text {
	t := canvas.NewText(text, theme.Color(theme.ColorNamePlaceHolder))
	t.Alignment = align
	return t
}

func gap(h float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(1, h))
	return r
}

// padded leaves air at the left and right of a bar of buttons and texts.
func bar(objects ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(3, 3, 8, 8), container.NewHBox(objects...))
}

// showPlan shows the three bands; the lower one only when it has something to
// list. Bands that are up already stay as the person pulled them.
func (p *importPage) showPlan() {
	if p.split != nil && p.listed == p.result.hasLists() {
		return
	}
	p.listed = p.result.hasLists()
	top := container.NewBorder(p.sheets.bar, nil, nil, nil, p.sheets.grid)
	middle := p.preview.box
	if p.listed {
		middle = widgets.NewVSplitter(p.preview.box, p.result.lists, 0.64)
	}
	p.split = widgets.NewVSplitter(top, middle, p.sheets.share())
	o := container.NewBorder(nil, p.result.bar, nil, nil, p.split)
	p.root.Objects = []fyne.CanvasObject{o}
	p.root.Refresh()
}
