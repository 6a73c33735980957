// Package table describes printed tables (自查表, 一览表, 登记表 …) and lays them out
// into pages: a TableModel says what is on the paper, Paginate decides where.
// Every pen then draws the same pages.
package table

import (
	"lianshao/app/report/chart"
	"lianshao/app/report/draw"
)

// TableModel is one paper: heading lines, a table, notes, signatures, footer.
type TableModel struct {
	Title     string    // centred on the first page
	Subtitles []Line    // under the title on the first page (填报单位 … 填报日期)
	Opening   []string  // paragraphs between them and the table on the first page
	Columns   []Column  // at least one
	Rows      []Row     // each with one Cell per column, or a Heading
	Notes     []string  // under the table, one paragraph each
	Signs     []string  // signature fields under the notes, for example "部门负责人（签字）："
	Footer    string    // lower left corner of every page; "" means Title
	Code      string    // small, under the number of every page of a workbook; pages get theirs from whoever lays them out
	Page      draw.Page // sheet and margins
	Form      bool      // a form: the rows name their own fields, there is no header row
	Sizes     Sizes     // font sizes; zero values take the defaults

	// Level is the level (P0–P3) that this table is published at; "" = that of its paper.
	Level string

	Charts []Figure // after the table: on paper below each other, in a workbook native, each with its cells

	BlankRows   int     // empty rows after Rows, for filling in by hand; FillPage fills the last page
	BlankHeight float64 // height of an empty row in mm; 0 means 11
	Empty       string  // sentence shown when there is no row at all; "" means 暂无内容
}

// Figure is a chart that belongs to a table. W and H are a good size in pixels, of
// which paper takes the proportions.
type Figure struct {
	Title string
	Model chart.Model
	W, H  float64
}

// FillPage as BlankRows asks for as many empty rows as the last page holds above
// notes and signatures.
const FillPage = -1

// Line is a line of text with a left, a centred and a right part.
type Line struct{ Left, Center, Right string }

// Column describes one column. Neighbours with the same Group share a cell in an
// upper header row. A column is either Width millimetres wide or takes its
// Weight's share of what is left; with neither, Weight is 1. Widths that do not
// fill the page, or do not fit it, are scaled.
type Column struct {
	Title  string
	Group  string
	Width  float64
	Weight float64
	Align  draw.Align
	NoWrap bool // shrink a long text to 70 % before breaking it (codes, dates)
}

// Row is one row of cells, or, with Heading set, a line across the table that
// names the group of rows below. A page that starts inside a group repeats the
// heading with （续）.
type Row struct {
	Heading string
	Cells   []Cell
	Bold    bool // subtotals
	Fill    draw.Color
	Height  float64 // least height in mm, for what is written by hand
}

// Cell is one cell. RowSpan and ColSpan above 1 merge it with the cells below and
// to the right; the merged cells stay in their rows but are not looked at.
// Mark is a small colour square in front of the text, for a level; the level's
// word belongs in Text all the same, so that grey paper says as much.
type Cell struct {
	Text    string
	Mark    draw.Color
	Fill    draw.Color
	Bold    bool
	Center  bool // centred whatever the column says
	RowSpan int
	ColSpan int
}

// Sizes are font sizes in points; 0 takes the default in brackets.
type Sizes struct {
	Title    float64 // [18]
	Subtitle float64 // [10]
	Header   float64 // [9.5]
	Text     float64 // [9]
	Note     float64 // [8.5], also the footer
}

// Texts makes a row of plain cells.
func Texts(texts ...string) Row {
	cells := make([]Cell, len(texts))
	for i, t := range texts {
		cells[i].Text = t
	}
	return Row{Cells: cells}
}

// MergeEqual merges equal, non-empty neighbours downwards in the given columns,
// each column only within the merges of the one named before it: 科室, then 岗位
// inside a 科室. Headings end a merge. It changes rows.
func MergeEqual(rows []Row, cols ...int) {
	mergeRun(rows, 0, len(rows), cols)
}

func mergeRun(rows []Row, from, to int, cols []int) {
	if len(cols) == 0 {
		return
	}
	c := cols[0]
	for i := from; i < to; {
		end := i + 1
		for end < to && sameCell(rows[i], rows[end], c) {
			end++
		}
		if end-i > 1 {
			rows[i].Cells[c].RowSpan = end - i
			mergeRun(rows, i, end, cols[1:])
		}
		i = end
	}
}

func sameCell(a, b Row, c int) bool {
	if a.Heading != "" || b.Heading != "" || c >= len(a.Cells) || c >= len(b.Cells) {
		return false
	}
	return a.Cells[c].Text != "" && a.Cells[c].Text == b.Cells[c].Text
}
