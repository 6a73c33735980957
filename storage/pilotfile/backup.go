package pilotfile

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianshao/app"
)

// How many backups of a pilot are kept: the last saves, one of each of the last
// days, one of each of the last weeks.
const (
	keepSaves = 10
	keepDays  = 7
	keepWeeks = 4
)

// A backup is named by when it was made and by a number that only grows: the number
// is the order, as a clock may be set back.
const (
	stampLayout = "20060102-150405.000"
	numberWidth = 6
	// noteExtension is that of what lies beside a backup.
	noteExtension = ".json"
)

// backupNote lies beside a backup: whose it is, and that it was read whole.
type backupNote struct {
	Origin   string    `json:"origin"`        // the file as it was called then
	Seq      uint64    `json:"seq"`           // of the last operation in it
	Sum      string    `json:"sum"`           // SHA-256
	Verified time.Time `json:"verified"`      // when it was last read whole; zero = never
	Bad      bool      `json:"bad,omitempty"` // it was found not whole then
}

// backupFile is a backup as it lies in its folder.
type backupFile struct {
	path string
	time time.Time
	no   int // 0 = from before there were numbers
	note backupNote
}

// backupFolder is where a pilot's backups lie: outside of its own folder, so that
// one mishap does not take both.
func (st Stores) backupFolder(pilotID string) string {
	return filepath.Join(st.Data, "backups", pilotID)
}

// backUp keeps what was just saved. A backup that failed is told by Saving, and the
// save is none the worse.
func (d *document) backUp(s *Store) {
	if d.stores.Data == "" {
		return
	}
	folder := d.stores.backupFolder(s.PilotID())
	err := os.MkdirAll(folder, 0o700)
	if err == nil {
		err = d.writeBackup(s, folder)
	}
	if err == nil {
		err = thin(folder, d.origin)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if err == nil && d.purge {
		d.purge = false
		err = removePlain(folder)
	}
	d.state.BackupErr = nil
	if err != nil {
		d.state.BackupErr = backupError(err, folder)
	}
}

// writeBackup writes a backup beside its place, reads it back, opens and verifies
// all of it as a reader would, and only then gives it its name: whatever has the
// name of a backup can be restored.
func (d *document) writeBackup(s *Store, folder string) error {
	temp := filepath.Join(folder, tempName())
	note := backupNote{Origin: d.origin}
	sum, err := writeFile(d.stores.fs(), temp, 0o600, func(w io.Writer) (err error) { note.Seq, err = s.snapshot(w); return err })
	if err == nil {
		s.mu.RLock()
		key := s.keys.data
		s.mu.RUnlock()
		err = Verify(temp, key)
	}
	now := d.stores.now()
	note.Sum, note.Verified = hexText(sum), now
	if err == nil {
		path, e := freeBackup(folder, now)
		if err = e; err == nil {
			if err = writeNote(path, &note); err == nil {
				err = rename(d.stores.fs(), temp, path)
			}
		}
	}
	if err != nil {
		_ = d.stores.fs().Remove(temp)
		return err
	}
	return d.stores.fs().SyncFolder(folder)
}

// freeBackup is the path of the next backup in a folder.
func freeBackup(folder string, now time.Time) (string, error) {
	list, err := backupsIn(folder)
	no := 0
	for _, b := range list {
		no = max(no, b.no)
	}
	for {
		no++
		path := filepath.Join(folder, fmt.Sprintf("%s-%0*d%s", now.Format(stampLayout), numberWidth, no, Extension))
		if _, e := os.Lstat(path); errors.Is(e, fs.ErrNotExist) || err != nil {
			return path, err
		}
	}
}

func notePath(backup string) string { return backup + noteExtension }

// readNote reads it; one that cannot be read is as if there were none.
func readNote(backup string) (n backupNote) {
	if b, err := os.ReadFile(notePath(backup)); err != nil || json.Unmarshal(b, &n) != nil {
		return backupNote{}
	}
	return n
}

// writeNote replaces what lies beside a backup.
func writeNote(backup string, n *backupNote) error {
	b, err := json.Marshal(n)
	if err == nil {
		_, err = replaceFile(osDisk{}, notePath(backup), 0o600, func(w io.Writer) error { _, err := w.Write(b); return err })
	}
	return err
}

// backupError says what stands in the way of backups and what can be done.
func backupError(err error, folder string) error {
	const saved = "已存盘，但自动备份没有成功："
	switch {
	case isDiskFull(err):
		return app.Wrap(app.CodeIO, err, saved+"放备份的磁盘满了（%s），请清理磁盘", folder)
	case errors.Is(err, fs.ErrPermission):
		return app.Wrap(app.CodeIO, err, saved+"备份文件夹“%s”不让写入，请检查它的权限", folder)
	case errors.Is(err, errReadBack), app.CodeOf(err) == app.CodeDamaged:
		return app.Wrap(app.CodeIO, err, saved+"写到“%s”的内容读回来不对，本机磁盘可能坏了，请把试点另存到别处", folder)
	}
	return app.Wrap(app.CodeIO, err, saved+"备份文件夹“%s”写不进去，请检查本机磁盘", folder)
}

// removePlain removes the backups that need no password. What lay on their places
// of the disk is overwritten first, as far as the disk really does that.
func removePlain(folder string) error {
	list, err := backupsIn(folder)
	for _, b := range list {
		s, _, p, e := openRaw(b.path, b.path)
		if e != nil {
			continue
		}
		meta, e := readMeta(p)
		if e == nil {
			s.header, e = readHeader(p, meta)
		}
		_ = s.file.Close()
		if e == nil && !s.header.locked() {
			err = errors.Join(err, shred(b.path), removeIfThere(notePath(b.path)))
		}
	}
	return err
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// shred overwrites a file and removes it. Before, it gives it another name: half
// of it, left by a crash, must not pass for a backup.
func shred(path string) error {
	doomed := filepath.Join(filepath.Dir(path), tempName())
	if err := os.Rename(path, doomed); err != nil {
		return err
	}
	path = doomed
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	zeros := make([]byte, 1<<20)
	for at := int64(0); err == nil && at < info.Size(); at += int64(len(zeros)) {
		_, err = f.WriteAt(zeros[:min(int64(len(zeros)), info.Size()-at)], at)
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close(), os.Remove(path))
}

// thin removes backups of a file that are no longer kept. Copies of a pilot share
// its folder: another file that is still there keeps its own backups, so that
// trying things in a copy does not push them out; one that was moved or renamed
// goes on with those of its old name.
func thin(folder, origin string) error {
	list, err := backupsIn(folder)
	if err != nil {
		return err
	}
	there := map[string]bool{}
	ours := slices.DeleteFunc(list, func(b backupFile) bool {
		from := b.note.Origin
		if from == "" || from == origin {
			return false
		}
		if _, asked := there[from]; !asked {
			there[from] = fileExists(from)
		}
		return there[from]
	})
	why := kept(ours)
	for _, b := range ours {
		if why[b.path] == 0 {
			err = errors.Join(err, os.Remove(b.path), removeIfThere(notePath(b.path)))
		}
	}
	return err
}

// kept chooses backups, the newest first, and says why. Ages are counted in days
// and weeks that have a backup, so that a clock set wrong removes nothing early.
func kept(list []backupFile) map[string]app.BackupReason {
	out := map[string]app.BackupReason{}
	days, weeks := map[string]bool{}, map[[2]int]bool{}
	for i, b := range list {
		if b.time.IsZero() {
			out[b.path] = app.BackupOther // not ours to remove
			continue
		}
		day := b.time.Format("20060102")
		year, week := b.time.ISOWeek()
		if i < keepSaves {
			out[b.path] |= app.BackupRecent
		}
		if !days[day] && len(days) < keepDays {
			out[b.path] |= app.BackupOfDay
		}
		if !weeks[[2]int{year, week}] && len(weeks) < keepWeeks {
			out[b.path] |= app.BackupOfWeek
		}
		days[day], weeks[[2]int{year, week}] = true, true
	}
	return out
}

// backupsIn lists the backups in a folder, the newest first.
func backupsIn(folder string) ([]backupFile, error) {
	files, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var out []backupFile
	for _, f := range files {
		if filepath.Ext(f.Name()) != Extension || strings.HasPrefix(f.Name(), tempPrefix) {
			continue
		}
		b := backupFile{path: filepath.Join(folder, f.Name())}
		b.time, b.no = parseBackupName(f.Name())
		b.note = readNote(b.path)
		out = append(out, b)
	}
	slices.SortFunc(out, func(a, b backupFile) int {
		return cmp.Or(cmp.Compare(b.no, a.no), b.time.Compare(a.time), cmp.Compare(b.path, a.path))
	})
	return out, nil
}

// parseBackupName reads time and number; the zero time is a name of other make.
func parseBackupName(name string) (time.Time, int) {
	name = strings.TrimSuffix(name, Extension)
	if len(name) < len(stampLayout) {
		return time.Time{}, 0
	}
	t, err := time.ParseInLocation(stampLayout, name[:len(stampLayout)], time.Local)
	if err != nil || name == t.Format(stampLayout) {
		return t, 0
	}
	no, err := strconv.Atoi(strings.TrimPrefix(name[len(stampLayout):], "-"))
	if err != nil || no < 1 {
		return time.Time{}, 0
	}
	return t, no
}
