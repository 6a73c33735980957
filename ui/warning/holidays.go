package warning

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// holidays is the tab of days off and make-up days that deadlines are counted by.
func holidays(h page.Host) records.Part {
	l := records.NewList(h, domain.KindHoliday, records.Options{Name: "holiday"})
	load := func() {
		if err := h.Do(app.LoadHolidays(h.Session().NewID)); err != nil {
			h.Report(err)
		}
	}
	l.Empty = lang.L("回告、整改期限按工作日算。不登记时用程序自带的2024—2026年安排；载入后可以改，也可以加本校的放假日。")
	l.EmptyButton, l.EmptyAct = lang.L("载入2024—2026年安排"), load
	l.Add = func(p *domain.Pilot) domain.Record {
		day := domain.Date(h.Session().Clock().Format("2006-01-02"))
		for {
			if _, taken := p.Holidays.ByKey(string(day)); !taken {
				return &domain.Holiday{Date: day, Name: lang.L("放假")}
			}
			day = domain.Date(day.Time().AddDate(0, 0, 1).Format("2006-01-02"))
		}
	}
	l.Tools = []fyne.CanvasObject{widgets.NewButton(lang.L("载入2024—2026年安排"), load)}
	return records.ListPart("holidays", "节假日", l)
}
