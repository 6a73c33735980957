package pilotfile

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"lianshao/app"
)

// role is what this test program is to do when a test starts it as a child.
const role = "LIANSHAO_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(role) {
	case "":
		os.Exit(m.Run())
	case "verify":
		os.Exit(VerifyAsChild(os.Args[len(os.Args)-1], os.Stdin, os.Stdout))
	case "greedy":
		go watchMemory()
		var hold [][]byte
		for range 1 << 10 {
			b := make([]byte, 16<<20)
			for i := range b {
				b[i] = 1
			}
			hold = append(hold, b)
		}
		runtime.KeepAlive(hold)
	case "worker":
		os.Exit(work())
	case "act":
		os.Exit(actOut())
	case "hazard":
		os.Exit(hazard())
	case "fault":
		panic("the reader has a fault")
	}
	os.Exit(0)
}

func childStores(t *testing.T, as string) Stores {
	t.Setenv(role, as)
	return Stores{Verify: VerifyInChild(os.Args[0])}
}

func TestAFileIsReadInAChildFirst(t *testing.T) {
	path, want := filledFile(t)
	s, err := childStores(t, "verify").Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got, err := s.Load(nil); err != nil || !got.Equal(want) {
		t.Errorf("%v", err)
	}
}

func TestTheChildsVerdicts(t *testing.T) {
	whole, _ := filledFile(t)
	content, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	file := func(change func(tx *bbolt.Tx) error) string {
		path := filepath.Join(t.TempDir(), "坏.lianshao")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		tamper(t, path, change)
		return path
	}
	spoil := func(bucket string) func(tx *bbolt.Tx) error {
		return func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte(bucket))
			k, v := b.Cursor().First()
			v = bytes.Clone(v)
			v[len(v)-1] ^= 1
			return b.Put(k, v)
		}
	}
	st := childStores(t, "verify")
	for _, c := range []struct{ bucket, says string }{{bucketRecords, "中有 1 处损坏"}, {bucketJournal, "已损坏"}} {
		path := file(spoil(c.bucket))
		s, err := st.Open(path)
		if err == nil {
			_, err = s.Load(nil)
			s.Close()
		}
		if app.CodeOf(err) != app.CodeDamaged || !bytes.Contains([]byte(app.Sentence(err)), []byte(c.says)) {
			t.Errorf("%s: %v", c.bucket, err)
		}
	}
}

func TestAChildThatEndsBadlyIsDamage(t *testing.T) {
	path, _ := filledFile(t)
	for _, as := range []string{"greedy", "fault", "silent"} {
		start := time.Now()
		_, err := childStores(t, as).Open(path)
		if app.CodeOf(err) != app.CodeDamaged || !errors.As(err, &childError{}) {
			t.Errorf("%s: %v", as, err)
		}
		if d := time.Since(start); d > 2*childTime {
			t.Errorf("%s took %v", as, d)
		}
	}
}

func TestWithoutASecondProcessTheFileIsReadHere(t *testing.T) {
	path, _ := filledFile(t)
	s, err := Stores{Verify: VerifyInChild(filepath.Join(t.TempDir(), "no program"))}.Open(path)
	if err != nil {
		t.Fatal(fmt.Errorf("%w", err))
	}
	s.Close()
}
