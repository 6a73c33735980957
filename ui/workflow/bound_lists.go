package workflow

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/report"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// boundLists shows what is bound to a step: its risk points and the measures
// embedded in it.
type boundLists struct {
	tab  *flowTab
	root *fyne.Container
}

func newBoundLists(t *flowTab) *boundLists { return &boundLists{t, container.NewVBox()} }

func (b *boundLists) load(s *domain.Step) {
	b.root.Objects = nil
	p := b.tab.pilot()
	res := b.tab.host.Session().Result(0)
	points := b.tab.pointsAt(s.ID)
	b.section(fmt.Sprintf(lang.L("本步骤的风险点 %d"), len(points)))
	for _, r := range points {
		l := report.PointLevel(p, r, res)
		var square color.Color
		if l.Label != "" {
			square = report.LevelColor(l.Color)
		}
		tag := container.New(layout.NewCustomPaddedLayout(4, 0, 6, 0), widgets.NewLevelTag(l.Label, square))
		row := container.NewBorder(nil, nil, container.NewVBox(tag), nil, wrapped(r.Code+"　"+r.Name))
		b.root.Add(newTapArea(row, r.Code, func() { b.tab.openPoint(r.ID) }))
	}
	measures := p.MeasuresAt(b.tab.workflow(), s)
	b.section(fmt.Sprintf(lang.L("嵌入本步骤的防范措施 %d"), len(measures)))
	for _, m := range measures {
		code := p.CodeOf(domain.KindRiskPoint, m.Point)
		b.root.Add(newTapArea(wrapped(code+"　"+m.Content), m.Code, func() { b.tab.host.Go(page.Measures, report.FilterPoint+string(m.Point.ID)) }))
	}
	b.root.Refresh()
}

func (b *boundLists) section(title string) {
	b.root.Add(widget.NewSeparator())
	b.root.Add(container.NewPadded(heading(title)))
}

// wrapped is a text of as many lines as it needs.
func wrapped(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapBreak
	return l
}

// heading stands over a part of the form.
func heading(title string) *canvas.Text {
	t := canvas.NewText(title, theme.Color(theme.ColorNameForeground))
	t.TextStyle.Bold = true
	return t
}
