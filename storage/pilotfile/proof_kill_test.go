package pilotfile

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"lianshao/app"
)

// killed lets a worker work and kills it after a while. It returns how many
// operations the pilot had when it was opened, and the last that was acknowledged.
func killed(t testing.TB, file, data, secret string, after time.Duration) (opened, acknowledged uint64) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), role+"=worker", workerFile+"="+file, workerData+"="+data, workerPassword+"="+secret, "TMPDIR="+filepath.Dir(file))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		word, rest, _ := strings.Cut(lines.Text(), " ")
		switch word {
		case "bad":
			t.Fatalf("worker: %s", rest)
		case "open":
			_, err = fmt.Sscan(rest, &opened)
			acknowledged = opened
			time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		case "ack":
			_, err = fmt.Sscan(rest, &acknowledged)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	_ = cmd.Wait() // it was killed
	return opened, acknowledged
}

// TestKilledAtAnyMoment kills a working process again and again: no operation it
// acknowledged is lost, nothing else appears, and the file a person knows is whole
// at every moment.
func TestKilledAtAnyMoment(t *testing.T) {
	rng := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	kills, operations, saved := 15**proofs, uint64(0), uint64(0)
	var file, data string
	last := uint64(0)
	for i := range kills {
		if i%50 == 0 {
			file, data = newWorkplace(t, "")
			last = 0
		}
		opened, acknowledged := killed(t, file, data, "", time.Duration(rng.IntN(40))*time.Millisecond)
		if opened < last || opened > last+1 {
			t.Fatalf("kill %d: %d operations were acknowledged, %d are there", i, last, opened)
		}
		operations += acknowledged - opened
		last = acknowledged
		st, err := Stores{}.View(file)
		if err != nil {
			t.Fatalf("kill %d: %v", i, err)
		}
		n, err := agrees(st)
		if err != nil || n > last+1 {
			t.Fatalf("kill %d: the file has %d of %d operations, %v", i, n, last, err)
		}
		saved += min(n, 1)
		st.Close()
		if half, _ := filepath.Glob(filepath.Join(filepath.Dir(file), tempPrefix+"*.tmp")); len(half) > 1 {
			t.Fatalf("kill %d: %d half saves lie beside the file", i, len(half))
		}
	}
	if operations == 0 || saved == 0 {
		t.Errorf("%d operations, %d saves: nothing was tried", operations, saved)
	}
	t.Logf("%d kills, %d operations acknowledged, 0 lost, 0 wrong", kills, operations)
}

// TestNoNameIsLeftBehind lets a locked pilot be worked on and killed, and searches
// everything on the disk for a name.
func TestNoNameIsLeftBehind(t *testing.T) {
	const secret = "正确 马 电池 订书钉"
	dir := t.TempDir()
	file, data := newWorkplaceIn(t, dir, secret)
	rng := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 2))
	last := uint64(0)
	for i := range 3 * *proofs {
		opened, acknowledged := killed(t, file, data, secret, time.Duration(20+rng.IntN(60))*time.Millisecond)
		if opened < last || opened > last+1 {
			t.Fatalf("kill %d: %d were acknowledged, %d are there", i, last, opened)
		}
		last = acknowledged
		searched(t, dir)
	}
	st, err := Stores{Data: data}.OpenWith(file, app.OpenOptions{Secret: secret})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := agrees(st); err != nil || n == 0 {
		t.Errorf("%d operations, %v", n, err)
	}
	if err := st.Close(); err != nil {
		t.Error(err)
	}
	searched(t, dir)
}

// searched fails when any file below dir holds the canary, in UTF-8 or UTF-16.
func searched(t testing.TB, dir string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		for _, form := range canaryForms() {
			if bytes.Contains(content, form) || strings.Contains(path, string(form)) {
				t.Errorf("%s shows the name", filepath.Base(path))
			}
		}
		return nil
	})
	if err != nil || files == 0 {
		t.Errorf("searched %d files: %v", files, err)
	}
}

func canaryForms() [][]byte {
	var little, big []byte
	for _, u := range utf16.Encode([]rune(canary)) {
		little = append(little, byte(u), byte(u>>8))
		big = append(big, byte(u>>8), byte(u))
	}
	return [][]byte{[]byte(canary), little, big}
}

func TestTheSearchFindsTheName(t *testing.T) {
	for i, form := range canaryForms() {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "a"), append([]byte("xx"), form...), 0o600); err != nil {
			t.Fatal(err)
		}
		found := &failing{TB: t}
		searched(found, dir)
		if !found.failed {
			t.Errorf("form %d was not found", i)
		}
	}
}

// failing notes that a test would have failed.
type failing struct {
	testing.TB
	failed bool
}

func (f *failing) Errorf(string, ...any) { f.failed = true }
