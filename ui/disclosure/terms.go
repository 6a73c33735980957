package disclosure

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/disclose"
	"lianshao/app/report"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// manyPoints is how many lines make a notice too slow to lay out at every key.
const manyPoints = 400

// write asks for the terms of a new notice.
func (n *notices) write(measures bool) {
	p := n.host.Session().Pilot
	n.terms("", disclose.Propose(p, measures, today(n.host)), nil)
}

// termsForm edits what a notice says, with the very notice beside it.
type termsForm struct {
	host                                   page.Host
	id                                     domain.ID          // of the draft, "" = a new one
	corrects                               *domain.Disclosure // nil = an ordinary one
	subject                                *widget.Select
	units                                  *widget.CheckGroup
	ids                                    map[string]domain.ID
	start, end                             *widgets.DateField
	scope, channel, contact, reply, reason *widget.Entry
	anon                                   *widget.Select
	days                                   *widget.Label
	verdict                                *widget.Label
	sight                                  *sight
}

// terms opens the form. corrects is the notice that a new one corrects, or nil.
func (n *notices) terms(id domain.ID, t disclose.Terms, corrects *domain.Disclosure) {
	f := newTermsForm(n.host, id, t, corrects)
	var m *widgets.Modal
	try := func(act func() (string, error)) func() {
		return func() {
			done, err := act()
			if err != nil {
				f.say(err)
				return
			}
			m.Close()
			n.host.Toast(done)
		}
	}
	title, yes := lang.L("起草公示"), widgets.NewMainButton(lang.L("保存草稿"), try(f.save))
	if corrects != nil {
		title = fmt.Sprintf(lang.L("更正第%d次公示"), corrects.No)
		yes = widgets.NewMainButton(lang.L("发布更正"), try(f.correct))
	}
	no := widgets.NewButton(lang.L("取消"), func() { m.Close() })
	left := container.NewBorder(nil, widgets.Room(380, 66, f.verdict), nil, nil, container.NewVScroll(widgets.Room(372, 10, f.rows())))
	body := container.NewBorder(nil, nil, left, nil, f.sight.content)
	m = widgets.NewModal(n.host.Window(), title, body, fyne.NewSize(1040, 620), nil, no, yes)
	m.Keys(nil, m.Close)
	f.preview()
}

func newTermsForm(h page.Host, id domain.ID, t disclose.Terms, corrects *domain.Disclosure) *termsForm {
	f := &termsForm{host: h, id: id, corrects: corrects, ids: map[string]domain.ID{}, start: widgets.NewDateField(), end: widgets.NewDateField(),
		scope: widget.NewEntry(), channel: widget.NewEntry(), contact: widget.NewEntry(), reply: widget.NewEntry(), reason: widget.NewEntry(),
		days: widget.NewLabel(""), verdict: widget.NewLabel(""), sight: newSight()}
	f.verdict.Wrapping = fyne.TextWrapBreak
	f.subject = widget.NewSelect([]string{domain.SubjectPoints, domain.SubjectMeasures}, nil)
	f.subject.Selected = t.Subject
	var names, chosen []string
	for _, u := range h.Session().Pilot.Units.All() {
		names, f.ids[u.Name] = append(names, u.Name), u.ID
		if slices.Contains(t.Units, u.ID) {
			chosen = append(chosen, u.Name)
		}
	}
	f.units = widget.NewCheckGroup(names, nil)
	f.units.Selected = chosen
	f.anon = widget.NewSelect(levelNames(), nil)
	f.anon.Selected = levelName(t.Anon)
	f.start.SetDate(t.Start.Time())
	f.end.SetDate(t.End.Time())
	for _, x := range []struct {
		e    *widget.Entry
		text string
	}{{f.scope, t.Scope}, {f.channel, t.Channel}, {f.contact, t.Contact}, {f.reply, strconv.Itoa(t.ReplyDays)}, {f.reason, ""}} {
		x.e.Text = x.text
	}
	f.follow()
	return f
}

// follow shows the notice anew after every change.
func (f *termsForm) follow() {
	changed := func(string) { f.preview() }
	f.subject.OnChanged, f.anon.OnChanged = changed, changed
	f.units.OnChanged = func([]string) { f.preview() }
	for _, e := range []*widget.Entry{f.scope, f.channel, f.contact, f.reply, &f.start.Entry().Entry, &f.end.Entry().Entry} {
		e.OnChanged = changed
	}
}

func levelNames() []string {
	var out []string
	for _, x := range domain.AnonLevels {
		out = append(out, levelName(x.Level))
	}
	return out
}

func levelName(level string) string {
	for _, x := range domain.AnonLevels {
		if x.Level == level {
			return x.Level + " " + x.Meaning
		}
	}
	return level
}

func (f *termsForm) rows() *widgets.FormRows {
	form := widgets.NewFormRows()
	if f.corrects != nil {
		form.Row(lang.L("更正理由"), f.reason)
	}
	units := container.NewVScroll(f.units)
	units.SetMinSize(fyne.NewSize(100, min(f.units.MinSize().Height, 84)))
	return form.Row(lang.L("公示内容"), f.subject).Row(lang.L("部门"), units).Row("", hint(lang.L("不勾选就是全部试点部门"))).
		Row(lang.L("开始"), f.start).Row(lang.L("结束"), f.end).Row("", f.days).Row(lang.L("公示范围"), f.scope).Row(lang.L("公示方式"), f.channel).
		Row(lang.L("意见反映"), f.contact).Row(lang.L("公开级别"), f.anon).Row(lang.L("答复期限（工作日）"), f.reply)
}

// read takes over what was typed.
func (f *termsForm) read() (disclose.Terms, error) {
	t := disclose.Terms{Subject: f.subject.Selected, Scope: f.scope.Text, Channel: f.channel.Text, Contact: f.contact.Text}
	t.Anon, _, _ = strings.Cut(f.anon.Selected, " ")
	for _, name := range f.units.Selected {
		t.Units = append(t.Units, f.ids[name])
	}
	year := f.host.Session().Pilot.Year()
	var err error
	if t.Start, err = page.DayOf(f.start, year); err != nil {
		return t, err
	}
	if t.End, err = page.DayOf(f.end, year); err != nil {
		return t, err
	}
	n, err := strconv.Atoi(strings.TrimSpace(domain.NormalizeWidth(f.reply.Text)))
	if err != nil {
		return t, app.E(app.CodeInvalid, "答复期限应为整数（工作日），现为“%s”", f.reply.Text)
	}
	t.ReplyDays = n
	return t, nil
}

// preview shows the notice that the terms make, and whether it may be published.
func (f *termsForm) preview() {
	t, err := f.read()
	p := f.host.Session().Pilot
	d := disclose.Preview(p, f.id, t)
	if f.corrects != nil {
		d.Follows = domain.To(f.corrects.ID)
	}
	f.days.SetText(fmt.Sprintf(lang.L("共 %d 个工作日"), app.CalendarOf(p).WorkdaysIn(t.Start, t.End)))
	if err != nil {
		f.say(err)
		return
	}
	if n := len(report.DisclosedNow(p, d)); n > manyPoints {
		f.sight.show(nil)
		f.verdict.Importance = widget.MediumImportance
		f.verdict.SetText(fmt.Sprintf(lang.L("公示 %d 项，内容多，保存草稿后在右边看全文"), n))
		return
	}
	pages, err := noticePages(report.Input{Pilot: p, Today: today(f.host)}, d, f.host.Metrics())
	f.sight.show(pages)
	if err != nil {
		f.say(err)
		return
	}
	f.verdict.Importance = widget.SuccessImportance
	f.verdict.SetText(lang.L("已检查：公告里没有姓名、评估得分和意见、举报原文"))
	if d.Level() == domain.AnonFull {
		f.verdict.Importance = widget.WarningImportance
		f.verdict.SetText(lang.L("P0 是内部全文，不检查姓名和得分，不要对外张贴"))
	}
}

func (f *termsForm) say(err error) {
	f.verdict.Importance = widget.DangerImportance
	f.verdict.SetText(app.Sentence(err))
}

func (f *termsForm) save() (string, error) {
	t, err := f.read()
	if err == nil {
		err = f.host.Do(disclose.Draft(f.id, t, f.host.Session().NewID))
	}
	return lang.L("已存为草稿，核对后点“开始公示”"), err
}

func (f *termsForm) correct() (string, error) {
	t, err := f.read()
	if err == nil {
		err = f.host.Do(disclose.Correct(f.corrects.ID, t, disclose.Act{Date: today(f.host), Text: f.reason.Text}, f.host.Session().NewID))
	}
	return fmt.Sprintf(lang.L("已发布更正，第%d次公示停止执行"), f.corrects.No), err
}
