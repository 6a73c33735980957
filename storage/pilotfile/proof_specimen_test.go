package pilotfile

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"lianshao/app"
	"lianshao/domain"
)

// contents is all that a pilot file holds, as far as a person can see it.
type contents struct {
	pilot   *domain.Pilot
	journal []app.Entry
	blobs   map[string][]byte
}

// differs names the part that is not as it should be; "" = none.
func (c *contents) differs(want *contents) string {
	switch {
	case !c.pilot.Equal(want.pilot):
		return "records"
	case !reflect.DeepEqual(c.journal, want.journal):
		return "journal"
	case !reflect.DeepEqual(c.blobs, want.blobs):
		return "attachments"
	}
	return ""
}

// contentsOf reads everything of an open pilot.
func contentsOf(s *Store) (*contents, error) {
	out := &contents{blobs: map[string][]byte{}}
	var err error
	if out.pilot, err = s.Load(nil); err != nil {
		return nil, err
	}
	if out.journal, err = s.Journal(0, 1<<30); err != nil {
		return nil, err
	}
	p, err := s.pages()
	if err != nil {
		return nil, err
	}
	bad, err := s.eachBlob(p, func(sum, content []byte) error {
		out.blobs[hexText(sum)] = bytes.Clone(content)
		return nil
	})
	if err == nil && bad > 0 {
		err = errBad
	}
	return out, err
}

// reading is a way from a file to its contents.
type reading func(path, secret string) (*contents, error)

// readAsTheProgram does in this process what the program and its child do: it reads
// the file whole and only then believes it. A file of format 1 is written anew.
func readAsTheProgram(path, secret string) (*contents, error) {
	s, err := openFile(path, path, secret)
	if errors.Is(err, errOldFormat) {
		return readUpgraded(path)
	}
	if err != nil {
		return nil, err
	}
	defer s.closeFile()
	if err := Verify(path, s.keys.data); err != nil {
		return nil, err
	}
	return contentsOf(s)
}

func readUpgraded(path string) (*contents, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	p, err := openPages(f, info.Size(), false)
	if err != nil {
		return nil, openError(err, path)
	}
	fresh := path + ".new"
	defer os.Remove(fresh)
	if err := upgrade1(p, path, fresh); err != nil {
		return nil, openError(err, path)
	}
	s, err := openFile(fresh, path, "")
	if err != nil {
		return nil, err
	}
	defer s.closeFile()
	return contentsOf(s)
}

// readByTheProgram opens the file as the program does, with a child that reads it
// first, changes a record, saves, and reads what was saved.
func readByTheProgram(path, secret string) (*contents, error) {
	dir := path + ".d"
	defer os.RemoveAll(dir)
	b, err := os.ReadFile(path) // saving puts another file in its place
	path = filepath.Join(dir, filepath.Base(path))
	if err := errors.Join(err, os.MkdirAll(dir, 0o700), os.WriteFile(path, b, 0o600)); err != nil {
		return nil, err
	}
	st, err := Stores{Data: filepath.Join(dir, "data"), Idle: time.Hour, Verify: VerifyInChild(os.Args[0])}.OpenWith(path, app.OpenOptions{Secret: secret})
	if err != nil {
		return nil, err
	}
	defer st.Close()
	s := st.(*Store)
	before, err := contentsOf(s)
	if err != nil {
		return nil, err
	}
	u := &domain.Unit{Base: domain.Base{ID: "处-后来"}, Name: "后来的处"}
	cs := domain.ChangeSet{Op: domain.Op{Name: "edit"}, Changes: []domain.Change{{Kind: domain.KindUnit, ID: u.ID, After: u}}}
	if err := st.Commit(app.Entry{Time: time.Unix(7, 0), Action: app.ActionDo, ChangeSet: cs}); err != nil {
		return nil, err
	}
	if err := st.Close(); err != nil {
		return nil, err
	}
	after, err := readAsTheProgram(path, secret)
	if err != nil {
		return nil, fmt.Errorf("it opened, and what was saved then does not: %w", err)
	}
	after.pilot.Apply(cs.Invert())
	after.journal = after.journal[1:]
	if what := after.differs(before); what != "" {
		return after, nil // the harness compares it with what there was
	}
	return before, nil
}

// specimen is a pilot whose mutants are read.
type specimen struct {
	name   string
	secret string
	whole  []byte
	others [][]byte // the same pilot at other times; the last is another pilot
	want   *contents
	file   *os.File // what is damaged
}

// cheapPasswords lets keys be derived at once. The costs lie in the header, whose check
// comes first.
func cheapPasswords(t testing.TB) {
	cost := passwordCost
	passwordCost = kdf{Time: 1, Memory: 8, Threads: 1}
	t.Cleanup(func() { passwordCost = cost })
}

// specimens are pilots of both formats, of several sizes, with and without a
// password.
func specimens(t *testing.T) []*specimen {
	t.Helper()
	cheapPasswords(t)
	dir := memoryFolder(t)
	var out []*specimen
	add := func(sp *specimen, err error) {
		if err == nil {
			sp.file, err = os.Create(filepath.Join(dir, fmt.Sprintf("坏%d%s", len(out), Extension)))
		}
		if err == nil {
			t.Cleanup(func() { _ = sp.file.Close() })
			_, err = sp.file.WriteAt(sp.whole, 0)
		}
		if err == nil {
			sp.want, err = readAsTheProgram(sp.file.Name(), sp.secret)
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, sp)
	}
	for _, secret := range []string{"", "正确 马 电池 订书钉"} {
		for _, size := range []string{"small", "full", "lively"} {
			name := size
			if secret != "" {
				name += ", locked"
			}
			add(grown(t, dir, name, size, secret))
		}
	}
	old, err := os.ReadFile("testdata/format1.lianshao")
	add(&specimen{name: "format 1", whole: old, others: [][]byte{out[0].whole, out[1].whole}}, err)
	return out
}

// grown makes a specimen of the present format.
func grown(t *testing.T, dir, name, size, secret string) (*specimen, error) {
	t.Helper()
	path := filepath.Join(dir, "好"+Extension)
	defer os.Remove(path)
	st, err := Stores{}.Create(path)
	if err != nil {
		return nil, err
	}
	s := st.(*Store)
	if secret != "" {
		if _, err := s.SetPassword("", secret); err != nil {
			return nil, err
		}
	}
	sp := &specimen{name: name, secret: secret}
	change := func(cs domain.ChangeSet) {
		if err := st.Commit(app.Entry{Time: time.Unix(3, 4), Actor: "张某", Action: app.ActionDo, ChangeSet: cs}); err != nil {
			t.Fatal(err)
		}
	}
	attach := func(content []byte) {
		sum, err := st.(app.BlobStore).PutBlob(content)
		if err != nil {
			t.Fatal(err)
		}
		a := &domain.Attachment{Base: domain.Base{ID: domain.ID("附" + sum[:6])}, Name: "扫描件.pdf", SHA256: sum}
		change(domain.ChangeSet{Op: domain.Op{Name: "attach"}, Changes: []domain.Change{{Kind: domain.KindAttachment, ID: a.ID, After: a}}})
	}
	take := func() (b []byte) {
		from := s.file.Name() // the working copy: it has leftovers
		if size != "lively" {
			if from = path; s.Save() != nil {
				t.Fatal("not saved")
			}
		}
		b, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	p := domain.NewPilot()
	step := func(n uint64) {
		cs := oracleChange(p, n)
		change(cs)
		p.Apply(cs)
	}
	switch size {
	case "small":
		attach([]byte("一页"))
	case "full":
		change(everyKind(t))
		attach(bytes.Repeat([]byte("附件"), 5_000))
	case "lively": // free pages full of older versions
		for n := uint64(1); n <= 60; n++ {
			step(n)
		}
	}
	if size != "lively" { // a head of an earlier working copy is what a crash leaves
		sp.others = append(sp.others, take())
	}
	step(61)
	sp.whole = take()
	step(62)
	sp.others = append(sp.others, take())
	stranger, _ := filledFile(t)
	b, err := os.ReadFile(stranger)
	sp.others = append(sp.others, b)
	return sp, errors.Join(err, st.Close())
}
