// Package inspection is the page 检查考核.
package inspection

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
)

// New builds the page.
func New(h page.Host) page.Page { return records.NewTabs(checks(h), scores(h)) }

func checks(h page.Host) records.Part {
	l := records.NewList(h, domain.KindInspection, records.Options{Name: "inspection", Fixed: 1})
	l.Empty = lang.L("措施落实情况的检查记录在这里，可以从《防范措施落实检查表》导入。")
	results := []string{lang.L("全部"), domain.ResultDone, domain.ResultPartly, domain.ResultNot}
	filter := widget.NewSelect(results, func(s string) {
		if s == results[0] {
			l.SetKeep(nil)
			return
		}
		l.SetKeep(func(r domain.Record) bool { return r.(*domain.Inspection).Result == s })
	})
	filter.Selected = results[0]
	l.Tools = []fyne.CanvasObject{filter, records.PrintButton(h, "inspection")}
	part := records.ListPart("inspections", "落实检查", l)
	part.Show = func(arg string) {
		for _, i := range h.Session().Pilot.Inspections.By(domain.ByMeasure, domain.ID(arg)) {
			l.Grid.SelectID(i.ID)
		}
	}
	return part
}

func scores(h page.Host) records.Part {
	l := records.NewList(h, domain.KindAppraisal, records.Options{Name: "appraisal"})
	l.Empty = lang.L("检查考核评分在这里，可以从《检查考核评分表》导入。")
	l.Tools = []fyne.CanvasObject{records.PrintButton(h, "appraisal")}
	return records.ListPart("appraisals", "考核评分", l)
}
