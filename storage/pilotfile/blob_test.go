package pilotfile

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianshao/app"
	"lianshao/domain"
)

func TestBlobs(t *testing.T) {
	dir := t.TempDir()
	st, err := Stores{}.Create(filepath.Join(dir, "a.lianshao"))
	if err != nil {
		t.Fatal(err)
	}
	big := bytes.Repeat([]byte("附件"), 300_000)
	for _, content := range [][]byte{big, {}, big, []byte("另一个")} {
		name, err := st.PutBlob(content)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := st.Blob(name); err != nil || !bytes.Equal(got, content) {
			t.Fatalf("%d bytes back, %v", len(got), err)
		}
	}
	for _, name := range []string{"", "xyz", strings.Repeat("0", 64)} {
		if _, err := st.Blob(name); app.CodeOf(err) != app.CodeNotFound {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, err := st.PutBlob(make([]byte, app.MaxBlob+1)); app.CodeOf(err) != app.CodeInvalid {
		t.Errorf("too large: %v", err)
	}
	name, _ := st.PutBlob(big)
	copied, repaired := filepath.Join(dir, "b.lianshao"), filepath.Join(dir, "c.lianshao")
	if err := st.(app.Copier).CopyTo(copied); err != nil {
		t.Fatal(err)
	}
	st.Close()
	if _, err := Repair(copied, repaired, "", time.Unix(9, 0)); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{copied, repaired} {
		s := openT(t, path)
		if got, err := s.Blob(name); err != nil || !bytes.Equal(got, big) {
			t.Errorf("%s: %d bytes, %v", path, len(got), err)
		}
		s.Close()
	}
}

func TestChainHead(t *testing.T) {
	st, err := Stores{}.Create(filepath.Join(t.TempDir(), "a.lianshao"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	if h, err := st.ChainHead(); err != nil || h != (app.ChainHead{}) || h.String() != "" {
		t.Fatalf("%v %v", h, err)
	}
	seen := map[string]bool{}
	for i := range 3 {
		u := &domain.Unit{Base: domain.Base{ID: "1"}, Name: strings.Repeat("处", i+1)}
		if err := st.Commit(app.Entry{ChangeSet: domain.ChangeSet{Changes: []domain.Change{{Kind: domain.KindUnit, ID: "1", After: u}}}}); err != nil {
			t.Fatal(err)
		}
		h, err := st.ChainHead()
		if err != nil || h.Seq != uint64(i+1) || seen[h.Sum] || len(h.String()) < 20 {
			t.Fatalf("%v %v", h, err)
		}
		seen[h.Sum] = true
	}
}
