package reportpage

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/publish"
	"lianshao/app/report"
	"lianshao/domain"
)

// optionBar narrows what is printed.
type optionBar struct {
	p     *reportPage
	box   fyne.CanvasObject
	unit  *choice
	level *choice
	round *choice
	sheet *choice
	anon  *choice
	blank *widget.Check
}

// choice is a select of values, one of which each title stands for.
type choice struct {
	*widget.Select
	values []string
	quiet  bool // being filled, nobody chose
}

func newChoice(changed func()) *choice {
	c := &choice{}
	c.Select = widget.NewSelect(nil, func(string) {
		if !c.quiet {
			changed()
		}
	})
	return c
}

// value is what the chosen title stands for, "" for the first one.
func (c *choice) value() string {
	if i := c.SelectedIndex(); i >= 0 {
		return c.values[i]
	}
	return ""
}

// set offers other titles and keeps the chosen value, else the first.
func (c *choice) set(titles, values []string) {
	now := c.value()
	if slices.Equal(titles, c.Options) && slices.Equal(values, c.values) {
		return
	}
	c.quiet = true
	c.values = values
	c.SetOptions(titles)
	c.SetSelectedIndex(max(0, slices.Index(values, now)))
	c.quiet = false
}

// enable greys out what has no meaning for the chosen paper.
func (c *choice) enable(on bool) {
	if on {
		c.Enable()
	} else {
		c.Disable()
	}
}

func newOptionBar(p *reportPage) *optionBar {
	b := &optionBar{p: p}
	b.unit, b.level = newChoice(p.relay), newChoice(p.relay)
	b.round, b.sheet = newChoice(p.update), newChoice(p.relay)
	b.anon = newChoice(p.relay)
	titles, values := []string{lang.L("按材料")}, []string{""}
	for _, l := range publish.Levels {
		titles, values = append(titles, l.Title()), append(values, string(l))
	}
	b.anon.set(titles, values)
	b.blank = widget.NewCheck(lang.L("空白表"), func(bool) { p.relay() })
	b.sheet.set([]string{"A4", "A3"}, []string{"", "A3"})
	b.box = container.New(layout.NewCustomPaddedLayout(3, 3, 8, 8), container.NewHBox(
		label("部门"), wide(b.unit, 150), label("　等级"), wide(b.level, 84), label("　轮次"), wide(b.round, 120),
		label("　纸张"), wide(b.sheet, 64), label("　公开"), wide(b.anon, 116), b.blank))
	return b
}

func label(text string) fyne.CanvasObject {
	return container.NewCenter(canvas.NewText(lang.L(text), theme.Color(theme.ColorNamePlaceHolder)))
}

func wide(c *choice, w float32) fyne.CanvasObject {
	return container.NewGridWrap(fyne.NewSize(w, c.MinSize().Height), c.Select)
}

// input is what papers of the chosen round are made of.
func (b *optionBar) input() report.Input {
	no := 0
	_, _ = fmt.Sscan(b.round.value(), &no) // "" is the latest
	return report.NewInput(b.p.h.Session(), no)
}

// chosen are the options as far as they concern the item.
func (b *optionBar) chosen(it *item) report.Options {
	o := report.Options{A3: b.sheet.value() == "A3"}
	if it.chart == nil {
		o.Unit, o.Level = domain.ID(b.unit.value()), b.level.value()
		o.Anon = publish.Level(b.anon.value())
		o.Blank = b.blank.Checked && it.paper != nil && it.paper.HasBlank
	}
	return o
}

// update offers the pilot's units, levels and rounds.
func (b *optionBar) update(it *item, in report.Input) {
	titles, values := []string{lang.L("全部部门")}, []string{""}
	for _, u := range in.Pilot.Units.All() {
		titles, values = append(titles, u.Name), append(values, string(u.ID))
	}
	b.unit.set(titles, values)
	titles, values = []string{lang.L("全部")}, []string{""}
	for _, l := range levels(in) {
		titles, values = append(titles, l.Label), append(values, l.Label)
	}
	b.level.set(titles, values)
	titles, values = []string{lang.L("最近一次")}, []string{""}
	for _, a := range in.Pilot.Assessments.All() {
		titles, values = append(titles, a.Name), append(values, fmt.Sprint(a.No))
	}
	b.round.set(titles, values)
	b.unit.enable(it.chart == nil)
	b.level.enable(it.chart == nil)
	b.anon.enable(it.chart == nil)
	if it.paper != nil && it.paper.HasBlank {
		b.blank.Enable()
	} else {
		b.blank.Disable()
	}
}

// levels are those in use, the most severe first.
func levels(in report.Input) []domain.Level {
	if in.Result != nil {
		return in.Result.Scheme.Ordered()
	}
	return nil
}

// relay lays out again after an option was chosen.
func (p *reportPage) relay() {
	p.at = 0
	p.layout()
}
