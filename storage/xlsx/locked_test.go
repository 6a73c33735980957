package xlsx

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lianshao/app"
	"lianshao/app/intake"
	"lianshao/storage/cells"
	"lianshao/storage/xls"
	"lianshao/storage/xls/oletest"
)

const secret = "密码 p@ss"

// bigBook is a workbook of more bytes than containers keep in their small stream.
func bigBook(t testing.TB) []byte {
	p := minimal()
	noise := make([]byte, 5000)
	rng := rand.New(rand.NewPCG(7, 7))
	for i := range noise {
		noise[i] = byte(rng.Uint32())
	}
	p["xl/media/a.png"] = string(noise)
	return zipOf(t, p)
}

// agileInfo describes the encryption of agileBook.
const agileInfo = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">` +
	`<keyData saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="%s"/>` +
	`<keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><p:encryptedKey spinCount="1000" saltSize="16" blockSize="16" keyBits="256" hashSize="64" ` +
	`cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="%s" encryptedVerifierHashInput="%s" encryptedVerifierHashValue="%s" encryptedKeyValue="%s"/></keyEncryptor></keyEncryptors></encryption>`

// agileInfoOf encrypts a key with a password as Excel 2010 and later do.
func agileInfoOf(t testing.TB, password string, key []byte) []byte {
	t.Helper()
	dataSalt, salt, input := []byte("0123456789abcdef"), []byte("fedcba9876543210"), []byte("abcdefghijklmnop")
	h := sha512.New()
	final := spin(h, salt, password, 1000)
	seal := func(purpose, data []byte) string {
		return base64.StdEncoding.EncodeToString(encryptCBC(t, digest(h, final, purpose)[:32], salt, data))
	}
	sum := sha512.Sum512(input)
	text := fmt.Sprintf(agileInfo, base64.StdEncoding.EncodeToString(dataSalt), base64.StdEncoding.EncodeToString(salt), seal(forInput, input), seal(forValue, sum[:]), seal(forKey, key))
	return append([]byte{4, 0, 4, 0, 0x40, 0, 0, 0}, text+strings.Repeat(" ", 4096)...)
}

func encryptCBC(t testing.TB, key, iv, data []byte) []byte {
	t.Helper()
	c, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	out := append(bytes.Clone(data), make([]byte, (16-len(data)%16)%16)...)
	cipher.NewCBCEncrypter(c, iv).CryptBlocks(out, out)
	return out
}

// agileBook is a workbook encrypted as Excel 2010 and later do.
func agileBook(t testing.TB, password string) []byte {
	t.Helper()
	key := []byte("0123456789abcdef0123456789abcdef")
	plain := bigBook(t)
	packed := binary.LittleEndian.AppendUint64(nil, uint64(len(plain)))
	h := sha512.New()
	for i := 0; i < len(plain); i += segment {
		iv := digest(h, []byte("0123456789abcdef"), binary.LittleEndian.AppendUint32(nil, uint32(i/segment)))[:16]
		packed = append(packed, encryptCBC(t, key, iv, plain[i:min(i+segment, len(plain))])...)
	}
	return oletest.File(oletest.Stream{Name: "EncryptionInfo", Content: agileInfoOf(t, password, key)}, oletest.Stream{Name: "EncryptedPackage", Content: packed})
}

// standardBook is one encrypted as Excel 2007 does, by another program than ours.
func standardBook(t testing.TB, password string) []byte {
	t.Helper()
	b, err := excelize.Encrypt(bigBook(t), &excelize.Options{Password: password})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func readLockedAs(t testing.TB, data []byte, password string) (*intake.Book, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "有密码.xlsx")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return Reader{}.ReadAs(context.Background(), path, intake.Choices{Password: password}, nil)
}

func TestPasswords(t *testing.T) {
	for name, data := range map[string][]byte{"agile": agileBook(t, secret), "standard": standardBook(t, secret)} {
		t.Run(name, func(t *testing.T) {
			b, err := readLockedAs(t, data, secret)
			if err != nil || b.Sheets[0].Rows[0].Cells[1] != "富 文" {
				t.Fatal(b, err)
			}
			if _, err = readLockedAs(t, data, ""); !errors.Is(err, intake.ErrPassword) || !strings.Contains(app.Sentence(err), "请输入密码") {
				t.Error("without a password:", err)
			}
			for _, wrong := range []string{"x", secret + " ", strings.Repeat("很长", 500)} {
				if _, err = readLockedAs(t, data, wrong); !errors.Is(err, intake.ErrWrongPassword) || !strings.Contains(app.Sentence(err), "密码不对") {
					t.Errorf("password %q: %v", wrong, err)
				}
			}
			if plain, err := excelize.Decrypt(data, &excelize.Options{Password: secret}); err != nil || !bytes.HasPrefix(plain, []byte("PK")) {
				t.Error("excelize cannot read it:", err)
			}
		})
	}
}

// A workbook that only may not be changed opens without being asked.
func TestPasswordOfEverybody(t *testing.T) {
	if b, err := readLockedAs(t, agileBook(t, everybody), ""); err != nil || len(b.Sheets) != 1 {
		t.Error(b, err)
	}
}

func TestReaderWithPassword(t *testing.T) {
	path := filepath.Join(t.TempDir(), "有密码.xlsx")
	if err := os.WriteFile(path, agileBook(t, secret), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := intake.WithPassword(Reader{}, secret).Read(context.Background(), path, nil); err != nil {
		t.Error(err)
	}
	if _, err := intake.WithPassword(Reader{}, "").Read(context.Background(), path, nil); !errors.Is(err, intake.ErrPassword) {
		t.Error(err)
	}
	if _, err := intake.WithPassword(Reader{}, "x").Read(context.Background(), path, nil); !errors.Is(err, intake.ErrWrongPassword) {
		t.Error(err)
	}
}

// TestEncryptionThatCannotBe: what describes the encryption is wrong.
func TestEncryptionThatCannotBe(t *testing.T) {
	info, err := xls.Stream(agileBook(t, secret), "EncryptionInfo")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.TrimSpace(string(info[8:]))
	replaced := func(old, new string) []byte {
		if !strings.Contains(text, old) {
			t.Fatalf("no %s in %s", old, text)
		}
		return append(bytes.Clone(info[:8]), strings.ReplaceAll(text, old, new)...)
	}
	for name, info := range map[string][]byte{
		"nothing":          {},
		"version":          {9, 0, 9, 0, 0, 0, 0, 0},
		"extensible":       {4, 0, 3, 0, 0, 0, 0, 0},
		"ten million":      replaced(`spinCount="1000"`, `spinCount="10000000"`),
		"unknown hash":     replaced(`hashAlgorithm="SHA512"`, `hashAlgorithm="WHIRLPOOL"`),
		"unknown cipher":   replaced(`cipherAlgorithm="AES"`, `cipherAlgorithm="RC2"`),
		"odd key":          replaced(`keyBits="256"`, `keyBits="13"`),
		"no salt":          replaced(`saltValue=`, `pepper=`),
		"salt not base 64": replaced(`saltValue="`, `saltValue="!`),
		"short standard":   {3, 0, 2, 0, 0, 0, 0, 0, 40, 0, 0, 0},
		"broken XML":       replaced(`</encryption>`, ``),
	} {
		data := oletest.File(oletest.Stream{Name: "EncryptionInfo", Content: info}, oletest.Stream{Name: "EncryptedPackage", Content: []byte("x")})
		var f fault
		if _, err := lockOf(info); err == nil {
			t.Errorf("%s: accepted", name)
		}
		if _, err := readLockedAs(t, data, secret); !errors.As(err, &f) && app.CodeOf(err) != app.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestDamagedLocks changes bytes of encrypted workbooks: refused or the same, no panic.
func TestDamagedLocks(t *testing.T) {
	src := agileBook(t, secret)
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range 40 {
		b := bytes.Clone(src)
		for range 1 + i%8 {
			b[rng.IntN(len(b))] ^= 1 << rng.IntN(8)
		}
		book, err := readLockedAs(t, b, secret)
		if err == nil && book.Sheets[0].Rows[0].Cells[1] != "富 文" {
			t.Errorf("mutant %d reads differently", i)
		}
	}
	if _, err := unpack(&standard{}, nil, append(make([]byte, 7), 1)); err == nil {
		t.Error("a package longer than it is was opened")
	}
	var f cells.Fault
	if _, err := readLockedAs(t, src[:len(src)/2], secret); !errors.As(err, &f) {
		t.Error(err)
	}
}
