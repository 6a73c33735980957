package pilotfile

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"lianshao/app"
)

// Damaged pilot files of every format, size and way of locking, by the million: what
// still opens must hold exactly what was saved.

// tally is what reading mutants gave.
type tally struct {
	mutants, refused, untouched, checked, inChild int
	wrong, exits, slow, mute                      []string
	longest                                       time.Duration
}

func (y *tally) fails() []string {
	var out []string
	for _, list := range [][]string{y.wrong, y.exits, y.slow, y.mute} {
		out = append(out, list...)
	}
	return out
}

func (y *tally) String() string {
	return fmt.Sprintf("%d mutants (%d also through the child, %d also by check): %d refused, %d unharmed, %d with wrong data and no error, %d exits, %d too slow, %d mute, longest %v",
		y.mutants, y.inChild, y.checked, y.refused, y.untouched, len(y.wrong), len(y.exits), len(y.slow), len(y.mute), y.longest)
}

const mutantTime = 10 * time.Second

// read damages a specimen in its i-th way, reads it and judges.
func (y *tally) read(sp *specimen, i int, read reading, limit time.Duration) {
	rng := rand.New(rand.NewPCG(uint64(i), 11))
	b, what := mutant(sp.whole, sp.others, i, rng)
	name := fmt.Sprintf("%s, mutant %d (%s)", sp.name, i, what)
	if _, err := sp.file.WriteAt(b, 0); err != nil {
		y.exits = append(y.exits, err.Error())
		return
	}
	if err := sp.file.Truncate(int64(len(b))); err != nil {
		y.exits = append(y.exits, err.Error())
		return
	}
	y.mutants++
	began := time.Now()
	var got *contents
	var err error
	if panicked := guard(func() error { got, err = read(sp.file.Name(), sp.secret); return nil }); panicked != nil {
		y.exits = append(y.exits, fmt.Sprintf("%s: %#v", name, panicked))
		return
	}
	if d := time.Since(began); d > limit {
		y.slow = append(y.slow, fmt.Sprintf("%s took %v", name, d))
	} else {
		y.longest = max(y.longest, d)
	}
	if err != nil {
		y.refused++
		if s := app.Sentence(err); !utf8.ValidString(s) || !strings.Contains(s, filepath.Base(sp.file.Name())) {
			y.mute = append(y.mute, fmt.Sprintf("%s: %q of %v", name, s, err))
		}
		return
	}
	y.untouched++
	if part := got.differs(sp.want); part != "" {
		y.wrong = append(y.wrong, fmt.Sprintf("%s: wrong %s and no error", name, part))
	}
}

// alsoChecked asks check about the mutant that was just read: it must find what
// opening found, and nothing else.
func (y *tally) alsoChecked(sp *specimen, i int) {
	_, opening := readAsTheProgram(sp.file.Name(), sp.secret)
	rep, err := Check(sp.file.Name(), sp.secret)
	y.checked++
	if sound := err == nil && rep.OK; sound != (opening == nil) {
		y.wrong = append(y.wrong, fmt.Sprintf("%s, mutant %d: opening says %v, check %v %v", sp.name, i, opening, err, rep.Bad))
	}
}

// mutant damages a file in the i-th of many ways: bits, garbage, sectors and pages
// zeroed, exchanged or taken from elsewhere, pieces lost or doubled, the end cut off.
func mutant(whole []byte, others [][]byte, i int, rng *rand.Rand) (b []byte, what string) {
	b = bytes.Clone(whole)
	size := []int{1, 64, 512, pageSize, 2 * pageSize}[rng.IntN(5)]
	place := func(n int) int { // in steps of the size, and where something is, often enough
		at := 0
		for range 4 {
			if at = rng.IntN(max(len(b)-n, 1)); b[at] != 0 {
				break
			}
		}
		if rng.IntN(3) > 0 {
			at = at / n * n
		}
		return at
	}
	at, from := place(size), place(size)
	end := min(at+size, len(b))
	take := func(source []byte, from int) { copy(b[at:end], source[min(from, len(source)):]) }
	switch i % 10 {
	case 0:
		b[at] ^= 1 << rng.IntN(8)
		return b, "a bit"
	case 1:
		for range 2 + rng.IntN(20) {
			b[rng.IntN(len(b))] ^= 1 << rng.IntN(8)
		}
		return b, "bits"
	case 2:
		for k := at; k < end; k++ {
			b[k] = byte(rng.Uint32())
		}
		return b, "garbage"
	case 3:
		clear(b[at:end])
		return b, "zeros"
	case 4:
		take(whole, from)
		return b, "a copy from elsewhere"
	case 5:
		take(whole, from)
		copy(b[from:min(from+size, len(b))], whole[at:end])
		return b, "two places exchanged"
	case 6, 7:
		if at < 2*pageSize { // both heads of an earlier state would be that state
			end = min(end, (at/pageSize+1)*pageSize)
		}
		no := rng.IntN(len(others))
		take(others[no], at)
		return b, fmt.Sprintf("a piece of file %d", no)
	case 8:
		if rng.IntN(4) == 0 {
			return append(b, make([]byte, size)...), "an end too long"
		}
		return b[:at], "the end cut off"
	}
	if rng.IntN(2) == 0 {
		return append(b[:at], whole[end:]...), "a piece lost"
	}
	return append(b[:end], whole[at:]...), "a piece doubled"
}

// TestDamageIsNeverSilent reads mutants of every specimen: what is not refused holds
// exactly what was saved; nothing ends this program or takes long; every refusal is
// a sentence that names the file. Of some, check is asked too, and some go through
// the child and are worked on and saved.
func TestDamageIsNeverSilent(t *testing.T) {
	t.Setenv(role, "verify")
	all := specimens(t)
	old := all[len(all)-1] // each of its mutants is written anew
	y := &tally{}
	const report = 50_000
	told := 0
	for i := range 400 * *proofs {
		sp := all[i/10%(len(all)-1)]
		if i/10%20 == 19 {
			sp = old
		}
		y.read(sp, i, readAsTheProgram, mutantTime)
		if i%31 == 0 {
			y.alsoChecked(sp, i)
		}
		if i%211 == 0 {
			y.inChild++
			y.mutants--
			y.read(sp, i, readByTheProgram, mutantTime)
		}
		if fails := y.fails(); len(fails) > told {
			for _, f := range fails[told:] {
				t.Error(f)
			}
			told = len(fails)
			keep(t, sp, told)
		}
		if i%report == report-1 {
			t.Log(y)
		}
		if told > 20 {
			break
		}
	}
	t.Log(y)
	if y.refused < y.mutants/10 || y.untouched < y.mutants/100 {
		t.Errorf("%d of %d mutants were refused, %d unharmed", y.refused, y.mutants, y.untouched)
	}
}

// keep puts a mutant that was misjudged where it can be looked at afterwards.
func keep(t *testing.T, sp *specimen, no int) {
	t.Helper()
	for name, from := range map[string]string{"mutant": sp.file.Name(), "whole": ""} {
		b := sp.whole
		if from != "" {
			var err error
			if b, err = os.ReadFile(from); err != nil {
				t.Fatal(err)
			}
		}
		path := filepath.Join(os.TempDir(), fmt.Sprintf("lianshao-misjudged-%d-%s%s", no, name, Extension))
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		t.Logf("kept in %s", path)
	}
}

// Readers with a fault: the harness of TestDamageIsNeverSilent must notice each.
func TestTheHarnessNoticesAFaultyReader(t *testing.T) {
	forgiving := func(path, secret string) (*contents, error) { // takes what it can get
		s, err := openFile(path, path, secret)
		if err != nil {
			return nil, err
		}
		defer s.closeFile()
		p, err := s.pages()
		if err != nil {
			return nil, err
		}
		got, err := s.readRecords(p, nil)
		if err != nil {
			return nil, err
		}
		out := &contents{pilot: got.pilot, blobs: map[string][]byte{}}
		journal, _, err := p.bucket(bucketJournal)
		if err != nil {
			return nil, err
		}
		_ = p.eachBackwards(journal, nil, func(key, value []byte) error {
			e, err := s.keys.openEntry(key, value)
			if err != nil {
				return nil
			}
			entry, err := e.entry()
			out.journal = append(out.journal, entry)
			return err
		})
		_, err = s.eachBlob(p, func(sum, content []byte) error { out.blobs[hexText(sum)] = bytes.Clone(content); return nil })
		return out, err
	}
	trusting := func(path, secret string) (*contents, error) { // believes the numbers it reads
		b, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		for at := 0; at+pageHeader < len(b); at += pageSize {
			for i := range int(binary.LittleEndian.Uint16(b[at+10:])) {
				if binary.LittleEndian.Uint16(b[at+8:]) == flagLeaf {
					_ = b[at+pageHeader+i*elementSize+int(binary.LittleEndian.Uint32(b[at+pageHeader+i*elementSize+4:]))]
				}
			}
		}
		return readAsTheProgram(path, secret)
	}
	curt := func(path, secret string) (*contents, error) {
		got, err := readAsTheProgram(path, secret)
		if err != nil {
			err = errBad
		}
		return got, err
	}
	forgetful := func(path, secret string) (*contents, error) {
		got, err := readAsTheProgram(path, secret)
		if err == nil {
			for sum := range got.blobs {
				got.blobs[sum] = got.blobs[sum][1:]
			}
		}
		return got, err
	}
	all := specimens(t)
	for _, c := range []struct {
		name  string
		read  reading
		limit time.Duration
		found func(*tally) []string
	}{
		{"forgiving", forgiving, mutantTime, func(y *tally) []string { return y.wrong }},
		{"forgetful", forgetful, mutantTime, func(y *tally) []string { return y.wrong }},
		{"trusting", trusting, mutantTime, func(y *tally) []string { return y.exits }},
		{"curt", curt, mutantTime, func(y *tally) []string { return y.mute }},
		{"slow", readAsTheProgram, time.Nanosecond, func(y *tally) []string { return y.slow }},
	} {
		y := &tally{}
		for i := range 300 {
			y.read(all[i/10%(len(all)-1)], i, c.read, c.limit)
		}
		if len(c.found(y)) == 0 {
			t.Errorf("a %s reader passes: %v", c.name, y)
		}
	}
}
