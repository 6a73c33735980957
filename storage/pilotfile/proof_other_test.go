//go:build !linux

package pilotfile

// actOut and hazard are a child's parts in proofs that only Linux has.
func actOut() int { return 1 }
func hazard() int { return 1 }
