package export

import (
	"strings"

	"lianshao/app"
	"lianshao/app/intake"
	"lianshao/domain"
)

// MarkOf is the mark of a workbook made of a pilot as it is now.
func MarkOf(store app.PilotStore, form bool) string {
	return intake.Mark{Form: form, Pilot: app.PilotID(store), Seq: app.NewestSeq(store)}.String()
}

// FormFile is one of several workbooks that are handed out together.
type FormFile struct {
	Name string // of the file, with extension
	Request
}

// Each says how a form is shared out.
type Each string

// Ways of sharing out.
const (
	EachUnit     Each = "unit"
	EachPost     Each = "post"
	EachAssessor Each = "assessor"
)

// Shares are the ways in which a kind's form may be shared out.
func Shares(kind domain.Kind) []Each {
	switch kind {
	case domain.KindRating:
		return []Each{EachAssessor}
	case domain.KindRiskPoint, domain.KindPost:
		return []Each{EachUnit, EachPost}
	case domain.KindMember, domain.KindUnit, domain.KindMilestone, domain.KindIndicator, domain.KindDisclosure, domain.KindRevision:
		return nil
	}
	return []Each{EachUnit}
}

// FormFiles lists the workbooks to make for everybody, each named after whom it
// is for: 自查表-基建处.xlsx.
func FormFiles(p *domain.Pilot, q Request, each Each) []FormFile {
	title := FormTitle(domain.Kind(q.Kind))
	var out []FormFile
	add := func(name string, change func(*Request)) {
		f := FormFile{Name: fileName(title+"-"+name) + ".xlsx", Request: q}
		change(&f.Request)
		if Empty(p, f.Request) == nil {
			out = append(out, f)
		}
	}
	switch each {
	case EachUnit:
		for _, u := range p.Units.All() {
			if q.Unit == "" || u.Name == q.Unit {
				add(u.Name, func(r *Request) { r.Unit = u.Name })
			}
		}
	case EachPost:
		for _, x := range p.Posts.All() {
			unit := p.NameOf(domain.KindUnit, x.Unit)
			if q.Unit == "" || unit == q.Unit {
				add(unit+"-"+x.Name, func(r *Request) { r.Unit, r.Post = unit, x.Name })
			}
		}
	case EachAssessor:
		if round := p.Round(q.Round); round != nil {
			for _, a := range round.Assessors {
				add(a.Name, func(r *Request) { r.Assessor = a.Name })
			}
		}
	}
	return out
}

// FormTitle is what a kind's form is called in lists and file names.
func FormTitle(kind domain.Kind) string {
	switch kind {
	case domain.KindRiskPoint:
		return "廉政风险点自查表"
	case domain.KindWorkflow:
		return "工作流程梳理表"
	case domain.KindRating:
		return "评分表"
	case domain.KindOpinion:
		return "公示意见收集表"
	case domain.KindInspection:
		return "防范措施落实检查表"
	case domain.KindReading:
		return "监测指标月报"
	case domain.KindWarning:
		return "预警回告表"
	}
	if f := intake.FormOf(string(kind)); f != nil {
		return f.Title
	}
	return kind.String()
}

func fileName(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '_'
		}
		return r
	}, s)
}
