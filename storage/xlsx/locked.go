package xlsx

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash"
	"strconv"
	"unicode/utf16"

	"lianshao/app/intake"
	"lianshao/storage/xls"
)

// maxSpin bounds how often a password is hashed; Excel does it 100,000 times.
const maxSpin = 1_000_000

// everybody is the password Excel itself uses for workbooks that are only protected
// from being changed; it does not ask for it either.
const everybody = "VelvetSweatshop"

var errCipher = fault("用了不认识的加密方式，请用 Excel 或 WPS 打开它，取消密码后再导入")

// refused is a fault with a cause that callers look for.
type refused struct {
	fault
	cause error
}

// Unwrap returns the fault and the cause.
func (r refused) Unwrap() []error { return []error{r.fault, r.cause} }

// lock checks passwords and decrypts.
type lock interface {
	// key returns the key of a password, nil for a wrong one.
	key(password string) ([]byte, error)
	// open decrypts a package.
	open(key, data []byte) ([]byte, error)
}

// unlock decrypts a workbook with the password a person gave.
func unlock(password string, data []byte) ([]byte, error) {
	info, err := xls.Stream(data, "EncryptionInfo")
	if err != nil {
		return nil, err
	}
	l, err := lockOf(info)
	if err != nil {
		return nil, err
	}
	key, err := l.key(everybody)
	if key == nil && err == nil && password != "" {
		key, err = l.key(password)
	}
	switch {
	case err != nil:
		return nil, err
	case key == nil && password == "":
		return nil, refused{fault("有打开密码，请输入密码，或在 Excel 中取消密码后再导入"), intake.ErrPassword}
	case key == nil:
		return nil, refused{fault("的打开密码不对，没有导入。忘了密码的，请向提供的人要不带密码的文件"), intake.ErrWrongPassword}
	}
	packed, err := xls.Stream(data, "EncryptedPackage")
	if err != nil {
		return nil, err
	}
	return unpack(l, key, packed)
}

// unpack decrypts a package: eight bytes of length, then whole blocks.
func unpack(l lock, key, packed []byte) ([]byte, error) {
	if len(packed) < 8 {
		return nil, errXML
	}
	size := binary.LittleEndian.Uint64(packed)
	body := packed[8:]
	body = body[:len(body)/aes.BlockSize*aes.BlockSize]
	if size > uint64(len(body)) {
		return nil, errXML
	}
	plain, err := l.open(key, body)
	if err != nil {
		return nil, err
	}
	if plain = plain[:size]; !bytes.HasPrefix(plain, []byte("PK")) {
		return nil, errXML
	}
	return plain, nil
}

// lockOf reads how a workbook is encrypted.
func lockOf(info []byte) (lock, error) {
	if len(info) < 8 {
		return nil, errXML
	}
	major, minor := binary.LittleEndian.Uint16(info), binary.LittleEndian.Uint16(info[2:])
	switch {
	case major == 4 && minor == 4:
		return agileLock(info[8:])
	case major >= 2 && major <= 4 && minor == 2:
		return standardLock(info[8:])
	}
	return nil, errCipher
}

// utf16Bytes is a password as it is hashed.
func utf16Bytes(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

// spin hashes a password with its salt n times more.
func spin(h hash.Hash, salt []byte, password string, n int) []byte {
	h.Write(salt)
	h.Write(utf16Bytes(password))
	sum := h.Sum(nil)
	var count [4]byte
	for i := range n {
		binary.LittleEndian.PutUint32(count[:], uint32(i))
		h.Reset()
		h.Write(count[:])
		h.Write(sum)
		sum = h.Sum(sum[:0])
	}
	return sum
}

func digest(h hash.Hash, parts ...[]byte) []byte {
	h.Reset()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

// standard is the encryption of Office 2007: AES in single blocks, SHA-1.
type standard struct {
	salt, verifier, verifierHash []byte
	keyLen                       int
}

func standardLock(b []byte) (lock, error) {
	if len(b) < 4 {
		return nil, errXML
	}
	n := int(binary.LittleEndian.Uint32(b))
	if n < 32 || n > len(b)-4-4-16-16-4-32 {
		return nil, errXML
	}
	head, rest := b[4:4+n], b[4+n:]
	algorithm, bits := binary.LittleEndian.Uint32(head[8:]), int(binary.LittleEndian.Uint32(head[16:]))
	if algorithm < 0x660e || algorithm > 0x6610 || bits != 128 && bits != 192 && bits != 256 {
		return nil, errCipher
	}
	return &standard{salt: rest[4:20], verifier: rest[20:36], verifierHash: rest[40:72], keyLen: bits / 8}, nil
}

func (s *standard) key(password string) ([]byte, error) {
	h := sha1.New()
	final := digest(h, spin(h, s.salt, password, 50_000), make([]byte, 4))
	var key []byte
	for _, pad := range []byte{0x36, 0x5c} {
		block := bytes.Repeat([]byte{pad}, 64)
		subtle.XORBytes(block, block, final)
		key = append(key, digest(h, block)...)
	}
	key = key[:s.keyLen]
	verifier, err := s.open(key, s.verifier)
	if err != nil {
		return nil, err
	}
	want, err := s.open(key, s.verifierHash)
	if err != nil || !bytes.Equal(digest(h, verifier), want[:sha1.Size]) {
		return nil, err
	}
	return key, nil
}

func (s *standard) open(key, data []byte) ([]byte, error) {
	c, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	out := make([]byte, len(data))
	for i := 0; i+aes.BlockSize <= len(data); i += aes.BlockSize {
		c.Decrypt(out[i:], data[i:i+aes.BlockSize])
	}
	return out, nil
}

// agile is the encryption of Office 2010 and later.
type agile struct {
	dataSalt              []byte
	dataHash              func() hash.Hash
	salt                  []byte
	hash                  func() hash.Hash
	spins, keyLen         int
	input, value, wrapped []byte // the verifier, its hash, the key
}

var hashes = map[string]func() hash.Hash{"SHA1": sha1.New, "SHA-1": sha1.New, "SHA256": sha256.New, "SHA384": sha512.New384, "SHA512": sha512.New}

// agileLock reads the description, an XML document.
func agileLock(b []byte) (lock, error) {
	a := &agile{}
	err := eachElement(b, func(s *scanner) error {
		switch string(s.name) {
		case "keyData":
			return a.readData(s)
		case "encryptedKey":
			return a.readKey(s)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if a.dataHash == nil || a.hash == nil || a.keyLen == 0 {
		return nil, errCipher
	}
	return a, nil
}

// aesCBC reports whether an element says so.
func aesCBC(s *scanner) bool {
	return s.flagIs("cipherAlgorithm", "AES") && s.flagIs("cipherChaining", "ChainingModeCBC")
}

func (a *agile) readData(s *scanner) (err error) {
	name, _ := s.attr("hashAlgorithm")
	if a.dataHash = hashes[string(name)]; a.dataHash == nil || !aesCBC(s) {
		return errCipher
	}
	a.dataSalt, err = s.bytes("saltValue")
	return err
}

func (a *agile) readKey(s *scanner) error {
	name, _ := s.attr("hashAlgorithm")
	if a.hash = hashes[string(name)]; a.hash == nil || !aesCBC(s) {
		return errCipher
	}
	spins, _ := s.attr("spinCount")
	bits, _ := s.attr("keyBits")
	n, err1 := strconv.Atoi(string(spins))
	k, err2 := strconv.Atoi(string(bits))
	if err1 != nil || err2 != nil || n < 0 || n > maxSpin || k != 128 && k != 192 && k != 256 {
		return errCipher
	}
	a.spins, a.keyLen = n, k/8
	var errs [4]error
	a.salt, errs[0] = s.bytes("saltValue")
	a.input, errs[1] = s.bytes("encryptedVerifierHashInput")
	a.value, errs[2] = s.bytes("encryptedVerifierHashValue")
	a.wrapped, errs[3] = s.bytes("encryptedKeyValue")
	return errors.Join(errs[:]...)
}

// bytes returns an attribute in base 64, at most a kilobyte.
func (s *scanner) bytes(name string) ([]byte, error) {
	v, ok := s.attr(name)
	if !ok || len(v) > 1024 {
		return nil, errXML
	}
	b, err := base64.StdEncoding.DecodeString(string(v))
	if err != nil || len(b) == 0 {
		return nil, errXML
	}
	return b, nil
}

// Purposes of the keys derived from a password.
var (
	forInput = []byte{0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79}
	forValue = []byte{0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e}
	forKey   = []byte{0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6}
)

func (a *agile) key(password string) ([]byte, error) {
	h := a.hash()
	final := spin(h, a.salt, password, a.spins)
	derived := func(purpose, data []byte) ([]byte, error) {
		return decryptCBC(fit(digest(h, final, purpose), a.keyLen), fit(a.salt, aes.BlockSize), data)
	}
	input, err1 := derived(forInput, a.input)
	value, err2 := derived(forValue, a.value)
	key, err3 := derived(forKey, a.wrapped)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	if len(input) < len(a.salt) || len(value) < h.Size() || len(key) < a.keyLen {
		return nil, errXML
	}
	if !bytes.Equal(digest(h, input[:len(a.salt)]), value[:h.Size()]) {
		return nil, nil
	}
	return key[:a.keyLen], nil
}

// segment is how much is encrypted under one vector.
const segment = 4096

func (a *agile) open(key, data []byte) ([]byte, error) {
	h := a.dataHash()
	out := make([]byte, 0, len(data))
	var no [4]byte
	for i := 0; i < len(data); i += segment {
		binary.LittleEndian.PutUint32(no[:], uint32(i/segment))
		part, err := decryptCBC(key, fit(digest(h, a.dataSalt, no[:]), aes.BlockSize), data[i:min(i+segment, len(data))])
		if err != nil {
			return nil, err
		}
		out = append(out, part...)
	}
	return out, nil
}

// fit cuts b to n bytes or fills it up as the format says.
func fit(b []byte, n int) []byte {
	out := bytes.Repeat([]byte{0x36}, n)
	copy(out, b)
	return out
}

func decryptCBC(key, iv, data []byte) ([]byte, error) {
	c, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	if len(data)%aes.BlockSize != 0 {
		return nil, errXML
	}
	out := make([]byte, len(data))
	cipher.NewCBCDecrypter(c, iv).CryptBlocks(out, data)
	return out, nil
}
