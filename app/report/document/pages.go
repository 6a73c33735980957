package document

import (
	"lianshao/app/report/draw"
	"lianshao/app/report/table"
)

// Measures of an official page (GB/T 9704): margins, 22 lines of 28 characters.
var official = draw.Margins{Top: 37, Right: 26, Bottom: 30, Left: 28}

const (
	bodySize  = 16 * draw.PointMM
	bodyLine  = 28 * draw.PointMM
	titleSize = 22 * draw.PointMM
	noteSize  = 12 * draw.PointMM
)

// Pages lays a document out for looking at before it becomes a file. Fonts and line
// breaks are the program's own: the words are those of the file, its pages are not.
func Pages(d *Document, m draw.Measurer) ([]draw.Drawing, error) {
	p := &pager{m: m, footer: d.Title}
	p.turn()
	for _, b := range d.Blocks {
		switch v := b.(type) {
		case Heading:
			p.heading(v)
		case Paragraph:
			p.paragraph(v)
		case Caption:
			if !v.Below {
				p.caption = v.Text // stands with its table
				continue
			}
			p.lines(v.Text, noteSize, false, draw.Center, 0)
		case Table:
			if err := p.table(v); err != nil {
				return nil, err
			}
		case Picture:
			p.picture(v)
		case Section:
			p.landscape = v.Landscape
			p.turn()
		}
	}
	draw.Renumber(p.pages)
	draw.FootNote(p.pages, d.Code)
	return p.pages, nil
}

// pager writes onto the last page from y downwards.
type pager struct {
	m         draw.Measurer
	footer    string
	landscape bool
	pages     []draw.Drawing
	y         float64
	caption   string // of the table to come
}

func (p *pager) sheet() draw.Page {
	return draw.Page{Landscape: p.landscape, Margins: official}
}

func (p *pager) page() *draw.Drawing { return &p.pages[len(p.pages)-1] }

// turn begins a page.
func (p *pager) turn() {
	w, h := p.sheet().Size()
	p.pages = append(p.pages, draw.Drawing{W: w, H: h})
	draw.Footer(p.page(), p.sheet(), p.footer, draw.PageLabel(1, 1), p.m)
	_, p.y, _, _ = p.sheet().Inner()
}

// room is what is left of the page.
func (p *pager) room() float64 {
	_, y, _, h := p.sheet().Inner()
	return y + h - draw.FooterHeight - p.y
}

func (p *pager) heading(h Heading) {
	if h.Level == 0 {
		p.lines(h.Text, titleSize, true, draw.Center, 0)
		p.y += bodyLine / 2
		return
	}
	if p.room() < 3*bodyLine { // not alone at the foot
		p.turn()
	}
	p.page().Marks = append(p.page().Marks, draw.Bookmark{Title: h.Text, Level: h.Level - 1})
	p.lines("　　"+h.Text, bodySize, h.Level < 3, draw.Left, 0)
}

func (p *pager) paragraph(v Paragraph) {
	if v.Space {
		p.y += bodyLine
	}
	text := v.Text
	if !v.Plain && v.Align == draw.Left {
		text = "　　" + text
	}
	p.lines(text, bodySize, false, v.Align, float64(v.In)*bodySize)
}

// lines writes wrapped text; in sets its right edge in.
func (p *pager) lines(text string, size float64, bold bool, align draw.Align, in float64) {
	for _, s := range draw.Wrap(text, p.width()-in, size, bold, p.m) {
		pitch := max(bodyLine*size/bodySize, size*1.4)
		if p.room() < pitch {
			p.turn()
		}
		x, _, w, _ := p.sheet().Inner()
		at := map[draw.Align]float64{draw.Left: x, draw.Center: x + w/2, draw.Right: x + w - in}[align]
		p.page().Add(draw.Text{X: at, Y: p.y + pitch*0.72, Size: size, Bold: bold, Color: draw.Ink, Align: align, String: s})
		p.y += pitch
	}
}

func (p *pager) width() float64 {
	_, _, w, _ := p.sheet().Inner()
	return w
}

// table puts a table under its caption where the text stands, or, when it does not fit
// there, at the top of the next page and on as many as it needs.
func (p *pager) table(v Table) error {
	const captionRoom = noteSize * 2
	if p.room() > 40+captionRoom {
		pages, err := table.Paginate(p.model(v, p.y+captionRoom), p.m)
		if err == nil && len(pages) == 1 {
			p.title()
			p.place(pages[0])
			return nil
		}
	}
	if _, top, _, _ := p.sheet().Inner(); p.y > top {
		p.turn()
	}
	pages, err := table.Paginate(p.model(v, p.y+captionRoom), p.m)
	if err != nil {
		return err
	}
	for i, pg := range pages {
		if i > 0 {
			p.turn()
		}
		p.title()
		p.place(pg)
	}
	return nil
}

// title writes the caption that waits for its table.
func (p *pager) title() {
	p.lines(p.caption, noteSize, true, draw.Center, 0)
	p.caption = ""
}

// place copies a table's page without its footer.
func (p *pager) place(pg draw.Drawing) {
	for _, it := range pg.Items {
		if t, ok := it.(draw.Text); ok && t.Page {
			continue
		}
		if r, ok := it.(draw.Rect); ok {
			p.y = max(p.y, r.Y+r.H)
		}
		p.page().Add(it)
	}
	p.y += bodyLine / 2
}

func (p *pager) model(v Table, top float64) *table.TableModel {
	sheet := p.sheet()
	sheet.Margins.Top = top
	t := &table.TableModel{Page: sheet, Form: true, Sizes: table.Sizes{Text: 10.5}}
	for _, c := range v.Columns {
		t.Columns = append(t.Columns, table.Column{Weight: c.Weight, Align: c.Align})
	}
	for r, row := range v.Rows {
		out := table.Row{Bold: row.Bold || r < v.Header}
		for _, c := range row.Cells {
			out.Cells = append(out.Cells, table.Cell{Text: c.Text, Mark: c.Mark, ColSpan: c.ColSpan, Center: c.Own && c.Align == draw.Center, RowSpan: below(v, r, len(out.Cells), c)})
			for k := 1; k < c.ColSpan; k++ {
				out.Cells = append(out.Cells, table.Cell{})
			}
		}
		t.Rows = append(t.Rows, out)
	}
	return t
}

// below counts the rows that a cell covers, itself included.
func below(v Table, r, col int, c Cell) int {
	n := 1
	for c.Below && r+n < len(v.Rows) && coveredAt(v.Rows[r+n], col) {
		n++
	}
	return n
}

func coveredAt(row Row, col int) bool {
	at := 0
	for _, c := range row.Cells {
		if at == col {
			return c.Covered
		}
		at += max(1, c.ColSpan)
	}
	return false
}

func (p *pager) picture(v Picture) {
	w := v.Width
	if w == 0 || w > p.width() {
		w = p.width()
	}
	if v.Drawing.W <= 0 {
		return
	}
	scale := w / v.Drawing.W
	h := v.Drawing.H * scale
	if p.room() < h {
		p.turn()
	}
	x, _, iw, _ := p.sheet().Inner()
	for _, it := range v.Drawing.Items {
		p.page().Add(draw.Place(it, scale, x+(iw-w)/2, p.y))
	}
	p.y += h + bodyLine/4
}
