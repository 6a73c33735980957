package xlsx

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"lianshao/app"
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
	book := &tableBook{f: f, styles: map[cellLook]int{}, names: map[string]bool{}}
	for i, t := range tables {
		if err := book.add(i, t); err != nil {
			return app.Wrap(app.CodeInvalid, err, "“%s”写不成 Excel 表格：内容超出了 Excel 的限度，请按部门分开导出", t.Title)
		}
	}
	return saveWhole(f, path)
}

// saveWhole writes a neighbour first and renames it.
func saveWhole(f *excelize.File, path string) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".lianshao-*.xlsx")
	if err != nil {
		return app.Wrap(app.CodeIO, err, "无法在“%s”里写文件，请检查文件夹是否存在、是否可写", filepath.Dir(path))
	}
	defer os.Remove(tmp.Name()) // after the rename there is nothing left to remove
	if err = f.Write(tmp); err == nil {
		err = tmp.Sync()
	}
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Chmod(tmp.Name(), 0o644) // CreateTemp makes files private
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return app.Wrap(app.CodeIO, err, "无法写入“%s”，请检查磁盘空间，并关闭正打开此文件的程序", path)
	}
	return nil
}

// tableBook is a workbook in the making.
type tableBook struct {
	f      *excelize.File
	styles map[cellLook]int
	names  map[string]bool
}

// cellLook is everything a style is made of.
type cellLook struct {
	size       float64
	bold, grid bool
	align      string
	fill, ink  string // RRGGBB, "" = none
	format     string // of a number
}

// add writes the i-th sheet.
func (b *tableBook) add(i int, t *table.TableModel) error {
	s := &tableSheet{book: b, t: t, name: b.sheetName(t.Title), sizes: sizesOf(t.Sizes)}
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

// sheetName makes a title fit for a tab: 31 characters, none of []:*?/\, unique.
func (b *tableBook) sheetName(title string) string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) || r < ' ' {
			return -1
		}
		return r
	}, title)
	if clean == "" {
		clean = "表"
	}
	for n := 1; ; n++ {
		suffix := ""
		if n > 1 {
			suffix = strconv.Itoa(n)
		}
		r := []rune(clean)
		name := string(r[:min(len(r), 31-len(suffix))]) + suffix
		if !b.names[strings.ToLower(name)] {
			b.names[strings.ToLower(name)] = true
			return name
		}
	}
}

func (b *tableBook) style(l cellLook) (int, error) {
	if id, ok := b.styles[l]; ok {
		return id, nil
	}
	st := &excelize.Style{
		Font:      &excelize.Font{Family: "宋体", Size: l.size, Bold: l.bold, Color: l.ink},
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

// inkOn is the colour of text on a fill: white on dark ones.
func inkOn(c draw.Color) string {
	if 299*int(c.R)+587*int(c.G)+114*int(c.B) < 140_000 {
		return "FFFFFF"
	}
	return "222222"
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
