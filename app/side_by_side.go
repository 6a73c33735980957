package app

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// SideBySide does n independent things, as many at once as there are processors but
// at least two, and returns when all are done; once ctx is done no further ones are
// begun. progress (may be nil) hears how many are done, one call at a time. A panic in
// one of them is raised again here, where callers catch theirs.
func SideBySide(ctx context.Context, n int, do func(i int), progress func(done, total int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	var mu sync.Mutex
	var panicked any
	done := 0
	one := func(i int) {
		defer func() {
			mu.Lock()
			defer mu.Unlock()
			if r := recover(); r != nil {
				panicked = r
				return
			}
			if done++; progress != nil {
				progress(done, n)
			}
		}()
		do(i)
	}
	for range min(n, max(2, runtime.NumCPU())) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				one(i)
			}
		})
	}
	wg.Wait()
	if panicked != nil {
		panic(panicked)
	}
}
