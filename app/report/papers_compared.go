package report

import (
	"fmt"

	"lianshao/app/judge"
	"lianshao/app/report/draw"
	"lianshao/app/report/table"
	"lianshao/domain"
)

// comparedTables follow the 两次评估对比表: levels before and after, effect by measure
// status, posts and units.
func comparedTables(in Input, o Options) []*table.TableModel {
	c, err := judge.Compare(in.Pilot, in.Before, in.Result)
	if err != nil {
		return nil // Ready said so
	}
	out := []*table.TableModel{migrationTable(in, &c), effectTable(in, &c)}
	if t := rolledComparison(in, o); len(t.Rows) > 0 {
		out = append(out, t)
	}
	if o.Unit == "" {
		out[len(out)-1].Charts = comparedFigures(in)
	}
	return out
}

func comparedHead(in Input, title string) *table.TableModel {
	return &table.TableModel{Title: in.Pilot.Info().School + title, Page: draw.Page{}, Sizes: table.Sizes{Text: 9},
		Subtitles: []table.Line{{Left: in.Before.Round.Title() + " → " + in.Result.Round.Title(), Right: string(in.Today)}}}
}

// migrationTable counts the points by level before (rows) and after (columns).
func migrationTable(in Input, c *judge.Comparison) *table.TableModel {
	t := comparedHead(in, "等级迁移表")
	t.Columns = []table.Column{{Title: in.Before.Round.Title(), Width: 40, Align: draw.Center}}
	for _, l := range c.Levels {
		t.Columns = append(t.Columns, table.Column{Title: l.Label, Group: in.Result.Round.Title(), Align: draw.Right})
	}
	t.Columns = append(t.Columns, table.Column{Title: "合计", Align: draw.Right})
	total := make([]int, len(c.Levels)+1)
	for i, l := range c.Levels {
		row, sum := table.Row{Cells: []table.Cell{levelCell(l)}}, 0
		for j, n := range c.Moves[i] {
			cell := table.Cell{Text: fmt.Sprint(n), Bold: j < i && n > 0}
			if i == j {
				cell.Fill = draw.Color{R: 0xEC, G: 0xEF, B: 0xF3, A: 0xFF}
			}
			row.Cells = append(row.Cells, cell)
			sum += n
			total[j] += n
		}
		total[len(c.Levels)] += sum
		row.Cells = append(row.Cells, table.Cell{Text: fmt.Sprint(sum)})
		t.Rows = append(t.Rows, row)
	}
	foot := table.Row{Cells: []table.Cell{{Text: "合计"}}, Bold: true}
	for _, n := range total {
		foot.Cells = append(foot.Cells, table.Cell{Text: fmt.Sprint(n)})
	}
	t.Rows = append(t.Rows, foot)
	t.Notes = []string{"注：行为前一次的等级，列为后一次的等级；灰底为等级不变，左下方（加粗）为等级上升，右上方为等级下降。"}
	return t
}

// effectTable shows the reduction by what became of the measures.
func effectTable(in Input, c *judge.Comparison) *table.TableModel {
	t := comparedHead(in, "措施效果表")
	cols := []col[judge.Effect]{
		{title: "措施落实情况", weight: 1, center: true, get: func(e judge.Effect) string { return e.Status }},
		{title: "风险点 n", width: 24, right: true, get: func(e judge.Effect) string { return fmt.Sprint(e.Points) }},
		{title: "平均降幅", width: 28, right: true, get: func(e judge.Effect) string {
			if e.Points == 0 {
				return "—"
			}
			return fmt.Sprintf("%.1f%%", e.Mean*100)
		}},
		{title: "等级下降", width: 26, right: true, get: func(e judge.Effect) string { return fmt.Sprint(e.Milder) }},
		{title: "等级上升", width: 26, right: true, get: func(e judge.Effect) string { return fmt.Sprint(e.Worse) }},
	}
	t.Columns, t.Rows = columns(cols), rowsOf(cols, c.Effects)
	t.Notes = append([]string{"注：降幅＝（前－后）÷前，为各风险点降幅的平均。"}, c.Sentences()[2:]...)
	return t
}

// rolledComparison sets units and posts side by side, by maximum and weighted mean.
func rolledComparison(in Input, o Options) *table.TableModel {
	type pair struct {
		unit, post string
		was, is    domain.Rolled
	}
	var rows []pair
	for i := range in.Result.Units {
		is := &in.Result.Units[i]
		if o.Unit != "" && is.Unit.ID != o.Unit || is.Points == 0 {
			continue
		}
		for k := range in.Before.Units {
			if was := &in.Before.Units[k]; was.Unit.ID == is.Unit.ID && was.Points > 0 {
				rows = append(rows, pair{is.Unit.Name, "部门合计", was.Rolled, is.Rolled})
			}
		}
		for k := range in.Result.Posts {
			po := &in.Result.Posts[k]
			if po.Unit.ID != is.Unit.ID || po.Points == 0 {
				continue
			}
			for n := range in.Before.Posts {
				if was := &in.Before.Posts[n]; was.Post == po.Post && was.Unit == po.Unit && was.Points > 0 {
					rows = append(rows, pair{is.Unit.Name, orElse(in.Pilot.NameOf(domain.KindPost, po.Post), "未写岗位"), was.Rolled, po.Rolled})
				}
			}
		}
	}
	value := func(group, title string, get func(pair) float64) col[pair] {
		return col[pair]{title: title, group: group, width: 18, right: true, get: func(x pair) string { return valueShown(in.Result, get(x)) }}
	}
	level := func(group, title string, get func(pair) domain.Level) col[pair] {
		return col[pair]{title: title, group: group, width: 13, cell: func(x pair) table.Cell { return levelCell(get(x)) }}
	}
	cols := []col[pair]{
		{title: "部门", width: 26, center: true, get: func(x pair) string { return x.unit }},
		{title: "岗位", weight: 1, get: func(x pair) string { return x.post }},
		value("最高的风险点", "前", func(x pair) float64 { return x.was.Max }), value("最高的风险点", "后", func(x pair) float64 { return x.is.Max }),
		level("最高的风险点", "前等级", func(x pair) domain.Level { return x.was.Worst }), level("最高的风险点", "后等级", func(x pair) domain.Level { return x.is.Worst }),
		value("加权平均", "前", func(x pair) float64 { return x.was.Weighted }), value("加权平均", "后", func(x pair) float64 { return x.is.Weighted }),
	}
	t := comparedHead(in, "部门、岗位两次评估对比表")
	t.Columns, t.Rows = columns(cols), rowsOf(cols, rows)
	table.MergeEqual(t.Rows, 0)
	t.Notes = []string{"注：数值为" + in.Result.Round.Rule.ValueName() + "；加权平均的权为影响程度。"}
	return t
}
