package pdf

import (
	"fmt"
	"io"

	"lianshao/app/report/draw"
	"lianshao/storage/wholefile"
)

// WriteFile writes the pages to path, which is either the old file or the whole new one.
func (p *Pen) WriteFile(path string, pages []draw.Drawing, opt Options) (missing []rune, err error) {
	err = wholefile.Write(path, func(w io.Writer) (err error) {
		missing, err = p.Write(w, pages, opt)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("无法写入“%s”，请检查文件夹是否存在、是否可写，磁盘空间是否足够，并关闭正打开此文件的程序：%w", path, err)
	}
	return missing, nil
}
