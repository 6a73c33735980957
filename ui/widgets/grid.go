package widgets

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Align is where a column's texts stand.
type Align int

// Column alignments. Numbers stand right, so their digits line up.
const (
	AlignLeft Align = iota
	AlignRight
	AlignCenter
)

// Column describes one column of a DataGrid.
type Column struct {
	ID       string  // stable name, used in callbacks and persisted settings
	Title    string  // header, already translated
	Subtitle string  // second header line, e.g. the scale of a score; "" = none
	Width    float32 // in device-independent pixels; 0 = 100
	Grow     bool    // takes the room that the columns leave over, shared evenly
	Align    Align
	Sortable bool // a click on the header calls OnSort
	Editable bool // Enter, F2, a double click or typing opens the editor
	// Multiline texts are edited in a taller editor; Alt+Enter breaks the line.
	Multiline bool
	// Options turns the editor into a drop-down of exactly these texts.
	Options []string
	// OptionsFor gives the drop-down's texts for a row, e.g. the posts of its unit;
	// it comes before Options. A row without options gets the text editor.
	OptionsFor func(row int) []string
	// Instant, when set, is asked for every typed character: ok commits text at
	// once and moves right. Score columns use it for the keys 1–5.
	Instant func(r rune) (text string, ok bool)
	// Hidden columns start invisible; the user can choose them.
	Hidden bool
	// Fixed columns cannot be hidden by the user.
	Fixed bool
	// Tint is laid thinly over the head, e.g. to tell kinds of columns apart; nil = none.
	Tint color.Color
}

// Check is the state of a cell that is a check box.
type Check uint8

// Check box states; NoCheck means the cell is text.
const (
	NoCheck Check = iota
	Unchecked
	Checked
)

// Cell is what a DataGrid shows at one place, already formatted.
type Cell struct {
	Text  string      // only the first line is shown
	Color color.Color // a small square before the text, e.g. a level's colour; nil = none
	Bold  bool
	Warn  bool // something is wrong or missing here: tinted background
	Muted bool // less important, drawn grey
	Spill bool // goes on over empty cells to the right, like a title in Excel
	Hint  bool // no content but a word on what to do here: neither copied nor exported
	Check Check
}

// Source supplies the rows. Cell is called for visible cells at every repaint and
// must be quick: look up, do not compute. Rows are 0-based.
type Source interface {
	Len() int
	Cell(row int, col string) Cell
}

// EditSource is a Source whose editor should start with another text than the
// cell shows, e.g. a full date or the unrounded number.
type EditSource interface {
	EditText(row int, col string) string
}

// DataGrid is a table for up to some hundred thousand rows, worked by keyboard like
// a sheet in Excel: arrows, Shift for ranges, Enter or F2 to edit, Esc, Tab,
// PgUp/PgDn, Home/End, Ctrl+C/V/A, Delete, Ctrl+F. It paints all visible cells into
// one picture from cached glyphs, so scrolling does not depend on the number of
// rows or on the graphics card. Use it on Fyne's goroutine only.
type DataGrid struct {
	widget.BaseWidget

	// OnSelect tells that the cursor came to another row; -1 = no row.
	OnSelect func(row int)
	// OnCell tells that the cursor was put on a cell, after OnSelect.
	OnCell func(row int, col string)
	// OnActivate is Enter or a double click where nothing can be edited.
	OnActivate func(row int)
	// OnEdit commits one cell. An error is shown by the cell and editing stays open.
	OnEdit func(row int, col string, text string) error
	// OnPaste commits a block as one operation, wholly or not at all; nil = the grid
	// takes no paste, for the reason that NoPaste gives.
	OnPaste func(b *Block) error
	NoPaste string
	// NewRows names what a pasted row beyond the last becomes, e.g. 风险点; the grid asks
	// before. OpenEnd grids take such rows without asking. All others refuse them, with
	// MoreRows as advice.
	NewRows  string
	OpenEnd  bool
	MoreRows string
	// ColumnFor returns the ID of the column that a header in a pasted block means, ""
	// for none; nil = only the titles are known.
	ColumnFor func(header string) string
	// OnClear empties the cells of rows first..last; Delete calls it when set.
	OnClear func(first, last int, cols []string) error
	// OnDelete removes whole rows; Delete calls it when whole rows are selected or
	// OnClear is nil.
	OnDelete func(rows []int)
	// OnToggle sets a check box cell.
	OnToggle func(row int, col string, on bool) error
	// OnSort asks for another order; the owner sorts its Source and calls Refresh.
	OnSort func(col string, desc bool)
	// OnFind is Ctrl+F.
	OnFind func()
	// OnColumns tells that widths or visible columns were changed by the user.
	OnColumns func()
	// Menu returns the items of a row's right-click menu; copying is added by the
	// grid. rows are the selected rows.
	Menu func(rows []int, col string) []*fyne.MenuItem
	// Initials returns the first letters of a text's Chinese pronunciation, so
	// drop-downs can be chosen by Latin letters; nil = only the text itself.
	Initials func(text string) string
	// RowNumbers shows 1, 2, 3… before the first column.
	RowNumbers bool
	// Frozen is how many first visible columns stay while scrolling sideways.
	Frozen int

	cols    []Column // all, in display order
	visible []int    // indexes into cols
	source  Source

	rowHeight   float32
	offX, offY  float64
	cur, anchor place
	toldRow     int
	sortCol     string
	sortDesc    bool
	shift       bool
	focused     bool
	hoverRow    int
	resizing    int // visible column being dragged wider, -1 = none
	hoverEdge   bool
	dragging    bool
	revealLater bool
	clicks      clickCounter
	editor      *gridEditor
	bubble      *errorBubble
	view        *gridRenderer
}

// place is a cell by row and visible column, both 0-based.
type place struct{ row, col int }

// NewDataGrid makes a grid over source with its cursor on the first cell.
func NewDataGrid(cols []Column, source Source) *DataGrid {
	g := &DataGrid{source: source, rowHeight: 28, toldRow: -1, hoverRow: -1, resizing: -1}
	g.ExtendBaseWidget(g)
	g.SetColumns(cols)
	return g
}

// SetColumns replaces the columns, e.g. when another indicator system is shown.
func (g *DataGrid) SetColumns(cols []Column) {
	g.cancelEdit()
	g.cols = slices.Clone(cols)
	for i := range g.cols {
		if g.cols[i].Width <= 0 {
			g.cols[i].Width = 100
		}
	}
	g.showWhere(func(c Column) bool { return !c.Hidden })
}

// SetSource shows other data and puts the cursor back to the first cell.
func (g *DataGrid) SetSource(s Source) {
	g.cancelEdit()
	g.source = s
	g.offX, g.offY = 0, 0
	g.cur, g.anchor, g.toldRow = place{}, place{}, -1
	g.Refresh()
}

// Shown is what a cell shows now.
func (g *DataGrid) Shown(row int, col string) Cell { return g.source.Cell(row, col) }

// Columns returns a copy of all columns with their present widths.
func (g *DataGrid) Columns() []Column { return slices.Clone(g.cols) }

// VisibleColumns returns the shown columns' IDs in order.
func (g *DataGrid) VisibleColumns() []string {
	ids := make([]string, len(g.visible))
	for i, c := range g.visible {
		ids[i] = g.cols[c].ID
	}
	return ids
}

// SetVisibleColumns shows exactly these columns, in the grid's own order; unknown
// IDs are ignored, and fixed columns always stay.
func (g *DataGrid) SetVisibleColumns(ids []string) {
	g.showWhere(func(c Column) bool { return c.Fixed || slices.Contains(ids, c.ID) })
}

func (g *DataGrid) showWhere(keep func(Column) bool) {
	g.visible = g.visible[:0]
	for i, c := range g.cols {
		if keep(c) {
			g.visible = append(g.visible, i)
		}
	}
	g.Refresh()
}

// Widths returns every column's width by ID, for remembering.
func (g *DataGrid) Widths() map[string]float32 {
	w := make(map[string]float32, len(g.cols))
	for _, c := range g.cols {
		w[c.ID] = c.Width
	}
	return w
}

// SetWidths sets remembered widths; unknown IDs and widths under 24 are ignored.
func (g *DataGrid) SetWidths(w map[string]float32) {
	for i := range g.cols {
		if v, ok := w[g.cols[i].ID]; ok && v >= minColumn {
			g.cols[i].Width = v
		}
	}
	g.Refresh()
}

// SetSort marks the sorted column; "" = unsorted. It does not call OnSort.
func (g *DataGrid) SetSort(col string, desc bool) {
	g.sortCol, g.sortDesc = col, desc
	g.repaint()
}

// Sort returns the marked column and direction.
func (g *DataGrid) Sort() (col string, desc bool) { return g.sortCol, g.sortDesc }

// Refresh repaints after the source changed; the cursor stays if its row still exists.
func (g *DataGrid) Refresh() {
	g.clampPlaces()
	g.clampOffset()
	if g.view != nil {
		g.view.Layout(g.Size())
		g.view.Refresh()
	}
	g.tellRow()
}

// RefreshRow repaints after one row changed. Rows out of sight cost nothing.
func (g *DataGrid) RefreshRow(row int) {
	first, last := g.visibleRows()
	if row >= first && row <= last {
		g.repaint()
	}
}

// Select moves the cursor to a cell and scrolls it into sight. An empty or unknown
// col keeps the cursor's column; a row out of range is brought into range.
func (g *DataGrid) Select(row int, col string) {
	c := g.cur.col
	if i := slices.Index(g.VisibleColumns(), col); i >= 0 {
		c = i
	}
	g.moveTo(place{row, c}, false)
}

// Current returns the cursor's row and column ID; row -1 when there is no cell.
func (g *DataGrid) Current() (row int, col string) {
	if g.rowCount() == 0 || len(g.visible) == 0 {
		return -1, ""
	}
	return g.cur.row, g.column(g.cur.col).ID
}

// SelectedRows returns the rows of the selected range, at least the cursor's row.
func (g *DataGrid) SelectedRows() []int {
	if g.rowCount() == 0 {
		return nil
	}
	r := g.selection()
	rows := make([]int, 0, r.last.row-r.first.row+1)
	for i := r.first.row; i <= r.last.row; i++ {
		rows = append(rows, i)
	}
	return rows
}

// SelectRange selects the block between two cells; columns by ID.
func (g *DataGrid) SelectRange(row1 int, col1 string, row2 int, col2 string) {
	g.Select(row1, col1)
	to := place{row2, g.cur.col}
	if i := slices.Index(g.VisibleColumns(), col2); i >= 0 {
		to.col = i
	}
	g.moveTo(to, true)
}

// Focus gives the grid the keyboard.
func (g *DataGrid) Focus() {
	if c := canvasOf(g); c != nil {
		c.Focus(g)
	}
}

func (g *DataGrid) rowCount() int {
	if g.source == nil {
		return 0
	}
	return g.source.Len()
}

// column returns the i-th visible column.
func (g *DataGrid) column(i int) *Column { return &g.cols[g.visible[i]] }

func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(o)
}
