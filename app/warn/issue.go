package warn

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"lianshao/app"
	"lianshao/domain"
)

// Advice is what a warning asks for unless somebody writes something better.
const Advice = "针对该环节制订或加强防范措施，嵌入工作流程，明确责任人和完成时限，并按期回告。"

// Letter is a warning before it is signed: everything that will stand on the paper
// but its number. ReplyDays and FixDays are working days; 0 = no deadline.
type Letter struct {
	Point              domain.ID
	Level              domain.Level
	Index              float64
	Round              int
	Sources            []string
	Info               domain.ID
	Basis, Advice      string
	Recipients, Signer string
	Date               domain.Date
	ReplyDays, FixDays int
}

// Letter writes the paper that a proposal asks for, dated on a day, with the
// scope, signer and deadlines of its level.
func (x Proposal) Letter(today domain.Date) Letter {
	l := Letter{Point: x.Point.ID, Index: x.Index, Round: x.Round, Sources: x.Sources, Basis: x.Basis, Advice: Advice, Date: today}
	if x.Info != nil {
		l.Info = x.Info.ID
	}
	l.SetLevel(x.Level)
	return l
}

// SetLevel takes over a level with its scope, signer and deadlines.
func (l *Letter) SetLevel(level domain.Level) {
	l.Level = level
	l.Recipients, l.Signer, l.ReplyDays, l.FixDays = level.Told, level.Signer, level.Reply, level.Fix
}

// Issue signs letters as one operation that cannot be undone. An open warning of
// the same point is raised by a more severe one and continued by any other.
func Issue(letters []Letter, newID app.IDs) app.Command {
	op := domain.Op{Name: "issue-warnings", Label: fmt.Sprintf("签发 %d 份预警", len(letters)), Final: true}
	return app.Edit(op, func(d *domain.Pilot) error {
		for _, l := range letters {
			if _, err := sign(d, l, newID); err != nil {
				return err
			}
		}
		return nil
	})
}

// IssueRound issues the papers of a round that are not issued yet, dated today.
func IssueRound(res *domain.RoundResult, today domain.Date, newID app.IDs) app.Command {
	op := domain.Op{Name: "issue-warnings", Label: fmt.Sprintf("签发第 %d 轮评估的预警", res.Round.No), Final: true}
	return app.Edit(op, func(d *domain.Pilot) error {
		for _, due := range OfRound(d, res) {
			if due.Issued != nil {
				continue
			}
			o := due.Outcome
			x := Proposal{Point: o.Point, Level: o.Level, Index: o.Index, Round: res.Round.No, Sources: []string{domain.SourceRound}, Basis: Basis(res, o)}
			if _, err := sign(d, x.Letter(today), newID); err != nil {
				return err
			}
		}
		return nil
	})
}

// sign makes the paper and closes what it takes over.
func sign(d *domain.Pilot, l Letter, newID app.IDs) (*domain.Warning, error) {
	w, err := paper(d, l)
	if err != nil {
		return nil, err
	}
	w.ID = newID()
	for _, old := range d.Warnings.By(domain.ByPoint, l.Point) {
		if !old.Open() {
			continue
		}
		event, why := domain.EventContinue, "由新的预警接续"
		if w.Severity > old.Severity && domain.WarningLife.Allows(old.State, domain.EventRaise) {
			event, why = domain.EventRaise, fmt.Sprintf("等级由“%s”升为“%s”", old.Level, w.Level)
		}
		w.Follows = domain.To(old.ID)
		next, err := add(old, domain.WarningAction{Event: event, Date: l.Date, By: l.Signer, Text: why, Paper: domain.To(w.ID)})
		if err != nil {
			return nil, err
		}
		d.Warnings.Put(next)
	}
	d.Warnings.Put(w)
	return w, nil
}

// paper fills in a warning; it has no ID yet.
func paper(d *domain.Pilot, l Letter) (*domain.Warning, error) {
	pt, ok := d.RiskPoints.Get(l.Point)
	switch {
	case !ok:
		return nil, app.E(app.CodeNotFound, "要预警的风险点已不存在")
	case pt.Status != domain.PointActive:
		return nil, app.E(app.CodeInvalid, "风险点 %s %s，不能预警", pt.Code, pt.Status)
	case l.Level.Label == "":
		return nil, app.E(app.CodeInvalid, "风险点 %s 没有选预警等级", pt.Code)
	case l.Date.Time().IsZero():
		return nil, app.E(app.CodeInvalid, "请填写签发日期，例如 2026-08-25")
	case strings.TrimSpace(l.Basis) == "":
		return nil, app.E(app.CodeInvalid, "请写明风险点 %s 的预警依据", pt.Code)
	case strings.TrimSpace(l.Signer) == "":
		return nil, app.E(app.CodeInvalid, "请写明签发人")
	case strings.TrimSpace(l.Recipients) == "":
		return nil, app.E(app.CodeInvalid, "请写明告知范围")
	}
	w := &domain.Warning{Point: domain.To(pt.ID), Unit: pt.Unit, Post: pt.Post, Round: l.Round, Level: l.Level.Label, Severity: l.Level.Severity,
		Index: l.Index, Sources: strings.Join(l.Sources, "、"), Basis: strings.TrimSpace(l.Basis), Advice: strings.TrimSpace(l.Advice),
		Recipients: strings.TrimSpace(l.Recipients), Signer: strings.TrimSpace(l.Signer), Issued: l.Date,
		ReplyBy: app.AfterWorkdays(d, l.Date, l.ReplyDays), FixBy: app.AfterWorkdays(d, l.Date, l.FixDays), State: domain.WarningIssued}
	if l.Info != "" {
		w.Info = domain.To(l.Info)
	}
	w.Code = NextNumber(d, l.Date)
	w.Origin = "签发"
	return w, nil
}

var numberPattern = regexp.MustCompile(`〔(\d{4})〕(\d+)号`)

// NextNumber is the next 文号 of the year of a day: 廉预警〔2026〕1号.
func NextNumber(p *domain.Pilot, day domain.Date) string {
	year, last := string(day)[:4], 0
	for _, w := range p.Warnings.All() {
		if m := numberPattern.FindStringSubmatch(w.Code); m != nil && m[1] == year {
			n, _ := strconv.Atoi(m[2])
			last = max(last, n)
		}
	}
	return fmt.Sprintf("廉预警〔%s〕%d号", year, last+1)
}

// Preview is the warning that signing a letter would issue, without a number.
func Preview(p *domain.Pilot, l Letter) (*domain.Warning, error) {
	w, err := paper(p, l)
	if err != nil {
		return nil, err
	}
	w.Code = ""
	return w, nil
}
