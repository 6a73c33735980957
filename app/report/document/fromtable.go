package document

import (
	"lianshao/app/report/draw"
	"lianshao/app/report/table"
)

// FromTable turns a printed table into one of a document: the same columns, header
// groups, merged cells and level squares, without title, notes and signatures.
func FromTable(t *table.TableModel) Table {
	out := Table{Header: 1}
	fixed, weights := 0.0, 0.0
	for _, c := range t.Columns {
		fixed += c.Width
		if c.Width == 0 {
			weights += max(c.Weight, 1)
		}
	}
	const page = 180 // mm that the papers' widths are meant for
	for _, c := range t.Columns {
		w := c.Width
		if w == 0 {
			w = max(c.Weight, 1) / weights * max(page-fixed, 20*weights)
		}
		out.Columns = append(out.Columns, Column{Weight: w, Align: c.Align})
	}
	out.Rows = headerRows(t)
	out.Header = len(out.Rows)
	covered := map[[2]int]bool{}
	for r, row := range t.Rows {
		out.Rows = append(out.Rows, bodyRow(t, row, r, covered))
	}
	return out
}

func headerRows(t *table.TableModel) []Row {
	grouped := false
	for _, c := range t.Columns {
		grouped = grouped || c.Group != ""
	}
	centre := func(text string) Cell { return Cell{Text: text, Align: draw.Center, Own: true} }
	lower := Row{Bold: true}
	if !grouped {
		for _, c := range t.Columns {
			lower.Cells = append(lower.Cells, centre(c.Title))
		}
		return []Row{lower}
	}
	upper := Row{Bold: true}
	for i, c := range t.Columns {
		below := centre(c.Title)
		switch {
		case c.Group == "":
			top := below
			top.Below = true
			upper.Cells = append(upper.Cells, top)
			below = Cell{Covered: true}
		case i > 0 && t.Columns[i-1].Group == c.Group:
			upper.Cells[len(upper.Cells)-1].ColSpan++
		default:
			top := centre(c.Group)
			top.ColSpan = 1
			upper.Cells = append(upper.Cells, top)
		}
		lower.Cells = append(lower.Cells, below)
	}
	return []Row{upper, lower}
}

// bodyRow copies a row; covered remembers the cells that a merge from above takes.
func bodyRow(t *table.TableModel, row table.Row, r int, covered map[[2]int]bool) Row {
	if row.Heading != "" {
		return Row{Bold: true, Cells: []Cell{{Text: row.Heading, ColSpan: len(t.Columns), Own: true}}}
	}
	out := Row{Bold: row.Bold}
	for c := 0; c < len(row.Cells); c++ {
		x := row.Cells[c]
		cell := Cell{Text: x.Text, Mark: x.Mark, Covered: covered[[2]int{r, c}]}
		if x.Center {
			cell.Align, cell.Own = draw.Center, true
		}
		if x.RowSpan > 1 && !cell.Covered {
			cell.Below = true
			for k := 1; k < x.RowSpan; k++ {
				covered[[2]int{r + k, c}] = true
			}
		}
		if x.ColSpan > 1 {
			cell.ColSpan = x.ColSpan
			c += x.ColSpan - 1
		}
		out.Cells = append(out.Cells, cell)
	}
	return out
}
