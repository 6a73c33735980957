package export

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/app/intake"
	"lianshao/app/sheet"
	"lianshao/domain"
)

// codes writes references by code: attachments, and what is told apart by it.
func (in pilot) codes(k domain.Kind, refs []domain.Ref) string {
	out := make([]string, len(refs))
	for i, r := range refs {
		out[i] = in.CodeOf(k, r)
	}
	return strings.Join(out, "、")
}

func meetings(p *domain.Pilot) sheet.Sheet {
	type T = *domain.Meeting
	in := pilot{p}
	return build(p, "meeting", "会议记录", p.Meetings.All(), []col[T]{
		choice(text("type", 14, func(r T) string { return r.Type }), domain.MeetingTypes...), text("date", 12, func(r T) string { return string(r.Date) }),
		text("title", 36, func(r T) string { return r.Title }), text("unit", 24, func(r T) string { return in.unit(r.Unit) }),
		text("place", 18, func(r T) string { return r.Place }), text("chair", 12, func(r T) string { return r.Chair }),
		text("speaker", 18, func(r T) string { return r.Speaker }), text("method", 14, func(r T) string { return r.Method }),
		whole("expected", func(r T) int { return r.Expected }), whole("present", func(r T) int { return r.Present }),
		text("film", 22, func(r T) string { return r.Film }), text("content", 50, func(r T) string { return r.Content }),
		text("resolution", 40, func(r T) string { return r.Resolution }), text("recorder", 12, func(r T) string { return r.Recorder }),
		text("files", 18, func(r T) string { return in.codes(domain.KindAttachment, r.Attachments) }), text("note", 16, func(r T) string { return r.Note })})
}

func caseCards(p *domain.Pilot) sheet.Sheet {
	type T = *domain.CaseCard
	in := pilot{p}
	return build(p, "casecard", "案例卡", p.CaseCards.All(), []col[T]{text("code", 10, func(r T) string { return r.Code }),
		text("title", 36, func(r T) string { return r.Title }), text("source", 20, func(r T) string { return r.Source }),
		text("date", 12, func(r T) string { return string(r.Date) }), text("field", 14, func(r T) string { return r.Field }),
		text("facts", 50, func(r T) string { return r.Facts }), text("categories", 20, func(r T) string { return strings.Join(r.Categories, "、") }),
		text("causes", 40, func(r T) string { return r.Causes }), text("lessons", 40, func(r T) string { return r.Lessons }),
		text("points", 18, func(r T) string { return in.refs(domain.KindRiskPoint, r.Points) }),
		text("info", 12, func(r T) string { return in.CodeOf(domain.KindIntelligence, r.Info) }),
		text("files", 18, func(r T) string { return in.codes(domain.KindAttachment, r.Attachments) }), text("note", 16, func(r T) string { return r.Note })})
}

func artefacts(p *domain.Pilot) sheet.Sheet {
	type T = *domain.Artefact
	in := pilot{p}
	step := func(r T) string {
		if m, ok := p.Milestones.Get(r.Milestone.ID); ok {
			return fmt.Sprint(m.No)
		}
		return r.Milestone.Text
	}
	return build(p, "artefact", "成果材料", p.Artefacts.All(), []col[T]{text("milestone", 8, step), text("name", 20, func(r T) string { return r.Name }),
		text("title", 44, func(r T) string { return r.Title }), text("code", 22, func(r T) string { return r.Code }),
		text("date", 12, func(r T) string { return string(r.Date) }), text("by", 20, func(r T) string { return r.By }),
		text("files", 18, func(r T) string { return in.codes(domain.KindAttachment, r.Attachments) }), text("note", 16, func(r T) string { return r.Note })})
}

// attachments lists the files that are kept in the pilot. Their contents are not
// in the workbook, so the list is for reading and never imported.
func attachments(p *domain.Pilot) sheet.Sheet {
	s := sheet.Sheet{Name: "附件目录（仅供查阅）", Title: []string{intake.ViewOnly + "：附件的内容存在试点文件里，不在这个工作簿里"}, Frozen: 1,
		Columns: []sheet.Column{{Header: "编号", Width: 14}, {Header: "文件名", Width: 40}, {Header: "字节数", Width: 12, Format: sheet.Int},
			{Header: "SHA-256", Width: 68}, {Header: "存入日期", Width: 12}, {Header: "备注", Width: 24}}}
	s.Rows = sheet.Made(slices.Values(p.Attachments.All()), func(a *domain.Attachment) []any {
		return []any{a.Code, a.Name, int(a.Size), a.SHA256, string(a.Added), a.Note}
	})
	return s
}
