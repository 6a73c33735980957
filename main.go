// Command lianshao is 廉哨, an offline desktop application for integrity-risk
// warning and prevention.
package main

import (
	"fmt"
	"os"
	"strings"

	"lianshao/cli"
	"lianshao/storage/pilotfile"
)

// version is set when the program is built.
var version = "dev"

func main() { os.Exit(run(os.Args[1:])) }

// run opens the window, or carries out the verb.
func run(args []string) int {
	if len(args) > 0 && !opens(args[0]) {
		return cli.Run(args, os.Stdin, os.Stdout, os.Stderr, wire())
	}
	fmt.Fprintln(os.Stderr, "这个版本还没有窗口，请用 lianshao help 查看命令。")
	return cli.ExitRefused
}

// opens reports whether an argument is a pilot to open rather than a verb.
func opens(arg string) bool {
	if cli.IsVerb(arg) {
		return false
	}
	_, err := os.Stat(arg)
	return err == nil || strings.HasSuffix(arg, pilotfile.Extension)
}
