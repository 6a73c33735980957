package workflow

import (
	"testing"

	"lianshao/domain"
	"lianshao/storage/sampletest"
)

// samplePilot is the built-in example, imported from its workbooks.
func samplePilot(t testing.TB) *domain.Pilot {
	t.Helper()
	return sampletest.Pilot(t)
}
