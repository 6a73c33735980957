package pilotfile

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lianshao/app"
	"lianshao/domain"
)

// sample1 copies the sample of format 1 and says what it holds.
func sample1(t *testing.T) (path string, content []byte, want *domain.Pilot) {
	t.Helper()
	content, err := os.ReadFile("testdata/format1.lianshao")
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "旧.lianshao")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("testdata/format1.json")
	if err != nil {
		t.Fatal(err)
	}
	var kinds map[domain.Kind][]json.RawMessage
	if err := json.Unmarshal(text, &kinds); err != nil {
		t.Fatal(err)
	}
	want = domain.NewPilot()
	for k, list := range kinds {
		for _, raw := range list {
			r, err := decodeRecord(k, []byte{0xa0}, newInterner())
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(raw, r); err != nil {
				t.Fatal(err)
			}
			want.Put(r)
		}
	}
	return path, content, want
}

// A file of format 1 opens with everything in it, is kept as it was, and is of the
// present format when it is closed.
func TestFormat1IsUpgraded(t *testing.T) {
	path, old, want := sample1(t)
	st := Stores{Data: t.TempDir()}
	if rep, err := Check(path, ""); err != nil || !rep.OK {
		t.Fatalf("check: %+v %v", rep, err)
	}
	s, err := st.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	equalPilots(t, want, got)
	before, err := s.Journal(0, 100)
	if err != nil || len(before) == 0 {
		t.Fatal(before, err)
	}
	if !s.(*Store).Saving().Upgraded {
		t.Error("the upgrade is not told")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	kept, _ := filepath.Glob(filepath.Join(st.Data, "backups", "before-upgrade", "*"+Extension))
	if len(kept) != 1 {
		t.Fatalf("kept: %v", kept)
	}
	if b, _ := os.ReadFile(kept[0]); !bytes.Equal(b, old) {
		t.Error("what was kept is not what there was")
	}
	again, err := st.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if again.(*Store).Saving().Upgraded || app.PilotID(again) != app.PilotID(s) {
		t.Error("upgraded twice")
	}
	got, err = again.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	equalPilots(t, want, got)
	after, err := again.Journal(0, 100)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Error(diff)
	}
	if rep, err := again.(*Store).VerifyChain(t.Context(), nil); err != nil || len(rep.Problems) > 0 {
		t.Error(rep, err)
	}
}

// Who may only read an old file reads it all the same, and it stays old.
func TestFormat1OpensReadOnly(t *testing.T) {
	path, old, want := sample1(t)
	s, err := Stores{Data: t.TempDir()}.View(path)
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	equalPilots(t, want, got)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if b, _ := os.ReadFile(path); !bytes.Equal(b, old) {
		t.Error("the file was changed")
	}
}

// A damaged file of format 1 is refused, or holds what it held.
func TestDamagedFormat1(t *testing.T) {
	_, old, want := sample1(t)
	path := filepath.Join(t.TempDir(), "坏.lianshao")
	refused := 0
	for page := 0; page < len(old)/pageSize; page++ {
		b := bytes.Clone(old)
		clear(b[page*pageSize : page*pageSize+512])
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Stores{}.View(path)
		if err != nil {
			refused++
			continue
		}
		if got, err := s.Load(nil); err != nil {
			refused++
		} else {
			equalPilots(t, want, got)
		}
		s.Close()
	}
	if refused == 0 {
		t.Error("no damage was noticed")
	}
}

func equalPilots(t *testing.T, want, got *domain.Pilot) {
	t.Helper()
	for i, table := range got.Tables() {
		if n := want.Tables()[i].Len(); n != table.Len() {
			t.Errorf("%s: %d records, want %d", table.Kind(), table.Len(), n)
		}
		table.Each(func(r domain.Record) bool {
			w, ok := want.Tables()[i].Record(r.RecordID())
			if diff := cmp.Diff(w, r); !ok || diff != "" {
				t.Errorf("%s %s: %s", table.Kind(), r.RecordID(), diff)
			}
			return true
		})
	}
}
