package workflow

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/report"
	"lianshao/app/report/flow"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/pen"
	"lianshao/ui/widgets"
)

// comparison shows two versions of a workflow side by side with the changes marked,
// and under them the changes as a table.
type comparison struct {
	tab      *flowTab
	versions []*domain.Workflow
	old, now *widget.Select
	was, is  *pen.View
	title    *canvas.Text
	changes  []domain.StepChange
	grid     *widgets.DataGrid
	root     fyne.CanvasObject
	filling  bool
}

func newComparison(t *flowTab) *comparison {
	c := &comparison{tab: t}
	empty := flow.Layout(flow.Model{}, t.host.Metrics(), flow.Options{})
	c.was, c.is = pen.NewView(empty), pen.NewView(empty)
	c.was.OnTapped = func(key string) { c.point(domain.ID(key)) }
	c.is.OnTapped = c.was.OnTapped
	pick := func(string) {
		if !c.filling {
			c.draw()
		}
	}
	c.old, c.now = widget.NewSelect(nil, pick), widget.NewSelect(nil, pick)
	c.title = canvas.NewText("", theme.Color(theme.ColorNameForeground))
	c.title.TextStyle.Bold = true
	c.grid = widgets.NewDataGrid([]widgets.Column{{ID: "step", Title: lang.L("步骤"), Width: 200}, {ID: "kind", Title: lang.L("变化"), Width: 56},
		{ID: "before", Title: lang.L("旧版"), Width: 280, Grow: true}, {ID: "after", Title: lang.L("新版"), Width: 280, Grow: true},
		{ID: "measures", Title: lang.L("嵌入的防范措施"), Width: 240, Grow: true}}, c)
	c.grid.OnSelect = c.reveal
	low := func(label string, act func()) *widget.Button {
		b := widget.NewButton(label, act)
		b.Importance = widget.LowImportance
		return b
	}
	bar := container.NewBorder(nil, nil, container.NewHBox(low(lang.L("返回"), t.closeCompare), container.NewCenter(c.title)),
		container.NewHBox(widget.NewLabel(lang.L("旧版")), widgets.Room(150, 0, c.old), widget.NewLabel(lang.L("新版")), widgets.Room(150, 0, c.now),
			low(lang.L("打印"), func() { t.host.Go(page.Reports, "workflow-changes") })))
	charts := widgets.NewHSplitter(c.was, c.is, 0.5)
	c.root = container.NewBorder(bar, nil, nil, nil, widgets.NewVSplitter(charts, c.grid, 0.68))
	return c
}

// show compares the version that is up with the one before it, or the first with the next.
func (c *comparison) show(w *domain.Workflow) {
	c.versions = c.tab.pilot().VersionsOf(w)
	names := make([]string, len(c.versions))
	at := 0
	for i, v := range c.versions {
		names[i] = report.VersionTitle(v)
		if v.ID == w.ID {
			at = i
		}
	}
	at = max(at, 1)
	c.filling = true
	c.old.SetOptions(names)
	c.now.SetOptions(names)
	c.old.SetSelectedIndex(at - 1)
	c.now.SetSelectedIndex(at)
	c.filling = false
	c.draw()
	c.was.Home()
	c.is.Home()
}

// refresh follows a change of the pilot; it answers false when there are no two
// versions any more.
func (c *comparison) refresh(w *domain.Workflow) bool {
	now := c.tab.pilot().VersionsOf(w)
	if len(now) < 2 {
		return false
	}
	if len(now) != len(c.versions) {
		c.show(w)
		return true
	}
	c.versions = now
	c.draw()
	return true
}

func (c *comparison) draw() {
	i, k := c.old.SelectedIndex(), c.now.SelectedIndex()
	if i < 0 || k < 0 || i >= len(c.versions) || k >= len(c.versions) {
		return
	}
	p := c.tab.pilot()
	was, is, all := report.ComparedFlows(p, c.versions[i], c.versions[k], c.tab.host.Session().Result(0))
	width := float64(c.tab.root.Size().Width)/2/0.8 - 10
	c.was.SetDrawing(flow.Layout(was, c.tab.host.Metrics(), flow.Options{MaxWidth: width}))
	c.is.SetDrawing(flow.Layout(is, c.tab.host.Metrics(), flow.Options{MaxWidth: width}))
	c.changes = report.ChangesOf(all)
	c.title.Text = fmt.Sprintf(lang.L("%s　两版对照：%d 处变化"), c.versions[k].Name, len(c.changes))
	c.title.Refresh()
	c.grid.Refresh()
}

// Len implements widgets.Source.
func (c *comparison) Len() int { return len(c.changes) }

// Cell implements widgets.Source.
func (c *comparison) Cell(row int, col string) widgets.Cell {
	step, before, after, measures := report.ChangeTexts(&c.changes[row])
	return widgets.Cell{Text: map[string]string{"step": step, "kind": c.changes[row].Kind, "before": oneLine(before), "after": oneLine(after), "measures": oneLine(measures)}[col]}
}

// oneLine is a text of several lines in a cell.
func oneLine(text string) string { return strings.ReplaceAll(text, "\n", "；") }

// reveal moves both charts to the step of a row.
func (c *comparison) reveal(row int) {
	if row < 0 || row >= len(c.changes) {
		return
	}
	if s := c.changes[row].Old; s != nil {
		c.was.Reveal(string(s.ID))
	}
	if s := c.changes[row].New; s != nil {
		c.is.Reveal(string(s.ID))
	}
}

// point moves the cursor to the change of a tapped step.
func (c *comparison) point(step domain.ID) {
	for i, x := range c.changes {
		if x.Old != nil && x.Old.ID == step || x.New != nil && x.New.ID == step {
			c.grid.Select(i, "step")
		}
	}
}

func (t *flowTab) openCompare() {
	t.flush()
	if t.versus == nil {
		t.versus = newComparison(t)
	}
	t.comparing = true
	t.versus.show(t.workflow())
	t.refresh()
}

func (t *flowTab) closeCompare() {
	t.comparing = false
	t.refresh()
}
