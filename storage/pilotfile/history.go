package pilotfile

import (
	"path/filepath"
	"slices"

	"lianshao/app"
	"lianshao/domain"
)

var (
	_ app.Historian = (*Store)(nil)
	_ app.Viewer    = Stores{}
)

// View opens a pilot file for reading only: nothing is written beside it, so that
// it may lie on a medium that cannot be written. Codes are those of Open.
func (st Stores) View(path string) (app.PilotStore, error) {
	return st.OpenWith(path, app.OpenOptions{ReadOnly: true})
}

// History implements app.Historian. Codes: CodeDamaged.
func (s *Store) History(wanted func(domain.Kind, domain.ID) bool, visit func(app.Entry) error) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var refused error
	p, journal, err := s.journal()
	if err == nil {
		err = p.each(journal, func(key, value []byte) error {
			stored, err := s.keys.openEntry(key, value)
			if err != nil {
				return err
			}
			changes, err := stored.unpack()
			if err != nil {
				return err
			}
			changes = slices.DeleteFunc(changes, func(c storedChange) bool { return !wanted(c.Kind, c.ID) })
			e, err := entryOf(stored.seq, stored.summary, changes)
			if err != nil {
				return err
			}
			if refused = visit(e); refused != nil {
				return errStop
			}
			return nil
		})
	}
	if err != nil {
		return app.Wrap(app.CodeDamaged, err, "《%s》的操作记录已损坏，无法读取", filepath.Base(s.origin))
	}
	return refused
}
