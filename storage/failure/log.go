// Package failure keeps what went wrong: a rotated log and a crash file, neither
// with contents of a pilot, and a message of the system when no window can be
// shown.
package failure

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"gopkg.in/natefinch/lumberjack.v2"

	"lianshao/app"
)

// Names of the files in the log's folder.
const (
	logName   = "lianshao.log"
	crashName = "crash.txt"
)

// Log is the log file: 1 MB, and the three before it. The zero Log and a nil one
// keep nothing.
type Log struct {
	mu   sync.Mutex
	file *lumberjack.Logger
	dir  string
	now  func() time.Time
}

// NewLog keeps a log in a folder, which only its owner can read; "" keeps nothing.
func NewLog(dir string, now func() time.Time) *Log {
	if dir == "" || os.MkdirAll(dir, 0o700) != nil {
		return &Log{}
	}
	return &Log{dir: dir, now: now, file: &lumberjack.Logger{Filename: filepath.Join(dir, logName), MaxSize: 1, MaxBackups: 3, LocalTime: true}}
}

// Path is the log file, "" without one.
func (l *Log) Path() string {
	if l == nil || l.file == nil {
		return ""
	}
	return l.file.Filename
}

// Keep appends what app.Diagnosis says of an error; nil is nothing.
func (l *Log) Keep(err error) {
	if err != nil {
		l.Note(app.Diagnosis(err))
	}
}

// Note appends a text that holds no contents of a pilot.
func (l *Log) Note(text string) {
	if l.Path() == "" {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	// A log that cannot be written must not stop the work it would describe.
	_, _ = fmt.Fprintf(l.file, "%s %s\n", l.now().Format(time.RFC3339), text)
}

// Tail returns the last lines of the log.
func (l *Log) Tail(lines int) string {
	if l.Path() == "" {
		return ""
	}
	content, err := os.ReadFile(l.Path())
	if err != nil {
		return ""
	}
	all := strings.Split(strings.TrimRight(string(content), "\n"), "\n")
	return strings.Join(all[max(0, len(all)-lines):], "\n")
}

// Close closes the file.
func (l *Log) Close() error {
	if l.Path() == "" {
		return nil
	}
	return l.file.Close()
}
