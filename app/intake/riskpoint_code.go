package intake

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/domain"
)

// numbered reports whether any row has a code.
func (p *pointRun) numbered() bool {
	for i := range p.layout.len() {
		w := p.layout.row(i)
		if w.raw(p.c.code) != "" && (w.raw(p.c.name) != "" || w.raw(p.c.description) != "") && !p.isAside(&w) {
			return true
		}
	}
	return false
}

// identify finds the existing point a row means; in sheets without codes the
// unit and the description tell, and a new point gets a code.
func (p *pointRun) identify(w *row, code *string, unit domain.Ref, name, description string) (*domain.RiskPoint, result) {
	p.again = false
	blank := p.c.code < 0 || p.form && *code == ""
	if !blank && *code == "" {
		return nil, p.refuse(w, "code", "", "这一行没有编号，请补上编号（如 JJ-01），编号用来和已有风险点对应")
	}
	if blank {
		old := p.uncoded(unit, name, description)
		if old == nil {
			*code = p.newCode(unit)
			return nil, 0
		}
		*code = old.Code
	}
	first, twice := p.points[*code]
	old, ok := p.d.RiskPoints.ByKey(*code)
	if p.again = blank && ok && twice && first.book == p.g.Book && !strings.HasPrefix(first.at, p.origin); p.again {
		return old, 0 // listed on another sheet, too: as long as both say the same
	}
	if twice && (first.book == p.g.Book || ok && anotherPoint(old, unit, name, description)) {
		return nil, p.refuse(w, "code", *code, "编号“%s”重复：%s 已经用了这个编号，请更正其中一个", *code, first.at)
	}
	if !ok {
		old, _ = sameID(p.run, w, p.d.RiskPoints)
	}
	return old, 0
}

// saysElse reports whether a point that another sheet lists, too, is told differently here.
func (p *pointRun) saysElse(w *row, old, next *domain.RiskPoint) bool {
	if !samePoint(old, next) {
		return true
	}
	var there []string
	for _, m := range p.d.Measures.By(domain.ByPoint, old.ID) {
		there = append(there, shown(m.Content))
	}
	text := w.get(p.c.measures)
	return !isNothing(text) && !slices.Equal(there, splitMeasures(text))
}

// numberedNames reports whether the names are numbered on, 1.… 2.…, rather than
// beginning with a number of their own: in all tables of the book.
func (r *run) numberedNames() bool {
	names, one := 0, false
	for _, t := range append([]*run{r}, r.kin...) {
		n, first, ok := t.namesInOrder()
		if !ok {
			return false
		}
		names += n
		one = one || first == 1
	}
	return names > 1 || one
}

// namesInOrder counts the names of a table and tells the number of the first; ok is
// false when one is not numbered on from that above it.
func (r *run) namesInOrder() (names, first int, ok bool) {
	c, last := r.at("name"), 0
	for i := range r.layout.len() {
		w := r.layout.row(i)
		name := w.raw(c)
		if name == "" || r.isAside(&w) {
			continue
		}
		n, width := numberAhead(name)
		if width == 0 || names > 0 && n != last+1 && n != 1 {
			return 0, 0, false
		}
		if names++; names == 1 {
			first = n
		}
		last = n
	}
	return names, first, true
}

// numberAhead reads the number of an item that a text begins with, 3.收费立项, and its width.
func numberAhead(s string) (n, width int) {
	n, width = leadingNumber(s)
	if width == 0 {
		return 0, 0
	}
	mark, size := utf8First(s[width:])
	if !strings.ContainsRune(".．、)）", mark) {
		return 0, 0
	}
	if _, digits := leadingNumber(s[width+size:]); digits > 0 || len(s) == width+size {
		return 0, 0 // 1.5 万元以上
	}
	return n, width + size
}

// nameOf is the name of the row without its number; several in one cell are asked about.
func (p *pointRun) nameOf(w *row) string {
	name := w.get(p.c.name)
	if items := numberedItems(name); len(items) > 1 {
		p.warn(w, "name", "“%s”像是几个风险点写在一格里，按一个收下；如果是几个，请分成几行", shorten(name))
		return name
	}
	if p.plainNames {
		_, width := numberAhead(name)
		name = trim(name[width:])
	}
	return name
}

// anotherPoint reports whether a code that two files use stands for two things, not
// for one that they disagree about.
func anotherPoint(old *domain.RiskPoint, unit domain.Ref, name, description string) bool {
	return !old.Unit.Same(unit) || name != "" && name != old.Name && description != "" && description != old.Description
}

func (p *pointRun) uncoded(unit domain.Ref, name, description string) *domain.RiskPoint {
	if p.byText == nil {
		p.byText = map[string]*domain.RiskPoint{}
		for _, pt := range p.d.RiskPoints.All() {
			p.byText[string(pt.Unit.ID)+"/"+pt.Name+"/"+pt.Description] = pt
		}
	}
	if name == "" {
		name = domain.ShortName(description)
	}
	return p.byText[string(unit.ID)+"/"+name+"/"+description]
}

// newCode numbers a point that came without a code: on from the highest number of
// its unit's other points, or FX-001 and so on.
func (p *pointRun) newCode(unit domain.Ref) string {
	prefix, last, digits := "FX-", 0, 3
	for _, pt := range p.d.RiskPoints.By(domain.ByUnit, unit.ID) {
		k := codePrefix(pt.Code)
		if n, ok := parseWhole(pt.Code[len(k):]); ok && k != "" && k != "FX-" && n > last {
			prefix, last, digits = k, n, len(pt.Code)-len(k)
		}
	}
	for {
		last++
		code := fmt.Sprintf("%s%0*d", prefix, digits, last)
		if _, taken := p.d.RiskPoints.ByKey(code); !taken && p.points[code].at == "" {
			return code
		}
	}
}
