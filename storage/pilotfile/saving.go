package pilotfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"lianshao/app"
)

// The way of the working copy back to the file a person knows: when, and what if
// somebody else has changed that file.

// changed is told of every commit. It is harmless on a bare file.
func (d *document) changed() {
	if d == nil {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.last = time.Now()
	if !d.state.Dirty {
		d.state.Dirty, d.since = true, d.last
	}
}

func orDefault(d, def time.Duration) time.Duration {
	if d > 0 {
		return d
	}
	return def
}

// retryAfter is how long a refused save waits before it is tried again.
const retryAfter = time.Minute

// watchman saves when nothing has changed for a while, or the oldest change has
// waited long enough; and renews the lock.
func (d *document) watchman(s *Store) {
	idle, latest := orDefault(d.stores.Idle, 10*time.Second), orDefault(d.stores.Latest, 5*time.Minute)
	tick := time.NewTicker(min(idle, time.Second))
	defer tick.Stop()
	renewed, failed := time.Now(), time.Time{}
	for {
		select {
		case <-d.stop:
			return
		case now := <-tick.C:
			if now.Sub(renewed) > latest {
				d.lock.renew(d.stores.now())
				renewed = now
			}
			if d.due(now, idle, latest) && now.Sub(failed) > retryAfter {
				if err := s.save(); err != nil {
					failed = now
				}
			}
		}
	}
}

func (d *document) due(now time.Time, idle, latest time.Duration) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.state.Dirty && (now.Sub(d.last) >= idle || now.Sub(d.since) >= latest)
}

// Saving tells how working copy and file stand to each other.
func (s *Store) Saving() app.SaveState {
	if s.doc == nil {
		return app.SaveState{}
	}
	s.doc.mu.Lock()
	defer s.doc.mu.Unlock()
	return s.doc.state
}

// WatchSaving calls f after every change of Saving that no commit made, from
// another goroutine.
func (s *Store) WatchSaving(f func()) {
	if s.doc != nil {
		s.doc.mu.Lock()
		s.doc.watch = f
		s.doc.mu.Unlock()
	}
}

// Save brings the file up to date now.
func (s *Store) Save() error {
	if s.doc == nil || s.doc.lock == nil {
		return nil
	}
	return s.save()
}

// save replaces the origin by the working copy's present content.
func (s *Store) save() error {
	d := s.doc
	d.saving.Lock()
	defer d.saving.Unlock()
	d.mu.Lock()
	dirty := d.state.Dirty
	d.state.Dirty = false // what is committed from now on is the next save's
	since := d.since
	d.mu.Unlock()
	if !dirty {
		return nil
	}
	sum, seq, err := d.saveTo(s)
	d.mu.Lock()
	if err != nil {
		err = saveError(err, d.shown)
		d.state.Dirty, d.since, d.state.Err = true, since, err
	} else {
		d.state.Err, d.state.SavedSeq, d.state.SavedAt = nil, seq, d.stores.now()
		d.info = workInfo{Sum: hexText(sum), Seq: seq, Header: hexText(s.headerSum())}
		d.state.Lacking = 0
		err = errors.Join(d.noteSave(s, seq), d.note())
	}
	watch := d.watch
	d.mu.Unlock()
	if err == nil {
		d.lock.renew(d.stores.now())
		d.backUp(s)
	}
	if watch != nil {
		watch()
	}
	return err
}

// saveTo writes the origin, or, when somebody else has changed it meanwhile, a
// file beside it, which is then gone on with.
func (d *document) saveTo(s *Store) (sum []byte, seq uint64, err error) {
	perm := os.FileMode(0o600)
	if info, err := os.Stat(d.origin); err == nil {
		perm = info.Mode().Perm()
		same, err := d.unchanged()
		if err != nil {
			return nil, 0, err
		}
		if !same {
			if err := d.stepAside(s); err != nil {
				return nil, 0, err
			}
		}
	} else if d.away() {
		return nil, 0, errAway
	}
	sum, err = replaceFileWhen(d.stores.fs(), d.origin, perm, func(w io.Writer) (err error) { seq, err = s.snapshot(w); return err },
		func(sum []byte) error { return d.announce(s, sum, seq) })
	return sum, seq, err
}

// errAway is a stick or share that is not there any more, while the folder it was
// seen in still is: a file written there would be found by nobody.
var errAway = fmt.Errorf("another folder is in the place of the file's: %w", fs.ErrNotExist)

func (d *document) away() bool {
	now, err := os.Stat(filepath.Dir(d.origin))
	return err == nil && d.home != nil && !os.SameFile(now, d.home)
}

// announce notes what the origin will be in a moment: after a crash in between it
// would pass for somebody else's.
func (d *document) announce(s *Store, sum []byte, seq uint64) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.info.Next = &workInfo{Sum: hexText(sum), Seq: seq, Header: hexText(s.headerSum())}
	return d.note()
}

// unchanged reports whether the origin is still the one that was opened or saved.
// Its content decides: clocks differ, and copying keeps or changes times at will.
func (d *document) unchanged() (bool, error) {
	sum, err := hashFile(d.stores.fs(), d.origin)
	if err != nil {
		return false, err
	}
	next := d.info.Next // a save that failed after its rename
	return hexText(sum) == d.info.Sum || next != nil && hexText(sum) == next.Sum, nil
}

// stepAside gives this pilot a name of its own beside the one that was changed by
// somebody else. Both are kept; Saving tells of it, so that a merge can be offered.
func (d *document) stepAside(s *Store) error {
	to := d.besideName("本机")
	next, err := d.stores.lock(to, false)
	if err != nil {
		return err
	}
	d.lock.release()
	d.mu.Lock()
	d.state.Conflict = d.origin
	d.lock, d.origin, d.shown = next, to, to
	d.mu.Unlock()
	s.mu.Lock()
	s.origin = to
	s.mu.Unlock()
	return nil
}

// besideName is a free name beside the origin.
func (d *document) besideName(word string) string {
	dir, name := filepath.Split(d.origin)
	stem := name[:len(name)-len(filepath.Ext(name))]
	stamp := d.stores.now().Format("0102-1504")
	for i := 0; ; i++ {
		mark := fmt.Sprintf("（%s%s）", word, stamp)
		if i > 0 {
			mark = fmt.Sprintf("（%s%s-%d）", word, stamp, i)
		}
		path := filepath.Join(dir, shortenTo(stem, 240-len(mark)-len(Extension))+mark+Extension)
		if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) || i > 1000 {
			return path
		}
	}
}

// shortenTo cuts a name to so many bytes, between characters.
func shortenTo(name string, n int) string {
	for i := range name {
		if i > n {
			return name[:i-len(lastRune(name[:i]))]
		}
	}
	if len(name) > n {
		return name[:len(name)-len(lastRune(name))]
	}
	return name
}

func lastRune(s string) string {
	r := []rune(s)
	return string(r[len(r)-1:])
}

func shorten(name string) string { return shortenTo(name, 200) }
