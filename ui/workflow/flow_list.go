package workflow

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/ui/widgets"
)

// manyFlows is how many workflows are found by eye; with more the list gets a filter.
const manyFlows = 30

// flowList lists the workflows under their units.
type flowList struct {
	tab    *flowTab
	grid   *widgets.DataGrid
	root   fyne.CanvasObject
	find   *widgets.SearchEntry // for merged pilots with hundreds of workflows
	query  []string
	rows   []flowRow
	counts map[domain.ID]int // risk points of a workflow, counted when seen
}

// flowRow is a workflow, or the heading of a unit when flow is nil.
type flowRow struct {
	unit string
	flow *domain.Workflow
}

func newFlowList(t *flowTab) *flowList {
	l := &flowList{tab: t, counts: map[domain.ID]int{}}
	l.grid = widgets.NewDataGrid([]widgets.Column{
		{ID: "name", Title: lang.L("流程"), Width: 186, Editable: true, Fixed: true},
		{ID: "steps", Title: lang.L("步"), Width: 30, Align: widgets.AlignRight},
		{ID: "points", Title: lang.L("风险"), Width: 40, Align: widgets.AlignRight},
	}, l)
	l.grid.OnSelect = func(row int) {
		if w := l.at(row); w != nil && !l.shows(w) {
			t.selectWorkflow(w.ID)
		}
	}
	l.grid.OnEdit = l.rename
	l.grid.OnPaste = l.paste
	l.grid.MoreRows = lang.L("要一次新增许多流程，请导入流程梳理表，或用“＋新建流程”")
	l.grid.Menu = func([]int, string) []*fyne.MenuItem {
		return []*fyne.MenuItem{fyne.NewMenuItem(lang.L("新建流程"), t.newWorkflow), fyne.NewMenuItem(lang.L("改名"), t.renameWorkflow),
			fyne.NewMenuItem(lang.L("删除流程"), l.delete)}
	}
	low := func(label string, act func()) *widget.Button {
		b := widget.NewButton(label, act)
		b.Importance = widget.LowImportance
		return b
	}
	bar := container.NewHBox(low(lang.L("＋新建流程"), t.newWorkflow), low(lang.L("改名"), t.renameWorkflow), low(lang.L("删除"), l.delete))
	l.find = widgets.NewSearchEntry(lang.L("筛选流程、部门"))
	l.find.OnSearch = func(q string) { l.query = strings.Fields(q); t.refresh() }
	l.find.OnLeave = l.grid.Focus
	l.find.Hide()
	l.grid.OnFind = func() { t.host.Window().Canvas().Focus(l.find) }
	l.root = container.NewBorder(container.NewVBox(bar, l.find), nil, nil, nil, l.grid)
	return l
}

// Len implements widgets.Source.
func (l *flowList) Len() int { return len(l.rows) }

// Cell implements widgets.Source.
func (l *flowList) Cell(row int, col string) widgets.Cell {
	r := l.rows[row]
	if r.flow == nil {
		if col == "name" {
			return widgets.Cell{Text: r.unit, Bold: true, Muted: true}
		}
		return widgets.Cell{}
	}
	switch col {
	case "name":
		mark := " "
		if l.tab.pilot().VersionIn(r.flow, domain.WorkflowDraft) != nil {
			mark = lang.L("〔稿〕")
		}
		return widgets.Cell{Text: strings.TrimSpace(r.flow.Code + mark + r.flow.Name)}
	case "steps":
		return widgets.Cell{Text: strconv.Itoa(len(r.flow.Steps))}
	}
	n := l.points(r.flow)
	return widgets.Cell{Text: strconv.Itoa(n), Muted: n == 0}
}

// EditText implements widgets.EditSource: in place the name alone is changed.
func (l *flowList) EditText(row int, _ string) string {
	if w := l.at(row); w != nil {
		return w.Name
	}
	return ""
}

// at is the workflow of a row, nil for headings.
func (l *flowList) at(row int) *domain.Workflow {
	if row < 0 || row >= len(l.rows) {
		return nil
	}
	return l.rows[row].flow
}

// points counts the risk points at the steps of a workflow.
func (l *flowList) points(w *domain.Workflow) int {
	if n, ok := l.counts[w.ID]; ok {
		return n
	}
	n := 0
	for i := range w.Steps {
		n += len(l.tab.pilot().PointsAt(w, &w.Steps[i]))
	}
	l.counts[w.ID] = n
	return n
}

func (l *flowList) forgetCounts() { clear(l.counts) }

// rebuild reads the pilot anew.
func (l *flowList) rebuild() {
	p := l.tab.pilot()
	delete(l.counts, l.tab.wf) // its steps may have changed
	if many := p.Workflows.Len() > manyFlows; many != l.find.Visible() {
		l.find.Hidden = !many
		l.root.Refresh()
	}
	l.rows = l.rows[:0]
	add := func(unit string, flows []*domain.Workflow) {
		headed := false
		for _, w := range flows {
			if !l.matches(unit, w) || p.CurrentVersion(w) != w { // the others are chosen above the chart
				continue
			}
			if !headed {
				l.rows = append(l.rows, flowRow{unit: unit})
				headed = true
			}
			l.rows = append(l.rows, flowRow{unit, w})
		}
	}
	for _, u := range p.Units.All() {
		add(u.Name, p.Workflows.By(domain.ByUnit, u.ID))
	}
	var lost []*domain.Workflow
	for _, w := range p.Workflows.All() {
		if _, ok := p.Units.Get(w.Unit.ID); !ok {
			lost = append(lost, w)
		}
	}
	add(lang.L("未定部门"), lost)
}

// matches reports whether unit and workflow hold all words of the filter.
func (l *flowList) matches(unit string, w *domain.Workflow) bool {
	text := strings.ToLower(unit + " " + w.Code + " " + w.Name)
	for _, word := range l.query {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// near is the workflow to show when the one shown is gone: where the cursor stands.
func (l *flowList) near() domain.ID {
	row, _ := l.grid.Current()
	row = min(max(row, 0), len(l.rows)-1)
	for _, r := range []int{row, row + 1, row - 1} {
		if w := l.at(r); w != nil {
			return w.ID
		}
	}
	for _, w := range l.tab.pilot().Workflows.All() {
		return w.ID // the list may be filtered to nothing
	}
	return ""
}

// point moves the cursor to the workflow shown.
func (l *flowList) point() {
	l.grid.Refresh()
	at := slices.IndexFunc(l.rows, func(r flowRow) bool { return r.flow != nil && l.shows(r.flow) })
	if row, _ := l.grid.Current(); at >= 0 && at != row {
		l.grid.Select(at, "name")
	}
}

// shows reports whether a version of the workflow of a row is up.
func (l *flowList) shows(w *domain.Workflow) bool {
	up := l.tab.workflow()
	return up != nil && up.Name == w.Name && up.Unit.Same(w.Unit)
}

func (l *flowList) rename(row int, _, text string) error {
	r, err := l.renaming(row, text)
	if err != nil {
		return err
	}
	return l.tab.host.Do(edit.RenameWorkflows(r))
}

// renaming is a name typed or pasted into a row; the code in front of it may come along.
func (l *flowList) renaming(row int, text string) (edit.Renaming, error) {
	w := l.at(row)
	if w == nil {
		return edit.Renaming{}, app.E(app.CodeInvalid, "这一行是部门，请选下面的流程")
	}
	name := strings.TrimSpace(text)
	if rest, ok := strings.CutPrefix(name, w.Code+" "); ok && w.Code != "" {
		name = rest
	}
	return edit.Renaming{ID: w.ID, Code: w.Code, Name: name}, nil
}

// paste renames workflows as one operation.
func (l *flowList) paste(b *widgets.Block) error {
	var all []edit.Renaming
	err := b.Each(func(row int, col, text string) error {
		if col != "name" {
			return app.E(app.CodeInvalid, "这一栏由程序数出，不能粘贴“%s”。只能粘贴流程名称", strings.TrimSpace(text))
		}
		r, err := l.renaming(row, text)
		all = append(all, r)
		return err
	})
	if err != nil || len(all) == 0 {
		return err
	}
	return b.Refused(l.tab.host.Do(edit.RenameWorkflows(all...)))
}

func (l *flowList) delete() {
	w := l.tab.workflow()
	if w == nil {
		return
	}
	l.tab.form.drop()
	if l.tab.do(edit.Delete(domain.KindWorkflow, w.ID)) {
		l.tab.host.Toast(fmt.Sprintf(lang.L("已删除流程“%s”，可按 Ctrl+Z 撤销"), w.Name))
	}
}
