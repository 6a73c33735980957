package pilotfile

import (
	"fmt"
	"strings"
	"testing"

	"lianshao/domain"
)

// What an entry holds comes out again, however much it is: also where it is packed.
func TestChangesArePackedWhole(t *testing.T) {
	for _, n := range []int{0, 1, 23, 24, 2000} {
		var in []storedChange
		for i := range n {
			after, err := marshal(strings.Repeat(fmt.Sprint("内容", i), 20))
			if err != nil {
				t.Fatal(err)
			}
			in = append(in, storedChange{Kind: domain.KindRiskPoint, ID: domain.ID(fmt.Sprint("p", i)), After: after})
		}
		content, layout, err := packChanges(in)
		if err != nil {
			t.Fatal(err)
		}
		out, err := (&storedEntry{changes: content, layout: layout}).unpack()
		if err != nil || len(out) != n || n > 0 && string(out[n-1].After) != string(in[n-1].After) {
			t.Errorf("%d changes: %d came back, %v", n, len(out), err)
		}
	}
}
