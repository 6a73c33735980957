// Package osprint hands files to the system: to its printer, or to the program
// that shows them.
package osprint

import (
	"os/exec"
	"runtime"

	"lianshao/app"
)

// Print sends a PDF to the default printer where the system can do that without
// asking, and opens it in the viewer otherwise; the viewer's own print button
// then does the rest.
func Print(path string) error {
	if runtime.GOOS == "linux" && hasPrinter() {
		if err := exec.Command("lp", path).Run(); err == nil {
			return nil
		}
	}
	return Open(path)
}

// hasPrinter reports whether CUPS knows a default printer.
func hasPrinter() bool {
	out, err := exec.Command("lpstat", "-d").Output()
	return err == nil && len(out) > 0 && string(out[:min(2, len(out))]) != "no"
}

// Open shows a file with the system's program for it.
func Open(path string) error {
	var cmd *exec.Cmd
	switch runtime.GOOS {
	case "windows":
		cmd = exec.Command("rundll32", "url.dll,FileProtocolHandler", path)
	case "darwin":
		cmd = exec.Command("open", path)
	default:
		cmd = exec.Command("xdg-open", path)
	}
	if err := cmd.Start(); err != nil {
		return app.Wrap(app.CodeIO, err, "系统没有可以打开它的程序。文件在 %s，请自行打开或打印。", path)
	}
	go cmd.Wait() // reap it; the viewer's own errors are shown by the viewer
	return nil
}
