package widgets

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"golang.org/x/image/font/sfnt"
)

// gridPainter draws a DataGrid's visible part into one image. The image and the
// glyphs are kept between frames.
type gridPainter struct {
	g     *DataGrid
	img   *image.RGBA
	scale float64

	fontKey       string
	regular, bold *glyphFace
	small         *glyphFace
	c             gridColors
}

type gridColors struct {
	back, fore, muted, line, header, accent, selected, cursorRow, warn, hover color.NRGBA
}

// paint is the raster's generator: w and h are real pixels.
func (p *gridPainter) paint(w, h int) image.Image {
	if p.img == nil || p.img.Rect.Dx() != w || p.img.Rect.Dy() != h {
		p.img = image.NewRGBA(image.Rect(0, 0, w, h))
	}
	size := p.g.wholePixels(p.g.Size())
	if size.Width <= 0 || w == 0 || h == 0 {
		return p.img
	}
	p.scale = float64(w) / float64(size.Width)
	p.loadTheme()
	p.fill(p.img.Rect, p.c.back)
	p.rows()
	p.header()
	return p.img
}

// px turns widget units into whole pixels.
func (p *gridPainter) px(v float32) int { return int(math.Round(float64(v) * p.scale)) }

// line is the thickness of a hairline: one pixel, two on very dense screens.
func (p *gridPainter) line() int { return max(1, int(p.scale)) }

func (p *gridPainter) loadTheme() {
	th := p.g.Theme()
	v := variant()
	get := func(n fyne.ThemeColorName) color.NRGBA {
		return color.NRGBAModel.Convert(th.Color(n, v)).(color.NRGBA)
	}
	accent := get(theme.ColorNamePrimary)
	back := get(theme.ColorNameInputBackground)
	p.c = gridColors{
		back: back, fore: get(theme.ColorNameForeground), muted: get(theme.ColorNamePlaceHolder),
		line: get(theme.ColorNameSeparator), header: get(theme.ColorNameHeaderBackground), accent: accent,
		selected: mix(back, accent, 0.16), cursorRow: mix(back, accent, 0.07),
		warn: mix(back, get(theme.ColorNameWarning), 0.18), hover: mix(back, get(theme.ColorNameForeground), 0.025),
	}
	size := float64(th.Size(theme.SizeNameText)) * p.scale
	regular, bold := th.Font(fyne.TextStyle{}), th.Font(fyne.TextStyle{Bold: true})
	key := regular.Name() + "|" + bold.Name() + "|" + strconv.FormatFloat(size, 'f', 3, 64)
	if key == p.fontKey {
		return
	}
	p.fontKey = key
	symbols := parseFont(th.Font(fyne.TextStyle{Symbol: true}))
	chain := func(res fyne.Resource) (out []*sfnt.Font) {
		for _, ft := range []*sfnt.Font{parseFont(res), symbols} {
			if ft != nil {
				out = append(out, ft)
			}
		}
		return out
	}
	p.regular = newGlyphFace(size, chain(regular))
	p.bold = newGlyphFace(size, chain(bold))
	p.small = newGlyphFace(math.Round(size*0.82), chain(regular))
}

// rows paints the body: cell backgrounds, texts, hairlines.
func (p *gridPainter) rows() {
	g := p.g
	first, last := g.visibleRows()
	spans := g.spans()
	sel := g.selection()
	top := p.px(g.headerHeight())
	body := image.Rect(0, top, p.img.Rect.Max.X, p.img.Rect.Max.Y)
	for row := first; row <= last; row++ {
		y0, y1 := p.px(g.rowY(row)), p.px(g.rowY(row+1))
		band := image.Rect(0, y0, p.tableRight(), y1).Intersect(body)
		p.rowBack(row, band)
		for i, s := range spans {
			p.cell(row, s, p.spill(row, spans[i:]), y0, y1, body, sel)
		}
		p.number(row, y0, y1, body)
		p.fill(image.Rect(0, y1-p.line(), p.tableRight(), y1).Intersect(body), p.c.line)
	}
	p.frozenEdge(body)
	p.cursor(body)
}

// tableRight is where the last column ends on screen, in pixels.
func (p *gridPainter) tableRight() int {
	g := p.g
	x := g.numberWidth() + g.columnsWidth(len(g.visible)) - float32(g.offX)
	return min(p.px(max(x, 0)), p.img.Rect.Max.X)
}

func (p *gridPainter) rowBack(row int, band image.Rectangle) {
	switch {
	case row == p.g.cur.row:
		p.fill(band, p.c.cursorRow)
	case row == p.g.hoverRow:
		p.fill(band, p.c.hover)
	}
}

// spill is how far the text of the first cell may go on to the right: to its own end,
// or over the empty cells that follow it when the cell spills.
func (p *gridPainter) spill(row int, spans []span) float32 {
	g, end := p.g, spans[0].x+spans[0].w
	if !g.source.Cell(row, g.column(spans[0].col).ID).Spill {
		return end
	}
	for _, s := range spans[1:] {
		if c := g.source.Cell(row, g.column(s.col).ID); c.Text != "" || c.Check != NoCheck || c.Color != nil || s.col < g.Frozen {
			break
		}
		end = s.x + s.w
	}
	return end
}

// cell paints one cell; its text may reach to textEnd.
func (p *gridPainter) cell(row int, s span, textEnd float32, y0, y1 int, body image.Rectangle, sel block) {
	g := p.g
	col := g.column(s.col)
	box := image.Rect(p.px(s.x), y0, p.px(s.x+s.w), y1)
	clip := box.Intersect(image.Rect(p.px(s.minX), 0, p.px(s.maxX), p.img.Rect.Max.Y)).Intersect(body)
	if clip.Empty() {
		return
	}
	c := g.source.Cell(row, col.ID)
	switch {
	case sel.has(row, s.col) && !sel.single():
		p.fill(clip, p.c.selected)
	case c.Warn:
		p.fill(clip, p.c.warn)
	case s.col < g.Frozen: // opaque over scrolled columns
		p.fill(clip, p.c.back)
		p.rowBack(row, clip)
	}
	if c.Check != NoCheck {
		p.checkBox(box, clip, c.Check == Checked)
		return
	}
	end := p.px(textEnd)
	if end > box.Max.X {
		clip.Max.X = min(end, p.px(s.maxX))
	}
	p.cellText(c, col.Align, box, clip, end)
}

// cellText writes a cell's text from its place in the box to end at most.
func (p *gridPainter) cellText(c Cell, align Align, box, clip image.Rectangle, end int) {
	face, ink := p.regular, p.c.fore
	if c.Bold {
		face = p.bold
	}
	if c.Muted {
		ink = p.c.muted
	}
	text, _, _ := strings.Cut(c.Text, "\n")
	pad := p.px(cellPad)
	mark := 0
	if c.Color != nil {
		mark = p.px(16)
	}
	x := float64(box.Min.X + pad + mark)
	if align != AlignLeft {
		room := float64(box.Dx()-2*pad-mark) - face.width(text)
		if align == AlignCenter {
			room /= 2
		}
		x += max(0, room)
	}
	inner := image.Rect(clip.Min.X, clip.Min.Y, min(clip.Max.X, end-pad/2), clip.Max.Y)
	if mark > 0 {
		side := p.px(11)
		mx, my := int(x)-mark, (box.Min.Y+box.Max.Y-side)/2
		p.fill(image.Rect(mx, my, mx+side, my+side).Intersect(inner), color.NRGBAModel.Convert(c.Color).(color.NRGBA))
	}
	face.draw(p.img, text, x, p.baseline(box, face), ink, inner)
}

// baseline centres ideographs, whose middle is about 0.36 em above the line.
func (p *gridPainter) baseline(box image.Rectangle, f *glyphFace) int {
	return int(math.Round(float64(box.Min.Y+box.Max.Y)/2 + f.px*0.36))
}

func (p *gridPainter) number(row, y0, y1 int, body image.Rectangle) {
	if !p.g.RowNumbers {
		return
	}
	w := p.px(p.g.numberWidth())
	box := image.Rect(0, y0, w, y1)
	p.fill(box.Intersect(body), p.c.header)
	text := strconv.Itoa(row + 1)
	ink := p.c.muted
	if b := p.g.selection(); row >= b.first.row && row <= b.last.row {
		ink = p.c.accent
	}
	x := float64(w-p.px(rowNumberPad)) - p.small.width(text)
	p.small.draw(p.img, text, x, p.baseline(box, p.small), ink, box.Intersect(body))
	p.fill(image.Rect(w-p.line(), y0, w, y1).Intersect(body), p.c.line)
}

func (p *gridPainter) frozenEdge(body image.Rectangle) {
	g := p.g
	if g.Frozen <= 0 || g.Frozen >= len(g.visible) || g.offX == 0 {
		return
	}
	x := p.px(g.numberWidth() + g.columnsWidth(g.Frozen))
	p.fill(image.Rect(x-p.line(), 0, x, body.Max.Y), mix(p.c.line, p.c.fore, 0.25))
}

// cursor frames the cursor's cell, in the accent colour while the grid has the keyboard.
func (p *gridPainter) cursor(body image.Rectangle) {
	g := p.g
	if g.rowCount() == 0 || len(g.visible) == 0 {
		return
	}
	for _, s := range g.spans() {
		if s.col != g.cur.col {
			continue
		}
		ink := mix(p.c.line, p.c.fore, 0.35)
		if g.focused {
			ink = p.c.accent
		}
		box := image.Rect(p.px(s.x), p.px(g.rowY(g.cur.row)), p.px(s.x+s.w), p.px(g.rowY(g.cur.row+1))-p.line())
		clip := image.Rect(p.px(s.minX), body.Min.Y, p.px(s.maxX), body.Max.Y)
		p.frame(box, clip, ink, 2*p.line())
		if col := g.column(s.col); g.focused && col.Editable && (len(col.Options) > 0 || col.OptionsFor != nil) {
			at := image.Pt(box.Max.X-p.px(11), (box.Min.Y+box.Max.Y)/2)
			p.triangle(at, p.px(4), true, p.c.accent, clip)
		}
	}
}

func (p *gridPainter) header() {
	g := p.g
	h := p.px(g.headerHeight())
	head := image.Rect(0, 0, p.img.Rect.Max.X, h)
	p.fill(head, p.c.header)
	for _, s := range g.spans() {
		p.headerCell(s, h)
	}
	if w := p.px(g.numberWidth()); w > 0 {
		p.fill(image.Rect(0, 0, w, h), p.c.header)
		p.fill(image.Rect(w-p.line(), 0, w, h), p.c.line)
	}
	p.fill(image.Rect(0, h-p.line(), head.Max.X, h), mix(p.c.line, p.c.fore, 0.12))
}

func (p *gridPainter) headerCell(s span, h int) {
	col := p.g.column(s.col)
	box := image.Rect(p.px(s.x), 0, p.px(s.x+s.w), h)
	clip := box.Intersect(image.Rect(p.px(s.minX), 0, p.px(s.maxX), h))
	if clip.Empty() {
		return
	}
	back := p.c.header
	if col.Tint != nil {
		back = mix(back, color.NRGBAModel.Convert(col.Tint).(color.NRGBA), 0.22)
	}
	p.fill(clip, back)
	titleBox := box
	if col.Subtitle != "" {
		titleBox.Max.Y = h - p.px(17)
		p.headerText(p.small, col.Subtitle, col.Align, image.Rect(box.Min.X, h-p.px(22), box.Max.X, h-p.px(2)), clip, p.c.muted)
	}
	ink := mix(p.c.fore, p.c.header, 0.25)
	if col.ID == p.g.sortCol {
		ink = p.c.accent
		at := image.Pt(box.Max.X-p.px(10), (titleBox.Min.Y+titleBox.Max.Y)/2)
		p.triangle(at, p.px(4), p.g.sortDesc, p.c.accent, clip)
		clip.Max.X = min(clip.Max.X, box.Max.X-p.px(16))
		if col.Align != AlignLeft {
			titleBox.Max.X -= p.px(10)
		}
	}
	p.headerText(p.bold, col.Title, col.Align, titleBox, clip, ink)
	p.fill(image.Rect(box.Max.X-p.line(), p.px(6), box.Max.X, h-p.px(6)).Intersect(
		image.Rect(p.px(s.minX), 0, p.px(s.maxX), h)), p.c.line)
}

func (p *gridPainter) headerText(f *glyphFace, text string, align Align, box, clip image.Rectangle, ink color.NRGBA) {
	pad := p.px(cellPad)
	x := float64(box.Min.X + pad)
	if align != AlignLeft {
		room := float64(box.Dx()-2*pad) - f.width(text)
		if align == AlignCenter {
			room /= 2
		}
		x += max(0, room)
	}
	f.draw(p.img, text, x, p.baseline(box, f), ink, clip)
}

func (p *gridPainter) fill(r image.Rectangle, c color.NRGBA) {
	draw.Draw(p.img, r, image.NewUniform(c), image.Point{}, draw.Src)
}

func (p *gridPainter) frame(r, clip image.Rectangle, c color.NRGBA, w int) {
	for _, e := range []image.Rectangle{
		{r.Min, image.Pt(r.Max.X, r.Min.Y+w)}, {image.Pt(r.Min.X, r.Max.Y-w), r.Max},
		{r.Min, image.Pt(r.Min.X+w, r.Max.Y)}, {image.Pt(r.Max.X-w, r.Min.Y), r.Max},
	} {
		p.fill(e.Intersect(clip), c)
	}
}

// triangle draws the sort and drop-down marks; no font is trusted with them.
func (p *gridPainter) triangle(at image.Point, half int, down bool, c color.NRGBA, clip image.Rectangle) {
	for i := 0; i <= half; i++ {
		y := at.Y - half/2 + i
		w := i
		if down {
			w = half - i
		}
		p.fill(image.Rect(at.X-w, y, at.X+w+1, y+1).Intersect(clip), c)
	}
}

// checkBox draws a box and its tick with pixels, since ☐ and ☑ are not in every font.
func (p *gridPainter) checkBox(box, clip image.Rectangle, on bool) {
	side := p.px(14)
	at := image.Pt((box.Min.X+box.Max.X-side)/2, (box.Min.Y+box.Max.Y-side)/2)
	r := image.Rectangle{at, at.Add(image.Pt(side, side))}
	if !on {
		p.frame(r, clip, p.c.muted, p.line())
		return
	}
	p.fill(r.Intersect(clip), p.c.accent)
	thick := max(2, p.px(2))
	for i := 0; i < side; i++ { // two strokes: down to the third, then up
		x := r.Min.X + i
		var y int
		switch {
		case i < side*2/10 || i > side*8/10:
			continue
		case i <= side*4/10:
			y = r.Min.Y + side*5/10 + (i - side*2/10)
		default:
			y = r.Min.Y + side*7/10 - (i - side*4/10)
		}
		p.fill(image.Rect(x, y-thick/2, x+1, y-thick/2+thick).Intersect(clip), p.c.back)
	}
}

// mix blends share t (0–1) of b into a; both opaque.
func mix(a, b color.NRGBA, t float64) color.NRGBA {
	f := func(x, y uint8) uint8 { return uint8(math.Round(float64(x)*(1-t) + float64(y)*t)) }
	return color.NRGBA{f(a.R, b.R), f(a.G, b.G), f(a.B, b.B), 255}
}
