package app

import (
	"errors"
	"io/fs"
	"path/filepath"
	"syscall"
)

// NotWritten says in one sentence why a file that a person asked for was not
// written; whatever had its name before is untouched. nil stays nil, and what is a
// sentence already stays as it is.
func NotWritten(err error, path string) error {
	name, folder := filepath.Base(path), filepath.Dir(path)
	var already *Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &already):
		return err
	case isDiskFull(err):
		return Wrap(CodeIO, err, "磁盘空间不足，《%s》没有写成。请清理磁盘，或换一个位置再试", name)
	case errors.Is(err, fs.ErrNotExist):
		return Wrap(CodeNotFound, err, "文件夹“%s”不存在，《%s》没有写成", folder, name)
	case errors.Is(err, syscall.ENAMETOOLONG):
		return Wrap(CodeInvalid, err, "文件名太长，《%s…》没有写成。请缩短到 80 个字以内", firstRunes(name, 10))
	case errors.Is(err, syscall.EROFS):
		return Wrap(CodeIO, err, "“%s”所在的磁盘是只读的，《%s》没有写成。请换一个位置再试", folder, name)
	case errors.Is(err, fs.ErrPermission):
		return Wrap(CodeIO, err, "《%s》没有写成：它可能正在 Excel 或 WPS 中打开，或文件夹不让写入。请关闭它，或换一个位置再试", name)
	}
	return Wrap(CodeIO, err, "《%s》没有写成：它可能正被别的程序打开，或磁盘不能写入。请关闭它，或换一个位置再试", name)
}

func firstRunes(s string, n int) string {
	r := []rune(s)
	return string(r[:min(n, len(r))])
}
