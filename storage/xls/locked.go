package xls

import (
	"bytes"
	"cmp"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha1"
	"encoding/binary"
	"errors"
	"unicode/utf16"

	"lianshao/app/intake"
	"lianshao/storage/cells"
)

// everybody is the password Excel itself uses for workbooks of which only the structure
// is protected; it does not ask for it either.
const everybody = "VelvetSweatshop"

const (
	errLocked = cells.Fault("有打开密码，请输入密码，或在 Excel 中取消密码后再导入")
	errWrong  = cells.Fault("的打开密码不对，没有导入。忘了密码的，请向提供的人要不带密码的文件")
	errCipher = cells.Fault("有打开密码，用的是更早的加密方式，请用 Excel 或 WPS 打开它，另存为不带密码的 .xlsx 后再导入")
)

// plainRecords are never encrypted.
var plainRecords = map[int]bool{recBOF: true, recFilePass: true, 0x00e1: true, 0x0194: true, 0x0195: true, 0x0196: true, 0x0138: true}

// cipherBlock is how much of the stream is encrypted under one key.
const cipherBlock = 1024

// lock derives the keys of a password.
type lock struct {
	salt, verifier, hash []byte
	capi                 bool // of Excel 2002 and later: SHA-1, else MD5
	keyLen               int
}

// unlock returns the stream decrypted; the stream itself when it is not encrypted.
func unlock(stream []byte, password string) ([]byte, error) {
	pass, err := filePass(stream)
	if pass == nil || err != nil {
		return stream, err
	}
	l, err := lockOf(pass)
	if err != nil {
		return nil, err
	}
	for _, p := range []string{everybody, password} {
		if p != "" {
			if key := l.base(p); l.fits(key) {
				return l.open(key, stream)
			}
		}
	}
	if password == "" {
		return nil, errors.Join(errLocked, intake.ErrPassword)
	}
	return nil, errors.Join(errWrong, intake.ErrWrongPassword)
}

// filePass finds how a stream is encrypted: it stands near its beginning.
func filePass(stream []byte) ([]byte, error) {
	r := &records{b: stream}
	for range 16 {
		if err := r.next(); err != nil || r.kind == recEOF {
			return nil, nil // what is wrong with it is told when it is read
		}
		if r.kind == recFilePass {
			return r.body, nil
		}
	}
	return nil, nil
}

// lockOf reads the record that describes the encryption.
func lockOf(b []byte) (*lock, error) {
	f := &fields{rest: b}
	if f.u16() != 1 {
		return nil, errCipher
	}
	major, minor := f.u16(), f.u16()
	if major == 1 && minor == 1 {
		l := &lock{keyLen: md5.Size}
		l.salt, l.verifier, l.hash = f.take(16), f.take(16), f.take(md5.Size)
		return l, f.fault()
	}
	if major < 2 || major > 4 || minor != 2 {
		return nil, errCipher
	}
	f.u32()
	head := f.take(int(min(f.u32(), 1<<16)))
	if f.bad || len(head) < 20 {
		return nil, cells.Damaged
	}
	const rc4ID = 0x6801
	if algorithm := binary.LittleEndian.Uint32(head[8:]); algorithm != rc4ID {
		return nil, errCipher
	}
	bits := cmp.Or(int(binary.LittleEndian.Uint32(head[16:])), 40)
	if bits < 40 || bits > 128 || bits%8 != 0 || f.u32() != 16 {
		return nil, errCipher
	}
	l := &lock{capi: true, keyLen: bits / 8, salt: f.take(16), verifier: f.take(16)}
	f.u32()
	l.hash = f.take(sha1.Size)
	return l, f.fault()
}

// take returns the next n bytes.
func (f *fields) take(n int) []byte {
	if len(f.rest) < n {
		f.bad = true
		return nil
	}
	out := f.rest[:n]
	f.rest = f.rest[n:]
	return out
}

func (f *fields) fault() error {
	if f.bad {
		return cells.Damaged
	}
	return nil
}

// base hashes a password with its salt.
func (l *lock) base(password string) []byte {
	var text []byte
	for _, u := range utf16.Encode([]rune(password)) {
		text = binary.LittleEndian.AppendUint16(text, u)
	}
	if l.capi {
		sum := sha1.Sum(append(bytes.Clone(l.salt), text...))
		return sum[:]
	}
	first := md5.Sum(text)
	sum := md5.Sum(bytes.Repeat(append(bytes.Clone(first[:5]), l.salt...), 16))
	return sum[:5]
}

// cipher is that of a block of the stream.
func (l *lock) cipher(base []byte, block uint32) (*rc4.Cipher, error) {
	seed := binary.LittleEndian.AppendUint32(bytes.Clone(base), block)
	if !l.capi {
		key := md5.Sum(seed)
		return rc4.NewCipher(key[:])
	}
	sum := sha1.Sum(seed)
	key := sum[:l.keyLen]
	if l.keyLen == 5 { // 40 bits are filled up with zeros
		key = append(bytes.Clone(key), make([]byte, 11)...)
	}
	return rc4.NewCipher(key)
}

// fits reports whether a password is the right one.
func (l *lock) fits(base []byte) bool {
	c, err := l.cipher(base, 0)
	if err != nil {
		return false
	}
	verifier, want := make([]byte, len(l.verifier)), make([]byte, len(l.hash))
	c.XORKeyStream(verifier, l.verifier)
	c.XORKeyStream(want, l.hash)
	if l.capi {
		sum := sha1.Sum(verifier)
		return bytes.Equal(sum[:], want)
	}
	sum := md5.Sum(verifier)
	return bytes.Equal(sum[:], want)
}

// open decrypts a stream: the bodies of the records, except those that tell where
// things are.
func (l *lock) open(base, stream []byte) ([]byte, error) {
	out := make([]byte, len(stream))
	for at := 0; at < len(stream); at += cipherBlock {
		c, err := l.cipher(base, uint32(at/cipherBlock))
		if err != nil {
			return nil, err
		}
		end := min(at+cipherBlock, len(stream))
		c.XORKeyStream(out[at:end], stream[at:end])
	}
	r := &records{b: stream}
	for start := 0; r.next() == nil; start = r.pos {
		keep := start + 4
		switch {
		case plainRecords[r.kind]:
			keep = r.pos
		case r.kind == recBoundSheet:
			keep = min(start+8, r.pos)
		}
		copy(out[start:keep], stream[start:keep])
		if r.kind == recFilePass { // it is open now
			binary.LittleEndian.PutUint16(out[start:], recUnused)
		}
	}
	copy(out[r.pos:], stream[r.pos:]) // what is no record is not encrypted
	return out, nil
}
