package pilotfile

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"lianshao/app"
)

// document is an open pilot's way between the file a person knows (the origin,
// perhaps on a USB stick or a share) and the private copy that is worked on.
// Commits are durable in the copy; save brings them back to the origin as a whole.
type document struct {
	stores Stores
	origin string      // links followed
	shown  string      // as it was given
	lock   *lock       // nil = read only
	why    string      // why it is read only
	folder string      // of the working copy
	home   os.FileInfo // the origin's folder, as it was when the pilot was opened

	saving sync.Mutex // one save at a time
	mu     sync.Mutex // guards the rest
	info   workInfo
	state  app.SaveState
	since  time.Time // of the first change that is not saved
	last   time.Time // of the last change
	watch  func()
	purge  bool          // backups from before the password are to go
	stop   chan struct{} // ends the watchman
	ended  sync.WaitGroup
	closed bool
}

// workInfo lies beside a working copy, for the start after a crash.
type workInfo struct {
	Origin string    `json:"origin"`
	Sum    string    `json:"sum"` // SHA-256 of the origin when it last was the same as the copy
	Seq    uint64    `json:"seq"` // of the last entry that the origin has
	Header string    `json:"header"`
	Next   *workInfo `json:"next,omitempty"` // what holds once the save that is on its way is done
	Time   time.Time `json:"time"`
	PID    int       `json:"pid"`
}

const (
	workName = "pilot" + Extension
	infoName = "work.json"
)

// workFolder is where a pilot's working copy lies while it is open, and after a crash.
func (st Stores) workFolder(origin string) (string, error) {
	if st.Data == "" {
		return os.MkdirTemp("", "lianshao-work-")
	}
	folder := filepath.Join(st.Data, "work", shortHash(origin))
	return folder, os.MkdirAll(folder, 0o700)
}

// viewFolder is where a copy to be read only lies.
func (st Stores) viewFolder() (string, error) {
	if st.Data == "" {
		return os.MkdirTemp("", "lianshao-view-")
	}
	folder := filepath.Join(st.Data, "view")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	return os.MkdirTemp(folder, fmt.Sprintf("%d-", os.Getpid()))
}

// open copies the origin, or takes up what a crash left, and opens the copy.
func (d *document) open(secret string) (*Store, error) {
	var err error
	if d.lock == nil {
		d.folder, err = d.stores.viewFolder()
	} else {
		d.folder, err = d.stores.workFolder(d.origin)
	}
	if err != nil {
		return nil, app.Wrap(app.CodeIO, err, "本机的工作文件夹不能写入，没有打开《%s》。请检查磁盘空间和用户文件夹的权限", baseName(d.origin))
	}
	d.home, _ = os.Stat(filepath.Dir(d.origin)) // without one there is nothing to compare with
	d.state.ReadOnly, d.state.Why, d.state.Place = d.lock == nil, d.why, placeOf(d.origin)
	if d.lock != nil {
		if s, err := d.takeUp(secret); s != nil || err != nil {
			return s, err
		}
	}
	if err := d.copyOrigin(); err != nil {
		return nil, err
	}
	s, err := d.openCopy(secret)
	if errors.Is(err, errOldFormat) {
		if err = d.upgrade(); err == nil {
			s, err = d.openCopy(secret)
		}
		if err == nil {
			d.state.Upgraded, d.since = true, d.stores.now()
			d.state.Dirty = d.lock != nil
		}
	} else if err == nil {
		d.info.Seq = s.state.Seq
	}
	if err != nil {
		return nil, err
	}
	if d.stores.Data != "" {
		d.state.Lacking = d.lacking(s)
	}
	return s, d.start(s)
}

func (d *document) copyPath() string { return filepath.Join(d.folder, workName) }

// copyOrigin reads the origin once, so that a stick pulled out later harms nothing.
func (d *document) copyOrigin() error {
	in, err := os.Open(d.origin)
	if err != nil {
		return err
	}
	defer in.Close()
	_ = os.Remove(d.copyPath())
	h := sha256.New()
	f, err := os.OpenFile(d.copyPath(), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.CopyBuffer(onlyWriter{io.MultiWriter(f, h)}, onlyReader{in}, make([]byte, 1<<20))
	if err == nil && d.lock != nil {
		err = f.Sync()
	}
	d.info.Sum = hexText(h.Sum(nil))
	return errors.Join(err, f.Close())
}

// openCopy opens the working copy, having read it whole.
func (d *document) openCopy(secret string) (*Store, error) {
	s, err := openFile(d.copyPath(), d.shown, secret)
	if err != nil {
		return nil, err
	}
	if err = d.verify(s); err == nil && d.lock != nil {
		err = s.writable()
	}
	if err != nil {
		_ = s.closeFile()
		return nil, err
	}
	s.doc = d
	return s, nil
}

func (d *document) verify(s *Store) error {
	if d.stores.Verify != nil {
		return d.stores.Verify(d.copyPath(), s.keys.data)
	}
	return s.verifyStructure()
}

// seed is what a rewritten file of this pilot begins with.
func (s *Store) seed() *seed {
	h := *s.header
	return &seed{header: &h, data: s.keys.data, chain: s.chain}
}

// takeUp looks for a working copy that a crash left behind. If it holds something
// that the origin lacks, it is gone on with; when the origin has been changed
// meanwhile, it is put beside the origin under another name.
func (d *document) takeUp(secret string) (*Store, error) {
	b, err := os.ReadFile(filepath.Join(d.folder, infoName))
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && !fileExists(d.copyPath()):
		return nil, nil
	case err != nil:
		return nil, d.cannotTakeUp(err)
	}
	if err := json.Unmarshal(b, &d.info); err != nil {
		return nil, d.setAside("", err)
	}
	s, err := openFile(d.copyPath(), d.shown, secret)
	if err != nil {
		return nil, d.cannotTakeUp(err)
	}
	gone := !fileExists(d.origin) // the copy is all there is
	var sum []byte
	if !gone {
		if sum, err = hashFile(d.stores.fs(), d.origin); err != nil {
			return nil, errors.Join(err, s.closeFile())
		}
	}
	if next := d.info.Next; next != nil && hexText(sum) == next.Sum {
		d.info = *next // the crash came between the save and the note of it
	}
	d.info.Next = nil
	lost := int(s.state.Seq - d.info.Seq)
	changed := lost > 0 || hexText(s.headerSum()) != d.info.Header
	key, seq := s.keys.data, s.state.Seq
	_ = s.closeFile()
	if hexText(sum) != d.info.Sum && !gone {
		switch has, broken := d.originNow(key); {
		case broken: // the copy is all there is; the next save leaves the broken file alone
		case changed || has < seq:
			return nil, d.setAside(d.besideName("找回"), nil)
		default:
			return nil, nil
		}
	} else if !changed && !gone {
		return nil, nil
	}
	if s, err = d.openCopy(secret); err != nil {
		return nil, d.cannotTakeUp(err)
	}
	d.state.Recovered, d.state.Dirty, d.since = max(lost, 1), true, d.stores.now()
	return s, d.start(s)
}

// originNow reads an origin that is not as it was left: how many operations it has,
// if it is of the key (else very many), and whether it is damaged.
func (d *document) originNow(key []byte) (seq uint64, broken bool) {
	s, meta, p, err := openRaw(d.origin, d.shown)
	if err != nil {
		code := app.CodeOf(err)
		return unknownCommit, code == app.CodeDamaged || code == app.CodeForeign
	}
	defer s.closeFile()
	h, err := readHeader(p, meta)
	if err != nil {
		return unknownCommit, isDamage(err)
	}
	if h.verify(key) != nil {
		return unknownCommit, false
	}
	if err := Verify(d.origin, key); err != nil {
		return unknownCommit, app.CodeOf(err) == app.CodeDamaged
	}
	if s, err = openFileWithKey(d.origin, d.shown, key); err != nil {
		return unknownCommit, false
	}
	defer s.closeFile()
	return s.state.Seq, false
}

// cannotTakeUp sets a damaged copy aside. What does not answer just now may hold all
// that was done: it stays where it is, and nothing is opened over it.
func (d *document) cannotTakeUp(err error) error {
	d.state.Recovered = 0
	switch why := openError(err, d.shown); app.CodeOf(why) {
	case app.CodeDamaged, app.CodeForeign, app.CodeNewer:
		return d.setAside("", err)
	case app.CodePassword, app.CodeLocked:
		return why
	}
	return app.Wrap(app.CodeIO, err, "上次没有正常退出，《%s》还有改动留在本机（%s），现在读不出来，没有打开。改动没有丢，请检查本机磁盘后再试", baseName(d.shown), d.folder)
}

// setAside keeps a working copy that cannot be gone on with: beside the origin,
// or, when it is damaged, among the backups.
func (d *document) setAside(to string, why error) error {
	if to == "" {
		folder := filepath.Join(d.stores.Data, "lost")
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
		to = filepath.Join(folder, d.stores.now().Format("20060102-150405")+" "+shorten(baseName(d.origin)))
	}
	if err := moveFile(d.copyPath(), to); err != nil {
		return app.Wrap(app.CodeIO, errors.Join(err, why), "上次没有正常退出，留下的改动在“%s”，现在既不能打开也不能移开。请先把它复制到别处", d.copyPath())
	}
	d.state.SetAside = to
	d.info = workInfo{}
	return nil
}

// moveFile renames, or copies where that is impossible (another disk).
func moveFile(from, to string) error {
	if os.Rename(from, to) == nil {
		return nil
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	if _, err = replaceFile(osDisk{}, to, 0o600, func(w io.Writer) error { _, err := io.Copy(w, in); return err }); err != nil {
		return err
	}
	return os.Remove(from)
}

// start writes down whose copy this is and begins to watch for the time to save.
func (d *document) start(s *Store) error {
	d.info.Header = hexText(s.headerSum())
	d.state.SavedSeq = d.info.Seq
	if d.lock == nil {
		return nil
	}
	if d.state.Recovered == 0 {
		if err := d.note(); err != nil {
			return err
		}
	}
	d.stop = make(chan struct{})
	d.ended.Add(1)
	go func() {
		defer d.ended.Done()
		d.watchman(s)
	}()
	return nil
}

// note writes the work info, durably.
func (d *document) note() error {
	d.info.Origin, d.info.Time, d.info.PID = d.origin, d.stores.now(), os.Getpid()
	b, err := json.Marshal(d.info)
	if err != nil {
		return err
	}
	_, err = replaceFile(d.stores.fs(), filepath.Join(d.folder, infoName), 0o600, func(w io.Writer) error { _, err := w.Write(b); return err })
	return err
}

// headerSum tells whether password or keys were changed.
func (s *Store) headerSum() []byte {
	sum := sha256.Sum256(append(append([]byte{}, s.header.MAC...), s.header.Pilot...))
	return sum[:]
}

// Close saves what is not saved, removes the working copy and gives up the lock.
// When the file cannot be written, the working copy stays, and is found again at
// the next opening; the error says so. It is harmless on a closed store.
func (s *Store) Close() error {
	d := s.doc
	if d == nil {
		return s.closeFile()
	}
	d.mu.Lock()
	closed := d.closed
	d.closed = true
	d.mu.Unlock()
	if closed {
		return nil
	}
	if d.stop != nil {
		close(d.stop)
		d.ended.Wait()
	}
	var err error
	if d.lock != nil && s.broken == nil {
		if err = s.save(); err == nil && s.wasteful() {
			err = s.compact()
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.closeFile(); e != nil && err == nil && s.broken == nil {
		err = app.Wrap(app.CodeIO, e, "关闭《%s》时出错，已保存的内容不受影响", baseName(s.origin))
	}
	d.leave(err == nil && s.broken == nil)
	return err
}

// leave removes the working copy if all of it is in the origin.
func (d *document) leave(saved bool) {
	if saved {
		_ = os.RemoveAll(d.folder)
	}
	d.lock.release()
}

// drop ends an opening that failed; what a crash left stays.
func (d *document) drop() {
	if d.folder != "" && (d.lock == nil || d.stores.Data == "" || !fileExists(filepath.Join(d.folder, infoName))) {
		_ = os.RemoveAll(d.folder)
	}
	d.lock.release()
}

// fileExists reports whether a file is there, or may be: a disk that does not answer
// is no reason to do without it.
func fileExists(path string) bool { _, err := os.Stat(path); return !errors.Is(err, fs.ErrNotExist) }
