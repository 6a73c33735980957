package ooxml

import (
	"fmt"
	"strconv"
	"strings"
)

// Excel's limits.
const (
	lastRow, lastColumn = 1 << 20, 1 << 14
	longestRule         = 255 // of a formula in a rule, of a hint's text
	longestRuleTitle    = 32
	longestError        = 255
)

// sheet checks a worksheet.
func (c *checker) sheet(part string, s *element, b *book) {
	if s.first("sheetViews").first("sheetView").attr("tabSelected") == "true" || s.first("sheetViews").first("sheetView").attr("tabSelected") == "1" {
		b.selected++
	}
	c.columns(part, s, b)
	c.rows(part, s, b)
	c.merged(part, s)
	c.rules(part, s, b)
	if f := s.first("headerFooter"); units(f.first("oddFooter").Text) > 255 || units(f.first("oddHeader").Text) > 255 {
		c.fault(part, "header or footer is too long")
	}
	for _, name := range []string{"sheetPr", "dimension", "sheetViews", "cols", "sheetData", "sheetProtection", "autoFilter", "mergeCells", "dataValidations", "printOptions", "pageMargins", "pageSetup", "headerFooter", "drawing", "legacyDrawing"} {
		if len(s.all(name)) > 1 {
			c.fault(part, "<%s> twice", name)
		}
	}
	if len(s.all("cols")) == 1 && len(s.first("cols").Children) == 0 {
		c.fault(part, "<cols> is empty")
	}
}

// columns stand from left to right and do not overlap.
func (c *checker) columns(part string, s *element, b *book) {
	last := 0
	for _, col := range s.first("cols").all("col") {
		from, to := col.number("min", 0), col.number("max", 0)
		if from <= last || to < from || to > lastColumn {
			c.fault(part, "column %d–%d after %d", from, to, last)
		}
		last = to
		if w, err := strconv.ParseFloat(col.attr("width"), 64); err != nil || w < 0 || w > 255 {
			c.fault(part, "column %d is %s wide", from, col.attr("width"))
		}
		if col.number("style", 0) >= b.formats {
			c.fault(part, "column %d has no format %s", from, col.attr("style"))
		}
	}
}

// rows go down, cells go right; what they refer to exists.
func (c *checker) rows(part string, s *element, b *book) {
	row := 0
	for _, r := range s.first("sheetData").all("row") {
		no := r.number("r", row+1)
		if no <= row || no > lastRow {
			c.fault(part, "row %d after %d", no, row)
		}
		row = no
		if h := r.attr("ht"); h != "" {
			if v, err := strconv.ParseFloat(h, 64); err != nil || v < 0 || v > 409.5 {
				c.fault(part, "row %d is %s high", no, h)
			}
		}
		c.cells(part, r, no, b)
	}
}

func (c *checker) cells(part string, r *element, row int, b *book) {
	last := 0
	for _, cell := range r.all("c") {
		at, ok := parseCell(cell.attr("r"))
		if !ok || at.row != row || at.col <= last {
			c.fault(part, "cell %s in row %d after column %d", cell.attr("r"), row, last)
		}
		last = at.col
		if cell.number("s", 0) >= b.formats {
			c.fault(part, "%s has no format %s", cell.attr("r"), cell.attr("s"))
		}
		v := cell.first("v").Text
		switch cell.attr("t") {
		case "s":
			if n, err := strconv.Atoi(v); err != nil || n < 0 || n >= b.strings {
				c.fault(part, "%s has no text %s", cell.attr("r"), v)
			}
		case "inlineStr":
			c.text(part, cell)
		case "b":
			if v != "0" && v != "1" {
				c.fault(part, "%s is neither yes nor no: %s", cell.attr("r"), v)
			}
		case "", "n":
			if _, err := strconv.ParseFloat(v, 64); err != nil && v != "" {
				c.fault(part, "%s is no number: %s", cell.attr("r"), v)
			}
		case "str":
			if units(v) > 32767 {
				c.fault(part, "%s is too long", cell.attr("r"))
			}
		default:
			c.fault(part, "%s is of type %s", cell.attr("r"), cell.attr("t"))
		}
	}
}

// merged areas have two cells or more and do not overlap.
func (c *checker) merged(part string, s *element) {
	list := s.first("mergeCells")
	if len(s.all("mergeCells")) > 0 && c.counted(part, list, "mergeCell") == 0 {
		c.fault(part, "<mergeCells> is empty")
	}
	var seen []area
	for _, m := range list.all("mergeCell") {
		a, ok := parseArea(m.attr("ref"))
		if !ok || a.from == a.to {
			c.fault(part, "merged %s", m.attr("ref"))
		}
		for _, other := range seen {
			if a.from.row <= other.to.row && other.from.row <= a.to.row && a.from.col <= other.to.col && other.from.col <= a.to.col {
				c.fault(part, "merged %s overlaps another", m.attr("ref"))
			}
		}
		seen = append(seen, a)
	}
}

// rules are drop-downs, hints and colours.
func (c *checker) rules(part string, s *element, b *book) {
	if list := s.first("dataValidations"); len(s.all("dataValidations")) > 0 && c.counted(part, list, "dataValidation") == 0 {
		c.fault(part, "<dataValidations> is empty")
	}
	for _, v := range s.first("dataValidations").all("dataValidation") {
		at := v.attr("sqref")
		for name, most := range map[string]int{"promptTitle": longestRuleTitle, "errorTitle": longestRuleTitle, "prompt": longestRule, "error": longestError} {
			if units(v.attr(name)) > most {
				c.fault(part, "%s of %s is longer than %d", name, at, most)
			}
		}
		formula := v.first("formula1").Text
		if units(formula) > longestRule || v.attr("type") != "" && formula == "" {
			c.fault(part, "rule of %s: %q", at, formula)
		}
		if v.attr("type") == "list" && !strings.HasPrefix(formula, `"`) && !strings.ContainsAny(formula, "!$") && !b.defined[formula] {
			c.fault(part, "list of %s is unknown: %s", at, formula)
		}
		c.areas(part, at)
	}
	priorities := map[int]bool{}
	for _, f := range s.all("conditionalFormatting") {
		c.areas(part, f.attr("sqref"))
		for _, r := range f.all("cfRule") {
			p := r.number("priority", 0)
			if p < 1 || priorities[p] {
				c.fault(part, "priority %d of %s", p, f.attr("sqref"))
			}
			priorities[p] = true
			if r.attr("dxfId") != "" && r.number("dxfId", 0) >= b.looks {
				c.fault(part, "no look %s", r.attr("dxfId"))
			}
			if r.attr("type") == "cellIs" && (r.attr("operator") == "" || r.first("formula").Text == "") {
				c.fault(part, "rule of %s compares with nothing", f.attr("sqref"))
			}
		}
	}
	if pane := s.first("sheetViews").first("sheetView").first("pane"); pane.attr("state") == "frozen" {
		cell, ok := parseCell(pane.attr("topLeftCell"))
		if !ok || cell.row != pane.number("ySplit", 0)+1 || cell.col != pane.number("xSplit", 0)+1 {
			c.fault(part, "frozen at %s×%s, shows from %s", pane.attr("xSplit"), pane.attr("ySplit"), pane.attr("topLeftCell"))
		}
	}
}

func (c *checker) areas(part, list string) {
	if list == "" {
		c.fault(part, "a rule of nothing")
	}
	for _, a := range strings.Fields(list) {
		if _, ok := parseArea(a); !ok {
			c.fault(part, "%s is no area", a)
		}
	}
}

// cell is a place, both counted from 1.
type cell struct{ row, col int }

type area struct{ from, to cell }

func parseCell(s string) (cell, bool) {
	i := strings.IndexAny(s, "0123456789")
	if i < 1 {
		return cell{}, false
	}
	col := 0
	for _, r := range s[:i] {
		if r < 'A' || r > 'Z' {
			return cell{}, false
		}
		col = col*26 + int(r-'A') + 1
	}
	row, err := strconv.Atoi(s[i:])
	return cell{row, col}, err == nil && row >= 1 && row <= lastRow && col <= lastColumn && fmt.Sprint(row) == s[i:]
}

func parseArea(s string) (area, bool) {
	from, to, two := strings.Cut(s, ":")
	a, ok := parseCell(from)
	if !two {
		return area{a, a}, ok
	}
	b, also := parseCell(to)
	return area{a, b}, ok && also && a.row <= b.row && a.col <= b.col
}
