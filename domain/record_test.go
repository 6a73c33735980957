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
