package pilotfile

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"lianshao/app"
	"lianshao/domain"
)

// counter makes IDs in order, as long as real ones.
func counter() app.IDs {
	n := 0
	return func() domain.ID { n++; return domain.ID(fmt.Sprintf("01J%023d", n)) }
}

// demoFile stores a demo pilot and returns its path.
func demoFile(tb testing.TB, points int) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "演示.lianshao")
	st, err := Stores{}.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer st.Close()
	cmds, err := app.DemoCommands(points, 1, counter())
	if err != nil {
		tb.Fatal(err)
	}
	x := app.NewExecutor(domain.NewPilot(), st, time.Now)
	for _, c := range cmds {
		if err := x.Do("演示", c); err != nil {
			tb.Fatal(err)
		}
	}
	return path
}

func openT(tb testing.TB, path string) *Store {
	tb.Helper()
	st, err := Stores{}.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	return st.(*Store)
}

// viewT opens a file for reading, which costs no waiting for the disk.
func viewT(tb testing.TB, path string) *Store {
	tb.Helper()
	st, err := Stores{}.View(path)
	if err != nil {
		tb.Fatal(err)
	}
	return st.(*Store)
}
