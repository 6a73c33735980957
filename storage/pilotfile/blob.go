package pilotfile

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"path/filepath"

	"go.etcd.io/bbolt"

	"lianshao/app"
)

// bucketBlobs keeps the contents of attachments: SHA-256 → content.
const bucketBlobs = "blob"

var (
	errNoBlob  = errors.New("no such blob")
	errHasBlob = errors.New("blob is there already")
)

// PutBlob implements app.BlobStore.
func (s *Store) PutBlob(content []byte) (string, error) {
	if len(content) > app.MaxBlob {
		return "", app.E(app.CodeInvalid, "附件太大（%d MB），最大 %d MB，请压缩或拆分后再添加", len(content)>>20, app.MaxBlob>>20)
	}
	if s.broken != nil {
		return "", app.Wrap(app.CodeIO, s.broken, "上一次保存没有成功，请关闭《%s》后重新打开再继续", filepath.Base(s.path))
	}
	sum := sha256.Sum256(content)
	err := guard(func() error {
		return s.db.Update(func(tx *bbolt.Tx) error { return putBlob(tx, sum[:], content) })
	})
	if errors.Is(err, errHasBlob) {
		err = nil
	}
	return hex.EncodeToString(sum[:]), s.commitError(err)
}

func putBlob(tx *bbolt.Tx, key, content []byte) error {
	d, err := readDigest(tx, bucketBlobs)
	if err != nil {
		return err
	}
	b, err := tx.CreateBucketIfNotExists([]byte(bucketBlobs))
	if err != nil {
		return err
	}
	if b.Get(key) != nil {
		return errHasBlob
	}
	value := seal(bucketBlobs, key, content, layoutCBOR)
	d.add(value)
	if err := b.Put(key, value); err != nil {
		return err
	}
	return d.put(tx.Bucket([]byte(bucketMeta)), bucketBlobs)
}

// Blob implements app.BlobStore.
func (s *Store) Blob(name string) ([]byte, error) {
	key, err := hex.DecodeString(name)
	if err != nil || len(key) != sha256.Size {
		return nil, app.Wrap(app.CodeNotFound, err, "找不到这个附件的内容")
	}
	var out []byte
	err = guard(func() error {
		return s.db.View(func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte(bucketBlobs))
			if b == nil || b.Get(key) == nil {
				return errNoBlob
			}
			content, _, err := unseal(bucketBlobs, key, b.Get(key))
			out = append([]byte{}, content...)
			return err
		})
	})
	switch {
	case errors.Is(err, errNoBlob):
		return nil, app.Wrap(app.CodeNotFound, err, "找不到这个附件的内容")
	case err != nil || sha256.Sum256(out) != [sha256.Size]byte(key):
		return nil, app.Wrap(app.CodeDamaged, err, "这个附件的内容已损坏，请从备份找回")
	}
	return out, nil
}

// badBlobs reads every content and lists what is not whole.
func (s *Store) badBlobs() []Problem {
	var out []Problem
	err := s.eachBlob(func(key, content []byte, err error) error {
		if err != nil {
			out = append(out, problemOf(kindBlob, []byte(hex.EncodeToString(key)), err))
		}
		return nil
	})
	if err != nil {
		out = append(out, Problem{Kind: kindBlob, Problem: "部分内容读不到"})
	}
	return out
}

// eachBlob visits every content; err tells of one that is not whole. It returns
// an error when contents are missing.
func (s *Store) eachBlob(visit func(key, content []byte, err error) error) error {
	return guard(func() error {
		return s.db.View(func(tx *bbolt.Tx) error {
			want, err := readDigest(tx, bucketBlobs)
			b := tx.Bucket([]byte(bucketBlobs))
			if err != nil || b == nil {
				return err
			}
			var got digest
			c := b.Cursor()
			for k, v := c.First(); k != nil && got.count < want.count; k, v = c.Next() {
				var content []byte
				err := errBad
				if len(k) == sha256.Size && len(v) <= int(tx.Size()) {
					content, _, err = unseal(bucketBlobs, k, v)
				}
				got.count++
				if err := visit(k, content, err); err != nil {
					return err
				}
			}
			if got.count != want.count {
				return errBad
			}
			return nil
		})
	})
}

// copyBlobs takes over the contents that are whole.
func (s *Store) copyBlobs(from *Store) error {
	var failed error
	_ = from.eachBlob(func(_, content []byte, err error) error { // the report tells what is missing
		if err == nil {
			_, failed = s.PutBlob(content)
		}
		return failed
	})
	return failed
}

// keyChain holds the head of the journal's chain in the meta bucket.
const keyChain = "chain"

// lengthenChain adds an entry to the journal's chain.
func lengthenChain(tx *bbolt.Tx, seq uint64, value []byte) error {
	meta := tx.Bucket([]byte(bucketMeta))
	head := meta.Get([]byte(keyChain))
	if len(head) > sha256.Size {
		head = head[8:]
	}
	h := sha256.New()
	h.Write(head)
	var number [8]byte
	binary.BigEndian.PutUint64(number[:], seq)
	h.Write(number[:])
	h.Write(value)
	return meta.Put([]byte(keyChain), h.Sum(number[:]))
}

// ChainHead implements app.PilotStore.
func (s *Store) ChainHead() (app.ChainHead, error) {
	var out app.ChainHead
	err := guard(func() error {
		return s.db.View(func(tx *bbolt.Tx) error {
			if head := tx.Bucket([]byte(bucketMeta)).Get([]byte(keyChain)); len(head) == 8+sha256.Size {
				out = app.ChainHead{Seq: binary.BigEndian.Uint64(head), Sum: hex.EncodeToString(head[8:])}
			}
			return nil
		})
	})
	if err != nil {
		return out, app.Wrap(app.CodeDamaged, err, "《%s》的操作记录已损坏，无法显示", filepath.Base(s.path))
	}
	return out, nil
}

var _ app.BlobStore = (*Store)(nil)
