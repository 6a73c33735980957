package disclosure

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/disclose"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// revising is what a revision starts from: an opinion, or a text that was typed into a
// published point.
type revising struct {
	opinion *domain.Opinion
	point   *domain.RiskPoint
	field   string
	record  domain.ID // the point or measure that the text was typed into
	after   string
}

// reviseForm asks what is changed, into what, and because of what.
type reviseForm struct {
	host     page.Host
	points   []*domain.RiskPoint
	targets  []disclose.Target
	point    *widget.Select
	target   *widget.Select
	before   *widget.Label
	after    *widgets.TextArea
	opinions *widget.CheckGroup
	ids      map[string]domain.ID
	reason   *widgets.TextArea
	by       *widget.Entry
	date     *widgets.DateField
}

// reviseDialog opens the form.
func reviseDialog(h page.Host, from revising) {
	f := newReviseForm(h, from)
	if len(f.points) == 0 {
		h.Report(app.E(app.CodeInvalid, "还没有风险点，不能修订"))
		return
	}
	before := container.NewVScroll(f.before)
	before.SetMinSize(fyne.NewSize(100, 64))
	form := widgets.NewFormRows().Row(lang.L("风险点"), f.point).Row(lang.L("改哪里"), f.target).Row(lang.L("修订前"), before).Row(lang.L("修订后"), f.after).
		Row(lang.L("依据意见"), f.basis()).Row(lang.L("理由"), f.reason).Row(lang.L("审定人"), f.by).Row(lang.L("审定日期"), f.date)
	page.Ask(h, page.Question{Title: lang.L("依据意见修订"), Yes: lang.L("修订"), Form: form, First: f.after, Width: 680, Act: func() error {
		e, err := f.read()
		if err == nil {
			err = h.Do(disclose.Revise(e, h.Session().NewID))
		}
		if err == nil {
			h.Toast(lang.L("已修订，改前改后记在“修订记录”里"))
		}
		return err
	}})
}

func newReviseForm(h page.Host, from revising) *reviseForm {
	p := h.Session().Pilot
	f := &reviseForm{host: h, before: widget.NewLabel(""), after: widgets.NewTextArea(3), reason: widgets.NewTextArea(2), by: widget.NewEntry(),
		date: widgets.NewDateField(), ids: map[string]domain.ID{}}
	f.before.Wrapping = fyne.TextWrapBreak
	f.date.SetDate(today(h).Time())
	f.by.SetText(lang.L("领导小组"))
	f.points = p.ActivePoints()
	first := 0
	var names []string
	for i, r := range f.points {
		names = append(names, r.Code+" "+r.Name)
		if from.point != nil && from.point.ID == r.ID || from.opinion != nil && len(from.opinion.Points) > 0 && from.opinion.Points[0].ID == r.ID {
			first = i
		}
	}
	f.opinions = widget.NewCheckGroup(nil, nil)
	f.target = widget.NewSelect(nil, func(string) { f.showTarget() })
	f.point = widget.NewSelect(names, func(string) { f.showPoint() })
	if from.opinion != nil {
		f.listOpinions(from.opinion.ID)
	}
	if len(names) > 0 {
		f.point.SetSelectedIndex(first)
		f.choose(from)
	}
	return f
}

// basis lists the adopted opinions, or says that there is none.
func (f *reviseForm) basis() fyne.CanvasObject {
	if len(f.opinions.Options) == 0 {
		return hint(lang.L("没有采纳的意见；请在下面写明理由"))
	}
	s := container.NewVScroll(f.opinions)
	s.SetMinSize(fyne.NewSize(100, min(f.opinions.MinSize().Height, 96)))
	return s
}

// listOpinions offers the adopted opinions, those on the chosen point first; chosen is
// ticked.
func (f *reviseForm) listOpinions(chosen domain.ID) {
	p := f.host.Session().Pilot
	selected := slices.Clone(f.opinions.Selected)
	var on, others []string
	pt := f.chosenPoint()
	for _, o := range p.Opinions.All() {
		if !o.Adopted() || !domain.OpinionLife.Allows(o.State(), domain.EventAdopt) {
			continue
		}
		name := o.Code + " " + shorten(o.Content, 34)
		f.ids[name] = o.ID
		if o.ID == chosen && !slices.Contains(selected, name) {
			selected = append(selected, name)
		}
		if pt != nil && slices.ContainsFunc(o.Points, func(r domain.Ref) bool { return r.ID == pt.ID }) {
			on = append(on, name)
		} else {
			others = append(others, name)
		}
	}
	f.opinions.Options = append(on, others...)
	f.opinions.Selected = selected
	f.opinions.Refresh()
}

func shorten(s string, n int) string {
	s = strings.ReplaceAll(s, "\n", " ")
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

func (f *reviseForm) chosenPoint() *domain.RiskPoint {
	if f.point == nil || f.point.SelectedIndex() < 0 {
		return nil
	}
	return f.points[f.point.SelectedIndex()]
}

// showPoint offers the parts of another point.
func (f *reviseForm) showPoint() {
	pt := f.chosenPoint()
	f.targets = disclose.Targets(f.host.Session().Pilot, pt)
	var names []string
	for _, t := range f.targets {
		names = append(names, t.Label())
	}
	f.target.SetOptions(names)
	f.target.SetSelectedIndex(1) // 表现形式
	f.listOpinions("")
}

func (f *reviseForm) showTarget() {
	t := f.targets[f.target.SelectedIndex()]
	f.before.SetText(t.Now)
	f.after.SetText("")
	f.after.SetPlaceHolder("")
	switch {
	case t.Type == domain.RevisionMerge:
		f.after.SetPlaceHolder(lang.L("并入哪个风险点的编号，如 SB-11"))
	case t.Type == domain.RevisionEdit:
		f.after.SetText(t.Now)
	}
	if t.Takes() {
		f.after.Enable()
	} else {
		f.after.Disable()
	}
}

// choose takes over what was typed into a published text.
func (f *reviseForm) choose(from revising) {
	for i, t := range f.targets {
		if from.record != "" && t.Type == domain.RevisionEdit && t.ID == from.record && t.Field == from.field {
			f.target.SetSelectedIndex(i)
			f.after.SetText(from.after)
		}
	}
}

func (f *reviseForm) read() (disclose.Edit, error) {
	e := disclose.Edit{Point: f.chosenPoint().ID, Target: f.targets[f.target.SelectedIndex()], After: f.after.Text, Reason: f.reason.Text, By: f.by.Text}
	for _, name := range f.opinions.Selected {
		e.Opinions = append(e.Opinions, f.ids[name])
	}
	var err error
	if e.Date, err = page.DayOf(f.date, f.host.Session().Pilot.Year()); err != nil {
		return e, err
	}
	return e, nil
}
