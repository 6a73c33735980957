package publish

import (
	"fmt"
	"math"

	"lianshao/app/report/draw"
	"lianshao/app/report/table"
)

// CleanTable takes names out of a table, wherever it may hold them. It changes t.
func (g *Guard) CleanTable(t *table.TableModel) {
	if g.masks == nil {
		return
	}
	t.Title, t.Footer, t.Empty = g.Clean(t.Title), g.Clean(t.Footer), g.Clean(t.Empty)
	for i, s := range t.Subtitles {
		t.Subtitles[i] = table.Line{Left: g.Clean(s.Left), Center: g.Clean(s.Center), Right: g.Clean(s.Right)}
	}
	for i := range t.Opening {
		t.Opening[i] = g.Clean(t.Opening[i])
	}
	for i := range t.Columns {
		t.Columns[i].Title, t.Columns[i].Group = g.Clean(t.Columns[i].Title), g.Clean(t.Columns[i].Group)
	}
	for i := range t.Rows {
		t.Rows[i].Heading = g.Clean(t.Rows[i].Heading)
		for k := range t.Rows[i].Cells {
			t.Rows[i].Cells[k].Text = g.Clean(t.Rows[i].Cells[k].Text)
		}
	}
	for i := range t.Notes {
		t.Notes[i] = g.Clean(t.Notes[i])
	}
	for i := range t.Signs {
		t.Signs[i] = g.Clean(t.Signs[i])
	}
}

// TableParts is the text of a table, cell by cell.
func TableParts(t *table.TableModel) []Part {
	parts := []Part{{"标题", t.Title}, {"页脚", t.Footer}}
	for _, s := range t.Subtitles {
		parts = append(parts, Part{"表头行", s.Left}, Part{"表头行", s.Center}, Part{"表头行", s.Right})
	}
	for _, s := range t.Opening {
		parts = append(parts, Part{"公告正文", s})
	}
	for _, c := range t.Columns {
		parts = append(parts, Part{"栏目名", c.Group}, Part{"栏目名", c.Title})
	}
	for i, r := range t.Rows {
		parts = append(parts, Part{fmt.Sprintf("第%d行", i+1), r.Heading})
		for k, c := range r.Cells {
			where := fmt.Sprintf("第%d行", i+1)
			if k < len(t.Columns) {
				where += "“" + t.Columns[k].Title + "”栏"
			}
			parts = append(parts, Part{where, c.Text})
		}
	}
	for _, n := range t.Notes {
		parts = append(parts, Part{"表下说明", n})
	}
	for _, s := range t.Signs {
		parts = append(parts, Part{"签字栏", s})
	}
	return parts
}

// CleanPages takes names out of laid out pages line by line; names that a line
// break cuts are left, for PageParts to find.
func (g *Guard) CleanPages(pages []draw.Drawing) {
	if g.masks == nil {
		return
	}
	for _, d := range pages {
		for i := range d.Marks {
			d.Marks[i].Title = g.Clean(d.Marks[i].Title)
		}
		for i, it := range d.Items {
			if t, ok := it.(draw.Text); ok {
				t.String = g.Clean(t.String)
				d.Items[i] = t
			}
		}
	}
}

// PageParts is the text of laid out pages. Lines that stand close under each other,
// as the lines of one cell do, are read as one text.
func PageParts(pages []draw.Drawing) []Part {
	var parts []Part
	for i, d := range pages {
		where := fmt.Sprintf("第%d页", i+1)
		for _, mark := range d.Marks {
			parts = append(parts, Part{where + "的书签", mark.Title})
		}
		text, last := "", draw.Text{}
		for _, it := range d.Items {
			t, ok := it.(draw.Text)
			if !ok {
				continue
			}
			if text != "" && goesOn(last, t) {
				text += t.String
			} else {
				parts = append(parts, Part{where, text})
				text = t.String
			}
			last = t
		}
		parts = append(parts, Part{where, text})
	}
	return parts
}

func goesOn(a, b draw.Text) bool {
	near := math.Abs(a.X-b.X) < 0.01 && b.Y > a.Y && b.Y-a.Y < 1.8*a.Size
	return near && a.Size == b.Size && a.Bold == b.Bold && a.Align == b.Align && a.Angle == b.Angle
}
