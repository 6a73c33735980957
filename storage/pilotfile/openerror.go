package pilotfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"go.etcd.io/bbolt"

	"lianshao/app"
)

// precheck looks at a file without bbolt, which would make a database of an
// empty file. origin is the name a person knows.
func precheck(path, origin string) error {
	name := filepath.Base(origin)
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return app.Wrap(app.CodeNotFound, err, "找不到试点文件《%s》，请检查它是否已被移动或改名", name)
	case err != nil:
		return openError(err, origin)
	case info.IsDir():
		return app.E(app.CodeForeign, "《%s》是文件夹，请选择扩展名为 %s 的试点文件", name, Extension)
	case !info.Mode().IsRegular():
		return app.E(app.CodeForeign, "《%s》不是普通文件，请选择扩展名为 %s 的试点文件", name, Extension)
	case info.Size() == 0:
		return app.E(app.CodeDamaged, "《%s》是空文件（0 字节），可能没有复制完整，请重新复制或使用备份", name)
	}
	f, err := os.Open(path)
	if err != nil {
		return openError(err, origin)
	}
	defer f.Close()
	head := make([]byte, 2*pageSize)
	n, _ := io.ReadFull(f, head)
	if !hasMagic(head[:n], 0) && !hasMagic(head[:n], pageSize) {
		return app.E(app.CodeForeign, "《%s》不是廉哨的试点文件，请选择扩展名为 %s 的文件", name, Extension)
	}
	if info.Size() < minFileSize {
		return app.E(app.CodeDamaged, "《%s》不完整，可能没有复制完，请重新复制或使用备份", name)
	}
	return nil
}

// openError puts what stands against opening a file into words.
func openError(err error, path string) error {
	name := filepath.Base(path)
	var already *app.Error
	switch {
	case errors.As(err, &already):
		return err
	case errors.Is(err, bbolt.ErrTimeout):
		return app.Wrap(app.CodeLocked, err, "《%s》正被另一个廉哨窗口或程序使用，请先关闭那一个", name)
	case errors.Is(err, errForeign):
		return app.Wrap(app.CodeForeign, err, "《%s》不是廉哨的试点文件，请选择扩展名为 %s 的文件", name, Extension)
	case errors.Is(err, errNewer):
		return app.Wrap(app.CodeNewer, err, "《%s》是用更新版本的廉哨保存的，请升级廉哨后再打开", name)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return app.Wrap(app.CodeIO, err, "《%s》没有读写权限，请把它复制到能写入的文件夹再打开", name)
	case errors.Is(err, fs.ErrNotExist):
		return app.Wrap(app.CodeNotFound, err, "找不到试点文件《%s》，请检查它是否已被移动或改名", name)
	case errors.Is(err, syscall.ENOSPC):
		return app.Wrap(app.CodeIO, err, "本机磁盘空间不足，没有打开《%s》，请清理后再试", name)
	case errors.Is(err, errHeader), errors.Is(err, errSecondHead):
		return app.Wrap(app.CodeDamaged, err, "《%s》的文件头已损坏，无法打开（不是口令不对）。请使用备份，或用“修复”救出完好的记录", name)
	case errors.As(err, &childError{}):
		return app.Wrap(app.CodeDamaged, err, "《%s》读不完（在另一个进程里检查时超过了时间或内存的限度，或异常退出），多半已损坏，没有打开。请使用备份，或用“修复”救出完好的记录", name)
	case isDamage(err):
		return app.Wrap(app.CodeDamaged, err, "《%s》已损坏，无法打开。请使用备份，或用“修复”救出完好的记录", name)
	}
	return app.Wrap(app.CodeIO, err, "无法打开《%s》，请检查磁盘或 U 盘是否正常", name)
}

// createError puts what stands against making a file into words.
func createError(err error, path string) error {
	name, folder := filepath.Base(path), filepath.Dir(path)
	var already *app.Error
	switch {
	case errors.As(err, &already):
		return err
	case errors.Is(err, fs.ErrNotExist):
		return app.Wrap(app.CodeNotFound, err, "文件夹“%s”不存在，无法在其中新建《%s》", folder, name)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return app.Wrap(app.CodeIO, err, "文件夹“%s”不能写入，请换一个文件夹新建《%s》", folder, name)
	case errors.Is(err, syscall.ENAMETOOLONG):
		return app.Wrap(app.CodeInvalid, err, "文件名太长，请缩短到 80 个字以内")
	case errors.Is(err, syscall.ENOSPC):
		return app.Wrap(app.CodeIO, err, "磁盘空间不足，无法新建《%s》，请清理后再试", name)
	}
	return app.Wrap(app.CodeIO, err, "无法新建《%s》，请换一个文件夹再试", name)
}
