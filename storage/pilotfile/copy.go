package pilotfile

import (
	"io"
	"os"
	"path/filepath"

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
		return app.NotWritten(err, path)
	}
	s.mu.RLock()
	key := s.keys.data
	s.mu.RUnlock()
	if err := Verify(path, key); err != nil {
		_ = os.Remove(path)
		return app.Wrap(app.CodeIO, err, "复制出来的《%s》读回来不一样，没有留下。磁盘或 U 盘可能坏了，请换一个位置再试", filepath.Base(path))
	}
	return nil
}

func (s *Store) disk() disk {
	if s.doc != nil {
		return s.doc.stores.fs()
	}
	return osDisk{}
}
