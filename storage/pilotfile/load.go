package pilotfile

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"lianshao/app"
	"lianshao/domain"
)

// batchSize is how many values travel together from the file to a decoder.
const batchSize = 512

// batch is a run of stored records.
type batch struct {
	keys    [][]byte
	values  [][]byte
	records []domain.Record
	sum     digest
	bad     []badValue
}

// badValue is a record that does not open.
type badValue struct {
	key []byte
	err error
}

// Load reads every record. Progress hears records. A damaged file is refused
// with CodeDamaged and the names of the kinds that are not whole.
func (s *Store) Load(progress func(done, total int)) (*domain.Pilot, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	p, err := s.pages()
	if err != nil {
		return nil, openError(err, s.origin)
	}
	got, err := s.readRecords(p, progress)
	if err != nil {
		return nil, openError(err, s.origin)
	}
	problems := s.nameProblems(p, got)
	name := filepath.Base(s.origin)
	for _, b := range problems {
		if b.newer {
			return nil, app.E(app.CodeNewer, "《%s》是用更新版本的廉哨保存的，请升级廉哨后再打开", name)
		}
	}
	if len(problems) > 0 {
		return nil, app.E(app.CodeDamaged, "《%s》中有 %d 处损坏（%s）。请使用备份，或用“修复”救出完好的记录", name, len(problems), kindsOf(problems))
	}
	return got.pilot, nil
}

// kindsOf names the kinds that have problems.
func kindsOf(problems []Problem) string {
	var names []string
	for _, b := range problems {
		if n := b.Kind.String(); !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return strings.Join(names, "、")
}

// loaded is what was read of the records.
type loaded struct {
	pilot *domain.Pilot
	sum   digest
	keys  map[string]bool // of all that was read; only when asked for
	bad   []badValue
	torn  error // the tree could not be followed to its end
}

// whole reports whether every record is there and as it was saved.
func (l *loaded) whole(st *state) bool {
	return len(l.bad) == 0 && l.torn == nil && l.sum == st.Records
}

// readRecords loads what is whole and tells what is not. Decoding runs on all
// cores while this goroutine fills the tables. The error is that of a disk that
// does not answer.
func (s *Store) readRecords(p *pages, progress func(done, total int)) (*loaded, error) {
	if progress == nil {
		progress = func(int, int) {}
	}
	records, ok, err := p.bucket(bucketRecords)
	if err != nil || !ok {
		return nil, errors.Join(errPages, err)
	}
	out := &loaded{pilot: domain.NewPilot()}
	for _, t := range out.pilot.Tables() {
		t.Grow(int(min(s.state.Kinds[t.Kind()], 1<<22)))
	}
	work, ready := make(chan *batch, 8), make(chan *batch, 8)
	go func() {
		defer close(work)
		out.torn = sendRecords(p, records, work)
	}()
	go s.decodeAll(work, ready)
	done, total := 0, int(min(s.state.Records.Count, 1<<40))
	for b := range ready {
		for _, r := range b.records {
			if r != nil {
				out.pilot.Put(r)
			}
		}
		out.sum = out.sum.plus(b.sum)
		out.bad = append(out.bad, b.bad...)
		done += len(b.keys)
		progress(done, total)
	}
	if out.torn != nil && !isDamage(out.torn) {
		return nil, out.torn
	}
	return out, nil
}

func sendRecords(p *pages, records bucket, work chan<- *batch) error {
	b := &batch{}
	err := p.each(records, func(key, value []byte) error {
		b.keys, b.values = append(b.keys, key), append(b.values, value)
		if len(b.keys) == batchSize {
			work <- b
			b = &batch{}
		}
		return nil
	})
	if len(b.keys) > 0 {
		work <- b
	}
	return err
}

// decodeAll decodes batches on every core and closes ready when work ends.
func (s *Store) decodeAll(work <-chan *batch, ready chan<- *batch) {
	var wg sync.WaitGroup
	for range max(runtime.NumCPU(), 2) {
		wg.Go(func() {
			in := newInterner()
			for b := range work {
				s.decode(b, in)
				ready <- b
			}
		})
	}
	wg.Wait()
	close(ready)
}

func (s *Store) decode(b *batch, in *interner) {
	b.records = make([]domain.Record, len(b.keys))
	for i, key := range b.keys {
		content, _, err := s.keys.open(bucketRecords, key, b.values[i])
		if err == nil {
			b.records[i], err = decodeKind(content, in)
		}
		b.sum.add(b.values[i])
		if err != nil {
			b.records[i] = nil
			b.bad = append(b.bad, badValue{key, err})
		}
	}
}

// nameProblems says which records are not whole. Their names come from the
// journal, as the file's keys tell nothing.
func (s *Store) nameProblems(p *pages, got *loaded) []Problem {
	if got.whole(&s.state) {
		return nil
	}
	var out []Problem
	known := s.known(p)
	for _, b := range got.bad {
		pr := Problem{Kind: kindRecord, Problem: "内容已损坏", newer: errors.Is(b.err, errNewer)}
		if k, ok := known[string(b.key)]; ok {
			pr.Kind, pr.ID, pr.Code = k.kind, k.id, k.code
		}
		if pr.newer {
			pr.Problem = "由更新版本的廉哨写入"
		}
		out = append(out, pr)
	}
	bad := map[string]bool{}
	for _, b := range got.bad {
		bad[string(b.key)] = true
	}
	for key, k := range known {
		if _, ok := got.pilot.Get(k.kind, k.id); !ok && !k.deleted && !bad[key] {
			out = append(out, Problem{Kind: k.kind, ID: k.id, Code: k.code, Problem: "记录不见了"})
		}
	}
	switch {
	case got.torn != nil:
		out = append(out, Problem{Kind: kindFile, Problem: "存放结构已损坏，部分记录读不到"})
	case len(out) == 0 && got.sum.Count < s.state.Records.Count:
		out = append(out, Problem{Kind: kindRecord, Problem: fmt.Sprintf("应有 %d 条，只读到 %d 条", s.state.Records.Count, got.sum.Count)})
	case len(out) == 0:
		out = append(out, Problem{Kind: kindRecord, Problem: "记录与保存时不一致"})
	}
	slices.SortFunc(out, func(a, b Problem) int {
		return strings.Compare(string(a.Kind)+a.Code+string(a.ID), string(b.Kind)+b.Code+string(b.ID))
	})
	return out
}

// knownRecord is what the journal says about a record.
type knownRecord struct {
	kind    domain.Kind
	id      domain.ID
	code    string
	seq     uint64 // of the last entry that changed it
	deleted bool
	content []byte // as that entry left it
}

// known asks the journal for every record it mentions, by the key in the file.
// It takes what can be read.
func (s *Store) known(p *pages) map[string]knownRecord {
	out := map[string]knownRecord{}
	journal, ok, err := p.bucket(bucketJournal)
	if err != nil || !ok {
		return out
	}
	_ = p.each(journal, func(key, value []byte) error { // up to where the tree is torn
		e, err := s.keys.openEntry(key, value)
		if err == nil {
			s.learn(out, &e)
		}
		return nil
	})
	return out
}

// learn takes in what an entry says, unless a later one is known.
func (s *Store) learn(known map[string]knownRecord, e *storedEntry) {
	changes, err := e.unpack()
	if err != nil {
		return
	}
	for _, c := range changes {
		key := string(s.keys.name(string(c.Kind), string(c.ID)))
		if known[key].seq > e.seq {
			continue
		}
		k := knownRecord{kind: c.Kind, id: c.ID, seq: e.seq, deleted: len(c.After) == 0, content: c.After}
		side := c.After
		if k.deleted {
			side = c.Before
		}
		var base struct {
			Code string `json:"c"`
		}
		if decoder.Unmarshal(side, &base) == nil {
			k.code = base.Code
		}
		known[key] = k
	}
}
