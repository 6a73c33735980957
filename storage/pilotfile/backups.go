package pilotfile

import (
	"cmp"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lianshao/app"
)

// oldFolder holds files of an older format as they were before they were upgraded.
const oldFolder = "before-upgrade"

// Backups lists the backups of a pilot, the newest first.
func (st Stores) Backups(pilotID string) ([]app.Backup, error) {
	if st.Data == "" || pilotID == "" {
		return nil, nil
	}
	folder := st.backupFolder(pilotID)
	list, err := backupsIn(folder)
	if err != nil {
		return nil, app.Wrap(app.CodeIO, err, "备份文件夹“%s”读不了，请检查它的权限", folder)
	}
	reasons := map[string]app.BackupReason{}
	for _, group := range byOrigin(list) {
		for path, why := range kept(group) {
			reasons[path] = why
		}
	}
	out := make([]app.Backup, 0, len(list))
	for _, b := range list {
		next := app.Backup{Path: b.path, PilotID: pilotID, Origin: b.note.Origin, Time: b.time, Seq: b.note.Seq,
			Why: reasons[b.path], Verified: b.note.Verified, Bad: b.note.Bad}
		if info, err := os.Stat(b.path); err == nil {
			next.Size = info.Size()
			if next.Time.IsZero() {
				next.Time = info.ModTime()
			}
		}
		out = append(out, next)
	}
	return out, nil
}

// byOrigin takes backups apart by the files they are of.
func byOrigin(list []backupFile) map[string][]backupFile {
	out := map[string][]backupFile{}
	for _, b := range list {
		out[b.note.Origin] = append(out[b.note.Origin], b)
	}
	return out
}

// AllBackups lists the backups of every pilot, those of one pilot together, the
// pilot that was saved last first; at the end the files from before an upgrade.
func (st Stores) AllBackups() ([]app.Backup, error) {
	if st.Data == "" {
		return nil, nil
	}
	root := filepath.Join(st.Data, "backups")
	folders, err := os.ReadDir(root)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, app.Wrap(app.CodeIO, err, "备份文件夹“%s”读不了，请检查它的权限", root)
	}
	var groups [][]app.Backup
	var failed error
	for _, f := range folders {
		if !f.IsDir() || f.Name() == oldFolder {
			continue
		}
		list, err := st.Backups(f.Name())
		if err != nil {
			failed = err
		} else if len(list) > 0 {
			groups = append(groups, list)
		}
	}
	slices.SortFunc(groups, func(a, b []app.Backup) int {
		return cmp.Or(b[0].Time.Compare(a[0].Time), cmp.Compare(a[0].PilotID, b[0].PilotID))
	})
	out := append(slices.Concat(groups...), st.oldFormats()...)
	if len(out) == 0 {
		return nil, failed
	}
	return out, nil // what can be read helps more than why something cannot
}

// oldFormats lists the files as they were before an upgrade, the newest first.
func (st Stores) oldFormats() []app.Backup {
	paths, _ := filepath.Glob(filepath.Join(st.Data, "backups", oldFolder, "*"+Extension))
	var out []app.Backup
	for _, path := range paths {
		stamp, name, _ := strings.Cut(filepath.Base(path), " ")
		b := app.Backup{Path: path, Origin: name, Why: app.BackupOldFormat}
		b.Time, _ = time.ParseInLocation("20060102-150405", stamp, time.Local)
		if info, err := os.Stat(path); err == nil {
			b.Size = info.Size()
		}
		b.Verified = b.Time // it was read back and compared
		out = append(out, b)
	}
	slices.SortFunc(out, func(a, b app.Backup) int { return b.Time.Compare(a.Time) })
	return out
}

// BackupsFor lists the backups of a file that may be damaged or gone: those of the
// pilot that it says it is, and those of its path.
func (st Stores) BackupsFor(path string) ([]app.Backup, error) {
	all, err := st.AllBackups()
	if err != nil {
		return nil, err
	}
	origin := path
	if real, err := whereItIs(path); err == nil {
		origin = real
	}
	id := idOf(origin)
	for _, b := range all {
		if id == "" && b.PilotID != "" && b.Origin == origin {
			id = b.PilotID // the newest pilot of that path
		}
	}
	return slices.DeleteFunc(all, func(b app.Backup) bool { return b.PilotID == "" || b.PilotID != id && b.Origin != origin }), nil
}

// idOf is the pilot's name that a file gives, "" when it cannot be read.
func idOf(path string) string {
	s, meta, p, err := openRaw(path, path)
	if err != nil {
		return ""
	}
	defer s.file.Close()
	if h, err := readHeader(p, meta); err == nil {
		return pilotIDText(h.id())
	}
	if h, err := parseHeader(meta[keyHeader]); err == nil {
		return pilotIDText(h.id())
	}
	return ""
}

// OpenBackup opens a backup for reading, which like any file may need the password
// it was made under; without one the key of the open pilot is tried first. Codes
// are those of Open, CodeInvalid for a backup from before an upgrade.
func (st Stores) OpenBackup(path, secret string, like app.PilotStore) (app.PilotStore, error) {
	if s, ok := like.(*Store); ok && secret == "" {
		s.mu.RLock()
		data := s.keys.data
		s.mu.RUnlock()
		if b, err := openFileWithKey(path, path, data); err == nil {
			return b, nil
		}
	}
	s, err := openFile(path, path, secret)
	switch {
	case errors.Is(err, errOldFormat):
		return nil, app.Wrap(app.CodeInvalid, err, "这是升级格式以前的文件，不能直接比较。请恢复到新文件，打开时会升级")
	case app.CodeOf(err) == app.CodePassword && secret == "":
		return nil, app.Wrap(app.CodePassword, err, "这份备份是用另一个口令存的，请输入当时的口令或恢复密钥")
	case err != nil:
		return nil, backupWords(err)
	}
	return s, nil
}

// badBackup is what a person hears of a backup that is not whole.
const badBackup = "这份备份已损坏，请用另一份；没有别的时，恢复到新文件，再用“修复试点”救出完好的记录"

// backupWords speaks of a backup instead of a pilot file.
func backupWords(err error) error {
	if app.CodeOf(err) == app.CodeDamaged {
		return app.Wrap(app.CodeDamaged, err, badBackup)
	}
	return err
}

// VerifyBackup reads a backup again and returns it with what was found. One that is
// still, byte for byte, what was verified when it was written needs no password.
// Codes: CodeDamaged, CodePassword, CodeIO.
func (st Stores) VerifyBackup(b app.Backup, secret string, like app.PilotStore) (app.Backup, error) {
	sum, err := hashFile(osDisk{}, b.Path)
	if err != nil {
		return b, app.Wrap(app.CodeIO, err, "备份“%s”读不了，请检查磁盘和权限", b.Path)
	}
	note := readNote(b.Path)
	switch {
	case note.Sum == "":
		err = st.verifyWhole(&note, b.Path, secret, like)
		note.Sum = hexText(sum)
	case note.Sum != hexText(sum):
		err = app.E(app.CodeDamaged, badBackup)
	}
	if err != nil && app.CodeOf(err) != app.CodeDamaged {
		return b, err
	}
	note.Verified, note.Bad = st.now(), err != nil
	b.Verified, b.Bad = note.Verified, note.Bad
	if e := writeNote(b.Path, &note); e != nil && err == nil {
		err = app.Wrap(app.CodeIO, e, "备份完好，但结果没有记下来：“%s”写不进去", filepath.Dir(b.Path))
	}
	return b, err
}

// verifyWhole opens and verifies a backup that nothing is noted of.
func (st Stores) verifyWhole(note *backupNote, path, secret string, like app.PilotStore) error {
	opened, err := st.OpenBackup(path, secret, like)
	if err != nil {
		return err
	}
	s := opened.(*Store)
	defer s.closeFile()
	note.Seq = s.state.Seq
	return backupWords(Verify(path, s.keys.data))
}

// RestoreBackup copies a backup to a new file, read back; an existing file is
// refused. The backup stays.
func (st Stores) RestoreBackup(path, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return app.E(app.CodeInvalid, "文件“%s”已经存在，没有覆盖它。请换一个名称", to)
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
