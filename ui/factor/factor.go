// Package factor is the tab 成因要素 of the page 风险评估: causes in the five
// categories, how often each occurs, and the indicators drawn from them.
package factor

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/assess"
	"lianshao/app/edit"
	"lianshao/app/fields"
	"lianshao/app/report"
	"lianshao/app/report/chart"
	"lianshao/app/report/draw"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/pen"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// Tab lists the causes beside the five categories.
type Tab struct {
	host     page.Host
	list     *records.List
	grid     *widgets.DataGrid // the categories
	counts   []domain.CategoryUse
	uses     map[domain.ID]domain.FactorUse
	chart    *pen.Chart // how often each category occurs
	category string     // narrowed to; "" = all
	root     fyne.CanvasObject
}

// New builds the tab.
func New(h page.Host) *Tab {
	t := &Tab{host: h}
	t.count()
	number := func(name, title string, of func(domain.FactorUse) int) fields.Field {
		return fields.Field{Name: name, Title: title, Width: 76, Number: true, Get: func(_ *domain.Pilot, r domain.Record) string {
			return strconv.Itoa(of(t.uses[r.RecordID()]))
		}}
	}
	t.list = records.NewList(h, domain.KindFactor, records.Options{Name: "factor", Fixed: 1, Place: "text", Extra: []fields.Field{
		number("use_points", "风险点数", func(u domain.FactorUse) int { return u.Points }),
		number("use_items", "信息条数", func(u domain.FactorUse) int { return u.Items })}})
	t.list.EmptyButton, t.list.EmptyAct = lang.L("归集成因"), t.gather
	t.list.Empty = lang.L("成因要素来自调研、案例和风险点的成因分析，是设指标的依据。按“归集成因”把风险点和案例里写的归到五类里。")
	t.list.Add = func(p *domain.Pilot) domain.Record {
		c := t.category
		if c == "" {
			c = domain.Categories[0]
		}
		return &domain.Factor{Base: domain.Base{Code: edit.NextCode(p, domain.KindFactor, "YS-001")}, Category: c, Text: lang.L("新成因")}
	}
	derive := widget.NewButton(lang.L("生成指标"), t.derive)
	derive.Importance = widget.LowImportance
	t.list.Tools = []fyne.CanvasObject{derive}
	t.grid = widgets.NewDataGrid([]widgets.Column{{ID: "category", Title: lang.L("成因类别"), Width: 100}, t.col("factors", "成因"), t.col("points", "风险点"), t.col("items", "信息")}, t)
	t.grid.OnSelect = func(int) { t.narrow() }
	t.chart = pen.NewChart(fyne.NewSize(260, 120), func(width, height float64) draw.Drawing {
		return chart.Layout(t.frequency(), width, height, h.Metrics())
	})
	t.chart.OnTapped = t.Show
	top := container.NewBorder(nil, nil, nil, gatherFirst(t), widgets.NewHSplitter(t.grid, t.chart, 0.46))
	split := widgets.NewVSplitter(top, t.list.Content(), h.Prefs().FloatWithFallback("split.factor", 0.34))
	split.OnMoved = func(o float64) { h.Prefs().SetFloat("split.factor", o) }
	t.root = split
	return t
}

// gatherFirst is the hint beside the categories, with the button that fills them.
func gatherFirst(t *Tab) fyne.CanvasObject {
	text := widget.NewLabel(lang.L("选一类，下面只列这一类。\n这里按登记的类别计数，\n下面按每条成因计数。"))
	text.Importance = widget.LowImportance
	return container.NewVBox(text, container.NewHBox(widgets.NewButton(lang.L("归集成因"), t.gather)))
}

func (t *Tab) col(id, title string) widgets.Column {
	return widgets.Column{ID: id, Title: lang.L(title), Width: 72, Align: widgets.AlignRight}
}

// frequency shows how often each category occurs over points and items.
func (t *Tab) frequency() chart.Model {
	s := &chart.Stacked{NoTotal: true, Empty: lang.L("风险点和信息填了成因类别，这里显示各类出现多少次。"), Series: []chart.Series{{Label: lang.L("风险点"), Color: report.LevelColor("blue")}, {Label: lang.L("信息"), Color: report.LevelColor("gray")}}}
	for _, c := range t.counts {
		s.Rows = append(s.Rows, chart.StackRow{Label: c.Category, Key: c.Category, Parts: []chart.Part{{Count: c.Points}, {Count: c.Items}}})
	}
	return s
}

func (t *Tab) count() {
	p := t.host.Session().Pilot
	t.counts, t.uses = p.CategoryUses(), p.FactorUses()
}

// Content is the tab.
func (t *Tab) Content() fyne.CanvasObject { return t.root }

// Focus gives the keyboard to the causes, or the categories when there are none.
func (t *Tab) Focus() {
	if t.list.Grid.Model.Len() > 0 {
		t.list.Focus()
		return
	}
	t.grid.Focus()
}

// Show narrows the list to a category, or puts the cursor on a cause.
func (t *Tab) Show(arg string) {
	if t.list.Reveal(domain.ID(arg)) {
		return
	}
	for i, c := range t.counts {
		if c.Category == arg {
			t.grid.Select(i+1, "")
		}
	}
}

// Look brings the tab up to date when it comes up.
func (t *Tab) Look(stale bool) {
	if stale {
		t.refresh()
		t.list.Grid.Model.Forget()
		t.list.Grid.Model.Rebuild()
		t.list.Grid.Refresh()
	}
}

func (t *Tab) refresh() {
	t.count()
	t.grid.Refresh()
	t.chart.Update()
}

// Changed brings the tab up to date.
func (t *Tab) Changed(e app.Event) {
	t.refresh()
	t.list.Changed(e)
}

// narrow keeps the causes of the category under the cursor; the first row is all.
func (t *Tab) narrow() {
	row, _ := t.grid.Current()
	t.category = ""
	if row > 0 {
		t.category = t.counts[row-1].Category
	}
	if t.list == nil || t.root == nil {
		return
	}
	if t.category == "" {
		t.list.SetKeep(nil)
		return
	}
	t.list.SetKeep(func(r domain.Record) bool { return r.(*domain.Factor).Category == t.category })
}

// Len implements widgets.Source.
func (t *Tab) Len() int { return len(t.counts) + 1 }

// Cell implements widgets.Source.
func (t *Tab) Cell(row int, col string) widgets.Cell {
	all := domain.CategoryUse{Category: lang.L("全部")}
	for _, c := range t.counts {
		all.Factors, all.Points, all.Items = all.Factors+c.Factors, all.Points+c.Points, all.Items+c.Items
	}
	x := all
	if row > 0 {
		x = t.counts[row-1]
	}
	if col == "category" {
		return widgets.Cell{Text: x.Category, Bold: row == 0}
	}
	n := map[string]int{"factors": x.Factors, "points": x.Points, "items": x.Items}[col]
	return widgets.Cell{Text: strconv.Itoa(n), Muted: n == 0, Bold: row == 0}
}

func (t *Tab) gather() {
	before := t.host.Session().Pilot.Factors.Len()
	if err := t.host.Do(edit.CollectFactors(t.host.Session().NewID)); err != nil {
		t.host.Report(err)
		return
	}
	t.host.Toast(fmt.Sprintf(lang.L("归集了 %d 条成因，可按 Ctrl+Z 撤销"), t.host.Session().Pilot.Factors.Len()-before))
}

// derive asks where the indicators of the selected causes go, and opens them there.
func (t *Tab) derive() {
	var ids []domain.ID
	for _, row := range t.list.Grid.SelectedRows() {
		if r := t.list.Grid.Model.Record(row); r != nil {
			ids = append(ids, r.RecordID())
		}
	}
	if len(ids) == 0 {
		t.host.Report(app.E(app.CodeInvalid, "请先选中一条或几条成因要素"))
		return
	}
	p := t.host.Session().Pilot
	target := widgets.NewSelect([]string{domain.TargetPoint, domain.TargetUnit}, nil)
	dim := widgets.NewSelect(nil, nil)
	says := widgets.NewProse("")
	target.OnChanged = func(name string) {
		dims, where := dimensions(p, name)
		dim.SetOptions(dims)
		dim.SetSelectedIndex(0)
		says.SetText(where)
	}
	target.SetSelectedIndex(0)
	form := container.NewVBox(widgets.NewFormRows().Row(lang.L("层面"), target).Row(lang.L("放入维度"), dim), widgets.Room(0, 48, says))
	records.Ask(t.host, fmt.Sprintf(lang.L("由 %d 条成因生成指标"), len(ids)), lang.L("生成"), form, target, func() error {
		system, err := t.draftFor(target.Selected)
		if err != nil {
			return err
		}
		if err := t.host.Do(edit.DeriveIndicators(p, system, max(0, dim.SelectedIndex()), ids)); err != nil {
			return err
		}
		t.host.Go(page.Assessment, "systems="+string(system))
		return nil
	})
}

// draftOf is the newest draft for a target, or nil.
func draftOf(p *domain.Pilot, target string) (draft *domain.IndicatorSystem) {
	for _, s := range p.Systems.All() {
		if s.Target == target && p.StateOf(s) == domain.SystemDraft && (draft == nil || s.Version > draft.Version) {
			draft = s
		}
	}
	return draft
}

// dimensions lists where indicators can go, and says into which version.
func dimensions(p *domain.Pilot, target string) (names []string, where string) {
	s := draftOf(p, target)
	switch last := p.SystemFor(target); {
	case s != nil:
		where = fmt.Sprintf(lang.L("放进第%d版草稿。"), s.Version)
	case last != nil:
		s = last
		where = fmt.Sprintf(lang.L("第%d版已不能改，会先建下一版草稿。"), last.Version)
	default:
		return []string{lang.L("A 新维度")}, lang.L("还没有指标体系，会新建一版草稿。")
	}
	for _, d := range s.Dimensions {
		names = append(names, d.Code+" "+d.Name)
	}
	if len(names) == 0 {
		names = []string{lang.L("A 新维度")}
	}
	return names, where
}

// draftFor finds or makes the draft that takes the indicators.
func (t *Tab) draftFor(target string) (domain.ID, error) {
	s := t.host.Session()
	if d := draftOf(s.Pilot, target); d != nil {
		return d.ID, nil
	}
	if last := s.Pilot.SystemFor(target); last != nil {
		id, cmd := assess.NextSystem(last.ID, s.NewID)
		return id, t.host.Do(cmd)
	}
	id := s.NewID()
	fresh := &domain.IndicatorSystem{Name: fmt.Sprintf(lang.L("廉政风险评估指标体系（%s层面）"), target), Target: target, Derivation: domain.DerivedTyped}
	return id, t.host.Do(assess.SaveSystem(fresh, func() domain.ID { return id }))
}
