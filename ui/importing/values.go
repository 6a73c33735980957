package importing

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/intake"
	"lianshao/domain"
	"lianshao/ui/widgets"
)

// maxMeanings bounds how many different texts of a column are offered.
const maxMeanings = 40

// meanings lists what a field's texts can stand for; nil when it takes any text.
func (p *importPage) meanings(g *intake.SheetGuess, field string) []string {
	if g == nil || g.Form == nil || g.Form.ID != "riskpoint" {
		return nil
	}
	pilot := p.h.Session().Pilot
	switch field {
	case "level":
		s := pilot.SchemeFor(domain.BasisMatrix)
		if s == nil {
			s = pilot.SchemeFor(domain.BasisIndex)
		}
		out := []string{}
		if s != nil {
			for _, l := range s.Ordered() {
				out = append(out, l.Label)
			}
		}
		for _, word := range []string{"高", "中", "低"} {
			out = append(out, word)
		}
		return out
	case "likelihood", "impact":
		return []string{"5", "4", "3", "2", "1"}
	case "category":
		return domain.Categories
	case "status":
		return []string{"有效", string(domain.PointMerged), string(domain.PointRemoved)}
	}
	return nil
}

// askValues asks what each different text of a column stands for.
func (v *preview) askValues(field string) {
	g := v.line.guess
	as := lang.L("（照原文）")
	form := widgets.NewFormRows()
	chosen := map[string]*widget.Select{}
	for _, text := range v.written(field) {
		s := widget.NewSelect(append([]string{as}, v.p.meanings(g, field)...), nil)
		s.SetSelected(as)
		if meant := g.Values[field][text]; meant != "" {
			s.SetSelected(meant)
		}
		chosen[text] = s
		form.Row(flat(text), s)
	}
	var m *widgets.Modal
	ok := widgets.NewMainButton(lang.L("就这样对照"), func() {
		m.Close()
		for text, s := range chosen {
			meant := s.Selected
			if meant == as {
				meant = ""
			}
			if meant != g.Values[field][text] {
				g.SetValue(field, text, meant)
			}
		}
		v.p.replan(g)
	})
	no := widgets.NewButton(lang.L("取消"), func() { m.Close() })
	title := fmt.Sprintf(lang.L("“%s”一列里写的各是什么意思"), g.Form.Header(field))
	m = widgets.NewModal(v.p.h.Window(), title, container.NewVScroll(form), fyne.NewSize(420, min(480, 120+float32(len(chosen))*42)), nil, no, ok)
	m.Keys(nil, m.Close)
}

// written lists the texts of a field's column as they stand on the sheet.
func (v *preview) written(field string) []string {
	g := *v.line.guess
	g.Values = nil
	return g.Written(field, maxMeanings)
}
