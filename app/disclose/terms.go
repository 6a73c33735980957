// Package disclose is what happens around a 公示: writing and starting the notice,
// registering, deciding and answering what people say about it, and revising the
// published points and measures with a reason on record.
package disclose

import (
	"cmp"
	"fmt"
	"strings"

	"lianshao/app"
	"lianshao/app/publish"
	"lianshao/app/report"
	"lianshao/domain"
)

// Terms are what a notice says, before it is issued.
type Terms struct {
	Subject    string // domain.SubjectPoints or domain.SubjectMeasures
	Units      []domain.ID
	Start, End domain.Date
	Scope      string // who may read it: 全校教职工
	Channel    string // how it is shown: 校园网、公告栏
	Contact    string // where opinions go
	Anon       string // domain.AnonFull …
	ReplyDays  int    // working days within which an opinion is answered
}

// usualDays is how many working days a notice stands when the plan does not say.
const usualDays = 5

// Propose writes the terms of the next notice: the days of the plan's step if they are
// still to come, else five working days from today; scope, channel and contact as the
// notice before had them.
func Propose(p *domain.Pilot, measures bool, today domain.Date) Terms {
	t := Terms{Subject: domain.SubjectPoints, Scope: "本校教职工", Channel: "校园网、公告栏", Anon: domain.AnonNames, ReplyDays: domain.UsualReplyDays,
		Contact: "纪检监察部门意见箱、电话、电子邮件或来访"}
	if measures {
		t.Subject = domain.SubjectMeasures
	}
	for _, d := range p.Disclosures.All() {
		t.Scope, t.Channel, t.Contact = cmp.Or(d.Scope, t.Scope), cmp.Or(d.Channel, t.Channel), cmp.Or(d.Contact, t.Contact)
		t.Anon, t.ReplyDays = d.Level(), d.ReplyWithin()
	}
	t.Start, t.End = proposeDays(p, measures, today)
	return t
}

func proposeDays(p *domain.Pilot, measures bool, today domain.Date) (start, end domain.Date) {
	cal := app.CalendarOf(p)
	start = today
	if day := start.Time(); !day.IsZero() && !cal.IsWorkday(day) {
		start = cal.After(start, 1)
	}
	for _, m := range p.Milestones.All() {
		if strings.Contains(m.Content, "公示") && strings.Contains(m.Content, "措施") == measures && m.End > start {
			return max(start, m.Start), m.End
		}
	}
	return start, cal.After(start, usualDays-1)
}

// TermsOf is what a notice says.
func TermsOf(d *domain.Disclosure) Terms {
	t := Terms{Subject: domain.SubjectPoints, Start: d.Start, End: d.End, Scope: d.Scope, Channel: d.Channel, Contact: d.Contact, Anon: d.Level(), ReplyDays: d.ReplyWithin()}
	if d.OfMeasures() {
		t.Subject = domain.SubjectMeasures
	}
	for _, u := range d.Units {
		t.Units = append(t.Units, u.ID)
	}
	return t
}

// Complete is what a notice says, with the usual words where it says nothing, as one
// that came with an import does.
func Complete(p *domain.Pilot, d *domain.Disclosure, today domain.Date) Terms {
	t, usual := TermsOf(d), Propose(p, d.OfMeasures(), today)
	t.Scope, t.Channel, t.Contact = cmp.Or(t.Scope, usual.Scope), cmp.Or(t.Channel, usual.Channel), cmp.Or(t.Contact, usual.Contact)
	if t.Start == "" {
		t.Start, t.End = usual.Start, usual.End
	}
	return t
}

// Lacks says what a notice still lacks to start; nil when it is whole.
func Lacks(p *domain.Pilot, d *domain.Disclosure) error { return TermsOf(d).check(p) }

// fill writes the terms into a notice.
func (t Terms) fill(d *domain.Disclosure) {
	d.Subject, d.Start, d.End, d.Anon, d.ReplyDays = t.Subject, t.Start, t.End, t.Anon, t.ReplyDays
	d.Scope, d.Channel, d.Contact = strings.TrimSpace(t.Scope), strings.TrimSpace(t.Channel), strings.TrimSpace(t.Contact)
	d.Units = nil
	for _, id := range t.Units {
		d.Units = append(d.Units, domain.To(id))
	}
}

// check says what the terms still lack.
func (t Terms) check(p *domain.Pilot) error {
	switch {
	case t.Subject != domain.SubjectPoints && t.Subject != domain.SubjectMeasures:
		return app.E(app.CodeInvalid, "公示内容应为“%s”或“%s”", domain.SubjectPoints, domain.SubjectMeasures)
	case t.Start.Time().IsZero() || t.End.Time().IsZero():
		return app.E(app.CodeInvalid, "请填写公示的开始和结束日期，例如 2026-07-01")
	case t.End < t.Start:
		return app.E(app.CodeInvalid, "公示结束日期 %s 早于开始日期 %s", t.End, t.Start)
	case app.CalendarOf(p).WorkdaysIn(t.Start, t.End) == 0:
		return app.E(app.CodeInvalid, "%s 至 %s 之间没有工作日，请延长公示", t.Start, t.End)
	case strings.TrimSpace(t.Scope) == "":
		return app.E(app.CodeInvalid, "请填写公示范围，例如 本校教职工")
	case strings.TrimSpace(t.Channel) == "":
		return app.E(app.CodeInvalid, "请填写公示方式，例如 校园网、公告栏")
	case strings.TrimSpace(t.Contact) == "":
		return app.E(app.CodeInvalid, "请填写意见怎样反映，例如 纪检监察部门意见箱、电话")
	case t.ReplyDays < 1 || t.ReplyDays > 250:
		return app.E(app.CodeInvalid, "答复期限应为 1 到 250 个工作日，现为 %d", t.ReplyDays)
	}
	if _, err := publish.ParseLevel(t.Anon); err != nil {
		return err
	}
	for _, u := range t.Units {
		if _, ok := p.Units.Get(u); !ok {
			return app.E(app.CodeNotFound, "要公示的部门已不存在，请重新选择部门")
		}
	}
	return nil
}

// NextNo is the number of the next notice.
func NextNo(p *domain.Pilot) int {
	no := 1
	for _, d := range p.Disclosures.All() {
		no = max(no, d.No+1)
	}
	return no
}

// Draft writes down a notice that is not issued yet; id "" makes a new one. It can be
// changed until it starts.
func Draft(id domain.ID, t Terms, newID app.IDs) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		dr := p.Draft()
		d, err := drafted(dr, id, t, newID)
		if err != nil {
			return domain.ChangeSet{}, err
		}
		dr.Disclosures.Put(d)
		return dr.Changes(domain.Op{Name: "disclosure", Label: fmt.Sprintf("起草第%d次公示", d.No)}), nil
	})
}

// drafted is the notice with the terms filled in, not yet in the pilot.
func drafted(p *domain.Pilot, id domain.ID, t Terms, newID app.IDs) (*domain.Disclosure, error) {
	if err := t.check(p); err != nil {
		return nil, err
	}
	d := &domain.Disclosure{No: NextNo(p), State: domain.DisclosureDraft}
	if id != "" {
		old, err := get(p, id)
		if err != nil {
			return nil, err
		}
		if _, err := next(old, domain.EventAmend); err != nil {
			return nil, err
		}
		d = old.Clone().(*domain.Disclosure)
	} else {
		d.SetBase(newID(), "起草")
		d.Code = fmt.Sprintf("GS-%d", d.No)
	}
	t.fill(d)
	return d, nil
}

func get(p *domain.Pilot, id domain.ID) (*domain.Disclosure, error) {
	d, ok := p.Disclosures.Get(id)
	if !ok {
		return nil, app.E(app.CodeNotFound, "这次公示已不存在")
	}
	return d, nil
}

// next asks the table of states.
func next(d *domain.Disclosure, event string) (string, error) {
	state, err := domain.DisclosureLife.Next(d.Life(), event)
	if err != nil {
		return "", app.Wrap(app.CodeInvalid, err, "第%d次公示：%s", d.No, err)
	}
	return state, nil
}

// Preview is the notice that the terms would make, for a look before it is issued. id
// is the draft, or "".
func Preview(p *domain.Pilot, id domain.ID, t Terms) *domain.Disclosure {
	d := &domain.Disclosure{No: NextNo(p)}
	if old, ok := p.Disclosures.Get(id); ok {
		d = old.Clone().(*domain.Disclosure)
	}
	t.fill(d)
	return d
}

// Leak says what the notice would give away at its level, nil when it may be issued:
// names left after masking, scores, the words of a complaint.
func Leak(p *domain.Pilot, d *domain.Disclosure, today domain.Date) error {
	paper, _ := report.PaperByID("disclosure")
	return report.Releasable(p, paper, report.DisclosureTable(report.Input{Pilot: p, Today: today}, d, report.Options{}))
}
