package intake

import (
	"context"
	"path/filepath"

	"lianshao/app"
)

// File is a workbook that was to be read: the book, or why there is none.
type File struct {
	Path string
	Book *Book
	Err  error
}

// ReadAll reads workbooks side by side, as many at once as there are processors.
// One that cannot be read says so in its Err and does not hold up the others. Files
// of one name in several folders are told apart by their folder. progress (may be
// nil) hears files, one call at a time. The error is CodeCanceled.
func ReadAll(ctx context.Context, r Reader, paths []string, progress func(done, total int)) ([]*File, error) {
	out := make([]*File, len(paths))
	app.SideBySide(ctx, len(paths), func(i int) {
		out[i] = &File{Path: paths[i]}
		out[i].Book, out[i].Err = r.Read(ctx, paths[i], nil)
	}, progress)
	if ctx.Err() != nil {
		return nil, app.Wrap(app.CodeCanceled, ctx.Err(), "已取消读取")
	}
	nameApart(out)
	return out, nil
}

// nameApart puts the folder before the names of files that are called alike.
func nameApart(files []*File) {
	seen := map[string]int{}
	for _, f := range files {
		seen[filepath.Base(f.Path)]++
	}
	for _, f := range files {
		if name := filepath.Base(f.Path); f.Book != nil && seen[name] > 1 {
			f.Book.File = filepath.Base(filepath.Dir(f.Path)) + "/" + name
		}
	}
}
