package disclose

import (
	"fmt"
	"strings"

	"lianshao/app"
	"lianshao/app/report"
	"lianshao/domain"
)

// Act is one thing done about a notice: when, by whom, with which words.
type Act struct {
	Date     domain.Date
	By, Text string
}

// Start issues a notice: what it shows is written down in today's words, and from now
// on the notice cannot be changed or taken back by undo. It is refused while it would
// give away a name, a score or the words of a complaint.
func Start(id domain.ID, a Act) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		dr := p.Draft()
		d, err := get(dr, id)
		if err != nil {
			return domain.ChangeSet{}, err
		}
		n, err := started(dr, d, a)
		if err != nil {
			return domain.ChangeSet{}, err
		}
		dr.Disclosures.Put(n)
		return dr.Changes(domain.Op{Name: "disclosure", Label: fmt.Sprintf("第%d次公示开始", d.No), Final: true}), nil
	})
}

// started is a copy of the draft as it is issued.
func started(p *domain.Pilot, d *domain.Disclosure, a Act) (*domain.Disclosure, error) {
	if _, err := next(d, domain.EventPublish); err != nil {
		return nil, err
	}
	if err := TermsOf(d).check(p); err != nil {
		return nil, app.Wrap(app.CodeInvalid, err, "第%d次公示：%s", d.No, app.Sentence(err))
	}
	n := d.Clone().(*domain.Disclosure)
	n.Shown = report.DisclosedNow(p, d)
	if len(n.Shown) == 0 {
		what := "风险点：请先登记风险点"
		if d.OfMeasures() {
			what = "防范措施：请先给风险点写上防范措施"
		}
		return nil, app.E(app.CodeInvalid, "公示范围内还没有%s，再开始公示", what)
	}
	if err := Leak(p, n, a.Date); err != nil {
		return nil, err
	}
	if a.Date.Time().IsZero() {
		a.Date = n.Start
	}
	return acted(n, domain.EventPublish, a, domain.Ref{})
}

// acted puts one action behind the others, in a copy.
func acted(d *domain.Disclosure, event string, a Act, paper domain.Ref) (*domain.Disclosure, error) {
	state, err := next(d, event)
	if err != nil {
		return nil, err
	}
	n := d.Clone().(*domain.Disclosure)
	n.State = state
	n.Actions = append(n.Actions, domain.DisclosureAction{Event: event, Date: a.Date, By: strings.TrimSpace(a.By), Text: strings.TrimSpace(a.Text), Paper: paper})
	return n, nil
}

// Take records the end of a notice, that it was withdrawn, or that all about it is
// done. A withdrawal is a paper and cannot be undone; the others can.
func Take(id domain.ID, event string, a Act) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		dr := p.Draft()
		d, err := get(dr, id)
		if err != nil {
			return domain.ChangeSet{}, err
		}
		if _, err := next(d, event); err != nil {
			return domain.ChangeSet{}, err
		}
		if err := a.check(dr, d, event); err != nil {
			return domain.ChangeSet{}, err
		}
		n, err := acted(d, event, a, domain.Ref{})
		if err != nil {
			return domain.ChangeSet{}, err
		}
		dr.Disclosures.Put(n)
		return dr.Changes(domain.Op{Name: "disclosure", Label: fmt.Sprintf("第%d次公示%s", d.No, event), Final: event == domain.EventWithdraw}), nil
	})
}

func (a Act) check(p *domain.Pilot, d *domain.Disclosure, event string) error {
	last := d.Start
	for _, x := range d.Actions {
		last = max(last, x.Date)
	}
	switch {
	case a.Date.Time().IsZero():
		return app.E(app.CodeInvalid, "请填写日期，例如 2026-07-10")
	case a.Date < last && event != domain.EventWithdraw && event != domain.EventCorrect:
		return app.E(app.CodeInvalid, "日期 %s 早于上一次办理的日期 %s", a.Date, last)
	case event == domain.EventEnd && a.Date < d.End:
		return app.E(app.CodeInvalid, "公告写的结束日期是 %s，在那以前不能截止；要提前结束请撤回，写明理由", d.End)
	case event == domain.EventWithdraw && strings.TrimSpace(a.Text) == "":
		return app.E(app.CodeInvalid, "请写明撤回的理由")
	case event == domain.EventCorrect && strings.TrimSpace(a.Text) == "":
		return app.E(app.CodeInvalid, "请写明更正的理由")
	}
	if event == domain.EventFinish {
		return finished(p, d)
	}
	return nil
}

// finished says what stands against closing a notice: opinions without decision or
// answer, adopted ones without a revision.
func finished(p *domain.Pilot, d *domain.Disclosure) error {
	var open, bare []string
	for _, o := range p.OpinionsOn(d) {
		switch {
		case o.State() != domain.OpinionAnswered:
			open = append(open, o.Code)
		case o.Adopted() && !Revised(p, o.ID):
			bare = append(bare, o.Code)
		}
	}
	switch {
	case len(open) > 0:
		return app.E(app.CodeInvalid, "第%d次公示还有意见没有答复，不能办结：%s", d.No, strings.Join(open, "、"))
	case len(bare) > 0:
		return app.E(app.CodeInvalid, "第%d次公示采纳的意见还没有修订，不能办结：%s", d.No, strings.Join(bare, "、"))
	}
	return nil
}

// Revised reports whether a revision points back to an opinion.
func Revised(p *domain.Pilot, opinion domain.ID) bool {
	for _, r := range p.Revisions.All() {
		for _, o := range r.Opinions {
			if o.ID == opinion {
				return true
			}
		}
	}
	return false
}

// Correct answers a notice that has a mistake by a new one that names it and starts at
// once; the old one stays in the register and says which one corrects it.
func Correct(id domain.ID, t Terms, a Act, newID app.IDs) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		dr := p.Draft()
		old, err := get(dr, id)
		if err != nil {
			return domain.ChangeSet{}, err
		}
		if _, err := next(old, domain.EventCorrect); err != nil {
			return domain.ChangeSet{}, err
		}
		if err := a.check(dr, old, domain.EventCorrect); err != nil {
			return domain.ChangeSet{}, err
		}
		d, err := drafted(dr, "", t, newID)
		if err != nil {
			return domain.ChangeSet{}, err
		}
		d.Follows = domain.To(old.ID)
		n, err := started(dr, d, Act{Date: a.Date, By: a.By, Text: fmt.Sprintf("更正第%d次公示", old.No)})
		if err != nil {
			return domain.ChangeSet{}, err
		}
		before, err := acted(old, domain.EventCorrect, a, domain.To(n.ID))
		if err != nil {
			return domain.ChangeSet{}, err
		}
		dr.Disclosures.Put(before)
		dr.Disclosures.Put(n)
		return dr.Changes(domain.Op{Name: "disclosure", Label: fmt.Sprintf("第%d次公示更正第%d次", n.No, old.No), Final: true}), nil
	})
}
