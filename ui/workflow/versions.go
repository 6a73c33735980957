package workflow

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/edit"
	"lianshao/app/report"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// versionBar says which version of the workflow is shown and leads to the others:
// to draft the next one, to put a draft into force, to compare two.
type versionBar struct {
	tab     *flowTab
	choice  *widget.Select
	revise  *widget.Button
	enforce *widget.Button
	embed   *widget.Button
	compare *widget.Button
	root    *fyne.Container
	all     []*domain.Workflow
	filling bool
}

func newVersionBar(t *flowTab) *versionBar {
	b := &versionBar{tab: t}
	low := func(label string, act func()) *widget.Button {
		x := widget.NewButton(label, act)
		x.Importance = widget.LowImportance
		return x
	}
	b.choice = widget.NewSelect(nil, func(string) { b.chosen() })
	b.revise = low(lang.L("建新版"), b.newVersion)
	b.enforce = low(lang.L("启用…"), b.askEnforce)
	b.embed = low(lang.L("嵌入措施…"), func() { t.host.Go(page.Measures, page.EmbedIn+string(t.wf)) })
	b.compare = low(lang.L("两版对照"), func() { t.openCompare() })
	b.root = container.NewHBox(widgets.Room(150, 0, b.choice), b.revise, b.enforce, b.embed, b.compare)
	return b
}

// load shows the versions of the workflow that is up.
func (b *versionBar) load() {
	w := b.tab.workflow()
	b.all = b.tab.pilot().VersionsOf(w)
	names := make([]string, len(b.all))
	at := -1
	for i, v := range b.all {
		names[i] = report.VersionTitle(v)
		if v.ID == w.ID {
			at = i
		}
	}
	b.filling = true
	b.choice.SetOptions(names)
	b.choice.SetSelectedIndex(at)
	b.filling = false
	show := func(x *widget.Button, on bool) { x.Hidden = !on }
	show(b.revise, w.Life() == domain.WorkflowInForce && b.tab.pilot().VersionIn(w, domain.WorkflowDraft) == nil)
	show(b.enforce, w.Life() == domain.WorkflowDraft)
	show(b.embed, w.Life() != domain.WorkflowRevised)
	show(b.compare, len(b.all) > 1)
	b.root.Refresh()
}

func (b *versionBar) chosen() {
	if i := b.choice.SelectedIndex(); !b.filling && i >= 0 && i < len(b.all) {
		b.tab.selectWorkflow(b.all[i].ID)
	}
}

func (b *versionBar) newVersion() {
	t := b.tab
	t.flush()
	var made domain.ID
	if t.do(edit.NewVersion(t.wf, t.host.Session().NewID, func(id domain.ID) { made = id })) {
		t.selectWorkflow(made)
		t.host.Toast(lang.L("已建新版草稿。改好步骤、嵌入措施以后，点“启用”"))
	}
}

// askEnforce says what will happen to the version in force before the draft takes its place.
func (b *versionBar) askEnforce() {
	t := b.tab
	t.flush()
	w := t.workflow()
	day := widgets.NewDateField()
	day.SetDate(t.host.Session().Today().Time())
	note := widget.NewLabel(enforceNote(t.pilot(), w))
	note.Wrapping = fyne.TextWrapBreak
	form := container.NewVBox(widgets.NewFormRows().Row(lang.L("启用日期"), day), widgets.Room(0, 90, note))
	page.Ask(t.host, page.Question{Title: fmt.Sprintf(lang.L("启用 %s 第%d版"), w.Name, w.Version), Yes: lang.L("启用"), Form: form, Act: func() error {
		from, err := page.DayOf(day, t.pilot().Year())
		if err != nil {
			return err
		}
		return t.host.Do(edit.EnforceVersion(w.ID, from))
	}})
}

// enforceNote names what a person should know before.
func enforceNote(p *domain.Pilot, w *domain.Workflow) string {
	lines := []string{lang.L("这一版成为现行版；原来的现行版留作对照，不能再改。风险点和措施转到新版的步骤上。可以撤销。")}
	if old := p.VersionIn(w, domain.WorkflowInForce); old != nil {
		var lost []string
		for i := range old.Steps {
			s := &old.Steps[i]
			if n := len(p.PointsAt(old, s)); n > 0 && w.Counterpart(s) == nil {
				lost = append(lost, fmt.Sprintf(lang.L("“%s”上的 %d 个风险点"), s.Name, n))
			}
		}
		if len(lost) > 0 {
			lines = append(lines, fmt.Sprintf(lang.L("新版取消了步骤，请随后另定环节：%s。"), strings.Join(lost, "、")))
		}
	}
	if problems := w.Problems(); len(problems) > 0 {
		lines = append(lines, fmt.Sprintf(lang.L("还有 %d 个问题，如：%s。"), len(problems), problems[0].Message))
	}
	return strings.Join(lines, "\n")
}
