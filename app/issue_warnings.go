package app

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"lianshao/domain"
)

// WarningDue is one point that should be warned in a round, and the paper it already has.
type WarningDue struct {
	Outcome *domain.PointOutcome
	Issued  *domain.Warning // nil while no paper was issued for this round
}

// WarningsDue lists the points whose level in a round calls for a warning:
// every level but the mildest, the highest index first.
func WarningsDue(p *domain.Pilot, res *domain.RoundResult) []WarningDue {
	var out []WarningDue
	for i := range res.Points {
		o := &res.Points[i]
		if o.Complete && o.Level.Severity > 0 {
			out = append(out, WarningDue{o, issuedFor(p, o.Point.ID, res.Round.No)})
		}
	}
	slices.SortStableFunc(out, func(a, b WarningDue) int { return cmp.Compare(b.Outcome.Index, a.Outcome.Index) })
	return out
}

func issuedFor(p *domain.Pilot, point domain.ID, round int) *domain.Warning {
	for _, w := range p.Warnings.By(domain.ByPoint, point) {
		if w.Round == round {
			return w
		}
	}
	return nil
}

// IssueWarnings issues the papers of a round that are not issued yet, dated
// today. Papers are not undone, only corrected by later ones.
func IssueWarnings(res *domain.RoundResult, today domain.Date, newID IDs) Command {
	op := domain.Op{Name: "issue-warnings", Label: fmt.Sprintf("签发第 %d 轮评估的预警", res.Round.No), Final: true}
	return Edit(op, func(draft *domain.Pilot) error {
		next := nextNumber(draft, today)
		for _, due := range WarningsDue(draft, res) {
			if due.Issued != nil {
				continue
			}
			w := warningOf(due.Outcome, res, today)
			w.ID, w.Code = newID(), fmt.Sprintf("廉预警〔%s〕%d号", today[:4], next)
			draft.Warnings.Put(w)
			next++
		}
		return nil
	})
}

func warningOf(o *domain.PointOutcome, res *domain.RoundResult, today domain.Date) *domain.Warning {
	l := o.Level
	return &domain.Warning{Point: domain.To(o.Point.ID), Unit: o.Point.Unit, Post: o.Point.Post, Round: res.Round.No,
		Level: l.Label, Severity: l.Severity, Index: o.Index, Basis: WarningBasis(res, o), Advice: warningAdvice,
		Recipients: l.Told, Signer: l.Signer, Issued: today, ReplyBy: AfterWorkdays(today, l.Reply),
		FixBy: AfterWorkdays(today, l.Fix), State: domain.WarningIssued}
}

const warningAdvice = "针对该环节制订或加强防范措施，嵌入工作流程，明确责任人和完成时限，并按期回告。"

// WarningBasis says on which numbers a warning rests.
func WarningBasis(res *domain.RoundResult, o *domain.PointOutcome) string {
	name := res.Round.Name
	if name == "" {
		name = fmt.Sprintf("第 %d 轮评估", res.Round.No)
	}
	return fmt.Sprintf("%s风险指数 %.2f，达到“%s”级（%s）", name, o.Index, o.Level.Label, band(res.Scheme, o.Level))
}

var warningNumber = regexp.MustCompile(`〔(\d{4})〕(\d+)号`)

// nextNumber continues the year's numbers.
func nextNumber(p *domain.Pilot, today domain.Date) int {
	last := 0
	for _, w := range p.Warnings.All() {
		if m := warningNumber.FindStringSubmatch(w.Code); m != nil && m[1] == string(today[:4]) {
			n, _ := strconv.Atoi(m[2])
			last = max(last, n)
		}
	}
	return last + 1
}
