package pdf

import (
	"io"

	"lianshao/app"
	"lianshao/app/report/draw"
	"lianshao/storage/wholefile"
)

// WriteFile writes the pages to path, which is either the old file or the whole new one.
func (p *Pen) WriteFile(path string, pages []draw.Drawing, opt Options) (missing []rune, err error) {
	err = wholefile.Write(path, func(w io.Writer) (err error) {
		missing, err = p.Write(w, pages, opt)
		return err
	})
	return missing, app.NotWritten(err, path)
}
