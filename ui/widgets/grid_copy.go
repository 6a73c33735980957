package widgets

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// Copy puts the selected block on the clipboard as tab-separated text, the form
// Excel and WPS exchange. Check boxes become 是 and 否.
func (g *DataGrid) Copy() { g.copyBlock(false) }

func (g *DataGrid) copyBlock(withHeader bool) {
	if !g.hasCell() {
		return
	}
	b := g.selection()
	ids := g.columnIDs(b.first.col, b.last.col)
	var rows [][]string
	if withHeader {
		var titles []string
		for i := b.first.col; i <= b.last.col; i++ {
			titles = append(titles, g.column(i).Title)
		}
		rows = append(rows, titles)
	}
	for r := b.first.row; r <= b.last.row; r++ {
		line := make([]string, len(ids))
		for i, id := range ids {
			line[i] = g.copyText(r, id)
		}
		rows = append(rows, line)
	}
	fyne.CurrentApp().Clipboard().SetContent(formatTSV(rows))
}

// copyText is a cell's text; of a rounded number the whole number.
func (g *DataGrid) copyText(row int, col string) string {
	c := g.source.Cell(row, col)
	if c.Hint {
		return ""
	}
	switch c.Check {
	case Checked:
		return "是"
	case Unchecked:
		return "否"
	}
	if s, ok := g.source.(EditSource); ok {
		if _, err := strconv.ParseFloat(c.Text, 64); err == nil {
			if whole := s.EditText(row, col); whole != "" {
				return whole
			}
		}
	}
	return c.Text
}

// fillDown puts the selection's first row into the rows below it, as Ctrl+D does
// in Excel.
func (g *DataGrid) fillDown() {
	sel := g.selection()
	if sel.rows() == 1 {
		return
	}
	b := &Block{Start: sel.first.row + 1, Cols: g.columnIDs(sel.first.col, sel.last.col), verb: lang.L("填充"), grid: g}
	top := make([]string, len(b.Cols))
	for i, id := range b.Cols {
		top[i] = g.copyText(sel.first.row, id)
	}
	for range sel.rows() - 1 {
		b.Cells = append(b.Cells, top)
	}
	g.put(b)
}
