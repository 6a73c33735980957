package report

import (
	"fmt"
	"strings"

	"lianshao/app/report/table"
	"lianshao/domain"
)

// meetingsPaper is the 会议记录, one sheet per meeting.
func meetingsPaper() Paper {
	return recordsPaper("meetings", "会议记录", "还没有会议记录：请在“会议调研”里登记动员会、常委会和领导小组会议",
		func(p *domain.Pilot) []*domain.Meeting { return meetingsOf(p, false) }, meetingTable)
}

// researchPaper is the 调研记录, one sheet per visit.
func researchPaper() Paper {
	return recordsPaper("research", "调研记录", "还没有调研记录：请在“会议调研”里登记",
		func(p *domain.Pilot) []*domain.Meeting { return meetingsOf(p, true) }, researchTable)
}

// casesPaper is the 案例卡, one sheet per case.
func casesPaper() Paper {
	return recordsPaper("cases", "案例卡", "还没有案例卡：请在“会议调研”里登记，或从风险信息库转来",
		func(p *domain.Pilot) []*domain.CaseCard { return p.CaseCards.All() }, caseTable)
}

// recordsPaper is a paper with a form per record.
func recordsPaper[T domain.Record](id, title, none string, all func(*domain.Pilot) []T, form func(in Input, r T, blank bool) *table.TableModel) Paper {
	return Paper{ID: id, Title: title, HasBlank: true,
		Ready: when(func(in Input) bool { return len(all(in.Pilot)) > 0 }, none),
		Tables: func(in Input, o Options) []*table.TableModel {
			if o.Blank {
				var blank T
				return []*table.TableModel{form(in, blank, true)}
			}
			var out []*table.TableModel
			for _, r := range all(in.Pilot) {
				if o.Record == "" || o.Record == r.RecordID() {
					out = append(out, form(in, r, false))
				}
			}
			return out
		}}
}

// meetingsOf lists the records of research, or all others, by day.
func meetingsOf(p *domain.Pilot, research bool) []*domain.Meeting {
	var out []*domain.Meeting
	for _, m := range p.Meetings.All() {
		if (m.Type == domain.MeetingResearch) == research {
			out = append(out, m)
		}
	}
	return out
}

// sheetOf makes a form's sheet.
func sheetOf(title string, f form, signs ...string) *table.TableModel {
	return &table.TableModel{Title: title, Form: true, Columns: formColumns(), Rows: f.rows, Sizes: table.Sizes{Text: 11, Subtitle: 11}, Signs: signs, Footer: title}
}

func meetingTable(in Input, m *domain.Meeting, blank bool) *table.TableModel {
	if blank {
		m = &domain.Meeting{}
	}
	f := form{}
	f.line("会议名称", m.Title, 0)
	f.pair("会议类型", m.Type, "部门", in.Pilot.NameOf(domain.KindUnit, m.Unit))
	f.pair("时间", orElse(string(m.Date), blankDate(blank)), "地点", m.Place)
	f.pair("主持人", m.Chair, "主讲人", m.Speaker)
	f.pair("应到人数", people(m.Expected), "实到人数", people(m.Present))
	if blank || m.Film != "" || m.Type == domain.MeetingMobilise {
		f.line("案例警示片", m.Film, 0)
	}
	f.line("会议内容", m.Content, 105)
	f.line("决议", m.Resolution, 45)
	attachedLine(in, &f, m.Attachments)
	f.line("备注", m.Note, 0)
	return sheetOf(in.Pilot.Info().School+"廉政风险预警防范试点会议记录", f, "主持人（签字）：", "记录人（签字）："+m.Recorder)
}

func researchTable(in Input, m *domain.Meeting, blank bool) *table.TableModel {
	if blank {
		m = &domain.Meeting{}
	}
	f := form{}
	f.line("调研主题", m.Title, 0)
	f.pair("时间", orElse(string(m.Date), blankDate(blank)), "地点（单位）", m.Place)
	f.pair("调研对象", m.Speaker, "调研方式", m.Method)
	f.pair("参加人数", people(m.Present), "涉及部门", in.Pilot.NameOf(domain.KindUnit, m.Unit))
	f.line("调研情况", m.Content, 100)
	f.line("发现与建议", m.Resolution, 60)
	attachedLine(in, &f, m.Attachments)
	f.line("备注", m.Note, 0)
	return sheetOf(in.Pilot.Info().School+"廉政风险调研记录", f, "记录人（签字）："+m.Recorder, "课题小组（签字）：")
}

func caseTable(in Input, c *domain.CaseCard, blank bool) *table.TableModel {
	if blank {
		c = &domain.CaseCard{}
	}
	p := in.Pilot
	f := form{}
	f.line("案例名称", c.Title, 0)
	f.pair("编号", c.Code, "领域", c.Field)
	f.pair("出处", c.Source, "日期", string(c.Date))
	f.line("案情", c.Facts, 50)
	f.pair("成因类别", strings.Join(c.Categories, "、"), "对应风险点", p.NamesOf(domain.KindRiskPoint, c.Points))
	f.line("原因分析", c.Causes, 50)
	f.line("启示", c.Lessons, 50)
	attachedLine(in, &f, c.Attachments)
	f.line("备注", c.Note, 0)
	return sheetOf(p.Info().School+"廉政风险案例卡", f, "填卡人（签字）：", "日期：")
}

// attachedLine names the attachments, if there are any.
func attachedLine(in Input, f *form, refs []domain.Ref) {
	var names []string
	for _, r := range refs {
		name := r.Text
		if a, ok := in.Pilot.Attachments.Get(r.ID); ok {
			name = a.Name
		}
		names = append(names, name)
	}
	if len(names) > 0 {
		f.line("附件", strings.Join(names, "\n"), 0)
	}
}

func people(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d 人", n)
}

func blankDate(blank bool) string {
	if blank {
		return handDate
	}
	return ""
}
