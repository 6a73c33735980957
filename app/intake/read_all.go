package intake

import (
	"context"
	"path/filepath"
	"runtime"
	"sync"

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
	next := make(chan int)
	var wg sync.WaitGroup
	var mu sync.Mutex
	done := 0
	for range min(len(paths), max(2, runtime.NumCPU())) {
		wg.Go(func() {
			for i := range next {
				f := &File{Path: paths[i]}
				f.Book, f.Err = r.Read(ctx, paths[i], nil)
				out[i] = f
				mu.Lock()
				if done++; progress != nil {
					progress(done, len(paths))
				}
				mu.Unlock()
			}
		})
	}
	for i := range paths {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	wg.Wait()
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
