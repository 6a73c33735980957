// Package cells holds what all readers of tables share: the limits, the
// sentences about single cells, and how numbers become text.
package cells

import (
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"

	"lianshao/app/intake"
	"lianshao/storage/numfmt"
)

// Limits of what is read. Together with the largest part of a container they
// keep a refused file below 512 MiB of memory.
const (
	MaxRows = 200_000   // rows with content of a sheet
	MaxText = 32_767    // characters of a cell, as in Excel
	maxSlot = 4_500_000 // cells of a file, the blank ones before others included
	maxByte = 128 << 20 // text of a file
	maxNote = 1_000     // remarks of a sheet
)

// Fault is what is wrong with a file, a sentence that follows its name.
type Fault string

// Error returns the sentence.
func (f Fault) Error() string { return string(f) }

// Damaged is the fault of a file whose inside contradicts itself.
const Damaged = Fault("内容已损坏，没有导入。请用 Excel 或 WPS 打开它，另存为新文件后再导入")

// Budget bounds what all sheets of a file may hold.
type Budget struct{ slots, bytes int }

// Slots counts n more cells.
func (b *Budget) Slots(n int) error {
	if b.slots += n; b.slots > maxSlot {
		return Fault(fmt.Sprintf("的单元格超过 %d 万个，请拆成几个文件再导入", maxSlot/10_000))
	}
	return nil
}

// Text counts n more bytes of text.
func (b *Budget) Text(n int) error {
	if b.bytes += n; b.bytes > maxByte {
		return Fault(fmt.Sprintf("的文字超过 %d MB，请拆成几个文件再导入", maxByte>>20))
	}
	return nil
}

// Sheet is a sheet being read. Rows are counted from 1, columns too.
type Sheet struct {
	*intake.Sheet
	left int // remarks left out
}

// Remark notes what could not be read exactly in a cell.
func (s *Sheet) Remark(row, col int, message string) {
	if len(s.Warnings) >= maxNote {
		s.left++
		return
	}
	s.Warnings = append(s.Warnings, intake.CellNote{Cell: intake.CellName(row, col), Message: message})
}

// Close tells how many remarks were left out.
func (s *Sheet) Close() {
	if s.left > 0 {
		s.Warnings = append(s.Warnings, intake.CellNote{Message: fmt.Sprintf("还有 %d 处类似的问题没有列出", s.left)})
		s.left = 0
	}
}

// TooMany is the fault of a sheet with more rows than are read.
func (s *Sheet) TooMany() error {
	return Fault(fmt.Sprintf("的工作表“%s”超过 %d 行，请拆成几个文件再导入", s.Name, MaxRows))
}

// Text returns a text unless it is longer than a cell can hold: the rest would be
// lost in the first export.
func (s *Sheet) Text(row, col int, text string) string {
	if len(text) <= MaxText {
		return text
	}
	if n := utf8.RuneCountInString(text); n > MaxText {
		s.Remark(row, col, fmt.Sprintf("有 %d 个字，超过 Excel 一格能放的 %d 个字，按空白处理。请分成几格或另附文件", n, MaxText))
		return ""
	}
	return text
}

// NoResult is the remark on a formula whose result the file does not hold.
const NoResult = "公式没有保存计算结果，按空白处理。请在 Excel 或 WPS 中打开并保存一次再导入"

// Failed notes an error value.
func (s *Sheet) Failed(row, col int, name string) {
	s.Remark(row, col, "是错误值 "+name+"，按空白处理")
}

// Number returns a number as it is seen: a date in a cell of dates, 001 or 95% in one
// that dresses numbers up, with number then being the number itself. Spreadsheets keep
// 15 digits: a longer whole number, such as an identity card number, has lost its end
// and is not returned.
func (s *Sheet) Number(row, col int, v float64, format numfmt.Format) (text, number string) {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		s.Remark(row, col, "不是有效的数字，按空白处理")
		return "", ""
	case math.Abs(v) >= 1e15:
		s.Remark(row, col, "数字超过 15 位，末尾几位已被 Excel 丢掉，按空白处理。请改为文本格式重新填写")
		return "", ""
	case format.Plain():
	case format.Kind != numfmt.Number:
		if text, ok := format.Text(v, s.Date1904); ok {
			return text, ""
		}
		s.Remark(row, col, "按日期显示，却不是有效的日期，按数字 "+Decimal(v)+" 读取，请核对")
	default:
		if text, ok := format.Shown(v); ok {
			return text, Decimal(v)
		}
	}
	return Decimal(v), ""
}

// Decimal writes a number in the fewest digits that give it again: 8.3 for what a
// file holds as 8.3000000000000007.
func Decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
