package pilotfile

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"lianshao/app"
	"lianshao/domain"
)

// A pilot whose program crashed before it was saved is offered at the next start,
// even when its file was deleted since; opening it brings everything back.
func TestLeftoverOfADeletedFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "试点.lianshao")
	st := Stores{Data: filepath.Join(dir, "data"), Idle: time.Hour, Latest: time.Hour}
	store, err := st.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	u := &domain.Unit{Base: domain.Base{ID: "1"}, Name: "基建处"}
	if err := store.Commit(app.Entry{ChangeSet: domain.ChangeSet{Changes: []domain.Change{{Kind: domain.KindUnit, ID: "1", After: u}}}}); err != nil {
		t.Fatal(err)
	}
	if left := st.Leftovers(); len(left) > 0 {
		t.Errorf("a pilot that is open is offered: %v", left)
	}
	s := store.(*Store) // a crash: nothing is saved, the locks are gone
	close(s.doc.stop)
	s.doc.ended.Wait()
	if err := s.closeFile(); err != nil {
		t.Fatal(err)
	}
	s.doc.lock.release()
	if left := st.Leftovers(); len(left) != 1 || left[0].Origin != path {
		t.Fatalf("leftovers %v", left)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	again, err := st.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if again.(*Store).Saving().Recovered != 1 {
		t.Errorf("%+v", again.(*Store).Saving())
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	last := viewT(t, path)
	defer last.Close()
	p, err := last.Load(nil)
	if err != nil || p.Units.Len() != 1 {
		t.Errorf("%v", err)
	}
	if left := st.Leftovers(); len(left) > 0 {
		t.Errorf("still offered: %v", left)
	}
}
