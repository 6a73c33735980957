// Package pilotfile keeps a pilot in one bbolt file.
//
// Buckets: "meta" (what the file is, and a digest of every kind of record),
// one bucket per kind (ID → record) and "journal" (sequence → entry). Every
// value carries a checksum; a commit writes records, journal entry and digests
// in one transaction. The digests notice records that have vanished.
package pilotfile

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash/fnv"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"

	"go.etcd.io/bbolt"

	"lianshao/app"
)

// Extension is that of pilot files.
const Extension = ".lianshao"

const (
	appID         = "lianshao"
	formatVersion = 1
	bucketMeta    = "meta"
	bucketJournal = "journal"
	keyApp        = "app"
	keyFormat     = "format"
	keyPilot      = "pilot"
	digestPrefix  = "digest/"

	pageSize    = 4096
	minFileSize = 4 * pageSize
	boltMagic   = 0xED0CDAED
)

// Stores makes and opens pilot files.
type Stores struct{}

// Store is one open pilot file. Its methods may be called from any goroutine.
type Store struct {
	path   string
	db     *bbolt.DB
	file   *os.File // db's own handle
	pilot  string
	broken error // a commit failed in a way that leaves the file's state unknown
}

var (
	_ app.Stores     = Stores{}
	_ app.PilotStore = (*Store)(nil)
)

// Create makes an empty pilot file and opens it. It refuses to overwrite
// (CodeInvalid); a folder that cannot be written is CodeIO.
func (Stores) Create(path string) (app.PilotStore, error) {
	name := filepath.Base(path)
	if _, err := os.Lstat(path); err == nil {
		return nil, app.E(app.CodeInvalid, "已有同名文件《%s》，没有覆盖它。请换一个文件名", name)
	}
	if err := create(path); err != nil {
		return nil, createError(err, path)
	}
	return open(path, mode{freelist: true})
}

func createError(err error, path string) error {
	name, folder := filepath.Base(path), filepath.Dir(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return app.Wrap(app.CodeNotFound, err, "文件夹“%s”不存在，无法在其中新建《%s》", folder, name)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return app.Wrap(app.CodeIO, err, "文件夹“%s”不能写入，请换一个文件夹新建《%s》", folder, name)
	case errors.Is(err, syscall.ENAMETOOLONG):
		return app.Wrap(app.CodeInvalid, err, "文件名太长，请缩短到 80 个字以内")
	case errors.Is(err, syscall.ENOSPC):
		return app.Wrap(app.CodeIO, err, "磁盘空间不足，无法新建《%s》，请清理后再试", name)
	}
	return app.Wrap(app.CodeIO, err, "无法新建《%s》，请换一个文件夹再试", name)
}

// create builds the file under another name, so that a crash leaves no half a
// pilot behind.
func create(path string) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".lianshao-*.tmp")
	if err != nil {
		return err
	}
	temp := f.Name()
	defer os.Remove(temp)
	if err := f.Close(); err != nil {
		return err
	}
	db, err := bbolt.Open(temp, 0o600, &bbolt.Options{PageSize: pageSize, Timeout: time.Second})
	if err != nil {
		return err
	}
	err = db.Update(initialise)
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	syncFolder(filepath.Dir(path))
	return nil
}

// syncFolder makes a rename durable; where folders cannot be synced (Windows)
// the system does so by itself.
func syncFolder(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

func initialise(tx *bbolt.Tx) error {
	meta, err := tx.CreateBucket([]byte(bucketMeta))
	if err != nil {
		return err
	}
	var id [16]byte
	if _, err := rand.Read(id[:]); err != nil {
		return err
	}
	for k, v := range map[string][]byte{keyApp: []byte(appID), keyFormat: {formatVersion}, keyPilot: []byte(hex.EncodeToString(id[:]))} {
		if err := meta.Put([]byte(k), v); err != nil {
			return err
		}
	}
	if _, err := tx.CreateBucket([]byte(bucketJournal)); err != nil {
		return err
	}
	for k := range decoders {
		if _, err := tx.CreateBucket([]byte(k)); err != nil {
			return err
		}
		if err := (digest{}).put(meta, string(k)); err != nil {
			return err
		}
	}
	return nil
}

// Open opens a pilot file for reading and writing and locks it. A refused file
// is not touched. Codes: CodeNotFound, CodeForeign, CodeNewer, CodeLocked,
// CodeDamaged, CodeIO.
func (Stores) Open(path string) (app.PilotStore, error) { return open(path, mode{freelist: true}) }

// mode says how careful an opening is.
type mode struct {
	readOnly bool
	freelist bool // read the list of free pages, which only writing needs
	anyHead  bool // one valid head is enough
}

func open(path string, m mode) (*Store, error) {
	if err := precheck(path); err != nil {
		return nil, err
	}
	s := &Store{path: path}
	err := guard(func() error {
		db, err := bbolt.Open(path, 0o600, &bbolt.Options{
			Timeout: time.Second, InitialMmapSize: mapSize(m), ReadOnly: m.readOnly, PreLoadFreelist: m.freelist, FreelistType: bbolt.FreelistMapType,
			OpenFile: func(name string, flag int, perm os.FileMode) (f *os.File, err error) {
				s.file, err = os.OpenFile(name, flag&^os.O_CREATE, perm)
				return s.file, err
			}})
		if err != nil {
			return err
		}
		s.db = db
		db.AllocSize = growStep
		if err := checkMetas(s.file); err != nil && !m.anyHead {
			return err
		}
		info, err := s.file.Stat()
		if err == nil {
			err = checkTree(s.file, info.Size())
		}
		if err != nil {
			return err
		}
		return db.View(s.identify)
	})
	if err == nil {
		return s, nil
	}
	_ = s.Close()
	return nil, openError(err, path)
}

// growStep is by how much a file grows at a time, beyond what is needed.
const growStep = 256 << 10

// mapSize reserves addresses, so that a growing file need not be mapped anew:
// bbolt copies everything of a commit when it must. On Windows the file itself
// would grow to the size.
func mapSize(m mode) int {
	if m.readOnly || runtime.GOOS == "windows" || math.MaxInt < 1<<40 {
		return 0
	}
	return 1 << 30
}

// precheck looks at a file without bbolt, which would make a database of an
// empty file.
func precheck(path string) error {
	name := filepath.Base(path)
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return app.Wrap(app.CodeNotFound, err, "找不到试点文件《%s》，请检查它是否已被移动或改名", name)
	case err != nil:
		return openError(err, path)
	case info.IsDir():
		return app.E(app.CodeForeign, "《%s》是文件夹，请选择扩展名为 %s 的试点文件", name, Extension)
	case !info.Mode().IsRegular():
		return app.E(app.CodeForeign, "《%s》不是普通文件，请选择扩展名为 %s 的试点文件", name, Extension)
	case info.Size() == 0:
		return app.E(app.CodeDamaged, "《%s》是空文件（0 字节），可能没有复制完整，请重新复制或使用备份", name)
	}
	f, err := os.Open(path)
	if err != nil {
		return openError(err, path)
	}
	defer f.Close()
	head := make([]byte, 2*pageSize)
	n, _ := io.ReadFull(f, head)
	if !hasMagic(head[:n], 0) && !hasMagic(head[:n], pageSize) {
		return app.E(app.CodeForeign, "《%s》不是廉哨的试点文件，请选择扩展名为 %s 的文件", name, Extension)
	}
	if info.Size() < minFileSize {
		return app.E(app.CodeDamaged, "《%s》不完整，可能没有复制完，请重新复制或使用备份", name)
	}
	return nil
}

// checkMetas expects both of bbolt's two heads to be valid. With one of them
// bbolt would quietly go back to the state before the last commit. A crash
// does not spoil a head (it lies within one sector), so it is damage.
func checkMetas(f *os.File) error {
	head := make([]byte, pageSize)
	if _, err := f.ReadAt(head, 0); err != nil {
		return err
	}
	second := int64(pageSize)
	if size := binary.LittleEndian.Uint32(head[24:]); validMeta(head) && size <= 1<<16 {
		second = int64(size) // of another program's file
	}
	next := make([]byte, metaEnd)
	if _, err := f.ReadAt(next, second); err != nil || !validMeta(head) || !validMeta(next) {
		return errMeta
	}
	// Commits write the heads in turn.
	if a, b := commitOf(head), commitOf(next); a != b+1 && b != a+1 {
		return errMeta
	}
	return nil
}

func commitOf(page []byte) uint64 { return binary.LittleEndian.Uint64(page[metaEnd-16:]) }

// metaEnd is where a head ends in its page: a page header of 16 bytes, 56
// bytes and their FNV-1a hash.
const metaEnd = 16 + 56 + 8

func validMeta(page []byte) bool {
	h := fnv.New64a()
	h.Write(page[16 : metaEnd-8])
	return hasMagic(page, 0) && binary.LittleEndian.Uint64(page[metaEnd-8:]) == h.Sum64()
}

func hasMagic(b []byte, page int) bool {
	return len(b) >= page+20 && binary.LittleEndian.Uint32(b[page+16:]) == boltMagic
}

var (
	errForeign       = errors.New("no app id")
	errNewerFormat   = errors.New("newer format")
	errMissingBucket = errors.New("bucket missing")
	errMeta          = errors.New("a file head is damaged")
)

// identify reads what the file says it is.
func (s *Store) identify(tx *bbolt.Tx) error {
	meta := tx.Bucket([]byte(bucketMeta))
	if meta == nil || string(meta.Get([]byte(keyApp))) != appID {
		return errForeign
	}
	format := meta.Get([]byte(keyFormat))
	if len(format) != 1 || format[0] == 0 {
		return errMissingBucket
	}
	if format[0] > formatVersion {
		return errNewerFormat
	}
	s.pilot = string(meta.Get([]byte(keyPilot)))
	for k := range decoders {
		// A file older than a kind has neither its bucket nor its digest.
		if tx.Bucket([]byte(k)) == nil && meta.Get([]byte(digestPrefix+k)) != nil {
			return errMissingBucket
		}
	}
	if tx.Bucket([]byte(bucketJournal)) == nil {
		return errMissingBucket
	}
	return nil
}

func openError(err error, path string) error {
	name := filepath.Base(path)
	var already *app.Error
	switch {
	case errors.As(err, &already):
		return err
	case errors.Is(err, bbolt.ErrTimeout):
		return app.Wrap(app.CodeLocked, err, "《%s》正被另一个廉哨窗口或程序使用，请先关闭那一个", name)
	case errors.Is(err, errForeign):
		return app.Wrap(app.CodeForeign, err, "《%s》不是廉哨的试点文件，请选择扩展名为 %s 的文件", name, Extension)
	case errors.Is(err, errNewerFormat):
		return app.Wrap(app.CodeNewer, err, "《%s》是用更新版本的廉哨保存的，请升级廉哨后再打开", name)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return app.Wrap(app.CodeIO, err, "《%s》是只读的或没有写入权限，请把它复制到能写入的文件夹再打开", name)
	case errors.Is(err, fs.ErrNotExist):
		return app.Wrap(app.CodeNotFound, err, "找不到试点文件《%s》，请检查它是否已被移动或改名", name)
	case isDamage(err):
		return app.Wrap(app.CodeDamaged, err, "《%s》已损坏，无法打开。请使用备份，或用“修复”救出完好的记录", name)
	}
	return app.Wrap(app.CodeIO, err, "无法打开《%s》，请检查磁盘或 U 盘是否正常", name)
}

// damage is a panic or fault while reading the file's structure.
type damage struct{ reason any }

func (d damage) Error() string { return "file structure is damaged" }

// isDamage tells damage from a disk that does not answer: bbolt reports what it
// cannot understand in plain errors, the system in its own.
func isDamage(err error) bool {
	var path *fs.PathError
	var errno syscall.Errno
	return err != nil && !errors.As(err, &path) && !errors.As(err, &errno)
}

// guard runs f; a panic of bbolt over a damaged page, or a fault in the mapped
// file (truncated, USB stick pulled out), becomes an error.
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

// Path returns the file's path.
func (s *Store) Path() string { return s.path }

// PilotID is the random name the file got when it was created; copies share it.
func (s *Store) PilotID() string { return s.pilot }

// Close unlocks the file. It is harmless on a closed store.
func (s *Store) Close() error {
	var err error
	if s.db != nil {
		err = guard(s.db.Close)
	}
	if s.file != nil && (s.db == nil || err != nil) {
		unlock(s.file) // bbolt panicked with the file mapped and locked
		_ = s.file.Close()
	}
	if err != nil {
		return app.Wrap(app.CodeIO, err, "关闭《%s》时出错，已保存的内容不受影响", filepath.Base(s.path))
	}
	return nil
}
