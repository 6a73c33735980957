package pilotfile

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"

	"lianshao/app"
)

// header says what a file is and holds the way to its data key: the key itself
// when there is no password, else the key wrapped by the password and by the
// printed recovery key.
type header struct {
	App     string `json:"app"`
	Format  uint8  `json:"format"`
	Pilot   []byte `json:"pilot"`
	Padding int    `json:"pad"`
	Key     []byte `json:"key,omitempty"`
	Slots   []slot `json:"slots,omitempty"`
	MAC     []byte `json:"mac,omitempty"` // by a key that follows from the data key
}

// slot is one way to the data key.
type slot struct {
	Kind    string `json:"kind"` // slotPassword or slotRecovery
	KDF     kdf    `json:"kdf"`
	Nonce   []byte `json:"nonce"`
	Wrapped []byte `json:"wrapped"`
}

const (
	slotPassword = "password"
	slotRecovery = "recovery"
)

// kdf are the costs of Argon2id; Memory is in KiB. A recovery key is random and
// long, and needs no costs: Time is 0.
type kdf struct {
	Time    uint32 `json:"t"`
	Memory  uint32 `json:"m"`
	Threads uint8  `json:"p"`
	Salt    []byte `json:"salt"`
}

// passwordCost is the second choice of RFC 9106: about 0.1 s and 64 MiB.
var passwordCost = kdf{Time: 3, Memory: 64 << 10, Threads: 4}

// The most that a file may ask of this computer before its header is known to be genuine.
const (
	maxTime      = 16
	maxMemory    = 1 << 20 // KiB: 1 GiB
	maxThreads   = 16
	maxHeader    = 16 << 10
	maxPadding   = 4096
	lockedPad    = 256 // what padding hides in a locked pilot: exact lengths
	saltSize     = 16
	headerMagic  = "LIANSHAO-HEADER\x02"
	headerPrefix = len(headerMagic) + sha256.Size
	spareSize    = 2048 // larger than what bbolt keeps inside the root page
)

var (
	errHeader   = errors.New("the header is damaged")
	errPassword = errors.New("password does not fit")
)

// locked reports whether the file needs a password.
func (h *header) locked() bool { return len(h.Key) == 0 }

func (h *header) id() (id [pilotIDSize]byte) { copy(id[:], h.Pilot); return id }

// encode writes the header with its MAC and a plain checksum, which tells a
// damaged header from a wrong password.
func (h *header) encode(data []byte) ([]byte, error) {
	mac, err := h.mac(data)
	if err != nil {
		return nil, err
	}
	h.MAC = mac
	content, err := marshal(h)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(content)
	out := append([]byte(headerMagic), sum[:]...)
	return append(out, content...), nil
}

func (h *header) mac(data []byte) ([]byte, error) {
	key, err := headerKey(data)
	if err != nil {
		return nil, err
	}
	bare := *h
	bare.MAC = nil
	content, err := marshal(&bare)
	if err != nil {
		return nil, err
	}
	m := hmac.New(sha256.New, key)
	m.Write(content)
	return m.Sum(nil), nil
}

// parseHeader reads a header; trailing zeros are those of the spare one.
func parseHeader(b []byte) (*header, error) {
	if len(b) < headerPrefix || len(b) > maxHeader || !bytes.HasPrefix(b, []byte(headerMagic)) {
		return nil, errHeader
	}
	content := b[headerPrefix:]
	h := &header{}
	rest, err := decoder.UnmarshalFirst(content, h)
	if err != nil || len(bytes.Trim(rest, "\x00")) > 0 {
		return nil, errHeader
	}
	content = content[:len(content)-len(rest)]
	if sum := sha256.Sum256(content); !bytes.Equal(sum[:], b[len(headerMagic):headerPrefix]) {
		return nil, errHeader
	}
	if h.App != appID || len(h.Pilot) != pilotIDSize || h.Padding < 1 || h.Padding > maxPadding || len(h.Key) != 0 && len(h.Key) != keyLength {
		return nil, errHeader
	}
	if h.Format > formatVersion {
		return nil, errNewer
	}
	return h, nil
}

// unlock finds the data key by password or recovery key; secret is not looked at
// when the file has no password.
func (h *header) unlock(secret string) ([]byte, error) {
	if !h.locked() {
		return h.Key, h.verify(h.Key)
	}
	kinds := []string{slotPassword, slotRecovery}
	for _, kind := range kinds {
		for _, s := range h.Slots {
			if s.Kind != kind {
				continue
			}
			if data, err := s.open(h.id(), secret); err == nil {
				return data, h.verify(data)
			} else if !errors.Is(err, errPassword) {
				return nil, err
			}
		}
	}
	return nil, errPassword
}

func (h *header) verify(data []byte) error {
	mac, err := h.mac(data)
	if err != nil || !hmac.Equal(mac, h.MAC) {
		return errHeader
	}
	return nil
}

// newSlot wraps the data key by a password or a recovery key.
func newSlot(kind string, pilot [pilotIDSize]byte, secret string, data []byte) (slot, error) {
	s := slot{Kind: kind, KDF: kdf{Salt: random(saltSize)}, Nonce: random(chacha20poly1305.NonceSizeX)}
	if kind == slotPassword {
		cost := passwordCost
		cost.Salt = s.KDF.Salt
		s.KDF = cost
	}
	key, err := s.key(secret)
	if err != nil {
		return s, err
	}
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return s, err
	}
	s.Wrapped = aead.Seal(nil, s.Nonce, data, s.bind(pilot))
	return s, nil
}

// bind is what the wrapping covers besides the key: costs cannot be lowered unseen.
func (s *slot) bind(pilot [pilotIDSize]byte) []byte {
	return fmt.Appendf(pilot[:], "%s %d %d %d %x", s.Kind, s.KDF.Time, s.KDF.Memory, s.KDF.Threads, s.KDF.Salt)
}

func (s *slot) open(pilot [pilotIDSize]byte, secret string) ([]byte, error) {
	if len(s.Nonce) != chacha20poly1305.NonceSizeX || len(s.Wrapped) != keyLength+chacha20poly1305.Overhead {
		return nil, errHeader
	}
	key, err := s.key(secret)
	if err != nil {
		return nil, err
	}
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, err
	}
	data, err := aead.Open(nil, s.Nonce, s.Wrapped, s.bind(pilot))
	if err != nil {
		return nil, errPassword
	}
	return data, nil
}

// key derives the wrapping key from what a person types.
func (s *slot) key(secret string) ([]byte, error) {
	k := s.KDF
	if len(k.Salt) < 8 || len(k.Salt) > 64 {
		return nil, errHeader
	}
	switch s.Kind {
	case slotRecovery:
		code, ok := readRecoveryKey(secret)
		if !ok {
			return nil, errPassword
		}
		m := hmac.New(sha256.New, k.Salt)
		m.Write(code)
		return m.Sum(nil), nil
	case slotPassword:
		if k.Time < 1 || k.Time > maxTime || k.Memory < 8 || k.Memory > maxMemory || k.Threads < 1 || k.Threads > maxThreads {
			return nil, errHeader
		}
		return argon2.IDKey([]byte(secret), k.Salt, k.Time, k.Memory, k.Threads, keyLength), nil
	}
	return nil, errHeader
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails: the program ends rather
	return b
}

// recoveryAlphabet has no letters that look like digits (I, L, O, U are missing).
const recoveryAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

const (
	recoveryLetters = 26 // 130 random bits
	recoveryChecks  = 2
)

// newRecoveryKey makes a key to be printed: seven groups of four characters, the
// last two of which notice a slip of the pen.
func newRecoveryKey() string {
	letters := make([]byte, recoveryLetters)
	for i, b := range random(recoveryLetters) {
		letters[i] = recoveryAlphabet[b&31]
	}
	return groups(append(letters, recoveryCheck(letters)...))
}

func recoveryCheck(letters []byte) []byte {
	sum := sha256.Sum256(letters)
	return []byte{recoveryAlphabet[sum[0]&31], recoveryAlphabet[sum[1]&31]}
}

func groups(letters []byte) string {
	var parts []string
	for len(letters) > 4 {
		parts, letters = append(parts, string(letters[:4])), letters[4:]
	}
	return strings.Join(append(parts, string(letters)), "-")
}

// readRecoveryKey reads what a person copied from paper, forgiving case, spaces,
// dashes and look-alikes.
func readRecoveryKey(text string) ([]byte, bool) {
	text = strings.NewReplacer("-", "", " ", "", "　", "", "—", "", "O", "0", "I", "1", "L", "1", "U", "V").Replace(strings.ToUpper(text))
	if len(text) != recoveryLetters+recoveryChecks {
		return nil, false
	}
	letters := []byte(text[:recoveryLetters])
	return letters, string(recoveryCheck(letters)) == text[recoveryLetters:]
}

// looksLikeRecoveryKey reports whether a person meant to type a recovery key.
func looksLikeRecoveryKey(text string) bool {
	n := 0
	for _, r := range strings.ToUpper(text) {
		if strings.ContainsRune(recoveryAlphabet+"OILU", r) {
			n++
		}
	}
	return n == recoveryLetters+recoveryChecks && strings.Count(text, "-") >= 4
}

// passwordError puts the ways of not getting in into words.
func passwordError(err error, secret, name string) error {
	switch {
	case errors.Is(err, errPassword) && secret == "":
		return app.Wrap(app.CodePassword, err, "《%s》设了口令，请输入口令", name)
	case errors.Is(err, errPassword) && looksLikeRecoveryKey(secret):
		return app.Wrap(app.CodePassword, err, "恢复密钥不对，请对照打印的恢复密钥逐组核对（不是这个文件的恢复密钥也打不开）")
	case errors.Is(err, errPassword):
		return app.Wrap(app.CodePassword, err, "口令不对，《%s》没有打开。请检查大小写和输入法；忘记口令时可以输入打印保存的恢复密钥", name)
	}
	return err
}

func pilotIDText(id [pilotIDSize]byte) string { return hex.EncodeToString(id[:]) }
