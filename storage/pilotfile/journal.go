package pilotfile

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"

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

// VerifyChain recomputes the journal's chain from the first entry. The answer names
// what does not fit, and what became of each anchor.
func (s *Store) VerifyChain(ctx context.Context, progress func(done, total int), anchors ...app.Anchor) (app.ChainReport, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	c := chainCheck{store: s, next: 1, rep: app.ChainReport{Head: headOf(s.state.Seq, s.state.Chain)}}
	for _, a := range anchors {
		c.rep.Anchors = append(c.rep.Anchors, app.AnchorResult{Anchor: a})
	}
	p, journal, err := s.journal()
	if err == nil {
		err = p.each(journal, func(key, value []byte) error {
			if progress != nil && c.next%256 == 0 {
				progress(int(c.next), int(s.state.Seq))
			}
			return errors.Join(ctx.Err(), c.entry(key, value))
		})
	}
	switch {
	case ctx.Err() != nil:
		return c.rep, ctx.Err()
	case err != nil && !isDamage(err):
		return c.rep, openError(err, s.origin)
	case err != nil:
		c.problem("第 %d 条以后读不到", c.next)
	case c.next != s.state.Seq+1 || !bytes.Equal(c.head, s.state.Chain):
		c.problem("最后一条与文件记下的不一致")
	}
	return c.rep, nil
}

// chainCheck follows the chain from entry to entry.
type chainCheck struct {
	store *Store
	rep   app.ChainReport
	head  []byte
	next  uint64
}

func (c *chainCheck) problem(format string, args ...any) {
	c.rep.Problems = append(c.rep.Problems, fmt.Sprintf(format, args...))
}

func (c *chainCheck) entry(key, value []byte) error {
	if len(key) != 8 {
		return errBad
	}
	if seq := binary.BigEndian.Uint64(key); seq != c.next {
		c.problem("缺少第 %d 条", c.next)
		c.next = seq
	}
	e, err := c.store.keys.openEntry(key, value)
	if err != nil {
		c.problem("第 %d 条内容已损坏", c.next)
		c.next++
		c.head = nil
		return nil
	}
	if _, err := e.unpack(); err != nil {
		c.problem("第 %d 条的改动读不出来", e.seq)
	}
	c.head = link(c.store.chain, c.head, e.seq, e.body)
	if !bytes.Equal(c.head, e.link) {
		c.problem("第 %d 条与它前面的对不上", e.seq)
		c.head = e.link // name the place once, not everything behind it
	}
	for i := range c.rep.Anchors {
		if a := &c.rep.Anchors[i]; a.Seq == e.seq {
			same := a.Anchor.Fits(headOf(e.seq, e.link))
			a.Entry, a.Fits, a.Broken = e.summary.app(e.seq), same && len(c.rep.Problems) == 0, same && len(c.rep.Problems) > 0
		}
	}
	c.rep.Entries++
	c.next++
	return nil
}
