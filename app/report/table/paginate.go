package table

import "lianshao/app/report/draw"

// Paginate lays a table out into pages in millimetres. The header is repeated on
// every page; a row is only cut when it is taller than a page; merged cells and
// group headings are repeated where a page cuts them; notes and signatures stay
// together and never stand on a page without a row of the table if there are two.
// It fails, with a sentence for the user, when the model does not fit its sheet.
func Paginate(t *TableModel, m draw.Measurer) ([]draw.Drawing, error) {
	l, err := newLayout(t, m)
	if err != nil {
		return nil, err
	}
	tail := l.tail()
	need := 0.0
	for _, t := range tail {
		need += t.h
	}
	pages := l.makeRoom(l.fillPage(l.cut(), need), need)
	return l.render(pages, tail), nil
}

// page is a run of laid out rows. lead is a repeated group heading or nil.
type page struct {
	lead     *row
	from, to int
}

// split cuts a row that is taller than limit into parts of as many lines as fit.
// Merged boxes run through all parts.
func split(r *row, limit float64) []*row {
	if r.h <= limit {
		return []*row{r}
	}
	left := map[*box][]string{}
	for _, b := range r.slots {
		left[b] = b.lines
	}
	var parts []*row
	for more := true; more; {
		part := &row{slots: make([]*box, len(r.slots)), head: r.head}
		made := map[*box]*box{}
		more = false
		for c, b := range r.slots {
			p := made[b]
			switch {
			case b.spans:
				p = b
			case p == nil:
				n := min(len(left[b]), max(1, int((limit-2*padY)/(b.size*lineFactor))))
				v := *b
				v.lines, left[b] = left[b][:n], left[b][n:]
				p, made[b] = &v, &v
				part.h = max(part.h, p.height())
				more = more || len(left[b]) > 0
			}
			part.slots[c] = p
		}
		parts = append(parts, part)
	}
	return parts
}

// cut fills pages greedily.
func (l *layout) cut() []page {
	var pages []page
	for i := 0; i < len(l.rows); {
		p := page{from: i, to: i + 1, lead: l.leadFor(i)}
		room := l.room(len(pages))
		for p.to < len(l.rows) && l.used(page{p.lead, i, p.to + 1}) <= room {
			p.to++
		}
		p.to = l.keepHeading(p)
		pages = append(pages, p)
		i = p.to
	}
	return pages
}

// keepHeading moves headings at the foot of a page to the next one.
func (l *layout) keepHeading(p page) int {
	to := p.to
	if to == len(l.rows) {
		return to
	}
	for to > p.from && l.rows[to-1].head {
		to--
	}
	if to == p.from { // nothing but headings
		return p.to
	}
	return to
}

// leadFor is the heading to repeat when a page starts with row i.
func (l *layout) leadFor(i int) *row {
	r := l.rows[i]
	if r.group == nil || r.head {
		return nil
	}
	text := ""
	for _, s := range r.group.slots[0].lines {
		text += s
	}
	n := len(l.model.Columns)
	b := l.textBox(text+"（续）", l.sizes.Text, true, 0, n)
	b.fill = groupFill
	return &row{slots: fill(n, b), h: b.height(), head: true}
}

// room is the height for rows on page n (from 0).
func (l *layout) room(n int) float64 {
	if n == 0 {
		return l.h - l.headerH - l.titleH
	}
	return l.h - l.headerH
}

// body is what a page shows under the header.
func (l *layout) body(p page) []*row {
	rows := l.rows[p.from:p.to:p.to]
	if p.lead != nil {
		rows = append([]*row{p.lead}, rows...)
	}
	return rows
}

// used is the height of a page's rows.
func (l *layout) used(p page) float64 {
	sum := 0.0
	if p.lead != nil {
		sum = p.lead.h
	}
	if !l.merged {
		for _, r := range l.rows[p.from:p.to] {
			sum += r.h
		}
		return sum
	}
	for _, h := range l.heights(l.rows[p.from:p.to]) {
		sum += h
	}
	return sum
}

// heights gives the rows of one page their height: the natural one, plus what a
// merged cell's text needs beyond the rows it is visible in, shared evenly.
func (l *layout) heights(rows []*row) []float64 {
	hs := make([]float64, len(rows))
	for i, r := range rows {
		hs[i] = r.h
	}
	for c := range l.model.Columns {
		for i := 0; i < len(rows); {
			b := rows[i].slots[c]
			if !b.spans {
				i++
				continue
			}
			end, have := visible(rows, i, c), 0.0
			for _, h := range hs[i:end] {
				have += h
			}
			if lack := b.height() - have; lack > 0 {
				for k := i; k < end; k++ {
					hs[k] += lack / float64(end-i)
				}
			}
			i = end
		}
	}
	return hs
}

// visible is the end of the run of rows from i that show the same box in column c.
func visible(rows []*row, i, c int) int {
	end := i + 1
	for end < len(rows) && rows[end].slots[c] == rows[i].slots[c] {
		end++
	}
	return end
}

// makeRoom makes the last page hold notes and signatures: if they do not fit
// under its rows, the last row goes with them to a new page.
func (l *layout) makeRoom(pages []page, need float64) []page {
	n := len(pages) - 1
	last := pages[n]
	if need == 0 || l.used(last)+need <= l.room(n) || need > l.h/2 {
		return pages
	}
	cut := last.to - 1
	for cut > last.from && l.rows[cut-1].head {
		cut--
	}
	if cut <= last.from {
		return pages // render starts a page for the tail
	}
	pages[n].to = cut
	return append(pages, page{lead: l.leadFor(cut), from: cut, to: last.to})
}
