package pilotfile

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"strings"

	"lianshao/app"
)

// Journal returns up to n entries ending before seq (0 = the newest), newest first.
func (s *Store) Journal(before uint64, n int) ([]app.Entry, error) {
	var out []app.Entry
	err := s.entriesBefore(before, n, func(e *storedEntry) error {
		entry, err := e.entry()
		out = append(out, entry)
		return err
	})
	return out, err
}

// Heads returns what Journal does without the records.
func (s *Store) Heads(before uint64, n int) ([]app.EntryHead, error) {
	var out []app.EntryHead
	err := s.entriesBefore(before, n, func(e *storedEntry) error {
		out = append(out, e.summary.app(e.seq))
		return nil
	})
	return out, err
}

func (s *Store) entriesBefore(before uint64, n int, visit func(*storedEntry) error) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if n <= 0 {
		return nil
	}
	var hi []byte
	if before > 0 {
		hi = seqKey(before)
	}
	p, journal, err := s.journal()
	if err == nil {
		err = p.eachBackwards(journal, hi, func(key, value []byte) error {
			e, err := s.keys.openEntry(key, value)
			if err == nil {
				err = visit(&e)
			}
			if n--; err == nil && n == 0 {
				err = errStop
			}
			return err
		})
	}
	if err != nil {
		return app.Wrap(app.CodeDamaged, err, "《%s》的操作记录已损坏，无法显示", filepath.Base(s.origin))
	}
	return nil
}

func (s *Store) journal() (*pages, bucket, error) {
	p, err := s.pages()
	if err != nil {
		return nil, bucket{}, err
	}
	b, ok, err := p.bucket(bucketJournal)
	if err == nil && !ok {
		err = errNoBucket
	}
	return p, b, err
}

// VerifyChain recomputes the journal's chain from the first entry. anchors are
// heads that were written down elsewhere (on an issued paper); each is looked up.
// The answer names what does not fit.
func (s *Store) VerifyChain(anchors ...app.ChainHead) (app.ChainReport, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	rep := app.ChainReport{Head: headOf(s.state.Seq, s.state.Chain)}
	var head []byte
	next := uint64(1)
	p, journal, err := s.journal()
	if err == nil {
		err = p.each(journal, func(key, value []byte) error {
			if len(key) != 8 {
				return errBad
			}
			if seq := binary.BigEndian.Uint64(key); seq != next {
				rep.Problems = append(rep.Problems, fmt.Sprintf("缺少第 %d 条", next))
				next = seq
			}
			e, err := s.keys.openEntry(key, value)
			if err != nil {
				rep.Problems = append(rep.Problems, fmt.Sprintf("第 %d 条内容已损坏", next))
				next++
				head = nil
				return nil
			}
			if _, err := e.unpack(); err != nil {
				rep.Problems = append(rep.Problems, fmt.Sprintf("第 %d 条的改动读不出来", e.seq))
			}
			head = link(s.chain, head, e.seq, e.body)
			if !bytes.Equal(head, e.link) {
				rep.Problems = append(rep.Problems, fmt.Sprintf("第 %d 条与它前面的对不上", e.seq))
				head = e.link // name the place once, not everything behind it
			}
			for _, a := range anchors {
				if a.Seq == e.seq && !sameHead(a, e.link) {
					rep.Problems = append(rep.Problems, fmt.Sprintf("第 %d 条的校验码与所填的不一致", e.seq))
				}
			}
			rep.Entries++
			next++
			return nil
		})
	}
	if err != nil {
		if !isDamage(err) {
			return rep, openError(err, s.origin)
		}
		rep.Problems = append(rep.Problems, fmt.Sprintf("第 %d 条以后读不到", next))
	} else if next != s.state.Seq+1 || !bytes.Equal(head, s.state.Chain) {
		rep.Problems = append(rep.Problems, "最后一条与文件记下的不一致")
	}
	for _, a := range anchors {
		if a.Seq > s.state.Seq || a.Seq == 0 {
			rep.Problems = append(rep.Problems, fmt.Sprintf("没有第 %d 条，操作记录可能被截短", a.Seq))
		}
	}
	return rep, nil
}

// sameHead compares a head that may be the short form of a printed paper.
func sameHead(a app.ChainHead, link []byte) bool {
	sum := strings.ToLower(strings.ReplaceAll(a.Sum, "-", ""))
	return len(sum) >= 16 && strings.HasPrefix(fmt.Sprintf("%x", link), sum)
}
