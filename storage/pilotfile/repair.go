package pilotfile

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"

	"lianshao/app"
	"lianshao/domain"
)

// repairChunk is how many records one commit of a repair writes.
const repairChunk = 20_000

// Repair writes everything that can still be read of a damaged pilot file to a
// new file; the damaged one is not touched. The report tells what was lost and
// what was saved. Errors are those of Open and Create, for a file of which not
// even the structure can be read CodeDamaged.
func Repair(path, out string, now time.Time) (Report, error) {
	rep := Report{Path: path, Records: map[domain.Kind]int{}, Bad: []Problem{}, Dangling: []Problem{}}
	s, err := open(path, mode{readOnly: true, anyHead: true})
	if err != nil {
		return rep, err
	}
	defer s.Close()
	p, bad, err := s.read(nil)
	if err != nil {
		return rep, openError(err, path)
	}
	rep.Bad = append(rep.Bad, bad...)
	rep.Bad = append(rep.Bad, s.badBlobs()...)
	rep.checkJournal(s)
	for _, t := range p.Tables() {
		if t.Len() > 0 {
			rep.Records[t.Kind()] = t.Len()
		}
	}
	rep.checkRefs(p)
	rep.OK = len(rep.Bad) == 0
	return rep, s.rescue(p, out, now)
}

// rescue writes the readable journal and all records to a new file.
func (s *Store) rescue(p *domain.Pilot, out string, now time.Time) error {
	st, err := Stores{}.Create(out)
	if err != nil {
		return err
	}
	to := st.(*Store)
	err = to.copyJournal(s)
	if err == nil {
		err = to.copyBlobs(s)
	}
	for _, changes := range chunks(p) {
		if err != nil {
			break
		}
		err = to.Commit(app.Entry{Time: now, Action: app.ActionDo, ChangeSet: domain.ChangeSet{Changes: changes,
			Op: domain.Op{Name: "repair", Label: fmt.Sprintf("从受损的《%s》救出 %d 条记录", filepath.Base(s.path), len(changes)), Final: true}}})
	}
	if closed := to.Close(); err == nil {
		err = closed
	}
	if err != nil {
		_ = os.Remove(out) // ours: Create refuses an existing file
	}
	return err
}

// copyJournal takes over the entries that are whole, under new numbers.
func (s *Store) copyJournal(from *Store) error {
	return s.commitError(guard(func() error {
		return from.db.View(func(old *bbolt.Tx) error {
			return s.db.Update(func(tx *bbolt.Tx) error {
				c := old.Bucket([]byte(bucketJournal)).Cursor()
				var failed error
				_ = guard(func() error { // the report tells where the old journal ends
					for k, v := c.First(); k != nil; k, v = c.Next() {
						if len(k) != 8 || len(v) > int(old.Size()) {
							return errBad
						}
						content, _, err := unseal(bucketJournal, k, v)
						if err != nil {
							continue
						}
						content, layout := deflate(content)
						if failed = commitJournal(tx, content, layout); failed != nil {
							return failed
						}
					}
					return nil
				})
				return failed
			})
		})
	}))
}

func chunks(p *domain.Pilot) [][]domain.Change {
	var out [][]domain.Change
	var now []domain.Change
	for _, t := range p.Tables() {
		t.Each(func(r domain.Record) bool {
			now = append(now, domain.Change{Kind: t.Kind(), ID: r.RecordID(), After: r})
			if len(now) == repairChunk {
				out, now = append(out, now), nil
			}
			return true
		})
	}
	if len(now) > 0 {
		out = append(out, now)
	}
	return out
}
