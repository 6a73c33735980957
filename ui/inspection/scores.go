package inspection

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/fields"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// scores is the tab 考核评分: the score sheets of the units with what they come to.
func scores(h page.Host, toSanctions func()) records.Part {
	l := records.NewList(h, domain.KindAppraisal, records.Options{Name: "appraisal"})
	l.Empty = lang.L("每个部门一份考核评分表：部门自评，考核组核准。可以按通用的评分表建立，也可以导入《检查考核评分表》。")
	sum := widget.NewLabel("")
	sum.Truncation = fyne.TextTruncateClip
	unit := func() *domain.Unit {
		if a, ok := l.Grid.Selected().(*domain.Appraisal); ok {
			u, _ := h.Session().Pilot.Units.Get(a.Unit.ID)
			return u
		}
		return nil
	}
	tell := func() { sum.SetText(scoreText(h.Session().Pilot, unit())) }
	selected := l.Grid.OnRecord
	l.Grid.OnRecord = func(r domain.Record) { selected(r); tell() }
	make := func() { askSheet(h) }
	l.EmptyButton, l.EmptyAct = lang.L("建立评分表…"), make
	low := func(label string, act func()) fyne.CanvasObject {
		b := widget.NewButton(label, act)
		b.Importance = widget.LowImportance
		return b
	}
	l.Tools = []fyne.CanvasObject{low(lang.L("建立评分表…"), make), low(lang.L("登记奖惩…"), func() {
		if u := unit(); u != nil {
			askSanction(h, u, toSanctions)
		}
	}), records.PrintButton(h, "appraisal"), widgets.Room(430, 0, sum)}
	part := records.ListPart(tabScores, "考核评分", l)
	changed := part.Changed
	part.Changed = func(e app.Event) { changed(e); tell() }
	tell()
	return part
}

// scoreText says what the score sheet of a unit comes to.
func scoreText(p *domain.Pilot, u *domain.Unit) string {
	if u == nil {
		return ""
	}
	total, _ := p.AppraisalOf(u.ID)
	text := fmt.Sprintf(lang.L("%s　自评 %s　核准 %s／%s"), u.Name, fields.Number(total.Self), fields.Number(total.Confirmed), fields.Number(total.Full))
	if g := total.Grade(); g != "" {
		return text + "　" + g
	}
	return text + fmt.Sprintf(lang.L("　还有 %d 项没有核准"), total.Lines-total.ConfirmedLines)
}

// askSheet makes the usual score sheet for a unit that has none.
func askSheet(h page.Host) {
	p := h.Session().Pilot
	var units []*domain.Unit
	var names []string
	for _, u := range p.Units.All() {
		if total, _ := p.AppraisalOf(u.ID); total.Lines == 0 {
			units, names = append(units, u), append(names, u.Name)
		}
	}
	if len(units) == 0 {
		h.Toast(lang.L("各部门都已有考核评分表"))
		return
	}
	choice := widget.NewSelect(append([]string{lang.L("全部")}, names...), nil)
	choice.SetSelectedIndex(0)
	form := widgets.NewFormRows().Row(lang.L("部门"), choice)
	page.Ask(h, page.Question{Title: lang.L("建立考核评分表"), Yes: lang.L("建立"), Form: form, Act: func() error {
		chosen := units
		if i := choice.SelectedIndex(); i > 0 {
			chosen = units[i-1 : i]
		}
		return h.Do(edit.AddScoreSheets(chosen, h.Session().NewID))
	}})
}

// askSanction registers what follows from an appraisal.
func askSanction(h page.Host, u *domain.Unit, done func()) {
	p := h.Session().Pilot
	total, _ := p.AppraisalOf(u.ID)
	basis := ""
	if g := total.Grade(); g != "" {
		basis = fmt.Sprintf("检查考核核准 %s 分（满分 %s），%s", fields.Number(total.Confirmed), fields.Number(total.Full), g)
	}
	kinds := []string{lang.L("奖励"), lang.L("惩处")}
	form := widget.NewSelectEntry(domain.RewardForms)
	kind := widget.NewRadioGroup(kinds, func(s string) {
		form.SetOptions(domain.RewardForms)
		if s == kinds[1] {
			form.SetOptions(domain.SanctionForms)
		}
	})
	kind.Horizontal, kind.Required = true, true
	kind.SetSelected(kinds[0])
	if total.Grade() == domain.AppraisalGrades[len(domain.AppraisalGrades)-1].Name {
		kind.SetSelected(kinds[1])
	}
	posts, ids := []string{lang.L("（部门）")}, []domain.ID{""}
	for _, x := range p.Posts.By(domain.ByUnit, u.ID) {
		posts, ids = append(posts, x.Name), append(ids, x.ID)
	}
	post := widget.NewSelect(posts, nil)
	post.SetSelectedIndex(0)
	why := widgets.NewTextArea(2)
	why.SetText(basis)
	day, by := widgets.NewDateField(), widgets.NewEntry()
	day.SetDate(h.Session().Today().Time())
	by.SetText(domain.GroupLeading)
	rows := widgets.NewFormRows().Row(lang.L("对象"), post).Row(lang.L("奖惩"), kind).Row(lang.L("形式"), form).Row(lang.L("依据"), why).
		Row(lang.L("决定日期"), day).Row(lang.L("决定单位"), by)
	page.Ask(h, page.Question{Title: lang.L("登记奖惩") + "　" + u.Name, Yes: lang.L("登记"), Form: rows, Width: 560, Act: func() error {
		on, err := page.DayOf(day, p.Year())
		if err != nil {
			return err
		}
		x := &domain.Sanction{Unit: domain.To(u.ID), Reward: kind.Selected == kinds[0], Form: strings.TrimSpace(form.Text), Basis: strings.TrimSpace(why.Text), Date: on, By: strings.TrimSpace(by.Text)}
		if id := ids[max(post.SelectedIndex(), 0)]; id != "" {
			x.Post = domain.To(id)
		}
		if err := h.Do(edit.AddSanction(x, h.Session().NewID)); err != nil {
			return err
		}
		done()
		return nil
	}})
}

// sanctions is the tab 奖惩.
func sanctions(h page.Host) records.Part {
	l := records.NewList(h, domain.KindSanction, records.Options{Name: "sanction", Fixed: 1})
	l.Empty = lang.L("依据检查、考核作出的奖励和惩处登记在这里。先在“考核评分”里核准，再登记奖惩。")
	l.EmptyButton, l.EmptyAct = lang.L("登记奖惩…"), func() {
		if us := h.Session().Pilot.Units.All(); len(us) > 0 {
			askSanction(h, us[0], func() {})
		}
	}
	l.Add = func(p *domain.Pilot) domain.Record {
		us := p.Units.All()
		if len(us) == 0 {
			return nil
		}
		return &domain.Sanction{Unit: domain.To(us[0].ID), Form: domain.SanctionForms[0], Date: h.Session().Today(), By: domain.GroupLeading}
	}
	l.Tools = []fyne.CanvasObject{records.PrintButton(h, "sanctions")}
	return records.ListPart(tabSanctions, "奖惩", l)
}
