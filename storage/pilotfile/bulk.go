package pilotfile

import (
	"bytes"
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"

	"go.etcd.io/bbolt"

	"lianshao/app"
	"lianshao/domain"
)

// A commit of very many records, as an import of 50,000 rows, would lie in memory
// three times before bbolt writes its one transaction. So it is written in pieces, to
// a copy of the working copy, which takes the other's place when it is whole and on
// the disk: a crash before that leaves everything as it was, one after it nothing to do.

var (
	bulkFrom        = 10_000   // changes from which a commit is written that way
	bulkWorth int64 = 32 << 10 // bytes of the file that may be copied for one change
	bulkPiece       = 4 << 20  // bytes of records in one transaction
)

// isBulk reports whether changes are many, also for the size of the file.
func (s *Store) isBulk(changes []domain.Change) bool {
	if len(changes) < bulkFrom {
		return false
	}
	info, err := s.file.Stat()
	return err == nil && info.Size() <= bulkWorth*int64(len(changes))
}

// tidyPercent makes the collector of unused memory come more often while pieces are
// written: each leaves as much behind as it is large.
const tidyPercent = 50

// commitBulk is Commit for many changes; now is the state that follows.
func (s *Store) commitBulk(e app.Entry, now *state) error {
	before := debug.SetGCPercent(tidyPercent)
	defer debug.SetGCPercent(before)
	temp := filepath.Join(filepath.Dir(s.path), tempName())
	next, err := s.writeBulk(temp, e, now)
	if err == nil {
		err = s.takePlace(next, temp, runtime.GOOS != "windows")
	}
	if err != nil {
		_ = os.Remove(temp)
		return s.commitError(err)
	}
	s.state = *now
	s.doc.changed()
	return nil
}

// writeBulk writes a copy of the file with the changes in it, which is on the disk
// when it returns no error.
func (s *Store) writeBulk(temp string, e app.Entry, now *state) (next *Store, err error) {
	if err := s.copyPages(temp); err != nil {
		return nil, err
	}
	next = &Store{origin: s.origin, path: temp, header: s.header, keys: s.keys, chain: s.chain}
	if next.db, next.file, err = openBolt(temp); err != nil {
		return nil, err
	}
	err = guard(func() error { return next.fill(e, now) })
	if err != nil {
		_ = next.closeFile()
		return nil, err
	}
	return next, nil
}

// copyPages writes the file as it is to a new one.
func (s *Store) copyPages(to string) error {
	p, err := s.pages()
	if err != nil {
		return err
	}
	f, err := s.disk().Create(to, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(p.copyTo(f), f.Close())
}

// fill writes the records of an entry piece by piece and then the entry, which is
// packed on the other core meanwhile.
func (s *Store) fill(e app.Entry, now *state) error {
	s.db.NoSync, s.db.NoGrowSync = true, true // it is made durable once, as a whole
	journal := make(chan packed, 1)
	go func() {
		var open openChange
		body, err := packLong(summaryOf(e), len(e.Changes), func(i int) any {
			c := &e.Changes[i]
			open = openChange{c.Kind, c.ID, storable(c.Before), storable(c.After)}
			return &open
		})
		journal <- packed{body, err}
	}()
	err := s.putInPieces(e.Changes, now)
	p := <-journal
	if err == nil {
		err = p.err
	}
	if err == nil {
		err = s.db.Update(func(tx *bbolt.Tx) error { return s.putEntry(tx, p.body, now) })
	}
	if err == nil {
		err = s.db.Sync()
	}
	s.db.NoSync, s.db.NoGrowSync = false, false
	return err
}

// bulkPlace is where a change goes.
type bulkPlace struct {
	key [nameSize]byte
	at  int // in the order of the changes
}

// putInPieces writes records in the order of their keys, so that every page is
// written once.
func (s *Store) putInPieces(changes []domain.Change, now *state) error {
	order := make([]bulkPlace, len(changes))
	for i, c := range changes {
		if !storableChange(c) {
			return errNotStorable
		}
		order[i].at = i
		copy(order[i].key[:], s.keys.name(string(c.Kind), string(c.ID)))
	}
	slices.SortFunc(order, func(a, b bulkPlace) int { return cmp.Or(bytes.Compare(a.key[:], b.key[:]), cmp.Compare(a.at, b.at)) })
	empty := now.Records.Count == 0
	var one bytes.Buffer
	for len(order) > 0 {
		err := s.db.Update(func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte(bucketRecords))
			if empty {
				b.FillPercent = 0.9 // in key order pages need little room to grow
			}
			for size := 0; size < bulkPiece && len(order) > 0; order = order[1:] {
				w, err := s.sealRecord(changes[order[0].at], order[0].key[:], now.Seq, &one)
				if err == nil {
					err = putRecord(b, &w, now)
				}
				if err != nil {
					return err
				}
				size += len(w.value)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// sealRecord makes one change ready for the file. one is room to encode it in.
func (s *Store) sealRecord(c domain.Change, key []byte, seq uint64, one *bytes.Buffer) (write, error) {
	w := write{kind: c.Kind, key: key}
	if c.After == nil {
		return w, nil
	}
	one.Reset()
	one.WriteString(string(c.Kind))
	one.WriteByte(0)
	if err := encoder.MarshalToBuffer(storable(c.After), one); err != nil {
		return w, errors.Join(errNotStorable, err)
	}
	w.value = s.keys.seal(bucketRecords, w.key, seq, one.Bytes())
	return w, nil
}

// takePlace puts a file that was written beside the working copy in its place. A
// system that renames no open files (open is false) gets both closed before.
func (s *Store) takePlace(next *Store, temp string, open bool) error {
	if !open {
		if err := next.closeFile(); err != nil {
			return err
		}
		_ = s.closeFile()
	}
	err := rename(s.disk(), temp, s.path)
	if err != nil && open {
		_ = next.closeFile()
		return err
	}
	if open {
		_ = s.closeFile()
	} else {
		var failed error
		if next, failed = s.again(s.keys.data); failed != nil { // the old file or the new one, whichever is there
			s.broken = failed
			return failed
		}
	}
	s.db, s.file = next.db, next.file
	if err == nil {
		if err = s.disk().SyncFolder(filepath.Dir(s.path)); err != nil {
			s.broken = err // whether the name would survive a power cut is not known
		}
	}
	return err
}

// again opens the working copy anew, given its data key.
func (s *Store) again(data []byte) (*Store, error) {
	next, err := openFileWithKey(s.path, s.origin, data)
	if err != nil {
		return nil, err
	}
	if err := next.writable(); err != nil {
		_ = next.closeFile()
		return nil, err
	}
	return next, nil
}
