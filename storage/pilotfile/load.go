package pilotfile

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"go.etcd.io/bbolt"

	"lianshao/app"
	"lianshao/domain"
)

// batchSize is how many values travel together from the file to a decoder.
const batchSize = 1024

// batch is a run of values of one kind; the slices point into the mapped file.
type batch struct {
	kind    domain.Kind
	keys    [][]byte
	values  [][]byte
	records []domain.Record
	sum     uint64
	bad     []Problem
}

// Load reads every record. Progress hears records. A damaged file is refused
// with CodeDamaged and the names of the kinds that are not whole.
func (s *Store) Load(progress func(done, total int)) (*domain.Pilot, error) {
	p, problems, err := s.read(progress)
	name := filepath.Base(s.path)
	for _, b := range problems {
		if b.newer {
			return nil, app.E(app.CodeNewer, "《%s》是用更新版本的廉哨保存的，请升级廉哨后再打开", name)
		}
	}
	if err != nil {
		return nil, app.Wrap(app.CodeDamaged, err, "《%s》已损坏，无法打开。请使用备份，或用“修复”救出完好的记录", name)
	}
	if len(problems) > 0 {
		return nil, app.E(app.CodeDamaged, "《%s》中有 %d 处损坏（%s）。请使用备份，或用“修复”救出完好的记录", name, len(problems), kindsOf(problems))
	}
	return p, nil
}

// kindsOf names the kinds that have problems.
func kindsOf(problems []Problem) string {
	var names []string
	seen := map[domain.Kind]bool{}
	for _, b := range problems {
		if !seen[b.Kind] {
			seen[b.Kind] = true
			names = append(names, b.Kind.String())
		}
	}
	return strings.Join(names, "、")
}

// read loads what is whole and lists what is not. Decoding runs on all cores
// while this goroutine fills the tables.
func (s *Store) read(progress func(done, total int)) (*domain.Pilot, []Problem, error) {
	if progress == nil {
		progress = func(int, int) {}
	}
	p := domain.NewPilot()
	var problems []Problem
	err := guard(func() error {
		return s.db.View(func(tx *bbolt.Tx) error {
			digests, total, bad := readDigests(tx, p)
			problems = append(problems, bad...)
			work, ready := make(chan *batch, 8), make(chan *batch, 8)
			var walked []Problem
			go func() {
				defer close(work)
				for _, t := range p.Tables() {
					k := t.Kind()
					if err := guard(func() error { return walk(tx, k, digests[k].count, work) }); err != nil {
						walked = append(walked, Problem{Kind: k, Problem: "存放结构已损坏，部分记录读不到"})
					}
				}
			}()
			go decodeAll(work, ready)
			got := map[domain.Kind]digest{}
			done := 0
			for b := range ready {
				t := p.Table(b.kind)
				for _, r := range b.records {
					if r != nil {
						t.PutRecord(r)
					}
				}
				d := got[b.kind]
				got[b.kind] = digest{d.count + uint64(len(b.keys)), d.sum + b.sum}
				problems = append(problems, b.bad...)
				done += len(b.keys)
				progress(done, total)
			}
			problems = append(problems, walked...)
			problems = append(problems, compare(p, digests, got, problems)...)
			return nil
		})
	})
	return p, problems, err
}

func readDigests(tx *bbolt.Tx, p *domain.Pilot) (map[domain.Kind]digest, int, []Problem) {
	out, total := map[domain.Kind]digest{}, 0
	var bad []Problem
	for _, t := range p.Tables() {
		d, err := readDigest(tx, string(t.Kind()))
		if err != nil {
			bad = append(bad, Problem{Kind: t.Kind(), Problem: "校验信息已损坏"})
			d.count = uint64(tx.Size()) / headSize // unknown, but bounded by the file
		} else {
			total += int(d.count)
			t.Grow(int(min(d.count, 1<<22)))
		}
		out[t.Kind()] = d
	}
	return out, total, bad
}

// maxID is more than any ID is long, in bytes.
const maxID = 256

var errTooMany = errors.New("more values than there should be")

// walk sends all values of a kind; it stops when there are more than were
// counted, as a damaged tree may go round in circles.
func walk(tx *bbolt.Tx, k domain.Kind, count uint64, work chan<- *batch) error {
	b := &batch{kind: k}
	n := uint64(0)
	defer func() {
		if len(b.keys) > 0 {
			work <- b
		}
	}()
	bucket := tx.Bucket([]byte(k))
	if bucket == nil {
		return nil // the file is older than the kind
	}
	c := bucket.Cursor()
	for key, value := c.First(); key != nil; key, value = c.Next() {
		if n++; n > count {
			return errTooMany
		}
		if len(key) > maxID || len(value) > int(tx.Size()) {
			key, value = key[:min(len(key), maxID)], nil // a damaged length
		}
		b.keys, b.values = append(b.keys, key), append(b.values, value)
		if len(b.keys) == batchSize {
			work <- b
			b = &batch{kind: k}
		}
	}
	return nil
}

// decodeAll decodes batches on every core and closes ready when work ends.
func decodeAll(work <-chan *batch, ready chan<- *batch) {
	var wg sync.WaitGroup
	for range max(runtime.NumCPU(), 2) {
		wg.Go(func() {
			in := newInterner()
			for b := range work {
				b.decode(in)
				ready <- b
			}
		})
	}
	wg.Wait()
	close(ready)
}

func (b *batch) decode(in *interner) {
	b.records = make([]domain.Record, len(b.keys))
	for i, key := range b.keys {
		var r domain.Record
		var sum uint64
		err := guard(func() (err error) {
			r, sum, err = decodeValue(b.kind, key, b.values[i], in)
			return err
		})
		b.sum += sum
		if err != nil {
			b.bad = append(b.bad, problemOf(b.kind, key, err))
			continue
		}
		b.records[i] = r
	}
}

func decodeValue(k domain.Kind, key, value []byte, in *interner) (domain.Record, uint64, error) {
	content, sum, err := unseal(string(k), key, value)
	if err != nil {
		return nil, sum, err
	}
	r, err := decodeRecord(k, content, in)
	if err == nil && string(r.RecordID()) != string(key) {
		err = errBad
	}
	return r, sum, err
}

func problemOf(k domain.Kind, key []byte, err error) Problem {
	var id domain.ID // copied under guard: the key may lie in a damaged part
	_ = guard(func() error { id = domain.ID(strings.ToValidUTF8(string(key), "?")); return nil })
	if errors.Is(err, errNewer) {
		return Problem{Kind: k, ID: id, Problem: "由更新版本的廉哨写入", newer: true}
	}
	return Problem{Kind: k, ID: id, Problem: "内容已损坏"}
}

// compare finds kinds whose records vanished or are older than the last save.
func compare(p *domain.Pilot, want, got map[domain.Kind]digest, known []Problem) []Problem {
	has := map[domain.Kind]bool{}
	for _, b := range known {
		has[b.Kind] = true
	}
	var out []Problem
	for _, t := range p.Tables() {
		k := t.Kind()
		switch {
		case has[k] || want[k] == got[k]:
		case got[k].count < want[k].count:
			out = append(out, Problem{Kind: k, Problem: fmt.Sprintf("应有 %d 条，只读到 %d 条", want[k].count, got[k].count)})
		default:
			out = append(out, Problem{Kind: k, Problem: "记录与保存时不一致"})
		}
	}
	return out
}
