package pilotfile

import (
	"encoding/binary"
	"errors"
)

// openFileWithKey opens a file whose data key is known.
func openFileWithKey(path, origin string, key []byte) (*Store, error) {
	s, meta, p, err := openRaw(path, origin)
	if err == nil {
		if s.header, err = readHeader(p, meta); err == nil {
			err = s.header.verify(key)
		}
		if err == nil {
			err = s.begin(p, key, meta)
		}
	}
	if err != nil {
		if s != nil {
			_ = s.file.Close()
		}
		return nil, openError(err, origin)
	}
	return s, nil
}

// verifyStructure follows every bucket's tree to its end. Records are opened when
// they are loaded; here the rest is made sure of: that bbolt can write the file,
// for which no page may belong to two places, and that no journal entry is missing.
func (s *Store) verifyStructure() error {
	p, err := s.pages()
	if err != nil {
		return err
	}
	p.claims = newClaims(min(p.head.high, uint64(p.size/p.head.pageSize)+1))
	names, err := p.names()
	if err != nil {
		return err
	}
	for _, name := range names {
		b, _, err := p.withoutClaims().bucket(name)
		if err != nil {
			return err
		}
		seq := uint64(0)
		err = p.each(b, func(key, _ []byte) error {
			if seq++; name == bucketJournal && (len(key) != 8 || binary.BigEndian.Uint64(key) != seq) {
				return errBad
			}
			return nil
		})
		if err == nil && name == bucketJournal && seq != s.state.Seq {
			err = errBad
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Verify reads a pilot file whole, given its data key: structure, records,
// journal and attachments. It is what the program's child does to a working copy
// before the program itself touches it. Codes: CodeDamaged, CodeNewer, CodeIO.
func Verify(path string, key []byte) error {
	s, err := openFileWithKey(path, path, key)
	if err != nil {
		return err
	}
	defer s.closeFile()
	if err := s.verifyStructure(); err != nil {
		return openError(err, path)
	}
	p, err := s.pages()
	if err != nil {
		return openError(err, path)
	}
	records := s.verifyRecords(p)
	if records != nil && !errors.Is(records, errRecords) {
		return openError(records, path)
	}
	blobs, err := s.eachBlob(p, func(_, _ []byte) error { return nil })
	if err == nil && blobs > 0 {
		err = errBad
	}
	if err == nil {
		err = s.openEveryEntry(p)
	}
	if err = errors.Join(err, records); err != nil {
		return openError(err, path)
	}
	return nil
}

// errRecords says that records are bad and nothing else.
var errRecords = errors.New("records are not whole")

// verifyRecords opens and decodes every record without keeping it.
func (s *Store) verifyRecords(p *pages) error {
	records, ok, err := p.bucket(bucketRecords)
	if err != nil || !ok {
		return errors.Join(errNoBucket, err)
	}
	work, ready := make(chan *batch, 8), make(chan *batch, 8)
	torn := make(chan error, 1)
	go func() {
		defer close(work)
		torn <- sendRecords(p, records, work)
	}()
	go s.decodeAll(work, ready)
	var sum digest
	bad := false
	for b := range ready {
		sum = sum.plus(b.sum)
		bad = bad || len(b.bad) > 0
	}
	switch err := <-torn; {
	case err != nil:
		return err
	case bad || sum != s.state.Records:
		return errRecords
	}
	return nil
}

func (s *Store) openEveryEntry(p *pages) error {
	journal, ok, err := p.bucket(bucketJournal)
	if err != nil || !ok {
		return errors.Join(errNoBucket, err)
	}
	return p.each(journal, func(key, value []byte) error { _, err := s.keys.openEntry(key, value); return err })
}
