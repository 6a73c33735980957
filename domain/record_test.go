package domain

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCompareCodes(t *testing.T) {
	want := []string{"", "1", "2", "10", "JJ-2", "JJ-02a", "JJ-10", "JL1-03", "JL1-10", "JL10-1", "SB-01", "一", "一2", "一10"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortStableFunc(got, CompareCodes)
	if !slices.Equal(got, want) {
		t.Fatalf("got %q", got)
	}
}

// Sorting by keys is sorting by codes.
func TestSortKey(t *testing.T) {
	code := rapid.StringMatching(`[A-C一/ -]{0,2}[0-9]{0,12}[A-C一-]{0,2}[0-9]{0,3}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := code.Draw(t, "a"), code.Draw(t, "b")
		if got, want := strings.Compare(sortKey(a), sortKey(b)), CompareCodes(a, b); cmp.Compare(got, 0) != cmp.Compare(want, 0) {
			t.Fatalf("%q %q: keys %d, codes %d", a, b, got, want)
		}
	})
}

func BenchmarkSort100k(b *testing.B) {
	records := make([]*Unit, 100_000)
	for i := range records {
		n := (i * 7919) % len(records)
		records[i] = &Unit{Base: Base{ID: ID(itoa(n)), Code: "D" + itoa(n/200) + "-" + itoa(n%200)}}
	}
	for b.Loop() {
		sortRecords(slices.Clone(records))
	}
}

// Months of readings are read as people write them; a quarter is its last month.
func TestMonthsOfReadings(t *testing.T) {
	for text, want := range map[string]string{"2026-08": "2026-08", "2026.8": "2026-08", "２０２６／０８": "2026-08", "202608": "2026-08", "2026年8月": "2026-08", "8月": "2026-08",
		"2026Q3": "2026-09", "2026年3季度": "2026-09", "第四季度": "2026-12", "q1": "2026-03",
		"2026-13": "", "去年": "", "13月": "", "2026Q5": "", "": "", "26-08": ""} {
		if got, ok := ParseMonth(text, 2026); got != want || ok != (want != "") {
			t.Errorf("%q: %q %v, want %q", text, got, ok, want)
		}
	}
}

// A percentage kept as a fraction is typed as a percentage and comes back as typed.
func TestMonitorValues(t *testing.T) {
	fraction, whole := &Monitor{Measure: "%", Warn: 0.2, Alarm: 0.35}, &Monitor{Measure: "%", Warn: 5, Alarm: 10}
	for _, x := range []struct {
		m    *Monitor
		text string
		want float64
		back string
	}{{fraction, "31.2%", 0.312, "31.2%"}, {fraction, "31.2", 0.312, "31.2%"}, {fraction, "0.312", 0.312, "31.2%"}, {whole, "8.3%", 8.3, "8.3"}, {whole, "８．３", 8.3, "8.3"}} {
		if v, ok := x.m.Value(x.text); !ok || v != x.want || x.m.ValueText(v) != x.back {
			t.Errorf("%s: %g %v, back %s", x.text, v, ok, x.m.ValueText(v))
		}
	}
	for _, bad := range []string{"", "高", "NaN", "Inf", "1e300", "3%%"} {
		if v, ok := whole.Value(bad); ok {
			t.Errorf("%q was read as %g", bad, v)
		}
	}
}
