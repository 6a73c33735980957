package cli

import (
	"fmt"

	"lianshao/app/view"
	"lianshao/app/warn"
	"lianshao/domain"
)

func runWarn(c *call) (int, error) {
	s, res, err := c.result()
	if err != nil {
		return 0, err
	}
	defer s.Close()
	issued := 0
	if c.has("issue") {
		before := s.Pilot.Warnings.Len()
		if err := s.Do(warn.IssueRound(res, domain.Date(c.Clock().Format("2006-01-02")), c.NewID)); err != nil {
			return 0, err
		}
		issued = s.Pilot.Warnings.Len() - before
	}
	due := warn.OfRound(s.Pilot, res)
	if c.has("json") {
		list := make([]view.Object, len(due))
		for i, d := range due {
			list[i] = warningAnswer(s.Pilot, res, d)
		}
		return ExitDone, c.json(view.Object{{Key: "round", Value: res.Round.No}, {Key: "issued", Value: issued}, {Key: "warnings", Value: list}})
	}
	var rows [][]string
	for _, d := range due {
		o, code := d.Outcome, "未签发"
		if d.Issued != nil {
			code = d.Issued.Code
		}
		rows = append(rows, []string{o.Level.Label, fmt.Sprintf("%.2f", o.Index), o.Point.Code, s.Pilot.NameOf(domain.KindUnit, o.Point.Unit),
			s.Pilot.NameOf(domain.KindPost, o.Point.Post), o.Point.Name, code})
	}
	writeTable(c.out, []string{"等级", "指数", "编号", "部门", "岗位", "风险点", "文号"}, rows)
	c.print("第 %d 轮评估应当预警 %d 个风险点", res.Round.No, len(due))
	if c.has("issue") {
		c.print("这次签发 %d 份预警通知", issued)
	}
	return ExitDone, nil
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
