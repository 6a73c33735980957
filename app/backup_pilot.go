package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// BackupPilot copies an open pilot to a file that does not exist yet and reads
// the copy again: a backup that cannot be opened is none.
func BackupPilot(stores Stores, s *Session, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return E(CodeInvalid, "文件“%s”已经存在，请换一个名称。", to)
	}
	if err := copyFile(s.Store.Path(), to); err != nil {
		return err
	}
	copied, err := OpenPilot(stores, to, s.Clock, s.NewID, s.Actor, nil)
	if err != nil {
		os.Remove(to)
		return err
	}
	defer copied.Close()
	if !copied.Pilot.Equal(s.Pilot) {
		os.Remove(to)
		return E(CodeIO, "复制后的文件“%s”和原文件不一致，已删除，请检查磁盘。", to)
	}
	return nil
}

// copyFile writes beside the target, flushes to the disk and only then names it.
func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return Wrap(CodeIO, err, "试点文件读不出来，请检查磁盘。")
	}
	f, err := os.CreateTemp(filepath.Dir(to), ".备份-*")
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return Wrap(CodeNotFound, err, "没有文件夹“%s”，请先建立。", filepath.Dir(to))
		}
		return Wrap(CodeIO, err, "不能在“%s”里写文件，请检查权限和磁盘空间。", filepath.Dir(to))
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), to)
	}
	if err != nil {
		os.Remove(f.Name())
		return Wrap(CodeIO, err, "备份没有写成，请检查磁盘空间。")
	}
	return nil
}
