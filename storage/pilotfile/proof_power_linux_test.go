package pilotfile

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A worker runs under strace, which writes down what it asks of the disk. From that
// follows what may be on the disk after the power went off at any moment: what was
// synced, and of the rest any part, in pieces of a sector.

const sector = 512

// inode is a file: what is certain, and what was written since it was last synced.
type inode struct {
	durable []byte
	pending []fileOp
	end     int64 // where write goes on
}

// fileOp is a write, or a change of the size when data is nil.
type fileOp struct {
	at   int64
	data []byte
}

// nameOp changes a folder: the name gets the inode, or loses it; from loses it too.
type nameOp struct {
	name, from string
	to         *inode
}

// tape is the disk as it is seen (live) and as it is certain (durable).
type tape struct {
	root    string
	live    map[string]*inode
	durable map[string]*inode
	pending []nameOp
	acked   uint64
	deaf    func(path string) bool // the disk of this path ignores syncs; nil = none does
}

func (t *tape) op(o nameOp) {
	o.apply(t.live)
	t.pending = append(t.pending, o)
}

func (o nameOp) apply(names map[string]*inode) {
	if o.from != "" {
		delete(names, o.from)
	}
	if o.to == nil {
		delete(names, o.name)
	} else {
		names[o.name] = o.to
	}
}

// sync makes a file, or the names of a folder, certain. A file's own making is
// certain with it; its later names are not.
func (t *tape) sync(path string) {
	if f := t.live[path]; f != nil {
		for _, o := range f.pending {
			f.durable = o.apply(f.durable)
		}
		f.pending = nil
		t.settle(func(o nameOp) bool { return o.name == path && o.from == "" && o.to == f })
		return
	}
	t.settle(func(o nameOp) bool { return filepath.Dir(o.name) == path })
}

func (t *tape) settle(done func(nameOp) bool) {
	var rest []nameOp
	for _, o := range t.pending {
		if done(o) {
			o.apply(t.durable)
		} else {
			rest = append(rest, o)
		}
	}
	t.pending = rest
}

func (o fileOp) apply(content []byte) []byte {
	if o.data == nil {
		return sized(content, o.at)
	}
	if end := o.at + int64(len(o.data)); int64(len(content)) < end {
		content = sized(content, end)
	} else {
		content = bytes.Clone(content)
	}
	copy(content[o.at:], o.data)
	return content
}

func sized(content []byte, size int64) []byte {
	out := make([]byte, size)
	copy(out, content)
	return out
}

// torn is the file after a cut: each sector of what was not synced is there by chance.
func (f *inode) torn(rng *rand.Rand, chance float64) []byte {
	content := f.durable
	for _, o := range f.pending {
		if o.data == nil {
			if rng.Float64() < chance {
				content = o.apply(content)
			}
			continue
		}
		for at := o.at; at < o.at+int64(len(o.data)); {
			next := min((at/sector+1)*sector, o.at+int64(len(o.data)))
			if rng.Float64() < chance {
				content = fileOp{at, o.data[at-o.at : next-o.at]}.apply(content)
			}
			at = next
		}
	}
	return content
}

// write puts a possible disk after a cut below root.
func (t *tape) write(tb testing.TB, rng *rand.Rand) {
	tb.Helper()
	chance := []float64{0, 0.5, 0.9, 1}[rng.IntN(4)]
	names := maps.Clone(t.durable)
	for _, o := range t.pending[:rng.IntN(len(t.pending)+1)] {
		o.apply(names)
	}
	if err := os.RemoveAll(t.root); err != nil {
		tb.Fatal(err)
	}
	for name, f := range names {
		err := os.MkdirAll(filepath.Dir(name), 0o700)
		if err == nil {
			err = os.WriteFile(name, f.torn(rng, chance), 0o600)
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
}

var (
	straceCall    = regexp.MustCompile(`^(\d+) +(\w+)\((.*)\) += (-?\d+)`)
	straceBegun   = regexp.MustCompile(`^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$`)
	straceResumed = regexp.MustCompile(`^(\d+) +<\.\.\. (\w+) resumed>(.*)\) += (-?\d+)`)
	straceHex     = regexp.MustCompile(`(?:\\x[0-9a-f]{2})+`)
)

// calls reads strace's file and hands over every call that succeeded, when it ended.
func calls(tb testing.TB, log string, call func(name string, args []string)) {
	tb.Helper()
	f, err := os.Open(log)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	begun := map[string]string{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		line := lines.Text()
		if m := straceBegun.FindStringSubmatch(line); m != nil {
			begun[m[1]] = m[3]
			continue
		}
		m := straceCall.FindStringSubmatch(line)
		if m == nil {
			if m = straceResumed.FindStringSubmatch(line); m == nil {
				continue
			}
			m[3] = begun[m[1]] + m[3]
		}
		if !strings.HasPrefix(m[4], "-") {
			call(m[2], strings.Split(m[3], ", "))
		}
	}
	if err := lines.Err(); err != nil {
		tb.Fatal(err)
	}
}

// unhex undoes the hexadecimal writing of an argument: "…" or 5<…>.
func unhex(arg string) string {
	var out strings.Builder
	for _, m := range straceHex.FindAllString(arg, -1) {
		b, err := hex.DecodeString(strings.ReplaceAll(m, `\x`, ""))
		if err != nil {
			return ""
		}
		out.Write(b)
	}
	return out.String()
}

// follow takes one call into account.
func (t *tape) follow(name string, args []string) {
	first := unhex(args[0])
	f := t.live[first]
	switch {
	case name == "openat":
		path := unhex(args[1])
		if !strings.HasPrefix(path, t.root) {
			return
		}
		if t.live[path] == nil && strings.Contains(args[2], "O_CREAT") {
			t.op(nameOp{name: path, to: &inode{}})
		} else if f := t.live[path]; f != nil && strings.Contains(args[2], "O_TRUNC") {
			f.pending, f.end = append(f.pending, fileOp{at: 0}), 0
		}
	case name == "pwrite64" && f != nil:
		at, _ := strconv.ParseInt(args[3], 10, 64)
		f.pending = append(f.pending, fileOp{at, []byte(unhex(args[1]))})
	case name == "write" && f != nil:
		data := []byte(unhex(args[1]))
		f.pending = append(f.pending, fileOp{f.end, data})
		f.end += int64(len(data))
	case name == "write" && strings.HasPrefix(args[0], "1<"):
		_, _ = fmt.Sscanf(unhex(args[1]), "ack %d", &t.acked)
	case name == "ftruncate" && f != nil:
		size, _ := strconv.ParseInt(args[1], 10, 64)
		f.pending = append(f.pending, fileOp{at: size})
	case (name == "fsync" || name == "fdatasync") && (t.deaf == nil || !t.deaf(first)):
		t.sync(first)
	case strings.HasPrefix(name, "rename"):
		from, to := unhex(args[0]), unhex(args[1])
		if name != "rename" {
			from, to = unhex(args[1]), unhex(args[3])
		}
		if moved := t.live[from]; moved != nil {
			t.op(nameOp{name: to, from: from, to: moved})
		}
	case name == "unlinkat" || name == "unlink":
		if path := unhex(args[len(args)-min(2, len(args))]); name == "unlinkat" && t.live[path] != nil {
			t.op(nameOp{name: path})
		} else if t.live[first] != nil {
			t.op(nameOp{name: first})
		}
	}
}

// load is the tape before the worker began: what is on the disk is certain.
func (t *tape) load(tb testing.TB) {
	tb.Helper()
	t.live, t.durable = map[string]*inode{}, map[string]*inode{}
	err := filepath.WalkDir(t.root, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		f := &inode{durable: content}
		t.live[path], t.durable[path] = f, f
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
}

// TestThePowerFailsAtAnyMoment replays what a worker asked of the disk, cuts it off
// at any call with any part of what was not synced, and opens what is left: every
// acknowledged operation is there. A disk that ignores syncs shows that the test
// would notice a missing one.
func TestThePowerFailsAtAnyMoment(t *testing.T) {
	root := filepath.Join(memoryFolder(t), "disk")
	if err := os.Mkdir(root, 0o700); err != nil {
		t.Fatal(err)
	}
	r := &replay{states: 300 * *proofs, rng: rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 3))}
	r.file, r.data = newWorkplaceIn(t, root, "")
	r.judge = func(acked uint64) error {
		n, err := afterwards(r.file, r.data)
		if err != nil || n < acked || n > acked+1 {
			return fmt.Errorf("%d operations of %d acknowledged, %w", n, acked, err)
		}
		return nil
	}
	honest, deaf := tapeOf(t, root, nil), tapeOf(t, root, func(string) bool { return true })
	r.log = recorded(t, r.file, r.data, 60)
	calls(t, r.log, func(string, []string) { r.total++ })
	lost := r.run(t, honest)
	for _, l := range lost {
		t.Error(l)
	}
	if honest.acked < 60 || !slices.Contains(slices.Collect(maps.Keys(honest.live)), r.file) {
		t.Errorf("the recording is not whole: %d acknowledged", honest.acked)
	}
	t.Logf("%d calls, %d states after a cut, %d lost", r.total, r.states, len(lost))
	r.states = 100
	if lost := r.run(t, deaf); len(lost) == 0 {
		t.Error("a disk that ignores syncs lost nothing: this test notices nothing")
	}
}

func tapeOf(t *testing.T, root string, deaf func(path string) bool) *tape {
	t.Helper()
	tp := &tape{root: root, deaf: deaf}
	tp.load(t)
	return tp
}

// replay is a recording and how often it is cut.
type replay struct {
	file, data, log string
	total, states   int
	rng             *rand.Rand
	judge           func(acked uint64) error // of a disk after a cut
}

// run plays the tape, cuts it, and returns a line for every state that is not as
// it should be.
func (r *replay) run(t *testing.T, now *tape) (lost []string) {
	cuts := map[int]int{}
	for range r.states {
		cuts[r.rng.IntN(r.total)]++
	}
	at := 0
	calls(t, r.log, func(name string, args []string) {
		now.follow(name, args)
		for range cuts[at] {
			now.write(t, r.rng)
			if err := r.judge(now.acked); err != nil {
				lost = append(lost, fmt.Sprintf("cut after call %d (%s): %v", at, name, err))
			}
		}
		at++
	})
	return lost
}

// recorded runs a worker under strace.
func recorded(t *testing.T, file, data string, steps int) (log string) {
	t.Helper()
	log = filepath.Join(t.TempDir(), "strace")
	cmd := exec.Command("strace", "-f", "-y", "-xx", "-s", "8388608", "-e", "signal=none",
		"-e", "trace=openat,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat", "-o", log, os.Args[0])
	cmd.Env = append(os.Environ(), role+"=worker", workerFile+"="+file, workerData+"="+data, fmt.Sprintf("%s=%d", workerSteps, steps))
	out, err := cmd.CombinedOutput()
	if err != nil || bytes.Contains(out, []byte("bad ")) {
		t.Fatalf("%v (./task test installs strace)\n%s", err, out)
	}
	return log
}

// afterwards opens a pilot after a cut and tells how many operations it has.
func afterwards(file, data string) (uint64, error) {
	st, err := Stores{Data: data, Idle: time.Hour}.Open(file)
	if err != nil {
		return 0, err
	}
	n, err := agrees(st)
	s := st.(*Store)
	close(s.doc.stop)
	s.doc.ended.Wait()
	_ = s.closeFile()
	s.doc.lock.release()
	if aside := s.Saving().SetAside; aside != "" && err == nil {
		err = fmt.Errorf("its own copy was put aside")
	}
	return n, err
}
