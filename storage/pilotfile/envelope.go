package pilotfile

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"sync"

	"golang.org/x/crypto/chacha20poly1305"
)

// Every value is kept in an envelope:
//
//	algorithm (1) | tag of the bucket (1) | revision (8) | nonce (24) | sealed content | check (16)
//
// The seal covers, besides the content, the pilot's id, the bucket, the key and
// the revision: a value that was damaged, came from another pilot, or stands in
// another's place does not open. The tag tells a salvage, which finds values
// without their buckets, what a value is.
const (
	algXChaCha   = 1
	envelopeHead = 1 + 1 + 8 + chacha20poly1305.NonceSizeX
	envelopeSize = envelopeHead + chacha20poly1305.Overhead
	keyLength    = chacha20poly1305.KeySize
	pilotIDSize  = 16
)

// Buckets of a pilot file.
const (
	bucketMeta    = "meta"    // what the file is, in the clear but for state and keys
	bucketSpare   = "spare"   // a second header, on a page of its own
	bucketRecords = "records" // HMAC of kind and id → record
	bucketJournal = "journal" // sequence → entry
	bucketBlobs   = "blobs"   // HMAC of the content's SHA-256, number → piece of an attachment
)

// tags of buckets in envelopes.
var tags = map[string]byte{bucketMeta: 'm', bucketRecords: 'r', bucketJournal: 'j', bucketBlobs: 'b'}

var (
	errBad    = errors.New("not whole")
	errNewer  = errors.New("made by a newer version")
	errNoSeal = errors.New("no envelope")
)

// keyring seals and opens what one pilot file holds. It may be used from any goroutine.
type keyring struct {
	pilot   [pilotIDSize]byte
	data    []byte // the random data key
	aead    cipher.AEAD
	opaque  []byte // names records
	padding int    // contents are filled up to a multiple, in bytes

	macs sync.Pool // of hash.Hash over opaque
}

// newKeyring derives the keys of a pilot from its data key.
func newKeyring(pilot [pilotIDSize]byte, data []byte, padding int) (*keyring, error) {
	seal, err := hkdf.Expand(sha256.New, data, "lianshao seal", keyLength)
	if err != nil {
		return nil, err
	}
	opaque, err := hkdf.Expand(sha256.New, data, "lianshao names", keyLength)
	if err != nil {
		return nil, err
	}
	aead, err := chacha20poly1305.NewX(seal)
	if err != nil {
		return nil, err
	}
	k := &keyring{pilot: pilot, data: data, aead: aead, opaque: opaque, padding: max(padding, 1)}
	k.macs.New = func() any { return hmac.New(sha256.New, opaque) }
	return k, nil
}

// headerKey proves that a header was written by somebody who knows the data key.
func headerKey(data []byte) ([]byte, error) {
	return hkdf.Expand(sha256.New, data, "lianshao header", keyLength)
}

// name is a key that tells nobody what it names.
func (k *keyring) name(parts ...string) []byte {
	mac := k.macs.Get().(hash.Hash)
	defer k.macs.Put(mac)
	mac.Reset()
	for _, p := range parts {
		mac.Write([]byte(p))
		mac.Write([]byte{0})
	}
	return mac.Sum(nil)[:nameSize]
}

const nameSize = 16

// bind is what a seal covers besides the content.
func (k *keyring) bind(to []byte, tag byte, key []byte, revision uint64) []byte {
	to = append(to, k.pilot[:]...)
	to = append(to, algXChaCha, tag)
	to = binary.BigEndian.AppendUint64(to, revision)
	return append(to, key...)
}

// seal puts content, in one or more parts, into an envelope for a place in the file.
func (k *keyring) seal(bucket string, key []byte, revision uint64, content ...[]byte) []byte {
	size := 0
	for _, part := range content {
		size += len(part)
	}
	padded := size + 1
	padded = (padded + k.padding - 1) / k.padding * k.padding
	out := make([]byte, envelopeHead, envelopeHead+padded+chacha20poly1305.Overhead)
	out[0], out[1] = algXChaCha, tags[bucket]
	binary.BigEndian.PutUint64(out[2:], revision)
	nonce := out[10:envelopeHead]
	rand.Read(nonce) // never fails: the program ends rather
	plain := out[envelopeHead : envelopeHead+padded]
	at := 0
	for _, part := range content {
		at += copy(plain[at:], part)
	}
	plain[size] = 1 // the content ends before the last byte that is not zero
	var scratch [128]byte
	return k.aead.Seal(out, nonce, plain, k.bind(scratch[:0], out[1], key, revision))
}

// open returns the content of an envelope and its revision. The content shares
// no memory with the value.
func (k *keyring) open(bucket string, key, value []byte) (content []byte, revision uint64, err error) {
	if len(value) < envelopeSize || value[1] != tags[bucket] {
		return nil, 0, errBad
	}
	if value[0] != algXChaCha {
		return nil, 0, errNewer
	}
	revision = binary.BigEndian.Uint64(value[2:])
	var scratch [128]byte
	content, err = k.aead.Open(nil, value[10:envelopeHead], value[envelopeHead:], k.bind(scratch[:0], value[1], key, revision))
	if err != nil {
		return nil, 0, errBad
	}
	for len(content) > 0 && content[len(content)-1] == 0 {
		content = content[:len(content)-1]
	}
	if len(content) == 0 {
		return nil, 0, errBad
	}
	return content[:len(content)-1], revision, nil
}

// digest sums up a bucket: how many values, and the sum of their checks, in two
// halves. It notices values that vanished, came back or are older than they
// should be, each of which is whole by itself.
type digest struct {
	Count uint64 `json:"n"`
	High  uint64 `json:"h"`
	Low   uint64 `json:"l"`
}

func (d *digest) add(value []byte) {
	if check, ok := checkOf(value); ok {
		d.Count++
		d.High += binary.BigEndian.Uint64(check)
		d.Low += binary.BigEndian.Uint64(check[8:])
	}
}

func (d *digest) remove(value []byte) {
	if check, ok := checkOf(value); ok {
		d.Count--
		d.High -= binary.BigEndian.Uint64(check)
		d.Low -= binary.BigEndian.Uint64(check[8:])
	}
}

func checkOf(value []byte) ([]byte, bool) {
	if len(value) < envelopeSize {
		return nil, false
	}
	return value[len(value)-chacha20poly1305.Overhead:], true
}

// plus joins the digests of two parts.
func (d digest) plus(o digest) digest {
	return digest{d.Count + o.Count, d.High + o.High, d.Low + o.Low}
}
