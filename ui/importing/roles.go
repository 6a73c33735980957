package importing

import (
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/intake"
	"lianshao/ui/widgets"
)

// askHeader offers the rows from the cursor's on as the header.
func (v *preview) askHeader() {
	row, _ := v.grid.Current()
	items := v.menu([]int{max(row, 0)}, "")
	if cv := fyne.CurrentApp().Driver().CanvasForObject(v.head); cv != nil && len(items) > 0 {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(v.head).AddXY(0, v.head.Size().Height)
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), cv, at)
	}
}

// tint colours the head of a column that is imported, and warns of one whose
// meaning is a guess; the percentage says how sure it is.
func (v *preview) tint(col *widgets.Column, c *intake.Column) {
	if c.Field == "" || v.line.guess.Form == nil {
		return
	}
	col.Tint = theme.Color(theme.ColorNamePrimary)
	if c.Sure < intake.AskBelow {
		col.Tint = theme.Color(theme.ColorNameWarning)
	}
	col.Subtitle += fmt.Sprintf(" %.0f%%", c.Sure*100)
}

func (v *preview) setKind(title string) {
	if v.line == nil || v.line.guess == nil {
		return
	}
	for _, f := range intake.Forms() {
		if lang.L(f.Title) == title {
			v.line.guess.SetForm(f)
			v.p.replan(v.line.guess)
			return
		}
	}
}

// askRole offers the fields of the form under a column's head.
func (v *preview) askRole(col string) {
	c, _ := strconv.Atoi(strings.TrimPrefix(col, "c"))
	i, ok := v.roles[c]
	cv := fyne.CurrentApp().Driver().CanvasForObject(v.grid)
	if !ok || v.line.guess.Form == nil || cv == nil {
		return
	}
	pos, _ := v.grid.CellPosition(0, col)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(v.grid).Add(fyne.NewPos(pos.X-40, 46))
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", v.roleItems(i)...), cv, at)
}

func (v *preview) roleItems(i int) []*fyne.MenuItem {
	g := v.line.guess
	now := g.Columns[i].Field
	item := func(title, field string) *fyne.MenuItem {
		m := fyne.NewMenuItem(title, func() { v.setRole(i, field) })
		m.Checked = field == now
		return m
	}
	items := []*fyne.MenuItem{item(lang.L("（不导入这一列）"), "")}
	if strings.Contains(now, ":") {
		items = append(items, item(g.Form.Header(now), now))
	}
	if field, _, _ := strings.Cut(now, "="); v.p.meanings(g, field) != nil {
		items = append(items, fyne.NewMenuItem(lang.L("内容对照…"), func() { v.askValues(field) }))
	}
	items = append(items, fyne.NewMenuItemSeparator())
	for _, f := range g.Form.Shown() {
		items = append(items, item(lang.L(f.Header), f.Name))
	}
	return items
}

// setRole gives a column another meaning.
func (v *preview) setRole(i int, field string) {
	v.line.guess.SetRole(i, field)
	v.p.replan(v.line.guess)
}

// menu lets the person say where the header stands.
func (v *preview) menu(rows []int, _ string) []*fyne.MenuItem {
	if v.line == nil || v.line.guess == nil || len(rows) == 0 {
		return nil
	}
	no := v.rowNo(rows[0])
	take := func(n int) func() {
		return func() {
			g := v.line.guess
			if g.Form == nil {
				v.p.h.Toast(lang.L("请先选择表的种类，再指定表头行"))
				return
			}
			g.SetHeader(no, n)
			v.p.replan(g)
		}
	}
	return []*fyne.MenuItem{
		fyne.NewMenuItem(fmt.Sprintf(lang.L("第 %d 行是表头"), no), take(1)),
		fyne.NewMenuItem(fmt.Sprintf(lang.L("第 %d、%d 行是表头"), no, no+1), take(2)),
		fyne.NewMenuItem(fmt.Sprintf(lang.L("第 %d 到 %d 行是表头"), no, no+2), take(3)),
	}
}
