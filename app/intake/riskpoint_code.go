package intake

import (
	"fmt"

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
	if twice && (first.book == p.g.Book || ok && anotherPoint(old, unit, name, description)) {
		return nil, p.refuse(w, "code", *code, "编号“%s”重复：%s 已经用了这个编号，请更正其中一个", *code, first.at)
	}
	if !ok {
		old, _ = sameID(p.run, w, p.d.RiskPoints)
	}
	return old, 0
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
