package pilotfile

import (
	"encoding/binary"
	"path/filepath"
	"slices"

	"go.etcd.io/bbolt"

	"lianshao/app"
	"lianshao/domain"
)

var (
	_ app.Historian = (*Store)(nil)
	_ app.Viewer    = Stores{}
)

// View opens a pilot file for reading only: it is never written to, so that it may
// lie on a medium that cannot be written. Codes are those of Open.
func (Stores) View(path string) (app.PilotStore, error) {
	return open(path, mode{readOnly: true})
}

// History implements app.Historian. Codes: CodeDamaged.
func (s *Store) History(wanted func(domain.Kind, domain.ID) bool, visit func(app.Entry) error) error {
	var refused error
	err := guard(func() error {
		return s.db.View(func(tx *bbolt.Tx) error {
			c := tx.Bucket([]byte(bucketJournal)).Cursor()
			for k, v := c.First(); k != nil && refused == nil; k, v = c.Next() {
				if len(v) > int(tx.Size()) {
					return errBad
				}
				stored, err := readStored(k, v)
				if err != nil {
					return err
				}
				stored.Changes = slices.DeleteFunc(stored.Changes, func(c storedChange) bool { return !wanted(c.Kind, c.ID) })
				e, err := stored.entry(binary.BigEndian.Uint64(k))
				if err != nil {
					return err
				}
				refused = visit(e)
			}
			return nil
		})
	})
	if err != nil {
		return app.Wrap(app.CodeDamaged, err, "《%s》的操作记录已损坏，无法读取", filepath.Base(s.path))
	}
	return refused
}
