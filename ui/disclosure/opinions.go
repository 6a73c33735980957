package disclosure

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/disclose"
	"lianshao/app/fields"
	"lianshao/app/report"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// opinions is the tab 意见登记: the register, and beside it the chosen opinion with
// the buttons of its state.
type opinions struct {
	host  page.Host
	list  *records.List
	acts  *fyne.Container
	state *widget.Label
	open  *widget.Check
}

func newOpinions(h page.Host) *opinions {
	o := &opinions{host: h, acts: container.NewHBox(), state: widget.NewLabel("")}
	o.state.Wrapping = fyne.TextWrapBreak
	l := records.NewList(h, domain.KindOpinion, records.Options{Name: "opinion", Fixed: 1})
	o.list = l
	l.Empty = lang.L("公示期间收到的意见登记在这里，可以不署名。也可以从《公示意见登记表》导入。")
	l.EmptyButton, l.EmptyAct = lang.L("登记意见…"), func() { registerDialog(h, nil) }
	o.open = widget.NewCheck(lang.L("只看未答复"), func(bool) { o.keep() })
	l.Tools = []fyne.CanvasObject{button("登记意见…", func() { registerDialog(h, nil) }), o.open, records.PrintButton(h, "opinions")}
	l.Grid.Model.Paint = func(r domain.Record, field string, c *widgets.Cell) {
		if (field == "due" || field == "state") && o.late(r.(*domain.Opinion)) {
			c.Warn = true
		}
	}
	detail := l.Grid.OnRecord
	l.Grid.OnRecord = func(r domain.Record) { detail(r); o.show(r) }
	l.Side = container.NewBorder(container.NewVBox(o.acts, o.state), nil, nil, nil, l.Detail.Content())
	return o
}

func (o *opinions) keep() {
	if !o.open.Checked {
		o.list.SetKeep(nil)
		return
	}
	o.list.SetKeep(func(r domain.Record) bool { return r.(*domain.Opinion).State() != domain.OpinionAnswered })
}

func (o *opinions) part() records.Part {
	part := records.ListPart("opinions", "意见登记", o.list)
	part.Show = func(arg string) { o.list.Grid.SelectID(domain.ID(arg)); o.show(o.list.Grid.Selected()) }
	part.Changed = func(e app.Event) { o.list.Changed(e); o.show(o.list.Grid.Selected()) }
	return part
}

func (o *opinions) due(x *domain.Opinion) domain.Date {
	p := o.host.Session().Pilot
	return app.ReplyDue(p, app.CalendarOf(p), x)
}

func (o *opinions) late(x *domain.Opinion) bool {
	due := o.due(x)
	return x.State() != domain.OpinionAnswered && due != "" && due < today(o.host)
}

// show puts the buttons of an opinion's state over its form, the usual next step
// highlighted, and says what is late.
func (o *opinions) show(r domain.Record) {
	o.acts.Objects = nil
	x, ok := r.(*domain.Opinion)
	if !ok {
		o.state.SetText("")
		o.acts.Refresh()
		return
	}
	next := o.nextStep(x)
	for _, event := range []string{domain.EventDecide, domain.EventAdopt, domain.EventAnswer} {
		if !domain.OpinionLife.Allows(x.State(), event) || event == domain.EventAdopt && !x.Adopted() {
			continue
		}
		act := func() { o.act(x, event) }
		b := widgets.NewButton(lang.L(event), act)
		if event == next {
			b = widgets.NewMainButton(lang.L(event), act)
		}
		o.acts.Add(b)
	}
	o.acts.Add(layout.NewSpacer())
	if len(x.Points) > 0 && x.Points[0].ID != "" {
		o.acts.Add(widgets.NewButton(lang.L("看风险点"), func() { o.host.Go(page.RiskPoints, report.FilterPoint+string(x.Points[0].ID)) }))
	}
	o.acts.Refresh()
	o.tell(x)
}

func (o *opinions) nextStep(x *domain.Opinion) string {
	switch {
	case x.State() == domain.OpinionNew:
		return domain.EventDecide
	case x.Adopted() && !disclose.Revised(o.host.Session().Pilot, x.ID):
		return domain.EventAdopt
	}
	return domain.EventAnswer
}

func (o *opinions) tell(x *domain.Opinion) {
	due, state := o.due(x), lang.L(x.State())
	o.state.Importance = widget.MediumImportance
	switch {
	case x.State() == domain.OpinionAnswered:
		if x.Adopted() && !disclose.Revised(o.host.Session().Pilot, x.ID) {
			state += lang.L("；采纳了，还没有修订记录")
		}
	case o.late(x):
		cal := app.CalendarOf(o.host.Session().Pilot)
		o.state.Importance = widget.DangerImportance
		state += fmt.Sprintf(lang.L("；应于 %s 前答复，已逾期 %d 个工作日"), due, cal.Between(due, today(o.host)))
	case due != "":
		state += fmt.Sprintf(lang.L("；应于 %s 前答复"), due)
	}
	o.state.SetText(state)
}

func (o *opinions) act(x *domain.Opinion, event string) {
	switch event {
	case domain.EventDecide:
		o.decide(x)
	case domain.EventAnswer:
		o.answer(x)
	default:
		reviseDialog(o.host, revising{opinion: x})
	}
}

func (o *opinions) decide(x *domain.Opinion) {
	decision := widget.NewRadioGroup(domain.Decisions, nil)
	decision.Horizontal = true
	decision.Selected = x.Decision
	reason := widgets.NewTextArea(3)
	reason.SetText(x.Reason)
	form := widgets.NewFormRows().Row(lang.L("意见"), quoted(x.Content)).Row(lang.L("采纳情况"), decision).Row(lang.L("理由"), reason)
	page.Ask(o.host, page.Question{Title: lang.L("处理意见 ") + x.Code, Yes: lang.L("作出决定"), Form: form, First: reason, Width: 600, Act: func() error {
		return o.host.Do(disclose.Decide(x.ID, decision.Selected, reason.Text))
	}})
}

func (o *opinions) answer(x *domain.Opinion) {
	date, by, text := widgets.NewDateField(), widget.NewEntry(), widgets.NewTextArea(3)
	date.SetDate(today(o.host).Time())
	by.SetText(x.ReplyBy)
	if x.ReplyBy == "" && len(x.Points) > 0 {
		p := o.host.Session().Pilot
		if pt, ok := p.RiskPoints.Get(x.Points[0].ID); ok {
			by.SetText(p.NameOf(domain.KindUnit, pt.Unit))
		}
	}
	text.SetText(x.Reply)
	form := widgets.NewFormRows().Row(lang.L("意见"), quoted(x.Content)).Row(lang.L("决定"), quoted(strings.TrimSuffix(x.Decision+"："+x.Reason, "："))).
		Row(lang.L("答复日期"), date).Row(lang.L("答复单位"), by).Row(lang.L("答复内容"), text)
	if x.Anonymous() {
		form.Row("", hint(lang.L("没有署名的意见，写明在哪里公开答复的，例如公告栏。")))
	}
	page.Ask(o.host, page.Question{Title: lang.L("答复意见 ") + x.Code, Yes: lang.L("答复"), Form: form, First: text, Width: 600, Act: func() error {
		day, err := page.DayOf(date, o.host.Session().Pilot.Year())
		if err == nil {
			err = o.host.Do(disclose.Answer(x.ID, disclose.Reply{Date: day, By: by.Text, Text: text.Text}))
		}
		return err
	}})
}

func quoted(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapBreak
	return l
}

// registerDialog asks for an opinion on a notice; without one, on the latest that takes
// opinions.
func registerDialog(h page.Host, d *domain.Disclosure) {
	p := h.Session().Pilot
	var names []string
	byName := map[string]domain.ID{}
	for _, x := range p.Disclosures.All() {
		if !domain.DisclosureLife.Allows(x.Life(), domain.EventHear) {
			continue
		}
		name := fmt.Sprintf(lang.L("第%d次　%s"), x.No, x.Subject)
		names, byName[name] = append(names, name), x.ID
	}
	if len(names) == 0 {
		h.Report(app.E(app.CodeInvalid, "还没有在公示的公告，不能登记意见。请先在“公示”里起草、开始公示；已经贴出的，开始日期填贴出那天"))
		return
	}
	notice := widget.NewSelect(names, nil)
	notice.SetSelectedIndex(len(names) - 1)
	for name, id := range byName {
		if d != nil && d.ID == id {
			notice.SetSelected(name)
		}
	}
	date, channel, from, points, content := widgets.NewDateField(), widget.NewSelectEntry(disclose.Channels), widget.NewEntry(), widget.NewEntry(), widgets.NewTextArea(4)
	date.SetDate(today(h).Time())
	channel.SetText(disclose.Channels[0])
	from.SetPlaceHolder(lang.L("不填就是匿名"))
	points.SetPlaceHolder(lang.L("编号，如 JJ-03、JJ-05；不针对哪一个点的不填"))
	form := widgets.NewFormRows().Row(lang.L("公示"), notice).Row(lang.L("收到日期"), date).Row(lang.L("渠道"), channel).Row(lang.L("意见人"), from).
		Row(lang.L("风险点"), points).Row(lang.L("意见内容"), content)
	page.Ask(h, page.Question{Title: lang.L("登记意见"), Yes: lang.L("登记"), Form: form, First: content, Width: 600, Act: func() error {
		heard := disclose.Heard{Disclosure: byName[notice.Selected], Channel: channel.Text, From: from.Text, Content: content.Text}
		var err error
		if heard.Received, err = page.DayOf(date, p.Year()); err != nil {
			return err
		}
		if heard.Points, err = pointsOf(p, points.Text); err != nil {
			return err
		}
		if err = h.Do(disclose.Register(heard, h.Session().NewID)); err == nil {
			h.Toast(lang.L("已登记，请作出决定并答复"))
		}
		return err
	}})
}

// pointsOf reads the codes of risk points.
func pointsOf(p *domain.Pilot, text string) ([]domain.ID, error) {
	f, _ := fields.Find(domain.KindOpinion, "points")
	o := &domain.Opinion{}
	if err := f.Set(p, o, text); err != nil {
		return nil, err
	}
	var out []domain.ID
	for _, ref := range o.Points {
		if ref.ID == "" {
			return nil, app.E(app.CodeInvalid, "没有编号为“%s”的风险点，多个编号用、隔开", ref.Text)
		}
		out = append(out, ref.ID)
	}
	return out, nil
}
