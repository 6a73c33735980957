package report

import (
	"fmt"
	"strings"

	"lianshao/app/fields"
	"lianshao/app/report/table"
	"lianshao/domain"
)

// appraisalNotes says under a score sheet what the sections come to, the result, and
// what followed from it.
func appraisalNotes(in Input, u *domain.Unit) []string {
	total, sections := in.Pilot.AppraisalOf(u.ID)
	var parts []string
	for _, s := range sections {
		score := "未核准"
		if s.Complete() {
			score = fields.Number(s.Confirmed)
		}
		parts = append(parts, fmt.Sprintf("%s %s／%s", s.Name, score, fields.Number(s.Full)))
	}
	notes := []string{"各项核准分：" + strings.Join(parts, "，") + "。"}
	result := "考核结果：还没有全部核准。"
	if g := total.Grade(); g != "" {
		result = fmt.Sprintf("考核结果：核准 %s 分（满分 %s），%s。", fields.Number(total.Confirmed), fields.Number(total.Full), g)
	}
	notes = append(notes, result)
	if list := SanctionsOf(in.Pilot, u.ID); len(list) > 0 {
		var words []string
		for _, x := range list {
			words = append(words, sanctionInWords(in.Pilot, x))
		}
		notes = append(notes, "结果运用："+strings.Join(words, "；")+"。")
	}
	return notes
}

// SanctionsOf lists the rewards and punishments of a unit and its posts.
func SanctionsOf(p *domain.Pilot, unit domain.ID) []*domain.Sanction {
	var out []*domain.Sanction
	for _, x := range p.Sanctions.All() {
		if x.Unit.ID == unit {
			out = append(out, x)
		}
	}
	return out
}

func sanctionInWords(p *domain.Pilot, x *domain.Sanction) string {
	return strings.Join(nonEmpty(p.NameOf(domain.KindPost, x.Post), x.Form, string(x.Date)), " ")
}

func sanctionKind(x *domain.Sanction) string {
	if x.Reward {
		return "奖励"
	}
	return "惩处"
}

// sanctionsPaper is the 奖惩情况登记表.
func sanctionsPaper() Paper {
	type sa = *domain.Sanction
	return Paper{ID: "sanctions", Title: "奖惩情况登记表", Secret: "写有奖惩情况", HasBlank: true,
		Ready: when(func(in Input) bool { return in.Pilot.Sanctions.Len() > 0 }, "还没有登记奖惩"),
		Tables: func(in Input, o Options) []*table.TableModel {
			p := in.Pilot
			var list []sa
			for _, u := range unitsOf(in, o) {
				list = append(list, SanctionsOf(p, u.ID)...)
			}
			cols := []col[sa]{
				{title: "部门", width: 34, center: true, get: func(x sa) string { return p.NameOf(domain.KindUnit, x.Unit) }},
				{title: "岗位", width: 28, center: true, get: func(x sa) string { return p.NameOf(domain.KindPost, x.Post) }},
				{title: "奖惩", width: 14, center: true, get: sanctionKind},
				{title: "形式", width: 28, center: true, get: func(x sa) string { return x.Form }},
				{title: "依据", weight: 1, get: func(x sa) string { return x.Basis }},
				{title: "决定日期", width: 22, nowrap: true, center: true, get: func(x sa) string { return string(x.Date) }},
				{title: "决定单位", width: 30, center: true, get: func(x sa) string { return x.By }},
			}
			t := &table.TableModel{Title: p.Info().School + "奖惩情况登记表", Page: landscape(), Subtitles: []table.Line{{Left: "内部资料　注意保管", Right: string(in.Today)}},
				Signs: []string{"登记人：", "审核：", "日期："}}
			t.Columns, t.Rows = numbered(cols, list)
			table.MergeEqual(t.Rows, 1)
			return []*table.TableModel{blankIf(t, o)}
		}}
}
