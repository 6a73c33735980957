package pilotfile

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"lianshao/app"
)

// faultyDisk refuses the at-th call with an error, and every later one of the same
// save too when lasting. A short write writes half first.
type faultyDisk struct {
	osDisk
	calls, at int
	err       error
	short     bool
	lasting   bool
	hit       bool
}

func (d *faultyDisk) fault() error {
	d.calls++
	if d.at > 0 && d.calls == d.at || d.lasting && d.hit && d.calls > d.at {
		d.hit = true
		return d.err
	}
	return nil
}

func (d *faultyDisk) Create(path string, perm os.FileMode) (diskFile, error) {
	if err := d.fault(); err != nil {
		return nil, &os.PathError{Op: "open", Path: path, Err: err}
	}
	f, err := d.osDisk.Create(path, perm)
	return &faultyFile{f, d}, err
}

func (d *faultyDisk) Open(path string) (diskFile, error) {
	if err := d.fault(); err != nil {
		return nil, &os.PathError{Op: "open", Path: path, Err: err}
	}
	f, err := d.osDisk.Open(path)
	return &faultyFile{f, d}, err
}

func (d *faultyDisk) Rename(from, to string) error {
	if err := d.fault(); err != nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
	}
	return d.osDisk.Rename(from, to)
}

func (d *faultyDisk) Remove(path string) error {
	if err := d.fault(); err != nil {
		return err
	}
	return d.osDisk.Remove(path)
}

func (d *faultyDisk) SyncFolder(path string) error {
	if err := d.fault(); err != nil {
		return err
	}
	return d.osDisk.SyncFolder(path)
}

type faultyFile struct {
	diskFile
	d *faultyDisk
}

func (f *faultyFile) Write(p []byte) (int, error) {
	if err := f.d.fault(); err != nil {
		n := 0
		if f.d.short {
			n, _ = f.diskFile.Write(p[:len(p)/2])
		}
		return n, err
	}
	return f.diskFile.Write(p)
}

func (f *faultyFile) Read(p []byte) (int, error) {
	if err := f.d.fault(); err != nil {
		return 0, err
	}
	return f.diskFile.Read(p)
}

func (f *faultyFile) Sync() error {
	if err := f.d.fault(); err != nil {
		return err
	}
	return f.diskFile.Sync()
}

func (f *faultyFile) Close() error {
	if err := f.d.fault(); err != nil {
		_ = f.diskFile.Close() // the system closes even then
		return err
	}
	return f.diskFile.Close()
}

// TestAFaultAtEveryCallOfASave lets every call that a save makes fail, in every way:
// the file is the old or the new one, whole; nothing done is lost; and the next save
// succeeds.
func TestAFaultAtEveryCallOfASave(t *testing.T) {
	cases := 0
	for _, way := range []struct {
		name           string
		err            error
		short, lasting bool
	}{
		{"full", syscall.ENOSPC, false, false}, {"short write", syscall.ENOSPC, true, false}, {"input/output", syscall.EIO, false, false},
		{"not allowed", syscall.EACCES, false, false}, {"gone for good", syscall.EIO, false, true},
	} {
		for at := 1; ; at++ {
			d := &faultyDisk{err: way.err, short: way.short, lasting: way.lasting}
			if !faultySave(t, fmt.Sprintf("%s at call %d", way.name, at), d, at) {
				if at < 10 {
					t.Errorf("a save makes only %d calls", at)
				}
				break
			}
			cases++
		}
	}
	t.Logf("%d faults", cases)
}

// faultySave saves on a faulty disk; false when the fault was not reached.
func faultySave(t *testing.T, name string, d *faultyDisk, at int) bool {
	t.Helper()
	dir := memoryFolder(t)
	defer os.RemoveAll(dir)
	file, data := newWorkplaceIn(t, dir, "")
	st, err := Stores{Data: data, Idle: time.Hour, disk: d}.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	s, p := st.(*Store), oracle(0)
	for n := uint64(1); n <= 8; n++ {
		cs := oracleChange(p, n)
		if err := st.Commit(app.Entry{Action: app.ActionDo, ChangeSet: cs}); err != nil {
			t.Fatal(err)
		}
		p.Apply(cs)
	}
	d.calls, d.at = 0, at // what opening needed does not count
	err = s.Save()
	if !d.hit {
		if err != nil {
			t.Fatalf("%s: %v without a fault", name, err)
		}
		st.Close()
		return false
	}
	if err != nil && app.CodeOf(err) != app.CodeIO {
		t.Errorf("%s: %v", name, err)
	}
	originIs(t, name, file, 0, 8)
	if n, err := agrees(st); err != nil || n != 8 {
		t.Errorf("%s: the working copy has %d, %v", name, n, err)
	}
	d.at, d.lasting = -1, false
	s.doc.mu.Lock()
	s.doc.state.Dirty = true // as after the next change
	s.doc.mu.Unlock()
	if err := st.Close(); err != nil {
		t.Errorf("%s: the next save: %v", name, err)
	}
	originIs(t, name, file, 8)
	if conflict := s.Saving().Conflict; conflict != "" {
		t.Errorf("%s: its own save was taken for somebody else's", name)
	}
	return true
}

// originIs fails unless the file holds one of the numbers of operations.
func originIs(t *testing.T, name, file string, want ...uint64) {
	t.Helper()
	st, err := Stores{}.View(file)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	defer st.Close()
	n, err := agrees(st)
	for _, w := range want {
		if err == nil && n == w {
			return
		}
	}
	t.Errorf("%s: the file has %d operations, %v", name, n, err)
}

// TestALostSaveIsFoundAgain: a file that cannot be written when the pilot is closed
// leaves the working copy, and the next opening goes on with it.
func TestALostSaveIsFoundAgain(t *testing.T) {
	file, data := newWorkplace(t, "")
	d := &faultyDisk{err: syscall.ENOSPC, lasting: true}
	st, err := Stores{Data: data, Idle: time.Hour, disk: d}.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := st.Commit(app.Entry{Action: app.ActionDo, ChangeSet: oracleChange(oracle(0), 1)}); err != nil {
		t.Fatal(err)
	}
	d.calls, d.at = 0, 1
	if err := st.Close(); app.CodeOf(err) != app.CodeIO {
		t.Fatalf("closing: %v", err)
	}
	originIs(t, "after closing", file, 0)
	again, err := Stores{Data: data}.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := agrees(again); err != nil || n != 1 || again.(*Store).Saving().Recovered != 1 {
		t.Errorf("%d operations, %+v, %v", n, again.(*Store).Saving(), err)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	originIs(t, "after the next closing", file, 1)
	if _, err := os.Stat(filepath.Join(data, "work")); err == nil {
		if left, _ := os.ReadDir(filepath.Join(data, "work")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}
