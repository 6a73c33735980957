package importing

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/intake"
	"lianshao/ui/disputes"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// resultBand is the lower band: the counts, what is wrong where, what would be
// changed from what to what, and the buttons.
type resultBand struct {
	p        *importPage
	bar      fyne.CanvasObject
	lists    *container.AppTabs
	counts   *canvas.Text
	confirm  *widgets.Button
	quiet    bool // the lists are being filled, nobody chose a problem
	problems problemList
	changes  *records.Changes
	quarrels *disputes.List
	back     *widgets.Button // writes the problems back for the senders
	rules    *widget.Select
	ruleBox  fyne.CanvasObject
}

func newResultBand(p *importPage) *resultBand {
	b := &resultBand{p: p, counts: canvas.NewText("", theme.Color(theme.ColorNameForeground))}
	b.counts.TextStyle.Bold = true
	b.confirm = widgets.NewMainButton("", p.commit)
	b.problems.p = p
	b.problems.grid = widgets.NewDataGrid([]widgets.Column{
		{ID: "what", Title: "", Width: 64}, {ID: "file", Title: lang.L("文件"), Width: 240}, {ID: "sheet", Title: lang.L("工作表"), Width: 130},
		{ID: "cell", Title: lang.L("单元格"), Width: 62}, {ID: "message", Title: lang.L("问题"), Width: 400, Grow: true},
	}, &b.problems)
	b.problems.grid.OnSelect = b.jump
	b.problems.grid.OnActivate = func(row int) { b.jump(row); b.askMeaning(row) }
	b.problems.grid.Menu = func(rows []int, _ string) []*fyne.MenuItem {
		if !b.p.canExplain(&b.problems.items[rows[0]]) {
			return nil
		}
		return []*fyne.MenuItem{fyne.NewMenuItem(lang.L("内容对照…"), func() { b.jump(rows[0]); b.askMeaning(rows[0]) })}
	}
	b.changes = records.NewChanges(false)
	b.quarrels = disputes.New(p.h.Window(), p.decideConflict)
	b.lists = container.NewAppTabs()
	b.back = widgets.NewButton(lang.L("把问题退回填表人…"), p.sendBack)
	b.makeRules()
	b.bar = bar(b.counts, layout.NewSpacer(), b.ruleBox, b.back, widgets.NewButton(lang.L("取消"), p.clear), b.confirm)
	return b
}

// set shows what a plan says.
func (b *resultBand) set(lines []*line, plan *intake.Plan) {
	b.quiet = true
	b.problems.set(lines)
	b.changes.Set(b.p.h.Session().Pilot, plan.Changes)
	b.p.showConflicts(b.quarrels, plan.Conflicts)
	b.quiet = false
	t := total(lines)
	b.counts.Text = fmt.Sprintf(lang.L("新增 %d · 修改 %d · 相同 %d · 跳过 %d · 有问题 %d"), t.added, t.changed, t.same, t.skipped, t.errors)
	if n := len(plan.Conflicts); n > 0 {
		b.counts.Text += fmt.Sprintf(lang.L(" · 不一致 %d"), n)
	}
	b.counts.Refresh()
	show(b.ruleBox, len(plan.Conflicts) > 0)
	show(b.back, t.errors > 0)
	b.confirm.SetText(lang.L("全部导入"))
	if t.errors > 0 {
		b.confirm.SetText(lang.L("只导入没有问题的"))
	}
	if plan.Changes.Empty() {
		b.confirm.Disable()
	} else {
		b.confirm.Enable()
	}
	b.setTabs(t.errors)
}

// outdated says that what is shown is not what was chosen last.
func (b *resultBand) outdated() {
	b.counts.Text = lang.L("核对被取消，上面还是以前的结果")
	b.counts.Refresh()
	b.confirm.SetText(lang.L("重新核对"))
	b.confirm.Enable()
}

// setTabs shows the lists that have something in them, what needs a look first:
// problems, then changes, then mere remarks.
func (b *resultBand) setTabs(errors int) {
	b.lists.Items = nil
	if n := b.changes.Len(); n > 0 {
		b.lists.Items = append(b.lists.Items, container.NewTabItem(fmt.Sprintf(lang.L("将修改的内容 %d"), n), b.changes.Grid))
	}
	if n := len(b.problems.items); n > 0 {
		title := fmt.Sprintf(lang.L("提示 %d"), n)
		switch {
		case errors == n:
			title = fmt.Sprintf(lang.L("问题 %d"), n)
		case errors > 0:
			title = fmt.Sprintf(lang.L("问题 %d　提示 %d"), errors, n-errors)
		}
		b.lists.Items = append(b.lists.Items, container.NewTabItem(title, b.problems.grid))
	}
	if errors > 0 {
		slices.Reverse(b.lists.Items)
	}
	if n := len(b.p.plan.Conflicts); n > 0 {
		b.lists.Items = slices.Insert(b.lists.Items, 0, container.NewTabItem(fmt.Sprintf(lang.L("不一致 %d"), n), b.quarrels.Grid))
	}
	if len(b.lists.Items) > 0 {
		b.lists.SelectIndex(0)
	}
	b.lists.Refresh()
}

func show(o fyne.CanvasObject, yes bool) {
	if yes {
		o.Show()
	} else {
		o.Hide()
	}
}

// hasLists reports whether there is a problem or a change to show.
func (b *resultBand) hasLists() bool { return len(b.lists.Items) > 0 }

// jump shows the cell of a problem.
func (b *resultBand) jump(row int) {
	if b.quiet || row < 0 || row >= len(b.problems.items) {
		return
	}
	it := b.problems.items[row]
	if at := slices.Index(b.p.sheets.lines, it.line); at >= 0 {
		b.p.sheets.grid.Select(at, "")
		b.p.preview.jump(it.issue.Cell)
	}
}

// canExplain reports whether a problem is a word in a column whose words a person can
// explain.
func (p *importPage) canExplain(it *problem) bool {
	return it.issue.Value != "" && p.meanings(it.line.guess, it.issue.Field) != nil
}

// askMeaning asks what the words in a problem's column stand for.
func (b *resultBand) askMeaning(row int) {
	if row >= 0 && row < len(b.problems.items) && b.p.canExplain(&b.problems.items[row]) {
		b.p.preview.askValues(b.problems.items[row].issue.Field)
	}
}

// first jumps to the first problem in a sheet, if there is one.
func (b *resultBand) first() {
	for row, it := range b.problems.items {
		if it.error && it.line.guess != nil {
			b.problems.grid.Select(row, "")
			b.jump(row)
			return
		}
	}
}

// counts of what an import does with the rows it takes.
type counts struct{ added, changed, same, skipped, errors int }

// total adds up the sheets that are taken; what cannot be read is a problem too.
func total(lines []*line) (t counts) {
	for _, x := range lines {
		if x.guess == nil {
			t.errors++
			continue
		}
		t.errors += len(x.rep.Errors)
		if x.taken() {
			t.added, t.changed, t.same, t.skipped = t.added+x.rep.New, t.changed+x.rep.Changed, t.same+x.rep.Same, t.skipped+x.rep.Skipped
		}
	}
	return t
}

// problem is a remark on a cell, or on a whole file.
type problem struct {
	line  *line
	issue intake.Issue
	error bool
}

// problemList lists what is not imported, then what is imported with a remark.
type problemList struct {
	p     *importPage
	grid  *widgets.DataGrid
	items []problem
}

func (l *problemList) set(lines []*line) {
	l.items = nil
	for _, x := range lines {
		if x.guess == nil {
			l.items = append(l.items, problem{x, intake.Issue{Message: problemOf(x.file)}, true})
			continue
		}
		for _, is := range x.rep.Errors {
			l.items = append(l.items, problem{x, is, true})
		}
	}
	for _, x := range lines {
		if x.taken() {
			for _, is := range x.rep.Warnings {
				l.items = append(l.items, problem{x, is, false})
			}
		}
	}
	l.grid.SetSource(l)
}

// Len implements widgets.Source.
func (l *problemList) Len() int { return len(l.items) }

// Cell implements widgets.Source.
func (l *problemList) Cell(row int, col string) widgets.Cell {
	it := l.items[row]
	switch col {
	case "what":
		if it.error {
			return widgets.Cell{Text: lang.L("有问题"), Warn: true}
		}
		return widgets.Cell{Text: lang.L("提示"), Muted: true}
	case "file":
		return widgets.Cell{Text: it.line.file.name()}
	case "cell":
		return widgets.Cell{Text: it.issue.Cell}
	case "message":
		text := flat(it.issue.Message)
		if it.error && l.p.canExplain(&it) {
			text += lang.L("；按 Enter 指定")
		}
		return widgets.Cell{Text: text}
	}
	if it.line.guess == nil {
		return widgets.Cell{}
	}
	return widgets.Cell{Text: it.line.guess.Sheet.Name}
}
