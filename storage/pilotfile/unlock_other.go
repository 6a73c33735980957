//go:build !windows

package pilotfile

import (
	"os"
	"syscall"
)

// unlock gives up the file's lock: closing alone does not while bbolt, having
// panicked, still has the file mapped.
func unlock(f *os.File) { _ = syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }
