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
