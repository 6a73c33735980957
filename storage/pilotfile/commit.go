package pilotfile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"

	"go.etcd.io/bbolt"

	"lianshao/app"
	"lianshao/domain"
)

// digest sums up a bucket: how many values, and the sum of their checksums.
type digest struct{ count, sum uint64 }

func (d digest) put(meta *bbolt.Bucket, bucket string) error {
	key := []byte(digestPrefix + bucket)
	b := binary.BigEndian.AppendUint64(nil, d.count)
	b = binary.BigEndian.AppendUint64(b, d.sum)
	return meta.Put(key, seal(bucketMeta, key, b, layoutCBOR))
}

func readDigest(tx *bbolt.Tx, bucket string) (digest, error) {
	key := []byte(digestPrefix + bucket)
	value := tx.Bucket([]byte(bucketMeta)).Get(key)
	if value == nil && tx.Bucket([]byte(bucket)) == nil {
		return digest{}, nil // the file is older than the kind
	}
	b, _, err := unseal(bucketMeta, key, value)
	if err != nil || len(b) != 16 {
		return digest{}, errBad
	}
	return digest{binary.BigEndian.Uint64(b), binary.BigEndian.Uint64(b[8:])}, nil
}

func (d *digest) add(value []byte) {
	d.count++
	d.sum += binary.BigEndian.Uint64(value[1:])
}

func (d *digest) remove(value []byte) {
	if len(value) >= headSize {
		d.count--
		d.sum -= binary.BigEndian.Uint64(value[1:])
	}
}

// manyWrites is from when a second core is worth its start.
const manyWrites = 100

// write is one change made ready for the file.
type write struct {
	kind  domain.Kind
	key   []byte
	value []byte // nil = delete
}

// Commit writes the records and the journal entry in one transaction. Codes:
// CodeIO when the disk refuses, CodeDamaged when the file turns out damaged.
func (s *Store) Commit(e app.Entry) error {
	if s.broken != nil {
		return app.Wrap(app.CodeIO, s.broken, "上一次保存没有成功，请关闭《%s》后重新打开再继续", filepath.Base(s.path))
	}
	writes, entry, err := prepare(e)
	if err != nil {
		return app.Wrap(app.CodeInvalid, err, "有一项改动无法保存，没有改动任何内容")
	}
	// The entry of an import is packed on the other core meanwhile.
	journal := make(chan packed, 1)
	if len(writes) > manyWrites {
		go func() { journal <- pack(entry) }()
	} else {
		journal <- pack(entry)
	}
	err = guard(func() error {
		return s.db.Update(func(tx *bbolt.Tx) error { return commit(tx, writes, journal) })
	})
	return s.commitError(err)
}

func (s *Store) commitError(err error) error {
	name := filepath.Base(s.path)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC):
		return app.Wrap(app.CodeIO, err, "磁盘空间不足，这项改动没有保存。请清理磁盘后再做一次")
	}
	s.broken = err
	if isDamage(err) {
		return app.Wrap(app.CodeDamaged, err, "《%s》已损坏，这项改动没有保存。请使用备份，或用“修复”救出完好的记录", name)
	}
	return app.Wrap(app.CodeIO, err, "《%s》写入失败，这项改动没有保存。请检查磁盘或 U 盘，然后关闭文件重新打开", name)
}

// prepare encodes everything outside of the transaction, on two cores.
func prepare(e app.Entry) (writes []write, stored *storedEntry, err error) {
	writes = make([]write, len(e.Changes))
	stored = &storedEntry{Time: e.Time.UnixNano(), Actor: e.Actor, Action: e.Action,
		Op: e.Op.Name, Label: e.Op.Label, Final: e.Op.Final, Changes: make([]storedChange, len(e.Changes))}
	half := func(from, to int) error {
		for i := from; i < to; i++ {
			if err := encodeChange(e.Changes[i], &writes[i], &stored.Changes[i]); err != nil {
				return err
			}
		}
		return nil
	}
	if mid := len(writes) / 2; mid > manyWrites {
		var wg sync.WaitGroup
		var first error
		wg.Go(func() { first = half(0, mid) })
		err = half(mid, len(writes))
		wg.Wait()
		err = errors.Join(first, err)
	} else {
		err = half(0, len(writes))
	}
	if err != nil {
		return nil, nil, err
	}
	// In key order bbolt finds its pages in a row.
	slices.SortStableFunc(writes, func(a, b write) int {
		if a.kind != b.kind {
			return strings.Compare(string(a.kind), string(b.kind))
		}
		return bytes.Compare(a.key, b.key)
	})
	return writes, stored, nil
}

var errNoID = errors.New("record without ID or of unknown kind")

func encodeChange(c domain.Change, w *write, s *storedChange) error {
	if c.ID == "" || decoders[c.Kind] == nil {
		return errNoID
	}
	var err error
	w.kind, w.key = c.Kind, []byte(c.ID)
	s.Kind, s.ID = c.Kind, c.ID
	if c.Before != nil {
		if s.Before, err = encodeRecord(c.Before); err != nil {
			return err
		}
	}
	if c.After != nil {
		if s.After, err = encodeRecord(c.After); err != nil {
			return err
		}
		w.value = seal(string(c.Kind), w.key, s.After, layoutCBOR)
	}
	return nil
}

// packed is a journal entry ready for the file.
type packed struct {
	content []byte
	layout  byte
	err     error
}

func pack(e *storedEntry) packed {
	var content bytes.Buffer
	content.Grow(e.size()) // an import's entry would be copied many times while it grows
	if err := encoder.MarshalToBuffer(e, &content); err != nil {
		return packed{err: err}
	}
	out, layout := deflate(content.Bytes())
	return packed{content: out, layout: layout}
}

// size is about how long the entry is when encoded.
func (e *storedEntry) size() int {
	n := 200
	for i := range e.Changes {
		c := &e.Changes[i]
		n += len(c.Kind) + len(c.ID) + len(c.Before) + len(c.After) + 20
	}
	return n
}

func commit(tx *bbolt.Tx, writes []write, journal <-chan packed) error {
	for len(writes) > 0 {
		k := writes[0].kind
		n := slices.IndexFunc(writes, func(w write) bool { return w.kind != k })
		if n < 0 {
			n = len(writes)
		}
		if err := commitKind(tx, string(k), writes[:n]); err != nil {
			return err
		}
		writes = writes[n:]
	}
	p := <-journal
	if p.err != nil {
		return p.err
	}
	return commitJournal(tx, p.content, p.layout)
}

func commitKind(tx *bbolt.Tx, kind string, writes []write) error {
	d, err := readDigest(tx, kind)
	if err != nil {
		return err
	}
	b, err := tx.CreateBucketIfNotExists([]byte(kind))
	if err != nil {
		return err
	}
	if len(writes) > 1000 {
		b.FillPercent = 0.9 // in key order pages need little room to grow
	}
	for _, w := range writes {
		if d.count > 0 {
			d.remove(b.Get(w.key))
		}
		if w.value == nil {
			err = b.Delete(w.key)
		} else {
			d.add(w.value)
			err = b.Put(w.key, w.value)
		}
		if err != nil {
			return err
		}
	}
	return d.put(tx.Bucket([]byte(bucketMeta)), kind)
}

func commitJournal(tx *bbolt.Tx, content []byte, layout byte) error {
	b := tx.Bucket([]byte(bucketJournal))
	b.FillPercent = 0.9
	seq, err := b.NextSequence()
	if err != nil {
		return err
	}
	key := binary.BigEndian.AppendUint64(nil, seq)
	value := seal(bucketJournal, key, content, layout)
	if err := b.Put(key, value); err != nil {
		return err
	}
	return lengthenChain(tx, seq, value)
}

// Journal returns up to n entries ending before seq (0 = the newest), newest first.
func (s *Store) Journal(before uint64, n int) ([]app.Entry, error) {
	var out []app.Entry
	err := guard(func() error {
		return s.db.View(func(tx *bbolt.Tx) error {
			c := tx.Bucket([]byte(bucketJournal)).Cursor()
			k, v := c.Last()
			if before > 0 {
				c.Seek(binary.BigEndian.AppendUint64(nil, before))
				k, v = c.Prev()
			}
			for ; k != nil && len(out) < n; k, v = c.Prev() {
				if len(v) > int(tx.Size()) {
					return errBad
				}
				e, err := readEntry(k, v)
				if err != nil {
					return err
				}
				out = append(out, e)
			}
			return nil
		})
	})
	if err != nil {
		return nil, app.Wrap(app.CodeDamaged, err, "《%s》的操作记录已损坏，无法显示", filepath.Base(s.path))
	}
	return out, nil
}

func readEntry(k, v []byte) (app.Entry, error) {
	e, err := readStored(k, v)
	if err != nil {
		return app.Entry{}, err
	}
	return e.entry(binary.BigEndian.Uint64(k))
}

func readStored(k, v []byte) (*storedEntry, error) {
	if len(k) != 8 {
		return nil, errBad
	}
	content, _, err := unseal(bucketJournal, k, v)
	if err != nil {
		return nil, err
	}
	e := new(storedEntry)
	return e, decoder.Unmarshal(content, e)
}
