package assessment

import (
	"fmt"
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"lianshao/app/judge"
	"lianshao/app/report"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// judgeSide are the tables under the verdicts: how the indicators correlate, how many
// levels a changed weight or a missing assessor flips, and which warnings were missed
// or not confirmed.
type judgeSide struct {
	related *relatedTable
	flips   *flipTable
	hits    *hitTable
	tabs    *container.AppTabs
}

func newJudgeSide(h page.Host, words fyne.CanvasObject) *judgeSide {
	s := &judgeSide{related: newRelatedTable(), flips: newFlipTable(), hits: newHitTable(h)}
	s.tabs = container.NewAppTabs(container.NewTabItem(lang.L("结论"), words), container.NewTabItem(lang.L("指标间相关"), s.related.grid),
		container.NewTabItem(lang.L("敏感性"), s.flips.grid), container.NewTabItem(lang.L("漏警和误警"), s.hits.root))
	return s
}

func (s *judgeSide) show(r *judge.Report) {
	s.related.show(r)
	s.flips.show(r)
	s.hits.show(r)
}

// relatedTable is the correlation of every two indicators.
type relatedTable struct {
	r    *judge.Report
	grid *widgets.DataGrid
}

func newRelatedTable() *relatedTable {
	t := &relatedTable{}
	t.grid = widgets.NewDataGrid(nil, t)
	t.grid.Frozen = 1
	return t
}

func (t *relatedTable) show(r *judge.Report) {
	t.r = r
	cols := []widgets.Column{{ID: "name", Title: lang.L("相关系数"), Subtitle: fmt.Sprintf(lang.L("达到 %.2f 的着色"), judge.TwinLimit), Width: 168, Fixed: true}}
	for k := range r.Items {
		cols = append(cols, widgets.Column{ID: strconv.Itoa(k), Title: r.Items[k].Code, Subtitle: r.Items[k].Name, Width: 84, Align: widgets.AlignRight})
	}
	t.grid.SetColumns(cols)
	t.grid.Refresh()
}

// Len implements widgets.Source.
func (t *relatedTable) Len() int {
	if t.r == nil {
		return 0
	}
	return len(t.r.Items)
}

// Cell implements widgets.Source.
func (t *relatedTable) Cell(row int, col string) widgets.Cell {
	k, err := strconv.Atoi(col)
	switch {
	case err != nil:
		return widgets.Cell{Text: t.r.Items[row].Code + " " + t.r.Items[row].Name}
	case k == row:
		return widgets.Cell{Text: "1", Muted: true}
	case k >= len(t.r.Related[row]) || t.r.Related[row][k] == nil:
		return widgets.Cell{Text: "—", Muted: true}
	}
	v := *t.r.Related[row][k]
	return widgets.Cell{Text: fmt.Sprintf("%.2f", v), Warn: math.Abs(v) >= judge.TwinLimit, Muted: k > row}
}

// flipTable says how many points change level, weight by weight and assessor by
// assessor.
type flipTable struct {
	rows []flipRow
	grid *widgets.DataGrid
}

type flipRow struct {
	what string
	judge.Flip
}

func newFlipTable() *flipTable {
	t := &flipTable{}
	num := func(id, title string) widgets.Column {
		return widgets.Column{ID: id, Title: lang.L(title), Width: 110, Align: widgets.AlignRight}
	}
	t.grid = widgets.NewDataGrid([]widgets.Column{{ID: "what", Title: lang.L("改变什么"), Width: 260, Fixed: true}, num("up", "等级上升"), num("down", "等级下降"), num("total", "合计"), num("points", "可计算的点")}, t)
	return t
}

func (t *flipTable) show(r *judge.Report) {
	t.rows = nil
	for i := range r.Items {
		it := &r.Items[i]
		t.rows = append(t.rows, flipRow{it.Code + " " + it.Name + lang.L(" 权重加 10%"), it.More}, flipRow{it.Code + " " + it.Name + lang.L(" 权重减 10%"), it.Less})
	}
	if len(r.Assessors) > 1 {
		for _, f := range r.Assessors {
			t.rows = append(t.rows, flipRow{lang.L("去掉评分人 ") + f.Name, f})
		}
	}
	t.grid.Refresh()
}

// Len implements widgets.Source.
func (t *flipTable) Len() int { return len(t.rows) }

// Cell implements widgets.Source.
func (t *flipTable) Cell(row int, col string) widgets.Cell {
	r := &t.rows[row]
	n, ok := map[string]int{"up": r.Up, "down": r.Down, "total": r.Total(), "points": r.Points}[col]
	if !ok {
		return widgets.Cell{Text: r.what}
	}
	return widgets.Cell{Text: strconv.Itoa(n), Muted: n == 0, Bold: col == "total" && n > 0}
}

// hitTable lists the points with a confirmed event and no warning, then those with a
// warning and no confirmed event.
type hitTable struct {
	rows []hitRow
	grid *widgets.DataGrid
	says *widgets.Prose
	root fyne.CanvasObject
}

type hitRow struct {
	missed bool
	*domain.PointOutcome
}

func newHitTable(h page.Host) *hitTable {
	t := &hitTable{says: widgets.NewProse("")}
	t.grid = widgets.NewDataGrid([]widgets.Column{{ID: "kind", Title: lang.L("情况"), Width: 190, Fixed: true}, {ID: "point", Title: lang.L("风险点"), Width: 240, Grow: true},
		{ID: "value", Title: lang.L("分值"), Width: 80, Align: widgets.AlignRight}, {ID: "level", Title: lang.L("等级"), Width: 70}}, t)
	t.grid.OnActivate = func(row int) { h.Go(page.RiskPoints, report.FilterPoint+string(t.rows[row].Point.ID)) }
	t.root = container.NewBorder(t.says, nil, nil, nil, t.grid)
	return t
}

func (t *hitTable) show(r *judge.Report) {
	t.rows = nil
	for _, o := range r.Hits.Missed {
		t.rows = append(t.rows, hitRow{true, o})
	}
	for _, o := range r.Hits.Unproven {
		t.rows = append(t.rows, hitRow{false, o})
	}
	t.says.SetText(fmt.Sprintf(lang.L("信息库里查实的 %d 条信息涉及 %d 个风险点，其中 %d 个已列入预警，漏警 %d 个；高等级的 %d 个风险点中，%d 个没有查实信息（可能偏严，也可能只是还没有暴露）。"),
		r.Hits.Events, r.Hits.Confirmed, r.Hits.Warned, len(r.Hits.Missed), r.Hits.High, len(r.Hits.Unproven)))
	t.grid.Refresh()
}

// Len implements widgets.Source.
func (t *hitTable) Len() int { return len(t.rows) }

// Cell implements widgets.Source.
func (t *hitTable) Cell(row int, col string) widgets.Cell {
	r := &t.rows[row]
	switch col {
	case "kind":
		if r.missed {
			return widgets.Cell{Text: lang.L("漏警：出过事，等级最低"), Warn: true}
		}
		return widgets.Cell{Text: lang.L("高等级，没有查实信息")}
	case "point":
		return widgets.Cell{Text: r.Point.Code + " " + r.Point.Name}
	case "value":
		return widgets.Cell{Text: fmt.Sprintf("%.2f", r.Index)}
	}
	return widgets.Cell{Text: r.Level.Label, Color: report.LevelColor(r.Level.Color)}
}
