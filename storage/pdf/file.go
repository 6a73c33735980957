package pdf

import (
	"fmt"
	"os"
	"path/filepath"

	"lianshao/app/report/draw"
)

// WriteFile writes the pages to path. It writes a neighbour first and renames
// it, so path is either the old file or the whole new one.
func (p *Pen) WriteFile(path string, pages []draw.Drawing, opt Options) (missing []rune, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".lianshao-*.pdf")
	if err != nil {
		return nil, fmt.Errorf("无法在“%s”里写文件，请检查文件夹是否存在、是否可写：%w", filepath.Dir(path), err)
	}
	defer os.Remove(f.Name()) // after the rename there is nothing left to remove
	missing, err = p.Write(f, pages, opt)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644) // CreateTemp makes files private
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return nil, fmt.Errorf("无法写入“%s”，请检查磁盘空间，并关闭正打开此文件的程序：%w", path, err)
	}
	return missing, nil
}
