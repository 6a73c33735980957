package levels

import (
	"fmt"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

var nan = math.NaN()

// effect lists who would change level by the scheme that is shown.
type effect struct {
	e     *Editor
	title *widgets.Prose
	grid  *widgets.DataGrid
	list  []domain.Shifted
	root  *fyne.Container
}

func newEffect(e *Editor) *effect {
	f := &effect{e: e, title: widgets.NewProse("")}
	f.title.TextStyle.Bold = true
	f.grid = widgets.NewDataGrid([]widgets.Column{
		{ID: "point", Title: lang.L("风险点"), Width: 150, Grow: true},
		{ID: "value", Title: lang.L("得分"), Width: 76, Align: widgets.AlignRight},
		{ID: "was", Title: lang.L("现等级"), Width: 76},
		{ID: "is", Title: lang.L("变为"), Width: 76},
		{ID: "why", Title: lang.L("原因"), Width: 190},
	}, f)
	f.grid.OnActivate = func(row int) { e.host.Go(page.RiskPoints, "point="+string(f.list[row].Outcome.Point.ID)) }
	f.root = container.NewBorder(f.title, nil, nil, nil, f.grid)
	return f
}

// load compares the scheme with the levels of the latest round that it can band.
func (f *effect) load() {
	f.list = nil
	res := f.e.result()
	if res == nil {
		f.title.SetText(fmt.Sprintf(lang.L("谁会变级：还没有按“%s”定级的评估可以比较"), f.e.scheme.Basis))
		f.grid.Refresh()
		return
	}
	list, err := res.SchemeEffect(f.e.host.Session().Pilot, f.e.scheme)
	if err != nil {
		f.title.SetText(app.Sentence(err))
		f.grid.Refresh()
		return
	}
	up := 0
	for i := range list {
		if list[i].Is.Severity > severityNow(f.e.scheme, list[i].Outcome.Level) {
			up++
		}
	}
	slices.SortStableFunc(list, func(a, b domain.Shifted) int { return b.Is.Severity - a.Is.Severity })
	f.list = list
	switch {
	case len(list) == 0:
		f.title.SetText(fmt.Sprintf(lang.L("谁会变级（按%s的评分）：没有"), res.Round.Title()))
	default:
		f.title.SetText(fmt.Sprintf(lang.L("谁会变级（按%s的评分）：%d 个，其中升级 %d 个"), res.Round.Title(), len(list), up))
	}
	f.grid.Refresh()
}

// severityNow is how severe a level of another scheme is here, by its label if that
// is known.
func severityNow(s *domain.LevelScheme, l domain.Level) int {
	if same, ok := s.Labelled(l.Label); ok {
		return same.Severity
	}
	return l.Severity
}

// result is that of the latest round whose levels are measured on the scheme's basis.
func (e *Editor) result() *domain.RoundResult {
	s := e.host.Session()
	var best *domain.Assessment
	for _, a := range s.Pilot.Assessments.All() {
		if a.Rule.Basis() == e.scheme.Basis && (best == nil || a.No > best.No) {
			best = a
		}
	}
	if best == nil {
		return nil
	}
	return s.Result(best.No)
}

// Len implements widgets.Source.
func (f *effect) Len() int { return len(f.list) }

// Cell implements widgets.Source.
func (f *effect) Cell(row int, col string) widgets.Cell {
	x := f.list[row]
	switch col {
	case "point":
		return widgets.Cell{Text: x.Outcome.Point.Code + " " + x.Outcome.Point.Name}
	case "value":
		return widgets.Cell{Text: fmt.Sprintf("%.2f", x.Outcome.Index)}
	case "was":
		return widgets.Cell{Text: x.Outcome.Level.Label, Color: colorOf(x.Outcome.Level)}
	case "is":
		return widgets.Cell{Text: x.Is.Label, Color: colorOf(x.Is), Bold: true}
	}
	if x.Raised > 0 && x.Raised <= len(f.e.scheme.Overrides) {
		return widgets.Cell{Text: f.e.scheme.Overrides[x.Raised-1].Condition()}
	}
	return widgets.Cell{Text: fmt.Sprintf(lang.L("“%s”的下限 %g"), x.Is.Label, x.Is.Min), Muted: true}
}
