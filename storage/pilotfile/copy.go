package pilotfile

import (
	"os"

	"go.etcd.io/bbolt"

	"lianshao/app"
)

// CopyTo writes a consistent copy of the open file, reads it again whole, and
// only then gives it its name: a backup that cannot be opened is none. A file
// that is there already is not touched.
func (s *Store) CopyTo(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return app.E(app.CodeInvalid, "文件“%s”已经存在，请换一个名称。", path)
	}
	tmp := path + ".part"
	err := s.db.View(func(tx *bbolt.Tx) error { return writeCopy(tx, tmp) })
	if err == nil {
		var rep Report
		if rep, err = Check(tmp); err == nil && len(rep.Bad) > 0 {
			err = app.E(app.CodeIO, "复制后的文件有 %d 处读不出来，请检查磁盘后重试。", len(rep.Bad))
		}
	}
	if err == nil {
		err = os.Rename(tmp, path)
	}
	if err != nil {
		os.Remove(tmp)
		if app.CodeOf(err) != app.CodeIO {
			return err
		}
		return app.Wrap(app.CodeIO, err, "没有备份成功：“%s”写不进去，请检查磁盘空间和权限。", path)
	}
	return nil
}

func writeCopy(tx *bbolt.Tx, path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err = tx.WriteTo(f); err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}
