package report

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/app/report/table"
	"lianshao/domain"
)

// planPaper is the 工作步骤安排 with what is done of it.
func planPaper() Paper {
	type ms = domain.MilestoneState
	return Paper{ID: "plan", Title: "工作步骤安排", HasBlank: true,
		Ready: when(func(in Input) bool { return in.Pilot.Milestones.Len() > 0 }, "还没有工作步骤"),
		Tables: func(in Input, o Options) []*table.TableModel {
			cols := []col[ms]{
				{title: "步骤", width: 9, center: true, get: func(s ms) string { return fmt.Sprint(s.Milestone.No) }},
				{title: "时间安排", width: 22, center: true, get: func(s ms) string { return s.Milestone.Window }},
				{title: "开始", group: "起止日期", width: 21, nowrap: true, center: true, get: func(s ms) string { return string(s.Milestone.Start) }},
				{title: "结束", group: "起止日期", width: 21, nowrap: true, center: true, get: func(s ms) string { return string(s.Milestone.End) }},
				{title: "工作内容", weight: 3, get: func(s ms) string { return s.Milestone.Content }},
				{title: "责任主体", width: 24, center: true, get: func(s ms) string { return strings.Join(s.Milestone.Responsible, "\n") }},
				{title: "成果材料（√ 已有　□ 还缺）", weight: 1.8, get: func(s ms) string { return paperMarks(&s) }},
				{title: "对应制度", width: 26, center: true, get: func(s ms) string { return strings.Join(s.Milestone.Systems, "\n") }},
				{title: "进度", width: 22, center: true, get: func(s ms) string { return app.StandsPhrase(&s) }},
			}
			t := &table.TableModel{Title: in.Pilot.Info().Name + "工作步骤安排", Page: landscape(), Subtitles: []table.Line{{Right: string(in.Today)}},
				Notes: []string{"注：步骤以成果材料齐全为完成。"}}
			t.Columns, t.Rows = columns(cols), rowsOf(cols, in.Steps())
			return []*table.TableModel{blankIf(t, o)}
		}}
}

// paperMarks lists the papers of a step, one a line, each marked there or lacking.
func paperMarks(s *domain.MilestoneState) string {
	lines := make([]string, len(s.Papers))
	for i := range s.Papers {
		p := &s.Papers[i]
		mark := "√ "
		if !p.Have() {
			mark = "□ "
		}
		lines[i] = mark + p.Name
		if len(p.Filed) > 0 && p.Filed[0].Code != "" {
			lines[i] += "（" + p.Filed[0].Code + "）"
		}
	}
	return strings.Join(lines, "\n")
}

// rosterPaper is the list of a group's members.
func rosterPaper(id, group string) Paper {
	type me = *domain.Member
	return Paper{ID: id, Title: group + "名单", HasBlank: true,
		Ready: when(func(in Input) bool { return len(membersOf(in.Pilot, group)) > 0 }, "还没有"+group+"成员：请在“组织机构”里登记"),
		Tables: func(in Input, o Options) []*table.TableModel {
			cols := []col[me]{
				{title: "组内职务", width: 26, center: true, get: func(m me) string { return m.Role }},
				{title: "姓名", width: 28, center: true, get: func(m me) string { return m.Name }},
				{title: "行政（党内）职务", weight: 1.4, get: func(m me) string { return m.Title }},
				{title: "分工", weight: 1.6, get: func(m me) string { return m.Duty }},
				{title: "备注", weight: 0.7, get: func(m me) string { return m.Note }},
			}
			t := &table.TableModel{Title: in.Pilot.Info().School + "廉政风险预警防范试点工作" + group + "名单", Subtitles: []table.Line{{Right: string(in.Today)}}, Sizes: table.Sizes{Text: 10.5, Title: 17}}
			t.Columns, t.Rows = numbered(cols, membersOf(in.Pilot, group))
			return []*table.TableModel{blankIf(t, o)}
		}}
}

// networkPaper is the 信息收集网络表: which information comes from whom, how often.
func networkPaper() Paper {
	type me = *domain.Member
	return Paper{ID: "network", Title: "廉政风险信息收集网络表", HasBlank: true,
		Ready: when(func(in Input) bool { return len(membersOf(in.Pilot, domain.GroupNetwork)) > 0 }, "还没有信息收集网络：请在“组织机构”里登记"),
		Tables: func(in Input, o Options) []*table.TableModel {
			cols := []col[me]{
				{title: "信息来源", weight: 1, get: func(m me) string { return m.Source }},
				{title: "收集单位", weight: 1.2, get: func(m me) string { return m.Title }},
				{title: "收集方式", weight: 1.8, get: func(m me) string { return m.Method }},
				{title: "频次", width: 28, center: true, get: func(m me) string { return m.Freq }},
				{title: "联络人", width: 30, center: true, get: func(m me) string { return m.Name }},
				{title: "备注", weight: 0.8, get: func(m me) string { return m.Note }},
			}
			t := &table.TableModel{Title: in.Pilot.Info().School + "廉政风险信息收集网络表", Page: landscape(), Subtitles: []table.Line{{Right: string(in.Today)}}}
			t.Columns, t.Rows = numbered(cols, membersOf(in.Pilot, domain.GroupNetwork))
			return []*table.TableModel{blankIf(t, o)}
		}}
}

// blankIf empties a table to be filled in by hand. Notes that tell what the pilot
// holds go; those that explain the form stay.
func blankIf(t *table.TableModel, o Options) *table.TableModel {
	if o.Blank {
		t.Rows, t.BlankRows, t.BlankHeight = nil, table.FillPage, 14
		t.Notes = slices.DeleteFunc(t.Notes, func(s string) bool { return !strings.HasPrefix(s, "注：") })
	}
	return t
}

// membersOf lists a group, heads first, as numbered.
func membersOf(p *domain.Pilot, group string) []*domain.Member {
	var out []*domain.Member
	for _, m := range p.Members.All() {
		if m.Group == group {
			out = append(out, m)
		}
	}
	return out
}
