package pilotfile

import (
	"os"
	"path/filepath"
	"unicode/utf8"

	"go.etcd.io/bbolt"

	"lianshao/app"
)

// minPassword is the fewest characters of a password.
const minPassword = 8

// SetPassword locks the pilot, or changes its password, and returns the recovery
// key to be printed when the pilot was not locked before ("" otherwise: the one
// printed then still fits). old is the present password or recovery key.
//
// Locking writes the whole file anew under a new key, since the old one lay in
// it; what copies and backups hold from before stays readable. Changing the
// password wraps the key again and drops the old wrapping.
func (s *Store) SetPassword(old, new string) (recovery string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.refuses(); err != nil {
		return "", err
	}
	if utf8.RuneCountInString(new) < minPassword {
		return "", app.E(app.CodeInvalid, "口令至少 %d 个字符，可以用一句好记的话", minPassword)
	}
	if !s.header.locked() {
		return s.lockUp(new)
	}
	if err := s.proves(old); err != nil {
		return "", err
	}
	sl, err := newSlot(slotPassword, s.header.id(), new, s.keys.data)
	if err != nil {
		return "", err
	}
	return "", s.putSlots(append([]slot{sl}, slotsOf(s.header, slotRecovery)...))
}

// NewRecoveryKey makes another recovery key and returns it; the one printed
// before no longer fits.
func (s *Store) NewRecoveryKey(old string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.refuses(); err != nil {
		return "", err
	}
	if !s.header.locked() {
		return "", app.E(app.CodeInvalid, "这个试点没有设口令，不需要恢复密钥")
	}
	if err := s.proves(old); err != nil {
		return "", err
	}
	key := newRecoveryKey()
	sl, err := newSlot(slotRecovery, s.header.id(), key, s.keys.data)
	if err != nil {
		return "", err
	}
	return key, s.putSlots(append(slotsOf(s.header, slotPassword), sl))
}

// RemovePassword makes the pilot readable for everybody who has the file.
func (s *Store) RemovePassword(old string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.refuses(); err != nil {
		return err
	}
	if !s.header.locked() {
		return nil
	}
	if err := s.proves(old); err != nil {
		return err
	}
	sd := newSeed()
	sd.header.Pilot, sd.chain = s.header.Pilot, s.chain
	return s.exchange(sd)
}

// Unlocks reports whether a password or recovery key fits the open pilot; the
// window asks after it was locked for idleness.
func (s *Store) Unlocks(secret string) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.proves(secret)
}

func (s *Store) proves(secret string) error {
	if _, err := s.header.unlock(secret); err != nil {
		return openError(passwordError(err, secret, filepath.Base(s.origin)), s.origin)
	}
	return nil
}

func slotsOf(h *header, kind string) []slot {
	var out []slot
	for _, s := range h.Slots {
		if s.Kind == kind {
			out = append(out, s)
		}
	}
	return out
}

// putSlots writes the file anew with other ways to the same key, so that no free
// page keeps the old ones.
func (s *Store) putSlots(slots []slot) error {
	h := *s.header
	h.Slots = slots
	return s.exchange(&seed{header: &h, data: s.keys.data, chain: s.chain})
}

// lockUp writes the file anew under a key that only the password gives.
func (s *Store) lockUp(password string) (recovery string, err error) {
	recovery = newRecoveryKey()
	data := random(keyLength)
	id := s.header.id()
	first, err := newSlot(slotPassword, id, password, data)
	if err != nil {
		return "", err
	}
	second, err := newSlot(slotRecovery, id, recovery, data)
	if err != nil {
		return "", err
	}
	h := &header{App: appID, Format: formatVersion, Pilot: s.header.Pilot, Padding: lockedPad, Slots: []slot{first, second}}
	if err := s.exchange(&seed{header: h, data: data, chain: s.chain}); err != nil {
		return "", err
	}
	s.doc.purgePlain()
	return recovery, nil
}

// purgePlain lets the next save replace the backups that anybody can read.
func (d *document) purgePlain() {
	if d != nil {
		d.mu.Lock()
		d.purge = true
		d.mu.Unlock()
	}
}

// exchange puts a file written anew in the place of the working copy. The caller
// holds the lock of the store.
func (s *Store) exchange(sd *seed) error {
	path := s.path
	temp := filepath.Join(filepath.Dir(path), tempName())
	if err := s.rewriteInto(temp, sd); err != nil {
		return openError(err, s.origin)
	}
	_ = s.closeFile()
	err := rename(s.disk(), temp, path)
	if err == nil {
		err = s.disk().SyncFolder(filepath.Dir(path)) // or a power cut could bring the old file back
	}
	next := s
	if err == nil {
		next, err = s.again(sd.data)
	}
	if err != nil {
		_ = os.Remove(temp)
		s.broken = err
		return app.Wrap(app.CodeIO, err, "改写《%s》时出错，请关闭后重新打开", filepath.Base(s.origin))
	}
	s.file, s.db, s.header, s.keys, s.state = next.file, next.db, next.header, next.keys, next.state
	s.doc.changed()
	return nil
}

// wasteful reports whether more than half of a large file is free pages.
func (s *Store) wasteful() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.db == nil {
		return false
	}
	const worthwhile = 8 << 20
	st := s.db.Stats()
	free, size := int64(st.FreePageN+st.PendingPageN)*pageSize, int64(0)
	if err := s.db.View(func(tx *bbolt.Tx) error { size = tx.Size(); return nil }); err != nil {
		return false
	}
	return size > worthwhile && free > size/2
}

// compact writes the working copy anew without free pages and attachments that no
// record mentions, and saves it.
func (s *Store) compact() error {
	s.mu.Lock()
	err := s.exchange(s.seed())
	s.mu.Unlock()
	if err != nil {
		return err
	}
	return s.save()
}

// Compact does so at once.
func (s *Store) Compact() error {
	if err := s.refuses(); err != nil {
		return err
	}
	return s.compact()
}
