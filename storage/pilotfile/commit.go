package pilotfile

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"path/filepath"
	"slices"
	"sync"
	"syscall"

	"go.etcd.io/bbolt"

	"lianshao/app"
	"lianshao/domain"
)

// manyWrites is from when a second core is worth its start.
const manyWrites = 100

// write is one change made ready for the file.
type write struct {
	kind  domain.Kind
	key   []byte
	value []byte // nil = delete
	at    int    // in the order of the changes
}

// Commit writes the records and the journal entry in one transaction. Codes:
// CodeIO when the disk refuses, CodeDamaged when the file turns out damaged,
// CodeReadOnly when the pilot was opened for reading only.
func (s *Store) Commit(e app.Entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.refuses(); err != nil {
		return err
	}
	now := s.state.copy()
	now.Seq++
	if s.isBulk(e.Changes) {
		return s.commitBulk(e, &now)
	}
	writes, changes, err := s.prepare(e, now.Seq)
	if err != nil {
		return s.commitError(err)
	}
	// The entry of an import is packed on the other core meanwhile.
	journal := make(chan packed, 1)
	pack := func() {
		body, err := packEntry(summaryOf(e), changes)
		journal <- packed{body, err}
	}
	if len(writes) > manyWrites {
		go pack()
	} else {
		pack()
	}
	err = s.update(func(tx *bbolt.Tx) error {
		if err := putRecords(tx, writes, &now); err != nil {
			return err
		}
		p := <-journal
		if p.err != nil {
			return p.err
		}
		return s.putEntry(tx, p.body, &now)
	})
	if err != nil {
		return err
	}
	s.state = now
	s.doc.changed()
	return nil
}

// packed is a journal entry ready for the chain.
type packed struct {
	body []byte
	err  error
}

// refuses tells why nothing can be written.
func (s *Store) refuses() error {
	name := filepath.Base(s.origin)
	switch {
	case s.db == nil:
		why := ""
		if s.doc != nil && s.doc.why != "" {
			why = "（" + s.doc.why + "）"
		}
		return app.E(app.CodeReadOnly, "《%s》是以只读方式打开的%s，不能修改。要修改请另存一份到能写入的文件夹", name, why)
	case s.broken != nil:
		return app.Wrap(app.CodeIO, s.broken, "上一次保存没有成功，请关闭《%s》后重新打开再继续", name)
	}
	return nil
}

// update runs one transaction on the working copy.
func (s *Store) update(f func(tx *bbolt.Tx) error) error {
	err := guard(func() error { return s.db.Update(f) })
	if err != nil && !errors.Is(err, errHasBlob) && !errors.Is(err, syscall.ENOSPC) {
		s.broken = err
	}
	return s.commitError(err)
}

// commitError says why a commit failed.
func (s *Store) commitError(err error) error {
	name := filepath.Base(s.origin)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errHasBlob):
		return err
	case errors.Is(err, errNotStorable):
		return app.Wrap(app.CodeInvalid, err, "有一项改动无法保存，没有改动任何内容")
	case errors.Is(err, syscall.ENOSPC):
		return app.Wrap(app.CodeIO, err, "磁盘空间不足，这项改动没有保存。请清理磁盘后再做一次")
	}
	if isDamage(err) {
		return app.Wrap(app.CodeDamaged, err, "《%s》已损坏，这项改动没有保存。请使用备份，或用“修复”救出完好的记录", name)
	}
	return app.Wrap(app.CodeIO, err, "《%s》写入失败，这项改动没有保存。请检查磁盘或 U 盘，然后关闭文件重新打开", name)
}

// prepare encodes and seals everything outside of the transaction, on two cores.
func (s *Store) prepare(e app.Entry, seq uint64) ([]write, []storedChange, error) {
	writes, changes := make([]write, len(e.Changes)), make([]storedChange, len(e.Changes))
	half := func(from, to int) error {
		for i := from; i < to; i++ {
			if err := s.encodeChange(e.Changes[i], seq, &writes[i], &changes[i]); err != nil {
				return err
			}
		}
		return nil
	}
	var err error
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
	// In key order bbolt finds its pages in a row. A record may be changed twice.
	for i := range writes {
		writes[i].at = i
	}
	slices.SortFunc(writes, func(a, b write) int { return cmp.Or(bytes.Compare(a.key, b.key), cmp.Compare(a.at, b.at)) })
	return writes, changes, nil
}

var errNotStorable = errors.New("not a record as the file knows them")

func storableChange(c domain.Change) bool { return c.ID != "" && decoders[c.Kind] != nil }

func (s *Store) encodeChange(c domain.Change, seq uint64, w *write, to *storedChange) error {
	if !storableChange(c) {
		return errNotStorable
	}
	var err error
	w.kind, w.key = c.Kind, s.keys.name(string(c.Kind), string(c.ID))
	to.Kind, to.ID = c.Kind, c.ID
	if c.Before != nil {
		if to.Before, err = encodeRecord(c.Before); err != nil {
			return errors.Join(errNotStorable, err)
		}
	}
	if c.After != nil {
		if to.After, err = encodeRecord(c.After); err != nil {
			return errors.Join(errNotStorable, err)
		}
		w.value = s.keys.seal(bucketRecords, w.key, seq, kindHead(c.Kind), to.After)
	}
	return nil
}

// putRecords writes records and keeps count and digest of all.
func putRecords(tx *bbolt.Tx, writes []write, st *state) error {
	b := tx.Bucket([]byte(bucketRecords))
	if len(writes) > 1000 && st.Records.Count == 0 {
		b.FillPercent = 0.9 // in key order pages need little room to grow
	}
	for i := range writes {
		if err := putRecord(b, &writes[i], st); err != nil {
			return err
		}
	}
	return nil
}

func putRecord(b *bbolt.Bucket, w *write, st *state) error {
	if old := b.Get(w.key); old != nil {
		st.Records.remove(old)
		st.Kinds[w.kind]--
	}
	if w.value == nil {
		return b.Delete(w.key)
	}
	st.Records.add(w.value)
	st.Kinds[w.kind]++
	return b.Put(w.key, w.value)
}

// putEntry adds an entry to the journal and its chain, and writes the state.
func (s *Store) putEntry(tx *bbolt.Tx, body []byte, st *state) error {
	st.Chain = link(s.chain, st.Chain, st.Seq, body)
	key := seqKey(st.Seq)
	b := tx.Bucket([]byte(bucketJournal))
	b.FillPercent = 0.9
	head := append(make([]byte, 0, entryHead), st.Chain...)
	for _, n := range []uint64{uint64(tx.ID()), st.Records.Count, st.Records.High, st.Records.Low} {
		head = binary.BigEndian.AppendUint64(head, n)
	}
	if err := b.Put(key, s.keys.seal(bucketJournal, key, st.Seq, head, body)); err != nil {
		return err
	}
	return s.keys.putState(tx, st)
}
