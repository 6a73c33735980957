package xlsx

import (
	"math"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// A file of more than lightFile bytes of content is heavy: one of them is read at a
// time, and the program may grow by heavyRoom while it is, so that a file made to
// fill the memory cannot.
const (
	lightFile = 32 << 20
	heavyRoom = 400 << 20
)

var heavy sync.Mutex

// reserve waits for its turn when a file is heavy. release is called when the file
// has been read.
func reserve(size int) (release func()) {
	if size <= lightFile {
		return func() {}
	}
	heavy.Lock()
	held := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(held)
	now := int64(min(held[0].Value.Uint64(), held[1].Value.Uint64(), math.MaxInt64/2))
	before := debug.SetMemoryLimit(-1)
	debug.SetMemoryLimit(min(before, now+heavyRoom))
	return func() {
		debug.SetMemoryLimit(before)
		heavy.Unlock()
	}
}
