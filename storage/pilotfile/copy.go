package pilotfile

import (
	"io"
	"os"

	"lianshao/app"
)

// CopyTo writes a consistent copy of the open pilot, reads it back whole, and only
// then gives it its name: a backup that cannot be opened is none. A file that is
// there already is not touched.
func (s *Store) CopyTo(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return app.E(app.CodeInvalid, "文件“%s”已经存在，请换一个名称。", path)
	}
	write := s.copyOut
	if s.db != nil {
		write = func(w io.Writer) error { _, err := s.snapshot(w); return err }
	}
	if _, err := replaceFile(s.disk(), path, 0o600, write); err != nil {
		return app.Wrap(app.CodeIO, err, "没有备份成功：“%s”写不进去，请检查磁盘空间和权限。", path)
	}
	s.mu.RLock()
	key := s.keys.data
	s.mu.RUnlock()
	if err := Verify(path, key); err != nil {
		_ = os.Remove(path)
		return app.Wrap(app.CodeIO, err, "复制后的文件有读不出来的地方，请检查磁盘后重试。")
	}
	return nil
}

func (s *Store) disk() disk {
	if s.doc != nil {
		return s.doc.stores.fs()
	}
	return osDisk{}
}
