package report

import (
	"fmt"
	"slices"

	"lianshao/app/checks"
	"lianshao/app/report/draw"
	"lianshao/app/report/table"
	"lianshao/domain"
)

// checksPaper lists what the checks of the self-examination found, unit by unit.
func checksPaper() Paper {
	return Paper{ID: "checks", Title: "风险排查检查情况表",
		Ready: when(func(in Input) bool { return in.Pilot.RiskPoints.Len()+in.Pilot.Workflows.Len() > 0 }, "还没有风险点和工作流程"),
		Tables: func(in Input, o Options) []*table.TableModel {
			p := in.Pilot
			list := slices.DeleteFunc(checks.Find(p, in.Result), func(f checks.Finding) bool { return o.Unit != "" && f.Unit.ID != o.Unit })
			cols := []col[checks.Finding]{
				{title: "检查项目", width: 34, center: true, get: func(f checks.Finding) string { return string(f.Rule) }},
				{title: "部门", width: 36, center: true, get: func(f checks.Finding) string { return p.NameOf(domain.KindUnit, f.Unit) }},
				{title: "对象", weight: 1.2, get: func(f checks.Finding) string { return f.Name }},
				{title: "情况", weight: 2, get: func(f checks.Finding) string { return f.Text }},
				{title: "处理", width: 30, get: func(checks.Finding) string { return "" }},
			}
			t := &table.TableModel{Title: p.Info().School + "风险排查检查情况表", Page: draw.Page{}, Sizes: table.Sizes{Text: 8.5}, Empty: "没有发现问题",
				Subtitles: []table.Line{{Left: "内部资料　注意保管", Right: string(in.Today)}}, Notes: ruleNotes(list), Signs: []string{"检查人：", "部门负责人：", "日期："}}
			t.Columns, t.Rows = numbered(cols, list)
			table.MergeEqual(t.Rows, 1, 2)
			return []*table.TableModel{t}
		}}
}

// ruleNotes explains the checks that found something, with how often.
func ruleNotes(list []checks.Finding) []string {
	var out []string
	for _, r := range checks.Rules {
		n := 0
		for _, f := range list {
			if f.Rule == r.Rule {
				n++
			}
		}
		if n > 0 {
			out = append(out, fmt.Sprintf("%s（%d 处）：%s。", r.Rule, n, r.Means))
		}
	}
	return out
}

// ChannelRow is what one channel found.
type ChannelRow struct {
	Channel   string
	Found     int // points that it found, with others or alone
	Only      int // points that no other channel found
	Anonymous int // of Found, those where somebody who gave no name was written down
	Warned    int // of Found, those of a level that is warned of
	Top       int // of Found, those of the most severe level
}

// ChannelRows counts the yield of every channel, over the active points of one unit
// or of all (""). A point found by several counts in each.
func ChannelRows(in Input, unit domain.ID) []ChannelRow {
	rows := make([]ChannelRow, len(domain.Channels))
	for i, c := range domain.Channels {
		rows[i].Channel = c
	}
	for _, r := range in.Pilot.ActivePoints() {
		if unit != "" && r.Unit.ID != unit {
			continue
		}
		found := r.FoundBy()
		var by []int
		for i, c := range domain.Channels {
			if slices.ContainsFunc(found, func(f domain.Finding) bool { return f.Channel == c }) {
				by = append(by, i)
			}
		}
		for _, i := range by {
			rows[i].count(in, r, len(by) == 1)
		}
	}
	return rows
}

func (row *ChannelRow) count(in Input, r *domain.RiskPoint, only bool) {
	row.Found++
	if only {
		row.Only++
	}
	if slices.ContainsFunc(r.Findings, func(f domain.Finding) bool { return f.Channel == row.Channel && f.By == "" }) {
		row.Anonymous++
	}
	if in.Result == nil {
		return
	}
	if o := in.Result.Of(r.ID); o != nil && o.Complete && o.Level.Severity > 0 {
		row.Warned++
		if o.Level.Severity == in.Result.Scheme.Ordered()[0].Severity {
			row.Top++
		}
	}
}

// channelsPaper is the yield of the three channels, for the whole pilot and by unit.
func channelsPaper() Paper {
	type line struct {
		unit string
		ChannelRow
	}
	return Paper{ID: "channels", Title: "风险排查渠道成效表", Ready: hasPoints(),
		Tables: func(in Input, o Options) []*table.TableModel {
			var lines []line
			for _, u := range unitsOf(in, o) {
				for _, r := range ChannelRows(in, u.ID) {
					lines = append(lines, line{u.Name, r})
				}
			}
			if o.Unit == "" {
				for _, r := range ChannelRows(in, "") {
					lines = append(lines, line{"合计", r})
				}
			}
			number := func(title string, get func(line) int) col[line] {
				return col[line]{title: title, width: 24, right: true, get: func(l line) string { return fmt.Sprint(get(l)) }}
			}
			cols := []col[line]{{title: "部门", weight: 1, center: true, get: func(l line) string { return l.unit }},
				{title: "来源渠道", width: 26, center: true, get: func(l line) string { return l.Channel }},
				number("找到的风险点", func(l line) int { return l.Found }), number("只由它找到", func(l line) int { return l.Only }),
				number("其中匿名", func(l line) int { return l.Anonymous }), number("其中预警", func(l line) int { return l.Warned }), number("其中最高一级", func(l line) int { return l.Top })}
			t := &table.TableModel{Title: in.Pilot.Info().School + "风险排查渠道成效表", Page: draw.Page{}, Subtitles: []table.Line{{Right: string(in.Today)}},
				Notes: []string{"一个风险点由几个渠道找到的，各渠道都计。"}}
			t.Columns, t.Rows = columns(cols), rowsOf(cols, lines)
			table.MergeEqual(t.Rows, 0)
			return []*table.TableModel{t}
		}}
}
