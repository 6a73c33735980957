package app

import (
	"fmt"
	"slices"

	"lianshao/domain"
)

// Remarks lists what people should look at in a pilot that is whole: names that
// are not registered yet, records of the same name, steps that lead nowhere.
func Remarks(p *domain.Pilot) []domain.Problem {
	var out []domain.Problem
	for _, t := range p.Tables() {
		seen := map[string]bool{}
		t.Each(func(r domain.Record) bool {
			key := r.Natural()
			if key != "" && seen[key] {
				out = append(out, remark(r, "code", "与另一条记录重复"))
			}
			seen[key] = true
			out = append(out, unknownNames(r)...)
			return true
		})
	}
	for _, w := range p.Workflows.All() {
		for _, pr := range w.Problems() {
			pr.Message = w.Name + "：" + pr.Message
			out = append(out, pr)
		}
	}
	return out
}

// LateRemarks lists the papers whose deadline has passed on a day: answers to
// opinions, notices still up, replies to warnings and what they ask for.
func LateRemarks(p *domain.Pilot, today domain.Date) []domain.Problem {
	var out []domain.Problem
	calendar := CalendarOf(p)
	for _, d := range p.Disclosures.All() {
		if d.Life() == domain.DisclosureOpen && d.End != "" && d.End < today {
			out = append(out, remark(d, "end", fmt.Sprintf("公示到 %s 为止，还没有登记截止", d.End)))
		}
	}
	for _, o := range LateOpinions(p, today) {
		due := ReplyDue(p, calendar, o)
		out = append(out, remark(o, "replied", fmt.Sprintf("%s，应于 %s 前答复，已逾期 %d 个工作日", o.State(), due, calendar.Between(due, today))))
	}
	for _, w := range p.Warnings.All() {
		switch late := w.Overdue(today); late {
		case "回告":
			out = append(out, remark(w, "reply_by", "应于 "+string(w.ReplyDue())+" 前回告，已逾期"))
		case "整改":
			out = append(out, remark(w, "fix_by", "应于 "+string(w.FixDue())+" 前整改，已逾期"))
		}
	}
	return out
}

// unknownNames lists the names in a record that stand for no record, once each.
// Outsiders who act in a workflow are no posts of the pilot and need not be.
func unknownNames(r domain.Record) []domain.Problem {
	var out []domain.Problem
	r.EachRef(func(k domain.Kind, _ domain.Ref, ref *domain.Ref) {
		if ref.ID != "" || ref.Text == "" || k == domain.KindPost && r.RecordKind() == domain.KindWorkflow {
			return
		}
		one := remark(r, string(k), fmt.Sprintf("提到的%s“%s”没有登记", k, ref.Text))
		if !slices.Contains(out, one) {
			out = append(out, one)
		}
	})
	return out
}

func remark(r domain.Record, field, what string) domain.Problem {
	name := domain.BaseOf(r).Code
	if name != "" {
		name = " " + name
	}
	return domain.Problem{Kind: r.RecordKind(), ID: r.RecordID(), Field: field, Message: fmt.Sprintf("%s%s：%s", r.RecordKind(), name, what)}
}
