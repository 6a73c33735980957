package assessment

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/ui/widgets"
)

// gapList is what one assessor has not scored, or not on the scale.
type gapList struct {
	t    *roundsTab
	res  *domain.RoundResult
	all  []domain.Gap
	list []domain.Gap
	grid *widgets.DataGrid
}

func newGapList(t *roundsTab) *gapList {
	g := &gapList{t: t}
	g.grid = widgets.NewDataGrid([]widgets.Column{{ID: "what", Title: lang.L("评估对象"), Width: 190, Grow: true}, {ID: "indicator", Title: lang.L("指标"), Width: 140},
		{ID: "kind", Title: lang.L("情况"), Width: 110}}, g)
	g.grid.OnActivate = func(row int) {
		target, id := g.subject(row)
		t.open(ScoresTab, "who="+g.list[row].Assessor+"&target="+target+"&subject="+string(id))
	}
	return g
}

func (g *gapList) load(res *domain.RoundResult, all []domain.Gap) { g.res, g.all = res, all }

// show narrows the list to an assessor.
func (g *gapList) show(who string) {
	g.list = g.list[:0]
	for _, x := range g.all {
		if x.Assessor == who {
			g.list = append(g.list, x)
		}
	}
	g.grid.Refresh()
}

func (g *gapList) subject(row int) (target string, id domain.ID) {
	if u := g.list[row].Unit; u != nil {
		return domain.TargetUnit, u.ID
	}
	return domain.TargetPoint, g.list[row].Point.ID
}

// Len implements widgets.Source.
func (g *gapList) Len() int { return len(g.list) }

// Cell implements widgets.Source.
func (g *gapList) Cell(row int, col string) widgets.Cell {
	x := &g.list[row]
	inds := g.res.PointSys.Indicators()
	if x.Unit != nil {
		inds = g.res.UnitSys.Indicators()
	}
	switch col {
	case "what":
		if x.Unit != nil {
			return widgets.Cell{Text: x.Unit.Name}
		}
		return widgets.Cell{Text: x.Point.Code + " " + x.Point.Name}
	case "indicator":
		if x.Indicator < 0 {
			return widgets.Cell{Text: lang.L("全部")}
		}
		return widgets.Cell{Text: inds[x.Indicator].Code + " " + inds[x.Indicator].Name}
	}
	c := widgets.Cell{Text: string(x.Kind), Warn: x.Kind == domain.GapOutside, Muted: x.Kind == domain.GapAbstained}
	if x.Kind == domain.GapOutside {
		c.Text += "：" + edit.FormatMark(&inds[x.Indicator], x.Mark)
	}
	return c
}

// apartList is what the assessors differ on so much that they should talk again.
type apartList struct {
	t    *roundsTab
	says *widget.Label
	list []domain.Dispersed
	inds []domain.Indicator
	grid *widgets.DataGrid
	root fyne.CanvasObject
}

func newApartList(t *roundsTab) *apartList {
	a := &apartList{t: t, says: widget.NewLabel("")}
	num := func(id, title string) widgets.Column {
		return widgets.Column{ID: id, Title: lang.L(title), Width: 70, Align: widgets.AlignRight}
	}
	a.grid = widgets.NewDataGrid([]widgets.Column{{ID: "what", Title: lang.L("风险点"), Width: 150, Grow: true}, {ID: "indicator", Title: lang.L("指标"), Width: 130},
		num("mean", "平均"), num("sd", "标准差"), num("cv", "变异系数")}, a)
	a.grid.OnActivate = func(row int) {
		t.open(ScoresTab, "target="+domain.TargetPoint+"&subject="+string(a.list[row].Outcome.Point.ID))
	}
	a.root = container.NewBorder(a.says, nil, nil, nil, a.grid)
	return a
}

func (a *apartList) load(res *domain.RoundResult) {
	a.list, a.inds = nil, nil
	if res != nil {
		a.list, a.inds = res.Dispersion(a.t.host.Session().Pilot), res.PointSys.Indicators()
	}
	a.says.SetText(fmt.Sprintf(lang.L("变异系数超过 0.25 的有 %d 处"), len(a.list)))
	a.grid.Refresh()
}

// Len implements widgets.Source.
func (a *apartList) Len() int { return len(a.list) }

// Cell implements widgets.Source.
func (a *apartList) Cell(row int, col string) widgets.Cell {
	x := &a.list[row]
	switch col {
	case "what":
		return widgets.Cell{Text: x.Outcome.Point.Code + " " + x.Outcome.Point.Name}
	case "indicator":
		return widgets.Cell{Text: a.inds[x.Indicator].Code + " " + a.inds[x.Indicator].Name}
	case "mean":
		return widgets.Cell{Text: fmt.Sprintf("%.2f", x.Mean)}
	case "sd":
		return widgets.Cell{Text: fmt.Sprintf("%.2f", x.SD)}
	}
	return widgets.Cell{Text: fmt.Sprintf("%.2f", x.CV), Bold: true}
}
