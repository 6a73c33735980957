package pilotfile

import (
	"encoding/binary"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"lianshao/app"
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
		body, err := packEntry(summary{Op: "import"}, in)
		if err != nil {
			t.Fatal(err)
		}
		top, used := binary.Uvarint(body)
		changes := body[used+int(top):]
		out, err := (&storedEntry{changes: changes[1:], layout: changes[0]}).unpack()
		if err != nil || len(out) != n || n > 0 && string(out[n-1].After) != string(in[n-1].After) {
			t.Errorf("%d changes: %d came back, %v", n, len(out), err)
		}
	}
}

// An entry that is sealed and chained but whose changes were written in part is
// named by a check: the seal alone says nothing about what is inside.
func TestCheckUnpacksEveryEntry(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.lianshao")
	err := buildFile(path, newSeed(), func(b *builder) error {
		body, err := packEntry(summary{Action: app.ActionDo, Label: "导入"}, []storedChange{{Kind: domain.KindUnit, ID: "1", After: []byte{0xa0}}})
		if err != nil {
			return err
		}
		return b.entry(body[:len(body)-2])
	})
	if err != nil {
		t.Fatal(err)
	}
	rep, err := Check(path, "")
	if err != nil || rep.OK || len(rep.Bad) != 1 || rep.Bad[0].Kind != kindJournal {
		t.Errorf("%+v %v", rep.Bad, err)
	}
}
