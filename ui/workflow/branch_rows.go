package workflow

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/edit"
	"lianshao/domain"
)

// noLabel stands for the plain way on.
const noLabel = "—"

var branchLabels = []string{noLabel, "是", "否", "通过", "退回"}

// branchRows edits where a step leads: per way a label, a target and ×.
type branchRows struct {
	form *stepForm
	root *fyne.Container
	next []domain.Branch // as shown; a way without a target is not stored yet
	was  string          // what the rows were built from
}

func newBranchRows(f *stepForm) *branchRows {
	return &branchRows{form: f, root: container.NewVBox()}
}

// load shows a step's ways, keeping a way that has no target yet when the step is
// the same.
func (b *branchRows) load(w *domain.Workflow, s *domain.Step, other bool) {
	now := fmt.Sprint(s.ID, s.Kind, s.Next)
	for i := range w.Steps {
		now += w.Steps[i].Name
	}
	if !other && now == b.was {
		return
	}
	b.was = now
	b.next = slices.Clone(s.Next)
	b.build()
}

func (b *branchRows) build() {
	w := b.form.tab.workflow()
	s := b.form.tab.selected()
	if s == nil {
		return
	}
	add := widget.NewButton(lang.L("＋ 添加去向"), b.add)
	add.Importance = widget.LowImportance
	if b.pending() || s.Kind == domain.StepEnd {
		add.Hide()
	}
	b.root.Objects = []fyne.CanvasObject{widget.NewSeparator(), container.NewBorder(nil, nil, container.NewPadded(heading(lang.L("下一步"))), add)}
	for i := range b.next {
		b.root.Add(b.row(w, i))
	}
	if len(b.next) == 0 && s.Kind == domain.StepEnd {
		b.root.Add(newQuietLine(lang.L("流程到此结束")))
	}
	b.root.Refresh()
}

func (b *branchRows) pending() bool {
	return slices.ContainsFunc(b.next, func(x domain.Branch) bool { return x.To == "" })
}

func (b *branchRows) row(w *domain.Workflow, i int) fyne.CanvasObject {
	x := b.next[i]
	label := widget.NewSelect(branchLabels, nil)
	label.Selected = x.Label
	if x.Label == "" {
		label.Selected = noLabel
	} else if !slices.Contains(branchLabels, x.Label) {
		label.Options = append(slices.Clone(branchLabels), x.Label)
	}
	label.OnChanged = func(text string) {
		if text == noLabel {
			text = ""
		}
		b.change(i, domain.Branch{Label: text, To: b.next[i].To})
	}
	names := make([]string, len(w.Steps))
	target := widget.NewSelect(names, nil)
	target.PlaceHolder = lang.L("选择步骤")
	for k := range w.Steps {
		names[k] = fmt.Sprintf("%d %s", w.Steps[k].No, w.Steps[k].Name)
		if w.Steps[k].ID == x.To {
			target.Selected = names[k]
		}
	}
	target.OnChanged = func(string) {
		b.change(i, domain.Branch{Label: b.next[i].Label, To: w.Steps[target.SelectedIndex()].ID})
	}
	remove := widget.NewButtonWithIcon("", theme.CancelIcon(), func() { b.store(slices.Delete(slices.Clone(b.next), i, i+1)) })
	remove.Importance = widget.LowImportance
	return container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(66, label.MinSize().Height), label), remove, target)
}

func (b *branchRows) change(i int, x domain.Branch) {
	if b.next[i] == x {
		return
	}
	next := slices.Clone(b.next)
	next[i] = x
	b.store(next)
}

// store commits the ways that have a target. A refusal shows the stored ways again.
func (b *branchRows) store(next []domain.Branch) {
	whole := slices.DeleteFunc(slices.Clone(next), func(x domain.Branch) bool { return x.To == "" })
	s := b.form.tab.selected()
	if s == nil {
		return
	}
	if slices.Equal(whole, s.Next) { // only a way without a target changed
		b.next = next
		b.build()
		return
	}
	if !b.form.set(edit.StepForm{Next: &whole}) {
		b.build()
	}
}

// add opens a way without a target. Two ways need different labels, so a first plain
// one becomes 是 (通过 at an approval) and the new one 否 (退回).
func (b *branchRows) add() {
	next := slices.Clone(b.next)
	yes, no := "是", "否"
	if s := b.form.tab.selected(); s != nil && s.Kind == domain.StepApprove {
		yes, no = "通过", "退回"
	}
	label := ""
	if len(next) == 1 && next[0].Label == "" {
		next[0].Label, label = yes, no
	} else if len(next) > 0 {
		label = freeLabel(next, yes, no)
	}
	b.next = append(next, domain.Branch{Label: label})
	b.build()
}

func freeLabel(next []domain.Branch, wished ...string) string {
	for _, l := range append(wished, branchLabels[1:]...) {
		if !slices.ContainsFunc(next, func(x domain.Branch) bool { return x.Label == l }) {
			return l
		}
	}
	return ""
}
