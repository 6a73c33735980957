// Package xlsx reads office workbooks of every kind (.xls with the help of package
// xls) and text tables, and writes .xlsx.
//
// Reading is our own: excelize loses rows of damaged files without an error,
// keeps the whole sheet as objects and is several times slower. A file is
// either read exactly, with remarks on single cells, or refused with a
// sentence that names the cause.
package xlsx

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"lianshao/app"
	"lianshao/app/intake"
	"lianshao/storage/cells"
)

// maxFile bounds the bytes of a workbook, maxLoaded those of a file that is read
// into memory as a whole: text and old workbooks.
const (
	maxFile   = 256 << 20
	maxLoaded = 64 << 20
)

// Reader reads .xlsx, .xlsm, .xls and .csv files.
type Reader struct{}

var _ intake.Reader = Reader{}

// fault is what is wrong with a file, a sentence that follows its name.
type fault = cells.Fault

// Read implements intake.Reader. What kind a file is follows from its content; the
// extension only decides whether text is a table.
func (r Reader) Read(ctx context.Context, path string, progress func(done, total int)) (*intake.Book, error) {
	return r.ReadAs(ctx, path, intake.Choices{}, progress)
}

// ReadAs implements intake.Reader.
func (Reader) ReadAs(ctx context.Context, path string, how intake.Choices, progress func(done, total int)) (*intake.Book, error) {
	name := filepath.Base(path)
	src, err := open(path)
	if err != nil {
		return nil, err
	}
	defer src.close()
	if progress == nil {
		progress = func(int, int) {}
	}
	src.how = how
	b, err := parse(ctx, name, src, progress)
	var f fault
	switch {
	case err == nil:
		b.File = name
		if st, err := os.Stat(path); err == nil && b.Saved.IsZero() {
			b.Saved, b.SavedFrom = st.ModTime(), intake.AtFile
		}
		return b, nil
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return nil, app.Wrap(app.CodeCanceled, err, "已取消读取《%s》", name)
	case errors.As(err, &f):
		return nil, app.Wrap(app.CodeInvalid, err, "《%s》%s", name, f)
	}
	return nil, app.Wrap(app.CodeInvalid, err, "《%s》%s", name, cells.Damaged)
}

// source is an open file with what a person said of it.
type source struct {
	io.ReaderAt
	size int64
	file *os.File // nil when the content is in memory
	how  intake.Choices
}

func (s *source) close() {
	if s.file != nil {
		s.file.Close()
	}
}

// inMemory makes a source of bytes.
func inMemory(data []byte) *source {
	return &source{ReaderAt: bytes.NewReader(data), size: int64(len(data))}
}

// all reads the whole content.
func (s *source) all() ([]byte, error) {
	if s.size > maxLoaded {
		return nil, fault(fmt.Sprintf("有 %d MB，超过 %d MB 的上限，请另存为 .xlsx 或拆成几个文件再导入", s.size>>20, maxLoaded>>20))
	}
	b := make([]byte, s.size)
	if _, err := s.ReadAt(b, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return b, nil
}

// open opens a file and refuses what is none.
func open(path string) (*source, error) {
	name := filepath.Base(path)
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, app.Wrap(app.CodeNotFound, err, "找不到文件《%s》，请检查它是否已被移动或改名", name)
	case err != nil:
		return nil, app.Wrap(app.CodeIO, err, "无法读取《%s》，请检查是否有权限打开它", name)
	case info.IsDir():
		return nil, app.E(app.CodeInvalid, "《%s》是文件夹，请选择其中的一个表格文件", name)
	case !info.Mode().IsRegular():
		return nil, app.E(app.CodeInvalid, "《%s》不是普通文件，请选择一个表格文件", name)
	case info.Size() > maxFile:
		return nil, app.E(app.CodeInvalid, "《%s》有 %d MB，超过 %d MB 的上限，请拆成几个文件再导入", name, info.Size()>>20, maxFile>>20)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, app.Wrap(app.CodeIO, err, "无法读取《%s》，它可能正被其他程序占用，请关闭后再试", name)
	}
	return &source{ReaderAt: f, size: info.Size(), file: f}, nil
}

// parse decides by content how to read.
func parse(ctx context.Context, name string, src *source, progress func(done, total int)) (*intake.Book, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	head := make([]byte, min(src.size, 4096))
	if _, err := src.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	ext := strings.ToLower(filepath.Ext(name))
	switch kind := kindOf(head); {
	case strings.HasPrefix(name, "~$"):
		return nil, errOpen
	case ext == ".lianshao":
		return nil, errPilot
	case kind == kindZip:
		return readZip(ctx, src, progress)
	case kind == kindOLE:
		return readOLE(ctx, ext, src, progress)
	case kind != "":
		return nil, kind
	case ext == ".csv" || ext == ".txt":
		return readCSV(ctx, name, src, progress)
	}
	return nil, errNoBook
}

// readFull reads exactly n bytes and then expects the end, which makes the zip
// reader compare the checksum.
func readFull(r io.Reader, n int) ([]byte, error) {
	buf := make([]byte, n)
	if _, err := io.ReadFull(r, buf); err != nil {
		return nil, err
	}
	var one [1]byte
	if k, err := r.Read(one[:]); k > 0 || !errors.Is(err, io.EOF) {
		return nil, errors.Join(errors.New("part longer than declared"), err)
	}
	return buf, nil
}
