package fields

import (
	"fmt"
	"strings"

	"lianshao/app"
	"lianshao/domain"
)

func infoFields() []Field {
	return []Field{
		text("name", "试点名称", 300, func(r *domain.Info) *string { return &r.Name }),
		text("school", "学校", 200, func(r *domain.Info) *string { return &r.School }),
		scale("year", "年度", 1900, 2200, func(r *domain.Info) *int { return &r.Year }),
		long("basis", "依据", 300, func(r *domain.Info) *string { return &r.Basis }),
		long("goals", "指导思想和目标", 300, func(r *domain.Info) *string { return &r.Goals }),
		paragraphs("contents", "试点内容（一行一项）", 300, func(r *domain.Info) *[]string { return &r.Contents }),
		paragraphs("tasks", "五项制度（一行一项）", 300, func(r *domain.Info) *[]string { return &r.Tasks }),
	}
}

func intelligenceFields() []Field {
	return []Field{
		text("code", "信息编号", 80, func(r *domain.Intelligence) *string { return &r.Code }),
		suggested("source", "信息来源", 90, domain.InformationSources, func(r *domain.Intelligence) *string { return &r.Source }),
		day("date", "收到日期", func(r *domain.Intelligence) *domain.Date { return &r.Date }),
		choice("secrecy", "知悉范围", 80, domain.Secrecies, func(r *domain.Intelligence) *string { return &r.Secrecy }),
		long("summary", "信息摘要", 360, func(r *domain.Intelligence) *string { return &r.Summary }),
		unitsOfInformation(),
		text("post", "涉及岗位（环节）", 120, func(r *domain.Intelligence) *string { return &r.PostText }),
		refs("posts", "对应岗位", 120, domain.KindPost, func(r *domain.Intelligence) *[]domain.Ref { return &r.Posts }),
		choice("category", "原因要素", 80, domain.Categories, func(r *domain.Intelligence) *string { return &r.Category }),
		refs("factors", "对应成因", 100, domain.KindFactor, func(r *domain.Intelligence) *[]domain.Ref { return &r.Factors }),
		suggested("verified", "核实情况", 80, domain.Checks, func(r *domain.Intelligence) *string { return &r.Verified }),
		refs("points", "对应风险点", 120, domain.KindRiskPoint, func(r *domain.Intelligence) *[]domain.Ref { return &r.Points }),
		long("handling", "处理情况", 200, func(r *domain.Intelligence) *string { return &r.Handling }),
		text("registrar", "登记单位", 110, func(r *domain.Intelligence) *string { return &r.Registrar }),
		text("note", "备注", 120, func(r *domain.Intelligence) *string { return &r.Note }),
	}
}

// unitsOfInformation keeps the words (两部门) and refers to the units they name.
func unitsOfInformation() Field {
	f := text("unit", "涉及部门", 140, func(r *domain.Intelligence) *string { return &r.UnitText })
	set := f.Set
	f.Options = func(p *domain.Pilot, _ domain.Record) []string { return targets(p, domain.KindUnit, domain.Ref{}) }
	f.Set = func(p *domain.Pilot, r domain.Record, s string) error {
		x := r.(*domain.Intelligence)
		x.Units = nil
		for _, part := range domain.SplitList(s) {
			if id, ok := p.Resolve(domain.KindUnit, domain.Ref{}, part); ok {
				x.Units = append(x.Units, domain.To(id))
			}
		}
		return set(p, r, s)
	}
	return f
}

func meetingFields() []Field {
	return []Field{
		choice("type", "会议类型", 100, domain.MeetingTypes, func(r *domain.Meeting) *string { return &r.Type }),
		day("date", "日期", func(r *domain.Meeting) *domain.Date { return &r.Date }),
		text("title", "会议名称（调研主题）", 220, func(r *domain.Meeting) *string { return &r.Title }),
		ref("unit", "部门", 140, domain.KindUnit, none[*domain.Meeting], func(r *domain.Meeting) *domain.Ref { return &r.Unit }),
		text("place", "地点", 130, func(r *domain.Meeting) *string { return &r.Place }),
		text("chair", "主持人", 80, func(r *domain.Meeting) *string { return &r.Chair }),
		text("speaker", "主讲人（调研对象）", 120, func(r *domain.Meeting) *string { return &r.Speaker }),
		text("method", "调研方式", 90, func(r *domain.Meeting) *string { return &r.Method }),
		scale("expected", "应到", 0, 99999, func(r *domain.Meeting) *int { return &r.Expected }),
		scale("present", "实到", 0, 99999, func(r *domain.Meeting) *int { return &r.Present }),
		shown("rate", "到会率", 64, func(_ *domain.Pilot, r *domain.Meeting) string { return rate(r) }),
		text("film", "案例警示片", 150, func(r *domain.Meeting) *string { return &r.Film }),
		long("content", "内容", 300, func(r *domain.Meeting) *string { return &r.Content }),
		long("resolution", "决议（发现）", 240, func(r *domain.Meeting) *string { return &r.Resolution }),
		text("recorder", "记录人", 80, func(r *domain.Meeting) *string { return &r.Recorder }),
		text("note", "备注", 120, func(r *domain.Meeting) *string { return &r.Note }),
	}
}

// rate is how many of those expected came.
func rate(r *domain.Meeting) string {
	if r.Expected <= 0 {
		return ""
	}
	return fmt.Sprintf("%.0f%%", 100*float64(r.Present)/float64(r.Expected))
}

func caseCardFields() []Field {
	return []Field{
		text("code", "编号", 80, func(r *domain.CaseCard) *string { return &r.Code }),
		text("title", "案例名称", 240, func(r *domain.CaseCard) *string { return &r.Title }),
		text("source", "出处", 140, func(r *domain.CaseCard) *string { return &r.Source }),
		day("date", "日期", func(r *domain.CaseCard) *domain.Date { return &r.Date }),
		text("field", "领域", 100, func(r *domain.CaseCard) *string { return &r.Field }),
		long("facts", "案情", 280, func(r *domain.CaseCard) *string { return &r.Facts }),
		categories(),
		long("causes", "原因分析", 240, func(r *domain.CaseCard) *string { return &r.Causes }),
		long("lessons", "启示", 240, func(r *domain.CaseCard) *string { return &r.Lessons }),
		refs("points", "对应风险点", 120, domain.KindRiskPoint, func(r *domain.CaseCard) *[]domain.Ref { return &r.Points }),
		ref("info", "来自信息", 90, domain.KindIntelligence, none[*domain.CaseCard], func(r *domain.CaseCard) *domain.Ref { return &r.Info }),
		text("note", "备注", 120, func(r *domain.CaseCard) *string { return &r.Note }),
	}
}

// categories takes only the five categories of causes.
func categories() Field {
	f := list("categories", "成因类别", 150, func(r *domain.CaseCard) *[]string { return &r.Categories })
	set := f.Set
	f.Set = func(p *domain.Pilot, r domain.Record, s string) error {
		for _, part := range domain.SplitList(s) {
			if !domain.IsCategory(part) {
				return app.E(app.CodeInvalid, "成因类别应为“%s”，可以写几个，现有“%s”", strings.Join(domain.Categories, "”“"), part)
			}
		}
		return set(p, r, s)
	}
	return f
}

func artefactFields() []Field {
	return []Field{
		shown("milestone", "步骤", 60, func(p *domain.Pilot, r *domain.Artefact) string {
			if m, ok := p.Milestones.Get(r.Milestone.ID); ok {
				return blankZero(m.No)
			}
			return r.Milestone.Text
		}),
		text("name", "成果材料", 140, func(r *domain.Artefact) *string { return &r.Name }),
		text("title", "标题", 260, func(r *domain.Artefact) *string { return &r.Title }),
		text("code", "文号", 140, func(r *domain.Artefact) *string { return &r.Code }),
		day("date", "日期", func(r *domain.Artefact) *domain.Date { return &r.Date }),
		text("by", "形成单位（人）", 120, func(r *domain.Artefact) *string { return &r.By }),
		text("note", "备注", 120, func(r *domain.Artefact) *string { return &r.Note }),
	}
}

func attachmentFields() []Field {
	return []Field{
		shown("code", "编号", 70, func(_ *domain.Pilot, r *domain.Attachment) string { return r.Code }),
		text("name", "文件名", 240, func(r *domain.Attachment) *string { return &r.Name }),
		shown("size", "大小", 80, func(_ *domain.Pilot, r *domain.Attachment) string { return FileSize(r.Size) }),
		shown("added", "存入日期", 96, func(_ *domain.Pilot, r *domain.Attachment) string { return string(r.Added) }),
		shown("sha256", "SHA-256", 200, func(_ *domain.Pilot, r *domain.Attachment) string { return r.SHA256 }),
		text("note", "备注", 160, func(r *domain.Attachment) *string { return &r.Note }),
	}
}

// FileSize writes a number of bytes as people do: 812 B, 34 KB, 2.6 MB.
func FileSize(n int64) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d B", n)
	case n < 1<<20:
		return fmt.Sprintf("%d KB", (n+1<<9)>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}
