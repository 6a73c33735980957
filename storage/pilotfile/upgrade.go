package pilotfile

import (
	"io"
	"os"
	"path/filepath"

	"lianshao/app"
)

// upgrade writes the copy of an older format anew, after a backup of the file as
// it was, read back and compared.
func (d *document) upgrade() error {
	if d.lock != nil && d.stores.Data != "" {
		if err := d.keepOld(); err != nil {
			return err
		}
	}
	f, err := os.Open(d.copyPath())
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	p, err := openPages(f, info.Size(), false)
	if err != nil {
		return err
	}
	temp := filepath.Join(d.folder, tempName())
	if err := upgrade1(p, d.shown, temp); err != nil {
		return err
	}
	_ = f.Close()
	return os.Rename(temp, d.copyPath())
}

// keepOld copies a file of an older format to the backups.
func (d *document) keepOld() error {
	folder := filepath.Join(d.stores.Data, "backups", oldFolder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	in, err := os.Open(d.copyPath())
	if err != nil {
		return err
	}
	defer in.Close()
	to := filepath.Join(folder, d.stores.now().Format("20060102-150405")+" "+shorten(baseName(d.origin)))
	sum, err := replaceFile(osDisk{}, to, 0o600, func(w io.Writer) error { _, err := io.Copy(w, in); return err })
	if err == nil && hexText(sum) != d.info.Sum {
		err = errReadBack
	}
	if err != nil {
		return app.Wrap(app.CodeIO, err, "《%s》要先备份再升级格式，备份没有成功，文件没有动。请检查本机磁盘空间", baseName(d.origin))
	}
	return nil
}
