// Package plan is the page 试点方案: the dated steps with the papers they must
// produce, the papers that were filed, and what the plan is for.
package plan

import (
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"lianshao/app"
	"lianshao/app/fields"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
)

// New builds the page.
func New(h page.Host) page.Page {
	return records.NewTabs(newSteps(h).part(), papers(h), about(h))
}

// papers lists everything that was filed, with its files.
func papers(h page.Host) records.Part {
	l := records.NewList(h, domain.KindArtefact, records.Options{Name: "artefact"})
	l.Empty = lang.L("请示、办法、纪要等成果材料归档以后列在这里。在“工作步骤”里选一步，点那份材料的“归档”。")
	l.EmptyButton, l.EmptyAct = lang.L("看工作步骤"), func() { h.Go(page.Plan, "steps") }
	return records.FilePart(h, "papers", "成果材料", l)
}

// about is what the plan is for: basis, goals, contents and systems.
func about(h page.Host) records.Part {
	form := records.NewDetailOf(h, fields.Of(domain.KindInfo))
	show := func() {
		if all := h.Session().Pilot.Infos.All(); len(all) > 0 {
			form.Show(all[0])
		}
	}
	show()
	margin := layout.NewCustomPaddedLayout(8, 0, 12, 0)
	return records.Part{ID: "about", Title: "方案要点", Content: container.New(margin, form.Content()),
		Changed: func(e app.Event) {
			if e.Touches(domain.KindInfo) {
				show()
			}
		}}
}
