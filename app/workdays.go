package app

import (
	"time"

	"github.com/6tail/lunar-go/HolidayUtil"

	"lianshao/domain"
)

// IsWorkday reports whether offices work on a day: the published holidays and
// make-up days where they are known (2001–2026), Monday to Friday elsewhere.
func IsWorkday(t time.Time) bool {
	if h := HolidayUtil.GetHolidayByYmd(t.Year(), int(t.Month()), t.Day()); h != nil {
		return h.IsWork()
	}
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday
}

// AfterWorkdays returns the day that is n working days after from; the day
// itself does not count. n = 0 gives no day: nothing is due.
func AfterWorkdays(from domain.Date, n int) domain.Date {
	t := from.Time()
	if n <= 0 || t.IsZero() {
		return ""
	}
	for n > 0 {
		t = t.AddDate(0, 0, 1)
		if IsWorkday(t) {
			n--
		}
	}
	return domain.Date(t.Format("2006-01-02"))
}
