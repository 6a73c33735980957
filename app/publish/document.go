package publish

import (
	"fmt"

	"lianshao/app/report/document"
	"lianshao/app/report/draw"
)

// CleanDocument takes names out of a document, its tables and its pictures. It
// changes d.
func (g *Guard) CleanDocument(d *document.Document) {
	if g.masks == nil {
		return
	}
	d.Title = g.Clean(d.Title)
	for i, b := range d.Blocks {
		switch v := b.(type) {
		case document.Heading:
			v.Text = g.Clean(v.Text)
			d.Blocks[i] = v
		case document.Paragraph:
			v.Text = g.Clean(v.Text)
			d.Blocks[i] = v
		case document.Caption:
			v.Text = g.Clean(v.Text)
			d.Blocks[i] = v
		case document.Table:
			for _, r := range v.Rows {
				for k := range r.Cells {
					r.Cells[k].Text = g.Clean(r.Cells[k].Text)
				}
			}
		case document.Picture:
			v.Alt = g.Clean(v.Alt)
			g.CleanPages([]draw.Drawing{v.Drawing})
			d.Blocks[i] = v
		}
	}
}

// DocumentParts is the text of a document, its properties and its pictures.
func DocumentParts(d *document.Document) []Part {
	parts := []Part{{"文件属性“标题”", d.Title}}
	under := "开头"
	for _, b := range d.Blocks {
		switch v := b.(type) {
		case document.Heading:
			under = "“" + v.Text + "”"
			parts = append(parts, Part{"标题" + under, v.Text})
		case document.Paragraph:
			parts = append(parts, Part{under + "下", v.Text})
		case document.Caption:
			parts = append(parts, Part{"图表标题", v.Text})
		case document.Table:
			for i, r := range v.Rows {
				for _, c := range r.Cells {
					parts = append(parts, Part{fmt.Sprintf("%s下表格第%d行", under, i+1), c.Text})
				}
			}
		case document.Picture:
			parts = append(parts, Part{under + "下的图", v.Alt})
			for _, p := range PageParts([]draw.Drawing{v.Drawing}) {
				parts = append(parts, Part{under + "下的图", p.Text})
			}
		}
	}
	return parts
}
