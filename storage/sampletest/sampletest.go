// Package sampletest opens the built-in example for tests. Its workbooks are imported
// once in a test program; every test gets a file of its own.
package sampletest

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"lianshao/app"
	"lianshao/app/sample"
	"lianshao/domain"
	"lianshao/storage/pilotfile"
	"lianshao/storage/xlsx"
)

// example is the file of the example, and what is in it.
type example struct {
	file  []byte
	pilot *domain.Pilot
}

var imported = sync.OnceValues(func() (*example, error) {
	dir, err := os.MkdirTemp("", "lianshao-example-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "示例.lianshao")
	clock := func() time.Time { return time.Date(sample.Year, 11, 23, 9, 0, 0, 0, time.UTC) }
	s, err := app.CreatePilot(pilotfile.Stores{}, path, app.TemplateUniversity, sample.Year, clock, numbered("s"), "测试")
	if err != nil {
		return nil, err
	}
	err = sample.Fill(s, xlsx.Reader{}, nil)
	if closed := s.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return nil, err
	}
	file, err := os.ReadFile(path)
	return &example{file, s.Pilot}, err
})

// numbered makes IDs that count up.
func numbered(prefix string) app.IDs {
	n := 0
	return func() domain.ID { n++; return domain.ID(fmt.Sprintf("%s%06d", prefix, n)) }
}

// Open is a session on a copy of the example in a temporary file; clock tells it the
// time, nil is the computer's.
func Open(t testing.TB, clock app.Clock) *app.Session {
	t.Helper()
	x, err := imported()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "试点.lianshao")
	if err := os.WriteFile(path, x.file, 0o600); err != nil {
		t.Fatal(err)
	}
	if clock == nil {
		clock = time.Now
	}
	s, err := app.OpenPilot(pilotfile.Stores{}, path, clock, numbered("x"), "测试", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// On is a clock that stands at nine in the morning of a day.
func On(day domain.Date) app.Clock {
	return func() time.Time { return day.Time().Add(9 * time.Hour) }
}

// Pilot is the example in memory. The records are everybody's, as they are never
// modified; the tables are the test's own.
func Pilot(t testing.TB) *domain.Pilot {
	t.Helper()
	x, err := imported()
	if err != nil {
		t.Fatal(err)
	}
	own := domain.NewPilot()
	for _, table := range x.pilot.Tables() {
		table.Each(func(r domain.Record) bool { own.Put(r); return true })
	}
	return own
}
