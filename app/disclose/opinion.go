package disclose

import (
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/domain"
)

// Heard is an opinion as it comes in.
type Heard struct {
	Disclosure    domain.ID
	Received      domain.Date
	Channel, From string // From "" = anonymous
	Points        []domain.ID
	Content       string
}

// Channels are the usual ways in which opinions come.
var Channels = []string{"意见箱", "电话", "电子邮件", "来信", "来访", "座谈会", "网上留言"}

// Register writes an opinion into the register of its notice, which must have started.
func Register(h Heard, newID app.IDs) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		dr := p.Draft()
		d, err := get(dr, h.Disclosure)
		if err != nil {
			return domain.ChangeSet{}, err
		}
		if _, err := next(d, domain.EventHear); err != nil {
			return domain.ChangeSet{}, err
		}
		switch {
		case strings.TrimSpace(h.Content) == "":
			return domain.ChangeSet{}, app.E(app.CodeInvalid, "请填写意见内容")
		case h.Received.Time().IsZero():
			return domain.ChangeSet{}, app.E(app.CodeInvalid, "请填写收到意见的日期，例如 2026-07-03")
		case h.Received < d.Start:
			return domain.ChangeSet{}, app.E(app.CodeInvalid, "收到日期 %s 早于公示开始的 %s", h.Received, d.Start)
		}
		o := &domain.Opinion{Disclosure: domain.To(d.ID), Received: h.Received, Channel: strings.TrimSpace(h.Channel), From: strings.TrimSpace(h.From),
			Content: strings.TrimSpace(h.Content)}
		if o.Anonymous() {
			o.From = "匿名"
		}
		for _, id := range h.Points {
			if _, ok := dr.RiskPoints.Get(id); !ok {
				return domain.ChangeSet{}, app.E(app.CodeNotFound, "意见说的风险点已不存在，请重新选择")
			}
			o.Points = append(o.Points, domain.To(id))
		}
		o.SetBase(newID(), "登记意见")
		o.Code = edit.NextCode(dr, domain.KindOpinion, "YJ-00")
		dr.Opinions.Put(o)
		return dr.Changes(domain.Op{Name: "opinion", Label: "登记意见 " + o.Code}), nil
	})
}

// Decide says what becomes of an opinion. A reason is asked for unless it is adopted
// whole, where the revision gives it.
func Decide(id domain.ID, decision, reason string) app.Command {
	return change(id, domain.EventDecide, func(o *domain.Opinion) error {
		reason = strings.TrimSpace(reason)
		switch {
		case !slices.Contains(domain.Decisions, decision):
			return app.E(app.CodeInvalid, "请选择采纳、部分采纳或不采纳")
		case reason == "" && decision != domain.Decisions[0]:
			return app.E(app.CodeInvalid, "%s要写明理由", decision)
		}
		o.Decision, o.Reason = decision, reason
		return nil
	})
}

// Reply is an answer to an opinion.
type Reply struct {
	Date domain.Date
	By   string // the unit that answers
	Text string
}

// Answer records the answer to an opinion; after it the decision stands.
func Answer(id domain.ID, r Reply) app.Command {
	return change(id, domain.EventAnswer, func(o *domain.Opinion) error {
		switch {
		case r.Date.Time().IsZero():
			return app.E(app.CodeInvalid, "请填写答复日期，例如 2026-07-20")
		case r.Date < o.Received:
			return app.E(app.CodeInvalid, "答复日期 %s 早于收到意见的 %s", r.Date, o.Received)
		case strings.TrimSpace(r.By) == "":
			return app.E(app.CodeInvalid, "请填写答复单位")
		case strings.TrimSpace(r.Text) == "":
			return app.E(app.CodeInvalid, "请填写怎样答复的，例如 已在公告栏答复")
		}
		o.Replied, o.ReplyBy, o.Reply = domain.Due{Date: r.Date}, strings.TrimSpace(r.By), strings.TrimSpace(r.Text)
		return nil
	})
}

// change asks the table of states and changes a copy of the opinion.
func change(id domain.ID, event string, how func(*domain.Opinion) error) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		dr := p.Draft()
		o, err := opinion(dr, id, event)
		if err != nil {
			return domain.ChangeSet{}, err
		}
		n := o.Clone().(*domain.Opinion)
		if err := how(n); err != nil {
			return domain.ChangeSet{}, err
		}
		dr.Opinions.Put(n)
		return dr.Changes(domain.Op{Name: "opinion", Label: "意见 " + o.Code + " " + event}), nil
	})
}

func opinion(p *domain.Pilot, id domain.ID, event string) (*domain.Opinion, error) {
	o, ok := p.Opinions.Get(id)
	if !ok {
		return nil, app.E(app.CodeNotFound, "这条意见已不存在")
	}
	if _, err := domain.OpinionLife.Next(o.State(), event); err != nil {
		return nil, app.Wrap(app.CodeInvalid, err, "意见 %s：%s", o.Code, err)
	}
	return o, nil
}
