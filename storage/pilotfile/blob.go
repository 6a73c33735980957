package pilotfile

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"

	"go.etcd.io/bbolt"

	"lianshao/app"
)

// An attachment lies in pieces, so that one damaged page does not take a large
// one with it unseen and bbolt need not find room for it in one place.
const blobPiece = 256 << 10

var errHasBlob = errors.New("blob is there already")

func (k *keyring) pieceKey(sum []byte, no int) []byte {
	return binary.BigEndian.AppendUint32(k.name("blob", string(sum)), uint32(no))
}

// PutBlob implements app.BlobStore.
func (s *Store) PutBlob(content []byte) (string, error) {
	if len(content) > app.MaxBlob {
		return "", app.E(app.CodeInvalid, "附件太大（%d MB），最大 %d MB，请压缩或拆分后再添加", len(content)>>20, app.MaxBlob>>20)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.refuses(); err != nil {
		return "", err
	}
	sum := sha256.Sum256(content)
	now := s.state.copy()
	err := s.update(func(tx *bbolt.Tx) error {
		if err := s.keys.putBlob(tx, sum[:], content, &now); err != nil {
			return err
		}
		return s.keys.putState(tx, &now)
	})
	if err == nil {
		s.state = now
		s.doc.changed()
	} else if errors.Is(err, errHasBlob) {
		err = nil
	}
	return hex.EncodeToString(sum[:]), err
}

func (k *keyring) putBlob(tx *bbolt.Tx, sum, content []byte, st *state) error {
	b := tx.Bucket([]byte(bucketBlobs))
	if b.Get(k.pieceKey(sum, 0)) != nil {
		return errHasBlob
	}
	for no := 0; no == 0 || len(content) > 0; no++ {
		n := min(len(content), blobPiece)
		key := k.pieceKey(sum, no)
		value := k.seal(bucketBlobs, key, 0, append(bytes.Clone(sum), content[:n]...))
		if err := b.Put(key, value); err != nil {
			return err
		}
		st.Blobs.add(value)
		content = content[n:]
	}
	return nil
}

// Blob implements app.BlobStore.
func (s *Store) Blob(name string) ([]byte, error) {
	sum, err := hex.DecodeString(name)
	if err != nil || len(sum) != sha256.Size {
		return nil, app.Wrap(app.CodeNotFound, err, "找不到这个附件的内容")
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	out, err := s.readBlob(sum)
	switch {
	case err != nil && !isDamage(err):
		return nil, openError(err, s.origin)
	case err != nil:
		return nil, app.Wrap(app.CodeDamaged, err, "这个附件的内容已损坏，请从备份找回")
	case out == nil:
		return nil, app.E(app.CodeNotFound, "找不到这个附件的内容")
	}
	return out, nil
}

// readBlob returns nil when there is no such content.
func (s *Store) readBlob(sum []byte) ([]byte, error) {
	p, err := s.pages()
	if err != nil {
		return nil, err
	}
	b, ok, err := p.bucket(bucketBlobs)
	if err != nil || !ok {
		return nil, errors.Join(errNoBucket, err)
	}
	var out []byte
	for no := 0; ; no++ {
		key := s.keys.pieceKey(sum, no)
		value, err := p.get(b, key)
		if err != nil {
			return nil, err
		}
		if value == nil {
			break
		}
		content, _, err := s.keys.open(bucketBlobs, key, value)
		if err != nil || len(content) < sha256.Size {
			return nil, errBad
		}
		out = append(out, content[sha256.Size:]...)
		if no == 0 && out == nil {
			out = []byte{}
		}
		if len(out) > app.MaxBlob {
			return nil, errBad
		}
	}
	if out != nil && sha256.Sum256(out) != [sha256.Size]byte(sum) {
		return nil, errBad
	}
	return out, nil
}

// eachBlob visits every content whose pieces are all whole, and counts those
// that are not.
func (s *Store) eachBlob(p *pages, visit func(sum, content []byte) error) (bad int, err error) {
	b, ok, err := p.bucket(bucketBlobs)
	if err != nil || !ok {
		return 0, errors.Join(errNoBucket, err)
	}
	var got digest
	var at, sum, content []byte // of the attachment whose pieces are being read
	next, broken := uint32(0), false
	finish := func() error {
		if at == nil {
			return nil
		}
		if broken || sha256.Sum256(content) != [sha256.Size]byte(sum) {
			bad++
			return nil
		}
		return visit(sum, content)
	}
	err = p.each(b, func(key, value []byte) error {
		got.add(value)
		if len(key) != nameSize+4 {
			return errBad
		}
		if !bytes.Equal(at, key[:nameSize]) {
			if err := finish(); err != nil {
				return err
			}
			at, sum, content, next, broken = key[:nameSize], make([]byte, sha256.Size), nil, 0, false
		}
		piece, _, err := s.keys.open(bucketBlobs, key, value)
		if err != nil || len(piece) < sha256.Size || binary.BigEndian.Uint32(key[nameSize:]) != next {
			broken = true
			return nil
		}
		sum, content = piece[:sha256.Size], append(content, piece[sha256.Size:]...)
		next++
		return nil
	})
	if err == nil {
		err = finish()
	}
	if err == nil && bad == 0 && got != s.state.Blobs {
		err = errBad
	}
	return bad, err
}
