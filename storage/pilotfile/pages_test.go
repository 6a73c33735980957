package pilotfile

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"lianshao/app"
	"lianshao/domain"
)

// branches gives the offsets of a file's branch pages.
func branches(content []byte) (out []int) {
	for at := 2 * pageSize; at+pageSize <= len(content); at += pageSize {
		if binary.LittleEndian.Uint16(content[at+8:]) == flagBranch && binary.LittleEndian.Uint64(content[at:]) == uint64(at/pageSize) {
			out = append(out, at)
		}
	}
	return out
}

// A branch page that leads to itself, or out of the file, is refused; bbolt alone would
// follow the first until the memory is gone.
func TestCircularPagesAreRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "试点.lianshao")
	st, err := Stores{}.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	cs := domain.ChangeSet{Op: domain.Op{Name: "import", Label: "导入"}}
	for i := range 2000 {
		u := &domain.Unit{Base: domain.Base{ID: domain.ID(fmt.Sprintf("u%04d", i))}, Name: fmt.Sprintf("第%d部门", i)}
		cs.Changes = append(cs.Changes, domain.Change{Kind: domain.KindUnit, ID: u.ID, After: u})
	}
	if err := st.Commit(app.Entry{Actor: "张某", Action: app.ActionDo, ChangeSet: cs}); err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	pages := branches(whole)
	if len(pages) == 0 {
		t.Fatal("2000 records fit one page")
	}
	for _, to := range []func(page int) uint64{
		func(page int) uint64 { return uint64(page / pageSize) },
		func(int) uint64 { return uint64(len(whole)) },
	} {
		bad := append([]byte(nil), whole...)
		for _, page := range pages {
			binary.LittleEndian.PutUint64(bad[page+pageHeader+8:], to(page))
		}
		file := filepath.Join(t.TempDir(), "坏.lianshao")
		if err := os.WriteFile(file, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := (Stores{}).Open(file); app.CodeOf(err) != app.CodeDamaged {
			t.Errorf("opened: %v", err)
		}
	}
}
