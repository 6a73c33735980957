package pilotfile

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"time"

	"github.com/fxamacker/cbor/v2"

	"lianshao/app"
	"lianshao/domain"
)

// A journal entry on disk, inside its envelope:
//
//	chain head after it (32) | commit (8) | digest of the records after it (24) | length of the summary | summary | layout (1) | changes
//
// The summary can be read without unpacking an import's thousands of changes.
// The chain covers summary, layout and changes. Commit and digest say what the
// state of the file said then: a salvage knows by them whether it has everything.
const (
	layoutPlain   = 1
	layoutDeflate = 2
	linkSize      = 32
	entryHead     = linkSize + 8 + 24
	maxUnpacked   = 1 << 30
)

// deflateFrom is the size from which changes are compressed.
const deflateFrom = 64 << 10

// summary is what a list of entries shows.
type summary struct {
	Time   int64               `json:"t"` // nanoseconds since 1970, UTC
	Actor  string              `json:"w"`
	Action string              `json:"a"`
	Op     string              `json:"o"`
	Label  string              `json:"l"`
	Final  bool                `json:"f,omitempty"`
	Kinds  map[domain.Kind]int `json:"k"`
}

type storedChange struct {
	Kind   domain.Kind     `json:"k"`
	ID     domain.ID       `json:"i"`
	Before cbor.RawMessage `json:"b,omitempty"`
	After  cbor.RawMessage `json:"a,omitempty"`
}

// openChange is encoded as a storedChange is, straight from the records.
type openChange struct {
	Kind   domain.Kind `json:"k"`
	ID     domain.ID   `json:"i"`
	Before any         `json:"b,omitempty"`
	After  any         `json:"a,omitempty"`
}

func summaryOf(e app.Entry) summary {
	out := summary{Time: e.Time.UnixNano(), Actor: e.Actor, Action: e.Action, Op: e.Op.Name, Label: e.Op.Label, Final: e.Op.Final,
		Kinds: map[domain.Kind]int{}}
	for _, c := range e.Changes {
		out.Kinds[c.Kind]++
	}
	return out
}

func (s summary) app(seq uint64) app.EntryHead {
	return app.EntryHead{Seq: seq, Time: time.Unix(0, s.Time), Actor: s.Actor, Action: s.Action,
		Op: domain.Op{Name: s.Op, Label: s.Label, Final: s.Final}, Kinds: s.Kinds}
}

// packEntry is an entry without its place in the chain.
func packEntry(head summary, changes []storedChange) ([]byte, error) {
	if sizeOf(changes) >= deflateFrom {
		return packLong(head, len(changes), func(i int) any { return &changes[i] })
	}
	content, err := marshal(changes)
	if err != nil {
		return nil, err
	}
	out, err := bodyHead(head, layoutPlain)
	return append(out, content...), err
}

// bodyHead is what stands in an entry's body before the changes.
func bodyHead(head summary, layout byte) ([]byte, error) {
	top, err := marshal(&head)
	if err != nil {
		return nil, err
	}
	out := append(binary.AppendUvarint(nil, uint64(len(top))), top...)
	return append(out, layout), nil
}

// sizeOf is about how long the changes are when encoded.
func sizeOf(changes []storedChange) int {
	n := 16
	for i := range changes {
		c := &changes[i]
		n += len(c.Kind) + len(c.ID) + len(c.Before) + len(c.After) + 20
	}
	return n
}

// packLong encodes n changes and compresses them: one by one, since an import is
// large enough once. change gives a *storedChange, or what is encoded the same.
func packLong(head summary, n int, change func(i int) any) ([]byte, error) {
	start, err := bodyHead(head, layoutDeflate)
	if err != nil {
		return nil, err
	}
	out := bytes.NewBuffer(start)
	w, err := flate.NewWriter(out, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	_, err = w.Write(arrayHead(n))
	var one bytes.Buffer
	for i := 0; i < n && err == nil; i++ {
		one.Reset()
		if err = encoder.MarshalToBuffer(change(i), &one); err == nil {
			_, err = w.Write(one.Bytes())
		}
	}
	err = errors.Join(err, w.Close()) // before Bytes: closing writes the rest
	return out.Bytes(), err
}

// arrayHead is how a CBOR array of n begins.
func arrayHead(n int) []byte {
	const array = 4 << 5
	return binary.BigEndian.AppendUint32([]byte{array | 26}, uint32(n))
}

// storedEntry is an entry that was taken out of its envelope.
type storedEntry struct {
	seq     uint64
	link    []byte
	commit  uint64
	records digest
	body    []byte // what the chain covers
	summary summary
	changes []byte // packed
	layout  byte
}

func (k *keyring) openEntry(key, value []byte) (storedEntry, error) {
	var out storedEntry
	if len(key) != 8 {
		return out, errBad
	}
	content, _, err := k.open(bucketJournal, key, value)
	if err != nil {
		return out, err
	}
	out.seq = binary.BigEndian.Uint64(key)
	if len(content) < entryHead {
		return out, errBad
	}
	u64 := func(i int) uint64 { return binary.BigEndian.Uint64(content[linkSize+8*i:]) }
	out.link, out.body = content[:linkSize], content[entryHead:]
	out.commit, out.records = u64(0), digest{u64(1), u64(2), u64(3)}
	n, used := binary.Uvarint(out.body)
	if used <= 0 || n > uint64(len(out.body)-used) {
		return out, errBad
	}
	rest := out.body[used+int(n):]
	if len(rest) == 0 || decoder.Unmarshal(out.body[used:used+int(n)], &out.summary) != nil {
		return out, errBad
	}
	out.layout, out.changes = rest[0], rest[1:]
	if out.layout != layoutPlain && out.layout != layoutDeflate {
		return out, errNewer
	}
	return out, nil
}

// unpack returns the changes still encoded one by one.
func (e *storedEntry) unpack() ([]storedChange, error) {
	content := e.changes
	if e.layout == layoutDeflate {
		var err error
		if content, err = inflate(content); err != nil {
			return nil, err
		}
	}
	var out []storedChange
	if err := decoder.Unmarshal(content, &out); err != nil {
		return nil, errBad
	}
	return out, nil
}

func inflate(content []byte) ([]byte, error) {
	out, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(content)), maxUnpacked))
	if err != nil {
		return nil, errBad
	}
	return out, nil
}

// entry returns the entry with its records.
func (e *storedEntry) entry() (app.Entry, error) {
	changes, err := e.unpack()
	if err != nil {
		return app.Entry{}, err
	}
	return entryOf(e.seq, e.summary, changes)
}

func entryOf(seq uint64, s summary, changes []storedChange) (app.Entry, error) {
	out := app.Entry{Seq: seq, Time: time.Unix(0, s.Time), Actor: s.Actor, Action: s.Action,
		ChangeSet: domain.ChangeSet{Op: domain.Op{Name: s.Op, Label: s.Label, Final: s.Final}, Changes: make([]domain.Change, len(changes))}}
	in := newInterner()
	for i, c := range changes {
		ch := &out.Changes[i]
		ch.Kind, ch.ID = c.Kind, c.ID
		for _, side := range []struct {
			raw cbor.RawMessage
			to  *domain.Record
		}{{c.Before, &ch.Before}, {c.After, &ch.After}} {
			if len(side.raw) == 0 {
				continue
			}
			r, err := decodeRecord(c.Kind, side.raw, in)
			if err != nil {
				return out, err
			}
			*side.to = r
		}
	}
	return out, nil
}

// headOf is a chain head as the rest of the program knows it.
func headOf(seq uint64, link []byte) app.ChainHead {
	if seq == 0 {
		return app.ChainHead{}
	}
	return app.ChainHead{Seq: seq, Sum: hex.EncodeToString(link)}
}

func seqKey(seq uint64) []byte { return binary.BigEndian.AppendUint64(nil, seq) }
