package xlsx

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"lianshao/app/intake"
	"lianshao/app/sheet"
)

// typedBelow is how many rows below an open table still offer its drop-downs.
const typedBelow = 500

// rules adds what a sheet does while it is filled in: drop-down lists, limits,
// hints, notes, colours and protection.
func (w *sheetWriter) rules(head int) error {
	last := head + w.s.Rows.Len() + w.s.Spare
	if !w.s.Protected {
		last += typedBelow
	}
	for i := range w.s.Columns {
		c := &w.s.Columns[i]
		col := intake.ColumnName(i + 1)
		area := fmt.Sprintf("%s%d:%s%d", col, head+1, col, max(last, head+1))
		for _, add := range []func(*sheet.Column, string) error{w.validation, w.tints} {
			if err := add(c, area); err != nil {
				return err
			}
		}
		if err := w.headerNote(c, fmt.Sprint(col, head)); err != nil {
			return err
		}
	}
	if !w.s.Protected {
		return nil
	}
	return w.f.ProtectSheet(w.name, &excelize.SheetProtectionOptions{AutoFilter: true, Sort: true, FormatColumns: true, FormatRows: true,
		InsertRows: true, SelectLockedCells: true, SelectUnlockedCells: true})
}

// Excel's limits of a rule's texts, in characters.
const (
	maxHintTitle = 32
	maxHint      = 255
)

// validation adds a column's drop-down list, its limits and its hint.
func (w *sheetWriter) validation(c *sheet.Column, area string) error {
	if len(c.Choices) == 0 && c.Whole == [2]int{} && c.Hint == "" {
		return nil
	}
	dv := excelize.NewDataValidation(true)
	dv.Sqref = area
	switch {
	case len(c.Choices) > 0:
		dv.SetSqrefDropList(w.lists[listKey(c)])
		if c.Strict {
			dv.SetError(excelize.DataValidationErrorStyleStop, "不在列表中", "请从下拉列表中选择。")
		} else {
			dv.SetError(excelize.DataValidationErrorStyleWarning, "不在列表中", "这个值不在下拉列表中。确实要这样填写吗？")
		}
	case c.Whole != [2]int{}:
		if err := dv.SetRange(c.Whole[0], c.Whole[1], excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween); err != nil {
			return err
		}
		dv.SetError(excelize.DataValidationErrorStyleStop, "数字不对", fmt.Sprintf("应为 %d 到 %d 之间的整数。", c.Whole[0], c.Whole[1]))
	}
	if c.Hint != "" {
		dv.SetInput(cut(c.Header, maxHintTitle), cut(c.Hint, maxHint))
	}
	return w.f.AddDataValidation(w.name, dv)
}

// tints colours the cells that hold a level's word. The rule asks for the cell's
// own text, so that it moves with the row.
func (w *sheetWriter) tints(c *sheet.Column, area string) error {
	var rules []excelize.ConditionalFormatOptions
	for _, t := range c.Colors {
		style, err := w.f.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{t.Color}}})
		if err != nil {
			return err
		}
		rules = append(rules, excelize.ConditionalFormatOptions{Type: "cell", Criteria: "==", Format: &style,
			Value: `"` + strings.ReplaceAll(plainText(t.Text), `"`, `""`) + `"`})
	}
	if rules == nil {
		return nil
	}
	return w.f.SetConditionalFormat(w.name, area, rules)
}

// headerNote pins a note to the header's cell, as large as its text.
func (w *sheetWriter) headerNote(c *sheet.Column, cell string) error {
	if c.Note == "" {
		return nil
	}
	lines := countLines(c.Note, noteColumns)
	return w.f.AddComment(w.name, excelize.Comment{Cell: cell, Author: "廉哨", Width: noteColumns * 8, Height: uint(lines*18 + 16),
		Paragraph: []excelize.RichTextRun{{Text: plainText(c.Note), Font: &excelize.Font{Family: fontName, Size: 10}}}})
}

// noteColumns is how wide a note is, in characters of half width.
const noteColumns = 40
