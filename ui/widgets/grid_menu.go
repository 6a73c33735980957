package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"
)

// fitRows is how many rows fitColumn looks at; more would make a click slow.
const fitRows = 500

// pointMenuTarget moves the cursor under a right click, unless the click is inside
// the selection, which the menu is then for.
func (g *DataGrid) pointMenuTarget(z zone, at place) {
	if z != zoneCell && z != zoneNumber || !g.commitEdit() {
		return
	}
	g.Focus()
	b := g.selection()
	switch {
	case z == zoneCell && !b.has(at.row, at.col):
		g.moveTo(at, false)
	case z == zoneNumber && (at.row < b.first.row || at.row > b.last.row):
		g.selectRow(at.row, false)
	}
}

// TappedSecondary implements fyne.SecondaryTappable.
func (g *DataGrid) TappedSecondary(e *fyne.PointEvent) {
	z, at := g.hit(e.Position)
	switch z {
	case zoneHeader, zoneEdge:
		g.popUp(g.headerMenu(at.col), e.AbsolutePosition)
	case zoneCell, zoneNumber:
		g.pointMenuTarget(z, at)
		g.popUp(g.rowMenu(), e.AbsolutePosition)
	case zoneNone:
		if g.rowCount() == 0 {
			g.popUp(g.rowMenu(), e.AbsolutePosition)
		}
	}
}

func (g *DataGrid) popUp(items []*fyne.MenuItem, at fyne.Position) {
	if c := canvasOf(g); c != nil && len(items) > 0 {
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, at)
	}
}

func menuItem(label string, do func()) *fyne.MenuItem { return fyne.NewMenuItem(label, do) }

// menuColumn is where keys begin in a menu, in Chinese characters.
const menuColumn = 8

// MenuText is a menu label with its keys behind it, lined up by ideographic spaces.
// Fyne draws a MenuItem's own Shortcut too faint to read.
func MenuText(label, keys string) string {
	pad := max(1, menuColumn-len([]rune(label)))
	return label + strings.Repeat("\u3000", pad) + keys
}

// rowMenu is the owner's items followed by what every grid can do.
func (g *DataGrid) rowMenu() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	_, col := g.Current()
	if g.Menu != nil {
		items = g.Menu(g.SelectedRows(), col)
	}
	if !g.hasCell() && g.OnPaste == nil {
		return items
	}
	if len(items) > 0 {
		items = append(items, fyne.NewMenuItemSeparator())
	}
	if !g.hasCell() {
		return append(items, g.pasteItems()...)
	}
	if g.column(g.cur.col).Editable && g.OnEdit != nil {
		items = append(items, menuItem(MenuText(lang.L("编辑"), "F2"), func() { g.Focus(); g.startEdit(g.cur, "", false) }))
	}
	items = append(items,
		menuItem(MenuText(lang.L("复制"), "Ctrl+C"), g.Copy),
		menuItem(MenuText(lang.L("复制（含表头）"), "Ctrl+Shift+C"), func() { g.copyBlock(true) }))
	items = append(items, g.pasteItems()...)
	if g.OnClear != nil {
		items = append(items, menuItem(lang.L("清除内容"), g.clearSelected))
	}
	items = append(items, menuItem(MenuText(lang.L("全选"), "Ctrl+A"), g.SelectAll))
	if ExportShown != nil {
		items = append(items, menuItem(MenuText(lang.L("导出本表…"), "Ctrl+Shift+E"), g.Export))
	}
	return items
}

// pasteItems are the ways to paste; a grid that takes none says why when asked.
func (g *DataGrid) pasteItems() []*fyne.MenuItem {
	paste := func(asNew bool) func() {
		return func() { g.Focus(); g.paste(fyne.CurrentApp().Clipboard(), asNew) }
	}
	items := []*fyne.MenuItem{menuItem(MenuText(lang.L("粘贴"), "Ctrl+V"), paste(false))}
	if g.NewRows != "" && g.OnPaste != nil {
		items = append(items, menuItem(MenuText(lang.L("粘贴为新的行"), "Ctrl+Shift+V"), paste(true)))
	}
	return items
}

func (g *DataGrid) headerMenu(col int) []*fyne.MenuItem {
	c := g.column(col)
	var items []*fyne.MenuItem
	if c.Sortable && g.OnSort != nil {
		id := c.ID
		items = append(items,
			menuItem(lang.L("升序"), func() { g.setSortAndTell(id, false) }),
			menuItem(lang.L("降序"), func() { g.setSortAndTell(id, true) }))
		if g.sortCol != "" {
			items = append(items, menuItem(lang.L("取消排序"), func() { g.setSortAndTell("", false) }))
		}
		items = append(items, fyne.NewMenuItemSeparator())
	}
	items = append(items, menuItem(lang.L("最适合的列宽"), func() { g.fitColumn(col) }))
	if !c.Fixed && len(g.visible) > 1 {
		id := c.ID
		items = append(items, menuItem(lang.L("隐藏此列"), func() { g.showColumn(id, false) }))
	}
	return append(items, menuItem(lang.L("选择列…"), g.ChooseColumns))
}

// showColumn shows or hides one column on the user's behalf. The last one stays.
func (g *DataGrid) showColumn(id string, on bool) {
	if !g.commitEdit() {
		return
	}
	shown := map[string]bool{}
	for _, v := range g.VisibleColumns() {
		shown[v] = true
	}
	shown[id] = on
	count := 0
	for _, c := range g.cols {
		if shown[c.ID] || c.Fixed {
			count++
		}
	}
	if count == 0 {
		return
	}
	g.showWhere(func(c Column) bool { return c.Fixed || shown[c.ID] })
	if g.OnColumns != nil {
		g.OnColumns()
	}
}

// ChooseColumns opens the 选择列 popup at the grid's upper right corner.
func (g *DataGrid) ChooseColumns() {
	c := canvasOf(g)
	if c == nil {
		return
	}
	box := newChecklist()
	for _, col := range g.cols {
		id := col.ID
		check := widget.NewCheck(col.Title, nil)
		check.SetChecked(g.isVisible(id))
		check.OnChanged = func(on bool) {
			g.showColumn(id, on)
			if check.Checked != g.isVisible(id) { // the last column cannot go
				check.SetChecked(g.isVisible(id))
			}
		}
		if col.Fixed {
			check.Disable()
		}
		box.add(check)
	}
	pop := widget.NewPopUp(box.scroll(c.Size().Height-80), c)
	abs := fyne.CurrentApp().Driver().AbsolutePositionForObject(g)
	pop.ShowAtPosition(abs.AddXY(max(0, g.Size().Width-pop.MinSize().Width-barSize), g.headerHeight()))
}

func (g *DataGrid) isVisible(id string) bool {
	for _, v := range g.visible {
		if g.cols[v].ID == id {
			return true
		}
	}
	return false
}

// fitColumn makes a column as wide as its longest text among the first rows.
func (g *DataGrid) fitColumn(col int) {
	c := g.column(col)
	size := g.Theme().Size("text")
	measure := func(s string, bold bool) float32 {
		return fyne.MeasureText(s, size, fyne.TextStyle{Bold: bold}).Width
	}
	w := measure(c.Title, true) + 14
	for r := 0; r < min(g.rowCount(), fitRows); r++ {
		cell := g.source.Cell(r, c.ID)
		cw := measure(firstLine(cell.Text), cell.Bold)
		if cell.Color != nil {
			cw += 16
		}
		w = max(w, cw)
	}
	c.Width = min(max(minColumn, w+2*cellPad+6), 600)
	g.relayout()
	if g.OnColumns != nil {
		g.OnColumns()
	}
}
