package pilotfile

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianshao/app"
)

// A program under strace, which lets one of its calls to the system fail: whichever
// it is, and whatever the program was doing, the old or the new is there afterwards.

const (
	oldSecret  = "正确 马 电池 订书钉"
	nextSecret = "另一句 好记的 话 二〇二六"
)

// act is something a pilot goes through.
type act struct {
	name    string
	secret  string                  // of the pilot before
	prepare func(w workbench)       // what is on the disk before
	run     func(w workbench) error // in the child; it says "ack" for what was acknowledged
	steps   uint64                  // operations it adds at most
	old     bool                    // it begins with a file of format 1
}

// workbench is a pilot file and the program's own folder.
type workbench struct{ dir, file, data string }

func benchAt(dir string) workbench {
	return workbench{dir, filepath.Join(dir, "试点"+Extension), filepath.Join(dir, "data")}
}

const (
	actName  = "LIANSHAO_TEST_ACT"
	actSteps = 6 // operations that a pilot has before
)

var acts = []act{
	{name: "commits and closing", run: func(w workbench) error {
		return w.with("", func(s *Store) error { return w.commit(s, 5) })
	}, steps: 5},
	{name: "taking up", prepare: leaveBehind, run: func(w workbench) error {
		return w.with("", func(s *Store) error { return w.commit(s, 1) })
	}, steps: 3},
	{name: "first password", run: func(w workbench) error {
		return w.with("", func(s *Store) error { _, err := s.SetPassword("", nextSecret); return err })
	}},
	{name: "another password", secret: oldSecret, run: func(w workbench) error {
		return w.with(oldSecret, func(s *Store) error { _, err := s.SetPassword(oldSecret, nextSecret); return err })
	}},
	{name: "password away", secret: oldSecret, run: func(w workbench) error {
		return w.with(oldSecret, func(s *Store) error { return s.RemovePassword(oldSecret) })
	}},
	{name: "backup and restore", run: func(w workbench) error {
		made := filepath.Join(w.dir, "备份"+Extension)
		err := w.with("", func(s *Store) error { return s.CopyTo(made) })
		return errors.Join(err, Stores{Data: w.data}.RestoreBackup(made, filepath.Join(w.dir, "恢复"+Extension)))
	}},
	{name: "upgrade", old: true, run: func(w workbench) error { return w.with("", func(*Store) error { return nil }) }},
	{name: "compacting", run: func(w workbench) error {
		return w.with("", func(s *Store) error { return s.Compact() })
	}},
}

// with opens the pilot, does something and closes it.
func (w workbench) with(secret string, do func(s *Store) error) error {
	st, err := quiet(w.data).OpenWith(w.file, app.OpenOptions{Secret: secret})
	if err != nil {
		return err
	}
	return errors.Join(do(st.(*Store)), st.Close())
}

// commit does some operations more, having compared the pilot with the oracle.
func (w workbench) commit(s *Store, more uint64) error {
	from, err := agrees(s)
	if err != nil {
		return err
	}
	p := oracle(from)
	for n := from + 1; n <= from+more; n++ {
		cs := oracleChange(p, n)
		if err := s.Commit(app.Entry{Time: time.Unix(1, 0), Action: app.ActionDo, ChangeSet: cs}); err != nil {
			return err
		}
		if os.Getenv(actName) != "" {
			fmt.Printf("ack %d\n", n)
		}
		p.Apply(cs)
	}
	return nil
}

// leaveBehind makes a working copy with two operations that the file lacks.
func leaveBehind(w workbench) {
	st, err := quiet(w.data).Open(w.file)
	if err != nil {
		panic(err)
	}
	s := st.(*Store)
	if err := w.commit(s, 2); err != nil {
		panic(err)
	}
	abandon(s)
}

// actOut is the child's part.
func actOut() int {
	passwordCost = kdf{Time: 1, Memory: 8, Threads: 1}
	for _, a := range acts {
		if a.name == os.Getenv(actName) {
			if err := a.run(benchAt(os.Getenv(workerData))); err != nil {
				fmt.Printf("bad %s\n", app.Sentence(err))
				return 1
			}
			fmt.Println("done")
			return 0
		}
	}
	return 1
}

// TestACallFailsWhateverIsDone lets a call of each kind fail, once or from then on.
func TestACallFailsWhateverIsDone(t *testing.T) {
	cheapPasswords(t)
	rng := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 5))
	cases, hit := 0, 0
	for _, a := range acts {
		template := benchAt(memoryFolder(t))
		preparePilot(t, a, template)
		for range 6 * *proofs {
			call := []string{"openat", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "renameat", "unlinkat", "pread64", "read", "close", "mkdirat", "flock", "newfstatat"}[rng.IntN(14)]
			turns := 12
			if slices.Contains([]string{"openat", "write", "read", "pread64", "close"}, call) {
				turns = 60
			}
			inject := fmt.Sprintf("inject=%s:error=%s:when=%d%s", call, []string{"ENOSPC", "EIO", "EACCES"}[rng.IntN(3)], 1+rng.IntN(turns), []string{"", "", "+"}[rng.IntN(3)])
			if injected(t, a, template, call, inject) {
				hit++
			}
			cases++
		}
	}
	t.Logf("%d calls failed in %d runs", hit, cases)
	if hit < cases/5 {
		t.Errorf("only %d of %d runs met a failing call", hit, cases)
	}
}

func preparePilot(t *testing.T, a act, w workbench) {
	t.Helper()
	if a.old {
		_, content, _ := sample1(t)
		if err := os.WriteFile(w.file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	newWorkplaceIn(t, w.dir, a.secret)
	err := w.with(a.secret, func(s *Store) error { return w.commit(s, actSteps) })
	if err != nil {
		t.Fatal(err)
	}
	if a.prepare != nil {
		a.prepare(w)
	}
}

// injected runs an act with a failing call and judges what is left; false when the
// call was never made.
func injected(t *testing.T, a act, template workbench, call, inject string) bool {
	t.Helper()
	name := a.name + ", " + inject
	w, kept := template, template.dir+"-kept" // in the same place every time: a working copy knows its file
	if err := os.CopyFS(kept, os.DirFS(w.dir)); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := errors.Join(os.RemoveAll(w.dir), os.Rename(kept, w.dir)); err != nil {
			t.Fatal(err)
		}
	}()
	log := filepath.Join(t.TempDir(), "strace")
	cmd := exec.Command("strace", "-f", "-e", "signal=none", "-e", "trace="+call, "-e", inject, "-o", log, os.Args[0])
	cmd.Env = append(os.Environ(), role+"=act", actName+"="+a.name, workerData+"="+w.dir, "GOMAXPROCS=1")
	out, err := cmd.CombinedOutput()
	said := string(out)
	if strings.Contains(said, "panic:") || strings.Contains(said, "fatal error:") {
		t.Errorf("%s: the program ended by itself: %v\n%s", name, err, said)
	}
	judge(t, name, a, w, said)
	calls, err := os.ReadFile(log)
	return err == nil && strings.Contains(string(calls), "(INJECTED)")
}

// judge looks at what is left: the file and what it is taken up to.
func judge(t *testing.T, name string, a act, w workbench, said string) {
	t.Helper()
	acked := uint64(actSteps)
	if a.prepare != nil {
		acked += 2
	}
	for line := range strings.Lines(said) {
		_, _ = fmt.Sscanf(line, "ack %d", &acked)
	}
	secrets := []string{a.secret, nextSecret, ""}
	agrees := agrees
	if a.old {
		_, _, want := sample1(t)
		agrees = func(st app.PilotStore) (uint64, error) {
			p, err := st.Load(nil)
			if err == nil && !p.Equal(want) {
				err = errors.New("wrong content")
			}
			return actSteps, err
		}
	}
	look := func(what string, least, most uint64, open func(secret string) (app.PilotStore, error)) {
		var st app.PilotStore
		var err error
		for _, secret := range secrets {
			if st, err = open(secret); app.CodeOf(err) != app.CodePassword {
				break
			}
		}
		if err != nil {
			t.Errorf("%s: %s: %v\n%s", name, what, err, said)
			return
		}
		n, err := agrees(st)
		if err != nil || n < least || n > most {
			t.Errorf("%s: %s has %d operations, not %d to %d: %v\n%s", name, what, n, least, most, err, said)
		}
		if err := st.Close(); err != nil {
			t.Errorf("%s: closing %s: %v", name, what, err)
		}
	}
	most := actSteps + a.steps
	view := func(path string) func(string) (app.PilotStore, error) {
		return func(secret string) (app.PilotStore, error) {
			return Stores{}.OpenWith(path, app.OpenOptions{Secret: secret, ReadOnly: true})
		}
	}
	look("the file", actSteps, most, view(w.file))
	more, _ := filepath.Glob(filepath.Join(w.dir, "*"+Extension))
	for _, path := range more {
		look(filepath.Base(path), actSteps, most, view(path))
	}
	kept, _ := filepath.Glob(filepath.Join(w.data, "backups", "*", "*"+Extension))
	for _, path := range kept {
		look("a backup", 0, most, view(path))
	}
	look("the pilot", acked, most, func(secret string) (app.PilotStore, error) {
		return quiet(w.data).OpenWith(w.file, app.OpenOptions{Secret: secret})
	})
	look("the file at last", acked, most, view(w.file))
}
