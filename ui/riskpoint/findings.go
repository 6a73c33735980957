package riskpoint

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/checks"
	"lianshao/app/report"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// findings is the tab 检查: what the checks find, each leading to its record.
type findings struct {
	host  page.Host
	all   []checks.Finding
	rows  []checks.Finding
	rule  *widget.Select
	unit  *widget.Select
	count *widget.Label
	means *widget.Label
	grid  *widgets.DataGrid
	none  fyne.CanvasObject
	place *fyne.Container
	busy  bool // the selects are being filled
}

func newFindings(h page.Host) *findings { return &findings{host: h} }

func (f *findings) content() fyne.CanvasObject {
	f.count, f.means = widget.NewLabel(""), widget.NewLabel("")
	f.means.Importance = widget.LowImportance
	f.means.Truncation = fyne.TextTruncateClip
	pick := func(string) {
		if !f.busy {
			f.narrow()
		}
	}
	f.rule, f.unit = widget.NewSelect(nil, pick), widget.NewSelect(nil, pick)
	f.grid = widgets.NewDataGrid([]widgets.Column{{ID: "rule", Title: lang.L("检查项目"), Width: 150}, {ID: "unit", Title: lang.L("部门"), Width: 180},
		{ID: "name", Title: lang.L("对象"), Width: 300}, {ID: "text", Title: lang.L("情况"), Width: 420, Grow: true}}, f)
	f.grid.OnActivate = f.open
	f.grid.Menu = func(rows []int, _ string) []*fyne.MenuItem {
		return []*fyne.MenuItem{fyne.NewMenuItem(lang.L("去处理"), func() { f.open(rows[0]) })}
	}
	low := widget.NewButton(lang.L("去处理"), func() { row, _ := f.grid.Current(); f.open(row) })
	low.Importance = widget.LowImportance
	bar := container.NewHBox(widget.NewLabel(lang.L("项目")), widgets.Room(200, 0, f.rule), widget.NewLabel(lang.L("部门")), widgets.Room(180, 0, f.unit), low,
		records.PrintButton(f.host, "checks"), layout.NewSpacer(), f.count)
	f.none = container.NewCenter(widget.NewLabel(lang.L("没有发现问题。")))
	f.place = container.NewStack(f.grid)
	return container.NewBorder(container.NewVBox(bar, f.means), nil, nil, nil, f.place)
}

// fill runs the checks, beside the window.
func (f *findings) fill() {
	p, res := f.host.Session().Pilot, f.host.Session().Result(0)
	var found []checks.Finding
	run := func() { found = checks.Find(p, res) }
	if p.RiskPoints.Len() < manyPoints {
		run()
		f.take(found)
		return
	}
	f.host.Work(lang.L("正在检查"), func(ctx context.Context, _ func(int, int)) error { run(); return ctx.Err() }, func(err error) {
		if err == nil {
			f.take(found)
		}
	})
}

// manyPoints is from when comparing all points is noticed while typing.
const manyPoints = 3000

func (f *findings) take(found []checks.Finding) {
	f.all = found
	p := f.host.Session().Pilot
	rules, units := []string{fmt.Sprintf(lang.L("全部（%d）"), len(found))}, []string{lang.L(everything)}
	for _, r := range checks.Rules {
		n := 0
		for i := range found {
			if found[i].Rule == r.Rule {
				n++
			}
		}
		if n > 0 {
			rules = append(rules, fmt.Sprintf("%s（%d）", r.Rule, n))
		}
	}
	for _, u := range p.Units.All() {
		units = append(units, u.Name)
	}
	f.busy = true
	keep := func(s *widget.Select, options []string) {
		at := max(s.SelectedIndex(), 0)
		s.SetOptions(options)
		s.SetSelectedIndex(min(at, len(options)-1))
	}
	keep(f.rule, rules)
	keep(f.unit, units)
	f.busy = false
	f.narrow()
}

func (f *findings) narrow() {
	p := f.host.Session().Pilot
	f.rows = slices.DeleteFunc(slices.Clone(f.all), func(x checks.Finding) bool {
		return f.chosen() != "" && x.Rule != f.chosen() || f.unit.SelectedIndex() > 0 && p.NameOf(domain.KindUnit, x.Unit) != f.unit.Selected
	})
	f.means.SetText(lang.L("选中一行，按回车或双击到那一处"))
	for _, r := range checks.Rules {
		if r.Rule == f.chosen() {
			f.means.SetText(r.Means)
		}
	}
	f.count.SetText(fmt.Sprintf(lang.L("%d 处"), len(f.rows)))
	want := fyne.CanvasObject(f.grid)
	if len(f.rows) == 0 {
		want = f.none
	}
	f.place.Objects = []fyne.CanvasObject{want}
	f.place.Refresh()
	f.grid.Refresh()
}

// chosen is the check that the list is narrowed to, "" = all.
func (f *findings) chosen() checks.Rule {
	if f.rule.SelectedIndex() <= 0 {
		return ""
	}
	for _, r := range checks.Rules {
		if f.rule.Selected[:min(len(r.Rule), len(f.rule.Selected))] == string(r.Rule) {
			return r.Rule
		}
	}
	return ""
}

// Len implements widgets.Source.
func (f *findings) Len() int { return len(f.rows) }

// Cell implements widgets.Source.
func (f *findings) Cell(row int, col string) widgets.Cell {
	x := &f.rows[row]
	switch col {
	case "rule":
		return widgets.Cell{Text: string(x.Rule)}
	case "unit":
		return widgets.Cell{Text: f.host.Session().Pilot.NameOf(domain.KindUnit, x.Unit)}
	case "name":
		return widgets.Cell{Text: x.Name}
	}
	return widgets.Cell{Text: x.Text}
}

// open leads to the record of a row.
func (f *findings) open(row int) {
	if row < 0 || row >= len(f.rows) {
		return
	}
	x := f.rows[row]
	switch {
	case x.Rule == checks.NearDuplicate:
		f.host.Go(page.RiskPoints, TabNear)
	case x.Kind == domain.KindStep || x.Kind == domain.KindPost:
		f.host.Go(page.Workflow, string(x.ID))
	case x.Kind == domain.KindMeasure:
		f.host.Go(page.Measures, string(x.ID))
	default:
		f.host.Go(page.RiskPoints, report.FilterPoint+string(x.ID))
	}
}
