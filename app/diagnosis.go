package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
)

// Panicked is a panic that was caught. It keeps what kind of value it was and
// where it happened, never the value: that may be somebody's text.
type Panicked struct {
	Kind  string
	Stack []byte
}

// Error names the kind of panic.
func (p *Panicked) Error() string { return "panic: " + p.Kind }

// Caught makes an error of what recover returned; call it where that was called.
func Caught(value any) *Panicked {
	kind := fmt.Sprintf("%T", value)
	var fault runtime.Error
	if err, ok := value.(error); ok && errors.As(err, &fault) {
		kind = fault.Error() // indices and types only
	}
	return &Panicked{Kind: kind, Stack: debug.Stack()}
}

// Diagnosis describes an error and its causes for the log: their types, codes,
// system calls and places in the program. It holds no message and no path, since
// those may name people and units.
func Diagnosis(err error) string {
	var lines []string
	diagnose(err, &lines)
	return strings.Join(lines, "\n  ")
}

func diagnose(err error, lines *[]string) {
	if err == nil {
		return
	}
	line := fmt.Sprintf("%T", err)
	switch e := err.(type) {
	case *Error:
		line += " " + string(e.Code)
	case *Panicked:
		line += " " + e.Kind + "\n" + string(e.Stack)
	case *fs.PathError:
		line += " " + e.Op
	case *os.LinkError:
		line += " " + e.Op
	case *os.SyscallError:
		line += " " + e.Syscall
	case syscall.Errno:
		line += " " + e.Error()
	}
	*lines = append(*lines, line)
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		diagnose(e.Unwrap(), lines)
	case interface{ Unwrap() []error }:
		for _, cause := range e.Unwrap() {
			diagnose(cause, lines)
		}
	}
}
