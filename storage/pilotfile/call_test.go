package pilotfile

import (
	"path/filepath"
	"testing"
	"time"
)

// A window that has a pilot open hears a call, each time; a program without a window,
// or a pilot that is not open, gives no answer, and nothing is left behind.
func TestCall(t *testing.T) {
	st := Stores{Data: t.TempDir()}
	path := filepath.Join(t.TempDir(), "试点"+Extension)
	ps, err := st.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	s := ps.(*Store)
	silent := func(what string) {
		t.Helper()
		if st.Call(path, 3*callEvery/2) {
			t.Error("an answer from", what)
		}
		if left, _ := filepath.Glob(filepath.Join(st.Data, "locks", "*.call")); len(left) > 0 {
			t.Error(what, "left", left)
		}
	}
	silent("a program without a window")
	heard := make(chan bool, 2)
	s.WhenCalled(func() { heard <- true })
	for range 2 {
		if !st.Call(path, 20*time.Second) || !<-heard {
			t.Fatal("no answer from the window")
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	silent("a window that is closed")
	if (Stores{}).Call(path, time.Minute) {
		t.Error("an answer without a private folder")
	}
}
