package widgets

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

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
			line[i] = g.copyText(r, id)
		}
		rows = append(rows, line)
	}
	fyne.CurrentApp().Clipboard().SetContent(formatTSV(rows))
}

// copyText is a cell's text; of a rounded number the whole number.
func (g *DataGrid) copyText(row int, col string) string {
	c := g.source.Cell(row, col)
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
	b := g.selection()
	if b.first.row == b.last.row {
		return
	}
	cols := g.columnIDs(b.first.col, b.last.col)
	top := make([]string, len(cols))
	for i, id := range cols {
		top[i] = g.copyText(b.first.row, id)
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

// formatTSV writes rows as Excel does: texts with tabs, quotes or line breaks in quotes.
func formatTSV(rows [][]string) string {
	var sb strings.Builder
	for _, row := range rows {
		for i, c := range row {
			if i > 0 {
				sb.WriteByte('\t')
			}
			if c = shield(c); strings.ContainsAny(c, "\t\n\r\"") {
				c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			sb.WriteString(c)
		}
		sb.WriteString("\r\n")
	}
	return sb.String()
}

// mistaken are texts that Excel takes for something else when they are pasted:
// long numbers and such with leading zeros lose digits, 3-4 becomes a date, and what
// begins like a formula is calculated.
var mistaken = regexp.MustCompile(`^(?:\d{16,}|0\d+|\d{1,2}[-/]\d{1,2}|[=@＝＠].*|[+＋－-]\D.*)$`)

// maxLiteral is how long a text in a formula of Excel may be.
const maxLiteral = 255

// shield writes such a text as a formula that gives the text: ="007".
func shield(s string) string {
	switch {
	case !mistaken.MatchString(s):
		return s
	case utf8.RuneCountInString(s) > maxLiteral:
		return " " + s
	}
	return `="` + strings.ReplaceAll(s, `"`, `""`) + `"`
}

// unshield gives the text back.
func unshield(s string) string {
	if body, ok := strings.CutPrefix(s, `="`); ok && strings.HasSuffix(body, `"`) {
		if text := strings.ReplaceAll(strings.TrimSuffix(body, `"`), `""`, `"`); shield(text) == s {
			return text
		}
	}
	return s
}
