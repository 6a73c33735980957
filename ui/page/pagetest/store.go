package pagetest

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"lianshao/app"
	"lianshao/domain"
)

// Store is an app.PilotStore in memory.
type Store struct {
	// Fail, when set, is what the next Commit answers, e.g. a full disk.
	Fail error
	// Committed, when set, is called when the next Commit has written.
	Committed func()

	pilot   *domain.Pilot
	entries []app.Entry
	blobs   map[string][]byte
}

var _ app.PilotStore = (*Store)(nil)

// NewStore keeps the records of p; nil starts empty. The store takes p over.
func NewStore(p *domain.Pilot) *Store {
	if p == nil {
		p = domain.NewPilot()
	}
	return &Store{pilot: p}
}

// Load implements app.PilotStore; what it returns shares no table with the store.
func (s *Store) Load(func(done, total int)) (*domain.Pilot, error) {
	p := domain.NewPilot()
	for _, t := range s.pilot.Tables() {
		t.Each(func(r domain.Record) bool { p.Put(r); return true })
	}
	return p, nil
}

// Commit implements app.PilotStore.
func (s *Store) Commit(e app.Entry) error {
	if err := s.Fail; err != nil {
		s.Fail = nil
		return err
	}
	e.Seq = uint64(len(s.entries) + 1)
	s.entries = append(s.entries, e)
	s.pilot.Apply(e.ChangeSet)
	if f := s.Committed; f != nil {
		s.Committed = nil
		f()
	}
	return nil
}

// Journal implements app.PilotStore.
func (s *Store) Journal(before uint64, n int) ([]app.Entry, error) {
	var out []app.Entry
	for _, e := range slices.Backward(s.entries) {
		if len(out) < n && (before == 0 || e.Seq < before) {
			out = append(out, e)
		}
	}
	return out, nil
}

// Heads implements app.PilotStore.
func (s *Store) Heads(before uint64, n int) ([]app.EntryHead, error) {
	entries, err := s.Journal(before, n)
	var out []app.EntryHead
	for _, e := range entries {
		out = append(out, app.HeadOf(e))
	}
	return out, err
}

// ChainHead implements app.PilotStore; the code depends on the number of entries only.
func (s *Store) ChainHead() (app.ChainHead, error) {
	if len(s.entries) == 0 {
		return app.ChainHead{}, nil
	}
	n := uint64(len(s.entries))
	return app.ChainHead{Seq: n, Sum: fmt.Sprintf("%x", sha256.Sum256(binary.BigEndian.AppendUint64(nil, n)))}, nil
}

// PutBlob implements app.BlobStore.
func (s *Store) PutBlob(content []byte) (string, error) {
	if s.blobs == nil {
		s.blobs = map[string][]byte{}
	}
	name := fmt.Sprintf("%x", sha256.Sum256(content))
	s.blobs[name] = slices.Clone(content)
	return name, nil
}

// Blob implements app.BlobStore.
func (s *Store) Blob(name string) ([]byte, error) {
	b, ok := s.blobs[name]
	if !ok {
		return nil, app.E(app.CodeNotFound, "找不到附件内容")
	}
	return slices.Clone(b), nil
}

// Path implements app.PilotStore.
func (*Store) Path() string { return "测试.lianshao" }

// Close implements app.PilotStore.
func (*Store) Close() error { return nil }

// History implements app.Historian.
func (s *Store) History(wanted func(domain.Kind, domain.ID) bool, visit func(app.Entry) error) error {
	for _, e := range s.entries {
		e.Changes = slices.DeleteFunc(slices.Clone(e.Changes), func(c domain.Change) bool { return !wanted(c.Kind, c.ID) })
		if err := visit(e); err != nil {
			return err
		}
	}
	return nil
}
