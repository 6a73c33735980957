package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// mountsAllowed tells this test program that it has mounts of its own.
const mountsAllowed = "LIANSHAO_TEST_MOUNTS"

// TestHazards runs the program on disks as offices have them: full, not to be
// written, gone; and with another program in the way. Each has its own sentence, and
// nothing is lost. The scripts run in a process with mounts of its own; where the
// system allows none, those that need some say so.
func TestHazards(t *testing.T) {
	if os.Getenv(mountsAllowed) != "" || !ownMounts(t, "TestHazards") {
		hazardScripts(t)
	}
}

// ownMounts runs tests again in a process with mounts of its own; false when the
// system allows none, and the tests are to do without.
func ownMounts(t *testing.T, tests ...string) bool {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^("+strings.Join(tests, "|")+")$", "-test.v", "-test.timeout=0")
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	if os.Getuid() != 0 {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	cmd.Env = append(os.Environ(), mountsAllowed+"=yes")
	out, err := cmd.CombinedOutput()
	if errors.Is(err, fs.ErrPermission) {
		t.Logf("without disks of its own, which this system does not allow: %v", err)
		t.Setenv(mountsAllowed, "no")
		return false
	}
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	} else {
		t.Logf("%s", out)
	}
	return true
}

func hazardScripts(t *testing.T) {
	mounts := os.Getenv(mountsAllowed) == "yes"
	if mounts {
		privateMounts(t)
	}
	testscript.Run(t, testscript.Params{
		Dir:   "cli/testdata/hazard",
		Setup: ownFolders,
		Condition: func(cond string) (bool, error) {
			return cond == "mounts" && mounts, nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits": exits, "disk": disk, "fill": fill, "remount": remount, "vanish": vanish, "paused": paused, "resume": resume,
		},
	})
}

// privateMounts keeps what is mounted from now on from the rest of the system.
func privateMounts(t *testing.T) {
	t.Helper()
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		t.Fatal(err)
	}
}

// disk FOLDER SIZE: a disk of memory.
func disk(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o700))
	ts.Check(syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+args[1]))
	ts.Defer(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
}

// fill FOLDER: takes all that is left of a disk.
func fill(ts *testscript.TestScript, _ bool, args []string) {
	f, err := os.Create(filepath.Join(ts.MkAbs(args[0]), "ballast"))
	ts.Check(err)
	defer f.Close()
	for block := bytes.Repeat([]byte{1}, 4096); err == nil; {
		_, err = f.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		ts.Fatalf("filling: %v", err)
	}
}

// remount FOLDER: as a disk that cannot be written.
func remount(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(syscall.Mount("", ts.MkAbs(args[0]), "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
}

// vanish FOLDER: the disk is not there any more, whoever uses it.
func vanish(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(syscall.Unmount(ts.MkAbs(args[0]), syscall.MNT_DETACH))
}

// waiting is the program that a script stopped in the middle of its work.
var waiting sync.Map

// paused FILE ARGS...: starts the program, on work that takes a while, and stops it as
// soon as it has the pilot open.
func paused(ts *testscript.TestScript, _ bool, args []string) {
	cmd := exec.Command("lianshao", args[1:]...)
	cmd.Dir = ts.Getenv("WORK")
	for _, name := range []string{"PATH", "XDG_CONFIG_HOME", "LIANSHAO_DATA", "HOME", "TMPDIR"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	path, err := exec.LookPath("lianshao")
	ts.Check(err)
	cmd.Path, cmd.Err = path, nil
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	ts.Check(cmd.Start())
	work := filepath.Join(ts.Getenv("LIANSHAO_DATA"), "work", "*", "work.json")
	for range 2000 {
		if found, _ := filepath.Glob(work); len(found) > 0 {
			ts.Check(cmd.Process.Signal(syscall.SIGSTOP))
			if _, err := os.Stat(found[0]); err != nil {
				ts.Fatalf("it was done too soon")
			}
			waiting.Store(ts, cmd)
			ts.Defer(func() { _ = cmd.Process.Kill() })
			return
		}
		time.Sleep(time.Millisecond)
	}
	_ = cmd.Process.Kill()
	ts.Fatalf("%s was not opened: %s", args[0], out.String())
}

// resume CODE WORDS...: lets it go on; it ends with that code and says all of the words.
func resume(ts *testscript.TestScript, _ bool, args []string) {
	value, _ := waiting.Load(ts)
	cmd := value.(*exec.Cmd)
	ts.Check(cmd.Process.Signal(syscall.SIGCONT))
	_ = cmd.Wait()
	out := cmd.Stdout.(*bytes.Buffer).String()
	if code := cmd.ProcessState.ExitCode(); strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s: %s", code, args[0], out)
	}
	for _, word := range args[1:] {
		if !strings.Contains(out, word) {
			ts.Fatalf("it does not say %q: %s", word, out)
		}
	}
}
