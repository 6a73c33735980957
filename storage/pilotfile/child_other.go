//go:build !windows

package pilotfile

import "os/exec"

func hideWindow(*exec.Cmd) {}
