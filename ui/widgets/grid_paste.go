package widgets

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// paste hands the clipboard's block to OnPaste, starting at the selection's first
// cell, or at the first of an empty grid; asNew makes new records of all its rows.
// Nothing of a block is dropped silently: what does not fit, or what a spreadsheet has
// already spoilt, is refused as a whole, and what would empty cells is asked about.
func (g *DataGrid) paste(clip fyne.Clipboard, asNew bool) {
	if clip == nil || len(g.visible) == 0 || !g.commitEdit() {
		return
	}
	from := place{}
	if g.hasCell() {
		from = g.selection().first
	}
	if g.OnPaste == nil {
		g.showNote(from, g.whyNoPaste())
		return
	}
	raw := parseTSV(clip.Content())
	if len(raw) == 0 {
		g.showNote(from, lang.L("剪贴板里没有文字。请先在 Excel 里选中要粘贴的格子，按 Ctrl+C 复制"))
		return
	}
	b, err := g.blockOf(raw, from, asNew)
	if err != nil {
		g.showError(g.placeOf(from, err), err)
		return
	}
	g.askRows(b, func() { g.askBlanks(b, func() { g.put(b) }) })
}

// whyNoPaste says why a grid takes no paste.
func (g *DataGrid) whyNoPaste() string {
	if g.NoPaste != "" {
		return g.NoPaste
	}
	return lang.L("这张表只供查看，内容是别处得出来的，不能粘贴。复制、导出可以")
}

// blockOf makes a block of what is on the clipboard.
func (g *DataGrid) blockOf(raw [][]string, from place, asNew bool) (*Block, error) {
	b := &Block{Start: from.row, verb: lang.L("粘贴"), grid: g}
	if asNew {
		b.Start = g.rowCount()
	}
	if row, _, err := spoiltCell(raw); err != nil {
		return nil, &blockFault{row: row, say: err.Error(), err: err}
	}
	cells := raw
	for _, line := range cells {
		for j := range line {
			line[j] = unshield(line[j])
		}
	}
	if !g.fills(cells) {
		cells = trimBlock(cells)
	}
	if len(cells) == 0 {
		return nil, errors.New(lang.L("复制的格子都是空的。要清空这里的内容，请选中后按 Delete"))
	}
	cols, unknown := g.byHeader(cells)
	switch {
	case len(unknown) > 0:
		return nil, fmt.Errorf(lang.L("第一行像是表头，但这张表里没有“%s”。请去掉表头或这一列再粘贴"), strings.Join(unknown, "”“"))
	case cols != nil:
		b.Cols, b.Cells, b.head = cols, cells[1:], 1
		if err := twice(cols, cells[0]); err != nil {
			return nil, err
		}
	default:
		if !asNew {
			cells = g.tile(cells)
		}
		if err := g.fitColumns(from.col, widthOf(cells)); err != nil {
			return nil, err
		}
		b.Cols, b.Cells = g.columnIDs(from.col, from.col+widthOf(cells)-1), cells
	}
	squareUp(b.Cells, len(b.Cols))
	return b, g.fitRows(b)
}

// fills reports whether the selection has just the shape of the block.
func (g *DataGrid) fills(cells [][]string) bool {
	if !g.hasCell() {
		return false
	}
	sel := g.selection()
	return len(cells) == sel.rows() && widthOf(cells) == sel.columns()
}

// tile repeats a block over a selection that is a multiple of it, as Excel does.
func (g *DataGrid) tile(cells [][]string) [][]string {
	if !g.hasCell() {
		return cells
	}
	sel, rows, cols := g.selection(), len(cells), widthOf(cells)
	if sel.rows()%rows != 0 || sel.columns()%cols != 0 || sel.rows() == rows && sel.columns() == cols {
		return cells
	}
	squareUp(cells, cols)
	out := make([][]string, sel.rows())
	for i := range out {
		out[i] = make([]string, sel.columns())
		for j := range out[i] {
			out[i][j] = cells[i%rows][j%cols]
		}
	}
	return out
}

// fitRows refuses a block with rows that the grid has no room for.
func (g *DataGrid) fitRows(b *Block) error {
	room := g.rowCount() - b.Start
	if g.NewRows != "" || g.OpenEnd || len(b.Cells) <= room {
		return nil
	}
	advice := g.MoreRows
	if advice == "" {
		advice = lang.L("请从靠上的一行粘贴，或少复制几行")
	}
	return fmt.Errorf(lang.L("粘贴的内容有 %d 行，从这一行起只有 %d 行，没有粘贴。%s"), len(b.Cells), room, advice)
}

// put hands a block over and says what became of it.
func (g *DataGrid) put(b *Block) {
	rows := g.rowCount()
	b.landed = b.Start
	b.note()
	done := func(err error) {
		g.Focus()
		if err != nil {
			g.showError(g.placeOf(place{b.Start, 0}, err), err)
			return
		}
		g.selectBlock(b)
		g.Refresh()
		t := b.count(rows)
		if b.head > 0 {
			g.showNote(g.selection().first, lang.L("第一行是表头，按表头放到各列，没有当作内容"))
		}
		tell(b.said(t))
	}
	b.finish = done
	err := g.OnPaste(b)
	if finish := b.finish; finish != nil { // not taken by Later
		b.finish = nil
		finish(err)
	} else if err != nil {
		done(err)
	}
}

// selectBlock puts the selection on what was pasted, the cursor at its first cell.
func (g *DataGrid) selectBlock(b *Block) {
	first, last := len(g.visible), -1
	for _, id := range b.Cols {
		if i := slices.IndexFunc(g.visible, func(v int) bool { return g.cols[v].ID == id }); i >= 0 {
			first, last = min(first, i), max(last, i)
		}
	}
	if last < 0 || g.rowCount() == 0 {
		return
	}
	row := min(b.landed, g.rowCount()-1)
	g.anchor = place{min(row+len(b.Cells), g.rowCount()) - 1, last}
	g.cur = place{row, first}
	g.reveal(g.cur)
	g.tellRow()
}

// placeOf is where an error is shown.
func (g *DataGrid) placeOf(from place, err error) place {
	at := from.col
	var f PasteFault
	if errors.As(err, &f) {
		row, id := f.PastedAt()
		from.row += row
		if i := slices.IndexFunc(g.visible, func(i int) bool { return g.cols[i].ID == id }); i >= 0 {
			at = i
		}
	}
	p := place{max(0, min(from.row, g.rowCount()-1)), at}
	if g.hasCell() {
		g.reveal(p)
	}
	return p
}

// fitColumns refuses a block that is wider than the grid from its first column on.
func (g *DataGrid) fitColumns(first, width int) error {
	room := len(g.visible) - first
	if width <= room {
		return nil
	}
	return fmt.Errorf(lang.L("粘贴的内容有 %d 列，从“%s”起只有 %d 列，没有粘贴。请从靠左的一列粘贴，或少复制几列"), width, g.column(first).Title, room)
}

// twice refuses a header that names one column two times.
func twice(cols, header []string) error {
	for i, id := range cols {
		if j := slices.Index(cols, id); j < i {
			return fmt.Errorf(lang.L("表头里“%s”和“%s”是同一列，没有粘贴。请去掉其中一列"), strings.TrimSpace(header[j]), strings.TrimSpace(header[i]))
		}
	}
	return nil
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

// trimBlock drops blank rows at the end and blank columns at the right, which come
// along when whole rows or columns are copied. A block that is all blank keeps its
// first row: it is meant to clear.
func trimBlock(cells [][]string) [][]string {
	rows, width := 0, 0
	for i, row := range cells {
		for j, text := range row {
			if strings.TrimSpace(text) != "" {
				rows, width = i+1, max(width, j+1)
			}
		}
	}
	if rows == 0 {
		return cells
	}
	cells = cells[:rows]
	for i, row := range cells {
		cells[i] = row[:min(len(row), width)]
	}
	return cells
}

func widthOf(cells [][]string) int {
	width := 0
	for _, row := range cells {
		width = max(width, len(row))
	}
	return width
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
