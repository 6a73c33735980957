package cli

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"lianshao/app"
)

// maxCalcInput bounds the JSON of `calc`: far more than any judgement needs.
const maxCalcInput = 64 << 20

func runCalc(c *call) (int, error) {
	in := c.in
	if len(c.args) > 1 {
		f, err := os.Open(c.args[1])
		if err != nil {
			return 0, fileError(err, c.args[1])
		}
		defer f.Close()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, maxCalcInput))
	if err != nil {
		return 0, app.Wrap(app.CodeIO, err, "输入读不出来。")
	}
	out, err := Calc(c.args[0], data)
	if err != nil {
		return 0, refuse("%s", err)
	}
	return ExitDone, c.json(out)
}

// fileError says why a file cannot be read or written.
func fileError(err error, path string) error {
	var e *app.Error
	switch {
	case errors.As(err, &e):
		return err
	case errors.Is(err, fs.ErrNotExist):
		return app.Wrap(app.CodeNotFound, err, "找不到文件“%s”，请检查路径。", path)
	case errors.Is(err, fs.ErrPermission):
		return app.Wrap(app.CodeIO, err, "没有权限使用文件“%s”。", path)
	case errors.Is(err, fs.ErrExist):
		return app.Wrap(app.CodeIO, err, "文件“%s”已经存在，请换一个名称。", path)
	}
	return app.Wrap(app.CodeIO, err, "文件“%s”不能读写，请检查磁盘和路径。", path)
}
