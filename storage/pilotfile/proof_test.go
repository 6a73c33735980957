package pilotfile

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lianshao/app"
	"lianshao/domain"
)

// proofs makes the proofs of this package go through as many times as many cases:
// ./task soak does.
var proofs = flag.Int("proofs", 1, "how many times as many cases the proofs go through")

// The oracle: what the n-th operation of a worker does follows from n alone, so that
// any file can be compared with what must be in it.

func oracleChange(p *domain.Pilot, n uint64) domain.ChangeSet {
	id := domain.ID(fmt.Sprintf("u%02d", (n*n*7+n)%40))
	ch := domain.Change{Kind: domain.KindUnit, ID: id}
	old, there := p.Units.Get(id)
	if there {
		ch.Before = old
	}
	if !there || n%9 != 0 {
		ch.After = &domain.Unit{Base: domain.Base{ID: id, Code: string(id)}, Name: fmt.Sprintf("%s第 %d 次", canary, n)}
	}
	return domain.ChangeSet{Op: domain.Op{Name: "edit", Label: canary}, Changes: []domain.Change{ch}}
}

// canary is a name that no file of a locked pilot may show.
const canary = "金丝雀张某某"

// oracle is the pilot after n operations.
func oracle(n uint64) *domain.Pilot {
	p := domain.NewPilot()
	for i := uint64(1); i <= n; i++ {
		p.Apply(oracleChange(p, i))
	}
	return p
}

// agrees tells whether a store holds exactly what the oracle says for its number
// of operations, and which number that is.
func agrees(st app.PilotStore) (uint64, error) {
	p, err := st.Load(nil)
	if err != nil {
		return 0, err
	}
	n := st.(*Store).state.Seq
	if !p.Equal(oracle(n)) {
		return n, fmt.Errorf("after %d operations: wrong content", n)
	}
	return n, nil
}

// Environment of a worker: where it works, and with which password.
const (
	workerFile     = "LIANSHAO_TEST_FILE"
	workerData     = "LIANSHAO_TEST_DATA"
	workerPassword = "LIANSHAO_TEST_SECRET"
	workerSteps    = "LIANSHAO_TEST_STEPS"
)

// restless saves back after every short pause, so that a kill often meets a save.
func restless(data string) Stores {
	return Stores{Data: data, Idle: 3 * time.Millisecond, Latest: 15 * time.Millisecond}
}

// quiet saves only when asked.
func quiet(data string) Stores { return Stores{Data: data, Idle: time.Hour, Latest: time.Hour} }

// abandon leaves an open pilot as a crash does.
func abandon(s *Store) {
	close(s.doc.stop)
	s.doc.ended.Wait()
	_ = s.closeFile()
	s.doc.lock.release()
}

// work is a worker's life: it opens a pilot, compares it with the oracle, and goes
// on with the operations, acknowledging each on standard output as soon as Commit
// has returned, until it is killed or has done its steps.
func work() int {
	st, err := restless(os.Getenv(workerData)).OpenWith(os.Getenv(workerFile), app.OpenOptions{Secret: os.Getenv(workerPassword)})
	if err != nil {
		fmt.Printf("bad %v: %v\n", app.Sentence(err), app.Diagnosis(err))
		return 1
	}
	n, err := agrees(st)
	if err != nil {
		fmt.Printf("bad %v\n", err)
		return 1
	}
	fmt.Printf("open %d\n", n)
	steps := 0
	_, _ = fmt.Sscan(os.Getenv(workerSteps), &steps)
	p := oracle(n)
	for i := 0; steps == 0 || i < steps; i++ {
		n++
		cs := oracleChange(p, n)
		if bulkFrom = 10_000; n%7 == 0 {
			bulkFrom, bulkWorth = 1, 1<<30 // written as a large import is
		}
		if err := st.Commit(app.Entry{Time: time.Unix(int64(n), 0), Actor: canary, Action: app.ActionDo, ChangeSet: cs}); err != nil {
			fmt.Printf("bad %v\n", err)
			return 1
		}
		fmt.Printf("ack %d\n", n)
		p.Apply(cs)
		if n%5 == 0 {
			time.Sleep(4 * time.Millisecond) // time for a save
		}
	}
	if err := st.Close(); err != nil {
		fmt.Printf("bad %v\n", err)
		return 1
	}
	return 0
}

// newWorkplace makes an empty pilot for workers.
func newWorkplace(t testing.TB, secret string) (file, data string) {
	t.Helper()
	dir := t.TempDir()
	return newWorkplaceIn(t, dir, secret)
}

func newWorkplaceIn(t testing.TB, dir, secret string) (file, data string) {
	t.Helper()
	file, data = filepath.Join(dir, "试点.lianshao"), filepath.Join(dir, "data")
	st, err := Stores{Data: data}.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if secret != "" {
		if _, err := st.(*Store).SetPassword("", secret); err != nil {
			t.Fatal(err)
		}
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	return file, data
}

// memoryFolder is a folder on a disk of memory, where there is one: thousands of
// disks are written there.
func memoryFolder(t testing.TB) string {
	t.Helper()
	for _, parent := range []string{"/dev/shm", ""} {
		if dir, err := os.MkdirTemp(parent, "lianshao-test-"); err == nil {
			t.Cleanup(func() { _ = os.RemoveAll(dir) })
			return dir
		}
	}
	return t.TempDir()
}
