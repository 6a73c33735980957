package pilotfile

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianshao/app"
	"lianshao/domain"
)

// saves is the proof of backups: a pilot is worked on by random operations and saved
// over weeks of an injected clock, which is once set back by ten years; passwords come
// and go, the file is moved. The oracle remembers what each save held.
type saves struct {
	t      *testing.T
	rnd    *rand.Rand
	stores Stores
	now    time.Time
	file   string
	secret string
	store  *Store
	p      *domain.Pilot
	states map[uint64]*domain.Pilot // by the number of the last operation
	log    []savedAt                // of this line of backups, the newest last
}

type savedAt struct {
	seq  uint64
	time time.Time
}

func newSaves(t *testing.T, seed uint64) *saves {
	dir := t.TempDir()
	s := &saves{t: t, rnd: rand.New(rand.NewPCG(seed, 1)), now: time.Date(2026, 9, 1, 8, 0, 0, 0, time.Local), file: filepath.Join(dir, "试点.lianshao"),
		p: domain.NewPilot(), states: map[uint64]*domain.Pilot{}}
	s.stores = Stores{Data: filepath.Join(dir, "data"), Idle: time.Hour, Latest: time.Hour, Now: func() time.Time { return s.now }}
	st, err := s.stores.Create(s.file)
	if err != nil {
		t.Fatal(err)
	}
	s.store = st.(*Store)
	return s
}

// operate does one random operation: records come, change and go, one or many at once.
func (s *saves) operate() {
	var cs domain.ChangeSet
	seen := map[domain.ID]bool{}
	for range 1 + s.rnd.IntN(6) {
		id := domain.ID(fmt.Sprintf("r%03d", s.rnd.IntN(120)))
		if seen[id] {
			continue
		}
		seen[id] = true
		ch := domain.Change{Kind: domain.KindRiskPoint, ID: id}
		old, there := s.p.RiskPoints.Get(id)
		if there {
			ch.Before = old
		}
		if !there || s.rnd.IntN(4) > 0 {
			ch.After = &domain.RiskPoint{Base: domain.Base{ID: id, Code: string(id)}, Name: fmt.Sprintf("虚签 %d", s.rnd.IntN(1e6)), Impact: 1 + s.rnd.IntN(5)}
		}
		cs.Changes = append(cs.Changes, ch)
	}
	if err := s.store.Commit(app.Entry{Time: s.now, Action: app.ActionDo, ChangeSet: cs}); err != nil {
		s.t.Fatal(err)
	}
	s.p.Apply(cs)
}

func (s *saves) save() {
	for range 1 + s.rnd.IntN(4) {
		s.operate()
	}
	s.written(s.store.Save())
}

// written remembers what a save held.
func (s *saves) written(err error) {
	s.t.Helper()
	if err = errors.Join(err, s.store.Saving().BackupErr); err != nil {
		s.t.Fatal(err)
	}
	seq := s.store.state.Seq
	s.states[seq] = snapshotOf(s.p)
	s.log = append(s.log, savedAt{seq, s.now})
}

func snapshotOf(p *domain.Pilot) *domain.Pilot {
	out := domain.NewPilot()
	for _, t := range p.Tables() {
		t.Each(func(r domain.Record) bool { out.Put(r.Clone()); return true })
	}
	return out
}

// reopen closes the pilot, sometimes moves the file, and opens it again.
func (s *saves) reopen() {
	if err := s.store.Close(); err != nil {
		s.t.Fatal(err)
	}
	if s.rnd.IntN(3) == 0 {
		to := filepath.Join(filepath.Dir(s.file), fmt.Sprintf("试点%d.lianshao", s.rnd.IntN(1e9)))
		if err := os.Rename(s.file, to); err != nil {
			s.t.Fatal(err)
		}
		s.file = to
	}
	st, err := s.stores.OpenWith(s.file, app.OpenOptions{Secret: s.secret})
	if err != nil {
		s.t.Fatal(err)
	}
	s.store = st.(*Store)
}

// expected works out by itself which saves are to be there: the last ten, the last of
// each of the last seven days and of the last four weeks that have any.
func (s *saves) expected(from int) []uint64 {
	var out []uint64
	var days, weeks []string
	for i := len(s.log) - 1; i >= from; i-- {
		e := s.log[i]
		y, w := e.time.ISOWeek()
		day, week := e.time.Format("2006-01-02"), fmt.Sprint(y, "-", w)
		newDay, newWeek := !slices.Contains(days, day), !slices.Contains(weeks, week)
		if newDay {
			days = append(days, day)
		}
		if newWeek {
			weeks = append(weeks, week)
		}
		if len(s.log)-i <= 10 || newDay && len(days) <= 7 || newWeek && len(weeks) <= 4 {
			out = append(out, e.seq)
		}
	}
	return out
}

// check compares the backups with the rule, restores every one of them into a new
// file, opens that as a person does and compares it with the oracle.
func (s *saves) check(from int) (restored int) {
	list, err := s.stores.Backups(s.store.PilotID())
	if err != nil {
		s.t.Fatal(err)
	}
	var there []uint64
	for _, b := range list {
		there = append(there, b.Seq)
		if b.Verified.IsZero() || b.Bad || b.Why == 0 || b.Size == 0 {
			s.t.Errorf("%+v", b)
		}
	}
	if want := s.expected(from); !slices.Equal(there, want) {
		s.t.Errorf("backups of %v, not of %v", there, want)
	}
	for _, b := range list {
		to := filepath.Join(s.t.TempDir(), "恢复.lianshao")
		if err := s.stores.RestoreBackup(b.Path, to); err != nil {
			s.t.Fatal(err)
		}
		st, err := s.stores.OpenWith(to, app.OpenOptions{Secret: s.secret, ReadOnly: *proofs == 1})
		if err != nil {
			s.t.Fatal(b, err)
		}
		p, err := st.Load(nil)
		if err != nil || !p.Equal(s.states[b.Seq]) || st.(*Store).state.Seq != b.Seq {
			s.t.Errorf("the backup of operation %d is not what was saved: %v", b.Seq, err)
		}
		if rep, err := st.(*Store).VerifyChain(context.Background(), nil); err != nil || len(rep.Problems) > 0 {
			s.t.Errorf("its journal: %+v, %v", rep, err)
		}
		if err := st.Close(); err != nil {
			s.t.Error(err)
		}
		restored++
	}
	return restored
}

// TestEveryBackupRestores: 100 % of the backups that exist come back as they were.
func TestEveryBackupRestores(t *testing.T) {
	rounds := 30 * *proofs
	s := newSaves(t, uint64(rounds))
	first, restored := 0, 0
	for i := range rounds {
		switch {
		case i == rounds/2:
			s.now = s.now.AddDate(-10, 0, 3)
		case i == rounds*3/4:
			s.now = s.now.AddDate(10, 0, 0)
		}
		s.now = s.now.Add(time.Duration(1+s.rnd.IntN(30*3600)) * time.Second)
		s.save()
		if s.rnd.IntN(4) == 0 {
			s.reopen()
		}
		if i == rounds*5/6 { // a password comes: what was readable without it goes
			s.secret = "基建处的一句好记的话"
			if _, err := s.store.SetPassword("", s.secret); err != nil {
				t.Fatal(err)
			}
			s.written(s.store.Save())
			first = len(s.log) - 1
		}
		if i%13 == 12 || i == rounds-1 {
			restored += s.check(first)
		}
	}
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d saves over %d operations, %d backups restored and compared", len(s.log), s.store.state.Seq, restored)
}

// A backup that was damaged later is found by reading it again, and is not opened.
func TestDamagedBackupIsFound(t *testing.T) {
	s := newSaves(t, 1)
	defer s.store.Close()
	s.save()
	list, err := s.stores.Backups(s.store.PilotID())
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	s.now = s.now.AddDate(0, 0, 3)
	good, err := s.stores.VerifyBackup(list[0], "", nil)
	if err != nil || good.Bad || !good.Verified.Equal(s.now) {
		t.Errorf("%+v, %v", good, err)
	}
	content, err := os.ReadFile(good.Path)
	if err != nil {
		t.Fatal(err)
	}
	content[len(content)-5000] ^= 1
	if err := os.WriteFile(good.Path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.stores.VerifyBackup(good, "", nil); app.CodeOf(err) != app.CodeDamaged {
		t.Errorf("verified: %v", err)
	}
	if list, err = s.stores.Backups(s.store.PilotID()); err != nil || !list[0].Bad {
		t.Errorf("%+v, %v", list, err)
	}
}

// A backup from before there were notes is verified with the key of the open pilot.
func TestBackupWithoutNote(t *testing.T) {
	s := newSaves(t, 2)
	defer s.store.Close()
	s.save()
	list, _ := s.stores.Backups(s.store.PilotID())
	old := filepath.Join(filepath.Dir(list[0].Path), s.now.Format(stampLayout)+Extension)
	if err := errors.Join(os.Rename(list[0].Path, old), os.Remove(notePath(list[0].Path))); err != nil {
		t.Fatal(err)
	}
	list, err := s.stores.Backups(s.store.PilotID())
	if err != nil || len(list) != 1 || !list[0].Verified.IsZero() || list[0].Why == 0 {
		t.Fatal(list, err)
	}
	b, err := s.stores.VerifyBackup(list[0], "", s.store)
	if err != nil || b.Verified.IsZero() || b.Bad {
		t.Errorf("%+v, %v", b, err)
	}
}

// Trying things in a copy of a pilot does not push out the backups of the file it
// was copied from, and the backups of a file that is gone are found by its path.
func TestCopiesKeepTheirOwnBackups(t *testing.T) {
	s := newSaves(t, 3)
	s.save()
	mine := s.log[0].seq
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(s.file)
	if err != nil {
		t.Fatal(err)
	}
	original := s.file
	s.file = filepath.Join(filepath.Dir(s.file), "试一试.lianshao")
	if err := os.WriteFile(s.file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	st, err := s.stores.Open(s.file)
	if err != nil {
		t.Fatal(err)
	}
	s.store = st.(*Store)
	defer s.store.Close()
	for range 30 {
		s.now = s.now.Add(26 * time.Hour)
		s.save()
	}
	if err := os.Remove(original); err != nil {
		t.Fatal(err)
	}
	list, err := s.stores.BackupsFor(original)
	if err != nil || !slices.ContainsFunc(list, func(b app.Backup) bool { return b.Origin == original && b.Seq == mine }) {
		t.Errorf("%+v, %v", list, err)
	}
	if all, err := s.stores.AllBackups(); err != nil || len(all) != len(list) {
		t.Errorf("%d of %d, %v", len(list), len(all), err)
	}
}

// A folder that cannot be written is told with its name, and the save stands.
func TestBackupFolderCannotBeWritten(t *testing.T) {
	s := newSaves(t, 4)
	defer s.store.Close()
	folder := s.stores.backupFolder(s.store.PilotID())
	err := errors.Join(os.MkdirAll(filepath.Dir(folder), 0o700), os.WriteFile(folder, nil, 0o600)) // a file in its place
	if err != nil {
		t.Fatal(err)
	}
	s.operate()
	if err := s.store.Save(); err != nil {
		t.Fatal(err)
	}
	if err := s.store.Saving().BackupErr; err == nil || !strings.Contains(app.Sentence(err), folder) {
		t.Errorf("%v", err)
	}
}
