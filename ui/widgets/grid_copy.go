package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
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
			line[i] = copyText(g.source.Cell(r, id))
		}
		rows = append(rows, line)
	}
	fyne.CurrentApp().Clipboard().SetContent(formatTSV(rows))
}

func copyText(c Cell) string {
	switch c.Check {
	case Checked:
		return "是"
	case Unchecked:
		return "否"
	}
	return c.Text
}

// paste hands the clipboard's block to OnPaste, starting at the selection's first
// cell. One copied value fills the whole selection, as in Excel.
func (g *DataGrid) paste(clip fyne.Clipboard) {
	if g.OnPaste == nil || !g.hasCell() || clip == nil {
		return
	}
	cells := parseTSV(clip.Content())
	if len(cells) == 0 {
		return
	}
	b := g.selection()
	if len(cells) == 1 && len(cells[0]) == 1 && !b.single() {
		cells = repeatCell(cells[0][0], b.last.row-b.first.row+1, b.last.col-b.first.col+1)
	}
	width := 0
	for _, row := range cells {
		width = max(width, len(row))
	}
	lastCol := min(b.first.col+width-1, len(g.visible)-1)
	cols := g.columnIDs(b.first.col, lastCol)
	if err := g.OnPaste(b.first.row, cols, squareUp(cells, len(cols))); err != nil {
		g.showError(b.first, err)
		return
	}
	g.anchor = b.first
	g.cur = place{b.first.row + len(cells) - 1, lastCol}
	g.Refresh()
}

// fillDown puts the selection's first row into the rows below it, as Ctrl+D does
// in Excel.
func (g *DataGrid) fillDown() {
	b := g.selection()
	if b.first.row == b.last.row {
		return
	}
	cols := g.columnIDs(b.first.col, b.last.col)
	top := make([]string, len(cols))
	for i, id := range cols {
		top[i] = copyText(g.source.Cell(b.first.row, id))
	}
	var cells [][]string
	for r := b.first.row + 1; r <= b.last.row; r++ {
		cells = append(cells, top)
	}
	if err := g.OnPaste(b.first.row+1, cols, cells); err != nil {
		g.showError(g.cur, err)
	}
	g.repaint()
}

func repeatCell(text string, rows, cols int) [][]string {
	out := make([][]string, rows)
	for i := range out {
		out[i] = make([]string, cols)
		for j := range out[i] {
			out[i][j] = text
		}
	}
	return out
}

// squareUp makes every row exactly n cells long.
func squareUp(cells [][]string, n int) [][]string {
	for i, row := range cells {
		for len(row) < n {
			row = append(row, "")
		}
		cells[i] = row[:n]
	}
	return cells
}

// formatTSV writes rows as Excel does: texts with tabs, quotes or line breaks in quotes.
func formatTSV(rows [][]string) string {
	var sb strings.Builder
	for _, row := range rows {
		for i, c := range row {
			if i > 0 {
				sb.WriteByte('\t')
			}
			if strings.ContainsAny(c, "\t\n\r\"") {
				c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			sb.WriteString(c)
		}
		sb.WriteString("\r\n")
	}
	return sb.String()
}

// parseTSV reads what Excel and WPS put on the clipboard. A quote only opens a
// quoted text at a cell's beginning; the last line break is not a row.
func parseTSV(s string) [][]string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	s = strings.TrimSuffix(s, "\n")
	if s == "" {
		return nil
	}
	var rows [][]string
	var row []string
	for {
		cell, rest, end := cutCell(s)
		row = append(row, cell)
		s = rest
		if end != '\t' {
			rows = append(rows, row)
			row = nil
		}
		if end == 0 {
			return rows
		}
	}
}

// cutCell splits off the first cell and says what ended it: tab, line break or 0.
func cutCell(s string) (cell, rest string, end byte) {
	if text, after, ok := cutQuoted(s); ok {
		return finishCell(text, after)
	}
	i := strings.IndexAny(s, "\t\n")
	if i < 0 {
		return s, "", 0
	}
	return s[:i], s[i+1:], s[i]
}

// cutQuoted reads a quoted text; ok is false when s is not one, so that a lone
// quote stays an ordinary character.
func cutQuoted(s string) (text, after string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		return "", "", false
	}
	var sb strings.Builder
	for i := 1; i < len(s); i++ {
		if s[i] != '"' {
			sb.WriteByte(s[i])
			continue
		}
		if i+1 < len(s) && s[i+1] == '"' {
			sb.WriteByte('"')
			i++
			continue
		}
		after = s[i+1:]
		if after == "" || after[0] == '\t' || after[0] == '\n' {
			return sb.String(), after, true
		}
		return "", "", false
	}
	return "", "", false
}

func finishCell(text, after string) (string, string, byte) {
	if after == "" {
		return text, "", 0
	}
	return text, after[1:], after[0]
}
