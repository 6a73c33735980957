package plan

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
)

// panel shows the chosen step: how it stands, its papers, and the form to edit it.
type panel struct {
	host   page.Host
	root   *fyne.Container
	head   *widget.Label
	papers *fyne.Container
	detail *records.Detail
}

func newPanel(h page.Host) *panel {
	p := &panel{host: h, head: widget.NewLabel(""), papers: container.NewVBox(), detail: records.NewDetail(h, domain.KindMilestone)}
	p.head.TextStyle.Bold = true
	p.head.Wrapping = fyne.TextWrapBreak
	p.root = container.NewPadded(container.NewBorder(container.NewVBox(p.head, p.papers, widget.NewSeparator()), nil, nil, nil, p.detail.Content()))
	return p
}

func (p *panel) show(r domain.Record) {
	p.detail.Show(r)
	p.papers.Objects = nil
	m, ok := r.(*domain.Milestone)
	if !ok {
		p.head.SetText("")
		p.papers.Refresh()
		return
	}
	state := p.host.Session().Plan().Of(m)
	p.head.Importance = widget.MediumImportance
	if state.Stands == domain.StandsLate {
		p.head.Importance = widget.DangerImportance
	}
	p.head.SetText(fmt.Sprintf(lang.L("第%d步 · %s · 材料 %d/%d"), m.No, app.StandsPhrase(&state), state.Had(), len(state.Papers)))
	for i := range state.Papers {
		p.papers.Add(p.paper(m, &state.Papers[i]))
	}
	p.papers.Refresh()
}

// paper is one paper's line: there or lacking, what lacks, and what to do about it.
func (p *panel) paper(m *domain.Milestone, s *domain.PaperState) fyne.CanvasObject {
	icon := widget.NewIcon(theme.NewSuccessThemedResource(theme.ConfirmIcon()))
	if !s.Have() {
		icon.SetResource(theme.NewErrorThemedResource(theme.CancelIcon()))
	}
	name := widget.NewLabel(s.Name)
	name.Truncation = fyne.TextTruncateClip
	small := func(text string, act func()) fyne.CanvasObject {
		b := widget.NewButton(text, act)
		b.Importance = widget.LowImportance
		return b
	}
	right := container.NewHBox()
	place, made := app.PlaceOf(s.Rule)
	switch {
	case made && !s.Have():
		right.Add(small(lang.L("去做"), func() { p.host.Go(place.Screen, place.Arg) }))
	case made && len(s.Filed) == 0 && place.Doc != "":
		right.Add(small(lang.L("打印"), func() { p.host.Go(page.Reports, place.Doc) }))
	case made:
		right.Add(small(lang.L("去看"), func() { p.host.Go(place.Screen, place.Arg) }))
	}
	right.Add(small(lang.L("归档…"), func() { p.file(m, s.Name) }))
	line := container.NewBorder(nil, nil, icon, right, name)
	if note := p.note(s); note != nil {
		return container.NewBorder(nil, note, nil, nil, line)
	}
	return line
}

// note says what lacks, or what was filed; nil when there is nothing to say.
func (p *panel) note(s *domain.PaperState) fyne.CanvasObject {
	if !s.Have() && s.Rule != nil {
		l := widget.NewLabel("　　" + s.Lack)
		l.SizeName, l.Importance = theme.SizeNameCaptionText, widget.LowImportance
		l.Wrapping = fyne.TextWrapBreak
		return l
	}
	if len(s.Filed) == 0 {
		return nil
	}
	box := container.NewVBox()
	for _, a := range s.Filed {
		b := widget.NewButton(filedLine(a), func() { p.host.Go(page.Plan, "papers"); p.host.Go(page.Plan, string(a.ID)) })
		b.Importance, b.Alignment = widget.LowImportance, widget.ButtonAlignLeading
		box.Add(b)
	}
	return box
}

// filedLine is a filed paper in a line: 《标题》 文号 日期.
func filedLine(a *domain.Artefact) string {
	line := "　《" + a.Title + "》"
	for _, part := range []string{a.Code, string(a.Date)} {
		if part != "" {
			line += " " + part
		}
	}
	return line
}
