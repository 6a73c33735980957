package pilotfile

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lianshao/app"
	"lianshao/domain"
)

// How many backups of a pilot are kept: the last saves, one of each of the last
// days, one of each of the last weeks.
const (
	keepSaves = 10
	keepDays  = 7
	keepWeeks = 4
)

// stampLayout names backups so that the order of names is the order of time.
const stampLayout = "20060102-150405.000"

// backupFolder is where a pilot's backups lie: outside of its own folder, so that
// one mishap does not take both.
func (st Stores) backupFolder(pilotID string) string {
	return filepath.Join(st.Data, "backups", pilotID)
}

// backUp keeps what was just saved. It reads the backup back whole; a backup that
// failed is told by Saving, and the save is none the worse.
func (d *document) backUp(s *Store) {
	if d.stores.Data == "" {
		return
	}
	folder := d.stores.backupFolder(s.PilotID())
	err := os.MkdirAll(folder, 0o700)
	if err == nil {
		to := filepath.Join(folder, d.stores.now().Format(stampLayout)+Extension)
		_, err = replaceFile(osDisk{}, to, 0o600, func(w io.Writer) error { _, err := s.snapshot(w); return err })
	}
	if err == nil {
		err = thin(folder)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if err == nil && d.purge {
		d.purge = false
		err = removePlain(folder)
	}
	d.state.BackupErr = nil
	if err != nil {
		d.state.BackupErr = app.Wrap(app.CodeIO, err, "已存盘，但自动备份没有成功，请检查本机磁盘空间")
	}
}

// removePlain removes the backups that need no password. What lay on their places
// of the disk is overwritten first, as far as the disk really does that.
func removePlain(folder string) error {
	names, err := backupNames(folder)
	for _, n := range names {
		path := filepath.Join(folder, n)
		s, _, p, e := openRaw(path, path)
		if e != nil {
			continue
		}
		meta, e := readMeta(p)
		if e == nil {
			s.header, e = readHeader(p, meta)
		}
		_ = s.file.Close()
		if e == nil && !s.header.locked() {
			err = errors.Join(err, shred(path))
		}
	}
	return err
}

// shred overwrites a file and removes it.
func shred(path string) error {
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

// thin removes backups that are no longer kept.
func thin(folder string) error {
	names, err := backupNames(folder)
	if err != nil {
		return err
	}
	keep := kept(names)
	var first error
	for _, n := range names {
		if !keep[n] {
			if err := os.Remove(filepath.Join(folder, n)); err != nil && first == nil {
				first = err
			}
		}
	}
	return first
}

// kept chooses backups by their names, the newest first. Ages are counted in days
// and weeks that have a backup, so that a clock set wrong removes nothing early.
func kept(names []string) map[string]bool {
	out := map[string]bool{}
	days, weeks := map[string]bool{}, map[[2]int]bool{}
	for i, n := range names {
		t, err := time.ParseInLocation(stampLayout, strings.TrimSuffix(n, Extension), time.Local)
		if err != nil {
			out[n] = true // not ours to remove
			continue
		}
		day := t.Format("20060102")
		year, week := t.ISOWeek()
		if i < keepSaves || !days[day] && len(days) < keepDays || !weeks[[2]int{year, week}] && len(weeks) < keepWeeks {
			out[n] = true
		}
		days[day], weeks[[2]int{year, week}] = true, true
	}
	return out
}

// backupNames lists backups, the newest first.
func backupNames(folder string) ([]string, error) {
	files, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	var out []string
	for _, f := range files {
		if filepath.Ext(f.Name()) == Extension && !strings.HasPrefix(f.Name(), tempPrefix) {
			out = append(out, f.Name())
		}
	}
	slices.Sort(out)
	slices.Reverse(out)
	return out, nil
}

// Backups lists the backups of a pilot, the newest first.
func (st Stores) Backups(pilotID string) ([]app.Backup, error) {
	if st.Data == "" || pilotID == "" {
		return nil, nil
	}
	folder := st.backupFolder(pilotID)
	names, err := backupNames(folder)
	if err != nil {
		return nil, app.Wrap(app.CodeIO, err, "备份文件夹“%s”读不了", folder)
	}
	var out []app.Backup
	for _, n := range names {
		b := app.Backup{Path: filepath.Join(folder, n)}
		b.Time, _ = time.ParseInLocation(stampLayout, strings.TrimSuffix(n, Extension), time.Local)
		if info, err := os.Stat(b.Path); err == nil {
			b.Size = info.Size()
		}
		out = append(out, b)
	}
	return out, nil
}

// ReadBackup loads the records of a backup, which like any file may need the
// password it was made under; key tries that of the open pilot first.
func (st Stores) ReadBackup(path, secret string, like app.PilotStore) (*domain.Pilot, error) {
	if s, ok := like.(*Store); ok && secret == "" {
		s.mu.RLock()
		data := s.keys.data
		s.mu.RUnlock()
		if b, err := openFileWithKey(path, path, data); err == nil {
			defer b.closeFile()
			return b.Load(nil)
		}
	}
	b, err := openFile(path, path, secret)
	if err != nil {
		return nil, err
	}
	defer b.closeFile()
	return b.Load(nil)
}

// RestoreBackup copies a backup to a new file, read back; an existing file is refused.
func (st Stores) RestoreBackup(path, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return app.E(app.CodeInvalid, "文件“%s”已经存在，请换一个名称。", to)
	}
	in, err := os.Open(path)
	if err != nil {
		return openError(err, path)
	}
	defer in.Close()
	if _, err = replaceFile(st.fs(), to, 0o600, func(w io.Writer) error { _, err := io.Copy(w, in); return err }); err != nil {
		return createError(err, to)
	}
	return nil
}
