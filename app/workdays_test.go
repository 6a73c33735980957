package app

import (
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
		if got := AfterWorkdays(c.from, c.n); got != c.want {
			t.Errorf("%s + %d: %s, want %s", c.from, c.n, got, c.want)
		}
	}
}
