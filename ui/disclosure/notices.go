package disclosure

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/disclose"
	"lianshao/app/report"
	"lianshao/app/report/draw"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/pen"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// notices is the tab of the 公示: the list, and beside it the notice as it prints with
// the buttons of its state.
type notices struct {
	host  page.Host
	list  *records.List
	acts  *fyne.Container
	sight *sight
	story *widget.Label
}

func newNotices(h page.Host) *notices {
	n := &notices{host: h, acts: container.NewHBox(), sight: newSight(), story: widget.NewLabel("")}
	n.story.Wrapping = fyne.TextWrapBreak
	n.list = records.NewList(h, domain.KindDisclosure, records.Options{Name: "notice", Hidden: []string{"scope", "channel", "contact", "anon", "reply_days", "units"}})
	n.list.Empty = lang.L("风险点查出来以后，在适当范围公示，听取群众意见；措施写好以后再公示一次。")
	n.list.EmptyButton, n.list.EmptyAct = lang.L("起草风险点公示…"), func() { n.write(false) }
	n.list.Tools = []fyne.CanvasObject{button("起草风险点公示…", func() { n.write(false) }), button("起草措施公示…", func() { n.write(true) })}
	n.list.Grid.OnRecord = func(r domain.Record) { n.show(r) }
	n.list.Grid.Model.Paint = func(r domain.Record, field string, c *widgets.Cell) {
		if d := r.(*domain.Disclosure); field == "state" && overrun(d, today(h)) {
			c.Warn = true
		}
	}
	n.list.Share = 0.52
	n.list.Side = container.NewBorder(n.acts, widgets.Room(10, 84, container.NewVScroll(n.story)), nil, nil, n.sight.content)
	return n
}

// overrun reports whether a notice is up past its last day.
func overrun(d *domain.Disclosure, today domain.Date) bool {
	return d.Life() == domain.DisclosureOpen && d.End != "" && d.End < today
}

func (n *notices) part() records.Part {
	part := records.ListPart("notices", "公示", n.list)
	part.Show = func(arg string) { n.list.Grid.SelectID(domain.ID(arg)); n.show(n.list.Grid.Selected()) }
	part.Changed = func(e app.Event) { n.list.Changed(e); n.show(n.list.Grid.Selected()) }
	return part
}

func (n *notices) input() report.Input {
	return report.Input{Pilot: n.host.Session().Pilot, Today: today(n.host), Head: n.host.Session().Head()}
}

// show puts the chosen notice, its buttons and its history on the right.
func (n *notices) show(r domain.Record) {
	n.acts.Objects = nil
	n.story.SetText("")
	d, ok := r.(*domain.Disclosure)
	if !ok {
		n.sight.show(nil)
		n.acts.Refresh()
		return
	}
	n.buttons(d)
	n.story.SetText(n.history(d))
	pages, err := noticePages(n.input(), d, n.host.Metrics())
	if err != nil {
		n.story.SetText(app.Sentence(err))
	}
	n.sight.show(pages)
}

// noticePages lays out one notice at its own level, checked as it prints.
func noticePages(in report.Input, d *domain.Disclosure, m draw.Measurer) ([]draw.Drawing, error) {
	paper, _ := report.PaperByID("disclosure")
	return paper.Lay(in, report.DisclosureTable(in, d, report.Options{}), m)
}

// acts of a notice in the order of its life.
var noticeActs = []string{domain.EventPublish, domain.EventAmend, domain.EventHear, domain.EventEnd, domain.EventFinish, domain.EventCorrect, domain.EventWithdraw}

func (n *notices) buttons(d *domain.Disclosure) {
	next := n.nextStep(d)
	for _, event := range noticeActs {
		if !domain.DisclosureLife.Allows(d.Life(), event) {
			continue
		}
		act := func() { n.act(d, event) }
		b := widgets.NewButton(lang.L(event), act)
		if event == next {
			b = widgets.NewMainButton(lang.L(event), act)
		}
		n.acts.Add(b)
	}
	n.acts.Add(layout.NewSpacer())
	n.acts.Add(widgets.NewButton(lang.L("打印"), func() { n.print(d) }))
	n.acts.Refresh()
}

// nextStep is what is usually done next with a notice.
func (n *notices) nextStep(d *domain.Disclosure) string {
	switch d.Life() {
	case domain.DisclosureDraft:
		return domain.EventPublish
	case domain.DisclosureOpen:
		if d.End != "" && d.End <= today(n.host) {
			return domain.EventEnd
		}
		return domain.EventHear
	}
	return domain.EventFinish
}

func (n *notices) act(d *domain.Disclosure, event string) {
	switch event {
	case domain.EventPublish:
		n.start(d)
	case domain.EventAmend:
		n.terms(d.ID, disclose.Complete(n.host.Session().Pilot, d, today(n.host)), nil)
	case domain.EventHear:
		registerDialog(n.host, d)
	case domain.EventCorrect:
		n.terms("", disclose.TermsOf(d), d)
	default:
		n.take(d, event)
	}
}

// start issues a draft after a last question, for it cannot be taken back.
func (n *notices) start(d *domain.Disclosure) {
	if p := n.host.Session().Pilot; disclose.Lacks(p, d) != nil {
		n.terms(d.ID, disclose.Complete(p, d, today(n.host)), nil)
		n.host.Toast(lang.L("公告还没有写全，请补好保存，再开始公示"))
		return
	}
	text := fmt.Sprintf(lang.L("第%d次公示：%s，%s 至 %s，%s。\n开始以后公告的内容不能改、不能撤销，有错只能撤回或另发一次更正。"),
		d.No, d.Subject, d.Start, d.End, levelName(d.Level()))
	widgets.Confirm(n.host.Window(), lang.L("开始公示"), text, lang.L("开始公示"), func() {
		n.run(disclose.Start(d.ID, disclose.Act{Date: d.Start}), fmt.Sprintf(lang.L("第%d次公示已开始"), d.No))
	})
}

func (n *notices) run(cmd app.Command, done string) {
	if err := n.host.Do(cmd); err != nil {
		n.host.Report(err)
		return
	}
	n.host.Toast(done)
}

// take asks when and why, and records the end, the withdrawal or that all is done.
func (n *notices) take(d *domain.Disclosure, event string) {
	date, by, text := widgets.NewDateField(), widget.NewEntry(), widgets.NewTextArea(2)
	date.SetDate(today(n.host).Time())
	if event == domain.EventEnd && d.End != "" {
		date.SetDate(max(d.End, today(n.host)).Time())
	}
	note := lang.L("说明")
	if event == domain.EventWithdraw {
		note = lang.L("撤回理由")
	}
	form := widgets.NewFormRows().Row(lang.L("日期"), date).Row(lang.L("经办人"), by).Row(note, text)
	if event == domain.EventWithdraw {
		form.Row("", hint(lang.L("撤回的公示留在登记里，不能恢复。公布过的内容改动仍要写明依据。")))
	}
	page.Ask(n.host, page.Question{Title: fmt.Sprintf(lang.L("第%d次公示"), d.No) + "　" + lang.L(event), Yes: lang.L(event), Form: form, First: text, Width: 520, Act: func() error {
		day, err := page.DayOf(date, n.host.Session().Pilot.Year())
		if err == nil {
			err = n.host.Do(disclose.Take(d.ID, event, disclose.Act{Date: day, By: by.Text, Text: text.Text}))
		}
		if err == nil {
			n.host.Toast(fmt.Sprintf(lang.L("第%d次公示：%s"), d.No, lang.L(event)))
		}
		return err
	}})
}

func (n *notices) print(d *domain.Disclosure) {
	pages, err := noticePages(n.input(), d, n.host.Metrics())
	if err == nil {
		err = n.host.Files().Print(fmt.Sprintf(lang.L("第%d次公示"), d.No), pages)
	}
	if err != nil {
		n.host.Report(err)
	}
}

// history tells what was done about a notice, and what waits.
func (n *notices) history(d *domain.Disclosure) string {
	p := n.host.Session().Pilot
	var out []string
	if f, ok := p.Disclosures.Get(d.Follows.ID); ok {
		out = append(out, fmt.Sprintf(lang.L("更正第%d次公示"), f.No))
	}
	for _, a := range d.Actions {
		line := strings.TrimSpace(fmt.Sprintf("%s %s %s", a.Date, lang.L(a.Event), a.By))
		if a.Text != "" {
			line += "：" + a.Text
		}
		if next, ok := p.Disclosures.Get(a.Paper.ID); ok {
			line += fmt.Sprintf(lang.L(" → 第%d次"), next.No)
		}
		out = append(out, line)
	}
	if d.State == "" && len(p.OpinionsOn(d)) > 0 {
		out = append(out, lang.L("这次公示是随表格导入的。已经贴出的，点“开始公示”补登；补登以后，公布过的内容改动要写明依据。"))
	}
	if overrun(d, today(n.host)) {
		out = append(out, fmt.Sprintf(lang.L("公示到 %s 为止，还没有登记截止。"), d.End))
	}
	return strings.Join(append(out, waiting(p, d)), "\n")
}

// waiting counts the opinions on a notice by what they wait for.
func waiting(p *domain.Pilot, d *domain.Disclosure) string {
	all := p.OpinionsOn(d)
	count := func(state string) int {
		return len(slices.DeleteFunc(slices.Clone(all), func(o *domain.Opinion) bool { return o.State() != state }))
	}
	if len(all) == 0 {
		return lang.L("还没有收到意见")
	}
	return fmt.Sprintf(lang.L("收到意见 %d 条：待处理 %d，待答复 %d，已答复 %d"), len(all), count(domain.OpinionNew), count(domain.OpinionDecided), count(domain.OpinionAnswered))
}

// sight shows pages one at a time, as they print.
type sight struct {
	paper   *pen.Paper
	number  *widget.Label
	pages   []draw.Drawing
	at      int
	content fyne.CanvasObject
}

func newSight() *sight {
	s := &sight{paper: pen.NewPaper(), number: widget.NewLabel("")}
	s.paper.OnTurn = s.turn
	bar := container.NewHBox(widgets.NewButton(lang.L("上一页"), func() { s.turn(-1) }), s.number, widgets.NewButton(lang.L("下一页"), func() { s.turn(1) }))
	s.content = container.NewBorder(nil, container.NewCenter(bar), nil, nil, s.paper)
	return s
}

func (s *sight) show(pages []draw.Drawing) {
	s.pages, s.at = pages, min(s.at, max(0, len(pages)-1))
	s.turnTo(s.at, false)
}

func (s *sight) turn(by int) {
	if to := min(max(s.at+by, 0), len(s.pages)-1); to >= 0 && to != s.at {
		s.turnTo(to, by == -1)
	}
}

func (s *sight) turnTo(at int, bottom bool) {
	s.at = at
	if len(s.pages) == 0 {
		s.number.SetText("")
		s.paper.SetPage(draw.Drawing{}, false)
		return
	}
	s.number.SetText(fmt.Sprintf("%d / %d", at+1, len(s.pages)))
	s.paper.SetPage(s.pages[at], bottom)
}

func today(h page.Host) domain.Date { return h.Session().Today() }

func button(text string, act func()) fyne.CanvasObject {
	b := widget.NewButton(lang.L(text), act)
	b.Importance = widget.LowImportance
	return b
}

func hint(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping, l.Importance = fyne.TextWrapBreak, widget.LowImportance
	return l
}
