package xlsx

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"lianshao/app"
	"lianshao/app/report/chart"
	"lianshao/app/report/draw"
	"lianshao/app/report/table"
)

// WriteTables writes printed tables as a workbook, one sheet each, that prints as
// the paper does: same sheet, margins, widths, merged cells, level colours, header
// rows on every page. path is replaced only by a whole workbook. Errors are
// *app.Error with a sentence.
func WriteTables(path string, tables []*table.TableModel) error {
	if len(tables) == 0 {
		return app.E(app.CodeInvalid, "没有可以写入 Excel 的表格")
	}
	f := excelize.NewFile()
	defer f.Close()
	book := &tableBook{f: f, styles: map[cellLook]int{}, tabs: &builder{names: map[string]bool{}}}
	for i, t := range tables {
		if err := book.add(i, t); err != nil {
			return app.Wrap(app.CodeInvalid, err, "“%s”写不成 Excel 表格：内容超出了 Excel 的限度，请按部门分开导出", t.Title)
		}
	}
	for _, t := range tables {
		for _, fig := range t.Charts {
			c, ok := chart.Native(fig.Title, fig.Model)
			if !ok {
				continue
			}
			if err := addChart(f, book.tabs.sheetName("图-"+fig.Title), &c); err != nil {
				return app.Wrap(app.CodeInvalid, err, "图“%s”写不进 Excel，请改用 PDF", fig.Title)
			}
		}
	}
	return notWritten(path, replace(path, func(w io.Writer) error { return f.Write(w) }))
}

// tableBook is a workbook in the making.
type tableBook struct {
	f      *excelize.File
	styles map[cellLook]int
	tabs   *builder // knows the tabs' names
}

// cellLook is everything a style is made of.
type cellLook struct {
	size       float64
	bold, grid bool
	align      string
	fill       string // RRGGBB, "" = none
	format     string // of a number
}

// add writes the i-th sheet.
func (b *tableBook) add(i int, t *table.TableModel) error {
	s := &tableSheet{book: b, t: t, name: b.tabs.sheetName(t.Title), sizes: sizesOf(t.Sizes)}
	if i == 0 {
		if err := b.f.SetSheetName(b.f.GetSheetName(0), s.name); err != nil {
			return err
		}
	} else if _, err := b.f.NewSheet(s.name); err != nil {
		return err
	}
	s.columns()
	s.heading()
	s.header()
	s.body()
	s.blanks()
	s.tail()
	s.page()
	return s.err
}

func (b *tableBook) style(l cellLook) (int, error) {
	if id, ok := b.styles[l]; ok {
		return id, nil
	}
	st := &excelize.Style{
		Font:      &excelize.Font{Family: "宋体", Size: l.size, Bold: l.bold},
		Alignment: &excelize.Alignment{Horizontal: l.align, Vertical: "center", WrapText: true},
	}
	if l.grid {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			st.Border = append(st.Border, excelize.Border{Type: side, Style: 1, Color: "555555"})
		}
	}
	if l.fill != "" {
		st.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	if l.format != "" {
		st.CustomNumFmt = &l.format
	}
	id, err := b.f.NewStyle(st)
	if err == nil {
		b.styles[l] = id
	}
	return id, err
}

func sizesOf(s table.Sizes) table.Sizes {
	pick := func(v, def float64) float64 {
		if v <= 0 {
			return def
		}
		return v
	}
	return table.Sizes{Title: pick(s.Title, 18), Subtitle: pick(s.Subtitle, 10), Header: pick(s.Header, 9.5), Text: pick(s.Text, 9), Note: pick(s.Note, 8.5)}
}

func hex(c draw.Color) string {
	if c.A == 0 {
		return ""
	}
	return fmt.Sprintf("%02X%02X%02X", c.R, c.G, c.B)
}

// tint lightens a level's colour, so that a column of levels stays calm and its
// words readable; the word says as much as the colour.
func tint(c draw.Color) draw.Color {
	half := func(v uint8) uint8 { return uint8((int(v)*45 + 255*55) / 100) }
	return draw.Color{R: half(c.R), G: half(c.G), B: half(c.B), A: 0xFF}
}

func alignName(a draw.Align) string {
	switch a {
	case draw.Center:
		return "center"
	case draw.Right:
		return "right"
	}
	return "left"
}
