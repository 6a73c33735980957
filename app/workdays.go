package app

import (
	"fmt"
	"strconv"
	"time"

	"github.com/6tail/lunar-go/HolidayUtil"

	"lianshao/domain"
)

// Years whose holidays the program knows from the published arrangements.
const (
	firstHolidays = 2024
	lastHolidays  = 2026
)

// Calendar tells working days. The pilot's own 节假日 decide for every year that
// has one of them; the published arrangements for the other years that the
// program knows; Monday to Friday for all other days.
type Calendar struct {
	days  map[domain.Date]bool // worked?
	years map[int]bool
}

// CalendarOf reads the pilot's holidays; p may be nil.
func CalendarOf(p *domain.Pilot) Calendar {
	c := Calendar{map[domain.Date]bool{}, map[int]bool{}}
	if p == nil {
		return c
	}
	for _, h := range p.Holidays.All() {
		c.days[h.Date] = h.Workday
		c.years[h.Date.Time().Year()] = true
	}
	return c
}

// IsWorkday reports whether offices work on a day.
func (c Calendar) IsWorkday(t time.Time) bool {
	if worked, known := c.days[domain.Date(t.Format(time.DateOnly))]; known {
		return worked
	}
	if !c.years[t.Year()] {
		if h := HolidayUtil.GetHolidayByYmd(t.Year(), int(t.Month()), t.Day()); h != nil {
			return h.IsWork()
		}
	}
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday
}

// After returns the day that is n working days after from; the day itself does
// not count. n = 0 gives no day: nothing is due.
func (c Calendar) After(from domain.Date, n int) domain.Date {
	t := from.Time()
	if n <= 0 || t.IsZero() {
		return ""
	}
	for n > 0 {
		t = t.AddDate(0, 0, 1)
		if c.IsWorkday(t) {
			n--
		}
	}
	return domain.Date(t.Format(time.DateOnly))
}

// Between counts the working days from one day to another; the first does not
// count, the last does. Negative when to lies before from.
func (c Calendar) Between(from, to domain.Date) int {
	a, b, sign := from.Time(), to.Time(), 1
	if a.IsZero() || b.IsZero() {
		return 0
	}
	if b.Before(a) {
		a, b, sign = b, a, -1
	}
	n := 0
	for a.Before(b) {
		a = a.AddDate(0, 0, 1)
		if c.IsWorkday(a) {
			n++
		}
	}
	return sign * n
}

// WorkdaysIn counts the working days from one day to another, both counted.
func (c Calendar) WorkdaysIn(from, to domain.Date) int {
	t := from.Time()
	if t.IsZero() || to < from {
		return 0
	}
	n := c.Between(from, to)
	if c.IsWorkday(t) {
		n++
	}
	return n
}

// AfterWorkdays is Calendar.After by the pilot's holidays.
func AfterWorkdays(p *domain.Pilot, from domain.Date, n int) domain.Date {
	return CalendarOf(p).After(from, n)
}

// LoadHolidays puts the published holidays and make-up days of the years that the
// program knows into the pilot, where they can be edited. What the pilot has on a
// day stays.
func LoadHolidays(newID IDs) Command {
	op := domain.Op{Name: "add", Label: fmt.Sprintf("载入%d—%d年节假日安排", firstHolidays, lastHolidays)}
	return Edit(op, func(d *domain.Pilot) error {
		for year := firstHolidays; year <= lastHolidays; year++ {
			list := HolidayUtil.GetHolidaysByYear(year)
			for e := list.Front(); e != nil; e = e.Next() {
				h := e.Value.(*HolidayUtil.Holiday)
				day, ok := domain.ParseDate(h.GetDay(), year)
				if _, have := d.Holidays.ByKey(string(day)); !ok || have || day.Time().Year() != year {
					continue
				}
				r := &domain.Holiday{Date: day, Name: h.GetName(), Workday: h.IsWork()}
				r.SetBase(newID(), "国务院办公厅公布的"+strconv.Itoa(year)+"年安排")
				d.Holidays.Put(r)
			}
		}
		return nil
	})
}
