package main

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"lianshao/app"
	"lianshao/app/report/draw"
	"lianshao/domain"
)

// A pilot with a password is worked on by the real parts of the program and killed
// again and again; then the disk, with everything that was deleted, is searched for
// names that stand in every field of every kind of record.

// canaries are two words that stand in every text.
var canaries = []string{"金丝雀张某某", "KANARIENVOGEL"}

const (
	residueHome   = "LIANSHAO_TEST_RESIDUE"
	residueSecret = "正确 马 电池 订书钉"
)

func canaryText(n int) string { return fmt.Sprintf("%s%d%s", canaries[0], n, canaries[1]) }

// plant writes canaries into every text of a value.
func plant(v reflect.Value, n *int) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			plant(v.Field(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		plant(v.Index(0), n)
	case reflect.String:
		*n++
		v.SetString(canaryText(*n))
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		plant(key, n)
		plant(value, n)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	}
}

// planted makes a record of every kind, full of canaries.
func planted(n int) domain.ChangeSet {
	cs := domain.ChangeSet{Op: domain.Op{Name: "edit", Label: canaryText(n)}}
	p := reflect.ValueOf(domain.NewPilot()).Elem()
	for i := range p.NumField() {
		if !p.Type().Field(i).IsExported() {
			continue
		}
		put := p.Field(i).MethodByName("Put")
		if !put.IsValid() || put.Type().NumIn() != 1 || put.Type().In(0).Kind() != reflect.Pointer {
			continue
		}
		r, ok := reflect.New(put.Type().In(0).Elem()).Interface().(domain.Record)
		if !ok {
			continue
		}
		plant(reflect.ValueOf(r).Elem(), &n)
		domain.BaseOf(r).SetBase(domain.ID(fmt.Sprintf("id-%d", i)), canaryText(n))
		cs.Changes = append(cs.Changes, domain.Change{Kind: r.RecordKind(), ID: r.RecordID(), After: r})
	}
	return cs
}

func init() { programs["residue"] = residueWorker }

// residueWorker opens the pilot as the window does and works until it is killed.
func residueWorker() {
	if err := residueWork(os.Getenv(residueHome)); err != nil {
		fmt.Println("bad", err)
		os.Exit(1)
	}
}

func residueWork(home string) error {
	deps := wireWindow()
	prints, copies := app.PrivateCopies{Dir: filepath.Join(deps.Temp, "prints")}, app.PrivateCopies{Dir: filepath.Join(deps.Temp, "copies")}
	if err := errors.Join(prints.Wipe(), copies.Wipe()); err != nil { // as the window does when it starts
		return err
	}
	s, err := app.OpenPilotWith(deps.Stores, filepath.Join(home, "试点.lianshao"), app.OpenOptions{Secret: residueSecret}, time.Now, newID, canaryText(0), nil)
	if err != nil {
		return err
	}
	fmt.Println("open")
	rng := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	if steps := os.Getenv("LIANSHAO_TEST_STEPS"); steps == "0" {
		return s.Close()
	}
	for n := rng.IntN(1000); ; n++ {
		var err error
		switch rng.IntN(8) {
		case 0, 1:
			cs := planted(n)
			for i := range cs.Changes {
				if old, ok := s.Pilot.Get(cs.Changes[i].Kind, cs.Changes[i].ID); ok {
					cs.Changes[i].Before = old
				}
			}
			err = s.Store.Commit(app.Entry{Time: time.Now(), Actor: canaryText(n), Action: app.ActionDo, ChangeSet: cs})
			s.Pilot.Apply(cs)
		case 2:
			_, err = s.Store.PutBlob([]byte(strings.Repeat(canaryText(n), 1+rng.IntN(100))))
		case 3:
			err = s.Store.(app.Document).Save()
		case 4:
			err = app.BackupPilot(s, filepath.Join(home, fmt.Sprintf("备份%d.lianshao", time.Now().UnixNano())))
		case 5:
			var path string
			if path, err = prints.Place(canaryText(n) + ".pdf"); err == nil {
				_, err = deps.WritePDF(path, canaryText(n), []draw.Drawing{{W: 210, H: 297, Items: []draw.Item{draw.Text{X: 10, Y: 10, Size: 5, String: canaryText(n)}}}})
			}
		case 6:
			_, err = copies.Write(canaryText(n)+".txt", []byte(strings.Repeat(canaryText(n), 1+rng.IntN(3000))))
		case 7:
			deps.Log(app.Wrap(app.CodeIO, fmt.Errorf("open %s: %w", canaryText(n), fs.ErrPermission), "《%s》没有写成", canaryText(n)))
			deps.Log(app.Caught(canaryText(n)))
		}
		if err != nil {
			return err
		}
	}
}

// forms are ways for a text to stand on a disk.
func forms(text string) [][]byte {
	var little, big []byte
	for _, u := range utf16.Encode([]rune(text)) {
		little, big = append(little, byte(u), byte(u>>8)), append(big, byte(u>>8), byte(u))
	}
	out := [][]byte{[]byte(text), little, big}
	if gbk, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text)); err == nil {
		out = append(out, gbk)
	}
	return out
}

// traces counts canaries in a disk as it lies, and in what was compressed on it.
func traces(disk []byte) (found []string) {
	look := func(b []byte, how string) {
		for _, c := range append(canaries, "%PDF-1") {
			for i, form := range forms(c) {
				if at := bytes.Index(b, form); at >= 0 {
					found = append(found, fmt.Sprintf("%q (form %d) %s, at %d: …%q", c, i, how, at, b[max(0, at-40):min(len(b), at+60)]))
				}
			}
		}
	}
	look(disk, "plain")
	for at := range disk[:max(0, len(disk)-64)] {
		var r io.Reader
		switch {
		case disk[at] == 0x78 && (disk[at+1] == 0x01 || disk[at+1] == 0x9c || disk[at+1] == 0xda):
			z, err := zlib.NewReader(bytes.NewReader(disk[at:]))
			if err != nil {
				continue
			}
			r = z
		case disk[at] == 'P' && bytes.HasPrefix(disk[at:], []byte("PK\x03\x04")):
			name, extra := int(disk[at+26])|int(disk[at+27])<<8, int(disk[at+28])|int(disk[at+29])<<8
			if at+30+name+extra > len(disk) {
				continue
			}
			r = flate.NewReader(bytes.NewReader(disk[at+30+name+extra:]))
		default:
			continue
		}
		content, _ := io.ReadAll(io.LimitReader(r, 1<<20)) // up to where it makes no sense
		look(content, "compressed")
	}
	return found
}

func TestTracesAreFound(t *testing.T) {
	for i, form := range append(forms(canaries[0]), forms(canaries[1])...) {
		if len(traces(append(make([]byte, 5000), append(form, make([]byte, 5000)...)...))) == 0 {
			t.Errorf("form %d is not found", i)
		}
	}
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	_, _ = w.Write([]byte(strings.Repeat(canaryText(1), 50)))
	_ = w.Close()
	if len(traces(append(make([]byte, 5000), append(z.Bytes(), make([]byte, 500)...)...))) == 0 {
		t.Error("compressed text is not found")
	}
}

// TestNothingIsLeftOfALockedPilot: after many kills and one start that tidies up, no
// name stands anywhere on the disk. Where the system allows a disk of its own that is
// the whole disk with all that was deleted, elsewhere the files.
func TestNothingIsLeftOfALockedPilot(t *testing.T) {
	if os.Getenv(mountsAllowed) == "" {
		if ownMounts(t, "TestNothingIsLeftOfALockedPilot", "TestTracesAreFound") {
			return
		}
	}
	kills, size := 8, int64(128<<20)
	if n, err := strconv.Atoi(os.Getenv("LIANSHAO_SOAK")); err == nil {
		kills, size = max(n, kills), 768<<20
	}
	if os.Getenv(mountsAllowed) == "yes" {
		privateMounts(t)
	}
	home := filepath.Join(t.TempDir(), "disk")
	image := ownDisk(t, home, size)
	env := append(os.Environ(), residueHome+"="+home, "LIANSHAO_DATA="+filepath.Join(home, "data"), "XDG_CONFIG_HOME="+filepath.Join(home, "config"), "TMPDIR="+filepath.Join(home, "tmp"), "HOME="+home)
	if err := os.MkdirAll(filepath.Join(home, "tmp"), 0o700); err != nil {
		t.Fatal(err)
	}
	program := []string{"LIANSHAO_NEW_PASSWORD=" + residueSecret, "LIANSHAO_PASSWORD=" + residueSecret}
	begin := func() {
		for _, args := range [][]string{{"new", "试点.lianshao", "--template", "blank"}, {"password", "试点.lianshao"}} {
			cmd := exec.Command("lianshao", args...)
			cmd.Dir, cmd.Env = home, append(env, program...)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v: %v\n%s", args, err, out)
			}
		}
	}
	begin()
	rng := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 9))
	for i := range kills {
		if i%40 == 39 { // what was done stays on the disk; the pilot need not grow for ever
			residueRun(t, env, "0", time.Hour)
			for _, name := range []string{"试点.lianshao", "data/backups", "data/work"} {
				if err := os.RemoveAll(filepath.Join(home, name)); err != nil {
					t.Fatal(err)
				}
			}
			begin()
		}
		residueRun(t, env, "", time.Duration(rng.IntN(150))*time.Millisecond)
		old, _ := filepath.Glob(filepath.Join(home, "备份*"))
		for _, path := range old {
			_ = os.Remove(path)
		}
	}
	residueRun(t, env, "0", time.Hour)
	found := traces(wholeDisk(t, home, image))
	for _, f := range found[:min(len(found), 8)] {
		t.Error(f)
	}
	t.Logf("%d kills, image %q, %d traces", kills, filepath.Base(image), len(found))
}

// residueRun lets the worker work for a while, or until it ends by itself.
func residueRun(t *testing.T, env []string, steps string, after time.Duration) {
	t.Helper()
	cmd := exec.Command("residue")
	cmd.Env = append(env, "LIANSHAO_TEST_STEPS="+steps)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	word := make([]byte, 4)
	_, _ = io.ReadFull(out, word)
	if string(word) != "open" {
		rest, _ := io.ReadAll(out)
		t.Fatalf("the worker says %s%s", word, rest)
	}
	time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	rest, _ := io.ReadAll(out)
	if bytes.Contains(rest, []byte("bad ")) {
		t.Fatalf("the worker says %s", rest)
	}
	_ = cmd.Wait() // it was killed
}

// ownDisk makes a file system in a file and mounts it; "" where that is not possible.
func ownDisk(t *testing.T, home string, size int64) (image string) {
	t.Helper()
	if err := os.Mkdir(home, 0o700); err != nil {
		t.Fatal(err)
	}
	image = home + ".img"
	f, err := os.Create(image)
	if err == nil {
		err = errors.Join(f.Truncate(size), f.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"mkfs.ext4", "-q", image}, {"mount", "-o", "loop", image, home}} {
		if out, err := exec.Command(args[0], args[1:]...).CombinedOutput(); err != nil {
			t.Logf("no disk in a file: %v %s", err, out)
			return ""
		}
	}
	t.Cleanup(func() { _ = syscall.Unmount(home, 0) })
	return image
}

// wholeDisk reads the image, or every file where there is none.
func wholeDisk(t *testing.T, home, image string) []byte {
	t.Helper()
	if image != "" {
		if err := syscall.Unmount(home, 0); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(image)
		if err != nil || !bytes.Contains(b, []byte("LIANSHAO-HEADER")) {
			t.Fatalf("the image holds no pilot: %v", err)
		}
		return b
	}
	var out []byte
	err := filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
		out = append(out, path...)
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(path)
		out = append(out, b...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
