package monitor

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/edit"
	"lianshao/app/report"
	"lianshao/app/trend"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// tieGrid says which risk points a monitor watches: Space or a tap ties a point. The
// tied ones stand first when the monitor comes up, and stay where they are after.
type tieGrid struct {
	host    page.Host
	monitor *domain.Monitor
	points  []*domain.RiskPoint
	grid    *widgets.DataGrid
	root    fyne.CanvasObject
}

func newTieGrid(h page.Host) *tieGrid {
	g := &tieGrid{host: h}
	level := func(id, title string) widgets.Column {
		return widgets.Column{ID: id, Title: lang.L(title), Width: 58}
	}
	g.grid = widgets.NewDataGrid([]widgets.Column{{ID: "tied", Title: lang.L("对应"), Width: 48, Align: widgets.AlignCenter}, {ID: "point", Title: lang.L("风险点"), Width: 120, Grow: true},
		level("assessed", "评估"), level("level", "预警"), {ID: "by", Title: lang.L("提高的"), Width: 66}}, g)
	g.grid.OnToggle = func(row int, _ string, on bool) error {
		return h.Do(edit.TieMonitor(g.monitor.ID, g.points[row].ID, on))
	}
	hint := widget.NewLabel(lang.L("按空格或点方框，把风险点对应到这项指标。"))
	hint.Importance = widget.LowImportance
	hint.Truncation = fyne.TextTruncateClip
	g.root = container.NewBorder(nil, hint, nil, nil, g.grid)
	return g
}

func (g *tieGrid) tied(pt *domain.RiskPoint) bool {
	return slices.ContainsFunc(g.monitor.Points, func(r domain.Ref) bool { return r.ID == pt.ID })
}

func (g *tieGrid) show(m *domain.Monitor) {
	other := g.monitor == nil || m == nil || g.monitor.ID != m.ID
	g.monitor = m
	if other {
		g.load()
	}
	g.grid.Refresh()
}

// load reads the points again, the tied ones first.
func (g *tieGrid) load() {
	g.points = nil
	if g.monitor == nil {
		return
	}
	g.points = slices.Clone(g.host.Session().Pilot.ActivePoints())
	slices.SortStableFunc(g.points, func(a, b *domain.RiskPoint) int {
		switch ta, tb := g.tied(a), g.tied(b); {
		case ta && !tb:
			return -1
		case tb && !ta:
			return 1
		}
		return 0
	})
	g.grid.Refresh()
	g.grid.Select(0, "tied")
}

// Len implements widgets.Source.
func (g *tieGrid) Len() int { return len(g.points) }

// Cell implements widgets.Source.
func (g *tieGrid) Cell(row int, col string) widgets.Cell {
	pt := g.points[row]
	switch col {
	case "tied":
		if g.tied(pt) {
			return widgets.Cell{Check: widgets.Checked}
		}
		return widgets.Cell{Check: widgets.Unchecked}
	case "point":
		return widgets.Cell{Text: pt.Code + " " + pt.Name}
	}
	s := g.host.Session()
	return raisedCell(trend.Raise(s.Pilot, s.Result(0), pt), col)
}

// raisedCell shows one column of what decides a warning level.
func raisedCell(r trend.Raised, col string) widgets.Cell {
	level := func(l domain.Level) widgets.Cell {
		if l.Label == "" {
			return widgets.Cell{Text: "—", Muted: true}
		}
		return widgets.Cell{Text: l.Label, Color: report.LevelColor(l.Color)}
	}
	switch col {
	case "assessed":
		return level(r.Assessed)
	case "level":
		c := level(r.Level)
		c.Bold = r.Higher()
		return c
	case "by":
		if !r.Higher() {
			return widgets.Cell{}
		}
		return widgets.Cell{Text: joined(r.By), Bold: true}
	}
	best := domain.Level{Severity: -1}
	for _, c := range r.Causes {
		if c.By == col && c.Level.Severity > best.Severity {
			best = c.Level
		}
	}
	return level(best)
}
