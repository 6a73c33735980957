package assessment

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/report"
	"lianshao/app/report/chart"
	"lianshao/app/report/draw"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/pen"
	"lianshao/ui/widgets"
)

// why opens the row under the cursor into its arithmetic: the result and what would
// bring it down in words, the contributions as bars, and every figure in a table.
type why struct {
	title *widget.Label
	says  *widgets.Prose
	model chart.Model
	bars  *pen.Chart
	grid  *widgets.DataGrid
	rows  []whyRow
	top   *fyne.Container
	root  fyne.CanvasObject
}

// whyRow is a line of the arithmetic: an indicator, a dimension over its indicators,
// or, of a post or unit, one of its points.
type whyRow struct {
	cells map[string]widgets.Cell
}

func newWhy(h page.Host) *why {
	w := &why{title: widget.NewLabel(""), says: widgets.NewProse(""), model: &chart.Ranking{}}
	w.title.TextStyle.Bold = true
	w.title.Truncation = fyne.TextTruncateClip
	bars, chartOf := pen.NewTallChart(fyne.NewSize(240, 120), func(width, height float64) draw.Drawing {
		return chart.Layout(w.model, width, height, h.Metrics())
	})
	w.bars = chartOf
	w.grid = widgets.NewDataGrid(nil, w)
	words := container.NewVScroll(w.says)
	w.top = container.New(wordsAbove{w.says}, words, bars)
	top := container.NewBorder(w.title, nil, nil, nil, w.top)
	split := widgets.NewVSplitter(top, w.grid, h.Prefs().FloatWithFallback("split.why", 0.62))
	split.OnMoved = func(o float64) { h.Prefs().SetFloat("split.why", o) }
	w.root = split
	return w
}

// wordsAbove gives the words the height that they need at their width, up to two
// fifths, and the picture the rest.
type wordsAbove struct{ says fyne.CanvasObject }

// Layout implements fyne.Layout for words and picture.
func (l wordsAbove) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(size.Width, o[0].Size().Height))
	h := min(l.says.MinSize().Height, size.Height*2/5)
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(size.Width, h))
	o[1].Move(fyne.NewPos(0, h))
	o[1].Resize(fyne.NewSize(size.Width, size.Height-h))
}

// MinSize implements fyne.Layout.
func (l wordsAbove) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[1].MinSize().AddWidthHeight(0, 60)
}

// Len implements widgets.Source.
func (w *why) Len() int { return len(w.rows) }

// Cell implements widgets.Source.
func (w *why) Cell(row int, col string) widgets.Cell { return w.rows[row].cells[col] }

// clear shows nothing.
func (w *why) clear() { w.show("", "", &chart.Ranking{}, nil, nil) }

// show replaces everything.
func (w *why) show(title, says string, model chart.Model, cols []widgets.Column, rows []whyRow) {
	w.title.SetText(title)
	w.says.SetText(says)
	w.model, w.rows = model, rows
	w.top.Refresh() // the words may need another height
	w.bars.Update()
	if !sameColumns(w.grid.Columns(), cols) {
		w.grid.SetColumns(cols)
	}
	w.grid.Refresh()
}

func sameColumns(a, b []widgets.Column) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].ID != b[i].ID || a[i].Title != b[i].Title {
			return false
		}
	}
	return true
}

// explain shows the arithmetic of a scored subject.
func (w *why) explain(title string, rule domain.Rule, e app.Explanation) {
	if len(e.Parts) == 0 {
		w.show(title, e.Head, &chart.Ranking{}, nil, nil)
		return
	}
	says := []string{e.Head, e.Raised, e.Down, e.Residual}
	if rule.Method != domain.MethodIndex { // the table has every figure of an index
		says = append(says, e.Lines...)
	}
	says = slices.DeleteFunc(says, func(s string) bool { return s == "" })
	w.show(title, strings.Join(says, "\n"), contributions(rule, e), partColumns(rule), partRows(rule, e))
}

// share is an indicator's part of the index above the lowest possible value.
func share(weight, value float64) float64 { return weight * (value - 1) / 4 * 100 }

// contributions are the indicators' shares of the result, as bars.
func contributions(rule domain.Rule, e app.Explanation) chart.Model {
	r := &chart.Ranking{Title: lang.L("各指标贡献（加起来是风险指数）"), Decimals: 2, Max: 0.01}
	if !rule.Weighs() {
		r.Title = lang.L("各项取值")
	}
	for _, part := range e.Parts {
		v := part.Contribution
		if rule.Weighs() {
			v = share(part.Weight, part.Value)
		}
		if math.IsNaN(part.Score) {
			continue
		}
		r.Items = append(r.Items, chart.Rank{Label: part.Code + " " + part.Name, Value: math.Round(v*100) / 100})
		r.Max = max(r.Max, v)
	}
	return r
}

func partColumns(rule domain.Rule) []widgets.Column {
	num := func(id, title, sub string) widgets.Column {
		return widgets.Column{ID: id, Title: title, Subtitle: sub, Width: 58, Align: widgets.AlignRight}
	}
	cols := []widgets.Column{{ID: "name", Title: lang.L("指标"), Width: 110, Grow: true}}
	if rule.Weighs() {
		cols = append(cols, num("weight", lang.L("权重"), lang.L("占全部")))
	}
	cols = append(cols, num("score", lang.L("得分"), rule.Aggregate.Label()), num("value", lang.L("计入"), lang.L("逆向换算")))
	if rule.Weighs() {
		cols = append(cols, num("share", lang.L("贡献"), lang.L("两者之积")))
	}
	return cols
}

// partRows are the indicators under their dimensions, and the sum.
func partRows(rule domain.Rule, e app.Explanation) (rows []whyRow) {
	type sums struct{ weight, share float64 }
	all, of := sums{}, map[string]*sums{}
	for _, p := range e.Parts {
		d := of[p.Dimension]
		if d == nil {
			d = &sums{}
			of[p.Dimension] = d
		}
		d.weight, d.share = d.weight+p.Weight, d.share+p.Contribution
		all.weight, all.share = all.weight+p.Weight, all.share+p.Contribution
	}
	sumRow := func(name string, s *sums) whyRow {
		bold := func(v float64) widgets.Cell { return widgets.Cell{Text: fmt.Sprintf("%.4f", v), Bold: true} }
		return whyRow{map[string]widgets.Cell{"name": {Text: name, Bold: true}, "weight": bold(s.weight), "share": bold(s.share)}}
	}
	last := ""
	for _, p := range e.Parts {
		if rule.Weighs() && p.Dimension != last {
			last = p.Dimension
			rows = append(rows, sumRow(last, of[last]))
		}
		rows = append(rows, partRow(rule, p))
	}
	if rule.Weighs() {
		rows = append(rows, sumRow(lang.L("合计 S"), &all))
	}
	return rows
}

func partRow(rule domain.Rule, p app.Part) whyRow {
	mark := "%.2f"
	if rule.Weighs() {
		mark = "%.4f"
	}
	figure := func(form string, v float64) widgets.Cell {
		if math.IsNaN(v) {
			return widgets.Cell{Text: "—", Warn: true}
		}
		return widgets.Cell{Text: fmt.Sprintf(form, v)}
	}
	return whyRow{map[string]widgets.Cell{"name": {Text: p.Code + " " + p.Name}, "weight": figure("%.4f", p.Weight), "score": figure(mark, p.Score),
		"value": {Text: figure(mark, p.Value).Text, Bold: p.Value != p.Score && !math.IsNaN(p.Value)}, "share": figure("%.4f", p.Contribution)}}
}

// roll shows the points behind a post or unit.
func (w *why) roll(title, says string, model chart.Model, points []*domain.PointOutcome) {
	cols := []widgets.Column{{ID: "name", Title: lang.L("风险点"), Width: 110, Grow: true}, {ID: "value", Title: lang.L("分值"), Width: 70, Align: widgets.AlignRight},
		{ID: "level", Title: lang.L("等级"), Width: 66}}
	var rows []whyRow
	for _, o := range points {
		rows = append(rows, whyRow{map[string]widgets.Cell{"name": {Text: o.Point.Code + " " + o.Point.Name}, "value": {Text: fmt.Sprintf("%.2f", o.Index)},
			"level": {Text: o.Level.Label, Color: report.LevelColor(o.Level.Color)}}})
	}
	w.show(title, says, model, cols, rows)
}
