package app

import (
	"fmt"
	"testing"

	"lianshao/domain"
)

func TestAfterWorkdays(t *testing.T) {
	for _, c := range []struct {
		from domain.Date
		n    int
		want domain.Date
	}{
		{"2026-08-31", 3, "2026-09-03"}, // Monday
		{"2026-08-28", 1, "2026-08-31"}, // over a weekend
		{"2026-09-30", 1, "2026-10-08"}, // over the national holiday
		{"2026-10-09", 1, "2026-10-10"}, // a Saturday worked in exchange
		{"2031-03-07", 5, "2031-03-14"}, // a year without published holidays
		{"2026-08-31", 0, ""},
		{"", 3, ""},
	} {
		if got := AfterWorkdays(nil, c.from, c.n); got != c.want {
			t.Errorf("%s + %d: %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

// The pilot's own holidays decide for the years that have some: the school's
// anniversary is free, and what was struck from the list is worked.
func TestEditedHolidaysCount(t *testing.T) {
	p := domain.NewPilot()
	n := 0
	ids := func() domain.ID { n++; return domain.ID(fmt.Sprint(n)) }
	cs, err := LoadHolidays(ids).Plan(p)
	if err != nil {
		t.Fatal(err)
	}
	p.Apply(cs)
	if p.Holidays.Len() < 90 {
		t.Fatalf("%d days loaded for three years", p.Holidays.Len())
	}
	for _, from := range []domain.Date{"2026-08-31", "2026-09-30", "2026-10-09", "2024-02-05"} {
		for days := range 12 {
			if a, b := AfterWorkdays(nil, from, days), AfterWorkdays(p, from, days); a != b {
				t.Errorf("%s + %d: %s loaded, %s built in", from, days, b, a)
			}
		}
	}
	again, _ := LoadHolidays(ids).Plan(p)
	if !again.Empty() {
		t.Errorf("loading twice changes %d records", len(again.Changes))
	}
	p.Holidays.Put(&domain.Holiday{Base: domain.Base{ID: "x"}, Date: "2026-09-01", Name: "校庆"})
	if got := AfterWorkdays(p, "2026-08-31", 3); got != "2026-09-04" {
		t.Errorf("over the anniversary: %s", got)
	}
	if got := CalendarOf(p).Between("2026-08-31", "2026-09-04"); got != 3 {
		t.Errorf("%d working days between", got)
	}
	if got := CalendarOf(p).Between("2026-09-04", "2026-08-31"); got != -3 {
		t.Errorf("%d working days back", got)
	}
}
