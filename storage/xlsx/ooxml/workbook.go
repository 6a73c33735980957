package ooxml

import (
	"regexp"
	"strconv"
	"strings"
)

// book is what sheets refer to.
type book struct {
	names             map[string]bool // of sheets, as they are written
	formats, looks    int             // cellXfs, dxfs
	strings           int
	defined           map[string]bool
	visible, selected int
}

var namePattern = regexp.MustCompile(`^[\p{L}_\\][\p{L}\p{N}_.\\]*$`)

// workbook checks xl/workbook.xml and everything below it.
func (c *checker) workbook() {
	const name = "xl/workbook.xml"
	w := c.xml[name]
	if w == nil {
		c.fault(name, "is missing")
		return
	}
	b := &book{names: map[string]bool{}, defined: map[string]bool{}}
	c.styles(b)
	c.sharedStrings(b)
	sheets := w.first("sheets").all("sheet")
	ids := map[string]bool{}
	for _, s := range sheets {
		title := s.attr("name")
		switch {
		case title == "", units(title) > 31, strings.ContainsAny(title, `[]:*?/\`), strings.HasPrefix(title, "'"), strings.HasSuffix(title, "'"):
			c.fault(name, "%q is no name of a sheet", title)
		case b.names[strings.ToLower(title)]:
			c.fault(name, "two sheets are called %q", title)
		case ids[s.attr("sheetId")]:
			c.fault(name, "sheetId %s twice", s.attr("sheetId"))
		}
		b.names[strings.ToLower(title)], ids[s.attr("sheetId")] = true, true
		if s.attr("state") == "" || s.attr("state") == "visible" {
			b.visible++
		}
	}
	if b.visible == 0 {
		c.fault(name, "every sheet is hidden")
	}
	if at := w.first("bookViews").first("workbookView").number("activeTab", 0); at >= len(sheets) || sheets[at].attr("state") == "hidden" {
		c.fault(name, "sheet %d cannot be the one on top", at)
	}
	c.definedNames(name, w, b, len(sheets))
	for _, s := range sheets {
		for _, a := range s.Attrs {
			if a.Name.Local == "id" {
				if part := c.related(name, a.Value); c.xml[part] != nil {
					c.sheet(part, c.xml[part], b)
				}
			}
		}
	}
	if b.selected > 1 {
		c.fault(name, "%d sheets are selected: typing would go into all of them", b.selected)
	}
}

func (c *checker) definedNames(part string, w *element, b *book, sheets int) {
	seen := map[string]bool{}
	for _, d := range w.first("definedNames").all("definedName") {
		name, scope := d.attr("name"), d.number("localSheetId", -1)
		if key := strings.ToLower(name) + "/" + strconv.Itoa(scope); seen[key] {
			c.fault(part, "name %s twice in sheet %d", name, scope)
		} else {
			seen[key] = true
		}
		if !namePattern.MatchString(name) || units(name) > 255 || scope >= sheets {
			c.fault(part, "%q (%d) is no name", name, scope)
		}
		if to, _, ok := strings.Cut(d.Text, "!"); !ok || !b.names[strings.ToLower(strings.ReplaceAll(strings.Trim(to, "'"), "''", "'"))] {
			c.fault(part, "name %s leads nowhere: %s", name, d.Text)
		}
		b.defined[name] = true
	}
}

// counted checks a list against the number it states.
func (c *checker) counted(part string, list *element, child string) int {
	n := len(list.all(child))
	if n != list.number("count", n) {
		c.fault(part, "<%s> says %s, has %d", list.XMLName.Local, list.attr("count"), n)
	}
	return n
}

func (c *checker) styles(b *book) {
	const part = "xl/styles.xml"
	s := c.xml[part]
	if s == nil {
		c.fault(part, "is missing")
		return
	}
	have := map[string]int{}
	for list, child := range map[string]string{"numFmts": "numFmt", "fonts": "font", "fills": "fill", "borders": "border", "cellStyleXfs": "xf", "cellXfs": "xf", "cellStyles": "cellStyle", "dxfs": "dxf"} {
		have[list] = c.counted(part, s.first(list), child)
	}
	b.formats, b.looks = have["cellXfs"], have["dxfs"]
	own := map[int]bool{}
	for _, f := range s.first("numFmts").all("numFmt") {
		id := f.number("numFmtId", 0)
		if own[id] || id < 164 || units(f.attr("formatCode")) > 255 {
			c.fault(part, "number format %d: %s", id, f.attr("formatCode"))
		}
		own[id] = true
	}
	for _, x := range s.first("cellXfs").all("xf") {
		if n := x.number("numFmtId", 0); n >= 164 && !own[n] {
			c.fault(part, "no number format %d", n)
		}
		for attr, list := range map[string]string{"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"} {
			if x.number(attr, 0) >= have[list] {
				c.fault(part, "%s %s is not in <%s>", attr, x.attr(attr), list)
			}
		}
	}
	if have["cellXfs"] > 65490 {
		c.fault(part, "%d formats of cells", have["cellXfs"])
	}
}

// sharedStrings wants the texts counted. How often they are used (count) is a hint that
// nobody relies on.
func (c *checker) sharedStrings(b *book) {
	const part = "xl/sharedStrings.xml"
	s := c.xml[part]
	if s == nil {
		return
	}
	items := s.all("si")
	b.strings = len(items)
	if n := s.number("uniqueCount", len(items)); n != len(items) {
		c.fault(part, "says %d different texts, has %d", n, len(items))
	}
	for _, si := range items {
		c.text(part, si)
	}
}

// text checks the texts of an item: lengths, and spaces at the ends that are kept.
func (c *checker) text(part string, e *element) {
	total := 0
	e.walk(func(x *element) {
		if x.XMLName.Local != "t" {
			return
		}
		total += units(x.Text)
		if strings.Trim(x.Text, " \t\r\n") != x.Text && x.attr("space") != "preserve" {
			c.fault(part, "%.20q loses its spaces", x.Text)
		}
	})
	if total > 32767 {
		c.fault(part, "a text of %d characters", total)
	}
}
