package inspection

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/export"
	"lianshao/app/fields"
	"lianshao/app/inspect"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// checklist is the tab 填检查表: every measure of a unit with room for what is found on
// the day chosen above. It is the same list as on paper and in Excel.
type checklist struct {
	host  page.Host
	units []*domain.Unit
	rows  []*domain.Measure

	unit  *widget.Select
	day   *widgets.DateField
	on    domain.Date // the day in it
	by    *widgets.Entry
	open  *widget.Check
	count *widget.Label
	grid  *widgets.DataGrid
	place *fyne.Container
	none  fyne.CanvasObject
	busy  bool
}

// entered are the columns that are filled in, as fields of an inspection.
var entered = []string{"method", "evidence", "result", "problem", "rectify"}

func newChecklist(h page.Host) *checklist { return &checklist{host: h} }

func (c *checklist) content() fyne.CanvasObject {
	c.unit = widget.NewSelect(nil, func(string) {
		if !c.busy {
			c.list()
		}
	})
	c.day = widgets.NewDateField()
	c.day.SetDate(c.host.Session().Today().Time())
	c.on = c.host.Session().Today()
	c.day.OnCommit = func(t time.Time) error {
		if t.IsZero() {
			return app.E(app.CodeInvalid, "请填检查日期")
		}
		c.on = domain.Date(t.Format("2006-01-02"))
		c.list()
		return nil
	}
	c.day.OnRefused = c.host.Report
	c.by = widgets.NewEntry()
	c.by.SetPlaceHolder(lang.L("检查人"))
	c.open = widget.NewCheck(lang.L("只看没有检查的"), func(bool) { c.list() })
	c.count = widget.NewLabel("")
	c.grid = widgets.NewDataGrid(c.columns(), c)
	c.grid.Frozen = 1
	c.grid.OnEdit = func(row int, col, text string) error { return c.enter(row, row, []string{col}, [][]string{{text}}) }
	c.grid.OnPaste = c.paste
	c.grid.OnClear = func(first, last int, cols []string) error {
		cols = slices.DeleteFunc(slices.Clone(cols), func(x string) bool { return !slices.Contains(entered, x) })
		return c.enter(first, last, cols, nil)
	}
	low := func(label string, act func()) fyne.CanvasObject {
		b := widget.NewButton(label, act)
		b.Importance = widget.LowImportance
		return b
	}
	bar := container.NewHBox(widget.NewLabel(lang.L("部门")), widgets.Room(170, 0, c.unit), widget.NewLabel(lang.L("检查日期")), widgets.Room(140, 0, c.day),
		widgets.Room(130, 0, c.by), c.open, low(lang.L("发放检查表…"), c.handOut), records.PaperButton(c.host, lang.L("打印"), "inspection"),
		layout.NewSpacer(), widgets.Room(110, 0, c.count))
	c.none = widgets.NewEmptyState(lang.L("检查表由防范措施生成：每条措施一行，填检查方法、证据、落实情况。"), lang.L("去防范措施"),
		func() { c.host.Go(page.Measures, "") }, "", nil)
	c.place = container.NewStack(c.grid)
	return container.NewBorder(bar, nil, nil, nil, c.place)
}

func (c *checklist) columns() []widgets.Column {
	out := []widgets.Column{{ID: "point", Title: lang.L("编号"), Width: 82}, {ID: "content", Title: lang.L("防范措施"), Width: 250},
		{ID: "step", Title: lang.L("嵌入流程步骤"), Width: 130}, {ID: "owner", Title: lang.L("责任岗位"), Width: 96}, {ID: "last", Title: lang.L("上次"), Width: 70}}
	for _, name := range entered {
		f, _ := fields.Find(domain.KindInspection, name)
		col := widgets.Column{ID: name, Title: lang.L(f.Title), Width: f.Width, Editable: true}
		if f.Options != nil {
			col.OptionsFor = func(int) []string { return f.Options(c.host.Session().Pilot, &domain.Inspection{}) }
		}
		out = append(out, col)
	}
	return out
}

func (c *checklist) visit() inspect.Visit {
	return inspect.Visit{Date: c.on, Inspector: strings.TrimSpace(c.by.Text)}
}

func (c *checklist) changed(e app.Event) {
	if e.Touches(domain.KindMeasure, domain.KindRiskPoint, domain.KindUnit, domain.KindWorkflow) || e.Touches(domain.KindInspection) && len(e.Changes) > 64 {
		c.fill()
		return
	}
	if e.Touches(domain.KindInspection) { // rows stay where they are while one fills them in
		c.grid.Refresh()
		c.tell()
	}
}

// fill shows the present units.
func (c *checklist) fill() {
	c.units = c.host.Session().Pilot.Units.All()
	names := []string{lang.L("全部")}
	for _, u := range c.units {
		names = append(names, u.Name)
	}
	c.busy = true
	at := max(c.unit.SelectedIndex(), 0)
	c.unit.SetOptions(names)
	c.unit.SetSelectedIndex(min(at, len(names)-1))
	c.busy = false
	c.list()
}

// list makes the rows: the measures of the active points, by code.
func (c *checklist) list() {
	p := c.host.Session().Pilot
	c.rows = c.rows[:0]
	for i, u := range c.units {
		if at := c.unit.SelectedIndex(); at > 0 && at != i+1 {
			continue
		}
		for _, r := range p.RiskPoints.By(domain.ByUnit, u.ID) {
			if r.Status != domain.PointActive {
				continue
			}
			ms := p.Measures.By(domain.ByPoint, r.ID)
			slices.SortStableFunc(ms, func(a, b *domain.Measure) int { return a.No - b.No })
			for _, m := range ms {
				if !c.open.Checked || p.MeasureResult(m.ID) == "" {
					c.rows = append(c.rows, m)
				}
			}
		}
	}
	want := fyne.CanvasObject(c.grid)
	if p.Measures.Len() == 0 {
		want = c.none
	}
	c.place.Objects = []fyne.CanvasObject{want}
	c.place.Refresh()
	c.grid.Refresh()
	c.tell()
}

func (c *checklist) tell() {
	n, v := 0, c.visit()
	for _, m := range c.rows {
		if i := inspect.Of(c.host.Session().Pilot, m.ID, v); i != nil && i.Result != "" {
			n++
		}
	}
	c.count.SetText(fmt.Sprintf(lang.L("已填 %d / %d"), n, len(c.rows)))
}

// paste fills in a block as one operation.
func (c *checklist) paste(b *widgets.Block) error {
	var cells []inspect.Cell
	err := b.Each(func(row int, col, text string) error {
		if !slices.Contains(entered, col) {
			return app.E(app.CodeInvalid, "这一栏由防范措施得来，不能粘贴“%s”。请从“%s”起粘贴", strings.TrimSpace(text), c.title(entered[0]))
		}
		cells = append(cells, inspect.Cell{Measure: c.rows[row].ID, Field: col, Text: text})
		return nil
	})
	if err != nil {
		return err
	}
	return b.Refused(c.host.Do(inspect.Fill(c.visit(), cells, c.host.Session().NewID)))
}

func (c *checklist) title(field string) string {
	f, _ := fields.Find(domain.KindInspection, field)
	return f.Title
}

// enter writes a block of cells as one operation; without texts it clears them.
func (c *checklist) enter(first, last int, cols []string, texts [][]string) error {
	var cells []inspect.Cell
	for row := first; row <= last && row < len(c.rows); row++ {
		for k, col := range cols {
			text := ""
			if texts != nil {
				text = texts[row-first][k]
			}
			if !slices.Contains(entered, col) {
				if text == c.Cell(row, col).Text {
					continue // what the list gives, pasted back
				}
				return app.E(app.CodeInvalid, "检查表的这一栏不能填写")
			}
			cells = append(cells, inspect.Cell{Measure: c.rows[row].ID, Field: col, Text: text})
		}
	}
	return c.host.Do(inspect.Fill(c.visit(), cells, c.host.Session().NewID))
}

// handOut writes the checklist as Excel forms, one per unit, or for the chosen unit.
func (c *checklist) handOut() {
	p, store := c.host.Session().Pilot, c.host.Session().Store
	q := export.Request{Kind: string(domain.KindInspection)}
	if i := c.unit.SelectedIndex(); i > 0 {
		q.Unit = c.units[i-1].Name
	}
	files := export.FormFiles(p, q, export.EachUnit)
	c.host.Files().ChooseTarget(func(dir string) {
		mark := export.MarkOf(store, true)
		c.host.Work(lang.L("正在生成检查表"), func(ctx context.Context, progress func(done, total int)) error {
			for i, f := range files {
				wb, err := export.Form(p, f.Request)
				if err != nil {
					return err
				}
				wb.Mark = mark
				if err := c.host.Files().WriteBook(ctx, filepath.Join(dir, f.Name), wb); err != nil {
					return err
				}
				progress(i+1, len(files))
			}
			return nil
		}, func(err error) {
			if err != nil {
				c.host.Report(err)
				return
			}
			c.host.Toast(fmt.Sprintf(lang.L("已在 %s 生成 %d 份检查表；填好以后导入，不用对列"), dir, len(files)))
		})
	})
}

// Len implements widgets.Source.
func (c *checklist) Len() int { return len(c.rows) }

// Cell implements widgets.Source.
func (c *checklist) Cell(row int, col string) widgets.Cell {
	m := c.rows[row]
	p := c.host.Session().Pilot
	switch col {
	case "point":
		return widgets.Cell{Text: fmt.Sprintf("%s-%d", p.CodeOf(domain.KindRiskPoint, m.Point), m.No)}
	case "content":
		return widgets.Cell{Text: m.Content}
	case "step":
		return widgets.Cell{Text: p.StepPhrase(m.Step), Warn: m.Step.ID == ""}
	case "owner":
		if post := p.NameOf(domain.KindPost, m.Post); post != "" {
			return widgets.Cell{Text: post}
		}
		return widgets.Cell{Text: strings.ReplaceAll(m.Owner, "\n", "、")}
	case "last":
		return widgets.Cell{Text: c.lastBefore(m), Muted: true}
	}
	f, _ := fields.Find(domain.KindInspection, col)
	if i := inspect.Of(p, m.ID, c.visit()); i != nil {
		text := f.Get(p, i)
		return widgets.Cell{Text: text, Warn: col == "result" && text == domain.ResultNot || col == "problem" && text == "" && (i.Result == domain.ResultNot || i.Result == domain.ResultPartly)}
	}
	return widgets.Cell{}
}

// lastBefore is what the inspection before this visit found.
func (c *checklist) lastBefore(m *domain.Measure) string {
	result := ""
	for _, i := range c.host.Session().Pilot.InspectionsOf(m.ID) {
		if i.Date < c.visit().Date && i.Result != "" {
			result = i.Result
		}
	}
	return result
}

// askRecheck records that the problem of an inspection was checked again.
func askRecheck(h page.Host, first *domain.Inspection, done func(domain.ID)) {
	s := h.Session()
	m, ok := s.Pilot.Measures.Get(first.Measure.ID)
	if !ok {
		return
	}
	was := widget.NewLabel(strings.TrimSpace(fmt.Sprintf("%s　%s\n%s　%s　%s", m.Code, m.Content, first.Date, first.Result, first.Problem)))
	was.Wrapping = fyne.TextWrapBreak
	day := widgets.NewDateField()
	day.SetDate(s.Today().Time())
	result := widget.NewSelect([]string{domain.ResultDone, domain.ResultPartly, domain.ResultNot}, nil)
	result.SetSelectedIndex(0)
	by, method, evidence, problem, rectify := widgets.NewEntry(), widgets.NewEntry(), widgets.NewEntry(), widgets.NewEntry(), widgets.NewEntry()
	by.SetText(first.Inspector)
	rectify.SetPlaceHolder(lang.L("还有问题时写"))
	form := container.NewVBox(widgets.Room(0, 76, was), widgets.NewFormRows().Row(lang.L("复查日期"), day).Row(lang.L("复查人"), by).Row(lang.L("检查方法"), method).
		Row(lang.L("检查证据"), evidence).Row(lang.L("落实情况"), result).Row(lang.L("存在问题"), problem).Row(lang.L("整改期限"), rectify))
	page.Ask(h, page.Question{Title: lang.L("复查"), Yes: lang.L("登记复查"), Form: form, First: method, Width: 560, Act: func() error {
		on, err := page.DayOf(day, s.Pilot.Year())
		if err != nil {
			return err
		}
		var id domain.ID
		err = h.Do(inspect.Recheck(first.ID, inspect.Again{Visit: inspect.Visit{Date: on, Inspector: strings.TrimSpace(by.Text)}, Result: result.Selected,
			Method: method.Text, Evidence: evidence.Text, Problem: problem.Text, RectifyBy: rectify.Text}, func() domain.ID { id = s.NewID(); return id }))
		if err == nil {
			done(id)
		}
		return err
	}})
}
