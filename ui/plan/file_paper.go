package plan

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// file asks for what identifies a paper and files it, with a file if one is chosen.
func (p *panel) file(m *domain.Milestone, name string) {
	title, code, by := widgets.NewEntry(), widgets.NewEntry(), widgets.NewEntry()
	code.SetPlaceHolder(lang.L("没有可不填，例如 校纪〔2026〕8号"))
	day := widgets.NewDateField()
	day.SetDate(p.host.Session().Today().Time())
	chosen := widget.NewLabel(lang.L("没有选"))
	chosen.Truncation = fyne.TextTruncateClip
	path := ""
	pick := widget.NewButton(lang.L("选择文件…"), func() {
		p.host.Files().ChooseOpen(nil, func(paths []string) {
			path = paths[0]
			chosen.SetText(filepath.Base(path))
		})
	})
	form := widgets.NewFormRows()
	form.Row(lang.L("成果材料"), widget.NewLabel(name)).Row(lang.L("标题"), title).Row(lang.L("文号"), code).Row(lang.L("日期"), day).
		Row(lang.L("形成单位（人）"), by).Row(lang.L("附件"), container.NewBorder(nil, nil, nil, pick, chosen))
	page.Ask(p.host, page.Question{Title: lang.L("归档成果材料"), Yes: lang.L("归档"), Form: form, First: title, Width: 560, Act: func() error {
		date, err := page.DayOf(day, p.host.Session().Pilot.Year())
		if err != nil {
			return err
		}
		a := &domain.Artefact{Base: domain.Base{Code: code.Text}, Milestone: domain.To(m.ID), Name: name, Title: title.Text, Date: date, By: by.Text}
		if err := p.host.Do(app.FilePaper(a, p.host.Session().NewID)); err != nil {
			return err
		}
		p.attach(a, path)
		return nil
	}})
}

// attach hangs the chosen file on the paper that was just filed.
func (p *panel) attach(a *domain.Artefact, path string) {
	s := p.host.Session()
	filed, ok := s.Pilot.Artefacts.ByKey(a.Natural())
	if path == "" || !ok {
		return
	}
	var kept *domain.Attachment
	p.host.Work(lang.L("正在存入附件"), func(context.Context, func(done, total int)) (err error) {
		kept, err = s.KeepFile(path)
		return err
	}, func(err error) {
		if err == nil {
			err = p.host.Do(app.AttachTo(domain.KindArtefact, filed.ID, []*domain.Attachment{kept}, s.NewID))
		}
		p.host.Report(err)
	})
}
