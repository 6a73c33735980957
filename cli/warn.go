package cli

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/app/view"
	"lianshao/app/warn"
	"lianshao/domain"
)

// runWarn lists what should be warned because of a round, with --all also because of
// the monitors' rules and trends, and issues it when asked.
func runWarn(c *call) (int, error) {
	s, res, err := c.result()
	if err != nil {
		return 0, err
	}
	defer s.Close()
	var more []warn.Proposal
	if c.has("all") {
		more = beyondRound(s.Pilot, res)
	}
	issued := 0
	if c.has("issue") {
		if issued, err = c.issue(s, res, more); err != nil {
			return 0, err
		}
	}
	due := warn.OfRound(s.Pilot, res)
	if c.has("json") {
		list := make([]view.Object, 0, len(due)+len(more))
		for _, d := range due {
			list = append(list, warningAnswer(s.Pilot, res, d))
		}
		for _, x := range more {
			list = append(list, proposalAnswer(s.Pilot, x))
		}
		return ExitDone, c.json(view.Object{{Key: "round", Value: res.Round.No}, {Key: "issued", Value: issued}, {Key: "warnings", Value: list}})
	}
	c.warningTable(s.Pilot, due, more)
	c.print("第 %d 轮评估应当预警 %d 个风险点", res.Round.No, len(due))
	if len(more) > 0 {
		c.print("监测规则和趋势另外提出 %d 个", len(more))
	}
	if c.has("issue") {
		c.print("这次签发 %d 份预警通知", issued)
	}
	return ExitDone, nil
}

// beyondRound are the proposals that monitors raise or add to those of the round.
func beyondRound(p *domain.Pilot, res *domain.RoundResult) []warn.Proposal {
	return slices.DeleteFunc(warn.Proposals(p, res), func(x warn.Proposal) bool {
		return len(x.Sources) == 1 && x.Sources[0] == domain.SourceRound
	})
}

// issue signs the papers of the round, and then those of the monitors: a higher level
// raises the paper of the round.
func (c *call) issue(s *app.Session, res *domain.RoundResult, more []warn.Proposal) (int, error) {
	before := s.Pilot.Warnings.Len()
	today := domain.Date(c.Clock().Format("2006-01-02"))
	raised := map[domain.ID]bool{}
	letters := make([]warn.Letter, len(more))
	for i, x := range more {
		letters[i], raised[x.Point.ID] = x.Letter(today), true
	}
	for _, x := range warn.Proposals(s.Pilot, res) {
		if !raised[x.Point.ID] && len(more) > 0 {
			letters = append(letters, x.Letter(today))
		}
	}
	cmd := warn.IssueRound(res, today, c.NewID)
	if len(more) > 0 {
		cmd = warn.Issue(letters, c.NewID)
	}
	err := s.Do(cmd)
	return s.Pilot.Warnings.Len() - before, err
}

func (c *call) warningTable(p *domain.Pilot, due []warn.Due, more []warn.Proposal) {
	var rows [][]string
	line := func(pt *domain.RiskPoint, level string, index float64, code string) {
		rows = append(rows, []string{level, fmt.Sprintf("%.2f", index), pt.Code, p.NameOf(domain.KindUnit, pt.Unit), p.NameOf(domain.KindPost, pt.Post), pt.Name, code})
	}
	for _, d := range due {
		code := "未签发"
		if d.Issued != nil {
			code = d.Issued.Code
		}
		line(d.Outcome.Point, d.Outcome.Level.Label, d.Outcome.Index, code)
	}
	for _, x := range more {
		line(x.Point, x.Level.Label, x.Index, strings.Join(x.Sources, "、"))
	}
	writeTable(c.out, []string{"等级", "指数", "编号", "部门", "岗位", "风险点", "文号"}, rows)
}

// proposalAnswer is a proposal of the monitors.
func proposalAnswer(p *domain.Pilot, x warn.Proposal) view.Object {
	return view.Object{{Key: "point", Value: x.Point.Code}, {Key: "unit", Value: p.NameOf(domain.KindUnit, x.Point.Unit)},
		{Key: "post", Value: p.NameOf(domain.KindPost, x.Point.Post)}, {Key: "name", Value: x.Point.Name}, {Key: "score", Value: x.Index},
		{Key: "level", Value: x.Level.Label}, {Key: "severity", Value: x.Level.Severity}, {Key: "basis", Value: x.Basis}, {Key: "sources", Value: x.Sources},
		{Key: "recipients", Value: x.Level.Told}, {Key: "signer", Value: x.Level.Signer}, {Key: "reply_workdays", Value: x.Level.Reply},
		{Key: "fix_workdays", Value: x.Level.Fix}, {Key: "release", Value: x.Level.Release}, {Key: "code", Value: ""}, {Key: "state", Value: "未签发"}}
}

func warningAnswer(p *domain.Pilot, res *domain.RoundResult, d warn.Due) view.Object {
	o := d.Outcome
	out := view.Object{{Key: "point", Value: o.Point.Code}, {Key: "unit", Value: p.NameOf(domain.KindUnit, o.Point.Unit)},
		{Key: "post", Value: p.NameOf(domain.KindPost, o.Point.Post)}, {Key: "name", Value: o.Point.Name}, {Key: "score", Value: o.Index},
		{Key: "level", Value: o.Level.Label}, {Key: "severity", Value: o.Level.Severity}, {Key: "basis", Value: warn.Basis(res, o)},
		{Key: "recipients", Value: o.Level.Told}, {Key: "signer", Value: o.Level.Signer}, {Key: "reply_workdays", Value: o.Level.Reply},
		{Key: "fix_workdays", Value: o.Level.Fix}, {Key: "release", Value: o.Level.Release}}
	if w := d.Issued; w != nil {
		return append(out, view.Field{Key: "code", Value: w.Code}, view.Field{Key: "issued", Value: string(w.Issued)},
			view.Field{Key: "reply_by", Value: string(w.ReplyBy)}, view.Field{Key: "fix_by", Value: string(w.FixBy)}, view.Field{Key: "state", Value: w.State})
	}
	return append(out, view.Field{Key: "code", Value: ""}, view.Field{Key: "state", Value: "未签发"})
}
