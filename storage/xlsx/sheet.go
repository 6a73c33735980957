package xlsx

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"lianshao/app/intake"
	"lianshao/storage/cells"
	"lianshao/storage/numfmt"
)

// Limits of a sheet, besides those of package cells.
const (
	maxRow    = 1 << 20
	maxColumn = 1 << 14
	maxMerges = 20_000
	farColumn = 1_024 // no table is as wide; what stands beyond is pointed out
	farRow    = 1_000_000
)

// sheetParser turns a worksheet part into rows.
type sheetParser struct {
	ctx      context.Context
	strings  []string
	looks    []numfmt.Format // by style; nil when all show numbers as they are
	styles   int             // how many styles there are
	calc     calculated
	budget   *cells.Budget
	sheet    *cells.Sheet
	progress func(done int)

	row     intake.Row
	rowNo   int
	filled  bool // the row has content
	ordered bool
	lastNo  int
	width   int
	widest  int

	cell  cell
	first map[string]bool // what has been remarked once
}

// cell is the cell being read.
type cell struct {
	row, col int
	kind     []byte
	style    []byte
	value    []byte
	cdata    bool
	hasValue bool
	formula  bool
	picture  bool // WPS keeps a picture in a formula
	text     richText
}

func (p *sheetParser) parse(b []byte) error {
	s, err := newScanner(b)
	if err != nil {
		return err
	}
	p.ordered = true
	for {
		tok, err := s.next()
		if err != nil {
			return err
		}
		if tok == tokEOF {
			return p.finish()
		}
		if err := p.token(s, tok); err != nil {
			return err
		}
	}
}

// token handles one token by its depth: worksheet 1, sheetData 2, row 3, c 4,
// v, f, is 5.
func (p *sheetParser) token(s *scanner, tok int) error {
	switch tok {
	case tokStart:
		return p.start(s)
	case tokText:
		return p.textOf(s)
	}
	switch d := s.depth(); {
	case d == 2 && string(s.name) == "row" && p.inData(s):
		return p.endRow(s)
	case d == 3 && string(s.name) == "c" && p.inData(s):
		return p.endCell()
	case d > 4:
		return p.cell.text.see(s, tok)
	}
	return nil
}

func (p *sheetParser) inData(s *scanner) bool {
	return string(local(s.stack[1])) == "sheetData"
}

func (p *sheetParser) start(s *scanner) error {
	switch d := s.depth(); {
	case d == 3 && string(s.name) == "row" && p.inData(s):
		return p.startRow(s)
	case d == 4 && string(s.name) == "c" && p.inData(s):
		return p.startCell(s)
	case d == 5 && p.inData(s):
		p.cell.hasValue = p.cell.hasValue || string(s.name) == "v"
		p.cell.formula = p.cell.formula || string(s.name) == "f"
	case d > 5 && p.inData(s):
		return p.cell.text.see(s, tokStart)
	case d == 3 && string(s.name) == "mergeCell":
		return p.merge(s)
	case d == 3 && string(s.name) == "col" && s.flag("hidden"):
		p.hideColumns(s)
	}
	return nil
}

func (p *sheetParser) textOf(s *scanner) error {
	d := s.depth()
	if d < 5 || !p.inData(s) {
		return nil
	}
	switch top := s.stack[d-1]; {
	case d == 5 && string(local(top)) == "v":
		return p.cell.add(s)
	case d == 5 && string(local(top)) == "f":
		p.cell.picture = p.cell.picture || bytes.Contains(s.text, []byte("DISPIMG("))
	case d > 5:
		return p.cell.text.see(s, tokText)
	}
	return nil
}

// add takes a piece of the value; a comment or CDATA makes several.
func (c *cell) add(s *scanner) error {
	if c.value == nil {
		c.value, c.cdata = s.text, s.cdata
		return nil
	}
	before, err := decode(c.value, c.cdata)
	if err != nil {
		return err
	}
	more, err := decode(s.text, s.cdata)
	c.value, c.cdata = []byte(before+more), true // entities are resolved
	return err
}

func (p *sheetParser) startRow(s *scanner) error {
	no := p.rowNo + 1
	if v, ok := s.attr("r"); ok {
		n, err := strconv.Atoi(string(v))
		if err != nil {
			return errXML
		}
		no = n
	}
	if no < 1 || no > maxRow {
		return fault(fmt.Sprintf("的工作表“%s”的行号 %d 超出范围，文件已损坏，没有导入", p.sheet.Name, no))
	}
	p.rowNo, p.filled = no, false
	p.row = intake.Row{No: no, Hidden: s.flag("hidden")}
	p.cell.col = 0
	return nil
}

func (p *sheetParser) endRow(s *scanner) error {
	if p.rowNo%1024 == 0 {
		if err := p.ctx.Err(); err != nil {
			return err
		}
		p.progress(s.pos)
	}
	if !p.filled {
		return nil
	}
	p.ordered = p.ordered && p.rowNo > p.lastNo
	p.lastNo = p.rowNo
	p.width = len(p.row.Cells)
	p.widest = max(p.widest, p.width)
	if len(p.sheet.Rows) == cells.MaxRows {
		return p.sheet.TooMany()
	}
	if err := p.budget.Slots(p.width); err != nil {
		return err
	}
	p.sheet.Rows = append(p.sheet.Rows, p.row)
	return nil
}

func (p *sheetParser) startCell(s *scanner) error {
	row, col := p.rowNo, p.cell.col+1
	if v, ok := s.attr("r"); ok {
		row, col = cellRef(v)
		if row != p.rowNo || col < 1 {
			return fault(fmt.Sprintf("的工作表“%s”第 %d 行的单元格地址有误，文件已损坏，没有导入", p.sheet.Name, p.rowNo))
		}
	}
	if col > maxColumn {
		return fault(fmt.Sprintf("的工作表“%s”第 %d 行的列数超出范围，文件已损坏，没有导入", p.sheet.Name, p.rowNo))
	}
	if col <= p.cell.col {
		p.once("order", row, col, "从这里起有的格子没有按列的次序存放，已按各自的地址读取")
	}
	kind, _ := s.attr("t")
	style, _ := s.attr("s")
	text := p.cell.text
	p.cell = cell{row: row, col: col, kind: kind, style: style, text: text}
	return nil
}

// once remarks the first of what concerns many cells.
func (p *sheetParser) once(what string, row, col int, message string) {
	if !p.first[what] {
		if p.first == nil {
			p.first = map[string]bool{}
		}
		p.first[what] = true
		p.sheet.Remark(row, col, message)
	}
}

// cellRef reads B12; 0, 0 when it is none.
func cellRef(v []byte) (row, col int) {
	i := 0
	for ; i < len(v) && v[i] >= 'A' && v[i] <= 'Z'; i++ {
		col = col*26 + int(v[i]-'A') + 1
		if col > maxColumn {
			return 0, 0
		}
	}
	if i == 0 || i == len(v) {
		return 0, 0
	}
	for ; i < len(v); i++ {
		if v[i] < '0' || v[i] > '9' {
			return 0, 0
		}
		row = row*10 + int(v[i]-'0')
		if row > maxRow {
			return 0, 0
		}
	}
	return row, col
}

func (p *sheetParser) endCell() error {
	c := &p.cell
	value, err := p.value(c)
	if err != nil {
		return err
	}
	if strings.TrimSpace(value) == "" {
		return nil
	}
	p.filled = true
	if c.col > farColumn || c.row > farRow {
		p.once("far", c.row, c.col, "离表格很远的地方还有内容，请核对是不是误填的")
	}
	if p.row.Cells == nil {
		p.row.Cells = make([]string, 0, max(p.width, c.col))
	}
	if c.col <= len(p.row.Cells) && p.row.Cells[c.col-1] != "" {
		return fault(fmt.Sprintf("的工作表“%s”的 %s 出现了两次，文件已损坏，没有导入", p.sheet.Name, intake.CellName(c.row, c.col)))
	}
	for len(p.row.Cells) < c.col {
		p.row.Cells = append(p.row.Cells, "")
	}
	p.row.Cells[c.col-1] = value
	return nil
}

// value returns the cell's raw value as text, "" with a note when there is no
// trustworthy one.
func (p *sheetParser) value(c *cell) (string, error) {
	inline := c.text.take()
	if c.picture {
		p.remark(c, "是嵌入的图片，没有导入")
		return "", nil
	}
	if string(c.kind) == "inlineStr" {
		return p.text(c, inline, true)
	}
	if c.formula && !p.computed(c) {
		p.remark(c, cells.NoResult)
		return "", nil
	}
	if c.value == nil {
		return "", nil
	}
	switch string(c.kind) {
	case "s":
		n, err := strconv.Atoi(string(bytes.TrimSpace(c.value)))
		if err != nil || n < 0 || n >= len(p.strings) {
			return "", fault(fmt.Sprintf("的工作表“%s”的 %s 指向不存在的文字，文件已损坏，没有导入", p.sheet.Name, intake.CellName(c.row, c.col)))
		}
		return p.text(c, p.strings[n], false)
	case "", "n":
		return p.number(c)
	}
	text, err := decode(c.value, c.cdata)
	if err != nil {
		return "", err
	}
	switch string(c.kind) {
	case "b":
		return map[bool]string{true: "TRUE", false: "FALSE"}[strings.TrimSpace(text) == "1"], nil
	case "e":
		p.sheet.Failed(c.row, c.col, text)
		return "", nil
	case "d":
		return p.isoDate(c, strings.TrimSpace(text)), nil
	}
	return p.text(c, unquote(text), true)
}

// computed reports whether a formula has a result. A text may be empty; a number is
// not, and 0 in a file that no spreadsheet has calculated is what libraries put there.
func (p *sheetParser) computed(c *cell) bool {
	v := bytes.TrimSpace(c.value)
	switch string(c.kind) {
	case "", "n":
	case "s", "b", "d", "e":
		return len(v) > 0
	default:
		return c.hasValue
	}
	if len(v) > 0 && p.calc == stale && !isZero(v) {
		p.once("stale", c.row, c.col, "从这里起公式的结果可能还是旧的（文件写明打开时要重新计算），请核对，或在 Excel、WPS 中打开并保存一次再导入")
	}
	return len(v) > 0 && (p.calc == done || !isZero(v))
}

// isZero reports whether a number is written as 0 or 0.0.
func isZero(v []byte) bool { return len(bytes.Trim(v, "0.")) == 0 }

// isoDate returns a date written out, 2026-09-20T08:30:00.000Z, as dates are read
// elsewhere.
func (p *sheetParser) isoDate(c *cell, s string) string {
	universal := strings.HasSuffix(s, "Z")
	s, clock, _ := strings.Cut(strings.TrimSuffix(s, "Z"), "T")
	clock, _, _ = strings.Cut(clock, ".")
	clock = strings.TrimSuffix(clock, ":00")
	if s == "" || clock == "" || clock == "00:00" {
		return cmp.Or(s, clock)
	}
	if universal {
		p.once("universal", c.row, c.col, "从这里起有日期写的是世界时，比北京时间早 8 小时，日子可能差一天，请核对")
	}
	return s + " " + clock
}

// text returns a text that a cell can hold; fresh when it is not in the table of
// strings.
func (p *sheetParser) text(c *cell, s string, fresh bool) (string, error) {
	if fresh {
		if err := p.budget.Text(len(s)); err != nil {
			return "", err
		}
	}
	return p.sheet.Text(c.row, c.col, s), nil
}

// number returns a number as it is written, or the date it stands for.
func (p *sheetParser) number(c *cell) (string, error) {
	b := bytes.TrimSpace(c.value)
	look := p.look(c)
	if look.Plain() && len(b) < 16 && allDigits(b) {
		return string(b), nil
	}
	if len(b) == 0 {
		return "", nil
	}
	v, err := strconv.ParseFloat(string(b), 64)
	if err != nil {
		v = math.NaN()
	}
	if look.Plain() && len(b) < 15 && math.Abs(v) < 1e15 && !bytes.ContainsAny(b, "eE") {
		return string(b), nil
	}
	text, number := p.sheet.Number(c.row, c.col, v, look)
	if number != "" {
		p.row.Dressed(c.col-1, number)
	}
	return text, nil
}

// look tells by a cell's style how its number is shown.
func (p *sheetParser) look(c *cell) numfmt.Format {
	if len(c.style) == 0 || p.looks == nil && len(c.style) < 3 {
		return numfmt.Format{}
	}
	n, err := strconv.Atoi(string(c.style))
	switch {
	case p.styles > 0 && (err != nil || n < 0 || n >= p.styles):
		p.once("style", c.row, c.col, "用了文件里没有的格式，从这里起这样的格子按常规格式读取")
	case err == nil && n >= 0 && n < len(p.looks):
		return p.looks[n]
	}
	return numfmt.Format{}
}

func allDigits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(b) > 0
}

func (p *sheetParser) remark(c *cell, message string) { p.sheet.Remark(c.row, c.col, message) }

// hideColumns notes hidden columns; finish keeps those with content.
func (p *sheetParser) hideColumns(s *scanner) {
	a, _ := s.attr("min")
	b, _ := s.attr("max")
	from, err1 := strconv.Atoi(string(a))
	to, err2 := strconv.Atoi(string(b))
	if err1 != nil || err2 != nil || from < 1 {
		return
	}
	for c := from; c <= min(to, from+255, maxColumn); c++ {
		p.sheet.HiddenCols = append(p.sheet.HiddenCols, c-1)
	}
}

func (p *sheetParser) merge(s *scanner) error {
	ref, ok := s.attr("ref")
	if !ok {
		return errXML
	}
	a, b, two := bytes.Cut(ref, []byte(":"))
	if !two {
		return nil // one cell
	}
	r := intake.Range{}
	r.Row1, r.Col1 = cellRef(a)
	r.Row2, r.Col2 = cellRef(b)
	if r.Row1 == 0 || r.Row2 == 0 {
		return errXML
	}
	if len(p.sheet.Merges) == maxMerges {
		p.once("merge", r.Row1, r.Col1, fmt.Sprintf("合并单元格超过 %d 处，从这里起按未合并处理", maxMerges))
		return nil
	}
	p.sheet.Merges = append(p.sheet.Merges, r)
	return nil
}

// finish puts the rows in order and closes the notes.
func (p *sheetParser) finish() error {
	sh := p.sheet
	sh.HiddenCols = slices.DeleteFunc(sh.HiddenCols, func(c int) bool { return c >= p.widest })
	if len(sh.HiddenCols) == 0 {
		sh.HiddenCols = nil
	}
	sh.Close()
	if p.ordered {
		return nil
	}
	slices.SortStableFunc(sh.Rows, func(a, b intake.Row) int { return cmp.Compare(a.No, b.No) })
	for i := 1; i < len(sh.Rows); i++ {
		if sh.Rows[i].No == sh.Rows[i-1].No {
			return fault(fmt.Sprintf("的工作表“%s”的第 %d 行出现了两次，文件已损坏，没有导入", sh.Name, sh.Rows[i].No))
		}
	}
	return nil
}
