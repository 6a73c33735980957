package pilotfile

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"go.etcd.io/bbolt"

	"lianshao/domain"
)

// builder fills a new pilot file in bulk: an upgrade, a repair, another password.
type builder struct {
	s      *Store
	st     state
	writes []write
	size   int
	seen   map[string]domain.Kind
}

// chunkSize is how much one transaction of a builder writes, in bytes.
const chunkSize = 32 << 20

// buildFile makes a new file and lets fill write into it. It is on the disk when
// buildFile returns nil, and gone when it returns an error.
func buildFile(path string, sd *seed, fill func(*builder) error) error {
	err := createFile(path, sd)
	if err == nil {
		err = fillFile(path, sd, fill)
	}
	if err != nil {
		_ = os.Remove(path)
	}
	return err
}

func fillFile(path string, sd *seed, fill func(*builder) error) error {
	keys, err := newKeyring(sd.header.id(), sd.data, sd.header.Padding)
	if err != nil {
		return err
	}
	db, err := bbolt.Open(path, 0o600, boltOptions(nil))
	if err != nil {
		return err
	}
	db.NoSync = true
	b := &builder{s: &Store{db: db, header: sd.header, keys: keys, chain: sd.chain}, st: state{Kinds: map[domain.Kind]uint64{}}, seen: map[string]domain.Kind{}}
	err = fill(b)
	if err == nil {
		err = b.flush()
	}
	if err == nil {
		err = db.Sync()
	}
	return errors.Join(err, db.Close())
}

// has reports whether a record was written.
func (b *builder) has(k domain.Kind, id domain.ID) bool {
	_, ok := b.seen[string(b.s.keys.name(string(k), string(id)))]
	return ok
}

// record takes a record as it is encoded.
func (b *builder) record(k domain.Kind, id domain.ID, content []byte, revision uint64) error {
	key := b.s.keys.name(string(k), string(id))
	b.seen[string(key)] = k
	value := b.s.keys.seal(bucketRecords, key, revision, encodeKind(k, content))
	b.writes = append(b.writes, write{kind: k, key: key, value: value})
	if b.size += len(value); b.size >= chunkSize {
		return b.flush()
	}
	return nil
}

// entry takes the next journal entry, without its place in the chain.
func (b *builder) entry(body []byte) error {
	b.st.Seq++
	return b.s.db.Update(func(tx *bbolt.Tx) error { return b.s.putEntry(tx, body, &b.st) })
}

// blob takes an attachment's content under its SHA-256.
func (b *builder) blob(sum, content []byte) error {
	if sha256.Sum256(content) != [sha256.Size]byte(sum) {
		return errBad
	}
	return b.s.db.Update(func(tx *bbolt.Tx) error {
		if err := b.s.keys.putBlob(tx, sum, content, &b.st); err != nil && !errors.Is(err, errHasBlob) {
			return err
		}
		return nil
	})
}

// flush writes the records that wait, and the state.
func (b *builder) flush() error {
	slices.SortStableFunc(b.writes, func(x, y write) int { return bytes.Compare(x.key, y.key) })
	err := b.s.db.Update(func(tx *bbolt.Tx) error {
		if err := putRecords(tx, b.writes, &b.st); err != nil {
			return err
		}
		return b.s.keys.putState(tx, &b.st)
	})
	b.writes, b.size = nil, 0
	return err
}

// rewriteInto writes everything the store holds to a new file, under other keys if
// sd has others. It drops free pages, and contents of attachments that no record
// mentions any more. What is not whole is refused.
func (s *Store) rewriteInto(path string, sd *seed) error {
	p, err := s.pages()
	if err != nil {
		return err
	}
	got, err := s.readRecords(p, nil)
	if err != nil {
		return err
	}
	if !got.whole(&s.state) {
		return errBad
	}
	return buildFile(path, sd, func(b *builder) error {
		mentioned := attachmentsOf(got.pilot)
		return errors.Join(s.copyJournal(p, b, mentioned), s.copyRecords(p, b), s.copyBlobs(p, b, mentioned))
	})
}

// attachmentsOf lists the contents that records mention.
func attachmentsOf(p *domain.Pilot) map[string]bool {
	out := map[string]bool{}
	for _, a := range p.Attachments.All() {
		out[a.SHA256] = true
	}
	return out
}

// copyJournal copies every entry, adding to mentioned what undo could bring back.
func (s *Store) copyJournal(p *pages, b *builder, mentioned map[string]bool) error {
	journal, _, err := p.bucket(bucketJournal)
	if err != nil {
		return err
	}
	err = p.each(journal, func(key, value []byte) error {
		e, err := s.keys.openEntry(key, value)
		if err != nil || e.seq != b.st.Seq+1 {
			return errors.Join(errBad, err)
		}
		if e.summary.Kinds[domain.KindAttachment] > 0 && e.seq+undoReach > s.state.Seq {
			entry, err := e.entry()
			if err != nil {
				return err
			}
			for _, c := range entry.Changes {
				for _, r := range []domain.Record{c.Before, c.After} {
					if a, ok := r.(*domain.Attachment); ok {
						mentioned[a.SHA256] = true
					}
				}
			}
		}
		return b.entry(e.body)
	})
	if err == nil && !bytes.Equal(b.st.Chain, s.state.Chain) {
		err = errBad
	}
	return err
}

// undoReach is how many entries back undo may have to look: each of its 200
// operations may have been undone and done again.
const undoReach = 600

func (s *Store) copyRecords(p *pages, b *builder) error {
	records, _, err := p.bucket(bucketRecords)
	if err != nil {
		return err
	}
	return p.each(records, func(key, value []byte) error {
		content, revision, err := s.keys.open(bucketRecords, key, value)
		if err != nil {
			return err
		}
		k, id, record, err := identity(content)
		if err != nil {
			return err
		}
		return b.record(k, id, record, revision)
	})
}

// identity reads what a stored record is without decoding all of it.
func identity(content []byte) (domain.Kind, domain.ID, []byte, error) {
	kind, record, ok := bytes.Cut(content, []byte{0})
	var base struct {
		ID domain.ID `json:"id"`
	}
	if !ok || decoder.Unmarshal(record, &base) != nil || base.ID == "" {
		return "", "", nil, errBad
	}
	return domain.Kind(kind), base.ID, record, nil
}

func (s *Store) copyBlobs(p *pages, b *builder, mentioned map[string]bool) error {
	bad, err := s.eachBlob(p, func(sum, content []byte) error {
		if !mentioned[hexText(sum)] {
			return nil
		}
		return b.blob(sum, content)
	})
	if err == nil && bad > 0 {
		err = errBad
	}
	return err
}

func baseName(path string) string { return filepath.Base(path) }

// printable is a key as a person may see it.
func printable(key []byte) string {
	if len(key) > 64 || !utf8.Valid(key) {
		return ""
	}
	return strings.ToValidUTF8(string(key), "?")
}
