package pilotfile

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"time"

	"lianshao/app"
)

// Stores makes and opens pilot files. The zero value works, with working copies
// in the system's temporary folder and no backups.
type Stores struct {
	// Data is the program's private folder: working copies, locks, backups.
	Data string
	// Verify reads a working copy whole before it is used, given its data key;
	// nil does so in this process.
	Verify func(path string, key []byte) error
	// Now tells the time; nil is the computer's clock.
	Now func() time.Time
	// Host and User are written beside an open pilot, for others; Host "" is the
	// computer's name.
	Host, User string
	// Idle is how long after a change the pilot is saved back; Latest how long a
	// change may wait while others follow. 0 is ten seconds and five minutes.
	Idle, Latest time.Duration

	disk disk
}

var _ app.Stores = Stores{}

func (st Stores) now() time.Time {
	if st.Now != nil {
		return st.Now()
	}
	return time.Now()
}

func (st Stores) host() string {
	if st.Host != "" {
		return st.Host
	}
	name, err := os.Hostname()
	if err != nil {
		return "本机"
	}
	return name
}

func (st Stores) fs() disk {
	if st.disk != nil {
		return st.disk
	}
	return osDisk{}
}

// shortHash names a path where the path itself would be too long or tell too much.
func shortHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

// Create makes an empty pilot file and opens it. It refuses to overwrite
// (CodeInvalid); a folder that cannot be written is CodeIO.
func (st Stores) Create(path string) (app.PilotStore, error) {
	name := filepath.Base(path)
	if _, err := os.Lstat(path); err == nil {
		return nil, app.E(app.CodeInvalid, "已有同名文件《%s》，没有覆盖它。请换一个文件名", name)
	}
	// Under another name first, so that a crash leaves no half a pilot behind.
	temp := filepath.Join(filepath.Dir(path), tempName())
	err := createFile(temp, newSeed())
	if err == nil {
		err = os.Rename(temp, path)
	}
	if err != nil {
		_ = os.Remove(temp)
		return nil, createError(err, path)
	}
	syncFolder(filepath.Dir(path))
	return st.Open(path)
}

// Open opens a pilot file for reading and writing. A refused file is not touched.
// Codes: CodeNotFound, CodeForeign, CodeNewer, CodeLocked, CodeLockedAway,
// CodePassword, CodeDamaged, CodeIO.
func (st Stores) Open(path string) (app.PilotStore, error) {
	return st.OpenWith(path, app.OpenOptions{})
}

// OpenWith is Open with a password and other wishes. A place that cannot be
// written is opened read-only; Saving tells so.
func (st Stores) OpenWith(path string, o app.OpenOptions) (app.PilotStore, error) {
	origin, err := whereItIs(path)
	if err != nil {
		return nil, openError(err, path)
	}
	if isParcel(origin) {
		if !o.ReadOnly {
			return nil, app.E(app.CodeReadOnly, "《%s》是交换包，不能直接打开修改。请用“汇总别人的试点”把它收进来，或先拆成试点文件（lianshao unpack）", filepath.Base(path))
		}
		return asPilot(st.viewParcel(origin, path, o.Secret))
	}
	if err := precheck(origin, path); err != nil && (o.ReadOnly || !st.leftBehind(origin)) {
		return nil, err
	}
	d := &document{stores: st, origin: origin, shown: path}
	if !o.ReadOnly {
		d.lock, err = st.lock(origin, o.BreakLock)
		switch {
		case errors.Is(err, errReadOnlyPlace):
			d.why = "所在的文件夹不能写入"
		case errors.Is(err, errFullPlace):
			d.why = "所在的磁盘满了，请清理"
		case err != nil:
			return nil, openError(err, path)
		case fileExists(origin) && !writableFile(origin):
			d.lock.release()
			d.lock, d.why = nil, "文件是只读的"
		default:
			sweepBeside(origin)
		}
	} else {
		d.why = "按要求只读打开"
	}
	if d.lock == nil && st.leftBehind(origin) && !st.inUse(origin) {
		d.state.Waiting = true
	}
	s, err := d.open(o.Secret)
	if err != nil {
		d.drop()
		return nil, openError(err, path)
	}
	return s, nil
}

// asPilot is an opened store, or none at all: a nil *Store is not a nil interface.
func asPilot(s *Store, err error) (app.PilotStore, error) {
	if err != nil {
		return nil, err
	}
	return s, nil
}

// whereItIs follows links, so that a save replaces the file and not the link.
func whereItIs(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		return real, nil
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(abs)); err == nil {
		return filepath.Join(dir, filepath.Base(abs)), nil // what a crash left is known by this
	}
	return abs, nil // precheck says what is wrong
}

func writableFile(path string) bool {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return false
	}
	return f.Close() == nil
}
