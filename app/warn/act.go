package warn

import (
	"fmt"
	"strings"

	"lianshao/app"
	"lianshao/domain"
)

// Act is one thing done about a warning: when, by whom, with which words.
type Act struct {
	Date           domain.Date
	By, Text       string
	ReplyBy, FixBy domain.Date // new deadlines of an extension or a return; "" = as before
}

// Take records an event that makes no new paper: a reply, a review, an extension,
// the release. A release is a paper and cannot be undone; the others can.
func Take(id domain.ID, event string, a Act) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		d := p.Draft()
		w, err := get(d, id)
		if err != nil {
			return domain.ChangeSet{}, err
		}
		next, err := Taken(w, event, a)
		if err != nil {
			return domain.ChangeSet{}, err
		}
		d.Warnings.Put(next)
		return d.Changes(domain.Op{Name: "warning", Label: w.Code + " " + event, Final: event == domain.EventRelease}), nil
	})
}

// Taken is a warning after an event of Take, in a copy. It refuses what Take refuses.
func Taken(w *domain.Warning, event string, a Act) (*domain.Warning, error) {
	if err := a.check(w, event); err != nil {
		return nil, err
	}
	return add(w, domain.WarningAction{Event: event, Date: a.Date, By: strings.TrimSpace(a.By), Text: strings.TrimSpace(a.Text), ReplyBy: a.ReplyBy, FixBy: a.FixBy})
}

func get(d *domain.Pilot, id domain.ID) (*domain.Warning, error) {
	w, ok := d.Warnings.Get(id)
	if !ok {
		return nil, app.E(app.CodeNotFound, "这份预警已不存在")
	}
	return w, nil
}

// who and what name an event's By and Text in messages and dialogs.
var words = map[string][2]string{
	domain.EventReply: {"回告人", "回告内容"}, domain.EventPass: {"复核人", "复核结论"}, domain.EventReturn: {"复核人", "退回理由"},
	domain.EventExtend: {"批准人", "延期理由"}, domain.EventRelease: {"批准人", "解除理由"}, domain.EventRaise: {"批准人", "升级理由"},
	domain.EventCorrect: {"批准人", "更正理由"},
}

// Words are what an event calls the person and the words it asks for.
func Words(event string) (who, what string) { w := words[event]; return w[0], w[1] }

func (a Act) check(w *domain.Warning, event string) error {
	who, what := Words(event)
	if _, err := domain.WarningLife.Next(w.State, event); err != nil {
		return app.E(app.CodeInvalid, "%s：%s", w.Code, err)
	}
	last := w.Issued
	if n := len(w.Actions); n > 0 {
		last = w.Actions[n-1].Date
	}
	switch {
	case a.Date.Time().IsZero():
		return app.E(app.CodeInvalid, "请填写日期，例如 2026-09-20")
	case a.Date < last:
		return app.E(app.CodeInvalid, "日期 %s 早于上一次处理的日期 %s", a.Date, last)
	case strings.TrimSpace(a.By) == "":
		return app.E(app.CodeInvalid, "请填写%s", who)
	case strings.TrimSpace(a.Text) == "":
		return app.E(app.CodeInvalid, "请填写%s", what)
	}
	if event == domain.EventExtend && a.ReplyBy == "" && a.FixBy == "" {
		return app.E(app.CodeInvalid, "延期要写明新的回告期限或整改期限")
	}
	if a.ReplyBy != "" && event == domain.EventExtend && a.ReplyBy <= w.ReplyDue() {
		return app.E(app.CodeInvalid, "新的回告期限 %s 应晚于现在的 %s", a.ReplyBy, w.ReplyDue())
	}
	if a.FixBy != "" && event == domain.EventExtend && a.FixBy <= w.FixDue() {
		return app.E(app.CodeInvalid, "新的整改期限 %s 应晚于现在的 %s", a.FixBy, w.FixDue())
	}
	if (a.ReplyBy != "" && a.ReplyBy < a.Date) || (a.FixBy != "" && a.FixBy < a.Date) {
		return app.E(app.CodeInvalid, "新的期限不能早于 %s", a.Date)
	}
	return nil
}

// add puts one action behind the others, in a copy.
func add(w *domain.Warning, a domain.WarningAction) (*domain.Warning, error) {
	state, err := domain.WarningLife.Next(w.State, a.Event)
	if err != nil {
		return nil, app.E(app.CodeInvalid, "%s：%s", w.Code, err)
	}
	n := w.Clone().(*domain.Warning)
	n.State, n.Actions = state, append(n.Actions, a)
	switch a.Event {
	case domain.EventReply:
		n.Replied = a.Date
	case domain.EventRelease:
		n.Released = a.Date
	}
	return n, nil
}

// Raise answers a warning that was not met twice by a more severe one: the level
// above, a new number, new deadlines. The old one keeps its history.
func Raise(id domain.ID, scheme *domain.LevelScheme, a Act, newID app.IDs) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		d := p.Draft()
		w, err := get(d, id)
		if err != nil {
			return domain.ChangeSet{}, err
		}
		if err := a.check(w, domain.EventRaise); err != nil {
			return domain.ChangeSet{}, err
		}
		if n := w.Unmet(a.Date); n < 2 {
			return domain.ChangeSet{}, app.E(app.CodeInvalid, "%s 未达要求 %d 次，两次未达要求（复核退回或逾期）才升级", w.Code, n)
		}
		level, ok := above(scheme, w.Severity)
		if !ok {
			return domain.ChangeSet{}, app.E(app.CodeInvalid, "%s 已经是最高等级“%s”，不能再升级，请按规定问责", w.Code, w.Level)
		}
		l := letterOf(w, a.Date)
		l.SetLevel(level)
		l.Basis = fmt.Sprintf("%s 未达要求：%s", w.Code, strings.TrimSpace(a.Text))
		if err := follow(d, w, l, domain.EventRaise, a, newID); err != nil {
			return domain.ChangeSet{}, err
		}
		return d.Changes(domain.Op{Name: "warning", Label: w.Code + " 升级为" + level.Label, Final: true}), nil
	})
}

// above is the next more severe level.
func above(s *domain.LevelScheme, severity int) (domain.Level, bool) {
	var best domain.Level
	found := false
	if s == nil {
		return best, false
	}
	for _, l := range s.Levels {
		if l.Severity > severity && (!found || l.Severity < best.Severity) {
			best, found = l, true
		}
	}
	return best, found
}

// Correct replaces an issued warning that has a mistake by a new paper that names
// it. l says what shall stand on the new one.
func Correct(id domain.ID, l Letter, a Act, newID app.IDs) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		d := p.Draft()
		w, err := get(d, id)
		if err != nil {
			return domain.ChangeSet{}, err
		}
		if err := a.check(w, domain.EventCorrect); err != nil {
			return domain.ChangeSet{}, err
		}
		l.Point, l.Date = w.Point.ID, a.Date
		if err := follow(d, w, l, domain.EventCorrect, a, newID); err != nil {
			return domain.ChangeSet{}, err
		}
		return d.Changes(domain.Op{Name: "warning", Label: w.Code + " 更正", Final: true}), nil
	})
}

// LetterOf is what stands on an issued warning, to correct it from.
func LetterOf(scheme *domain.LevelScheme, w *domain.Warning) Letter {
	l := letterOf(w, w.Issued)
	if scheme != nil {
		if level, ok := scheme.Labelled(w.Level); ok {
			l.Level, l.ReplyDays, l.FixDays = level, level.Reply, level.Fix
		}
	}
	return l
}

func letterOf(w *domain.Warning, day domain.Date) Letter {
	return Letter{Point: w.Point.ID, Level: domain.Level{Label: w.Level, Severity: w.Severity}, Index: w.Index, Round: w.Round,
		Sources: strings.Split(w.Sources, "、"), Info: w.Info.ID, Basis: w.Basis, Advice: w.Advice, Recipients: w.Recipients, Signer: w.Signer, Date: day}
}

// follow issues the paper that takes over from w.
func follow(d *domain.Pilot, w *domain.Warning, l Letter, event string, a Act, newID app.IDs) error {
	next, err := paper(d, l)
	if err != nil {
		return err
	}
	next.ID, next.Follows = newID(), domain.To(w.ID)
	old, err := add(w, domain.WarningAction{Event: event, Date: a.Date, By: strings.TrimSpace(a.By), Text: strings.TrimSpace(a.Text), Paper: domain.To(next.ID)})
	if err != nil {
		return err
	}
	d.Warnings.Put(old)
	d.Warnings.Put(next)
	return nil
}
