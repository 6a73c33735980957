package widgets

// Shown is what a DataGrid shows: the visible columns in their order, all rows as
// they are filtered and sorted.
type Shown struct {
	Columns []Column
	Rows    [][]string // numbers in full, check boxes as 是 and 否
}

// ExportShown writes a grid's content to a file; the window sets it. A grid without
// it offers no 导出. It is one for all grids because every grid of the program has
// the same way out, wherever it stands.
var ExportShown func(Shown)

// Stirred hears of every sign of life in grids and fields; the window sets it, to
// know when a locked pilot was left alone.
var Stirred func()

// Told shows a short message in the window; the window sets it.
var Told func(message string)

func tell(message string) {
	if Told != nil {
		Told(message)
	}
}

func stir() {
	if Stirred != nil {
		Stirred()
	}
}

// Content is what the grid shows.
func (g *DataGrid) Content() Shown {
	var out Shown
	for _, i := range g.visible {
		out.Columns = append(out.Columns, g.cols[i])
	}
	for r := range g.rowCount() {
		line := make([]string, len(out.Columns))
		for i, c := range out.Columns {
			line[i] = g.copyText(r, c.ID)
		}
		out.Rows = append(out.Rows, line)
	}
	return out
}

// Export hands the grid's content to ExportShown.
func (g *DataGrid) Export() {
	if ExportShown != nil && g.rowCount() > 0 && g.commitEdit() {
		ExportShown(g.Content())
	}
}
