// Package pilotfile keeps a pilot in one file, a bbolt database in which every
// value is sealed by itself (envelope.go) under a key that the header gives or
// hides behind a password (header.go).
//
// A pilot is worked on in a private copy (work.go): every commit is durable
// there, and now and then the origin is replaced as a whole (save.go). Reading
// does not trust the file (pages.go); writing is bbolt's, on a copy that was read
// whole before.
//
// Buckets: "meta" (what the file is, its state), "spare" (the header again),
// "records", "journal", "blobs". A commit writes records, journal entry and
// state in one transaction; the state holds count and digest of the records, so
// that one that vanished or came back is noticed.
package pilotfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"go.etcd.io/bbolt"

	"lianshao/app"
	"lianshao/domain"
)

// Extension is that of pilot files.
const Extension = ".lianshao"

const (
	appID         = "lianshao"
	formatVersion = 2
)

// Store is one open pilot. Its methods may be called from any goroutine.
type Store struct {
	mu     sync.RWMutex // commits hold it alone, reads together
	origin string       // the file a person knows
	path   string       // of the working copy
	file   *os.File     // what is read: the working copy
	db     *bbolt.DB    // writes the working copy; nil = read only
	broken error        // a commit failed in a way that leaves the file's state unknown

	header *header
	keys   *keyring
	chain  []byte // key of the journal's chain
	state  state

	doc    *document   // the working copy and its way back; nil for a bare file
	parcel *app.Parcel // what the exchange package told that this came in; nil = none
}

var _ app.PilotStore = (*Store)(nil)

// seed is what a new file begins with.
type seed struct {
	header *header
	data   []byte // data key
	chain  []byte // key of the journal's chain
}

// newSeed makes the keys of a new pilot without a password.
func newSeed() *seed {
	data := random(keyLength)
	return &seed{header: &header{App: appID, Format: formatVersion, Pilot: random(pilotIDSize), Padding: 1, Key: data}, data: data, chain: random(keyLength)}
}

// createFile writes an empty pilot file. The file must not exist; the caller
// renames it to where it shall be.
func createFile(path string, sd *seed) error {
	db, err := bbolt.Open(path, 0o600, boltOptions(nil))
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bbolt.Tx) error { return initialise(tx, sd) })
	return errors.Join(err, db.Close())
}

func initialise(tx *bbolt.Tx, sd *seed) error {
	for _, name := range []string{bucketMeta, bucketSpare, bucketRecords, bucketJournal, bucketBlobs} {
		if _, err := tx.CreateBucket([]byte(name)); err != nil {
			return err
		}
	}
	keys, err := newKeyring(sd.header.id(), sd.data, sd.header.Padding)
	if err != nil {
		return err
	}
	content, err := marshal(&secrets{Chain: sd.chain})
	if err != nil {
		return err
	}
	meta, spare := tx.Bucket([]byte(bucketMeta)), tx.Bucket([]byte(bucketSpare))
	sealed := keys.seal(bucketMeta, []byte(keyKeys), 0, content)
	return errors.Join(
		meta.Put([]byte(keyApp), []byte(appID)), meta.Put([]byte(keyFormat), []byte{formatVersion}),
		meta.Put([]byte(keyKeys), sealed), spare.Put([]byte(keyKeys), sealed),
		keys.putState(tx, &state{}), putHeader(tx, sd.header, sd.data))
}

// putHeader writes the header twice, the second on a page of its own.
func putHeader(tx *bbolt.Tx, h *header, data []byte) error {
	b, err := h.encode(data)
	if err != nil {
		return err
	}
	spare := append([]byte{}, b...)
	for len(spare) < spareSize {
		spare = append(spare, 0)
	}
	return errors.Join(tx.Bucket([]byte(bucketMeta)).Put([]byte(keyHeader), b), tx.Bucket([]byte(bucketSpare)).Put([]byte(keyHeader), spare))
}

// growStep is by how much a file grows at a time, beyond what is needed.
const growStep = 256 << 10

// mapSize reserves addresses, so that a growing file need not be mapped anew:
// bbolt copies everything of a commit when it must. On Windows the file itself
// would grow to the size.
func mapSize() int {
	if runtime.GOOS == "windows" || ^uint(0)>>32 == 0 {
		return 0
	}
	return 1 << 30
}

// boltOptions opens for writing. The list of free pages is not kept in the file:
// bbolt finds them when it opens, and a damaged list could make it overwrite
// records. handle, if not nil, gets bbolt's own file.
func boltOptions(handle **os.File) *bbolt.Options {
	o := &bbolt.Options{PageSize: pageSize, Timeout: time.Second, NoFreelistSync: true, FreelistType: bbolt.FreelistMapType, NoStatistics: true}
	if handle != nil {
		o.InitialMmapSize = mapSize()
		o.OpenFile = func(name string, flag int, perm os.FileMode) (f *os.File, err error) {
			f, err = os.OpenFile(name, flag&^os.O_CREATE, perm)
			if *handle == nil { // later ones are those of snapshots
				*handle = f
			}
			return f, err
		}
	}
	return o
}

// openFile reads what the file says it is and unlocks it. The file is held open
// but not locked, and nothing is written. A file of an older format is
// errOldFormat.
func openFile(path, origin, secret string) (*Store, error) {
	s, meta, p, err := openRaw(path, origin)
	if err != nil {
		return nil, err
	}
	err = s.identify(p, meta, secret)
	if err != nil {
		_ = s.file.Close()
		return nil, openError(passwordError(err, secret, filepath.Base(origin)), origin)
	}
	return s, nil
}

// openRaw opens a file as far as no key is needed.
func openRaw(path, origin string) (*Store, map[string][]byte, *pages, error) {
	if err := precheck(path, origin); err != nil {
		return nil, nil, nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, nil, openError(err, origin)
	}
	s := &Store{origin: origin, path: path, file: f}
	var meta map[string][]byte
	p, err := s.pages()
	if err == nil {
		meta, err = readMeta(p)
	}
	if err != nil {
		_ = f.Close()
		if !errors.Is(err, errOldFormat) {
			err = openError(err, origin)
		}
		return nil, nil, nil, err
	}
	return s, meta, p, nil
}

// pages is the file as it is now.
func (s *Store) pages() (*pages, error) {
	info, err := s.file.Stat()
	if err != nil {
		return nil, err
	}
	return openPages(s.file, info.Size(), false)
}

var (
	errForeign    = errors.New("no app id")
	errOldFormat  = errors.New("format 1")
	errNoBucket   = errors.New("bucket missing")
	errSecondHead = errors.New("the second header differs")
)

// identify reads header, keys and state.
func (s *Store) identify(p *pages, meta map[string][]byte, secret string) error {
	var err error
	if s.header, err = readHeader(p, meta); err != nil {
		return err
	}
	data, err := s.header.unlock(secret)
	if err != nil {
		return err
	}
	return s.begin(p, data, meta)
}

// readMeta returns the values of the meta bucket, having checked whose file it is.
func readMeta(p *pages) (map[string][]byte, error) {
	b, ok, err := p.bucket(bucketMeta)
	if err != nil {
		return nil, err
	}
	meta := map[string][]byte{}
	if ok {
		err = p.each(b, func(key, value []byte) error { meta[string(key)] = value; return nil })
	}
	format := meta[keyFormat]
	switch {
	case err != nil:
		return nil, err
	case string(meta[keyApp]) != appID:
		return nil, errForeign
	case len(format) != 1 || format[0] == 0:
		return nil, errNoBucket
	case format[0] == formatVersion:
		return meta, nil
	}
	// The number stands in the clear: a file that only says it is old would be
	// read as an empty one.
	_, spare, err := p.bucket(bucketSpare)
	switch {
	case format[0] > formatVersion:
		return nil, errNewer
	case err != nil:
		return nil, err
	case spare || meta[keyHeader] != nil || meta[keyPilot1] == nil || !p.head.keepsFree():
		return nil, errHeader
	}
	return meta, errOldFormat
}

// readHeader expects both headers, the same.
func readHeader(p *pages, meta map[string][]byte) (*header, error) {
	h, err := parseHeader(meta[keyHeader])
	if err != nil {
		return nil, err
	}
	spare, ok, err := p.bucket(bucketSpare)
	if err != nil || !ok {
		return nil, errors.Join(errNoBucket, err)
	}
	b, err := p.get(spare, []byte(keyHeader))
	if err != nil {
		return nil, err
	}
	if n := len(meta[keyHeader]); len(b) < n || string(b[:n]) != string(meta[keyHeader]) {
		return nil, errSecondHead
	}
	return h, nil
}

// begin derives the keys and reads what they seal. Head and state must be of the
// same commit: a head of an earlier one leads to what there was then, which is whole
// by itself.
func (s *Store) begin(p *pages, data []byte, meta map[string][]byte) error {
	var err error
	if s.keys, err = newKeyring(s.header.id(), data, s.header.Padding); err != nil {
		return err
	}
	var sec secrets
	if err := s.keys.openMeta(keyKeys, meta[keyKeys], &sec); err != nil {
		return err
	}
	s.chain = sec.Chain
	s.state = state{}
	if err := s.keys.openMeta(keyState, meta[keyState], &s.state); err != nil {
		return err
	}
	if s.state.Kinds == nil {
		s.state.Kinds = map[domain.Kind]uint64{}
	}
	if s.state.Commit != p.head.commit || p.head.keepsFree() {
		return errMeta
	}
	return nil
}

// writable opens the file with bbolt. It must have been read whole before.
func (s *Store) writable() error {
	db, handle, err := openBolt(s.path)
	switch {
	case errors.As(err, &damage{}), errors.Is(err, bbolt.ErrTimeout):
		return err
	case err != nil: // bbolt calls a file invalid that it cannot read just now
		return app.Wrap(app.CodeIO, err, "无法打开《%s》，请检查本机磁盘是否正常", filepath.Base(s.origin))
	}
	s.db = db
	_ = s.file.Close()
	s.file = handle
	return nil
}

// openBolt opens a file for writing, and gives the handle by which bbolt has it.
func openBolt(path string) (db *bbolt.DB, handle *os.File, err error) {
	err = guard(func() (err error) {
		db, err = bbolt.Open(path, 0o600, boltOptions(&handle))
		return err
	})
	if err != nil {
		if handle != nil {
			unlock(handle)
			_ = handle.Close()
		}
		return nil, nil, err
	}
	db.AllocSize = growStep
	return db, handle, nil
}

// damage is a panic or fault while reading the file's structure.
type damage struct{ reason any }

func (d damage) Error() string { return "file structure is damaged" }

// isDamage tells damage from a disk that does not answer: the system reports in
// its own kinds of errors.
func isDamage(err error) bool {
	var path *fs.PathError
	var errno syscall.Errno
	return err != nil && !errors.As(err, &path) && !errors.As(err, &errno)
}

// guard runs f; a panic of bbolt over a damaged page, or a fault in the mapped
// file (truncated by another program), becomes an error.
func guard(f func() error) (err error) {
	old := debug.SetPanicOnFault(true)
	defer debug.SetPanicOnFault(old)
	defer func() {
		if r := recover(); r != nil {
			err = damage{r}
		}
	}()
	return f()
}

// Path returns the path of the pilot file, as a person knows it.
func (s *Store) Path() string { return s.origin }

// PilotID is the random name the pilot got when it was created; copies share it.
func (s *Store) PilotID() string { return pilotIDText(s.header.id()) }

// Locked reports whether the pilot has a password.
func (s *Store) Locked() bool { s.mu.RLock(); defer s.mu.RUnlock(); return s.header.locked() }

// closeFile gives up the file itself.
func (s *Store) closeFile() error {
	if s.db == nil {
		return s.file.Close()
	}
	err := guard(s.db.Close)
	if err != nil {
		unlock(s.file) // bbolt panicked with the file mapped and locked
		_ = s.file.Close()
	}
	s.db = nil
	return err
}
