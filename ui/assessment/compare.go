package assessment

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/judge"
	"lianshao/app/report"
	"lianshao/app/report/chart"
	"lianshao/app/report/draw"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/pen"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// compareTab sets two rounds side by side: points, posts and units, the migration
// between levels, the effect by measure status, and the tests.
type compareTab struct {
	host          page.Host
	open          func(id, arg string)
	first, second *widget.Select
	what          *widget.Select
	grid          *widgets.DataGrid
	rows          []shift
	dumbbell      *pen.Chart
	slope         *pen.Chart
	moves         *moveTable
	effects       *effectTable
	says          *widgets.Prose
	empty         *widget.Label
	body          fyne.CanvasObject
	root          *fyne.Container
	filling       bool
	before, after *domain.RoundResult
	fresh         bool
}

// shift is one thing measured in both rounds.
type shift struct {
	name, status  string
	key           domain.ID // of a point
	was, is       float64
	before, after domain.Level
}

// share is the change against before; NaN from 0.
func (s *shift) share() float64 {
	if s.was == 0 {
		return math.NaN()
	}
	return (s.is - s.was) / s.was
}

func newCompareTab(h page.Host, open func(id, arg string)) *compareTab {
	t := &compareTab{host: h, open: open, says: widgets.NewProse(""), empty: widget.NewLabel("")}
	t.empty.Alignment = fyne.TextAlignCenter
	changed := func(string) {
		if !t.filling {
			t.load()
		}
	}
	t.first, t.second = widget.NewSelect(nil, changed), widget.NewSelect(nil, changed)
	t.what = widget.NewSelect([]string{lang.L("风险点"), lang.L("岗位"), lang.L("部门")}, changed)
	t.what.Selected = t.what.Options[0]
	num := func(id, title string, width float32) widgets.Column {
		return widgets.Column{ID: id, Title: lang.L(title), Width: width, Align: widgets.AlignRight}
	}
	t.grid = widgets.NewDataGrid([]widgets.Column{{ID: "name", Title: lang.L("对象"), Width: 160, Grow: true, Fixed: true}, num("was", "前次", 66), num("is", "本次", 66), num("share", "变化", 70),
		{ID: "before", Title: lang.L("前等级"), Width: 66}, {ID: "after", Title: lang.L("现等级"), Width: 66}, {ID: "status", Title: lang.L("措施落实"), Width: 84}}, t)
	t.grid.OnActivate = func(row int) {
		if id := t.rows[row].key; id != "" {
			h.Go(page.RiskPoints, report.FilterPoint+string(id))
		}
	}
	scroll, dumbbell := pen.NewTallChart(fyne.NewSize(320, 240), func(w, hh float64) draw.Drawing { return chart.Layout(t.dumbbells(), w, hh, h.Metrics()) })
	t.dumbbell = dumbbell
	slopes, slope := pen.NewTallChart(fyne.NewSize(320, 240), func(w, hh float64) draw.Drawing { return chart.Layout(t.slopes(), w, hh, h.Metrics()) })
	t.slope = slope
	t.moves, t.effects = newMoveTable(), newEffectTable()
	bar := container.NewHBox(widget.NewLabel(lang.L("前次")), t.first, widget.NewLabel(lang.L("本次")), t.second, widget.NewLabel(lang.L("比较")), t.what,
		layout.NewSpacer(), records.PaperButton(h, lang.L("两次评估对比表"), "comparison"))
	right := container.NewAppTabs(container.NewTabItem(lang.L("哑铃图"), scroll), container.NewTabItem(lang.L("坡度图"), slopes),
		container.NewTabItem(lang.L("等级迁移"), t.moves.root), container.NewTabItem(lang.L("措施效果和检验"), widgets.NewVSplitter(t.effects.grid, container.NewVScroll(t.says), 0.36)))
	split := widgets.NewHSplitter(t.grid, right, h.Prefs().FloatWithFallback("split.compare", 0.52))
	split.OnMoved = func(o float64) { h.Prefs().SetFloat("split.compare", o) }
	t.body = container.NewBorder(bar, nil, nil, nil, split)
	t.root = container.NewStack()
	return t
}

// Content implements tab.
func (t *compareTab) Content() fyne.CanvasObject { return t.root }

// Focus implements tab.
func (t *compareTab) Focus() {
	if len(t.rows) > 0 {
		t.grid.Focus()
	}
}

// Show implements tab.
func (t *compareTab) Show(string) {}

// Changed implements tab.
func (t *compareTab) Changed(app.Event) { t.Look(true) }

// Look implements tab.
func (t *compareTab) Look(stale bool) {
	if stale || !t.fresh {
		t.fresh = true
		t.fill()
		t.load()
	}
}

// fill lists the rounds; the last two are compared at first.
func (t *compareTab) fill() {
	var names []string
	for _, a := range t.host.Session().Pilot.Assessments.All() {
		names = append(names, fmt.Sprintf("%d  %s", a.No, a.Name))
	}
	t.filling = true
	defer func() { t.filling = false }()
	for i, s := range []*widget.Select{t.first, t.second} {
		was := s.SelectedIndex()
		s.SetOptions(names)
		if n := len(names); was < 0 || was >= n {
			s.ClearSelected()
			if n > 1 {
				s.SetSelectedIndex(n - 2 + i)
			}
		}
	}
}

func (t *compareTab) load() {
	all := t.host.Session().Pilot.Assessments.All()
	i, k := t.first.SelectedIndex(), t.second.SelectedIndex()
	if len(all) < 2 || i < 0 || k < 0 {
		t.say(lang.L("还没有两次评估：整改以后再评一次，这里显示前后变化。"))
		return
	}
	if i == k {
		t.say(lang.L("请选两次不同的评估。"))
		return
	}
	s := t.host.Session()
	t.before, t.after = s.Result(all[i].No), s.Result(all[k].No)
	c, err := judge.Compare(s.Pilot, t.before, t.after)
	if err != nil {
		t.say(app.Sentence(err))
		return
	}
	t.list()
	t.root.Objects = []fyne.CanvasObject{t.body}
	t.grid.Refresh()
	t.dumbbell.Update()
	t.slope.Update()
	t.moves.show(&c)
	t.effects.show(&c)
	t.says.SetText(strings.Join(c.Sentences(), "\n\n"))
	t.root.Refresh()
}

// say shows a sentence; the selects stay, so that other rounds can be chosen.
func (t *compareTab) say(text string) {
	t.rows = nil
	t.empty.SetText(text)
	bar := container.NewHBox(widget.NewLabel(lang.L("前次")), t.first, widget.NewLabel(lang.L("本次")), t.second)
	bar.Hidden = len(t.first.Options) < 2
	t.root.Objects = []fyne.CanvasObject{container.NewBorder(bar, nil, nil, nil, toRounds(t.empty, t.open))}
	t.root.Refresh()
}

// list reads what is compared, what got worse first.
func (t *compareTab) list() {
	t.rows = nil
	p := t.host.Session().Pilot
	switch t.what.SelectedIndex() {
	case 1:
		t.listPosts(p)
	case 2:
		t.listUnits()
	default:
		for i := range t.after.Points {
			is := &t.after.Points[i]
			if was := t.before.Of(is.Point.ID); was != nil && was.Complete && is.Complete {
				t.rows = append(t.rows, shift{name: is.Point.Code + " " + is.Point.Name, key: is.Point.ID, status: p.MeasureStatus(is.Point.ID),
					was: was.Index, is: is.Index, before: was.Level, after: is.Level})
			}
		}
	}
	slices.SortStableFunc(t.rows, func(a, b shift) int {
		if d := (b.after.Severity - b.before.Severity) - (a.after.Severity - a.before.Severity); d != 0 && (worse(&a) || worse(&b)) {
			return d
		}
		return compare(b.share(), a.share())
	})
}

func worse(s *shift) bool { return s.after.Severity > s.before.Severity }

// decides is the figure of a post or unit that its level comes from.
func decides(res *domain.RoundResult, r *domain.Rolled) float64 {
	if res.Round.Rule.Roll == domain.RollWeighted {
		return r.Weighted
	}
	return r.Max
}

func (t *compareTab) listPosts(p *domain.Pilot) {
	before := map[domain.Ref]*domain.PostOutcome{}
	for i := range t.before.Posts {
		before[t.before.Posts[i].Post] = &t.before.Posts[i]
	}
	for i := range t.after.Posts {
		is := &t.after.Posts[i]
		if was := before[is.Post]; was != nil && was.Points > 0 && is.Points > 0 {
			t.rows = append(t.rows, shift{name: p.NameOf(domain.KindPost, is.Post), was: decides(t.before, &was.Rolled), is: decides(t.after, &is.Rolled), before: was.Level, after: is.Level})
		}
	}
}

func (t *compareTab) listUnits() {
	before := map[domain.ID]*domain.UnitOutcome{}
	for i := range t.before.Units {
		before[t.before.Units[i].Unit.ID] = &t.before.Units[i]
	}
	for i := range t.after.Units {
		is := &t.after.Units[i]
		was := before[is.Unit.ID]
		if was == nil {
			continue
		}
		if was.Points > 0 && is.Points > 0 {
			t.rows = append(t.rows, shift{name: is.Unit.Name, was: decides(t.before, &was.Rolled), is: decides(t.after, &is.Rolled), before: was.MaxLevel, after: is.MaxLevel})
		}
		if was.Complete && is.Complete {
			t.rows = append(t.rows, shift{name: is.Unit.Name + lang.L("（部门层面评分）"), was: was.Index, is: is.Index, before: was.Level, after: is.Level})
		}
	}
}

func (t *compareTab) shifts() (out []chart.Shift) {
	for i := range t.rows {
		r := &t.rows[i]
		out = append(out, chart.Shift{Label: r.name, Before: r.was, After: r.is, BeforeColor: report.LevelColor(r.before.Color), AfterColor: report.LevelColor(r.after.Color),
			BeforeWord: r.before.Label, AfterWord: r.after.Label})
	}
	return out
}

func (t *compareTab) bounds() (out []chart.Threshold) {
	for _, l := range t.after.Scheme.Ordered() {
		if l.Min > 0 {
			out = append(out, chart.Threshold{Value: l.Min, Label: l.Label, Color: report.LevelColor(l.Color)})
		}
	}
	return out
}

func (t *compareTab) dumbbells() chart.Model {
	if len(t.rows) == 0 {
		return &chart.Dumbbell{}
	}
	d := &chart.Dumbbell{BeforeName: t.before.Round.Title(), AfterName: t.after.Round.Title(), Items: t.shifts(), Thresholds: t.bounds()}
	for _, r := range t.rows {
		d.Max = max(d.Max, r.was, r.is)
	}
	if t.after.Round.Rule.Basis() == domain.BasisIndex {
		d.Max = 100
	}
	return d
}

// slopes are readable for some two dozen things: those that changed most.
func (t *compareTab) slopes() chart.Model {
	const most = 24
	if len(t.rows) == 0 {
		return &chart.Slope{}
	}
	items := t.shifts()
	s := &chart.Slope{BeforeName: t.before.Round.Title(), AfterName: t.after.Round.Title(), Decimals: 1, Items: items, Thresholds: t.bounds()}
	if len(items) > most {
		slices.SortStableFunc(items, func(a, b chart.Shift) int { return compare(math.Abs(b.After-b.Before), math.Abs(a.After-a.Before)) })
		s.Items = items[:most]
		s.Title = fmt.Sprintf(lang.L("变化最大的 %d 个"), most)
	}
	return s
}

// Len implements widgets.Source.
func (t *compareTab) Len() int { return len(t.rows) }

// Cell implements widgets.Source.
func (t *compareTab) Cell(row int, col string) widgets.Cell {
	r := &t.rows[row]
	switch col {
	case "name":
		return widgets.Cell{Text: r.name}
	case "was":
		return widgets.Cell{Text: fmt.Sprintf("%.2f", r.was)}
	case "is":
		return widgets.Cell{Text: fmt.Sprintf("%.2f", r.is), Bold: true}
	case "share":
		v := r.share()
		if math.IsNaN(v) {
			return widgets.Cell{Text: "—", Muted: true}
		}
		return widgets.Cell{Text: fmt.Sprintf("%+.1f%%", v*100), Warn: v > 0}
	case "before":
		return widgets.Cell{Text: r.before.Label, Color: report.LevelColor(r.before.Color)}
	case "after":
		return widgets.Cell{Text: r.after.Label, Color: report.LevelColor(r.after.Color), Bold: r.after.Severity != r.before.Severity}
	}
	return widgets.Cell{Text: r.status}
}
