// Package xlsx reads and writes office workbooks: .xlsx and .csv.
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
	"io"
	"os"
	"path/filepath"
	"strings"

	"lianshao/app"
	"lianshao/app/intake"
)

// maxFile bounds the bytes of a file read into memory.
const maxFile = 256 << 20

// Reader reads .xlsx, .xlsm and .csv files.
type Reader struct{}

var _ intake.Reader = Reader{}

// fault is what is wrong with a file, a sentence that follows its name.
type fault string

// Error returns the sentence.
func (f fault) Error() string { return string(f) }

// Read reads the file at path. What kind it is follows from its content; the
// extension only decides whether text is a table. progress hears bytes of
// unpacked content. Errors are *app.Error: CodeNotFound, CodeIO, CodeCanceled
// or, when the content cannot be read exactly, CodeInvalid.
func (Reader) Read(ctx context.Context, path string, progress func(done, total int)) (*intake.Book, error) {
	name := filepath.Base(path)
	data, err := load(path)
	if err != nil {
		return nil, err
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	b, err := parse(ctx, name, data, progress)
	var f fault
	switch {
	case err == nil:
		return b, nil
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return nil, app.Wrap(app.CodeCanceled, err, "已取消读取《%s》", name)
	case errors.As(err, &f):
		return nil, app.Wrap(app.CodeInvalid, err, "《%s》%s", name, f)
	}
	return nil, app.Wrap(app.CodeInvalid, err, "《%s》内容已损坏，没有导入。请用 Excel 或 WPS 打开它，另存为新文件后再导入", name)
}

// load reads the whole file.
func load(path string) ([]byte, error) {
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
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, app.Wrap(app.CodeIO, err, "无法读取《%s》，它可能正被其他程序占用，请关闭后再试", name)
	}
	return data, nil
}

// parse decides by content how to read.
func parse(ctx context.Context, name string, data []byte, progress func(done, total int)) (*intake.Book, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ext := strings.ToLower(filepath.Ext(name))
	head := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 1024)], []byte("\xef\xbb\xbf")), " \t\r\n")
	switch {
	case len(data) == 0:
		return nil, fault("是空文件（0 字节），可能没有复制完整，请重新取得它")
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return readZip(ctx, name, data, progress)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return nil, oleFault(data)
	case len(head) > 0 && head[0] == '<':
		return nil, fault("其实是网页或 XML 文本，不是 Excel 工作簿。请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入")
	case ext == ".csv" || ext == ".txt":
		return readCSV(ctx, name, data, progress)
	}
	return nil, fault("不是 Excel 工作簿，或者没有复制完整。请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入")
}

// oleFault tells an encrypted workbook from an old .xls; both are OLE files.
func oleFault(data []byte) error {
	if bytes.Contains(data, utf16le("EncryptedPackage")) {
		return fault("有打开密码，请在 Excel 中取消密码后再导入")
	}
	if bytes.Contains(data, utf16le("Workbook")) || bytes.Contains(data, utf16le("Book")) {
		return fault("是旧版 .xls 工作簿，请在 Excel 或 WPS 中另存为 .xlsx 后再导入")
	}
	return fault("不是 Excel 工作簿，请选择 .xlsx 或 .csv 文件")
}

func utf16le(ascii string) []byte {
	out := make([]byte, 0, 2*len(ascii))
	for i := range len(ascii) {
		out = append(out, ascii[i], 0)
	}
	return out
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
