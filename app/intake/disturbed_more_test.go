package intake_test

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"lianshao/app/intake"
	"lianshao/domain"
)

// place writes a text into a cell, by row number and column from 0.
func (d *disturbed) place(no, col int, text string) {
	rows := &d.sheet.Rows
	i, there := slices.BinarySearchFunc(*rows, no, func(r intake.Row, no int) int { return r.No - no })
	if !there {
		*rows = slices.Insert(*rows, i, intake.Row{No: no})
	}
	r := &(*rows)[i]
	for len(r.Cells) <= col {
		r.Cells = append(r.Cells, "")
	}
	r.Cells[col] = strings.ReplaceAll(text, "⏎", "\n")
}

// cardStyle is how the cards of an office look: all alike.
type cardStyle struct {
	fields        []string
	labels        map[string]string
	colon         string
	perRow        int // pairs of short values per row
	wide          int // columns that a long value takes
	group         bool
	title, signed bool
	name          bool // 姓名 among the labels
	extra         bool // a label that no field has
	blank         bool // 备注 without a value before it
	loose         bool // the label of the measures is not merged
	own           bool // every measure in a row of its own, the label merged
	boxes         bool
	style         int
}

// disturbCards makes a card of every known point: on sheets of their own, below each
// other or side by side.
func disturbCards(t *rapid.T) *disturbed {
	d := &disturbed{t: t, sheet: intake.Sheet{Name: "Sheet1"}}
	d.words = levelWords[d.pick("levels", len(levelWords))]
	s := &cardStyle{fields: []string{"unit", "post", "code", "name", "description", "category", "likelihood", "impact", "level", "measures", "owner"}, labels: map[string]string{}}
	for _, f := range s.fields {
		s.labels[f] = headers[f][d.pick("label "+f, len(headers[f]))]
	}
	if d.maybe("other order") {
		s.fields = rapid.Permutation(s.fields).Draw(t, "order")
	}
	if d.maybe("labels with colons") {
		s.colon = "："
	}
	s.perRow, s.wide = 1+d.pick("pairs per row", 3), 1
	if s.perRow > 1 || d.maybe("wide values") {
		s.wide = 2*s.perRow - 1
	}
	s.group, s.title, s.signed = d.maybe("groups at the left"), d.maybe("titles"), d.maybe("signatures")
	s.name, s.own, s.boxes, s.style = d.maybe("name of the person"), d.maybe("measures in rows"), d.maybe("boxes"), d.pick("numbers of measures", 4)
	if s.extra, s.blank, s.loose = d.maybe("a label nobody knows"), d.maybe("a blank value"), d.maybe("nothing merged"); s.extra {
		d.extra = "上级文件"
	}
	switch where := d.pick("where", 3); where {
	case 0:
		d.did = append(d.did, "sheet each")
		for i, rec := range known {
			d.card(s, rec, 1, 0)
			d.sheet.Name = fmt.Sprintf("卡%d", i+1)
			if i+1 < len(known) {
				full := d.sheet
				d.more, d.sheet = append(d.more, &full), intake.Sheet{}
			}
		}
	default:
		d.did = append(d.did, []string{"", "below each other", "side by side"}[where])
		gap := d.pick("gap", 2)
		no, next, width := 1, 1, 2*s.perRow+gap
		if s.perRow == 1 {
			width = 1 + s.wide + gap
		}
		if s.group {
			width++
		}
		for i, rec := range known {
			left := 0
			if where == 2 && i%2 == 1 {
				left = width
			} else {
				no = next
			}
			next = max(next, d.card(s, rec, no, left)+1+gap)
		}
	}
	return d
}

// card writes one card and returns the number of the row after it.
func (d *disturbed) card(s *cardStyle, rec map[string]string, no, left int) int {
	if s.title {
		d.place(no, left, "岗位廉政风险登记卡")
		no++
	}
	top := no
	from := left
	if s.group {
		left++
	}
	at := 0 // pairs in the row
	short := func(label, value string) {
		d.place(no, left+2*at, label+s.colon)
		d.place(no, left+2*at+1, value)
		if at++; at == s.perRow {
			no, at = no+1, 0
		}
	}
	if s.name {
		short("姓名", "张某")
	}
	if s.blank {
		short("备注", "")
	}
	if s.extra {
		short("上级文件", "某某文")
	}
	for _, f := range s.fields {
		value := rec[f]
		switch f {
		case "level":
			value = d.words[strings.Index("高中低", value)/len("高")]
		case "category":
			if s.boxes {
				value = boxed(domain.Categories, value)
			}
		}
		if f != "name" && f != "description" && f != "measures" {
			short(s.labels[f], value)
			continue
		}
		if at > 0 {
			no, at = no+1, 0
		}
		items := []string{value}
		if f == "measures" {
			items = strings.Split(value, "/")
			if !s.own {
				items = []string{listed(items, s.style)}
			}
		}
		d.place(no, left, s.labels[f]+s.colon)
		for k, item := range items {
			if len(items) > 1 {
				item = fmt.Sprintf("%d.%s", k+1, item)
			}
			d.place(no+k, left+1, item)
			d.merge(no+k, left+1, no+k, left+s.wide)
		}
		if !s.loose {
			d.merge(no, left, no+len(items)-1, left)
		}
		no += len(items)
	}
	if at > 0 {
		no++
	}
	if s.group {
		d.place(top, from, "风⏎险⏎情⏎况")
		d.merge(top, from, no-1, from)
	}
	if s.signed {
		d.place(no, left, "本人签字"+s.colon)
		no++
	}
	return no
}

func boxed(words []string, chosen string) string {
	var out []string
	for _, w := range words {
		if w == chosen {
			out = append(out, "☑"+w)
		} else {
			out = append(out, "□"+w)
		}
	}
	return strings.Join(out, " ")
}

// pieceOf makes the table of one unit: what is written above and below it, too.
type piece struct {
	fields   []string
	names    []string
	numbered bool
	unit     int // 0 in a column, 1 in a line above, 2 as a heading
	several  bool
	style    int
	footer   bool
	title    bool
}

// pieces draws how the tables of a sheet look; each may have its own columns.
func (d *disturbed) piece(left string) *piece {
	p := &piece{fields: []string{"code", "unit", "post", "name", "description", "category", "likelihood", "impact", "level", "measures", "owner"}}
	p.unit = d.pick(left+" unit", 3)
	d.did = append(d.did, []string{"unit in a column", "unit above", "unit as heading"}[p.unit])
	if p.unit > 0 {
		p.fields = slices.DeleteFunc(p.fields, func(f string) bool { return f == "unit" })
	}
	if d.maybe(left + " shuffled") {
		p.fields = rapid.Permutation(p.fields).Draw(d.t, left+" order")
	}
	for _, f := range p.fields {
		p.names = append(p.names, headers[f][d.pick(left+" header "+f, len(headers[f]))])
	}
	p.numbered, p.several, p.style = d.maybe(left+" numbered"), d.maybe(left+" measures over several rows"), d.pick(left+" numbers of measures", 4)
	p.footer, p.title = d.maybe(left+" footer"), d.maybe(left+" title")
	return p
}

// width is how many columns a table takes.
func (p *piece) width() int {
	if p.numbered {
		return len(p.fields) + 1
	}
	return len(p.fields)
}

// table writes the points of a unit from a row and column on; it returns the number
// of the row after it.
func (d *disturbed) table(p *piece, unit string, no, left int) int {
	if p.title {
		d.place(no, left, unit+"廉政风险点一览表")
		no++
	}
	switch p.unit {
	case 1:
		d.place(no, left, "填报单位："+unit)
		no++
	case 2:
		d.place(no, left, unit)
		no++
	}
	row := func(cells []string) {
		for k, text := range cells {
			if text != "" {
				d.place(no, left+k, text)
			}
		}
		no++
	}
	if p.numbered {
		row(append([]string{"序号"}, p.names...))
	} else {
		row(p.names)
	}
	n := 0
	for _, rec := range known {
		if rec["unit"] != unit {
			continue
		}
		n++
		measures := strings.Split(rec["measures"], "/")
		rows := 1
		if p.several {
			rows = len(measures)
		}
		for k := range rows {
			var cells []string
			if p.numbered {
				cells = append(cells, []string{fmt.Sprint(n), ""}[min(k, 1)])
			}
			for _, f := range p.fields {
				text := rec[f]
				switch {
				case f == "measures" && p.several:
					text = measures[k]
				case f == "measures":
					text = listed(measures, p.style)
				case k > 0:
					text = ""
				case f == "level":
					text = d.words[strings.Index("高中低", text)/len("高")]
				}
				cells = append(cells, text)
			}
			row(cells)
		}
	}
	if p.footer {
		d.place(no, left, "审核意见")
		d.place(no, left+2, "同意")
		no++
	}
	return no
}

// disturbBeside puts the tables of two units next to each other.
func disturbBeside(t *rapid.T) *disturbed {
	d := &disturbed{t: t, sheet: intake.Sheet{Name: "Sheet1"}}
	d.words = levelWords[d.pick("levels", len(levelWords))]
	p := d.piece("both")
	q := p
	if d.maybe("other columns at the right") {
		q = d.piece("right")
		if lines(p) != lines(q) { // headers stand in one row
			q = p
		}
	}
	gap := 1
	if d.maybe("no gap") {
		gap = 0
	}
	d.table(p, "基建处", 1, 0)
	d.table(q, "设备处", 1, p.width()+gap)
	return d
}

// lines is how many rows stand above a table's header.
func lines(p *piece) (n int) {
	if p.title {
		n++
	}
	return n + min(p.unit, 1)
}

// disturbBelow puts them below each other.
func disturbBelow(t *rapid.T) *disturbed {
	d := &disturbed{t: t, sheet: intake.Sheet{Name: "Sheet1"}}
	d.words = levelWords[d.pick("levels", len(levelWords))]
	p := d.piece("both")
	q := p
	if d.maybe("other columns below") {
		q = d.piece("below")
	}
	no := d.table(p, "基建处", 1, 0)
	if d.maybe("signatures between") {
		d.place(no, 0, "填表人：张某")
		d.place(no, 3, "审核人：李某")
		no++
	}
	if d.maybe("page number") {
		d.place(no, 0, "第1页 共2页")
		no++
	}
	d.table(q, "设备处", no+d.pick("gap", 3), 0)
	return d
}
