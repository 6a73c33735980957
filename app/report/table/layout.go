package table

import (
	"errors"
	"fmt"

	"lianshao/app/report/draw"
)

// Millimetres and factors of the look.
const (
	padX         = 1.1  // between a cell's border and its text, left and right
	padY         = 1.0  // above and below
	lineFactor   = 1.36 // line height in font sizes
	ascent       = 0.88 // of a Chinese glyph above the baseline, in font sizes
	markSize     = 0.80 // side of the level square in font sizes
	markGap      = 0.35 // between square and text in font sizes
	defaultRow   = 11.0 // height of an empty row
	minShrink    = 0.7  // of NoWrap texts
	headerShrink = 0.88 // of a header that saves a line by it
	maxSpanPart  = 0.6  // of a page a merged cell's text may need before it is unmerged
)

var (
	gridInk    = draw.Color{R: 0x55, G: 0x55, B: 0x55, A: 0xff}
	headerFill = draw.Color{R: 0xec, G: 0xef, B: 0xf3, A: 0xff}
	groupFill  = draw.Color{R: 0xf6, G: 0xf7, B: 0xf9, A: 0xff}
)

// box is a laid out cell. Rows refer to boxes by pointer: slots that share one
// box are merged, wherever a page cuts them.
type box struct {
	lines []string
	size  float64 // mm
	bold  bool
	align draw.Align
	fill  draw.Color
	mark  draw.Color
	spans bool // merged over several rows
}

// height is what the box needs, padding included; an empty box still needs a line.
func (b *box) height() float64 {
	return float64(max(1, len(b.lines)))*b.size*lineFactor + 2*padY
}

// row is a laid out row: one slot per column, several slots may share a box.
type row struct {
	slots []*box
	h     float64 // natural height without merged cells
	least float64 // asked for by the model
	head  bool    // group heading
	group *row    // the heading this row stands under
}

// layout holds what does not change from page to page.
type layout struct {
	model      *TableModel
	m          draw.Measurer
	sizes      Sizes // in mm
	x, y, w, h float64
	colX       []float64 // left edges, and the right edge of the last column
	header     []*row
	headerH    float64
	titleH     float64
	rows       []*row
	merged     bool // some cell spans rows
}

func newLayout(t *TableModel, m draw.Measurer) (*layout, error) {
	if len(t.Columns) == 0 {
		return nil, errors.New("表格没有列，无法打印")
	}
	l := &layout{model: t, m: m, sizes: sizesMM(t.Sizes)}
	l.x, l.y, l.w, l.h = t.Page.Inner()
	l.h -= draw.FooterHeight
	if err := l.columns(); err != nil {
		return nil, err
	}
	l.shrinkHeader()
	l.buildHeader()
	l.titleH = l.titleHeight()
	if l.h-l.headerH-l.titleH < 25 {
		return nil, fmt.Errorf("纸张太小，标题和表头就占满了一页（高 %.0f 毫米），请改用更大的纸张或减少列数", l.headerH+l.titleH)
	}
	return l, l.buildRows()
}

func sizesMM(s Sizes) Sizes {
	pick := func(v, def float64) float64 {
		if v <= 0 {
			v = def
		}
		return v * draw.PointMM
	}
	return Sizes{
		Title: pick(s.Title, 18), Subtitle: pick(s.Subtitle, 10), Header: pick(s.Header, 9.5),
		Text: pick(s.Text, 9), Note: pick(s.Note, 8.5),
	}
}

// columns shares out the width: fixed columns first, weights the rest.
func (l *layout) columns() error {
	fixed, weights := 0.0, 0.0
	for _, c := range l.model.Columns {
		if c.Width > 0 {
			fixed += c.Width
		} else {
			weights += weight(c)
		}
	}
	scale, rest := 1.0, l.w-fixed
	switch {
	case weights == 0:
		scale = l.w / fixed
	case rest < l.w/4: // keep a quarter for the columns that share
		rest = l.w / 4
		scale = (l.w - rest) / fixed
	}
	l.colX = append(l.colX, l.x)
	for i, c := range l.model.Columns {
		w := c.Width * scale
		if c.Width <= 0 {
			w = rest * weight(c) / weights
		}
		if w-2*padX < l.sizes.Text {
			return fmt.Errorf("第 %d 列“%s”只剩 %.1f 毫米宽，写不下字，请减少列数、改为横向或换用 A3 纸", i+1, c.Title, w)
		}
		l.colX = append(l.colX, l.colX[i]+w)
	}
	l.colX[len(l.colX)-1] = l.x + l.w
	return nil
}

func weight(c Column) float64 {
	if c.Weight > 0 {
		return c.Weight
	}
	return 1
}

// width of n columns from column c, in mm.
func (l *layout) width(c, n int) float64 { return l.colX[c+n] - l.colX[c] }

// textBox wraps text for n columns from c.
func (l *layout) textBox(text string, size float64, bold bool, c, n int) *box {
	b := &box{size: size, bold: bold}
	if text != "" {
		b.lines = draw.Wrap(text, l.width(c, n)-2*padX, size, bold, l.m)
	}
	return b
}

// buildHeader makes one header row, or two when columns are grouped.
func (l *layout) buildHeader() {
	if l.model.Form {
		return
	}
	cols := l.model.Columns
	top := &row{slots: make([]*box, len(cols))}
	sub := &row{slots: make([]*box, len(cols))}
	grouped := false
	for i := 0; i < len(cols); {
		if cols[i].Group == "" {
			b := l.headerBox(cols[i].Title, i, 1)
			b.spans = true
			top.slots[i], sub.slots[i] = b, b
			i++
			continue
		}
		grouped = true
		n := 1
		for i+n < len(cols) && cols[i+n].Group == cols[i].Group {
			n++
		}
		g := l.headerBox(cols[i].Group, i, n)
		for k := i; k < i+n; k++ {
			top.slots[k] = g
			sub.slots[k] = l.headerBox(cols[k].Title, k, 1)
		}
		i += n
	}
	l.header = []*row{top}
	if grouped {
		l.header = append(l.header, sub)
	}
	l.measure(l.header, 0)
	for _, h := range l.heights(l.header) {
		l.headerH += h
	}
}

func (l *layout) headerBox(text string, c, n int) *box {
	b := &box{size: l.sizes.Header, bold: true, align: draw.Center, fill: headerFill}
	if text != "" {
		b.lines = draw.WrapEven(text, l.width(c, n)-2*padX, b.size, true, l.m)
	}
	return b
}

// shrinkHeader takes a slightly smaller size for the whole header if that saves
// a line anywhere: 序号 in a narrow column, （1-5） on one line.
func (l *layout) shrinkHeader() {
	full, small := 0, 0
	for i, c := range l.model.Columns {
		width := l.width(i, 1) - 2*padX
		full += len(draw.Wrap(c.Title, width, l.sizes.Header, true, l.m))
		small += len(draw.Wrap(c.Title, width, l.sizes.Header*headerShrink, true, l.m))
	}
	if small < full {
		l.sizes.Header *= headerShrink
	}
}

// measure sets the natural heights from the boxes that do not span rows.
func (l *layout) measure(rows []*row, least float64) {
	for _, r := range rows {
		r.h = max(least, r.least)
		for _, b := range r.slots {
			if !b.spans {
				r.h = max(r.h, b.height())
			}
		}
	}
}

// buildRows lays out all rows, splits the ones taller than a page and adds blank rows.
func (l *layout) buildRows() error {
	rows, err := l.place()
	if err != nil {
		return err
	}
	l.measure(rows, l.sizes.Text*lineFactor+2*padY)
	group := 0.0 // room that a repeated heading takes
	for _, r := range rows {
		limit := l.h - l.headerH - group
		if len(l.rows) == 0 {
			limit -= l.titleH
		}
		if r.head {
			group = r.h
		}
		l.rows = append(l.rows, split(r, limit)...)
	}
	l.addBlank()
	var head *row
	for _, r := range l.rows {
		if r.head {
			head = r
		}
		r.group = head
	}
	return nil
}

// addBlank adds the empty rows that the model counts, or says that there is nothing.
func (l *layout) addBlank() {
	t := l.model
	for range t.BlankRows {
		l.rows = append(l.rows, l.blank(l.blankHeight()))
	}
	if len(l.rows) > 0 || t.BlankRows == FillPage {
		return
	}
	text := t.Empty
	if text == "" {
		text = "暂无内容"
	}
	b := l.textBox(text, l.sizes.Text, false, 0, len(t.Columns))
	b.align = draw.Center
	l.rows = append(l.rows, &row{slots: fill(len(t.Columns), b), h: max(b.height(), 2*defaultRow)})
}

func (l *layout) blankHeight() float64 {
	if l.model.BlankHeight > 0 {
		return l.model.BlankHeight
	}
	return defaultRow
}

func (l *layout) blank(h float64) *row {
	r := &row{slots: make([]*box, len(l.model.Columns)), h: h}
	for c := range r.slots {
		r.slots[c] = &box{size: l.sizes.Text}
	}
	return r
}

// fillPage adds empty rows to the last page, stretched a little to end where the tail begins.
func (l *layout) fillPage(pages []page, tail float64) []page {
	if l.model.BlankRows != FillPage {
		return pages
	}
	if len(pages) == 0 {
		pages = []page{{}}
	}
	last := &pages[len(pages)-1]
	free := l.room(len(pages)-1) - l.used(*last) - tail - 0.01 // not to lose a page to rounding
	n := int(free / l.blankHeight())
	if len(l.rows) == 0 {
		n = max(n, 1)
	}
	for range n {
		l.rows = append(l.rows, l.blank(max(free/float64(n), l.blankHeight())))
	}
	last.to = len(l.rows)
	return pages
}

// place turns the model's rows into boxes.
func (l *layout) place() ([]*row, error) {
	src := l.model.Rows
	n := len(l.model.Columns)
	rows := make([]*row, len(src))
	for i := range rows {
		rows[i] = &row{slots: make([]*box, n), least: src[i].Height}
	}
	for i := range src {
		if src[i].Heading != "" {
			rows[i].head = true
			b := l.textBox(src[i].Heading, l.sizes.Text, true, 0, n)
			b.fill = groupFill
			rows[i].slots = fill(n, b)
			continue
		}
		if len(src[i].Cells) > n {
			return nil, fmt.Errorf("第 %d 行有 %d 格，表头只有 %d 列，请检查表格内容", i+1, len(src[i].Cells), n)
		}
		for c := range n {
			if rows[i].slots[c] == nil {
				l.placeCell(rows, i, c)
			}
		}
	}
	return rows, nil
}

func fill(n int, b *box) []*box {
	s := make([]*box, n)
	for i := range s {
		s[i] = b
	}
	return s
}

// placeCell makes the box of one cell and enters it in every slot it covers.
// Merges stop at the table's edge, at headings and at other merges.
func (l *layout) placeCell(rows []*row, r, c int) {
	src := &l.model.Rows[r]
	var cell Cell
	if c < len(src.Cells) {
		cell = src.Cells[c]
	}
	cols := 1
	for cols < cell.ColSpan && c+cols < len(l.model.Columns) && rows[r].slots[c+cols] == nil {
		cols++
	}
	b := l.cellBox(cell, src, c, cols)
	down := 1
	if b.height() <= maxSpanPart*(l.h-l.headerH-l.titleH) {
		for down < cell.RowSpan && r+down < len(rows) && l.model.Rows[r+down].Heading == "" {
			down++
		}
	}
	if down > 1 {
		b.spans, l.merged = true, true
	}
	for i := r; i < r+down; i++ {
		for k := c; k < c+cols; k++ {
			rows[i].slots[k] = b
		}
	}
}

func (l *layout) cellBox(cell Cell, src *Row, c, cols int) *box {
	col := &l.model.Columns[c]
	size, bold := l.sizes.Text, cell.Bold || src.Bold
	width := l.width(c, cols) - 2*padX
	if cell.Mark.A != 0 {
		width -= (markSize + markGap) * size
	}
	b := &box{size: size, bold: bold, align: col.Align, mark: cell.Mark, fill: cell.Fill}
	if b.fill.A == 0 {
		b.fill = src.Fill
	}
	if cell.Center {
		b.align = draw.Center
	}
	if cell.Text == "" {
		return b
	}
	if col.NoWrap {
		if w := l.m.Width(cell.Text, size, bold); w > width {
			b.size = size * max(minShrink, width/w)
		}
	}
	wrap := draw.Wrap
	if b.align == draw.Center {
		wrap = draw.WrapEven
	}
	b.lines = wrap(cell.Text, width, b.size, bold, l.m)
	return b
}
