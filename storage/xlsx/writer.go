package xlsx

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"lianshao/app"
	"lianshao/app/intake"
	"lianshao/app/sheet"
	"lianshao/storage/wholefile"
)

// Writer writes .xlsx files.
type Writer struct{}

var _ sheet.Writer = Writer{}

// Write writes the workbook to path. The file is built beside it and put in its
// place at the end, so that a failure leaves the old file as it was. Errors:
// CodeInvalid (a sheet that Excel cannot hold), CodeCanceled, CodeIO. A path that
// ends in .csv gets the workbook's only sheet as text.
func (Writer) Write(ctx context.Context, path string, wb sheet.Workbook, progress func(done, total int)) error {
	if strings.EqualFold(filepath.Ext(path), ".csv") {
		if len(wb.Sheets) != 1 {
			return notWritten(path, fault("有几张表，.csv 只放得下一张，请导出为 .xlsx"))
		}
		return WriteCSV(ctx, path, wb.Sheets[0].Columns, wb.Sheets[0].Rows.All())
	}
	return notWritten(path, replace(path, func(w io.Writer) error { return Encode(ctx, w, wb, progress) }))
}

// notWritten turns what replace answers into a sentence.
func notWritten(path string, err error) error {
	name := filepath.Base(path)
	var f fault
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return app.Wrap(app.CodeCanceled, err, "已取消导出《%s》", name)
	case errors.As(err, &f):
		return app.Wrap(app.CodeInvalid, err, "无法导出《%s》：%s", name, f)
	}
	return app.NotWritten(err, path)
}

// replace writes a whole file in the place of path.
func replace(path string, write func(io.Writer) error) error {
	err := wholefile.Write(path, write)
	if errors.Is(err, wholefile.ErrFolder) {
		return fault("同名的文件夹已存在，请换一个文件名")
	}
	return err
}

// Encode writes the workbook as .xlsx to w.
func Encode(ctx context.Context, w io.Writer, wb sheet.Workbook, progress func(done, total int)) error {
	if progress == nil {
		progress = func(int, int) {}
	}
	if len(wb.Sheets) == 0 {
		return fault("没有内容")
	}
	b := &builder{ctx: ctx, f: excelize.NewFile(), parts: newParts(w), names: map[string]bool{}, lists: map[string]string{}, progress: progress}
	defer b.f.Close()
	b.f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return b.parts })
	for _, s := range wb.Sheets {
		b.total += s.Rows.Len()
	}
	if err := b.build(wb); err != nil {
		return err
	}
	_, err := b.f.WriteToBuffer() // which stays empty: the parts are in the file
	return err
}

// builder fills an excelize file.
type builder struct {
	ctx         context.Context
	f           *excelize.File
	parts       *parts
	names       map[string]bool   // sheet names taken, lower case
	lists       map[string]string // drop-down list → its defined name
	dict        string            // name of the hidden sheet of lists
	styles      styles
	done, total int
	progress    func(done, total int)
}

func (b *builder) build(wb sheet.Workbook) error {
	if err := b.makeStyles(); err != nil {
		return err
	}
	names := make([]string, len(wb.Sheets))
	for i, s := range wb.Sheets {
		names[i] = b.sheetName(s.Name)
		if i == 0 {
			if err := b.f.SetSheetName("Sheet1", names[0]); err != nil {
				return err
			}
		} else if _, err := b.f.NewSheet(names[i]); err != nil {
			return err
		}
	}
	for i, s := range wb.Sheets {
		if err := b.makeLists(s); err != nil {
			return err
		}
		if err := b.sheet(names[i], s); err != nil {
			return err
		}
	}
	for i := range wb.Charts {
		if err := addChart(b.f, b.sheetName("图-"+wb.Charts[i].Title), &wb.Charts[i]); err != nil {
			return err
		}
	}
	for i, s := range wb.Sheets {
		if s.Hidden {
			if err := b.f.SetSheetVisible(names[i], false); err != nil {
				return err
			}
		}
	}
	if err := b.mark(wb.Mark); err != nil {
		return err
	}
	if b.dict != "" {
		return b.f.SetSheetVisible(b.dict, false)
	}
	return nil
}

// mark writes the workbook's mark into the hidden sheet, where every office
// program leaves it alone.
func (b *builder) mark(text string) error {
	if text == "" {
		return nil
	}
	if err := b.dictionary(); err != nil {
		return err
	}
	return b.f.SetCellStr(b.dict, "A1", text)
}

// dictionary makes the hidden sheet, unless it is there; column A is the mark's.
func (b *builder) dictionary() error {
	if b.dict != "" {
		return nil
	}
	b.dict = b.sheetName("字典")
	if _, err := b.f.NewSheet(b.dict); err != nil {
		return err
	}
	return b.f.SetCellStr(b.dict, "A1", intake.ViewOnly) // some programs save it as a visible sheet
}

// sheetName makes a name Excel accepts: at most 31 characters, none of []:*?/\,
// no second of the same.
func (b *builder) sheetName(want string) string {
	clean := strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return '_'
		}
		return r
	}, want), "'")
	if clean == "" {
		clean = "表"
	}
	name := cut(clean, 31)
	for n := 2; b.names[strings.ToLower(name)]; n++ {
		suffix := fmt.Sprintf("(%d)", n)
		name = cut(clean, 31-len(suffix)) + suffix
	}
	b.names[strings.ToLower(name)] = true
	return name
}

// cut keeps at most n UTF-16 units, which is how Excel counts.
func cut(s string, n int) string {
	for i, r := range s {
		n--
		if r > 0xffff {
			n--
		}
		if n < 0 {
			return s[:i]
		}
	}
	return s
}

// makeLists writes the drop-down lists of a sheet to the hidden sheet and names
// them: written into the cell rule they could hold no more than 255 characters.
func (b *builder) makeLists(s sheet.Sheet) error {
	for i := range s.Columns {
		c := &s.Columns[i]
		key := listKey(c)
		if len(c.Choices) == 0 || b.lists[key] != "" {
			continue
		}
		if err := b.dictionary(); err != nil {
			return err
		}
		n := len(b.lists) + 1
		col, err := excelize.ColumnNumberToName(n + 1)
		if err != nil {
			return err
		}
		values := make([]any, len(c.Choices))
		for i, v := range c.Choices {
			values[i] = plainText(v)
			if number, err := strconv.Atoi(v); err == nil && c.Format != sheet.Text {
				values[i] = number // a typed 3 is not the text "3"
			}
		}
		if err := b.f.SetSheetCol(b.dict, col+"1", &values); err != nil {
			return err
		}
		name := fmt.Sprintf("list_%d", n)
		where := fmt.Sprintf("'%s'!$%s$1:$%s$%d", b.dict, col, col, len(values))
		if err := b.f.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: where}); err != nil {
			return err
		}
		b.lists[key] = name
	}
	return nil
}

// listKey tells drop-down lists apart: numbers and texts are different lists.
func listKey(c *sheet.Column) string {
	return strings.Join(c.Choices, "\x00") + fmt.Sprint("\x00", c.Format == sheet.Text)
}
