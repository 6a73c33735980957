package pilotfile

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"

	"lianshao/app"
	"lianshao/domain"
)

// Format 1 kept records under their kinds and IDs, in the clear, with checksums.
// It is read in order to be upgraded, checked and salvaged, never written.
const (
	digestPrefix1 = "digest/"
	bucketBlobs1  = "blob"
	keyPilot1     = "pilot"
	headSize1     = 9 // layout and checksum
)

// unseal1 returns the content of a stored value and its checksum.
func unseal1(bucket string, key, value []byte) (content []byte, sum uint64, err error) {
	if len(value) < headSize1 {
		return nil, 0, errBad
	}
	sum = binary.BigEndian.Uint64(value[1:])
	content = value[headSize1:]
	if sum != checksum1(bucket, key, value[0], content) {
		return nil, 0, errBad
	}
	switch value[0] {
	case layoutPlain:
		return content, sum, nil
	case layoutDeflate:
		content, err = inflate(content)
		return content, sum, err
	}
	return nil, sum, errNewer
}

func checksum1(bucket string, key []byte, layout byte, content []byte) uint64 {
	h := sha256.New()
	h.Write([]byte(bucket))
	h.Write([]byte{0})
	h.Write(key)
	h.Write([]byte{0, layout})
	h.Write(content)
	return binary.BigEndian.Uint64(h.Sum(nil))
}

// storedEntry1 is a journal entry of format 1.
type storedEntry1 struct {
	Time    int64          `json:"t"`
	Actor   string         `json:"w"`
	Action  string         `json:"a"`
	Op      string         `json:"o"`
	Label   string         `json:"l"`
	Final   bool           `json:"f,omitempty"`
	Changes []storedChange `json:"c"`
}

func (e *storedEntry1) body() ([]byte, error) {
	s := summary{Time: e.Time, Actor: e.Actor, Action: e.Action, Op: e.Op, Label: e.Label, Final: e.Final, Kinds: map[domain.Kind]int{}}
	for _, c := range e.Changes {
		s.Kinds[c.Kind]++
	}
	return packEntry(s, e.Changes)
}

// reader1 reads a file of format 1 to the end, through damage where it can.
type reader1 struct {
	p    *pages
	bad  []Problem
	fail error // of whoever takes what is read
}

// each visits the values of a bucket that are whole and lists the others.
// check, if set, compares count and sum with what was kept beside.
func (r *reader1) each(name string, kind domain.Kind, check bool, visit func(key, content []byte) error) {
	if r.fail != nil {
		return
	}
	b, ok, err := r.p.bucket(name)
	want, known := r.digest(name)
	if err != nil || check && ok != known {
		r.problem(kind, "", "存放结构已损坏，部分记录读不到")
		return
	}
	if !ok {
		return // the file is older than the kind
	}
	before := len(r.bad)
	var n, sum uint64
	err = r.p.each(b, func(key, value []byte) error {
		content, s, err := unseal1(name, key, value)
		n, sum = n+1, sum+s
		switch {
		case errors.Is(err, errNewer):
			r.bad = append(r.bad, Problem{Kind: kind, ID: domain.ID(key), Problem: "由更新版本的廉哨写入", newer: true})
		case err != nil:
			r.problem(kind, printable(key), "内容已损坏")
		default:
			r.fail = visit(key, content)
		}
		return r.fail
	})
	switch {
	case r.fail != nil:
	case err != nil:
		r.problem(kind, "", "存放结构已损坏，部分记录读不到")
	case check && len(r.bad) == before && (n != want[0] || sum != want[1]):
		r.problem(kind, "", "记录与保存时不一致")
	}
}

func (r *reader1) problem(kind domain.Kind, id, what string) {
	r.bad = append(r.bad, Problem{Kind: kind, ID: domain.ID(id), Problem: what})
}

func (r *reader1) digest(name string) (want [2]uint64, ok bool) {
	meta, found, err := r.p.bucket(bucketMeta)
	if err != nil || !found {
		return want, false
	}
	key := []byte(digestPrefix1 + name)
	value, err := r.p.get(meta, key)
	if err != nil || value == nil {
		return want, false
	}
	b, _, err := unseal1(bucketMeta, key, value)
	if err != nil || len(b) != 16 {
		return want, true // it is there but not whole: the sums will not fit
	}
	return [2]uint64{binary.BigEndian.Uint64(b), binary.BigEndian.Uint64(b[8:])}, true
}

// keyChain1 holds the number of the last journal entry, in eight bytes, and its check;
// the first files had none.
const keyChain1 = "chain"

// journal visits the entries, which have no sum: their numbers must follow each other
// up to the one that was last given.
func (r *reader1) journal(visit func(key, content []byte) error) {
	next, before := uint64(1), len(r.bad)
	r.each(bucketJournal, kindJournal, false, func(key, content []byte) error {
		if len(key) != 8 || binary.BigEndian.Uint64(key) != next {
			r.problem(kindJournal, "", fmt.Sprintf("缺少第 %d 条", next))
		}
		next++
		return visit(key, content)
	})
	if r.fail == nil && len(r.bad) == before && next-1 != r.lastEntry() {
		r.problem(kindJournal, "", "末尾缺少")
	}
}

// lastEntry is the number of the last journal entry, unknownCommit when the file
// contradicts itself.
func (r *reader1) lastEntry() uint64 {
	journal, ok, err := r.p.bucket(bucketJournal)
	meta, found, err2 := r.p.bucket(bucketMeta)
	if err != nil || err2 != nil || !ok || !found {
		return unknownCommit
	}
	head, err := r.p.get(meta, []byte(keyChain1))
	if err != nil || len(head) > 0 && (len(head) != 8+sha256.Size || binary.BigEndian.Uint64(head) != journal.seq) {
		return unknownCommit
	}
	return journal.seq
}

// into writes everything that is whole to a new file.
func (r *reader1) into(b *builder) error {
	r.journal(func(_, content []byte) error {
		var e storedEntry1
		if decoder.Unmarshal(content, &e) != nil {
			r.problem(kindJournal, "", "内容已损坏")
			return nil
		}
		body, err := e.body()
		if err != nil {
			return err
		}
		return b.entry(body)
	})
	in := newInterner()
	for _, t := range domain.NewPilot().Tables() {
		k := t.Kind()
		r.each(string(k), k, true, func(key, content []byte) error {
			if rec, err := decodeRecord(k, content, in); err != nil || string(rec.RecordID()) != string(key) {
				r.problem(k, printable(key), "内容已损坏")
				return nil
			}
			return b.record(k, domain.ID(key), content, b.st.Seq)
		})
	}
	r.each(bucketBlobs1, kindBlob, true, b.blob)
	return r.fail
}

// salvage1 adds what lies on pages that the tree does not lead to. Of a record's
// several versions it cannot tell the latest, so all of these are doubtful.
func (r *reader1) salvage(b *builder, rep *Report) error {
	in := newInterner()
	r.p.eachLeafElement(func(key, value []byte) {
		if r.fail != nil || len(value) < headSize1 || len(key) > 64 {
			return
		}
		for k := range decoders {
			content, _, err := unseal1(string(k), key, value)
			if err != nil || b.has(k, domain.ID(key)) {
				continue
			}
			rec, err := decodeRecord(k, content, in)
			if err != nil || string(rec.RecordID()) != string(key) {
				continue
			}
			rep.Doubtful = append(rep.Doubtful, Problem{Kind: k, ID: rec.RecordID(), Code: domain.BaseOf(rec).Code, Problem: doubtfulText})
			r.fail = b.record(k, rec.RecordID(), content, b.st.Seq)
		}
	})
	return r.fail
}

// seed begins the new file with the name that the pilot has; one that is lost is
// made up anew.
func (r *reader1) seed() *seed {
	sd := newSeed()
	meta, ok, err := r.p.bucket(bucketMeta)
	if err != nil || !ok {
		return sd
	}
	text, err := r.p.get(meta, []byte(keyPilot1))
	if err != nil {
		return sd
	}
	if id, err := hex.DecodeString(string(text)); err == nil && len(id) == pilotIDSize {
		sd.header.Pilot = id
	}
	return sd
}

// upgrade1 writes a file of format 1 anew in the present format. A file that is
// not whole is refused.
func upgrade1(p *pages, origin, to string) error {
	r := &reader1{p: p}
	err := buildFile(to, r.seed(), r.into)
	if err != nil {
		return err
	}
	for _, b := range r.bad {
		if b.newer {
			return openError(errNewer, origin)
		}
	}
	if len(r.bad) > 0 {
		return app.E(app.CodeDamaged, "《%s》中有 %d 处损坏（%s）。请使用备份，或用“修复”救出完好的记录", baseName(origin), len(r.bad), kindsOf(r.bad))
	}
	return nil
}
