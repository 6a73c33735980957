package pilotfile

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
)

// ruin is a way for one page to be lost.
type ruin struct {
	name string
	do   func(page []byte, at int)
}

// TestRepairOfAnyPage ruins each page in turn, by zeros, by garbage and by what it held
// some operations before, of a pilot with and without a password: nearly everything is
// saved, and nothing old passes for the latest unmarked.
func TestRepairOfAnyPage(t *testing.T) {
	cheapPasswords(t)
	rng := rand.New(rand.NewPCG(1, 2))
	turn := 0
	for _, secret := range []string{"", "正确 马 电池 订书钉"} {
		states, want := livelyFiles(t, 1, secret)
		now := states[len(states)-1]
		ruins := []ruin{
			{"zeros", func(page []byte, _ int) { clear(page) }},
			{"garbage", func(page []byte, _ int) {
				for i := range page {
					page[i] = byte(rng.Uint32())
				}
			}},
		}
		for i, old := range states[:len(states)-1] {
			ruins = append(ruins, ruin{fmt.Sprintf("state %d", i), func(page []byte, at int) { copy(page, old[min(at, len(old)):]) }})
		}
		for _, r := range ruins {
			pages, worst := 0, 1.0
			for at := 0; at < len(now); at += pageSize {
				b := bytes.Clone(now)
				r.do(b[at:at+pageSize], at)
				if turn++; bytes.Equal(b, now) || *proofs == 1 && at > pageSize && turn%5 != 0 {
					continue
				}
				pages++
				saved, _, unmarked, err := salvagedWith(t, b, secret, want)
				if err != nil || unmarked > 0 {
					t.Errorf("page %d, %s, password %t: %d wrong records are not marked, %v", at/pageSize, r.name, secret != "", unmarked, err)
				}
				worst = min(worst, float64(saved)/float64(want.Units.Len()))
			}
			t.Logf("%s, password %t: %d pages, at worst %.2f%% of the records", r.name, secret != "", pages, 100*worst)
			if worst < 0.995 {
				t.Errorf("%s: at worst only %.2f%%", r.name, 100*worst)
			}
		}
	}
}
