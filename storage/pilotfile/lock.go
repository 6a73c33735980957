package pilotfile

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"lianshao/app"
)

// A pilot that is open for writing has a small file beside it that says who has
// it: other computers read it there. On the same computer the lock on that file,
// and on one in the private folder, tell whether its owner still lives.
type lock struct {
	files []*os.File // locked, ours
	paths []string
	holder
}

// holder is who has a pilot open.
type holder struct {
	App  string    `json:"app"`
	Host string    `json:"host"`
	User string    `json:"user"`
	PID  int       `json:"pid"`
	Time time.Time `json:"time"` // of opening, and again of every save
}

// staleAfter is from when the trace of another computer is probably one that
// was switched off: an open pilot renews it at least every five minutes.
const staleAfter = 30 * time.Minute

var (
	errReadOnlyPlace = errors.New("the folder takes no lock file")
	errFullPlace     = errors.New("the disk has no room for a lock file")
)

// lockPath is the lock file beside a pilot. Its name is short, as the pilot's may
// be as long as the file system allows.
func lockPath(origin string) string {
	return filepath.Join(filepath.Dir(origin), ".lianshao-"+shortHash(filepath.Base(origin))+".lock")
}

// lock takes a pilot for writing. breaking takes it from another computer. Codes:
// CodeLocked with the holder in the sentence; errReadOnlyPlace or
// errFullPlace when the folder cannot be written.
func (st Stores) lock(origin string, breaking bool) (*lock, error) {
	l := &lock{holder: holder{App: appID, Host: st.host(), User: st.User, PID: os.Getpid(), Time: st.now()}}
	var err error
	if st.Data != "" {
		if err = os.MkdirAll(filepath.Join(st.Data, "locks"), 0o700); err != nil {
			return nil, err
		}
		err = l.take(st.localLock(origin), origin, breaking)
	}
	if err == nil {
		if err = l.take(lockPath(origin), origin, breaking); isDiskFull(err) {
			err = errFullPlace
		}
	}
	if err != nil {
		l.release()
		return nil, err
	}
	return l, nil
}

// localLock is this computer's own lock file for a pilot.
func (st Stores) localLock(origin string) string {
	return filepath.Join(st.Data, "locks", shortHash(origin)+".lock")
}

// take locks one file and writes into it who we are.
func (l *lock) take(path, origin string, breaking bool) error {
	for range 3 {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
		switch {
		case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
			return errReadOnlyPlace
		case err != nil:
			return err
		}
		h, known := readHolder(f)
		ok, err := tryLock(f)
		switch {
		case err != nil && known && h.Host == l.Host && h.PID != l.PID && alive(h.PID) && !breaking,
			err == nil && !ok:
			_ = f.Close()
			return lockedError(origin, h, known, h.Host == l.Host)
		case known && h.Host != l.Host && !breaking:
			_ = f.Close()
			return lockedError(origin, h, true, false)
		}
		if !sameFile(f, path) { // its owner removed it while we waited
			_ = f.Close()
			continue
		}
		l.files, l.paths = append(l.files, f), append(l.paths, path)
		return l.write(f)
	}
	return app.E(app.CodeLocked, "《%s》正被另一个廉哨窗口或程序使用，请稍后再试", filepath.Base(origin))
}

func sameFile(f *os.File, path string) bool {
	a, err1 := f.Stat()
	b, err2 := os.Stat(path)
	return err1 == nil && err2 == nil && os.SameFile(a, b)
}

func readHolder(f *os.File) (holder, bool) {
	var h holder
	b, err := io.ReadAll(io.LimitReader(f, 4096))
	return h, err == nil && json.Unmarshal(b, &h) == nil && h.App == appID
}

func (l *lock) write(f *os.File) error {
	b, err := json.Marshal(l.holder)
	if err != nil {
		return err
	}
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err = f.WriteAt(b, 0)
	return err
}

// renew tells other computers that we are still here. A share that is away for a
// moment is no reason to stop working.
func (l *lock) renew(now time.Time) {
	if l == nil {
		return
	}
	l.Time = now
	for _, f := range l.files {
		_ = l.write(f)
	}
}

// release gives the pilot up.
func (l *lock) release() {
	if l == nil {
		return
	}
	for i, f := range l.files {
		if sameFile(f, l.paths[i]) {
			_ = os.Remove(l.paths[i])
		}
		unlock(f)
		_ = f.Close()
	}
	l.files = nil
}

// lockedError says who has the pilot, and when it may be taken from them.
func lockedError(origin string, h holder, known, here bool) error {
	name := filepath.Base(origin)
	if !known || here {
		return &app.Error{Code: app.CodeLocked, Message: "《" + name + "》正被另一个廉哨窗口或程序使用，请先关闭那一个，或以只读方式打开"}
	}
	since := h.Time.Local().Format("1月2日 15:04")
	if age := time.Since(h.Time); age > staleAfter || age < -staleAfter {
		return app.E(app.CodeLockedAway, "《%s》上留着电脑“%s”（%s）的使用标记，%s之后没有更新，可能是那台电脑没有正常关闭。确认那里没有人在用，就可以解除标记打开；也可以只读打开", name, h.Host, h.User, since)
	}
	return app.E(app.CodeLockedAway, "《%s》正在电脑“%s”上由 %s 使用（%s还在）。请等那边关闭，或以只读方式打开", name, h.Host, h.User, since)
}
