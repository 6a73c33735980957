package assessment

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/judge"
	"lianshao/app/report"
	"lianshao/ui/widgets"
)

// moveTable is how many points moved from which level to which.
type moveTable struct {
	c    *judge.Comparison
	grid *widgets.DataGrid
	root fyne.CanvasObject
}

func newMoveTable() *moveTable {
	m := &moveTable{}
	m.grid = widgets.NewDataGrid(nil, m)
	m.grid.Frozen = 1
	hint := widget.NewLabel(lang.L("行是前次等级，列是本次等级；着色的格子是反升的。"))
	m.root = container.NewBorder(nil, hint, nil, nil, m.grid)
	return m
}

const total = "#total"

func (m *moveTable) show(c *judge.Comparison) {
	m.c = c
	cols := []widgets.Column{{ID: "from", Title: lang.L("前次＼本次"), Width: 100, Fixed: true}}
	for i, l := range c.Levels {
		cols = append(cols, widgets.Column{ID: strconv.Itoa(i), Title: l.Label, Width: 70, Align: widgets.AlignRight})
	}
	m.grid.SetColumns(append(cols, widgets.Column{ID: total, Title: lang.L("合计"), Width: 70, Align: widgets.AlignRight}))
	m.grid.Refresh()
}

// Len implements widgets.Source.
func (m *moveTable) Len() int {
	if m.c == nil {
		return 0
	}
	return len(m.c.Levels) + 1
}

// Cell implements widgets.Source.
func (m *moveTable) Cell(row int, col string) widgets.Cell {
	n := len(m.c.Levels)
	if col == "from" {
		if row == n {
			return widgets.Cell{Text: lang.L("合计"), Bold: true}
		}
		return widgets.Cell{Text: m.c.Levels[row].Label, Color: report.LevelColor(m.c.Levels[row].Color)}
	}
	to, err := strconv.Atoi(col)
	count := 0
	for i := range m.c.Moves {
		for k, v := range m.c.Moves[i] {
			if (row == n || i == row) && (err != nil || k == to) {
				count += v
			}
		}
	}
	c := widgets.Cell{Text: strconv.Itoa(count), Bold: row == n || err != nil, Muted: count == 0}
	c.Warn = row < n && err == nil && to < row && count > 0 // levels stand the gravest first
	return c
}

// effectTable is what happened by how far the measures were carried out.
type effectTable struct {
	c    *judge.Comparison
	grid *widgets.DataGrid
}

func newEffectTable() *effectTable {
	e := &effectTable{}
	num := func(id, title string, width float32) widgets.Column {
		return widgets.Column{ID: id, Title: lang.L(title), Width: width, Align: widgets.AlignRight}
	}
	e.grid = widgets.NewDataGrid([]widgets.Column{{ID: "status", Title: lang.L("措施落实"), Width: 110, Fixed: true}, num("n", "风险点", 74),
		num("mean", "平均降幅", 84), num("milder", "等级下降", 84), num("worse", "等级上升", 84)}, e)
	return e
}

func (e *effectTable) show(c *judge.Comparison) { e.c = c; e.grid.Refresh() }

// Len implements widgets.Source.
func (e *effectTable) Len() int {
	if e.c == nil {
		return 0
	}
	return len(e.c.Effects)
}

// Cell implements widgets.Source.
func (e *effectTable) Cell(row int, col string) widgets.Cell {
	x := &e.c.Effects[row]
	count := func(n int, warn bool) widgets.Cell {
		return widgets.Cell{Text: strconv.Itoa(n), Muted: n == 0, Warn: warn && n > 0}
	}
	switch col {
	case "status":
		return widgets.Cell{Text: x.Status}
	case "n":
		return count(x.Points, false)
	case "milder":
		return count(x.Milder, false)
	case "worse":
		return count(x.Worse, true)
	}
	if x.Points == 0 {
		return widgets.Cell{Text: "—", Muted: true}
	}
	return widgets.Cell{Text: fmt.Sprintf("%.1f%%", x.Mean*100), Bold: true}
}
