package console

import (
	"fmt"
	"os"

	"golang.org/x/term"
)

// Ask reads a line from the terminal without showing it; ok is false when there is
// no terminal to ask at.
func Ask(prompt string) (answer string, ok bool) {
	fd := int(os.Stdin.Fd())
	if !term.IsTerminal(fd) {
		return "", false
	}
	fmt.Fprint(os.Stderr, prompt)
	b, err := term.ReadPassword(fd)
	fmt.Fprintln(os.Stderr)
	return string(b), err == nil
}
