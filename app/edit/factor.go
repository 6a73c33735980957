package edit

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/domain"
)

// CollectFactors gathers the causes written at the risk points and in the case cards as
// causes of their own: one per sentence and category, tied to the points. What is there
// already only gets the ties it lacks.
func CollectFactors(newID app.IDs) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		d := p.Draft()
		n := 0
		for _, r := range p.ActivePoints() {
			if !domain.IsCategory(r.Category) {
				continue
			}
			for _, text := range sentences(r.Causes) {
				if collect(d, r.Category, text, "风险点成因分析", []domain.Ref{domain.To(r.ID)}, newID) {
					n++
				}
			}
		}
		for _, c := range p.CaseCards.All() {
			if len(c.Categories) != 1 { // which cause is of which category is not said
				continue
			}
			for _, text := range sentences(c.Causes) {
				if collect(d, c.Categories[0], text, "案例："+c.Title, c.Points, newID) {
					n++
				}
			}
		}
		cs := d.Changes(domain.Op{Name: "collect-factors", Label: fmt.Sprintf("归集成因要素 %d 条", n)})
		if cs.Empty() {
			return cs, app.E(app.CodeInvalid, "没有还没归集的成因：请先在风险点或案例卡里填写成因和类别")
		}
		return cs, nil
	})
}

// sentences are the single causes of a text.
func sentences(text string) (out []string) {
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune("；;。\n", c) }) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// collect ties points to the cause with the text; true when the cause is new.
func collect(d *domain.Pilot, category, text, source string, points []domain.Ref, newID app.IDs) bool {
	f := &domain.Factor{Category: category, Text: text, Source: source}
	old, known := d.Factors.ByKey(f.Natural())
	if known {
		f = old.Clone().(*domain.Factor)
	} else {
		f.SetBase(newID(), "归集")
		f.Code = NextCode(d, domain.KindFactor, "YS-001")
	}
	tied := !known
	for _, ref := range points {
		if !slices.Contains(f.Points, ref) {
			f.Points = append(f.Points, ref)
			tied = true
		}
	}
	if tied {
		d.Factors.Put(f)
	}
	return !known
}

// DeriveIndicators makes an indicator of every cause in a draft version: the text is
// its note, the part up to the first comma its name.
func DeriveIndicators(p *domain.Pilot, system domain.ID, dim int, factors []domain.ID) app.Command {
	var inds []domain.Indicator
	for _, id := range factors {
		if f, ok := p.Factors.Get(id); ok {
			inds = append(inds, domain.Indicator{Name: IndicatorName(f.Text), Note: f.Category + "：" + f.Text,
				Anchors: [5]string{"没有这种情形", "偶有，已控制", "有时出现", "经常出现", "普遍，没有控制"}})
		}
	}
	return AddIndicators(system, dim, inds...)
}

// IndicatorName proposes a name for an indicator drawn from a cause.
func IndicatorName(text string) string {
	name, _, _ := strings.Cut(text, "，")
	if r := []rune(name); len(r) > 14 {
		name = string(r[:14])
	}
	return name
}
