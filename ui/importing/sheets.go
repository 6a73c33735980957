package importing

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"lianshao/app"
	"lianshao/app/intake"
	"lianshao/ui/widgets"
)

// sheetList is the upper band: every sheet of every file, to be taken or left.
type sheetList struct {
	p     *importPage
	grid  *widgets.DataGrid
	bar   fyne.CanvasObject
	note  *canvas.Text
	lines []*line
}

func newSheetList(p *importPage) *sheetList {
	l := &sheetList{p: p, note: quiet("", fyne.TextAlignTrailing)}
	number := func(id, title string) widgets.Column {
		return widgets.Column{ID: id, Title: lang.L(title), Width: 62, Align: widgets.AlignRight}
	}
	l.grid = widgets.NewDataGrid([]widgets.Column{
		{ID: "take", Title: lang.L("导入"), Width: 46, Align: widgets.AlignCenter},
		{ID: "file", Title: lang.L("文件"), Width: 230},
		{ID: "origin", Title: lang.L("来历"), Width: 72},
		{ID: "sheet", Title: lang.L("工作表"), Width: 130},
		{ID: "form", Title: lang.L("认作"), Width: 170, Grow: true},
		number("sure", "把握"), number("new", "新增"), number("changed", "修改"), number("same", "相同"),
		number("skipped", "跳过"), number("conflicts", "不一致"), number("errors", "有问题"),
	}, l)
	l.grid.OnToggle = l.toggle
	l.grid.OnSelect = func(int) { p.preview.set(l.current()) }
	l.grid.OnDelete = l.removeRows
	l.grid.Menu = func(rows []int, _ string) []*fyne.MenuItem {
		items := []*fyne.MenuItem{fyne.NewMenuItem(lang.L("移除文件"), func() { l.removeRows(rows) }),
			fyne.NewMenuItem(lang.L("重新读取"), func() { l.readAgain(rows) })}
		if f := l.lines[rows[0]].file; f.locked() {
			items = append(items, fyne.NewMenuItem(lang.L("输入密码…"), func() { p.unlock(f, 0, func() {}) }))
		}
		return items
	}
	remove := widgets.NewButton(lang.L("移除文件"), func() { l.removeRows(l.grid.SelectedRows()) })
	words := widgets.NewButton(lang.L("列名词表…"), p.showWords)
	l.bar = bar(widgets.NewButton(lang.L("选择文件…"), p.choose), widgets.NewButton(lang.L("选择文件夹…"), p.chooseFolder), remove, words, layout.NewSpacer(), l.note)
	return l
}

// set shows other lines; it answers whether there are more or fewer than before.
func (l *sheetList) set(lines []*line) bool {
	other := len(lines) != len(l.lines)
	l.lines = lines
	sheets, taken := 0, 0
	for _, x := range lines {
		if x.guess != nil {
			sheets++
		}
		if x.taken() {
			taken++
		}
	}
	l.note.Text = fmt.Sprintf(lang.L("%d 个文件，%d 张工作表中导入 %d 张；"), len(l.p.files), sheets, taken) + l.aside()
	l.note.Refresh()
	l.grid.Refresh()
	return other
}

// aside names what lay in the folders and is no table.
func (l *sheetList) aside() string {
	others := l.p.others
	if len(others) == 0 {
		return lang.L("可以再把文件拖进来")
	}
	const named = 2
	text := strings.Join(others[:min(named, len(others))], "、")
	if len(others) > named {
		text += lang.L("等")
	}
	return fmt.Sprintf(lang.L("另有 %d 个不是表格，没有读：%s"), len(others), text)
}

// point puts the cursor on a sheet and shows it below.
func (l *sheetList) point(g *intake.SheetGuess) {
	if row := slices.IndexFunc(l.lines, func(x *line) bool { return g != nil && x.guess == g }); row >= 0 {
		l.grid.Select(row, "")
	}
	l.p.preview.set(l.current())
}

// share is the band's part of the page: as much as its lines need, within reason.
func (l *sheetList) share() float64 {
	return math.Min(0.42, (36+30+28*float64(len(l.lines))+14)/650)
}

func (l *sheetList) current() *line {
	row, _ := l.grid.Current()
	if row < 0 || row >= len(l.lines) {
		return nil
	}
	return l.lines[row]
}

// Len implements widgets.Source.
func (l *sheetList) Len() int { return len(l.lines) }

// Cell implements widgets.Source.
func (l *sheetList) Cell(row int, col string) widgets.Cell {
	x := l.lines[row]
	switch col {
	case "take":
		return takeCell(x)
	case "file":
		return widgets.Cell{Text: x.file.name()}
	case "origin":
		return widgets.Cell{Text: x.file.origin(), Muted: true}
	case "form":
		return formCell(x)
	}
	if x.guess == nil {
		return widgets.Cell{}
	}
	if col == "sheet" {
		return widgets.Cell{Text: strings.TrimSpace(x.guess.Sheet.Name + " " + x.guess.Part), Muted: !x.taken()}
	}
	return countCell(x, col)
}

func takeCell(x *line) widgets.Cell {
	switch {
	case x.guess == nil:
		return widgets.Cell{}
	case x.taken():
		return widgets.Cell{Check: widgets.Checked}
	}
	return widgets.Cell{Check: widgets.Unchecked}
}

func formCell(x *line) widgets.Cell {
	switch {
	case x.guess == nil:
		return widgets.Cell{Text: problemOf(x.file), Warn: true}
	case x.guess.Form != nil:
		return widgets.Cell{Text: lang.L(x.guess.Form.Title), Muted: x.guess.Skip}
	}
	return widgets.Cell{Text: x.guess.Why, Warn: x.guess.Unknown, Muted: !x.guess.Unknown}
}

// problemOf says why nothing of a file can be used.
func problemOf(f *file) string {
	if f.err != nil {
		return app.Sentence(f.err)
	}
	return lang.L("文件里没有工作表")
}

func countCell(x *line, col string) widgets.Cell {
	if !x.taken() {
		return widgets.Cell{}
	}
	n := map[string]int{"new": x.rep.New, "changed": x.rep.Changed, "same": x.rep.Same, "skipped": x.rep.Skipped, "conflicts": x.rep.Conflicts, "errors": len(x.rep.Errors)}
	if col == "sure" {
		return widgets.Cell{Text: fmt.Sprintf("%.0f%%", x.guess.Confidence*100), Warn: x.guess.Confidence < 0.5}
	}
	return widgets.Cell{Text: strconv.Itoa(n[col]), Muted: n[col] == 0, Warn: (col == "errors" || col == "conflicts") && n[col] > 0}
}

func (l *sheetList) toggle(row int, _ string, on bool) error {
	g := l.lines[row].guess
	if g == nil {
		return app.E(app.CodeInvalid, "这个文件没有读出来，不能导入")
	}
	if g.Form == nil && on {
		return app.E(app.CodeInvalid, "还不知道“%s”是什么表，请先在下面选择表的种类", g.Sheet.Name)
	}
	g.Skip = !on
	l.p.replan(g)
	return nil
}

// readAgain reads the files of the rows again, as they are now.
func (l *sheetList) readAgain(rows []int) {
	var paths []string
	for _, r := range rows {
		if path := l.lines[r].file.path; !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	l.p.load(paths)
}

// removeRows takes the files of the rows off the list.
func (l *sheetList) removeRows(rows []int) {
	gone := map[*file]bool{}
	for _, r := range rows {
		if r >= 0 && r < len(l.lines) {
			gone[l.lines[r].file] = true
		}
	}
	for f := range gone {
		l.p.decided.Forget(f.book)
	}
	l.p.files = slices.DeleteFunc(l.p.files, func(f *file) bool { return gone[f] })
	if len(l.p.files) == 0 {
		l.p.clear()
		return
	}
	l.p.replan(firstGuess(l.p.files))
}
