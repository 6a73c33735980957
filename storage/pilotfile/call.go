package pilotfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"lianshao/app"
)

// A window that has a pilot open can be called to the front by another program of
// the same person: that one leaves a file beside the lock in the private folder,
// which the window takes away when it has come.

var _ app.Caller = Stores{}

// callEvery is how often a call is looked for, on both sides.
const callEvery = 200 * time.Millisecond

func (st Stores) callFile(origin string) string {
	return filepath.Join(st.Data, "locks", shortHash(origin)+".call")
}

// Call implements app.Caller.
func (st Stores) Call(path string, wait time.Duration) bool {
	origin, err := whereItIs(path)
	if err != nil || st.Data == "" {
		return false
	}
	file := st.callFile(origin)
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		return false
	}
	for until := time.Now().Add(wait); time.Now().Before(until); time.Sleep(callEvery) {
		if _, err := os.Lstat(file); errors.Is(err, fs.ErrNotExist) {
			return true
		}
	}
	return os.Remove(file) != nil // it came at the last moment
}

// WhenCalled implements app.Called.
func (s *Store) WhenCalled(f func()) {
	d := s.doc
	if d == nil || d.lock == nil || d.stores.Data == "" {
		return
	}
	_ = os.Remove(d.stores.callFile(d.origin)) // for a window that is gone
	go func() {
		tick := time.NewTicker(callEvery)
		defer tick.Stop()
		for {
			select {
			case <-d.stop:
				return
			case <-tick.C:
				d.mu.Lock()
				file := d.stores.callFile(d.origin) // another one when the pilot stepped aside
				d.mu.Unlock()
				if os.Remove(file) == nil {
					f()
				}
			}
		}
	}()
}
