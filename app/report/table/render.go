package table

import (
	"strings"

	"lianshao/app/report/draw"
)

const (
	gridWidth  = 0.2
	frameWidth = 0.35
	signGap    = 7.0  // above each row of signatures
	signLine   = 32.0 // least room to sign in
)

// tailLine is one line under the table: a line of a note or a row of signatures.
type tailLine struct {
	h     float64
	text  string
	signs []string
	slots int // columns of signatures in this and the other rows
}

// tail lays out notes and signatures.
func (l *layout) tail() []tailLine {
	var tail []tailLine
	size := l.sizes.Note
	for i, note := range l.model.Notes {
		for k, s := range draw.Wrap(note, l.w, size, false, l.m) {
			h := size * lineFactor
			if i+k == 0 {
				h += 1.5
			}
			tail = append(tail, tailLine{h: h, text: s})
		}
	}
	signs := l.model.Signs
	if len(signs) == 0 {
		return tail
	}
	widest := 0.0
	for _, s := range signs {
		widest = max(widest, l.m.Width(s, l.sizes.Subtitle, false))
	}
	slots := min(len(signs), max(1, int(l.w/(widest+signLine))))
	for len(signs) > 0 {
		n := min(slots, len(signs))
		tail = append(tail, tailLine{h: signGap + l.sizes.Subtitle*lineFactor, signs: signs[:n], slots: slots})
		signs = signs[n:]
	}
	return tail
}

func (l *layout) titleHeight() float64 {
	h := 0.0
	if l.model.Title != "" {
		h += float64(len(l.titleLines()))*l.sizes.Title*1.3 + 2
	}
	h += float64(len(l.model.Subtitles)) * l.sizes.Subtitle * 1.6
	if n := len(l.openingLines()); n > 0 {
		h += float64(n)*l.sizes.Subtitle*openingLine + openingGap
	}
	return h
}

const (
	openingLine = 1.5 // height of a line of the opening in font sizes
	openingGap  = 2.0 // below it
)

// openingLines are the wrapped paragraphs above the table.
func (l *layout) openingLines() (lines []string) {
	for _, p := range l.model.Opening {
		lines = append(lines, draw.Wrap(p, l.w, l.sizes.Subtitle, false, l.m)...)
	}
	return lines
}

func (l *layout) titleLines() []string {
	return draw.Wrap(l.model.Title, l.w, l.sizes.Title, true, l.m)
}

// render draws the pages.
func (l *layout) render(pages []page, tail []tailLine) []draw.Drawing {
	var out []draw.Drawing
	y := l.y
	for i, p := range pages {
		d := l.newPage()
		y = l.y
		if i == 0 {
			y = l.drawTitle(d, y)
		}
		body := l.body(p)
		rows := append(append([]*row{}, l.header...), body...)
		hs := append(l.heights(l.header), l.heights(body)...)
		y = l.drawGrid(d, rows, hs, y)
		out = append(out, *d)
	}
	for _, t := range tail {
		if y+t.h > l.y+l.h {
			out = append(out, *l.newPage())
			y = l.y
		}
		l.drawTail(&out[len(out)-1], t, y)
		y += t.h
	}
	out = append(out, l.figures()...)
	for i := range out {
		l.drawFooter(&out[i], i+1, len(out))
	}
	return out
}

func (l *layout) newPage() *draw.Drawing {
	w, h := l.model.Page.Size()
	return &draw.Drawing{W: w, H: h, Items: make([]draw.Item, 0, 256)}
}

func (l *layout) drawTitle(d *draw.Drawing, y float64) float64 {
	if l.model.Title != "" {
		for _, s := range l.titleLines() {
			d.Add(draw.Text{X: l.x + l.w/2, Y: y + l.sizes.Title, Size: l.sizes.Title, Bold: true, Color: draw.Ink, Align: draw.Center, String: s})
			y += l.sizes.Title * 1.3
		}
		y += 2
	}
	for _, s := range l.model.Subtitles {
		h := l.sizes.Subtitle * 1.6
		d.Add(l.threeParts(s, y+h*0.68)...)
		y += h
	}
	opening := l.openingLines()
	for _, s := range opening {
		h := l.sizes.Subtitle * openingLine
		d.Add(draw.Text{X: l.x, Y: y + h*0.68, Size: l.sizes.Subtitle, Color: draw.Ink, String: s})
		y += h
	}
	if len(opening) > 0 {
		y += openingGap
	}
	return y
}

func (l *layout) threeParts(s Line, y float64) []draw.Item {
	var items []draw.Item
	add := func(x float64, a draw.Align, text string) {
		if text != "" {
			items = append(items, draw.Text{X: x, Y: y, Size: l.sizes.Subtitle, Color: draw.Ink, Align: a, String: text})
		}
	}
	add(l.x, draw.Left, s.Left)
	add(l.x+l.w/2, draw.Center, s.Center)
	add(l.x+l.w, draw.Right, s.Right)
	return items
}

// drawGrid draws fills, texts and lines of rows from y; it returns the lower edge.
func (l *layout) drawGrid(d *draw.Drawing, rows []*row, hs []float64, y float64) float64 {
	ys := make([]float64, len(rows)+1)
	ys[0] = y
	for i, h := range hs {
		ys[i+1] = ys[i] + h
	}
	n := len(l.model.Columns)
	for i, r := range rows {
		for c := 0; c < n; c++ {
			b := r.slots[c]
			if i > 0 && rows[i-1].slots[c] == b || c > 0 && r.slots[c-1] == b {
				continue
			}
			cols := 1
			for c+cols < n && r.slots[c+cols] == b {
				cols++
			}
			l.drawBox(d, b, l.colX[c], ys[i], l.colX[c+cols], ys[visible(rows, i, c)])
		}
	}
	l.drawLines(d, rows, ys)
	return ys[len(rows)]
}

// drawBox fills a cell and puts its text in the middle of its height.
func (l *layout) drawBox(d *draw.Drawing, b *box, x1, y1, x2, y2 float64) {
	if b.fill.A != 0 {
		d.Add(draw.Rect{X: x1, Y: y1, W: x2 - x1, H: y2 - y1, Fill: b.fill})
	}
	lineH := b.size * lineFactor
	top := y1 + (y2-y1-float64(len(b.lines))*lineH)/2
	indent := 0.0
	if b.mark.A != 0 {
		indent = (markSize + markGap) * b.size
		l.drawMark(d, b, x1, x2, top+lineH/2)
	}
	for i, s := range b.lines {
		s = strings.TrimRight(s, " \t")
		if s == "" {
			continue
		}
		t := draw.Text{Size: b.size, Bold: b.bold, Color: draw.Ink, Align: b.align, String: s}
		t.Y = top + float64(i)*lineH + (lineFactor-1)/2*b.size + ascent*b.size
		switch b.align {
		case draw.Center:
			t.X = (x1 + x2 + indent) / 2
		case draw.Right:
			t.X = x2 - padX
		default:
			t.X = x1 + padX + indent
		}
		d.Add(t)
	}
}

// drawMark puts the level square in front of the widest line, in the first line's middle.
func (l *layout) drawMark(d *draw.Drawing, b *box, x1, x2, middle float64) {
	widest := 0.0
	for _, s := range b.lines {
		widest = max(widest, l.m.Width(s, b.size, b.bold))
	}
	side := markSize * b.size
	x := x1 + padX
	switch b.align {
	case draw.Center:
		x = (x1 + x2 - widest - side - markGap*b.size) / 2
	case draw.Right:
		x = x2 - padX - widest - side - markGap*b.size
	}
	d.Add(draw.Rect{X: x, Y: middle - side/2, W: side, H: side, Fill: b.mark, Stroke: gridInk, StrokeWidth: 0.15})
}

// drawLines draws each border once, joined into lines as long as possible.
func (l *layout) drawLines(d *draw.Drawing, rows []*row, ys []float64) {
	n := len(l.model.Columns)
	for i := 1; i < len(rows); i++ {
		runs(n, func(c int) bool { return rows[i].slots[c] != rows[i-1].slots[c] }, func(a, b int) {
			d.Add(draw.Line{X1: l.colX[a], Y1: ys[i], X2: l.colX[b], Y2: ys[i], Stroke: gridInk, StrokeWidth: gridWidth})
		})
	}
	for c := 1; c < n; c++ {
		runs(len(rows), func(i int) bool { return rows[i].slots[c] != rows[i].slots[c-1] }, func(a, b int) {
			d.Add(draw.Line{X1: l.colX[c], Y1: ys[a], X2: l.colX[c], Y2: ys[b], Stroke: gridInk, StrokeWidth: gridWidth})
		})
	}
	d.Add(draw.Rect{X: l.x, Y: ys[0], W: l.w, H: ys[len(rows)] - ys[0], Stroke: draw.Ink, StrokeWidth: frameWidth})
}

// runs calls emit for every run [a, b) of indexes below n for which is holds.
func runs(n int, is func(int) bool, emit func(a, b int)) {
	for a := 0; a < n; {
		if !is(a) {
			a++
			continue
		}
		b := a + 1
		for b < n && is(b) {
			b++
		}
		emit(a, b)
		a = b
	}
}

func (l *layout) drawTail(d *draw.Drawing, t tailLine, y float64) {
	if t.signs == nil {
		d.Add(draw.Text{X: l.x, Y: y + t.h - 0.3*l.sizes.Note, Size: l.sizes.Note, Color: draw.Ink, String: t.text})
		return
	}
	size := l.sizes.Subtitle
	base := y + t.h - 0.35*size
	slot := l.w / float64(t.slots)
	for i, s := range t.signs {
		x := l.x + float64(i)*slot
		d.Add(draw.Text{X: x, Y: base, Size: size, Color: draw.Ink, String: s})
		if strings.HasSuffix(s, "：") || strings.HasSuffix(s, ":") {
			from, to := x+l.m.Width(s, size, false)+1, x+slot-4
			d.Add(draw.Line{X1: from, Y1: base + 0.6, X2: min(to, from+55), Y2: base + 0.6, Stroke: gridInk, StrokeWidth: gridWidth})
		}
	}
}

func (l *layout) drawFooter(d *draw.Drawing, i, n int) {
	left := l.model.Footer
	if left == "" {
		left = l.model.Title
	}
	draw.Footer(d, l.model.Page, left, draw.PageLabel(i, n), l.m)
}
