package pilotfile

import (
	"os"
	"path/filepath"
	"testing"

	"lianshao/app"
	"lianshao/domain"
)

// A copy made while the pilot is open holds the same, and never replaces a file.
func TestCopyTo(t *testing.T) {
	dir := t.TempDir()
	store, err := Stores{}.Create(filepath.Join(dir, "a.lianshao"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	u := &domain.Unit{Base: domain.Base{ID: "1", Code: "基建处"}, Name: "基建处"}
	err = store.Commit(app.Entry{Action: app.ActionDo, ChangeSet: domain.ChangeSet{Changes: []domain.Change{{Kind: domain.KindUnit, ID: "1", After: u}}}})
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(dir, "b.lianshao")
	if err := store.(*Store).CopyTo(to); err != nil {
		t.Fatal(err)
	}
	second, err := Stores{}.Open(to)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	p, err := second.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := p.Units.Get("1"); !ok || got.Name != "基建处" {
		t.Fatalf("copy holds %v", got)
	}
	if err := store.(*Store).CopyTo(to); app.CodeOf(err) != app.CodeInvalid {
		t.Fatalf("copy over a file: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.part")); len(left) > 0 {
		t.Fatal("left behind", left)
	}
	if err := store.(*Store).CopyTo(filepath.Join(dir, "no", "c.lianshao")); err == nil {
		t.Fatal("copied into a folder that is not there")
	}
	if _, err := os.Stat(to); err != nil {
		t.Fatal(err)
	}
}
