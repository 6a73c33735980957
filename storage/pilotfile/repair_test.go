package pilotfile

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"lianshao/app"
	"lianshao/domain"
)

// livelyFile makes a pilot that was worked on: records changed, deleted, undone and
// attachments added, so that its free pages are full of old versions.
func livelyFile(t testing.TB, seed uint64) (content []byte, want *domain.Pilot) {
	t.Helper()
	states, want := livelyFiles(t, seed, "")
	return states[len(states)-1], want
}

// livelyFiles is livelyFile at the end and some operations before; secret "" is none.
func livelyFiles(t testing.TB, seed uint64, secret string) (states [][]byte, want *domain.Pilot) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "试点.lianshao")
	st, err := Stores{}.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if secret != "" {
		if _, err := st.(*Store).SetPassword("", secret); err != nil {
			t.Fatal(err)
		}
	}
	take := func() {
		b, err := os.ReadFile(st.(*Store).path) // the working copy has more leftovers than what is saved
		if err != nil {
			t.Fatal(err)
		}
		states = append(states, b)
	}
	rng := rand.New(rand.NewPCG(seed, 7))
	want = domain.NewPilot()
	commit := func(changes ...domain.Change) {
		cs := domain.ChangeSet{Op: domain.Op{Name: "edit", Label: "修改"}, Changes: changes}
		if err := st.Commit(app.Entry{Time: time.Unix(1, 0), Actor: "张某", Action: app.ActionDo, ChangeSet: cs}); err != nil {
			t.Fatal(err)
		}
		want.Apply(cs)
	}
	var first []domain.Change
	for i := range 300 {
		u := &domain.Unit{Base: domain.Base{ID: domain.ID(fmt.Sprintf("u%d", i)), Code: fmt.Sprintf("处%d", i)}, Name: "某处"}
		first = append(first, domain.Change{Kind: domain.KindUnit, ID: u.ID, After: u})
	}
	commit(first...)
	for i := range 60 {
		if i == 30 || i == 50 || i >= 57 {
			take()
		}
		id := domain.ID(fmt.Sprintf("u%d", rng.IntN(300)))
		old, there := want.Units.Get(id)
		ch := domain.Change{Kind: domain.KindUnit, ID: id}
		if there {
			ch.Before = old
		}
		if there && i%4 == 0 {
			commit(ch)
			continue
		}
		ch.After = &domain.Unit{Base: domain.Base{ID: id, Code: "处"}, Name: fmt.Sprintf("第 %d 次", i)}
		commit(ch)
		if i%20 == 0 {
			if _, err := st.PutBlob(fmt.Appendf(nil, "附件 %d", i)); err != nil {
				t.Fatal(err)
			}
		}
	}
	take()
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	return states, want
}

// salvaged repairs what is given and compares it with what there was: how many
// records are missing or wrong, and how many of the wrong ones are not marked.
func salvaged(t testing.TB, content []byte, want *domain.Pilot) (saved, lost, unmarked int, err error) {
	t.Helper()
	return salvagedWith(t, content, "", want)
}

func salvagedWith(t testing.TB, content []byte, secret string, want *domain.Pilot) (saved, lost, unmarked int, err error) {
	t.Helper()
	dir := t.TempDir()
	broken, out := filepath.Join(dir, "坏.lianshao"), filepath.Join(dir, "新.lianshao")
	if err := os.WriteFile(broken, content, 0o600); err != nil {
		t.Fatal(err)
	}
	rep, err := Repair(broken, out, secret, time.Unix(9, 0))
	if err != nil {
		return 0, 0, 0, err
	}
	if after, _ := os.ReadFile(broken); !bytes.Equal(after, content) {
		t.Error("the damaged file was changed")
	}
	st, err := Stores{}.OpenWith(out, app.OpenOptions{Secret: secret, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	s := st.(*Store)
	defer s.Close()
	got, err := s.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	if chain, err := s.VerifyChain(t.Context(), nil); err != nil || len(chain.Problems) > 0 {
		t.Fatalf("the repaired journal: %v %v", chain.Problems, err)
	}
	marked := map[domain.ID]bool{}
	for _, d := range rep.Doubtful {
		marked[d.ID] = true
	}
	want.Units.Each(func(r domain.Record) bool {
		switch g, ok := got.Units.Get(r.RecordID()); {
		case !ok:
			lost++
		case domain.Equal(g, r):
			saved++
		case !marked[r.RecordID()] && !rep.Uncertain:
			unmarked++
		}
		return true
	})
	got.Units.Each(func(r domain.Record) bool {
		if _, ok := want.Units.Get(r.RecordID()); !ok && !marked[r.RecordID()] && !rep.Uncertain {
			unmarked++ // deleted, and back
		}
		return true
	})
	return saved, lost, unmarked, nil
}

// TestRepairNeverInvents: after any damage what is saved is right or marked.
func TestRepairNeverInvents(t *testing.T) {
	content, want := livelyFile(t, 2)
	rng := rand.New(rand.NewPCG(5, 6))
	repaired, all := 0, 0
	for i := range 60 {
		b := bytes.Clone(content)
		for range 1 + i%5 {
			page := rng.IntN(len(b)/pageSize) * pageSize
			clear(b[page : page+512<<(i%4)])
		}
		if i%7 == 0 {
			b = b[:rng.IntN(len(b)/2)+len(b)/2]
		}
		saved, _, unmarked, err := salvaged(t, b, want)
		if unmarked > 0 {
			t.Errorf("damage %d: %d wrong records are not marked", i, unmarked)
		}
		if err == nil {
			repaired++
			all += saved
		}
	}
	t.Logf("%d of 60 repaired, on average %d of %d records", repaired, all/max(repaired, 1), want.Units.Len())
	if repaired < 45 {
		t.Errorf("only %d of 60 could be repaired", repaired)
	}
}

// Without both heads no tree is left, but every page is.
func TestRepairWithoutHeads(t *testing.T) {
	content, want := livelyFile(t, 3)
	clear(content[:2*pageSize])
	saved, lost, unmarked, err := salvaged(t, content, want)
	if err != nil || saved != want.Units.Len() || lost > 0 || unmarked > 0 {
		t.Errorf("saved %d of %d, lost %d, unmarked %d, %v", saved, want.Units.Len(), lost, unmarked, err)
	}
}

// A record that is damaged comes back from the journal; one that is damaged there
// too is named as lost.
func TestRepairSavesTheRest(t *testing.T) {
	path, want := filledFile(t)
	s, err := openFile(path, path, "")
	if err != nil {
		t.Fatal(err)
	}
	key := s.keys.name(string(domain.KindUnit), "部门-1")
	s.closeFile()
	spoil := func(bucket string, key []byte) func(tx *bbolt.Tx) error {
		return func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte(bucket))
			v := bytes.Clone(b.Get(key))
			v[len(v)-1] ^= 1
			return b.Put(key, v)
		}
	}
	tamper(t, path, spoil(bucketRecords, key))
	rep, err := Check(path, "")
	if err != nil || rep.OK || len(rep.Bad) != 1 || rep.Bad[0].ID != "部门-1" || rep.Bad[0].Kind != domain.KindUnit {
		t.Fatalf("check: %+v %v", rep, err)
	}
	out := filepath.Join(t.TempDir(), "新.lianshao")
	rep, err = Repair(path, out, "", time.Unix(9, 0))
	if err != nil || !rep.OK {
		t.Fatalf("%+v %v", rep, err)
	}
	again := openT(t, out)
	got, err := again.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	equalPilots(t, want, got)
	if entries, err := again.Journal(0, 9); err != nil || len(entries) != 2 || entries[0].Op.Name != "repair" || entries[1].Actor != "张某" {
		t.Errorf("%v %v", entries, err)
	}
	again.Close()
	if _, err := Repair(path, out, "", time.Unix(9, 0)); app.CodeOf(err) != app.CodeInvalid {
		t.Errorf("overwrote: %v", err)
	}
}
