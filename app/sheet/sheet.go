// Package sheet describes a workbook to be written: what use cases build and a
// storage adapter turns into a file. It knows nothing of file formats.
package sheet

import "context"

// Workbook is one file.
type Workbook struct {
	Sheets []Sheet
	Charts []Chart // each on a sheet of its own behind the others
	// Mark is kept out of sight in the file; a reader finds it again (intake.Mark).
	Mark string
}

// Sheet is a table with title lines above and note lines below it.
type Sheet struct {
	Name      string   // shortened and cleaned by the writer where a program demands it
	Title     []string // lines above the header: the first large, the others small
	Fill      []string // lines between title and header that stay open to typing: 填报人：
	Columns   []Column
	Rows      Rows
	Notes     []string // lines below the table
	Frozen    int      // columns that stay when scrolling sideways; the header always stays
	Portrait  bool     // paper is A4 landscape otherwise
	Spare     int      // empty, ruled rows after the last, for handwriting and typing
	NoFilter  bool     // no filter buttons on the header
	Hidden    bool
	NoHeading bool // columns without a header row
	// Protected closes everything but the cells of open columns and the lines of
	// Fill to typing. There is no password: it saves from slips, not from people.
	Protected bool
}

// Format says how a column's values look.
type Format int

// The formats. Text stays text whatever it looks like: codes keep their zeros,
// nothing becomes a formula.
const (
	Text Format = iota
	Int
	Float   // two digits or fewer
	Date    // 2026-09-20; what is no date stays text
	Percent // 0.152 is 15.2%
)

// Column is one column.
type Column struct {
	Key     string // what it holds, a field's name; not written
	Header  string
	Width   float64 // in characters of half width; 0 = by header and format
	Format  Format
	Choices []string // a drop-down list; other values are allowed after a question
	Strict  bool     // other values than Choices are refused
	Whole   [2]int   // whole numbers from–to; zero = anything
	Hint    string   // shown while a cell of the column is selected
	Note    string   // a note on the header's cell
	Closed  bool     // not open to typing in a protected sheet
	Hidden  bool     // out of sight, for the program
	Colors  []Tint   // cells that hold a text are coloured
}

// Tint is the background of cells that hold a text, such as a level's word.
type Tint struct {
	Text  string
	Color string // RRGGBB
}

// Writer writes a workbook to a file, which it replaces only when everything
// succeeded. progress (may be nil) hears rows. Errors are *app.Error.
type Writer interface {
	Write(ctx context.Context, path string, wb Workbook, progress func(done, total int)) error
}

// ChartKind is the form of a native chart.
type ChartKind int

// The forms.
const (
	Bars    ChartKind = iota // horizontal, stacked
	Lines                    // over the categories
	Bubbles                  // X, Y and Size of every series
	Between                  // points of two series joined by a line: a dumbbell
)

// Chart is a native chart of a spreadsheet. It reads from cells: the writer puts
// Categories and Series into a table on a sheet of the chart's own, marked as not to
// be imported.
type Chart struct {
	Title      string
	Kind       ChartKind
	CategoryOf string // what the categories are: 部门, 月份
	XTitle     string
	YTitle     string
	Categories []string
	Series     []Series
	Min, Max   float64 // of the value axis; both 0 = by the values
	Days       bool    // values are days since 1899-12-30
}

// Series is one row of values, NaN where there is none.
type Series struct {
	Name   string
	Values []float64
	X      []float64 // Bubbles: positions; Values are the heights
	Size   []float64 // Bubbles
	Color  string    // RRGGBB, "" = chosen by the program
	Dashed bool      // Lines
	Plain  bool      // Lines: without points
	Hidden bool      // Bars: takes place but is not seen
}
