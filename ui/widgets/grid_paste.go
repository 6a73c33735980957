package widgets

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// PasteFault is a refusal of OnPaste that knows its place in the block: the row from
// 0 and the column's ID. It is shown by that cell.
type PasteFault interface {
	error
	PastedAt() (row int, col string)
}

// paste hands the clipboard's block to OnPaste, starting at the selection's first
// cell, or at the first of an empty grid. One copied value fills the whole
// selection, as in Excel. Nothing of a block is dropped silently: what does not fit
// or what Excel has already spoilt is refused as a whole.
func (g *DataGrid) paste(clip fyne.Clipboard) {
	if g.OnPaste == nil || clip == nil || len(g.visible) == 0 {
		return
	}
	cells := trimBlock(parseTSV(clip.Content()))
	if len(cells) == 0 {
		return
	}
	from, b := place{}, block{}
	if g.hasCell() {
		b = g.selection()
		from = b.first
	}
	if len(cells) == 1 && len(cells[0]) == 1 && !b.single() {
		cells = repeatCell(cells[0][0], b.last.row-b.first.row+1, b.last.col-b.first.col+1)
	}
	cols, note, err := g.pasteColumns(from.col, cells)
	if note != "" {
		cells = cells[1:]
	}
	if err == nil {
		err = spoiltCell(cells)
	}
	if err == nil {
		err = g.OnPaste(from.row, cols, squareUp(cells, len(cols)))
	}
	if err != nil {
		g.showError(g.placeOf(from, err), err)
		return
	}
	g.anchor = from
	g.cur = place{max(0, min(from.row+len(cells), g.rowCount())-1), max(from.col, min(from.col+len(cols), len(g.visible))-1)}
	g.Refresh()
	if note != "" {
		g.showNote(from, note)
	}
}

// placeOf is where an error is shown.
func (g *DataGrid) placeOf(from place, err error) place {
	var f PasteFault
	if !errors.As(err, &f) {
		return from
	}
	row, id := f.PastedAt()
	at := slices.IndexFunc(g.visible, func(i int) bool { return g.cols[i].ID == id })
	if at < 0 {
		at = from.col
	}
	return place{max(0, min(from.row+row, g.rowCount()-1)), at}
}

// pasteColumns says which columns a block is for: those of its own header row when
// it has one (then note says that it was left out), else those from first on.
func (g *DataGrid) pasteColumns(first int, cells [][]string) (cols []string, note string, err error) {
	if cols, unknown := g.byHeader(cells); len(unknown) > 0 {
		return nil, "", fmt.Errorf(lang.L("第一行像是表头，但这张表里没有“%s”。请去掉表头或这一列再粘贴"), strings.Join(unknown, "”“"))
	} else if cols != nil {
		return cols, lang.L("第一行是表头，按表头放到各列，没有当作内容"), nil
	}
	width := 0
	for _, row := range cells {
		width = max(width, len(row))
	}
	if room := len(g.visible) - first; width > room {
		return nil, "", fmt.Errorf(lang.L("粘贴的内容有 %d 列，从“%s”起只有 %d 列，没有粘贴。请从靠左的一列粘贴，或少复制几列"), width, g.column(first).Title, room)
	}
	return g.columnIDs(first, first+width-1), "", nil
}

// byHeader finds the columns by the titles in a block's first row; nil when it is no
// header. A row of which at least two cells, or the only one, are titles is a
// header; unknown lists its other cells.
func (g *DataGrid) byHeader(cells [][]string) (cols, unknown []string) {
	if len(cells) < 2 {
		return nil, nil
	}
	known, filled := 0, 0
	for _, text := range cells[0] {
		i := g.columnFor(text)
		switch {
		case strings.TrimSpace(text) == "":
			return nil, nil // a header names every column
		case i >= 0:
			known++
			cols = append(cols, g.cols[i].ID)
		default:
			unknown = append(unknown, strings.TrimSpace(text))
		}
		filled++
	}
	if known == 0 || known < 2 && filled > 1 || 2*known < filled {
		return nil, nil
	}
	return cols, unknown
}

// columnFor finds the column that a header means, -1 = none.
func (g *DataGrid) columnFor(header string) int {
	i := slices.IndexFunc(g.cols, func(c Column) bool { return plainTitle(c.Title) == plainTitle(header) })
	if i >= 0 || g.ColumnFor == nil {
		return i
	}
	id := g.ColumnFor(header)
	return slices.IndexFunc(g.cols, func(c Column) bool { return c.ID == id })
}

// plainTitle is a title without blanks, as headers are compared.
func plainTitle(s string) string { return strings.Join(strings.Fields(s), "") }

// maxCell is how many characters a cell of Excel can hold.
const maxCell = 32_767

var (
	roundedNumber = regexp.MustCompile(`^-?\d(?:\.\d+)?E\+\d{2,3}$`)
	errorValue    = regexp.MustCompile(`^#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)$`)
	hashesOnly    = regexp.MustCompile(`^#{2,}$`)
)

// spoiltCell finds the first cell that Excel put on the clipboard otherwise than it
// was: rounded numbers, error values, columns too narrow to show their numbers.
func spoiltCell(cells [][]string) error {
	for i, row := range cells {
		for j, text := range row {
			if why := spoilt(strings.TrimSpace(text)); why != "" {
				return fmt.Errorf(lang.L("没有粘贴：第 %d 行第 %d 列%s"), i+1, j+1, why)
			}
		}
	}
	return nil
}

func spoilt(text string) string {
	switch {
	case roundedNumber.MatchString(text):
		return fmt.Sprintf(lang.L("“%s”是 Excel 缩写的长数字，末尾几位已经丢了。请在 Excel 里把这一格改成文本格式、重新填写后再复制"), text)
	case errorValue.MatchString(text):
		return fmt.Sprintf(lang.L("是错误值 %s。请在 Excel 里改正或清空后再复制"), text)
	case hashesOnly.MatchString(text):
		return fmt.Sprintf(lang.L("是“%s”：Excel 里那一列太窄，复制出来的不是内容。请拉宽后再复制"), text)
	case len(text) > maxCell && utf8.RuneCountInString(text) > maxCell:
		return fmt.Sprintf(lang.L("有 %d 个字，超过一格能放的 %d 个字"), utf8.RuneCountInString(text), maxCell)
	}
	return ""
}

// trimBlock drops blank rows at the end and blank columns at the right, which come
// along when whole rows or columns are copied.
func trimBlock(cells [][]string) [][]string {
	rows, width := 0, 0
	for i, row := range cells {
		for j, text := range row {
			if strings.TrimSpace(text) != "" {
				rows, width = i+1, max(width, j+1)
			}
		}
	}
	if rows == 0 && len(cells) > 0 { // blanks alone are meant to clear
		return cells
	}
	cells = cells[:rows]
	for i, row := range cells {
		cells[i] = row[:min(len(row), width)]
	}
	return cells
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

// squareUp fills every row up to n cells.
func squareUp(cells [][]string, n int) [][]string {
	for i, row := range cells {
		for len(row) < n {
			row = append(row, "")
		}
		cells[i] = row
	}
	return cells
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
		row = append(row, unshield(cell))
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
