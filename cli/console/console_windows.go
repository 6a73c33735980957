// Package console gives the verbs a terminal to print to.
package console

import (
	"os"
	"syscall"
)

// Attach joins the console that started the program. The Windows build is a
// windowed program: without this its verbs would print nothing. Output that is
// redirected to a file or pipe stays redirected.
func Attach() {
	const parentProcess = ^uintptr(0)
	attach := syscall.NewLazyDLL("kernel32.dll").NewProc("AttachConsole")
	if joined, _, _ := attach.Call(parentProcess); joined == 0 {
		return
	}
	reopen(syscall.STD_INPUT_HANDLE, "CONIN$", &os.Stdin)
	reopen(syscall.STD_OUTPUT_HANDLE, "CONOUT$", &os.Stdout)
	reopen(syscall.STD_ERROR_HANDLE, "CONOUT$", &os.Stderr)
}

func reopen(std int, name string, file **os.File) {
	if h, err := syscall.GetStdHandle(std); err == nil && h != 0 && h != syscall.InvalidHandle {
		if _, err := syscall.GetFileType(h); err == nil && (*file).Fd() == uintptr(h) {
			return
		}
	}
	if f, err := os.OpenFile(name, os.O_RDWR, 0); err == nil {
		*file = f
	}
}
