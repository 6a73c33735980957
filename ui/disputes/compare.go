package disputes

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/ui/widgets"
)

// Compare shows in full everything that is said of the chosen row's field: the list
// shows only the beginning of a long text.
func (l *List) Compare() {
	row, _ := l.Grid.Current()
	if row < 0 || row >= len(l.rows) {
		return
	}
	at := l.rows[row].dispute
	d := &l.list[at]
	body := container.NewVBox()
	var m *widgets.Modal
	for i := range d.Sides {
		s := &d.Sides[i]
		who := widget.NewLabelWithStyle(s.Who+"　"+s.When(), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
		who.Truncation = fyne.TextTruncateClip
		take := widgets.NewButton(lang.L("采用"), func() { m.Close(); l.pick(at, i) })
		if i == d.Taken {
			take = widgets.NewMainButton(lang.L("采用的是这个"), func() { m.Close() })
		}
		text := s.Text
		if text == "" {
			text = lang.L("（空）")
		}
		if i > 0 {
			body.Add(widget.NewSeparator())
		}
		body.Add(container.NewBorder(nil, nil, nil, container.New(layout.NewCustomPaddedLayout(2, 2, 0, 12), take), who))
		body.Add(widgets.NewProse(text))
	}
	title := fmt.Sprintf("%s %s　%s", lang.L(d.Kind.String()), d.Name, lang.L(d.Title))
	m = widgets.NewModal(l.window, title, container.NewVScroll(body), fyne.NewSize(760, 420), nil, widgets.NewButton(lang.L("关闭"), func() { m.Close() }))
	m.Keys(m.Close, m.Close)
}

// AskRule applies a rule: to everything, or, where a person decided some by hand, to
// what they choose. Neither their work nor the rule is lost without a word.
func AskRule(w fyne.Window, byHand int, apply func(all bool)) {
	if byHand == 0 {
		apply(true)
		return
	}
	text := widgets.NewProse(fmt.Sprintf(lang.L("您已经逐条选定了 %d 项。这个规则只用于其余的，还是也用于这 %d 项？"), byHand, byHand))
	var m *widgets.Modal
	rest := func() { m.Close(); apply(false) }
	m = widgets.NewModal(w, lang.L("按规则取"), text, fyne.NewSize(460, 150), nil,
		widgets.NewButton(lang.L("全部按规则"), func() { m.Close(); apply(true) }), widgets.NewMainButton(lang.L("只用于其余的"), rest))
	m.Keys(rest, rest)
}
