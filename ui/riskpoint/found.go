package riskpoint

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// foundBy lists how a point was found: by which channel, by whom or anonymously, when.
type foundBy struct {
	host page.Host
	box  *fyne.Container
}

func newFoundBy(h page.Host) *foundBy { return &foundBy{host: h, box: container.NewVBox()} }

func (f *foundBy) show(r *domain.RiskPoint) {
	f.box.Objects = nil
	if r != nil {
		f.box.Add(page.Heading(lang.L("怎样找到的")))
		for _, x := range r.FoundBy() {
			f.box.Add(f.row(r, x))
		}
		add := widget.NewButtonWithIcon(lang.L("登记来源…"), theme.ContentAddIcon(), func() { f.ask(r) })
		add.Importance = widget.LowImportance
		f.box.Add(container.NewHBox(add))
		f.box.Add(page.Heading(lang.L("记录")))
	}
	f.box.Refresh()
}

func (f *foundBy) row(r *domain.RiskPoint, x domain.Finding) fyne.CanvasObject {
	l := widget.NewLabel(findingText(r, x))
	l.Wrapping = fyne.TextWrapBreak
	remove := widget.NewButtonWithIcon("", theme.DeleteIcon(), func() { f.host.Report(f.host.Do(edit.RemoveFinding(r.ID, x))) })
	remove.Importance = widget.LowImportance
	return container.NewBorder(nil, nil, nil, container.NewVBox(remove), l)
}

// findingText says one finding; of a channel alone nobody was written down.
func findingText(r *domain.RiskPoint, x domain.Finding) string {
	parts := []string{x.Channel}
	recorded := false
	for _, f := range r.Findings {
		recorded = recorded || f == x
	}
	if recorded {
		parts = append(parts, x.Finder())
	}
	if x.Date != "" {
		parts = append(parts, string(x.Date))
	}
	if x.Note != "" {
		parts = append(parts, x.Note)
	}
	if x.From != "" {
		parts = append(parts, lang.L("由并入的 ")+x.From)
	}
	return strings.Join(parts, " · ")
}

func (f *foundBy) ask(r *domain.RiskPoint) {
	channel := widget.NewSelect(domain.Channels, nil)
	channel.SetSelectedIndex(0)
	by, note := widgets.NewEntry(), widgets.NewEntry()
	by.SetPlaceHolder(lang.L("不写就是匿名"))
	day := widgets.NewDateField()
	day.SetDate(f.host.Session().Today().Time())
	form := widgets.NewFormRows().Row(lang.L("渠道"), channel).Row(lang.L("谁发现的"), by).Row(lang.L("日期"), day).Row(lang.L("说明"), note)
	page.Ask(f.host, page.Question{Title: lang.L("登记来源") + "　" + r.Code, Yes: lang.L("登记"), Form: form, First: by, Act: func() error {
		on, err := page.DayOf(day, f.host.Session().Pilot.Year())
		if err != nil {
			return err
		}
		return f.host.Do(edit.AddFinding(r.ID, domain.Finding{Channel: channel.Selected, By: strings.TrimSpace(by.Text), Date: on, Note: strings.TrimSpace(note.Text)}))
	}})
}
