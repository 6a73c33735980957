// Package riskpoint is the page 风险排查: all risk points in a table, the chosen
// one beside it with its texts, measures, scores and history.
package riskpoint

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/fields"
	"lianshao/app/report"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// Page is the table of 风险排查, its first tab.
type Page struct {
	host   page.Host
	grid   *records.Grid
	detail *detail
	root   *fyne.Container
	body   fyne.CanvasObject
	count  *widget.Label
	find   *widget.Entry

	unit, level, channel *widget.Select
	merged               *widget.Check
	chart                string // filter that came from a chart, "" = none
	chip                 *widget.Button
	filling              bool // the selects are being filled, not chosen from
	active               int  // points that count
}

const everything = "全部"

func newPoints(h page.Host) *Page {
	p := &Page{host: h, count: widget.NewLabel(""), find: widget.NewEntry()}
	p.grid = records.NewGrid(h, domain.KindRiskPoint, records.Options{Name: "riskpoint", Fixed: 1,
		Hidden: []string{"office", "description", "causes", "consequence", "owner", "due", "head", "leader", "note", "workflow", "level"},
		Extra:  []fields.Field{p.levelField(), p.indexField(), measuresField()}, Place: "name"})
	p.grid.Model.Paint = p.paint
	p.grid.New(blank)
	rows := p.grid.Menu
	p.grid.Menu = func(at []int, col string) []*fyne.MenuItem { return append(p.menu(at), rows(at, col)...) }
	p.detail = newDetail(h)
	p.grid.OnRecord = func(r domain.Record) { p.detail.show(r) }
	p.grid.OnFind = p.Find
	p.build()
	p.apply()
	p.detail.show(p.grid.Selected())
	return p
}

// Content is the page.
func (p *Page) Content() fyne.CanvasObject { return p.root }

// Find puts the keyboard into the filter.
func (p *Page) Find() { p.host.Window().Canvas().Focus(p.find) }

// Focus gives the keyboard to the table.
func (p *Page) Focus() {
	if p.root.Objects[0] == p.body {
		p.grid.Focus()
	}
}

// levelField is the level a person works with: the latest round's, else the
// self-assessed one.
func (p *Page) levelField() fields.Field {
	return fields.Field{Name: "grade", Title: "等级", Width: 62, Get: func(pl *domain.Pilot, r domain.Record) string {
		return report.PointLevel(pl, r.(*domain.RiskPoint), p.host.Session().Result(0)).Label
	}}
}

func (p *Page) indexField() fields.Field {
	return fields.Field{Name: "index", Title: "风险指数", Width: 74, Number: true, Get: func(_ *domain.Pilot, r domain.Record) string {
		if res := p.host.Session().Result(0); res != nil {
			if o := res.Of(r.RecordID()); o != nil && o.Complete {
				return fmt.Sprintf("%.2f", o.Index)
			}
		}
		return ""
	}}
}

func measuresField() fields.Field {
	return fields.Field{Name: "measures", Title: "措施", Width: 46, Number: true, Get: func(p *domain.Pilot, r domain.Record) string {
		return fmt.Sprint(len(p.Measures.By(domain.ByPoint, r.RecordID())))
	}}
}

// paint colours levels and greys out points that no longer count.
func (p *Page) paint(r domain.Record, field string, c *widgets.Cell) {
	pt := r.(*domain.RiskPoint)
	if pt.Status != domain.PointActive {
		c.Muted = true
	}
	switch field {
	case "grade":
		c.Color = report.LevelColor(report.PointLevel(p.host.Session().Pilot, pt, p.host.Session().Result(0)).Color)
		if c.Text == "" {
			c.Color = nil
		}
	case "measures":
		c.Warn = c.Text == "0" && pt.Status == domain.PointActive
	}
}

func (p *Page) build() {
	small := func(text string, icon fyne.Resource, f func()) fyne.CanvasObject {
		b := widget.NewButtonWithIcon(lang.L(text), icon, f)
		b.Importance = widget.LowImportance
		return b
	}
	sel := func() *widget.Select { return widget.NewSelect(nil, func(string) { p.chosen() }) }
	p.unit, p.level, p.channel = sel(), sel(), sel()
	p.merged = widget.NewCheck(lang.L("含已合并"), func(bool) { p.apply() })
	p.chip = widget.NewButtonWithIcon("", theme.CancelIcon(), func() { p.Show("") })
	p.chip.Hide()
	p.find.SetPlaceHolder(lang.L("筛选"))
	p.find.OnChanged = func(text string) { p.grid.Model.SetQuery(text); p.grid.Refresh(); p.tell() }
	p.find.OnSubmitted = func(string) { p.grid.Focus() }
	label := func(text string) fyne.CanvasObject { return widget.NewLabel(lang.L(text)) }
	filters := container.NewHBox(label("部门"), p.unit, label("等级"), p.level, label("来源"), p.channel, p.merged, p.chip,
		layout.NewSpacer(), container.NewGridWrap(fyne.NewSize(160, 32), p.find))
	tools := container.NewHBox(small("新增", theme.ContentAddIcon(), p.add),
		small("导入", theme.FolderOpenIcon(), func() { p.host.Go(page.Import, "") }),
		small("打印", theme.DocumentPrintIcon(), func() { p.host.Go(page.Reports, "riskpoints") }),
		small("列", theme.ListIcon(), func() { p.grid.ChooseColumns() }), layout.NewSpacer(), p.count)
	split := widgets.NewHSplitter(p.grid.DataGrid, container.NewPadded(p.detail.root), p.host.Prefs().FloatWithFallback("split.riskpoint", 0.69))
	split.OnMoved = func(o float64) { p.host.Prefs().SetFloat("split.riskpoint", o) }
	p.body = container.NewBorder(container.NewVBox(filters, tools), nil, nil, nil, split)
	p.root = container.NewStack(p.body)
}

// fill puts the present units and levels into the selects.
func (p *Page) fill() {
	pl := p.host.Session().Pilot
	units, levels := []string{lang.L(everything)}, []string{lang.L(everything)}
	for _, u := range pl.Units.All() {
		units = append(units, u.Name)
	}
	scheme := pl.SchemeFor(domain.BasisMatrix)
	if res := p.host.Session().Result(0); res != nil {
		scheme = res.Scheme
	}
	if scheme != nil {
		for _, l := range scheme.Ordered() {
			levels = append(levels, l.Label)
		}
	}
	p.filling = true
	for s, options := range map[*widget.Select][]string{p.unit: units, p.level: levels, p.channel: append([]string{lang.L(everything)}, domain.Channels...)} {
		s.SetOptions(options)
		if s.SelectedIndex() < 0 {
			s.SetSelectedIndex(0)
		}
	}
	p.filling = false
}

func (p *Page) chosen() {
	if !p.filling {
		p.apply()
	}
}

// apply narrows the table to what the filters say.
func (p *Page) apply() {
	p.fill()
	pick := func(s *widget.Select) string {
		if s.SelectedIndex() <= 0 {
			return ""
		}
		return s.Selected
	}
	pl := p.host.Session().Pilot
	unit, level, channel := pick(p.unit), pick(p.level), pick(p.channel)
	fromChart := p.parse(p.chart)
	if unit == "" && level == "" && channel == "" && p.chart == "" && p.merged.Checked {
		p.grid.Model.SetKeep(nil)
	} else {
		res := p.host.Session().Result(0)
		p.grid.Model.SetKeep(func(r domain.Record) bool {
			pt := r.(*domain.RiskPoint)
			return (pt.Status == domain.PointActive || p.merged.Checked) &&
				(unit == "" || pl.NameOf(domain.KindUnit, pt.Unit) == unit) &&
				(level == "" || report.PointLevel(pl, pt, res).Label == level) &&
				(channel == "" || strings.Contains(strings.Join(pt.Channels, "、"), channel)) && fromChart(pt)
		})
	}
	p.active = len(pl.ActivePoints())
	p.grid.Refresh()
	p.swap()
	p.tell()
}

// parse turns a chart's key into a filter.
func (p *Page) parse(key string) func(*domain.RiskPoint) bool {
	var all []func(*domain.RiskPoint) bool
	for _, part := range strings.Split(key, "&") {
		switch name, value, _ := strings.Cut(part, "="); name + "=" {
		case report.FilterUnit:
			all = append(all, func(r *domain.RiskPoint) bool { return string(r.Unit.ID) == value })
		case report.FilterPost:
			all = append(all, func(r *domain.RiskPoint) bool { return string(r.Post.ID) == value })
		case report.FilterLevel:
			all = append(all, func(r *domain.RiskPoint) bool {
				return report.PointLevel(p.host.Session().Pilot, r, p.host.Session().Result(0)).Label == value
			})
		case report.FilterCell:
			all = append(all, func(r *domain.RiskPoint) bool { return fmt.Sprintf("%d,%d", r.Likelihood, r.Impact) == value })
		}
	}
	return func(r *domain.RiskPoint) bool {
		for _, keep := range all {
			if !keep(r) {
				return false
			}
		}
		return true
	}
}

// words says a chart's filter to a person.
func (p *Page) words(key string) string {
	pl := p.host.Session().Pilot
	var out []string
	for _, part := range strings.Split(key, "&") {
		switch name, value, _ := strings.Cut(part, "="); name + "=" {
		case report.FilterUnit:
			out = append(out, pl.NameOf(domain.KindUnit, domain.To(domain.ID(value))))
		case report.FilterPost:
			out = append(out, pl.NameOf(domain.KindPost, domain.To(domain.ID(value))))
		case report.FilterLevel:
			out = append(out, value)
		case report.FilterCell:
			l, i, _ := strings.Cut(value, ",")
			out = append(out, fmt.Sprintf(lang.L("可能性%s 影响%s"), l, i))
		}
	}
	return strings.Join(out, " · ")
}

// Show narrows the table to a chart's key, or selects a point ("point=…").
func (p *Page) Show(arg string) {
	if id, ok := strings.CutPrefix(arg, report.FilterPoint); ok {
		p.reset("")
		p.grid.SelectID(domain.ID(id))
		p.grid.Focus()
		return
	}
	p.reset(arg)
}

// reset clears all filters but the chart's.
func (p *Page) reset(chart string) {
	p.chart = chart
	if words := p.words(chart); words != "" {
		p.chip.SetText(words)
		p.chip.Show()
	} else {
		p.chip.Hide()
	}
	p.filling = true
	p.unit.SetSelectedIndex(0)
	p.level.SetSelectedIndex(0)
	p.channel.SetSelectedIndex(0)
	p.filling = false
	p.apply()
	p.detail.show(p.grid.Selected())
}

func (p *Page) swap() {
	want := p.body
	if p.host.Session().Pilot.RiskPoints.Len() == 0 {
		text := widget.NewLabelWithStyle(lang.L("风险点从这里登记：自己查、组织点、群众帮。已有的自查表、一览表可以直接导入。"), fyne.TextAlignCenter, fyne.TextStyle{})
		next := widget.NewButton(lang.L("导入表格"), func() { p.host.Go(page.Import, "") })
		next.Importance = widget.HighImportance
		want = container.NewCenter(container.NewVBox(text, container.NewHBox(layout.NewSpacer(), next,
			widget.NewButton(lang.L("新增一条"), p.add), layout.NewSpacer())))
	}
	if p.root.Objects[0] != want {
		p.root.Objects = []fyne.CanvasObject{want}
		p.root.Refresh()
	}
}

func (p *Page) tell() {
	n, all := p.grid.Model.Len(), p.active
	if n == all {
		p.count.SetText(fmt.Sprintf(lang.L("%d 个风险点"), n))
	} else {
		p.count.SetText(fmt.Sprintf(lang.L("%d 个，共 %d 个风险点"), n, all))
	}
}

// Changed brings table and detail up to date.
func (p *Page) Changed(e app.Event) {
	if e.Touches(domain.KindUnit, domain.KindScheme) || p.host.Session().Pilot.RiskPoints.Len() == 0 || len(e.Changes) > 64 {
		p.apply()
	}
	p.grid.Changed(e)
	p.detail.show(p.grid.Selected())
	if !onlyTexts(e) {
		p.active = len(p.host.Session().Pilot.ActivePoints())
	}
	p.swap()
	p.tell()
}

// onlyTexts reports whether no point came, went or was merged.
func onlyTexts(e app.Event) bool {
	for _, c := range e.Changes {
		if c.Kind != domain.KindRiskPoint {
			continue
		}
		was, hadOne := c.Before.(*domain.RiskPoint)
		is, hasOne := c.After.(*domain.RiskPoint)
		if !hadOne || !hasOne || was.Status != is.Status {
			return false
		}
	}
	return true
}

// blank is what a new point starts from: the unit of the last one.
func blank(d *domain.Pilot) domain.Record {
	r := &domain.RiskPoint{Name: "新风险点"}
	like := "FX-00"
	if all := d.RiskPoints.All(); len(all) > 0 {
		last := all[len(all)-1]
		r.Unit, r.Office, r.Post, like = last.Unit, last.Office, last.Post, last.Code
	} else if us := d.Units.All(); len(us) > 0 {
		r.Unit = domain.To(us[0].ID)
	}
	r.Code = edit.NextCode(d, domain.KindRiskPoint, like)
	return r
}

func (p *Page) add() {
	r := blank(p.host.Session().Pilot).(*domain.RiskPoint)
	if sel := p.grid.Selected(); sel != nil {
		like := sel.(*domain.RiskPoint)
		r.Unit, r.Office, r.Post = like.Unit, like.Office, like.Post
		r.Code = edit.NextCode(p.host.Session().Pilot, domain.KindRiskPoint, like.Code)
	}
	if err := p.host.Do(edit.Add(r, p.host.Session().NewID)); err != nil {
		p.host.Report(err)
		return
	}
	p.reset("")
	if added, ok := p.host.Session().Pilot.RiskPoints.ByKey(r.Code); ok {
		p.grid.SelectID(added.ID)
	}
	p.grid.Focus()
}
