package pilotfile

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"lianshao/app"
)

var errReadBack = errors.New("what was read back differs from what was written")

// tempName is a file that a crash may leave behind; sweep knows it by its form.
func tempName() string { return tempPrefix + hex.EncodeToString(random(6)) + ".tmp" }

const tempPrefix = ".lianshao-"

// tempOf is how the names of files begin that are to take a file's place: who has the
// file's lock knows those that a crash left.
func tempOf(path string) string { return tempPrefix + shortHash(filepath.Base(path)) + "-" }

// replaceFile puts new content in the place of a file, so that at every moment
// either the old or the new one is there whole: it writes beside it, makes that
// durable, reads it back, and only then renames. write returns the content's
// SHA-256, which is compared with what is read back and returned.
func replaceFile(d disk, path string, perm os.FileMode, write func(io.Writer) error) (sum []byte, err error) {
	return replaceFileWhen(d, path, perm, write, func([]byte) error { return nil })
}

// replaceFileWhen is replaceFile with a last word before the rename, which hears
// the new content's SHA-256.
func replaceFileWhen(d disk, path string, perm os.FileMode, write func(io.Writer) error, ready func(sum []byte) error) (sum []byte, err error) {
	temp := filepath.Join(filepath.Dir(path), tempOf(path)+hex.EncodeToString(random(6))+".tmp")
	sum, err = writeFile(d, temp, perm, write)
	if err == nil {
		err = ready(sum)
	}
	if err == nil {
		err = rename(d, temp, path)
	}
	if err != nil {
		_ = d.Remove(temp)
		return nil, err
	}
	return sum, d.SyncFolder(filepath.Dir(path))
}

// writeFile writes a new file, makes it durable and reads it back.
func writeFile(d disk, path string, perm os.FileMode, write func(io.Writer) error) ([]byte, error) {
	f, err := d.Create(path, perm)
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	err = write(io.MultiWriter(f, h))
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	sum := h.Sum(nil)
	back, err := hashFile(d, path)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(sum, back) {
		return nil, errReadBack
	}
	return sum, nil
}

// hashFile returns a file's SHA-256.
func hashFile(d disk, path string) ([]byte, error) {
	f, err := d.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h := sha256.New()
	buf := make([]byte, 1<<20)
	if _, err := io.CopyBuffer(onlyWriter{h}, onlyReader{f}, buf); err != nil {
		return nil, err
	}
	return h.Sum(nil), nil
}

// onlyWriter and onlyReader hide shortcuts that would copy in small pieces.
type onlyWriter struct{ io.Writer }
type onlyReader struct{ io.Reader }

// snapshot writes the store's present content and tells the number of its last
// journal entry. It may run beside commits: a reading transaction keeps the pages
// that are copied. bbolt's own copy gives the heads the wrong turn.
func (s *Store) snapshot(w io.Writer) (seq uint64, err error) {
	s.mu.RLock() // number and content of the same moment
	if s.db == nil {
		s.mu.RUnlock()
		return 0, errClosed
	}
	seq = s.state.Seq
	p, err := s.pages()
	tx, err2 := s.db.Begin(false)
	s.mu.RUnlock()
	if err2 == nil {
		defer tx.Rollback()
	}
	if err := errors.Join(err, err2); err != nil {
		return 0, err
	}
	return seq, p.copyTo(w)
}

// copyTo writes the pages in use, and two heads that lead to the same tree.
func (p *pages) copyTo(w io.Writer) error {
	last, before := p.head, p.head
	before.commit--
	heads := [2][]byte{}
	for _, h := range []head{last, before} {
		heads[h.commit%2] = h.page(int(h.commit % 2))
	}
	for _, b := range heads {
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
	from := 2 * p.head.pageSize
	body := io.NewSectionReader(p.r, from, int64(p.head.high)*p.head.pageSize-from)
	n, err := io.CopyBuffer(onlyWriter{w}, onlyReader{body}, make([]byte, 1<<20))
	if err == nil && n != body.Size() {
		err = io.ErrUnexpectedEOF
	}
	return err
}

var errClosed = errors.New("closed")

// saveError puts a failed save into words; what was done is safe in the working copy.
func saveError(err error, path string) error {
	name, folder := filepath.Base(path), filepath.Dir(path)
	const safe = "。所有改动都保存在本机，没有丢"
	var already *app.Error
	switch {
	case errors.As(err, &already):
		return err
	case isDiskFull(err):
		return app.Wrap(app.CodeIO, err, "磁盘空间不足，还没有存回《%s》%s；请清理磁盘，或另存到别处", name, safe)
	case errors.Is(err, fs.ErrNotExist):
		return app.Wrap(app.CodeIO, err, "找不到文件夹“%s”（U 盘拔掉了，或网络断了？），还没有存回《%s》%s；接回后会自动再存，也可以另存到别处", folder, name, safe)
	case errors.Is(err, fs.ErrPermission):
		return app.Wrap(app.CodeIO, err, "文件夹“%s”不让写入，还没有存回《%s》%s；请另存到别处", folder, name, safe)
	case errors.Is(err, errReadBack):
		return app.Wrap(app.CodeIO, err, "写到“%s”的内容读回来不一样，磁盘或 U 盘可能坏了，原来的《%s》没有动%s；请另存到别处", folder, name, safe)
	}
	return app.Wrap(app.CodeIO, err, "没有存回《%s》，原来的文件没有动%s；会自动再试，也可以另存到别处", name, safe)
}

// copyOut writes the file that is open for reading only.
func (s *Store) copyOut(w io.Writer) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	info, err := s.file.Stat()
	if err != nil {
		return err
	}
	_, err = io.Copy(w, io.NewSectionReader(s.file, 0, info.Size()))
	return err
}
