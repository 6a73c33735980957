package pilotfile

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"lianshao/app"
)

// hazards are disks as offices have them: small, full, not to be written. Each runs
// in a process with mounts of its own, below an empty folder.
var hazards = []struct {
	name string
	run  func(dir string) error
}{
	{"full disk of the working copy", fullWorkingDisk},
	{"full disk of the file", fullFileDisk},
	{"disk that cannot be written", readOnlyDisk},
}

const hazardName = "LIANSHAO_TEST_HAZARD"

// hazard is the child's part.
func hazard() int {
	for _, h := range hazards {
		if h.name == os.Getenv(hazardName) {
			if err := h.run(os.Getenv(workerData)); err != nil {
				fmt.Println(err)
				return 1
			}
			return 0
		}
	}
	return 1
}

func TestDisksOfOffices(t *testing.T) {
	for _, h := range hazards {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), role+"=hazard", hazardName+"="+h.name, workerData+"="+t.TempDir())
		cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
		if os.Getuid() != 0 {
			cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
			cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
			cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
		}
		out, err := cmd.CombinedOutput()
		if errors.Is(err, fs.ErrPermission) {
			t.Logf("%s: not tried, this system allows no mounts (%v)", h.name, err)
			continue
		}
		if err != nil {
			t.Errorf("%s: %v\n%s", h.name, err, out)
		}
	}
}

// smallDisk mounts a disk of memory.
func smallDisk(dir, size string) error {
	return errors.Join(syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""), os.MkdirAll(dir, 0o700), syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size))
}

// filler takes what is left of a disk.
func filler(dir string) (path string) {
	path = filepath.Join(dir, "ballast")
	f, err := os.Create(path)
	if err != nil {
		return path
	}
	defer f.Close()
	block := bytes.Repeat([]byte{1}, 4096)
	for err == nil {
		_, err = f.Write(block)
	}
	return path
}

// busy commits until refused, or a number of times; it returns the last number and
// what refused.
func busy(st app.PilotStore, n uint64, times int) (uint64, error) {
	p := oracle(n)
	for range times {
		cs := oracleChange(p, n+1)
		if err := st.Commit(app.Entry{Time: time.Unix(1, 0), Action: app.ActionDo, ChangeSet: cs}); err != nil {
			return n, err
		}
		n++
		p.Apply(cs)
	}
	return n, nil
}

// fullWorkingDisk: a commit that finds no room is refused in words, nothing before
// is lost, and the work goes on once there is room.
func fullWorkingDisk(dir string) error {
	data := filepath.Join(dir, "data")
	if err := smallDisk(data, "1m"); err != nil {
		return err
	}
	file := filepath.Join(dir, "试点.lianshao")
	st, err := quiet(data).Create(file)
	if err != nil {
		return err
	}
	n, err := busy(st, 0, 5)
	if err != nil {
		return err
	}
	ballast := filler(data)
	n, err = busy(st, n, 5000)
	if err == nil || app.CodeOf(err) != app.CodeIO || !strings.Contains(app.Sentence(err), "磁盘空间不足") {
		return fmt.Errorf("a full disk: %w", errors.Join(errors.New(app.Sentence(err)), err))
	}
	if got, err := agrees(st); err != nil || got != n {
		return fmt.Errorf("after a refused commit: %d of %d, %w", got, n, err)
	}
	if err := os.Remove(ballast); err != nil {
		return err
	}
	if n, err = busy(st, n, 5); err != nil {
		return fmt.Errorf("with room again: %w", err)
	}
	if err := st.Close(); err != nil {
		return err
	}
	return holds(file, n)
}

// holds opens a file alone.
func holds(file string, want uint64) error {
	st, err := Stores{}.View(file)
	if err != nil {
		return err
	}
	defer st.Close()
	n, err := agrees(st)
	if err != nil || n != want {
		return fmt.Errorf("the file has %d operations, not %d: %w", n, want, err)
	}
	return nil
}

// fullFileDisk: a stick without room keeps the old file whole; the work waits in the
// working copy, also over a restart.
func fullFileDisk(dir string) error {
	stick, data := filepath.Join(dir, "stick"), filepath.Join(dir, "data")
	if err := smallDisk(stick, "2m"); err != nil {
		return err
	}
	file := filepath.Join(stick, "试点.lianshao")
	st, err := quiet(data).Create(file)
	if err != nil {
		return err
	}
	if _, err = busy(st, 0, 3); err != nil {
		return err
	}
	if err := st.(*Store).Save(); err != nil {
		return err
	}
	ballast := filler(stick)
	n, err := busy(st, 3, 50)
	if err != nil {
		return err
	}
	for _, save := range []func() error{st.(*Store).Save, st.Close} {
		if err := save(); app.CodeOf(err) != app.CodeIO || !strings.Contains(app.Sentence(err), "没有丢") {
			return fmt.Errorf("saving to a full stick: %w", err)
		}
		if err := holds(file, 3); err != nil {
			return err
		}
	}
	if err := os.Remove(ballast); err != nil {
		return err
	}
	if st, err = quiet(data).Open(file); err != nil {
		return err
	}
	if got, err := agrees(st); err != nil || got != n {
		return fmt.Errorf("taken up: %d of %d, %w", got, n, err)
	}
	if err := st.Close(); err != nil {
		return err
	}
	return holds(file, n)
}

// readOnlyDisk: a pilot on a disk that cannot be written opens for reading and says
// why nothing can be changed.
func readOnlyDisk(dir string) error {
	disc := filepath.Join(dir, "disc")
	if err := smallDisk(disc, "4m"); err != nil {
		return err
	}
	file, stores := filepath.Join(disc, "试点.lianshao"), quiet(filepath.Join(dir, "data"))
	st, err := stores.Create(file)
	if err != nil {
		return err
	}
	if _, err = busy(st, 0, 3); err != nil {
		return err
	}
	if err := st.Close(); err != nil {
		return err
	}
	if err := syscall.Mount("", disc, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		return err
	}
	if st, err = stores.Open(file); err != nil {
		return err
	}
	state := st.(*Store).Saving()
	if _, err := agrees(st); err != nil || !state.ReadOnly || state.Why == "" {
		return fmt.Errorf("%+v, %w", state, err)
	}
	if _, err := busy(st, 3, 1); app.CodeOf(err) != app.CodeReadOnly {
		return fmt.Errorf("a change: %w", err)
	}
	return st.Close()
}
