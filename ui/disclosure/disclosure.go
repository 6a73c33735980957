// Package disclosure is the page 公示意见: notices, what people said, and what was
// changed because of it.
package disclosure

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
)

// New builds the page.
func New(h page.Host) page.Page {
	return records.NewTabs(opinions(h), revisions(h), notices(h))
}

func opinions(h page.Host) records.Part {
	l := records.NewList(h, domain.KindOpinion, records.Options{Name: "opinion", Fixed: 1})
	l.Empty = lang.L("公示期间收到的意见登记在这里。可以从《公示意见登记表》导入。")
	l.Add = func(p *domain.Pilot) domain.Record {
		like := "YJ-00"
		if all := p.Opinions.All(); len(all) > 0 {
			like = all[0].Code
		}
		o := &domain.Opinion{Base: domain.Base{Code: edit.NextCode(p, domain.KindOpinion, like)}, From: "匿名", Content: lang.L("（填写意见内容）")}
		if ds := p.Disclosures.All(); len(ds) > 0 {
			o.Disclosure = domain.To(ds[len(ds)-1].ID)
		}
		return o
	}
	open := widget.NewCheck(lang.L("只看未答复"), func(on bool) {
		if !on {
			l.SetKeep(nil)
			return
		}
		l.SetKeep(func(r domain.Record) bool {
			o := r.(*domain.Opinion)
			return o.Decision == "" || o.Replied.Date == ""
		})
	})
	l.Tools = []fyne.CanvasObject{open, records.PrintButton(h, "opinions")}
	part := records.ListPart("opinions", "意见登记", l)
	part.Show = func(arg string) { l.Grid.SelectID(domain.ID(arg)) }
	return part
}

func revisions(h page.Host) records.Part {
	l := records.NewList(h, domain.KindRevision, records.Options{Name: "revision", Fixed: 1})
	l.Empty = lang.L("依据意见所作的修订记录在这里，随《公示意见登记表》导入。")
	return records.ListPart("revisions", "修订记录", l)
}

func notices(h page.Host) records.Part {
	l := records.NewList(h, domain.KindDisclosure, records.Options{Name: "disclosure"})
	l.Add = func(p *domain.Pilot) domain.Record {
		no := 1
		for _, d := range p.Disclosures.All() {
			no = max(no, d.No+1)
		}
		return &domain.Disclosure{Base: domain.Base{Code: string(rune('0' + no%10))}, No: no, Subject: lang.L("廉政风险点")}
	}
	l.Tools = []fyne.CanvasObject{records.PrintButton(h, "disclosure")}
	return records.ListPart("notices", "公示", l)
}
