package pilotfile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianshao/app"
)

// TestTheFileIsDeletedWhileOpen: what was done comes back as a file.
func TestTheFileIsDeletedWhileOpen(t *testing.T) {
	file, data := newWorkplace(t, "")
	st, err := Stores{Data: data, Idle: time.Hour}.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	commits(t, st, 0, 4)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	originIs(t, "after closing", file, 4)
}

func commits(t *testing.T, st app.PilotStore, from, to uint64) {
	t.Helper()
	p := oracle(from)
	for n := from + 1; n <= to; n++ {
		cs := oracleChange(p, n)
		if err := st.Commit(app.Entry{Action: app.ActionDo, ChangeSet: cs}); err != nil {
			t.Fatal(err)
		}
		p.Apply(cs)
	}
}

// TestTheFileIsChangedWhileOpen: both stay.
func TestTheFileIsChangedWhileOpen(t *testing.T) {
	file, data := newWorkplace(t, "")
	st, err := Stores{Data: data, Idle: time.Hour}.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	commits(t, st, 0, 4)
	theirs, _ := filledFile(t)
	content, err := os.ReadFile(theirs)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	if after, _ := os.ReadFile(file); string(after) != string(content) {
		t.Error("the other's file was overwritten")
	}
	if st.(*Store).Saving().Conflict != file || st.Path() == file {
		t.Errorf("%+v, %s", st.(*Store).Saving(), st.Path())
	}
	originIs(t, "its own file", st.Path(), 4)
}

// TestTheClockIsSetBack: ten years earlier, order follows the numbers.
func TestTheClockIsSetBack(t *testing.T) {
	file, data := newWorkplace(t, "")
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	st := Stores{Data: data, Idle: time.Hour, Now: func() time.Time { return now }}
	for from := uint64(0); from < 9; from += 3 {
		s, err := st.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := agrees(s); err != nil || n != from {
			t.Fatalf("%d of %d, %v", n, from, err)
		}
		commits(t, s, from, from+3)
		entries, err := s.Journal(0, 1)
		if err != nil || entries[0].Seq != from+3 {
			t.Errorf("%v, %v", entries, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		now = now.AddDate(-10, 0, 0)
	}
	originIs(t, "at last", file, 9)
}

// TestALongChineseName: eighty characters are as long as a file system takes.
func TestALongChineseName(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, strings.Repeat("廉", 80)+Extension)
	stores := Stores{Data: filepath.Join(dir, "data"), Idle: time.Hour}
	st, err := stores.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	commits(t, st, 0, 3)
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	originIs(t, "long name", file, 3)
	long := filepath.Join(dir, strings.Repeat("廉", 90)+Extension)
	if _, err := stores.Create(long); app.CodeOf(err) != app.CodeInvalid || !strings.Contains(app.Sentence(err), "80 个字") {
		t.Errorf("ninety characters: %v", err)
	}
}
