package reportpage

import (
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/app/report"
	"lianshao/app/report/document"
	"lianshao/app/report/summary"
)

// document makes the chosen document anew, fit for the chosen level.
func (p *reportPage) document(path string) (*document.Document, error) {
	s := p.h.Session()
	d := p.chosen.doc(summary.FactsOf(s, p.h.Metrics()))
	return d, report.ReleaseDocument(s.Pilot, p.options.chosen(p.chosen).Anon, path, d)
}

// layDocument shows the chosen document and what it still lacks.
func (p *reportPage) layDocument() {
	p.note.Hide()
	if !p.chosen.ready {
		p.show(nil, app.E(app.CodeInvalid, "%s", p.chosen.why))
		return
	}
	d, err := p.document(p.chosen.title)
	if err != nil {
		p.show(nil, err)
		return
	}
	if lacks := d.MissingFacts(); len(lacks) > 0 {
		p.note.SetText(fmt.Sprintf(lang.L("还缺 %d 项事实，文中标成【待补充】，在试点里补齐或在 Word 里填写：%s"), len(lacks), strings.Join(lacks, "；")))
		p.note.Show()
	}
	pages, err := document.Pages(d, p.h.Metrics())
	p.show(pages, err)
	p.tellMissing(missingIn(pages, p.h.Metrics()))
}

// saveWord writes the document where the person says.
func (p *reportPage) saveWord() {
	p.h.Files().ChooseSave(fileName(p.title())+".docx", func(path string) {
		content, err := p.encoded(path)
		if err == nil {
			err = p.h.Files().WriteFile(path, content)
		}
		if err != nil {
			p.h.Report(err)
			return
		}
		p.h.Toast(fmt.Sprintf(lang.L("已保存 %s"), filepath.Base(path)))
	})
}

// openWord shows a private read-only copy in the system's word processor.
func (p *reportPage) openWord() {
	name := fileName(p.title()) + ".docx"
	content, err := p.encoded(name)
	if err == nil {
		err = p.h.Files().ShowCopy(name, content)
	}
	if err != nil {
		p.h.Report(err)
	}
}

func (p *reportPage) encoded(path string) ([]byte, error) {
	d, err := p.document(path)
	if err != nil {
		return nil, err
	}
	return p.word(d)
}
