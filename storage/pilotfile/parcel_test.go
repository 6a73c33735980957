package pilotfile

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"lianshao/app"
)

const parcelSecret = "两家都知道的一句话"

// packed makes a package of a pilot that has everything in it and a password.
func packedPilot(t *testing.T, st Stores) (path string, want *contents) {
	t.Helper()
	cheap := parcelWork
	parcelWork = 4
	t.Cleanup(func() { parcelWork = cheap })
	source, _ := filledFile(t)
	ps, err := st.Open(source)
	if err != nil {
		t.Fatal(err)
	}
	defer ps.Close()
	s := ps.(*Store)
	if _, err := s.PutBlob([]byte("附件的内容")); err != nil { // that no record mentions
		t.Fatal(err)
	}
	if _, err := s.SetPassword("", "试点自己的一句口令"); err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "发给学校"+app.ParcelExtension)
	about, err := st.Pack(s, path, parcelSecret, app.Parcel{Pilot: "某试点", From: "张某"})
	if err != nil {
		t.Fatal(err)
	}
	if head, _ := s.ChainHead(); about.Head != head || about.Records == 0 || about.Made.IsZero() {
		t.Errorf("made %+v", about)
	}
	if want, err = contentsOf(s); err != nil {
		t.Fatal(err)
	}
	return path, want
}

// A package holds the whole pilot without its password, is read with the password
// that was agreed on and by nobody else, and leaves nothing readable on the disk.
func TestParcel(t *testing.T) {
	st := Stores{Data: t.TempDir()}
	path, want := packedPilot(t, st)
	view, err := st.OpenWith(path, app.OpenOptions{ReadOnly: true, Secret: parcelSecret})
	if err != nil {
		t.Fatal(err)
	}
	got, err := contentsOf(view.(*Store))
	if err != nil || got.differs(want) != "" {
		t.Fatal(err, got.differs(want))
	}
	if about, ok := view.(app.Parcelled).Parcel(); !ok || about.From != "张某" || about.Pilot != "某试点" {
		t.Errorf("%+v", about)
	}
	files := 0
	err = filepath.WalkDir(filepath.Join(st.Data, "view"), func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		b, err := os.ReadFile(p)
		if _, e := (Stores{}).OpenWith(p, app.OpenOptions{ReadOnly: true}); app.CodeOf(e) != app.CodePassword {
			t.Errorf("%s opens without a key: %v", p, e)
		}
		if bytes.Contains(b, []byte("张某")) || bytes.Contains(b, []byte(want.pilot.Units.All()[0].Name)) {
			t.Errorf("%s can be read", p)
		}
		return err
	})
	if err != nil || files != 1 {
		t.Error("files of a package that is open:", files, err)
	}
	if err := view.Close(); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(st.Data, "view", "*")); len(left) > 0 {
		t.Error("left behind", left)
	}
	to := filepath.Join(t.TempDir(), "收到的"+Extension)
	if _, err := st.Unpack(path, parcelSecret, to); err != nil {
		t.Fatal(err)
	}
	s, err := st.Open(to)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got, err = contentsOf(s.(*Store)); err != nil || got.differs(want) != "" || s.(*Store).Locked() {
		t.Error("unpacked:", err, got.differs(want))
	}
}

// Every way in which a package is not taken has its own sentence.
func TestParcelRefusals(t *testing.T) {
	st := Stores{Data: t.TempDir()}
	path, _ := packedPilot(t, st)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name string, b []byte) string {
		p := filepath.Join(dir, name+app.ParcelExtension)
		if err := os.WriteFile(p, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	sealed := func(content string, to age.Recipient) []byte {
		var b bytes.Buffer
		w, err := age.Encrypt(&b, to)
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		if err == nil {
			err = w.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	under := func(work int) age.Recipient {
		r, err := age.NewScryptRecipient(parcelSecret)
		if err != nil {
			t.Fatal(err)
		}
		r.SetWorkFactor(work)
		return r
	}
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, path, secret string
		code               app.Code
		says               string
	}{
		{"no password", path, "", app.CodePassword, "请输入发件人告诉你的密码"},
		{"wrong password", path, "别的密码别的密码", app.CodePassword, "密码不对"},
		{"cut short", write("短", whole[:len(whole)-1000]), parcelSecret, app.CodeDamaged, "请发件人重新发一次"},
		{"cut in its head", write("头", whole[:60]), parcelSecret, app.CodeDamaged, "请发件人重新发一次"},
		{"a byte changed", write("改", append(bytes.Clone(whole[:len(whole)-50]), append([]byte{whole[len(whole)-50] ^ 1}, whole[len(whole)-49:]...)...)), parcelSecret, app.CodeDamaged, "没有收下其中任何内容"},
		{"for a key", write("钥", sealed("x", key.Recipient())), parcelSecret, app.CodeForeign, "不是廉哨做的交换包"},
		{"something else", write("别", sealed("别的文件，也是用密码加密的，但不是交换包", under(4))), parcelSecret, app.CodeForeign, "不是廉哨做的交换包"},
		{"newer", write("新", sealed(parcelMagic+"\x00\x00\x00\x0c"+`{"format":9}`, under(4))), parcelSecret, app.CodeNewer, "请升级廉哨"},
		{"too costly", write("贵", []byte(strings.Replace(string(whole), " 4\n", " 30\n", 1))), parcelSecret, app.CodeDamaged, "不完整或已损坏"},
	} {
		_, err := st.OpenWith(c.path, app.OpenOptions{ReadOnly: true, Secret: c.secret})
		if app.CodeOf(err) != c.code || !strings.Contains(app.Sentence(err), c.says) {
			t.Errorf("%s: %v %v", c.name, app.CodeOf(err), err)
		}
	}
	if _, err := st.Open(path); app.CodeOf(err) != app.CodeReadOnly {
		t.Errorf("opened to be changed: %v", err)
	}
	s := openNew(t, filepath.Join(dir, "试点"+Extension))
	defer s.Close()
	for name, err := range map[string]error{
		"short":       func() error { _, err := st.Pack(s, filepath.Join(dir, "a"), "短", app.Parcel{}); return err }(),
		"overwriting": func() error { _, err := st.Pack(s, path, parcelSecret, app.Parcel{}); return err }(),
		"unpacking":   func() error { _, err := st.Unpack(path, parcelSecret, path); return err }(),
	} {
		if app.CodeOf(err) != app.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := st.Unpack(s.Path(), "", filepath.Join(dir, "b")); app.CodeOf(err) != app.CodeForeign {
		t.Errorf("unpacking a pilot: %v", err)
	}
}

// However a package is damaged, or put together of two, it is refused or is what it was.
func TestDamagedParcelIsNeverTaken(t *testing.T) {
	st := Stores{Data: t.TempDir()}
	path, want := packedPilot(t, st)
	another, _ := packedPilot(t, st)
	whole, err1 := os.ReadFile(path)
	other, err2 := os.ReadFile(another)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(5, 5))
	bad := filepath.Join(t.TempDir(), "坏"+app.ParcelExtension)
	refused := 0
	for i := range 150 * *proofs {
		b, what := mutant(whole, [][]byte{other}, i, rng)
		if err := os.WriteFile(bad, b, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := st.OpenWith(bad, app.OpenOptions{ReadOnly: true, Secret: parcelSecret})
		if err != nil {
			refused++
			if app.CodeOf(err) == app.CodeIO {
				t.Errorf("mutant %d (%s): %v", i, what, err)
			}
			continue
		}
		got, err := contentsOf(s.(*Store))
		if err != nil || got.differs(want) != "" {
			t.Errorf("mutant %d (%s) was taken: %v", i, what, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if refused == 0 {
		t.Error("no mutant was refused")
	}
	t.Logf("%d of %d mutants of packages refused, none taken with other contents", refused, 150**proofs)
}
