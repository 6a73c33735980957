package app_test

import (
	"context"
	"sync/atomic"
	"testing"

	"lianshao/app"
)

// Everything is done once and counted; a panic comes out where the caller stands; a
// cancelled one begins nothing more.
func TestSideBySide(t *testing.T) {
	var sum atomic.Int64
	last := 0
	app.SideBySide(context.Background(), 100, func(i int) { sum.Add(int64(i)) }, func(done, _ int) { last = done })
	if sum.Load() != 4950 || last != 100 {
		t.Errorf("sum %d, %d done", sum.Load(), last)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	app.SideBySide(ctx, 100, func(int) { t.Error("begun after it was cancelled") }, nil)
	defer func() {
		if r := recover(); r != "broken" {
			t.Errorf("recovered %v", r)
		}
	}()
	app.SideBySide(context.Background(), 3, func(i int) {
		if i == 1 {
			panic("broken")
		}
	}, nil)
}
