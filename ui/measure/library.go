package measure

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/library"
	"lianshao/app/report"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// proven is the tab 措施库: proven measures, the program's and the pilot's own.
type proven struct {
	host  page.Host
	all   []library.Entry
	rows  []library.Entry
	grid  *widgets.DataGrid
	find  *widget.Entry
	kind  *widget.Select
	count *widget.Label
	full  *widget.Label
	root  fyne.CanvasObject
}

func newProven(h page.Host) *proven { return &proven{host: h} }

func (v *proven) content() fyne.CanvasObject {
	v.count, v.full = widget.NewLabel(""), widget.NewLabel("")
	v.full.Wrapping = fyne.TextWrapBreak
	v.find = widget.NewEntry()
	v.find.SetPlaceHolder(lang.L("筛选"))
	v.find.OnChanged = func(string) { v.narrow() }
	v.kind = widget.NewSelect(append([]string{lang.L("全部")}, domain.MeasureKinds...), func(string) { v.narrow() })
	v.kind.Selected = lang.L("全部")
	v.grid = entryGrid(v)
	v.grid.OnSelect = func(row int) { v.full.SetText(entryText(v.rows, row)) }
	v.grid.OnActivate = v.use
	use := widget.NewButton(lang.L("用于风险点…"), func() { row, _ := v.grid.Current(); v.use(row) })
	use.Importance = widget.LowImportance
	bar := container.NewHBox(use, v.kind, layout.NewSpacer(), widgets.Room(64, 0, v.count), container.NewGridWrap(fyne.NewSize(170, 32), v.find))
	split := widgets.NewHSplitter(v.grid, container.NewPadded(container.NewVScroll(v.full)), 0.7)
	v.root = container.NewBorder(bar, nil, nil, nil, split)
	return v.root
}

func entryGrid(source widgets.Source) *widgets.DataGrid {
	return widgets.NewDataGrid([]widgets.Column{{ID: "code", Title: lang.L("编号"), Width: 84}, {ID: "category", Title: lang.L("成因类别"), Width: 80},
		{ID: "kind", Title: lang.L("种类"), Width: 80}, {ID: "text", Title: lang.L("措施"), Width: 380, Grow: true}, {ID: "source", Title: lang.L("来自"), Width: 190}}, source)
}

func entryCell(e *library.Entry, col string) widgets.Cell {
	return widgets.Cell{Text: map[string]string{"code": e.Code, "category": e.Category, "kind": e.Kind, "text": e.Text, "source": e.Source}[col], Bold: col == "source" && e.Own()}
}

func entryText(list []library.Entry, row int) string {
	if row < 0 || row >= len(list) {
		return ""
	}
	e := &list[row]
	text := e.Text
	if e.Evidence != "" {
		text += "\n\n" + lang.L("留痕：") + e.Evidence
	}
	return text + "\n\n" + lang.L("来自：") + e.Source
}

// entries are the proven measures of the session; a fault is reported.
func entries(h page.Host) []library.Entry {
	s := h.Session()
	list, err := library.Entries(s.Pilot, s.Result(1), s.Result(0))
	h.Report(err)
	return list
}

func (v *proven) fill() { v.all = entries(v.host); v.narrow() }

func (v *proven) changed(e app.Event) {
	if len(v.all) > 0 && touched(e) {
		v.fill()
	}
}

func (v *proven) narrow() {
	v.rows = narrowed(v.all, v.find.Text, v.kind)
	v.count.SetText(fmt.Sprintf(lang.L("%d 条"), len(v.rows)))
	v.grid.Refresh()
	row, _ := v.grid.Current()
	v.full.SetText(entryText(v.rows, row))
}

// narrowed keeps the entries of a kind that hold all words.
func narrowed(all []library.Entry, words string, kind *widget.Select) []library.Entry {
	var out []library.Entry
next:
	for _, e := range all {
		if kind != nil && kind.SelectedIndex() > 0 && e.Kind != kind.Selected {
			continue
		}
		text := e.Code + e.Category + e.Kind + e.Text + strings.Join(e.Words, " ")
		for _, w := range strings.Fields(words) {
			if !strings.Contains(text, w) {
				continue next
			}
		}
		out = append(out, e)
	}
	return out
}

// Len implements widgets.Source.
func (v *proven) Len() int { return len(v.rows) }

// Cell implements widgets.Source.
func (v *proven) Cell(row int, col string) widgets.Cell { return entryCell(&v.rows[row], col) }

func (v *proven) use(row int) {
	if row >= 0 && row < len(v.rows) {
		askMeasure(v.host, "", &v.rows[row], func(id domain.ID) { v.host.Go(page.Measures, string(id)) })
	}
}

// pick lets a person choose a proven measure that fits a point.
type pick struct{ rows []library.Entry }

// Len implements widgets.Source.
func (k *pick) Len() int { return len(k.rows) }

// Cell implements widgets.Source.
func (k *pick) Cell(row int, col string) widgets.Cell { return entryCell(&k.rows[row], col) }

// askEntry shows the proven measures, those that fit the point first.
func askEntry(h page.Host, r *domain.RiskPoint, then func(library.Entry)) {
	sorted := library.For(h.Session().Pilot, r, entries(h))
	k := &pick{rows: sorted}
	grid := entryGrid(k)
	full := widget.NewLabel(entryText(sorted, 0))
	full.Wrapping = fyne.TextWrapBreak
	grid.OnSelect = func(row int) { full.SetText(entryText(k.rows, row)) }
	find := widgets.NewEntry()
	find.SetPlaceHolder(lang.L("筛选"))
	find.OnChanged = func(text string) { k.rows = narrowed(sorted, text, nil); grid.Refresh() }
	form := container.NewBorder(container.NewVBox(widget.NewLabel(lang.L("合适的排在前面：")+r.Code+" "+r.Name), find), widgets.Room(0, 110, full), nil, nil, widgets.Room(0, 300, grid))
	var m *widgets.Modal
	take := func() error {
		row, _ := grid.Current()
		if row < 0 || row >= len(k.rows) {
			return app.E(app.CodeInvalid, "请选一条措施")
		}
		then(k.rows[row])
		return nil
	}
	m = page.Ask(h, page.Question{Title: lang.L("从措施库选用"), Yes: lang.L("选用"), Form: form, Width: 960, Act: take})
	grid.OnActivate = func(int) {
		if take() == nil {
			m.Close()
		}
	}
}

// askMeasure writes a measure for a point, from the library or from nothing. point ""
// lets the person choose among the warned points, the severest first.
func askMeasure(h page.Host, point domain.ID, from *library.Entry, done func(domain.ID)) {
	p := h.Session().Pilot
	points := warnedFirst(h)
	names := make([]string, len(points))
	at := 0
	for i, r := range points {
		names[i] = strings.TrimSpace(r.Code + " " + report.PointLevel(p, r, h.Session().Result(0)).Label + " " + r.Name)
		if r.ID == point {
			at = i
		}
	}
	if len(points) == 0 {
		h.Report(app.E(app.CodeInvalid, "还没有风险点，请先登记风险点"))
		return
	}
	f := newMeasureForm(h, names)
	f.choose = func() *domain.RiskPoint { return points[max(f.point.SelectedIndex(), 0)] }
	f.point.OnChanged = func(string) { f.fill() }
	f.point.SetSelectedIndex(at)
	if from != nil {
		f.take(*from)
	}
	page.Ask(h, page.Question{Title: lang.L("新增措施"), Yes: lang.L("新增"), Form: f.form, Width: 760, First: f.content, Act: func() error {
		id, err := f.add()
		if err == nil {
			done(id)
		}
		return err
	}})
}

// warnedFirst lists the active points, the severest first.
func warnedFirst(h page.Host) []*domain.RiskPoint {
	p, res := h.Session().Pilot, h.Session().Result(0)
	return report.BySeverity(p, p.ActivePoints(), res)
}

// measureForm is the form of askMeasure.
type measureForm struct {
	host                 page.Host
	choose               func() *domain.RiskPoint
	point, post, step    *widget.Select
	kind                 *widget.SelectEntry
	content              *widgets.TextArea
	owner, due, evidence *widgets.Entry
	origin               *widget.Label
	entry                library.Entry // started from; zero = from nothing
	steps                []domain.ID
	posts                []domain.ID
	form                 fyne.CanvasObject
}

func newMeasureForm(h page.Host, names []string) *measureForm {
	f := &measureForm{host: h, point: widget.NewSelect(names, nil), post: widget.NewSelect(nil, nil), step: widget.NewSelect(nil, nil),
		kind: widget.NewSelectEntry(domain.MeasureKinds), content: widgets.NewTextArea(3), owner: widgets.NewEntry(), due: widgets.NewEntry(),
		evidence: widgets.NewEntry(), origin: widget.NewLabel("")}
	f.origin.Wrapping = fyne.TextWrapBreak
	f.origin.Importance = widget.LowImportance
	f.content.OnChanged = func(string) { f.tell() }
	f.due.SetPlaceHolder(lang.L("如 2026-09-20、9月底、长期"))
	from := widget.NewButton(lang.L("从措施库选用…"), func() { askEntry(h, f.choose(), f.take) })
	from.Importance = widget.LowImportance
	f.form = widgets.NewFormRows().Row(lang.L("风险点"), f.point).Row("", container.NewHBox(from)).Row(lang.L("防范措施"), f.content).Row("", widgets.Room(0, 62, f.origin)).
		Row(lang.L("种类"), f.kind).Row(lang.L("责任人"), f.owner).Row(lang.L("责任岗位"), f.post).Row(lang.L("完成时限"), f.due).
		Row(lang.L("留痕"), f.evidence).Row(lang.L("嵌入步骤"), f.step)
	return f
}

// fill offers the posts and steps of the chosen point, and its responsible.
func (f *measureForm) fill() {
	p := f.host.Session().Pilot
	r := f.choose()
	m := edit.BlankMeasure(p, r)
	if f.owner.Text == "" {
		f.owner.SetText(strings.ReplaceAll(m.Owner, "\n", "、"))
	}
	if f.due.Text == "" {
		f.due.SetText(m.Due.String())
	}
	names := []string{"—"}
	f.posts = []domain.ID{""}
	at := 0
	for _, x := range p.Posts.By(domain.ByUnit, r.Unit.ID) {
		names, f.posts = append(names, x.Name), append(f.posts, x.ID)
		if x.ID == r.Post.ID {
			at = len(names) - 1
		}
	}
	f.post.SetOptions(names)
	f.post.SetSelectedIndex(at)
	names, f.steps, at = []string{"—"}, []domain.ID{""}, 0
	if w, ok := p.Workflows.Get(r.Workflow.ID); ok {
		if d := p.VersionIn(w, domain.WorkflowDraft); d != nil {
			w = d
		}
		_, here, _ := p.StepOf(r.Step.ID)
		for i := range w.Steps {
			s := &w.Steps[i]
			names, f.steps = append(names, fmt.Sprintf(lang.L("第%d版 第%d步 %s"), max(w.Version, 1), s.No, s.Name)), append(f.steps, s.ID)
			if here != nil && w.Counterpart(here) == s {
				at = i + 1
			}
		}
	}
	f.step.SetOptions(names)
	f.step.SetSelectedIndex(at)
}

// take starts from a proven measure.
func (f *measureForm) take(e library.Entry) {
	f.entry = e
	f.content.SetText(e.Text)
	f.kind.SetText(e.Kind)
	f.evidence.SetText(e.Evidence)
	f.tell()
}

// tell shows what was changed of the proven text.
func (f *measureForm) tell() {
	m := domain.Measure{Original: f.entry.Text, Content: f.content.Text}
	text := m.Edited()
	if f.entry.Code != "" {
		text = f.entry.Code + "　" + text
	}
	f.origin.SetText(text)
}

// add stores the measure and answers its ID.
func (f *measureForm) add() (domain.ID, error) {
	s := f.host.Session()
	r := f.choose()
	m := edit.BlankMeasure(s.Pilot, r)
	m.Content = strings.TrimSpace(f.content.Text)
	if m.Content == "" {
		return "", app.E(app.CodeInvalid, "请填写防范措施")
	}
	if f.entry.Code != "" {
		m.Library, m.Original = f.entry.Code, f.entry.Text
	}
	m.Kind, m.Owner, m.Evidence = strings.TrimSpace(f.kind.Text), strings.TrimSpace(f.owner.Text), strings.TrimSpace(f.evidence.Text)
	m.Due = domain.ParseDue(f.due.Text, s.Pilot.Year())
	m.Post = domain.To(f.posts[max(f.post.SelectedIndex(), 0)])
	var id domain.ID
	err := f.host.Do(edit.AddMeasure(m, f.steps[max(f.step.SelectedIndex(), 0)], func() domain.ID { id = s.NewID(); return id }))
	return id, err
}
