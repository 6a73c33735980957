package xlsx

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"lianshao/app/report/draw"
	"lianshao/app/report/table"
)

// Looks and measures of written tables.
const (
	headerGrey   = "ECEFF3"
	headingGrey  = "F6F7F9"
	pointsPerMM  = 1 / draw.PointMM
	maxRowPoints = 409.0 // Excel's limit
	blankRows    = 15    // of a form to fill in by hand, where the paper fills its page
	lineFactor   = 1.36  // in font sizes
)

// tableSheet writes one table; the first error stops it.
type tableSheet struct {
	book  *tableBook
	t     *table.TableModel
	name  string
	sizes table.Sizes
	mm    []float64 // column widths
	row   int       // the last row written, from 1
	top   int       // first header row
	head  int       // last header row
	err   error
}

func (s *tableSheet) try(err error) {
	if s.err == nil {
		s.err = err
	}
}

func cellAt(col, row int) string {
	name, _ := excelize.CoordinatesToCellName(col, row)
	return name
}

// columns shares out the width as the paper does: fixed ones first, weights the rest.
func (s *tableSheet) columns() {
	_, _, width, _ := s.t.Page.Inner()
	fixed, weights := 0.0, 0.0
	for _, c := range s.t.Columns {
		if c.Width > 0 {
			fixed += c.Width
		} else {
			weights += weightOf(c)
		}
	}
	scale, rest := 1.0, width-fixed
	switch {
	case weights == 0:
		scale = width / fixed
	case rest < width/4: // keep a quarter for the columns that share
		rest = width / 4
		scale = (width - rest) / fixed
	}
	for i, c := range s.t.Columns {
		w := c.Width * scale
		if c.Width <= 0 {
			w = rest * weightOf(c) / weights
		}
		s.mm = append(s.mm, w)
		name, _ := excelize.ColumnNumberToName(i + 1)
		// A unit is a digit of 7 pixels at 96 dpi, with 5 pixels of padding.
		s.try(s.book.f.SetColWidth(s.name, name, name, max(2, (w*96/25.4-5)/7)))
	}
}

func weightOf(c table.Column) float64 {
	if c.Weight > 0 {
		return c.Weight
	}
	return 1
}

// put writes a cell with its look; numbers as numbers where asked.
func (s *tableSheet) put(col, row int, text string, l cellLook, numeric bool) {
	at := cellAt(col, row)
	if numeric {
		if v, decimals, ok := plainNumber(text); ok {
			if decimals > 0 {
				l.format = "0." + strings.Repeat("0", decimals)
			}
			s.try(s.book.f.SetCellFloat(s.name, at, v, decimals, 64))
			text = ""
		}
	}
	if text != "" {
		s.try(s.book.f.SetCellStr(s.name, at, text))
	}
	id, err := s.book.style(l)
	s.try(err)
	s.try(s.book.f.SetCellStyle(s.name, at, at, id))
}

// plainNumber reads a number that loses nothing by being stored as one: no
// leading zeros, no sign but minus, at most 15 digits.
func plainNumber(text string) (v float64, decimals int, ok bool) {
	digits := strings.TrimPrefix(text, "-")
	whole, frac, dotted := strings.Cut(digits, ".")
	if whole == "" || len(digits) > 15 || len(whole) > 1 && whole[0] == '0' || dotted && frac == "" ||
		strings.Trim(whole+frac, "0123456789") != "" {
		return 0, 0, false
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, len(frac), err == nil
}

// area merges a block and gives all its cells the look, so that borders are whole.
func (s *tableSheet) area(c1, r1, c2, r2 int, text string, l cellLook) {
	s.put(c1, r1, text, l, false)
	if c1 == c2 && r1 == r2 {
		return
	}
	id, err := s.book.style(l)
	s.try(err)
	s.try(s.book.f.SetCellStyle(s.name, cellAt(c1, r1), cellAt(c2, r2), id))
	s.try(s.book.f.MergeCell(s.name, cellAt(c1, r1), cellAt(c2, r2)))
}

func (s *tableSheet) height(row int, points float64) {
	s.try(s.book.f.SetRowHeight(s.name, row, min(points, maxRowPoints)))
}

// heading writes the title and the lines below it.
func (s *tableSheet) heading() {
	n := len(s.t.Columns)
	if s.t.Title != "" {
		s.row++
		s.area(1, s.row, n, s.row, s.t.Title, cellLook{size: s.sizes.Title, bold: true, align: "center"})
		s.height(s.row, s.need(s.t.Title, 0, n, s.sizes.Title)+6)
	}
	for _, l := range s.t.Subtitles {
		s.row++
		s.parts([]string{l.Left, l.Center, l.Right}, []string{"left", "center", "right"}, s.sizes.Subtitle)
		s.height(s.row, s.sizes.Subtitle*1.8)
	}
	for _, text := range s.t.Opening {
		s.row++
		s.area(1, s.row, n, s.row, text, cellLook{size: s.sizes.Subtitle, align: "left"})
		s.height(s.row, s.need(text, 0, n, s.sizes.Subtitle))
	}
}

// parts spreads texts over the columns of the current row, each in a merged stretch.
func (s *tableSheet) parts(texts, aligns []string, size float64) {
	n := len(s.t.Columns)
	if n < len(texts) {
		s.area(1, s.row, n, s.row, strings.TrimSpace(strings.Join(texts, "　")), cellLook{size: size, align: "left"})
		return
	}
	total := 0.0
	for _, w := range s.mm {
		total += w
	}
	from, x := 1, 0.0
	for i, text := range texts {
		to := from
		x += s.mm[from-1]
		for to < n-(len(texts)-1-i) && (i == len(texts)-1 || x+s.mm[to]/2 < total*float64(i+1)/float64(len(texts))) {
			x += s.mm[to]
			to++
		}
		s.area(from, s.row, to, s.row, text, cellLook{size: size, align: aligns[i]})
		from = to + 1
	}
}

// header writes one or two rows: groups above the titles of their columns.
func (s *tableSheet) header() {
	if s.t.Form {
		s.top, s.head = 0, s.row
		return
	}
	cols := s.t.Columns
	look := cellLook{size: s.sizes.Header, bold: true, grid: true, align: "center", fill: headerGrey}
	rows := 1
	for _, c := range cols {
		if c.Group != "" {
			rows = 2
		}
	}
	s.top, s.head = s.row+1, s.row+rows
	tall := 0.0
	for i := 0; i < len(cols); {
		end := i + 1
		if cols[i].Group == "" {
			s.area(i+1, s.top, i+1, s.head, cols[i].Title, look)
			tall = max(tall, s.need(cols[i].Title, i, 1, s.sizes.Header)/float64(rows))
			i = end
			continue
		}
		for end < len(cols) && cols[end].Group == cols[i].Group {
			end++
		}
		s.area(i+1, s.top, end, s.top, cols[i].Group, look)
		for ; i < end; i++ {
			s.put(i+1, s.head, cols[i].Title, look, false)
			tall = max(tall, s.need(cols[i].Title, i, 1, s.sizes.Header))
		}
	}
	for r := s.top; r <= s.head; r++ {
		s.height(r, tall)
	}
	s.row = s.head
}

// body writes the rows. Merges stop at headings and at other merges, as on paper.
func (s *tableSheet) body() {
	n := len(s.t.Columns)
	taken := map[[2]int]bool{}
	first := s.row + 1
	for i := range s.t.Rows {
		s.row++
		r := &s.t.Rows[i]
		if r.Heading != "" {
			s.area(1, s.row, n, s.row, r.Heading, cellLook{size: s.sizes.Text, bold: true, grid: true, align: "left", fill: headingGrey})
			s.height(s.row, s.need(r.Heading, 0, n, s.sizes.Text))
			continue
		}
		tall := max(s.sizes.Text*1.8, r.Height/draw.PointMM)
		for c := range n {
			if !taken[[2]int{i, c}] {
				tall = max(tall, s.cell(i, c, first, taken))
			}
		}
		s.height(s.row, tall)
	}
	if len(s.t.Rows) == 0 && s.t.BlankRows == 0 {
		s.row++
		text := s.t.Empty
		if text == "" {
			text = "暂无内容"
		}
		s.area(1, s.row, n, s.row, text, cellLook{size: s.sizes.Text, grid: true, align: "center"})
	}
}

// cell writes one cell with what it covers and answers the height its row needs.
func (s *tableSheet) cell(i, c, first int, taken map[[2]int]bool) float64 {
	r := &s.t.Rows[i]
	var cell table.Cell
	if c < len(r.Cells) {
		cell = r.Cells[c]
	}
	wide := 1
	for wide < cell.ColSpan && c+wide < len(s.t.Columns) && !taken[[2]int{i, c + wide}] {
		wide++
	}
	down := 1
	for down < cell.RowSpan && i+down < len(s.t.Rows) && s.t.Rows[i+down].Heading == "" {
		down++
	}
	look := s.look(r, &cell, c)
	if wide*down == 1 {
		s.put(c+1, first+i, cell.Text, look, s.t.Columns[c].Align != draw.Left || cell.Center)
		return s.need(cell.Text, c, 1, s.sizes.Text)
	}
	for y := range down {
		for x := range wide {
			taken[[2]int{i + y, c + x}] = true
		}
	}
	s.area(c+1, first+i, c+wide, first+i+down-1, cell.Text, look)
	return s.need(cell.Text, c, wide, s.sizes.Text) / float64(down)
}

func (s *tableSheet) look(r *table.Row, cell *table.Cell, c int) cellLook {
	l := cellLook{size: s.sizes.Text, bold: cell.Bold || r.Bold, grid: true, align: alignName(s.t.Columns[c].Align), fill: hex(cell.Fill)}
	if l.fill == "" {
		l.fill = hex(r.Fill)
	}
	if cell.Mark.A != 0 {
		l.fill = hex(tint(cell.Mark))
	}
	if cell.Center {
		l.align = "center"
	}
	return l
}

// need estimates the height in points of a text in n columns from c: Chinese
// characters are as wide as high, others about half.
func (s *tableSheet) need(text string, c, n int, size float64) float64 {
	room := -1.5 // padding, mm
	for _, w := range s.mm[c : c+n] {
		room += w
	}
	room = max(room*pointsPerMM, size)
	lines := 0.0
	for _, part := range strings.Split(text, "\n") {
		w := 0.0
		for _, r := range part {
			if r < 0x2000 {
				w += size * 0.55
			} else {
				w += size
			}
		}
		lines += max(1, math.Ceil(w*1.04/room))
	}
	return lines*size*lineFactor + 5
}

// blanks adds rows to fill in by hand.
func (s *tableSheet) blanks() {
	rows, mm := s.t.BlankRows, s.t.BlankHeight
	if rows == table.FillPage {
		rows = blankRows
	}
	if mm <= 0 {
		mm = 11
	}
	for range rows {
		s.row++
		for c := range s.t.Columns {
			s.put(c+1, s.row, "", cellLook{size: s.sizes.Text, grid: true, align: alignName(s.t.Columns[c].Align)}, false)
		}
		s.height(s.row, mm*pointsPerMM)
	}
}

// tail writes notes and signature fields.
func (s *tableSheet) tail() {
	n := len(s.t.Columns)
	for _, note := range s.t.Notes {
		s.row++
		s.area(1, s.row, n, s.row, note, cellLook{size: s.sizes.Note, align: "left"})
		s.height(s.row, s.need(note, 0, n, s.sizes.Note))
	}
	if len(s.t.Signs) == 0 {
		return
	}
	s.row++
	aligns := make([]string, len(s.t.Signs))
	for i := range aligns {
		aligns[i] = "left"
	}
	s.parts(s.t.Signs, aligns, s.sizes.Subtitle)
	s.height(s.row, s.sizes.Subtitle*3)
}

// page sets up printing: the paper's sheet and margins, one page wide, header rows
// on every page. FitToPage comes after everything that could reset it.
func (s *tableSheet) page() {
	f := s.book.f
	size, orientation := 9, "portrait"
	if s.t.Page.Paper == draw.A3 {
		size = 8
	}
	if s.t.Page.Landscape {
		orientation = "landscape"
	}
	one, none := 1, 0
	s.try(f.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &one, FitToHeight: &none}))
	s.margins()
	footer := s.t.Footer
	if footer == "" {
		footer = s.t.Title
	}
	number := "&R第 &P 页  共 &N 页"
	if s.t.Code != "" {
		number += "\n&8" + s.t.Code
	}
	s.try(f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: "&L" + strings.ReplaceAll(footer, "&", "&&") + number}))
	if s.top > 0 {
		s.repeatHeader()
	}
	yes := true
	s.try(f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &yes}))
}

// repeatHeader prints the header on every page and keeps it in sight.
func (s *tableSheet) repeatHeader() {
	f := s.book.f
	quoted := "'" + strings.ReplaceAll(s.name, "'", "''") + "'"
	s.try(f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.name,
		RefersTo: fmt.Sprintf("%s!$%d:$%d", quoted, s.top, s.head)}))
	s.try(f.SetPanes(s.name, &excelize.Panes{Freeze: true, YSplit: s.head, TopLeftCell: cellAt(1, s.head+1), ActivePane: "bottomLeft"}))
}

func (s *tableSheet) margins() {
	pw, ph := s.t.Page.Size()
	x, y, w, h := s.t.Page.Inner()
	inch := func(mm float64) *float64 { v := mm / 25.4; return &v }
	yes := true
	s.try(s.book.f.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{Left: inch(x), Right: inch(pw - x - w), Top: inch(y),
		Bottom: inch(ph - y - h), Header: inch(y / 2), Footer: inch((ph - y - h) / 2), Horizontally: &yes}))
}
