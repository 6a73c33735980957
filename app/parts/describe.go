package parts

import (
	"strings"

	"lianshao/app/fields"
	"lianshao/domain"
)

// Whole stands for the record as a whole among the fields.
const Whole = "*"

// Shown is a field of a record in two states, as a person knows them.
type Shown struct {
	Title string // 表现形式
	A, B  string
}

// Describe shows two values of a field. p gives the names of what they refer to;
// r is the record in either state. Values that have no short form are left empty.
func Describe(p *domain.Pilot, r domain.Record, field string, a, b any) Shown {
	one, two := r.Clone(), r.Clone()
	Set(one, field, a)
	Set(two, field, b)
	var follows *Shown // a field that is worked out of others
	for _, f := range fields.Of(r.RecordKind()) {
		x, y := f.Get(p, one), f.Get(p, two)
		if x == y {
			continue
		}
		if f.Set != nil {
			return Shown{f.Title, x, y}
		}
		follows = &Shown{f.Title, x, y}
	}
	if follows != nil {
		return *follows
	}
	name, item, isItem := strings.Cut(field, "/")
	switch {
	case isItem && name == "rows":
		return Shown{item + "的评分", marks(a), marks(b)}
	case isItem && name == "assessors":
		return Shown{Title: "评分人" + item}
	case isItem:
		return Shown{"步骤", stepName(a), stepName(b)}
	}
	return Shown{"其他内容", plain(a), plain(b)}
}

func marks(v any) string {
	row, ok := v.(domain.RatingRow)
	if !ok {
		return "没有评分"
	}
	var out []string
	for _, m := range row.Marks {
		switch m {
		case domain.Blank:
			out = append(out, "—")
		case domain.Abstained:
			out = append(out, "弃权")
		default:
			out = append(out, string(rune('0'+m)))
		}
	}
	return strings.Join(out, " ")
}

func stepName(v any) string {
	s, ok := v.(domain.Step)
	if !ok {
		return "没有这一步"
	}
	return strings.Join([]string{s.Name, s.Actor, s.Limit}, " ")
}

// plain shows a text as it is; other values have no short form.
func plain(v any) string {
	s, _ := v.(string)
	return s
}
