package pilotfile

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianshao/app"
)

// fates counts what became of a pilot whose stick lied about having written.
type fates struct{ whole, older, refused, saved int }

// TestADeafDiskIsNoticed replays a worker whose file lies on a stick that ignores
// syncs, while this computer's own disk is honest: after a cut the pilot has
// everything, or the person is told that it has not; and what was acknowledged is in
// the working copy, in what was put aside, or in a backup.
func TestADeafDiskIsNoticed(t *testing.T) {
	root := filepath.Join(memoryFolder(t), "disk")
	if err := os.Mkdir(root, 0o700); err != nil {
		t.Fatal(err)
	}
	r := &replay{states: 150 * *proofs, rng: rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 4))}
	r.file, r.data = newWorkplaceIn(t, root, "")
	stick := tapeOf(t, root, func(path string) bool { return !strings.HasPrefix(path, r.data) })
	r.log = recorded(t, r.file, r.data, 40)
	calls(t, r.log, func(string, []string) { r.total++ })
	var f fates
	r.judge = func(acked uint64) error { return f.judge(r.file, r.data, acked) }
	lost := r.run(t, stick)
	for _, l := range lost {
		t.Error(l)
	}
	after := r.total // the worker is done and has closed: its working copy is gone for good
	stick.settle(func(o nameOp) bool { return strings.HasPrefix(o.name, r.data) })
	maps.DeleteFunc(stick.durable, func(name string, _ *inode) bool { return strings.HasPrefix(name, filepath.Join(r.data, "work")) })
	for range r.states / 3 {
		stick.write(t, r.rng)
		if err := r.judge(stick.acked); err != nil {
			t.Errorf("cut after call %d: %v", after, err)
		}
	}
	t.Logf("%d states: %d have everything, %d are older and say so, %d are refused; everything acknowledged was found in all, of these in copies and backups %d",
		f.whole+f.older+f.refused, f.whole, f.older, f.refused, f.saved)
	if f.older == 0 || f.refused == 0 {
		t.Error("the stick told no lies: this test notices nothing")
	}
}

// judge opens what is left; it returns what a person could not know, or find again.
func (f *fates) judge(file, data string, acked uint64) error {
	n, state, err := opened(file, data)
	switch {
	case err == nil && n >= acked:
		f.whole++
		return nil
	case err == nil && state.Lacking == 0 && state.SetAside == "" && state.Conflict == "":
		return fmt.Errorf("%d operations of %d acknowledged, and not a word: %+v", n, acked, state)
	case err == nil:
		f.older++
	case app.Sentence(err) == "":
		return fmt.Errorf("refused without a word: %w", err)
	default:
		f.refused++
	}
	best := n
	for _, pattern := range []string{filepath.Join(filepath.Dir(file), "*"+Extension), filepath.Join(data, "backups", "*", "*"+Extension)} {
		found, _ := filepath.Glob(pattern)
		for _, path := range found {
			st, err := Stores{}.View(path)
			if err != nil {
				continue
			}
			if n, err := agrees(st); err == nil {
				best = max(best, n)
			}
			_ = st.Close()
		}
	}
	if best < acked {
		return fmt.Errorf("%d operations were acknowledged, at most %d are anywhere (opened %d, %v)", acked, best, n, err)
	}
	f.saved++
	return nil
}

// opened opens a pilot and leaves it as a crash does.
func opened(file, data string) (uint64, app.SaveState, error) {
	st, err := quiet(data).Open(file)
	if err != nil {
		return 0, app.SaveState{}, err
	}
	s := st.(*Store)
	n, err := agrees(st)
	state := s.Saving()
	abandon(s)
	if err != nil && app.CodeOf(err) == "" {
		err = errors.Join(errBad, err)
	}
	return n, state, err
}
