package pilotfile

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"lianshao/app"
	"lianshao/domain"
)

// pieces makes every commit one in pieces, of about so many bytes, until the test ends.
func pieces(t *testing.T, bytes int) {
	t.Helper()
	from, worth, piece := bulkFrom, bulkWorth, bulkPiece
	bulkFrom, bulkWorth, bulkPiece = 1, 1<<40, bytes
	t.Cleanup(func() { bulkFrom, bulkWorth, bulkPiece = from, worth, piece })
}

// manyChanges is an entry with everything a commit may hold: new, changed and
// deleted records, ratings, one record changed twice.
func manyChanges(p *domain.Pilot, rng *rand.Rand, n int) app.Entry {
	d := p.Draft()
	for i := range n {
		id := domain.ID(fmt.Sprintf("r%04d", rng.IntN(3*n)))
		switch i % 3 {
		case 0:
			d.Put(&domain.RiskPoint{Base: domain.Base{ID: id, Code: string(id)}, Name: fmt.Sprint("风险点", rng.IntN(9)), Causes: "制度不细"})
		case 1:
			d.Put(&domain.Rating{Base: domain.Base{ID: "q" + id}, Subject: domain.To(id), Rows: []domain.RatingRow{{Assessor: "甲", Marks: []domain.Mark{1, 2, 5}}, {Assessor: "乙", Marks: []domain.Mark{3, 4, 5}}}})
		default:
			d.RiskPoints.Delete(id)
		}
	}
	cs := d.Changes(domain.Op{Name: "import", Label: "导入"})
	twice := &domain.Unit{Base: domain.Base{ID: "u", Code: "u"}, Name: "一"}
	then := &domain.Unit{Base: domain.Base{ID: "u", Code: "u"}, Name: fmt.Sprint("二", n)}
	old, _ := p.Get(domain.KindUnit, "u")
	cs.Changes = append(cs.Changes, domain.Change{Kind: domain.KindUnit, ID: "u", Before: old, After: twice}, domain.Change{Kind: domain.KindUnit, ID: "u", Before: twice, After: then})
	return app.Entry{Time: time.Unix(int64(n), 0), Actor: "某", Action: app.ActionDo, ChangeSet: cs}
}

// What is committed in pieces is what one transaction would have written: the same
// records, the same journal to the bit.
func TestInPiecesIsTheSame(t *testing.T) {
	dir := t.TempDir()
	var files [2]string
	for i := range files {
		files[i] = filepath.Join(dir, fmt.Sprint(i, Extension))
	}
	s := openNew(t, files[0])
	if err := s.Commit(app.Entry{Time: time.Unix(1, 0), Actor: "某", Action: app.ActionDo, ChangeSet: oracleChange(domain.NewPilot(), 1)}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(files[0])
	if err == nil {
		err = os.WriteFile(files[1], content, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	var chains [2][]byte
	var pilots [2]*domain.Pilot
	for i, path := range files {
		if i == 1 {
			pieces(t, 10_000)
		}
		s := openT(t, path)
		rng := rand.New(rand.NewPCG(7, 7))
		for _, n := range []int{2000, 2500, 2200} {
			p, err := s.Load(nil)
			if err == nil {
				err = s.Commit(manyChanges(p, rng, n))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if rep, err := Check(path, ""); err != nil || !rep.OK {
			t.Errorf("file %d: %+v %v", i, rep, err)
		}
		s = viewT(t, path)
		chains[i] = s.state.Chain
		if pilots[i], err = s.Load(nil); err != nil {
			t.Fatal(err)
		}
		s.Close()
	}
	if !pilots[0].Equal(pilots[1]) || pilots[0].RiskPoints.Len() < 300 || pilots[0].Ratings.Len() < 300 {
		t.Error("other records", pilots[0].RiskPoints.Len(), pilots[1].RiskPoints.Len())
	}
	if !bytes.Equal(chains[0], chains[1]) {
		t.Error("another journal")
	}
}

func openNew(t *testing.T, path string) *Store {
	t.Helper()
	st, err := Stores{}.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	return st.(*Store)
}

// Where no open file can be renamed, as on Windows, both are closed before.
func TestTakesThePlaceOfAClosedFile(t *testing.T) {
	for _, there := range []bool{true, false} {
		s := openNew(t, filepath.Join(t.TempDir(), "a"+Extension))
		temp := filepath.Join(filepath.Dir(s.path), tempName())
		now := s.state.copy()
		now.Seq++
		next, err := s.writeBulk(temp, manyChanges(domain.NewPilot(), rand.New(rand.NewPCG(1, 1)), 300), &now)
		if err != nil {
			t.Fatal(err)
		}
		if !there {
			if err := os.Remove(temp); err != nil {
				t.Fatal(err)
			}
		}
		err = s.takePlace(next, temp, false)
		if there {
			s.state = now
		}
		if there != (err == nil) || s.broken != nil {
			t.Fatal(there, err, s.broken)
		}
		p, err := s.Load(nil)
		if err != nil || there != (p.RiskPoints.Len() > 0) {
			t.Error(there, p, err)
		}
		if err := s.Commit(manyChanges(p, rand.New(rand.NewPCG(2, 2)), 30)); err != nil {
			t.Error(there, err)
		}
		if err := s.Close(); err != nil {
			t.Error(there, err)
		}
	}
}

// What cannot be stored, and a disk that refuses any call, leave everything as it
// was, and the next commit succeeds; unless the new file is there already and only
// its name is not certain, which closing and opening tells.
func TestInPiecesOrNotAtAll(t *testing.T) {
	pieces(t, 10_000)
	dir := t.TempDir()
	disk := &faultyDisk{}
	st, err := Stores{Data: filepath.Join(dir, "data"), Idle: time.Hour, disk: disk}.Create(filepath.Join(dir, "a"+Extension))
	if err != nil {
		t.Fatal(err)
	}
	s := st.(*Store)
	p := domain.NewPilot()
	commit := func(e app.Entry) error {
		err := s.Commit(e)
		if err == nil {
			p.Apply(e.ChangeSet)
		}
		return err
	}
	unchanged := func(what string) {
		t.Helper()
		got, err := s.Load(nil)
		if err != nil || !got.Equal(p) || s.broken != nil {
			t.Fatal(what, err, s.broken)
		}
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(s.path), tempPrefix+"*")); len(left) > 0 {
			t.Error(what, "left", left)
		}
	}
	rng := rand.New(rand.NewPCG(3, 3))
	bad := manyChanges(p, rng, 600)
	bad.Changes[300].Kind = "unheard of"
	if err := commit(bad); app.CodeOf(err) != app.CodeInvalid {
		t.Error(err)
	}
	unchanged("not storable")
	faults := 0
	for at := 1; ; at++ {
		*disk = faultyDisk{at: at, err: syscall.EIO}
		err := commit(manyChanges(p, rng, 40+at))
		if !disk.hit {
			break
		}
		faults++
		if s.broken != nil {
			break // the last call: the name
		}
		if app.CodeOf(err) != app.CodeIO {
			t.Fatal(at, err)
		}
		unchanged(fmt.Sprint("fault ", at))
	}
	if faults < 4 {
		t.Errorf("%d faults were tried", faults)
	}
	*disk = faultyDisk{}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
