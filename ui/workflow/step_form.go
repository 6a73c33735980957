package workflow

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/ui/widgets"
)

// stepForm shows and edits the selected step.
type stepForm struct {
	tab  *flowTab
	wf   domain.ID
	step domain.ID // of which step the fields are

	title    *canvas.Text
	refusal  *widget.Label
	fields   []*formField
	kind     *widget.Select
	branches *branchRows
	bound    *boundLists
	name     *widgets.TextArea
	root     fyne.CanvasObject
	top      *fyne.Container   // title, buttons, refusal
	whole    fyne.CanvasObject // hidden while no step is selected
}

// formField ties an entry to a column of the step.
type formField struct {
	*widgets.TextArea
	column string
	shown  string // the stored text
}

func newStepForm(t *flowTab) *stepForm {
	f := &stepForm{tab: t}
	f.title = canvas.NewText("", theme.Color(theme.ColorNameForeground))
	f.title.TextStyle.Bold = true
	f.refusal = widget.NewLabel("")
	f.refusal.Wrapping = fyne.TextWrapBreak
	f.refusal.Importance = widget.DangerImportance
	f.refusal.Hide()
	kinds := make([]string, len(domain.StepKinds))
	for i, k := range domain.StepKinds {
		kinds[i] = string(k)
	}
	f.kind = widget.NewSelect(kinds, f.setKind)
	f.branches = newBranchRows(f)
	f.bound = newBoundLists(t)
	rows := widgets.NewFormRows()
	f.name = f.field(edit.StepName, widgets.NewTextField())
	rows.Row(lang.L("名称"), f.name)
	rows.Row(lang.L("类型"), f.kind)
	actor := f.field(edit.StepActor, widgets.NewTextField())
	rows.Row(lang.L("责任岗位"), f.suggest(actor, f.posts, f.replace))
	rows.Row(lang.L("输入材料"), f.field(edit.StepInputs, widgets.NewTextArea(2)))
	rows.Row(lang.L("输出材料"), f.field(edit.StepOutputs, widgets.NewTextArea(2)))
	rows.Row(lang.L("办理时限"), f.field(edit.StepLimit, widgets.NewTextField()))
	rows.Row(lang.L("涉及职权"), f.suggest(f.field(edit.StepAuthorities, widgets.NewTextField()), f.authorities, f.append))
	rows.Row(lang.L("备注"), f.field(edit.StepNote, widgets.NewTextArea(2)))
	f.whole = container.NewBorder(f.head(), nil, nil, nil,
		container.NewVScroll(container.New(layout.NewCustomPaddedLayout(2, 8, 4, 12), container.NewVBox(rows, f.branches.root, f.bound.root))))
	f.root = container.NewStack(f.whole)
	return f
}

func (f *stepForm) head() fyne.CanvasObject {
	act := func(label string, icon fyne.Resource, do func(domain.ID)) fyne.CanvasObject {
		b := widget.NewButtonWithIcon(label, icon, func() { do(f.step) })
		b.Importance = widget.LowImportance
		return b
	}
	t := f.tab
	bar := container.NewHBox(act(lang.L("插入"), nil, t.insertAfter),
		act("", theme.MoveUpIcon(), func(s domain.ID) { t.move(s, -1) }), act("", theme.MoveDownIcon(), func(s domain.ID) { t.move(s, 1) }),
		act(lang.L("复制"), nil, t.duplicate), act(lang.L("删除"), nil, func(s domain.ID) { t.remove(s) }))
	f.top = container.NewVBox(container.NewBorder(nil, nil, container.NewPadded(container.NewCenter(f.title)), bar), f.refusal)
	return f.top
}

func (f *stepForm) field(column string, area *widgets.TextArea) *widgets.TextArea {
	f.fields = append(f.fields, &formField{TextArea: area, column: column})
	area.OnCommit = func(text string) error { return f.commit(column, text) }
	area.OnRefused = f.refuse
	return area
}

// load shows the selected step. What is being typed into a field and is not stored
// yet stays.
func (f *stepForm) load() {
	w, s := f.tab.workflow(), f.tab.selected()
	if s == nil {
		f.wf, f.step = "", ""
		f.whole.Hide()
		return
	}
	f.whole.Show()
	other := f.step != s.ID
	f.wf, f.step = w.ID, s.ID
	if other {
		f.refuse(nil)
	}
	f.title.Text = fmt.Sprintf(lang.L("第 %d 步"), s.No)
	f.title.Refresh()
	for _, x := range f.fields {
		text := edit.StepText(f.tab.pilot(), w, s, x.column)
		if other || text != x.shown {
			if other || x.Text == x.shown {
				x.SetText(text)
			}
			x.shown = text
		}
	}
	if f.kind.Selected != string(s.Kind) {
		f.kind.Selected = string(s.Kind)
		f.kind.Refresh()
	}
	f.branches.load(w, s, other)
	f.bound.load(s)
}

// flush stores what was typed.
func (f *stepForm) flush() {
	if f.tab.selected() == nil || f.step != f.tab.step {
		return
	}
	for _, x := range f.fields {
		x.Commit()
	}
}

// drop forgets what was typed, before the step goes away.
func (f *stepForm) drop() {
	for _, x := range f.fields {
		x.SetText(x.shown)
	}
}

// editName puts the keyboard into the name, all of it selected.
func (f *stepForm) editName() {
	f.tab.host.Window().Canvas().Focus(f.name)
	f.name.TypedShortcut(&fyne.ShortcutSelectAll{})
}

func (f *stepForm) commit(column, text string) error {
	for _, x := range f.fields {
		if x.column == column {
			text = strings.ReplaceAll(text, "\n", lineJoin(column))
		}
	}
	r := edit.StepRow{Step: f.step, Texts: map[string]string{column: text}}
	err := f.tab.host.Do(edit.SetSteps(f.wf, []edit.StepRow{r}, f.tab.host.Session().NewID))
	if err == nil {
		f.refuse(nil)
		f.settleField(column)
	}
	return err
}

// settleField shows a stored text as it was understood.
func (f *stepForm) settleField(column string) {
	w, s := f.tab.workflow(), f.tab.selected()
	if s == nil || s.ID != f.step {
		return
	}
	for _, x := range f.fields {
		if x.column == column {
			x.shown = edit.StepText(f.tab.pilot(), w, s, column)
			if x.Text != x.shown {
				x.SetText(x.shown)
			}
		}
	}
}

// lineJoin is what a line break typed into a column means: a name has one line, a
// list goes on, a remark keeps its lines.
func lineJoin(column string) string {
	switch column {
	case edit.StepName:
		return ""
	case edit.StepNote:
		return "\n"
	}
	return "、"
}

// set changes the step by its form and says why if that is refused.
func (f *stepForm) set(form edit.StepForm) bool {
	err := f.tab.host.Do(edit.SetStep(f.wf, f.step, form))
	f.refuse(err)
	return err == nil
}

func (f *stepForm) setKind(kind string) {
	k := domain.StepKind(kind)
	if s := f.tab.selected(); s != nil && s.ID == f.step && s.Kind != k {
		f.set(edit.StepForm{Kind: &k})
	}
}

// refuse shows why something was not stored; nil takes the words away.
func (f *stepForm) refuse(err error) {
	if (err != nil) == f.refusal.Visible() && (err == nil || f.refusal.Text == app.Sentence(err)) {
		return
	}
	f.refusal.Hidden = err == nil
	if err != nil {
		f.refusal.SetText(app.Sentence(err))
	}
	f.top.Refresh()
	f.whole.Refresh() // the fields make room
}

// suggest puts a drop-down of names beside an entry that also takes others.
func (f *stepForm) suggest(area *widgets.TextArea, names func() []string, take func(area *widgets.TextArea, name string)) fyne.CanvasObject {
	var button *widget.Button
	button = widget.NewButtonWithIcon("", theme.MenuDropDownIcon(), func() {
		var items []*fyne.MenuItem
		for _, n := range names() {
			items = append(items, fyne.NewMenuItem(n, func() { take(area, n) }))
		}
		if len(items) == 0 {
			return
		}
		pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(area)
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), f.tab.host.Window().Canvas(), pos.AddXY(0, area.Size().Height))
	})
	button.Importance = widget.LowImportance
	return container.NewBorder(nil, nil, nil, button, area)
}

func (f *stepForm) replace(area *widgets.TextArea, name string) {
	area.Entry.SetText(name)
	area.Commit()
}

func (f *stepForm) append(area *widgets.TextArea, name string) {
	names := domain.SplitList(area.Text)
	for _, n := range names {
		if n == name {
			return
		}
	}
	area.Entry.SetText(strings.Join(append(names, name), "、"))
	area.Commit()
}

// posts lists who may be responsible: the unit's posts, then whoever else acts in
// this workflow.
func (f *stepForm) posts() (names []string) {
	w := f.tab.workflow()
	seen := map[string]bool{}
	add := func(n string) {
		if n != "" && !seen[n] {
			seen[n] = true
			names = append(names, n)
		}
	}
	for _, p := range f.tab.pilot().Posts.By(domain.ByUnit, w.Unit.ID) {
		add(p.Name)
	}
	for i := range w.Steps {
		for _, n := range domain.SplitList(w.Steps[i].Actor) {
			add(n)
		}
	}
	return names
}

func (f *stepForm) authorities() (names []string) {
	for _, a := range f.tab.pilot().Authorities.By(domain.ByUnit, f.tab.workflow().Unit.ID) {
		names = append(names, a.Name)
	}
	return names
}
