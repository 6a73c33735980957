//go:build !windows

package failure

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// messengers are the programs of Linux desktops that show a message without OpenGL.
var messengers = [][]string{
	{"zenity", "--error", "--no-markup", "--title", "%t", "--text", "%m"},
	{"kdialog", "--title", "%t", "--error", "%m"},
	{"xmessage", "-center", "%t\n\n%m"},
}

// Alert shows a message by what the desktop has, and on standard error.
func Alert(title, text string) {
	fmt.Fprintf(os.Stderr, "%s\n", text)
	if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return
	}
	for _, m := range messengers {
		if _, err := exec.LookPath(m[0]); err == nil && exec.Command(m[0], arguments(m[1:], title, text)...).Run() == nil {
			return
		}
	}
}

func arguments(pattern []string, title, text string) []string {
	out := make([]string, len(pattern))
	for i, a := range pattern {
		out[i] = strings.NewReplacer("%t", title, "%m", text).Replace(a)
	}
	return out
}
