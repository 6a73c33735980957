package pilotfile

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"filippo.io/age"

	"lianshao/app"
)

// An exchange package is an age file under a password. Inside come parcelMagic, the
// length of the manifest (4 bytes), the manifest, and a pilot file that was written
// anew under a key of its own, which stands in the manifest and nowhere else: what is
// unpacked to be read is as unreadable on the disk as a pilot with a password.
const (
	parcelMagic   = "LIANSHAO-PACKAGE"
	parcelFormat  = 1
	maxManifest   = 64 << 10
	maxParcelWork = 18 // what a file may ask of this computer
	ageMagic      = "age-encryption.org/v1\n"
	ageScrypt     = "-> scrypt "
)

// parcelWork is log2 of scrypt's N for new packages: about half a second and 128 MiB.
var parcelWork = 17

// manifest is what a package says of itself.
type manifest struct {
	Format int `json:"format"`
	app.Parcel
	Key []byte `json:"key"` // data key of the pilot file that follows
}

var _ app.Packer = Stores{}

// Pack implements app.Packer.
func (st Stores) Pack(pilot app.PilotStore, path, password string, about app.Parcel) (app.Parcel, error) {
	s, ok := pilot.(*Store)
	if !ok {
		return about, app.E(app.CodeInvalid, "这个试点不能做成交换包")
	}
	if utf8.RuneCountInString(password) < minPassword {
		return about, app.E(app.CodeInvalid, "交换包的密码至少 %d 个字符，可以用一句好记的话，另外告诉收件人", minPassword)
	}
	if _, err := os.Lstat(path); err == nil {
		return about, app.E(app.CodeInvalid, "已有同名文件《%s》，没有覆盖它。请换一个文件名", filepath.Base(path))
	}
	folder, err := st.viewFolder()
	if err != nil {
		return about, createError(err, path)
	}
	defer os.RemoveAll(folder)
	m := manifest{Format: parcelFormat, Parcel: about, Key: random(keyLength)}
	m.Host, m.Made = st.host(), st.now()
	inner := filepath.Join(folder, workName)
	if err := s.copyForParcel(inner, &m); err != nil {
		return about, openError(err, s.Path())
	}
	if _, err := replaceFile(st.fs(), path, 0o600, func(w io.Writer) error { return writeParcel(w, password, &m, inner) }); err != nil {
		return about, createError(err, path)
	}
	return m.Parcel, nil
}

// copyForParcel writes the pilot anew under the manifest's key, and notes what is in it.
func (s *Store) copyForParcel(to string, m *manifest) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	m.Head, m.Records = headOf(s.state.Seq, s.state.Chain), s.state.Records.Count
	h := &header{App: appID, Format: formatVersion, Pilot: s.header.Pilot, Padding: lockedPad}
	return s.rewriteInto(to, &seed{header: h, data: m.Key, chain: s.chain})
}

func writeParcel(w io.Writer, password string, m *manifest, inner string) error {
	to, err := age.NewScryptRecipient(password)
	if err != nil {
		return err
	}
	to.SetWorkFactor(parcelWork)
	out, err := age.Encrypt(w, to)
	if err != nil {
		return err
	}
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	head := binary.BigEndian.AppendUint32([]byte(parcelMagic), uint32(len(text)))
	if _, err := out.Write(append(head, text...)); err != nil {
		return err
	}
	f, err := os.Open(inner)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := io.CopyBuffer(onlyWriter{out}, onlyReader{f}, make([]byte, 1<<20)); err != nil {
		return err
	}
	return out.Close()
}

// isParcel reports whether a file is encrypted as packages are, whatever its name.
func isParcel(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, len(ageMagic))
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == ageMagic
}

// Reasons why a package is not taken.
var (
	errParcelPassword = errors.New("the password of the package does not fit")
	errParcelForeign  = errors.New("encrypted, but no package of ours")
	errParcelDamaged  = errors.New("the package is not whole")
	errParcelNewer    = errors.New("the package is of a newer format")
)

// readParcel decrypts a package and writes the pilot file in it to a new file.
func readParcel(path, password, to string) (m manifest, err error) {
	in, err := os.Open(path)
	if err != nil {
		return m, err
	}
	defer in.Close()
	head := make([]byte, len(ageMagic)+len(ageScrypt))
	if n, err := io.ReadFull(in, head); err != nil && n <= len(ageMagic) {
		return m, errParcelDamaged
	}
	if string(head[len(ageMagic):]) != ageScrypt {
		return m, errParcelForeign
	}
	if password == "" {
		return m, errParcelPassword
	}
	identity, err := age.NewScryptIdentity(password)
	if err != nil {
		return m, err
	}
	identity.SetMaxWorkFactor(maxParcelWork)
	plain, err := age.Decrypt(io.MultiReader(bytes.NewReader(head), in), identity)
	var wrong *age.NoIdentityMatchError
	switch {
	case errors.As(err, &wrong):
		return m, errors.Join(errParcelPassword, err)
	case err != nil:
		return m, errors.Join(errParcelDamaged, err)
	}
	if m, err = readManifest(plain); err != nil {
		return m, err
	}
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return m, err
	}
	_, err = io.CopyBuffer(onlyWriter{f}, decrypted{plain}, make([]byte, 1<<20))
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(to)
	}
	return m, err
}

// decrypted reads what came out of a package: what does not open is damage, not a
// disk that does not answer.
type decrypted struct{ io.Reader }

// Read implements io.Reader.
func (d decrypted) Read(b []byte) (int, error) {
	n, err := d.Reader.Read(b)
	if err != nil && err != io.EOF && isDamage(err) {
		err = errors.Join(errParcelDamaged, err)
	}
	return n, err
}

func readManifest(r io.Reader) (m manifest, err error) {
	head := make([]byte, len(parcelMagic)+4)
	if _, err := io.ReadFull(r, head); err != nil {
		return m, errors.Join(errParcelDamaged, err)
	}
	n := binary.BigEndian.Uint32(head[len(parcelMagic):])
	if !strings.HasPrefix(string(head), parcelMagic) || n > maxManifest {
		return m, errParcelForeign
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(r, text); err != nil {
		return m, errors.Join(errParcelDamaged, err)
	}
	err = json.Unmarshal(text, &m)
	switch {
	case err != nil:
		return m, errors.Join(errParcelDamaged, err)
	case m.Format > parcelFormat:
		return m, errParcelNewer
	case m.Format < 1 || len(m.Key) != keyLength:
		return m, errParcelDamaged
	}
	return m, nil
}

// parcelError puts what stands against reading a package into words.
func parcelError(err error, password, path string) error {
	name := filepath.Base(path)
	switch {
	case errors.Is(err, errParcelPassword) && password == "":
		return app.Wrap(app.CodePassword, err, "《%s》是交换包，请输入发件人告诉你的密码", name)
	case errors.Is(err, errParcelPassword):
		return app.Wrap(app.CodePassword, err, "密码不对，交换包《%s》没有打开。请检查大小写和输入法，或向发件人核对", name)
	case errors.Is(err, errParcelForeign):
		return app.Wrap(app.CodeForeign, err, "《%s》是加密文件，但不是廉哨做的交换包，请向发件人要廉哨的交换包（*%s）", name, app.ParcelExtension)
	case errors.Is(err, errParcelNewer):
		return app.Wrap(app.CodeNewer, err, "交换包《%s》是用更新版本的廉哨做的，请升级廉哨后再打开", name)
	case errors.Is(err, errParcelDamaged):
		return app.Wrap(app.CodeDamaged, err, "交换包《%s》不完整或已损坏，没有收下其中任何内容，请发件人重新发一次", name)
	}
	return openError(err, path)
}

// viewParcel opens a package to be read. The pilot in it lies in the private folder
// under a key that is in memory only, until it is closed.
func (st Stores) viewParcel(origin, shown, password string) (*Store, error) {
	d := &document{stores: st, origin: origin, shown: shown, why: "交换包只能看和汇总"}
	var err error
	if d.folder, err = st.viewFolder(); err != nil {
		return nil, openError(err, shown)
	}
	s, err := d.openParcel(password)
	if err != nil {
		d.drop()
		return nil, parcelError(err, password, shown)
	}
	return s, nil
}

func (d *document) openParcel(password string) (*Store, error) {
	m, err := readParcel(d.origin, password, d.copyPath())
	if err != nil {
		return nil, err
	}
	s, err := openFileWithKey(d.copyPath(), d.shown, m.Key)
	if err == nil {
		if err = d.verify(s); err == nil && headOf(s.state.Seq, s.state.Chain) != m.Head {
			err = errBad
		}
		if err != nil {
			_ = s.closeFile()
		}
	}
	if err != nil {
		return nil, errors.Join(errParcelDamaged, err)
	}
	s.doc, s.parcel = d, &m.Parcel
	d.state.ReadOnly, d.state.Why, d.state.Place = true, d.why, placeOf(d.origin)
	return s, d.start(s)
}

// Parcel implements app.Parcelled.
func (s *Store) Parcel() (app.Parcel, bool) {
	if s.parcel == nil {
		return app.Parcel{}, false
	}
	return *s.parcel, true
}

// Unpack implements app.Packer.
func (st Stores) Unpack(path, password, to string) (app.Parcel, error) {
	if _, err := os.Lstat(to); err == nil {
		return app.Parcel{}, app.E(app.CodeInvalid, "已有同名文件《%s》，没有覆盖它。请换一个文件名", filepath.Base(to))
	}
	origin, err := whereItIs(path)
	if err != nil {
		return app.Parcel{}, openError(err, path)
	}
	if !isParcel(origin) {
		if err := precheck(origin, path); err != nil {
			return app.Parcel{}, err
		}
		return app.Parcel{}, app.E(app.CodeForeign, "《%s》是试点文件，不是交换包，可以直接打开", filepath.Base(path))
	}
	s, err := st.viewParcel(origin, path, password)
	if err != nil {
		return app.Parcel{}, err
	}
	defer s.Close()
	sd := newSeed()
	sd.header.Pilot, sd.chain = s.header.Pilot, s.chain
	temp := filepath.Join(filepath.Dir(to), tempName())
	if err = s.rewriteInto(temp, sd); err == nil {
		err = rename(st.fs(), temp, to)
	}
	if err != nil {
		_ = os.Remove(temp)
		return app.Parcel{}, createError(err, to)
	}
	syncFolder(filepath.Dir(to))
	return *s.parcel, nil
}
