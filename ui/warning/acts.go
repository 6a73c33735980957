package warning

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/report"
	"lianshao/app/report/draw"
	"lianshao/app/warn"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// actions are the buttons of an issued warning, in the order of its life.
var actions = []string{domain.EventReply, domain.EventPass, domain.EventReturn, domain.EventExtend, domain.EventRelease, domain.EventRaise, domain.EventCorrect}

// show puts the chosen line's paper, buttons and history on the right.
func (b *board) show() {
	l := b.chosen()
	in := b.input()
	enable(b.issue, len(b.selectedProposals()) > 0)
	b.acts.Objects = nil
	b.story.SetText("")
	var w *domain.Warning
	switch {
	case l.proposal != nil:
		w, _ = warn.Preview(in.Pilot, l.proposal.Letter(in.Today))
		b.acts.Add(widgets.NewMainButton(lang.L("签发…"), func() { b.write(*l.proposal) }))
		b.story.SetText(l.proposal.Basis)
	case l.warning != nil:
		w = l.warning
		b.fillActions(w)
		b.story.SetText(history(in.Pilot, w))
	}
	b.acts.Refresh()
	b.preview(in, w)
}

func (b *board) preview(in report.Input, w *domain.Warning) {
	var d draw.Drawing
	if w != nil {
		pages, err := report.NoticeOf(in, w, b.host.Metrics())
		switch {
		case err != nil:
			b.story.SetText(app.Sentence(err))
		case len(pages) > 0:
			d = pages[0]
		}
	}
	b.paper.SetPage(d, false)
}

// fillActions makes the buttons that the warning's state allows, the usual next
// step first and highlighted.
func (b *board) fillActions(w *domain.Warning) {
	next := nextStep(w, b.input().Today)
	for _, event := range b.possible(w) {
		act := func() { b.act(w, event) }
		button := widgets.NewButton(lang.L(event), act)
		if event == next {
			button = widgets.NewMainButton(lang.L(event), act)
		}
		b.acts.Add(button)
	}
	b.acts.Add(layout.NewSpacer())
	b.acts.Add(widgets.NewButton(lang.L("打印"), func() { b.print(w) }))
}

// possible lists what can be done about a warning now.
func (b *board) possible(w *domain.Warning) []string {
	return slices.DeleteFunc(slices.Clone(actions), func(event string) bool {
		return !domain.WarningLife.Allows(w.State, event) || event == domain.EventRaise && w.Unmet(b.input().Today) < 2
	})
}

// nextStep is what is usually done next.
func nextStep(w *domain.Warning, today domain.Date) string {
	switch {
	case w.State == domain.WarningPassed:
		return domain.EventRelease
	case w.Unmet(today) >= 2:
		return domain.EventRaise
	case w.State == domain.WarningReplied:
		return domain.EventPass
	}
	return domain.EventReply
}

func (b *board) print(w *domain.Warning) {
	in := b.input()
	pages, err := report.NoticeOf(in, w, b.host.Metrics())
	if err == nil {
		err = b.host.Files().Print(w.Code, pages)
	}
	if err != nil {
		b.host.Report(err)
	}
}

// history tells what was done about a warning, the newest last.
func history(p *domain.Pilot, w *domain.Warning) string {
	out := []string{fmt.Sprintf(lang.L("%s %s签发，%s"), w.Issued, w.Signer, w.Level)}
	for _, a := range w.Actions {
		line := fmt.Sprintf("%s %s（%s）：%s", a.Date, a.Event, a.By, a.Text)
		for _, d := range []struct {
			name string
			day  domain.Date
		}{{lang.L("回告期限"), a.ReplyBy}, {lang.L("整改期限"), a.FixBy}} {
			if d.day != "" {
				line += "；" + d.name + " " + string(d.day)
			}
		}
		if !a.Paper.IsZero() {
			line += " → " + p.CodeOf(domain.KindWarning, a.Paper)
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

func (b *board) menu() []*fyne.MenuItem {
	l := b.chosen()
	var items []*fyne.MenuItem
	switch {
	case l.proposal != nil:
		items = append(items, fyne.NewMenuItem(lang.L("签发…"), func() { b.write(*l.proposal) }))
	case l.warning != nil:
		for _, event := range b.possible(l.warning) {
			items = append(items, fyne.NewMenuItem(lang.L(event), func() { b.act(l.warning, event) }))
		}
		items = append(items, fyne.NewMenuItem(lang.L("打印"), func() { b.print(l.warning) }))
	default:
		return nil
	}
	row, _ := b.grid.Current()
	return append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(lang.L("查看风险点"), func() { b.openPoint(row) }))
}

func (b *board) selectedProposals() []warn.Proposal {
	var out []warn.Proposal
	for _, row := range b.grid.SelectedRows() {
		if row >= 0 && row < len(b.rows) && b.rows[row].proposal != nil {
			out = append(out, *b.rows[row].proposal)
		}
	}
	return out
}

func (b *board) issueSelected() {
	switch chosen := b.selectedProposals(); len(chosen) {
	case 0:
	case 1:
		b.write(chosen[0])
	default:
		b.confirm(chosen)
	}
}

func (b *board) issueAll() {
	in := b.input()
	b.confirm(warn.Proposals(in.Pilot, in.Result))
}

// confirm asks before several papers are issued: they cannot be undone.
func (b *board) confirm(all []warn.Proposal) {
	today := b.input().Today
	byLevel := map[string]int{}
	var order []string
	letters := make([]warn.Letter, len(all))
	for i, x := range all {
		letters[i] = x.Letter(today)
		if byLevel[x.Level.Label]++; byLevel[x.Level.Label] == 1 {
			order = append(order, x.Level.Label)
		}
	}
	var parts []string
	for _, l := range order {
		parts = append(parts, fmt.Sprintf(lang.L("%s %d 份"), l, byLevel[l]))
	}
	text := fmt.Sprintf(lang.L("签发 %d 份预警（%s），日期 %s，范围、签发人和期限按等级方案。\n签发后不能撤销、不能修改，有错只能另发文更正。"), len(all), strings.Join(parts, "，"), today)
	widgets.Confirm(b.host.Window(), lang.L("签发预警"), text, lang.L("签发"), func() { b.issueLetters(letters) })
}

func (b *board) issueLetters(letters []warn.Letter) {
	if err := b.host.Do(warn.Issue(letters, b.host.Session().NewID)); err != nil {
		b.host.Report(err)
		return
	}
	b.host.Toast(fmt.Sprintf(lang.L("已签发 %d 份预警"), len(letters)))
}

// letterForm edits what will stand on a paper.
type letterForm struct {
	letter             warn.Letter
	levels             []domain.Level
	level              *widget.Select
	basis, advice      *widgets.TextArea
	recipients, signer *widgets.Entry
	reply, fix         *widgets.Entry
	date               *widgets.DateField
}

func newLetterForm(in report.Input, l warn.Letter) *letterForm {
	f := &letterForm{letter: l, basis: widgets.NewTextArea(3), advice: widgets.NewTextArea(2), recipients: widgets.NewEntry(), signer: widgets.NewEntry(),
		reply: widgets.NewEntry(), fix: widgets.NewEntry(), date: widgets.NewDateField()}
	if in.Result != nil {
		for _, lv := range in.Result.Scheme.Ordered() {
			if lv.Severity > 0 {
				f.levels = append(f.levels, lv)
			}
		}
	}
	var names []string
	for _, lv := range f.levels {
		names = append(names, lv.Label)
	}
	f.level = widget.NewSelect(names, nil)
	f.level.Selected = l.Level.Label
	f.level.OnChanged = func(string) {
		f.letter.SetLevel(f.levels[f.level.SelectedIndex()])
		f.fillLevel()
	}
	f.basis.SetText(l.Basis)
	f.advice.SetText(l.Advice)
	f.date.SetDate(l.Date.Time())
	f.fillLevel()
	return f
}

func (f *letterForm) fillLevel() {
	f.recipients.SetText(f.letter.Recipients)
	f.signer.SetText(f.letter.Signer)
	f.reply.SetText(strconv.Itoa(f.letter.ReplyDays))
	f.fix.SetText(strconv.Itoa(f.letter.FixDays))
}

func (f *letterForm) rows(form *widgets.FormRows) *widgets.FormRows {
	return form.Row(lang.L("等级"), f.level).Row(lang.L("依据"), f.basis).Row(lang.L("建议措施"), f.advice).Row(lang.L("告知范围"), f.recipients).
		Row(lang.L("签发人"), f.signer).Row(lang.L("签发日期"), f.date).Row(lang.L("回告期限（工作日）"), f.reply).Row(lang.L("整改期限（工作日）"), f.fix)
}

// read takes over what was typed.
func (f *letterForm) read(year int) (warn.Letter, error) {
	l := f.letter
	l.Basis, l.Advice, l.Recipients, l.Signer = f.basis.Text, f.advice.Text, f.recipients.Text, f.signer.Text
	var err error
	if l.Date, err = page.DayOf(f.date, year); err != nil {
		return l, err
	}
	if l.ReplyDays, err = workdays(f.reply.Text, lang.L("回告期限")); err != nil {
		return l, err
	}
	l.FixDays, err = workdays(f.fix.Text, lang.L("整改期限"))
	return l, err
}

func workdays(text, what string) (int, error) {
	text = strings.TrimSpace(domain.NormalizeWidth(text))
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 400 {
		return 0, app.E(app.CodeInvalid, "%s应为 0 到 400 个工作日的整数，现为“%s”", what, text)
	}
	return n, nil
}

// write opens the letter of a proposal for signing.
func (b *board) write(x warn.Proposal) { Sign(b.host, b.input(), x) }

// Sign asks for what stands on the paper of a proposal and issues it.
func Sign(h page.Host, in report.Input, x warn.Proposal) {
	f := newLetterForm(in, x.Letter(in.Today))
	title := fmt.Sprintf(lang.L("签发 %s 的预警：%s %s"), warn.NextNumber(in.Pilot, in.Today), x.Point.Code, x.Point.Name)
	page.Ask(h, page.Question{Title: title, Yes: lang.L("签发"), Form: f.rows(widgets.NewFormRows()), Width: 640, Act: func() error {
		l, err := f.read(in.Pilot.Year())
		if err == nil {
			err = h.Do(warn.Issue([]warn.Letter{l}, h.Session().NewID))
		}
		if err == nil {
			h.Toast(lang.L("已签发 1 份预警"))
		}
		return err
	}})
}

// act asks for what an event needs and records it.
func (b *board) act(w *domain.Warning, event string) {
	in := b.input()
	who, what := warn.Words(event)
	by, text, date := widgets.NewEntry(), widgets.NewTextArea(3), widgets.NewDateField()
	date.SetDate(in.Today.Time())
	form := widgets.NewFormRows().Row(lang.L("日期"), date).Row(lang.L(who), by).Row(lang.L(what), text)
	reply, fix := widgets.NewDateField(), widgets.NewDateField()
	if event == domain.EventExtend || event == domain.EventReturn {
		form.Row(lang.L("新的回告期限"), reply).Row(lang.L("新的整改期限"), fix)
		if event == domain.EventReturn {
			n := b.replyDays(w)
			reply.SetDate(app.AfterWorkdays(in.Pilot, in.Today, n).Time())
		}
	}
	var letter *letterForm
	if event == domain.EventCorrect {
		letter = newLetterForm(in, warn.LetterOf(b.scheme(), w))
		letter.date.Hide() // the day of the correction is the day of the paper
		letter.rows(form.Section(lang.L("更正后的预警")))
	}
	if event == domain.EventReply && w.Unit.ID != "" {
		by.SetText(in.Pilot.NameOf(domain.KindUnit, w.Unit))
	}
	hint := widget.NewLabel(b.facts(w, event))
	hint.Wrapping = fyne.TextWrapBreak
	if hint.Text != "" {
		form.Row("", hint)
	}
	page.Ask(b.host, page.Question{Title: w.Code + "　" + lang.L(event), Yes: lang.L(event), Form: form, First: by, Width: 600, Act: func() error {
		a := warn.Act{By: by.Text, Text: text.Text}
		var err error
		for _, d := range []struct {
			to    *domain.Date
			field *widgets.DateField
		}{{&a.Date, date}, {&a.ReplyBy, reply}, {&a.FixBy, fix}} {
			if *d.to, err = page.DayOf(d.field, in.Pilot.Year()); err != nil {
				return err
			}
		}
		cmd, err := b.command(w, event, a, letter)
		if err == nil {
			err = b.host.Do(cmd)
		}
		if err == nil {
			b.host.Toast(fmt.Sprintf(lang.L("%s 已%s"), w.Code, lang.L(event)))
		}
		return err
	}})
}

func (b *board) command(w *domain.Warning, event string, a warn.Act, letter *letterForm) (app.Command, error) {
	newID := b.host.Session().NewID
	switch event {
	case domain.EventRaise:
		return warn.Raise(w.ID, b.scheme(), a, newID), nil
	case domain.EventCorrect:
		letter.date.SetDate(a.Date.Time())
		l, err := letter.read(b.host.Session().Pilot.Year())
		return warn.Correct(w.ID, l, a, newID), err
	}
	return warn.Take(w.ID, event, a), nil
}

func (b *board) scheme() *domain.LevelScheme {
	in := b.input()
	if in.Result != nil {
		return in.Result.Scheme
	}
	return in.Pilot.SchemeFor(domain.BasisIndex)
}

func (b *board) replyDays(w *domain.Warning) int {
	if s := b.scheme(); s != nil {
		if l, ok := s.Labelled(w.Level); ok {
			return l.Reply
		}
	}
	return 0
}

// facts are what a person should know before deciding.
func (b *board) facts(w *domain.Warning, event string) string {
	in := b.input()
	switch event {
	case domain.EventPass, domain.EventReturn, domain.EventRelease:
		out := fmt.Sprintf(lang.L("措施 %d 条，落实情况：%s"), len(in.Pilot.Measures.By(domain.ByPoint, w.Point.ID)), in.Pilot.MeasureStatus(w.Point.ID))
		if in.Result != nil {
			if o := in.Result.Of(w.Point.ID); o != nil && o.Complete {
				out += fmt.Sprintf(lang.L("；%s风险指数 %.2f，%s"), in.Result.Round.Name, o.Index, o.Level.Label)
			}
		}
		if s := b.scheme(); s != nil && event == domain.EventRelease {
			if l, ok := s.Labelled(w.Level); ok && l.Release != "" {
				out += "\n" + fmt.Sprintf(lang.L("解除条件：%s"), l.Release)
			}
		}
		return out
	case domain.EventRaise:
		return fmt.Sprintf(lang.L("未达要求 %d 次（复核退回或逾期）；两次才升级"), w.Unmet(in.Today))
	case domain.EventCorrect:
		return lang.L("原来那份留在登记表里，注明由新的一份更正。")
	case domain.EventExtend:
		return fmt.Sprintf(lang.L("现在：回告 %s，整改 %s"), w.ReplyDue(), w.FixDue())
	}
	return ""
}
